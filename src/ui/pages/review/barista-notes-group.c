/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "barista-notes-group.h"

#include "barista-note-row.h"
#include "barista-slices.h"

#include <glib/gi18n.h>

struct _BaristaNotesGroup
{
  AdwBin parent_instance;

  BaristaProject *project;
  BaristaSession *session;

  AdwPreferencesGroup *group;
  AdwExpanderRow *expander;
  GPtrArray *rows; /* GtkWidget, not owned, in the order of the notes; each with its finding */
  guint n_right;   /* of them, from the first, say what the notes say */
  guint source;
};

G_DEFINE_FINAL_TYPE (BaristaNotesGroup, barista_notes_group, ADW_TYPE_BIN)

static guint file_signal;

/* Where a finding about a file of that folder is mended. */
static const struct
{
  const char *prefix;
  BaristaStep step;
} homes[] = {
  { "datasources/", BARISTA_STEP_SCHEMA }, { "endpoints/", BARISTA_STEP_SCHEMA },
  { "sinks/", BARISTA_STEP_SINKS },        { "policies/", BARISTA_STEP_SINKS },
  { "estuary/", BARISTA_STEP_TASK },
};

static BaristaStep
find_home (BaristaSession *session, const BaristaFinding *finding)
{
  BaristaSetup *setup = barista_session_get_setup (session);
  g_autofree char *own = g_strdup_printf ("connections/%s.connection",
                                          barista_setup_get_project_connection (setup));

  if (finding->file == NULL)
    return g_str_has_prefix (finding->rule, "group") ? BARISTA_STEP_GROUP : BARISTA_STEP_TOPICS;
  if (g_str_equal (finding->file, own))
    return BARISTA_STEP_SERVER;
  /* The form has the values of all connections; each kind has rules of its own. */
  if (g_str_equal (finding->file, "classic-form.md"))
    return g_str_has_prefix (finding->rule, "target-") ? BARISTA_STEP_SINKS : BARISTA_STEP_SERVER;
  if (g_str_has_prefix (finding->file, "connections/"))
    return BARISTA_STEP_SINKS;
  for (guint i = 0; i < G_N_ELEMENTS (homes); i++)
    if (g_str_has_prefix (finding->file, homes[i].prefix))
      return homes[i].step;

  return BARISTA_N_STEPS;
}

static const BaristaFinding *
get_finding (gpointer widget)
{
  return g_object_get_data (G_OBJECT (widget), "finding");
}

static void
set_finding (GtkWidget *widget, const BaristaFinding *finding)
{
  g_object_set_data_full (G_OBJECT (widget), "finding", barista_finding_copy (finding),
                          (GDestroyNotify) barista_finding_free);
}

static void
on_file (GtkButton *button, BaristaNotesGroup *self)
{
  const BaristaFinding *finding = get_finding (button);

  g_signal_emit (self, file_signal, 0, finding->file, finding->line);
}

static void
add_file_button (BaristaNotesGroup *self, GtkWidget *row, BaristaProjectNote *note)
{
  const BaristaFinding *finding = barista_project_note_get_finding (note);
  GtkWidget *button = gtk_button_new_from_icon_name ("text-x-generic-symbolic");

  gtk_widget_set_tooltip_text (button, _ ("Show the File"));
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (button, "flat");
  set_finding (button, finding);
  g_signal_connect (button, "clicked", G_CALLBACK (on_file), self);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), button);
}

static GtkWidget *
row_new (BaristaNotesGroup *self, BaristaProjectNote *note)
{
  const BaristaFinding *finding = barista_project_note_get_finding (note);
  BaristaStep home = find_home (self->session, finding);
  GtkWidget *row = barista_note_row_new (self->session, finding, finding->level);

  set_finding (row, finding);
  if (finding->file != NULL)
    add_file_button (self, row, note);
  if (home != BARISTA_N_STEPS)
    {
      gtk_actionable_set_action_target (GTK_ACTIONABLE (row), "s", barista_step_to_string (home));
      gtk_actionable_set_action_name (GTK_ACTIONABLE (row), "win.go");
      adw_action_row_add_suffix (ADW_ACTION_ROW (row),
                                 gtk_image_new_from_icon_name ("go-next-symbolic"));
    }

  return row;
}

/* A sentence with both counts would bend words by two numbers: each stands for itself. */
static char *
count_level (BaristaLevel level, guint n)
{
  switch (level)
    {
    case BARISTA_LEVEL_ERROR:
      return g_strdup_printf (ngettext ("%u error", "%u errors", n), n);
    case BARISTA_LEVEL_WARNING:
      return g_strdup_printf (ngettext ("%u warning", "%u warnings", n), n);
    case BARISTA_LEVEL_HINT:
    default:
      return g_strdup_printf (ngettext ("%u hint", "%u hints", n), n);
    }
}

static void
say_counts (BaristaNotesGroup *self, BaristaLevel worst, guint n_worst, guint n)
{
  g_autofree char *title = count_level (worst, n_worst);
  g_autofree char *all = g_strdup_printf (ngettext ("%u note in all", "%u notes in all", n), n);

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->expander), title);
  adw_expander_row_set_subtitle (self->expander, n > n_worst ? all : "");
}

static BaristaProjectNote *
get_note (BaristaNotesGroup *self, guint i)
{
  return g_list_model_get_item (barista_project_get_notes (self->project), i);
}

/* A row goes or comes, until they are those of the notes. */
static gboolean
mend_one (gpointer user_data)
{
  BaristaNotesGroup *self = user_data;
  guint n = g_list_model_get_n_items (barista_project_get_notes (self->project));

  if (self->rows->len > self->n_right)
    adw_expander_row_remove (self->expander,
                             g_ptr_array_steal_index (self->rows, self->rows->len - 1));
  else if (self->n_right < n)
    {
      g_autoptr (BaristaProjectNote) note = get_note (self, self->n_right++);
      GtkWidget *row = row_new (self, note);

      adw_expander_row_add_row (self->expander, row);
      g_ptr_array_add (self->rows, row);
    }

  if (self->rows->len > self->n_right || self->n_right < n)
    return G_SOURCE_CONTINUE;
  self->source = 0;
  return G_SOURCE_REMOVE;
}

/* Rows can only be added at the end: from the first one that says something else on they are made
 * anew, before the next frame. */
static void
mend_rows (BaristaNotesGroup *self)
{
  guint n = g_list_model_get_n_items (barista_project_get_notes (self->project));

  for (self->n_right = 0; self->n_right < MIN (n, self->rows->len); self->n_right++)
    {
      g_autoptr (BaristaProjectNote) note = get_note (self, self->n_right);

      if (!barista_finding_equal (get_finding (self->rows->pdata[self->n_right]),
                                  barista_project_note_get_finding (note)))
        break;
    }
  if (self->source == 0 && (self->rows->len > self->n_right || self->n_right < n))
    self->source = barista_slices_start (mend_one, self);
}

static void
on_notes (BaristaNotesGroup *self)
{
  guint n = g_list_model_get_n_items (barista_project_get_notes (self->project));
  guint n_worst = 0;
  BaristaLevel worst = BARISTA_LEVEL_HINT;

  for (guint i = 0; i < n; i++)
    {
      g_autoptr (BaristaProjectNote) note = get_note (self, i);
      BaristaLevel level = barista_project_note_get_finding (note)->level;

      worst = i == 0 ? level : worst;
      n_worst += level == worst;
    }

  mend_rows (self);
  gtk_widget_set_visible (GTK_WIDGET (self), n > 0);
  say_counts (self, worst, n_worst, n);
  if (worst == BARISTA_LEVEL_ERROR)
    adw_expander_row_set_expanded (self->expander, TRUE);
}

static void
barista_notes_group_dispose (GObject *object)
{
  BaristaNotesGroup *self = BARISTA_NOTES_GROUP (object);

  g_clear_handle_id (&self->source, g_source_remove);
  if (self->project != NULL)
    g_signal_handlers_disconnect_by_data (barista_project_get_notes (self->project), self);
  g_clear_object (&self->project);
  g_clear_object (&self->session);
  g_clear_pointer (&self->rows, g_ptr_array_unref);

  G_OBJECT_CLASS (barista_notes_group_parent_class)->dispose (object);
}

static void
barista_notes_group_class_init (BaristaNotesGroupClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = barista_notes_group_dispose;

  file_signal = g_signal_new ("file", BARISTA_TYPE_NOTES_GROUP, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                              NULL, G_TYPE_NONE, 2, G_TYPE_STRING, G_TYPE_UINT);
}

static void
barista_notes_group_init (BaristaNotesGroup *self)
{
  self->rows = g_ptr_array_new ();
  self->group = ADW_PREFERENCES_GROUP (adw_preferences_group_new ());
  self->expander = ADW_EXPANDER_ROW (adw_expander_row_new ());
  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (self->expander), FALSE);
  adw_preferences_group_add (self->group, GTK_WIDGET (self->expander));
  adw_bin_set_child (ADW_BIN (self), GTK_WIDGET (self->group));
  gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
}

/**
 * barista_notes_group_set_project:
 * @self: the group
 * @project: whose notes to show; set once
 * @session: of the project
 */
void
barista_notes_group_set_project (BaristaNotesGroup *self,
                                 BaristaProject *project,
                                 BaristaSession *session)
{
  g_return_if_fail (self->project == NULL);

  self->project = g_object_ref (project);
  self->session = g_object_ref (session);
  g_signal_connect_swapped (barista_project_get_notes (project), "items-changed",
                            G_CALLBACK (on_notes), self);
  on_notes (self);
}
