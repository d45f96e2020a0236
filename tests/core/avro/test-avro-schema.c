/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "barista-avro-framing.h"
#include "barista-avro-schema.h"

#include <string.h>

/* Schemas are written with ' for " here. */
static BaristaAvroSchema *
try_schema (const char *text, GError **error)
{
  g_autofree char *json = g_strdelimit (g_strdup (text), "'", '"');

  return barista_avro_schema_new (json, -1, error);
}

static BaristaAvroSchema *
read_schema (const char *text)
{
  g_autoptr (GError) error = NULL;
  BaristaAvroSchema *schema = try_schema (text, &error);

  g_assert_no_error (error);
  g_assert_nonnull (schema);
  return schema;
}

static void
assert_refused (const char *text, BaristaAvroError code, const char *message)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (BaristaAvroSchema) schema = try_schema (text, &error);

  g_assert_null (schema);
  g_assert_error (error, BARISTA_AVRO_ERROR, (int) code);
  if (message != NULL)
    g_assert_cmpstr (error->message, ==, message);
}

static const BaristaAvroNode *
field_node (const BaristaAvroNode *node, const char *name)
{
  const BaristaAvroField *field = barista_avro_node_find_field (node, name);

  g_assert_nonnull (field);
  return field->node;
}

static void
test_primitives (void)
{
  static const char *const names[] = { "null",  "boolean", "int",   "long",
                                       "float", "double",  "bytes", "string" };

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autofree char *quoted = g_strdup_printf ("\"%s\"", names[i]);
      g_autofree char *object = g_strdup_printf ("{\"type\": \"%s\"}", names[i]);
      g_autoptr (BaristaAvroSchema) short_form = read_schema (quoted);
      g_autoptr (BaristaAvroSchema) long_form = read_schema (object);

      g_assert_cmpuint (barista_avro_schema_get_root (short_form)->type, ==, i);
      g_assert_cmpuint (barista_avro_schema_get_root (long_form)->type, ==, i);
      g_assert_cmpstr (barista_avro_type_to_string ((BaristaAvroType) i), ==, names[i]);
    }
}

static void
test_bare_name (void)
{
  g_autoptr (BaristaAvroSchema) schema = read_schema (" string\n");

  g_assert_cmpuint (barista_avro_schema_get_root (schema)->type, ==, BARISTA_AVRO_STRING);
}

static const char order_schema[]
    = "{'type': 'record', 'name': 'Order', 'namespace': 'acme.shop', 'doc': 'An order',"
      " 'aliases': ['Old'], 'fields': ["
      "  {'name': 'id', 'type': 'long', 'doc': 'number', 'default': 7, 'order': 'ignore'},"
      "  {'name': 'state', 'type': {'type': 'enum', 'name': 'State', 'symbols': ['OPEN', 'PAID'],"
      "                             'default': 'OPEN'}},"
      "  {'name': 'items', 'type': {'type': 'array', 'items': 'double'}},"
      "  {'name': 'tags', 'type': {'type': 'map', 'values': 'string'}},"
      "  {'name': 'hash', 'type': {'type': 'fixed', 'name': 'other.Md5', 'size': 16}},"
      "  {'name': 'note', 'type': ['string', 'null']}]}";

static void
test_complex_types (void)
{
  g_autoptr (BaristaAvroSchema) schema = read_schema (order_schema);
  const BaristaAvroNode *root = barista_avro_schema_get_root (schema);

  g_assert_cmpuint (root->type, ==, BARISTA_AVRO_RECORD);
  g_assert_cmpstr (root->full_name, ==, "acme.shop.Order");
  g_assert_cmpstr (root->doc, ==, "An order");
  g_assert_cmpuint (root->n_children, ==, 6);
  g_assert_cmpstr (root->fields[0].name, ==, "id");
  g_assert_cmpstr (root->fields[0].doc, ==, "number");
  g_assert_cmpint (json_node_get_int (root->fields[0].default_value), ==, 7);
  g_assert_cmpstr (root->fields[1].node->full_name, ==, "acme.shop.State");
  g_assert_cmpuint (root->fields[1].node->n_children, ==, 2);
  g_assert_cmpstr (root->fields[1].node->symbols[1], ==, "PAID");
  g_assert_cmpuint (root->fields[2].node->branches[0]->type, ==, BARISTA_AVRO_DOUBLE);
  g_assert_cmpuint (root->fields[3].node->branches[0]->type, ==, BARISTA_AVRO_STRING);
  g_assert_cmpstr (root->fields[4].node->full_name, ==, "other.Md5");
  g_assert_cmpuint (root->fields[4].node->size, ==, 16);
  g_assert_cmpuint (root->fields[5].node->n_children, ==, 2);
  g_assert_cmpuint (root->least_bytes, ==, 1 + 1 + 1 + 1 + 16 + 1);
  g_assert_null (barista_avro_node_find_field (root, "missing"));
  g_assert_false (barista_avro_schema_is_recursive (schema));
}

static void
test_unwrap_sees_through_null (void)
{
  static const struct
  {
    const char *schema;
    BaristaAvroType type;
    gboolean nullable;
  } cases[] = {
    { "['string', 'null']", BARISTA_AVRO_STRING, TRUE },
    { "['null', 'long']", BARISTA_AVRO_LONG, TRUE },
    { "['string', 'long']", BARISTA_AVRO_UNION, FALSE },
    { "['null']", BARISTA_AVRO_UNION, FALSE },
    { "['null', 'string', 'long']", BARISTA_AVRO_UNION, FALSE },
    { "'null'", BARISTA_AVRO_NULL, FALSE },
    { "[]", BARISTA_AVRO_UNION, FALSE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (BaristaAvroSchema) schema = read_schema (cases[i].schema);
      gboolean nullable;
      const BaristaAvroNode *node = barista_avro_node_unwrap (barista_avro_schema_get_root (schema),
                                                              &nullable);

      g_assert_cmpuint (node->type, ==, cases[i].type);
      g_assert_cmpint (nullable, ==, cases[i].nullable);
    }
}

/* A reference without dots is looked for in the namespace around it, then without one. */
static void
test_namespaces (void)
{
  g_autoptr (BaristaAvroSchema) schema = read_schema (
      "['null', {'type': 'fixed', 'name': 'Plain', 'size': 1},"
      " {'type': 'record', 'name': 'a.b.Outer', 'namespace': 'ignored', 'fields': ["
      "  {'name': 'inner', 'type': {'type': 'record', 'name': 'Inner', 'fields': []}},"
      "  {'name': 'other', 'type': {'type': 'record', 'name': 'Other', 'namespace': 'c', 'fields':"
      "    [{'name': 'deep', 'type': {'type': 'enum', 'name': 'Deep', 'symbols': []}}]}},"
      "  {'name': 'none', 'type': {'type': 'enum', 'name': 'None', 'namespace': '', 'symbols': []}},"
      "  {'name': 'again', 'type': 'Inner'}, {'name': 'full', 'type': 'a.b.Inner'},"
      "  {'name': 'far', 'type': 'c.Deep'}, {'name': 'plain', 'type': 'Plain'}]}]");
  const BaristaAvroNode *outer = barista_avro_schema_get_root (schema)->branches[2];

  g_assert_cmpstr (outer->full_name, ==, "a.b.Outer");
  g_assert_cmpstr (field_node (outer, "inner")->full_name, ==, "a.b.Inner");
  g_assert_cmpstr (field_node (outer, "other")->full_name, ==, "c.Other");
  g_assert_cmpstr (field_node (outer, "far")->full_name, ==, "c.Deep");
  g_assert_cmpstr (field_node (outer, "none")->full_name, ==, "None");
  g_assert_true (field_node (outer, "again") == field_node (outer, "inner"));
  g_assert_true (field_node (outer, "full") == field_node (outer, "inner"));
  g_assert_cmpstr (field_node (outer, "plain")->full_name, ==, "Plain");
}

static void
test_logical_types (void)
{
  static const struct
  {
    const char *schema;
    const char *logical;
  } cases[] = {
    { "{'type': 'int', 'logicalType': 'date'}", "date" },
    { "{'type': 'int', 'logicalType': 'time-millis'}", "time-millis" },
    { "{'type': 'long', 'logicalType': 'time-micros'}", "time-micros" },
    { "{'type': 'long', 'logicalType': 'timestamp-millis'}", "timestamp-millis" },
    { "{'type': 'long', 'logicalType': 'timestamp-micros'}", "timestamp-micros" },
    { "{'type': 'long', 'logicalType': 'timestamp-nanos'}", "timestamp-nanos" },
    { "{'type': 'long', 'logicalType': 'local-timestamp-millis'}", "local-timestamp-millis" },
    { "{'type': 'long', 'logicalType': 'local-timestamp-micros'}", "local-timestamp-micros" },
    { "{'type': 'long', 'logicalType': 'local-timestamp-nanos'}", "local-timestamp-nanos" },
    { "{'type': 'string', 'logicalType': 'uuid'}", "uuid" },
    { "{'type': 'fixed', 'name': 'u', 'size': 16, 'logicalType': 'uuid'}", "uuid" },
    { "{'type': 'fixed', 'name': 'd', 'size': 12, 'logicalType': 'duration'}", "duration" },
    { "{'type': {'type': 'fixed', 'name': 'd', 'size': 12}, 'logicalType': 'duration'}",
      "duration" },
    { "{'type': 'bytes', 'logicalType': 'big-decimal'}", "big-decimal" },
    { "{'type': 'bytes', 'logicalType': 'decimal', 'precision': 76}", "decimal" },
    { "{'type': 'fixed', 'name': 'd', 'size': 16, 'logicalType': 'decimal', 'precision': 38}",
      "decimal" },
    /* not fitting, or known to nobody */
    { "{'type': 'long', 'logicalType': 'date'}", NULL },
    { "{'type': 'string', 'logicalType': 'moon-phase'}", NULL },
    { "{'type': 'string', 'logicalType': 5}", NULL },
    { "{'type': 'fixed', 'name': 'u', 'size': 15, 'logicalType': 'uuid'}", NULL },
    { "{'type': 'fixed', 'name': 'd', 'size': 11, 'logicalType': 'duration'}", NULL },
    { "{'type': 'fixed', 'name': 'd', 'size': 16, 'logicalType': 'decimal', 'precision': 39}",
      NULL },
    { "{'type': 'fixed', 'name': 'd', 'size': 0, 'logicalType': 'decimal', 'precision': 1}", NULL },
    { "{'type': 'bytes', 'logicalType': 'decimal'}", NULL },
    { "{'type': 'bytes', 'logicalType': 'decimal', 'precision': 0}", NULL },
    { "{'type': 'bytes', 'logicalType': 'decimal', 'precision': -1}", NULL },
    { "{'type': 'bytes', 'logicalType': 'decimal', 'precision': 2, 'scale': 3}", NULL },
    { "{'type': 'bytes', 'logicalType': 'decimal', 'precision': 2, 'scale': -1}", NULL },
    { "{'type': 'bytes', 'logicalType': 'decimal', 'precision': '2'}", NULL },
    { "{'type': 'string', 'logicalType': 'decimal', 'precision': 2}", NULL },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (BaristaAvroSchema) schema = read_schema (cases[i].schema);
      BaristaAvroLogical logical = barista_avro_schema_get_root (schema)->logical;

      g_assert_cmpstr (barista_avro_logical_to_string (logical), ==, cases[i].logical);
    }
}

static void
test_decimal_keeps_digits (void)
{
  g_autoptr (BaristaAvroSchema) schema = read_schema (
      "{'type': 'bytes', 'logicalType': 'decimal', 'precision': 12, 'scale': 3}");

  g_assert_cmpuint (barista_avro_schema_get_root (schema)->precision, ==, 12);
  g_assert_cmpuint (barista_avro_schema_get_root (schema)->scale, ==, 3);
}

#define DURATION \
  "{'type': {'type': 'fixed', 'name': 'duration', 'size': 12}, 'logicalType': 'duration'}"

static void
test_duration_as_dekaf_writes_it (void)
{
  g_autoptr (BaristaAvroSchema) schema = read_schema (
      "{'type': 'record', 'name': 'root', 'fields': [{'name': 'a', 'type': " DURATION "},"
      " {'name': 'b', 'type': [" DURATION ", 'null']}, {'name': 'c', 'type': 'duration'}]}");
  const BaristaAvroNode *root = barista_avro_schema_get_root (schema);
  gboolean nullable;
  const BaristaAvroNode *second = barista_avro_node_unwrap (field_node (root, "b"), &nullable);

  g_assert_cmpuint (field_node (root, "a")->logical, ==, BARISTA_AVRO_DURATION);
  g_assert_cmpuint (second->logical, ==, BARISTA_AVRO_DURATION);
  g_assert_true (nullable);
  /* The name itself stands for the plain fixed. */
  g_assert_cmpuint (field_node (root, "c")->logical, ==, BARISTA_AVRO_LOGICAL_NONE);
}

#define PAIR(first, second)                                                 \
  "{'type': 'record', 'name': 'r', 'fields': [{'name': 'a', 'type': " first \
  "}, {'name': 'b', 'type': " second "}]}"

static void
test_second_definition_must_be_equal (void)
{
  static const char *const accepted[] = {
    PAIR ("{'type': 'enum', 'name': 'E', 'symbols': ['A']}",
          "{'type': 'enum', 'symbols': ['A'], 'doc': 'again', 'name': 'E'}"),
    PAIR ("{'type': 'record', 'name': 'S', 'fields': [{'name': 'x', 'type': ['null', 'S']}]}",
          "{'type': 'record', 'name': 'S', 'fields': [{'name': 'x', 'type': ['null', 'S']}]}"),
    PAIR ("{'type': 'record', 'name': 'S', 'fields': [{'name': 'x', 'type': " DURATION "}]}",
          "{'type': 'record', 'name': 'S', 'fields': [{'name': 'x', 'type': " DURATION "}]}"),
  };
  static const char *const refused[] = {
    PAIR ("{'type': 'fixed', 'name': 'F', 'size': 1}", "{'type': 'fixed', 'name': 'F', 'size': 2}"),
    PAIR ("{'type': 'enum', 'name': 'E', 'symbols': ['A']}",
          "{'type': 'enum', 'name': 'E', 'symbols': ['B']}"),
    PAIR ("{'type': 'enum', 'name': 'E', 'symbols': []}",
          "{'type': 'record', 'name': 'E', 'fields': []}"),
    PAIR ("{'type': 'record', 'name': 'S', 'fields': [{'name': 'x', 'type': 'int'}]}",
          "{'type': 'record', 'name': 'S', 'fields': [{'name': 'y', 'type': 'int'}]}"),
    PAIR ("{'type': 'record', 'name': 'S', 'fields': [{'name': 'x', 'type': 'int', 'default': 1}]}",
          "{'type': 'record', 'name': 'S', 'fields': [{'name': 'x', 'type': 'int'}]}"),
    PAIR ("{'type': 'record', 'name': 'S', 'fields': [{'name': 'x', 'type': ['null', 'int']}]}",
          "{'type': 'record', 'name': 'S', 'fields': [{'name': 'x', 'type': ['int', 'null']}]}"),
    "{'type': 'record', 'name': 'r', 'fields': [{'name': 'a', 'type':"
    " {'type': 'record', 'name': 'r', 'fields': []}}]}",
  };

  for (guint i = 0; i < G_N_ELEMENTS (accepted); i++)
    barista_avro_schema_unref (read_schema (accepted[i]));
  for (guint i = 0; i < G_N_ELEMENTS (refused); i++)
    assert_refused (refused[i], BARISTA_AVRO_ERROR_SCHEMA, NULL);
}

static void
test_recursion_makes_a_loop (void)
{
  g_autoptr (BaristaAvroSchema) schema = read_schema (
      "{'type': 'record', 'name': 'shell', 'fields': ["
      " {'name': 'list', 'type': {'type': 'record', 'name': 'Node', 'fields': ["
      "   {'name': 'value', 'type': 'long'}, {'name': 'next', 'type': ['null', 'Node']}]}},"
      " {'name': 'leaf', 'type': {'type': 'record', 'name': 'Leaf', 'fields': []}}]}");
  const BaristaAvroNode *root = barista_avro_schema_get_root (schema);
  const BaristaAvroNode *list = field_node (root, "list");

  g_assert_true (barista_avro_schema_is_recursive (schema));
  g_assert_true (field_node (list, "next")->branches[1] == list);
  g_assert_true (list->recursive);
  g_assert_false (root->recursive);
  g_assert_false (field_node (root, "leaf")->recursive);
}

/* C leads to A only through B, which was complete by then. */
static void
test_recursion_through_others (void)
{
  g_autoptr (BaristaAvroSchema) schema = read_schema (
      "{'type': 'record', 'name': 'A', 'fields': ["
      " {'name': 'b', 'type': {'type': 'record', 'name': 'B', 'fields': ["
      "   {'name': 'a', 'type': {'type': 'array', 'items': 'A'}}]}},"
      " {'name': 'c', 'type': {'type': 'record', 'name': 'C', 'fields': ["
      "   {'name': 'b', 'type': {'type': 'map', 'values': 'B'}}]}},"
      " {'name': 'd', 'type': {'type': 'record', 'name': 'D', 'fields': []}}]}");
  const BaristaAvroNode *root = barista_avro_schema_get_root (schema);

  g_assert_true (root->recursive);
  g_assert_true (field_node (root, "b")->recursive);
  g_assert_true (field_node (root, "c")->recursive);
  g_assert_false (field_node (root, "d")->recursive);
}

static void
test_defaults (void)
{
  static const struct
  {
    const char *type;
    const char *value;
    gboolean fits;
  } cases[] = {
    { "'null'", "null", TRUE },
    { "'boolean'", "true", TRUE },
    { "'boolean'", "1", FALSE },
    { "'int'", "2147483647", TRUE },
    { "'int'", "2147483648", FALSE },
    { "'int'", "1.5", FALSE },
    { "'long'", "2147483648", TRUE },
    { "'long'", "'2026-01-01T00:00:00Z'", FALSE },
    { "'double'", "1", TRUE },
    { "'double'", "'1'", FALSE },
    { "'string'", "'x'", TRUE },
    { "'bytes'", "'\\u00ff'", TRUE },
    { "'string'", "null", FALSE },
    { "{'type': 'enum', 'name': 'E', 'symbols': ['A']}", "'A'", TRUE },
    { "{'type': 'enum', 'name': 'E', 'symbols': ['A']}", "'B'", FALSE },
    { "{'type': 'array', 'items': 'int'}", "[1, 2]", TRUE },
    { "{'type': 'array', 'items': 'int'}", "[1, 'x']", FALSE },
    { "{'type': 'map', 'values': 'int'}", "{'a': 1}", TRUE },
    { "{'type': 'map', 'values': 'int'}", "{'a': 'b'}", FALSE },
    { "['null', 'int']", "1", TRUE },
    { "['null', 'int']", "'x'", FALSE },
    { "{'type': 'record', 'name': 'S', 'fields': [{'name': 'x', 'type': 'int'}]}", "{'x': 1}",
      TRUE },
    { "{'type': 'record', 'name': 'S', 'fields': [{'name': 'x', 'type': 'int'}]}", "{}", FALSE },
    { "{'type': 'record', 'name': 'S', 'fields': [{'name': 'x', 'type': 'int', 'default': 0}]}",
      "{}", TRUE },
    { "['null', 'R']", "{}", TRUE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *text = g_strdup_printf ("{'type': 'record', 'name': 'R', 'fields': ["
                                               "{'name': 'f', 'type': %s, 'default': %s}]}",
                                               cases[i].type, cases[i].value);
      g_autoptr (BaristaAvroSchema) schema = read_schema (text);
      const BaristaAvroField *field = barista_avro_schema_get_root (schema)->fields;

      if ((field->default_value != NULL) != cases[i].fits)
        g_test_fail_printf ("default %s of %s", cases[i].value, cases[i].type);
    }
}

static void
test_errors_name_the_place (void)
{
  static const struct
  {
    const char *schema;
    const char *message;
  } cases[] = {
    { "{'type': 'record', 'name': 'r', 'fields': [{'name': 'items', 'type': {'type': 'array',"
      " 'items': {'type': 'record', 'name': 'i', 'fields': [{'name': 'p', 'type': 'strng'}]}}}]}",
      "root.items[].p: unknown type “strng”" },
    { "{'type': 'map', 'values': ['null', 'later']}", "root{}: unknown type “later”" },
    { "'record'", "root: unknown type “record”" },
    { "{'type': 'map', 'values': {'type': 'array'}}", "root{}: has no “items”" },
    { "{'items': 'int'}", "root: has no “type”" },
    { "5", "root: a type must be a name, an object or a list" },
    { "['int', 'null', 'int']", "root: “int” is there twice" },
    { "['int', ['null']]", "root: a union holds a union" },
    { "{'type': 'record', 'name': 'r', 'fields': [{'name': 'a', 'type': 'int'},"
      " {'name': 'a', 'type': 'int'}]}",
      "root: “a” is there twice" },
    { "{'type': 'record', 'name': 'r', 'fields': [{'name': 'a-b', 'type': 'int'}]}",
      "root: “a-b” is not allowed as a field's name" },
    { "{'type': 'record', 'name': 'r', 'fields': [{'name': 'a'}]}", "root.a: has no “type”" },
    { "{'type': 'record', 'name': 'r'}", "root: has no list of “fields”" },
    { "{'type': 'record', 'name': '1r', 'fields': []}", "root: “1r” is not allowed as a name" },
    { "{'type': 'record', 'name': 'int', 'fields': []}", "root: “int” is not allowed as a name" },
    { "{'type': 'record', 'name': 'r', 'namespace': 'a..b', 'fields': []}",
      "root: “a..b.r” is not allowed as a name" },
    { "{'type': 'enum', 'name': 'e', 'symbols': ['A', 'B', 'A']}", "root: “A” is there twice" },
    { "{'type': 'enum', 'name': 'e', 'symbols': ['A'], 'default': 'B'}",
      "root: the default is not a symbol of it" },
    { "{'type': 'fixed', 'name': 'f', 'size': -1}",
      "root: a fixed has no “size” that is a whole number" },
    { "{'type': 'fixed', 'name': 'f', 'size': 1.5}",
      "root: a fixed has no “size” that is a whole number" },
    { "'\\u001b[31m\\u202e'", "root: unknown type “\xef\xbf\xbd[31m\xef\xbf\xbd”" },
    { "{'type': ", "the schema is not readable JSON: line 1, column 10: expected a value" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    assert_refused (cases[i].schema, BARISTA_AVRO_ERROR_SCHEMA, cases[i].message);
}

static void
test_long_names_are_cut_in_messages (void)
{
  g_autofree char *name = g_strnfill (100000, 'n');
  g_autofree char *text = g_strdup_printf ("'%s'", name);
  g_autoptr (GError) error = NULL;

  g_assert_null (try_schema (text, &error));
  g_assert_error (error, BARISTA_AVRO_ERROR, BARISTA_AVRO_ERROR_SCHEMA);
  g_assert_cmpuint (strlen (error->message), <, 300);
}

/* Each type holds the one before it twice: few bytes, and 2^40 places. */
static void
test_nested_references_are_counted (void)
{
  g_autoptr (GString) wide = g_string_new ("[{'type': 'fixed', 'name': 'T0', 'size': 1}");
  g_autoptr (GString) deep = g_string_new (wide->str);

  for (guint i = 1; i <= 40; i++)
    g_string_append_printf (wide,
                            ", {'type': 'record', 'name': 'T%u', 'fields': [{'name': 'a', 'type':"
                            " 'T%u'}, {'name': 'b', 'type': 'T%u'}]}",
                            i, i - 1, i - 1);
  for (guint i = 1; i <= 70; i++)
    g_string_append_printf (
        deep, ", {'type': 'record', 'name': 'T%u', 'fields': [{'name': 'a', 'type': 'T%u'}]}", i,
        i - 1);
  g_string_append (wide, "]");
  g_string_append (deep, "]");

  assert_refused (wide->str, BARISTA_AVRO_ERROR_TOO_COMPLEX,
                  "root: more than 100000 types and fields");
  assert_refused (deep->str, BARISTA_AVRO_ERROR_TOO_COMPLEX, "root: nested deeper than 64 levels");
}

static void
test_json_limits_hold (void)
{
  g_autofree char *opened = g_strnfill (70, '[');
  g_autofree char *large = g_strnfill (1024 * 1024 + 1, ' ');

  assert_refused (opened, BARISTA_AVRO_ERROR_TOO_COMPLEX, NULL);
  assert_refused (large, BARISTA_AVRO_ERROR_TOO_COMPLEX, NULL);
}

/* Each type takes the long namespace around it into its name: 20,000 bytes would become 20 MB. */
static void
test_names_have_a_budget (void)
{
  g_autoptr (GString) text = g_string_new (NULL);
  g_autofree char *space = g_strnfill (1000, 'n');

  g_string_append_printf (text, "{'type': 'record', 'name': '%s.r', 'fields': [", space);
  for (guint i = 0; i < 15000; i++)
    g_string_append_printf (
        text, "%s{'name': 'f%u', 'type': {'type': 'fixed', 'name': 'f%u', 'size': 1}}",
        i > 0 ? "," : "", i, i);
  g_string_append (text, "]}");

  assert_refused (text->str, BARISTA_AVRO_ERROR_TOO_COMPLEX, NULL);
}

/* Each level of this default can be an A or a B: 2^50 ways, none of which fits in the end. */
static void
test_default_check_ends (void)
{
  g_autoptr (GString) text = g_string_new (
      "[{'type': 'record', 'name': 'A', 'fields': [{'name': 'x', 'type': ['A',"
      "   {'type': 'record', 'name': 'B', 'fields': [{'name': 'x', 'type': ['A', 'B']}]}]}]},"
      " {'type': 'record', 'name': 'R', 'fields': [{'name': 'f', 'type': ['A', 'B'], 'default': ");
  g_autoptr (BaristaAvroSchema) schema = NULL;

  for (guint i = 0; i < 50; i++)
    g_string_append (text, "{'x': ");
  g_string_append_c (text, '5');
  for (guint i = 0; i < 50; i++)
    g_string_append_c (text, '}');
  g_string_append (text, "}]}]");

  schema = read_schema (text->str);
  g_assert_null (barista_avro_schema_get_root (schema)->branches[1]->fields->default_value);
}

static void
test_frame (void)
{
  static const guint8 framed[] = { 0, 0x80, 0, 0x01, 0x02, 0xff };
  static const guint8 other[] = { 1, 0, 0, 0, 1 };
  guint32 id;

  g_assert_true (barista_avro_frame_parse (framed, sizeof framed, &id));
  g_assert_cmpuint (id, ==, 0x80000102);
  g_assert_true (barista_avro_frame_parse (framed, BARISTA_AVRO_FRAME_SIZE, &id));
  g_assert_false (barista_avro_frame_parse (framed, BARISTA_AVRO_FRAME_SIZE - 1, &id));
  g_assert_false (barista_avro_frame_parse (NULL, 0, &id));
  g_assert_false (barista_avro_frame_parse (other, sizeof other, &id));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/avro/schema/primitives", test_primitives);
  g_test_add_func ("/avro/schema/bare-name", test_bare_name);
  g_test_add_func ("/avro/schema/complex-types", test_complex_types);
  g_test_add_func ("/avro/schema/unwrap", test_unwrap_sees_through_null);
  g_test_add_func ("/avro/schema/namespaces", test_namespaces);
  g_test_add_func ("/avro/schema/logical-types", test_logical_types);
  g_test_add_func ("/avro/schema/decimal", test_decimal_keeps_digits);
  g_test_add_func ("/avro/schema/dekaf-duration", test_duration_as_dekaf_writes_it);
  g_test_add_func ("/avro/schema/second-definition", test_second_definition_must_be_equal);
  g_test_add_func ("/avro/schema/recursion", test_recursion_makes_a_loop);
  g_test_add_func ("/avro/schema/recursion-through-others", test_recursion_through_others);
  g_test_add_func ("/avro/schema/defaults", test_defaults);
  g_test_add_func ("/avro/schema/places", test_errors_name_the_place);
  g_test_add_func ("/avro/schema/long-names", test_long_names_are_cut_in_messages);
  g_test_add_func ("/avro/schema/nested-references", test_nested_references_are_counted);
  g_test_add_func ("/avro/schema/json-limits", test_json_limits_hold);
  g_test_add_func ("/avro/schema/name-budget", test_names_have_a_budget);
  g_test_add_func ("/avro/schema/default-steps", test_default_check_ends);
  g_test_add_func ("/avro/frame", test_frame);

  return g_test_run ();
}
