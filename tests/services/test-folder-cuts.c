/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "folder-project.h"

#include <errno.h>
#include <string.h>

/* A save that is cut, fails or is meddled with at any step leaves the old project or the new one. */

typedef struct
{
  guint at; /* the operation that it happens at, from 0 */
  guint seen;
  int answer;
} Fault;

static int
fault_hook (const char *operation, gpointer data)
{
  Fault *fault = data;

  return fault->seen++ == fault->at ? fault->answer : 0;
}

/* Whole: the old project or the new one, with nothing left beside it. */
static guint
version_on_disk (FolderProject *self)
{
  g_autofree char *readme = folder_project_read (self, "README.md");
  guint version = g_strcmp0 (readme, "one\n") == 0 ? 1 : 2;
  g_autoptr (GPtrArray) entries = folder_project_plan (self, version);

  for (guint i = 0; i < entries->len; i++)
    g_assert_cmpint (((BaristaFolderEntry *) entries->pdata[i])->status, ==, BARISTA_FILE_SAME);
  g_assert_cmpuint (folder_count_files (self->folder), ==, entries->len);
  return version;
}

static void
start_with_version_one (FolderProject *self)
{
  if (g_file_test (self->folder, G_FILE_TEST_EXISTS))
    folder_remove_tree (self->folder);
  folder_project_save (self, 1);
}

static void
test_cut_at_each_step (FolderProject *self, gconstpointer data)
{
  guint old = 0, new = 0;

  for (guint at = 0;; at++)
    {
      Fault fault = { .at = at, .answer = -1 };
      g_autoptr (GPtrArray) entries = NULL;
      gboolean done;

      start_with_version_one (self);
      done = folder_project_save_hooked (self, 2, FALSE, fault_hook, &fault, NULL);
      entries = folder_project_plan (self, 2);
      if (version_on_disk (self) == 1)
        old++;
      else
        new ++;
      if (done)
        break;
    }

  g_test_message ("%u cuts undone, %u finished", old, new);
  g_assert_cmpuint (old, >, 10);
  g_assert_cmpuint (new, >, 5);
}

/* A recovery that is cut itself is taken up by the next one. */
static void
test_cut_while_recovering (FolderProject *self, gconstpointer data)
{
  for (guint at = 3; at < 32; at += 5)
    for (guint again = 0; again < 9; again += 4)
      {
        Fault fault = { .at = at, .answer = -1 };
        Fault second = { .at = again, .answer = -1 };
        g_autoptr (BaristaFolder) folder = barista_folder_new (self->folder);
        g_autoptr (GPtrArray) artefacts = folder_project_artefacts (2);
        g_autoptr (GPtrArray) cut = NULL;
        g_autoptr (GPtrArray) entries = NULL;

        start_with_version_one (self);
        folder_project_save_hooked (self, 2, FALSE, fault_hook, &fault, NULL);
        barista_folder_set_hook (folder, fault_hook, &second);
        cut = barista_folder_plan (folder, artefacts, NULL);
        entries = folder_project_plan (self, 2);
        version_on_disk (self);
      }
}

static void
test_errors_leave_it_whole (FolderProject *self, gconstpointer data)
{
  static const int codes[] = { ENOSPC, EROFS, EIO };

  for (guint at = 0;; at++)
    {
      Fault fault = { .at = at, .answer = codes[at % G_N_ELEMENTS (codes)] };
      g_autoptr (GPtrArray) entries = NULL;
      g_autoptr (GError) error = NULL;

      start_with_version_one (self);
      if (folder_project_save_hooked (self, 2, FALSE, fault_hook, &fault, &error))
        break;
      g_assert_error (error, BARISTA_FOLDER_ERROR, BARISTA_FOLDER_ERROR_IO);
      g_assert_nonnull (strstr (error->message, self->folder));
      g_assert_nonnull (strstr (error->message, g_strerror (fault.answer)));
      g_assert_null (strstr (error->message, "barista-new"));
      entries = folder_project_plan (self, 2);
      version_on_disk (self);
    }
}

/* A person who edits a file between the cut and the next start keeps the edit. */
static void
test_edit_after_cut (FolderProject *self, gconstpointer data)
{
  g_autoptr (GPtrArray) entries = NULL;
  gboolean seen = FALSE;

  for (guint at = 0; at < 60 && !seen; at++)
    {
      Fault fault = { .at = at, .answer = -1 };
      g_autofree char *temp = NULL;
      g_autofree char *journal = NULL;

      start_with_version_one (self);
      folder_project_save_hooked (self, 2, FALSE, fault_hook, &fault, NULL);
      temp = folder_project_read (self, "datasources/.orders.datasource.barista-new");
      journal = folder_project_read (self, ".barista.journal");
      seen = temp != NULL && journal != NULL && strstr (journal, "\"ready\"") != NULL;
    }

  g_assert_true (seen);
  folder_project_write (self, "datasources/orders.datasource", "mine\n");
  entries = folder_project_plan (self, 2);
  folder_project_assert (self, "datasources/orders.datasource", "mine\n");
  folder_project_assert (self, "README.md", "two\n");
  g_assert_cmpstr (folder_status_of (entries, "datasources/orders.datasource"), ==, "foreign");
}

static void
test_hostile_journal (FolderProject *self, gconstpointer data)
{
  static const char *const journals[] = {
    "",
    "[]",
    "{\"format\":\"barista-journal\",\"state\":\"ready\",\"folders\":[],\"files\":[{\"path\":"
    "\"../victim\",\"old\":null,\"new\":null}]}",
    "{\"format\":\"barista-journal\",\"state\":\"preparing\",\"folders\":[\"/tmp\"],\"files\":[]}",
    "{\"format\":\"barista-journal\",\"state\":\"ready\",\"folders\":[],\"files\":[{\"path\":1}]}",
  };
  g_autofree char *bait = g_build_filename (self->root, ".victim.barista-new", NULL);

  g_assert_true (g_file_set_contents (bait, "x", -1, NULL));
  for (guint i = 0; i < G_N_ELEMENTS (journals); i++)
    {
      g_autoptr (BaristaFolder) folder = barista_folder_new (self->folder);
      g_autoptr (GPtrArray) artefacts = folder_project_artefacts (1);
      g_autoptr (GError) error = NULL;

      folder_project_write (self, ".barista.journal", journals[i]);
      g_assert_null (barista_folder_plan (folder, artefacts, &error));
      g_assert_error (error, BARISTA_FOLDER_ERROR, BARISTA_FOLDER_ERROR_IO);
    }
  g_assert_true (g_file_test (bait, G_FILE_TEST_EXISTS));
}

int
main (int argc, char *argv[])
{
  static const struct
  {
    const char *path;
    void (*test) (FolderProject *self, gconstpointer data);
  } tests[] = {
    { "/folder/cut", test_cut_at_each_step },
    { "/folder/cut-twice", test_cut_while_recovering },
    { "/folder/errors", test_errors_leave_it_whole },
    { "/folder/edit-after-cut", test_edit_after_cut },
    { "/folder/journal", test_hostile_journal },
  };

  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (tests); i++)
    g_test_add (tests[i].path, FolderProject, NULL, folder_project_set_up, tests[i].test,
                folder_project_tear_down);
  return g_test_run ();
}
