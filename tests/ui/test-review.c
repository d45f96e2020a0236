/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gstdio.h>
#include <string.h>

#include "barista-code-view.h"
#include "barista-notes-group.h"
#include "barista-output-commands.h"
#include "barista-review-page.h"
#include "barista-window.h"

#include "ui-drive.h"

typedef struct
{
  BaristaWindow *window;
  BaristaSession *session;
  BaristaReviewPage *page;
  BaristaProject *project;
  char *folder;
} Fixture;

static gboolean
is_made (gpointer data)
{
  BaristaProject *project = data;

  return !barista_project_get_busy (project)
         && g_list_model_get_n_items (G_LIST_MODEL (project)) > 0;
}

static gboolean
is_saved (gpointer data)
{
  return barista_session_get_saved (data);
}

/* The practice task with one topic, on its last page. */
static void
set_up (Fixture *fixture, gconstpointer data)
{
  g_autoptr (BaristaTopicChoice) choice = barista_topic_choice_new ("acmeCo/orders");

  fixture->folder = g_dir_make_tmp ("barista-review-XXXXXX", NULL);
  fixture->window = ui_window_new (NULL, NULL);
  gtk_window_present (GTK_WINDOW (fixture->window));
  ui_begin_practice (fixture->window);
  fixture->session = barista_window_get_session (fixture->window);
  ui_wait_idle (fixture->session);
  barista_setup_add_topic (barista_session_get_setup (fixture->session), choice);
  ui_wait_idle (fixture->session);
  ui_action (GTK_WIDGET (fixture->window), "win.go", "review");
  fixture->page = BARISTA_REVIEW_PAGE (
      ui_find (GTK_WIDGET (fixture->window), BARISTA_TYPE_REVIEW_PAGE));
  fixture->project = barista_review_page_get_project (fixture->page);
  ui_wait_until (is_made, fixture->project);
}

static void
remove_folder (const char *path)
{
  g_autoptr (GDir) dir = g_dir_open (path, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *child = g_build_filename (path, name, NULL);

      if (g_file_test (child, G_FILE_TEST_IS_DIR))
        remove_folder (child);
      else
        g_unlink (child);
    }
  g_rmdir (path);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  gtk_window_destroy (GTK_WINDOW (fixture->window));
  remove_folder (fixture->folder);
  g_free (fixture->folder);
}

static BaristaProjectFile *
find_file (Fixture *fixture, const char *path)
{
  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (fixture->project)); i++)
    {
      g_autoptr (BaristaProjectFile) file = g_list_model_get_item (G_LIST_MODEL (fixture->project),
                                                                   i);

      if (g_str_equal (barista_project_file_get_path (file), path))
        return file;
    }

  return NULL;
}

static char *
dup_shown (Fixture *fixture)
{
  GtkWidget *code = ui_find (GTK_WIDGET (fixture->page), BARISTA_TYPE_CODE_VIEW);

  return barista_code_view_dup_text (BARISTA_CODE_VIEW (code));
}

static void
test_shows_files (Fixture *fixture, gconstpointer data)
{
  BaristaProjectFile *file = find_file (fixture, "datasources/orders.datasource");
  g_autofree char *wanted = NULL;
  g_autofree char *shown = NULL;

  g_assert_nonnull (file);
  g_assert_cmpint (barista_project_file_get_status (file), ==, BARISTA_FILE_NEW);

  barista_step_page_show_place (BARISTA_STEP_PAGE (fixture->page), "datasources/orders.datasource");
  wanted = barista_project_file_dup_text (file);
  shown = dup_shown (fixture);
  g_assert_cmpstr (shown, ==, wanted);
  g_assert_nonnull (strstr (shown, "KAFKA_TOPIC acmeCo/orders"));
}

/* How many files were told to be others. */
static void
on_items_changed (guint *n, guint position, guint removed, guint added)
{
  *n += MAX (removed, added);
}

static void
refresh (Fixture *fixture)
{
  barista_project_refresh (fixture->project);
  ui_wait_until (is_made, fixture->project);
}

static guint
count_like (GListModel *before, GListModel *project)
{
  guint n = 0;

  for (guint i = 0; i < g_list_model_get_n_items (before); i++)
    {
      g_autoptr (BaristaProjectFile) file = g_list_model_get_item (before, i);

      for (guint j = 0; j < g_list_model_get_n_items (project); j++)
        {
          g_autoptr (BaristaProjectFile) other = g_list_model_get_item (project, j);

          n += file == other;
        }
    }

  return n;
}

static GListModel *
copy_files (Fixture *fixture)
{
  GListStore *copy = g_list_store_new (BARISTA_TYPE_PROJECT_FILE);

  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (fixture->project)); i++)
    {
      g_autoptr (BaristaProjectFile) file = g_list_model_get_item (G_LIST_MODEL (fixture->project),
                                                                   i);

      g_list_store_append (copy, file);
    }

  return G_LIST_MODEL (copy);
}

/* A pass that finds the same tells of nothing; one that finds another file leaves those alone that
 * are as they were, and the one that is looked at. */
static void
test_keeps_files (Fixture *fixture, gconstpointer data)
{
  BaristaSetup *setup = barista_session_get_setup (fixture->session);
  g_autoptr (GListModel) before = copy_files (fixture);
  g_autofree char *shown = NULL;
  g_autofree char *still = NULL;
  guint n_files = g_list_model_get_n_items (before);
  guint n = 0;

  g_assert_cmpuint (n_files, >, 3);
  barista_step_page_show_place (BARISTA_STEP_PAGE (fixture->page), "README.md");
  shown = dup_shown (fixture);
  g_signal_connect_swapped (fixture->project, "items-changed", G_CALLBACK (on_items_changed), &n);
  refresh (fixture);
  g_assert_cmpuint (n, ==, 0);

  /* The end of the Flow file's name: one file has another path, and the README names it. */
  g_object_set (setup, "task-name", "acmeCo/practice/another", NULL);
  refresh (fixture);
  g_assert_cmpuint (n, >, 0);
  g_assert_cmpuint (count_like (before, G_LIST_MODEL (fixture->project)), >, 0);
  g_assert_cmpuint (count_like (before, G_LIST_MODEL (fixture->project)), <, n_files);
  still = dup_shown (fixture);
  g_assert_true (g_str_has_prefix (shown, "# Estuary to Tinybird"));
  g_assert_true (g_str_has_prefix (still, "# Estuary to Tinybird"));
  g_assert_nonnull (strstr (still, "acmeCo/practice/another"));
  g_signal_handlers_disconnect_by_data (fixture->project, &n);
}

static void
add_note (GListStore *notes, guint position, const char *message)
{
  g_autoptr (BaristaFinding) finding = barista_finding_new ("stale-file", BARISTA_LEVEL_WARNING,
                                                            "README.md", 1, message, "Do it.");
  g_autoptr (BaristaProjectNote) note = barista_project_note_new (finding);

  g_list_store_insert (notes, position, note);
}

static GtkWidget *
find_row (Fixture *fixture, const char *message)
{
  GtkWidget *group = ui_find (GTK_WIDGET (fixture->page), BARISTA_TYPE_NOTES_GROUP);

  return ui_find_label (group, ADW_TYPE_ACTION_ROW, message);
}

static void
settle (void)
{
  while (g_main_context_iteration (NULL, FALSE))
    ;
}

static void
assert_rows (Fixture *fixture, const char *const *messages)
{
  GtkWidget *row = find_row (fixture, messages[0]);

  g_assert_nonnull (row);
  g_assert_null (gtk_widget_get_prev_sibling (row));
  for (guint i = 0; messages[i] != NULL; i++)
    {
      g_assert_true (row == find_row (fixture, messages[i]));
      row = gtk_widget_get_next_sibling (row);
    }
  g_assert_null (row);
}

/* Rows that say what they are to say stay, where the focus may be; what comes is in its order. */
static void
test_keeps_notes (Fixture *fixture, gconstpointer data)
{
  GListStore *notes = G_LIST_STORE (barista_project_get_notes (fixture->project));
  g_autoptr (GtkWidget) first = NULL;
  g_autoptr (GtkWidget) second = NULL;

  g_list_store_remove_all (notes);
  add_note (notes, 0, "One thing");
  add_note (notes, 1, "Another thing");
  add_note (notes, 2, "A third thing");
  settle ();
  assert_rows (fixture,
               (const char *const[]) { "One thing", "Another thing", "A third thing", NULL });
  first = g_object_ref (find_row (fixture, "One thing"));
  second = g_object_ref (find_row (fixture, "Another thing"));

  g_list_store_remove (notes, 2);
  add_note (notes, 2, "Something new");
  add_note (notes, 3, "And more");
  settle ();
  assert_rows (fixture, (const char *const[]) { "One thing", "Another thing", "Something new",
                                                "And more", NULL });
  g_assert_true (first == find_row (fixture, "One thing"));
  g_assert_true (second == find_row (fixture, "Another thing"));

  /* While rows come, others are said to come. */
  add_note (notes, 0, "The worst");
  g_list_store_remove (notes, 4);
  settle ();
  assert_rows (fixture, (const char *const[]) { "The worst", "One thing", "Another thing",
                                                "Something new", NULL });
  g_list_store_remove_all (notes);
  settle ();
  g_assert_null (find_row (fixture, "One thing"));
}

/* What is saved is what was shown; then all of it is up to date. */
static void
test_saves (Fixture *fixture, gconstpointer data)
{
  g_autofree char *path = g_build_filename (fixture->folder, "datasources", "orders.datasource",
                                            NULL);
  g_autofree char *shown = barista_project_file_dup_text (
      find_file (fixture, "datasources/orders.datasource"));
  g_autofree char *saved = NULL;

  barista_session_set_folder (fixture->session, fixture->folder);
  ui_click (GTK_WIDGET (fixture->page), "_Save to Folder");
  ui_wait_until (is_saved, fixture->session);
  g_assert_true (g_file_get_contents (path, &saved, NULL, NULL));
  g_assert_cmpstr (saved, ==, shown);

  barista_project_refresh (fixture->project);
  ui_wait_until (is_made, fixture->project);
  g_assert_cmpuint (barista_project_count (fixture->project, BARISTA_FILE_NEW), ==, 0);
  g_assert_cmpuint (barista_project_count (fixture->project, BARISTA_FILE_CHANGED), ==, 0);
}

/* The keyboard stays where it was, and what remains comes next. */
static void
test_keyboard_after_save (Fixture *fixture, gconstpointer data)
{
  GtkWidget *window = GTK_WIDGET (fixture->window);
  GtkWidget *save = ui_find_label (GTK_WIDGET (fixture->page), GTK_TYPE_BUTTON, "_Save to Folder");

  barista_session_set_folder (fixture->session, fixture->folder);
  ui_wait_until (is_made, fixture->project);
  g_assert_true (gtk_widget_grab_focus (save));
  ui_click (GTK_WIDGET (fixture->page), "_Save to Folder");
  settle ();
  ui_wait_until (is_saved, fixture->session);
  ui_wait_until (is_made, fixture->project);
  settle ();
  g_assert_true (gtk_root_get_focus (GTK_ROOT (window)) == save);

  g_assert_true (gtk_widget_child_focus (window, GTK_DIR_TAB_FORWARD));
  g_assert_true (
      gtk_root_get_focus (GTK_ROOT (window))
      == ui_find_label (GTK_WIDGET (fixture->page), GTK_TYPE_BUTTON, "_Use My Own Task"));
}

static void
on_save_ended (GObject *source, GAsyncResult *result, gpointer ended)
{
  g_assert_true (barista_project_save_finish (BARISTA_PROJECT (source), result, NULL));
  *(gboolean *) ended = TRUE;
}

static gboolean
is_set (gpointer flag)
{
  return *(gboolean *) flag;
}

static void
on_problem (BaristaProject *project, GParamSpec *pspec, guint *n)
{
  *n += barista_project_get_problem (project) != NULL;
}

/* The folder isn't read while it is written to: what is half there is no problem to tell of. */
static void
test_looked_at_while_saving (Fixture *fixture, gconstpointer data)
{
  guint n_problems = 0;

  barista_session_set_folder (fixture->session, fixture->folder);
  g_signal_connect (fixture->project, "notify::problem", G_CALLBACK (on_problem), &n_problems);
  for (int i = 0; i < 5; i++)
    {
      gboolean ended = FALSE;

      barista_project_refresh (fixture->project);
      barista_project_save_async (fixture->project, FALSE, NULL, on_save_ended, &ended);
      while (!ended)
        {
          barista_project_refresh (fixture->project);
          g_main_context_iteration (NULL, TRUE);
        }
      barista_project_refresh (fixture->project);
      ui_wait_until (is_made, fixture->project);
      g_assert_cmpuint (barista_project_count (fixture->project, BARISTA_FILE_NEW), ==, 0);
      remove_folder (fixture->folder);
    }
  g_assert_cmpuint (n_problems, ==, 0);
  g_signal_handlers_disconnect_by_data (fixture->project, &n_problems);
}

/* An answer that came while files were written isn't in them. */
static void
test_changed_while_saving (Fixture *fixture, gconstpointer data)
{
  BaristaSetup *setup = barista_session_get_setup (fixture->session);
  gboolean ended = FALSE;

  barista_session_set_folder (fixture->session, fixture->folder);
  barista_project_save_async (fixture->project, FALSE, NULL, on_save_ended, &ended);
  g_object_set (barista_setup_find_topic (setup, "acmeCo/orders"), "data-source", "all_orders",
                NULL);
  ui_wait_until (is_set, &ended);
  g_assert_false (barista_session_get_saved (fixture->session));

  ended = FALSE;
  barista_project_save_async (fixture->project, FALSE, NULL, on_save_ended, &ended);
  ui_wait_until (is_set, &ended);
  g_assert_true (barista_session_get_saved (fixture->session));
}

static gboolean
has_dialog (gpointer data)
{
  return adw_application_window_get_visible_dialog (ADW_APPLICATION_WINDOW (data)) != NULL;
}

/* A file that isn't ours is named before it is lost, and stays if nobody agrees. */
static void
test_asks_for_foreign_files (Fixture *fixture, gconstpointer data)
{
  g_autofree char *folder = g_build_filename (fixture->folder, "datasources", NULL);
  g_autofree char *path = g_build_filename (folder, "orders.datasource", NULL);
  g_autofree char *left = NULL;
  AdwDialog *dialog;

  g_mkdir (folder, 0755);
  g_assert_true (g_file_set_contents (path, "mine\n", -1, NULL));
  barista_session_set_folder (fixture->session, fixture->folder);
  ui_click (GTK_WIDGET (fixture->page), "_Save to Folder");
  ui_wait_until (has_dialog, fixture->window);

  dialog = adw_application_window_get_visible_dialog (ADW_APPLICATION_WINDOW (fixture->window));
  g_assert_true (ADW_IS_ALERT_DIALOG (dialog));
  g_assert_nonnull (strstr (adw_alert_dialog_get_body (ADW_ALERT_DIALOG (dialog)),
                            "\n1 file there isn't Barista's and would be replaced.\n\n"
                            "datasources/orders.datasource"));
  g_assert_true (g_file_get_contents (path, &left, NULL, NULL));
  g_assert_cmpstr (left, ==, "mine\n");
  g_assert_false (barista_session_get_saved (fixture->session));
  adw_dialog_force_close (dialog);
}

/* Classic has the form's values, Forward the connection file; a change is followed. */
static void
test_follows_the_format (Fixture *fixture, gconstpointer data)
{
  BaristaSetup *setup = barista_session_get_setup (fixture->session);

  g_assert_null (find_file (fixture, "classic-form.md"));
  g_object_set (setup, "project-format", BARISTA_PROJECT_CLASSIC, NULL);
  barista_project_refresh (fixture->project);
  ui_wait_until (is_made, fixture->project);
  g_assert_nonnull (find_file (fixture, "classic-form.md"));
  g_assert_null (find_file (fixture, "connections/estuary_dekaf.connection"));
}

/* Nobody can deploy the practice task; the way to one's own is there. */
static void
test_practice_has_no_commands (Fixture *fixture, gconstpointer data)
{
  GPtrArray *commands = barista_project_get_commands (fixture->project);

  g_assert_nonnull (commands);
  g_assert_cmpuint (commands->len, ==, 0);
}

static void
add_test (const char *path, void (*test) (Fixture *fixture, gconstpointer data))
{
  g_test_add (path, Fixture, NULL, set_up, test, tear_down);
}

int
main (int argc, char **argv)
{
  gtk_test_init (&argc, &argv);
  adw_init ();
  g_object_set (gtk_settings_get_default (), "gtk-enable-animations", FALSE, NULL);

  add_test ("/review/shows-files", test_shows_files);
  add_test ("/review/keeps-files", test_keeps_files);
  add_test ("/review/keeps-notes", test_keeps_notes);
  add_test ("/review/saves", test_saves);
  add_test ("/review/keyboard-after-save", test_keyboard_after_save);
  add_test ("/review/looked-at-while-saving", test_looked_at_while_saving);
  add_test ("/review/changed-while-saving", test_changed_while_saving);
  add_test ("/review/asks-for-foreign-files", test_asks_for_foreign_files);
  add_test ("/review/follows-the-format", test_follows_the_format);
  add_test ("/review/practice-has-no-commands", test_practice_has_no_commands);

  return g_test_run ();
}
