/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "barista-schedule-private.h"

#define SATURDAY 6
#define SUNDAY 0

/* FALSE: beyond what a calendar holds. */
gboolean
barista_schedule_date_init (BaristaScheduleDate *self, gint64 seconds)
{
  g_autoptr (GDateTime) time = g_date_time_new_from_unix_utc (seconds);

  if (time == NULL)
    return FALSE;

  g_date_time_get_ymd (time, &self->year, (int *) &self->month, (int *) &self->day);
  self->weekday = (guint) g_date_time_get_day_of_week (time) % 7;
  self->month_days = g_date_get_days_in_month ((GDateMonth) self->month, (GDateYear) self->year);
  self->start = seconds - seconds % BARISTA_SCHEDULE_DAY_SECONDS;
  return TRUE;
}

void
barista_schedule_date_advance (BaristaScheduleDate *self)
{
  self->start += BARISTA_SCHEDULE_DAY_SECONDS;
  self->weekday = (self->weekday + 1) % 7;
  if (++self->day <= self->month_days)
    return;

  self->day = 1;
  if (++self->month > 12)
    {
      self->month = 1;
      self->year++;
    }
  self->month_days = g_date_get_days_in_month ((GDateMonth) self->month, (GDateYear) self->year);
}

/* Monday to Friday next to a day, without leaving its month. */
static guint
find_nearest_weekday (const BaristaScheduleDate *date, guint day)
{
  guint wanted = MIN (day, date->month_days);
  guint weekday = (date->weekday + 35 + wanted - date->day) % 7;

  if (weekday == SATURDAY)
    return wanted > 1 ? wanted - 1 : wanted + 2;
  if (weekday == SUNDAY)
    return wanted < date->month_days ? wanted + 1 : wanted - 2;

  return wanted;
}

static gboolean
matches_day_of_month (const BaristaCronField *field, const BaristaScheduleDate *date)
{
  return barista_cron_field_has (field, BARISTA_CRON_DAY, date->day)
         || (field->last && date->day == date->month_days);
}

static gboolean
matches_nth (const BaristaCronField *field, const BaristaScheduleDate *date)
{
  guint8 nth = field->nth[date->weekday];

  return (nth & (1 << ((date->day + 6) / 7))) != 0
         || ((nth & 1) != 0 && date->day + 7 > date->month_days);
}

/**
 * barista_schedule_has_either_day:
 *
 * Returns: whether both day fields are given, so that a day has to meet only one of them
 */
gboolean
barista_schedule_has_either_day (const BaristaSchedule *self)
{
  return !self->fields[BARISTA_CRON_DAY].any && !self->fields[BARISTA_CRON_WEEKDAY].any;
}

/**
 * barista_schedule_matches_day:
 * @rule: the field that counts where barista_schedule_has_either_day()
 *
 * `15W` and `5#3` always count, even where the rule is for the other field: so croniter does it.
 *
 * Returns: whether year, month and day fields agree with the date
 */
gboolean
barista_schedule_matches_day (const BaristaSchedule *self,
                              const BaristaScheduleDate *date,
                              BaristaScheduleDayRule rule)
{
  const BaristaCronField *day = &self->fields[BARISTA_CRON_DAY];
  const BaristaCronField *weekday = &self->fields[BARISTA_CRON_WEEKDAY];

  if (!barista_cron_field_has (&self->fields[BARISTA_CRON_YEAR], BARISTA_CRON_YEAR,
                               (guint) date->year)
      || !barista_cron_field_has (&self->fields[BARISTA_CRON_MONTH], BARISTA_CRON_MONTH,
                                  date->month))
    return FALSE;

  if (day->nearest != 0 ? find_nearest_weekday (date, day->nearest) != date->day
                        : rule != BARISTA_SCHEDULE_DAY_OF_WEEK && !matches_day_of_month (day, date))
    return FALSE;

  if (barista_cron_field_has_nth (weekday))
    return matches_nth (weekday, date);

  return rule == BARISTA_SCHEDULE_DAY_OF_MONTH
         || barista_cron_field_has (weekday, BARISTA_CRON_WEEKDAY, date->weekday);
}
