/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "barista-session-private.h"

#include "barista-profile.h"

/* A session with a practice Dekaf of its own. */

static BaristaSetup *
load_practice (const char *path, GError **error)
{
  g_autofree char *text = NULL;
  g_autofree char *folder = g_path_get_dirname (path);
  gsize length;

  if (!g_file_get_contents (path, &text, &length, error))
    return NULL;

  return barista_profile_parse (text, (gssize) length, folder, error);
}

static void
start_practice_in_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  BaristaPracticeOptions options = BARISTA_PRACTICE_OPTIONS_INIT;
  GError *error = NULL;
  BaristaPractice *practice = barista_practice_start (&options, &error);

  if (practice != NULL)
    g_task_return_pointer (task, practice, g_object_unref);
  else
    g_task_return_error (task, error);
}

/**
 * barista_session_new_practice_async:
 * @cancellable: (nullable): to stop waiting
 * @callback: called when it is there
 * @user_data: for @callback
 *
 * Starts a practice Dekaf and a session for it. A certificate is made and data written: 60 to 110 ms,
 * on a worker.
 */
void
barista_session_new_practice_async (GCancellable *cancellable,
                                    GAsyncReadyCallback callback,
                                    gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, user_data);

  g_task_set_source_tag (task, barista_session_new_practice_async);
  g_task_run_in_thread (task, start_practice_in_thread);
}

/**
 * barista_session_new_practice_finish:
 * @result: of barista_session_new_practice_async ()
 * @error: return location; of the practice Dekaf
 *
 * Returns: (transfer full) (nullable): a session with a practice Dekaf of its own
 */
BaristaSession *
barista_session_new_practice_finish (GAsyncResult *result, GError **error)
{
  g_autoptr (BaristaPractice) practice = g_task_propagate_pointer (G_TASK (result), error);

  return practice != NULL ? barista_session_new_for_practice (practice, error) : NULL;
}

/**
 * barista_session_new_for_practice:
 * @practice: a running practice Dekaf; stopped when the session goes
 *
 * Returns: (transfer full) (nullable): a session for its task
 */
BaristaSession *
barista_session_new_for_practice (BaristaPractice *practice, GError **error)
{
  g_autoptr (BaristaSession) self = g_object_new (BARISTA_TYPE_SESSION, NULL);
  const BaristaPracticeInfo *info = barista_practice_get_info (practice);
  g_autoptr (BaristaSetup) setup = load_practice (info->profile, error);

  if (setup == NULL)
    {
      barista_practice_stop (practice);
      return NULL;
    }

  self->practice = g_object_ref (practice);
  self->token = barista_secret_new (info->token, -1);
  self->token_state = BARISTA_TOKEN_THIS_RUN;
  session_start (self, setup);
  session_check_schedule (self, 0);

  return g_steal_pointer (&self);
}
