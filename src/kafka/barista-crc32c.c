/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "barista-records.h"

/* CRC-32C (Castagnoli), reflected polynomial 0x82f63b78, eight bytes at a time: one table for each
 * distance that a byte can have from the end of its group. */
static guint32 tables[8][256];

static void
fill_tables (void)
{
  for (guint32 i = 0; i < 256; i++)
    {
      guint32 crc = i;

      for (int bit = 0; bit < 8; bit++)
        crc = crc >> 1 ^ (crc & 1 ? 0x82f63b78 : 0);
      tables[0][i] = crc;
    }

  for (int k = 1; k < 8; k++)
    for (int i = 0; i < 256; i++)
      tables[k][i] = tables[k - 1][i] >> 8 ^ tables[0][tables[k - 1][i] & 0xff];
}

static guint32
eight_bytes (guint32 crc, const guint8 *data)
{
  guint32 sum = 0;

  for (int i = 0; i < 4; i++)
    sum ^= tables[7 - i][data[i] ^ (crc >> 8 * i & 0xff)];
  for (int i = 4; i < 8; i++)
    sum ^= tables[7 - i][data[i]];
  return sum;
}

/**
 * barista_crc32c:
 * @crc: sum of the bytes before; 0 for none
 * @data: more bytes
 * @length: how many
 *
 * Returns: the sum of all
 */
guint32
barista_crc32c (guint32 crc, const guint8 *data, gsize length)
{
  static gsize filled = 0;

  if (g_once_init_enter (&filled))
    {
      fill_tables ();
      g_once_init_leave (&filled, 1);
    }

  crc = ~crc;
  for (; length >= 8; data += 8, length -= 8)
    crc = eight_bytes (crc, data);
  for (; length > 0; data++, length--)
    crc = crc >> 8 ^ tables[0][(crc ^ *data) & 0xff];
  return ~crc;
}
