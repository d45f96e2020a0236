/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "barista-output-commands.h"
#include "barista-output-form.h"
#include "barista-session-private.h"

#include "barista-address.h"
#include "barista-output.h"

#define MAX_CA_BYTES (1024 * 1024)

/* The loopback means nothing to Tinybird: as the command line does for the word practice. */
static void
prepare_practice (BaristaSetup *setup)
{
  const char *const servers[] = { BARISTA_DEKAF_BOOTSTRAP, NULL };

  barista_setup_set_bootstrap_servers (setup, servers);
  barista_setup_set_registry_url (setup, BARISTA_DEKAF_REGISTRY);
  barista_setup_set_ca_file (setup, NULL);
  barista_setup_set_security (setup, BARISTA_SECURITY_SASL_SSL);
}

static char *
read_ca (BaristaSetup *setup, GError **error)
{
  const char *path = barista_setup_get_ca_file (setup);
  g_autofree char *text = NULL;
  gsize length;

  if (!g_file_get_contents (path, &text, &length, error))
    return NULL;
  if (length > MAX_CA_BYTES || !g_utf8_validate_len (text, length, NULL))
    {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA, "%s", path);
      return NULL;
    }

  return g_steal_pointer (&text);
}

/* The setup as the artefacts have it. Those for a practice task name Dekaf's own addresses. */
BaristaSetup *
barista_session_copy_for_artefacts (BaristaSession *self)
{
  BaristaSetup *setup = barista_setup_copy (self->setup);

  if (self->practice != NULL)
    prepare_practice (setup);

  return setup;
}

/**
 * session_job_new:
 * @self: the session
 *
 * Returns: (transfer full): all that the artefacts follow from, as it stands now; nothing else
 *   refers to what may change in it
 */
SessionJob *
session_job_new (BaristaSession *self)
{
  SessionJob *job = g_new0 (SessionJob, 1);
  GListModel *topics;

  job->setup = barista_session_copy_for_artefacts (self);
  job->recipes = session_recipes_new ();
  job->folder = g_strdup (self->folder);
  job->practice = self->practice != NULL;
  /* The practice Dekaf's own token is no secret: it never goes into a file for Estuary. */
  job->with_token = self->token != NULL && self->practice == NULL;

  topics = barista_setup_get_topics (job->setup);
  for (guint i = 0; i < g_list_model_get_n_items (topics); i++)
    {
      g_autoptr (BaristaTopicChoice) choice = g_list_model_get_item (topics, i);

      session_recipes_add (job->recipes, self, barista_topic_choice_get_topic (choice));
    }

  return job;
}

/**
 * session_job_run:
 * @job: what session_job_new() gave
 * @error: return location
 *
 * Makes the tables, the artefacts and what is said of them; reads the CA file. For a worker thread.
 *
 * Returns: whether they can be written
 */
gboolean
session_job_run (SessionJob *job, GError **error)
{
  g_autofree char *ca_pem = NULL;
  g_autoptr (GPtrArray) tables = session_recipes_make (job->recipes, job->setup, NULL);
  BaristaOutputRequest request = { .setup = job->setup,
                                   .tables = tables,
                                   .parts = BARISTA_OUTPUT_ALL,
                                   .practice = job->practice,
                                   .with_token = job->with_token };

  if (barista_setup_get_ca_file (job->setup) != NULL)
    {
      ca_pem = read_ca (job->setup, error);
      if (ca_pem == NULL)
        return FALSE;
    }
  request.ca_pem = ca_pem;

  job->commands = barista_output_commands (&request, job->folder);
  job->form = barista_output_form (&request);
  job->artefacts = barista_output_generate (&request, &job->findings, error);
  return job->artefacts != NULL;
}

void
session_job_free (SessionJob *job)
{
  g_object_unref (job->setup);
  g_ptr_array_unref (job->recipes);
  g_free (job->folder);
  g_clear_pointer (&job->artefacts, g_ptr_array_unref);
  g_clear_pointer (&job->findings, g_ptr_array_unref);
  g_clear_pointer (&job->commands, g_ptr_array_unref);
  g_clear_pointer (&job->form, g_ptr_array_unref);
  g_free (job);
}

static void
job_free (gpointer job)
{
  session_job_free (job);
}

static void
run_in_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  SessionJob *job = data;
  GError *error = NULL;

  if (session_job_run (job, &error))
    g_task_return_pointer (task, g_ptr_array_ref (job->artefacts),
                           (GDestroyNotify) g_ptr_array_unref);
  else
    g_task_return_error (task, error);
}

void
barista_session_make_artefacts_async (BaristaSession *self,
                                      GCancellable *cancellable,
                                      GAsyncReadyCallback callback,
                                      gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);

  g_task_set_source_tag (task, barista_session_make_artefacts_async);
  g_task_set_task_data (task, session_job_new (self), job_free);
  g_task_run_in_thread (task, run_in_thread);
}

GPtrArray *
barista_session_make_artefacts_finish (BaristaSession *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}
