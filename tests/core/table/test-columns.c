/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "barista-column-type.h"
#include "barista-columns.h"
#include "barista-engine.h"
#include "barista-expression.h"
#include "table-fixture.h"

/* What each Avro schema becomes: tinybird.md 7. */
static const struct
{
  const char *avro;
  const char *type; /* NULL: left out */
  const char *path;
} shapes[] = {
  { "'boolean'", "Bool", "$.f" },
  { "'int'", "Int32", "$.f" },
  { "'long'", "Int64", "$.f" },
  { "'float'", "Float32", "$.f" },
  { "'double'", "Float64", "$.f" },
  { "'string'", "String", "$.f" },
  { "'bytes'", "String", "$.f" },
  { "'null'", NULL, "$.f" },
  { "['null','long']", "Nullable(Int64)", "$.f" },
  { "['long','null']", "Nullable(Int64)", "$.f" },
  { "['long']", "Int64", "$.f" },
  { "['long','string']", "String", "$.f" },
  { "['long','null','string']", "Nullable(String)", "$.f" },
  { "{'type':'int','logicalType':'date'}", "Date32", "$.f" },
  { "{'type':'long','logicalType':'timestamp-millis'}", "DateTime64(3)", "$.f" },
  { "{'type':'long','logicalType':'timestamp-micros'}", "DateTime64(6)", "$.f" },
  { "[{'type':'long','logicalType':'timestamp-micros'},'null']", "Nullable(DateTime64(6))", "$.f" },
  { "{'type':'long','logicalType':'made-up'}", "Int64", "$.f" },
  { "{'type':'string','logicalType':'uuid'}", "UUID", "$.f" },
  { "{'type':'bytes','logicalType':'decimal','precision':12,'scale':2}", "Decimal(12, 2)", "$.f" },
  { "{'type':'bytes','logicalType':'decimal','precision':100,'scale':2}", "String", "$.f" },
  { "{'type':'fixed','name':'d','size':12,'logicalType':'duration'}", "String", "$.f" },
  { "{'type':'enum','name':'e','symbols':['a','b']}", "LowCardinality(String)", "$.f" },
  { "[{'type':'enum','name':'e','symbols':['a']},'null']", "LowCardinality(Nullable(String))",
    "$.f" },
  { "{'type':'map','values':'long'}", "String", "$.f" },
  { "{'type':'array','items':'double'}", "Array(Float64)", "$.f[:]" },
  { "{'type':'array','items':['string','null']}", "Array(Nullable(String))", "$.f[:]" },
  { "{'type':'array','items':{'type':'enum','name':'e','symbols':['a']}}",
    "Array(LowCardinality(String))", "$.f[:]" },
  { "{'type':'array','items':{'type':'array','items':'long'}}", "String", "$.f" },
  { "{'type':'array','items':['long','string']}", "String", "$.f" },
  { "{'type':'array','items':{'type':'record','name':'r','fields':[{'name':'x','type':'long'}]}}",
    "String", "$.f" },
  { "{'type':'record','name':'RawJSON','namespace':'root.f','fields':[{'name':'json','type':"
    "'string'}]}",
    "String", "$.f.json" },
  { "[{'type':'record','name':'RawJSON','namespace':'root.f','fields':[{'name':'json','type':"
    "'string'}]},'null']",
    "Nullable(String)", "$.f.json" },
  { "{'type':'record','name':'empty','fields':[]}", NULL, "$.f" },
};

static void
test_shapes (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (shapes); i++)
    {
      g_autofree char *value = g_strdup_printf (VALUE ("{'name':'f','type':%s}"), shapes[i].avro);
      g_autoptr (BaristaTable) table = fixture_new (SETUP (TASK ("kafka"), ",'deletions':'none'"),
                                                    NULL, value);
      const BaristaColumn *column = barista_table_find_column (table, "f");

      g_test_message ("%s", shapes[i].avro);
      g_assert_nonnull (column);
      g_assert_cmpstr (column->path, ==, shapes[i].path);
      g_assert_cmpint (column->included, ==, shapes[i].type != NULL);
      if (shapes[i].type != NULL)
        g_assert_cmpstr (column->type, ==, shapes[i].type);
      g_assert_cmpint (column->nullable, ==, barista_column_type_is_nullable (column->type));
      g_assert_cmpstr (column->reason, !=, "");
    }
}

static void
test_flattens_records (void)
{
  g_autoptr (BaristaTable) table = fixture_new (
      SETUP (TASK ("kafka"), ",'deletions':'none'"), NULL,
      VALUE (FIELD ("buyer",
                    "[{'type':'record','name':'b','fields':[{'name':'city','type':'string'},"
                    "{'name':'geo','type':{'type':'record','name':'g','fields':["
                    "{'name':'lat','type':'double'}]}}]},'null']")));

  fixture_assert_column (table, "buyer_city", "Nullable(String)", "$.buyer.city");
  fixture_assert_column (table, "buyer_geo_lat", "Nullable(Float64)", "$.buyer.geo.lat");
}

/* The document's own field keeps its name beside a nested one that flattens to it. */
static void
test_collisions (void)
{
  g_autoptr (BaristaTable) table = fixture_new (
      SETUP (TASK ("kafka"), ",'deletions':'none'"), NULL,
      VALUE (
          FIELD ("a", "{'type':'record','name':'r','fields':[{'name':'b','type':'long'}]}") "," FIELD (
              "a_b", "'string'") "," FIELD ("__offset", "'long'")));

  fixture_assert_column (table, "a_b", "String", "$.a_b");
  fixture_assert_column (table, "a_b_2", "Int64", "$.a.b");
  fixture_assert_column (table, "__offset_2", "Int64", "$.__offset");
  g_assert_nonnull (fixture_finding (barista_table_get_findings (table), "column-renamed"));
}

static void
test_recursion_ends (void)
{
  g_autoptr (BaristaTable) table = fixture_new (
      SETUP (TASK ("kafka"), ",'deletions':'none'"), NULL,
      VALUE (FIELD ("tree", "{'type':'record','name':'node','fields':[{'name':'id','type':'long'},"
                            "{'name':'next','type':['null','node']}]}")));

  fixture_assert_column (table, "tree_id", "Int64", "$.tree.id");
  fixture_assert_column (table, "tree_next", "Nullable(String)", "$.tree.next");
  g_assert_nonnull (fixture_finding (barista_table_get_findings (table), "schema-unsupported"));
}

static char *
wide_schema (guint n)
{
  GString *text = g_string_new ("{'type':'record','name':'root','fields':[");

  g_string_append (text, FIELD ("_id", "'string'"));
  for (guint i = 0; i < n; i++)
    g_string_append_printf (text, ",{'name':'f%u','type':'string'}", i);
  g_string_append (text, "," FIELD ("_is_deleted", "'long'") "]}");
  return g_string_free (text, FALSE);
}

static guint
count_included (BaristaTable *table)
{
  GPtrArray *columns = barista_table_get_columns (table);
  guint n = 0;

  for (guint i = 0; i < columns->len; i++)
    n += ((BaristaColumn *) columns->pdata[i])->included != FALSE;
  return n;
}

static void
test_limit (void)
{
  g_autofree char *value = wide_schema (5000);
  g_autoptr (BaristaTable) table = fixture_new (SETUP (TASK ("cdc"), ""), KEY_STRING, value);

  g_assert_cmpuint (barista_table_get_columns (table)->len, ==, 5003);
  g_assert_cmpuint (count_included (table), ==, BARISTA_MAX_COLUMNS);
  fixture_assert_column (table, "_is_deleted", "UInt8", "$._is_deleted");
  fixture_assert_column (table, "__offset", "Int64", NULL);
  g_assert_false (barista_table_find_column (table, "f4999")->included);
  g_assert_nonnull (fixture_finding (barista_table_get_findings (table), "too-many-columns"));
}

/* More places than anybody reads: the list is cut, and says so. */
static void
test_listing_is_bounded (void)
{
  g_autofree char *value = wide_schema (BARISTA_MAX_LISTED + 5000);
  g_autoptr (BaristaTable) table = fixture_new (SETUP (TASK ("kafka"), ""), KEY_STRING, value);

  g_assert_cmpuint (barista_table_get_columns (table)->len, <, BARISTA_MAX_LISTED + 10);
  g_assert_cmpuint (count_included (table), ==, BARISTA_MAX_COLUMNS);
  g_assert_nonnull (fixture_finding (barista_table_get_findings (table), "too-many-columns"));
}

static void
test_types (void)
{
  static const char *const good[] = {
    "String",
    "Nullable(Decimal(10, 2))",
    "Array(Array(Nullable(Int8)))",
    "FixedString(3)",
    "LowCardinality(Nullable(String))",
    "DateTime('Europe/Madrid')",
    "DateTime64(3, 'UTC')",
    "Map(String, Array(Int64))",
  };
  static const char *const bad[] = {
    "",
    "Banana",
    "Nullable(Array(String))",
    "Array()",
    "Array(String",
    "String)",
    "Nullable()",
    "LowCardinality(Array(String))",
    "Nullable(LowCardinality(String))",
    "DateTime64",
    "Int",
    "Array(Array(Array(Array(Array(Array(Array(Array(Array(Array(Array(Array(Array(Array(Array("
    "Array(Array(String)))))))))))))))))",
    "String; DROP",
    "DateTime('a\\'b')",
  };

  for (guint i = 0; i < G_N_ELEMENTS (good); i++)
    {
      g_autofree char *problem = barista_column_type_problem (good[i]);

      g_assert_cmpstr (problem, ==, NULL);
    }
  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      g_autofree char *problem = barista_column_type_problem (bad[i]);

      g_test_message ("%s", bad[i]);
      g_assert_nonnull (problem);
    }
}

static void
test_identifiers (void)
{
  g_autoptr (GPtrArray) found = barista_expression_identifiers (
      "a, toDate(`b c`), \"d\" + INTERVAL 90 DAY, 'not, me', cityHash64(e, 5) % 1e3");
  g_autofree char *joined = NULL;

  g_ptr_array_add (found, NULL);
  joined = g_strjoinv ("|", (char **) found->pdata);
  g_assert_cmpstr (joined, ==, "a|b c|d|INTERVAL|DAY|e");
}

/* ClickHouse takes the first ones and refuses the others. */
static void
test_expressions (void)
{
  static const char *const good[] = {
    "__key",
    "a, b",
    "`a,b`, \"c d\"",
    "tuple()",
    "toDate(a) - 1, -b",
    "cityHash64(a, 5) % 10",
    "a + INTERVAL 90 DAY",
    "a + toIntervalDay(30) DELETE WHERE b != 'it''s' AND c >= 1.5",
    "if(a = 1, [1, 2], b.c)",
  };
  static const char *const bad[] = { "a b",    "a,",    ", a",        "(a",        "a)",
                                     "a]",     "*",     "a +",        "'a",        "`a",
                                     "a -- b", "\\",    "a; b",       "a /* b */", "é",
                                     "a, (b]", "a # b", "'; DROP --", "%",         "f(, 1)" };

  for (guint i = 0; i < G_N_ELEMENTS (good); i++)
    g_assert_cmpstr (barista_expression_problem (good[i]), ==, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      g_test_message ("%s", bad[i]);
      g_assert_cmpstr (barista_expression_problem (bad[i]), !=, NULL);
    }
}

/* A profile always has a version; a project that is read may not. */
static void
test_marker_without_version (void)
{
  BaristaEngine engine = { .name = (char *) "ReplacingMergeTree",
                           .sorting_key = (char *) "__key",
                           .is_deleted = (char *) "_is_deleted" };
  g_autoptr (GPtrArray) columns = g_ptr_array_new_with_free_func (
      (GDestroyNotify) barista_column_free);
  g_autoptr (GPtrArray) findings = g_ptr_array_new_with_free_func (
      (GDestroyNotify) barista_finding_free);

  g_ptr_array_add (columns, barista_column_new ("__key", "String", NULL, BARISTA_COLUMN_META));
  g_ptr_array_add (columns, barista_column_new ("_is_deleted", "UInt8", "$._is_deleted",
                                                BARISTA_COLUMN_MARKER));
  barista_engine_lint (&engine, columns, "x.datasource", findings);
  g_assert_cmpuint (findings->len, ==, 1);
  g_assert_nonnull (fixture_finding (findings, "is-deleted-without-version"));
}

/* Each of these loses rows or is refused late: tinybird.md 0.1. */
static const struct
{
  const char *engine;
  const char *rule;
} faults[] = {
  { "'sorting_key':'nope'", "key-column-missing" },
  { "'sorting_key':'note'", "key-nullable" },
  { "'sorting_key':'assumeNotNull(note)'", "key-nullable" },
  { "'sorting_key':'tuple()'", "key-empty" },
  { "'sorting_key':'_id, _id'", "key-duplicate" },
  { "'sorting_key':'_id','version':'_id'", "version-in-key" },
  { "'version':'note'", "version-type" },
  { "'version':'nope'", "version-column-missing" },
  { "'version':'size'", "version-not-monotonic" },
  { "'is_deleted':'size'", "is-deleted-type" },
  { "'partition_key':'toYYYYMM(__timestamp)'", "partition-outside-key" },
  { "'partition_key':'note'", "partition-nullable" },
  { "'partition_key':'nope'", "partition-column-missing" },
  { "'partition_key':'1'", "partition-constant" },
  { "'sorting_key':'1 + 2'", "key-constant" },
  { "'sorting_key':'_id note'", "engine-expression" },
  { "'version':'__timestamp'", "version-coarse" },
  { "'is_deleted':'nope'", "is-deleted-column-missing" },
  { "'is_deleted':'__offset'", "is-deleted-is-version" },
  { "'ttl':'note + INTERVAL 1 DAY'", "ttl-nullable" },
  { "'ttl':'INTERVAL 1 DAY'", "ttl-constant" },
  { "'ttl':'now('", "engine-expression" },
  { "'ttl':'nope + INTERVAL 1 DAY'", "ttl-column-missing" },
  { "'name':'BananaTree'", "engine-unknown" },
  { "'name':'CollapsingMergeTree'", "engine-incomplete" },
};

static void
test_engine_lints (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (faults); i++)
    {
      g_autofree char *setup = g_strdup_printf (
          SETUP (TASK ("cdc"), ",'columns':[{'path':'$.size','type':'Int64'}],'engine':{%s}"),
          faults[i].engine);
      g_autoptr (BaristaTable) table = fixture_new (
          setup, KEY_STRING,
          VALUE (FIELD ("_id", "'string'") "," FIELD ("note", "'string'") "," FIELD (
              "size", "'long'") "," FIELD ("_is_deleted", "'long'")));

      g_test_message ("%s", faults[i].engine);
      g_assert_nonnull (fixture_finding (barista_table_get_findings (table), faults[i].rule));
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/columns/shapes", test_shapes);
  g_test_add_func ("/columns/flatten", test_flattens_records);
  g_test_add_func ("/columns/collisions", test_collisions);
  g_test_add_func ("/columns/recursion", test_recursion_ends);
  g_test_add_func ("/columns/limit", test_limit);
  g_test_add_func ("/columns/listing", test_listing_is_bounded);
  g_test_add_func ("/columns/types", test_types);
  g_test_add_func ("/columns/identifiers", test_identifiers);
  g_test_add_func ("/columns/expressions", test_expressions);
  g_test_add_func ("/columns/marker-without-version", test_marker_without_version);
  g_test_add_func ("/columns/engine", test_engine_lints);

  return g_test_run ();
}
