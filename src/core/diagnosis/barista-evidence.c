/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "barista-evidence-private.h"

#include <string.h>

#define MAX_TEXT 4096
#define MAX_ITEMS 100

struct _BaristaEvidence
{
  BaristaService service;
  BaristaStage stage;
  JsonObject *members;
};

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
  return json_object_has_member (self->members, barista_facts[fact].name);
}

void
barista_evidence_unset (BaristaEvidence *self, BaristaFact fact)
{
  json_object_remove_member (self->members, barista_facts[fact].name);
}

void
barista_evidence_set_int (BaristaEvidence *self, BaristaFact fact, gint64 value)
{
  g_return_if_fail (barista_facts[fact].type == BARISTA_FACT_INT);

  json_object_set_int_member (self->members, barista_facts[fact].name, value);
}

gint64
barista_evidence_get_int (const BaristaEvidence *self, BaristaFact fact)
{
  g_return_val_if_fail (barista_facts[fact].type == BARISTA_FACT_INT, 0);

  return json_object_get_int_member_with_default (self->members, barista_facts[fact].name, 0);
}

void
barista_evidence_set_flag (BaristaEvidence *self, BaristaFact fact, gboolean value)
{
  g_return_if_fail (barista_facts[fact].type == BARISTA_FACT_FLAG);

  json_object_set_boolean_member (self->members, barista_facts[fact].name, value);
}

gboolean
barista_evidence_get_flag (const BaristaEvidence *self, BaristaFact fact)
{
  g_return_val_if_fail (barista_facts[fact].type == BARISTA_FACT_FLAG, FALSE);

  return json_object_get_boolean_member_with_default (self->members, barista_facts[fact].name,
                                                      FALSE);
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

  g_return_if_fail (barista_facts[fact].type == BARISTA_FACT_TEXT);

  if (value == NULL)
    return;

  text = clip_text (value);
  json_object_set_string_member (self->members, barista_facts[fact].name, text);
}

const char *
barista_evidence_get_text (const BaristaEvidence *self, BaristaFact fact)
{
  g_return_val_if_fail (barista_facts[fact].type == BARISTA_FACT_TEXT, NULL);

  return json_object_get_string_member_with_default (self->members, barista_facts[fact].name, NULL);
}

static JsonArray *
get_list (const BaristaEvidence *self, BaristaFact fact)
{
  g_return_val_if_fail (barista_facts[fact].type == BARISTA_FACT_LIST, NULL);

  if (!barista_evidence_has (self, fact))
    return NULL;

  return json_object_get_array_member (self->members, barista_facts[fact].name);
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
      json_object_set_array_member (self->members, barista_facts[fact].name, list);
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
  barista_evidence_set_text (self, BARISTA_FACT_END, barista_end_to_string (end));
}

BaristaEnd
barista_evidence_get_end (const BaristaEvidence *self)
{
  return barista_end_from_string (barista_evidence_get_text (self, BARISTA_FACT_END));
}

void
barista_evidence_set_look (BaristaEvidence *self, BaristaLook look)
{
  barista_evidence_set_text (self, BARISTA_FACT_LOOK, barista_look_to_string (look));
}

BaristaLook
barista_evidence_get_look (const BaristaEvidence *self)
{
  return barista_look_from_string (barista_evidence_get_text (self, BARISTA_FACT_LOOK));
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

  if (barista_facts[fact].type == BARISTA_FACT_LIST && JSON_NODE_HOLDS_ARRAY (node))
    take_list (self, fact, json_node_get_array (node));
  else if (barista_facts[fact].type == BARISTA_FACT_TEXT && type == G_TYPE_STRING)
    barista_evidence_set_text (self, fact, json_node_get_string (node));
  else if (barista_facts[fact].type == BARISTA_FACT_INT && type == G_TYPE_INT64)
    barista_evidence_set_int (self, fact, json_node_get_int (node));
  else if (barista_facts[fact].type == BARISTA_FACT_FLAG && type == G_TYPE_BOOLEAN)
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
      JsonNode *node = json_object_get_member (json, barista_facts[fact].name);

      if (node != NULL)
        take_member (self, fact, node);
    }

  return self;
}
