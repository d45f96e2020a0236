/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "barista-reader.h"

static void
test_reads_numbers (void)
{
  static const guint8 bytes[] = { 0x80, 0xff, 0xfe, 0x00, 0x00, 0x00, 0x07,
                                  0xac, 0x02, 0x03, 0x78, 0x56, 0x34, 0x12 };
  BaristaReader reader;

  barista_reader_init (&reader, bytes, sizeof bytes);
  g_assert_cmpuint (barista_reader_u8 (&reader), ==, 0x80);
  g_assert_cmpint (barista_reader_i16 (&reader), ==, -2);
  g_assert_cmpint (barista_reader_i32 (&reader), ==, 7);
  g_assert_cmpuint (barista_reader_uvarint32 (&reader), ==, 300);
  g_assert_cmpint (barista_reader_varint32 (&reader), ==, -2);
  g_assert_cmpuint (barista_reader_u32_le (&reader), ==, 0x12345678);
  g_assert_cmpuint (barista_reader_left (&reader), ==, 0);
  g_assert_true (barista_reader_finish (&reader, "numbers", NULL));
}

static void
test_varint_limits (void)
{
  static const guint8 least[] = { 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x01 };
  static const guint8 most[] = { 0xfe, 0xff, 0xff, 0xff, 0x0f };
  static const guint8 too_long[] = { 0xff, 0xff, 0xff, 0xff, 0x1f };
  BaristaReader reader;

  barista_reader_init (&reader, least, sizeof least);
  g_assert_cmpint (barista_reader_varint64 (&reader), ==, G_MININT64);
  barista_reader_init (&reader, most, sizeof most);
  g_assert_cmpint (barista_reader_varint32 (&reader), ==, G_MAXINT32);
  barista_reader_init (&reader, too_long, sizeof too_long);
  g_assert_cmpint (barista_reader_varint32 (&reader), ==, 0);
  g_assert_false (barista_reader_ok (&reader));
}

static void
test_end_is_named_once (void)
{
  static const guint8 bytes[] = { 1, 2, 3 };
  g_autoptr (GError) error = NULL;
  BaristaReader reader;

  barista_reader_init (&reader, bytes, sizeof bytes);
  g_assert_cmpint (barista_reader_i16 (&reader), ==, 0x0102);
  g_assert_cmpint (barista_reader_i64 (&reader), ==, 0);
  g_assert_cmpuint (barista_reader_u8 (&reader), ==, 0);
  g_assert_false (barista_reader_finish (&reader, "three bytes", &error));
  g_assert_error (error, BARISTA_READ_ERROR, BARISTA_READ_ERROR_MALFORMED);
  g_assert_cmpstr (error->message, ==, "three bytes: ends too early at byte 2 of 3");
}

static void
test_count_is_checked_against_bytes (void)
{
  static const guint8 bytes[8] = { 0 };
  BaristaReader reader;

  barista_reader_init (&reader, bytes, sizeof bytes);
  g_assert_true (barista_reader_count (&reader, 2, 4));
  g_assert_false (barista_reader_count (&reader, 3, 4));
  g_assert_null (barista_reader_bytes (&reader, 1));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/input/reader/numbers", test_reads_numbers);
  g_test_add_func ("/input/reader/varint-limits", test_varint_limits);
  g_test_add_func ("/input/reader/end-is-named-once", test_end_is_named_once);
  g_test_add_func ("/input/reader/count", test_count_is_checked_against_bytes);
  return g_test_run ();
}
