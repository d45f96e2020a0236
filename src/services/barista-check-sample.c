/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "barista-check-sample.h"

#include "barista-committed.h"
#include "barista-dial.h"
#include "barista-records.h"

#include <glib/gi18n-lib.h>

#define MAX_RECORDS 200
#define MAX_FETCH_BYTES (4 * 1024 * 1024)
#define MAX_PARTITION_BYTES (1024 * 1024)
#define MAX_WAIT_MS 500
#define MAX_EMPTY_FETCHES 2
/* Records of aborted transactions may go on and on. */
#define MAX_FETCHES 64

static void
sample_record_free (gpointer data)
{
  BaristaSampleRecord *record = data;

  g_clear_pointer (&record->key, g_bytes_unref);
  g_clear_pointer (&record->value, g_bytes_unref);
  g_clear_pointer (&record->headers, g_bytes_unref);
  g_free (record);
}

static void
work_free (gpointer data)
{
  CheckSample *work = data;

  g_array_unref (work->partitions);
  g_ptr_array_unref (work->leaders);
  g_hash_table_unref (work->by_index);
  g_hash_table_unref (work->by_node);
  g_ptr_array_unref (work->records);
  g_clear_error (&work->error);
  g_free (work);
}

static CheckSample *
work_new (void)
{
  CheckSample *work = g_new0 (CheckSample, 1);

  work->partitions = g_array_new (FALSE, TRUE, sizeof (CheckPartition));
  work->by_index = g_hash_table_new (NULL, NULL);
  work->records = g_ptr_array_new_with_free_func (sample_record_free);
  work->oldest = work->newest = -1;

  return work;
}

CheckPartition *
check_find_partition (CheckSample *work, gint64 index)
{
  gpointer position;

  return index >= 0 && index <= G_MAXINT32
                 && g_hash_table_lookup_extended (work->by_index, GINT_TO_POINTER ((int) index),
                                                  NULL, &position)
             ? &g_array_index (work->partitions, CheckPartition, GPOINTER_TO_UINT (position))
             : NULL;
}

/* --- the end --- */

static void
add_offsets (CheckStage *stage, CheckSample *work)
{
  gint64 earliest = G_MAXINT64, latest = -1;

  for (guint i = 0; i < work->partitions->len; i++)
    {
      const CheckPartition *partition = &g_array_index (work->partitions, CheckPartition, i);

      if (partition->leader->connection == NULL)
        continue;
      earliest = MIN (earliest, partition->earliest);
      latest = MAX (latest, partition->latest);
    }
  if (latest >= 0)
    {
      barista_evidence_set_int (stage->evidence, BARISTA_FACT_EARLIEST, earliest);
      barista_evidence_set_int (stage->evidence, BARISTA_FACT_LATEST, latest);
    }
}

/* NULL: not all offsets are known. */
static GArray *
make_spans (const CheckSample *work)
{
  g_autoptr (GArray) spans = g_array_new (FALSE, FALSE, sizeof (BaristaSpan));

  if (work->error != NULL || work->error_code != 0)
    return NULL;

  for (guint i = 0; i < work->partitions->len; i++)
    {
      const CheckPartition *partition = &g_array_index (work->partitions, CheckPartition, i);
      BaristaSpan span = { partition->index, partition->earliest, partition->latest, -1 };

      if (partition->leader->connection == NULL)
        return NULL;
      g_array_append_val (spans, span);
    }

  return g_steal_pointer (&spans);
}

static void
add_extent (CheckStage *stage, CheckSample *work)
{
  GArray *spans = make_spans (work);

  if (spans == NULL)
    return;

  barista_evidence_set_int (
      stage->evidence, BARISTA_FACT_EXTENT,
      barista_spans_add_up ((const BaristaSpan *) (gpointer) spans->data, spans->len).extent);
  g_clear_pointer (&stage->probe->spans, g_array_unref);
  stage->probe->spans = spans;
}

/* Of the first partition that has one. */
static void
add_open_transaction (CheckStage *stage, CheckSample *work)
{
  if (work->error != NULL || work->error_code != 0)
    return; /* not all offsets are known */

  for (guint i = 0; i < work->partitions->len; i++)
    {
      const CheckPartition *partition = &g_array_index (work->partitions, CheckPartition, i);

      if (partition->end <= partition->latest)
        continue;
      barista_evidence_set_int (stage->evidence, BARISTA_FACT_STOPPED_PARTITION, partition->index);
      barista_evidence_set_int (stage->evidence, BARISTA_FACT_LAST_STABLE_OFFSET,
                                partition->latest);
      barista_evidence_set_int (stage->evidence, BARISTA_FACT_HIGH_WATERMARK, partition->end);
      return;
    }
}

static void
add_time (CheckStage *stage, BaristaFact fact, gint64 milliseconds)
{
  g_autofree char *text = milliseconds >= 0 ? barista_gather_time (milliseconds) : NULL;

  barista_evidence_set_text (stage->evidence, fact, text);
}

void
check_end_sample (CheckStage *stage)
{
  BaristaCheck *self = stage->check;
  BaristaProbe *probe = stage->probe;
  CheckSample *work = stage->work;

  check_tell_leaders (stage);
  add_offsets (stage, work);
  add_extent (stage, work);
  add_open_transaction (stage, work);
  if (work->aborted > 0)
    barista_evidence_set_int (stage->evidence, BARISTA_FACT_ABORTED, work->aborted);
  barista_evidence_set_int (stage->evidence, BARISTA_FACT_PARTITIONS, work->partitions->len);
  barista_evidence_set_int (stage->evidence, BARISTA_FACT_RECORDS, work->records->len);
  barista_evidence_set_int (stage->evidence, BARISTA_FACT_DELETIONS, work->deletions);
  barista_evidence_set_int (stage->evidence, BARISTA_FACT_DECODED, work->decoded);
  add_time (stage, BARISTA_FACT_OLDEST_RECORD, work->oldest);
  add_time (stage, BARISTA_FACT_NEWEST_RECORD, work->newest);
  if (probe->sample == NULL)
    probe->sample = g_ptr_array_ref (work->records);

  if (check_stage_end (stage) && self->options.until >= BARISTA_STAGE_GROUP)
    check_start_group (self, probe);
  else
    {
      if (self->options.until >= BARISTA_STAGE_GROUP)
        check_skip (self, BARISTA_SERVICE_KAFKA, BARISTA_STAGE_GROUP, probe->topic,
                    N_ ("the topic's sample failed"));
      check_run_topics (self);
    }
}

void
check_fail_sample (CheckStage *stage, const GError *error)
{
  check_stage_fail (stage, error);
  check_end_sample (stage);
}

/* --- fetching --- */

static void
take_record (CheckStage *stage, CheckPartition *partition, const BaristaRecord *record)
{
  CheckSample *work = stage->work;
  BaristaSampleRecord *sample;

  if (work->records->len >= MAX_RECORDS)
    return;

  sample = g_new0 (BaristaSampleRecord, 1);
  sample->partition = partition->index;
  sample->offset = record->offset;
  sample->timestamp = record->timestamp;
  if (record->key != NULL)
    sample->key = g_bytes_new (record->key, record->key_length);
  if (record->value != NULL)
    sample->value = g_bytes_new (record->value, record->value_length);
  if (record->n_headers > 0)
    sample->headers = g_bytes_new (record->headers, record->headers_length);
  sample->n_headers = record->n_headers;
  g_ptr_array_add (work->records, sample);

  work->deletions += record->value == NULL ? 1 : 0;
  work->oldest = work->oldest < 0 ? record->timestamp : MIN (work->oldest, record->timestamp);
  work->newest = MAX (work->newest, record->timestamp);
}

/* A batch may begin before the offset asked for. Dekaf numbers the first record of a preview one
 * lower (`dekaf.md` 3.1): there nothing is dropped. */
static gboolean
is_asked_for (CheckStage *stage, const CheckPartition *partition, const BaristaRecord *record)
{
  return record->offset >= partition->next || barista_setup_get_is_dekaf (stage->check->setup);
}

static BaristaCommitted *
read_aborted (const BaristaWireView *view)
{
  g_autoptr (GArray) aborted = g_array_new (FALSE, FALSE, sizeof (BaristaAbortedTransaction));
  BaristaWireIter transactions;
  BaristaWireView transaction;

  if (barista_wire_view_get_array (view, "abortedTransactions", &transactions) > 0)
    while (barista_wire_iter_next (&transactions, &transaction))
      {
        BaristaAbortedTransaction one = {
          .producer_id = barista_wire_view_get_int (&transaction, "producerId"),
          .first_offset = barista_wire_view_get_int (&transaction, "firstOffset"),
        };

        g_array_append_val (aborted, one);
      }
  return barista_committed_new ((const BaristaAbortedTransaction *) aborted->data, aborted->len);
}

static void
take_batch (CheckStage *stage,
            CheckPartition *partition,
            const BaristaRecordBatch *batch,
            BaristaRecordReader *reader,
            gboolean is_kept)
{
  CheckSample *work = stage->work;
  BaristaRecord record;

  while (!batch->control && barista_record_reader_next (reader, &record))
    {
      if (!is_asked_for (stage, partition, &record))
        continue;
      if (is_kept)
        take_record (stage, partition, &record);
      else
        work->aborted++;
    }
  partition->next = MAX (partition->next, batch->last_offset + 1);
}

static gboolean
take_batches (CheckStage *stage,
              CheckPartition *partition,
              BaristaCommitted *committed,
              BaristaRecordReader *reader,
              GError **error)
{
  g_autoptr (GError) local_error = NULL;
  BaristaRecordBatch batch;

  while (barista_record_reader_next_batch (reader, &batch, &local_error))
    take_batch (stage, partition, &batch, reader,
                barista_committed_keeps (committed, &batch, reader));

  if (local_error == NULL)
    return TRUE;

  g_propagate_error (error, g_steal_pointer (&local_error));
  return FALSE;
}

static gboolean
take_records (CheckStage *stage,
              CheckPartition *partition,
              const BaristaWireView *view,
              GError **error)
{
  gsize length;
  const guint8 *records = barista_wire_view_get_bytes (view, "records", &length);
  g_autoptr (BaristaRecordReader) reader = barista_record_reader_new (records, length);
  g_autoptr (BaristaCommitted) committed = read_aborted (view);

  if (take_batches (stage, partition, committed, reader, error))
    return TRUE;

  barista_evidence_set_int (stage->evidence, BARISTA_FACT_OFFSET, partition->next);
  return FALSE;
}

static gboolean
take_partition (CheckStage *stage, const BaristaWireView *view, gboolean *progress, GError **error)
{
  CheckSample *work = stage->work;
  gint64 index = barista_wire_view_get_int (view, "partitionIndex");
  CheckPartition *partition = check_find_partition (work, index);
  gint16 code = (gint16) barista_wire_view_get_int (view, "errorCode");
  gint64 before;

  if (partition == NULL)
    return TRUE;
  if (code != 0)
    {
      work->error_code = code;
      return TRUE;
    }

  before = partition->next;
  if (!take_records (stage, partition, view, error))
    return FALSE;
  *progress |= partition->next > before;

  return TRUE;
}

static gboolean
take_fetched (CheckStage *stage, const BaristaReply *reply, gboolean *progress, GError **error)
{
  CheckSample *work = stage->work;
  BaristaWireIter topics, partitions;
  BaristaWireView topic, partition;

  work->error_code = (gint16) barista_wire_view_get_int (&reply->view, "errorCode");
  barista_wire_view_get_array (&reply->view, "responses", &topics);
  while (barista_wire_iter_next (&topics, &topic))
    {
      barista_wire_view_get_array (&topic, "partitions", &partitions);
      while (barista_wire_iter_next (&partitions, &partition))
        if (!take_partition (stage, &partition, progress, error))
          return FALSE;
    }

  return TRUE;
}

static void
on_redialled (GObject *source, GAsyncResult *result, gpointer user_data)
{
  CheckStage *stage = user_data;
  BaristaCheck *self = stage->check;
  CheckSample *work = stage->work;
  CheckLeader *leader = g_ptr_array_index (work->leaders, work->turn);
  g_autoptr (BaristaConnection) connection = barista_dial_finish (result, NULL, NULL);

  if (connection != NULL)
    {
      if (leader == work->own)
        g_set_object (&self->connection, connection);
      g_set_object (&leader->connection, connection);
      check_fetch_sample (stage);
    }
  else
    {
      g_autoptr (GError) error = g_error_new_literal (BARISTA_CONNECTION_ERROR,
                                                      BARISTA_CONNECTION_ERROR_CLOSED,
                                                      "closed while reading");

      check_fail_sample (stage, error);
    }
}

/* Dekaf ends a connection that first previewed and then reads on (`dekaf.md` 1.8): a fresh one
 * settles it, once. */
static gboolean
try_fresh_connection (CheckStage *stage, const GError *error)
{
  CheckSample *work = stage->work;
  const CheckLeader *leader = g_ptr_array_index (work->leaders, work->turn);
  g_autoptr (GPtrArray) addresses = NULL;

  if (work->redialled || stage->expired || check_is_stopped (stage->check)
      || barista_gather_end (error) != BARISTA_END_CLOSED)
    return FALSE;

  work->redialled = TRUE;
  barista_evidence_set_int (stage->evidence, BARISTA_FACT_TRIES, 2);
  addresses = g_ptr_array_new_with_free_func ((GDestroyNotify) barista_address_free);
  g_ptr_array_add (addresses, barista_address_copy (leader->address));
  check_redial (stage, addresses, on_redialled);

  return TRUE;
}

typedef struct
{
  CheckStage *stage;
  BaristaReply *reply;
  gboolean progress;
} Taking;

static void
taking_free (gpointer data)
{
  Taking *taking = data;

  barista_reply_unref (taking->reply);
  g_free (taking);
}

/* Up to some MiB are to be unpacked and copied. Nothing else goes on in the stage meanwhile. */
static void
take_in_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  Taking *taking = data;
  GError *error = NULL;

  if (take_fetched (taking->stage, taking->reply, &taking->progress, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

static void
on_taken (GObject *source, GAsyncResult *result, gpointer user_data)
{
  CheckStage *stage = user_data;
  CheckSample *work = stage->work;
  CheckLeader *leader = g_ptr_array_index (work->leaders, work->turn);
  const Taking *taking = g_task_get_task_data (G_TASK (result));
  g_autoptr (GError) error = NULL;

  if (!g_task_propagate_boolean (G_TASK (result), &error))
    {
      check_end_undecodable (stage, NULL, error);
      return;
    }
  if (work->error_code != 0)
    {
      barista_gather_kafka_error (stage->evidence, work->error_code);
      check_end_sample (stage);
      return;
    }

  leader->empty_fetches = taking->progress ? 0 : leader->empty_fetches + 1;
  work->turn++;
  check_stage_touch (stage);
  check_fetch_sample (stage);
}

static void
on_fetched (GObject *source, GAsyncResult *result, gpointer user_data)
{
  CheckStage *stage = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (BaristaReply) reply = barista_connection_call_finish (BARISTA_CONNECTION (source),
                                                                   result, &error);
  g_autoptr (GTask) task = NULL;
  Taking *taking;

  if (reply == NULL)
    {
      if (!try_fresh_connection (stage, error))
        check_fail_sample (stage, error);
      return;
    }

  taking = g_new0 (Taking, 1);
  taking->stage = stage;
  taking->reply = g_steal_pointer (&reply);
  task = g_task_new (NULL, NULL, on_taken, stage);
  g_task_set_source_tag (task, on_fetched);
  g_task_set_task_data (task, taking, taking_free);
  g_task_run_in_thread (task, take_in_thread);
}

static gboolean
is_open (const CheckPartition *partition, const CheckLeader *leader)
{
  return partition->leader == leader && partition->next < partition->latest;
}

static guint
count_open (CheckSample *work, const CheckLeader *leader)
{
  guint n = 0;

  for (guint i = 0; i < work->partitions->len; i++)
    n += is_open (&g_array_index (work->partitions, CheckPartition, i), leader) ? 1 : 0;

  return n;
}

/* Brokers take turns; 0: none has anything left. */
static guint
choose_leader (CheckSample *work)
{
  for (guint i = 0; i < work->leaders->len; i++, work->turn++)
    {
      const CheckLeader *leader;
      guint n_open;

      work->turn %= work->leaders->len;
      leader = g_ptr_array_index (work->leaders, work->turn);
      if (leader->connection == NULL || leader->empty_fetches >= MAX_EMPTY_FETCHES)
        continue;
      n_open = count_open (work, leader);
      if (n_open > 0)
        return n_open;
    }

  return 0;
}

static void
put_fetch (BaristaWireWriter *request, CheckStage *stage, const CheckLeader *leader, guint n_open)
{
  CheckSample *work = stage->work;

  barista_wire_put_int (request, "replicaId", -1);
  barista_wire_put_int (request, "maxWaitMs", MAX_WAIT_MS);
  barista_wire_put_int (request, "minBytes", 1);
  barista_wire_put_int (request, "maxBytes", MAX_FETCH_BYTES);
  barista_wire_put_int (request, "isolationLevel", CHECK_READ_COMMITTED);
  barista_wire_put_int (request, "sessionId", 0);
  barista_wire_put_int (request, "sessionEpoch", -1);
  barista_wire_begin_array (request, "topics", 1);
  barista_wire_next (request);
  barista_wire_put_string (request, "topic", stage->topic);
  barista_wire_begin_array (request, "partitions", (int) n_open);
  for (guint i = 0; i < work->partitions->len; i++)
    {
      const CheckPartition *partition = &g_array_index (work->partitions, CheckPartition, i);

      if (!is_open (partition, leader))
        continue;
      barista_wire_next (request);
      barista_wire_put_int (request, "partition", partition->index);
      barista_wire_put_int (request, "fetchOffset", partition->next);
      barista_wire_put_int (request, "partitionMaxBytes", MAX_PARTITION_BYTES);
    }
  barista_wire_end_array (request);
  barista_wire_end_array (request);
}

void
check_fetch_sample (CheckStage *stage)
{
  CheckSample *work = stage->work;
  guint n_open = choose_leader (work);
  const CheckLeader *leader;
  g_autoptr (GError) error = NULL;
  BaristaWireWriter *request;

  if (n_open == 0 || work->records->len >= MAX_RECORDS || work->fetches++ >= MAX_FETCHES)
    {
      check_start_decoding (stage);
      return;
    }

  leader = g_ptr_array_index (work->leaders, work->turn);
  request = barista_connection_request (leader->connection, BARISTA_API_FETCH, &error);
  if (request == NULL)
    {
      barista_evidence_set_text (stage->evidence, BARISTA_FACT_API, "Fetch");
      check_fail_sample (stage, error);
      return;
    }

  put_fetch (request, stage, leader, n_open);
  barista_connection_call_async (leader->connection, request, stage->cancellable, on_fetched,
                                 stage);
}

static void
read_partitions (CheckStage *stage)
{
  BaristaWireView topic, view;
  BaristaWireIter iter;

  check_init_leaders (stage);
  if (!check_find_listed (stage->check, stage->topic, &topic))
    return;

  barista_wire_view_get_array (&topic, "partitions", &iter);
  while (barista_wire_iter_next (&iter, &view))
    check_add_partition (stage, &view);
}

void
check_start_sample (BaristaCheck *self, BaristaProbe *probe)
{
  CheckStage *stage = check_stage_begin (self, BARISTA_SERVICE_KAFKA, BARISTA_STAGE_SAMPLE, probe);

  stage->work = work_new ();
  stage->free_work = work_free;
  read_partitions (stage);
  check_connect_leaders (stage);
}
