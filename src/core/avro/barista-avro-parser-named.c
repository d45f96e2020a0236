/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "barista-avro-parser.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "barista-avro-parse.h"

/* Types that have a name: fixed, enum and record. */

static JsonArray *
member_array (JsonObject *object, const char *name)
{
  JsonNode *member = json_object_get_member (object, name);

  return member != NULL && JSON_NODE_HOLDS_ARRAY (member) ? json_node_get_array (member) : NULL;
}

/* The full name that an object defines. */
static const char *
take_full_name (BaristaAvroParser *self, JsonObject *object, const BaristaAvroContext *context)
{
  const char *name = barista_avro_member_string (object, "name");
  const char *space = barista_avro_member_string (object, "namespace");
  g_autofree char *full_name = NULL;
  g_autofree char *quoted = NULL;

  if (name == NULL)
    return barista_avro_parser_fail (self, context, _ ("a type has no “name”"));

  if (strchr (name, '.') != NULL)
    full_name = g_strdup (name);
  else if (space == NULL)
    full_name = barista_avro_name_join (context->enclosing, name);
  else
    full_name = g_strdup_printf ("%s%s%s", space, *space != '\0' ? "." : "", name);

  if (barista_avro_full_name_is_valid (full_name) && barista_avro_primitive (full_name) == NULL)
    return barista_avro_parser_take_string (self, context, full_name);

  quoted = barista_avro_quotable (full_name);
  return barista_avro_parser_fail (self, context, _ ("“%s” is not allowed as a name"), quoted);
}

static BaristaAvroNode *
take_named (BaristaAvroParser *self,
            JsonObject *object,
            const BaristaAvroContext *context,
            BaristaAvroType type)
{
  BaristaAvroNode *node = barista_avro_parser_take_node (self, context, type);

  if (node == NULL)
    return NULL;

  node->full_name = take_full_name (self, object, context);
  if (node->full_name == NULL || !barista_avro_parser_take_doc (self, context, object, &node->doc))
    return NULL;

  return node;
}

/* The first definition of a name stands for all: a second one must say the same (Dekaf defines
 * `duration` once per field). */
static const BaristaAvroNode *
settle_name (BaristaAvroParser *self, const BaristaAvroContext *context, BaristaAvroNode *node)
{
  BaristaAvroNode *first = barista_avro_names_lookup (&self->names, node->full_name);
  g_autofree char *quoted = NULL;

  if (first == NULL)
    return barista_avro_names_add (&self->names, node)
               ? node
               : barista_avro_parser_fail_full (self, context);
  if (!barista_avro_names_is_open (&self->names, first)
      && barista_avro_definition_equal (first, node))
    return first;

  quoted = barista_avro_quotable (node->full_name);
  return barista_avro_parser_fail (self, context,
                                   _ ("“%s” is defined twice, and not in the same way"), quoted);
}

const BaristaAvroNode *
barista_avro_parser_read_fixed (BaristaAvroParser *self,
                                JsonObject *object,
                                const BaristaAvroContext *context)
{
  BaristaAvroNode *node = take_named (self, object, context, BARISTA_AVRO_FIXED);

  if (node == NULL)
    return NULL;
  if (!barista_avro_member_uint (object, "size", &node->size))
    return barista_avro_parser_fail (self, context,
                                     _ ("a fixed has no “size” that is a whole number"));

  node->least_bytes = node->size;
  barista_avro_logical_read (object, node);
  return settle_name (self, context, node);
}

static const char *
take_symbol (BaristaAvroParser *self, const BaristaAvroContext *context, JsonNode *json)
{
  const char *text = JSON_NODE_HOLDS_VALUE (json) ? json_node_get_string (json) : NULL;
  g_autofree char *quoted = NULL;

  if (text != NULL && barista_avro_name_is_valid (text))
    return barista_avro_parser_take_string (self, context, text);

  quoted = barista_avro_quotable (text != NULL ? text : "");
  return barista_avro_parser_fail (self, context, _ ("“%s” is not allowed as a symbol"), quoted);
}

static gboolean
take_symbols (BaristaAvroParser *self,
              const BaristaAvroContext *context,
              JsonArray *array,
              BaristaAvroNode *node)
{
  guint n = json_array_get_length (array);
  const char **symbols = barista_avro_parser_take (self, context, n, sizeof *symbols);

  for (guint i = 0; symbols != NULL && i < n; i++)
    {
      symbols[i] = take_symbol (self, context, json_array_get_element (array, i));
      if (symbols[i] == NULL)
        return FALSE;
    }

  node->symbols = symbols;
  node->n_children = n;
  return symbols != NULL && barista_avro_parser_check_names (self, context, symbols, n);
}

const BaristaAvroNode *
barista_avro_parser_read_enum (BaristaAvroParser *self,
                               JsonObject *object,
                               const BaristaAvroContext *context)
{
  BaristaAvroNode *node = take_named (self, object, context, BARISTA_AVRO_ENUM);
  JsonArray *symbols = member_array (object, "symbols");
  JsonNode *fallback = json_object_get_member (object, "default");
  guint steps = G_MAXUINT; /* as many as there are symbols */

  if (node == NULL)
    return NULL;
  if (symbols == NULL)
    return barista_avro_parser_fail (self, context, _ ("has no list of “%s”"), "symbols");
  if (!take_symbols (self, context, symbols, node))
    return NULL;
  if (fallback != NULL && !barista_avro_default_fits (fallback, node, &steps))
    return barista_avro_parser_fail (self, context, _ ("the default is not a symbol of it"));

  node->least_bytes = 1;
  return settle_name (self, context, node);
}

/* Its name first: from then on it names the place. */
static gboolean
take_field_name (BaristaAvroParser *self,
                 const BaristaAvroContext *context,
                 JsonNode *json,
                 BaristaAvroField *field)
{
  JsonObject *object = JSON_NODE_HOLDS_OBJECT (json) ? json_node_get_object (json) : NULL;
  const char *name = object != NULL ? barista_avro_member_string (object, "name") : NULL;
  g_autofree char *quoted = NULL;

  if (name != NULL && barista_avro_name_is_valid (name))
    {
      field->name = barista_avro_parser_take_string (self, context, name);
      return field->name != NULL;
    }

  quoted = barista_avro_quotable (name != NULL ? name : "");
  if (name == NULL)
    barista_avro_parser_fail (self, context, _ ("a field has no “name”"));
  else
    barista_avro_parser_fail (self, context, _ ("“%s” is not allowed as a field's name"), quoted);
  return FALSE;
}

static gboolean
parse_field (BaristaAvroParser *self,
             const BaristaAvroContext *context,
             JsonNode *json,
             BaristaAvroField *field)
{
  JsonObject *object;
  JsonNode *type;
  BaristaAvroContext inner;

  if (!take_field_name (self, context, json, field))
    return FALSE;

  object = json_node_get_object (json);
  type = json_object_get_member (object, "type");
  inner = (BaristaAvroContext) { { &context->place, field->name }, context->enclosing };
  if (type == NULL)
    return barista_avro_parser_fail (self, &inner, _ ("has no “%s”"), "type") != NULL;

  field->node = barista_avro_parser_read (self, type, &inner);
  if (field->node == NULL || !barista_avro_parser_take_doc (self, &inner, object, &field->doc))
    return FALSE;

  field->default_value = json_object_get_member (object, "default");
  if (field->default_value != NULL
      && !barista_avro_default_fits (field->default_value, field->node, &self->default_steps_left))
    field->default_value = NULL;
  self->has_defaults = self->has_defaults || field->default_value != NULL;
  return TRUE;
}

static gboolean
check_field_names (BaristaAvroParser *self,
                   const BaristaAvroContext *context,
                   const BaristaAvroField *fields,
                   guint n)
{
  g_autofree const char **names = g_new (const char *, n + 1);

  for (guint i = 0; i < n; i++)
    names[i] = fields[i].name;

  return barista_avro_parser_check_names (self, context, names, n);
}

/* The node gets its fields only when all are read: until then others see a record without any. */
static gboolean
parse_fields (BaristaAvroParser *self,
              const BaristaAvroContext *context,
              JsonArray *array,
              BaristaAvroNode *node)
{
  guint n = json_array_get_length (array);
  BaristaAvroField *fields = barista_avro_parser_take (self, context, n, sizeof *fields);
  BaristaAvroNode extent = { .depth = 1, .n_nodes = 1 };

  for (guint i = 0; fields != NULL && i < n; i++)
    {
      if (!parse_field (self, context, json_array_get_element (array, i), &fields[i]))
        return FALSE;
      barista_avro_node_add_child (&extent, fields[i].node);
      extent.least_bytes = MIN (extent.least_bytes + fields[i].node->least_bytes, G_MAXINT32);
    }
  if (fields == NULL || !check_field_names (self, context, fields, n))
    return FALSE;

  node->fields = fields;
  node->n_children = n;
  node->depth = extent.depth;
  node->n_nodes = extent.n_nodes;
  node->least_bytes = extent.least_bytes;
  return barista_avro_parser_check_extent (self, context, node) != NULL;
}

const BaristaAvroNode *
barista_avro_parser_read_record (BaristaAvroParser *self,
                                 JsonObject *object,
                                 const BaristaAvroContext *context)
{
  BaristaAvroNode *node = take_named (self, object, context, BARISTA_AVRO_RECORD);
  JsonArray *fields = member_array (object, "fields");
  BaristaAvroContext inner = { context->place, node != NULL ? node->full_name : NULL };
  const BaristaAvroNode *first;

  if (node == NULL)
    return NULL;
  if (fields == NULL)
    return barista_avro_parser_fail (self, context, _ ("has no list of “%s”"), "fields");

  first = barista_avro_names_lookup (&self->names, node->full_name);
  if (first != NULL)
    return parse_fields (self, &inner, fields, node) ? settle_name (self, context, node) : NULL;

  if (!barista_avro_names_open (&self->names, node))
    return barista_avro_parser_fail_full (self, context);
  if (!parse_fields (self, &inner, fields, node))
    return NULL;

  barista_avro_names_close (&self->names);
  return node;
}
