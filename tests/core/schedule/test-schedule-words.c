/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "barista-schedule.h"

static const struct
{
  const char *text;
  const char *words;
} readings[] = {
  { "@on-demand", "Only when someone starts it" },
  { "@once", "Once, after it is deployed" },
  { "0 * * * 1-5", "At minute 0 of every hour, Monday to Friday" },
  { "0 * * * *", "At minute 0 of every hour" },
  { "@hourly", "At minute 0 of every hour" },
  { "0 0 * * *", "At 00:00" },
  { "*/15 * * * *", "Every 15 minutes" },
  { "*/5 * * * *", "Every 5 minutes" },
  { "* * * * *", "Every minute" },
  { "0 6 * * 1-5", "At 06:00, Monday to Friday" },
  { "30 6,18 * * *", "At 06:30 and 18:30" },
  { "0,20,50 * * * *", "At minutes 0, 20 and 50 of every hour" },
  { "*/7 * * * *", "At minutes 0, 7, 14, 21, 28, 35, 42, 49 and 56 of every hour" },
  { "*/10 9-17 * * *", "Every 10 minutes of hours 9 to 17" },
  { "* 9 * * *", "Every minute of hour 9" },
  { "0 */2 * * *", "At minute 0, every 2 hours from midnight on" },
  { "0 8-18 * * sat,sun", "At minute 0 of hours 8 to 18, Saturday and Sunday" },
  { "0 0 * * 5-7", "At 00:00, Friday to Sunday" },
  { "0 0 1 * *", "At 00:00, on day 1 of the month" },
  { "0 0 1-5,15 * *", "At 00:00, on days 1 to 5 and 15 of the month" },
  { "0 0 1,L * *", "At 00:00, on day 1 of the month and on the last day of the month" },
  { "0 0 13 * 5", "At 00:00, on day 13 of the month or Friday" },
  { "0 0 1 1,4-6 *", "At 00:00, on day 1 of the month, in January and April to June" },
  { "0 0 * * 5#3", "At 00:00, on the third Friday of the month" },
  { "0 0 * * L5,1#1",
    "At 00:00, on the first Monday of the month and the last Friday of the month" },
  { "0 0 15W * *", "At 00:00, on the weekday nearest to day 15 of the month" },
  { "0 0 15W * 1", "At 00:00, on the weekday nearest to day 15 of the month" },
  { "0 0 * * * 30", "At 00:00, at second 30" },
  { "* * * * * *", "Every minute, every second" },
  { "0 0 1 1 * 0 2030-2032", "At 00:00, on day 1 of the month, in January, in 2030 to 2032" },
};

static void
test_readings (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (readings); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (BaristaSchedule) schedule = barista_schedule_new (readings[i].text, &error);
      g_autofree char *words = NULL;

      g_assert_no_error (error);
      words = barista_schedule_describe (schedule);
      g_assert_cmpstr (words, ==, readings[i].words);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/schedule/words", test_readings);
  return g_test_run ();
}
