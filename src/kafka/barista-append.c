/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "barista-append.h"

void
barista_append_int (GByteArray *out, gint64 value, guint width)
{
  guint64 big_endian = GUINT64_TO_BE ((guint64) value);

  g_byte_array_append (out, (const guint8 *) &big_endian + 8 - width, width);
}

void
barista_append_uvarint (GByteArray *out, guint64 value)
{
  guint8 bytes[10];
  guint n = 0;

  for (; value >= 0x80; value >>= 7)
    bytes[n++] = (guint8) (value | 0x80);
  bytes[n++] = (guint8) value;
  g_byte_array_append (out, bytes, n);
}

void
barista_append_varint (GByteArray *out, gint64 value)
{
  barista_append_uvarint (out, (guint64) value << 1 ^ (guint64) (value >> 63));
}

void
barista_append_bytes (GByteArray *out, const void *bytes, gsize length)
{
  if (length > 0)
    g_byte_array_append (out, bytes, length);
}
