/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "barista-sinks.h"

static void
test_parts (void)
{
  g_autoptr (GPtrArray) parts = barista_file_template_parse (
      "a/{user_id}_{timestamp, '%Y-%m-%d'}{ day ,\"%d\"}.{8}", NULL);
  static const BaristaTemplatePart expected[] = {
    { BARISTA_TEMPLATE_TEXT, (char *) "a/", NULL, 0 },
    { BARISTA_TEMPLATE_COLUMN, (char *) "user_id", NULL, 0 },
    { BARISTA_TEMPLATE_TEXT, (char *) "_", NULL, 0 },
    { BARISTA_TEMPLATE_COLUMN, (char *) "timestamp", (char *) "%Y-%m-%d", 0 },
    { BARISTA_TEMPLATE_COLUMN, (char *) "day", (char *) "%d", 0 },
    { BARISTA_TEMPLATE_TEXT, (char *) ".", NULL, 0 },
    { BARISTA_TEMPLATE_NUMBER, NULL, NULL, 8 },
  };
  g_autofree char *written = NULL;

  g_assert_nonnull (parts);
  g_assert_cmpuint (parts->len, ==, G_N_ELEMENTS (expected));
  for (guint i = 0; i < parts->len; i++)
    {
      const BaristaTemplatePart *part = parts->pdata[i];

      g_assert_cmpint (part->kind, ==, expected[i].kind);
      g_assert_cmpstr (part->text, ==, expected[i].text);
      g_assert_cmpstr (part->format, ==, expected[i].format);
      g_assert_cmpuint (part->number, ==, expected[i].number);
    }

  written = barista_file_template_write (parts);
  g_assert_cmpstr (written, ==, "a/{user_id}_{timestamp, '%Y-%m-%d'}{day, '%d'}.{8}");
}

static void
test_refused (void)
{
  static const char *const bad[] = {
    "",        "{",         "}",       "a{b",         "{}",      "{ }",
    "{a b}",   "{a}}",      "{{a}}",   "{0}",         "{10001}", "{99999999999999999999}",
    "{1a}",    "{a-b}",     "{a,}",    "{a,%Y}",      "{a,'%'}", "{a,'%Y}",
    "{a, ''}", "{a, '%é'}", "{größe}", "{a, '%Y' b}", "{,'%Y'}", "{a,'%Y','%m'}",
    "{a\nb}",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      g_autofree char *fault = NULL;
      g_autoptr (GPtrArray) parts = barista_file_template_parse (bad[i], &fault);

      if (parts != NULL)
        g_test_message ("taken: %s", bad[i]);
      g_assert_null (parts);
      g_assert_nonnull (fault);
    }
}

/* Any text ends well, and what is taken is written as something that is taken. */
static void
test_any_text (void)
{
  static const char pieces[][8] = {
    "{", "}", ",", "'", "%", "Y", "8", "date", " ", "\"", "é", "\\"
  };

  for (guint i = 0; i < 20000; i++)
    {
      g_autoptr (GString) text = g_string_new (NULL);
      g_autoptr (GPtrArray) parts = NULL;
      g_autofree char *fault = NULL;

      for (int n = g_test_rand_int_range (0, 12); n > 0; n--)
        g_string_append (text, pieces[g_test_rand_int_range (0, G_N_ELEMENTS (pieces))]);
      parts = barista_file_template_parse (text->str, &fault);
      g_assert_true ((parts == NULL) == (fault != NULL));
      if (parts != NULL)
        {
          g_autofree char *written = barista_file_template_write (parts);
          g_autoptr (GPtrArray) again = barista_file_template_parse (written, NULL);

          g_assert_nonnull (again);
          g_assert_cmpuint (again->len, ==, parts->len);
        }
    }
}

static void
test_names_of_times (void)
{
  static const char *const times[] = { "timestamp", "Date", "created_at", "event_time", "hour",
                                       "day",       "ts",   "order_date", "__timestamp" };
  static const char *const others[] = { "user_id", "format", "data", "status", "update", "stats" };

  for (gsize i = 0; i < G_N_ELEMENTS (times); i++)
    g_assert_true (barista_is_time_name (times[i]));
  for (gsize i = 0; i < G_N_ELEMENTS (others); i++)
    g_assert_false (barista_is_time_name (others[i]));
}

/* 2026-11-22 01:02:03 UTC */
#define RUN 1795309323

static void
test_example_key (void)
{
  static const struct
  {
    const char *bucket;
    const char *template;
    const char *format;
    const char *compression;
    const char *expected;
  } cases[] = {
    { "s3://my-bucket/exports/year={year}/month={month}/", "events_{date}", "csv", "gzip",
      "s3://my-bucket/exports/year=2026/month=11/events_2026-11-22.csv.gz" },
    { "s3://b-1/", "events_{date}.csv", "csv", "gz", "s3://b-1/events_2026-11-22.csv.gz" },
    { "s3://b-1", "/a/events_{created_at, '%d.%m.%y'}", "ndjson", NULL,
      "s3://b-1/a/events_22.11.26.ndjson" },
    { "s3://b-1/", "{user_id}_{8}_{time}", NULL, "none", "s3://b-1/<user_id>_1_01-02-03.csv" },
    { "s3://b-1/", "all", "parquet", "snappy", "s3://b-1/all.parquet" },
    { "s3://b-1/", "all.csv.gz", "csv", "gzip", "s3://b-1/all.csv.gz" },
    { "s3://b-1/", "odd{", "csv", "zstd", "s3://b-1/odd{.csv.zst" },
    { NULL, "all", "csv", NULL, NULL },
    { "s3://b-1/", NULL, "csv", NULL, NULL },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (BaristaSink) sink = barista_sink_new ("s");
      g_autofree char *key = NULL;

      g_object_set (sink, "bucket-uri", cases[i].bucket, "file-template", cases[i].template,
                    "format", cases[i].format, "compression", cases[i].compression, NULL);
      key = barista_sink_example_key (sink, RUN);
      g_assert_cmpstr (key, ==, cases[i].expected);
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/template/parts", test_parts);
  g_test_add_func ("/template/refused", test_refused);
  g_test_add_func ("/template/any", test_any_text);
  g_test_add_func ("/template/times", test_names_of_times);
  g_test_add_func ("/template/example", test_example_key);
  return g_test_run ();
}
