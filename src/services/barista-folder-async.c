/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "barista-folder-private.h"

/* A worker sees its job and nothing else: the setup is read and the token file's content made before
 * it starts, so the person may go on answering while files are compared or written. */

static void
plan_in_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  GError *error = NULL;
  GPtrArray *entries = barista_folder_job_plan (data, cancellable, &error);

  if (entries != NULL)
    g_task_return_pointer (task, entries, (GDestroyNotify) g_ptr_array_unref);
  else
    g_task_return_error (task, error);
}

/**
 * barista_folder_plan_async:
 * @self: the folder
 * @artefacts: (element-type BaristaArtefact): what is to be written; kept, and not to be changed
 *   until the callback
 * @cancellable: (nullable): ends it between two files
 * @callback: (scope async): called in the thread-default main context of the caller
 * @user_data: for @callback
 *
 * barista_folder_plan() on a worker thread. What barista_folder_set_token() was given is read at
 * once, later changes don't count.
 */
void
barista_folder_plan_async (BaristaFolder *self,
                           GPtrArray *artefacts,
                           GCancellable *cancellable,
                           GAsyncReadyCallback callback,
                           gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);

  g_task_set_source_tag (task, barista_folder_plan_async);
  g_task_set_task_data (
      task, barista_folder_job_new (self, artefacts, barista_folder_dup_token_content (self)),
      (GDestroyNotify) barista_folder_job_free);
  g_task_run_in_thread (task, plan_in_thread);
}

/**
 * barista_folder_plan_finish:
 * @self: the folder
 * @result: what the callback was given
 * @error: return location
 *
 * Returns: (transfer full) (element-type BaristaFolderEntry): the files, the last one is
 *   `.barista.json`; %NULL with %BARISTA_FOLDER_ERROR or %G_IO_ERROR_CANCELLED
 */
GPtrArray *
barista_folder_plan_finish (BaristaFolder *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

static void
save_in_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  GError *error = NULL;

  if (barista_folder_job_save (data, cancellable, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

/**
 * barista_folder_save_async:
 * @self: the folder
 * @plan: (element-type BaristaFolderEntry): what a plan gave; kept, and not to be changed until the
 *   callback
 * @setup: for the token file; read at once
 * @token: (nullable): fills the token file; read at once
 * @force: overwrite foreign files, whose diff was shown and agreed to
 * @cancellable: (nullable): takes everything back as long as no file has come to its place; after
 *   that the save is finished and succeeds
 * @callback: (scope async): called in the thread-default main context of the caller
 * @user_data: for @callback
 *
 * barista_folder_save() on a worker thread. Two saves into one folder don't mix: the later one fails
 * with %BARISTA_FOLDER_ERROR_IO while the first is at work.
 */
void
barista_folder_save_async (BaristaFolder *self,
                           GPtrArray *plan,
                           BaristaSetup *setup,
                           BaristaSecret *token,
                           gboolean force,
                           GCancellable *cancellable,
                           GAsyncReadyCallback callback,
                           gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);
  BaristaFolderJob *job = barista_folder_job_new (self, plan,
                                                  barista_folder_token_content (setup, token));

  job->force = force;
  g_task_set_source_tag (task, barista_folder_save_async);
  /* What is on the disk is the answer, even if somebody cancelled too late. */
  g_task_set_check_cancellable (task, FALSE);
  g_task_set_task_data (task, job, (GDestroyNotify) barista_folder_job_free);
  g_task_run_in_thread (task, save_in_thread);
}

/**
 * barista_folder_save_finish:
 * @self: the folder
 * @result: what the callback was given
 * @error: return location
 *
 * Returns: %TRUE if all is written; %FALSE with %BARISTA_FOLDER_ERROR, or with
 *   %G_IO_ERROR_CANCELLED, and then nothing was
 */
gboolean
barista_folder_save_finish (BaristaFolder *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}
