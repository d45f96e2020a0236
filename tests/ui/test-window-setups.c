/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "barista-chips-entry.h"
#include "barista-pieces.h"
#include "barista-session-private.h"
#include "barista-step-page.h"
#include "barista-window.h"

#include <glib/gstdio.h>
#include <string.h>

#include "ui-drive.h"

/* Whole setups: begun, kept, opened again, taken in from files. */

typedef struct
{
  char *folder;
  BaristaSetupStore *store;
  BaristaWindow *window;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  fixture->folder = g_dir_make_tmp ("barista-window-XXXXXX", NULL);
  fixture->store = barista_setup_store_new (fixture->folder);
  fixture->window = ui_window_new (NULL, fixture->store);
  gtk_window_present (GTK_WINDOW (fixture->window));
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GDir) dir = g_dir_open (fixture->folder, 0, NULL);
  const char *name;

  gtk_window_destroy (GTK_WINDOW (fixture->window));
  barista_setup_store_flush (fixture->store);
  g_object_unref (fixture->store);
  while ((name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (fixture->folder, name, NULL);

      g_unlink (path);
    }
  g_assert_cmpint (g_rmdir (fixture->folder), ==, 0);
  g_free (fixture->folder);
}

static guint
n_kept (Fixture *fixture)
{
  return g_list_model_get_n_items (G_LIST_MODEL (fixture->store));
}

static BaristaSession *
session_of (Fixture *fixture)
{
  return barista_window_get_session (fixture->window);
}

static gboolean
has_session (gpointer data)
{
  return session_of (data) != NULL;
}

static gboolean
has_kept_one (gpointer data)
{
  return n_kept (data) == 1;
}

static gboolean
has_problem (gpointer data)
{
  return ui_find_text (GTK_WIDGET (((Fixture *) data)->window), "can't be opened") != NULL;
}

/* Nothing is kept of what was begun and left; something is, once it is answered. */
static void
test_kept_once_answered (Fixture *fixture, gconstpointer data)
{
  GtkWidget *window = GTK_WIDGET (fixture->window);

  ui_click (window, "C_reate a Task");
  g_assert_true (barista_setup_get_managed (barista_session_get_setup (session_of (fixture))));
  ui_action (window, "win.go", "start");
  ui_click (window, "_Connect a Task");
  g_assert_cmpuint (n_kept (fixture), ==, 0);

  barista_setup_set_task_name (barista_session_get_setup (session_of (fixture)),
                               "acmeCo/prod/tinybird");
  barista_window_set_session (fixture->window, NULL);
  g_assert_cmpuint (n_kept (fixture), ==, 1);
}

static void
keep_one (Fixture *fixture, const char *task)
{
  ui_click (GTK_WIDGET (fixture->window), "_Connect a Task");
  barista_setup_set_task_name (barista_session_get_setup (session_of (fixture)), task);
  barista_window_set_session (fixture->window, NULL);
}

static void
test_opened_again (Fixture *fixture, gconstpointer data)
{
  GtkWidget *row;

  keep_one (fixture, "acmeCo/prod/tinybird");
  row = ui_find_label (GTK_WIDGET (fixture->window), ADW_TYPE_ACTION_ROW, "acmeCo/prod/tinybird");
  g_assert_nonnull (row);
  g_signal_emit_by_name (row, "activate");
  ui_wait_until (has_session, fixture);

  g_assert_cmpint (barista_session_get_step (session_of (fixture)), ==, BARISTA_STEP_TASK);
  g_assert_cmpstr (barista_setup_get_task_name (barista_session_get_setup (session_of (fixture))),
                   ==, "acmeCo/prod/tinybird");
  g_assert_cmpuint (n_kept (fixture), ==, 1);
}

static gboolean
is_copy (gpointer data)
{
  return ui_find_text (GTK_WIDGET (((Fixture *) data)->window), "Also changed elsewhere") != NULL;
}

/* Another process, which no session bus told of this one, has it open too. */
static void
test_changed_elsewhere (Fixture *fixture, gconstpointer data)
{
  g_autofree char *id = NULL;
  g_autofree char *name = NULL;
  g_autofree char *path = NULL;
  g_autofree char *left = NULL;
  static const char theirs[] = "{\"format\":\"barista-setup\",\"version\":1,\"name\":\"Theirs\","
                               "\"server\":{}}";

  ui_click (GTK_WIDGET (fixture->window), "_Connect a Task");
  barista_setup_set_task_name (barista_session_get_setup (session_of (fixture)), "acmeCo/prod/one");
  barista_session_save_now (session_of (fixture));
  barista_setup_store_flush (fixture->store);
  id = g_strdup (barista_session_get_id (session_of (fixture)));
  name = g_strconcat (id, ".barista", NULL);
  path = g_build_filename (fixture->folder, name, NULL);
  g_assert_true (g_file_set_contents (path, theirs, -1, NULL));
  barista_session_save_now (session_of (fixture));
  ui_wait_until (is_copy, fixture);

  g_assert_cmpstr (barista_session_get_id (session_of (fixture)), !=, id);
  g_assert_cmpstr (barista_setup_get_name (barista_session_get_setup (session_of (fixture))), ==,
                   "acmeCo/prod/one (copy)");
  barista_window_set_session (fixture->window, NULL);
  barista_setup_store_flush (fixture->store);
  g_assert_true (g_file_get_contents (path, &left, NULL, NULL));
  g_assert_cmpstr (left, ==, theirs);
  g_assert_cmpuint (n_kept (fixture), ==, 2);
}

static void
test_removed_with_undo (Fixture *fixture, gconstpointer data)
{
  GtkWidget *window = GTK_WIDGET (fixture->window);
  g_autoptr (BaristaSetupEntry) entry = NULL;

  keep_one (fixture, "acmeCo/prod/one");
  keep_one (fixture, "acmeCo/prod/two");
  entry = g_list_model_get_item (G_LIST_MODEL (fixture->store), 1);
  ui_action (window, "win.remove-setup", barista_setup_entry_get_id (entry));
  g_assert_cmpuint (n_kept (fixture), ==, 1);
  ui_click (window, "_Undo");
  g_assert_cmpuint (n_kept (fixture), ==, 2);
}

static void
test_open_one_is_deleted (Fixture *fixture, gconstpointer data)
{
  GtkWidget *window = GTK_WIDGET (fixture->window);

  ui_click (window, "_Connect a Task");
  barista_setup_set_task_name (barista_session_get_setup (session_of (fixture)), "acmeCo/x");
  ui_action (window, "win.delete", NULL);
  g_assert_null (session_of (fixture));
  g_assert_cmpuint (n_kept (fixture), ==, 0);
  ui_click (window, "_Undo");
  g_assert_cmpuint (n_kept (fixture), ==, 1);
}

static void
test_duplicated (Fixture *fixture, gconstpointer data)
{
  GtkWidget *window = GTK_WIDGET (fixture->window);

  ui_click (window, "_Connect a Task");
  barista_setup_set_task_name (barista_session_get_setup (session_of (fixture)), "acmeCo/x");
  ui_action (window, "win.duplicate", NULL);
  g_assert_cmpuint (n_kept (fixture), ==, 2);
  g_assert_cmpstr (barista_setup_get_name (barista_session_get_setup (session_of (fixture))), ==,
                   "acmeCo/x (copy)");
}

static void
write_and_open (Fixture *fixture, const char *name, const char *text)
{
  g_autofree char *path = g_build_filename (fixture->folder, name, NULL);
  g_autoptr (GFile) file = g_file_new_for_path (path);

  g_assert_true (g_file_set_contents (path, text, -1, NULL));
  barista_window_open_file (fixture->window, file);
}

static void
test_file (Fixture *fixture, gconstpointer data)
{
  BaristaSetup *setup;
  g_autofree char *ca_file = g_build_filename (fixture->folder, "ca.pem", NULL);

  write_and_open (fixture, "mine.profile",
                  "{\"format\":\"barista-setup\",\"version\":1,\"task\":{\"name\":\"a/b\"},"
                  "\"server\":{\"ca_file\":\"ca.pem\"}}");
  ui_wait_until (has_session, fixture);

  setup = barista_session_get_setup (session_of (fixture));
  g_assert_cmpstr (barista_setup_get_task_name (setup), ==, "a/b");
  g_assert_cmpstr (barista_setup_get_ca_file (setup), ==, ca_file);
  ui_wait_until (has_kept_one, fixture);
}

/* One home: on Start, with the line. */
static void
test_bad_file (Fixture *fixture, gconstpointer data)
{
  GtkWidget *window = GTK_WIDGET (fixture->window);

  write_and_open (fixture, "bad.profile",
                  "{\"format\":\"barista-setup\",\"version\":1,\n"
                  "\"server\":{\"security_protocol\":\"TLS\"}}");
  ui_wait_until (has_problem, fixture);
  g_assert_nonnull (ui_find_text (window, "bad.profile"));
  g_assert_nonnull (ui_find_text (window, "line 2: server.security_protocol"));
  g_assert_null (session_of (fixture));
  g_assert_cmpuint (n_kept (fixture), ==, 0);
}

static void
test_missing_file (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GFile) file = g_file_new_for_path ("/nonexistent/orders.barista");

  barista_window_open_file (fixture->window, file);
  ui_wait_until (has_problem, fixture);
}

/* The name stands in the header, is changed there, and is undone like any answer. */
static void
test_renamed (Fixture *fixture, gconstpointer data)
{
  GtkWidget *window = GTK_WIDGET (fixture->window);
  GtkWidget *label;
  BaristaSetup *setup;

  ui_click (window, "_Connect a Task");
  setup = barista_session_get_setup (session_of (fixture));
  label = ui_find (window, GTK_TYPE_EDITABLE_LABEL);
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (label)), ==, "New Setup");
  ui_action (window, "win.rename", NULL);
  gtk_editable_set_text (GTK_EDITABLE (label), "Orders to Tinybird");
  gtk_editable_label_stop_editing (GTK_EDITABLE_LABEL (label), TRUE);
  g_assert_cmpstr (barista_setup_get_name (setup), ==, "Orders to Tinybird");
  g_assert_cmpstr (gtk_window_get_title (GTK_WINDOW (window)), ==, "Orders to Tinybird");

  barista_session_undo (session_of (fixture));
  g_assert_null (barista_setup_get_name (setup));
}

static gboolean
is_at_sign_in (gpointer session)
{
  return barista_session_get_step (session) == BARISTA_STEP_SIGN_IN;
}

static void
test_keys (Fixture *fixture, gconstpointer data)
{
  GtkWidget *window = GTK_WIDGET (fixture->window);
  BaristaSession *session;
  BaristaSetup *setup;

  ui_click (window, "_Connect a Task");
  session = session_of (fixture);
  setup = barista_session_get_setup (session);
  /* What a check finds would lead Next elsewhere. */
  barista_session_set_waits (session, G_MAXINT, G_MAXINT);
  barista_session_cancel_check (session);
  barista_setup_set_task_name (setup, "acmeCo/prod/tinybird");
  while (g_main_context_iteration (NULL, FALSE))
    ;

  ui_key (window, GDK_KEY_2, GDK_ALT_MASK);
  g_assert_cmpint (barista_session_get_step (session), ==, BARISTA_STEP_SERVER);
  ui_key (window, GDK_KEY_1, GDK_ALT_MASK);
  g_assert_cmpint (barista_session_get_step (session), ==, BARISTA_STEP_TASK);
  ui_key (window, GDK_KEY_0, GDK_ALT_MASK); /* not reached yet */
  g_assert_cmpint (barista_session_get_step (session), ==, BARISTA_STEP_TASK);
  gtk_widget_grab_focus (ui_find_label (window, GTK_TYPE_BUTTON, "_Next"));
  ui_key (window, GDK_KEY_Return, 0);
  ui_wait_until (is_at_sign_in, session); /* a button is seen to go down first */
  ui_key (window, GDK_KEY_Left, GDK_ALT_MASK);
  g_assert_cmpint (barista_session_get_step (session), ==, BARISTA_STEP_SERVER);
  ui_key (window, GDK_KEY_z, GDK_CONTROL_MASK);
  g_assert_cmpstr (barista_setup_get_task_name (setup), ==, "");
  ui_key (window, GDK_KEY_z, GDK_CONTROL_MASK | GDK_SHIFT_MASK);
  g_assert_cmpstr (barista_setup_get_task_name (setup), ==, "acmeCo/prod/tinybird");
}

static void
on_focus (GtkWindow *window, GParamSpec *pspec, guint *n_taken)
{
  GtkWidget *focus = gtk_window_get_focus (window);

  *n_taken += focus != NULL && gtk_widget_get_ancestor (focus, BARISTA_TYPE_STEP_PAGE) != NULL;
}

/* A page that was left for Start before it was whole has no say in where the keyboard is. */
static void
test_left_for_start (Fixture *fixture, gconstpointer data)
{
  GtkWidget *start = ui_find_label (GTK_WIDGET (fixture->window), GTK_TYPE_BUTTON,
                                    "_Connect a Task");
  GtkWidget *page;
  guint n_taken = 0;

  ui_click (GTK_WIDGET (fixture->window), "_Connect a Task");
  page = ui_find (GTK_WIDGET (fixture->window), BARISTA_TYPE_STEP_PAGE);
  g_object_add_weak_pointer (G_OBJECT (page), (gpointer *) &page);
  g_assert_false (barista_pieces_are_whole (page));
  if (data != NULL)
    ui_action (GTK_WIDGET (fixture->window), data, NULL);
  else
    barista_window_set_session (fixture->window, NULL);
  g_assert_true (gtk_widget_get_mapped (start));
  g_signal_connect (fixture->window, "notify::focus-widget", G_CALLBACK (on_focus), &n_taken);
  while (g_main_context_iteration (NULL, FALSE))
    continue;
  g_assert_cmpuint (n_taken, ==, 0);
  if (page != NULL)
    g_object_remove_weak_pointer (G_OBJECT (page), (gpointer *) &page);
}

/* What is typed in a field that takes it with Enter is taken too when one goes. */
static void
test_left_with_what_is_typed (Fixture *fixture, gconstpointer data)
{
  static const char *const wanted[] = { "acmeCo/orders", NULL };
  g_autoptr (BaristaSetup) setup = NULL;
  GtkWidget *page;

  ui_click (GTK_WIDGET (fixture->window), "C_reate a Task");
  page = barista_window_get_page (fixture->window, BARISTA_STEP_TASK);
  setup = g_object_ref (barista_session_get_setup (session_of (fixture)));
  gtk_editable_set_text (
      GTK_EDITABLE (ui_find (ui_find (page, BARISTA_TYPE_CHIPS_ENTRY), GTK_TYPE_TEXT)), wanted[0]);
  barista_window_set_session (fixture->window, NULL);
  g_assert_true (g_strv_equal (barista_setup_get_collections (setup), wanted));
}

int
main (int argc, char **argv)
{
  g_setenv ("SECRET_BACKEND", "file", TRUE);
  g_setenv ("SECRET_FILE_TEST_PATH", "/dev/null/keyring", TRUE);
  g_setenv ("SECRET_FILE_TEST_PASSWORD", "test", TRUE);
  gtk_test_init (&argc, &argv);
  adw_init ();
  g_object_set (gtk_settings_get_default (), "gtk-enable-animations", FALSE, NULL);

#define ADD(path, function) \
  g_test_add ("/window-setups/" path, Fixture, NULL, set_up, function, tear_down)
  ADD ("kept-once-answered", test_kept_once_answered);
  ADD ("opened-again", test_opened_again);
  g_test_add ("/window-setups/left-by-back", Fixture, "win.back", set_up, test_left_for_start,
              tear_down);
  ADD ("left-with-its-setup", test_left_for_start);
  ADD ("left-with-what-is-typed", test_left_with_what_is_typed);
  ADD ("changed-elsewhere", test_changed_elsewhere);
  ADD ("removed-with-undo", test_removed_with_undo);
  ADD ("open-one-is-deleted", test_open_one_is_deleted);
  ADD ("duplicated", test_duplicated);
  ADD ("file", test_file);
  ADD ("bad-file", test_bad_file);
  ADD ("missing-file", test_missing_file);
  ADD ("renamed", test_renamed);
  ADD ("keys", test_keys);

  return g_test_run ();
}
