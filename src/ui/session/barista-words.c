/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "barista-words.h"

#include <glib/gi18n.h>

/* In the words of the route. */
static const char *const stage_words[BARISTA_N_STAGES] = {
  [BARISTA_STAGE_LINT] = N_ ("Settings"),        [BARISTA_STAGE_NAME] = N_ ("Name"),
  [BARISTA_STAGE_TCP] = N_ ("Network"),          [BARISTA_STAGE_TLS] = N_ ("Encryption"),
  [BARISTA_STAGE_HELLO] = N_ ("Greeting"),       [BARISTA_STAGE_SASL] = N_ ("Sign-in"),
  [BARISTA_STAGE_METADATA] = N_ ("Topics"),      [BARISTA_STAGE_REGISTRY] = N_ ("Schema registry"),
  [BARISTA_STAGE_TOPIC] = N_ ("Topic"),          [BARISTA_STAGE_SAMPLE] = N_ ("Records"),
  [BARISTA_STAGE_GROUP] = N_ ("Consumer group"), [BARISTA_STAGE_TINYBIRD] = N_ ("Tinybird"),
};

#define AT(stage) (1u << BARISTA_STAGE_##stage)

static const char *const result_words[] = {
  [BARISTA_RESULT_PENDING] = N_ ("pending"), [BARISTA_RESULT_RUNNING] = N_ ("running"),
  [BARISTA_RESULT_PASSED] = N_ ("passed"),   [BARISTA_RESULT_FAILED] = N_ ("failed"),
  [BARISTA_RESULT_SKIPPED] = N_ ("skipped"), [BARISTA_RESULT_CANCELLED] = N_ ("cancelled"),
};

/* Facts that a person may want to read; the rest keep the names that they have in a report.
 * @stages: where it says something, as bits; 0 = everywhere. */
static const struct
{
  const char *name;
  const char *words;
  guint stages;
} fact_words[] = {
  { "host", N_ ("Host"), AT (NAME) | AT (TCP) },
  { "port", N_ ("Port"), AT (TCP) },
  { "value", N_ ("Value") },
  { "peer", N_ ("Reached at") },
  { "url", N_ ("Address"), AT (REGISTRY) },
  { "security_protocol", N_ ("Security protocol"), AT (LINT) },
  { "mechanism", N_ ("Mechanism"), AT (SASL) },
  { "mechanisms", N_ ("Mechanisms offered") },
  { "username", N_ ("User name"), AT (SASL) },
  { "attempts", N_ ("Attempts") },
  { "other_servers", N_ ("Other servers") },
  { "bytes_received", N_ ("Bytes received") },
  { "first_bytes", N_ ("First bytes") },
  { "first_answer", N_ ("First answer") },
  { "waited_s", N_ ("Seconds waited") },
  { "tls_version", N_ ("Version") },
  { "tls_flags", N_ ("Refused because") },
  { "certificate_subject", N_ ("Certificate of") },
  { "certificate_issuer", N_ ("Issued by") },
  { "certificate_names", N_ ("Made out for") },
  { "certificate_not_before", N_ ("Valid from") },
  { "certificate_not_after", N_ ("Valid until") },
  { "certificate_chain", N_ ("Chain") },
  { "clock", N_ ("This computer's clock") },
  { "server_clock", N_ ("The server's clock") },
  { "ca_file", N_ ("CA file") },
  { "api_versions", N_ ("Versions offered") },
  { "kafka_error", N_ ("Kafka's error code") },
  { "kafka_error_name", N_ ("Kafka's error") },
  { "kafka_message", N_ ("Kafka's message") },
  { "error_message", N_ ("Message") },
  { "topics", N_ ("Topics") },
  { "partitions", N_ ("Partitions") },
  { "advertised", N_ ("Sends readers to") },
  { "status", N_ ("HTTP status") },
  { "content_type", N_ ("Content type") },
  { "location", N_ ("Leads to") },
  { "body", N_ ("Answer") },
  { "subjects", N_ ("Subjects") },
  { "records", N_ ("Records read") },
  { "deletions", N_ ("Deletions among them") },
  { "group", N_ ("Consumer group") },
  { "second_look", N_ ("A second look saw") },
  { "reason", N_ ("Reason") },
};

char *
barista_words_for_duration (double ms)
{
  if (ms < 1)
    return g_strdup (_ ("under 1 ms"));
  if (ms < 1000)
    return g_strdup_printf (_ ("%.0f ms"), ms);
  if (ms < 10000)
    /* Translators: seconds, with one decimal */
    return g_strdup_printf (_ ("%.1f s"), ms / 1000);

  /* Translators: whole seconds */
  return g_strdup_printf (_ ("%.0f s"), ms / 1000);
}

char *
barista_words_for_spoken_duration (double ms)
{
  guint whole = (guint) CLAMP (ms < 1000 ? ms + 0.5 : ms / 1000 + 0.5, 0, G_MAXINT);

  if (ms < 1)
    return g_strdup (_ ("under one millisecond"));
  if (ms < 1000)
    return g_strdup_printf (ngettext ("%u millisecond", "%u milliseconds", whole), whole);

  return g_strdup_printf (ngettext ("%u second", "%u seconds", whole), whole);
}

char *
barista_words_for_stage (BaristaStageReport *stage)
{
  BaristaStage kind = barista_stage_report_get_stage (stage);
  const char *topic = barista_stage_report_get_topic (stage);
  const char *word = _ (stage_words[kind]);

  if (topic != NULL)
    /* Translators: a stage and the topic that it is about, such as "Records of acmeCo/orders" */
    return g_strdup_printf (_ ("%s of %s"), word, topic);
  if (barista_stage_report_get_service (stage) == BARISTA_SERVICE_REGISTRY
      && kind != BARISTA_STAGE_REGISTRY)
    /* Translators: a stage of the schema registry's own connection, such as "Registry: Network" */
    return g_strdup_printf (_ ("Registry: %s"), word);

  return g_strdup (word);
}

static const char *
get_text (JsonObject *evidence, const char *name)
{
  return json_object_get_string_member_with_default (evidence, name, NULL);
}

static guint
get_count (JsonObject *evidence, const char *name)
{
  gint64 n = json_object_get_int_member_with_default (evidence, name, 0);

  return (guint) CLAMP (n, 0, G_MAXUINT);
}

static char *
describe_sample (JsonObject *evidence)
{
  guint records = get_count (evidence, "records");
  guint deletions = get_count (evidence, "deletions");
  g_autofree char *read = g_strdup_printf (ngettext ("%u record read", "%u records read", records),
                                           records);

  if (deletions == 0)
    return g_steal_pointer (&read);

  /* Translators: %s is "120 records read" */
  return g_strdup_printf (ngettext ("%s, %u deletion", "%s, %u deletions", deletions), read,
                          deletions);
}

char *
barista_words_for_find (BaristaStageReport *stage)
{
  JsonObject *evidence = barista_stage_report_get_evidence (stage);
  guint n;

  switch (barista_stage_report_get_stage (stage))
    {
    case BARISTA_STAGE_NAME:
      return g_strdup (get_text (evidence, "host"));
    case BARISTA_STAGE_TCP:
      return g_strdup (get_text (evidence, "peer"));
    case BARISTA_STAGE_TLS:
      return g_strdup (get_text (evidence, "tls_version"));
    case BARISTA_STAGE_SASL:
      return g_strdup (get_text (evidence, "username"));
    case BARISTA_STAGE_METADATA:
      n = get_count (evidence, "topics");
      return g_strdup_printf (ngettext ("%u topic", "%u topics", n), n);
    case BARISTA_STAGE_REGISTRY:
      n = get_count (evidence, "subjects");
      return g_strdup_printf (ngettext ("%u subject", "%u subjects", n), n);
    case BARISTA_STAGE_TOPIC:
      n = get_count (evidence, "partitions");
      return g_strdup_printf (ngettext ("%u partition", "%u partitions", n), n);
    case BARISTA_STAGE_SAMPLE:
      return describe_sample (evidence);
    case BARISTA_STAGE_GROUP:
      return g_strdup (get_text (evidence, "group"));
    case BARISTA_STAGE_LINT:
    case BARISTA_STAGE_HELLO:
    case BARISTA_STAGE_TINYBIRD:
    case BARISTA_N_STAGES:
    default:
      return NULL;
    }
}

/**
 * barista_words_tell_fact:
 * @stage: a stage
 * @name: of a fact of its evidence
 *
 * Returns: whether the fact says something of this stage to a person, beside the copied details,
 *   which have all
 */
gboolean
barista_words_tell_fact (BaristaStageReport *stage, const char *name)
{
  for (gsize i = 0; i < G_N_ELEMENTS (fact_words); i++)
    if (g_str_equal (fact_words[i].name, name))
      return fact_words[i].stages == 0
             || (fact_words[i].stages & 1u << barista_stage_report_get_stage (stage)) != 0;

  return FALSE;
}

const char *
barista_words_for_fact (const char *name)
{
  for (gsize i = 0; i < G_N_ELEMENTS (fact_words); i++)
    if (g_str_equal (fact_words[i].name, name))
      return _ (fact_words[i].words);

  return name;
}

static void
append_item (JsonArray *array, guint index, JsonNode *node, gpointer user_data)
{
  GString *text = user_data;
  g_autofree char *item = barista_words_for_value ("", node);

  if (index > 0)
    g_string_append_c (text, '\n');
  g_string_append (text, item);
}

/**
 * barista_words_for_value:
 * @name: of a fact
 * @value: what it is
 *
 * Returns: (transfer full): the value on one line or several, a list one item a line
 */
char *
barista_words_for_value (const char *name, JsonNode *value)
{
  if (JSON_NODE_HOLDS_ARRAY (value))
    {
      GString *text = g_string_new (NULL);

      json_array_foreach_element (json_node_get_array (value), append_item, text);
      return g_string_free (text, FALSE);
    }
  if (JSON_NODE_HOLDS_VALUE (value) && json_node_get_value_type (value) == G_TYPE_STRING)
    {
      const char *text = json_node_get_string (value);

      /* The reasons of skipped stages are marked where they are given. */
      return g_strdup (g_str_equal (name, "reason") && *text != '\0' ? _ (text) : text);
    }
  if (JSON_NODE_HOLDS_VALUE (value) && json_node_get_value_type (value) == G_TYPE_BOOLEAN)
    return g_strdup (json_node_get_boolean (value) ? _ ("yes") : _ ("no"));

  return json_to_string (value, FALSE);
}

static void
append_fact (JsonObject *evidence, const char *name, JsonNode *value, gpointer user_data)
{
  g_autofree char *text = barista_words_for_value (name, value);
  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);
  g_autofree char *joined = g_strjoinv (", ", lines);

  g_string_append_printf (user_data, "%s: %s\n", barista_words_for_fact (name), joined);
}

/**
 * barista_words_for_details:
 * @stage: a stage
 *
 * What was tried, how long it took, what was seen; evidence holds no secret, so neither does this.
 *
 * Returns: (transfer full): several lines
 */
char *
barista_words_for_details (BaristaStageReport *stage)
{
  GString *text = g_string_new (NULL);
  g_autofree char *name = barista_words_for_stage (stage);
  g_autofree char *time = barista_words_for_duration (barista_stage_report_get_duration_ms (stage));
  const char *title = barista_stage_report_get_title (stage);
  const char *cause = barista_stage_report_get_cause (stage);

  g_string_append_printf (text, "%s: %s, %s\n", name,
                          _ (result_words[barista_stage_report_get_result (stage)]), time);
  if (title != NULL)
    g_string_append_printf (text, "%s [%s]\n", title, cause);
  if (barista_stage_report_get_body (stage) != NULL)
    g_string_append_printf (text, "%s\n", barista_stage_report_get_body (stage));
  json_object_foreach_member (barista_stage_report_get_evidence (stage), append_fact, text);

  return g_string_free (text, FALSE);
}
