/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "barista-recent-row.h"
#include "barista-session-private.h"
#include "barista-window-private.h"

#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "ui-drive.h"

/* Files into windows and out of them, several windows of one process, and the cards of Start. */

typedef struct
{
  char *folder;
  GtkApplication *application;
  BaristaSetupStore *store;
  BaristaWindow *window;
} Fixture;

static BaristaWindow *
window_new (Fixture *fixture)
{
  BaristaWindow *window = ui_window_new (fixture->application, fixture->store);

  gtk_window_present (GTK_WINDOW (window));
  return window;
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  fixture->folder = g_dir_make_tmp ("barista-files-XXXXXX", NULL);
  fixture->application = gtk_application_new (APP_ID, G_APPLICATION_NON_UNIQUE);
  g_assert_true (g_application_register (G_APPLICATION (fixture->application), NULL, NULL));
  fixture->store = barista_setup_store_new (fixture->folder);
  fixture->window = window_new (fixture);
}

static GList *
windows_of (Fixture *fixture)
{
  return gtk_application_get_windows (fixture->application);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GDir) dir = g_dir_open (fixture->folder, 0, NULL);
  const char *name;

  while (windows_of (fixture) != NULL)
    gtk_window_destroy (windows_of (fixture)->data);
  barista_setup_store_flush (fixture->store);
  g_object_unref (fixture->store);
  g_object_unref (fixture->application);
  while ((name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (fixture->folder, name, NULL);

      g_remove (path);
    }
  g_assert_cmpint (g_rmdir (fixture->folder), ==, 0);
  g_free (fixture->folder);
}

static guint
n_kept (Fixture *fixture)
{
  return g_list_model_get_n_items (G_LIST_MODEL (fixture->store));
}

static char *
id_of (Fixture *fixture, guint position)
{
  g_autoptr (BaristaSetupEntry) entry = g_list_model_get_item (G_LIST_MODEL (fixture->store),
                                                               position);

  return g_strdup (barista_setup_entry_get_id (entry));
}

static GFile *
write_file (Fixture *fixture, const char *name, const char *task)
{
  g_autofree char *path = g_build_filename (fixture->folder, name, NULL);
  g_autofree char *text = g_strdup_printf ("{\"format\":\"barista-setup\",\"version\":1,"
                                           "\"task\":{\"name\":\"%s\"}}",
                                           task);

  g_assert_true (g_file_set_contents (path, text, -1, NULL));
  return g_file_new_for_path (path);
}

static gboolean
is_settled (gpointer data)
{
  Fixture *fixture = data;

  for (GList *l = windows_of (fixture); l != NULL; l = l->next)
    if (((BaristaWindow *) l->data)->opening > 0)
      return FALSE;

  return TRUE;
}

static void
open_and_wait (Fixture *fixture, BaristaWindow *window, GFile *file)
{
  barista_window_open_file (window, file);
  ui_wait_until (is_settled, fixture);
  while (g_main_context_iteration (NULL, FALSE))
    ;
}

static const char *
task_of (BaristaWindow *window)
{
  return barista_setup_get_task_name (
      barista_session_get_setup (barista_window_get_session (window)));
}

/* The same file again is the same setup, with what was answered since. */
static void
test_twice (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GFile) file = write_file (fixture, "mine.profile", "a/b");
  BaristaWindow *other;

  open_and_wait (fixture, fixture->window, file);
  g_assert_cmpstr (task_of (fixture->window), ==, "a/b");
  barista_setup_set_name (barista_session_get_setup (barista_window_get_session (fixture->window)),
                          "Mine");

  /* The window that has it comes to the front; one made for the file is closed again. */
  other = barista_window_new_for_file (fixture->application, fixture->store);
  gtk_window_present (GTK_WINDOW (other));
  open_and_wait (fixture, other, file);
  g_assert_cmpuint (g_list_length (windows_of (fixture)), ==, 1);
  g_assert_cmpuint (n_kept (fixture), ==, 1);

  barista_window_set_session (fixture->window, NULL);
  open_and_wait (fixture, fixture->window, file);
  while (barista_window_get_session (fixture->window) == NULL)
    g_main_context_iteration (NULL, TRUE);
  g_assert_cmpstr (barista_setup_get_name (
                       barista_session_get_setup (barista_window_get_session (fixture->window))),
                   ==, "Mine");
  g_assert_cmpuint (n_kept (fixture), ==, 1);
}

/* What was changed outside is another setup: neither is lost. */
static void
test_changed_since (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GFile) file = write_file (fixture, "mine.profile", "a/b");
  g_autoptr (GFile) changed = NULL;

  open_and_wait (fixture, fixture->window, file);
  changed = write_file (fixture, "mine.profile", "a/c");
  open_and_wait (fixture, fixture->window, changed);
  g_assert_cmpuint (n_kept (fixture), ==, 2);
  g_assert_cmpuint (g_list_length (windows_of (fixture)), ==, 2);
  g_assert_cmpstr (task_of (windows_of (fixture)->data), ==, "a/c");
  g_assert_cmpstr (task_of (fixture->window), ==, "a/b");
}

static void
on_refreshed (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_assert_true (barista_setup_store_refresh_finish (BARISTA_SETUP_STORE (source), result, NULL));
}

/* Before the folder was read nobody knows what is in it. */
static void
test_while_refreshing (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GFile) file = write_file (fixture, "mine.profile", "a/b");
  g_autoptr (BaristaSetupStore) store = NULL;
  BaristaWindow *window;

  open_and_wait (fixture, fixture->window, file);
  barista_setup_store_flush (fixture->store);
  gtk_window_destroy (GTK_WINDOW (fixture->window));
  barista_setup_store_flush (fixture->store);

  store = barista_setup_store_new (fixture->folder);
  window = ui_window_new (fixture->application, store);
  barista_setup_store_refresh_async (store, NULL, on_refreshed, NULL);
  open_and_wait (fixture, window, file);
  while (barista_window_get_session (window) == NULL)
    g_main_context_iteration (NULL, TRUE);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (store)), ==, 1);
  gtk_window_destroy (GTK_WINDOW (window));
  barista_setup_store_flush (store);
}

/* Each window its own setup; a second one for the same comes to nothing. */
static void
test_several_windows (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GFile) one = write_file (fixture, "one.profile", "a/one");
  g_autoptr (GFile) two = write_file (fixture, "two.profile", "a/two");
  BaristaWindow *second = window_new (fixture);
  g_autofree char *id = NULL;

  barista_window_open_file (fixture->window, one);
  barista_window_open_file (second, two);
  ui_wait_until (is_settled, fixture);
  g_assert_cmpstr (task_of (fixture->window), ==, "a/one");
  g_assert_cmpstr (task_of (second), ==, "a/two");
  g_assert_cmpuint (n_kept (fixture), ==, 2);

  id = g_strdup (barista_session_get_id (barista_window_get_session (second)));
  ui_action (GTK_WIDGET (fixture->window), "win.go", "start");
  ui_action (GTK_WIDGET (fixture->window), "win.open-setup", id);
  g_assert_cmpstr (task_of (fixture->window), ==, "a/one");

  /* Both ask for the same one before either has it. */
  barista_window_set_session (second, NULL);
  barista_window_set_session (fixture->window, NULL);
  ui_action (GTK_WIDGET (fixture->window), "win.open-setup", id);
  ui_action (GTK_WIDGET (second), "win.open-setup", id);
  g_assert_false (barista_window_is_free (second)); /* a file would not take its place */
  ui_wait_until (is_settled, fixture);
  g_assert_true ((barista_window_get_session (fixture->window) == NULL)
                 != (barista_window_get_session (second) == NULL));
}

/* Dropped on a window that works: what it works on stays. */
static void
test_busy_window (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GFile) file = write_file (fixture, "one.profile", "a/one");
  g_autoptr (GFile) missing = g_file_new_for_path ("/nonexistent/two.profile");

  ui_begin_practice (fixture->window);
  open_and_wait (fixture, fixture->window, file);
  g_assert_true (barista_session_get_practice (barista_window_get_session (fixture->window)));
  g_assert_cmpuint (g_list_length (windows_of (fixture)), ==, 2);
  open_and_wait (fixture, fixture->window, missing);
  g_assert_true (barista_session_get_practice (barista_window_get_session (fixture->window)));
  g_assert_nonnull (
      ui_find_text (GTK_WIDGET (windows_of (fixture)->data), "two.profile can't be opened"));
}

static void
test_no_files (Fixture *fixture, gconstpointer data)
{
  g_autofree char *pipe = g_build_filename (fixture->folder, "pipe", NULL);
  g_autofree char *big = g_build_filename (fixture->folder, "big", NULL);
  const struct
  {
    const char *path, *says;
  } rows[] = {
    { pipe, "It is a device or a pipe" },
    { fixture->folder, "It is a folder" },
    { "/dev/zero", "It is a device or a pipe" },
    { big, "larger than 1.0\u00a0MiB" },
  };

  g_assert_cmpint (mkfifo (pipe, 0600), ==, 0);
  g_assert_true (g_file_set_contents (big, "{", -1, NULL));
  g_assert_cmpint (truncate (big, 1024 * 1024 * 1024), ==, 0);
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (GFile) file = g_file_new_for_path (rows[i].path);

      open_and_wait (fixture, fixture->window, file);
      if (ui_find_text (GTK_WIDGET (fixture->window), rows[i].says) == NULL)
        g_error ("%s: not said: %s", rows[i].path, rows[i].says);
    }
  g_assert_cmpuint (n_kept (fixture), ==, 0);
}

/* What is let go over a window comes to its drop target as a list of files. */
static gboolean
drop (BaristaWindow *window, GSList *files)
{
  g_autoptr (GListModel) controllers = gtk_widget_observe_controllers (GTK_WIDGET (window));
  g_auto (GValue) value = G_VALUE_INIT;
  gboolean taken = FALSE;

  g_value_init (&value, GDK_TYPE_FILE_LIST);
  g_value_take_boxed (&value, gdk_file_list_new_from_list (files));
  for (guint i = 0; i < g_list_model_get_n_items (controllers); i++)
    {
      g_autoptr (GtkEventController) target = g_list_model_get_item (controllers, i);

      if (!GTK_IS_DROP_TARGET (target)
          || !gdk_content_formats_contain_gtype (
              gtk_drop_target_get_formats (GTK_DROP_TARGET (target)), GDK_TYPE_FILE_LIST))
        continue;
      g_assert_cmpint (gtk_drop_target_get_actions (GTK_DROP_TARGET (target)), ==, GDK_ACTION_COPY);
      g_signal_emit_by_name (target, "drop", &value, 10.0, 10.0, &taken);
    }
  while (g_main_context_iteration (NULL, FALSE))
    ;

  return taken;
}

/* One file opens where it is dropped, a second one beside it; what is none is named. */
static void
test_dropped (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GFile) one = write_file (fixture, "one.profile", "a/one");
  g_autoptr (GFile) two = write_file (fixture, "two.profile", "a/two");
  g_autoptr (GFile) folder = g_file_new_for_path (fixture->folder);
  GSList bad = { folder, NULL };
  GSList second = { two, NULL };
  GSList both = { one, &second };

  g_assert_false (drop (fixture->window, NULL));
  g_assert_true (drop (fixture->window, &bad));
  ui_wait_until (is_settled, fixture);
  g_assert_nonnull (ui_find_text (GTK_WIDGET (fixture->window), "It is a folder"));
  g_assert_null (barista_window_get_session (fixture->window));

  g_assert_true (drop (fixture->window, &both));
  ui_wait_until (is_settled, fixture);
  g_assert_cmpuint (g_list_length (windows_of (fixture)), ==, 2);
  g_assert_cmpstr (task_of (fixture->window), ==, "a/one");
  g_assert_cmpuint (n_kept (fixture), ==, 2);
}

static gboolean
is_gone (gpointer place)
{
  return *(gpointer *) place == NULL;
}

/* Destroys it, and waits until nothing that was on its way into it holds it. */
static void
close_for_good (BaristaWindow *window)
{
  g_object_add_weak_pointer (G_OBJECT (window), (gpointer *) &window);
  gtk_window_destroy (GTK_WINDOW (window));
  ui_wait_until (is_gone, &window);
}

/* A window that goes while a file is on its way, or a check runs, leaves nothing behind that falls. */
static void
test_closed_midway (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GFile) file = write_file (fixture, "one.profile", "a/one");
  BaristaWindow *second = window_new (fixture);
  BaristaReport *report;
  g_autofree char *id = NULL;

  barista_window_open_file (second, file);
  close_for_good (second);
  open_and_wait (fixture, fixture->window, file);
  id = g_strdup (barista_session_get_id (barista_window_get_session (fixture->window)));
  barista_window_set_session (fixture->window, NULL);
  second = window_new (fixture);
  ui_action (GTK_WIDGET (second), "win.open-setup", id);
  close_for_good (second);

  second = window_new (fixture);
  ui_begin_practice (second);
  while ((report = barista_session_get_report (barista_window_get_session (second))) == NULL)
    g_main_context_iteration (NULL, TRUE);
  g_assert_true (barista_session_get_checking (barista_window_get_session (second)));
  g_object_add_weak_pointer (G_OBJECT (report), (gpointer *) &report);
  close_for_good (second);
  ui_wait_until (is_gone, &report); /* the check has stopped */
}

/* --- the cards --- */

static void
keep_one (Fixture *fixture, const char *task)
{
  ui_click (GTK_WIDGET (fixture->window), "_Connect a Task");
  barista_setup_set_task_name (
      barista_session_get_setup (barista_window_get_session (fixture->window)), task);
  barista_window_set_session (fixture->window, NULL);
}

static GtkWidget *
card_of (Fixture *fixture, const char *title)
{
  GtkWidget *card = ui_find_label (GTK_WIDGET (fixture->window), BARISTA_TYPE_RECENT_ROW, title);

  g_assert_nonnull (card);
  return card;
}

/* It is nobody's window at once, and goes when its pages are gone; what it worked on can be opened
 * again meanwhile. */
static void
test_closed (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GFile) file = write_file (fixture, "mine.profile", "a/b");
  BaristaWindow *closed = fixture->window;
  GtkWidget *task, *review;
  BaristaWindow *second;

  open_and_wait (fixture, closed, file);
  task = barista_window_get_page (closed, BARISTA_STEP_TASK);
  review = barista_window_get_page (closed, BARISTA_STEP_REVIEW);
  g_object_add_weak_pointer (G_OBJECT (task), (gpointer *) &task);
  g_object_add_weak_pointer (G_OBJECT (review), (gpointer *) &review);
  g_object_add_weak_pointer (G_OBJECT (closed), (gpointer *) &closed);

  gtk_window_close (GTK_WINDOW (closed));
  g_assert_null (windows_of (fixture));
  g_assert_nonnull (closed);
  g_assert_false (gtk_widget_get_visible (GTK_WIDGET (closed)));

  second = window_new (fixture);
  open_and_wait (fixture, second, file);
  g_assert_cmpstr (task_of (second), ==, "a/b");
  g_assert_cmpuint (n_kept (fixture), ==, 1);
  g_assert_null (task);
  g_assert_null (review);
  g_assert_null (closed);
}

static void
test_card_keys (Fixture *fixture, gconstpointer data)
{
  GtkWidget *window = GTK_WIDGET (fixture->window);
  GtkMenuButton *menu;

  keep_one (fixture, "a/one");
  keep_one (fixture, "a/two");
  keep_one (fixture, "a/three");
  gtk_widget_grab_focus (card_of (fixture, "a/two"));
  ui_key (card_of (fixture, "a/two"), GDK_KEY_Delete, 0);
  g_assert_cmpuint (n_kept (fixture), ==, 2);
  /* Below it. */
  g_assert_true (gtk_root_get_focus (GTK_ROOT (window)) == card_of (fixture, "a/one"));
  ui_click (window, "_Undo");
  g_assert_cmpuint (n_kept (fixture), ==, 3);

  menu = GTK_MENU_BUTTON (ui_find (card_of (fixture, "a/two"), GTK_TYPE_MENU_BUTTON));
  g_assert_false (gtk_menu_button_get_active (menu));
  ui_key (card_of (fixture, "a/two"), GDK_KEY_Menu, 0);
  g_assert_true (gtk_menu_button_get_active (menu));
  gtk_menu_button_popdown (menu);
  ui_key (card_of (fixture, "a/two"), GDK_KEY_F10, GDK_SHIFT_MASK);
  g_assert_true (gtk_menu_button_get_active (menu));
  g_assert_cmpint (g_menu_model_get_n_items (gtk_menu_button_get_menu_model (menu)), ==, 3);
}

static void
test_card_renamed (Fixture *fixture, gconstpointer data)
{
  GtkWidget *window = GTK_WIDGET (fixture->window);
  g_autofree char *id = NULL;
  g_autofree char *again = NULL;
  AdwDialog *dialog;
  GtkWidget *entry;

  keep_one (fixture, "a/one");
  keep_one (fixture, "a/two");
  id = id_of (fixture, 1);
  ui_action (window, "win.rename-setup", id);
  dialog = adw_application_window_get_visible_dialog (ADW_APPLICATION_WINDOW (window));
  entry = adw_alert_dialog_get_extra_child (ADW_ALERT_DIALOG (dialog));
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (entry)), ==, "a/one");
  gtk_editable_set_text (GTK_EDITABLE (entry), "Orders <b>&");
  g_signal_emit_by_name (dialog, "response", "rename");
  adw_dialog_force_close (dialog);
  card_of (fixture, "Orders <b>&");
  /* Not used by that. */
  again = id_of (fixture, 1);
  g_assert_cmpstr (id, ==, again);
}

static void
test_card_duplicated (Fixture *fixture, gconstpointer data)
{
  g_autofree char *id = NULL;

  keep_one (fixture, "a/one");
  id = id_of (fixture, 0);
  ui_action (GTK_WIDGET (fixture->window), "win.duplicate-setup", id);
  g_assert_cmpuint (n_kept (fixture), ==, 2);
  card_of (fixture, "a/one (copy)");
  card_of (fixture, "a/one");
  g_assert_null (barista_window_get_session (fixture->window));
}

/* What the last check found stays until another one has ended. */
static void
test_card_says_the_last_result (Fixture *fixture, gconstpointer data)
{
  g_autoptr (BaristaSetup) setup = barista_setup_new ();
  BaristaSetupNotes notes = { .result = "passed", .step = "publish" };
  GtkWidget *card;

  barista_setup_set_task_name (setup, "a/one");
  barista_setup_store_save (fixture->store, "one", setup, &notes);
  card = card_of (fixture, "a/one");
  g_assert_true (g_str_has_prefix (adw_action_row_get_subtitle (ADW_ACTION_ROW (card)),
                                   "Connected · Today, "));

  ui_action (GTK_WIDGET (fixture->window), "win.open-setup", "one");
  while (barista_window_get_session (fixture->window) == NULL)
    g_main_context_iteration (NULL, TRUE);
  /* An existing task has no step Publish: what was noted is not followed into nowhere. */
  g_assert_cmpstr (gtk_stack_get_visible_child_name (fixture->window->views), ==, "work");
  barista_session_save_now (barista_window_get_session (fixture->window));
  barista_window_set_session (fixture->window, NULL);
  card = card_of (fixture, "a/one");
  g_assert_true (g_str_has_prefix (adw_action_row_get_subtitle (ADW_ACTION_ROW (card)),
                                   "Connected · Today, "));
}

static gboolean
is_exported (gpointer data)
{
  return ui_find_text (GTK_WIDGET (data), "Setup exported") != NULL;
}

static gboolean
is_not_exported (gpointer data)
{
  return ui_find_text (GTK_WIDGET (data), "The setup can't be exported") != NULL;
}

/* What is exported is what can be opened again. */
static void
test_exported (Fixture *fixture, gconstpointer data)
{
  g_autofree char *path = g_build_filename (fixture->folder, "out.profile", NULL);
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (BaristaSetup) setup = barista_setup_new ();

  barista_setup_set_task_name (setup, "a/one");
  barista_setup_set_name (setup, "Out");
  window_export_to (fixture->window, setup, file);
  ui_wait_until (is_exported, fixture->window);
  open_and_wait (fixture, fixture->window, file);
  g_assert_cmpstr (task_of (fixture->window), ==, "a/one");
}

static void
test_not_exported (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GFile) nowhere = g_file_new_for_path ("/dev/null/out.barista");
  g_autoptr (BaristaSetup) setup = barista_setup_new ();

  window_export_to (fixture->window, setup, nowhere);
  ui_wait_until (is_not_exported, fixture->window);
}

int
main (int argc, char **argv)
{
  g_setenv ("SECRET_BACKEND", "file", TRUE);
  g_setenv ("SECRET_FILE_TEST_PATH", "/dev/null/keyring", TRUE);
  g_setenv ("SECRET_FILE_TEST_PASSWORD", "test", TRUE);
  gtk_test_init (&argc, &argv, NULL);
  adw_init ();
  g_object_set (gtk_settings_get_default (), "gtk-enable-animations", FALSE, NULL);

#define ADD(path, function) \
  g_test_add ("/window-files/" path, Fixture, NULL, set_up, function, tear_down)
  ADD ("twice", test_twice);
  ADD ("changed-since", test_changed_since);
  ADD ("while-refreshing", test_while_refreshing);
  ADD ("several-windows", test_several_windows);
  ADD ("busy-window", test_busy_window);
  ADD ("no-files", test_no_files);
  ADD ("dropped", test_dropped);
  ADD ("closed-midway", test_closed_midway);
  ADD ("closed", test_closed);
  ADD ("card-keys", test_card_keys);
  ADD ("card-renamed", test_card_renamed);
  ADD ("card-duplicated", test_card_duplicated);
  ADD ("card-says-the-last-result", test_card_says_the_last_result);
  ADD ("exported", test_exported);
  ADD ("not-exported", test_not_exported);

  return g_test_run ();
}
