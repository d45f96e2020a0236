/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "barista-when.h"

#include <glib/gi18n-lib.h>

static int
days_between (GDateTime *from, GDateTime *to)
{
  GDate a, b;
  int year, month, day;

  g_date_time_get_ymd (from, &year, &month, &day);
  g_date_clear (&a, 1);
  g_date_set_dmy (&a, (GDateDay) day, (GDateMonth) month, (GDateYear) year);
  g_date_time_get_ymd (to, &year, &month, &day);
  g_date_clear (&b, 1);
  g_date_set_dmy (&b, (GDateDay) day, (GDateMonth) month, (GDateYear) year);

  return g_date_days_between (&a, &b);
}

/**
 * barista_when_say:
 * @time: a moment
 * @now: this one, in the time zone of the person
 *
 * By the calendar, not by hours: a minute past midnight everything before is yesterday.
 *
 * Returns: (transfer full): "Today, 14:05", "Yesterday", "Thursday", "3 May", "3 May 2025"
 */
char *
barista_when_say (GDateTime *time, GDateTime *now)
{
  g_autoptr (GDateTime) here = g_date_time_to_timezone (time, g_date_time_get_timezone (now));
  int days = days_between (here, now);

  if (days == 0)
    /* Translators: a time of today, in g_date_time_format()'s way */
    return g_date_time_format (here, _ ("Today, %H:%M"));
  if (days == 1)
    return g_strdup (_ ("Yesterday"));
  if (days > 1 && days < 7)
    /* Translators: a day of the last week, in g_date_time_format()'s way: "Thursday" */
    return g_date_time_format (here, _ ("%A"));
  if (g_date_time_get_year (here) == g_date_time_get_year (now))
    /* Translators: a day of this year, in g_date_time_format()'s way: "3 May" */
    return g_date_time_format (here, _ ("%-d %B"));

  /* Translators: a day of another year, in g_date_time_format()'s way: "3 May 2025" */
  return g_date_time_format (here, _ ("%-d %B %Y"));
}
