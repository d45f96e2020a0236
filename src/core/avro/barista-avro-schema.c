/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "barista-avro-schema.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "barista-avro-arena.h"
#include "barista-avro-parse.h"
#include "barista-json.h"

/* Our own memory for a schema is twice its text and 1 MiB; a part of that is for what the arena
 * doesn't count: messages, a list of names before it is checked. */
#define UNCOUNTED (128 * 1024)
#define MEMORY_BESIDE_TEXT (1024 * 1024 - UNCOUNTED)

struct _BaristaAvroSchema
{
  gatomicrefcount refs;
  BaristaAvroArena arena;
  BaristaAvroParsed parsed;
  JsonNode *json; /* only if defaults point into it */
};

G_DEFINE_QUARK (barista_avro_error, barista_avro_error)
G_DEFINE_BOXED_TYPE (BaristaAvroSchema,
                     barista_avro_schema,
                     barista_avro_schema_ref,
                     barista_avro_schema_unref)

static const char *const type_names[] = {
  [BARISTA_AVRO_NULL] = "null",     [BARISTA_AVRO_BOOLEAN] = "boolean",
  [BARISTA_AVRO_INT] = "int",       [BARISTA_AVRO_LONG] = "long",
  [BARISTA_AVRO_FLOAT] = "float",   [BARISTA_AVRO_DOUBLE] = "double",
  [BARISTA_AVRO_BYTES] = "bytes",   [BARISTA_AVRO_STRING] = "string",
  [BARISTA_AVRO_RECORD] = "record", [BARISTA_AVRO_ENUM] = "enum",
  [BARISTA_AVRO_ARRAY] = "array",   [BARISTA_AVRO_MAP] = "map",
  [BARISTA_AVRO_UNION] = "union",   [BARISTA_AVRO_FIXED] = "fixed",
};

/* Shared by all schemas: most nodes are one of these. */
#define PRIMITIVE(primitive, least) \
  { .type = primitive, .least_bytes = least, .depth = 1, .n_nodes = 1 }

static const BaristaAvroNode primitives[] = {
  PRIMITIVE (BARISTA_AVRO_NULL, 0),  PRIMITIVE (BARISTA_AVRO_BOOLEAN, 1),
  PRIMITIVE (BARISTA_AVRO_INT, 1),   PRIMITIVE (BARISTA_AVRO_LONG, 1),
  PRIMITIVE (BARISTA_AVRO_FLOAT, 4), PRIMITIVE (BARISTA_AVRO_DOUBLE, 8),
  PRIMITIVE (BARISTA_AVRO_BYTES, 1), PRIMITIVE (BARISTA_AVRO_STRING, 1),
};

const BaristaAvroNode *
barista_avro_primitive (const char *name)
{
  for (guint i = 0; i < G_N_ELEMENTS (primitives); i++)
    if (strcmp (type_names[primitives[i].type], name) == 0)
      return &primitives[i];

  return NULL;
}

const char *
barista_avro_member_string (JsonObject *object, const char *name)
{
  JsonNode *member = json_object_get_member (object, name);

  return member != NULL && JSON_NODE_HOLDS_VALUE (member) ? json_node_get_string (member) : NULL;
}

gboolean
barista_avro_member_uint (JsonObject *object, const char *name, guint *value)
{
  JsonNode *member = json_object_get_member (object, name);
  gint64 number = -1;

  if (member != NULL && JSON_NODE_HOLDS_VALUE (member)
      && json_node_get_value_type (member) == G_TYPE_INT64)
    number = json_node_get_int (member);
  if (number < 0 || number > G_MAXINT32)
    return FALSE;

  *value = (guint) number;
  return TRUE;
}

/* Some registries hold `string` where JSON has `"string"`. */
static JsonNode *
parse_bare_name (const char *text, gsize length)
{
  g_autofree char *name = length < 16 ? g_strstrip (g_strndup (text, length)) : NULL;
  JsonNode *json;

  if (name == NULL || barista_avro_primitive (name) == NULL || strcmp (name, "null") == 0)
    return NULL;

  json = json_node_new (JSON_NODE_VALUE);
  json_node_set_string (json, name);
  return json;
}

static JsonNode *
parse_json (const char *text, gsize length, GError **error)
{
  g_autoptr (GError) reason = NULL;
  JsonNode *json = parse_bare_name (text, length);
  gboolean malformed;

  if (json == NULL)
    json = barista_json_parse (text, (gssize) length, &barista_json_limits_default, &reason);
  if (json != NULL)
    return json;

  malformed = g_error_matches (reason, BARISTA_JSON_ERROR, BARISTA_JSON_ERROR_SYNTAX);
  g_set_error (error, BARISTA_AVRO_ERROR,
               malformed ? BARISTA_AVRO_ERROR_SCHEMA : BARISTA_AVRO_ERROR_TOO_COMPLEX,
               _ ("the schema is not readable JSON: %s"), reason->message);
  return NULL;
}

/**
 * barista_avro_schema_new:
 * @text: a schema as a registry holds it: JSON, or only the name of a primitive type
 * @length: its bytes, or -1 if a NUL ends it
 * @error: return location for a #BaristaAvroError; the message names the place, such as
 *   "root.items[].price"
 *
 * Reads all of Avro 1.12: `aliases` and `order` are for other uses and ignored, as are logical types
 * that nobody knows or that don't fit. Where official libraries differ in strictness this one takes
 * what can be read without a doubt: a default that doesn't fit its field is left out, since Dekaf
 * carries over the default of the JSON schema, whose date is a text and whose Avro date is a number.
 *
 * Returns: (transfer full): the schema
 */
BaristaAvroSchema *
barista_avro_schema_new (const char *text, gssize length, GError **error)
{
  gsize size = length < 0 ? strlen (text) : (gsize) length;
  g_autoptr (JsonNode) json = parse_json (text, size, error);
  g_autoptr (BaristaAvroSchema) self = NULL;

  if (json == NULL)
    return NULL;

  self = g_new0 (BaristaAvroSchema, 1);
  g_atomic_ref_count_init (&self->refs);
  barista_avro_arena_init (&self->arena, 2 * size + MEMORY_BESIDE_TEXT);
  if (!barista_avro_parse (&self->parsed, json, &self->arena, error))
    return NULL;

  if (self->parsed.has_defaults)
    self->json = g_steal_pointer (&json);
  return g_steal_pointer (&self);
}

BaristaAvroSchema *
barista_avro_schema_ref (BaristaAvroSchema *self)
{
  g_atomic_ref_count_inc (&self->refs);
  return self;
}

void
barista_avro_schema_unref (BaristaAvroSchema *self)
{
  if (!g_atomic_ref_count_dec (&self->refs))
    return;

  barista_avro_arena_clear (&self->arena);
  g_clear_pointer (&self->json, json_node_unref);
  g_free (self);
}

/**
 * barista_avro_schema_get_root:
 * @self: a schema
 *
 * Gives the outermost type.
 *
 * Returns: (transfer none): it lives as long as @self
 */
const BaristaAvroNode *
barista_avro_schema_get_root (BaristaAvroSchema *self)
{
  return self->parsed.root;
}

/**
 * barista_avro_schema_is_recursive:
 * @self: a schema
 *
 * Tells whether some type in it can hold itself; #BaristaAvroNode.recursive says which.
 *
 * Returns: %TRUE if a walk along its types would not end by itself
 */
gboolean
barista_avro_schema_is_recursive (BaristaAvroSchema *self)
{
  return self->parsed.recursive;
}

/**
 * barista_avro_type_to_string:
 * @type: a type
 *
 * Names it as schemas do; a union, which has no name there, is "union".
 *
 * Returns: (transfer none): the name
 */
const char *
barista_avro_type_to_string (BaristaAvroType type)
{
  g_return_val_if_fail (type < G_N_ELEMENTS (type_names), NULL);

  return type_names[type];
}

/**
 * barista_avro_node_unwrap:
 * @node: a schema
 * @nullable: (out) (optional): whether null was put aside
 *
 * Sees through the usual way to say "may be missing", a union of null and one other type, in either
 * order (Dekaf writes null second).
 *
 * Returns: (transfer none): the other type, or @node if it is anything else
 */
const BaristaAvroNode *
barista_avro_node_unwrap (const BaristaAvroNode *node, gboolean *nullable)
{
  gboolean pair = node->type == BARISTA_AVRO_UNION && node->n_children == 2;
  guint i = pair && node->branches[0]->type == BARISTA_AVRO_NULL ? 0 : 1;
  gboolean found = pair && node->branches[i]->type == BARISTA_AVRO_NULL;

  if (nullable != NULL)
    *nullable = found;
  return found ? node->branches[1 - i] : node;
}

/**
 * barista_avro_node_find_field:
 * @node: a schema
 * @name: a field's name
 *
 * Looks a field up, one by one.
 *
 * Returns: (nullable) (transfer none): the field; %NULL also if @node is no record
 */
const BaristaAvroField *
barista_avro_node_find_field (const BaristaAvroNode *node, const char *name)
{
  for (guint i = 0; node->type == BARISTA_AVRO_RECORD && i < node->n_children; i++)
    if (strcmp (node->fields[i].name, name) == 0)
      return &node->fields[i];

  return NULL;
}
