/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "table-fixture.h"

static void
test_hard_is_recommended_in_cdc_mode (void)
{
  g_autoptr (BaristaTable) table = fixture_new (SETUP (TASK ("cdc"), ""), KEY_STRING, VALUE_PAGE);

  g_assert_cmpint (barista_table_get_plan (table), ==, BARISTA_PLAN_HARD);
  g_assert_cmpint (barista_table_get_store (table), ==, BARISTA_STORE_COLUMNS);
  g_assert_cmpstr (barista_table_get_plan_reason (table), !=, NULL);
  fixture_assert_column (table, "_id", "String", "$._id");
  fixture_assert_column (table, "_meta_op", "String", "$._meta.op");
  fixture_assert_column (table, "_meta_is_deleted", "UInt8", "$._meta.is_deleted");
  fixture_assert_column (table, "example", "Nullable(String)", "$.example");
  fixture_assert_column (table, "__offset", "Int64", NULL);
  g_assert_cmpstr (barista_table_get_engine (table), ==, "ReplacingMergeTree");
  g_assert_cmpstr (barista_table_get_sorting_key (table), ==, "_id");
  g_assert_cmpstr (barista_table_get_version (table), ==, "__offset");
  g_assert_cmpstr (barista_table_get_is_deleted (table), ==, "_meta_is_deleted");
  g_assert_true (barista_table_get_needs_final (table));
  g_assert_false (barista_table_get_stores_raw_value (table));
  g_assert_cmpuint (barista_table_get_findings (table)->len, ==, 0);
}

/* In kafka mode a deletion has no document: not even the key's column may insist on a value. */
static void
test_kafka_mode_takes_tombstones (void)
{
  g_autoptr (BaristaTable) table = fixture_new (
      SETUP (TASK ("kafka"), ""), KEY_STRING,
      VALUE (FIELD ("_id", "'string'") "," FIELD ("_meta_op", "'string'") "," FIELD (
          "tags", "{'type':'array','items':'string'}")));
  const BaristaColumn *tags = barista_table_find_column (table, "tags");

  g_assert_cmpint (barista_table_get_plan (table), ==, BARISTA_PLAN_SOFT_NULLABLE);
  fixture_assert_column (table, "_id", "Nullable(String)", "$._id");
  fixture_assert_column (table, "_meta_op", "Nullable(String)", "$._meta_op");
  fixture_assert_column (table, "tags", "Array(String)", "$.tags[:]");
  g_assert_cmpstr (tags->default_value, ==, "[]");
  g_assert_false (tags->nullable);
  g_assert_cmpstr (barista_table_get_sorting_key (table), ==, "__key");
  fixture_assert_column (table, "__key", "String", NULL);
  g_assert_nonnull (fixture_finding (barista_table_get_findings (table), "array-not-nullable"));
}

/* Types that a person states don't make a document of it: __key alone tells its row, and says so. */
static void
test_kafka_mode_with_stated_types (void)
{
  g_autoptr (BaristaTable) table = fixture_new (
      SETUP (TASK ("kafka"), ",'columns':[{'path':'_id','type':'String'}]"), KEY_STRING,
      VALUE (FIELD ("_id", "'string'") "," FIELD ("_meta_op", "'string'")));
  const BaristaFinding *finding = fixture_finding (barista_table_get_findings (table),
                                                   "column-not-nullable");

  fixture_assert_column (table, "_id", "String", "$._id");
  g_assert_cmpstr (barista_table_get_sorting_key (table), ==, "__key");
  g_assert_nonnull (finding);
  g_assert_true (g_str_has_prefix (finding->message, "_id: "));
}

static void
test_composite_key_sorts_by_key (void)
{
  g_autoptr (BaristaTable) table = fixture_new (
      SETUP (TASK ("cdc"), ""), KEY_TWO,
      VALUE (FIELD ("region", "'string'") "," FIELD ("number", "'long'") "," FIELD (
          "_meta_op", "'string'") "," FIELD ("_is_deleted", "'long'")));

  g_assert_cmpstr (barista_table_get_sorting_key (table), ==, "__key");
  g_assert_cmpint (barista_table_find_column (table, "region")->role, ==, BARISTA_COLUMN_KEY);
  g_assert_cmpint (barista_table_find_column (table, "number")->role, ==, BARISTA_COLUMN_KEY);
  fixture_assert_column (table, "number", "Int64", "$.number");
  g_assert_cmpstr (barista_table_get_is_deleted (table), ==, "_is_deleted");
}

static void
test_key_that_does_not_match (void)
{
  g_autoptr (BaristaTable) table = fixture_new (
      SETUP (TASK ("cdc"), ""), KEY_STRING,
      VALUE (FIELD ("amount", "'long'") "," FIELD ("_is_deleted", "'long'")));

  g_assert_cmpstr (barista_table_get_sorting_key (table), ==, "__key");
  g_assert_cmpint (barista_table_find_column (table, "amount")->role, ==, BARISTA_COLUMN_VALUE);
  g_assert_nonnull (fixture_finding (barista_table_get_findings (table), "key-unknown"));
}

static void
test_soft_document (void)
{
  g_autoptr (BaristaTable) table = fixture_new (
      SETUP (TASK ("cdc"), ",'deletions':'soft-document'"), KEY_STRING, VALUE_PAGE);

  fixture_assert_column (table, "__value", "String", "#.__value");
  fixture_assert_column (table, "_id", "String", "$._id");
  fixture_assert_column (table, "_meta_op", "String", "$._meta.op");
  g_assert_false (barista_table_find_column (table, "example")->included);
  g_assert_false (barista_table_find_column (table, "_meta_is_deleted")->included);
  g_assert_true (barista_table_get_stores_raw_value (table));
  g_assert_null (barista_table_get_is_deleted (table));
  g_assert_cmpint (barista_table_get_recommended_plan (table), ==, BARISTA_PLAN_HARD);
}

static void
test_hard_document (void)
{
  g_autoptr (BaristaTable) table = fixture_new (
      SETUP (TASK ("cdc"), ",'deletions':'hard','store':'document'"), KEY_TWO, VALUE_PAGE);

  fixture_assert_column (table, "__value", "String", "#.__value");
  fixture_assert_column (table, "_meta_is_deleted", "UInt8", "$._meta.is_deleted");
  g_assert_cmpstr (barista_table_get_sorting_key (table), ==, "__key");
  g_assert_cmpstr (barista_table_get_is_deleted (table), ==, "_meta_is_deleted");
}

static void
test_none_keeps_what_is_registered (void)
{
  g_autoptr (BaristaTable) table = fixture_new (
      SETUP (TASK ("kafka"), ",'deletions':'none'"), KEY_STRING,
      VALUE (FIELD ("_id", "'string'") "," FIELD ("note", "['string','null']") "," FIELD (
          "tags", "[{'type':'array','items':'long'},'null']")));

  fixture_assert_column (table, "_id", "String", "$._id");
  fixture_assert_column (table, "note", "Nullable(String)", "$.note");
  fixture_assert_column (table, "tags", "Array(Int64)", "$.tags[:]");
  g_assert_cmpstr (barista_table_get_sorting_key (table), ==, "_id");
}

static void
test_change_log (void)
{
  g_autoptr (BaristaTable) table = fixture_new (
      SETUP (TASK ("cdc"), ",'deletions':'soft-nullable','engine':{'name':'MergeTree'}"),
      KEY_STRING, VALUE_PAGE);

  g_assert_cmpstr (barista_table_get_sorting_key (table), ==, "_id, __offset");
  g_assert_null (barista_table_get_version (table));
  g_assert_false (barista_table_get_needs_final (table));
  fixture_assert_column (table, "__offset", "Int64", NULL);
}

static void
test_without_registry (void)
{
  g_autoptr (BaristaTable) table = fixture_new (
      "{'format':'barista-setup','version':1," TASK (
          "cdc") ",'registry':{'enabled':false},"
                 "'topics':[{'topic':'acmeCo/orders','deletions':'hard'}]}",
      NULL, NULL);

  g_assert_cmpint (barista_table_get_plan (table), ==, BARISTA_PLAN_SOFT_DOCUMENT);
  fixture_assert_column (table, "__value", "String", "#.__value");
  g_assert_cmpstr (barista_table_get_sorting_key (table), ==, "__key");
  g_assert_nonnull (fixture_finding (barista_table_get_findings (table), "plan-needs-schema"));
}

/* Another Kafka server without key schemas: keys may all be empty, merging would leave one row. */
static void
test_other_kafka_is_not_merged (void)
{
  g_autoptr (BaristaTable) table = fixture_new (
      "{'format':'barista-setup','version':1,'server':{'bootstrap_servers':['k.example.com:9092']},"
      "'topics':[{'topic':'clicks'}]}",
      NULL, VALUE (FIELD ("url", "'string'")));

  g_assert_cmpint (barista_table_get_plan (table), ==, BARISTA_PLAN_NONE);
  g_assert_cmpstr (barista_table_get_engine (table), ==, "MergeTree");
  g_assert_cmpstr (barista_table_get_sorting_key (table), ==, "__timestamp");
  fixture_assert_column (table, "__timestamp", "DateTime", NULL);
}

/* The three data sources of Estuary's page, by choices against its collection. */
static void
test_page_examples (void)
{
  g_autoptr (BaristaTable) nullable = fixture_new (
      SETUP (TASK ("cdc"), ",'deletions':'soft-nullable','engine':{'sorting_key':'__key'},"
                           "'columns':[{'path':'$.example','name':'example_field'},"
                           "{'path':'$._meta.is_deleted','included':false}]"),
      KEY_STRING, VALUE_PAGE);
  g_autoptr (BaristaTable) hard = fixture_new (
      SETUP (TASK ("cdc"),
             ",'deletions':'hard','store':'document','engine':{'sorting_key':'__key'},"
             "'columns':[{'path':'_id','included':false}]"),
      KEY_STRING, VALUE_PAGE);

  fixture_assert_column (nullable, "example_field", "Nullable(String)", "$.example");
  g_assert_cmpstr (barista_table_get_sorting_key (nullable), ==, "__key");
  g_assert_cmpuint (barista_table_get_findings (nullable)->len, ==, 0);
  g_assert_false (barista_table_find_column (hard, "_id")->included);
  g_assert_cmpstr (barista_table_get_is_deleted (hard), ==, "_meta_is_deleted");
}

static void
test_marker_choice (void)
{
  static const char value[] = VALUE (FIELD ("_id", "'string'") "," META (
      FIELD ("is_deleted", "'long'")) "," FIELD ("_is_deleted", "'long'"));
  g_autoptr (BaristaTable) proposed = fixture_new (SETUP (TASK ("cdc"), ""), KEY_STRING, value);
  g_autoptr (BaristaTable) chosen = fixture_new (
      SETUP (TASK ("cdc"), ",'marker':'$._meta.is_deleted'"), KEY_STRING, value);

  g_assert_cmpstr (barista_table_get_is_deleted (proposed), ==, "_is_deleted");
  g_assert_nonnull (fixture_finding (barista_table_get_findings (proposed), "marker-ambiguous"));
  g_assert_cmpstr (barista_table_get_is_deleted (chosen), ==, "_meta_is_deleted");
}

static void
test_hard_without_marker (void)
{
  g_autoptr (BaristaTable) table = fixture_new (SETUP (TASK ("kafka"), ",'deletions':'hard'"),
                                                KEY_STRING, VALUE (FIELD ("_id", "'string'")));
  const BaristaFinding *finding = fixture_finding (barista_table_get_findings (table),
                                                   "marker-missing");

  g_assert_nonnull (finding);
  g_assert_cmpint (finding->level, ==, BARISTA_LEVEL_ERROR);
  g_assert_cmpstr (finding->file, ==, "datasources/orders.datasource");
  g_assert_nonnull (fixture_finding (barista_table_get_findings (table), "hard-needs-cdc"));
  fixture_assert_column (table, "_is_deleted", "UInt8", "$._is_deleted");
}

static void
test_choices_are_kept (void)
{
  g_autoptr (BaristaTable) table = fixture_new (
      SETUP (TASK ("cdc"), ",'columns':[{'path':'$.example','type':'LowCardinality(String)'},"
                           "{'path':'$.gone','name':'x'},{'path':'__timestamp','included':true}]"),
      KEY_STRING, VALUE_PAGE);

  fixture_assert_column (table, "example", "LowCardinality(String)", "$.example");
  fixture_assert_column (table, "__timestamp", "DateTime", NULL);
  g_assert_nonnull (fixture_finding (barista_table_get_findings (table), "column-gone"));
  g_assert_nonnull (fixture_finding (barista_table_get_findings (table), "column-not-nullable"));
}

/* The schema gains, changes and loses fields; what the person said of the others stays. */
static void
test_choices_outlive_the_schema (void)
{
  static const char setup[] = SETUP (
      TASK ("cdc"),
      ",'columns':[{'path':'$.total','name':'amount','type':'Nullable(Decimal(18, 2))'},"
      "{'path':'$.note','included':false},{'path':'$.tags','name':'labels'},"
      "{'path':'$.buyer','name':'who'}]");
  g_autoptr (BaristaTable) before = fixture_new (
      setup, KEY_STRING,
      VALUE (
          FIELD ("_id", "'string'") "," FIELD ("total", "'double'") "," FIELD ("note", "'string'") "," FIELD (
              "tags",
              "{'type':'array','items':'string'}") "," FIELD ("buyer",
                                                              "'string'") "," FIELD ("_is_deleted",
                                                                                     "'long'")));
  g_autoptr (BaristaTable) after = fixture_new (
      setup, KEY_STRING,
      VALUE (FIELD ("_id", "'string'") "," FIELD ("amount", "'string'") "," FIELD ("note", "['long','null']") "," FIELD ("total", "['string','null']") "," FIELD (
          "tags",
          "['null',{'type':'array','items':'long'}]") "," FIELD ("buyer",
                                                                 "{'type':'record','name':'B','fields':[{'name':'city','type':'string'}]}") "," FIELD ("_is_deleted",
                                                                                                                                                       "'long'")));
  const BaristaColumn *labels = barista_table_find_column (after, "labels");

  fixture_assert_column (before, "amount", "Nullable(Decimal(18, 2))", "$.total");
  fixture_assert_column (after, "amount", "Nullable(Decimal(18, 2))", "$.total");
  fixture_assert_column (after, "amount_2", "Nullable(String)", "$.amount");
  g_assert_false (barista_table_find_column (before, "note")->included);
  g_assert_false (barista_table_find_column (after, "note")->included);
  fixture_assert_column (after, "labels", "Array(Int64)", "$.tags[:]");
  g_assert_cmpstr (labels->default_value, ==, "[]");
  fixture_assert_column (before, "who", "Nullable(String)", "$.buyer");
  fixture_assert_column (after, "buyer_city", "Nullable(String)", "$.buyer.city");
  g_assert_nonnull (fixture_finding (barista_table_get_findings (after), "column-gone"));
  g_assert_null (fixture_finding (barista_table_get_findings (before), "column-gone"));
}

/* Two columns of one name: the second gets a number, and it is said. */
static void
test_duplicate_names (void)
{
  g_autoptr (BaristaTable) table = fixture_new (
      SETUP (TASK ("cdc"),
             ",'columns':[{'path':'$._id','name':'x'},{'path':'$.example','name':'x'}]"),
      KEY_STRING, VALUE_PAGE);

  fixture_assert_column (table, "x", "String", "$._id");
  fixture_assert_column (table, "x_2", "Nullable(String)", "$.example");
  g_assert_nonnull (fixture_finding (barista_table_get_findings (table), "column-renamed"));
}

static void
test_names_are_unique (void)
{
  g_autoptr (BaristaSetup) setup = fixture_setup (
      "{'format':'barista-setup','version':1,'task':{'name':'acmeCo/prod/tinybird'},"
      "'topics':[{'topic':'a/orders'},{'topic':'b/orders'},"
      "{'topic':'c/x','data_source':'orders'}]}");
  g_autoptr (GHashTable) names = barista_table_names_new (setup, barista_setup_get_topics (setup));
  g_autoptr (GHashTable) sources = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (GHashTable) groups = g_hash_table_new (g_str_hash, g_str_equal);
  GHashTableIter iter;
  BaristaTableName *name;

  g_hash_table_iter_init (&iter, names);
  while (g_hash_table_iter_next (&iter, NULL, (gpointer *) &name))
    {
      g_assert_true (g_hash_table_add (sources, name->data_source));
      g_assert_true (g_hash_table_add (groups, name->group_id));
    }
  g_assert_cmpuint (g_hash_table_size (sources), ==, 3);
  g_assert_true (g_hash_table_contains (sources, "orders"));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/table/plan/hard", test_hard_is_recommended_in_cdc_mode);
  g_test_add_func ("/table/plan/tombstones", test_kafka_mode_takes_tombstones);
  g_test_add_func ("/table/plan/stated-types", test_kafka_mode_with_stated_types);
  g_test_add_func ("/table/plan/soft-document", test_soft_document);
  g_test_add_func ("/table/plan/hard-document", test_hard_document);
  g_test_add_func ("/table/plan/none", test_none_keeps_what_is_registered);
  g_test_add_func ("/table/plan/change-log", test_change_log);
  g_test_add_func ("/table/plan/without-registry", test_without_registry);
  g_test_add_func ("/table/plan/other-kafka", test_other_kafka_is_not_merged);
  g_test_add_func ("/table/plan/page", test_page_examples);
  g_test_add_func ("/table/key/composite", test_composite_key_sorts_by_key);
  g_test_add_func ("/table/key/no-match", test_key_that_does_not_match);
  g_test_add_func ("/table/marker/choice", test_marker_choice);
  g_test_add_func ("/table/marker/missing", test_hard_without_marker);
  g_test_add_func ("/table/choices", test_choices_are_kept);
  g_test_add_func ("/table/schema-moves", test_choices_outlive_the_schema);
  g_test_add_func ("/table/duplicate-names", test_duplicate_names);
  g_test_add_func ("/table/names", test_names_are_unique);

  return g_test_run ();
}
