/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "barista-output.h"

#include "barista-diff.h"
#include "barista-markdown.h"
#include "table-fixture.h"

#include <string.h>

static GPtrArray *
generate (BaristaSetup *setup, BaristaTable *table, GPtrArray **findings, GError **error)
{
  g_autoptr (GPtrArray) tables = g_ptr_array_new ();
  BaristaOutputRequest request = { .setup = setup, .tables = tables, .parts = BARISTA_OUTPUT_ALL };

  if (table != NULL)
    g_ptr_array_add (tables, table);
  return barista_output_generate (&request, findings, error);
}

static char *
content_of (GPtrArray *artefacts, const char *path)
{
  for (guint i = 0; i < artefacts->len; i++)
    {
      const BaristaArtefact *artefact = artefacts->pdata[i];
      gsize length;
      const char *data;

      if (!g_str_equal (artefact->path, path))
        continue;
      data = g_bytes_get_data (artefact->content, &length);
      return g_strndup (data, length);
    }

  return NULL;
}

/* What can't be written is refused, and the message names the place: tinybird.md 1.1. */
static const struct
{
  const char *members; /* of the topic */
  const char *place;
} unsafe[] = {
  { ",'columns':[{'path':'$.example','name':'a b'}]", "SCHEMA" },
  { ",'columns':[{'path':'$.example','name':'a--b'}]", "SCHEMA" },
  { ",'columns':[{'path':'$.example','name':'a`b'}]", "SCHEMA" },
  { ",'columns':[{'path':'$.example','name':'a\\nTYPE x'}]", "SCHEMA" },
  { ",'columns':[{'path':'$.example','name':'a{{b'}]", "SCHEMA" },
  { ",'columns':[{'path':'$.example','name':'a\\u2028b'}]", "SCHEMA" },
  { ",'columns':[{'path':'$.example','type':'String; DROP'}]", "SCHEMA" },
  { ",'columns':[{'path':'$.example','type':'String -- x'}]", "SCHEMA" },
  { ",'columns':[{'path':'$.example','type':'String #'}]", "SCHEMA" },
  { ",'columns':[{'path':'$.example','type':'Array(String'}]", "SCHEMA" },
  { ",'columns':[{'path':'$.example','type':'DateTime(\\u0027UTC)'}]", "SCHEMA" },
  { ",'engine':{'ttl':'now() + $HOME'}", "ENGINE_TTL" },
  { ",'engine':{'sorting_key':'a\\nTOKEN x APPEND'}", "ENGINE_SORTING_KEY" },
  { ",'engine':{'partition_key':'\\u0022\\u0027'}", "ENGINE_PARTITION_KEY" },
  { ",'engine':{'name':'{% raise 1 %}'}", "ENGINE" },
};

static void
test_refuses_unsafe (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (unsafe); i++)
    {
      g_autofree char *text = g_strconcat ("{'format':'barista-setup','version':1," TASK (
                                               "cdc") ",'topics':[{'topic':'acmeCo/orders'",
                                           unsafe[i].members, "}]}", NULL);
      g_autoptr (BaristaSetup) setup = fixture_setup (text);
      g_autoptr (BaristaTable) table = fixture_table (setup, KEY_STRING, VALUE_PAGE);
      g_autoptr (GError) error = NULL;
      g_autoptr (GPtrArray) artefacts = generate (setup, table, NULL, &error);

      g_test_message ("%s", unsafe[i].members);
      g_assert_error (error, BARISTA_OUTPUT_ERROR, BARISTA_OUTPUT_ERROR_UNSAFE);
      g_assert_null (artefacts);
      g_assert_nonnull (strstr (error->message, "datasources/orders.datasource"));
      g_assert_nonnull (strstr (error->message, unsafe[i].place));
      g_assert_null (strchr (error->message, '\n'));
    }
}

static const char *const unsafe_topics[] = {
  "acmeCo/a b",       "acmeCo/a#b",
  "acmeCo/$HOME",     "acmeCo/a\\u0022b",
  "acmeCo/a\\u0027b", "acmeCo/a\\nTYPE endpoint",
  "acmeCo/{{x}}",     ">",
  "acmeCo/a\\u00a0b",
};

static void
test_refuses_unsafe_topics (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (unsafe_topics); i++)
    {
      g_autofree char *json = g_strdup_printf ("\"%s\"", unsafe_topics[i]);
      g_autoptr (JsonNode) node = json_from_string (json, NULL);
      g_autoptr (BaristaTopicChoice) choice = barista_topic_choice_new (
          json_node_get_string (node));
      g_autoptr (BaristaSetup) setup = fixture_setup (
          "{'format':'barista-setup','version':1," TASK ("cdc") ",'topics':[]}");
      g_autoptr (BaristaAvroSchema) value = fixture_schema (VALUE_PAGE);
      g_autoptr (BaristaTable) table = barista_table_new (setup, choice, NULL, value);
      g_autoptr (GError) error = NULL;
      g_autoptr (GPtrArray) artefacts = generate (setup, table, NULL, &error);

      g_test_message ("%s", unsafe_topics[i]);
      g_assert_error (error, BARISTA_OUTPUT_ERROR, BARISTA_OUTPUT_ERROR_UNSAFE);
      g_assert_null (artefacts);
    }
}

/* Odd, but every reader takes it: kept as it is. */
static void
test_keeps_odd_names (void)
{
  g_autoptr (BaristaSetup) setup = fixture_setup ("{'format':'barista-setup','version':1," TASK (
      "cdc") ",'topics':[{'topic':'acmeCo/orders',"
             "'columns':[{'path':'$.example','name':'größe#1,\\u200f\\ud83d\\ude00'}]}]}");
  g_autoptr (BaristaTable) table = fixture_table (setup, KEY_STRING, VALUE_PAGE);
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) artefacts = generate (setup, table, NULL, &error);
  g_autofree char *text = NULL;

  g_assert_no_error (error);
  text = content_of (artefacts, "datasources/orders.datasource");
  g_assert_nonnull (
      strstr (text, "    `größe#1,\xe2\x80\x8f😀` Nullable(String) `json:$.example`,"));
}

/* Classic's reader puts environment variables into the SQL of a pipe, between back-ticks too, as
 * Python's string.Template does; Forward's doesn't, and neither does it to a SCHEMA. */
static void
test_variables_in_names (void)
{
  static const struct
  {
    const char *name;
    gboolean classic;
  } cases[] = {
    { "$HOME", FALSE }, { "a$b", FALSE }, { "${x}", FALSE }, { "$$", FALSE },
    { "a$_", FALSE },   { "a$", TRUE },   { "a$1", TRUE },   { "$é", TRUE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *text = g_strdup_printf (
          "{'format':'barista-setup','version':1," TASK (
              "cdc") ",'topics':[{'topic':'acmeCo/orders',"
                     "'columns':[{'path':'$.example','name':'%s'}]}]}",
          cases[i].name);
      g_autoptr (BaristaSetup) setup = fixture_setup (text);
      g_autoptr (BaristaTable) table = fixture_table (setup, KEY_STRING, VALUE_PAGE);
      g_autoptr (GError) error = NULL;
      g_autoptr (GPtrArray) forward = generate (setup, table, NULL, &error);
      g_autoptr (GPtrArray) classic = NULL;

      g_test_message ("%s", cases[i].name);
      g_assert_no_error (error);
      g_assert_nonnull (forward);
      barista_setup_set_project_format (setup, "classic");
      classic = generate (setup, table, NULL, &error);
      g_assert_true ((classic != NULL) == cases[i].classic);
      if (cases[i].classic)
        continue;
      g_assert_error (error, BARISTA_OUTPUT_ERROR, BARISTA_OUTPUT_ERROR_UNSAFE);
      g_assert_nonnull (strstr (error->message, "endpoints/orders_current.pipe: SQL"));
      g_assert_nonnull (strstr (error->message, cases[i].name));
    }
}

/* The same of the column that tells deletions, in the file that looks for them. */
static void
test_variable_in_marker (void)
{
  g_autoptr (BaristaSetup) setup = fixture_setup ("{'format':'barista-setup','version':1," TASK (
      "cdc") ",'topics':[{'topic':'acmeCo/orders',"
             "'columns':[{'path':'$._meta.op','name':'op$HOME'}]}],"
             "'project':{'format':'classic'}}");
  g_autoptr (BaristaTable) table = fixture_table (setup, KEY_STRING, VALUE_PAGE);
  g_autoptr (GPtrArray) tables = g_ptr_array_new ();
  BaristaOutputRequest request = { .setup = setup, .tables = tables, .parts = BARISTA_OUTPUT_ALL };
  g_autoptr (GError) error = NULL;
  g_autofree char *text = barista_output_deleted_check (&request, table, &error);

  g_assert_error (error, BARISTA_OUTPUT_ERROR, BARISTA_OUTPUT_ERROR_UNSAFE);
  g_assert_null (text);
}

static void
test_flow_quotes_what_people_wrote (void)
{
  g_autoptr (BaristaSetup) setup = fixture_setup (
      "{'format':'barista-setup','version':1,'task':{'name':'acmeCo/no','managed':true,"
      "'bindings':[{'collection':'acmeCo/1','topic':'0123'},"
      "{'collection':'acmeCo/2','topic':'a: \\u0022#\\n'}]},'topics':[]}");
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) artefacts = generate (setup, NULL, NULL, &error);
  g_autofree char *text = NULL;

  g_assert_no_error (error);
  text = content_of (artefacts, "estuary/no.flow.yaml");
  g_assert_nonnull (strstr (text, "  \"acmeCo/no\":\n"));
  g_assert_nonnull (strstr (text, "topic_name: \"0123\"\n"));
  g_assert_nonnull (strstr (text, "topic_name: \"a: \\\"#\\n\"\n"));
}

static void
test_reference_is_not_publishable (void)
{
  g_autoptr (BaristaSetup) setup = fixture_setup (
      "{'format':'barista-setup','version':1,'task':{'name':'acmeCo/prod/tinybird'},'topics':[]}");
  g_autoptr (GPtrArray) artefacts = generate (setup, NULL, NULL, NULL);
  g_autofree char *text = content_of (artefacts, "estuary/reference/tinybird.flow.yaml");
  g_autofree char *readme = content_of (artefacts, "README.md");

  g_assert_true (g_str_has_prefix (text, "# Do not publish this file"));
  g_assert_null (strstr (text, "token"));
  g_assert_null (strstr (readme, "flowctl"));
}

static void
test_config_escapes_the_token (void)
{
  g_autoptr (BaristaSetup) setup = fixture_setup (SETUP (TASK ("cdc"), ""));
  g_autoptr (GPtrArray) tables = g_ptr_array_new ();
  BaristaOutputRequest request = { .setup = setup, .tables = tables };
  g_autofree char *text = barista_output_flow_config (&request, "a\"b\\c\nd\xc3\xa4#");

  g_assert_cmpstr (text, ==,
                   "token: \"a\\\"b\\\\c\\U0000000Ad\\U000000E4#\"\n"
                   "strict_topic_names: false\ndeletions: cdc\n");
}

static void
test_two_topics_one_name (void)
{
  g_autoptr (BaristaSetup) setup = fixture_setup (SETUP (TASK ("cdc"), ""));
  g_autoptr (BaristaTable) table = fixture_table (setup, KEY_STRING, VALUE_PAGE);
  g_autoptr (GPtrArray) tables = g_ptr_array_new ();
  g_autoptr (GError) error = NULL;
  BaristaOutputRequest request = { .setup = setup, .tables = tables, .parts = BARISTA_OUTPUT_ALL };

  g_ptr_array_add (tables, table);
  g_ptr_array_add (tables, table);
  g_assert_null (barista_output_generate (&request, NULL, &error));
  g_assert_error (error, BARISTA_OUTPUT_ERROR, BARISTA_OUTPUT_ERROR_UNSAFE);
}

static void
test_says_what_is_missing (void)
{
  g_autoptr (BaristaSetup) setup = fixture_setup ("{'format':'barista-setup','version':1," TASK (
      "kafka") ",'server':{'bootstrap_servers':["
               "'localhost:9092']},'topics':[{'topic':'acmeCo/orders','deletions':'hard'}]}");
  g_autoptr (BaristaTable) table = fixture_table (setup, KEY_STRING, VALUE_PAGE);
  g_autoptr (GPtrArray) findings = NULL;
  g_autoptr (GPtrArray) artefacts = generate (setup, table, &findings, NULL);

  g_assert_nonnull (artefacts);
  g_assert_nonnull (fixture_finding (findings, "config-without-token"));
  g_assert_nonnull (fixture_finding (findings, "server-is-local"));
  g_assert_nonnull (fixture_finding (findings, "hard-needs-cdc"));
}

/* A Classic workspace has no connection files that a finding could be about. */
static void
test_says_where_in_the_form (void)
{
  g_autoptr (BaristaSetup) setup = fixture_setup ("{'format':'barista-setup','version':1," TASK (
      "cdc") ",'server':{'bootstrap_servers':["
             "'localhost:9092']},'topics':[{'topic':'acmeCo/orders'}],'connections':[{'type':'s3',"
             "'name':'s3','region':'eu-west-1','arn':'arn:aws:iam::123456789012:role/r'}],"
             "'project':{'format':'classic'}}");
  g_autoptr (BaristaTable) table = fixture_table (setup, KEY_STRING, VALUE_PAGE);
  g_autoptr (GPtrArray) findings = NULL;
  g_autoptr (GPtrArray) artefacts = generate (setup, table, &findings, NULL);

  g_assert_nonnull (artefacts);
  g_assert_cmpstr (fixture_finding (findings, "server-is-local")->file, ==, "classic-form.md");
  g_assert_cmpstr (fixture_finding (findings, "target-trust")->file, ==, "classic-form.md");
}

/* Estuary's own names have two parts at least, of letters, digits and - _ . (dekaf.md 5). */
static void
test_says_what_estuary_refuses (void)
{
  static const struct
  {
    const char *task, *collection, *managed;
    guint expected;
  } names[] = {
    { "acmeCo/prod/tinybird", "acmeCo/orders", "true", 0 },
    { "acme Co/prod/tinybird", "acmeCo/orders", "true", 1 },
    { "acmeCo/prod/tinybird", "acmeCo/or ders", "true", 1 },
    { "tinybird", "acmeCo//orders", "true", 2 },
    { "tinybird", "acmeCo//orders", "false", 0 }, /* not ours to publish */
  };

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autofree char *text = g_strdup_printf (
          "{'format':'barista-setup','version':1,'topics':[],'task':{'name':'%s','managed':%s,"
          "'collections':['%s']}}",
          names[i].task, names[i].managed, names[i].collection);
      g_autoptr (BaristaSetup) setup = fixture_setup (text);
      g_autoptr (GPtrArray) findings = NULL;
      g_autoptr (GPtrArray) artefacts = generate (setup, NULL, &findings, NULL);
      guint n = 0;

      g_assert_nonnull (artefacts);
      for (guint j = 0; j < findings->len; j++)
        {
          const BaristaFinding *finding = findings->pdata[j];

          if (!g_str_equal (finding->rule, "catalog-name"))
            continue;
          g_assert_cmpint (finding->level, ==, BARISTA_LEVEL_ERROR);
          g_assert_true (g_str_has_prefix (finding->file, "estuary/"));
          n++;
        }
      g_assert_cmpuint (n, ==, names[i].expected);
    }
}

static char *
diff (const char *old_text, const char *new_text)
{
  g_autoptr (GBytes) old_bytes = old_text != NULL ? g_bytes_new_static (old_text, strlen (old_text))
                                                  : NULL;
  g_autoptr (GBytes) new_bytes = g_bytes_new_static (new_text, strlen (new_text));

  return barista_diff_unified (old_bytes, new_bytes, "a.txt");
}

static void
test_diff (void)
{
  static const struct
  {
    const char *old_text;
    const char *new_text;
    const char *expected;
  } pairs[] = {
    { "a\nb\n", "a\nb\n", "" },
    { NULL, "a\n", "--- /dev/null\n+++ b/a.txt\n@@ -0,0 +1,1 @@\n+a\n" },
    { "a\nb\nc\n", "a\nx\nc\n", "--- a/a.txt\n+++ b/a.txt\n@@ -1,3 +1,3 @@\n a\n-b\n+x\n c\n" },
    { "1\n2\n3\n4\n5\n6\n7\n8\n9\n", "1\n2\n3\n4\n6\n7\n8\n9\n10\n",
      "--- a/a.txt\n+++ b/a.txt\n@@ -2,8 +2,8 @@\n 2\n 3\n 4\n-5\n 6\n 7\n 8\n 9\n+10\n" },
    { "a", "a\n",
      "--- a/a.txt\n+++ b/a.txt\n@@ -1,1 +1,1 @@\n-a\n\\ No newline at end of file\n+a\n" },
    { "a\n", "\x1b[2Ja\n", "--- a/a.txt\n+++ b/a.txt\n@@ -1,1 +1,1 @@\n-a\n+\\x1b[2Ja\n" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (pairs); i++)
    {
      g_autofree char *text = diff (pairs[i].old_text, pairs[i].new_text);

      g_assert_cmpstr (text, ==, pairs[i].expected);
    }
}

/* `defined(hash)` is always true for the template engine, `error` ends the query. */
static void
test_parameters_keep_off_the_engine (void)
{
  g_autoptr (BaristaSetup) setup = fixture_setup (
      SETUP (TASK ("cdc"),
             ",'columns':[{'path':'$.hash','included':true},{'path':'$.Line','name':'Line'}]"));
  g_autoptr (BaristaTable) table = fixture_table (
      setup, KEY_TWO,
      VALUE (FIELD ("hash", "'string'") "," FIELD ("Line", "'long'") "," FIELD ("_is_deleted",
                                                                                "'long'")));
  g_autoptr (GPtrArray) artefacts = generate (setup, table, NULL, NULL);
  g_autofree char *pipe = content_of (artefacts, "endpoints/orders_current.pipe");

  g_assert_nonnull (strstr (pipe, "{% if defined(key_hash) %}\n"
                                  "        AND `hash` = {{ String(key_hash) }}\n"));
  g_assert_nonnull (strstr (pipe, "AND `Line` = {{ Int64(key_Line) }}\n"));
}

static void
test_code_spans_cannot_be_left (void)
{
  g_autofree char *text = barista_markdown_code ("a``b|c\n## d");

  g_assert_cmpstr (text, ==, "``` a``b\\u007cc\\u000a## d ```");
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/output/unsafe/answers", test_refuses_unsafe);
  g_test_add_func ("/output/unsafe/topics", test_refuses_unsafe_topics);
  g_test_add_func ("/output/odd", test_keeps_odd_names);
  g_test_add_func ("/output/findings/form", test_says_where_in_the_form);
  g_test_add_func ("/output/variables/names", test_variables_in_names);
  g_test_add_func ("/output/variables/marker", test_variable_in_marker);
  g_test_add_func ("/output/flow/quotes", test_flow_quotes_what_people_wrote);
  g_test_add_func ("/output/flow/reference", test_reference_is_not_publishable);
  g_test_add_func ("/output/flow/config", test_config_escapes_the_token);
  g_test_add_func ("/output/one-name", test_two_topics_one_name);
  g_test_add_func ("/output/findings", test_says_what_is_missing);
  g_test_add_func ("/output/catalog-names", test_says_what_estuary_refuses);
  g_test_add_func ("/output/diff", test_diff);
  g_test_add_func ("/output/parameters", test_parameters_keep_off_the_engine);
  g_test_add_func ("/output/markdown", test_code_spans_cannot_be_left);

  return g_test_run ();
}
