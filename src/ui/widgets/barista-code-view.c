/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "barista-code-view.h"

#include <string.h>

#define FOLDER "resource:///io/github/barista/Barista/"
static const char *const language_folders[] = { FOLDER "language-specs", NULL };
static const char *const style_folders[] = { FOLDER "styles", NULL };

struct _BaristaCodeView
{
  GtkSourceView parent_instance;

  char *language;
};

G_DEFINE_FINAL_TYPE (BaristaCodeView, barista_code_view, GTK_SOURCE_TYPE_VIEW)

enum
{
  PROP_0,
  PROP_LANGUAGE,
  PROP_TEXT,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

/* By the end of a file's name. All languages are our own: GtkSourceView would look through 160 of its
 * own for the first (10 ms), and read with each the file of the styles that they share (8 to 120 ms). */
static const char *const endings[][2] = {
  { ".yaml", "files-yaml" },     { ".json", "files-json" }, { ".ts", "files-typescript" },
  { ".md", "files-markdown" },   { ".pipe", "tinybird" },   { ".datasource", "tinybird" },
  { ".connection", "tinybird" }, { ".diff", "files-diff" },
};

static GtkSourceLanguageManager *
get_languages (void)
{
  static GtkSourceLanguageManager *manager;

  if (manager == NULL)
    {
      manager = gtk_source_language_manager_new ();
      gtk_source_language_manager_set_search_path (manager, language_folders);
    }
  return manager;
}

/* This manager is asked for its styles by each buffer that is made, too, and reads all that it has:
 * ours alone take 1 ms, the library's own 8. */
static GtkSourceStyleSchemeManager *
get_schemes (void)
{
  static GtkSourceStyleSchemeManager *manager;

  if (manager == NULL)
    {
      manager = g_object_ref (gtk_source_style_scheme_manager_get_default ());
      gtk_source_style_scheme_manager_set_search_path (manager, style_folders);
    }
  return manager;
}

/* GtkSourceView forgets a language when the last buffer in it goes, and reads its definition anew, 10
 * ms and more, for the next one: one buffer of each that was used stays. */
static void
keep_language (GtkSourceLanguage *language)
{
  static GHashTable *buffers;

  if (buffers == NULL)
    buffers = g_hash_table_new_full (NULL, NULL, NULL, g_object_unref);
  if (!g_hash_table_contains (buffers, language))
    g_hash_table_insert (buffers, language, gtk_source_buffer_new_with_language (language));
}

static GtkSourceBuffer *
get_buffer (BaristaCodeView *self)
{
  return GTK_SOURCE_BUFFER (gtk_text_view_get_buffer (GTK_TEXT_VIEW (self)));
}

static GtkSourceStyleScheme *
get_scheme (void)
{
  gboolean dark = adw_style_manager_get_dark (adw_style_manager_get_default ());

  return gtk_source_style_scheme_manager_get_scheme (get_schemes (),
                                                     dark ? "barista-dark" : "barista-light");
}

static void
follow_style (BaristaCodeView *self)
{
  gtk_source_buffer_set_style_scheme (get_buffer (self), get_scheme ());
}

static GtkSourceLanguage *
read_language (const char *id)
{
  GtkSourceLanguage *language = gtk_source_language_manager_get_language (get_languages (), id);

  if (language != NULL)
    keep_language (language);
  return language;
}

/* --- beforehand --- */

/* Milliseconds after which nobody waits for the first window any more. */
#define LATER_MS 1000

/* Those of the files that are shown first are the first. */
static const char *const languages[] = { "tinybird",        "files-yaml", "clickhouse",
                                         "files-json",      "files-diff", "files-markdown",
                                         "files-typescript" };

static void
prepare_styles (void)
{
  get_scheme ();
}

/* GTK's classes and GtkSourceView's take 1 to 3 ms each to set up; a class stays. */
static void
prepare_buffer_class (void)
{
  g_type_class_ref (GTK_SOURCE_TYPE_BUFFER);
}

static void
prepare_text_class (void)
{
  g_type_class_ref (GTK_TYPE_TEXT_VIEW);
}

static void
prepare_source_class (void)
{
  g_type_class_ref (GTK_SOURCE_TYPE_VIEW);
}

/* Pango looks for the font and measures it the first time. */
static void
prepare_font (void)
{
  g_autoptr (GtkWidget) text = g_object_ref_sink (gtk_text_view_new ());
  g_autoptr (PangoLayout) layout = NULL;

  gtk_text_view_set_monospace (GTK_TEXT_VIEW (text), TRUE);
  layout = gtk_widget_create_pango_layout (text, " ");
  pango_layout_get_pixel_size (layout, NULL, NULL);
}

static void
prepare_view (void)
{
  g_object_unref (g_object_ref_sink (barista_code_view_new ()));
}

static void
prepare_languages (void)
{
  gtk_source_language_manager_get_language_ids (get_languages ());
}

static void (*const steps[]) (void) = { prepare_styles,     prepare_buffer_class,
                                        prepare_text_class, prepare_source_class,
                                        prepare_font,       prepare_view,
                                        prepare_languages };

/* With the languages that the first file may have. */
#define N_FIRST (G_N_ELEMENTS (steps) + 2)
#define N_ALL (G_N_ELEMENTS (steps) + G_N_ELEMENTS (languages))

static guint n_prepared;

static void
prepare_one (void)
{
  guint i = n_prepared++;

  if (i < G_N_ELEMENTS (steps))
    steps[i]();
  else
    read_language (languages[i - G_N_ELEMENTS (steps)]);
}

/**
 * barista_code_view_prepare_next:
 *
 * Does one of the nine things that the first view with a file would have to wait for, 1 to 3 ms
 * each, unless they are done: so that a page that is made in pieces makes this in pieces too.
 */
void
barista_code_view_prepare_next (void)
{
  if (n_prepared < N_FIRST)
    prepare_one ();
}

static gboolean
on_prepare (gpointer unused)
{
  if (n_prepared < N_ALL)
    prepare_one ();

  return n_prepared < N_ALL ? G_SOURCE_CONTINUE : G_SOURCE_REMOVE;
}

static void
on_later (gpointer unused)
{
  g_idle_add_full (G_PRIORITY_LOW, on_prepare, NULL, NULL);
}

/**
 * barista_code_view_prepare_later:
 *
 * Makes ready what views and languages need, 20 ms in pieces of up to 4, when there is nothing else
 * to do after the first window came. GtkSourceView does it on the main thread alone.
 */
void
barista_code_view_prepare_later (void)
{
  g_timeout_add_once (LATER_MS, on_later, NULL);
}

/* --- the view --- */

/**
 * barista_code_view_set_language:
 * @self: a view
 * @id: (nullable): the language; %NULL for plain text
 *
 * An id that isn't known gives plain text.
 */
void
barista_code_view_set_language (BaristaCodeView *self, const char *id)
{
  GtkSourceLanguage *language;

  if (!g_set_str (&self->language, id))
    return;

  language = id != NULL ? read_language (id) : NULL;
  gtk_source_buffer_set_language (get_buffer (self), language);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_LANGUAGE]);
}

/**
 * barista_code_view_set_file_name:
 * @self: a view
 * @name: a file's name or path
 *
 * Takes the language that a file of that name has.
 */
void
barista_code_view_set_file_name (BaristaCodeView *self, const char *name)
{
  for (guint i = 0; i < G_N_ELEMENTS (endings); i++)
    if (g_str_has_suffix (name, endings[i][0]))
      {
        barista_code_view_set_language (self, endings[i][1]);
        return;
      }

  barista_code_view_set_language (self, NULL);
}

/**
 * barista_code_view_set_text:
 * @self: a view
 * @text: valid UTF-8
 *
 * Shows another text, from its beginning.
 */
void
barista_code_view_set_text (BaristaCodeView *self, const char *text)
{
  GtkTextBuffer *buffer = GTK_TEXT_BUFFER (get_buffer (self));
  g_autofree char *present = barista_code_view_dup_text (self);
  GtkTextIter start;

  /* A binding gives back what was typed: the cursor stays. */
  if (g_strcmp0 (present, text) == 0)
    return;

  gtk_text_buffer_begin_irreversible_action (buffer);
  gtk_text_buffer_set_text (buffer, text != NULL ? text : "", -1);
  gtk_text_buffer_end_irreversible_action (buffer);
  gtk_text_buffer_get_start_iter (buffer, &start);
  gtk_text_buffer_place_cursor (buffer, &start);
}

/**
 * barista_code_view_dup_text:
 * @self: a view
 *
 * Returns: (transfer full): all that it shows
 */
char *
barista_code_view_dup_text (BaristaCodeView *self)
{
  GtkTextBuffer *buffer = GTK_TEXT_BUFFER (get_buffer (self));
  GtkTextIter start, end;

  gtk_text_buffer_get_bounds (buffer, &start, &end);
  return gtk_text_buffer_get_text (buffer, &start, &end, TRUE);
}

/**
 * barista_code_view_show_line:
 * @self: a view
 * @line: number of a line, from 1
 */
void
barista_code_view_show_line (BaristaCodeView *self, guint line)
{
  GtkTextBuffer *buffer = GTK_TEXT_BUFFER (get_buffer (self));
  GtkTextIter start, end;

  if (line == 0 || !gtk_text_buffer_get_iter_at_line (buffer, &start, (int) line - 1))
    return;
  end = start;
  if (!gtk_text_iter_ends_line (&end))
    gtk_text_iter_forward_to_line_end (&end);
  gtk_text_buffer_select_range (buffer, &start, &end);
  gtk_text_view_scroll_to_mark (GTK_TEXT_VIEW (self), gtk_text_buffer_get_insert (buffer), 0.1,
                                TRUE, 0, 0.3);
}

static void
on_changed (BaristaCodeView *self)
{
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_TEXT]);
}

static void
barista_code_view_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  BaristaCodeView *self = BARISTA_CODE_VIEW (object);

  switch (id)
    {
    case PROP_LANGUAGE:
      g_value_set_string (value, self->language);
      break;
    case PROP_TEXT:
      g_value_take_string (value, barista_code_view_dup_text (self));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
barista_code_view_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  BaristaCodeView *self = BARISTA_CODE_VIEW (object);

  switch (id)
    {
    case PROP_LANGUAGE:
      barista_code_view_set_language (self, g_value_get_string (value));
      break;
    case PROP_TEXT:
      barista_code_view_set_text (self, g_value_get_string (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
barista_code_view_finalize (GObject *object)
{
  BaristaCodeView *self = BARISTA_CODE_VIEW (object);

  g_free (self->language);

  G_OBJECT_CLASS (barista_code_view_parent_class)->finalize (object);
}

static void
barista_code_view_class_init (BaristaCodeViewClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = barista_code_view_get_property;
  object_class->set_property = barista_code_view_set_property;
  object_class->finalize = barista_code_view_finalize;

  properties[PROP_LANGUAGE] = g_param_spec_string ("language", NULL, NULL, NULL,
                                                   G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY
                                                       | G_PARAM_STATIC_STRINGS);
  properties[PROP_TEXT] = g_param_spec_string ("text", NULL, NULL, NULL,
                                               G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY
                                                   | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
barista_code_view_init (BaristaCodeView *self)
{
  GtkTextView *view = GTK_TEXT_VIEW (self);

  /* Before the buffer comes, with the first thing that needs it. */
  get_schemes ();
  gtk_text_view_set_monospace (view, TRUE);
  gtk_text_view_set_editable (view, FALSE);
  gtk_text_view_set_left_margin (view, 12);
  gtk_text_view_set_right_margin (view, 12);
  gtk_text_view_set_top_margin (view, 12);
  gtk_text_view_set_bottom_margin (view, 12);
  gtk_source_view_set_tab_width (GTK_SOURCE_VIEW (self), 4);
  gtk_source_view_set_insert_spaces_instead_of_tabs (GTK_SOURCE_VIEW (self), TRUE);
  gtk_source_buffer_set_highlight_matching_brackets (get_buffer (self), FALSE);

  /* Tab leaves a text that is only read. */
  gtk_text_view_set_accepts_tab (view, FALSE);

  g_signal_connect_object (adw_style_manager_get_default (), "notify::dark",
                           G_CALLBACK (follow_style), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (get_buffer (self), "changed", G_CALLBACK (on_changed), self,
                           G_CONNECT_SWAPPED);
  follow_style (self);
}

/**
 * barista_code_view_new:
 *
 * Returns: (transfer floating): an empty view
 */
GtkWidget *
barista_code_view_new (void)
{
  return g_object_new (BARISTA_TYPE_CODE_VIEW, NULL);
}
