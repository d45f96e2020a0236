/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "barista-avro-parse.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "barista-avro-names.h"
#include "barista-avro-place.h"

/*
 * JSON to nodes. It recurses with the JSON, whose depth the JSON guard has bounded. All memory is
 * the arena's, all errors go through fail(), which names the place.
 */

typedef struct
{
  BaristaAvroArena *arena;
  BaristaAvroNames names;
  gboolean has_defaults;
  GError *error;
} Parser;

/* Where a schema stands: @enclosing is the full name of the type around it. */
typedef struct
{
  BaristaAvroPlace place;
  const char *enclosing;
} Context;

typedef const BaristaAvroNode *(*ParseFunc) (Parser *self,
                                             JsonObject *object,
                                             const Context *context);

static const BaristaAvroNode *parse_node (Parser *self, JsonNode *json, const Context *context);

static gpointer
fail (Parser *self, BaristaAvroError code, const Context *context, const char *format, ...)
    G_GNUC_PRINTF (4, 5);

/* Returns NULL, so that `return fail (...)` leaves any parser. The first failure is kept. */
static gpointer
fail (Parser *self, BaristaAvroError code, const Context *context, const char *format, ...)
{
  g_autofree char *place = barista_avro_place_to_string (&context->place);
  g_autofree char *reason = NULL;
  va_list args;

  if (self->error != NULL)
    return NULL;

  va_start (args, format);
  reason = g_strdup_vprintf (format, args);
  va_end (args);
  self->error = g_error_new (BARISTA_AVRO_ERROR, (int) code, "%s: %s", place, reason);
  return NULL;
}

static gpointer
fail_full (Parser *self, const Context *context)
{
  return fail (self, BARISTA_AVRO_ERROR_TOO_COMPLEX, context,
               _ ("its types and names take too much memory"));
}

static gpointer
take (Parser *self, const Context *context, gsize n, gsize size)
{
  gpointer taken = barista_avro_arena_alloc (self->arena, n, size);

  return taken != NULL ? taken : fail_full (self, context);
}

static char *
take_string (Parser *self, const Context *context, const char *text)
{
  char *copy = take (self, context, strlen (text) + 1, 1);

  return copy != NULL ? strcpy (copy, text) : NULL;
}

/* Takes a member that may be missing; FALSE only if memory runs out. */
static gboolean
take_doc (Parser *self, const Context *context, JsonObject *object, const char **doc)
{
  const char *text = barista_avro_member_string (object, "doc");

  *doc = text != NULL ? take_string (self, context, text) : NULL;
  return text == NULL || *doc != NULL;
}

static BaristaAvroNode *
take_node (Parser *self, const Context *context, BaristaAvroType type)
{
  BaristaAvroNode *node = take (self, context, 1, sizeof *node);

  if (node != NULL)
    {
      node->type = type;
      node->depth = node->n_nodes = 1;
    }
  return node;
}

static JsonArray *
member_array (JsonObject *object, const char *name)
{
  JsonNode *member = json_object_get_member (object, name);

  return member != NULL && JSON_NODE_HOLDS_ARRAY (member) ? json_node_get_array (member) : NULL;
}

static void
add_child (BaristaAvroNode *node, const BaristaAvroNode *child)
{
  node->depth = MAX (node->depth, child->depth + 1);
  node->n_nodes = MIN (node->n_nodes + child->n_nodes, BARISTA_AVRO_NODES_MAX + 1);
}

/* Bounds what a walk meets that follows each name: ten types can hold each other a billion times. */
static const BaristaAvroNode *
check_extent (Parser *self, const Context *context, const BaristaAvroNode *node)
{
  if (node->depth > BARISTA_AVRO_DEPTH_MAX)
    return fail (self, BARISTA_AVRO_ERROR_TOO_COMPLEX, context, _ ("nested deeper than %d levels"),
                 BARISTA_AVRO_DEPTH_MAX);
  if (node->n_nodes > BARISTA_AVRO_NODES_MAX)
    return fail (self, BARISTA_AVRO_ERROR_TOO_COMPLEX, context, _ ("more than %d types and fields"),
                 BARISTA_AVRO_NODES_MAX);

  return node;
}

static int
compare_names (gconstpointer a, gconstpointer b)
{
  return strcmp (*(const char *const *) a, *(const char *const *) b);
}

/* One that is there twice, or NULL. Sorts a copy: 100,000 names may come. */
static const char *
find_twin (const char *const *names, guint n)
{
  g_autofree const char **sorted = g_memdup2 (names, n * sizeof *names);

  if (n > 1)
    qsort (sorted, n, sizeof *sorted, compare_names);
  for (guint i = 1; i < n; i++)
    if (strcmp (sorted[i - 1], sorted[i]) == 0)
      return sorted[i];

  return NULL;
}

static const BaristaAvroNode *
parse_array_or_map (Parser *self, JsonObject *object, const Context *context, BaristaAvroType type)
{
  gboolean is_array = type == BARISTA_AVRO_ARRAY;
  const char *member = is_array ? "items" : "values";
  JsonNode *json = json_object_get_member (object, member);
  Context inner = { { &context->place, BARISTA_AVRO_PLACE_ITEMS }, context->enclosing };
  BaristaAvroNode *node = take_node (self, context, type);
  const BaristaAvroNode **branches = take (self, context, 1, sizeof *branches);

  if (node == NULL || branches == NULL)
    return NULL;
  if (json == NULL)
    return fail (self, BARISTA_AVRO_ERROR_SCHEMA, context, _ ("has no “%s”"), member);

  inner.place.step = is_array ? BARISTA_AVRO_PLACE_ITEMS : BARISTA_AVRO_PLACE_VALUES;
  branches[0] = parse_node (self, json, &inner);
  if (branches[0] == NULL)
    return NULL;

  node->branches = branches;
  node->n_children = 1;
  node->least_bytes = 1;
  add_child (node, branches[0]);
  return check_extent (self, context, node);
}

static const BaristaAvroNode *
parse_array (Parser *self, JsonObject *object, const Context *context)
{
  return parse_array_or_map (self, object, context, BARISTA_AVRO_ARRAY);
}

static const BaristaAvroNode *
parse_map (Parser *self, JsonObject *object, const Context *context)
{
  return parse_array_or_map (self, object, context, BARISTA_AVRO_MAP);
}

/* A union may hold each unnamed type once and each named type once. */
static gboolean
check_branches (Parser *self, const Context *context, const BaristaAvroNode *node)
{
  g_autofree const char **kinds = g_new (const char *, node->n_children + 1);
  g_autofree char *quoted = NULL;
  const char *twin;

  for (guint i = 0; i < node->n_children; i++)
    kinds[i] = node->branches[i]->full_name != NULL
                   ? node->branches[i]->full_name
                   : barista_avro_type_to_string (node->branches[i]->type);

  twin = find_twin (kinds, node->n_children);
  if (twin == NULL)
    return TRUE;

  quoted = barista_avro_quotable (twin);
  fail (self, BARISTA_AVRO_ERROR_SCHEMA, context, _ ("a union holds “%s” twice"), quoted);
  return FALSE;
}

static const BaristaAvroNode *
parse_union (Parser *self, JsonArray *array, const Context *context)
{
  guint n = json_array_get_length (array);
  BaristaAvroNode *node = take_node (self, context, BARISTA_AVRO_UNION);
  const BaristaAvroNode **branches = take (self, context, n, sizeof *branches);
  guint least = n > 0 ? G_MAXINT32 : 0;

  if (node == NULL || branches == NULL)
    return NULL;

  for (guint i = 0; i < n; i++)
    {
      branches[i] = parse_node (self, json_array_get_element (array, i), context);
      if (branches[i] == NULL)
        return NULL;
      if (branches[i]->type == BARISTA_AVRO_UNION)
        return fail (self, BARISTA_AVRO_ERROR_SCHEMA, context, _ ("a union holds a union"));
      add_child (node, branches[i]);
      least = MIN (least, branches[i]->least_bytes);
    }

  node->branches = branches;
  node->n_children = n;
  node->least_bytes = 1 + least;
  return check_branches (self, context, node) ? check_extent (self, context, node) : NULL;
}

/* The full name that an object defines. */
static const char *
take_full_name (Parser *self, JsonObject *object, const Context *context)
{
  const char *name = barista_avro_member_string (object, "name");
  const char *space = barista_avro_member_string (object, "namespace");
  g_autofree char *full_name = NULL;
  g_autofree char *quoted = NULL;

  if (name == NULL)
    return fail (self, BARISTA_AVRO_ERROR_SCHEMA, context, _ ("a type has no “name”"));

  if (strchr (name, '.') != NULL)
    full_name = g_strdup (name);
  else if (space == NULL)
    full_name = barista_avro_name_join (context->enclosing, name);
  else
    full_name = g_strdup_printf ("%s%s%s", space, *space != '\0' ? "." : "", name);

  if (barista_avro_full_name_is_valid (full_name) && barista_avro_primitive (full_name) == NULL)
    return take_string (self, context, full_name);

  quoted = barista_avro_quotable (full_name);
  return fail (self, BARISTA_AVRO_ERROR_SCHEMA, context, _ ("“%s” is not allowed as a name"),
               quoted);
}

static BaristaAvroNode *
take_named (Parser *self, JsonObject *object, const Context *context, BaristaAvroType type)
{
  BaristaAvroNode *node = take_node (self, context, type);

  if (node == NULL)
    return NULL;

  node->full_name = take_full_name (self, object, context);
  if (node->full_name == NULL || !take_doc (self, context, object, &node->doc))
    return NULL;

  return node;
}

/* The first definition of a name stands for all: a second one must say the same (Dekaf defines
 * `duration` once per field). */
static const BaristaAvroNode *
settle_name (Parser *self, const Context *context, BaristaAvroNode *node)
{
  BaristaAvroNode *first = barista_avro_names_lookup (&self->names, node->full_name);
  g_autofree char *quoted = NULL;

  if (first == NULL)
    return barista_avro_names_add (&self->names, node) ? node : fail_full (self, context);
  if (!barista_avro_names_is_open (&self->names, first)
      && barista_avro_definition_equal (first, node))
    return first;

  quoted = barista_avro_quotable (node->full_name);
  return fail (self, BARISTA_AVRO_ERROR_SCHEMA, context,
               _ ("“%s” is defined twice, and not in the same way"), quoted);
}

static const BaristaAvroNode *
parse_fixed (Parser *self, JsonObject *object, const Context *context)
{
  BaristaAvroNode *node = take_named (self, object, context, BARISTA_AVRO_FIXED);

  if (node == NULL)
    return NULL;
  if (!barista_avro_member_uint (object, "size", &node->size))
    return fail (self, BARISTA_AVRO_ERROR_SCHEMA, context,
                 _ ("a fixed has no “size” that is a whole number"));

  node->least_bytes = node->size;
  barista_avro_logical_read (object, node);
  return settle_name (self, context, node);
}

static const char *
take_symbol (Parser *self, const Context *context, JsonNode *json)
{
  const char *text = JSON_NODE_HOLDS_VALUE (json) ? json_node_get_string (json) : NULL;
  g_autofree char *quoted = NULL;

  if (text != NULL && barista_avro_name_is_valid (text))
    return take_string (self, context, text);

  quoted = barista_avro_quotable (text != NULL ? text : "");
  return fail (self, BARISTA_AVRO_ERROR_SCHEMA, context, _ ("“%s” is not allowed as a symbol"),
               quoted);
}

static gboolean
take_symbols (Parser *self, const Context *context, JsonArray *array, BaristaAvroNode *node)
{
  guint n = json_array_get_length (array);
  const char **symbols = take (self, context, n, sizeof *symbols);
  const char *twin;

  for (guint i = 0; symbols != NULL && i < n; i++)
    {
      symbols[i] = take_symbol (self, context, json_array_get_element (array, i));
      if (symbols[i] == NULL)
        return FALSE;
    }

  twin = symbols != NULL ? find_twin (symbols, n) : NULL;
  if (twin != NULL)
    fail (self, BARISTA_AVRO_ERROR_SCHEMA, context, _ ("the symbol “%s” is there twice"), twin);

  node->symbols = symbols;
  node->n_children = n;
  return symbols != NULL && twin == NULL;
}

static const BaristaAvroNode *
parse_enum (Parser *self, JsonObject *object, const Context *context)
{
  BaristaAvroNode *node = take_named (self, object, context, BARISTA_AVRO_ENUM);
  JsonArray *symbols = member_array (object, "symbols");
  JsonNode *fallback = json_object_get_member (object, "default");

  if (node == NULL)
    return NULL;
  if (symbols == NULL)
    return fail (self, BARISTA_AVRO_ERROR_SCHEMA, context, _ ("has no list of “%s”"), "symbols");
  if (!take_symbols (self, context, symbols, node))
    return NULL;
  if (fallback != NULL && !barista_avro_default_fits (fallback, node))
    return fail (self, BARISTA_AVRO_ERROR_SCHEMA, context, _ ("the default is not a symbol of it"));

  node->least_bytes = 1;
  return settle_name (self, context, node);
}

/* Its name first: from then on it names the place. */
static gboolean
take_field_name (Parser *self, const Context *context, JsonNode *json, BaristaAvroField *field)
{
  JsonObject *object = JSON_NODE_HOLDS_OBJECT (json) ? json_node_get_object (json) : NULL;
  const char *name = object != NULL ? barista_avro_member_string (object, "name") : NULL;
  g_autofree char *quoted = NULL;

  if (name != NULL && barista_avro_name_is_valid (name))
    {
      field->name = take_string (self, context, name);
      return field->name != NULL;
    }

  quoted = barista_avro_quotable (name != NULL ? name : "");
  if (name == NULL)
    fail (self, BARISTA_AVRO_ERROR_SCHEMA, context, _ ("a field has no “name”"));
  else
    fail (self, BARISTA_AVRO_ERROR_SCHEMA, context, _ ("“%s” is not allowed as a field’s name"),
          quoted);
  return FALSE;
}

static gboolean
parse_field (Parser *self, const Context *context, JsonNode *json, BaristaAvroField *field)
{
  JsonObject *object;
  JsonNode *type;
  Context inner;

  if (!take_field_name (self, context, json, field))
    return FALSE;

  object = json_node_get_object (json);
  type = json_object_get_member (object, "type");
  inner = (Context) { { &context->place, field->name }, context->enclosing };
  if (type == NULL)
    return fail (self, BARISTA_AVRO_ERROR_SCHEMA, &inner, _ ("has no “%s”"), "type") != NULL;

  field->node = parse_node (self, type, &inner);
  if (field->node == NULL || !take_doc (self, &inner, object, &field->doc))
    return FALSE;

  field->default_value = json_object_get_member (object, "default");
  if (field->default_value != NULL
      && !barista_avro_default_fits (field->default_value, field->node))
    field->default_value = NULL;
  self->has_defaults = self->has_defaults || field->default_value != NULL;
  return TRUE;
}

static gboolean
check_field_names (Parser *self, const Context *context, const BaristaAvroField *fields, guint n)
{
  g_autofree const char **names = g_new (const char *, n + 1);
  const char *twin;

  for (guint i = 0; i < n; i++)
    names[i] = fields[i].name;

  twin = find_twin (names, n);
  if (twin != NULL)
    fail (self, BARISTA_AVRO_ERROR_SCHEMA, context, _ ("the field “%s” is there twice"), twin);
  return twin == NULL;
}

/* The node gets its fields only when all are read: until then others see a record without any. */
static gboolean
parse_fields (Parser *self, const Context *context, JsonArray *array, BaristaAvroNode *node)
{
  guint n = json_array_get_length (array);
  BaristaAvroField *fields = take (self, context, n, sizeof *fields);
  BaristaAvroNode extent = { .depth = 1, .n_nodes = 1 };

  for (guint i = 0; fields != NULL && i < n; i++)
    {
      if (!parse_field (self, context, json_array_get_element (array, i), &fields[i]))
        return FALSE;
      add_child (&extent, fields[i].node);
      extent.least_bytes = MIN (extent.least_bytes + fields[i].node->least_bytes, G_MAXINT32);
    }
  if (fields == NULL || !check_field_names (self, context, fields, n))
    return FALSE;

  node->fields = fields;
  node->n_children = n;
  node->depth = extent.depth;
  node->n_nodes = extent.n_nodes;
  node->least_bytes = extent.least_bytes;
  return check_extent (self, context, node) != NULL;
}

static const BaristaAvroNode *
parse_record (Parser *self, JsonObject *object, const Context *context)
{
  BaristaAvroNode *node = take_named (self, object, context, BARISTA_AVRO_RECORD);
  JsonArray *fields = member_array (object, "fields");
  Context inner = { context->place, node != NULL ? node->full_name : NULL };
  const BaristaAvroNode *first;

  if (node == NULL)
    return NULL;
  if (fields == NULL)
    return fail (self, BARISTA_AVRO_ERROR_SCHEMA, context, _ ("has no list of “%s”"), "fields");

  first = barista_avro_names_lookup (&self->names, node->full_name);
  if (first != NULL)
    return parse_fields (self, &inner, fields, node) ? settle_name (self, context, node) : NULL;

  if (!barista_avro_names_open (&self->names, node))
    return fail_full (self, context);
  if (!parse_fields (self, &inner, fields, node))
    return NULL;

  barista_avro_names_close (&self->names);
  return node;
}

/* An error is a record by the name that Avro's protocols give it. */
static const struct
{
  const char *name;
  ParseFunc parse;
} complex_types[] = {
  { "record", parse_record }, { "error", parse_record }, { "enum", parse_enum },
  { "array", parse_array },   { "map", parse_map },      { "fixed", parse_fixed },
};

static ParseFunc
find_complex (JsonNode *type)
{
  const char *name = JSON_NODE_HOLDS_VALUE (type) ? json_node_get_string (type) : NULL;

  for (guint i = 0; name != NULL && i < G_N_ELEMENTS (complex_types); i++)
    if (strcmp (complex_types[i].name, name) == 0)
      return complex_types[i].parse;

  return NULL;
}

/* `{"type": T, "logicalType": ...}` where T is any schema. A logical type makes a copy of T's node:
 * others that refer to T don't have it. */
static const BaristaAvroNode *
parse_annotated (Parser *self, JsonObject *object, JsonNode *type, const Context *context)
{
  const BaristaAvroNode *plain = parse_node (self, type, context);
  BaristaAvroNode annotated;
  BaristaAvroNode *node;

  if (plain == NULL)
    return NULL;

  annotated = *plain;
  if (!barista_avro_logical_read (object, &annotated))
    return plain;

  node = take (self, context, 1, sizeof *node);
  if (node != NULL)
    *node = annotated;
  return node;
}

static const BaristaAvroNode *
parse_object (Parser *self, JsonObject *object, const Context *context)
{
  JsonNode *type = json_object_get_member (object, "type");
  ParseFunc parse = type != NULL ? find_complex (type) : NULL;

  if (type == NULL)
    return fail (self, BARISTA_AVRO_ERROR_SCHEMA, context, _ ("has no “%s”"), "type");

  return parse != NULL ? parse (self, object, context)
                       : parse_annotated (self, object, type, context);
}

static const BaristaAvroNode *
parse_name (Parser *self, const char *name, const Context *context)
{
  const BaristaAvroNode *node = barista_avro_primitive (name);
  g_autofree char *quoted = NULL;

  if (node == NULL)
    node = barista_avro_names_refer (&self->names, name, context->enclosing);
  if (node != NULL)
    return node;

  quoted = barista_avro_quotable (name);
  return fail (self, BARISTA_AVRO_ERROR_SCHEMA, context, _ ("unknown type “%s”"), quoted);
}

static const BaristaAvroNode *
parse_node (Parser *self, JsonNode *json, const Context *context)
{
  if (JSON_NODE_HOLDS_OBJECT (json))
    return parse_object (self, json_node_get_object (json), context);
  if (JSON_NODE_HOLDS_ARRAY (json))
    return parse_union (self, json_node_get_array (json), context);
  if (JSON_NODE_HOLDS_VALUE (json) && json_node_get_value_type (json) == G_TYPE_STRING)
    return parse_name (self, json_node_get_string (json), context);

  return fail (self, BARISTA_AVRO_ERROR_SCHEMA, context,
               _ ("a type must be a name, an object or a list"));
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
  Parser parser = { .arena = arena };
  const Context context = { { NULL, NULL }, NULL };

  barista_avro_names_init (&parser.names, arena);
  *self = (BaristaAvroParsed) {
    .root = parse_node (&parser, json, &context),
    .recursive = parser.names.recursive,
    .has_defaults = parser.has_defaults,
  };
  barista_avro_names_clear (&parser.names);

  if (parser.error != NULL)
    g_propagate_error (error, parser.error);
  return self->root != NULL;
}
