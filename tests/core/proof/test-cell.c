/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "barista-cell.h"
#include "table-fixture.h"

/* Each value as its schema and its bytes, written by hand from the Avro specification: a long is
 * zig-zag, then seven bits a byte; a string its length and UTF-8; a decimal big-endian. */

typedef struct
{
  const char *type;   /* of the column */
  const char *schema; /* ' for " */
  const char *hex;
  BaristaRejection rejection;
  const char *text;
} Case;

#define FITS BARISTA_REJECTION_NONE
#define RANGE BARISTA_REJECTION_RANGE
#define KIND BARISTA_REJECTION_KIND
#define TEXT BARISTA_REJECTION_TEXT

#define DECIMAL(precision, scale) \
  "{'type':'bytes','logicalType':'decimal','precision':" precision ",'scale':" scale "}"

static const Case numbers[] = {
  { "Int8", "'long'", "fe01", FITS, "127" },
  { "Int8", "'long'", "8002", RANGE, "128" },
  { "Int8", "'long'", "ff01", FITS, "-128" },
  { "Int8", "'long'", "8102", RANGE, "-129" },
  { "UInt8", "'int'", "01", RANGE, "-1" },
  { "UInt8", "'int'", "fe03", FITS, "255" },
  { "UInt8", "'boolean'", "01", FITS, "1" },
  /* 3,000,000,000, doubled 0x165A0BC00 */
  { "Int32", "'long'", "80f882ad16", RANGE, "3000000000" },
  { "UInt32", "'long'", "80f882ad16", FITS, "3000000000" },
  { "Int64", "'double'", "000000000000f83f", RANGE, "1.5" },
  { "Int64", "'double'", "0000000000000040", FITS, "2" },
  { "Int64", "'string'", "06 343132", FITS, "412" },
  { "Int8", "'string'", "08 2d313238", FITS, "-128" },
  { "Int8", "'string'", "08 2d313239", RANGE, "-129" },
  { "Int8", "'string'", "06 313238", RANGE, "128" },
  { "Int64", "'string'", "08 61626364", TEXT, "abcd" },
  { "Int64", "'string'", "00", TEXT, "" },
  { "Int64", "'string'", "06 312e35", RANGE, "1.5" },
  { "Int64", "{'type':'array','items':'int'}", "0202 00", KIND, "[1]" },
  { "Float64", "'string'", "06 312e35", FITS, "1.5" },
  { "Float64", "'string'", "00", TEXT, "" },
  { "Float32", "'long'", "08", FITS, "4" },
  /* -1250 = 0xFB1E */
  { "Decimal(9, 2)", DECIMAL ("9", "2"), "04 fb1e", FITS, "-12.50" },
  { "Decimal(9, 3)", DECIMAL ("9", "2"), "04 fb1e", FITS, "-12.500" },
  { "Decimal(3, 2)", DECIMAL ("9", "2"), "04 fb1e", RANGE, "-12.50" },
  { "Decimal(9, 2)", DECIMAL ("9", "2"), "02 05", FITS, "0.05" },
  { "Decimal(9, 2)", "'string'", "0a 31322e3530", FITS, "12.50" },
  { "Int64", DECIMAL ("9", "2"), "04 fb1e", RANGE, "-12.50" },
  { "Bool", "'boolean'", "01", FITS, "true" },
  { "Bool", "'long'", "04", RANGE, "2" },
  { "Bool", "'string'", "08 74727565", TEXT, "true" },
};

static const Case times[] = {
  /* 20,778 days = 2026-11-21 */
  { "Date", "{'type':'int','logicalType':'date'}", "d4c402", FITS, "2026-11-21" },
  { "Date", "{'type':'int','logicalType':'date'}", "01", RANGE, "-1" },
  { "Date32", "{'type':'int','logicalType':'date'}", "01", FITS, "1969-12-31" },
  { "Date", "'string'", "14 323032362d30322d3238", FITS, "2026-02-28" },
  { "Date", "'string'", "14 323032362d30322d3331", TEXT, "2026-02-31" },
  /* 2000-01-01T00:00:00Z = 946,684,800 s */
  { "DateTime", "'long'", "808eea8607", FITS, "2000-01-01 00:00:00" },
  { "DateTime", "'string'", "28 323030302d30312d30315430303a30303a30305a", FITS,
    "2000-01-01 00:00:00" },
  { "DateTime64(3)", "'string'", "32 323030302d30312d30315430323a30303a30302b30323a3030", FITS,
    "2000-01-01 00:00:00.000" },
  { "DateTime", "'string'", "0a 68656c6c6f", TEXT, "hello" },
  /* 250 ms, and 1 ms before 1970 */
  { "DateTime64(3)", "{'type':'long','logicalType':'timestamp-millis'}", "f403", FITS,
    "1970-01-01 00:00:00.250" },
  { "DateTime64(3)", "{'type':'long','logicalType':'timestamp-millis'}", "01", FITS,
    "1969-12-31 23:59:59.999" },
  /* 946,684,800,000,000 us: with three digits far beyond the year 2299 */
  { "DateTime64(6)", "{'type':'long','logicalType':'timestamp-micros'}", "8080bfb3a7c0ae03", FITS,
    "2000-01-01 00:00:00.000000" },
  { "DateTime64(3)", "{'type':'long','logicalType':'timestamp-micros'}", "8080bfb3a7c0ae03", RANGE,
    "946684800000000" },
};

static const Case others[] = {
  { "String", "'long'", "08", FITS, "4" },
  { "String", "'string'", "0a 68656c6c6f", FITS, "hello" },
  { "String", "'string'", "06 610a62", FITS, "a b" },
  { "String", "{'type':'map','values':'int'}", "0202 61 02 00", FITS, "{\"a\":1}" },
  { "FixedString(4)", "'string'", "0a 68656c6c6f", BARISTA_REJECTION_LENGTH, "hello" },
  { "LowCardinality(String)", "{'type':'enum','name':'e','symbols':['new','paid']}", "02", FITS,
    "paid" },
  { "UUID", "'string'", "0a 68656c6c6f", TEXT, "hello" },
  { "UUID", "'string'",
    "48 30303131323233332d343435352d363637372d383839392d616162626363646465656666", FITS,
    "00112233-4455-6677-8899-aabbccddeeff" },
  { "IPv4", "'string'", "12 3132372e302e302e31", FITS, "127.0.0.1" },
  { "IPv4", "'string'", "06 3a3a31", TEXT, "::1" },
  { "Array(Int8)", "{'type':'array','items':'long'}", "04 02 fe01 00", FITS, "[1,127]" },
  { "Array(Int8)", "{'type':'array','items':'long'}", "04 02 8002 00", RANGE, "[1,128]" },
  { "Array(Int8)", "{'type':'array','items':['null','long']}", "04 0202 00 00",
    BARISTA_REJECTION_NULL, "[1,null]" },
  { "Array(Nullable(Int8))", "{'type':'array','items':['null','long']}", "04 0202 00 00", FITS,
    "[1,null]" },
  { "Array(String)", "'string'", "02 61", KIND, "a" },
  { "Map(String, Int8)", "{'type':'map','values':'long'}", "0202 61 8002 00", RANGE,
    "{\"a\":128}" },
  { "String", "['null','string']", "00", BARISTA_REJECTION_NULL, "NULL" },
  { "Nullable(String)", "['null','string']", "00", FITS, "NULL" },
  { "LowCardinality(Nullable(String))", "['null','string']", "00", FITS, "NULL" },
  { "Nullable(Int8)", "['null','long']", "02 8002", RANGE, "128" },
};

static GBytes *
bytes_new (const char *hex)
{
  g_autoptr (GByteArray) bytes = g_byte_array_new ();

  for (; *hex != '\0'; hex++)
    if (*hex != ' ')
      {
        guint8 byte = (guint8) (g_ascii_xdigit_value (hex[0]) << 4 | g_ascii_xdigit_value (hex[1]));

        g_byte_array_append (bytes, &byte, 1);
        hex++;
      }

  return g_byte_array_free_to_bytes (g_steal_pointer (&bytes));
}

static void
run (const Case *its)
{
  g_autoptr (BaristaAvroSchema) schema = fixture_schema (its->schema);
  g_autoptr (GBytes) bytes = bytes_new (its->hex);
  g_autoptr (BaristaCellType) type = barista_cell_type_new (its->type);
  g_autoptr (GString) text = g_string_new (NULL);
  g_autoptr (GError) error = NULL;
  BaristaAvroValue value;
  gsize length;
  const guint8 *data = g_bytes_get_data (bytes, &length);

  g_test_message ("%s of %s in %s", its->hex, its->schema, its->type);
  barista_avro_value_init (&value, schema, data, length, &error);
  g_assert_no_error (error);
  g_assert_cmpint (barista_cell_judge (type, value), ==, its->rejection);
  barista_cell_append_text (type, value, text);
  g_assert_cmpstr (text->str, ==, its->text);
}

static void
test_numbers (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (numbers); i++)
    run (&numbers[i]);
}

static void
test_times (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (times); i++)
    run (&times[i]);
}

static void
test_others (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (others); i++)
    run (&others[i]);
}

static void
test_nothing (void)
{
  g_autoptr (BaristaCellType) text = barista_cell_type_new ("String");
  g_autoptr (BaristaCellType) nullable = barista_cell_type_new ("Nullable(Decimal(9, 2))");

  g_assert_cmpint (barista_cell_judge (text, BARISTA_NO_VALUE), ==, BARISTA_REJECTION_MISSING);
  g_assert_cmpint (barista_cell_judge (nullable, BARISTA_NO_VALUE), ==, FITS);
  g_assert_cmpint (nullable->precision, ==, 9);
  g_assert_cmpint (nullable->scale, ==, 2);
}

/* While one types a type, half of it is there. */
static void
test_half_a_type (void)
{
  static const char *const halves[] = { "",
                                        "Nul",
                                        "Nullable(",
                                        "Array(",
                                        "Array()",
                                        "Map(String,",
                                        "Decimal(9,",
                                        "DateTime64(",
                                        "Array(Array(Array(Array(Array(Array(Array(Array(Array("
                                        "Array(Array(Array(Array(Array(Array(Array(Array(Array(" };

  for (guint i = 0; i < G_N_ELEMENTS (halves); i++)
    {
      g_autoptr (BaristaCellType) type = barista_cell_type_new (halves[i]);

      g_assert_nonnull (type);
      barista_cell_judge (type, BARISTA_NO_VALUE);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/core/proof/cell/numbers", test_numbers);
  g_test_add_func ("/core/proof/cell/times", test_times);
  g_test_add_func ("/core/proof/cell/others", test_others);
  g_test_add_func ("/core/proof/cell/nothing", test_nothing);
  g_test_add_func ("/core/proof/cell/half-a-type", test_half_a_type);
  return g_test_run ();
}
