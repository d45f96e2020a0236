/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "barista-setup-store.h"

#include "barista-profile.h"

#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>

#include "test-wait.h"

typedef struct
{
  char *folder;
  BaristaSetupStore *store;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  g_autofree char *parent = g_dir_make_tmp ("barista-setups-XXXXXX", NULL);

  fixture->folder = g_build_filename (parent, "deeper", NULL); /* made by the store */
  fixture->store = barista_setup_store_new (fixture->folder);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  g_autofree char *parent = g_path_get_dirname (fixture->folder);
  g_autoptr (GDir) dir = NULL;
  const char *name;

  barista_setup_store_flush (fixture->store);
  /* The writer's task lets go of it a moment later. */
  g_object_add_weak_pointer (G_OBJECT (fixture->store), (gpointer *) &fixture->store);
  g_object_unref (fixture->store);
  while (fixture->store != NULL)
    g_main_context_iteration (NULL, FALSE);
  dir = g_dir_open (fixture->folder, 0, NULL);
  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (fixture->folder, name, NULL);

      g_unlink (path);
    }
  g_rmdir (fixture->folder);
  g_assert_cmpint (g_rmdir (parent), ==, 0);
  g_free (fixture->folder);
}

static BaristaSetup *
setup_of (const char *name, const char *task)
{
  BaristaSetup *setup = barista_setup_new ();

  barista_setup_set_name (setup, name);
  barista_setup_set_task_name (setup, task);
  return setup;
}

static void
save (Fixture *fixture, const char *id, const char *name)
{
  g_autoptr (BaristaSetup) setup = setup_of (name, "acmeCo/prod/tinybird");
  BaristaSetupNotes notes = { .result = "passed", .step = "topics", .folder = "/home/ana/p" };

  barista_setup_store_save (fixture->store, id, setup, &notes);
}

static char *
list (BaristaSetupStore *store)
{
  GString *names = g_string_new (NULL);

  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (store)); i++)
    {
      g_autoptr (BaristaSetupEntry) entry = g_list_model_get_item (G_LIST_MODEL (store), i);

      g_string_append_printf (names, "%s ", barista_setup_entry_get_name (entry));
    }

  return g_string_free (names, FALSE);
}

static void
refresh (BaristaSetupStore *store)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  barista_setup_store_refresh_async (store, NULL, test_take_result, &result);
  g_assert_true (barista_setup_store_refresh_finish (store, test_wait (&result), &error));
  g_assert_no_error (error);
}

static BaristaSetup *
load (BaristaSetupStore *store, const char *id, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  barista_setup_store_load_async (store, id, NULL, test_take_result, &result);
  return barista_setup_store_load_finish (store, test_wait (&result), error);
}

static void
test_round_trip (Fixture *fixture, gconstpointer data)
{
  g_autoptr (BaristaSetupStore) other = barista_setup_store_new (fixture->folder);
  g_autoptr (BaristaSetupEntry) entry = NULL;
  g_autoptr (BaristaSetup) setup = NULL;
  g_autoptr (GError) error = NULL;

  save (fixture, "one", "Orders");
  barista_setup_store_flush (fixture->store);

  /* Another process finds it as it was. */
  refresh (other);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (other)), ==, 1);
  entry = g_list_model_get_item (G_LIST_MODEL (other), 0);
  g_assert_cmpstr (barista_setup_entry_get_id (entry), ==, "one");
  g_assert_cmpstr (barista_setup_entry_get_name (entry), ==, "Orders");
  g_assert_cmpstr (barista_setup_entry_get_task (entry), ==, "acmeCo/prod/tinybird");
  g_assert_cmpstr (barista_setup_entry_get_result (entry), ==, "passed");
  g_assert_cmpstr (barista_setup_entry_get_step (entry), ==, "topics");
  g_assert_cmpstr (barista_setup_entry_get_folder (entry), ==, "/home/ana/p");
  g_assert_nonnull (barista_setup_entry_get_used (entry));

  setup = load (other, "one", &error);
  g_assert_no_error (error);
  g_assert_cmpstr (barista_setup_get_task_name (setup), ==, "acmeCo/prod/tinybird");
}

static void
test_last_used_first (Fixture *fixture, gconstpointer data)
{
  g_autofree char *names = NULL;

  save (fixture, "one", "One");
  save (fixture, "two", "Two");
  save (fixture, "one", "One again");
  names = list (fixture->store);
  g_assert_cmpstr (names, ==, "One again Two ");
}

/* Of many saves in a row the last one counts. */
static void
test_newest_wins (Fixture *fixture, gconstpointer data)
{
  g_autoptr (BaristaSetup) setup = NULL;

  for (guint i = 0; i < 200; i++)
    {
      g_autofree char *name = g_strdup_printf ("n%u", i);

      save (fixture, "one", name);
    }
  setup = load (fixture->store, "one", NULL);
  g_assert_cmpstr (barista_setup_get_name (setup), ==, "n199");
}

static void
test_remove_and_restore (Fixture *fixture, gconstpointer data)
{
  g_autofree char *path = g_build_filename (fixture->folder, "one.barista", NULL);
  g_autofree char *names = NULL;
  g_autoptr (BaristaSetup) setup = NULL;

  save (fixture, "one", "One");
  save (fixture, "two", "Two");
  barista_setup_store_remove (fixture->store, "one");
  save (fixture, "one", "One"); /* a late save of a window that is going brings nothing back */
  barista_setup_store_flush (fixture->store);
  names = list (fixture->store);
  g_assert_cmpstr (names, ==, "Two ");
  g_assert_false (g_file_test (path, G_FILE_TEST_EXISTS));
  refresh (fixture->store);
  g_clear_pointer (&names, g_free);
  names = list (fixture->store);
  g_assert_cmpstr (names, ==, "Two ");

  barista_setup_store_restore (fixture->store, "one");
  barista_setup_store_flush (fixture->store);
  g_clear_pointer (&names, g_free);
  names = list (fixture->store);
  g_assert_cmpstr (names, ==, "Two One ");
  setup = load (fixture->store, "one", NULL);
  g_assert_cmpstr (barista_setup_get_name (setup), ==, "One");
}

static void
test_duplicate (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *id = NULL;
  g_autoptr (BaristaSetup) setup = NULL;

  save (fixture, "one", "One");
  id = barista_setup_store_duplicate (fixture->store, "one", "Other", &error);
  g_assert_no_error (error);
  g_assert_cmpstr (id, !=, "one");
  setup = load (fixture->store, id, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (barista_setup_get_task_name (setup), ==, "acmeCo/prod/tinybird");
  g_assert_cmpstr (barista_setup_get_name (setup), ==, "Other");
  g_assert_null (barista_setup_store_duplicate (fixture->store, "none", NULL, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND);
}

/* What can't be read is left alone, and said with its place; the others are there. */
static void
test_trouble (Fixture *fixture, gconstpointer data)
{
  g_autofree char *path = g_build_filename (fixture->folder, "bad.barista", NULL);
  g_autofree char *notes = g_build_filename (fixture->folder, "one.notes.json", NULL);
  g_autofree char *names = NULL;
  g_autofree char *trouble = NULL;
  g_autofree char *left = NULL;
  g_autoptr (GError) error = NULL;

  save (fixture, "one", "One");
  barista_setup_store_flush (fixture->store);
  g_assert_true (g_file_set_contents (path, "{\n \"format\": 7}", -1, NULL));
  g_assert_true (g_file_set_contents (notes, "[", -1, NULL));
  refresh (fixture->store);

  names = list (fixture->store);
  g_assert_cmpstr (names, ==, "One ");
  g_object_get (fixture->store, "trouble", &trouble, NULL);
  g_assert_true (g_str_has_prefix (trouble, "bad.barista: line 2"));
  g_assert_true (g_file_get_contents (path, &left, NULL, NULL));
  g_assert_cmpstr (left, ==, "{\n \"format\": 7}");
  g_assert_null (load (fixture->store, "bad", &error));
  g_assert_error (error, BARISTA_PROFILE_ERROR, BARISTA_PROFILE_ERROR_FORMAT);
}

/* What the same save has no word for stays: a check that was not ended says nothing of the last one. */
static void
test_notes_stay (Fixture *fixture, gconstpointer data)
{
  g_autoptr (BaristaSetup) setup = setup_of ("One", "acmeCo/prod/tinybird");
  BaristaSetupNotes notes = { .step = "review" };
  g_autoptr (BaristaSetupStore) other = barista_setup_store_new (fixture->folder);
  g_autoptr (BaristaSetupEntry) entry = NULL;

  save (fixture, "one", "One");
  barista_setup_store_set_source (fixture->store, "one", "sum file:///a");
  barista_setup_store_save (fixture->store, "one", setup, &notes);
  barista_setup_store_flush (fixture->store);
  refresh (other);
  entry = barista_setup_store_find_source (other, "sum file:///a");
  g_assert_cmpstr (barista_setup_entry_get_id (entry), ==, "one");
  g_assert_cmpstr (barista_setup_entry_get_result (entry), ==, "passed");
  g_assert_cmpstr (barista_setup_entry_get_step (entry), ==, "review");
  g_assert_null (barista_setup_store_find_source (other, "sum file:///b"));
}

/* Renamed or put back, it keeps its place and its date. */
static void
test_keeps_its_place (Fixture *fixture, gconstpointer data)
{
  g_autofree char *path = g_build_filename (fixture->folder, "one.barista", NULL);
  g_autofree char *names = NULL;
  g_autoptr (GError) error = NULL;
  GStatBuf before, after;

  save (fixture, "one", "One");
  barista_setup_store_flush (fixture->store);
  save (fixture, "two", "Two");
  g_stat (path, &before);
  g_assert_true (barista_setup_store_rename (fixture->store, "one", "Uno", &error));
  g_assert_no_error (error);
  barista_setup_store_remove (fixture->store, "one");
  barista_setup_store_flush (fixture->store);
  g_assert_cmpint (g_stat (path, &after), ==, -1);
  barista_setup_store_restore (fixture->store, "one");
  barista_setup_store_flush (fixture->store);
  g_stat (path, &after);
  g_assert_cmpint (after.st_mtim.tv_sec, ==, before.st_mtim.tv_sec);
  names = list (fixture->store);
  g_assert_cmpstr (names, ==, "Two Uno ");
  g_assert_false (barista_setup_store_rename (fixture->store, "none", "None", &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND);
}

/* Saved while the folder is being read: neither hides the other. */
static void
test_saved_while_reading (Fixture *fixture, gconstpointer data)
{
  g_autoptr (BaristaSetupStore) other = barista_setup_store_new (fixture->folder);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (BaristaSetup) setup = setup_of ("New", "acmeCo/new");
  BaristaSetupNotes notes = { .step = "task" };
  g_autofree char *names = NULL;

  save (fixture, "one", "One");
  save (fixture, "two", "Two");
  barista_setup_store_flush (fixture->store);
  barista_setup_store_refresh_async (other, NULL, test_take_result, &result);
  g_assert_true (barista_setup_store_get_refreshing (other));
  test_wait (&result);
  barista_setup_store_save (other, "three", setup, &notes);
  barista_setup_store_save (other, "one", setup, &notes);
  g_assert_true (barista_setup_store_refresh_finish (other, result, NULL));
  g_assert_false (barista_setup_store_get_refreshing (other));
  names = list (other);
  g_assert_cmpstr (names, ==, "New New Two ");
  barista_setup_store_flush (other);
}

/* What can lie in a folder: pipes, folders, names that are none, far more than anybody made. */
static void
test_hostile_folder (Fixture *fixture, gconstpointer data)
{
  g_autofree char *pipe = g_build_filename (fixture->folder, "pipe.barista", NULL);
  g_autofree char *folder = g_build_filename (fixture->folder, "folder.barista", NULL);
  g_autofree char *odd = g_build_filename (fixture->folder, "\xff\xfe.barista", NULL);
  g_autofree char *cut = g_build_filename (fixture->folder, "cut.barista", NULL);
  g_autofree char *trouble = NULL;
  g_autofree char *names = NULL;
  g_auto (GStrv) lines = NULL;
  static const char two[] = "{\"format\":\"barista-setup\",\"version\":1,\"server\":{}}\0{";

  save (fixture, "one", "One");
  barista_setup_store_flush (fixture->store);
  g_assert_cmpint (mkfifo (pipe, 0600), ==, 0);
  g_assert_cmpint (g_mkdir (folder, 0700), ==, 0);
  g_assert_true (g_file_set_contents (odd, "{", -1, NULL));
  g_assert_true (g_file_set_contents (cut, two, sizeof two, NULL));
  for (guint i = 0; i < 20; i++)
    {
      g_autofree char *name = g_strdup_printf ("bad%u.barista", i);
      g_autofree char *path = g_build_filename (fixture->folder, name, NULL);

      g_assert_true (g_file_set_contents (path, "{", -1, NULL));
    }

  refresh (fixture->store);
  names = list (fixture->store);
  g_assert_cmpstr (names, ==, "One ");
  g_object_get (fixture->store, "trouble", &trouble, NULL);
  lines = g_strsplit (trouble, "\n", -1);
  g_assert_cmpuint (g_strv_length (lines), ==, 6);
  g_assert_cmpstr (lines[5], ==, "and 18 more");
  g_rmdir (folder);
}

typedef struct
{
  char *from, *to;
} Move;

static void
on_moved (BaristaSetupStore *store, const char *from, const char *to, Move *move)
{
  g_set_str (&move->from, from);
  g_set_str (&move->to, to);
}

static void
wait_for_move (const Move *move)
{
  while (move->to == NULL)
    g_main_context_iteration (NULL, TRUE);
}

static char *
name_of (BaristaSetupStore *store, const char *id)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (BaristaSetup) setup = load (store, id, &error);

  g_assert_no_error (error);
  return g_strdup (barista_setup_get_name (setup));
}

/* Two processes work on one setup: neither writes over what the other did since. */
static void
test_changed_elsewhere (Fixture *fixture, gconstpointer data)
{
  g_autoptr (BaristaSetupStore) other = barista_setup_store_new (fixture->folder);
  Fixture there = { fixture->folder, other };
  g_autofree char *path = g_build_filename (fixture->folder, "one.barista", NULL);
  g_autofree char *left = NULL;
  Move move = { 0 };
  g_autofree char *name = NULL;
  g_autofree char *late = NULL;
  g_autofree char *names = NULL;

  g_signal_connect (other, "moved", G_CALLBACK (on_moved), &move);
  save (fixture, "one", "One");
  barista_setup_store_flush (fixture->store);
  refresh (other);
  name = name_of (other, "one");
  save (&there, "one", "Theirs, in turn"); /* read before: it follows what lies there */
  barista_setup_store_flush (other);
  g_assert_null (move.to);

  g_clear_pointer (&name, g_free);
  name = name_of (fixture->store, "one");
  g_assert_cmpstr (name, ==, "Theirs, in turn");
  save (fixture, "one", "Ours");
  barista_setup_store_flush (fixture->store);
  save (&there, "one", "Theirs");
  barista_setup_store_flush (other);
  g_assert_true (g_file_get_contents (path, &left, NULL, NULL));
  g_assert_nonnull (strstr (left, "\"Ours\""));
  save (&there, "one", "Theirs, later"); /* before anybody was told */
  wait_for_move (&move);
  barista_setup_store_flush (other);

  g_assert_cmpstr (move.from, ==, "one");
  g_assert_cmpstr (move.to, !=, "one");
  g_clear_pointer (&name, g_free);
  name = name_of (fixture->store, "one");
  g_assert_cmpstr (name, ==, "Ours");
  late = name_of (fixture->store, move.to);
  g_assert_cmpstr (late, ==, "Theirs, later");
  names = list (other);
  g_assert_cmpstr (names, ==, "Theirs, later Ours ");
  g_free (move.from);
  g_free (move.to);
}

/* The same answers, or the same bytes written anew, are no change. */
static void
test_same_elsewhere (Fixture *fixture, gconstpointer data)
{
  g_autofree char *path = g_build_filename (fixture->folder, "one.barista", NULL);
  g_autofree char *names = NULL;
  g_autofree char *text = NULL;
  gsize length = 0;

  save (fixture, "one", "One");
  barista_setup_store_flush (fixture->store);
  g_assert_true (g_file_get_contents (path, &text, &length, NULL));
  g_assert_true (g_file_set_contents (path, text, (gssize) length, NULL));
  save (fixture, "one", "Two");
  barista_setup_store_flush (fixture->store);
  g_assert_cmpint (g_unlink (path), ==, 0);
  save (fixture, "one", "Three");
  barista_setup_store_flush (fixture->store);
  refresh (fixture->store);
  names = list (fixture->store);
  g_assert_cmpstr (names, ==, "Three ");
}

static void
test_cannot_write (Fixture *fixture, gconstpointer data)
{
  g_autofree char *parent = g_path_get_dirname (fixture->folder);
  g_autofree char *trouble = NULL;

  g_assert_true (g_file_set_contents (fixture->folder, "in the way", -1, NULL));
  save (fixture, "one", "One");
  while (trouble == NULL)
    {
      g_main_context_iteration (NULL, TRUE);
      g_object_get (fixture->store, "trouble", &trouble, NULL);
    }
  g_assert_nonnull (trouble);
  g_unlink (fixture->folder);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

#define ADD(path, function) \
  g_test_add ("/setup-store/" path, Fixture, NULL, set_up, function, tear_down)
  ADD ("round-trip", test_round_trip);
  ADD ("last-used-first", test_last_used_first);
  ADD ("newest-wins", test_newest_wins);
  ADD ("remove-and-restore", test_remove_and_restore);
  ADD ("duplicate", test_duplicate);
  ADD ("trouble", test_trouble);
  ADD ("notes-stay", test_notes_stay);
  ADD ("keeps-its-place", test_keeps_its_place);
  ADD ("saved-while-reading", test_saved_while_reading);
  ADD ("hostile-folder", test_hostile_folder);
  ADD ("changed-elsewhere", test_changed_elsewhere);
  ADD ("same-elsewhere", test_same_elsewhere);
  ADD ("cannot-write", test_cannot_write);

  return g_test_run ();
}
