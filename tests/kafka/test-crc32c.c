/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "barista-records.h"

#include <string.h>

/* Sums from RFC 3720, B.4, and the usual check value. */
static void
test_known_sums (void)
{
  guint8 bytes[32];

  g_assert_cmphex (barista_crc32c (0, (const guint8 *) "123456789", 9), ==, 0xe3069283);
  memset (bytes, 0, sizeof bytes);
  g_assert_cmphex (barista_crc32c (0, bytes, sizeof bytes), ==, 0x8a9136aa);
  memset (bytes, 0xff, sizeof bytes);
  g_assert_cmphex (barista_crc32c (0, bytes, sizeof bytes), ==, 0x62a8ab43);
  for (guint8 i = 0; i < sizeof bytes; i++)
    bytes[i] = i;
  g_assert_cmphex (barista_crc32c (0, bytes, sizeof bytes), ==, 0x46dd794e);
  g_assert_cmphex (barista_crc32c (0, NULL, 0), ==, 0);
}

static void
test_sum_goes_on (void)
{
  const guint8 *text = (const guint8 *) "a text of some length, in two parts";
  gsize length = strlen ((const char *) text);
  guint32 whole = barista_crc32c (0, text, length);

  for (gsize cut = 0; cut <= length; cut++)
    g_assert_cmphex (barista_crc32c (barista_crc32c (0, text, cut), text + cut, length - cut), ==,
                     whole);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/kafka/crc32c/known-sums", test_known_sums);
  g_test_add_func ("/kafka/crc32c/sum-goes-on", test_sum_goes_on);
  return g_test_run ();
}
