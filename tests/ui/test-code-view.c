/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "barista-code-view.h"

/* Whether the letter at @line, @column (both from 0) has a style of the language. */
static gboolean
is_coloured (BaristaCodeView *view, int line, int column)
{
  GtkSourceBuffer *buffer = GTK_SOURCE_BUFFER (gtk_text_view_get_buffer (GTK_TEXT_VIEW (view)));
  GtkTextIter start, end;
  g_autoptr (GSList) tags = NULL;

  gtk_text_buffer_get_bounds (GTK_TEXT_BUFFER (buffer), &start, &end);
  gtk_source_buffer_ensure_highlight (buffer, &start, &end);
  g_assert_true (
      gtk_text_buffer_get_iter_at_line_offset (GTK_TEXT_BUFFER (buffer), &start, line, column));
  tags = gtk_text_iter_get_tags (&start);
  for (GSList *l = tags; l != NULL; l = l->next)
    {
      gboolean foreground, weight;

      /* Others only name a class of text. */
      g_object_get (l->data, "foreground-set", &foreground, "weight-set", &weight, NULL);
      if (foreground || weight)
        return TRUE;
    }

  return FALSE;
}

static BaristaCodeView *
view_new (const char *name, const char *text)
{
  BaristaCodeView *view = BARISTA_CODE_VIEW (g_object_ref_sink (barista_code_view_new ()));

  barista_code_view_set_file_name (view, name);
  barista_code_view_set_text (view, text);
  return view;
}

static void
test_files (void)
{
  static const struct
  {
    const char *name;
    const char *language;
  } rows[] = {
    { "datasources/orders.datasource", "tinybird" },
    { "connections/a.connection", "tinybird" },
    { "sinks/a.pipe", "tinybird" },
    { "estuary/t.flow.yaml", "yaml" },
    { "typescript/src/tinybird.ts", "files-typescript" },
    { "policies/a.trust.json", "files-json" },
    { "README.md", "files-markdown" },
    { ".gitignore", NULL },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (BaristaCodeView) view = view_new (rows[i].name, "x");
      GtkSourceLanguage *language = gtk_source_buffer_get_language (
          GTK_SOURCE_BUFFER (gtk_text_view_get_buffer (GTK_TEXT_VIEW (view))));

      if (rows[i].language == NULL)
        g_assert_null (language);
      else
        g_assert_cmpstr (gtk_source_language_get_id (language), ==, rows[i].language);
    }
}

static void
test_colours (void)
{
  g_autoptr (BaristaCodeView) view = view_new (
      "a.datasource", "DESCRIPTION >\n    Rows of SELECT.\n\nSCHEMA >\n"
                      "    `id` Int64 `json:$.id`,\n    other\n\nENGINE \"MergeTree\"\n");

  g_assert_true (is_coloured (view, 0, 0));
  g_assert_true (is_coloured (view, 3, 0));
  g_assert_true (is_coloured (view, 4, 9));  /* Int64 */
  g_assert_true (is_coloured (view, 4, 16)); /* json path */
  g_assert_false (is_coloured (view, 5, 5)); /* a plain word */
  g_assert_true (is_coloured (view, 7, 0));
}

/* What our own files have, by the languages of ours. */
static void
test_small_languages (void)
{
  static const struct
  {
    const char *name;
    const char *text;
    int coloured, plain; /* columns of the first line; -1: none */
  } rows[] = {
    { "a.ts", "export const orders = x;", 0, 13 },
    { "a.ts", "id: \"json \\\" const\", name", 15, 23 },
    { "a.ts", "rows // all of them", 8, 0 },
    { "a.ts", "sql: `SELECT 1`, from_here: 1", 7, 17 },
    { "a.json", "{ \"key\": [x] }", 3, 11 },
    { "a.json", "  \"a: b\",", 4, -1 },
    { "a.json", "  \"key\": true }", 9, 14 },
    { "a.md", "## What Is Here", 5, -1 },
    { "a.md", "Run `tb deploy` first", 6, 17 },
    { "a.md", "- a point", 0, 3 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (BaristaCodeView) view = view_new (rows[i].name, rows[i].text);

      g_test_message ("%s", rows[i].text);
      g_assert_true (is_coloured (view, 0, rows[i].coloured));
      g_assert_true (rows[i].plain < 0 || !is_coloured (view, 0, rows[i].plain));
    }
}

static void
test_sql (void)
{
  g_autoptr (BaristaCodeView) view = BARISTA_CODE_VIEW (
      g_object_ref_sink (barista_code_view_new ()));

  barista_code_view_set_language (view, "clickhouse");
  barista_code_view_set_text (view, "SELECT count() AS n -- all\nFROM events FINAL");
  g_assert_true (is_coloured (view, 0, 0));
  g_assert_true (is_coloured (view, 0, 7));
  g_assert_true (is_coloured (view, 0, 22));
  g_assert_false (is_coloured (view, 1, 6));
  g_assert_true (is_coloured (view, 1, 13));
}

static void
on_text (guint *n)
{
  (*n)++;
}

/* A binding in both directions must not move the cursor of who types. */
static void
test_text (void)
{
  g_autoptr (BaristaCodeView) view = view_new ("a.pipe", "one\ntwo");
  GtkTextBuffer *buffer = gtk_text_view_get_buffer (GTK_TEXT_VIEW (view));
  guint n = 0;
  int position = 0;
  g_autofree char *text = NULL;

  g_signal_connect_swapped (view, "notify::text", G_CALLBACK (on_text), &n);
  gtk_text_buffer_insert_at_cursor (buffer, "new ", -1);
  g_assert_cmpuint (n, >, 0);
  text = barista_code_view_dup_text (view);
  g_assert_cmpstr (text, ==, "new one\ntwo");

  barista_code_view_set_text (view, text);
  g_object_get (buffer, "cursor-position", &position, NULL);
  g_assert_cmpint (position, ==, 4);

  barista_code_view_show_line (view, 2);
  g_assert_true (gtk_text_buffer_get_has_selection (buffer));
  barista_code_view_show_line (view, 99);
}

int
main (int argc, char **argv)
{
  gtk_test_init (&argc, &argv, NULL);
  adw_init ();

  g_test_add_func ("/code-view/files", test_files);
  g_test_add_func ("/code-view/colours", test_colours);
  g_test_add_func ("/code-view/small-languages", test_small_languages);
  g_test_add_func ("/code-view/sql", test_sql);
  g_test_add_func ("/code-view/text", test_text);

  return g_test_run ();
}
