/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "barista-reader.h"
#include "barista-records-private.h"

#include <glib/gi18n-lib.h>
#include <inttypes.h>

#define DEFAULT_UNPACK_LIMIT (64 * 1024 * 1024)

/* Its length, attributes, both deltas, the lengths of key and value, and the count of headers. */
#define LEAST_BYTES_OF_RECORD 7
#define LEAST_BYTES_OF_HEADER 2

struct _BaristaRecordReader
{
  BaristaReader batches;
  gsize unpack_limit;

  BaristaRecordBatch batch;
  GByteArray *unpacked;
  BaristaReader records; /* of the batch at hand */
  gint32 left;
};

/**
 * barista_record_reader_new:
 * @records: (nullable): records of a Fetch answer; must outlive the reader
 * @length: bytes of them
 *
 * Returns: (transfer full): a reader, before the first batch
 */
BaristaRecordReader *
barista_record_reader_new (const guint8 *records, gsize length)
{
  BaristaRecordReader *self = g_new0 (BaristaRecordReader, 1);

  barista_reader_init (&self->batches, records, length);
  self->unpack_limit = DEFAULT_UNPACK_LIMIT;
  self->unpacked = g_byte_array_new ();
  return self;
}

void
barista_record_reader_set_unpack_limit (BaristaRecordReader *self, gsize bytes)
{
  self->unpack_limit = bytes;
}

gsize
barista_record_reader_get_left (BaristaRecordReader *self)
{
  return barista_reader_left (&self->batches);
}

void
barista_record_reader_free (BaristaRecordReader *self)
{
  g_byte_array_unref (self->unpacked);
  g_free (self);
}

/* --- one record --- */

/* -1 is null; Kafka takes any negative length for it, and so do we. */
static const guint8 *
read_bytes (BaristaReader *reader, gsize *length)
{
  gint32 n = barista_reader_varint32 (reader);

  *length = MAX (n, 0);
  return n >= 0 ? barista_reader_bytes (reader, n) : NULL;
}

static void
read_header (BaristaReader *reader, BaristaRecordHeader *header)
{
  header->key = (const char *) read_bytes (reader, &header->key_length);
  if (header->key == NULL)
    barista_reader_fail (reader, N_ ("header has no key"));
  header->value = read_bytes (reader, &header->value_length);
}

static void
read_headers (BaristaReader *reader, BaristaRecord *record)
{
  gint32 n = barista_reader_varint32 (reader);
  gsize start = reader->offset;
  BaristaRecordHeader header;

  if (n < 0)
    barista_reader_fail (reader, N_ ("count of headers is negative"));
  if (!barista_reader_count (reader, n, LEAST_BYTES_OF_HEADER))
    return;

  for (gint32 i = 0; i < n && barista_reader_ok (reader); i++)
    read_header (reader, &header);

  record->n_headers = n;
  record->headers = n > 0 ? reader->data + start : NULL;
  record->headers_length = n > 0 ? reader->offset - start : 0;
}

/* A record's offset and time are given as distances from the batch's. */
static void
read_deltas (BaristaReader *reader, const BaristaRecordBatch *batch, BaristaRecord *record)
{
  gint64 time_delta = barista_reader_varint64 (reader);
  gint32 offset_delta = barista_reader_varint32 (reader);

  record->offset = batch->base_offset;
  if (offset_delta < 0 || offset_delta > batch->last_offset - batch->base_offset)
    barista_reader_fail (reader, N_ ("offset lies outside of its batch"));
  else
    record->offset += offset_delta;
  if (__builtin_add_overflow (batch->base_timestamp, time_delta, &record->timestamp))
    barista_reader_fail (reader, N_ ("timestamp is out of range"));
  if (batch->log_append_time)
    record->timestamp = batch->max_timestamp;
}

static void
read_record (BaristaReader *reader, const BaristaRecordBatch *batch, BaristaRecord *record)
{
  gint32 length = barista_reader_varint32 (reader);
  gsize end = reader->offset + MAX (length, 0);

  *record = (BaristaRecord) { 0 };
  if (length < 0 || (gsize) length > barista_reader_left (reader))
    barista_reader_fail (reader, N_ ("record is longer than its batch"));

  barista_reader_u8 (reader); /* attributes: none are in use */
  read_deltas (reader, batch, record);
  record->key = read_bytes (reader, &record->key_length);
  record->value = read_bytes (reader, &record->value_length);
  read_headers (reader, record);
  if (reader->offset != end)
    barista_reader_fail (reader, N_ ("record is not as long as it says"));
}

/**
 * barista_record_next_header:
 * @self: a record from a reader
 * @header: (out caller-allocates): its first header
 *
 * Takes the first header off the record. Its pointers live as long as the record's.
 *
 * Returns: %FALSE when there is none
 */
gboolean
barista_record_next_header (BaristaRecord *self, BaristaRecordHeader *header)
{
  BaristaReader reader;

  if (self->n_headers == 0)
    return FALSE;

  barista_reader_init (&reader, self->headers, self->headers_length);
  read_header (&reader, header);
  self->headers += reader.offset;
  self->headers_length -= reader.offset;
  self->n_headers--;
  return barista_reader_ok (&reader);
}

/* --- one batch --- */

static gboolean
set_damaged (GError **error, gint64 offset, BaristaWireError code, const char *fault)
{
  g_set_error (error, BARISTA_WIRE_ERROR, code, _ ("Record batch at offset %" PRId64 ": %s"),
               offset, fault);
  return FALSE;
}

/* Bytes of the next batch, its header too; 0 and no error when it is cut short. Formats 0 and 1
 * have their number in the same place, and lengths of their own. */
static gsize
next_batch_size (BaristaReader batches, GError **error)
{
  gsize left = barista_reader_left (&batches);
  gint64 offset = barista_reader_i64 (&batches);
  gint32 length = barista_reader_i32 (&batches);
  gint8 magic;

  barista_reader_i32 (&batches); /* leader epoch */
  magic = (gint8) barista_reader_u8 (&batches);
  if (!barista_reader_ok (&batches))
    return 0;

  if (length < 0)
    set_damaged (error, offset, BARISTA_WIRE_ERROR_MALFORMED, _ ("its length is negative"));
  else if (magic != 2)
    g_set_error (error, BARISTA_WIRE_ERROR, BARISTA_WIRE_ERROR_MALFORMED,
                 _ ("Record batch at offset %" PRId64 ": message format %d is not supported"),
                 offset, magic);
  else if (length < BARISTA_BATCH_HEADER - BARISTA_BATCH_LENGTH_AT - 4)
    set_damaged (error, offset, BARISTA_WIRE_ERROR_MALFORMED, _ ("it is shorter than its header"));
  else if ((gsize) length <= left - BARISTA_BATCH_LENGTH_AT - 4)
    return (gsize) length + BARISTA_BATCH_LENGTH_AT + 4;

  return 0;
}

static void
read_attributes (BaristaRecordBatch *batch, gint16 attributes)
{
  batch->codec = attributes & BARISTA_BATCH_CODEC_BITS;
  batch->log_append_time = (attributes & BARISTA_BATCH_LOG_APPEND_TIME) != 0;
  batch->transactional = (attributes & BARISTA_BATCH_TRANSACTIONAL) != 0;
  batch->control = (attributes & BARISTA_BATCH_CONTROL) != 0;
}

/* The reader stands at the batch's first byte and holds all of it. */
static guint32
read_batch_header (BaristaReader *reader, BaristaRecordBatch *batch)
{
  guint32 crc;
  gint32 last_delta;

  batch->base_offset = barista_reader_i64 (reader);
  barista_reader_i32 (reader); /* length */
  batch->leader_epoch = barista_reader_i32 (reader);
  barista_reader_u8 (reader); /* format */
  crc = (guint32) barista_reader_i32 (reader);
  read_attributes (batch, barista_reader_i16 (reader));
  last_delta = barista_reader_i32 (reader);
  batch->base_timestamp = barista_reader_i64 (reader);
  batch->max_timestamp = barista_reader_i64 (reader);
  batch->producer_id = barista_reader_i64 (reader);
  batch->producer_epoch = barista_reader_i16 (reader);
  batch->base_sequence = barista_reader_i32 (reader);
  batch->n_records = barista_reader_i32 (reader);

  /* A preview of Dekaf numbers its first record one below the offset asked for, which may be 0. */
  if (batch->base_offset < -1 || last_delta < 0
      || __builtin_add_overflow (batch->base_offset, last_delta, &batch->last_offset))
    barista_reader_fail (reader, N_ ("its offsets are out of range"));
  return crc;
}

static gboolean
open_records (BaristaRecordReader *self, const guint8 *data, gsize length, GError **error)
{
  const BaristaRecordBatch *batch = &self->batch;
  g_autoptr (GError) inner = NULL;

  if (batch->codec == BARISTA_CODEC_NONE)
    {
      barista_reader_init (&self->records, data, length);
      return TRUE;
    }

  g_byte_array_set_size (self->unpacked, 0);
  if (!barista_codec_unpack (batch->codec, data, length, self->unpack_limit, self->unpacked,
                             &inner))
    return set_damaged (error, batch->base_offset, inner->code, inner->message);

  barista_reader_init (&self->records, self->unpacked->data, self->unpacked->len);
  return TRUE;
}

/* Reads each record once, so that giving them out can't fail. */
static gboolean
check_records (BaristaRecordReader *self, GError **error)
{
  const BaristaRecordBatch *batch = &self->batch;
  BaristaReader reader = self->records;
  BaristaRecord record;
  gint32 i;

  if (batch->n_records < 0)
    barista_reader_fail (&reader, N_ ("count of records is negative"));
  barista_reader_count (&reader, MAX (batch->n_records, 0), LEAST_BYTES_OF_RECORD);
  for (i = 0; i < batch->n_records && barista_reader_ok (&reader); i++)
    read_record (&reader, batch, &record);
  if (barista_reader_left (&reader) > 0)
    barista_reader_fail (&reader, N_ ("bytes are left over"));
  if (barista_reader_ok (&reader))
    return TRUE;

  g_set_error (error, BARISTA_WIRE_ERROR, BARISTA_WIRE_ERROR_MALFORMED,
               _ ("Record batch at offset %" PRId64 ": record %d of %d: %s"), batch->base_offset, i,
               batch->n_records, _ (reader.fault));
  return FALSE;
}

static gboolean
open_batch (BaristaRecordReader *self, const guint8 *data, gsize size, GError **error)
{
  BaristaReader reader;
  guint32 crc;

  barista_reader_init (&reader, data, size);
  crc = read_batch_header (&reader, &self->batch);
  if (crc != barista_crc32c (0, data + BARISTA_BATCH_SUMMED_FROM, size - BARISTA_BATCH_SUMMED_FROM))
    return set_damaged (error, self->batch.base_offset, BARISTA_WIRE_ERROR_CHECKSUM,
                        _ ("its CRC-32C is wrong"));
  if (!barista_reader_ok (&reader))
    return set_damaged (error, self->batch.base_offset, BARISTA_WIRE_ERROR_MALFORMED,
                        _ (reader.fault));

  return open_records (self, data + BARISTA_BATCH_HEADER, size - BARISTA_BATCH_HEADER, error)
         && check_records (self, error);
}

/**
 * barista_record_reader_next_batch:
 * @self: a reader
 * @batch: (out caller-allocates): the head of the batch
 * @error: return location
 *
 * Steps to the next batch and checks all of it: size, format, CRC-32C, unpacking, and each of its
 * records. What it unpacked before is gone.
 *
 * Returns: %FALSE without an error after the last whole batch; with one of %BARISTA_WIRE_ERROR that
 *   names the offset if the next is damaged. The reader is then at its end
 */
gboolean
barista_record_reader_next_batch (BaristaRecordReader *self,
                                  BaristaRecordBatch *batch,
                                  GError **error)
{
  g_autoptr (GError) inner = NULL;
  gsize size = 0;

  self->left = 0;
  if (barista_reader_left (&self->batches) > 0)
    size = next_batch_size (self->batches, &inner);
  if (size > 0 && open_batch (self, self->batches.data + self->batches.offset, size, &inner))
    {
      barista_reader_bytes (&self->batches, size);
      self->left = self->batch.n_records;
      *batch = self->batch;
      return TRUE;
    }

  if (inner != NULL)
    {
      barista_reader_fail (&self->batches, "damaged");
      g_propagate_error (error, g_steal_pointer (&inner));
    }
  return FALSE;
}

/**
 * barista_record_reader_next:
 * @self: a reader
 * @record: (out caller-allocates): the record
 *
 * Steps to the next record of the batch. The markers of a control batch come too.
 *
 * Returns: %FALSE after the last
 */
gboolean
barista_record_reader_next (BaristaRecordReader *self, BaristaRecord *record)
{
  if (self->left == 0)
    return FALSE;

  self->left--;
  read_record (&self->records, &self->batch, record);
  return TRUE;
}
