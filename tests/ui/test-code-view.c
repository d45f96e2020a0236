/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "barista-code-view.h"

#include <math.h>

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
    { "estuary/t.flow.yaml", "files-yaml" },
    { "typescript/src/tinybird.ts", "files-typescript" },
    { "policies/a.trust.json", "files-json" },
    { "README.md", "files-markdown" },
    { "a.diff", "files-diff" },
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
    { "a.yaml", "# what: \"it\" is", 9, -1 },
    { "a.yaml", "materializations:", 0, 16 },
    { "a.yaml", "- source: \"acmeCo/orders\"", 12, 0 },
    { "a.yaml", "  \"acmeCo/prod/tinybird\":", 4, 24 },
    { "a.yaml", "    variant: tinybird # one", 14, 11 },
    { "a.yaml", "  at: https://example.com:8080/a", 20, 4 },
    { "a.yaml", "  recommended: true", 15, 13 },
    { "a.diff", "+SELECT 1", 3, -1 },
    { "a.diff", "-SELECT 1", 3, -1 },
    { "a.diff", "@@ -1,2 +1,2 @@", 3, -1 },
    { "a.diff", " SELECT 1", -1, 3 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (BaristaCodeView) view = view_new (rows[i].name, rows[i].text);

      g_test_message ("%s", rows[i].text);
      g_assert_true (rows[i].coloured < 0 || is_coloured (view, 0, rows[i].coloured));
      g_assert_true (rows[i].plain < 0 || !is_coloured (view, 0, rows[i].plain));
    }
}

/* What gives the letter at @line, @column (both from 0) its colour; NULL: nothing does. */
static GtkTextTag *
tag_at (BaristaCodeView *view, int line, int column)
{
  GtkTextBuffer *buffer = gtk_text_view_get_buffer (GTK_TEXT_VIEW (view));
  GtkTextTag *found = NULL;
  g_autoptr (GSList) tags = NULL;
  GtkTextIter start, end;

  gtk_text_buffer_get_bounds (buffer, &start, &end);
  gtk_source_buffer_ensure_highlight (GTK_SOURCE_BUFFER (buffer), &start, &end);
  g_assert_true (gtk_text_buffer_get_iter_at_line_offset (buffer, &start, line, column));
  tags = gtk_text_iter_get_tags (&start);
  for (GSList *l = tags; l != NULL; l = l->next)
    {
      gboolean foreground;

      g_object_get (l->data, "foreground-set", &foreground, NULL);
      if (foreground)
        found = l->data;
    }

  return found;
}

static void
get_colour (GtkTextTag *tag, GdkRGBA *colour)
{
  g_autoptr (GdkRGBA) own = NULL;

  g_assert_nonnull (tag);
  g_object_get (tag, "foreground-rgba", &own, NULL);
  *colour = *own;
}

/* What a person tells apart by its colour has another one. */
static void
test_told_apart (void)
{
  static const struct
  {
    const char *name;
    const char *text;
    int columns[4]; /* of the first line; after the last one -1 */
  } rows[] = {
    { "a.yaml", "key: \"text\" # note", { 0, 6, 14, -1 } },
    { "a.yaml", "key: true", { 0, 5, -1, -1 } },
    { "a.json", "{ \"key\": \"te\\nxt\", \"n\": 12 }", { 3, 10, 12, 24 } },
    { "a.ts", "const a = \"text\"; // 1", { 0, 11, 18, -1 } },
    { "a.datasource", "ENGINE_VER \"__offset\"", { 0, 12, -1, -1 } },
    { "a.connection", "KAFKA_KEY own {{ tb_secret(1) }}", { 0, 10, -1, -1 } },
    { "a.connection", "KAFKA_KEY own {{ tb_secret(1) }}", { 10, 16, -1, -1 } },
    { "a.md", "Run `tb deploy`", { 5, -1, -1, -1 } },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (BaristaCodeView) view = view_new (rows[i].name, rows[i].text);

      g_test_message ("%s", rows[i].text);
      for (guint j = 0; j < 4 && rows[i].columns[j] >= 0; j++)
        for (guint k = 0; k < j; k++)
          {
            GdkRGBA one, other;

            get_colour (tag_at (view, 0, rows[i].columns[j]), &one);
            get_colour (tag_at (view, 0, rows[i].columns[k]), &other);
            g_assert_false (gdk_rgba_equal (&one, &other));
          }
    }
}

/* Relative luminance and contrast as WCAG 2 defines them. */
static double
linear (double value)
{
  return value <= 0.04045 ? value / 12.92 : pow ((value + 0.055) / 1.055, 2.4);
}

static double
luminance (const char *colour)
{
  GdkRGBA rgba;

  g_assert_true (gdk_rgba_parse (&rgba, colour));
  return 0.2126 * linear (rgba.red) + 0.7152 * linear (rgba.green) + 0.0722 * linear (rgba.blue);
}

static double
contrast (const char *one, const char *other)
{
  double a = luminance (one), b = luminance (other);

  return (MAX (a, b) + 0.05) / (MIN (a, b) + 0.05);
}

static char *
get_style_colour (GtkSourceStyleScheme *scheme, const char *id, const char *property)
{
  GtkSourceStyle *style = gtk_source_style_scheme_get_style (scheme, id);
  char *colour = NULL;

  g_test_message ("%s", id);
  g_assert_nonnull (style);
  g_object_get (style, property, &colour, NULL);
  return colour;
}

/* Each style of each language is there, light and dark, and can be read. */
static void
test_styles (void)
{
  static const char *const names[] = { "a.pipe", "a.yaml", "a.json", "a.ts", "a.md", "a.diff" };
  static const char *const schemes[] = { "barista-light", "barista-dark" };

  for (guint i = 0; i < G_N_ELEMENTS (names) + 1; i++)
    {
      g_autoptr (BaristaCodeView) view = view_new (i > 0 ? names[i - 1] : "", "x");
      GtkSourceBuffer *buffer = GTK_SOURCE_BUFFER (gtk_text_view_get_buffer (GTK_TEXT_VIEW (view)));
      GtkSourceLanguage *language;
      g_auto (GStrv) ids = NULL;

      if (i == 0)
        barista_code_view_set_language (view, "clickhouse");
      language = gtk_source_buffer_get_language (buffer);
      ids = gtk_source_language_get_style_ids (language);
      g_assert_cmpuint (g_strv_length (ids), >, 3);
      for (guint j = 0; j < G_N_ELEMENTS (schemes); j++)
        {
          GtkSourceStyleScheme *scheme = gtk_source_style_scheme_manager_get_scheme (
              gtk_source_style_scheme_manager_get_default (), schemes[j]);
          g_autofree char *background = get_style_colour (scheme, "text", "background");

          for (guint k = 0; ids[k] != NULL; k++)
            {
              g_autofree char *colour = get_style_colour (scheme, ids[k], "foreground");

              /* One is bold alone. */
              if (!g_str_equal (ids[k], "files-markdown:strong"))
                g_assert_cmpfloat (contrast (colour, background), >=, 4.5);
            }
        }
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
  g_test_add_func ("/code-view/told-apart", test_told_apart);
  g_test_add_func ("/code-view/styles", test_styles);
  g_test_add_func ("/code-view/sql", test_sql);
  g_test_add_func ("/code-view/text", test_text);

  return g_test_run ();
}
