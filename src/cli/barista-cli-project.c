/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "barista-cli-project.h"

#include <glib-unix.h>
#include <glib/gi18n.h>

#define MAX_CA_BYTES (1024 * 1024)

void
cli_project_free (CliProject *self)
{
  g_clear_object (&self->folder);
  g_clear_pointer (&self->plan, g_ptr_array_unref);
  g_clear_pointer (&self->findings, g_ptr_array_unref);
  g_clear_pointer (&self->artefacts, g_ptr_array_unref);
  g_free (self);
}

/* No topic, or nothing to learn of those that are stated: nothing is asked for. */
static gboolean
needs_network (CliSession *session, BaristaOutputParts parts)
{
  if ((parts & BARISTA_OUTPUT_TINYBIRD) == 0 || !barista_setup_get_has_source (session->setup))
    return FALSE;

  return !barista_setup_get_topics_stated (session->setup)
         || barista_setup_get_registry_enabled (session->setup);
}

static GPtrArray *
get_tables (CliSession *session, BaristaOutputParts parts, CliExit *exit)
{
  BaristaCheckOptions options = { .until = BARISTA_STAGE_TOPIC, .all_topics = TRUE };
  g_autoptr (BaristaCheck) check = NULL;

  if (!needs_network (session, parts))
    {
      g_autoptr (GPtrArray) none = g_ptr_array_new_with_free_func (g_object_unref);
      GListModel *topics = barista_setup_get_topics (session->setup);
      g_autoptr (GHashTable) names = barista_table_names_new (session->setup, topics);

      for (guint i = 0;
           (parts & BARISTA_OUTPUT_TINYBIRD) != 0 && i < g_list_model_get_n_items (topics); i++)
        {
          g_autoptr (BaristaTopicChoice) choice = g_list_model_get_item (topics, i);

          g_ptr_array_add (none,
                           barista_table_new_named (session->setup, choice, names, NULL, NULL));
        }
      return g_steal_pointer (&none);
    }

  check = cli_check (session, &options);
  if (!barista_report_get_passed (barista_check_get_report (check)))
    {
      cli_complain_of_check (check);
      *exit = CLI_NOT_WELL;
      return NULL;
    }

  return cli_make_tables (session, check);
}

static char *
read_ca (BaristaSetup *setup, BaristaOutputParts parts, CliExit *exit)
{
  const char *path = (parts & BARISTA_OUTPUT_TINYBIRD) != 0 ? barista_setup_get_ca_file (setup)
                                                            : NULL;
  g_autofree char *text = NULL;
  g_autoptr (GError) error = NULL;
  gsize length;

  if (path == NULL)
    return NULL;
  if (!g_file_get_contents (path, &text, &length, &error))
    {
      cli_complain ("%s", error->message);
      *exit = CLI_NOT_WELL;
      return NULL;
    }
  if (length > MAX_CA_BYTES || !g_utf8_validate_len (text, length, NULL))
    {
      cli_complain (_ ("%s: not a PEM file of at most 1 MiB"), path);
      *exit = CLI_NOT_WELL;
      return NULL;
    }

  return g_steal_pointer (&text);
}

CliProject *
cli_project_new (CliSession *session, const char *output, BaristaOutputParts parts, CliExit *exit)
{
  g_autoptr (CliProject) self = g_new0 (CliProject, 1);
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) tables = get_tables (session, parts, exit);
  g_autofree char *ca_pem = NULL;
  BaristaOutputRequest request = { .setup = session->setup,
                                   .tables = tables,
                                   .parts = parts,
                                   .practice = session->practice != NULL };

  if (tables == NULL)
    return NULL;

  cli_session_prepare_artefacts (session);
  ca_pem = read_ca (session->setup, parts, exit);
  if (*exit != CLI_DONE)
    return NULL;

  request.ca_pem = ca_pem;
  /* The practice Dekaf's own token is no secret: it never goes into a file for Estuary. */
  request.with_token = session->token != NULL
                       && (session->practice == NULL || session->token_given);
  self->folder = barista_folder_new (output);
  barista_folder_set_token (self->folder, session->setup,
                            request.with_token ? session->token : NULL);
  self->artefacts = barista_output_generate (&request, &self->findings, &error);
  if (self->artefacts != NULL)
    self->plan = barista_folder_plan (self->folder, self->artefacts, &error);
  if (self->plan == NULL)
    {
      cli_complain ("%s", error->message);
      *exit = CLI_NOT_WELL;
      return NULL;
    }
  if (self->findings == NULL)
    self->findings = g_ptr_array_new_with_free_func ((GDestroyNotify) barista_finding_free);
  barista_folder_find_stale (self->plan, parts, self->findings);

  return g_steal_pointer (&self);
}

gboolean
cli_project_has_foreign (CliProject *self)
{
  for (guint i = 0; i < self->plan->len; i++)
    {
      const BaristaFolderEntry *entry = g_ptr_array_index (self->plan, i);

      if (entry->status == BARISTA_FILE_FOREIGN)
        return TRUE;
    }

  return FALSE;
}

typedef struct
{
  GError *error;
  gboolean saved, done;
} Save;

static void
on_saved (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Save *save = user_data;

  save->saved = barista_folder_save_finish (BARISTA_FOLDER (source), result, &save->error);
  save->done = TRUE;
}

static gboolean
on_signal (gpointer user_data)
{
  g_cancellable_cancel (user_data);
  return G_SOURCE_CONTINUE;
}

/* Who stops it finds the folder as it was, or as it was to be. */
gboolean
cli_project_save (CliProject *self, CliSession *session, gboolean force)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  guint interrupted = g_unix_signal_add (SIGINT, on_signal, cancellable);
  guint terminated = g_unix_signal_add (SIGTERM, on_signal, cancellable);
  gboolean with_token = session->practice == NULL || session->token_given;
  Save save = { 0 };

  barista_folder_save_async (self->folder, self->plan, session->setup,
                             with_token ? session->token : NULL, force, cancellable, on_saved,
                             &save);
  cli_wait (&save.done);
  g_source_remove (interrupted);
  g_source_remove (terminated);

  if (!save.saved)
    cli_complain ("%s", g_error_matches (save.error, G_IO_ERROR, G_IO_ERROR_CANCELLED)
                            ? _ ("Stopped. Nothing was written.")
                            : save.error->message);
  g_clear_error (&save.error);
  return save.saved;
}
