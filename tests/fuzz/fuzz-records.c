/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "barista-records.h"

#include <string.h>

/* The records of a Fetch answer. First byte 0: as they are; else each batch's sum is set right
 * first, so that damage gets past it. Batches that are read are written anew, and must then be read
 * to the same. */

#define UNPACK_LIMIT (1024 * 1024)

int LLVMFuzzerTestOneInput (const guint8 *data, gsize size);

static void
set_sums (guint8 *records, gsize size)
{
  while (size >= 61)
    {
      gsize length = (gsize) records[8] << 24 | records[9] << 16 | records[10] << 8 | records[11];
      guint32 sum;

      if (length < 49 || length > size - 12)
        return;
      sum = GUINT32_TO_BE (barista_crc32c (0, records + 21, length - 9));
      memcpy (records + 17, &sum, sizeof sum);
      records += length + 12;
      size -= length + 12;
    }
}

static gboolean
same_bytes (const guint8 *a, gsize a_length, const guint8 *b, gsize b_length)
{
  return (a == NULL) == (b == NULL) && a_length == b_length
         && (a_length == 0 || memcmp (a, b, a_length) == 0);
}

static gboolean
same_headers (BaristaRecord *a, BaristaRecord *b)
{
  BaristaRecordHeader one, other;

  while (barista_record_next_header (a, &one))
    if (!barista_record_next_header (b, &other)
        || !same_bytes ((const guint8 *) one.key, one.key_length, (const guint8 *) other.key,
                        other.key_length)
        || !same_bytes (one.value, one.value_length, other.value, other.value_length))
      return FALSE;
  return !barista_record_next_header (b, &other);
}

static void
check_same (const GByteArray *bytes, GArray *expected)
{
  g_autoptr (BaristaRecordReader) reader = barista_record_reader_new (bytes->data, bytes->len);
  BaristaRecordBatch batch;
  BaristaRecord record;
  guint i = 0;

  if (!barista_record_reader_next_batch (reader, &batch, NULL))
    g_error ("own batch is not read");
  for (; barista_record_reader_next (reader, &record); i++)
    {
      BaristaRecord *other = &g_array_index (expected, BaristaRecord, i);

      if (record.offset != other->offset || record.timestamp != other->timestamp
          || !same_bytes (record.key, record.key_length, other->key, other->key_length)
          || !same_bytes (record.value, record.value_length, other->value, other->value_length)
          || !same_headers (&record, other))
        g_error ("record %u is not the same again", i);
    }
  if (i != expected->len)
    g_error ("%u records became %u", expected->len, i);
}

static void
check_batch (BaristaRecordReader *reader, const BaristaRecordBatch *batch)
{
  g_autoptr (GArray) records = g_array_new (FALSE, FALSE, sizeof (BaristaRecord));
  g_autoptr (GByteArray) bytes = NULL;
  BaristaRecordWriter *writer = barista_record_writer_new (batch);
  BaristaRecord record;

  while (barista_record_reader_next (reader, &record))
    {
      g_array_append_val (records, record);
      barista_record_writer_add_record (writer, &record);
    }
  bytes = barista_record_writer_finish (writer);
  check_same (bytes, records);
}

int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  g_autoptr (BaristaRecordReader) reader = NULL;
  g_autofree guint8 *records = NULL;
  BaristaRecordBatch batch;

  if (size < 1)
    return 0;
  records = g_memdup2 (data + 1, size - 1);
  if (data[0] != 0)
    set_sums (records, size - 1);

  reader = barista_record_reader_new (records, size - 1);
  barista_record_reader_set_unpack_limit (reader, UNPACK_LIMIT);
  while (barista_record_reader_next_batch (reader, &batch, NULL))
    /* 0 would be the writer's word for "as the first record's". */
    if (batch.base_timestamp != 0)
      check_batch (reader, &batch);
  return 0;
}
