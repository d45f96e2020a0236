/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "barista-check-group.h"

#include "barista-dial.h"
#include "barista-names.h"

/* A fresh broker has no coordinator at once: asked again (`diagnosis.md`, Rules). */
#define RETRY_MS 200
#define RETRY_FOR_S 10

#define COORDINATOR_LOAD_IN_PROGRESS 14
#define COORDINATOR_NOT_AVAILABLE 15

static void
work_free (gpointer data)
{
  CheckGroup *work = data;

  g_free (work->group);
  g_free (work->throw_away);
  g_free (work->member);
  g_clear_object (&work->coordinator);
  g_free (work);
}

void
check_end_group (CheckStage *stage)
{
  BaristaCheck *self = stage->check;
  CheckGroup *work = stage->work;

  barista_evidence_set_text (stage->evidence, BARISTA_FACT_GROUP, work->group);
  barista_evidence_set_int (stage->evidence, BARISTA_FACT_TRIES, work->tries);
  barista_evidence_set_flag (stage->evidence, BARISTA_FACT_DEPLOYED,
                             barista_topic_choice_get_deployed (stage->probe->choice));
  check_stage_end (stage);
  check_run_topics (self);
}

void
check_fail_group (CheckStage *stage, const GError *error)
{
  check_stage_fail (stage, error);
  check_end_group (stage);
}

static gboolean
on_retry (gpointer user_data)
{
  CheckStage *stage = user_data;

  if (g_cancellable_is_cancelled (stage->cancellable))
    {
      barista_evidence_set_end (stage->evidence, BARISTA_END_KAFKA_ERROR);
      check_end_group (stage);
    }
  else
    check_find_coordinator (stage);

  return G_SOURCE_REMOVE;
}

/* Notes the refusal; codes 14 and 15 are waited for. TRUE: the stage goes on. */
static gboolean
retry_or_note (CheckStage *stage, gint16 code)
{
  CheckGroup *work = stage->work;
  g_autoptr (GSource) source = NULL;
  g_autoptr (GSource) stopped = NULL;

  barista_gather_kafka_error (stage->evidence, code);
  if ((code != COORDINATOR_LOAD_IN_PROGRESS && code != COORDINATOR_NOT_AVAILABLE)
      || g_get_monotonic_time () >= work->give_up)
    return FALSE;

  check_stage_touch (stage);
  source = g_timeout_source_new (RETRY_MS);
  g_source_set_callback (source, on_retry, stage, NULL);
  stopped = g_cancellable_source_new (stage->cancellable);
  g_source_set_dummy_callback (stopped);
  g_source_add_child_source (source, stopped);
  g_source_attach (source, g_main_context_get_thread_default ());

  return TRUE;
}

void
check_forget_refusal (CheckStage *stage)
{
  barista_evidence_set_end (stage->evidence, BARISTA_END_OK);
  barista_evidence_unset (stage->evidence, BARISTA_FACT_KAFKA_ERROR);
  barista_evidence_unset (stage->evidence, BARISTA_FACT_KAFKA_ERROR_NAME);
}

void
check_settle_code (CheckStage *stage, gint16 code)
{
  if (!retry_or_note (stage, code))
    check_end_group (stage);
}

/* Partition's number -> its span. */
static GHashTable *
index_spans (GArray *spans)
{
  GHashTable *by_number = g_hash_table_new (g_int64_hash, g_int64_equal);

  for (guint i = 0; spans != NULL && i < spans->len; i++)
    {
      BaristaSpan *span = &g_array_index (spans, BaristaSpan, i);

      g_hash_table_insert (by_number, &span->partition, span);
    }

  return by_number;
}

/* Of each partition, as its sample saw it a moment ago. */
static void
add_reach (CheckStage *stage)
{
  GArray *spans = stage->probe->spans;
  BaristaReach reach;

  if (spans == NULL)
    return;

  reach = barista_spans_add_up ((const BaristaSpan *) (gpointer) spans->data, spans->len);
  barista_evidence_set_int (stage->evidence, BARISTA_FACT_PARTITIONS, spans->len);
  barista_evidence_set_int (stage->evidence, BARISTA_FACT_EXTENT, reach.extent);
  barista_evidence_set_int (stage->evidence, BARISTA_FACT_READ, reach.read);
  barista_evidence_set_int (stage->evidence, BARISTA_FACT_UNREAD_PARTITIONS, reach.unread);
}

static void
take_committed (CheckStage *stage, const BaristaReply *reply)
{
  gint16 code = (gint16) barista_wire_view_get_int (&reply->view, "errorCode");
  gint64 committed = -1, offset, number;
  g_autoptr (GHashTable) spans = index_spans (stage->probe->spans);
  BaristaSpan *span;
  BaristaWireIter topics, partitions;
  BaristaWireView topic, partition;

  barista_wire_view_get_array (&reply->view, "topics", &topics);
  while (barista_wire_iter_next (&topics, &topic))
    {
      barista_wire_view_get_array (&topic, "partitions", &partitions);
      while (barista_wire_iter_next (&partitions, &partition))
        {
          if (code == 0)
            code = (gint16) barista_wire_view_get_int (&partition, "errorCode");
          offset = barista_wire_view_get_int (&partition, "committedOffset");
          committed = MAX (committed, offset);
          number = barista_wire_view_get_int (&partition, "partitionIndex");
          span = g_hash_table_lookup (spans, &number);
          if (span != NULL)
            span->committed = offset;
        }
    }

  if (code != 0)
    {
      check_settle_code (stage, code);
      return;
    }

  check_forget_refusal (stage);
  barista_evidence_set_int (stage->evidence, BARISTA_FACT_COMMITTED, committed);
  add_reach (stage);
  if (stage->check->options.join)
    check_start_join (stage);
  else
    check_end_group (stage);
}

static void
on_offsets (GObject *source, GAsyncResult *result, gpointer user_data)
{
  CheckStage *stage = user_data;
  CheckGroup *work = stage->work;
  g_autoptr (GError) error = NULL;
  g_autoptr (BaristaReply) reply = barista_connection_call_finish (work->coordinator, result,
                                                                   &error);

  if (reply != NULL)
    take_committed (stage, reply);
  else
    check_fail_group (stage, error);
}

static void
put_partitions (BaristaWireWriter *request, CheckStage *stage)
{
  BaristaWireIter iter;
  BaristaWireView topic, view;
  int n = 0;

  if (check_find_listed (stage->check, stage->topic, &topic))
    n = barista_wire_view_get_array (&topic, "partitions", &iter);

  barista_wire_begin_array (request, "topics", 1);
  barista_wire_next (request);
  barista_wire_put_string (request, "name", stage->topic);
  barista_wire_begin_array (request, "partitionIndexes", MAX (n, 0));
  while (n > 0 && barista_wire_iter_next (&iter, &view))
    barista_wire_put_element_int (request,
                                  (gint32) barista_wire_view_get_int (&view, "partitionIndex"));
  barista_wire_end_array (request);
  barista_wire_end_array (request);
}

static void
fetch_offsets (CheckStage *stage)
{
  CheckGroup *work = stage->work;
  g_autoptr (GError) error = NULL;
  BaristaWireWriter *request = barista_connection_request (work->coordinator,
                                                           BARISTA_API_OFFSET_FETCH, &error);

  if (request == NULL)
    {
      barista_evidence_set_text (stage->evidence, BARISTA_FACT_API, "OffsetFetch");
      check_fail_group (stage, error);
      return;
    }

  barista_wire_put_string (request, "groupId", work->group);
  put_partitions (request, stage);
  barista_connection_call_async (work->coordinator, request, stage->cancellable, on_offsets, stage);
}

/* --- the coordinator --- */

static void
use_coordinator (CheckStage *stage)
{
  CheckGroup *work = stage->work;

  if (work->throw_away != NULL)
    check_join (stage);
  else
    fetch_offsets (stage);
}

static void
on_dialled (GObject *source, GAsyncResult *result, gpointer user_data)
{
  CheckStage *stage = user_data;
  CheckGroup *work = stage->work;
  g_autoptr (BaristaEvidence) failed = NULL;
  BaristaConnection *connection = barista_dial_finish (result, &failed, NULL);

  if (connection == NULL)
    {
      BaristaVerdict verdict = { 0 };

      if (failed != NULL)
        verdict = barista_classify (failed);
      barista_evidence_set_text (stage->evidence, BARISTA_FACT_ADVERTISED_CAUSE,
                                 verdict.cause != NULL ? verdict.cause->id : "cancelled");
      barista_gather_kafka_error (stage->evidence, COORDINATOR_NOT_AVAILABLE);
      check_end_group (stage);
      return;
    }

  g_clear_object (&work->coordinator);
  work->coordinator = connection;
  use_coordinator (stage);
}

static gboolean
is_here (CheckStage *stage, const char *host, gint64 port)
{
  const BaristaAddress *address = check_get_address (stage->check);

  return address->port == port && g_ascii_strcasecmp (address->host, host) == 0;
}

/* @view: the answer, or its only coordinator (version 4). */
static void
take_coordinator (CheckStage *stage, const BaristaWireView *view)
{
  CheckGroup *work = stage->work;
  BaristaCheck *self = stage->check;
  gint16 code = (gint16) barista_wire_view_get_int (view, "errorCode");
  g_autofree char *host = barista_wire_view_dup_string (view, "host");
  gint64 port = barista_wire_view_get_int (view, "port");

  if (code != 0)
    {
      check_settle_code (stage, code);
      return;
    }

  g_clear_object (&work->coordinator);
  if (host == NULL || port <= 0 || port > G_MAXUINT16 || is_here (stage, host, port))
    {
      work->coordinator = g_object_ref (self->connection);
      use_coordinator (stage);
    }
  else
    {
      g_autoptr (GPtrArray) addresses = g_ptr_array_new_with_free_func (
          (GDestroyNotify) barista_address_free);

      g_ptr_array_add (addresses, barista_address_new (host, (guint16) port));
      check_redial (stage, addresses, on_dialled);
    }
}

static void
on_coordinator (GObject *source, GAsyncResult *result, gpointer user_data)
{
  CheckStage *stage = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (BaristaReply) reply = barista_connection_call_finish (stage->check->connection, result,
                                                                   &error);
  BaristaWireView coordinator;
  BaristaWireIter iter;

  if (reply == NULL)
    check_fail_group (stage, error);
  else if (barista_wire_view_get_array (&reply->view, "coordinators", &iter) > 0
           && barista_wire_iter_next (&iter, &coordinator))
    take_coordinator (stage, &coordinator);
  else
    take_coordinator (stage, &reply->view);
}

void
check_find_coordinator (CheckStage *stage)
{
  BaristaCheck *self = stage->check;
  CheckGroup *work = stage->work;
  const char *group = work->throw_away != NULL ? work->throw_away : work->group;
  g_autoptr (GError) error = NULL;
  BaristaWireWriter *request = barista_connection_request (self->connection,
                                                           BARISTA_API_FIND_COORDINATOR, &error);

  work->tries++;
  if (request == NULL)
    {
      barista_evidence_set_text (stage->evidence, BARISTA_FACT_API, "FindCoordinator");
      check_fail_group (stage, error);
      return;
    }

  barista_wire_put_string (request, "key", group);
  barista_wire_put_int (request, "keyType", 0);
  barista_wire_begin_array (request, "coordinatorKeys", 1);
  barista_wire_put_element_string (request, group);
  barista_wire_end_array (request);
  barista_connection_call_async (self->connection, request, stage->cancellable, on_coordinator,
                                 stage);
}

/* Two data sources that read as one group would each get part of the records. */
static gboolean
is_shared (BaristaCheck *self, BaristaProbe *probe, const char *group)
{
  GListModel *topics = barista_setup_get_topics (self->setup);

  for (guint i = 0; i < g_list_model_get_n_items (topics); i++)
    {
      g_autoptr (BaristaTopicChoice) choice = g_list_model_get_item (topics, i);

      if (choice != probe->choice
          && g_strcmp0 (barista_topic_choice_get_group_id (choice), group) == 0)
        return TRUE;
    }

  return FALSE;
}

/* As generate proposes it: no two topics get the same. */
static char *
propose_group (BaristaCheck *self, BaristaProbe *probe)
{
  if (self->groups == NULL)
    {
      self->groups = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
      for (guint i = 0; i < self->probes->len; i++)
        {
          const BaristaProbe *one = self->probes->pdata[i];
          const char *stated = barista_topic_choice_get_group_id (one->choice);

          if (stated != NULL)
            g_hash_table_add (self->groups, g_strdup (stated));
        }
    }

  return barista_group_id_unique (barista_setup_get_task_name (self->setup), probe->topic,
                                  self->groups);
}

static const char *
lint_group (CheckStage *stage)
{
  CheckGroup *work = stage->work;

  if (!barista_group_id_check (work->group, NULL))
    return "group-invalid";

  return is_shared (stage->check, stage->probe, work->group) ? "group-shared-in-project" : NULL;
}

void
check_start_group (BaristaCheck *self, BaristaProbe *probe)
{
  CheckStage *stage = check_stage_begin (self, BARISTA_SERVICE_KAFKA, BARISTA_STAGE_GROUP, probe);
  CheckGroup *work = g_new0 (CheckGroup, 1);
  const char *lint;
  const char *stated = barista_topic_choice_get_group_id (probe->choice);

  stage->work = work;
  stage->free_work = work_free;
  work->group = stated != NULL ? g_strdup (stated) : propose_group (self, probe);
  work->give_up = g_get_monotonic_time () + RETRY_FOR_S * G_USEC_PER_SEC;
  lint = lint_group (stage);
  if (lint == NULL)
    {
      check_find_coordinator (stage);
      return;
    }

  barista_evidence_set_end (stage->evidence, BARISTA_END_INVALID);
  barista_evidence_set_text (stage->evidence, BARISTA_FACT_LINT, lint);
  barista_evidence_set_text (stage->evidence, BARISTA_FACT_VALUE, work->group);
  check_end_group (stage);
}
