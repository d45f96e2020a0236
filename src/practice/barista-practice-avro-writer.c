/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "barista-practice-avro-writer.h"

#include <string.h>

static void
append_long (GByteArray *out, gint64 value)
{
  guint64 left = ((guint64) value << 1) ^ (guint64) (value >> 63);

  do
    {
      guint8 byte = (left & 0x7f) | (left > 0x7f ? 0x80 : 0);

      g_byte_array_append (out, &byte, 1);
      left >>= 7;
    }
  while (left > 0);
}

static void
append_text (GByteArray *out, const char *text)
{
  gsize length = strlen (text);

  append_long (out, length);
  g_byte_array_append (out, (const guint8 *) text, length);
}

static void
append_little_endian (GByteArray *out, guint64 bits, guint n_bytes)
{
  for (guint i = 0; i < n_bytes; i++)
    {
      guint8 byte = (bits >> (8 * i)) & 0xff;

      g_byte_array_append (out, &byte, 1);
    }
}

static void
append_real (GByteArray *out, BaristaAvroType type, double value)
{
  if (type == BARISTA_AVRO_FLOAT)
    {
      float narrow = (float) value;
      guint32 bits;

      memcpy (&bits, &narrow, sizeof bits);
      append_little_endian (out, bits, sizeof bits);
    }
  else
    {
      guint64 bits;

      memcpy (&bits, &value, sizeof bits);
      append_little_endian (out, bits, sizeof bits);
    }
}

static void
append_octets (GByteArray *out, JsonArray *octets)
{
  for (guint i = 0; i < json_array_get_length (octets); i++)
    {
      guint8 octet = (guint8) json_array_get_int_element (octets, i);

      g_byte_array_append (out, &octet, 1);
    }
}

static gint64
find_symbol (const BaristaAvroNode *schema, const char *symbol)
{
  for (guint i = 0; i < schema->n_children; i++)
    if (g_str_equal (schema->symbols[i], symbol))
      return i;

  g_return_val_if_reached (0);
}

/* One block with all of them, then the empty block that ends the list. */
static void
append_array (GByteArray *out, const BaristaAvroNode *schema, JsonArray *datum)
{
  guint n = json_array_get_length (datum);

  if (n > 0)
    append_long (out, n);
  for (guint i = 0; i < n; i++)
    barista_practice_avro_append (out, schema->branches[0], json_array_get_element (datum, i));
  append_long (out, 0);
}

static void
append_map (GByteArray *out, const BaristaAvroNode *schema, JsonObject *datum)
{
  JsonObjectIter iter;
  const char *name;
  JsonNode *member;

  if (json_object_get_size (datum) > 0)
    append_long (out, json_object_get_size (datum));
  json_object_iter_init_ordered (&iter, datum);
  while (json_object_iter_next_ordered (&iter, &name, &member))
    {
      append_text (out, name);
      barista_practice_avro_append (out, schema->branches[0], member);
    }
  append_long (out, 0);
}

static void
append_record (GByteArray *out, const BaristaAvroNode *schema, JsonObject *datum)
{
  for (guint i = 0; i < schema->n_children; i++)
    barista_practice_avro_append (out, schema->fields[i].node,
                                  json_object_get_member (datum, schema->fields[i].name));
}

static gboolean
is_real (JsonNode *datum)
{
  return json_node_get_value_type (datum) == G_TYPE_DOUBLE;
}

static gboolean
branch_fits (const BaristaAvroNode *branch, JsonNode *datum)
{
  GType value = JSON_NODE_HOLDS_VALUE (datum) ? json_node_get_value_type (datum) : G_TYPE_NONE;

  switch (branch->type)
    {
    case BARISTA_AVRO_NULL:
      return JSON_NODE_HOLDS_NULL (datum);
    case BARISTA_AVRO_BOOLEAN:
      return value == G_TYPE_BOOLEAN;
    case BARISTA_AVRO_INT:
    case BARISTA_AVRO_LONG:
      return value == G_TYPE_INT64;
    case BARISTA_AVRO_FLOAT:
    case BARISTA_AVRO_DOUBLE:
      return value == G_TYPE_INT64 || is_real (datum);
    case BARISTA_AVRO_STRING:
    case BARISTA_AVRO_ENUM:
      return value == G_TYPE_STRING;
    case BARISTA_AVRO_BYTES:
    case BARISTA_AVRO_FIXED:
    case BARISTA_AVRO_ARRAY:
      return JSON_NODE_HOLDS_ARRAY (datum);
    default:
      return JSON_NODE_HOLDS_OBJECT (datum);
    }
}

/**
 * barista_practice_avro_branch:
 * @schema: a union
 * @datum: a value of one of its branches
 *
 * Returns: the index of the first branch that can hold @datum
 */
guint
barista_practice_avro_branch (const BaristaAvroNode *schema, JsonNode *datum)
{
  for (guint i = 0; i < schema->n_children; i++)
    if (branch_fits (schema->branches[i], datum))
      return i;

  g_return_val_if_reached (0);
}

static void
append_union (GByteArray *out, const BaristaAvroNode *schema, JsonNode *datum)
{
  guint branch = barista_practice_avro_branch (schema, datum);

  append_long (out, branch);
  barista_practice_avro_append (out, schema->branches[branch], datum);
}

/**
 * barista_practice_avro_append:
 * @out: where to append
 * @schema: its schema
 * @datum: a datum of it, as barista_practice_datum_new() makes them
 *
 * Writes Avro's binary encoding.
 */
void
barista_practice_avro_append (GByteArray *out, const BaristaAvroNode *schema, JsonNode *datum)
{
  guint8 octet;

  switch (schema->type)
    {
    case BARISTA_AVRO_NULL:
      break;
    case BARISTA_AVRO_BOOLEAN:
      octet = json_node_get_boolean (datum) ? 1 : 0;
      g_byte_array_append (out, &octet, 1);
      break;
    case BARISTA_AVRO_INT:
    case BARISTA_AVRO_LONG:
      append_long (out, json_node_get_int (datum));
      break;
    case BARISTA_AVRO_FLOAT:
    case BARISTA_AVRO_DOUBLE:
      append_real (out, schema->type, json_node_get_double (datum));
      break;
    case BARISTA_AVRO_BYTES:
      append_long (out, json_array_get_length (json_node_get_array (datum)));
      append_octets (out, json_node_get_array (datum));
      break;
    case BARISTA_AVRO_FIXED:
      append_octets (out, json_node_get_array (datum));
      break;
    case BARISTA_AVRO_STRING:
      append_text (out, json_node_get_string (datum));
      break;
    case BARISTA_AVRO_ENUM:
      append_long (out, find_symbol (schema, json_node_get_string (datum)));
      break;
    case BARISTA_AVRO_RECORD:
      append_record (out, schema, json_node_get_object (datum));
      break;
    case BARISTA_AVRO_ARRAY:
      append_array (out, schema, json_node_get_array (datum));
      break;
    case BARISTA_AVRO_MAP:
      append_map (out, schema, json_node_get_object (datum));
      break;
    case BARISTA_AVRO_UNION:
      append_union (out, schema, datum);
      break;
    default:
      g_return_if_reached ();
    }
}

/**
 * barista_practice_avro_encode:
 * @schema: the registered schema's root
 * @id: its id
 * @datum: a datum of it
 *
 * Returns: (transfer full): a record's key or value: zero byte, id, datum (`dekaf.md` 3.1)
 */
GBytes *
barista_practice_avro_encode (const BaristaAvroNode *schema, guint32 id, JsonNode *datum)
{
  GByteArray *out = g_byte_array_new ();
  guint8 frame[5] = { 0, id >> 24, (id >> 16) & 0xff, (id >> 8) & 0xff, id & 0xff };

  g_byte_array_append (out, frame, sizeof frame);
  barista_practice_avro_append (out, schema, datum);
  return g_byte_array_free_to_bytes (out);
}
