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
on_offsets (CheckStage *stage, GAsyncResult *result, glong member)
{
  CheckSample *work = stage->work;
  g_autoptr (GError) error = NULL;
  g_autoptr (BaristaReply) reply = barista_connection_call_finish (stage->check->connection, result,
                                                                   &error);

  if (reply != NULL)
    take_offsets (work, reply, member);
  else if (work->error == NULL)
    work->error = g_steal_pointer (&error);

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
on_earliest (GObject *source, GAsyncResult *result, gpointer user_data)
{
  on_offsets (user_data, result, EARLIEST);
}

static void
on_end (GObject *source, GAsyncResult *result, gpointer user_data)
{
  on_offsets (user_data, result, END);
}

static void
on_latest (GObject *source, GAsyncResult *result, gpointer user_data)
{
  on_offsets (user_data, result, LATEST);
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
make_request (CheckStage *stage, gint64 timestamp, int isolation, GError **error)
{
  CheckSample *work = stage->work;
  BaristaWireWriter *request = barista_connection_request (stage->check->connection,
                                                           BARISTA_API_LIST_OFFSETS, error);

  if (request == NULL)
    return NULL;

  barista_wire_put_int (request, "replicaId", -1);
  barista_wire_put_int (request, "isolationLevel", isolation);
  barista_wire_begin_array (request, "topics", 1);
  barista_wire_next (request);
  barista_wire_put_string (request, "name", stage->topic);
  barista_wire_begin_array (request, "partitions", (int) work->partitions->len);
  for (guint i = 0; i < work->partitions->len; i++)
    {
      barista_wire_next (request);
      barista_wire_put_int (request, "partitionIndex",
                            g_array_index (work->partitions, CheckPartition, i).index);
      barista_wire_put_int (request, "timestamp", timestamp);
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

void
check_ask_offsets (CheckStage *stage)
{
  BaristaWireWriter *requests[G_N_ELEMENTS (questions)] = { NULL };
  CheckSample *work = stage->work;
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (questions) && error == NULL; i++)
    if (is_asked (stage, i))
      requests[i] = make_request (stage, questions[i].timestamp, questions[i].isolation, &error);
  if (error != NULL) /* no version in common, for the first as for the last */
    {
      barista_evidence_set_text (stage->evidence, BARISTA_FACT_API, "ListOffsets");
      check_fail_sample (stage, error);
      return;
    }

  for (guint i = 0; i < G_N_ELEMENTS (questions); i++)
    if (requests[i] != NULL)
      {
        work->pending++;
        barista_connection_call_async (stage->check->connection, requests[i], stage->cancellable,
                                       questions[i].callback, stage);
      }
}
