/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "barista-sql.h"

#include "barista-finding.h"

#include <string.h>

/* "db.name", with " final", " prewhere", " set"; a "?" in front of what isn't certain. */
static char *
tell_tables (const BaristaSql *sql)
{
  g_autoptr (GString) text = g_string_new (NULL);
  guint n;
  const BaristaSqlTable *tables = barista_sql_get_tables (sql, &n);

  for (guint i = 0; i < n; i++)
    g_string_append_printf (text, "%s%s%s%s%s%s%s%s", i > 0 ? ", " : "",
                            tables[i].certain ? "" : "?",
                            tables[i].database != NULL ? tables[i].database : "",
                            tables[i].database != NULL ? "." : "", tables[i].name,
                            tables[i].has_final ? " final" : "",
                            tables[i].prewhere ? " prewhere" : "", tables[i].is_set ? " set" : "");

  return g_string_free (g_steal_pointer (&text), FALSE);
}

/* Names; a "?" in front of what isn't certain, a "*" for a star. */
static char *
tell_columns (const BaristaSql *sql)
{
  g_autoptr (GString) text = g_string_new (NULL);
  guint n;
  const BaristaSqlColumn *columns = barista_sql_get_columns (sql, &n);

  for (guint i = 0; i < n; i++)
    g_string_append_printf (text, "%s%s%s", i > 0 ? "|" : "",
                            columns[i].certain || columns[i].is_star ? "" : "?",
                            columns[i].is_star ? "*" : columns[i].name);

  return g_string_free (g_steal_pointer (&text), FALSE);
}

/* The page of Tinybird's sinks; each reads events alone, and all is certain. */
static const struct
{
  const char *sql;
  const char *columns;
} page[] = {
  { "\n        SELECT timestamp, event_type, user_id, payload\n        FROM events\n"
    "        WHERE timestamp >= now() - interval 1 hour\n      ",
    "timestamp|event_type|user_id|payload" },
  { "\n        SELECT\n          toStartOfHour(timestamp) AS hour,\n          event_type,\n"
    "          count() AS event_count,\n          uniqExact(user_id) AS unique_users\n"
    "        FROM events\n        WHERE timestamp >= toStartOfHour(now()) - interval 1 hour\n"
    "          AND timestamp < toStartOfHour(now())\n        GROUP BY hour, event_type\n      ",
    "hour|event_type|event_count|unique_users" },
  { "\n        SELECT timestamp, session_id, event_type\n        FROM events\n"
    "        WHERE toDate(timestamp) = today() - 1\n      ",
    "timestamp|session_id|event_type" },
  { "\n        SELECT\n          toDate(timestamp) AS date,\n          event_type,\n"
    "          count() AS event_count,\n          uniqExact(user_id) AS unique_users,\n"
    "          avg(duration) AS avg_duration\n        FROM events\n"
    "        WHERE toDate(timestamp) = yesterday()\n        GROUP BY date, event_type\n"
    "        ORDER BY event_count DESC\n      ",
    "date|event_type|event_count|unique_users|avg_duration" },
  { "\n        SELECT\n          timestamp,\n          user_id,\n          event_type,\n"
    "          amount,\n          metadata\n        FROM events\n"
    "        WHERE timestamp >= now() - interval 5 minute\n          AND amount > 1000\n"
    "        ORDER BY timestamp\n      ",
    "timestamp|user_id|event_type|amount|metadata" },
  { "\n        SELECT *\n        FROM events\n        WHERE toDate(timestamp) = yesterday()\n"
    "        ORDER BY timestamp\n      ",
    "*" },
};

static void
test_page (void)
{
  const char *const names[] = { "events", NULL };

  for (guint i = 0; i < G_N_ELEMENTS (page); i++)
    {
      g_autoptr (BaristaSql) sql = barista_sql_new (page[i].sql, -1);
      g_autofree char *tables = tell_tables (sql);
      g_autofree char *columns = tell_columns (sql);
      g_autofree char *with_final = barista_sql_add_final (sql, names);

      g_assert_cmpstr (tables, ==, "events");
      g_assert_cmpstr (columns, ==, page[i].columns);
      g_assert_true (barista_sql_is_certain (sql));
      g_assert_cmpint (barista_sql_needs_final (sql, names), ==, BARISTA_SQL_YES);
      g_assert_nonnull (strstr (with_final, "FROM events FINAL\n"));
      g_assert_cmpuint (strlen (with_final), ==, strlen (page[i].sql) + strlen (" FINAL"));
    }
}

/* Tables, each as ClickHouse's own parser tells them; final and so on by its grammar. */
static const struct
{
  const char *sql;
  const char *tables;
} readings[] = {
  { "SELECT a FROM t", "t" },
  { "select a from t final", "t final" },
  { "SELECT a FROM t AS x FINAL", "t final" },
  { "SELECT a FROM t x FINAL SAMPLE 0.1", "t final" },
  { "SELECT a FROM d.t", "d.t" },
  { "SELECT a FROM `t x`, \"u\"\"v\", d.`w\\`w`", "t x, u\"v, d.w`w" },
  { "SELECT a FROM t, u v FINAL, w", "t, u final, w" },
  { "SELECT a FROM t AS final", "t" },
  { "SELECT a AS final, b AS from, c AS join FROM t", "t" },
  { "SELECT t.from, t.join FROM t", "t" },
  { "SELECT from FROM t", "t" },
  { "SELECT a IS NOT DISTINCT FROM b FROM t", "t" },
  { "FROM t SELECT a", "t" },
  { "SELECT a FROM 123t", "123t" },
  /* Joins. */
  { "SELECT a FROM t FINAL JOIN u FINAL USING x", "t final, u final" },
  { "SELECT a FROM t x LEFT ANY JOIN u y ON x.a = y.a, w", "t, u, w" },
  { "SELECT a FROM t JOIN u ON t.x IN [1, 2] AND t.y = 3", "t, u" },
  { "SELECT a FROM t JOIN u USING x, y", "t, u" },
  { "SELECT a FROM t JOIN u USING (x, y), v", "t, u, v" },
  { "SELECT a FROM t ASOF LEFT JOIN u USING (x, y)", "t, u" },
  { "SELECT a FROM t GLOBAL INNER JOIN (SELECT b FROM u) AS v ON 1", "t, u" },
  { "SELECT a FROM t ARRAY JOIN x AS y, z", "t" },
  { "SELECT a FROM t LEFT ARRAY JOIN b JOIN u ON 1", "t, u" },
  /* Subqueries. */
  { "SELECT a FROM (SELECT b FROM t FINAL)", "t final" },
  { "SELECT a FROM ((SELECT b FROM t) UNION ALL (SELECT c FROM u)) FINAL", "t, u" },
  { "(SELECT a FROM t) UNION ALL (SELECT b FROM u)", "t, u" },
  { "SELECT a FROM t UNION ALL SELECT * FROM u EXCEPT SELECT * FROM w", "t, u, w" },
  { "SELECT (SELECT max(x) FROM u), exists(SELECT 1 FROM w) FROM t WHERE a IN (SELECT b FROM v)",
    "u, w, t, v" },
  { "SELECT a FROM t WHERE b GLOBAL NOT IN (SELECT 1 FROM v)", "t, v" },
  { "SELECT a FROM t WHERE b IN u AND c IN (1, 2) AND d IN tuple(3)", "t, ?u set" },
  { "SELECT countIf(x IN u), y IN d.v FROM t", "?u set, ?d.v set, t" },
  /* WITH. */
  { "WITH c AS (SELECT a FROM t) SELECT * FROM c", "t" },
  { "WITH c AS (SELECT a FROM t), e AS (SELECT * FROM c, u) SELECT * FROM e JOIN c USING a",
    "t, u" },
  /* ClickHouse sees c there, the vendor's list of tables doesn't. */
  { "WITH c AS (SELECT 1) SELECT * FROM c UNION ALL SELECT * FROM c", "?c" },
  { "WITH t AS (SELECT * FROM t) SELECT * FROM t", "t" },
  { "WITH c AS (SELECT 1) SELECT * FROM d.c, C", "d.c, C" },
  { "WITH 1 AS c SELECT * FROM c", "c" },
  { "WITH (SELECT max(x) FROM m) AS k, toDate(now()) AS d SELECT k FROM t", "m, t" },
  { "WITH RECURSIVE r AS (SELECT 1 UNION ALL SELECT * FROM r, t) SELECT * FROM r", "t" },
  { "SELECT a FROM (WITH c AS (SELECT 1 FROM t) SELECT * FROM c), c", "t, c" },
  { "WITH c AS (SELECT 1) SELECT a FROM (SELECT * FROM c)", "" },
  /* FROM that is none. */
  { "SELECT extract(day FROM d), trim(BOTH 'x' FROM y), substring(s FROM 2 FOR 3) FROM t", "t" },
  { "SELECT 'FROM x', `FROM y`, \"FROM z\" FROM t", "t" },
  { "SELECT 'it''s FROM x', 'a\\' FROM y' FROM t", "t" },
  { "SELECT 1 -- FROM x\n, 2 /* FROM y -- */ FROM t # FROM z\n// FROM w", "t" },
  { "SELECT $$ FROM x ' $$, $a$ FROM $$ y $a$ FROM t", "t" },
  { "SELECT \xe2\x80\x98it's FROM x\xe2\x80\x99 FROM t", "t" },
  { "SELECT\xc2\xa0"
    "1 FROM\xc2\xa0t",
    "t" },
  { "SELECT 1e-5, 0x1F, 5-3, t.1.2 FROM t", "t" },
  /* Functions that stand for tables. */
  { "SELECT number FROM numbers(10)", "" },
  { "SELECT number FROM numbers(10) AS n, t", "t" },
  /* PREWHERE belongs to its own SELECT. */
  { "SELECT a FROM t FINAL PREWHERE b WHERE c", "t final prewhere" },
  { "SELECT a FROM (SELECT b FROM u FINAL) PREWHERE c", "u final" },
  { "SELECT a FROM t PREWHERE b IN (SELECT c FROM u) UNION ALL SELECT d FROM v",
    "t prewhere, u, v" },
  /* The rest of a statement. */
  { "SELECT a FROM t GROUP BY a, b HAVING c ORDER BY d, e LIMIT 1, 2 SETTINGS x = 1, y = 2", "t" },
  { "SELECT sum(a) OVER w FROM t WINDOW w AS (PARTITION BY b)", "t" },
  { "SELECT a FROM t;", "t" },
  { "SELECT a FROM t FORMAT JSON", "t" },
  /* Templates. */
  { "%\nSELECT a FROM t WHERE b = {{String(b, 'FROM x')}}", "t" },
  { "%\nSELECT a FROM t {% if defined(b) %} WHERE b = {{ Int32(b) }} {% else %} WHERE 1 {% end %}",
    "t" },
  { "%\nSELECT a {# FROM x #} FROM t", "t" },
  { "%\nSELECT '{{ String(x, \"it's\") }}' FROM t", "t" },
  { "%\nSELECT a FROM {% if defined(b) %} t {% else %} u {% end %}", "?t" },
  { "%\nSELECT a FROM t {% if defined(b) %} JOIN u USING x {% end %} WHERE 1", "t, ?u" },
  { "%\nSELECT a FROM {{ table }} JOIN u ON 1", "u" },
  { "%\nSELECT a FROM events_{{ suffix }} FINAL", "?events_" },
};

static void
test_readings (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (readings); i++)
    {
      g_autoptr (BaristaSql) sql = barista_sql_new (readings[i].sql, -1);
      g_autofree char *tables = tell_tables (sql);
      g_autofree char *shown = g_strescape (readings[i].sql, NULL);

      g_test_message ("%s", shown);
      g_assert_cmpstr (tables, ==, readings[i].tables);
    }
}

static const char *const uncertain[] = {
  "",
  "   ",
  "-- nothing",
  "INSERT INTO t SELECT 1 FROM u",
  "DROP TABLE t",
  "SELECT 1 FROM t; SELECT 2 FROM u",
  "SELECT 'a FROM t",
  "SELECT `a FROM t",
  "SELECT 1 /* FROM t",
  "SELECT $a$ FROM t",
  "SELECT (1 FROM t",
  "SELECT 1) FROM t",
  "SELECT 1 FROM {p:Identifier}",
  "SELECT 1 FROM merge('d', 'x')",
  "SELECT joinGet('j', 'v', 1) FROM t",
  "SELECT 1 FROM t WHERE x IN u",
  "SELECT 1 FROM where",
  "SELECT {{ x }} FROM t",
  "SELECT 1 {% if x %} FROM t {% end %}",
  "%\nSELECT 1 {% if x FROM t",
  "%\nSELECT 1 {% if x %} FROM t",
  "%\nSELECT 1 FROM {{ t }}",
  "%\nSELECT 1 FROM t_{{ x }}",
  "%\nSELECT 1 FROM {{ x }}_t",
  "%\nSELECT 1 FROM `t_{{ x }}`",
  "%\n{% if x %} SELECT 1 FROM t {% else %} SELECT 2 FROM u {% end %}",
};

static void
test_uncertain (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (uncertain); i++)
    {
      g_autoptr (BaristaSql) sql = barista_sql_new (uncertain[i], -1);

      g_test_message ("%s", uncertain[i]);
      g_assert_false (barista_sql_is_certain (sql));
      g_assert_cmpint (barista_sql_gives_column (sql, "nobody"), !=, BARISTA_SQL_YES);
    }
}

static const struct
{
  const char *sql;
  const char *columns;
} lists[] = {
  { "SELECT a, b.c, `d e`, \"f\" FROM t", "a|?c|d e|f" },
  { "SELECT DISTINCT a, count() AS n FROM t", "a|n" },
  { "SELECT count() n, x y, (1 + 2) z, [1, 2] w, 'a' v FROM t", "n|y|z|w|v" },
  { "SELECT count(), a + b, a AND b, NOT a, CASE WHEN a THEN b END FROM t",
    "?count()|?a + b|?a AND b|?NOT a|?CASE WHEN a THEN b END" },
  { "SELECT now() - interval 1 hour, now() - interval 1 hour AS then FROM t",
    "?now() - interval 1 hour|then" },
  { "SELECT *, t.*, * EXCEPT (a), COLUMNS('x'), a * b, a * b AS c FROM t", "*|*|*|*|?a * b|c" },
  { "SELECT if(a, b, c) AS d, tuple(e, f) AS g FROM t", "d|g" },
  { "SELECT (SELECT x, y FROM u) AS z FROM t", "z" },
  { "SELECT a, format FROM t", "a|format" },
  { "SELECT 1 AS a, 2 AS b", "a|b" },
  { "SELECT 1 AS a UNION ALL SELECT 2 AS b", "a" },
  { "SELECT 1 AS a WHERE 1 UNION ALL SELECT 2 AS b FROM t", "a" },
  { "FROM t SELECT a, b WHERE c", "a|b" },
  { "WITH c AS (SELECT x FROM t) SELECT a FROM c", "a" },
  { "SELECT a, FROM t", "a" },
  { "(SELECT a FROM t)", "" },
  { "%\nSELECT a, {{columns('b,c')}}, {{x}} AS d {% if y %}, e {% end %} FROM t",
    "a|?{{columns('b,c')}}|d|?e" },
};

static void
test_columns (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (lists); i++)
    {
      g_autoptr (BaristaSql) sql = barista_sql_new (lists[i].sql, -1);
      g_autofree char *columns = tell_columns (sql);

      g_test_message ("%s", lists[i].sql);
      g_assert_cmpstr (columns, ==, lists[i].columns);
    }
}

static void
test_answers (void)
{
  const char *const names[] = { "t", NULL };
  g_autoptr (BaristaSql) plain = barista_sql_new ("SELECT a, b.c FROM t", -1);
  g_autoptr (BaristaSql) star = barista_sql_new ("SELECT a, * FROM t FINAL", -1);
  g_autoptr (BaristaSql) set = barista_sql_new ("SELECT a FROM u WHERE x IN t", -1);
  g_autoptr (BaristaSql) setting = barista_sql_new ("SELECT a FROM t SETTINGS x = 2, final = 1",
                                                    -1);

  g_assert_cmpint (barista_sql_gives_column (plain, "a"), ==, BARISTA_SQL_YES);
  g_assert_cmpint (barista_sql_gives_column (plain, "c"), ==, BARISTA_SQL_UNKNOWN);
  g_assert_cmpint (barista_sql_gives_column (plain, "d"), ==, BARISTA_SQL_NO);
  g_assert_cmpint (barista_sql_gives_column (star, "a"), ==, BARISTA_SQL_YES);
  g_assert_cmpint (barista_sql_gives_column (star, "d"), ==, BARISTA_SQL_UNKNOWN);
  g_assert_cmpint (barista_sql_reads_table (plain, "t"), ==, BARISTA_SQL_YES);
  g_assert_cmpint (barista_sql_reads_table (plain, "u"), ==, BARISTA_SQL_NO);
  g_assert_cmpint (barista_sql_reads_table (set, "t"), ==, BARISTA_SQL_UNKNOWN);
  g_assert_cmpint (barista_sql_needs_final (plain, names), ==, BARISTA_SQL_YES);
  g_assert_cmpint (barista_sql_needs_final (star, names), ==, BARISTA_SQL_NO);
  g_assert_cmpint (barista_sql_needs_final (set, names), ==, BARISTA_SQL_UNKNOWN);
  g_assert_cmpint (barista_sql_needs_final (setting, names), ==, BARISTA_SQL_NO);
  g_assert_true (barista_sql_sets_final (setting));
}

static const struct
{
  const char *sql;
  const char *with_final;
} edits[] = {
  { "SELECT a FROM t", "SELECT a FROM t FINAL" },
  { "SELECT a FROM t FINAL", "SELECT a FROM t FINAL" },
  { "SELECT a FROM t AS x WHERE 1", "SELECT a FROM t AS x FINAL WHERE 1" },
  { "SELECT a FROM t x, u, t", "SELECT a FROM t x FINAL, u, t FINAL" },
  { "SELECT a FROM (SELECT b FROM t)", "SELECT a FROM (SELECT b FROM t FINAL)" },
  { "SELECT a FROM u JOIN `t` ON 1", "SELECT a FROM u JOIN `t` FINAL ON 1" },
  { "SELECT a FROM t--x\nWHERE 1", "SELECT a FROM t FINAL--x\nWHERE 1" },
  { "SELECT a FROM d.t, u", "SELECT a FROM d.t, u" },
  { "SELECT a FROM u WHERE b IN t", "SELECT a FROM u WHERE b IN t" },
  { "WITH t AS (SELECT 1 FROM u) SELECT a FROM t", "WITH t AS (SELECT 1 FROM u) SELECT a FROM t" },
  { "%\nSELECT a FROM t{{ x }}, u AS t{{ x }}", "%\nSELECT a FROM t{{ x }}, u AS t{{ x }}" },
  { "SELECT a FROM`t`WHERE 1", "SELECT a FROM`t` FINAL WHERE 1" },
  { "SELECT a FROM t x, t y", "SELECT a FROM t x FINAL, t y FINAL" },
  { "%\nSELECT a FROM t {% if x %} WHERE 1 {% end %}",
    "%\nSELECT a FROM t FINAL {% if x %} WHERE 1 {% end %}" },
};

static void
test_edits (void)
{
  const char *const names[] = { "t", NULL };

  for (guint i = 0; i < G_N_ELEMENTS (edits); i++)
    {
      g_autoptr (BaristaSql) sql = barista_sql_new (edits[i].sql, -1);
      g_autofree char *with_final = barista_sql_add_final (sql, names);

      g_assert_cmpstr (with_final, ==, edits[i].with_final);
    }
}

static const struct
{
  const char *sql;
  const char *rules;
} lints[] = {
  { "SELECT a FROM u", "" },
  { "SELECT a FROM t FINAL", "" },
  { "SELECT a FROM t", "sql-final-missing" },
  { "SELECT a FROM u WHERE b IN t", "sql-final-missing" },
  { "SELECT a FROM t FINAL PREWHERE b", "sql-prewhere-final" },
  { "SELECT a FROM u FINAL PREWHERE b", "sql-prewhere-final" },
  { "SELECT a FROM u PREWHERE b", "" },
  { "SELECT a FROM t PREWHERE b", "sql-prewhere-final sql-final-missing" },
  { "SELECT a FROM u\nWHERE 'x", "sql-uncertain" },
};

static void
test_lints (void)
{
  const char *const merging[] = { "t", NULL };

  for (guint i = 0; i < G_N_ELEMENTS (lints); i++)
    {
      g_autoptr (BaristaSql) sql = barista_sql_new (lints[i].sql, -1);
      g_autoptr (GPtrArray) findings = g_ptr_array_new_with_free_func (
          (GDestroyNotify) barista_finding_free);
      g_autoptr (GString) rules = g_string_new (NULL);

      barista_sql_lint (sql, merging, NULL, findings);
      for (guint j = 0; j < findings->len; j++)
        {
          BaristaFinding *finding = g_ptr_array_index (findings, j);

          g_string_append_printf (rules, "%s%s", j > 0 ? " " : "", finding->rule);
          if (g_str_equal (finding->rule, "sql-uncertain"))
            g_assert_nonnull (strstr (finding->message, "line 2: a quote is not closed"));
        }
      g_test_message ("%s", lints[i].sql);
      g_assert_cmpstr (rules->str, ==, lints[i].rules);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/sql/page", test_page);
  g_test_add_func ("/sql/readings", test_readings);
  g_test_add_func ("/sql/uncertain", test_uncertain);
  g_test_add_func ("/sql/columns", test_columns);
  g_test_add_func ("/sql/answers", test_answers);
  g_test_add_func ("/sql/edits", test_edits);
  g_test_add_func ("/sql/lints", test_lints);
  return g_test_run ();
}
