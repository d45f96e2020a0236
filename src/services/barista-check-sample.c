/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "barista-check-private.h"

#include "barista-avro-framing.h"
#include "barista-avro-value.h"
#include "barista-dial.h"
#include "barista-records.h"

#define MAX_RECORDS 200
#define MAX_FETCH_BYTES (4 * 1024 * 1024)
#define MAX_PARTITION_BYTES (1024 * 1024)
#define MAX_WAIT_MS 500
#define MAX_EMPTY_FETCHES 2

#define UNKNOWN_TOPIC_OR_PARTITION 3
#define EARLIEST_TIMESTAMP (-2)
#define LATEST_TIMESTAMP (-1)

typedef struct
{
  gint32 index;
  gint64 earliest, latest, next;
} Partition;

typedef struct
{
  GArray *partitions;
  guint pending;     /* ListOffsets answers to come */
  GError *error;     /* the first one's */
  gint16 error_code; /* Kafka's, of a partition */
  GPtrArray *records;
  guint deletions, decoded;
  gint64 oldest, newest; /* ms; -1: no record */
  guint empty_fetches;
  gboolean redialled;
  guint cursor;   /* of decoding: record */
  gboolean value; /* of decoding: its value, after its key */
} SampleWork;

static void
sample_record_free (gpointer data)
{
  BaristaSampleRecord *record = data;

  g_clear_pointer (&record->key, g_bytes_unref);
  g_clear_pointer (&record->value, g_bytes_unref);
  g_free (record);
}

static void
work_free (gpointer data)
{
  SampleWork *work = data;

  g_array_unref (work->partitions);
  g_ptr_array_unref (work->records);
  g_clear_error (&work->error);
  g_free (work);
}

static SampleWork *
work_new (void)
{
  SampleWork *work = g_new0 (SampleWork, 1);

  work->partitions = g_array_new (FALSE, TRUE, sizeof (Partition));
  work->records = g_ptr_array_new_with_free_func (sample_record_free);
  work->oldest = work->newest = -1;

  return work;
}

static Partition *
find_partition (SampleWork *work, gint64 index)
{
  for (guint i = 0; i < work->partitions->len; i++)
    if (g_array_index (work->partitions, Partition, i).index == index)
      return &g_array_index (work->partitions, Partition, i);

  return NULL;
}

/* --- the end --- */

static void
add_offsets (CheckStage *stage, SampleWork *work)
{
  gint64 earliest = G_MAXINT64, latest = -1;

  for (guint i = 0; i < work->partitions->len; i++)
    {
      const Partition *partition = &g_array_index (work->partitions, Partition, i);

      earliest = MIN (earliest, partition->earliest);
      latest = MAX (latest, partition->latest);
    }
  if (latest >= 0)
    {
      barista_evidence_set_int (stage->evidence, BARISTA_FACT_EARLIEST, earliest);
      barista_evidence_set_int (stage->evidence, BARISTA_FACT_LATEST, latest);
    }
}

static void
add_time (CheckStage *stage, BaristaFact fact, gint64 milliseconds)
{
  g_autofree char *text = milliseconds >= 0 ? barista_gather_time (milliseconds) : NULL;

  barista_evidence_set_text (stage->evidence, fact, text);
}

static void
end_sample (CheckStage *stage)
{
  BaristaCheck *self = stage->check;
  BaristaProbe *probe = stage->probe;
  SampleWork *work = stage->work;

  add_offsets (stage, work);
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
                    "the topic's sample failed");
      check_run_topics (self);
    }
}

static void
fail_sample (CheckStage *stage, const GError *error)
{
  check_stage_fail (stage, error);
  end_sample (stage);
}

/* --- decoding --- */

static void
end_undecodable (CheckStage *stage, const BaristaSampleRecord *record, const GError *error)
{
  barista_evidence_set_end (stage->evidence, BARISTA_END_UNDECODABLE);
  barista_evidence_set_error (stage->evidence, error);
  if (record != NULL)
    barista_evidence_set_int (stage->evidence, BARISTA_FACT_OFFSET, record->offset);
  end_sample (stage);
}

static void decode_on (CheckStage *stage);

static void
on_schema (GObject *source, GAsyncResult *result, gpointer user_data)
{
  CheckStage *stage = user_data;
  BaristaCheck *self = stage->check;
  SampleWork *work = stage->work;
  g_autoptr (GError) error = NULL;
  g_autoptr (BaristaRegisteredSchema) registered = barista_registry_schema_finish (self->client,
                                                                                   result, &error);
  BaristaAvroSchema *schema = NULL;

  if (registered != NULL)
    schema = barista_avro_schema_new (registered->schema, -1, &error);
  if (schema == NULL)
    {
      if (registered == NULL
          && !g_error_matches (error, BARISTA_REGISTRY_ERROR, BARISTA_REGISTRY_ERROR_STATUS))
        fail_sample (stage, error);
      else
        end_undecodable (stage, g_ptr_array_index (work->records, work->cursor), error);
      return;
    }

  g_hash_table_insert (self->schemas, GUINT_TO_POINTER (registered->id), schema);
  check_stage_touch (stage);
  decode_on (stage);
}

typedef enum
{
  DECODED,
  UNKNOWN_SCHEMA,
  DAMAGED
} DecodeResult;

static DecodeResult
decode_bytes (BaristaCheck *self, GBytes *bytes, guint32 *id, GError **error)
{
  gsize length;
  const guint8 *data = g_bytes_get_data (bytes, &length);
  BaristaAvroSchema *schema;
  BaristaAvroValue value;

  if (!barista_avro_frame_parse (data, length, id))
    {
      g_set_error_literal (error, BARISTA_AVRO_ERROR, BARISTA_AVRO_ERROR_DATUM,
                           "no schema id stands in front");
      return DAMAGED;
    }

  schema = g_hash_table_lookup (self->schemas, GUINT_TO_POINTER (*id));
  if (schema == NULL)
    return UNKNOWN_SCHEMA;

  return barista_avro_value_init (&value, schema, data + BARISTA_AVRO_FRAME_SIZE,
                                  length - BARISTA_AVRO_FRAME_SIZE, error)
             ? DECODED
             : DAMAGED;
}

/* Each key, then each value; stops where a schema has to be fetched and goes on from there. */
static void
decode_on (CheckStage *stage)
{
  BaristaCheck *self = stage->check;
  SampleWork *work = stage->work;

  while (work->cursor < work->records->len)
    {
      BaristaSampleRecord *record = g_ptr_array_index (work->records, work->cursor);
      GBytes *bytes = work->value ? record->value : record->key;
      g_autoptr (GError) error = NULL;
      guint32 id = 0;
      DecodeResult result = bytes != NULL ? decode_bytes (self, bytes, &id, &error) : DECODED;

      /* Keys are Avro in Dekaf alone; elsewhere they may be anything. */
      if (result != DECODED && !work->value && stage->probe->key == NULL)
        result = DECODED;
      if (result == UNKNOWN_SCHEMA)
        {
          barista_registry_by_id_async (self->client, id, stage->cancellable, on_schema, stage);
          return;
        }
      if (result == DAMAGED)
        {
          end_undecodable (stage, record, error);
          return;
        }

      work->decoded += work->value ? 1 : 0;
      work->cursor += work->value ? 1 : 0;
      work->value = !work->value;
    }

  end_sample (stage);
}

static void
start_decoding (CheckStage *stage)
{
  if (stage->check->client != NULL)
    decode_on (stage);
  else
    end_sample (stage); /* registry off: counted, not decoded */
}

/* --- fetching --- */

static void
take_record (CheckStage *stage, Partition *partition, const BaristaRecord *record)
{
  SampleWork *work = stage->work;
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
  g_ptr_array_add (work->records, sample);

  work->deletions += record->value == NULL ? 1 : 0;
  work->oldest = work->oldest < 0 ? record->timestamp : MIN (work->oldest, record->timestamp);
  work->newest = MAX (work->newest, record->timestamp);
}

/* A batch may begin before the offset asked for. Dekaf numbers the first record of a preview one
 * lower (`dekaf.md` 3.1): there nothing is dropped. */
static gboolean
is_asked_for (CheckStage *stage, const Partition *partition, const BaristaRecord *record)
{
  return record->offset >= partition->next || barista_setup_get_is_dekaf (stage->check->setup);
}

static gboolean
take_batches (CheckStage *stage,
              Partition *partition,
              const guint8 *data,
              gsize length,
              GError **error)
{
  g_autoptr (BaristaRecordReader) reader = barista_record_reader_new (data, length);
  g_autoptr (GError) local_error = NULL;
  BaristaRecordBatch batch;
  BaristaRecord record;

  while (barista_record_reader_next_batch (reader, &batch, &local_error))
    {
      while (!batch.control && barista_record_reader_next (reader, &record))
        if (is_asked_for (stage, partition, &record))
          take_record (stage, partition, &record);
      partition->next = MAX (partition->next, batch.last_offset + 1);
    }

  if (local_error == NULL)
    return TRUE;

  g_propagate_error (error, g_steal_pointer (&local_error));
  return FALSE;
}

static gboolean
take_partition (CheckStage *stage, const BaristaWireView *view, gboolean *progress, GError **error)
{
  SampleWork *work = stage->work;
  Partition *partition = find_partition (work, barista_wire_view_get_int (view, "partitionIndex"));
  gint16 code = (gint16) barista_wire_view_get_int (view, "errorCode");
  gsize length;
  const guint8 *records = barista_wire_view_get_bytes (view, "records", &length);
  gint64 before;

  if (partition == NULL)
    return TRUE;
  if (code != 0)
    {
      work->error_code = code;
      return TRUE;
    }

  before = partition->next;
  if (records != NULL && !take_batches (stage, partition, records, length, error))
    {
      barista_evidence_set_int (stage->evidence, BARISTA_FACT_OFFSET, partition->next);
      return FALSE;
    }
  *progress |= partition->next > before;

  return TRUE;
}

static gboolean
take_fetched (CheckStage *stage, const BaristaReply *reply, gboolean *progress, GError **error)
{
  SampleWork *work = stage->work;
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

static void fetch_on (CheckStage *stage);

static void
on_redialled (GObject *source, GAsyncResult *result, gpointer user_data)
{
  CheckStage *stage = user_data;
  BaristaCheck *self = stage->check;
  g_autoptr (BaristaConnection) connection = barista_dial_finish (result, NULL, NULL);

  if (connection != NULL)
    {
      g_set_object (&self->connection, connection);
      fetch_on (stage);
    }
  else
    {
      g_autoptr (GError) error = g_error_new_literal (BARISTA_CONNECTION_ERROR,
                                                      BARISTA_CONNECTION_ERROR_CLOSED,
                                                      "closed while reading");

      fail_sample (stage, error);
    }
}

/* Dekaf ends a connection that first previewed and then reads on (`dekaf.md` 1.8): a fresh one
 * settles it, once. */
static gboolean
try_fresh_connection (CheckStage *stage, const GError *error)
{
  SampleWork *work = stage->work;
  g_autoptr (GPtrArray) addresses = NULL;

  if (work->redialled || stage->expired || check_is_stopped (stage->check)
      || barista_gather_end (error) != BARISTA_END_CLOSED)
    return FALSE;

  work->redialled = TRUE;
  barista_evidence_set_int (stage->evidence, BARISTA_FACT_TRIES, 2);
  addresses = g_ptr_array_new_with_free_func ((GDestroyNotify) barista_address_free);
  g_ptr_array_add (addresses, barista_address_copy (check_get_address (stage->check)));
  check_redial (stage, addresses, on_redialled);

  return TRUE;
}

static void
on_fetched (GObject *source, GAsyncResult *result, gpointer user_data)
{
  CheckStage *stage = user_data;
  SampleWork *work = stage->work;
  g_autoptr (GError) error = NULL;
  g_autoptr (BaristaReply) reply = barista_connection_call_finish (stage->check->connection, result,
                                                                   &error);
  gboolean progress = FALSE;

  if (reply == NULL)
    {
      if (!try_fresh_connection (stage, error))
        fail_sample (stage, error);
      return;
    }

  if (!take_fetched (stage, reply, &progress, &error))
    {
      end_undecodable (stage, NULL, error);
      return;
    }
  if (work->error_code != 0)
    {
      barista_gather_kafka_error (stage->evidence, work->error_code);
      end_sample (stage);
      return;
    }

  work->empty_fetches = progress ? 0 : work->empty_fetches + 1;
  check_stage_touch (stage);
  fetch_on (stage);
}

static guint
count_open (SampleWork *work)
{
  guint n = 0;

  for (guint i = 0; i < work->partitions->len; i++)
    {
      const Partition *partition = &g_array_index (work->partitions, Partition, i);

      n += partition->next < partition->latest ? 1 : 0;
    }

  return n;
}

static void
put_fetch (BaristaWireWriter *request, CheckStage *stage, guint n_open)
{
  SampleWork *work = stage->work;

  barista_wire_put_int (request, "replicaId", -1);
  barista_wire_put_int (request, "maxWaitMs", MAX_WAIT_MS);
  barista_wire_put_int (request, "minBytes", 1);
  barista_wire_put_int (request, "maxBytes", MAX_FETCH_BYTES);
  barista_wire_put_int (request, "isolationLevel", 1);
  barista_wire_put_int (request, "sessionId", 0);
  barista_wire_put_int (request, "sessionEpoch", -1);
  barista_wire_begin_array (request, "topics", 1);
  barista_wire_next (request);
  barista_wire_put_string (request, "topic", stage->topic);
  barista_wire_begin_array (request, "partitions", (int) n_open);
  for (guint i = 0; i < work->partitions->len; i++)
    {
      const Partition *partition = &g_array_index (work->partitions, Partition, i);

      if (partition->next >= partition->latest)
        continue;
      barista_wire_next (request);
      barista_wire_put_int (request, "partition", partition->index);
      barista_wire_put_int (request, "fetchOffset", partition->next);
      barista_wire_put_int (request, "partitionMaxBytes", MAX_PARTITION_BYTES);
    }
  barista_wire_end_array (request);
  barista_wire_end_array (request);
}

static void
fetch_on (CheckStage *stage)
{
  SampleWork *work = stage->work;
  guint n_open = count_open (work);
  g_autoptr (GError) error = NULL;
  BaristaWireWriter *request;

  if (n_open == 0 || work->records->len >= MAX_RECORDS || work->empty_fetches >= MAX_EMPTY_FETCHES)
    {
      start_decoding (stage);
      return;
    }

  request = barista_connection_request (stage->check->connection, BARISTA_API_FETCH, &error);
  if (request == NULL)
    {
      barista_evidence_set_text (stage->evidence, BARISTA_FACT_API, "Fetch");
      fail_sample (stage, error);
      return;
    }

  put_fetch (request, stage, n_open);
  barista_connection_call_async (stage->check->connection, request, stage->cancellable, on_fetched,
                                 stage);
}

/* --- offsets --- */

static void
take_offset (SampleWork *work, const BaristaWireView *view, gboolean earliest)
{
  Partition *partition = find_partition (work, barista_wire_view_get_int (view, "partitionIndex"));
  gint16 code = (gint16) barista_wire_view_get_int (view, "errorCode");
  gint64 offset = barista_wire_view_get_int (view, "offset");

  if (partition == NULL)
    return;

  /* Never written: the earliest offset is unknown, the latest 0 (`dekaf.md` 3.1): an empty topic. */
  if (code != 0 && !(earliest && code == UNKNOWN_TOPIC_OR_PARTITION))
    work->error_code = code;
  else if (code == 0 && earliest)
    partition->earliest = partition->next = MAX (offset, 0);
  else if (code == 0)
    partition->latest = MAX (offset, 0);
}

static void
take_offsets (SampleWork *work, const BaristaReply *reply, gboolean earliest)
{
  BaristaWireIter topics, partitions;
  BaristaWireView topic, partition;

  barista_wire_view_get_array (&reply->view, "topics", &topics);
  while (barista_wire_iter_next (&topics, &topic))
    {
      barista_wire_view_get_array (&topic, "partitions", &partitions);
      while (barista_wire_iter_next (&partitions, &partition))
        take_offset (work, &partition, earliest);
    }
}

static void
on_offsets (CheckStage *stage, GAsyncResult *result, gboolean earliest)
{
  SampleWork *work = stage->work;
  g_autoptr (GError) error = NULL;
  g_autoptr (BaristaReply) reply = barista_connection_call_finish (stage->check->connection, result,
                                                                   &error);

  if (reply != NULL)
    take_offsets (work, reply, earliest);
  else if (work->error == NULL)
    work->error = g_steal_pointer (&error);

  work->pending--;
  if (work->pending > 0)
    return;

  if (work->error != NULL)
    fail_sample (stage, work->error);
  else if (work->error_code != 0)
    {
      barista_gather_kafka_error (stage->evidence, work->error_code);
      end_sample (stage);
    }
  else
    {
      check_stage_touch (stage);
      fetch_on (stage);
    }
}

static void
on_earliest (GObject *source, GAsyncResult *result, gpointer user_data)
{
  on_offsets (user_data, result, TRUE);
}

static void
on_latest (GObject *source, GAsyncResult *result, gpointer user_data)
{
  on_offsets (user_data, result, FALSE);
}

static BaristaWireWriter *
list_offsets (CheckStage *stage, gint64 timestamp, GError **error)
{
  SampleWork *work = stage->work;
  BaristaWireWriter *request = barista_connection_request (stage->check->connection,
                                                           BARISTA_API_LIST_OFFSETS, error);

  if (request == NULL)
    return NULL;

  barista_wire_put_int (request, "replicaId", -1);
  barista_wire_put_int (request, "isolationLevel", 1);
  barista_wire_begin_array (request, "topics", 1);
  barista_wire_next (request);
  barista_wire_put_string (request, "name", stage->topic);
  barista_wire_begin_array (request, "partitions", (int) work->partitions->len);
  for (guint i = 0; i < work->partitions->len; i++)
    {
      barista_wire_next (request);
      barista_wire_put_int (request, "partitionIndex",
                            g_array_index (work->partitions, Partition, i).index);
      barista_wire_put_int (request, "timestamp", timestamp);
    }
  barista_wire_end_array (request);
  barista_wire_end_array (request);

  return request;
}

static void
read_partitions (CheckStage *stage)
{
  SampleWork *work = stage->work;
  BaristaWireView topic, view;
  BaristaWireIter iter;

  if (!check_find_listed (stage->check, stage->topic, &topic))
    return;

  barista_wire_view_get_array (&topic, "partitions", &iter);
  while (barista_wire_iter_next (&iter, &view))
    {
      Partition partition = { .index = (gint32) barista_wire_view_get_int (&view,
                                                                           "partitionIndex") };

      g_array_append_val (work->partitions, partition);
    }
}

void
check_start_sample (BaristaCheck *self, BaristaProbe *probe)
{
  CheckStage *stage = check_stage_begin (self, BARISTA_SERVICE_KAFKA, BARISTA_STAGE_SAMPLE, probe);
  SampleWork *work = work_new ();
  g_autoptr (GError) error = NULL;
  BaristaWireWriter *earliest, *latest;

  stage->work = work;
  stage->free_work = work_free;
  read_partitions (stage);

  earliest = list_offsets (stage, EARLIEST_TIMESTAMP, &error);
  if (earliest == NULL)
    {
      barista_evidence_set_text (stage->evidence, BARISTA_FACT_API, "ListOffsets");
      fail_sample (stage, error);
      return;
    }
  latest = list_offsets (stage, LATEST_TIMESTAMP, NULL);
  work->pending = 2;
  barista_connection_call_async (self->connection, earliest, stage->cancellable, on_earliest,
                                 stage);
  barista_connection_call_async (self->connection, latest, stage->cancellable, on_latest, stage);
}
