/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "barista-check-private.h"

#include "barista-dial.h"

#include <string.h>

#define DEFAULT_PROBES 3
/* Brokers that are tried in turn where the typed address only leads to them. */
#define MAX_ADVERTISED 3

/* --- which topics are probed --- */

static void
add_probe (BaristaCheck *self, const char *topic, BaristaTopicChoice *choice)
{
  BaristaProbe *probe = g_new0 (BaristaProbe, 1);

  probe->topic = g_strdup (topic);
  probe->choice = choice != NULL ? g_object_ref (choice) : barista_topic_choice_new (topic);
  probe->schemas = g_hash_table_ref (self->schemas);
  g_ptr_array_add (self->probes, probe);
}

/* Known before anything is asked: the topics that the setup states. FALSE: wait for the listing. */
gboolean
check_choose_probes (BaristaCheck *self)
{
  GListModel *topics = barista_setup_get_topics (self->setup);

  if (self->only_topic != NULL)
    {
      add_probe (self, self->only_topic, barista_setup_find_topic (self->setup, self->only_topic));
      return TRUE;
    }
  if (!barista_setup_get_topics_stated (self->setup))
    return FALSE;

  for (guint i = 0; i < g_list_model_get_n_items (topics); i++)
    {
      g_autoptr (BaristaTopicChoice) choice = g_list_model_get_item (topics, i);

      add_probe (self, barista_topic_choice_get_topic (choice), choice);
    }

  return TRUE;
}

static void
choose_from_listing (BaristaCheck *self)
{
  guint n = barista_report_get_n_topics (self->report);

  if (!self->options.all_topics)
    n = MIN (n, DEFAULT_PROBES);

  for (guint i = 0; i < n; i++)
    {
      BaristaTopicInfo info;

      barista_report_get_topic (self->report, i, &info);
      add_probe (self, info.name, barista_setup_find_topic (self->setup, info.name));
    }
}

/* A setup may have a topic's plain name where the server lists it encoded: take the server's. */
static void
adopt_listed_names (BaristaCheck *self)
{
  for (guint i = 0; i < self->probes->len; i++)
    {
      BaristaProbe *probe = g_ptr_array_index (self->probes, i);
      BaristaTopicInfo info;

      if (barista_report_find_topic (self->report, probe->topic, &info)
          && !g_str_equal (info.name, probe->topic))
        {
          g_free (probe->topic);
          probe->topic = g_strdup (info.name);
        }
    }
}

/* --- metadata --- */

static gboolean
is_same_server (const BaristaAddress *address, const char *host, gsize host_length, gint64 port)
{
  return address->port == port && strlen (address->host) == host_length
         && g_ascii_strncasecmp (address->host, host, host_length) == 0;
}

/* The addresses to read from when none of the brokers is the one that was typed (`dekaf.md` 1.6). */
static GPtrArray *
find_advertised (BaristaCheck *self, const BaristaWireView *view)
{
  const BaristaAddress *typed = check_get_address (self);
  g_autoptr (GPtrArray) advertised = g_ptr_array_new_with_free_func (
      (GDestroyNotify) barista_address_free);
  BaristaWireView broker;
  BaristaWireIter iter;

  if (barista_wire_view_get_array (view, "brokers", &iter) <= 0)
    return NULL;

  while (barista_wire_iter_next (&iter, &broker))
    {
      gsize length;
      const char *host = barista_wire_view_get_string (&broker, "host", &length);
      gint64 port = barista_wire_view_get_int (&broker, "port");

      if (is_same_server (typed, host, length, port))
        return NULL;
      if (advertised->len < MAX_ADVERTISED && port > 0 && port <= G_MAXUINT16 && length > 0)
        {
          g_autofree char *copy = g_strndup (host, length);

          g_ptr_array_add (advertised, barista_address_new (copy, (guint16) port));
        }
    }

  return advertised->len > 0 ? g_steal_pointer (&advertised) : NULL;
}

static void
list_topics (BaristaCheck *self, const BaristaWireView *view)
{
  BaristaWireView topic;
  BaristaWireIter iter;

  barista_wire_view_get_array (view, "topics", &iter);
  while (barista_wire_iter_next (&iter, &topic))
    {
      BaristaWireIter partitions;
      gsize length;
      const char *name = barista_wire_view_get_string (&topic, "name", &length);
      int n = barista_wire_view_get_array (&topic, "partitions", &partitions);
      gboolean ready = barista_wire_view_get_int (&topic, "errorCode") == 0 && n > 0;

      if (name != NULL)
        barista_report_add_topic (self->report, name, length, (guint) MAX (n, 0), ready);
    }
  barista_report_end_topics (self->report);
}

static gboolean
find_listed_from (BaristaCheck *self,
                  BaristaWireIter iter,
                  const char *name,
                  BaristaWireView *topic)
{
  gsize wanted = strlen (name);
  BaristaWireIter before = iter;

  while (barista_wire_iter_next (&iter, topic))
    {
      gsize length;
      const char *listed = barista_wire_view_get_string (topic, "name", &length);

      if (listed != NULL && length == wanted && memcmp (listed, name, wanted) == 0)
        {
          self->last_found = before;
          return TRUE;
        }
      before = iter;
    }

  return FALSE;
}

/* Topics are probed in the order of the listing: where the last one was found, the next is near. */
gboolean
check_find_listed (BaristaCheck *self, const char *name, BaristaWireView *topic)
{
  BaristaWireIter start;

  if (self->listing == NULL)
    return FALSE;

  barista_wire_view_get_array (&self->listing->view, "topics", &start);
  return find_listed_from (self, self->last_found, name, topic)
         || find_listed_from (self, start, name, topic);
}

static void
end_metadata (CheckStage *stage)
{
  BaristaCheck *self = stage->check;

  if (!check_stage_end (stage))
    {
      check_skip_rest (self, BARISTA_STAGE_METADATA);
      check_end_kafka (self, FALSE);
      return;
    }

  if (!self->listed)
    choose_from_listing (self);
  else
    adopt_listed_names (self);
  self->listed = TRUE;
  if (self->awaits_topics)
    check_start_schemas (self);
  check_run_topics (self);
}

static void send_metadata (CheckStage *stage);

static void
tell_advertised (CheckStage *stage, const BaristaAddress *address)
{
  g_autofree char *text = barista_address_to_string (address);

  barista_evidence_set_text (stage->evidence, BARISTA_FACT_ADVERTISED, text);
}

static void
on_advertised_dialled (GObject *source, GAsyncResult *result, gpointer user_data)
{
  CheckStage *stage = user_data;
  BaristaCheck *self = stage->check;
  g_autoptr (BaristaEvidence) failed = NULL;
  g_autoptr (BaristaConnection) connection = barista_dial_finish (result, &failed, NULL);

  if (connection != NULL)
    {
      tell_advertised (stage, barista_connection_get_address (connection));
      /* What follows is read there: its own epochs and leaders are the ones that count. */
      g_set_object (&self->connection, connection);
      self->metadata_tries = 1;
      send_metadata (stage);
      return;
    }

  if (failed != NULL)
    {
      BaristaVerdict verdict = barista_classify (failed);

      barista_evidence_set_text (stage->evidence, BARISTA_FACT_ADVERTISED_STAGE,
                                 barista_stage_to_string (barista_evidence_get_stage (failed)));
      barista_evidence_set_text (stage->evidence, BARISTA_FACT_ADVERTISED_CAUSE,
                                 verdict.cause != NULL ? verdict.cause->id : "unclassified");
    }
  end_metadata (stage);
}

static void
take_listing (CheckStage *stage, BaristaReply *reply)
{
  BaristaCheck *self = stage->check;
  g_autoptr (GPtrArray) advertised = NULL;
  g_autofree char *cluster = barista_wire_view_dup_string (&reply->view, "clusterId");

  barista_evidence_set_text (stage->evidence, BARISTA_FACT_CLUSTER, cluster);
  if (!barista_evidence_has (stage->evidence, BARISTA_FACT_ADVERTISED))
    advertised = find_advertised (self, &reply->view);
  if (advertised != NULL)
    {
      barista_gather_setup (stage->evidence, self->setup, check_get_address (self));
      tell_advertised (stage, g_ptr_array_index (advertised, 0));
      check_redial (stage, advertised, on_advertised_dialled);
      return;
    }

  g_clear_pointer (&self->listing, barista_reply_unref);
  self->listing = barista_reply_ref (reply);
  barista_wire_view_get_array (&reply->view, "topics", &self->last_found);
  list_topics (self, &reply->view);
  barista_evidence_set_int (stage->evidence, BARISTA_FACT_TOPICS,
                            barista_report_get_n_topics (self->report));
  end_metadata (stage);
}

static void
on_metadata_redialled (GObject *source, GAsyncResult *result, gpointer user_data)
{
  CheckStage *stage = user_data;
  BaristaCheck *self = stage->check;
  g_autoptr (BaristaConnection) connection = barista_dial_finish (result, NULL, NULL);

  if (connection != NULL)
    {
      g_set_object (&self->connection, connection);
      send_metadata (stage);
    }
  else
    {
      barista_evidence_set_end (stage->evidence, BARISTA_END_CLOSED);
      end_metadata (stage);
    }
}

/* One second Metadata after a close (`diagnosis.md`, Rules): the task may have been restarting. */
static gboolean
try_again (CheckStage *stage, const GError *error)
{
  BaristaCheck *self = stage->check;
  g_autoptr (GPtrArray) addresses = NULL;

  if (stage->expired || self->metadata_tries > 1 || check_is_stopped (self)
      || barista_gather_end (error) != BARISTA_END_CLOSED)
    return FALSE;

  addresses = g_ptr_array_new_with_free_func ((GDestroyNotify) barista_address_free);
  g_ptr_array_add (addresses, barista_address_copy (check_get_address (self)));
  check_redial (stage, addresses, on_metadata_redialled);

  return TRUE;
}

static void
on_metadata (GObject *source, GAsyncResult *result, gpointer user_data)
{
  CheckStage *stage = user_data;
  BaristaCheck *self = stage->check;
  g_autoptr (GError) error = NULL;
  g_autoptr (BaristaReply) reply = barista_connection_call_finish (self->connection, result,
                                                                   &error);

  barista_evidence_set_int (stage->evidence, BARISTA_FACT_TRIES, self->metadata_tries);
  if (reply != NULL)
    {
      take_listing (stage, reply);
      return;
    }

  if (try_again (stage, error))
    return;

  if (barista_connection_get_tls_trace (self->connection)->certificate_requested)
    barista_evidence_set_flag (stage->evidence, BARISTA_FACT_TLS_CERTIFICATE_REQUESTED, TRUE);
  check_stage_fail (stage, error);
  end_metadata (stage);
}

static void
send_metadata (CheckStage *stage)
{
  BaristaCheck *self = stage->check;
  g_autoptr (GError) error = NULL;
  BaristaWireWriter *request = barista_connection_request (self->connection, BARISTA_API_METADATA,
                                                           &error);

  self->metadata_tries++;
  if (request == NULL)
    {
      barista_evidence_set_text (stage->evidence, BARISTA_FACT_API, "Metadata");
      check_stage_fail (stage, error);
      end_metadata (stage);
      return;
    }

  barista_wire_begin_array (request, "topics", -1);
  barista_wire_put_int (request, "allowAutoTopicCreation", FALSE);
  barista_connection_call_async (self->connection, request, stage->cancellable, on_metadata, stage);
}

void
check_start_metadata (BaristaCheck *self)
{
  send_metadata (check_stage_begin (self, BARISTA_SERVICE_KAFKA, BARISTA_STAGE_METADATA, NULL));
}
