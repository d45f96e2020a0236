/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "barista-check-sample.h"

#define UNKNOWN_TOPIC_OR_PARTITION 3
#define EARLIEST_TIMESTAMP (-2)
#define LATEST_TIMESTAMP (-1)

#define EARLIEST G_STRUCT_OFFSET (CheckPartition, earliest)
#define END G_STRUCT_OFFSET (CheckPartition, end)
#define LATEST G_STRUCT_OFFSET (CheckPartition, latest)

static void
take_offset (CheckSample *work, const BaristaWireView *view, glong member)
{
  gint64 index = barista_wire_view_get_int (view, "partitionIndex");
  CheckPartition *partition = check_find_partition (work, index);
  gint16 code = (gint16) barista_wire_view_get_int (view, "errorCode");
  gint64 offset = barista_wire_view_get_int (view, "offset");

  if (partition == NULL)
    return;

  /* Never written: the earliest offset is unknown, the latest 0 (`dekaf.md` 3.1): an empty topic. */
  if (code == 0)
    G_STRUCT_MEMBER (gint64, partition, member) = MAX (offset, 0);
  else if (member != EARLIEST || code != UNKNOWN_TOPIC_OR_PARTITION)
    work->error_code = code;
}

static void
take_offsets (CheckSample *work, const BaristaReply *reply, glong member)
{
  BaristaWireIter topics, partitions;
  BaristaWireView topic, partition;

  barista_wire_view_get_array (&reply->view, "topics", &topics);
  while (barista_wire_iter_next (&topics, &topic))
    {
      barista_wire_view_get_array (&topic, "partitions", &partitions);
      while (barista_wire_iter_next (&partitions, &partition))
        take_offset (work, &partition, member);
    }
}

static void
start_reading (CheckStage *stage)
{
  CheckSample *work = stage->work;

  for (guint i = 0; i < work->partitions->len; i++)
    {
      CheckPartition *partition = &g_array_index (work->partitions, CheckPartition, i);

      partition->next = partition->earliest;
    }
  check_stage_touch (stage);
  check_fetch_sample (stage);
}

static void
end_question (CheckStage *stage)
{
  CheckSample *work = stage->work;

  work->pending--;
  if (work->pending > 0)
    return;

  if (work->error != NULL)
    check_fail_sample (stage, work->error);
  else if (work->error_code != 0)
    {
      barista_gather_kafka_error (stage->evidence, work->error_code);
      check_end_sample (stage);
    }
  else
    start_reading (stage);
}

static void
on_offsets (CheckStage *stage, GObject *source, GAsyncResult *result, glong member)
{
  CheckSample *work = stage->work;
  g_autoptr (GError) error = NULL;
  g_autoptr (BaristaReply) reply = barista_connection_call_finish (BARISTA_CONNECTION (source),
                                                                   result, &error);

  if (reply != NULL)
    take_offsets (work, reply, member);
  else if (work->error == NULL)
    work->error = g_steal_pointer (&error);
  end_question (stage);
}

static void
on_earliest (GObject *source, GAsyncResult *result, gpointer user_data)
{
  on_offsets (user_data, source, result, EARLIEST);
}

static void
on_end (GObject *source, GAsyncResult *result, gpointer user_data)
{
  on_offsets (user_data, source, result, END);
}

static void
on_latest (GObject *source, GAsyncResult *result, gpointer user_data)
{
  on_offsets (user_data, source, result, LATEST);
}

/* The end is asked before the latest: records written between the two would else look like an open
 * transaction's. */
static const struct
{
  gint64 timestamp;
  int isolation;
  GAsyncReadyCallback callback;
} questions[] = {
  { EARLIEST_TIMESTAMP, CHECK_READ_COMMITTED, on_earliest },
  { LATEST_TIMESTAMP, CHECK_READ_UNCOMMITTED, on_end },
  { LATEST_TIMESTAMP, CHECK_READ_COMMITTED, on_latest },
};

static BaristaWireWriter *
make_request (CheckStage *stage, const CheckLeader *leader, guint question, GError **error)
{
  CheckSample *work = stage->work;
  BaristaWireWriter *request = barista_connection_request (leader->connection,
                                                           BARISTA_API_LIST_OFFSETS, error);

  if (request == NULL)
    return NULL;

  barista_wire_put_int (request, "replicaId", -1);
  barista_wire_put_int (request, "isolationLevel", questions[question].isolation);
  barista_wire_begin_array (request, "topics", 1);
  barista_wire_next (request);
  barista_wire_put_string (request, "name", stage->topic);
  barista_wire_begin_array (request, "partitions", (int) leader->n_partitions);
  for (guint i = 0; i < work->partitions->len; i++)
    {
      const CheckPartition *partition = &g_array_index (work->partitions, CheckPartition, i);

      if (partition->leader != leader)
        continue;
      barista_wire_next (request);
      barista_wire_put_int (request, "partitionIndex", partition->index);
      barista_wire_put_int (request, "timestamp", questions[question].timestamp);
    }
  barista_wire_end_array (request);
  barista_wire_end_array (request);

  return request;
}

/* A Dekaf has no transactions: where they end is where all end. */
static gboolean
is_asked (CheckStage *stage, guint question)
{
  return questions[question].callback != on_end
         || !barista_setup_get_is_dekaf (stage->check->setup);
}

static void
ask (CheckStage *stage, const CheckLeader *leader)
{
  CheckSample *work = stage->work;

  for (guint i = 0; i < G_N_ELEMENTS (questions) && work->error == NULL; i++)
    {
      BaristaWireWriter *request = is_asked (stage, i)
                                       ? make_request (stage, leader, i, &work->error)
                                       : NULL;

      if (request == NULL)
        continue;
      work->pending++;
      barista_connection_call_async (leader->connection, request, stage->cancellable,
                                     questions[i].callback, stage);
    }
  if (work->error != NULL) /* no version in common */
    barista_evidence_set_text (stage->evidence, BARISTA_FACT_API, "ListOffsets");
}

void
check_ask_offsets (CheckStage *stage)
{
  CheckSample *work = stage->work;

  work->pending = 1; /* until all are asked */
  for (guint i = 0; i < work->leaders->len; i++)
    {
      const CheckLeader *leader = g_ptr_array_index (work->leaders, i);

      if (leader->connection != NULL && leader->n_partitions > 0)
        ask (stage, leader);
    }
  end_question (stage);
}
