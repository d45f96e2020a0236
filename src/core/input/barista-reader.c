/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "barista-reader.h"

#include <glib/gi18n-lib.h>

G_DEFINE_QUARK (barista_read_error, barista_read_error)

/**
 * barista_reader_init:
 * @self: (out caller-allocates): the reader
 * @data: (nullable): @length bytes; they must outlive the reader
 * @length: number of bytes
 *
 * Puts the cursor on the first of @length bytes.
 */
void
barista_reader_init (BaristaReader *self, const void *data, gsize length)
{
  *self = (BaristaReader) { .data = data, .length = length };
}

/**
 * barista_reader_fail:
 * @self: the reader
 * @fault: static text, what is wrong at the cursor, such as "length is negative"
 *
 * Marks the bytes as malformed. Only the first fault counts: what follows it is its echo.
 */
void
barista_reader_fail (BaristaReader *self, const char *fault)
{
  if (self->fault != NULL)
    return;

  self->fault = fault;
  self->fault_offset = self->offset;
}

/**
 * barista_reader_finish:
 * @self: the reader
 * @what: what was read, for the error, such as "record batch"
 * @error: return location
 *
 * Tells whether all reads so far were inside the bytes. Bytes left over are no fault.
 *
 * Returns: %FALSE with %BARISTA_READ_ERROR_MALFORMED if one was not
 */
gboolean
barista_reader_finish (const BaristaReader *self, const char *what, GError **error)
{
  if (self->fault == NULL)
    return TRUE;

  g_set_error (error, BARISTA_READ_ERROR, BARISTA_READ_ERROR_MALFORMED,
               "%s: %s at byte %" G_GSIZE_FORMAT " of %" G_GSIZE_FORMAT, what, self->fault,
               self->fault_offset, self->length);
  return FALSE;
}

/**
 * barista_reader_bytes:
 * @self: the reader
 * @n: how many bytes
 *
 * Steps over @n bytes.
 *
 * Returns: (nullable) (transfer none): the first of them, or %NULL if fewer than @n are left
 */
const guint8 *
barista_reader_bytes (BaristaReader *self, gsize n)
{
  const guint8 *start = self->data + self->offset;

  if (self->fault != NULL)
    return NULL;

  if (n > self->length - self->offset)
    {
      barista_reader_fail (self, N_ ("ends too early"));
      return NULL;
    }

  self->offset += n;
  return start;
}

/**
 * barista_reader_count:
 * @self: the reader
 * @count: number of elements that the bytes claim to hold
 * @least_bytes_each: the fewest bytes that one of them can take, at least 1
 *
 * Checks a count against the bytes that are left, before anything is allocated for it.
 *
 * Returns: %FALSE (and failed) if so many can't be there
 */
gboolean
barista_reader_count (BaristaReader *self, guint64 count, gsize least_bytes_each)
{
  if (self->fault == NULL && count > (self->length - self->offset) / least_bytes_each)
    barista_reader_fail (self, N_ ("claims more elements than there are bytes for"));

  return self->fault == NULL;
}

static guint64
read_big_endian (BaristaReader *self, guint n)
{
  const guint8 *bytes = barista_reader_bytes (self, n);
  guint64 value = 0;

  for (guint i = 0; bytes != NULL && i < n; i++)
    value = value << 8 | bytes[i];

  return value;
}

static guint64
read_little_endian (BaristaReader *self, guint n)
{
  const guint8 *bytes = barista_reader_bytes (self, n);
  guint64 value = 0;

  for (guint i = n; bytes != NULL && i > 0; i--)
    value = value << 8 | bytes[i - 1];

  return value;
}

guint8
barista_reader_u8 (BaristaReader *self)
{
  return (guint8) read_big_endian (self, 1);
}

gint16
barista_reader_i16 (BaristaReader *self)
{
  return (gint16) read_big_endian (self, 2);
}

gint32
barista_reader_i32 (BaristaReader *self)
{
  return (gint32) read_big_endian (self, 4);
}

gint64
barista_reader_i64 (BaristaReader *self)
{
  return (gint64) read_big_endian (self, 8);
}

guint32
barista_reader_u32_le (BaristaReader *self)
{
  return (guint32) read_little_endian (self, 4);
}

guint64
barista_reader_u64_le (BaristaReader *self)
{
  return read_little_endian (self, 8);
}

/* Seven bits a byte, lowest first, the top bit set on all but the last (Kafka and Avro alike). */
static guint64
read_varint (BaristaReader *self, guint bits)
{
  guint64 value = 0;

  for (guint shift = 0; shift < bits; shift += 7)
    {
      guint8 byte = barista_reader_u8 (self);
      guint64 part = byte & 0x7f;

      if (shift + 7 > bits && part >> (bits - shift) != 0)
        break;
      value |= part << shift;
      if ((byte & 0x80) == 0)
        return value;
    }

  barista_reader_fail (self, N_ ("number is too long"));
  return 0;
}

/**
 * barista_reader_uvarint32:
 * @self: the reader
 *
 * Reads an unsigned number of one to five bytes.
 *
 * Returns: the number; 0 after a fault
 */
guint32
barista_reader_uvarint32 (BaristaReader *self)
{
  return (guint32) read_varint (self, 32);
}

guint64
barista_reader_uvarint64 (BaristaReader *self)
{
  return read_varint (self, 64);
}

/**
 * barista_reader_varint32:
 * @self: the reader
 *
 * Reads a signed number in zig-zag form (0, -1, 1, -2 are written 0, 1, 2, 3).
 *
 * Returns: the number; 0 after a fault
 */
gint32
barista_reader_varint32 (BaristaReader *self)
{
  guint32 raw = barista_reader_uvarint32 (self);

  return (gint32) (raw >> 1) ^ -(gint32) (raw & 1);
}

gint64
barista_reader_varint64 (BaristaReader *self)
{
  guint64 raw = barista_reader_uvarint64 (self);

  return (gint64) (raw >> 1) ^ -(gint64) (raw & 1);
}
