/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * BaristaReader:
 *
 * A bounded cursor over bytes that somebody else made. It owns nothing, allocates nothing and never
 * reads past its end: the first read that doesn't fit marks it as failed, and from then on each read
 * gives zeros. So a parser reads a whole structure straight through and asks once, at its end,
 * whether all of it was there.
 *
 * Wire numbers are big-endian (Kafka); those that end in `_le` are little-endian (Avro).
 */
typedef struct
{
  const guint8 *data;
  gsize length;
  gsize offset;
  const char *fault; /* static text; NULL while all is well */
  gsize fault_offset;
} BaristaReader;

#define BARISTA_READ_ERROR (barista_read_error_quark ())
GQuark barista_read_error_quark (void);

/**
 * BaristaReadError:
 * @BARISTA_READ_ERROR_MALFORMED: the bytes are not what their format allows
 */
typedef enum
{
  BARISTA_READ_ERROR_MALFORMED,
} BaristaReadError;

void barista_reader_init (BaristaReader *self, const void *data, gsize length);
void barista_reader_fail (BaristaReader *self, const char *fault);
gboolean barista_reader_finish (const BaristaReader *self, const char *what, GError **error);

static inline gboolean
barista_reader_ok (const BaristaReader *self)
{
  return self->fault == NULL;
}

static inline gsize
barista_reader_left (const BaristaReader *self)
{
  return self->fault == NULL ? self->length - self->offset : 0;
}

const guint8 *barista_reader_bytes (BaristaReader *self, gsize n);
gboolean barista_reader_count (BaristaReader *self, guint64 count, gsize least_bytes_each);

guint8 barista_reader_u8 (BaristaReader *self);
gint16 barista_reader_i16 (BaristaReader *self);
gint32 barista_reader_i32 (BaristaReader *self);
gint64 barista_reader_i64 (BaristaReader *self);
guint32 barista_reader_uvarint32 (BaristaReader *self);
guint64 barista_reader_uvarint64 (BaristaReader *self);
gint32 barista_reader_varint32 (BaristaReader *self);
gint64 barista_reader_varint64 (BaristaReader *self);
guint32 barista_reader_u32_le (BaristaReader *self);
guint64 barista_reader_u64_le (BaristaReader *self);

G_END_DECLS
