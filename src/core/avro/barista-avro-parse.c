/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "barista-avro-parse.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "barista-avro-parser.h"

static const BaristaAvroNode *
parse_array_or_map (BaristaAvroParser *self,
                    JsonObject *object,
                    const BaristaAvroContext *context,
                    BaristaAvroType type)
{
  gboolean is_array = type == BARISTA_AVRO_ARRAY;
  const char *member = is_array ? "items" : "values";
  JsonNode *json = json_object_get_member (object, member);
  BaristaAvroContext inner = { { &context->place, BARISTA_AVRO_PLACE_ITEMS }, context->enclosing };
  BaristaAvroNode *node = barista_avro_parser_take_node (self, context, type);
  const BaristaAvroNode **branches = barista_avro_parser_take (self, context, 1, sizeof *branches);

  if (node == NULL || branches == NULL)
    return NULL;
  if (json == NULL)
    return barista_avro_parser_fail (self, context, _ ("has no “%s”"), member);

  inner.place.step = is_array ? BARISTA_AVRO_PLACE_ITEMS : BARISTA_AVRO_PLACE_VALUES;
  branches[0] = barista_avro_parser_read (self, json, &inner);
  if (branches[0] == NULL)
    return NULL;

  node->branches = branches;
  node->n_children = 1;
  node->least_bytes = 1;
  barista_avro_node_add_child (node, branches[0]);
  return barista_avro_parser_check_extent (self, context, node);
}

static const BaristaAvroNode *
parse_array (BaristaAvroParser *self, JsonObject *object, const BaristaAvroContext *context)
{
  return parse_array_or_map (self, object, context, BARISTA_AVRO_ARRAY);
}

static const BaristaAvroNode *
parse_map (BaristaAvroParser *self, JsonObject *object, const BaristaAvroContext *context)
{
  return parse_array_or_map (self, object, context, BARISTA_AVRO_MAP);
}

/* A union may hold each unnamed type once and each named type once. */
static gboolean
check_branches (BaristaAvroParser *self,
                const BaristaAvroContext *context,
                const BaristaAvroNode *node)
{
  g_autofree const char **kinds = g_new (const char *, node->n_children + 1);

  for (guint i = 0; i < node->n_children; i++)
    kinds[i] = node->branches[i]->full_name != NULL
                   ? node->branches[i]->full_name
                   : barista_avro_type_to_string (node->branches[i]->type);

  return barista_avro_parser_check_names (self, context, kinds, node->n_children);
}

static const BaristaAvroNode *
parse_union (BaristaAvroParser *self, JsonArray *array, const BaristaAvroContext *context)
{
  guint n = json_array_get_length (array);
  BaristaAvroNode *node = barista_avro_parser_take_node (self, context, BARISTA_AVRO_UNION);
  const BaristaAvroNode **branches = barista_avro_parser_take (self, context, n, sizeof *branches);
  guint least = n > 0 ? G_MAXINT32 : 0;

  if (node == NULL || branches == NULL)
    return NULL;

  for (guint i = 0; i < n; i++)
    {
      branches[i] = barista_avro_parser_read (self, json_array_get_element (array, i), context);
      if (branches[i] == NULL)
        return NULL;
      if (branches[i]->type == BARISTA_AVRO_UNION)
        return barista_avro_parser_fail (self, context, _ ("a union holds a union"));
      barista_avro_node_add_child (node, branches[i]);
      least = MIN (least, branches[i]->least_bytes);
    }

  node->branches = branches;
  node->n_children = n;
  node->least_bytes = 1 + least;
  return check_branches (self, context, node)
             ? barista_avro_parser_check_extent (self, context, node)
             : NULL;
}

/* An error is a record by the name that Avro's protocols give it. */
static const struct
{
  const char *name;
  BaristaAvroReadFunc read;
} complex_types[] = {
  { "record", barista_avro_parser_read_record },
  { "error", barista_avro_parser_read_record },
  { "enum", barista_avro_parser_read_enum },
  { "array", parse_array },
  { "map", parse_map },
  { "fixed", barista_avro_parser_read_fixed },
};

static BaristaAvroReadFunc
find_complex (JsonNode *type)
{
  const char *name = JSON_NODE_HOLDS_VALUE (type) ? json_node_get_string (type) : NULL;

  for (guint i = 0; name != NULL && i < G_N_ELEMENTS (complex_types); i++)
    if (strcmp (complex_types[i].name, name) == 0)
      return complex_types[i].read;

  return NULL;
}

/* `{"type": T, "logicalType": ...}` where T is any schema. A logical type makes a copy of T's node:
 * others that refer to T don't have it. */
static const BaristaAvroNode *
parse_annotated (BaristaAvroParser *self,
                 JsonObject *object,
                 JsonNode *type,
                 const BaristaAvroContext *context)
{
  const BaristaAvroNode *plain = barista_avro_parser_read (self, type, context);
  BaristaAvroNode annotated;
  BaristaAvroNode *node;

  if (plain == NULL)
    return NULL;

  annotated = *plain;
  if (!barista_avro_logical_read (object, &annotated))
    return plain;

  node = barista_avro_parser_take (self, context, 1, sizeof *node);
  if (node != NULL)
    *node = annotated;
  return node;
}

static const BaristaAvroNode *
parse_object (BaristaAvroParser *self, JsonObject *object, const BaristaAvroContext *context)
{
  JsonNode *type = json_object_get_member (object, "type");
  BaristaAvroReadFunc read = type != NULL ? find_complex (type) : NULL;

  if (type == NULL)
    return barista_avro_parser_fail (self, context, _ ("has no “%s”"), "type");

  return read != NULL ? read (self, object, context)
                      : parse_annotated (self, object, type, context);
}

static const BaristaAvroNode *
parse_name (BaristaAvroParser *self, const char *name, const BaristaAvroContext *context)
{
  const BaristaAvroNode *node = barista_avro_primitive (name);
  g_autofree char *quoted = NULL;

  if (node == NULL)
    node = barista_avro_names_refer (&self->names, name, context->enclosing);
  if (node != NULL)
    return node;

  quoted = barista_avro_quotable (name);
  return barista_avro_parser_fail (self, context, _ ("unknown type “%s”"), quoted);
}

const BaristaAvroNode *
barista_avro_parser_read (BaristaAvroParser *self,
                          JsonNode *json,
                          const BaristaAvroContext *context)
{
  if (JSON_NODE_HOLDS_OBJECT (json))
    return parse_object (self, json_node_get_object (json), context);
  if (JSON_NODE_HOLDS_ARRAY (json))
    return parse_union (self, json_node_get_array (json), context);
  if (JSON_NODE_HOLDS_VALUE (json) && json_node_get_value_type (json) == G_TYPE_STRING)
    return parse_name (self, json_node_get_string (json), context);

  return barista_avro_parser_fail (self, context, _ ("a type must be a name, an object or a list"));
}

/**
 * barista_avro_parse:
 * @self: (out caller-allocates): what was read
 * @json: a schema
 * @arena: where its nodes go
 * @error: return location for a #BaristaAvroError
 *
 * Reads a whole schema.
 *
 * Returns: %FALSE if it is not one
 */
gboolean
barista_avro_parse (BaristaAvroParsed *self,
                    JsonNode *json,
                    BaristaAvroArena *arena,
                    GError **error)
{
  BaristaAvroParser parser = { .arena = arena, .default_steps_left = BARISTA_AVRO_DEFAULT_STEPS };
  const BaristaAvroContext context = { { NULL, NULL }, NULL };

  barista_avro_names_init (&parser.names, arena);
  *self = (BaristaAvroParsed) {
    .root = barista_avro_parser_read (&parser, json, &context),
    .recursive = parser.names.recursive,
    .has_defaults = parser.has_defaults,
  };
  barista_avro_names_clear (&parser.names);

  if (parser.error != NULL)
    g_propagate_error (error, parser.error);
  return self->root != NULL;
}
