/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "barista-output-commands.h"
#include "barista-output-form.h"
#include "barista-session-private.h"

#include "barista-address.h"
#include "barista-output.h"

#define MAX_CA_BYTES (1024 * 1024)

static void
topic_free (gpointer data)
{
  SessionTopic *topic = data;

  g_clear_pointer (&topic->probes, g_ptr_array_unref);
  g_clear_pointer (&topic->stages, g_ptr_array_unref);
  g_free (topic);
}

void
session_tables_init (BaristaSession *self)
{
  self->topics = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, topic_free);
  self->tables = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_object_unref);
}

void
session_tables_clear (BaristaSession *self)
{
  g_clear_pointer (&self->topics, g_hash_table_unref);
  g_clear_pointer (&self->tables, g_hash_table_unref);
}

/* --- stages as they stand --- */

static SessionTopic *
ensure_topic (BaristaSession *self, const char *name)
{
  SessionTopic *topic = g_hash_table_lookup (self->topics, name);

  if (topic == NULL)
    {
      topic = g_new0 (SessionTopic, 1);
      g_hash_table_insert (self->topics, g_strdup (name), topic);
    }

  return topic;
}

/* Of @report; those of a topic that was looked at since come from that look. */
static void
add_stages (BaristaSession *self, BaristaReport *report, GPtrArray *stages)
{
  GListModel *model = barista_report_get_stages (report);

  for (guint i = 0; i < g_list_model_get_n_items (model); i++)
    {
      g_autoptr (BaristaStageReport) stage = g_list_model_get_item (model, i);
      const char *name = barista_stage_report_get_topic (stage);
      SessionTopic *topic = name != NULL ? g_hash_table_lookup (self->topics, name) : NULL;

      if (topic == NULL || topic->stages == NULL)
        g_ptr_array_add (stages, g_steal_pointer (&stage));
    }
}

static void
rebuild_stages (BaristaSession *self)
{
  g_autoptr (GPtrArray) stages = g_ptr_array_new_with_free_func (g_object_unref);
  GHashTableIter iter;
  gpointer value;

  if (self->report != NULL)
    {
      add_stages (self, self->report, stages);
      g_hash_table_iter_init (&iter, self->topics);
      while (g_hash_table_iter_next (&iter, NULL, &value))
        {
          const SessionTopic *topic = value;

          for (guint i = 0; topic->stages != NULL && i < topic->stages->len; i++)
            g_ptr_array_add (stages, g_object_ref (topic->stages->pdata[i]));
        }
    }
  g_list_store_splice (self->stages, 0, g_list_model_get_n_items (G_LIST_MODEL (self->stages)),
                       stages->pdata, stages->len);
  self->infos_valid = FALSE;
}

/* @whole: of everything; else of single topics, whose stages count from now on. */
void
session_tables_take_stages (BaristaSession *self, BaristaReport *report, gboolean whole)
{
  GListModel *model = report != NULL ? barista_report_get_stages (report) : NULL;
  GHashTableIter iter;
  gpointer value;

  g_hash_table_iter_init (&iter, self->topics);
  while (whole && g_hash_table_iter_next (&iter, NULL, &value))
    g_clear_pointer (&((SessionTopic *) value)->stages, g_ptr_array_unref);

  for (guint i = 0; !whole && i < g_list_model_get_n_items (model); i++)
    {
      g_autoptr (BaristaStageReport) stage = g_list_model_get_item (model, i);
      const char *name = barista_stage_report_get_topic (stage);

      if (name != NULL)
        g_clear_pointer (&ensure_topic (self, name)->stages, g_ptr_array_unref);
    }
  for (guint i = 0; !whole && i < g_list_model_get_n_items (model); i++)
    {
      g_autoptr (BaristaStageReport) stage = g_list_model_get_item (model, i);
      const char *name = barista_stage_report_get_topic (stage);
      SessionTopic *topic = name != NULL ? ensure_topic (self, name) : NULL;

      if (topic == NULL)
        continue;
      if (topic->stages == NULL)
        topic->stages = g_ptr_array_new_with_free_func (g_object_unref);
      g_ptr_array_add (topic->stages, g_steal_pointer (&stage));
    }

  rebuild_stages (self);
}

/* --- probes --- */

/* As it was chosen; the listing may have it encoded. */
static const char *
name_of (const BaristaProbe *probe)
{
  return barista_topic_choice_get_topic (probe->choice);
}

void
session_tables_take_probes (BaristaSession *self, GPtrArray *probes)
{
  for (guint i = 0; i < probes->len; i++)
    {
      const BaristaProbe *probe = g_ptr_array_index (probes, i);
      SessionTopic *topic = ensure_topic (self, name_of (probe));

      if (topic->probes != probes)
        {
          g_clear_pointer (&topic->probes, g_ptr_array_unref);
          topic->probes = g_ptr_array_ref (probes);
        }
      topic->probe = probe;
      g_hash_table_remove (self->tables, name_of (probe));
    }
  for (guint i = 0; i < probes->len; i++)
    {
      const BaristaProbe *probe = g_ptr_array_index (probes, i);

      session_emit_probe_changed (self, name_of (probe));
      session_emit_table_changed (self, name_of (probe));
    }
}

void
session_tables_forget_all (BaristaSession *self)
{
  g_autoptr (GPtrArray) names = g_hash_table_steal_all_keys (self->topics);

  g_ptr_array_set_free_func (names, g_free);
  g_hash_table_remove_all (self->tables);
  rebuild_stages (self);
  for (guint i = 0; i < names->len; i++)
    {
      session_emit_probe_changed (self, names->pdata[i]);
      session_emit_table_changed (self, names->pdata[i]);
    }
}

const BaristaProbe *
barista_session_find_probe (BaristaSession *self, const char *topic)
{
  const SessionTopic *known = g_hash_table_lookup (self->topics, topic);

  return known != NULL ? known->probe : NULL;
}

/* --- tables --- */

static BaristaTable *
make_table (BaristaSession *self, BaristaSetup *setup, const char *topic)
{
  const BaristaProbe *probe = barista_session_find_probe (self, topic);
  BaristaTopicChoice *choice = barista_setup_find_topic (setup, topic);
  GListModel *topics = barista_setup_get_topics (setup);
  g_autoptr (GHashTable) names = NULL;

  if (probe == NULL)
    return NULL;
  if (choice == NULL)
    return barista_table_new (setup, probe->choice, probe->key, probe->value);

  names = barista_table_names_new (setup, topics);
  return barista_table_new_named (setup, choice, names, probe->key, probe->value);
}

BaristaTable *
barista_session_get_table (BaristaSession *self, const char *topic)
{
  BaristaTable *table = g_hash_table_lookup (self->tables, topic);

  if (table != NULL)
    return table;

  table = make_table (self, self->setup, topic);
  if (table != NULL)
    g_hash_table_insert (self->tables, g_strdup (topic), table);

  return table;
}

void
session_tables_changed (BaristaSession *self, const char *topic)
{
  g_autoptr (GPtrArray) names = NULL;

  if (topic != NULL)
    {
      g_hash_table_remove (self->tables, topic);
      session_emit_table_changed (self, topic);
      return;
    }

  names = g_hash_table_get_keys_as_ptr_array (self->topics);
  g_hash_table_remove_all (self->tables);
  for (guint i = 0; i < names->len; i++)
    {
      g_autofree char *name = g_strdup (names->pdata[i]);

      session_emit_table_changed (self, name);
    }
}

/* --- artefacts --- */

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
 * barista_session_dup_tables:
 * @self: the session
 *
 * Returns: (transfer full) (element-type BaristaTable): the tables of the chosen topics, in their
 *   order, as far as they are known
 */
GPtrArray *
barista_session_dup_tables (BaristaSession *self)
{
  GListModel *topics = barista_setup_get_topics (self->setup);
  GPtrArray *tables = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; i < g_list_model_get_n_items (topics); i++)
    {
      g_autoptr (BaristaTopicChoice) choice = g_list_model_get_item (topics, i);
      BaristaTable *table = barista_session_get_table (self,
                                                       barista_topic_choice_get_topic (choice));

      if (table != NULL)
        g_ptr_array_add (tables, g_object_ref (table));
    }

  return tables;
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

  job->setup = barista_session_copy_for_artefacts (self);
  job->tables = barista_session_dup_tables (self);
  job->folder = g_strdup (self->folder);
  job->practice = self->practice != NULL;
  /* The practice Dekaf's own token is no secret: it never goes into a file for Estuary. */
  job->with_token = self->token != NULL && self->practice == NULL;

  return job;
}

/**
 * session_job_run:
 * @job: what session_job_new() gave
 * @error: return location
 *
 * Makes the artefacts, and what is said of them; reads the CA file. For a worker thread.
 *
 * Returns: whether they can be written
 */
gboolean
session_job_run (SessionJob *job, GError **error)
{
  g_autofree char *ca_pem = NULL;
  BaristaOutputRequest request = { .setup = job->setup,
                                   .tables = job->tables,
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
  g_ptr_array_unref (job->tables);
  g_free (job->folder);
  g_clear_pointer (&job->artefacts, g_ptr_array_unref);
  g_clear_pointer (&job->findings, g_ptr_array_unref);
  g_clear_pointer (&job->commands, g_ptr_array_unref);
  g_clear_pointer (&job->form, g_ptr_array_unref);
  g_free (job);
}

GPtrArray *
barista_session_make_artefacts (BaristaSession *self, GPtrArray **findings, GError **error)
{
  SessionJob *job = session_job_new (self);
  GPtrArray *artefacts = NULL;

  if (session_job_run (job, error))
    {
      artefacts = g_steal_pointer (&job->artefacts);
      if (findings != NULL)
        *findings = g_steal_pointer (&job->findings);
    }
  session_job_free (job);

  return artefacts;
}
