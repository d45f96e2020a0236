/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "barista-datafile-reader.h"
#include "barista-typescript.h"

/* The left is what the module must give when it runs, the right how it stands there: ECMAScript's
 * own rules for string literals. */
static void
test_quotes (void)
{
  static const char *const rows[][2] = {
    { "", "\"\"" },
    { "a \"b\" \\ c", "\"a \\\"b\\\" \\\\ c\"" },
    { "one\ntwo\tthree", "\"one\\ntwo\\tthree\"" },
    { "${x} `y`", "\"${x} `y`\"" },
    { "é 🦆", "\"é 🦆\"" },
    { "\x01\x7f", "\"\\u{1}\\u{7f}\"" },
    { "a\xe2\x80\xa8"
      "b\xe2\x80\xae",
      "\"a\\u{2028}b\\u{202e}\"" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *literal = barista_typescript_quote (rows[i][0]);

      g_assert_cmpstr (literal, ==, rows[i][1]);
    }
}

static void
test_templates (void)
{
  static const char *const rows[][2] = {
    { "SELECT `a`", "SELECT \\`a\\`" },
    { "${x} $x $", "\\${x} $x $" },
    { "a\\b", "a\\\\b" },
    { "a\nb", "a\nb" },
    /* a template literal turns a line end of any kind into \n */
    { "a\r\nb", "a\\u{d}\nb" },
    { "\"'", "\"'" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *literal = barista_typescript_template (rows[i][0]);

      g_assert_cmpstr (literal, ==, rows[i][1]);
    }
}

static void
test_values (void)
{
  static const struct
  {
    const char *value;
    const char *literal;
    gboolean secret;
  } rows[] = {
    { "SASL_SSL", "\"SASL_SSL\"", FALSE },
    { "{{ tb_secret(\"K\") }}", "secret(\"K\")", TRUE },
    { "{{ tb_secret(\"K\", \"orders-1\") }}", "secret(\"K\", \"orders-1\")", TRUE },
    { "https://a%2Fb:{{ tb_secret(\"K\") }}@host/`${x}",
      "`https://a%2Fb:${secret(\"K\")}@host/\\`\\${x}`", TRUE },
    { "{{ tb_secret(\"K\"", "\"{{ tb_secret(\\\"K\\\"\"", FALSE },
    { "{{ tb_secret(`${process.exit()}`) }}", "\"{{ tb_secret(`${process.exit()}`) }}\"", FALSE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      gboolean secret = FALSE;
      g_autofree char *literal = barista_typescript_value (rows[i].value, &secret);

      g_assert_cmpstr (literal, ==, rows[i].literal);
      g_assert_cmpint (secret, ==, rows[i].secret);
    }
}

static void
test_identifiers (void)
{
  static const char *const rows[][2] = {
    { "events_kafka", "eventsKafka" },
    { "events__kafka_", "eventsKafka2" },
    { "s3", "s3" },
    { "_private", "private2" },
    { "__9lives", "_9lives" },
    { "secret", "secret2" },
    { "___", "resource" },
    { "define_kafka_connection", "defineKafkaConnection2" },
    { "delete", "delete2" },
  };
  g_autoptr (GHashTable) taken = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *name = barista_typescript_identifier (rows[i][0], taken);

      g_assert_cmpstr (name, ==, rows[i][1]);
    }
}

static void
test_types (void)
{
  static const char *const rows[][2] = {
    { "String", "t.string()" },
    { "Nullable(Int64)", "t.int64().nullable()" },
    { "LowCardinality(Nullable(String))", "t.string().nullable().lowCardinality()" },
    { "Array(Nullable(UUID))", "t.array(t.uuid().nullable())" },
    { "Map(String, Array(Int8))", "t.map(t.string(), t.array(t.int8()))" },
    { "Decimal(38, 9)", "t.decimal(38, 9)" },
    { "DateTime64(6, 'UTC')", "t.dateTime64(6, \"UTC\")" },
    { "DateTime('Europe/Berlin')", "t.dateTime(\"Europe/Berlin\")" },
    { "FixedString(16)", "t.fixedString(16)" },
    { "Tuple(a String)", NULL },
    { "Decimal32(2)", NULL },
    { "String(", NULL },
    { "Array()", NULL },
    { "DateTime64(x)", NULL },
    { "", NULL },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *type = barista_typescript_type (rows[i][0]);

      g_assert_cmpstr (type, ==, rows[i][1]);
    }
}

static void
test_reader (void)
{
  static const char text[] = "DESCRIPTION >\n    One line.\n\nNODE a\nSQL >\n    %\n    SELECT 1\n"
                             "        AS x\n\n    FROM t\n\nTYPE sink\nEXPORT_SCHEDULE 0 * * * *\n"
                             "KAFKA_SSL_CA_PEM >\n-----BEGIN CERTIFICATE-----\nMIIB\n"
                             "-----END CERTIFICATE-----\n";
  static const char *const wanted[][2] = {
    { "DESCRIPTION", "One line." },
    { "NODE", "a" },
    { "SQL", "%\nSELECT 1\n    AS x\n\nFROM t" },
    { "TYPE", "sink" },
    { "EXPORT_SCHEDULE", "0 * * * *" },
    { "KAFKA_SSL_CA_PEM", "-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----" },
  };
  g_autoptr (GPtrArray) entries = barista_datafile_read (text);

  g_assert_cmpuint (entries->len, ==, G_N_ELEMENTS (wanted));
  for (guint i = 0; i < entries->len; i++)
    {
      const BaristaDatafileEntry *entry = entries->pdata[i];

      g_assert_cmpstr (entry->command, ==, wanted[i][0]);
      g_assert_cmpstr (entry->value, ==, wanted[i][1]);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/typescript/quotes", test_quotes);
  g_test_add_func ("/typescript/templates", test_templates);
  g_test_add_func ("/typescript/values", test_values);
  g_test_add_func ("/typescript/identifiers", test_identifiers);
  g_test_add_func ("/typescript/types", test_types);
  g_test_add_func ("/typescript/reader", test_reader);

  return g_test_run ();
}
