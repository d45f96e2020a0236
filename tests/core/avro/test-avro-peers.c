/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "barista-avro-value.h"
#include "barista-json.h"

#include <math.h>
#include <string.h>

/*
 * Bytes, schemas and damage by Avro libraries of others: tests/data/avro/generate/README.md says
 * what the files hold.
 */

static JsonArray *
load (const char *name, JsonNode **holder)
{
  g_autofree char *path = g_test_build_filename (G_TEST_DIST, "data", "avro", name, NULL);
  g_autofree char *text = NULL;
  g_autoptr (GError) error = NULL;
  gsize length;

  g_file_get_contents (path, &text, &length, &error);
  g_assert_no_error (error);
  *holder = barista_json_parse (text, (gssize) length, NULL, &error);
  g_assert_no_error (error);
  return json_node_get_array (*holder);
}

static GBytes *
bytes_from_hex (const char *hex)
{
  gsize length = strlen (hex) / 2;
  guint8 *bytes = g_malloc (length + 1);

  for (gsize i = 0; i < length; i++)
    bytes[i] = (guint8) (g_ascii_xdigit_value (hex[2 * i]) << 4
                         | g_ascii_xdigit_value (hex[2 * i + 1]));

  return g_bytes_new_take (bytes, length);
}

static BaristaAvroSchema *
schema_of (JsonObject *test_case, GError **error)
{
  g_autofree char *text = json_to_string (json_object_get_member (test_case, "schema"), FALSE);

  return barista_avro_schema_new (text, -1, error);
}

static gboolean same (JsonNode *a, JsonNode *b);

static gboolean
same_members (JsonObject *a, JsonObject *b)
{
  JsonObjectIter iter;
  const char *name;
  JsonNode *member;

  json_object_iter_init (&iter, a);
  while (json_object_iter_next (&iter, &name, &member))
    if (!json_object_has_member (b, name) || !same (member, json_object_get_member (b, name)))
      return FALSE;

  return json_object_get_size (a) == json_object_get_size (b);
}

static gboolean
same_elements (JsonArray *a, JsonArray *b)
{
  if (json_array_get_length (a) != json_array_get_length (b))
    return FALSE;

  for (guint i = 0; i < json_array_get_length (a); i++)
    if (!same (json_array_get_element (a, i), json_array_get_element (b, i)))
      return FALSE;

  return TRUE;
}

/* Python has no float of 32 bits: 0.1 comes back as the double 0.10000000149011612. */
static gboolean
same_double (double a, double b)
{
  return signbit (a) == signbit (b) && (a == b || (float) a == (float) b);
}

static gboolean
same (JsonNode *a, JsonNode *b)
{
  if (JSON_NODE_HOLDS_OBJECT (a) && JSON_NODE_HOLDS_OBJECT (b))
    return same_members (json_node_get_object (a), json_node_get_object (b));
  if (JSON_NODE_HOLDS_ARRAY (a) && JSON_NODE_HOLDS_ARRAY (b))
    return same_elements (json_node_get_array (a), json_node_get_array (b));
  if (JSON_NODE_HOLDS_VALUE (a) && JSON_NODE_HOLDS_VALUE (b)
      && json_node_get_value_type (a) == G_TYPE_DOUBLE
      && json_node_get_value_type (b) == G_TYPE_DOUBLE)
    return same_double (json_node_get_double (a), json_node_get_double (b));

  return json_node_equal (a, b);
}

static void
check_datum (JsonObject *test_case)
{
  const char *name = json_object_get_string_member (test_case, "name");
  g_autoptr (GBytes) bytes = bytes_from_hex (json_object_get_string_member (test_case, "hex"));
  g_autoptr (GString) json = g_string_new (NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (BaristaAvroSchema) schema = schema_of (test_case, &error);
  g_autoptr (JsonNode) read_back = NULL;
  BaristaAvroValue value;

  if (schema == NULL
      || !barista_avro_value_init (&value, schema, g_bytes_get_data (bytes, NULL),
                                   g_bytes_get_size (bytes), &error))
    {
      g_test_fail_printf ("%s: %s", name, error->message);
      return;
    }

  g_assert_true (barista_avro_value_append_json (value, json));
  read_back = barista_json_parse (json->str, (gssize) json->len, NULL, &error);
  g_assert_no_error (error);
  if (!same (read_back, json_object_get_member (test_case, "value")))
    g_test_fail_printf ("%s: read as %s", name, json->str);
}

static void
test_datums (void)
{
  g_autoptr (JsonNode) holder = NULL;
  JsonArray *cases = load ("datums.json", &holder);

  g_assert_cmpuint (json_array_get_length (cases), >, 100);
  for (guint i = 0; i < json_array_get_length (cases); i++)
    check_datum (json_array_get_object_element (cases, i));
}

/* A bare `string` is no JSON, but some registries hold it. */
static gboolean
is_tolerated (JsonObject *test_case)
{
  return json_object_has_member (test_case, "tolerated")
         || strcmp (json_object_get_string_member (test_case, "text"), "string") == 0;
}

static void
test_schemas (void)
{
  g_autoptr (JsonNode) holder = NULL;
  JsonArray *cases = load ("schemas.json", &holder);

  for (guint i = 0; i < json_array_get_length (cases); i++)
    {
      JsonObject *test_case = json_array_get_object_element (cases, i);
      gboolean refused = strcmp (json_object_get_string_member (test_case, "verdict"),
                                 "both refuse")
                         == 0;
      g_autoptr (BaristaAvroSchema) schema = barista_avro_schema_new (
          json_object_get_string_member (test_case, "text"), -1, NULL);

      if (refused && (schema != NULL) != is_tolerated (test_case))
        g_test_fail_printf ("%s: %s", json_object_get_string_member (test_case, "name"),
                            schema != NULL ? "taken" : "refused");
    }
}

static void
test_damaged_datums (void)
{
  g_autoptr (JsonNode) holder = NULL;
  JsonArray *cases = load ("damaged.json", &holder);

  for (guint i = 0; i < json_array_get_length (cases); i++)
    {
      JsonObject *test_case = json_array_get_object_element (cases, i);
      const char *hex = json_object_get_string_member (test_case, "hex");
      gboolean refused = strcmp (json_object_get_string_member (test_case, "verdict"),
                                 "both refuse")
                         == 0;
      g_autoptr (GBytes) bytes = bytes_from_hex (hex);
      g_autoptr (GError) error = NULL;
      g_autoptr (BaristaAvroSchema) schema = schema_of (test_case, &error);
      BaristaAvroValue value;

      g_assert_no_error (error);
      if (barista_avro_value_init (&value, schema, g_bytes_get_data (bytes, NULL),
                                   g_bytes_get_size (bytes), &error)
          && refused)
        g_test_fail_printf ("%s", json_object_get_string_member (test_case, "name"));
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/avro/peers/datums", test_datums);
  g_test_add_func ("/avro/peers/schemas", test_schemas);
  g_test_add_func ("/avro/peers/damaged", test_damaged_datums);

  return g_test_run ();
}
