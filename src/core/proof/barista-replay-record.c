/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "barista-replay-private.h"

#include "barista-avro-framing.h"

G_DEFINE_BOXED_TYPE (BaristaReplayRecord,
                     barista_replay_record,
                     barista_replay_record_ref,
                     barista_replay_record_unref)

static void
part_init (BaristaPart *self, GBytes *bytes, BaristaAvroSchema *schema)
{
  const guint8 *data;
  gsize length;
  guint32 id;

  if (bytes == NULL)
    return;

  self->bytes = g_bytes_ref (bytes);
  self->kind = BARISTA_PART_RAW;
  if (schema == NULL)
    return;

  self->schema = barista_avro_schema_ref (schema);
  data = g_bytes_get_data (bytes, &length);
  self->kind = barista_avro_frame_parse (data, length, &id)
                       && barista_avro_value_init (&self->value, schema,
                                                   data + BARISTA_AVRO_FRAME_SIZE,
                                                   length - BARISTA_AVRO_FRAME_SIZE, NULL)
                   ? BARISTA_PART_AVRO
                   : BARISTA_PART_UNREADABLE;
}

static void
part_clear (BaristaPart *self)
{
  g_clear_pointer (&self->bytes, g_bytes_unref);
  g_clear_pointer (&self->schema, barista_avro_schema_unref);
}

/**
 * barista_replay_record_new:
 * @partition: where it was read
 * @offset: the same
 * @timestamp: milliseconds since 1970, in UTC
 * @key: (nullable): as it came, five bytes of framing in front if there is a schema
 * @value: (nullable): the same; %NULL is a deletion in kafka mode
 * @key_schema: (nullable): what @key was written with; %NULL: it isn't decoded
 * @value_schema: (nullable): what @value was written with; %NULL: it isn't decoded
 *
 * Decodes a record. One that isn't what its schema says is kept, and rejected by every table.
 *
 * Returns: (transfer full): the record
 */
BaristaReplayRecord *
barista_replay_record_new (gint32 partition,
                           gint64 offset,
                           gint64 timestamp,
                           GBytes *key,
                           GBytes *value,
                           BaristaAvroSchema *key_schema,
                           BaristaAvroSchema *value_schema)
{
  BaristaReplayRecord *self = g_new0 (BaristaReplayRecord, 1);

  g_atomic_ref_count_init (&self->refs);
  self->partition = partition;
  self->offset = offset;
  self->timestamp = timestamp;
  part_init (&self->key, key, key_schema);
  part_init (&self->value, value, value_schema);
  return self;
}

BaristaReplayRecord *
barista_replay_record_ref (BaristaReplayRecord *self)
{
  g_atomic_ref_count_inc (&self->refs);
  return self;
}

void
barista_replay_record_unref (BaristaReplayRecord *self)
{
  if (!g_atomic_ref_count_dec (&self->refs))
    return;

  part_clear (&self->key);
  part_clear (&self->value);
  g_free (self);
}

gint32
barista_replay_record_get_partition (const BaristaReplayRecord *self)
{
  return self->partition;
}

gint64
barista_replay_record_get_offset (const BaristaReplayRecord *self)
{
  return self->offset;
}

gint64
barista_replay_record_get_timestamp (const BaristaReplayRecord *self)
{
  return self->timestamp;
}
