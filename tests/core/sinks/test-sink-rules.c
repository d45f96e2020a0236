/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "barista-sinks.h"
#include "table-fixture.h"

#define ROLE "'region': 'us-east-1', 'arn': 'arn:aws:iam::123456789012:role/r'"
#define KAFKA                                                                                     \
  "{ 'type': 'kafka', 'name': 'k', 'bootstrap_servers': ['kafka.example.com:9092'], 'key': 'A', " \
  "'secret': 'B' }"
#define S3 "{ 'type': 's3', 'name': 'b', " ROLE " }"
#define NODE(sql) "'nodes': [ { 'name': 'rows', 'sql': '" sql "' } ]"
#define FILES                                                                               \
  "'name': 's', 'connection': 'b', 'bucket_uri': 's3://my-bucket/', 'file_template': 'a', " \
  "'format': 'csv', 'compression': 'gzip', 'schedule': '0 1 * * *', "
#define TOPIC "'name': 's', 'connection': 'k', 'topic': 't', 'schedule': '@on-demand', "
#define GOOD NODE ("SELECT timestamp, id FROM __events")

typedef struct
{
  const char *rule;
  const char *connections;
  const char *sink;
  const char *member; /* of the sink, or with a dot in front of the connection, after the fix */
  const char *fixed;  /* its value; NULL with a member: not stated any more */
} Case;

/* Each is found in what is otherwise well; those with a member can be fixed. */
static const Case cases[] = {
  { "sink-name", S3, FILES GOOD ", 'name': '1 s'", "name", "_1_s" },
  { "sink-name", S3, FILES GOOD ", 'name': 's__v1'", NULL, NULL },
  { "sink-name-taken", S3, FILES GOOD ", 'name': 'b'", "name", "b_2" },
  { "sink-node-name", S3, FILES "'nodes': [ { 'name': 's', 'sql': 'SELECT timestamp FROM e' } ]",
    "node", "s_2" },
  { "sink-node-name", S3, FILES "'nodes': [ { 'name': 'a b', 'sql': 'SELECT timestamp FROM e' } ]",
    "node", "a_b" },
  { "sink-connection", S3, FILES GOOD ", 'connection': 'gone'", "connection", "b" },
  { "sink-connection", S3 ", " KAFKA, FILES GOOD ", 'connection': null", NULL, NULL },
  { "sink-sql", S3, FILES "'nodes': []", NULL, NULL },
  { "sink-sql", S3, FILES NODE (" \\n "), NULL, NULL },
  { "sink-topic", KAFKA, TOPIC GOOD ", 'topic': null", NULL, NULL },
  { "sink-bucket", S3, FILES GOOD ", 'bucket_uri': null", NULL, NULL },
  { "sink-bucket-uri", S3, FILES GOOD ", 'bucket_uri': 'https://my-bucket/'", NULL, NULL },
  { "sink-bucket-uri", S3, FILES GOOD ", 'bucket_uri': 's3://My_Bucket/'", NULL, NULL },
  { "sink-bucket-uri", S3, FILES GOOD ", 'bucket_uri': 's3://ab/'", NULL, NULL },
  { "sink-bucket-uri", S3, FILES GOOD ", 'bucket_uri': 's3://a..b/'", NULL, NULL },
  { "sink-bucket-uri", S3, FILES GOOD ", 'bucket_uri': 's3://-abc/'", NULL, NULL },
  { "sink-bucket-uri", S3, FILES GOOD ", 'bucket_uri': 's3://abc/year={year/'", NULL, NULL },
  { "sink-bucket-uri", S3, FILES GOOD ", 'bucket_uri': 's3://abc//x/'", NULL, NULL },
  { "sink-bucket-slash", S3, FILES GOOD ", 'bucket_uri': 's3://abc/x'", "bucket-uri",
    "s3://abc/x/" },
  { "sink-template", S3, FILES GOOD ", 'file_template': null", "file-template", "s" },
  { "sink-template-syntax", S3, FILES GOOD ", 'file_template': 'a_{date'", NULL, NULL },
  { "sink-format", S3, FILES GOOD ", 'format': null", "format", "csv" },
  { "sink-schedule", S3, FILES GOOD ", 'schedule': null", "schedule", "@on-demand" },
  { "sink-schedule-syntax", S3, FILES GOOD ", 'schedule': '61 * * * *'", NULL, NULL },
  { "sink-schedule-syntax", S3, FILES GOOD ", 'schedule': 'banana'", NULL, NULL },
  { "sink-once", S3, FILES GOOD ", 'schedule': '@once'", "schedule", "@on-demand" },
  { "schedule-too-often", KAFKA, TOPIC GOOD ", 'schedule': '* * * * *'", "schedule",
    "*/5 * * * *" },
  { "schedule-never", S3, FILES GOOD ", 'schedule': '0 0 31 2 *'", NULL, NULL },
  { "schedule-word", S3, FILES GOOD ", 'schedule': '@daily'", "schedule", "0 0 * * *" },
  { "sink-other-kind", S3, FILES GOOD ", 'topic': 't'", "topic", NULL },
  { "sink-other-kind", KAFKA, TOPIC GOOD ", 'format': 'csv'", "format", NULL },
  { "sink-template-column", S3, FILES GOOD ", 'file_template': 'a_{date}'", "file-template",
    "a_{timestamp, '%Y-%m-%d'}" },
  { "sink-template-column", S3, FILES GOOD ", 'bucket_uri': 's3://abc/year={year}/'", "bucket-uri",
    "s3://abc/year={timestamp, '%Y'}/" },
  { "sink-template-column", S3, FILES GOOD ", 'file_template': 'a_{user}'", NULL, NULL },
  { "sink-template-uncertain", S3,
    FILES NODE ("SELECT * FROM __events") ", 'file_template': 'a_{day}'", NULL, NULL },
  { "sink-template-time", S3, FILES GOOD ", 'file_template': 'a_{timestamp}'", "file-template",
    "a_{timestamp, '%Y-%m-%d'}" },
  { "sink-word", S3, FILES GOOD ", 'format': 'xml'", NULL, NULL },
  { "sink-word", S3, FILES GOOD ", 'compression': 'rar'", NULL, NULL },
  { "sink-word", S3, FILES GOOD ", 'strategy': 'append'", NULL, NULL },
  { "sink-word-alias", S3, FILES GOOD ", 'compression': 'gz'", "compression", "gzip" },
  { "sink-word-alias", S3, FILES GOOD ", 'strategy': 'truncate'", "strategy", "replace" },
  { "sink-word-unsettled", S3, FILES GOOD ", 'strategy': 'replace'", NULL, NULL },
  { "sink-table-elsewhere", S3, FILES NODE ("SELECT timestamp FROM elsewhere"), NULL, NULL },
  { "sink-practice-schedule", S3, FILES GOOD ", 'schedule': '*/15 * * * *'", "schedule",
    "0 * * * *" },
  { "sink-practice-time", S3, FILES NODE ("SELECT id FROM __events"), "sql",
    "SELECT *, now() AS exported_at\nFROM (\nSELECT id FROM __events\n)" },
  { "sink-practice-compression", S3, FILES GOOD ", 'compression': 'none'", "compression", "gzip" },
  { "sink-practice-compression", S3, FILES GOOD ", 'compression': null", "compression", "gzip" },
  { "sql-uncertain", S3, FILES NODE ("SELECT timestamp FROM ("), NULL, NULL },

  { "target-name", "{ 'type': 's3', 'name': 'b c', " ROLE " }", FILES GOOD ", 'connection': 'b c'",
    ".name", "b_c" },
  { "target-name-taken", S3 ", " S3, FILES GOOD, NULL, NULL },
  { "target-servers", "{ 'type': 'kafka', 'name': 'k', 'key': 'A', 'secret': 'B' }", TOPIC GOOD,
    NULL, NULL },
  { "target-server",
    "{ 'type': 'kafka', 'name': 'k', 'bootstrap_servers': ['https://a'], 'key': 'A', 'secret': 'B' "
    "}",
    TOPIC GOOD, NULL, NULL },
  { "target-server",
    "{ 'type': 'kafka', 'name': 'k', 'bootstrap_servers': ['[::1]:9092'], 'key': 'A', 'secret': "
    "'B' }",
    TOPIC GOOD, NULL, NULL },
  { "target-security",
    "{ 'type': 'kafka', 'name': 'k', 'bootstrap_servers': ['a:1'], 'security_protocol': 'SSL' }",
    TOPIC GOOD, NULL, NULL },
  { "target-plaintext",
    "{ 'type': 'kafka', 'name': 'k', 'bootstrap_servers': ['a:1'], 'security_protocol': "
    "'PLAINTEXT' }",
    TOPIC GOOD, NULL, NULL },
  { "target-sign-in", "{ 'type': 'kafka', 'name': 'k', 'bootstrap_servers': ['a:1'] }", TOPIC GOOD,
    ".key", "K_KEY" },
  { "target-sign-in", "{ 'type': 'kafka', 'name': 'k', 'bootstrap_servers': ['a:1'], 'key': 'A' }",
    TOPIC GOOD, ".secret", "K_SECRET" },
  { "target-secret-twice",
    "{ 'type': 'kafka', 'name': 'k', 'bootstrap_servers': ['a:1'], 'key': 'A', 'secret': 'A' }",
    TOPIC GOOD, ".secret", "K_SECRET" },
  { "target-registry",
    "{ 'type': 'kafka', 'name': 'k', 'bootstrap_servers': ['a:1'], 'key': 'A', 'secret': 'B', "
    "'registry_url': 'ftp://a' }",
    TOPIC GOOD, NULL, NULL },
  { "target-region", "{ 'type': 's3', 'name': 'b', 'arn': 'arn:aws:iam::123456789012:role/r' }",
    FILES GOOD, NULL, NULL },
  { "target-region-syntax",
    "{ 'type': 's3', 'name': 'b', 'region': 'us_east', 'arn': 'arn:aws:iam::123456789012:role/r' }",
    FILES GOOD, NULL, NULL },
  { "target-region-listed",
    "{ 'type': 's3', 'name': 'b', 'region': 'ap-south-1', 'arn': "
    "'arn:aws:iam::123456789012:role/r' }",
    FILES GOOD, NULL, NULL },
  { "target-credentials", "{ 'type': 's3', 'name': 'b', 'region': 'us-east-1' }", FILES GOOD, NULL,
    NULL },
  { "target-credentials", "{ 'type': 's3', 'name': 'b', 'region': 'us-east-1', 'key': 'A' }",
    FILES GOOD, ".secret", "B_SECRET" },
  { "target-credentials", "{ 'type': 's3', 'name': 'b', 'key': 'A', " ROLE " }", FILES GOOD, ".key",
    NULL },
  { "target-arn", "{ 'type': 's3', 'name': 'b', 'region': 'us-east-1', 'arn': 'role/r' }",
    FILES GOOD, NULL, NULL },
  { "target-arn",
    "{ 'type': 's3', 'name': 'b', 'region': 'us-east-1', 'arn': 'arn:aws:iam::12345:role/r' }",
    FILES GOOD, NULL, NULL },
  { "target-arn",
    "{ 'type': 's3', 'name': 'b', 'region': 'us-east-1', 'arn': "
    "'arn:aws:s3::123456789012:role/r' }",
    FILES GOOD, NULL, NULL },
  { "target-arn",
    "{ 'type': 's3', 'name': 'b', 'region': 'us-east-1', 'arn': "
    "'arn:aws:iam::123456789012:user/r' }",
    FILES GOOD, NULL, NULL },
  { "target-arn",
    "{ 'type': 's3', 'name': 'b', 'region': 'us-east-1', 'arn': "
    "'arn:aws:iam::123456789012:role/a b' }",
    FILES GOOD, NULL, NULL },
  { "target-access-key",
    "{ 'type': 's3', 'name': 'b', 'region': 'us-east-1', 'key': 'A', 'secret': 'B' }", FILES GOOD,
    NULL, NULL },
  { "target-trust", S3, FILES GOOD, NULL, NULL },
};

/* Of a member that stands there twice the last counts. */
static BaristaSetup *
make_setup (const char *connections, const char *sink)
{
  g_autofree char *quoted = g_strdup_printf (
      "{ 'format': 'barista-setup', 'version': 1, 'connections': [ %s ], 'sinks': [ { %s } ] }",
      connections, sink);
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonNode) merged = json_from_string (g_strdelimit (quoted, "'", '"'), &error);
  g_autofree char *json = NULL;

  g_assert_no_error (error);
  json = json_to_string (merged, FALSE);
  return fixture_setup (json);
}

static const BaristaFinding *
find (GPtrArray *findings, const char *rule)
{
  for (guint i = 0; i < findings->len; i++)
    if (g_str_equal (((BaristaFinding *) findings->pdata[i])->rule, rule))
      return findings->pdata[i];

  return NULL;
}

static GPtrArray *
lint (BaristaSetup *setup)
{
  GPtrArray *findings = g_ptr_array_new_with_free_func ((GDestroyNotify) barista_finding_free);

  barista_sinks_lint (setup, NULL, findings);
  return findings;
}

static char *
get_member (BaristaSetup *setup, const char *member)
{
  g_autoptr (BaristaSink) sink = g_list_model_get_item (barista_setup_get_sinks (setup), 0);
  g_autoptr (BaristaTarget) target = g_list_model_get_item (barista_setup_get_targets (setup), 0);
  char *value = NULL;

  if (g_str_equal (member, "sql") || g_str_equal (member, "node"))
    g_object_get (barista_sink_get_last_node (sink), g_str_equal (member, "sql") ? "sql" : "name",
                  &value, NULL);
  else if (*member == '.')
    g_object_get (target, member + 1, &value, NULL);
  else
    g_object_get (sink, member, &value, NULL);

  return value;
}

static void
test_case (gconstpointer data)
{
  const Case *test = data;
  g_autoptr (BaristaSetup) setup = make_setup (test->connections, test->sink);
  g_autoptr (GPtrArray) findings = lint (setup);
  const BaristaFinding *finding = find (findings, test->rule);
  g_autoptr (GPtrArray) after = NULL;

  g_assert_nonnull (finding);
  g_assert_nonnull (finding->file);
  g_assert_true (*finding->message != '\0');
  if (test->member == NULL)
    return;

  g_assert_true (barista_sinks_can_fix (setup, finding));
  g_assert_true (barista_sinks_apply_fix (setup, NULL, finding));
  after = lint (setup);
  g_assert_null (find (after, test->rule));
  {
    g_autofree char *value = get_member (setup, test->member);

    g_assert_cmpstr (value, ==, test->fixed);
  }
  g_assert_false (barista_sinks_apply_fix (setup, NULL, finding));
}

/* What is well gives notes only. */
static void
test_nothing_to_say (void)
{
  static const char *const notes[] = { "sink-practice-monitor", "sink-practice-duplicates",
                                       "sink-table-elsewhere", "target-trust",
                                       "sink-word-unsettled" };
  static const char *const sinks[] = { FILES GOOD, TOPIC GOOD };
  static const char *const connections[] = { S3, KAFKA };

  for (gsize i = 0; i < G_N_ELEMENTS (sinks); i++)
    {
      g_autoptr (BaristaSetup) setup = make_setup (connections[i], sinks[i]);
      g_autoptr (GPtrArray) findings = lint (setup);

      for (guint j = 0; j < findings->len; j++)
        {
          const BaristaFinding *finding = findings->pdata[j];
          gboolean is_note = FALSE;

          for (gsize k = 0; k < G_N_ELEMENTS (notes); k++)
            is_note |= g_str_equal (notes[k], finding->rule);
          if (!is_note)
            g_test_message ("%s: %s", finding->rule, finding->message);
          g_assert_true (is_note);
        }
    }
}

/* What is the same for all sinks is told once, and of no file. */
static void
test_told_once (void)
{
  g_autoptr (BaristaSetup) setup = make_setup (S3,
                                               FILES GOOD " }, { " FILES GOOD ", 'name': 'second'");
  g_autoptr (GPtrArray) findings = lint (setup);
  guint n = 0;

  for (guint i = 0; i < findings->len; i++)
    if (g_str_equal (((BaristaFinding *) findings->pdata[i])->rule, "sink-practice-duplicates"))
      n++;
  g_assert_cmpuint (n, ==, 1);
  g_assert_null (find (findings, "sink-practice-duplicates")->file);
  g_assert_nonnull (find (findings, "sink-practice-monitor"));
}

/* A data source that replaces rows needs FINAL in a sink. */
static void
test_final (void)
{
  g_autoptr (BaristaSetup) setup = fixture_setup (
      "{ 'format': 'barista-setup', 'version': 1, 'task': { 'name': 'acmeCo/t' }, 'connections': "
      "[ " S3 " ], 'sinks': [ { " FILES NODE ("SELECT timestamp FROM orders PREWHERE 1") " } ] }");
  g_autoptr (BaristaTopicChoice) choice = barista_topic_choice_new ("acmeCo/orders");
  g_autoptr (BaristaAvroSchema) key = fixture_schema (
      "{ 'type': 'record', 'name': 'k', 'fields': [ { 'name': '_0', 'type': 'long' } ] }");
  g_autoptr (BaristaAvroSchema) value = fixture_schema (
      "{ 'type': 'record', 'name': 'v', 'fields': [ { 'name': 'id', 'type': 'long' }, { 'name': "
      "'timestamp', 'type': 'string' } ] }");
  g_autoptr (GPtrArray) tables = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (GPtrArray) findings = g_ptr_array_new_with_free_func (
      (GDestroyNotify) barista_finding_free);
  g_autoptr (BaristaSink) sink = NULL;

  g_object_set (choice, "data-source", "orders", "engine", "ReplacingMergeTree", NULL);
  g_ptr_array_add (tables, barista_table_new (setup, choice, key, value));
  g_assert_true (barista_table_get_needs_final (tables->pdata[0]));
  barista_sinks_lint (setup, tables, findings);

  g_assert_nonnull (find (findings, "sql-prewhere-final"));
  g_assert_null (find (findings, "sink-table-elsewhere"));
  g_assert_true (barista_sinks_apply_fix (setup, tables, find (findings, "sql-final-missing")));
  sink = g_list_model_get_item (barista_setup_get_sinks (setup), 0);
  g_assert_cmpstr (barista_sink_node_get_sql (barista_sink_get_last_node (sink)), ==,
                   "SELECT timestamp FROM orders FINAL PREWHERE 1");
}

/* Values that are set may be secrets by mistake: they are not repeated. */
static void
test_secret_is_not_told (void)
{
  g_autoptr (BaristaSetup) setup = make_setup (KAFKA, TOPIC GOOD);
  BaristaTarget *target = barista_setup_find_target (setup, "k");
  g_autoptr (GPtrArray) findings = NULL;
  const BaristaFinding *finding;

  barista_target_set_secret (target, "s3cret!");
  findings = lint (setup);
  finding = find (findings, "target-secret-name");
  g_assert_nonnull (finding);
  for (guint i = 0; i < findings->len; i++)
    g_assert_null (strstr (((BaristaFinding *) findings->pdata[i])->message, "s3cret"));
  g_assert_true (barista_sinks_apply_fix (setup, NULL, finding));
  g_assert_cmpstr (barista_target_get_secret (target), ==, "K_SECRET");
}

static void
test_renaming_keeps_sinks (void)
{
  g_autoptr (BaristaSetup) setup = make_setup ("{ 'type': 's3', 'name': 'b c', " ROLE " }",
                                               FILES GOOD ", 'connection': 'b c'");
  g_autoptr (GPtrArray) findings = lint (setup);
  BaristaSink *sink = barista_setup_find_sink (setup, "s");

  g_assert_true (barista_sinks_apply_fix (setup, NULL, find (findings, "target-name")));
  g_assert_nonnull (barista_setup_get_sink_target (setup, sink));
}

static void
test_proposed_names (void)
{
  g_autoptr (BaristaSetup) setup = make_setup (S3, FILES GOOD);
  static const char *const names[][2] = { { "s", "s_2" },
                                          { "rows", "rows_2" },
                                          { "b", "b_2" },
                                          { "estuary_dekaf", "estuary_dekaf_2" },
                                          { "Größe 1", "Gr_e_1" } };

  for (gsize i = 0; i + 1 < G_N_ELEMENTS (names); i++)
    {
      g_autofree char *name = barista_setup_propose_name (setup, NULL, names[i][0]);

      g_assert_cmpstr (name, ==, names[i][1]);
    }
}

/* The page's queries, as starting points, have nothing wrong but that their table isn't here. */
static void
test_samples (void)
{
  guint n;
  const BaristaSinkSample *samples = barista_sink_samples (&n);

  g_assert_cmpuint (n, ==, 6);
  for (guint i = 0; i < n; i++)
    {
      g_autoptr (BaristaSetup) setup = make_setup (S3 ", " KAFKA, FILES GOOD);
      gboolean files = samples[i].kind == BARISTA_TARGET_S3;
      g_autofree char *name = barista_setup_propose_name (setup, NULL, samples[i].name);
      g_autoptr (BaristaSink) sink = barista_sink_new_from_sample (&samples[i], name);
      g_autofree char *path = barista_sink_path (name);
      g_autoptr (GPtrArray) findings = NULL;

      barista_sink_set_connection (sink, files ? "b" : "k");
      barista_sink_set_topic (sink, files ? NULL : "t");
      barista_sink_set_bucket_uri (sink, files ? "s3://my-bucket/" : NULL);
      barista_sink_set_file_template (sink, files ? "a" : NULL);
      barista_sink_set_format (sink, files ? "csv" : NULL);
      barista_setup_add_sink (setup, sink);
      findings = lint (setup);
      for (guint j = 0; j < findings->len; j++)
        {
          const BaristaFinding *finding = findings->pdata[j];

          g_assert_true (g_strcmp0 (finding->file, path) != 0
                         || finding->level != BARISTA_LEVEL_ERROR);
        }
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = g_strdup_printf ("/sinks/rules/%s/%u", cases[i].rule, i);

      g_test_add_data_func (path, &cases[i], test_case);
    }
  g_test_add_func ("/sinks/rules/nothing", test_nothing_to_say);
  g_test_add_func ("/sinks/rules/once", test_told_once);
  g_test_add_func ("/sinks/rules/final", test_final);
  g_test_add_func ("/sinks/rules/secret", test_secret_is_not_told);
  g_test_add_func ("/sinks/rules/renaming", test_renaming_keeps_sinks);
  g_test_add_func ("/sinks/rules/names", test_proposed_names);
  g_test_add_func ("/sinks/rules/samples", test_samples);
  return g_test_run ();
}
