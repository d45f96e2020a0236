/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "barista-when.h"

/* Days and names of weekdays by a calendar of 2026: 22 November is a Sunday. */
static void
test_words (void)
{
  static const struct
  {
    const char *time, *words;
  } rows[] = {
    { "2026-11-22T00:00:00+01", "Today, 00:00" },
    { "2026-11-22T23:59:59+01", "Today, 23:59" }, /* a clock that was set back */
    { "2026-11-21T22:59:59Z", "Yesterday" },
    { "2026-11-21T23:00:00Z", "Today, 00:00" }, /* the person's day, not Greenwich's */
    { "2026-11-21T00:00:00+01", "Yesterday" },
    { "2026-11-20T23:59:59+01", "Friday" },
    { "2026-11-16T00:00:00+01", "Monday" },
    { "2026-11-15T23:59:59+01", "15 November" },
    { "2026-05-03T12:00:00+01", "3 May" },
    { "2026-01-01T00:00:00+01", "1 January" },
    { "2025-12-31T23:59:59+01", "31 December 2025" },
    { "2026-11-23T00:00:00+01", "23 November" }, /* of tomorrow: some other computer wrote it */
    { "2031-05-03T00:00:00+01", "3 May 2031" },
    { "1970-01-01T00:00:00Z", "1 January 1970" },
  };
  g_autoptr (GDateTime) now = g_date_time_new_from_iso8601 ("2026-11-22T14:05:00+01", NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (GDateTime) time = g_date_time_new_from_iso8601 (rows[i].time, NULL);
      g_autofree char *words = barista_when_say (time, now);

      g_assert_cmpstr (words, ==, rows[i].words);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/when/words", test_words);
  return g_test_run ();
}
