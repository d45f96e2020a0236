/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "barista-replay-runner.h"

#include "barista-avro-framing.h"

struct _BaristaReplayRunner
{
  GObject parent_instance;

  BaristaSession *session;
  char *topic;
  const GPtrArray *sample; /* of the probe that @records come from; only compared */
  GPtrArray *records;
  BaristaReplay *replay;
  GCancellable *running;
  gboolean again; /* something changed meanwhile */
};

enum
{
  CHANGED,
  N_SIGNALS
};
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (BaristaReplayRunner, barista_replay_runner, G_TYPE_OBJECT)

/* --- the worker's part: over immutable input --- */

typedef struct
{
  gint32 partition;
  gint64 offset, timestamp;
  GBytes *key, *value;
  BaristaAvroSchema *key_schema, *value_schema;
} Raw;

typedef struct
{
  BaristaTable *table;
  GArray *raws; /* Raw; NULL once they are decoded */
  GPtrArray *records;
  const GPtrArray *sample;
} Job;

static void
raw_clear (gpointer data)
{
  Raw *raw = data;

  g_clear_pointer (&raw->key, g_bytes_unref);
  g_clear_pointer (&raw->value, g_bytes_unref);
  g_clear_pointer (&raw->key_schema, barista_avro_schema_unref);
  g_clear_pointer (&raw->value_schema, barista_avro_schema_unref);
}

static void
job_free (gpointer data)
{
  Job *job = data;

  g_object_unref (job->table);
  g_clear_pointer (&job->raws, g_array_unref);
  g_clear_pointer (&job->records, g_ptr_array_unref);
  g_free (job);
}

static GPtrArray *
decode (GArray *raws)
{
  GPtrArray *records = g_ptr_array_new_with_free_func (
      (GDestroyNotify) barista_replay_record_unref);

  for (guint i = 0; i < raws->len; i++)
    {
      const Raw *raw = &g_array_index (raws, Raw, i);

      g_ptr_array_add (records, barista_replay_record_new (raw->partition, raw->offset,
                                                           raw->timestamp, raw->key, raw->value,
                                                           raw->key_schema, raw->value_schema));
    }

  return records;
}

static void
replay_in_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  Job *job = data;

  if (job->records == NULL)
    job->records = decode (job->raws);
  g_task_return_pointer (task, barista_replay_new (job->table, job->records), g_object_unref);
}

/* --- the main thread's part --- */

/* What a record was written with; records of older schemas carry other ids. */
static BaristaAvroSchema *
schema_of (const BaristaProbe *probe, GBytes *bytes, BaristaAvroSchema *newest)
{
  const guint8 *data;
  gsize length;
  guint32 id;
  BaristaAvroSchema *schema = NULL;

  if (bytes == NULL || newest == NULL)
    return NULL;

  data = g_bytes_get_data (bytes, &length);
  if (probe->schemas != NULL && barista_avro_frame_parse (data, length, &id))
    schema = g_hash_table_lookup (probe->schemas, GUINT_TO_POINTER (id));
  return barista_avro_schema_ref (schema != NULL ? schema : newest);
}

static GArray *
collect (const BaristaProbe *probe)
{
  GArray *raws = g_array_sized_new (FALSE, TRUE, sizeof (Raw), probe->sample->len);

  g_array_set_clear_func (raws, raw_clear);
  for (guint i = 0; i < probe->sample->len; i++)
    {
      const BaristaSampleRecord *record = g_ptr_array_index (probe->sample, i);
      Raw raw = {
        .partition = record->partition,
        .offset = record->offset,
        .timestamp = record->timestamp,
        .key = record->key != NULL ? g_bytes_ref (record->key) : NULL,
        .value = record->value != NULL ? g_bytes_ref (record->value) : NULL,
        .key_schema = schema_of (probe, record->key, probe->key),
        .value_schema = schema_of (probe, record->value, probe->value),
      };

      g_array_append_val (raws, raw);
    }

  return raws;
}

static void
take_replay (BaristaReplayRunner *self, BaristaReplay *replay)
{
  if (g_set_object (&self->replay, replay))
    g_signal_emit (self, signals[CHANGED], 0);
}

/* What comes of it is for nobody. */
static void
stop (BaristaReplayRunner *self)
{
  g_cancellable_cancel (self->running);
  g_clear_object (&self->running);
}

static void run (BaristaReplayRunner *self);

static void
on_replayed (GObject *source, GAsyncResult *result, gpointer user_data)
{
  BaristaReplayRunner *self = BARISTA_REPLAY_RUNNER (source);
  GCancellable *cancellable = g_task_get_cancellable (G_TASK (result));
  Job *job = g_task_get_task_data (G_TASK (result));
  g_autoptr (BaristaReplay) replay = g_task_propagate_pointer (G_TASK (result), NULL);

  if (self->running == NULL || cancellable != self->running)
    return;

  g_clear_object (&self->running);
  if (replay != NULL)
    {
      g_clear_pointer (&self->records, g_ptr_array_unref);
      self->records = g_ptr_array_ref (job->records);
      self->sample = job->sample;
      take_replay (self, replay);
    }
  if (self->again)
    run (self);
}

static void
run (BaristaReplayRunner *self)
{
  const BaristaProbe *probe = self->topic != NULL
                                  ? barista_session_find_probe (self->session, self->topic)
                                  : NULL;
  BaristaTable *table = probe != NULL ? barista_session_get_table (self->session, self->topic)
                                      : NULL;
  g_autoptr (GTask) task = NULL;
  Job *job;

  self->again = FALSE;
  if (table == NULL || probe->sample == NULL)
    {
      take_replay (self, NULL);
      return;
    }

  job = g_new0 (Job, 1);
  job->table = g_object_ref (table);
  job->sample = probe->sample;
  if (self->records != NULL && self->sample == probe->sample)
    job->records = g_ptr_array_ref (self->records);
  else
    job->raws = collect (probe);

  self->running = g_cancellable_new ();
  task = g_task_new (self, self->running, on_replayed, NULL);
  g_task_set_source_tag (task, run);
  g_task_set_task_data (task, job, job_free);
  g_task_run_in_thread (task, replay_in_thread);
}

static void
on_changed (BaristaReplayRunner *self, const char *topic)
{
  if (g_strcmp0 (topic, self->topic) != 0)
    return;
  if (self->running != NULL)
    self->again = TRUE;
  else
    run (self);
}

/* The sample may be freed now, and another one come to lie in its place. */
static void
on_probe_changed (BaristaReplayRunner *self, const char *topic)
{
  if (g_strcmp0 (topic, self->topic) != 0)
    return;

  g_clear_pointer (&self->records, g_ptr_array_unref);
  stop (self);
  run (self);
}

static void
barista_replay_runner_dispose (GObject *object)
{
  BaristaReplayRunner *self = BARISTA_REPLAY_RUNNER (object);

  stop (self);
  g_clear_object (&self->replay);
  g_clear_pointer (&self->records, g_ptr_array_unref);
  g_clear_pointer (&self->topic, g_free);
  g_clear_object (&self->session);

  G_OBJECT_CLASS (barista_replay_runner_parent_class)->dispose (object);
}

static void
barista_replay_runner_class_init (BaristaReplayRunnerClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = barista_replay_runner_dispose;

  signals[CHANGED] = g_signal_new ("changed", BARISTA_TYPE_REPLAY_RUNNER, G_SIGNAL_RUN_LAST, 0,
                                   NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
barista_replay_runner_init (BaristaReplayRunner *self)
{
}

/**
 * barista_replay_runner_new:
 * @session: whose tables and samples are followed
 *
 * Returns: (transfer full): a runner without a topic
 */
BaristaReplayRunner *
barista_replay_runner_new (BaristaSession *session)
{
  BaristaReplayRunner *self = g_object_new (BARISTA_TYPE_REPLAY_RUNNER, NULL);

  self->session = g_object_ref (session);
  g_signal_connect_object (session, "table-changed", G_CALLBACK (on_changed), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (session, "probe-changed", G_CALLBACK (on_probe_changed), self,
                           G_CONNECT_SWAPPED);
  return self;
}

void
barista_replay_runner_set_topic (BaristaReplayRunner *self, const char *topic)
{
  if (!g_set_str (&self->topic, topic))
    return;

  g_clear_pointer (&self->records, g_ptr_array_unref);
  stop (self);
  take_replay (self, NULL);
  run (self);
}

BaristaReplay *
barista_replay_runner_get_replay (BaristaReplayRunner *self)
{
  return self->replay;
}
