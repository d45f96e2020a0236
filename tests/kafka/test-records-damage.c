/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "barista-records.h"
#include "frames.h"

#include <gio/gio.h>
#include <lz4frame.h>
#include <snappy-c.h>
#include <string.h>
#include <zstd.h>

/* --- batches made by hand --- */

typedef struct
{
  gint64 base_offset;
  gint16 attributes;
  gint32 last_delta;
  gint64 base_timestamp;
  gint32 n_records;
} Head;

static void
put_int (guint8 *at, gint64 value, guint width)
{
  for (guint i = 0; i < width; i++)
    at[i] = (guint8) ((guint64) value >> 8 * (width - 1 - i));
}

static void
sum_up (GByteArray *batch)
{
  put_int (batch->data + 17, barista_crc32c (0, batch->data + 21, batch->len - 21), 4);
}

static GByteArray *
batch_of (Head head, const void *payload, gsize length)
{
  GByteArray *batch = g_byte_array_new ();

  g_byte_array_set_size (batch, 61);
  memset (batch->data, 0, 61);
  g_byte_array_append (batch, payload, length);
  put_int (batch->data, head.base_offset, 8);
  put_int (batch->data + 8, batch->len - 12, 4);
  batch->data[16] = 2;
  put_int (batch->data + 21, head.attributes, 2);
  put_int (batch->data + 23, head.last_delta, 4);
  put_int (batch->data + 27, head.base_timestamp, 8);
  put_int (batch->data + 57, head.n_records, 4);
  sum_up (batch);
  return batch;
}

static void
check_refused (GByteArray *batch, gsize limit, BaristaWireError code, const char *message)
{
  g_autoptr (BaristaRecordReader) reader = barista_record_reader_new (batch->data, batch->len);
  g_autoptr (GError) error = NULL;
  BaristaRecordBatch seen;
  BaristaRecord record;

  if (limit > 0)
    barista_record_reader_set_unpack_limit (reader, limit);
  g_assert_false (barista_record_reader_next_batch (reader, &seen, &error));
  g_assert_error (error, BARISTA_WIRE_ERROR, (int) code);
  g_test_message ("%s", error->message);
  g_assert_nonnull (strstr (error->message, message));
  g_assert_false (barista_record_reader_next (reader, &record));
  g_assert_false (barista_record_reader_next_batch (reader, &seen, NULL));
  g_byte_array_unref (batch);
}

static void
check_malformed (Head head, const void *payload, gsize length, const char *message)
{
  check_refused (batch_of (head, payload, length), 0, BARISTA_WIRE_ERROR_MALFORMED, message);
}

/* A whole record: attributes, no time, no offset, key "k", null value, no headers. */
static const guint8 good[] = { 14, 0, 0, 0, 2, 'k', 1, 0 };

static void
test_counts (void)
{
  check_malformed ((Head) { .base_offset = 77, .n_records = -1 }, good, sizeof good,
                   "offset 77: record 0 of -1: count of records is negative");
  check_malformed ((Head) { .n_records = 2 }, good, sizeof good, "more elements than there are");
  check_malformed ((Head) { .n_records = G_MAXINT32 }, good, sizeof good, "more elements than");
  check_malformed ((Head) { .n_records = 0 }, good, sizeof good, "bytes are left over");
}

static void
test_record_lengths (void)
{
  static const guint8 longer[] = { 16, 0, 0, 0, 2, 'k', 1, 0 };
  static const guint8 shorter[] = { 12, 0, 0, 0, 2, 'k', 1, 0 };
  static const guint8 negative[] = { 1, 0, 0, 0, 2, 'k', 1, 0 };
  static const guint8 huge_key[] = { 14, 0, 0, 0, 0xfe, 0xff, 0xff, 0xff, 0x0f, 0 };
  static const guint8 headers[] = { 14, 0, 0, 0, 1, 1, 0xfe, 0x01 };
  static const guint8 minus_headers[] = { 12, 0, 0, 0, 1, 1, 1 };
  static const guint8 keyless[] = { 16, 0, 0, 0, 1, 1, 2, 1, 1 };
  const Head one = { .n_records = 1 };

  check_malformed (one, longer, sizeof longer, "record is longer than its batch");
  check_malformed (one, shorter, sizeof shorter, "record is not as long as it says");
  check_malformed (one, negative, sizeof negative, "record is longer than its batch");
  check_malformed (one, huge_key, sizeof huge_key, "record 1 of 1");
  check_malformed (one, headers, sizeof headers, "more elements than there are bytes");
  check_malformed (one, minus_headers, sizeof minus_headers, "count of headers is negative");
  check_malformed (one, keyless, sizeof keyless, "header has no key");
}

static void
test_deltas (void)
{
  static const guint8 next_offset[] = { 14, 0, 0, 2, 2, 'k', 1, 0 };
  static const guint8 before_base[] = { 14, 0, 0, 1, 2, 'k', 1, 0 };
  static const guint8 later[] = { 14, 0, 2, 0, 2, 'k', 1, 0 };
  const Head one = { .n_records = 1 };

  check_malformed (one, next_offset, sizeof next_offset, "offset lies outside of its batch");
  check_malformed (one, before_base, sizeof before_base, "offset lies outside of its batch");
  check_malformed ((Head) { .n_records = 1, .base_timestamp = G_MAXINT64 }, later, sizeof later,
                   "timestamp is out of range");
  check_malformed ((Head) { .n_records = 1, .last_delta = -1 }, good, sizeof good,
                   "offsets are out of range");
  check_malformed ((Head) { .n_records = 1, .base_offset = -2 }, good, sizeof good,
                   "offsets are out of range");
  check_malformed ((Head) { .n_records = 1, .base_offset = G_MAXINT64, .last_delta = 1 }, good,
                   sizeof good, "offsets are out of range");
}

/* --- compression --- */

#define BOMB (8 * 1024 * 1024)

static GByteArray *
pack_gzip (const guint8 *data, gsize length)
{
  g_autoptr (GZlibCompressor) zlib = g_zlib_compressor_new (G_ZLIB_COMPRESSOR_FORMAT_GZIP, 9);
  g_autoptr (GBytes) plain = g_bytes_new_static (data, length);
  g_autoptr (GError) error = NULL;
  GBytes *packed = g_converter_convert_bytes (G_CONVERTER (zlib), plain, &error);

  g_assert_no_error (error);
  return g_bytes_unref_to_array (packed);
}

static GByteArray *
pack_zstd (const guint8 *data, gsize length)
{
  GByteArray *packed = g_byte_array_new ();

  g_byte_array_set_size (packed, ZSTD_compressBound (length));
  g_byte_array_set_size (packed, ZSTD_compress (packed->data, packed->len, data, length, 3));
  return packed;
}

static GByteArray *
pack_lz4 (const guint8 *data, gsize length)
{
  GByteArray *packed = g_byte_array_new ();

  g_byte_array_set_size (packed, LZ4F_compressFrameBound (length, NULL));
  g_byte_array_set_size (packed,
                         LZ4F_compressFrame (packed->data, packed->len, data, length, NULL));
  return packed;
}

static GByteArray *
pack_snappy (const guint8 *data, gsize length)
{
  GByteArray *packed = g_byte_array_new ();
  gsize size = snappy_max_compressed_length (length);

  g_byte_array_set_size (packed, size);
  g_assert_cmpint (snappy_compress ((const char *) data, length, (char *) packed->data, &size), ==,
                   SNAPPY_OK);
  g_byte_array_set_size (packed, size);
  return packed;
}

typedef struct
{
  const char *name;
  BaristaCodec codec;
  GByteArray *(*pack) (const guint8 *data, gsize length);
} Packer;

static const Packer packers[] = {
  { "gzip", BARISTA_CODEC_GZIP, pack_gzip },
  { "snappy", BARISTA_CODEC_SNAPPY, pack_snappy },
  { "lz4", BARISTA_CODEC_LZ4, pack_lz4 },
  { "zstd", BARISTA_CODEC_ZSTD, pack_zstd },
};

static void
test_bomb (gconstpointer data)
{
  const Packer *packer = data;
  g_autofree guint8 *zeros = g_malloc0 (BOMB);
  g_autoptr (GByteArray) packed = packer->pack (zeros, BOMB);

  g_assert_cmpuint (packed->len, <, BOMB / 16);
  check_refused (batch_of ((Head) { .attributes = packer->codec, .n_records = 1 }, packed->data,
                           packed->len),
                 1024 * 1024, BARISTA_WIRE_ERROR_CODEC, "unpacks to more than 1.0\u00a0MiB");
}

static GByteArray *
small_batch (const Packer *packer, gssize cut, int flip_at)
{
  g_autoptr (GByteArray) packed = packer->pack (good, sizeof good);

  if (cut >= 0)
    g_byte_array_set_size (packed, cut);
  if (flip_at >= 0)
    packed->data[flip_at] ^= 0xff;
  return batch_of ((Head) { .attributes = packer->codec, .n_records = 1 }, packed->data,
                   packed->len);
}

static gboolean
read_all (GByteArray *batch, GError **error)
{
  g_autoptr (BaristaRecordReader) reader = barista_record_reader_new (batch->data, batch->len);
  BaristaRecordBatch head;
  BaristaRecord record;
  gboolean any = FALSE;

  while (barista_record_reader_next_batch (reader, &head, error))
    for (any = TRUE; barista_record_reader_next (reader, &record);)
      {
        BaristaRecordHeader header;

        while (barista_record_next_header (&record, &header))
          ;
      }
  return any;
}

static void
test_cut_packed_data (gconstpointer data)
{
  const Packer *packer = data;
  g_autoptr (GByteArray) whole = small_batch (packer, -1, -1);

  g_assert_true (read_all (whole, NULL));
  for (gsize cut = 1; cut < whole->len - 61; cut++)
    {
      g_autoptr (GByteArray) batch = small_batch (packer, cut, -1);
      g_autoptr (GError) error = NULL;

      g_assert_false (read_all (batch, &error));
      g_assert_error (error, BARISTA_WIRE_ERROR, BARISTA_WIRE_ERROR_CODEC);
      g_assert_nonnull (strstr (error->message, packer->name));
    }
}

static void
test_flipped_packed_data (gconstpointer data)
{
  const Packer *packer = data;
  g_autoptr (GByteArray) whole = small_batch (packer, -1, -1);

  for (gsize i = 0; i < whole->len - 61; i++)
    {
      g_autoptr (GByteArray) batch = small_batch (packer, -1, i);
      g_autoptr (GError) error = NULL;

      if (!read_all (batch, &error))
        g_assert_true (error == NULL || error->domain == BARISTA_WIRE_ERROR);
    }
}

static void
test_two_gzip_members (void)
{
  g_autoptr (GByteArray) first = pack_gzip (good, 4);
  g_autoptr (GByteArray) second = pack_gzip (good + 4, sizeof good - 4);
  g_autoptr (GByteArray) batch = NULL;

  g_byte_array_append (first, second->data, second->len);
  batch = batch_of ((Head) { .attributes = BARISTA_CODEC_GZIP, .n_records = 1 }, first->data,
                    first->len);
  g_assert_true (read_all (batch, NULL));
}

static void
test_claims_of_snappy (void)
{
  static const guint8 claim[] = { 0xff, 0xff, 0xff, 0xff, 0x0f, 0 };
  static const guint8 frame[] = { 0x82, 'S', 'N', 'A', 'P', 'P', 'Y',  0,    0,    0,
                                  0,    1,   0,   0,   0,   1,   0x7f, 0xff, 0xff, 0xff };
  const Head head = { .attributes = BARISTA_CODEC_SNAPPY, .n_records = 1 };

  check_refused (batch_of (head, claim, sizeof claim), 0, BARISTA_WIRE_ERROR_CODEC,
                 "its length is wrong");
  check_refused (batch_of (head, frame, sizeof frame), 0, BARISTA_WIRE_ERROR_CODEC,
                 "it ends too early");
}

static void
test_unknown_codec (void)
{
  check_refused (batch_of ((Head) { .attributes = 6, .n_records = 1, .base_offset = 9 }, good,
                           sizeof good),
                 0, BARISTA_WIRE_ERROR_CODEC, "offset 9: compression codec 6 is not supported");
}

/* --- a batch of each kind, cut and changed --- */

static GByteArray *
sample (void)
{
  const BaristaRecordBatch head = { .base_offset = 100, .producer_id = 7, .transactional = TRUE };
  BaristaRecordWriter *writer = barista_record_writer_new (&head);
  const guint8 headers[] = { 2, 'h', 2, 'v', 0, 1 };
  BaristaRecord record = { .offset = 140,
                           .timestamp = 900,
                           .headers = headers,
                           .headers_length = sizeof headers,
                           .n_headers = 2 };

  barista_record_writer_add (writer, 110, 1000, (const guint8 *) "key", 3, (const guint8 *) "value",
                             5);
  barista_record_writer_add_record (writer, &record);
  return barista_record_writer_finish (writer);
}

static void
test_cut_batches (void)
{
  g_autoptr (GByteArray) batch = sample ();

  g_assert_true (read_all (batch, NULL));
  for (gsize length = 0; length < batch->len; length++)
    {
      g_autofree guint8 *copy = g_memdup2 (batch->data, length);
      g_autoptr (BaristaRecordReader) reader = barista_record_reader_new (copy, length);
      g_autoptr (GError) error = NULL;
      BaristaRecordBatch head;

      g_assert_false (barista_record_reader_next_batch (reader, &head, &error));
      g_assert_no_error (error);
      g_assert_cmpuint (barista_record_reader_get_left (reader), ==, length);
    }
}

/* With its sum set right again each time, so that the damage gets past it. */
static void
test_flipped_batches (void)
{
  for (guint flip = 1; flip <= 0xff; flip++)
    {
      g_autoptr (GByteArray) batch = sample ();

      for (gsize i = 0; i < batch->len; i++)
        {
          g_autoptr (GByteArray) copy = g_byte_array_new_take (g_memdup2 (batch->data, batch->len),
                                                               batch->len);
          g_autoptr (GError) error = NULL;

          copy->data[i] ^= flip;
          sum_up (copy);
          if (!read_all (copy, &error))
            g_assert_true (error == NULL || error->domain == BARISTA_WIRE_ERROR);
        }
    }
}

static void
add_packers (const char *name, GTestDataFunc test)
{
  for (guint i = 0; i < G_N_ELEMENTS (packers); i++)
    {
      g_autofree char *path = g_strdup_printf ("/kafka/records/damage/%s/%s", name,
                                               packers[i].name);

      g_test_add_data_func (path, &packers[i], test);
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/kafka/records/damage/counts", test_counts);
  g_test_add_func ("/kafka/records/damage/record-lengths", test_record_lengths);
  g_test_add_func ("/kafka/records/damage/deltas", test_deltas);
  add_packers ("bomb", test_bomb);
  add_packers ("cut", test_cut_packed_data);
  add_packers ("flipped", test_flipped_packed_data);
  g_test_add_func ("/kafka/records/damage/two-gzip-members", test_two_gzip_members);
  g_test_add_func ("/kafka/records/damage/claims-of-snappy", test_claims_of_snappy);
  g_test_add_func ("/kafka/records/damage/unknown-codec", test_unknown_codec);
  g_test_add_func ("/kafka/records/damage/cut-batches", test_cut_batches);
  g_test_add_func ("/kafka/records/damage/flipped-batches", test_flipped_batches);
  return g_test_run ();
}
