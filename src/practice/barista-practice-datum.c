/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "barista-practice-datum.h"

#include "barista-json-text.h"
#include "barista-practice-avro-writer.h"

#include <math.h>
#include <string.h>

/* A datum is plain JSON: records as objects with every field of the schema, bytes and fixed as arrays
 * of numbers (json-glib's strings end at a NUL), a union as the bare value. */

/* json_node_init_object() would keep a reference of its own. */
JsonNode *
barista_practice_take_object (JsonObject *object)
{
  JsonNode *node = json_node_new (JSON_NODE_OBJECT);

  json_node_take_object (node, object);
  return node;
}

static JsonNode *
take_array (JsonArray *array)
{
  JsonNode *node = json_node_new (JSON_NODE_ARRAY);

  json_node_take_array (node, array);
  return node;
}

static JsonNode *
null_node (void)
{
  return json_node_init_null (json_node_alloc ());
}

static gboolean
is_absent (JsonNode *document)
{
  return document == NULL || JSON_NODE_HOLDS_NULL (document);
}

/* A location of several types: its JSON text in a record with one field. */
static JsonNode *
raw_json_new (JsonNode *document)
{
  JsonObject *object = json_object_new ();
  g_autofree char *text = document != NULL ? json_to_string (document, FALSE) : g_strdup ("null");

  json_object_set_string_member (object, "json", text);
  return barista_practice_take_object (object);
}

static gboolean
is_raw_json (const BaristaAvroNode *schema)
{
  return schema->full_name != NULL && g_str_has_suffix (schema->full_name, ".RawJSON");
}

/* What the record doesn't declare goes to its map of leftovers. */
static JsonNode *
extra_new (const BaristaAvroNode *record, const BaristaAvroNode *map, JsonObject *document)
{
  JsonObject *extra = json_object_new ();
  JsonObjectIter iter;
  const char *name;
  JsonNode *member;

  json_object_iter_init_ordered (&iter, document);
  while (json_object_iter_next_ordered (&iter, &name, &member))
    if (barista_avro_node_find_field (record, name) == NULL)
      json_object_set_member (extra, name, barista_practice_datum_new (map->branches[0], member));

  return barista_practice_take_object (extra);
}

static JsonNode *
record_new (const BaristaAvroNode *schema, JsonNode *document)
{
  g_autoptr (JsonObject) empty = json_object_new ();
  JsonObject *from = is_absent (document) ? empty : json_node_get_object (document);
  JsonObject *object = json_object_new ();

  for (guint i = 0; i < schema->n_children; i++)
    {
      const BaristaAvroField *field = &schema->fields[i];
      JsonNode *member = json_object_get_member (from, field->name);

      if (g_str_equal (field->name, "_flow_extra"))
        member = extra_new (schema, field->node, from);
      else
        member = barista_practice_datum_new (field->node,
                                             member != NULL ? member : field->default_value);
      json_object_set_member (object, field->name, member);
    }
  return barista_practice_take_object (object);
}

static JsonNode *
array_new (const BaristaAvroNode *schema, JsonNode *document)
{
  JsonArray *array = json_array_new ();
  JsonArray *from = is_absent (document) ? NULL : json_node_get_array (document);

  for (guint i = 0; from != NULL && i < json_array_get_length (from); i++)
    json_array_add_element (array, barista_practice_datum_new (schema->branches[0],
                                                               json_array_get_element (from, i)));

  return take_array (array);
}

static JsonNode *
map_new (const BaristaAvroNode *schema, JsonNode *document)
{
  JsonObject *object = json_object_new ();
  JsonObjectIter iter;
  const char *name;
  JsonNode *member;

  if (!is_absent (document))
    {
      json_object_iter_init_ordered (&iter, json_node_get_object (document));
      while (json_object_iter_next_ordered (&iter, &name, &member))
        json_object_set_member (object, name,
                                barista_practice_datum_new (schema->branches[0], member));
    }
  return barista_practice_take_object (object);
}

/* A duration in a document is [months, days, milliseconds]; Avro has each as 4 bytes, least first. */
static JsonNode *
duration_new (JsonNode *document)
{
  JsonArray *from = json_node_get_array (document);
  JsonArray *bytes = json_array_new ();

  for (guint i = 0; i < 12; i++)
    {
      guint32 part = (guint32) json_array_get_int_element (from, i / 4);

      json_array_add_int_element (bytes, (part >> (8 * (i % 4))) & 0xff);
    }
  return take_array (bytes);
}

/**
 * barista_practice_datum_new:
 * @schema: the registered schema, or a part of it
 * @document: (nullable): the document there; dates are days, times microseconds, durations
 *   [months, days, milliseconds]
 *
 * Shapes a document as its schema has it: absent members become null, their default or an empty
 * map; undeclared ones go to `_flow_extra`; mixed types become JSON text.
 *
 * Returns: (transfer full): the datum
 */
JsonNode *
barista_practice_datum_new (const BaristaAvroNode *schema, JsonNode *document)
{
  gboolean nullable = FALSE;
  const BaristaAvroNode *node = barista_avro_node_unwrap (schema, &nullable);

  if (nullable && is_absent (document))
    return null_node ();
  if (is_raw_json (node))
    return raw_json_new (document);
  if (node->logical == BARISTA_AVRO_DURATION)
    return duration_new (document);

  switch (node->type)
    {
    case BARISTA_AVRO_RECORD:
      return record_new (node, document);
    case BARISTA_AVRO_ARRAY:
      return array_new (node, document);
    case BARISTA_AVRO_MAP:
      return map_new (node, document);
    default:
      g_return_val_if_fail (document != NULL, null_node ());
      return json_node_copy (document);
    }
}

/* The fewest digits that read back the same; a whole number shows that it is a double. */
static void
append_double (GString *json, double value)
{
  static const char *const formats[] = { "%.15g", "%.16g", "%.17g" };
  char text[G_ASCII_DTOSTR_BUF_SIZE];

  for (guint i = 0; i < G_N_ELEMENTS (formats); i++)
    {
      g_ascii_formatd (text, sizeof text, formats[i], value);
      if (g_ascii_strtod (text, NULL) == value)
        break;
    }
  g_string_append (json, text);
  if (strpbrk (text, ".e") == NULL)
    g_string_append (json, ".0");
}

static void
append_number (GString *json, const BaristaAvroNode *schema, JsonNode *datum)
{
  double value = json_node_get_double (datum);

  if (schema->type != BARISTA_AVRO_FLOAT && schema->type != BARISTA_AVRO_DOUBLE)
    g_string_append_printf (json, "%" G_GINT64_FORMAT, json_node_get_int (datum));
  else if (isnan (value))
    g_string_append (json, "\"NaN\"");
  else if (isinf (value))
    g_string_append (json, value > 0 ? "\"Infinity\"" : "\"-Infinity\"");
  else
    append_double (json, value);
}

/* A byte is the character of its number. */
static void
append_bytes (GString *json, JsonNode *datum)
{
  JsonArray *bytes = json_node_get_array (datum);
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < json_array_get_length (bytes); i++)
    g_string_append_unichar (text, (gunichar) json_array_get_int_element (bytes, i));
  barista_json_append_string (json, text->str, (gssize) text->len);
}

static void
append_members (GString *json, const BaristaAvroNode *schema, JsonObject *datum)
{
  JsonObjectIter iter;
  const char *name;
  JsonNode *member;
  guint i = 0;

  g_string_append_c (json, '{');
  json_object_iter_init_ordered (&iter, datum);
  while (json_object_iter_next_ordered (&iter, &name, &member))
    {
      if (i > 0)
        g_string_append_c (json, ',');
      barista_json_append_string (json, name, -1);
      g_string_append_c (json, ':');
      barista_practice_datum_append_json (schema->type == BARISTA_AVRO_RECORD
                                              ? schema->fields[i].node
                                              : schema->branches[0],
                                          member, json);
      i++;
    }
  g_string_append_c (json, '}');
}

static void
append_elements (GString *json, const BaristaAvroNode *schema, JsonArray *datum)
{
  g_string_append_c (json, '[');
  for (guint i = 0; i < json_array_get_length (datum); i++)
    {
      if (i > 0)
        g_string_append_c (json, ',');
      barista_practice_datum_append_json (schema->branches[0], json_array_get_element (datum, i),
                                          json);
    }
  g_string_append_c (json, ']');
}

/**
 * barista_practice_datum_append_json:
 * @schema: its schema
 * @datum: what was, or will be, encoded
 * @json: where to append
 *
 * Prints what a reader of the encoded bytes should find, without having read them.
 */
void
barista_practice_datum_append_json (const BaristaAvroNode *schema, JsonNode *datum, GString *json)
{
  if (schema->type == BARISTA_AVRO_UNION)
    schema = schema->branches[barista_practice_avro_branch (schema, datum)];

  switch (schema->type)
    {
    case BARISTA_AVRO_NULL:
      g_string_append (json, "null");
      break;
    case BARISTA_AVRO_BOOLEAN:
      g_string_append (json, json_node_get_boolean (datum) ? "true" : "false");
      break;
    case BARISTA_AVRO_STRING:
    case BARISTA_AVRO_ENUM:
      barista_json_append_string (json, json_node_get_string (datum), -1);
      break;
    case BARISTA_AVRO_BYTES:
    case BARISTA_AVRO_FIXED:
      append_bytes (json, datum);
      break;
    case BARISTA_AVRO_ARRAY:
      append_elements (json, schema, json_node_get_array (datum));
      break;
    case BARISTA_AVRO_RECORD:
    case BARISTA_AVRO_MAP:
      append_members (json, schema, json_node_get_object (datum));
      break;
    default:
      append_number (json, schema, datum);
      break;
    }
}
