/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "barista-project-pass.h"

static void
pass_free (ProjectPass *pass)
{
  session_job_free (pass->job);
  g_clear_object (&pass->folder);
  g_clear_pointer (&pass->entries, g_ptr_array_unref);
  g_free (pass);
}

ProjectPass *
project_pass_new (BaristaSession *session)
{
  ProjectPass *pass = g_new0 (ProjectPass, 1);

  pass->job = session_job_new (session);
  if (pass->job->folder != NULL)
    {
      pass->folder = barista_folder_new (pass->job->folder);
      barista_folder_set_token (pass->folder, pass->job->setup,
                                pass->job->with_token ? barista_session_get_token (session) : NULL);
    }
  return pass;
}

static void
make_in_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  ProjectPass *pass = data;
  GError *error = NULL;

  if (session_job_run (pass->job, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

/* What an earlier save wrote stands in a file that grows with each; the last thing that the pass
 * waits for. */
static void
find_stale_in_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  ProjectPass *pass = data;

  barista_folder_find_stale (pass->entries, BARISTA_OUTPUT_ALL, pass->job->findings);
  g_task_return_boolean (task, TRUE);
}

static void
on_compared (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  ProjectPass *pass = g_task_get_task_data (task);
  GError *error = NULL;

  pass->entries = barista_folder_plan_finish (BARISTA_FOLDER (source), result, &error);
  if (pass->entries == NULL)
    g_task_return_error (task, error);
  else
    g_task_run_in_thread (task, find_stale_in_thread);
}

static void
on_made (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  ProjectPass *pass = g_task_get_task_data (task);
  GError *error = NULL;

  if (!g_task_propagate_boolean (G_TASK (result), &error))
    g_task_return_error (task, error);
  else if (pass->folder == NULL)
    g_task_return_boolean (task, TRUE);
  else
    barista_folder_plan_async (pass->folder, pass->job->artefacts, g_task_get_cancellable (task),
                               on_compared, g_object_ref (task));
}

void
project_pass_run (ProjectPass *self, GTask *task)
{
  g_autoptr (GTask) maker = g_task_new (g_task_get_source_object (task),
                                        g_task_get_cancellable (task), on_made,
                                        g_object_ref (task));

  g_task_set_task_data (task, self, (GDestroyNotify) pass_free);
  g_task_set_task_data (maker, self, NULL);
  g_task_run_in_thread (maker, make_in_thread);
}
