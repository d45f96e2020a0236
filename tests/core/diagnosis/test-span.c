/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "barista-span.h"

static void
assert_reach (const BaristaSpan *spans, gsize n, gint64 extent, gint64 read, guint unread)
{
  BaristaReach reach = barista_spans_add_up (spans, n);

  g_assert_cmpint (reach.extent, ==, extent);
  g_assert_cmpint (reach.read, ==, read);
  g_assert_cmpuint (reach.unread, ==, unread);
}

static void
test_partitions_add_up (void)
{
  /* 100 of 100, 25 of 50, and 10 that nobody has begun; the fourth holds nothing. */
  static const BaristaSpan spans[] = {
    { 0, 0, 100, 100 },
    { 1, 1000, 1050, 1025 },
    { 2, 5, 15, -1 },
    { 3, 7, 7, -1 },
  };

  assert_reach (spans, G_N_ELEMENTS (spans), 160, 125, 1);
  assert_reach (spans, 0, 0, 0, 0);
}

/* The oldest records were dropped behind the group; the newest came while it was asked about. */
static void
test_ends_move (void)
{
  static const BaristaSpan dropped = { 0, 40, 100, 10 };
  static const BaristaSpan further = { 0, 40, 100, 130 };

  assert_reach (&dropped, 1, 60, 0, 0);
  assert_reach (&further, 1, 60, 60, 0);
}

static void
test_hostile_offsets (void)
{
  static const BaristaSpan spans[] = {
    { 0, 0, G_MAXINT64, G_MAXINT64 },
    { 1, 0, G_MAXINT64, G_MAXINT64 },
    { 2, G_MAXINT64, G_MININT64, 5 },
    { 3, G_MININT64, G_MAXINT64, G_MININT64 },
  };

  assert_reach (spans, 3, G_MAXINT64, G_MAXINT64, 0);
  assert_reach (spans + 2, 2, G_MAXINT64, 0, 1);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/span/partitions-add-up", test_partitions_add_up);
  g_test_add_func ("/span/ends-move", test_ends_move);
  g_test_add_func ("/span/hostile-offsets", test_hostile_offsets);

  return g_test_run ();
}
