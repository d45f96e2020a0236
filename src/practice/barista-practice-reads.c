/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "barista-practice-requests.h"

#define NODE_ID 1
#define LATEST -1
#define EARLIEST -2
/* Partitions in one request. */
#define MAX_PARTITIONS 20000
/* COMBINED_PARTITION_FETCH_LIMIT and SCHEMA_ERROR_COOLDOWN_TIMEOUT (dekaf.md 1.2). */
#define FETCH_LIMIT (50 * 1024 * 1024)
#define HELD_BACK_US (4 * 60 * G_USEC_PER_SEC)
#define MAX_WAIT_MS (60 * 1000)
/* A first read this near to the write head is taken for a data preview. */
#define PREVIEW_BYTES 13

/* The journal of a partition, or the code that is answered instead. */
static gint16
locate (BaristaPracticeCall *call,
        BaristaPracticeTopic *topic,
        gint64 partition,
        gint64 epoch,
        BaristaPracticeJournal **journal)
{
  if (barista_practice_kafka_is_redirecting (call->client->kafka))
    return BARISTA_KAFKA_NOT_LEADER_OR_FOLLOWER;
  if (topic == NULL)
    return BARISTA_KAFKA_UNKNOWN_TOPIC_OR_PARTITION;
  if (topic->n_partitions == 0)
    return BARISTA_KAFKA_LEADER_NOT_AVAILABLE;
  if (partition < 0 || partition >= topic->n_partitions)
    return BARISTA_KAFKA_UNKNOWN_TOPIC_OR_PARTITION;
  if (epoch >= 0 && epoch < topic->epoch)
    return BARISTA_KAFKA_FENCED_LEADER_EPOCH;
  if (epoch > topic->epoch)
    return BARISTA_KAFKA_UNKNOWN_LEADER_EPOCH;

  *journal = topic->journals[partition];
  return BARISTA_KAFKA_NONE;
}

/* Of a fragment, the time is in seconds, where Kafka has milliseconds (dekaf.md 1.8). */
static gint16
find_offset (BaristaPracticeJournal *journal, gint64 asked_ms, gint64 *offset, gint64 *timestamp)
{
  *offset = *timestamp = -1;
  if (asked_ms == LATEST)
    *offset = barista_practice_journal_get_head (journal);
  else if (asked_ms == EARLIEST)
    return barista_practice_journal_get_start (journal, offset, timestamp)
               ? BARISTA_KAFKA_NONE
               : BARISTA_KAFKA_UNKNOWN_TOPIC_OR_PARTITION;
  else
    barista_practice_journal_find_time (journal, asked_ms / 1000, offset, timestamp);

  return BARISTA_KAFKA_NONE;
}

static void
put_offset (BaristaPracticeCall *call, BaristaPracticeTopic *topic, const BaristaWireView *asked)
{
  BaristaPracticeJournal *journal = NULL;
  gint64 partition = barista_wire_view_get_int (asked, "partitionIndex");
  gint64 offset = -1, timestamp = -1;
  gint16 code = locate (call, topic, partition,
                        barista_wire_view_get_int (asked, "currentLeaderEpoch"), &journal);

  if (code == BARISTA_KAFKA_NONE)
    code = find_offset (journal, barista_wire_view_get_int (asked, "timestamp"), &offset,
                        &timestamp);

  barista_wire_next (call->answer);
  barista_wire_put_int (call->answer, "partitionIndex", partition);
  barista_wire_put_int (call->answer, "errorCode", code);
  barista_wire_put_int (call->answer, "timestamp", timestamp);
  barista_wire_put_int (call->answer, "offset", offset);
  barista_wire_put_int (call->answer, "leaderEpoch",
                        code == BARISTA_KAFKA_NONE ? topic->epoch : -1);
}

static void
put_end_of_epoch (BaristaPracticeCall *call,
                  BaristaPracticeTopic *topic,
                  const BaristaWireView *asked)
{
  BaristaPracticeJournal *journal = NULL;
  gint64 partition = barista_wire_view_get_int (asked, "partition");
  gint64 epoch = barista_wire_view_get_int (asked, "leaderEpoch");
  gint16 code = locate (call, topic, partition,
                        barista_wire_view_get_int (asked, "currentLeaderEpoch"), &journal);

  if (code == BARISTA_KAFKA_NONE && epoch > topic->epoch)
    code = BARISTA_KAFKA_UNKNOWN_LEADER_EPOCH;

  barista_wire_next (call->answer);
  barista_wire_put_int (call->answer, "errorCode", code);
  barista_wire_put_int (call->answer, "partition", partition);
  if (code != BARISTA_KAFKA_NONE)
    return;

  /* An older epoch ended at 0: start again. */
  barista_wire_put_int (call->answer, "leaderEpoch", topic->epoch);
  barista_wire_put_int (call->answer, "endOffset",
                        epoch < topic->epoch ? 0 : barista_practice_journal_get_head (journal));
}

typedef void (*PutPartition) (BaristaPracticeCall *call,
                              BaristaPracticeTopic *topic,
                              const BaristaWireView *asked);

/* Walks topics and partitions of a request, which its answer has in the same order. */
static gboolean
put_topic (BaristaPracticeCall *call,
           const BaristaWireView *asked,
           const char *name_field,
           PutPartition put)
{
  g_autofree char *name = NULL;
  BaristaPracticeTopic *topic = NULL;
  BaristaWireIter iter;
  BaristaWireView partition;
  int n;

  if (!barista_practice_call_find_topic (call, asked, name_field, &name, &topic))
    return FALSE;

  n = MAX (barista_wire_view_get_array (asked, "partitions", &iter), 0);
  barista_wire_next (call->answer);
  barista_wire_put_string (call->answer, name_field, name);
  barista_wire_begin_array (call->answer, "partitions", n);
  while (n > 0 && barista_wire_iter_next (&iter, &partition))
    put (call, topic, &partition);
  barista_wire_end_array (call->answer);
  return TRUE;
}

/* FALSE: more than anybody needs. */
static gboolean
count_partitions (BaristaPracticeCall *call)
{
  BaristaWireIter topics, partitions;
  BaristaWireView topic;
  int n = barista_wire_view_get_array (&call->request, "topics", &topics);

  if (n > MAX_PARTITIONS)
    return FALSE;

  while (n > 0 && barista_wire_iter_next (&topics, &topic))
    call->n_partitions += MAX (barista_wire_view_get_array (&topic, "partitions", &partitions), 0);
  return call->n_partitions <= MAX_PARTITIONS;
}

static BaristaPracticeVerdict
put_topics (BaristaPracticeCall *call,
            const char *array_field,
            const char *name_field,
            PutPartition put)
{
  BaristaWireIter iter;
  BaristaWireView topic;
  int n = MAX (barista_wire_view_get_array (&call->request, "topics", &iter), 0);

  barista_wire_begin_array (call->answer, array_field, n);
  while (n > 0 && barista_wire_iter_next (&iter, &topic))
    if (!put_topic (call, &topic, name_field, put))
      return BARISTA_CLOSE;

  barista_wire_end_array (call->answer);
  return BARISTA_ANSWER;
}

BaristaPracticeVerdict
barista_practice_list_offsets (BaristaPracticeCall *call)
{
  if (!count_partitions (call))
    return BARISTA_CLOSE;

  return put_topics (call, "topics", "name", put_offset);
}

BaristaPracticeVerdict
barista_practice_offset_for_leader_epoch (BaristaPracticeCall *call)
{
  if (!count_partitions (call))
    return BARISTA_CLOSE;

  return put_topics (call, "topics", "topic", put_end_of_epoch);
}

static gboolean
has_fault (BaristaPracticeCall *call, BaristaPracticeFault fault)
{
  return barista_practice_task_has_fault (call->client->task, fault);
}

/* The topic that a scenario about records concerns. */
static gboolean
is_faulty (BaristaPracticeTopic *topic, BaristaPracticeCall *call, BaristaPracticeFault fault)
{
  return has_fault (call, fault) && topic != NULL
         && g_str_equal (topic->name, BARISTA_PRACTICE_FAULTY_TOPIC);
}

static gint16
locate_read (BaristaPracticeCall *call,
             BaristaPracticeTopic *topic,
             const BaristaWireView *asked,
             BaristaPracticeJournal **journal)
{
  gint16 code = locate (call, topic, barista_wire_view_get_int (asked, "partition"),
                        barista_wire_view_get_int (asked, "currentLeaderEpoch"), journal);

  if (code == BARISTA_KAFKA_NONE && is_faulty (topic, call, BARISTA_FAULT_SCHEMA_TROUBLE))
    {
      if (call->client->held_back_since == 0)
        call->client->held_back_since = g_get_monotonic_time ();
      code = BARISTA_KAFKA_LEADER_NOT_AVAILABLE;
    }
  return code;
}

static gsize
read_limit (BaristaPracticeCall *call, const BaristaWireView *asked)
{
  gint64 wanted = barista_wire_view_get_int (asked, "partitionMaxBytes");

  return CLAMP (wanted, 1, FETCH_LIMIT / MAX (call->n_partitions, 1));
}

/* Below 0 there is nothing, and there is room to reckon with what is left. */
static gint64
fetch_offset (const BaristaWireView *asked)
{
  return MAX (barista_wire_view_get_int (asked, "fetchOffset"), 0);
}

static GByteArray *
read_records (BaristaPracticeCall *call,
              BaristaPracticeTopic *topic,
              BaristaPracticeJournal *journal,
              const BaristaWireView *asked)
{
  gint64 offset = fetch_offset (asked);
  gint64 behind = barista_practice_journal_get_head (journal) - offset;

  if (call->client->reads == BARISTA_READS_PREVIEW)
    return barista_practice_journal_preview (journal, offset,
                                             (guint) CLAMP (behind, 2, PREVIEW_BYTES - 1),
                                             topic->epoch);

  return barista_practice_journal_read (journal, offset, read_limit (call, asked), topic->epoch);
}

static void
put_records (BaristaPracticeCall *call, BaristaPracticeTopic *topic, const BaristaWireView *asked)
{
  g_autoptr (GByteArray) records = NULL;
  BaristaPracticeJournal *journal = NULL;
  gint16 code = locate_read (call, topic, asked, &journal);
  gint64 head = -1;

  if (code == BARISTA_KAFKA_NONE)
    {
      head = barista_practice_journal_get_head (journal);
      records = read_records (call, topic, journal, asked);
      if (records->len > 0 && is_faulty (topic, call, BARISTA_FAULT_DAMAGED_BATCH))
        records->data[records->len - 1] ^= 0x01;
    }

  barista_wire_next (call->answer);
  barista_wire_put_int (call->answer, "partitionIndex",
                        barista_wire_view_get_int (asked, "partition"));
  barista_wire_put_int (call->answer, "errorCode", code);
  barista_wire_put_int (call->answer, "highWatermark", head);
  barista_wire_put_int (call->answer, "lastStableOffset", head);
  if (code == BARISTA_KAFKA_NONE)
    {
      barista_wire_begin_struct (call->answer, "currentLeader");
      barista_wire_put_int (call->answer, "leaderId", NODE_ID);
      barista_wire_put_int (call->answer, "leaderEpoch", topic->epoch);
      barista_wire_end_struct (call->answer);
    }
  barista_wire_begin_array (call->answer, "abortedTransactions", 0);
  barista_wire_end_array (call->answer);
  barista_wire_put_bytes (call->answer, "records",
                          records != NULL && records->len > 0 ? records->data : (const guint8 *) "",
                          records != NULL ? records->len : 0);
}

typedef struct
{
  guint n;
  gboolean ready;   /* there is a record or a code to answer with */
  gboolean preview; /* the first partition asks for one of the last few bytes */
} Survey;

static void
survey_partition (BaristaPracticeCall *call,
                  BaristaPracticeTopic *topic,
                  const BaristaWireView *asked,
                  Survey *survey)
{
  BaristaPracticeJournal *journal = NULL;
  gint64 behind;

  if (survey->n++ > 0 && survey->ready)
    return;
  if (locate_read (call, topic, asked, &journal) != BARISTA_KAFKA_NONE)
    {
      survey->ready = TRUE;
      return;
    }

  behind = barista_practice_journal_get_head (journal) - fetch_offset (asked);
  survey->ready |= behind > 0;
  if (survey->n == 1)
    survey->preview = behind > 0 && behind < PREVIEW_BYTES;
}

static gboolean
survey_topics (BaristaPracticeCall *call, Survey *survey)
{
  BaristaWireIter topics, partitions;
  BaristaWireView topic_view, partition;

  if (barista_wire_view_get_array (&call->request, "topics", &topics) <= 0)
    return TRUE;

  while (barista_wire_iter_next (&topics, &topic_view))
    {
      g_autofree char *name = NULL;
      BaristaPracticeTopic *topic = NULL;

      if (!barista_practice_call_find_topic (call, &topic_view, "topic", &name, &topic))
        return FALSE;
      if (barista_wire_view_get_array (&topic_view, "partitions", &partitions) > 0)
        while (barista_wire_iter_next (&partitions, &partition))
          survey_partition (call, topic, &partition, survey);
    }
  return TRUE;
}

/* The first Fetch of a connection decides; one that previews can't read afterwards. */
static gboolean
decide_reads (BaristaPracticeCall *call, const Survey *survey)
{
  BaristaPracticeClient *client = call->client;
  gboolean preview = survey->preview;

  if (client->reads == BARISTA_READS_PREVIEW)
    return preview;
  if (client->reads == BARISTA_READS_PLAIN || survey->n == 0)
    return TRUE;

  if (has_fault (call, BARISTA_FAULT_PREVIEW) && !client->task->previewed)
    preview = client->task->previewed = TRUE;
  client->reads = preview ? BARISTA_READS_PREVIEW : BARISTA_READS_PLAIN;
  return TRUE;
}

static gboolean
is_held_back_too_long (BaristaPracticeClient *client)
{
  return client->held_back_since != 0
         && g_get_monotonic_time () - client->held_back_since > HELD_BACK_US;
}

/**
 * barista_practice_fetch:
 *
 * Answers at once when there is a record or an error for any partition, else when one comes or the
 * client's time is over. The sizes that the client asks for in all are ignored (`dekaf.md` 1.8).
 */
BaristaPracticeVerdict
barista_practice_fetch (BaristaPracticeCall *call)
{
  Survey survey = { 0 };
  guint patience_ms = (guint) CLAMP (barista_wire_view_get_int (&call->request, "maxWaitMs"), 0,
                                     MAX_WAIT_MS);

  if (!count_partitions (call) || !survey_topics (call, &survey)
      || is_held_back_too_long (call->client))
    return BARISTA_CLOSE;

  if (!survey.ready && call->elapsed_ms < patience_ms)
    {
      call->wait_ms = patience_ms - call->elapsed_ms;
      return BARISTA_WAIT;
    }
  if (!decide_reads (call, &survey))
    return BARISTA_CLOSE;

  barista_wire_put_int (call->answer, "errorCode", BARISTA_KAFKA_NONE);
  barista_wire_put_int (call->answer, "sessionId",
                        barista_wire_view_get_int (&call->request, "sessionId"));
  return put_topics (call, "responses", "topic", put_records);
}
