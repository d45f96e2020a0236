/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "barista-avro-value.h"

#include <math.h>
#include <string.h>

typedef struct
{
  BaristaAvroSchema *schema;
  guint8 bytes[256];
  gsize length;
  BaristaAvroValue value;
} Datum;

static void
datum_clear (Datum *self)
{
  g_clear_pointer (&self->schema, barista_avro_schema_unref);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Datum, datum_clear)

/* Schemas are written with ' for " here, datums in hexadecimal digits, with spaces at will. */
static gboolean
try_datum (Datum *self, const char *schema, const char *hex, GError **error)
{
  g_autofree char *json = g_strdelimit (g_strdup (schema), "'", '"');
  g_autoptr (GError) reason = NULL;

  self->schema = barista_avro_schema_new (json, -1, &reason);
  g_assert_no_error (reason);
  self->length = 0;
  for (; *hex != '\0'; hex++)
    if (*hex != ' ')
      {
        self->bytes[self->length++] = (guint8) (g_ascii_xdigit_value (hex[0]) << 4
                                                | g_ascii_xdigit_value (hex[1]));
        hex++;
      }

  return barista_avro_value_init (&self->value, self->schema, self->bytes, self->length, error);
}

static void
read_datum (Datum *self, const char *schema, const char *hex)
{
  g_autoptr (GError) error = NULL;

  try_datum (self, schema, hex, &error);
  g_assert_no_error (error);
}

static void
assert_json (const char *schema, const char *hex, const char *expected)
{
  g_auto (Datum) datum = { 0 };
  g_autoptr (GString) json = g_string_new ("> ");

  read_datum (&datum, schema, hex);
  g_assert_true (barista_avro_value_append_json (datum.value, json));
  g_assert_cmpstr (json->str + 2, ==, expected);
}

static void
assert_refused (const char *schema, const char *hex, BaristaAvroError code, const char *message)
{
  g_auto (Datum) datum = { 0 };
  g_autoptr (GError) error = NULL;

  g_assert_false (try_datum (&datum, schema, hex, &error));
  g_assert_error (error, BARISTA_AVRO_ERROR, (int) code);
  if (message != NULL)
    g_assert_cmpstr (error->message, ==, message);
}

static const char order_schema[]
    = "{'type': 'record', 'name': 'root', 'fields': ["
      " {'name': 'id', 'type': 'long'},"
      " {'name': 'note', 'type': ['string', 'null']},"
      " {'name': 'paid', 'type': 'boolean'},"
      " {'name': 'total', 'type': 'double'},"
      " {'name': 'ratio', 'type': 'float'},"
      " {'name': 'state', 'type': {'type': 'enum', 'name': 'S', 'symbols': ['OPEN', 'DONE']}},"
      " {'name': 'hash', 'type': {'type': 'fixed', 'name': 'F', 'size': 2}},"
      " {'name': 'raw', 'type': 'bytes'},"
      " {'name': 'items', 'type': {'type': 'array', 'items': 'int'}},"
      " {'name': 'tags', 'type': {'type': 'map', 'values': 'string'}},"
      " {'name': 'last', 'type': 'int'}]}";
/* id, note, paid, total, ratio, state, hash, raw; items in two blocks, one with its size */
static const char order_hex[] = "54 00 04 c3bc 01 000000000000f83f 0000003f 02 abcd 04 0001"
                                " 04 02 04 01 02 06 00  02 02 6b 02 76 00  01";

static BaristaAvroValue
field (BaristaAvroValue record, const char *name)
{
  BaristaAvroValue value;

  g_assert_true (barista_avro_value_get_field (record, name, &value));
  return value;
}

static void
test_accessors (void)
{
  g_auto (Datum) datum = { 0 };
  g_autofree char *note = NULL;
  g_autofree char *state = NULL;
  BaristaAvroValue nothing;
  const guint8 *bytes;
  gsize length;

  read_datum (&datum, order_schema, order_hex);
  note = barista_avro_value_dup_string (field (datum.value, "note"));
  state = barista_avro_value_dup_string (field (datum.value, "state"));

  g_assert_cmpint (barista_avro_value_get_long (field (datum.value, "id")), ==, 42);
  g_assert_cmpstr (note, ==, "ü");
  g_assert_false (barista_avro_value_is_null (field (datum.value, "note")));
  g_assert_true (barista_avro_value_get_boolean (field (datum.value, "paid")));
  g_assert_cmpfloat (barista_avro_value_get_double (field (datum.value, "total")), ==, 1.5);
  g_assert_cmpfloat (barista_avro_value_get_double (field (datum.value, "ratio")), ==, 0.5);
  g_assert_cmpint (barista_avro_value_get_long (field (datum.value, "state")), ==, 1);
  g_assert_cmpstr (state, ==, "DONE");
  bytes = barista_avro_value_get_bytes (field (datum.value, "hash"), &length);
  g_assert_cmpmem (bytes, length, "\xab\xcd", 2);
  bytes = barista_avro_value_get_bytes (field (datum.value, "raw"), &length);
  g_assert_cmpmem (bytes, length, "\0\1", 2);
  g_assert_cmpint (barista_avro_value_get_long (field (datum.value, "last")), ==, -1);
  g_assert_false (barista_avro_value_get_field (datum.value, "other", &nothing));
}

static void
test_iterates_over_fields (void)
{
  g_auto (Datum) datum = { 0 };
  BaristaAvroIter iter;
  BaristaAvroValue value;
  const char *key;
  gsize key_length;
  guint n = 0;

  read_datum (&datum, order_schema, order_hex);
  barista_avro_iter_init (&iter, datum.value);
  while (barista_avro_iter_next (&iter, &key, &key_length, &value))
    {
      g_assert_cmpuint (iter.index, ==, n);
      g_assert_cmpmem (key, key_length, datum.value.node->fields[n].name,
                       strlen (datum.value.node->fields[n].name));
      g_assert_true (value.node == datum.value.node->fields[n].node);
      n++;
    }
  g_assert_cmpuint (n, ==, 11);
  g_assert_false (barista_avro_iter_next (&iter, NULL, NULL, &value));
  g_assert_cmpint (barista_avro_value_get_long (value), ==, -1);
}

static void
test_iterates_over_blocks (void)
{
  g_auto (Datum) datum = { 0 };
  BaristaAvroIter iter;
  BaristaAvroValue value;
  const char *key;

  read_datum (&datum, order_schema, order_hex);
  barista_avro_iter_init (&iter, field (datum.value, "items"));
  g_assert_true (barista_avro_iter_next (&iter, &key, NULL, &value));
  g_assert_null (key);
  g_assert_cmpint (barista_avro_value_get_long (value), ==, 1);
  g_assert_true (barista_avro_iter_next (&iter, NULL, NULL, &value));
  g_assert_cmpint (barista_avro_value_get_long (value), ==, 2);
  g_assert_true (barista_avro_iter_next (&iter, NULL, NULL, &value));
  g_assert_cmpint (barista_avro_value_get_long (value), ==, 3);
  g_assert_cmpuint (iter.index, ==, 2);
  g_assert_false (barista_avro_iter_next (&iter, NULL, NULL, &value));
  g_assert_false (barista_avro_iter_next (&iter, NULL, NULL, &value));
}

static void
test_iterates_over_entries (void)
{
  g_auto (Datum) datum = { 0 };
  BaristaAvroIter iter;
  BaristaAvroValue value;
  const char *key;
  gsize key_length;

  read_datum (&datum, "{'type': 'map', 'values': 'int'}", "04 02 61 02 02 61 04 00");
  barista_avro_iter_init (&iter, datum.value);
  for (gint64 i = 1; i <= 2; i++)
    {
      g_assert_true (barista_avro_iter_next (&iter, &key, &key_length, &value));
      g_assert_cmpmem (key, key_length, "a", 1);
      g_assert_cmpint (barista_avro_value_get_long (value), ==, i);
    }
  g_assert_false (barista_avro_iter_next (&iter, NULL, NULL, &value));
}

static void
test_scalars_have_no_parts (void)
{
  g_auto (Datum) datum = { 0 };
  BaristaAvroIter iter;
  BaristaAvroValue value;

  read_datum (&datum, "[{'type': 'array', 'items': 'int'}, 'null']", "02");
  g_assert_true (barista_avro_value_is_null (datum.value));
  barista_avro_iter_init (&iter, datum.value);
  g_assert_false (barista_avro_iter_next (&iter, NULL, NULL, &value));
  g_assert_false (barista_avro_value_get_field (datum.value, "a", &value));
}

static void
test_json (void)
{
  assert_json (order_schema, order_hex,
               "{\"id\":42,\"note\":\"ü\",\"paid\":true,\"total\":1.5,\"ratio\":0.5,"
               "\"state\":\"DONE\",\"hash\":\"«Í\",\"raw\":\"\\u0000\\u0001\","
               "\"items\":[1,2,3],\"tags\":{\"k\":\"v\"},\"last\":-1}");
  assert_json ("'null'", "", "null");
  assert_json ("'long'", "feffffffffffffffff01", "9223372036854775807");
  assert_json ("'long'", "ffffffffffffffffff01", "-9223372036854775808");
  assert_json ("['int', 'null']", "02", "null");
  assert_json ("{'type': 'array', 'items': 'int'}", "00", "[]");
  assert_json ("{'type': 'map', 'values': 'int'}", "00", "{}");
  assert_json ("{'type': 'record', 'name': 'r', 'fields': []}", "", "{}");
}

static void
test_json_keeps_keys_and_escapes (void)
{
  assert_json ("{'type': 'map', 'values': 'null'}", "06 02 22 02 22 04 0a5c 00",
               "{\"\\\"\":null,\"\\\"\":null,\"\\n\\\\\":null}");
  assert_json ("'string'", "06 61 00 62", "\"a\\u0000b\"");
}

static void
test_json_numbers_read_back (void)
{
  static const double numbers[] = {
    0.1, 1.0 / 3, 5e-324, 1.7976931348623157e308, 9007199254740993.0, -0.0, 100, 1e21, 0.3
  };

  assert_json ("'double'", "0000000000000080", "-0.0");
  assert_json ("'double'", "0000000000005940", "100.0");
  assert_json ("'float'", "cdcccc3d", "0.1");
  assert_json ("'float'", "ffff7f7f", "3.4028235e+38");
  assert_json ("'double'", "000000000000f87f", "\"NaN\"");
  assert_json ("'double'", "000000000000f07f", "\"Infinity\"");
  assert_json ("'float'", "000080ff", "\"-Infinity\"");

  for (guint i = 0; i < G_N_ELEMENTS (numbers); i++)
    {
      g_autoptr (BaristaAvroSchema) schema = barista_avro_schema_new ("double", -1, NULL);
      g_autoptr (GString) json = g_string_new (NULL);
      guint64 bits;
      BaristaAvroValue value;

      memcpy (&bits, &numbers[i], sizeof bits);
      bits = GUINT64_TO_LE (bits);
      g_assert_true (
          barista_avro_value_init (&value, schema, (const guint8 *) &bits, sizeof bits, NULL));
      g_assert_true (barista_avro_value_append_json (value, json));
      g_assert_cmpfloat (g_ascii_strtod (json->str, NULL), ==, numbers[i]);
    }
}

static void
test_damage_is_named (void)
{
  static const struct
  {
    const char *schema;
    const char *hex;
    const char *message;
  } cases[] = {
    { "'int'", "", "root: ends too early at byte 0 of 0" },
    { "'int'", "0202", "root: something follows the value at byte 1 of 2" },
    { "'boolean'", "02", "root: a boolean is neither 0 nor 1 at byte 1 of 1" },
    { "'int'", "8080808010", "root: number is too long at byte 5 of 5" },
    { "'string'", "01", "root: a length is negative at byte 1 of 1" },
    { "'string'", "04c328", "root: a string is not UTF-8 at byte 3 of 3" },
    { "'bytes'", "feffffffffffffffff01 00", "root: ends too early at byte 10 of 11" },
    { "['int', 'null']", "04", "root: a union has no such branch at byte 1 of 1" },
    { "['int', 'null']", "01", "root: a union has no such branch at byte 1 of 1" },
    { "[]", "00", "root: a union has no such branch at byte 1 of 1" },
    { "{'type': 'enum', 'name': 'E', 'symbols': ['A']}", "02",
      "root: an enum has no such symbol at byte 1 of 1" },
    { "{'type': 'array', 'items': 'int'}", "02",
      "root: claims more elements than there are bytes"
      " for at byte 1 of 1" },
    { "{'type': 'array', 'items': 'int'}", "01 04 02 00 00",
      "root: a block is not as long as it says at byte 3 of 5" },
    { "{'type': 'array', 'items': 'int'}", "01 06 02 00",
      "root: a block goes on behind the end at byte 2 of 4" },
    { "{'type': 'array', 'items': 'int'}", "01 03 02 00",
      "root: a block goes on behind the end at byte 2 of 4" },
    { "{'type': 'array', 'items': 'int'}", "ffffffffffffffffff01 02 02 00",
      "root: a count is out of range at byte 11 of 13" },
    { "{'type': 'map', 'values': 'int'}", "02 04 c328 00 00",
      "root{}: a string is not UTF-8 at byte 4 of 6" },
    { "{'type': 'record', 'name': 'r', 'fields': [{'name': 'a', 'type': {'type': 'array', 'items':"
      " {'type': 'map', 'values': ['null', 'boolean']}}}]}",
      "02 02 02 6b 02 07 00 00", "root.a[]{}: a boolean is neither 0 nor 1 at byte 6 of 8" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    assert_refused (cases[i].schema, cases[i].hex, BARISTA_AVRO_ERROR_DATUM, cases[i].message);
}

/* Two elements of no bytes for each byte: the claim of 2^40 costs nothing to write. */
static void
test_values_without_bytes_are_counted (void)
{
  static const char *const schemas[] = {
    "{'type': 'array', 'items': 'null'}",
    "{'type': 'array', 'items': {'type': 'record', 'name': 'r', 'fields': []}}",
    "{'type': 'array', 'items': {'type': 'fixed', 'name': 'f', 'size': 0}}",
    "{'type': 'array', 'items': {'type': 'record', 'name': 'r', 'fields':"
    " [{'name': 'a', 'type': 'null'}, {'name': 'b', 'type': 'null'}]}}",
  };

  for (guint i = 0; i < G_N_ELEMENTS (schemas); i++)
    {
      assert_refused (schemas[i], "80808080808040 00", BARISTA_AVRO_ERROR_TOO_COMPLEX, NULL);
      assert_refused (schemas[i], "ffffffffffff3f 00 00", BARISTA_AVRO_ERROR_TOO_COMPLEX, NULL);
    }

  for (guint i = 0; i < 3; i++)
    {
      g_auto (Datum) datum = { 0 };

      read_datum (&datum, schemas[i], "808008 00"); /* 65,536 of them */
      datum_clear (&datum);
      assert_refused (schemas[i], "828008 00", BARISTA_AVRO_ERROR_TOO_COMPLEX, NULL);
    }
}

static void
test_depth_of_values (void)
{
  static const char list[] = "{'type': 'record', 'name': 'L', 'fields': [{'name': 'next', 'type':"
                             " ['null', 'L']}]}";
  g_autoptr (GString) hex = g_string_new (NULL);
  g_auto (Datum) datum = { 0 };

  for (guint i = 1; i < BARISTA_AVRO_DEPTH_MAX; i++)
    g_string_append (hex, "02");
  g_string_append (hex, "00");
  read_datum (&datum, list, hex->str);

  g_string_prepend (hex, "02");
  assert_refused (list, hex->str, BARISTA_AVRO_ERROR_TOO_COMPLEX, NULL);
}

/* A record that must hold itself has no datum, however long. */
static void
test_endless_record (void)
{
  assert_refused ("{'type': 'record', 'name': 'R', 'fields': [{'name': 'r', 'type': 'R'}]}", "00",
                  BARISTA_AVRO_ERROR_TOO_COMPLEX, NULL);
}

static void
test_json_has_a_limit (void)
{
  g_autofree char *name = g_strnfill (1024, 'n');
  g_autofree char *text = g_strdup_printf (
      "{\"type\": \"array\", \"items\": {\"type\": \"record\", \"name\": \"r\","
      " \"fields\": [{\"name\": \"%s\", \"type\": \"boolean\"}]}}",
      name);
  g_autoptr (BaristaAvroSchema) schema = barista_avro_schema_new (text, -1, NULL);
  g_autoptr (GByteArray) bytes = g_byte_array_new ();
  g_autoptr (GString) json = g_string_new ("before");
  BaristaAvroValue value;

  g_byte_array_append (bytes, (const guint8 *) "\x80\x80\x10", 3); /* 131,072 elements */
  g_byte_array_set_size (bytes, 3 + 131072 + 1);
  memset (bytes->data + 3, 0, bytes->len - 3);

  g_assert_true (barista_avro_value_init (&value, schema, bytes->data, bytes->len, NULL));
  g_assert_false (barista_avro_value_append_json (value, json));
  g_assert_cmpstr (json->str, ==, "before");
}

static void
test_no_bytes_at_all (void)
{
  g_autoptr (BaristaAvroSchema) nothing = barista_avro_schema_new ("\"null\"", -1, NULL);
  g_autoptr (BaristaAvroSchema) number = barista_avro_schema_new ("\"long\"", -1, NULL);
  BaristaAvroValue value;

  g_assert_true (barista_avro_value_init (&value, nothing, NULL, 0, NULL));
  g_assert_true (barista_avro_value_is_null (value));
  g_assert_false (barista_avro_value_init (&value, number, NULL, 0, NULL));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/avro/value/accessors", test_accessors);
  g_test_add_func ("/avro/value/fields", test_iterates_over_fields);
  g_test_add_func ("/avro/value/blocks", test_iterates_over_blocks);
  g_test_add_func ("/avro/value/entries", test_iterates_over_entries);
  g_test_add_func ("/avro/value/no-parts", test_scalars_have_no_parts);
  g_test_add_func ("/avro/value/json", test_json);
  g_test_add_func ("/avro/value/json-keys", test_json_keeps_keys_and_escapes);
  g_test_add_func ("/avro/value/json-numbers", test_json_numbers_read_back);
  g_test_add_func ("/avro/value/json-limit", test_json_has_a_limit);
  g_test_add_func ("/avro/value/damage", test_damage_is_named);
  g_test_add_func ("/avro/value/without-bytes", test_values_without_bytes_are_counted);
  g_test_add_func ("/avro/value/depth", test_depth_of_values);
  g_test_add_func ("/avro/value/endless-record", test_endless_record);
  g_test_add_func ("/avro/value/no-bytes", test_no_bytes_at_all);

  return g_test_run ();
}
