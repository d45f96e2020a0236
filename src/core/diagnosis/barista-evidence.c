/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "barista-evidence.h"

#include <string.h>

#define MAX_TEXT 4096
#define MAX_ITEMS 100

typedef enum
{
  INT,
  FLAG,
  TEXT,
  LIST
} FactType;

static const struct
{
  const char *name;
  FactType type;
} facts[BARISTA_N_FACTS] = {
  [BARISTA_FACT_END] = { "end", TEXT },
  [BARISTA_FACT_LOOK] = { "second_look", TEXT },
  [BARISTA_FACT_REASON] = { "reason", TEXT },
  [BARISTA_FACT_ERROR_DOMAIN] = { "error_domain", TEXT },
  [BARISTA_FACT_ERROR_CODE] = { "error_code", INT },
  [BARISTA_FACT_ERROR_MESSAGE] = { "error_message", TEXT },
  [BARISTA_FACT_LINT] = { "lint", TEXT },
  [BARISTA_FACT_VALUE] = { "value", TEXT },
  [BARISTA_FACT_HOST] = { "host", TEXT },
  [BARISTA_FACT_PORT] = { "port", INT },
  [BARISTA_FACT_URL] = { "url", TEXT },
  [BARISTA_FACT_SECURITY] = { "security_protocol", TEXT },
  [BARISTA_FACT_MECHANISM] = { "mechanism", TEXT },
  [BARISTA_FACT_USERNAME] = { "username", TEXT },
  [BARISTA_FACT_DEKAF] = { "dekaf", FLAG },
  [BARISTA_FACT_MANAGED] = { "managed", FLAG },
  [BARISTA_FACT_PUBLISHED] = { "published", FLAG },
  [BARISTA_FACT_LEGACY_USERNAME] = { "legacy_username", FLAG },
  [BARISTA_FACT_SANDBOX] = { "sandbox", FLAG },
  [BARISTA_FACT_CONNECTIVITY] = { "connectivity", TEXT },
  [BARISTA_FACT_PORT_ADDED] = { "port_added", FLAG },
  [BARISTA_FACT_TOPIC] = { "topic", TEXT },
  [BARISTA_FACT_PEER] = { "peer", TEXT },
  [BARISTA_FACT_ATTEMPTS] = { "attempts", LIST },
  [BARISTA_FACT_OTHER_SERVERS] = { "other_servers", LIST },
  [BARISTA_FACT_OTHER_SERVICE_REACHED] = { "other_service_reached", FLAG },
  [BARISTA_FACT_BYTES_RECEIVED] = { "bytes_received", INT },
  [BARISTA_FACT_FIRST_BYTES] = { "first_bytes", TEXT },
  [BARISTA_FACT_FIRST_ANSWER] = { "first_answer", TEXT },
  [BARISTA_FACT_WAITED_S] = { "waited_s", INT },
  [BARISTA_FACT_TRIES] = { "tries", INT },
  [BARISTA_FACT_TLS_FLAGS] = { "tls_flags", LIST },
  [BARISTA_FACT_TLS_VERSION] = { "tls_version", TEXT },
  [BARISTA_FACT_TLS_CERTIFICATE_REQUESTED] = { "tls_certificate_requested", FLAG },
  [BARISTA_FACT_CERTIFICATE_SUBJECT] = { "certificate_subject", TEXT },
  [BARISTA_FACT_CERTIFICATE_ISSUER] = { "certificate_issuer", TEXT },
  [BARISTA_FACT_CERTIFICATE_NAMES] = { "certificate_names", LIST },
  [BARISTA_FACT_CERTIFICATE_NOT_BEFORE] = { "certificate_not_before", TEXT },
  [BARISTA_FACT_CERTIFICATE_NOT_AFTER] = { "certificate_not_after", TEXT },
  [BARISTA_FACT_CERTIFICATE_CHAIN] = { "certificate_chain", LIST },
  [BARISTA_FACT_CLOCK] = { "clock", TEXT },
  [BARISTA_FACT_SERVER_CLOCK] = { "server_clock", TEXT },
  [BARISTA_FACT_CA_FILE] = { "ca_file", TEXT },
  [BARISTA_FACT_API] = { "api", TEXT },
  [BARISTA_FACT_API_VERSIONS] = { "api_versions", LIST },
  [BARISTA_FACT_KAFKA_ERROR] = { "kafka_error", INT },
  [BARISTA_FACT_KAFKA_ERROR_NAME] = { "kafka_error_name", TEXT },
  [BARISTA_FACT_KAFKA_MESSAGE] = { "kafka_message", TEXT },
  [BARISTA_FACT_MECHANISMS] = { "mechanisms", LIST },
  [BARISTA_FACT_IN_HANDSHAKE] = { "in_handshake", FLAG },
  [BARISTA_FACT_SESSION_LIFETIME_MS] = { "session_lifetime_ms", INT },
  [BARISTA_FACT_ODD_CHARACTERS] = { "odd_characters", FLAG },
  [BARISTA_FACT_TOPICS] = { "topics", INT },
  [BARISTA_FACT_PARTITIONS] = { "partitions", INT },
  [BARISTA_FACT_LISTED] = { "listed", FLAG },
  [BARISTA_FACT_CLOSEST] = { "closest", TEXT },
  [BARISTA_FACT_CLUSTER] = { "cluster", TEXT },
  [BARISTA_FACT_ADVERTISED] = { "advertised", TEXT },
  [BARISTA_FACT_ADVERTISED_CAUSE] = { "advertised_cause", TEXT },
  [BARISTA_FACT_ADVERTISED_STAGE] = { "advertised_stage", TEXT },
  [BARISTA_FACT_ROUND_TRIPS] = { "round_trips", INT },
  [BARISTA_FACT_STATUS] = { "status", INT },
  [BARISTA_FACT_CONTENT_TYPE] = { "content_type", TEXT },
  [BARISTA_FACT_LOCATION] = { "location", TEXT },
  [BARISTA_FACT_BODY] = { "body", TEXT },
  [BARISTA_FACT_REGISTRY_ERROR] = { "registry_error", INT },
  [BARISTA_FACT_SUBJECTS] = { "subjects", INT },
  [BARISTA_FACT_SCHEMA_ID] = { "schema_id", INT },
  [BARISTA_FACT_FIELD] = { "field", TEXT },
  [BARISTA_FACT_RECORDS] = { "records", INT },
  [BARISTA_FACT_DELETIONS] = { "deletions", INT },
  [BARISTA_FACT_DECODED] = { "decoded", INT },
  [BARISTA_FACT_EARLIEST] = { "earliest", INT },
  [BARISTA_FACT_LATEST] = { "latest", INT },
  [BARISTA_FACT_OLDEST_RECORD] = { "oldest_record", TEXT },
  [BARISTA_FACT_NEWEST_RECORD] = { "newest_record", TEXT },
  [BARISTA_FACT_OFFSET] = { "offset", INT },
  [BARISTA_FACT_GROUP] = { "group", TEXT },
  [BARISTA_FACT_COMMITTED] = { "committed", INT },
  [BARISTA_FACT_DEPLOYED] = { "deployed", FLAG },
  [BARISTA_FACT_JOINED] = { "joined", FLAG },
};

static const char *const ends[] = {
  [BARISTA_END_OK] = "ok",
  [BARISTA_END_INVALID] = "invalid",
  [BARISTA_END_NAME_NOT_FOUND] = "name-not-found",
  [BARISTA_END_NAME_TROUBLE] = "name-trouble",
  [BARISTA_END_REFUSED] = "refused",
  [BARISTA_END_UNREACHABLE] = "unreachable",
  [BARISTA_END_NOT_PERMITTED] = "not-permitted",
  [BARISTA_END_PROXY] = "proxy",
  [BARISTA_END_SILENT] = "silent",
  [BARISTA_END_CLOSED] = "closed",
  [BARISTA_END_CA_FILE] = "ca-file",
  [BARISTA_END_CERTIFICATE] = "certificate",
  [BARISTA_END_TLS] = "tls",
  [BARISTA_END_GARBAGE] = "garbage",
  [BARISTA_END_NO_VERSION] = "no-version",
  [BARISTA_END_KAFKA_ERROR] = "kafka-error",
  [BARISTA_END_STATUS] = "status",
  [BARISTA_END_REDIRECT] = "redirect",
  [BARISTA_END_NOT_JSON] = "not-json",
  [BARISTA_END_UNDECODABLE] = "undecodable",
  [BARISTA_END_UNSUPPORTED] = "unsupported",
  [BARISTA_END_UNPROVEN] = "unproven",
  [BARISTA_END_IO] = "io",
};

static const char *const looks[] = {
  [BARISTA_LOOK_NONE] = "none",
  [BARISTA_LOOK_CLOSED] = "closed",
  [BARISTA_LOOK_KAFKA] = "kafka",
  [BARISTA_LOOK_TLS] = "tls",
  [BARISTA_LOOK_HTTP] = "http",
  [BARISTA_LOOK_OPEN] = "open",
  [BARISTA_LOOK_UNREACHABLE] = "unreachable",
};

struct _BaristaEvidence
{
  BaristaService service;
  BaristaStage stage;
  JsonObject *members;
};

const char *
barista_end_to_string (BaristaEnd end)
{
  return ends[end];
}

const char *
barista_look_to_string (BaristaLook look)
{
  return looks[look];
}

static guint
find_word (const char *const *words, guint n, const char *word)
{
  for (guint i = 0; word != NULL && i < n; i++)
    if (g_str_equal (words[i], word))
      return i;

  return n;
}

BaristaEvidence *
barista_evidence_new (BaristaService service, BaristaStage stage)
{
  BaristaEvidence *self = g_new0 (BaristaEvidence, 1);

  self->service = service;
  self->stage = stage;
  self->members = json_object_new ();

  return self;
}

void
barista_evidence_free (BaristaEvidence *self)
{
  json_object_unref (self->members);
  g_free (self);
}

BaristaService
barista_evidence_get_service (const BaristaEvidence *self)
{
  return self->service;
}

BaristaStage
barista_evidence_get_stage (const BaristaEvidence *self)
{
  return self->stage;
}

gboolean
barista_evidence_has (const BaristaEvidence *self, BaristaFact fact)
{
  return json_object_has_member (self->members, facts[fact].name);
}

void
barista_evidence_unset (BaristaEvidence *self, BaristaFact fact)
{
  json_object_remove_member (self->members, facts[fact].name);
}

void
barista_evidence_set_int (BaristaEvidence *self, BaristaFact fact, gint64 value)
{
  g_return_if_fail (facts[fact].type == INT);

  json_object_set_int_member (self->members, facts[fact].name, value);
}

gint64
barista_evidence_get_int (const BaristaEvidence *self, BaristaFact fact)
{
  g_return_val_if_fail (facts[fact].type == INT, 0);

  return json_object_get_int_member_with_default (self->members, facts[fact].name, 0);
}

void
barista_evidence_set_flag (BaristaEvidence *self, BaristaFact fact, gboolean value)
{
  g_return_if_fail (facts[fact].type == FLAG);

  json_object_set_boolean_member (self->members, facts[fact].name, value);
}

gboolean
barista_evidence_get_flag (const BaristaEvidence *self, BaristaFact fact)
{
  g_return_val_if_fail (facts[fact].type == FLAG, FALSE);

  return json_object_get_boolean_member_with_default (self->members, facts[fact].name, FALSE);
}

static char *
clip_text (const char *text)
{
  return g_utf8_make_valid (text, (gssize) strnlen (text, MAX_TEXT));
}

/**
 * barista_evidence_set_text:
 * @self: evidence
 * @fact: a fact that is a text
 * @value: (nullable): any bytes up to a NUL; %NULL leaves the fact unset
 *
 * Keeps at most the first 4 KiB, as valid UTF-8: the text may be the other side's.
 */
void
barista_evidence_set_text (BaristaEvidence *self, BaristaFact fact, const char *value)
{
  g_autofree char *text = NULL;

  g_return_if_fail (facts[fact].type == TEXT);

  if (value == NULL)
    return;

  text = clip_text (value);
  json_object_set_string_member (self->members, facts[fact].name, text);
}

const char *
barista_evidence_get_text (const BaristaEvidence *self, BaristaFact fact)
{
  g_return_val_if_fail (facts[fact].type == TEXT, NULL);

  return json_object_get_string_member_with_default (self->members, facts[fact].name, NULL);
}

static JsonArray *
get_list (const BaristaEvidence *self, BaristaFact fact)
{
  g_return_val_if_fail (facts[fact].type == LIST, NULL);

  if (!barista_evidence_has (self, fact))
    return NULL;

  return json_object_get_array_member (self->members, facts[fact].name);
}

/**
 * barista_evidence_add_text:
 * @self: evidence
 * @fact: a fact that is a list
 * @value: (nullable): an item; %NULL only makes the list be there
 *
 * Appends to a list, which ends at 100 items.
 */
void
barista_evidence_add_text (BaristaEvidence *self, BaristaFact fact, const char *value)
{
  JsonArray *list = get_list (self, fact);
  g_autofree char *text = value != NULL ? clip_text (value) : NULL;

  if (list == NULL)
    {
      list = json_array_new ();
      json_object_set_array_member (self->members, facts[fact].name, list);
    }

  if (text != NULL && json_array_get_length (list) < MAX_ITEMS)
    json_array_add_string_element (list, text);
}

guint
barista_evidence_get_n (const BaristaEvidence *self, BaristaFact fact)
{
  JsonArray *list = get_list (self, fact);

  return list != NULL ? json_array_get_length (list) : 0;
}

const char *
barista_evidence_get_item (const BaristaEvidence *self, BaristaFact fact, guint index)
{
  g_return_val_if_fail (index < barista_evidence_get_n (self, fact), NULL);

  return json_array_get_string_element (get_list (self, fact), index);
}

void
barista_evidence_set_bytes (BaristaEvidence *self, BaristaFact fact, GBytes *bytes)
{
  gsize length = 0;
  const guint8 *data = bytes != NULL ? g_bytes_get_data (bytes, &length) : NULL;
  g_autoptr (GString) hex = g_string_new (NULL);

  for (gsize i = 0; i < length; i++)
    g_string_append_printf (hex, "%02x", data[i]);

  barista_evidence_set_text (self, fact, hex->str);
}

gboolean
barista_evidence_starts_with (const BaristaEvidence *self,
                              BaristaFact fact,
                              const char *prefix,
                              gsize length)
{
  const char *hex = barista_evidence_get_text (self, fact);
  g_autoptr (GString) wanted = g_string_new (NULL);

  for (gsize i = 0; i < length; i++)
    g_string_append_printf (wanted, "%02x", (guint8) prefix[i]);

  return hex != NULL && g_str_has_prefix (hex, wanted->str);
}

void
barista_evidence_set_end (BaristaEvidence *self, BaristaEnd end)
{
  barista_evidence_set_text (self, BARISTA_FACT_END, ends[end]);
}

BaristaEnd
barista_evidence_get_end (const BaristaEvidence *self)
{
  guint end = find_word (ends, G_N_ELEMENTS (ends),
                         barista_evidence_get_text (self, BARISTA_FACT_END));

  return end < G_N_ELEMENTS (ends) ? end : BARISTA_END_OK;
}

void
barista_evidence_set_look (BaristaEvidence *self, BaristaLook look)
{
  barista_evidence_set_text (self, BARISTA_FACT_LOOK, looks[look]);
}

BaristaLook
barista_evidence_get_look (const BaristaEvidence *self)
{
  guint look = find_word (looks, G_N_ELEMENTS (looks),
                          barista_evidence_get_text (self, BARISTA_FACT_LOOK));

  return look < G_N_ELEMENTS (looks) ? look : BARISTA_LOOK_NONE;
}

void
barista_evidence_set_error (BaristaEvidence *self, const GError *error)
{
  if (error == NULL)
    return;

  barista_evidence_set_text (self, BARISTA_FACT_ERROR_DOMAIN, g_quark_to_string (error->domain));
  barista_evidence_set_int (self, BARISTA_FACT_ERROR_CODE, error->code);
  barista_evidence_set_text (self, BARISTA_FACT_ERROR_MESSAGE, error->message);
}

static char *
join_list (JsonArray *list)
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < json_array_get_length (list); i++)
    g_string_append_printf (text, "%s%s", i > 0 ? ", " : "",
                            json_array_get_string_element (list, i));

  return g_string_free (g_steal_pointer (&text), FALSE);
}

/**
 * barista_evidence_format:
 * @self: evidence
 * @fact_name: name of a fact, as in the JSON
 *
 * Gives a fact as a message shows it.
 *
 * Returns: (transfer full) (nullable): its text, or %NULL if it isn't there
 */
char *
barista_evidence_format (const BaristaEvidence *self, const char *fact_name)
{
  JsonNode *node = json_object_get_member (self->members, fact_name);

  if (node == NULL)
    return NULL;
  if (JSON_NODE_HOLDS_ARRAY (node))
    return join_list (json_node_get_array (node));
  if (json_node_get_value_type (node) == G_TYPE_STRING)
    return json_node_dup_string (node);

  return g_strdup_printf ("%" G_GINT64_FORMAT, json_node_get_int (node));
}

JsonObject *
barista_evidence_to_json (const BaristaEvidence *self)
{
  return json_object_ref (self->members);
}

static void
take_list (BaristaEvidence *self, BaristaFact fact, JsonArray *list)
{
  barista_evidence_add_text (self, fact, NULL);
  for (guint i = 0; i < json_array_get_length (list); i++)
    {
      JsonNode *item = json_array_get_element (list, i);

      if (JSON_NODE_HOLDS_VALUE (item) && json_node_get_value_type (item) == G_TYPE_STRING)
        barista_evidence_add_text (self, fact, json_node_get_string (item));
    }
}

static void
take_member (BaristaEvidence *self, BaristaFact fact, JsonNode *node)
{
  GType type = JSON_NODE_HOLDS_VALUE (node) ? json_node_get_value_type (node) : G_TYPE_INVALID;

  if (facts[fact].type == LIST && JSON_NODE_HOLDS_ARRAY (node))
    take_list (self, fact, json_node_get_array (node));
  else if (facts[fact].type == TEXT && type == G_TYPE_STRING)
    barista_evidence_set_text (self, fact, json_node_get_string (node));
  else if (facts[fact].type == INT && type == G_TYPE_INT64)
    barista_evidence_set_int (self, fact, json_node_get_int (node));
  else if (facts[fact].type == FLAG && type == G_TYPE_BOOLEAN)
    barista_evidence_set_flag (self, fact, json_node_get_boolean (node));
}

/**
 * barista_evidence_from_json:
 * @service: of the stage
 * @stage: the stage
 * @json: `evidence` of a saved report
 *
 * Reads evidence back, so that a saved report can be judged again. Members that are unknown or of a
 * wrong type are passed over.
 *
 * Returns: (transfer full): the evidence
 */
BaristaEvidence *
barista_evidence_from_json (BaristaService service, BaristaStage stage, JsonObject *json)
{
  BaristaEvidence *self = barista_evidence_new (service, stage);

  for (guint fact = 0; fact < BARISTA_N_FACTS; fact++)
    {
      JsonNode *node = json_object_get_member (json, facts[fact].name);

      if (node != NULL)
        take_member (self, fact, node);
    }

  return self;
}
