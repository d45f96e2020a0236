/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "barista-output.h"
#include "barista-sinks.h"
#include "barista-sql-private.h"
#include "table-fixture.h"

#include <string.h>

static const char *const words[] = { "SQL", "TYPE", "TOKEN", NULL };

static void
test_block (void)
{
  static const struct
  {
    const char *sql;
    const char *block; /* NULL: refused */
  } cases[] = {
    { "SELECT 1", "    SELECT 1\n" },
    { "\n\n  SELECT 1\r\n    FROM t\r\n\n", "    SELECT 1\n        FROM t\n" },
    { "%\nSELECT {{ Int32(a) }}", "    %\n    SELECT {{ Int32(a) }}\n" },
    { "SELECT\nTYPE , a\n", "    SELECT\n    /**/ TYPE , a\n" },
    { "SELECT\n  SQL\nFROM t", "    SELECT\n    /**/   SQL\n    FROM t\n" },
    { "SELECT\nTYPES, sql\nFROM t", "    SELECT\n    TYPES, sql\n    FROM t\n" },
    { "SELECT 1 /* a\nSQL b\n# c */ + 1", "    SELECT 1 /* a\n    - SQL b\n    - # c */ + 1\n" },
    { "SELECT 1 -- it's\nTOKEN FROM t", "    SELECT 1 -- it's\n    /**/ TOKEN FROM t\n" },
    { "SELECT 1\n\n# a comment\nFROM t", "    SELECT 1\n\n    # a comment\n    FROM t\n" },
    { "SELECT 'a\nb'", NULL },
    { "SELECT `a\nb`", NULL },
    { "SELECT $x$a\nb$x$", NULL },
    { "SELECT 'a\\nb', '#', '--', \"it's\"", "    SELECT 'a\\nb', '#', '--', \"it's\"\n" },
    { "SELECT '''\n", "    SELECT '''\n" },
    { "SELECT 'open\nSQL", NULL },
    { "SELECT 1 \x07", NULL },
    { "SELECT '\xff'", NULL },
    { "%\nSELECT 1 {% if defined(x)\nSQL %} + 1 {% end %}", NULL },
    { "SELECT '👋 \xe2\x80\x8f$HOME `x`'", "    SELECT '👋 \xe2\x80\x8f$HOME `x`'\n" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *fault = NULL;
      g_autofree char *block = barista_sql_write_block (cases[i].sql, words, &fault);

      g_assert_cmpstr (block, ==, cases[i].block);
      g_assert_true ((block == NULL) == (fault != NULL));
    }
}

/* The tokens of a statement, and whether all of it could be cut. */
static char *
list_tokens (const char *text, gboolean *complete)
{
  g_autofree char *copy = g_strdup (text);
  BaristaSql sql = { .text = copy, .length = strlen (copy) };
  g_autoptr (GString) list = g_string_new (NULL);

  sql.doubts = g_array_new (FALSE, FALSE, sizeof (BaristaSqlDoubt));
  sql.tokens = g_array_new (FALSE, FALSE, sizeof (BaristaSqlToken));
  *complete = barista_sql_tokenize (&sql);
  for (guint i = 0; barista_sql_token (&sql, i)->kind != BARISTA_SQL_TOKEN_END; i++)
    {
      const BaristaSqlToken *token = barista_sql_token (&sql, i);

      g_string_append_len (list, copy + token->start, token->end - token->start);
      g_string_append_c (list, '\1');
    }
  for (guint i = 0; i < sql.doubts->len; i++)
    g_free (g_array_index (sql.doubts, BaristaSqlDoubt, i).message);
  g_array_unref (sql.doubts);
  g_array_unref (sql.tokens);
  return g_string_free_and_steal (g_steal_pointer (&list));
}

/* What the vendor's readers make of a block: without blank lines and those that start with #. */
static char *
read_block (const char *block)
{
  g_auto (GStrv) lines = g_strsplit (block, "\n", -1);
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; lines[i] != NULL; i++)
    {
      const char *line = lines[i] + strspn (lines[i], " \t");
      g_autofree char *word = g_strndup (line, strcspn (line, " "));

      if (*line == '\0' || *line == '#')
        continue;
      g_assert_true (g_str_has_prefix (lines[i], "    "));
      g_assert_false (g_strv_contains (words, word));
      g_string_append_printf (text, "%s\n", lines[i]);
    }

  return g_string_free_and_steal (g_steal_pointer (&text));
}

/* Whatever is written is read as the same statement. */
static void
test_any_block (void)
{
  static const char pieces[][10] = { "SELECT ", "1",   "'",     "\"",      "`",  "\n", "\n",
                                     "\n",      "SQL", "TYPE ", "TOKEN\n", "# ", "#",  "-- ",
                                     "/*",      "*/",  "//",    "$a$",     "\\", " ",  "\t",
                                     ",",       "{{",  "}}",    "{% if ",  "%}", "{#", "#}" };
  guint written = 0;

  for (guint i = 0; i < 50000; i++)
    {
      g_autoptr (GString) text = g_string_new (g_test_rand_bit () ? "%\n" : NULL);
      g_autofree char *fault = NULL;
      g_autofree char *block = NULL;
      g_autofree char *read = NULL;
      g_autofree char *before = NULL;
      g_autofree char *after = NULL;
      gboolean complete, complete_after;

      for (int n = g_test_rand_int_range (1, 14); n > 0; n--)
        g_string_append (text, pieces[g_test_rand_int_range (0, G_N_ELEMENTS (pieces))]);
      block = barista_sql_write_block (text->str, words, &fault);
      if (block == NULL)
        continue;

      read = read_block (block);
      before = list_tokens (g_strstrip (text->str), &complete);
      after = list_tokens (read, &complete_after);
      if (!complete)
        continue;
      if (!g_str_equal (before, after))
        g_test_message ("%s became %s", text->str, block);
      g_assert_cmpstr (before, ==, after);
      g_assert_true (complete_after);
      written++;
    }
  g_assert_cmpuint (written, >, 5000);
}

static BaristaSetup *
make_setup (void)
{
  return fixture_setup (
      "{ 'format': 'barista-setup', 'version': 1, 'connections': [ { 'type': 's3', 'name': 'b', "
      "'region': 'us-east-1', 'arn': 'arn:aws:iam::123456789012:role/r' }, { 'type': 'kafka', "
      "'name': 'k', 'bootstrap_servers': [ 'kafka.example.com:9092' ], 'key': 'A', 'secret': 'B' "
      "} ], 'sinks': [ { 'name': 's', 'connection': 'b', 'bucket_uri': 's3://my-bucket/', "
      "'file_template': 'a', 'format': 'csv', 'schedule': '@on-demand', 'nodes': [ { 'name': "
      "'rows', 'sql': 'SELECT 1' } ] }, { 'name': 't', 'connection': 'k', 'topic': 'x', "
      "'schedule': '@on-demand', 'nodes': [ { 'name': 'more', 'sql': 'SELECT 2' } ] } ] }");
}

static GPtrArray *
generate (BaristaSetup *setup, GError **error)
{
  g_autoptr (GPtrArray) tables = g_ptr_array_new ();
  BaristaOutputRequest request = { .setup = setup, .tables = tables, .parts = BARISTA_OUTPUT_ALL };

  return barista_output_generate (&request, NULL, error);
}

/* The text of a file; NULL: there is none */
static char *
get_file (GPtrArray *artefacts, const char *path)
{
  for (guint i = 0; i < artefacts->len; i++)
    {
      const BaristaArtefact *artefact = artefacts->pdata[i];

      if (g_str_equal (artefact->path, path))
        return g_strndup (g_bytes_get_data (artefact->content, NULL),
                          g_bytes_get_size (artefact->content));
    }

  return NULL;
}

/* A sink's answer, and what it becomes: a line of the pipe, or a refusal that names the place. */
static const struct
{
  const char *member;
  const char *value;
  const char *line; /* NULL: refused */
} answers[] = {
  { "bucket-uri", "s3://my-bucket/it's/", "EXPORT_BUCKET_URI \"s3://my-bucket/it's/\"" },
  { "bucket-uri", "s3://my-bucket/\"/", "EXPORT_BUCKET_URI 's3://my-bucket/\"/'" },
  { "bucket-uri", "s3://my-bucket/\"'/", NULL },
  { "bucket-uri", "s3://my-bucket/#1/", "EXPORT_BUCKET_URI \"s3://my-bucket/#1/\"" },
  { "bucket-uri", "s3://my-bucket/$HOME/", NULL },
  { "bucket-uri", "s3://my-bucket/--/`x`/", "EXPORT_BUCKET_URI s3://my-bucket/--/`x`/" },
  { "bucket-uri", "s3://my-bucket/a\nTYPE copy", NULL },
  { "bucket-uri", "s3://my-bucket/\xe2\x80\xa8", NULL },
  { "bucket-uri", "s3://my-bucket/{{ tb_secret(\"A\") }}/", NULL },
  { "bucket-uri", "s3://my-bucket/👋\xe2\x80\x8f/",
    "EXPORT_BUCKET_URI s3://my-bucket/👋\xe2\x80\x8f/" },
  { "file-template", "two  blanks", "EXPORT_FILE_TEMPLATE \"two  blanks\"" },
  { "file-template", "one blank", "EXPORT_FILE_TEMPLATE one blank" },
  { "file-template", " a", "EXPORT_FILE_TEMPLATE \" a\"" },
  { "file-template", "> a", "EXPORT_FILE_TEMPLATE \"> a\"" },
  { "file-template", "a\\", "EXPORT_FILE_TEMPLATE a\\" },
  { "file-template", "{ts,'%Y-%m-%d'}", "EXPORT_FILE_TEMPLATE \"{ts,'%Y-%m-%d'}\"" },
  { "format", "csv\tx", NULL },
  { "compression", "#gzip", "EXPORT_COMPRESSION \"#gzip\"" },
  { "strategy",
    "a\xc2\xa0"
    "b",
    NULL },
  { "schedule", "0 0 * * 5#3", "EXPORT_SCHEDULE \"0 0 * * 5#3\"" },
  { "schedule", "0\n0 * * *", NULL },
  { "connection", "a b", "EXPORT_CONNECTION_NAME a b" },
  { "description", "two\nlines\r\n\tof it", "    two lines of it" },
  { "description", "#1", NULL },
  { "description", "SQL is fun", NULL },
  { "description", "Sql is fun", "    Sql is fun" },
  { "description", "TYPE", NULL },
  { "description", "a {{ b }}", NULL },
  { "description", "it's \"$5\" -- `x` 👋 \xe2\x80\xae", "    it's \"$5\" -- `x` 👋 \xe2\x80\xae" },
  { "name", "../x", NULL },
  { "name", "a b", NULL },
  { "name", "", NULL },
};

static void
test_hostile_answers (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (answers); i++)
    {
      g_autoptr (BaristaSetup) setup = make_setup ();
      g_autoptr (GError) error = NULL;
      g_autoptr (GPtrArray) artefacts = NULL;
      g_autofree char *text = NULL;
      g_auto (GStrv) lines = NULL;

      g_object_set (barista_setup_find_sink (setup, "s"), answers[i].member, answers[i].value,
                    NULL);
      artefacts = generate (setup, &error);
      g_test_message ("%s: %s", answers[i].member, answers[i].value);
      if (answers[i].line == NULL)
        {
          g_assert_error (error, BARISTA_OUTPUT_ERROR, BARISTA_OUTPUT_ERROR_UNSAFE);
          g_assert_null (strchr (error->message, '\n'));
          continue;
        }
      g_assert_no_error (error);
      text = get_file (artefacts, "sinks/s.pipe");
      lines = g_strsplit (text, "\n", -1);
      g_assert_true (g_strv_contains ((const char *const *) lines, answers[i].line));
    }
}

/* 10,000 characters are no reason to refuse. */
static void
test_long_answers (void)
{
  g_autoptr (BaristaSetup) setup = make_setup ();
  BaristaSink *sink = barista_setup_find_sink (setup, "s");
  g_autofree char *x = g_strnfill (10000, 'x');
  g_autofree char *sql = g_strdup_printf ("SELECT '%s'", x);
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) artefacts = NULL;
  g_autofree char *text = NULL;

  barista_sink_set_description (sink, x);
  barista_sink_set_file_template (sink, x);
  barista_sink_node_set_sql (barista_sink_get_last_node (sink), sql);
  artefacts = generate (setup, &error);
  g_assert_no_error (error);
  text = get_file (artefacts, "sinks/s.pipe");
  g_assert_cmpuint (strlen (text), >, 30000);

  g_clear_pointer (&x, g_free);
  x = g_strnfill (201, 'x');
  barista_sink_set_name (sink, x);
  g_assert_null (generate (setup, &error));
  g_assert_error (error, BARISTA_OUTPUT_ERROR, BARISTA_OUTPUT_ERROR_UNSAFE);
}

/* Connections: what is set there, and whether it may be written. */
static void
test_hostile_connections (void)
{
  static const struct
  {
    const char *target;
    const char *member;
    const char *value;
    const char *line;
  } cases[] = {
    { "b", "region", "us east", NULL },
    { "b", "region", "us-east-1#", NULL },
    { "b", "arn", "arn:aws:iam::123456789012:role/a$b", NULL },
    { "b", "arn", "{{ tb_secret(\"A\") }}", NULL },
    { "b", "arn", "arn:aws:iam::1:role/é", "S3_ARN arn:aws:iam::1:role/é" },
    { "k", "key", "my key", NULL },
    { "k", "secret", "s3cret!", NULL },
    { "k", "secret", "OTHER_1", "KAFKA_SECRET {{ tb_secret(\"OTHER_1\") }}" },
    { "k", "ca-secret", "CA", "{{ tb_secret(\"CA\") }}" },
    { "k", "registry-secret", "R", "KAFKA_SCHEMA_REGISTRY_URL {{ tb_secret(\"R\") }}" },
    { "k", "registry-url", "https://registry.example.com",
      "KAFKA_SCHEMA_REGISTRY_URL https://registry.example.com" },
    { "k", "name", "a/b", NULL },
    { "k", "name", "b", NULL },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (BaristaSetup) setup = make_setup ();
      g_autofree char *path = barista_target_path (cases[i].target);
      g_autoptr (GError) error = NULL;
      g_autoptr (GPtrArray) artefacts = NULL;
      g_autofree char *text = NULL;
      g_auto (GStrv) lines = NULL;

      g_object_set (barista_setup_find_target (setup, cases[i].target), cases[i].member,
                    cases[i].value, NULL);
      artefacts = generate (setup, &error);
      g_test_message ("%s: %s", cases[i].member, cases[i].value);
      if (cases[i].line == NULL)
        {
          g_assert_error (error, BARISTA_OUTPUT_ERROR, BARISTA_OUTPUT_ERROR_UNSAFE);
          continue;
        }
      g_assert_no_error (error);
      text = get_file (artefacts, path);
      lines = g_strsplit (text, "\n", -1);
      g_assert_true (g_strv_contains ((const char *const *) lines, cases[i].line));
    }
}

/* Classic's reader replaces variables in SQL, Forward's doesn't. */
static void
test_variables_in_sql (void)
{
  static const struct
  {
    const char *sql;
    gboolean classic;
  } cases[] = {
    { "SELECT '$HOME'", FALSE }, { "SELECT '${HOME}'", FALSE },  { "SELECT $$a$$", FALSE },
    { "SELECT '$_'", FALSE },    { "SELECT '5 $', '$1'", TRUE }, { "SELECT '\\x24HOME'", TRUE },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (BaristaSetup) setup = make_setup ();
      g_autoptr (GPtrArray) forward = NULL;
      g_autoptr (GPtrArray) classic = NULL;

      barista_sink_node_set_sql (barista_sink_get_last_node (barista_setup_find_sink (setup, "s")),
                                 cases[i].sql);
      forward = generate (setup, NULL);
      g_assert_nonnull (forward);
      barista_setup_set_project_format (setup, "classic");
      classic = generate (setup, NULL);
      g_assert_true ((classic != NULL) == cases[i].classic);
    }
}

/* What is left out is left out, defaults that are stated are there. */
static void
test_stated_or_not (void)
{
  g_autoptr (BaristaSetup) setup = make_setup ();
  BaristaTarget *kafka = barista_setup_find_target (setup, "k");
  g_autoptr (GPtrArray) artefacts = generate (setup, NULL);
  g_autofree char *bare = get_file (artefacts, "connections/k.connection");
  g_autofree char *stated = NULL;

  g_assert_cmpstr (bare, ==,
                   "TYPE kafka\n"
                   "KAFKA_BOOTSTRAP_SERVERS kafka.example.com:9092\n"
                   "KAFKA_KEY {{ tb_secret(\"A\") }}\n"
                   "KAFKA_SECRET {{ tb_secret(\"B\") }}\n");

  barista_target_set_security (kafka, BARISTA_SECURITY_SASL_SSL);
  barista_target_set_mechanism (kafka, BARISTA_MECHANISM_PLAIN);
  g_ptr_array_unref (artefacts);
  artefacts = generate (setup, NULL);
  stated = get_file (artefacts, "connections/k.connection");
  g_assert_nonnull (strstr (stated, "\nKAFKA_SECURITY_PROTOCOL SASL_SSL\n"
                                    "KAFKA_SASL_MECHANISM PLAIN\n"));
}

/* A sink without SQL has no file; the others have. */
static void
test_sink_without_sql (void)
{
  g_autoptr (BaristaSetup) setup = make_setup ();
  BaristaSink *sink = barista_setup_find_sink (setup, "s");
  g_autoptr (GPtrArray) artefacts = NULL;
  g_autofree char *written = NULL;

  barista_sink_node_set_sql (barista_sink_get_last_node (sink), "\n");
  artefacts = generate (setup, NULL);
  g_assert_null (get_file (artefacts, "sinks/s.pipe"));
  written = get_file (artefacts, "sinks/t.pipe");
  g_assert_nonnull (written);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/sinks/files/block", test_block);
  g_test_add_func ("/sinks/files/any-block", test_any_block);
  g_test_add_func ("/sinks/files/answers", test_hostile_answers);
  g_test_add_func ("/sinks/files/long", test_long_answers);
  g_test_add_func ("/sinks/files/connections", test_hostile_connections);
  g_test_add_func ("/sinks/files/variables", test_variables_in_sql);
  g_test_add_func ("/sinks/files/stated", test_stated_or_not);
  g_test_add_func ("/sinks/files/without-sql", test_sink_without_sql);
  return g_test_run ();
}
