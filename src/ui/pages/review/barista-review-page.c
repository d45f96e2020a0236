/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "barista-review-page.h"

#include "barista-file-pane.h"
#include "barista-next-pane.h"
#include "barista-notes-group.h"
#include "barista-pieces.h"

#include <glib/gi18n.h>

/* What a card's shadow takes above the next thing, in pixels. */
#define SHADOW 6

struct _BaristaReviewPage
{
  BaristaStepPage parent_instance;

  BaristaProject *project;
  GCancellable *cancellable; /* of what outlives a click: dialogs, the save */
  gboolean saving, narrow;

  GtkWidget *answers, *commands, *files_place, *remaining; /* for pieces */
  GtkWidget *where, *format_row, *side;
  AdwToggleGroup *format;
  AdwActionRow *folder_row;
  AdwSwitchRow *typescript_row;
  GtkWidget *problem_group;
  AdwActionRow *problem_row;
  BaristaNotesGroup *notes;
  GtkWidget *spinner, *open_button, *save_button;
  AdwViewStack *stack;
  GtkWidget *scroller;
  float brought_up; /* where the commands began when they were brought up */
  int frames_left;
  BaristaFilePane *files;
  AdwPreferencesGroup *saved_group;
  BaristaNextPane *next;
};

G_DEFINE_FINAL_TYPE (BaristaReviewPage, barista_review_page, BARISTA_TYPE_STEP_PAGE)

static BaristaSession *
get_session (BaristaReviewPage *self)
{
  return barista_step_page_get_session (BARISTA_STEP_PAGE (self));
}

/* --- how it stands --- */

static char *
describe_folder (BaristaReviewPage *self, const char *folder)
{
  guint foreign = barista_project_count (self->project, BARISTA_FILE_FOREIGN);
  guint changed = barista_project_count (self->project, BARISTA_FILE_CHANGED);
  guint fresh = barista_project_count (self->project, BARISTA_FILE_NEW);

  if (folder == NULL)
    return g_strdup (_ ("None chosen. An existing project is read first; only these files are "
                        "added."));
  if (foreign > 0)
    return g_strdup_printf (ngettext ("%s\n%u file there isn't Barista's and would be replaced.",
                                      "%s\n%u files there aren't Barista's and would be replaced.",
                                      foreign),
                            folder, foreign);
  if (changed + fresh == 0)
    /* Translators: %s is a folder */
    return g_strdup_printf (_ ("%s\nAll files there are up to date."), folder);
  return g_strdup_printf (ngettext ("%s\n%u file to write.", "%s\n%u files to write.",
                                    changed + fresh),
                          folder, changed + fresh);
}

/* Once everything is in the folder, another thing is the next to do. */
static void
show_save (BaristaReviewPage *self, gboolean done)
{
  if (done)
    gtk_widget_remove_css_class (self->save_button, "suggested-action");
  else
    gtk_widget_add_css_class (self->save_button, "suggested-action");
}

static void
update (BaristaReviewPage *self)
{
  const char *folder = barista_session_get_folder (get_session (self));
  const char *problem = barista_project_get_problem (self->project);
  gboolean saved = barista_session_get_saved (get_session (self));
  guint pending = barista_project_count (self->project, BARISTA_FILE_CHANGED)
                  + barista_project_count (self->project, BARISTA_FILE_NEW);
  g_autofree char *described = describe_folder (self, folder);
  g_autofree char *files_are = NULL;

  adw_action_row_set_subtitle (self->folder_row, described);
  gtk_widget_set_visible (self->problem_group, problem != NULL);
  adw_action_row_set_subtitle (self->problem_row, problem != NULL ? problem : "");
  gtk_widget_set_sensitive (self->save_button, problem == NULL);
  /* While at work it stays as it is, or the keyboard would go anywhere from it. */
  gtk_accessible_update_state (GTK_ACCESSIBLE (self->save_button), GTK_ACCESSIBLE_STATE_BUSY,
                               self->saving, -1);
  gtk_widget_set_sensitive (self->open_button, folder != NULL);
  gtk_widget_set_visible (self->spinner, self->saving);
  show_save (self, saved && pending == 0);

  gtk_widget_set_visible (GTK_WIDGET (self->saved_group), saved && folder != NULL);
  if (folder != NULL)
    {
      g_autofree char *escaped = g_markup_escape_text (folder, -1);

      files_are = g_strdup_printf (_ ("Files are in %s."), escaped);
      adw_preferences_group_set_description (self->saved_group, files_are);
    }
}

/* --- the folder --- */

static void
on_folder_chosen (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (BaristaReviewPage) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GFile) file = gtk_file_dialog_select_folder_finish (GTK_FILE_DIALOG (source), result,
                                                                 &error);
  g_autofree char *path = file != NULL ? g_file_get_path (file) : NULL;
  gboolean save = GPOINTER_TO_INT (g_object_get_data (source, "save"));

  if (file != NULL && path == NULL)
    barista_step_page_toast (BARISTA_STEP_PAGE (self), _ ("Choose a folder of this computer"),
                             FALSE);
  if (path == NULL)
    return;

  barista_session_set_folder (get_session (self), path);
  if (save)
    barista_review_page_save (self);
}

/* Else GTK's own dialog begins with recent files, where accepting does nothing. */
static GFile *
first_folder (void)
{
  const char *documents = g_get_user_special_dir (G_USER_DIRECTORY_DOCUMENTS);

  return g_file_new_for_path (documents != NULL ? documents : g_get_home_dir ());
}

static void
choose_folder (BaristaReviewPage *self, gboolean save)
{
  g_autoptr (GtkFileDialog) dialog = gtk_file_dialog_new ();
  const char *folder = barista_session_get_folder (get_session (self));
  g_autoptr (GFile) initial = folder != NULL ? g_file_new_for_path (folder) : first_folder ();

  gtk_file_dialog_set_title (dialog, _ ("Choose the Project Folder"));
  gtk_file_dialog_set_accept_label (dialog, save ? _ ("_Save Here") : _ ("_Choose"));
  gtk_file_dialog_set_initial_folder (dialog, initial);
  g_object_set_data (G_OBJECT (dialog), "save", GINT_TO_POINTER (save));
  gtk_file_dialog_select_folder (dialog, GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self))),
                                 self->cancellable, on_folder_chosen, g_object_ref (self));
}

static void
on_choose (BaristaReviewPage *self)
{
  choose_folder (self, FALSE);
}

static void
on_open_folder (BaristaReviewPage *self)
{
  const char *folder = barista_session_get_folder (get_session (self));
  g_autoptr (GFile) file = NULL;
  g_autoptr (GtkFileLauncher) launcher = NULL;

  if (folder == NULL)
    return;
  file = g_file_new_for_path (folder);
  launcher = gtk_file_launcher_new (file);
  gtk_file_launcher_launch (launcher, GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self))), NULL,
                            NULL, NULL);
}

/* --- saving --- */

static void save (BaristaReviewPage *self, gboolean force);

static void
on_agreed (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (BaristaReviewPage) self = data;
  const char *answer = adw_alert_dialog_choose_finish (ADW_ALERT_DIALOG (source), result);

  if (g_str_equal (answer, "replace"))
    save (self, TRUE);
  else if (g_str_equal (answer, "look"))
    adw_view_stack_set_visible_child_name (self->stack, "files");
}

/* The differences stand in the list; this only says and names what would be lost. */
static void
ask_about_foreign (BaristaReviewPage *self)
{
  g_autofree char *what = describe_folder (self, barista_session_get_folder (get_session (self)));
  g_autoptr (GString) names = g_string_new (NULL);
  g_autofree char *body = NULL;
  AdwDialog *dialog;

  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (self->project)); i++)
    {
      g_autoptr (BaristaProjectFile) file = g_list_model_get_item (G_LIST_MODEL (self->project), i);

      if (barista_project_file_get_status (file) != BARISTA_FILE_FOREIGN)
        continue;
      g_string_append_printf (names, "%s%s", names->len > 0 ? "\n" : "",
                              barista_project_file_get_path (file));
      if (names->len == strlen (barista_project_file_get_path (file)))
        barista_file_pane_show (self->files, barista_project_file_get_path (file), 0);
    }

  body = g_strdup_printf ("%s\n\n%s", what, names->str);
  dialog = adw_alert_dialog_new (_ ("Replace Other Files?"), body);
  adw_alert_dialog_add_responses (ADW_ALERT_DIALOG (dialog), "cancel", _ ("_Cancel"), "look",
                                  _ ("_Look at Them"), "replace", _ ("_Replace"), NULL);
  adw_alert_dialog_set_response_appearance (ADW_ALERT_DIALOG (dialog), "replace",
                                            ADW_RESPONSE_DESTRUCTIVE);
  adw_alert_dialog_set_default_response (ADW_ALERT_DIALOG (dialog), "look");
  adw_alert_dialog_set_close_response (ADW_ALERT_DIALOG (dialog), "cancel");
  adw_alert_dialog_choose (ADW_ALERT_DIALOG (dialog), GTK_WIDGET (self), self->cancellable,
                           on_agreed, g_object_ref (self));
}

/* In a low window the commands begin below its edge: brings them up, and once more if what is above
 * them takes another height while the folder is read anew. */
static gboolean
show_what_remains (GtkWidget *stack, GdkFrameClock *clock, gpointer user_data)
{
  BaristaReviewPage *self = user_data;
  GtkScrolledWindow *scroller = GTK_SCROLLED_WINDOW (self->scroller);
  GtkWidget *tabs = self->commands;
  graphene_point_t top;

  if (gtk_widget_get_height (GTK_WIDGET (self->next)) == 0)
    return G_SOURCE_CONTINUE;
  if (gtk_widget_compute_point (tabs, gtk_widget_get_parent (tabs), &GRAPHENE_POINT_INIT (0, 0),
                                &top)
      && top.y != self->brought_up)
    {
      self->brought_up = top.y;
      gtk_adjustment_set_value (gtk_scrolled_window_get_vadjustment (scroller), top.y - SHADOW);
    }

  return self->frames_left-- > 0 ? G_SOURCE_CONTINUE : G_SOURCE_REMOVE;
}

static void
bring_up_what_remains (BaristaReviewPage *self)
{
  adw_view_stack_set_visible_child_name (self->stack, "next");
  self->brought_up = -1;
  self->frames_left = 30;
  gtk_widget_add_tick_callback (GTK_WIDGET (self->stack), show_what_remains, self, NULL);
}

static void
on_saved (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (BaristaReviewPage) self = data;
  g_autoptr (GError) error = NULL;
  gboolean saved = barista_project_save_finish (BARISTA_PROJECT (source), result, &error);

  self->saving = FALSE;
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;

  if (saved)
    {
      bring_up_what_remains (self);
      barista_step_page_toast (BARISTA_STEP_PAGE (self), _ ("Saved, not deployed"), FALSE);
    }
  update (self);
  if (!saved && g_error_matches (error, BARISTA_FOLDER_ERROR, BARISTA_FOLDER_ERROR_FOREIGN))
    ask_about_foreign (self);
  /* A folder that can't be written to has its home here too. */
  if (!saved && !g_error_matches (error, BARISTA_FOLDER_ERROR, BARISTA_FOLDER_ERROR_FOREIGN))
    {
      gtk_widget_set_visible (self->problem_group, TRUE);
      adw_action_row_set_subtitle (self->problem_row, error->message);
    }
}

static void
save (BaristaReviewPage *self, gboolean force)
{
  self->saving = TRUE;
  update (self);
  barista_project_save_async (self->project, force, self->cancellable, on_saved,
                              g_object_ref (self));
}

/**
 * barista_review_page_save:
 * @self: the page
 *
 * Saves the project as the button does: asks for a folder first if there is none, and before a file
 * that isn't ours would be replaced.
 */
void
barista_review_page_save (BaristaReviewPage *self)
{
  if (self->saving)
    return;
  barista_pieces_finish (GTK_WIDGET (self));
  if (barista_session_get_folder (get_session (self)) == NULL)
    choose_folder (self, TRUE);
  else
    save (self, FALSE);
}

static void
on_save (BaristaReviewPage *self)
{
  barista_review_page_save (self);
}

/* All files one below the other, each under its path. */
static void
on_copy_all (BaristaReviewPage *self)
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (self->project)); i++)
    {
      g_autoptr (BaristaProjectFile) file = g_list_model_get_item (G_LIST_MODEL (self->project), i);
      g_autofree char *content = barista_project_file_dup_text (file);

      if (!barista_project_file_get_secret (file))
        g_string_append_printf (text, "=== %s\n%s\n", barista_project_file_get_path (file),
                                content);
    }
  gtk_widget_activate_action (GTK_WIDGET (self), "win.copy", "s", text->str);
}

/* --- the rest of the page --- */

static void
on_note_file (BaristaReviewPage *self, const char *path, guint line)
{
  adw_view_stack_set_visible_child_name (self->stack, "files");
  barista_file_pane_show (self->files, path, line);
}

static void
set_narrow (BaristaReviewPage *self, gboolean narrow)
{
  self->narrow = narrow;
  if (self->files != NULL)
    barista_file_pane_set_narrow (self->files, narrow);
}

static void
on_narrow (BaristaReviewPage *self)
{
  set_narrow (self, TRUE);
}

static void
on_wide (BaristaReviewPage *self)
{
  set_narrow (self, FALSE);
}

static void
barista_review_page_enter (BaristaStepPage *page)
{
  BaristaReviewPage *self = BARISTA_REVIEW_PAGE (page);

  barista_project_set_watched (self->project, TRUE);
  gtk_widget_grab_focus (self->save_button);
}

static void
barista_review_page_leave (BaristaStepPage *page)
{
  barista_project_set_watched (BARISTA_REVIEW_PAGE (page)->project, FALSE);
}

static void
barista_review_page_show_place (BaristaStepPage *page, const char *place)
{
  on_note_file (BARISTA_REVIEW_PAGE (page), place, 0);
}

BaristaProject *
barista_review_page_get_project (BaristaReviewPage *self)
{
  return self->project;
}

static gboolean
format_to_toggle (GBinding *binding, const GValue *from, GValue *to, gpointer data)
{
  g_value_set_string (to, barista_project_format_to_string (g_value_get_enum (from)));
  return TRUE;
}

static gboolean
toggle_to_format (GBinding *binding, const GValue *from, GValue *to, gpointer data)
{
  g_value_set_enum (to, g_strcmp0 (g_value_get_string (from), "classic") == 0
                            ? BARISTA_PROJECT_CLASSIC
                            : BARISTA_PROJECT_FORWARD);
  return TRUE;
}

static gboolean
format_to_typescript (GBinding *binding, const GValue *from, GValue *to, gpointer data)
{
  g_value_set_boolean (to, g_value_get_enum (from) == BARISTA_PROJECT_FORWARD);
  return TRUE;
}

/* --- its pieces --- */

static void
bind_format (gpointer widget)
{
  BaristaReviewPage *self = widget;
  BaristaSetup *setup = barista_step_page_get_setup (BARISTA_STEP_PAGE (self));

  g_object_bind_property_full (setup, "project-format", self->format, "active-name",
                               G_BINDING_BIDIRECTIONAL | G_BINDING_SYNC_CREATE, format_to_toggle,
                               toggle_to_format, NULL, NULL);
}

static void
bind_typescript (gpointer widget)
{
  BaristaReviewPage *self = widget;
  BaristaSetup *setup = barista_step_page_get_setup (BARISTA_STEP_PAGE (self));

  g_object_bind_property (setup, "project-typescript", self->typescript_row, "active",
                          G_BINDING_BIDIRECTIONAL | G_BINDING_SYNC_CREATE);
  g_object_bind_property_full (setup, "project-format", self->typescript_row, "sensitive",
                               G_BINDING_SYNC_CREATE, format_to_typescript, NULL, NULL, NULL);
}

static void
follow_notes (gpointer widget)
{
  BaristaReviewPage *self = widget;

  barista_notes_group_set_project (self->notes, self->project, get_session (self));
}

static void
follow_files (gpointer widget)
{
  BaristaReviewPage *self = widget;

  set_narrow (self, self->narrow);
  barista_file_pane_set_project (self->files, self->project);
}

static void
follow_commands (gpointer widget)
{
  BaristaReviewPage *self = widget;

  barista_next_pane_set_project (self->next, self->project, get_session (self));
}

static void
follow_all (gpointer widget)
{
  BaristaReviewPage *self = widget;
  BaristaSession *session = get_session (self);

  g_signal_connect_object (self->project, "notify::commands", G_CALLBACK (update), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->project, "notify::problem", G_CALLBACK (update), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (session, "notify::folder", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (session, "notify::saved", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  update (self);
}

#define PLACE(member) G_STRUCT_OFFSET (BaristaReviewPage, member)

static const BaristaPiece pieces[] = {
  { "where", PLACE (answers), NULL },
  { "format", PLACE (format_row), bind_format },
  { "folder_row", PLACE (where), NULL },
  { "side", PLACE (answers), bind_typescript },
  { "notes", PLACE (side), follow_notes },
  { "problem_row", PLACE (problem_group), NULL },
  { "tabs", PLACE (commands), NULL },
  { "buttons", PLACE (commands), NULL },
  { "files", PLACE (files_place), follow_files },
  { "saved", PLACE (remaining), NULL },
  { "next", PLACE (remaining), follow_commands },
  { NULL, 0, follow_all },
};

/* --- the object --- */

static void
barista_review_page_constructed (GObject *object)
{
  BaristaReviewPage *self = BARISTA_REVIEW_PAGE (object);

  G_OBJECT_CLASS (barista_review_page_parent_class)->constructed (object);

  self->project = barista_project_new (get_session (self));
}

static void
barista_review_page_dispose (GObject *object)
{
  BaristaReviewPage *self = BARISTA_REVIEW_PAGE (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->project);

  G_OBJECT_CLASS (barista_review_page_parent_class)->dispose (object);
}

#define BIND(member) gtk_widget_class_bind_template_child (widget_class, BaristaReviewPage, member)
#define PIECE(member) barista_pieces_bind (widget_class, BaristaReviewPage, member)
#define CALL(handler) gtk_widget_class_bind_template_callback (widget_class, handler)

static void
barista_review_page_class_init (BaristaReviewPageClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  BaristaStepPageClass *page_class = BARISTA_STEP_PAGE_CLASS (klass);

  object_class->constructed = barista_review_page_constructed;
  object_class->dispose = barista_review_page_dispose;
  page_class->enter = barista_review_page_enter;
  page_class->leave = barista_review_page_leave;
  page_class->show_place = barista_review_page_show_place;

  g_type_ensure (BARISTA_TYPE_FILE_PANE);
  g_type_ensure (BARISTA_TYPE_NEXT_PANE);
  g_type_ensure (BARISTA_TYPE_NOTES_GROUP);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/barista/Barista/barista-review-page.ui");
  barista_pieces_class_init (widget_class, "barista-review-page-pieces.ui", pieces,
                             G_N_ELEMENTS (pieces));
  BIND (scroller);
  BIND (answers);
  BIND (problem_group);
  BIND (commands);
  BIND (stack);
  BIND (files_place);
  BIND (remaining);
  PIECE (stack); /* the tabs are told of it */
  PIECE (where);
  PIECE (format_row);
  PIECE (format);
  PIECE (folder_row);
  PIECE (side);
  PIECE (typescript_row);
  PIECE (notes);
  PIECE (problem_row);
  PIECE (spinner);
  PIECE (open_button);
  PIECE (save_button);
  PIECE (files);
  PIECE (saved_group);
  PIECE (next);
  CALL (on_choose);
  CALL (on_open_folder);
  CALL (on_copy_all);
  CALL (on_save);
  CALL (on_note_file);
  CALL (on_narrow);
  CALL (on_wide);
}

static void
barista_review_page_init (BaristaReviewPage *self)
{
  self->cancellable = g_cancellable_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
}
