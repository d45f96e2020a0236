/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "barista-append.h"
#include "barista-records-private.h"

#include <string.h>

struct _BaristaRecordWriter
{
  BaristaRecordBatch batch;
  GByteArray *out;
  GByteArray *record; /* the one being written: its length stands in front of it */
};

static void
append_nullable (GByteArray *out, const guint8 *bytes, gsize length)
{
  barista_append_varint (out, bytes != NULL ? (gint64) length : -1);
  barista_append_bytes (out, bytes, length);
}

static void
append_header (BaristaRecordWriter *self)
{
  static const guint8 room[BARISTA_BATCH_HEADER] = { 0 };

  g_byte_array_append (self->out, room, sizeof room);
}

/**
 * barista_record_writer_new:
 * @batch: the fields of its head, see #BaristaRecordWriter
 *
 * Returns: (transfer full): a writer without records
 */
BaristaRecordWriter *
barista_record_writer_new (const BaristaRecordBatch *batch)
{
  BaristaRecordWriter *self = g_new0 (BaristaRecordWriter, 1);

  self->batch = *batch;
  self->batch.n_records = 0;
  self->out = g_byte_array_new ();
  self->record = g_byte_array_new ();
  append_header (self);
  return self;
}

static void
cover (BaristaRecordBatch *batch, const BaristaRecord *record)
{
  if (batch->n_records++ == 0 && batch->base_timestamp == 0)
    batch->base_timestamp = record->timestamp;
  batch->last_offset = MAX (batch->last_offset, record->offset);
  batch->max_timestamp = MAX (batch->max_timestamp, record->timestamp);
}

/**
 * barista_record_writer_add_record:
 * @self: a writer
 * @record: a record; its offset is not below the batch's base offset, nor more than 2^31 above it
 *
 * Adds a record, its headers as they are.
 */
void
barista_record_writer_add_record (BaristaRecordWriter *self, const BaristaRecord *record)
{
  BaristaRecordBatch *batch = &self->batch;
  GByteArray *out = self->record;
  gint64 delta = record->offset - batch->base_offset;
  gint64 time_delta;

  g_return_if_fail (delta >= 0 && delta <= G_MAXINT32);

  cover (batch, record);
  if (batch->log_append_time
      || __builtin_sub_overflow (record->timestamp, batch->base_timestamp, &time_delta))
    time_delta = 0;

  g_byte_array_set_size (out, 0);
  barista_append_int (out, 0, 1);
  barista_append_varint (out, time_delta);
  barista_append_varint (out, delta);
  append_nullable (out, record->key, record->key_length);
  append_nullable (out, record->value, record->value_length);
  barista_append_varint (out, record->n_headers);
  barista_append_bytes (out, record->headers, record->headers_length);

  barista_append_varint (self->out, out->len);
  barista_append_bytes (self->out, out->data, out->len);
}

/**
 * barista_record_writer_add:
 * @self: a writer
 * @offset: not below the batch's base offset
 * @timestamp: ms since 1970
 * @key: (nullable): the key's bytes
 * @key_length: how many; -1 for null
 * @value: (nullable): the value's bytes
 * @value_length: how many; -1 for null
 *
 * Adds a record without headers.
 */
void
barista_record_writer_add (BaristaRecordWriter *self,
                           gint64 offset,
                           gint64 timestamp,
                           const guint8 *key,
                           gssize key_length,
                           const guint8 *value,
                           gssize value_length)
{
  static const guint8 nothing[1] = { 0 };
  BaristaRecord record = { .offset = offset, .timestamp = timestamp };

  if (key_length >= 0)
    {
      record.key = key != NULL ? key : nothing;
      record.key_length = key_length;
    }
  if (value_length >= 0)
    {
      record.value = value != NULL ? value : nothing;
      record.value_length = value_length;
    }
  barista_record_writer_add_record (self, &record);
}

static gint16
attributes (const BaristaRecordBatch *batch)
{
  return (gint16) ((batch->log_append_time ? BARISTA_BATCH_LOG_APPEND_TIME : 0)
                   | (batch->transactional ? BARISTA_BATCH_TRANSACTIONAL : 0)
                   | (batch->control ? BARISTA_BATCH_CONTROL : 0));
}

static void
fill_header (GByteArray *out, const BaristaRecordBatch *batch)
{
  g_autoptr (GByteArray) header = g_byte_array_sized_new (BARISTA_BATCH_HEADER);
  guint32 crc;

  barista_append_int (header, batch->base_offset, 8);
  barista_append_int (header, out->len - BARISTA_BATCH_LENGTH_AT - 4, 4);
  barista_append_int (header, batch->leader_epoch, 4);
  barista_append_int (header, 2, 1);
  barista_append_int (header, 0, 4);
  barista_append_int (header, attributes (batch), 2);
  barista_append_int (header, MAX (batch->last_offset - batch->base_offset, 0), 4);
  barista_append_int (header, batch->base_timestamp, 8);
  barista_append_int (header, batch->max_timestamp, 8);
  barista_append_int (header, batch->producer_id, 8);
  barista_append_int (header, batch->producer_epoch, 2);
  barista_append_int (header, batch->base_sequence, 4);
  barista_append_int (header, batch->n_records, 4);
  g_assert (header->len == BARISTA_BATCH_HEADER);
  memcpy (out->data, header->data, header->len);

  crc = barista_crc32c (0, out->data + BARISTA_BATCH_SUMMED_FROM,
                        out->len - BARISTA_BATCH_SUMMED_FROM);
  crc = GUINT32_TO_BE (crc);
  memcpy (out->data + BARISTA_BATCH_CRC_AT, &crc, sizeof crc);
}

/**
 * barista_record_writer_finish:
 * @self: (transfer full): a writer
 *
 * Ends the batch and gives it its CRC-32C.
 *
 * Returns: (transfer full): its bytes
 */
GByteArray *
barista_record_writer_finish (BaristaRecordWriter *self)
{
  GByteArray *out = g_steal_pointer (&self->out);

  fill_header (out, &self->batch);
  barista_record_writer_free (self);
  return out;
}

void
barista_record_writer_free (BaristaRecordWriter *self)
{
  g_clear_pointer (&self->out, g_byte_array_unref);
  g_byte_array_unref (self->record);
  g_free (self);
}
