/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "barista-sql.h"

#include <string.h>

#define MEBIBYTE (1024 * 1024)

/* @start once, then @part as often as fits into a mebibyte. */
static BaristaSql *
read_repeated (const char *start, const char *part)
{
  g_autoptr (GString) text = g_string_new (start);

  while (text->len + strlen (part) <= MEBIBYTE)
    g_string_append (text, part);

  return barista_sql_new (text->str, (gssize) text->len);
}

/* Each would take minutes if reading were not linear, or end in a stack that is too deep. */
static const struct
{
  const char *start;
  const char *part;
} floods[] = {
  { "SELECT ", "(" },
  { "SELECT ", "(SELECT " },
  { "", "(" },
  { "SELECT 1 FROM ", "(SELECT 1 FROM " },
  { "SELECT 1 ", "as " },
  { "SELECT ", "$a" },
  { "SELECT ", "$a$ " },
  { "SELECT $", "aaaaaaaaaaaaaaaa" },
  { "SELECT ", "'' " },
  { "SELECT ", "\\'" },
  { "SELECT ", "/*" },
  { "SELECT ", "/**/" },
  { "SELECT ", "--\n" },
  { "%", "{{" },
  { "%", "{% if %}" },
  { "%", "{{!" },
  { "%", "{# #}" },
  { "%'", "{{x}}" },
  { "SELECT 1 FROM t", ", t" },
  { "SELECT ", "a," },
  { "SELECT 1 FROM a", ".a" },
  { "SELECT 1 WHERE ", "x IN y AND " },
  { "WITH a AS (SELECT 1)", ", a AS (SELECT 1 FROM b)" },
  { "SELECT ", ") " },
  { "SELECT 1;", ";" },
  { "SELECT 1", "e-" },
  { "SELECT ", "1." },
  { "SELECT 1 ", "UNION ALL SELECT 1 FROM t PREWHERE x " },
};

static void
test_floods (void)
{
  const char *const names[] = { "t", "b", NULL };

  for (guint i = 0; i < G_N_ELEMENTS (floods); i++)
    {
      gint64 before = g_get_monotonic_time ();
      g_autoptr (BaristaSql) sql = read_repeated (floods[i].start, floods[i].part);
      g_autofree char *with_final = barista_sql_add_final (sql, names);

      g_test_message ("%s: %.1f s", floods[i].part,
                      (double) (g_get_monotonic_time () - before) / G_USEC_PER_SEC);
      g_assert_cmpint (g_get_monotonic_time () - before, <, 30 * G_USEC_PER_SEC);
    }
}

static void
test_too_long (void)
{
  g_autofree char *text = g_strnfill (BARISTA_SQL_LENGTH_MAX + 1, 'a');
  g_autoptr (BaristaSql) sql = barista_sql_new (text, -1);
  guint n;

  g_assert_false (barista_sql_is_certain (sql));
  barista_sql_get_tables (sql, &n);
  g_assert_cmpuint (n, ==, 0);
}

static void
test_depth (void)
{
  g_autoptr (GString) text = g_string_new ("SELECT 1 FROM t WHERE ");

  for (guint i = 0; i < BARISTA_SQL_DEPTH_MAX; i++)
    g_string_append_c (text, '(');
  for (guint i = 0; i < BARISTA_SQL_DEPTH_MAX; i++)
    g_string_append_c (text, ')');

  {
    g_autoptr (BaristaSql) fits = barista_sql_new (text->str, -1);
    g_autofree char *deeper = g_strdup_printf ("SELECT (%s)", text->str);
    g_autoptr (BaristaSql) too_deep = barista_sql_new (deeper, -1);

    g_assert_true (barista_sql_is_certain (fits));
    g_assert_false (barista_sql_is_certain (too_deep));
  }
}

/* Any cut of a statement can be read, and only the whole one is sure to be right. */
static void
test_cuts (void)
{
  static const char text[] = "%\nWITH c AS (SELECT 'a''b\\'', `d` FROM \"t\" AS x FINAL) /* y */\n"
                             "SELECT $h$ i $h$, {{ String(j) }} FROM c {% if k %} JOIN l.m USING n "
                             "{% end %} -- o\nWHERE p IN (SELECT q FROM r) SETTINGS final = 1";

  for (gsize length = 0; length < sizeof text; length++)
    {
      g_autofree char *copy = g_memdup2 (text, length);
      g_autoptr (BaristaSql) sql = barista_sql_new (length > 0 ? copy : "", (gssize) length);
      guint n;

      barista_sql_get_tables (sql, &n);
      g_assert_cmpuint (n, <=, 3);
    }
}

static void
test_bytes (void)
{
  g_autoptr (BaristaSql) nul = barista_sql_new ("SELECT 1\0 FROM t", 16);
  g_autoptr (BaristaSql) broken = barista_sql_new ("SELECT \xff AS \xfe FROM t\xc3", -1);
  guint n;
  const BaristaSqlTable *tables = barista_sql_get_tables (broken, &n);

  g_assert_false (barista_sql_is_certain (nul));
  g_assert_cmpuint (n, ==, 1);
  g_assert_true (g_utf8_validate (tables[0].name, -1, NULL));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/sql/floods", test_floods);
  g_test_add_func ("/sql/too-long", test_too_long);
  g_test_add_func ("/sql/depth", test_depth);
  g_test_add_func ("/sql/cuts", test_cuts);
  g_test_add_func ("/sql/bytes", test_bytes);
  return g_test_run ();
}
