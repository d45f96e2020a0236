/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "barista-wire.h"

G_BEGIN_DECLS

/* Record batches (message format 2), as they stand in the records of Fetch and Produce. */

typedef enum
{
  BARISTA_CODEC_NONE = 0,
  BARISTA_CODEC_GZIP = 1,
  BARISTA_CODEC_SNAPPY = 2,
  BARISTA_CODEC_LZ4 = 3,
  BARISTA_CODEC_ZSTD = 4,
} BaristaCodec;

/* "gzip"; "codec 6" for unknown ones. */
const char *barista_codec_to_string (BaristaCodec codec);

/**
 * BaristaRecord:
 *
 * One record of a batch; pointers lead into the batch's bytes (or its unpacked ones) and are valid
 * until the reader steps to the next batch. A null key or value has data NULL.
 */
typedef struct
{
  gint64 offset;
  gint64 timestamp; /* ms since 1970 */
  const guint8 *key;
  gsize key_length;
  const guint8 *value;
  gsize value_length;
  const guint8 *headers; /* raw, after their count; NULL if none */
  gsize headers_length;
  guint n_headers;
} BaristaRecord;

/* Neither is NUL-terminated; a null value is NULL. */
typedef struct
{
  const char *key;
  gsize key_length;
  const guint8 *value;
  gsize value_length;
} BaristaRecordHeader;

/* Takes the first header off @self; FALSE when there is none. */
gboolean barista_record_next_header (BaristaRecord *self, BaristaRecordHeader *header);

/**
 * BaristaRecordBatch:
 *
 * The head of a batch. Offsets of its records lie between base and last offset, with gaps where
 * records were compacted away, or everywhere where offsets count bytes (Dekaf). The next fetch goes
 * from last_offset + 1.
 */
typedef struct
{
  gint64 base_offset, last_offset;
  gint32 leader_epoch;
  gint64 producer_id;
  gint16 producer_epoch;
  gint32 base_sequence;
  gint32 n_records;
  BaristaCodec codec;
  gboolean transactional, control, log_append_time;
  gint64 base_timestamp, max_timestamp;
} BaristaRecordBatch;

/**
 * BaristaRecordReader:
 *
 * Reads record batches (format v2) of a Fetch answer one by one. A batch that ends too early is the
 * last one and is left out (Kafka cuts there); any other damage ends with an error that names the
 * offset. Unpacked data is bounded (64 MiB a batch, or as set).
 */
typedef struct _BaristaRecordReader BaristaRecordReader;

BaristaRecordReader *barista_record_reader_new (const guint8 *records, gsize length);
void barista_record_reader_set_unpack_limit (BaristaRecordReader *self, gsize bytes);
/* FALSE with no error: no further batch. Checks size, magic, CRC-32C and, by reading them all once,
 * every record of it. */
gboolean barista_record_reader_next_batch (BaristaRecordReader *self,
                                           BaristaRecordBatch *batch,
                                           GError **error);
/* FALSE: the batch is at its end. Control batches give their markers too: look at batch.control. */
gboolean barista_record_reader_next (BaristaRecordReader *self, BaristaRecord *record);
/* Bytes of a last batch that is not whole. With no batch before them the limit of the Fetch was too
 * small for one. */
gsize barista_record_reader_get_left (BaristaRecordReader *self);
void barista_record_reader_free (BaristaRecordReader *self);

/**
 * BaristaRecordWriter:
 *
 * Writes one uncompressed batch (practice side); offsets and timestamps may have gaps. Of the batch
 * that it starts from, n_records and codec are not looked at; last_offset and max_timestamp grow
 * with the records; a base_timestamp of 0 becomes the first record's.
 */
typedef struct _BaristaRecordWriter BaristaRecordWriter;

BaristaRecordWriter *barista_record_writer_new (const BaristaRecordBatch *batch);
/* A length of -1 is null. */
void barista_record_writer_add (BaristaRecordWriter *self,
                                gint64 offset,
                                gint64 timestamp,
                                const guint8 *key,
                                gssize key_length,
                                const guint8 *value,
                                gssize value_length);
/* With its headers. */
void barista_record_writer_add_record (BaristaRecordWriter *self, const BaristaRecord *record);
GByteArray *barista_record_writer_finish (BaristaRecordWriter *self); /* frees @self */
void barista_record_writer_free (BaristaRecordWriter *self);

/* Of @data behind bytes whose sum was @crc; start with 0. */
guint32 barista_crc32c (guint32 crc, const guint8 *data, gsize length);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BaristaRecordReader, barista_record_reader_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (BaristaRecordWriter, barista_record_writer_free)

G_END_DECLS
