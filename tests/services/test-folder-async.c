/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "folder-project.h"

#include <string.h>

typedef struct
{
  FolderProject project;
  BaristaFolder *folder;
  GPtrArray *artefacts;
  GCancellable *cancellable;
  GAsyncResult *result;
  const char *cancel_at; /* operation at which somebody cancels */
  GThread *worker;       /* who the hook was called by */
  int turned;            /* atomic: the main loop went on while the worker waited */
} Fixture;

static void
set_up (Fixture *self, gconstpointer data)
{
  folder_project_init (&self->project);
  self->folder = barista_folder_new (self->project.folder);
  self->cancellable = g_cancellable_new ();
  self->artefacts = folder_project_artefacts (1);
}

static void
tear_down (Fixture *self, gconstpointer data)
{
  folder_project_clear (&self->project);
  g_object_unref (self->folder);
  g_object_unref (self->cancellable);
  g_clear_object (&self->result);
  g_ptr_array_unref (self->artefacts);
}

static void
keep_result (GObject *source, GAsyncResult *result, gpointer data)
{
  Fixture *self = data;

  g_set_object (&self->result, result);
}

static void
wait_for_result (Fixture *self)
{
  while (self->result == NULL)
    g_main_context_iteration (NULL, TRUE);
}

static GPtrArray *
plan (Fixture *self, GError **error)
{
  g_clear_object (&self->result);
  barista_folder_plan_async (self->folder, self->artefacts, self->cancellable, keep_result, self);
  wait_for_result (self);
  return barista_folder_plan_finish (self->folder, self->result, error);
}

static gboolean
save (Fixture *self, GPtrArray *entries, GError **error)
{
  g_clear_object (&self->result);
  barista_folder_save_async (self->folder, entries, self->project.setup, self->project.token, FALSE,
                             self->cancellable, keep_result, self);
  wait_for_result (self);
  return barista_folder_save_finish (self->folder, self->result, error);
}

static gboolean
turn (gpointer data)
{
  g_atomic_int_set (&((Fixture *) data)->turned, 1);
  return G_SOURCE_REMOVE;
}

/* Runs in the worker: goes on only when the main loop has turned, and cancels where it is told to. */
static int
hook (const char *operation, gpointer data)
{
  Fixture *self = data;
  gint64 end = g_get_monotonic_time () + 60 * G_TIME_SPAN_SECOND;

  if (self->worker == NULL)
    {
      self->worker = g_thread_self ();
      g_idle_add (turn, self);
      while (!g_atomic_int_get (&self->turned) && g_get_monotonic_time () < end)
        g_thread_yield ();
    }
  if (self->cancel_at != NULL && g_str_equal (operation, self->cancel_at))
    g_cancellable_cancel (self->cancellable);
  return 0;
}

static void
test_off_the_main_thread (Fixture *self, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) entries = plan (self, &error);
  g_autoptr (GPtrArray) again = NULL;

  g_assert_no_error (error);
  g_assert_cmpuint (entries->len, ==, self->artefacts->len + 1);
  g_assert_cmpint (((BaristaFolderEntry *) entries->pdata[0])->status, ==, BARISTA_FILE_NEW);

  barista_folder_set_hook (self->folder, hook, self);
  g_assert_true (save (self, entries, &error));
  g_assert_no_error (error);
  g_assert_true (self->turned);
  g_assert_true (self->worker != g_thread_self ());
  folder_project_assert (&self->project, "datasources/orders.datasource", "SCHEMA 1\n");
  folder_project_assert (&self->project, "estuary/tinybird.config.yaml",
                         "token: \"s3cret-token\"\nstrict_topic_names: false\ndeletions: cdc\n");

  barista_folder_set_token (self->folder, self->project.setup, self->project.token);
  again = plan (self, &error);
  g_assert_no_error (error);
  for (guint i = 0; i < again->len; i++)
    g_assert_cmpint (((BaristaFolderEntry *) again->pdata[i])->status, ==, BARISTA_FILE_SAME);
}

static void
test_failures (Fixture *self, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) entries = plan (self, NULL);

  g_assert_true (g_file_set_contents (self->project.folder, "a file", -1, NULL));
  g_assert_false (save (self, entries, &error));
  g_assert_error (error, BARISTA_FOLDER_ERROR, BARISTA_FOLDER_ERROR_UNSAFE);
  g_clear_error (&error);
  g_assert_null (plan (self, &error));
  g_assert_error (error, BARISTA_FOLDER_ERROR, BARISTA_FOLDER_ERROR_UNSAFE);
  g_assert_nonnull (strstr (error->message, self->project.folder));
}

static void
test_cancelled_before (Fixture *self, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  g_cancellable_cancel (self->cancellable);
  g_assert_null (plan (self, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

static void
test_cancelled_while_writing (Fixture *self, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) entries = plan (self, NULL);
  g_autoptr (GDir) dir = NULL;

  self->cancel_at = "create .README.md.barista-new";
  barista_folder_set_hook (self->folder, hook, self);
  g_assert_false (save (self, entries, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  dir = g_dir_open (self->project.folder, 0, NULL);
  g_assert_null (g_dir_read_name (dir));
}

/* The first file has come to its place: the rest follows. */
static void
test_cancelled_too_late (Fixture *self, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) entries = plan (self, NULL);

  self->cancel_at = "rename README.md";
  barista_folder_set_hook (self->folder, hook, self);
  g_assert_true (save (self, entries, &error));
  g_assert_no_error (error);
  g_assert_true (g_cancellable_is_cancelled (self->cancellable));
  folder_project_assert (&self->project, "datasources/orders.datasource", "SCHEMA 1\n");
}

int
main (int argc, char *argv[])
{
  static const struct
  {
    const char *path;
    void (*test) (Fixture *self, gconstpointer data);
  } tests[] = {
    { "/folder-async/thread", test_off_the_main_thread },
    { "/folder-async/failures", test_failures },
    { "/folder-async/cancelled-before", test_cancelled_before },
    { "/folder-async/cancelled-while-writing", test_cancelled_while_writing },
    { "/folder-async/cancelled-too-late", test_cancelled_too_late },
  };

  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (tests); i++)
    g_test_add (tests[i].path, Fixture, NULL, set_up, tests[i].test, tear_down);
  return g_test_run ();
}
