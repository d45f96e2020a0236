/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "barista-avro-value.h"
#include "barista-practice-avro-writer.h"
#include "barista-practice-company.h"
#include "barista-practice-datum.h"
#include "barista-practice-shape.h"

#include <string.h>

static BaristaAvroSchema *
schema_of (const char *text)
{
  g_autoptr (GError) error = NULL;
  BaristaAvroSchema *schema = barista_avro_schema_new (text, -1, &error);

  g_assert_no_error (error);
  return schema;
}

static char *
hex (GByteArray *bytes)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < bytes->len; i++)
    g_string_append_printf (text, "%02x", bytes->data[i]);
  return g_string_free (text, FALSE);
}

/* json-glib's strings can't hold what bytes are there; blocks with sizes are another way to write
 * the same; Dekaf has no float. */
static gboolean
is_for_us (JsonObject *datum)
{
  static const char *const others[] = { "bytes",    "fixed",    "float", "NaN",
                                        "Infinity", "duration", "sizes", "block" };
  g_autoptr (JsonNode) node = json_node_init_object (json_node_alloc (), datum);
  g_autofree char *text = json_to_string (node, FALSE);

  for (guint i = 0; i < G_N_ELEMENTS (others); i++)
    if (strstr (text, others[i]) != NULL)
      return FALSE;

  return json_object_has_member (datum, "value") && json_object_has_member (datum, "hex");
}

static void
check_datum (JsonArray *array, guint i, JsonNode *element, gpointer user_data)
{
  JsonObject *datum = json_node_get_object (element);
  guint *n = user_data;
  g_autofree char *text = NULL;
  g_autofree char *found = NULL;
  g_autoptr (BaristaAvroSchema) schema = NULL;
  g_autoptr (GByteArray) bytes = g_byte_array_new ();

  if (!is_for_us (datum))
    return;

  g_test_message ("%s", json_object_get_string_member (datum, "name"));
  text = json_to_string (json_object_get_member (datum, "schema"), FALSE);
  schema = schema_of (text);
  barista_practice_avro_append (bytes, barista_avro_schema_get_root (schema),
                                json_object_get_member (datum, "value"));
  found = hex (bytes);
  g_assert_cmpstr (found, ==, json_object_get_string_member (datum, "hex"));
  (*n)++;
}

/* Bytes by fastavro and the official package. */
static void
test_data_of_others (void)
{
  g_autoptr (JsonParser) parser = json_parser_new ();
  g_autoptr (GError) error = NULL;
  guint n = 0;

  json_parser_load_from_file (parser, AVRO_DIR "/datums.json", &error);
  g_assert_no_error (error);
  json_array_foreach_element (json_node_get_array (json_parser_get_root (parser)), check_datum, &n);
  g_assert_cmpuint (n, >, 30);
}

/* What the encoder makes of a document; gives its bytes and what the dump says of it. */
static GBytes *
encode (BaristaAvroSchema *schema, const char *document, char **json)
{
  const BaristaAvroNode *root = barista_avro_schema_get_root (schema);
  g_autoptr (JsonNode) parsed = json_from_string (document, NULL);
  g_autoptr (JsonNode) datum = barista_practice_datum_new (root, parsed);
  GString *text = g_string_new (NULL);

  barista_practice_datum_append_json (root, datum, text);
  *json = g_string_free (text, FALSE);
  return barista_practice_avro_encode (root, 258, datum);
}

static char *
read_back (BaristaAvroSchema *schema, GBytes *bytes)
{
  gsize length;
  const guint8 *data = g_bytes_get_data (bytes, &length);
  GString *text = g_string_new (NULL);
  g_autoptr (GError) error = NULL;
  BaristaAvroValue value;

  g_assert_cmpmem (data, 5, "\0\0\0\x01\x02", 5);
  barista_avro_value_init (&value, schema, data + 5, length - 5, &error);
  g_assert_no_error (error);
  barista_avro_value_append_json (value, text);
  return g_string_free (text, FALSE);
}

static const BaristaPracticeField inner_fields[] = {
  { "a", BARISTA_SHAPE_LONG },
  { "b", BARISTA_SHAPE_JSON, .optional = TRUE },
  { NULL },
};
static const BaristaPracticeField text_element[] = { { "", BARISTA_SHAPE_STRING } };
static const BaristaPracticeField inner_element[] = { { "", BARISTA_SHAPE_RECORD,
                                                        .element = inner_fields } };
static const BaristaPracticeField all_fields[] = {
  { "key", BARISTA_SHAPE_STRING },
  { "at", BARISTA_SHAPE_TIMESTAMP, .optional = TRUE },
  { "flag", BARISTA_SHAPE_BOOLEAN, .optional = TRUE },
  { "lasted", BARISTA_SHAPE_DURATION, .optional = TRUE },
  { "list", BARISTA_SHAPE_ARRAY, .optional = TRUE, .element = inner_element },
  { "map", BARISTA_SHAPE_MAP, .element = text_element },
  { "mixed", BARISTA_SHAPE_JSON },
  { "number", BARISTA_SHAPE_DOUBLE, .optional = TRUE },
  { "part", BARISTA_SHAPE_RECORD, .optional = TRUE, .extra = TRUE, .element = inner_fields },
  { "unit", BARISTA_SHAPE_STRING, .fallback = "\"kg\"" },
  { NULL },
};

/* What dekaf.md 3.3 has of names, namespaces, nulls and order; no reader of ours is asked. */
static void
test_schema_text (void)
{
  static const char *const key[] = { "key", "at", NULL };
  g_autofree char *value = barista_practice_shape_value_schema (all_fields);
  g_autofree char *keys = barista_practice_shape_key_schema (all_fields, key);

  g_assert_cmpstr (
      keys, ==,
      "{\"fields\":[{\"name\":\"_flow_key\",\"type\":{\"fields\":[{\"name\":\"p1\",\"type\":"
      "\"string\"},{\"name\":\"p2\",\"type\":[{\"logicalType\":\"timestamp-micros\",\"type\":"
      "\"long\"},\"null\"]}],\"name\":\"Parts\",\"namespace\":\"root.Key\",\"type\":\"record\"}}],"
      "\"name\":\"Key\",\"namespace\":\"root\",\"type\":\"record\"}");
  g_assert_nonnull (strstr (value, "{\"default\":\"kg\",\"name\":\"unit\",\"type\":\"string\"}"));
  g_assert_nonnull (strstr (
      value, "{\"name\":\"lasted\",\"type\":[{\"logicalType\":\"duration\",\"type\":{\"name\":"
             "\"duration\",\"size\":12,\"type\":\"fixed\"}},\"null\"]}"));
  g_assert_nonnull (strstr (value, "\"name\":\"_items\",\"namespace\":\"root.list\""));
  g_assert_nonnull (strstr (value, "\"name\":\"RawJSON\",\"namespace\":\"root.list._items.b\""));
  g_assert_nonnull (strstr (value, "\"name\":\"RawJSON\",\"namespace\":\"root.mixed\""));
  g_assert_nonnull (strstr (value, "\"name\":\"RawJSON\",\"namespace\":\"root.part._flow_extra\""));
  g_assert_true (g_str_has_suffix (value, "],\"name\":\"root\",\"type\":\"record\"}"));
}

static void
test_documents (void)
{
  static const struct
  {
    const char *document, *datum;
  } cases[] = {
    { "{\"key\":\"k\",\"mixed\":7}",
      "{\"key\":\"k\",\"at\":null,\"flag\":null,\"lasted\":null,\"list\":null,\"map\":{},"
      "\"mixed\":{\"json\":\"7\"},\"number\":null,\"part\":null,\"unit\":\"kg\"}" },
    { "{\"key\":\"é\\\"\\n\",\"at\":-1,\"flag\":false,\"lasted\":[1,2,300],\"list\":[{\"a\":1},"
      "{\"a\":2,\"b\":[null,\"x\"]}],\"map\":{\"b\":\"2\",\"a\":\"1\"},\"mixed\":null,\"number\":24,"
      "\"part\":{\"a\":3,\"more\":{\"deep\":true},\"none\":null},\"unit\":\"g\"}",
      "{\"key\":\"é\\\"\\n\",\"at\":-1,\"flag\":false,\"lasted\":"
      "\"\\u0001\\u0000\\u0000\\u0000\\u0002\\u0000\\u0000\\u0000,\\u0001\\u0000\\u0000\","
      "\"list\":[{\"a\":1,\"b\":null},{\"a\":2,\"b\":{\"json\":\"[null,\\\"x\\\"]\"}}],"
      "\"map\":{\"b\":\"2\",\"a\":\"1\"},\"mixed\":{\"json\":\"null\"},\"number\":24.0,"
      "\"part\":{\"a\":3,\"b\":null,\"_flow_extra\":{\"more\":{\"json\":\"{\\\"deep\\\":true}\"},"
      "\"none\":null}},\"unit\":\"g\"}" },
  };
  g_autofree char *text = barista_practice_shape_value_schema (all_fields);
  g_autoptr (BaristaAvroSchema) schema = schema_of (text);

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *json = NULL;
      g_autoptr (GBytes) bytes = encode (schema, cases[i].document, &json);
      g_autofree char *back = read_back (schema, bytes);

      g_assert_cmpstr (json, ==, cases[i].datum);
      g_assert_cmpstr (back, ==, cases[i].datum);
    }
}

static void
count_shapes (const BaristaPracticeField *field, guint *shapes)
{
  shapes[field->shape]++;
  if (field->shape == BARISTA_SHAPE_RECORD)
    for (const BaristaPracticeField *f = field->element; f->name != NULL; f++)
      count_shapes (f, shapes);
  else if (field->element != NULL)
    count_shapes (field->element, shapes);
}

/* The company has every shape, and each of its schemas is one. */
static void
test_company (void)
{
  guint shapes[BARISTA_SHAPE_RECORD + 1] = { 0 };

  for (guint i = 0; i < BARISTA_N_COLLECTIONS; i++)
    {
      const BaristaPracticeCollection *collection = &barista_practice_company[i];
      g_autofree char *key = barista_practice_shape_key_schema (collection->fields,
                                                                collection->key);
      g_autofree char *value = barista_practice_shape_value_schema (collection->fields);
      g_autoptr (BaristaAvroSchema) key_schema = schema_of (key);
      g_autoptr (BaristaAvroSchema) value_schema = schema_of (value);

      for (const BaristaPracticeField *f = collection->fields; f->name != NULL; f++)
        count_shapes (f, shapes);
    }
  for (guint i = 0; i < G_N_ELEMENTS (shapes); i++)
    g_assert_cmpuint (shapes[i], >, 0);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/practice/avro/data-of-others", test_data_of_others);
  g_test_add_func ("/practice/avro/schema-text", test_schema_text);
  g_test_add_func ("/practice/avro/documents", test_documents);
  g_test_add_func ("/practice/avro/company", test_company);
  return g_test_run ();
}
