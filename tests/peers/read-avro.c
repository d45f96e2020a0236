/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "barista-avro-value.h"

#include <json-glib/json-glib.h>
#include <stdio.h>
#include <string.h>

/* What our Avro reader makes of schemas and values: one JSON object a line in, one out.
 *
 *   {"schema": "..."}   {"tree": ...}
 *   {"hex": "..."}      {"value": ...}: a datum of the last schema, as it is stored
 *
 * and {"error": "..."} for what is refused. A tree has each type as its name, or as an array of its
 * kind and what belongs to it; see describe (). */

static void
print_object (JsonBuilder *builder)
{
  g_autoptr (JsonNode) root = NULL;
  g_autofree char *text = NULL;

  json_builder_end_object (builder);
  root = json_builder_get_root (builder);
  text = json_to_string (root, FALSE);
  puts (text);
}

static void
print_error (const char *message)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();

  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, "error");
  json_builder_add_string_value (builder, message);
  print_object (builder);
}

static void describe (JsonBuilder *builder, const BaristaAvroNode *node, GHashTable *seen);

/* ["record", name, logical, [name of field, type, default if any]...], and so on. */
static void
describe_parts (JsonBuilder *builder, const BaristaAvroNode *node, GHashTable *seen)
{
  for (guint i = 0; i < node->n_children; i++)
    switch (node->type)
      {
      case BARISTA_AVRO_RECORD:
        json_builder_begin_array (builder);
        json_builder_add_string_value (builder, node->fields[i].name);
        describe (builder, node->fields[i].node, seen);
        if (node->fields[i].default_value != NULL)
          json_builder_add_value (builder, json_node_copy (node->fields[i].default_value));
        json_builder_end_array (builder);
        break;
      case BARISTA_AVRO_ENUM:
        json_builder_add_string_value (builder, node->symbols[i]);
        break;
      default:
        describe (builder, node->branches[i], seen);
        break;
      }
  if (node->type == BARISTA_AVRO_FIXED)
    json_builder_add_int_value (builder, node->size);
}

/* A named type is written out where it stands first, and named after that. */
static void
describe (JsonBuilder *builder, const BaristaAvroNode *node, GHashTable *seen)
{
  if (node->full_name != NULL && g_hash_table_contains (seen, node->full_name))
    {
      json_builder_add_string_value (builder, node->full_name);
      return;
    }
  if (node->full_name != NULL)
    g_hash_table_add (seen, (gpointer) node->full_name);

  json_builder_begin_array (builder);
  json_builder_add_string_value (builder, barista_avro_type_to_string (node->type));
  json_builder_add_string_value (builder, node->full_name);
  json_builder_add_string_value (builder, barista_avro_logical_to_string (node->logical));
  describe_parts (builder, node, seen);
  json_builder_end_array (builder);
}

static BaristaAvroSchema *
read_schema (const char *text)
{
  g_autoptr (GError) error = NULL;
  BaristaAvroSchema *schema = barista_avro_schema_new (text, -1, &error);

  if (schema != NULL)
    {
      g_autoptr (JsonBuilder) builder = json_builder_new ();
      g_autoptr (GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);

      json_builder_begin_object (builder);
      json_builder_set_member_name (builder, "tree");
      describe (builder, barista_avro_schema_get_root (schema), seen);
      print_object (builder);
    }
  else
    print_error (error->message);

  return schema;
}

static GByteArray *
from_hex (const char *hex)
{
  gsize length = strlen (hex) / 2;
  GByteArray *bytes = g_byte_array_sized_new ((guint) length);

  for (gsize i = 0; i < length; i++)
    {
      guint8 byte = (guint8) (g_ascii_xdigit_value (hex[2 * i]) << 4
                              | g_ascii_xdigit_value (hex[2 * i + 1]));

      g_byte_array_append (bytes, &byte, 1);
    }

  return bytes;
}

/* The value goes out as our own writer puts it, not as another JSON library would. */
static void
read_datum (BaristaAvroSchema *schema, const char *hex)
{
  g_autoptr (GByteArray) bytes = from_hex (hex);
  g_autoptr (GString) json = g_string_new (NULL);
  g_autoptr (GError) error = NULL;
  BaristaAvroValue value;

  if (barista_avro_value_init (&value, schema, bytes->data, bytes->len, &error)
      && barista_avro_value_append_json (value, json))
    printf ("{\"value\":%s}\n", json->str);
  else
    print_error (error != NULL ? error->message : "more JSON than is written");
}

int
main (void)
{
  g_autoptr (BaristaAvroSchema) schema = NULL;
  g_autofree char *line = NULL;
  size_t room = 0;

  while (getline (&line, &room, stdin) > 0)
    {
      g_autoptr (JsonNode) node = json_from_string (line, NULL);
      JsonObject *object = node != NULL ? json_node_get_object (node) : NULL;

      if (object != NULL && json_object_has_member (object, "schema"))
        {
          g_clear_pointer (&schema, barista_avro_schema_unref);
          schema = read_schema (json_object_get_string_member (object, "schema"));
        }
      else if (object != NULL && schema != NULL)
        read_datum (schema, json_object_get_string_member (object, "hex"));
      else
        print_error ("no schema");
    }

  return 0;
}
