/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "barista-publish-page.h"

#include "barista-pieces.h"
#include "barista-slices.h"
#include "barista-state-dot.h"
#include "barista-token-rows.h"
#include "barista-value-row.h"

#include <glib/gi18n.h>
#include <string.h>

/* What is shown of a file; it is copied whole. */
#define MAX_SHOWN 8000

struct _BaristaPublishPage
{
  BaristaStepPage parent_instance;

  GtkWidget *patience_place, *switcher_place, *form_box, *flowctl_box;
  AdwActionRow *patient;
  BaristaStateDot *dot;
  GtkWidget *look;
  AdwViewStack *stack;
  AdwPreferencesGroup *details, *endpoint, *sources, *files, *commands;
  GPtrArray *form; /* (element-type Row): what follows from the answers at once */
  GPtrArray *made; /* (element-type Row): of the files; they stay until those of now are made */
  GPtrArray *gone; /* (element-type Row): are still there, and go first */
  guint rows_source;
  GCancellable *making;
};

/* A row that is there or on its way. */
typedef struct Row Row;
struct Row
{
  AdwPreferencesGroup *group;
  GtkWidget *(*make) (BaristaPublishPage *self, const Row *row);
  char *title, *value;
  GPtrArray *artefacts; /* (nullable): keeps @artefact */
  const BaristaArtefact *artefact;
  GtkWidget *widget; /* NULL until it is made */
};

G_DEFINE_FINAL_TYPE (BaristaPublishPage, barista_publish_page, BARISTA_TYPE_STEP_PAGE)

static BaristaSession *
get_session (BaristaPublishPage *self)
{
  return barista_step_page_get_session (BARISTA_STEP_PAGE (self));
}

/* --- rows --- */

static void
row_free (gpointer data)
{
  Row *row = data;

  g_free (row->title);
  g_free (row->value);
  g_clear_pointer (&row->artefacts, g_ptr_array_unref);
  g_free (row);
}

static Row *
find_missing (GPtrArray *rows)
{
  for (guint i = 0; i < rows->len; i++)
    if (((Row *) rows->pdata[i])->widget == NULL)
      return rows->pdata[i];

  return NULL;
}

/* Takes or makes one: each takes a millisecond, and there may be a hundred collections. */
static gboolean
change_one (gpointer user_data)
{
  BaristaPublishPage *self = user_data;
  Row *row = find_missing (self->form);

  if (self->gone->len > 0)
    {
      row = self->gone->pdata[self->gone->len - 1];
      if (row->widget != NULL)
        adw_preferences_group_remove (row->group, row->widget);
      g_ptr_array_set_size (self->gone, (int) self->gone->len - 1);
      return G_SOURCE_CONTINUE;
    }

  if (row == NULL)
    row = find_missing (self->made);
  if (row == NULL)
    {
      self->rows_source = 0;
      return G_SOURCE_REMOVE;
    }

  row->widget = row->make (self, row);
  adw_preferences_group_add (row->group, row->widget);
  return G_SOURCE_CONTINUE;
}

static void
change_rows (BaristaPublishPage *self)
{
  if (self->rows_source == 0)
    self->rows_source = barista_slices_start (change_one, self);
}

static Row *
add_row (GPtrArray *rows,
         AdwPreferencesGroup *group,
         GtkWidget *(*make) (BaristaPublishPage *self, const Row *row),
         const char *title,
         const char *value)
{
  Row *row = g_new0 (Row, 1);

  row->group = group;
  row->make = make;
  row->title = g_strdup (title);
  row->value = g_strdup (value);
  g_ptr_array_add (rows, row);

  return row;
}

static void
clear_rows (BaristaPublishPage *self, GPtrArray *rows)
{
  gsize n;
  g_autofree gpointer *all = g_ptr_array_steal (rows, &n);

  for (gsize i = 0; i < n; i++)
    g_ptr_array_add (self->gone, all[i]);
}

/* --- rows, each of its kind --- */

static GtkWidget *
make_plain (BaristaPublishPage *self, const Row *row)
{
  return barista_value_row_new (row->title, row->value);
}

static GtkWidget *
make_value (BaristaPublishPage *self, const Row *row)
{
  GtkWidget *widget = barista_value_row_new (row->title, row->value);
  /* Translators: %s is the name of a field */
  g_autofree char *name = g_strdup_printf (_ ("Copy %s"), row->title);

  adw_action_row_add_suffix (ADW_ACTION_ROW (widget), barista_copy_button_new (row->value, name));
  return widget;
}

static void
on_copy_token (BaristaPublishPage *self)
{
  barista_token_copy (get_session (self), GTK_WIDGET (self));
  barista_step_page_toast (BARISTA_STEP_PAGE (self), _ ("Token copied"), FALSE);
}

static GtkWidget *
make_token (BaristaPublishPage *self, const Row *wanted)
{
  BaristaSecret *token = barista_session_get_token (get_session (self));
  guint length = token != NULL ? (guint) MIN (barista_secret_get_length (token), G_MAXUINT) : 0;
  g_autofree char *text = token != NULL
                              ? g_strdup_printf (ngettext ("%u character, not shown",
                                                           "%u characters, not shown", length),
                                                 length)
                              : g_strdup (_ ("None yet. Generate one on the step Task."));
  GtkWidget *row = barista_value_row_new (wanted->title, text);
  GtkWidget *button;

  if (token != NULL)
    {
      button = barista_copy_button_new (NULL, _ ("Copy Auth Token"));
      g_signal_connect_object (button, "clicked", G_CALLBACK (on_copy_token), self,
                               G_CONNECT_SWAPPED);
    }
  else
    {
      button = gtk_button_new_with_mnemonic (_ ("_Task"));
      gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
      gtk_actionable_set_action_target (GTK_ACTIONABLE (button), "s", "task");
      gtk_actionable_set_action_name (GTK_ACTIONABLE (button), "win.go");
    }
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), button);
  return row;
}

/* In the order of Estuary's form (dekaf.md 4): name, token, strict names, deletions, collections. */
static void
fill_form (BaristaPublishPage *self)
{
  BaristaSetup *setup = barista_session_get_setup (get_session (self));
  GListModel *bindings = barista_setup_get_bindings (setup);

  add_row (self->form, self->details, make_value, _ ("Name"), barista_setup_get_task_name (setup));
  add_row (self->form, self->endpoint, make_token, _ ("Auth Token"), NULL);
  add_row (self->form, self->endpoint, make_plain, _ ("Strict Topic Names"),
           barista_setup_get_strict_topic_names (setup) ? _ ("On") : _ ("Off"));
  add_row (self->form, self->endpoint, make_value, _ ("Deletion Mode"),
           barista_deletions_to_string (barista_setup_get_deletions (setup)));
  for (guint i = 0; i < g_list_model_get_n_items (bindings); i++)
    {
      g_autoptr (BaristaBinding) binding = g_list_model_get_item (bindings, i);
      const char *from = barista_binding_get_not_before (binding);
      g_autofree char *title = from != NULL ? g_strdup_printf (_ ("Collection, from %s on"), from)
                                            : g_strdup (_ ("Collection"));

      add_row (self->form, self->sources, make_value, title,
               barista_binding_get_collection (binding));
    }
  change_rows (self);
}

static GtkWidget *
make_file (BaristaPublishPage *self, const Row *wanted)
{
  const BaristaArtefact *artefact = wanted->artefact;
  GtkWidget *row = adw_expander_row_new ();
  GtkWidget *label, *scroller;
  gsize size = 0;
  const char *bytes = artefact->content != NULL ? g_bytes_get_data (artefact->content, &size)
                                                : NULL;
  g_autofree char *text = bytes != NULL ? g_strndup (bytes, size) : NULL;
  g_autofree char *shown = NULL;

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), artefact->path);
  if (text == NULL)
    {
      adw_expander_row_set_subtitle (ADW_EXPANDER_ROW (row),
                                     _ ("The token and the settings; only you can read it."));
      adw_expander_row_set_enable_expansion (ADW_EXPANDER_ROW (row), FALSE);
      return row;
    }

  shown = g_utf8_make_valid (text, (gssize) MIN (size, MAX_SHOWN));
  label = gtk_label_new (shown);
  gtk_label_set_selectable (GTK_LABEL (label), TRUE);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_widget_add_css_class (label, "monospace");
  gtk_widget_add_css_class (label, "file-text");
  gtk_widget_set_direction (label, GTK_TEXT_DIR_LTR);
  scroller = gtk_scrolled_window_new ();
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scroller), GTK_POLICY_AUTOMATIC,
                                  GTK_POLICY_NEVER);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), label);
  adw_expander_row_add_row (ADW_EXPANDER_ROW (row), scroller);
  adw_expander_row_add_suffix (ADW_EXPANDER_ROW (row),
                               barista_copy_button_new (text, _ ("Copy File")));

  return row;
}

static void
fill_flowctl (BaristaPublishPage *self, GPtrArray *artefacts, const char *problem)
{
  g_autofree char *publish = NULL;

  clear_rows (self, self->made);
  for (guint i = 0; artefacts != NULL && i < artefacts->len; i++)
    {
      const BaristaArtefact *artefact = artefacts->pdata[i];
      Row *row;

      if (!g_str_has_prefix (artefact->path, "estuary/"))
        continue;
      if (g_str_has_suffix (artefact->path, ".flow.yaml") && publish == NULL)
        publish = g_strdup_printf ("flowctl catalog publish --source %s", artefact->path);
      row = add_row (self->made, self->files, make_file, NULL, NULL);
      row->artefacts = g_ptr_array_ref (artefacts);
      row->artefact = artefact;
    }
  if (problem != NULL)
    add_row (self->made, self->files, make_plain, _ ("Can't be written"), problem);

  add_row (self->made, self->commands, make_value, _ ("Sign in to Estuary, once"),
           "flowctl auth login");
  if (publish != NULL)
    add_row (self->made, self->commands, make_value, _ ("Publish the task"), publish);
  change_rows (self);
}

/* What was cancelled is for nobody: the page may be gone. */
static void
on_made (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) artefacts = barista_session_make_artefacts_finish (BARISTA_SESSION (source),
                                                                           result, &error);
  BaristaPublishPage *self;

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;

  self = user_data;
  g_clear_object (&self->making);
  fill_flowctl (self, artefacts, error != NULL ? error->message : NULL);
}

static void
stop_making (BaristaPublishPage *self)
{
  g_cancellable_cancel (self->making);
  g_clear_object (&self->making);
}

static void
make_files (BaristaPublishPage *self)
{
  stop_making (self);
  self->making = g_cancellable_new ();
  barista_session_make_artefacts_async (get_session (self), self->making, on_made, self);
}

/* --- patience --- */

static void
refresh_patience (BaristaPublishPage *self)
{
  BaristaSession *session = get_session (self);
  gboolean published = barista_setup_get_published (barista_session_get_setup (session));
  BaristaStageReport *waiting = barista_session_find_failure (session, BARISTA_STEP_PUBLISH);
  const char *title = _ ("Not in Estuary yet");
  const char *text = _ ("This goes on by itself once the task is published.");
  BaristaStationState look = BARISTA_STATION_TODO;

  if (published)
    {
      title = _ ("Published");
      text = _ ("Estuary has accepted the task's name and token.");
      look = BARISTA_STATION_FINE;
    }
  else if (waiting != NULL)
    {
      text = _ ("The address works; this goes on by itself once the task is published.");
      look = BARISTA_STATION_WORKING;
    }
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->patient), title);
  adw_action_row_set_subtitle (self->patient, text);
  barista_state_dot_set_state (self->dot, look);
  gtk_widget_set_visible (self->look, !published);
}

static void
on_published (BaristaPublishPage *self)
{
  if (barista_setup_get_published (barista_session_get_setup (get_session (self)))
      && gtk_widget_get_mapped (GTK_WIDGET (self)))
    gtk_accessible_announce (GTK_ACCESSIBLE (self), _ ("The task is published"),
                             GTK_ACCESSIBLE_ANNOUNCEMENT_PRIORITY_MEDIUM);
  refresh_patience (self);
}

/* --- the page --- */

static void
barista_publish_page_enter (BaristaStepPage *page)
{
  BaristaPublishPage *self = BARISTA_PUBLISH_PAGE (page);

  clear_rows (self, self->form);
  fill_form (self);
  make_files (self);
  refresh_patience (self);
}

static void
follow_session (gpointer widget)
{
  BaristaPublishPage *self = widget;
  BaristaSession *session = get_session (self);

  g_signal_connect_object (session, "steps-changed", G_CALLBACK (refresh_patience), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (barista_session_get_setup (session), "notify::published",
                           G_CALLBACK (on_published), self, G_CONNECT_SWAPPED);
  refresh_patience (self);
}

static const BaristaPiece pieces[] = {
  { "patience", G_STRUCT_OFFSET (BaristaPublishPage, patience_place), follow_session },
  { "switcher", G_STRUCT_OFFSET (BaristaPublishPage, switcher_place), NULL },
  { "open_form", G_STRUCT_OFFSET (BaristaPublishPage, form_box), NULL },
  { "details", G_STRUCT_OFFSET (BaristaPublishPage, form_box), NULL },
  { "endpoint", G_STRUCT_OFFSET (BaristaPublishPage, form_box), NULL },
  { "sources", G_STRUCT_OFFSET (BaristaPublishPage, form_box), NULL },
  { "files", G_STRUCT_OFFSET (BaristaPublishPage, flowctl_box), NULL },
  { "commands", G_STRUCT_OFFSET (BaristaPublishPage, flowctl_box), NULL },
};

static void
barista_publish_page_dispose (GObject *object)
{
  g_clear_handle_id (&BARISTA_PUBLISH_PAGE (object)->rows_source, g_source_remove);
  stop_making (BARISTA_PUBLISH_PAGE (object));

  G_OBJECT_CLASS (barista_publish_page_parent_class)->dispose (object);
}

static void
barista_publish_page_finalize (GObject *object)
{
  g_ptr_array_unref (BARISTA_PUBLISH_PAGE (object)->form);
  g_ptr_array_unref (BARISTA_PUBLISH_PAGE (object)->made);
  g_ptr_array_unref (BARISTA_PUBLISH_PAGE (object)->gone);

  G_OBJECT_CLASS (barista_publish_page_parent_class)->finalize (object);
}

static void
barista_publish_page_class_init (BaristaPublishPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = barista_publish_page_dispose;
  G_OBJECT_CLASS (klass)->finalize = barista_publish_page_finalize;
  BARISTA_STEP_PAGE_CLASS (klass)->enter = barista_publish_page_enter;

  g_type_ensure (BARISTA_TYPE_STATE_DOT);
  gtk_widget_class_set_template_from_resource (
      widget_class, "/io/github/barista/Barista/barista-publish-page.ui");
  gtk_widget_class_bind_template_child (widget_class, BaristaPublishPage, patience_place);
  gtk_widget_class_bind_template_child (widget_class, BaristaPublishPage, switcher_place);
  gtk_widget_class_bind_template_child (widget_class, BaristaPublishPage, form_box);
  gtk_widget_class_bind_template_child (widget_class, BaristaPublishPage, flowctl_box);
  gtk_widget_class_bind_template_child (widget_class, BaristaPublishPage, stack);
  barista_pieces_class_init (widget_class, "barista-publish-page-pieces.ui", pieces,
                             G_N_ELEMENTS (pieces));
  barista_pieces_bind (widget_class, BaristaPublishPage, stack); /* for its switcher */
  barista_pieces_bind (widget_class, BaristaPublishPage, patient);
  barista_pieces_bind (widget_class, BaristaPublishPage, dot);
  barista_pieces_bind (widget_class, BaristaPublishPage, look);
  barista_pieces_bind (widget_class, BaristaPublishPage, details);
  barista_pieces_bind (widget_class, BaristaPublishPage, endpoint);
  barista_pieces_bind (widget_class, BaristaPublishPage, sources);
  barista_pieces_bind (widget_class, BaristaPublishPage, files);
  barista_pieces_bind (widget_class, BaristaPublishPage, commands);
}

static void
barista_publish_page_init (BaristaPublishPage *self)
{
  self->form = g_ptr_array_new_with_free_func (row_free);
  self->made = g_ptr_array_new_with_free_func (row_free);
  self->gone = g_ptr_array_new_with_free_func (row_free);
  gtk_widget_init_template (GTK_WIDGET (self));
}
