/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "barista-schedule-private.h"

#include <glib/gi18n-lib.h>

/* As many times of day are told one by one. */
#define TIMES_MAX 6

typedef char *(*NameFunc) (guint value);

static const char *const month_names[] = {
  N_ ("January"),   N_ ("February"), N_ ("March"),    N_ ("April"),
  N_ ("May"),       N_ ("June"),     N_ ("July"),     N_ ("August"),
  N_ ("September"), N_ ("October"),  N_ ("November"), N_ ("December"),
};

static const char *const weekday_names[] = {
  N_ ("Sunday"),   N_ ("Monday"), N_ ("Tuesday"),  N_ ("Wednesday"),
  N_ ("Thursday"), N_ ("Friday"), N_ ("Saturday"),
};

/* Translators: %s is a day of the week. */
static const char *const nth_names[] = {
  N_ ("the last %s of the month"),   N_ ("the first %s of the month"),
  N_ ("the second %s of the month"), N_ ("the third %s of the month"),
  N_ ("the fourth %s of the month"), N_ ("the fifth %s of the month"),
};

static char *
name_number (guint value)
{
  return g_strdup_printf ("%u", value);
}

static char *
name_month (guint value)
{
  return g_strdup (_ (month_names[value - 1]));
}

/* The week of people starts with Monday: @value is 1 to 7. */
static char *
name_weekday (guint value)
{
  return g_strdup (_ (weekday_names[value % 7]));
}

/* Takes over both. */
static char *
join (const char *format, char *first, char *second)
{
  char *joined;

  if (first == NULL)
    return second;
  if (second == NULL)
    return first;

#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral"
  joined = g_strdup_printf (format, first, second);
#pragma GCC diagnostic pop
  g_free (first);
  g_free (second);
  return joined;
}

/* "a, b and c". */
static char *
join_list (GPtrArray *items)
{
  char *list = NULL;

  for (guint i = 0; i < items->len; i++)
    list = join (i + 1 == items->len ? _ ("%s and %s") : _ ("%s, %s"), list,
                 g_strdup (g_ptr_array_index (items, i)));

  return list;
}

/* Where the same distance lies between all values and the field's ends: that distance. */
static guint
find_even_step (const BaristaCronField *field, BaristaCronPlace place)
{
  guint size = barista_cron_place_max (place) + 1;
  guint n = 0;

  for (guint i = 0; i < size; i++)
    n += field->has[i];
  if (field->any || n < 2 || n == size || size % n != 0)
    return 0;

  for (guint i = 0; i < size; i++)
    if (field->has[i] != (i % (size / n) == 0))
      return 0;

  return size / n;
}

static gboolean
has_value (const BaristaCronField *field, BaristaCronPlace place, guint value)
{
  if (place == BARISTA_CRON_WEEKDAY)
    value %= 7;

  return field->has[value - barista_cron_place_min (place)];
}

/* "0, 15 and 20 to 30"; %NULL: no values. @n: how many, for the plural. */
static char *
list_values (const BaristaCronField *field, BaristaCronPlace place, NameFunc name, guint *n)
{
  g_autoptr (GPtrArray) items = g_ptr_array_new_with_free_func (g_free);
  guint shift = place == BARISTA_CRON_WEEKDAY ? 1 : 0;
  guint end = barista_cron_place_max (place) + shift;

  *n = 0;
  for (guint value = barista_cron_place_min (place) + shift; value <= end; value++)
    {
      guint last = value;

      if (!has_value (field, place, value))
        continue;
      while (last < end && has_value (field, place, last + 1))
        last++;
      if (last < value + 2)
        last = value;

      *n += last - value + 1;
      g_ptr_array_add (items, last == value ? name (value)
                                            : join (_ ("%s to %s"), name (value), name (last)));
      value = last;
    }

  return join_list (items);
}

/* "06:00 and 18:30", where these are few; else %NULL. */
static char *
list_times (const BaristaSchedule *self)
{
  g_autoptr (GPtrArray) items = g_ptr_array_new_with_free_func (g_free);
  guint time = 0;

  if (self->fields[BARISTA_CRON_MINUTE].any || self->fields[BARISTA_CRON_HOUR].any)
    return NULL;

  while (time < BARISTA_SCHEDULE_DAY_SECONDS && barista_schedule_find_time (self, time, &time))
    {
      if (items->len == TIMES_MAX)
        return NULL;
      g_ptr_array_add (items, g_strdup_printf ("%02u:%02u", time / 3600, time / 60 % 60));
      time += 60 - time % 60;
    }

  return join_list (items);
}

static char *
describe_minutes (const BaristaSchedule *self)
{
  const BaristaCronField *field = &self->fields[BARISTA_CRON_MINUTE];
  guint step = find_even_step (field, BARISTA_CRON_MINUTE);
  g_autofree char *list = NULL;
  guint n;

  if (field->any)
    return g_strdup (_ ("Every minute"));
  if (step != 0)
    return g_strdup_printf (_ ("Every %u minutes"), step);

  list = list_values (field, BARISTA_CRON_MINUTE, name_number, &n);
  return g_strdup_printf (ngettext ("At minute %s", "At minutes %s", n), list);
}

static char *
describe_hours (const BaristaSchedule *self)
{
  const BaristaCronField *field = &self->fields[BARISTA_CRON_HOUR];
  guint step = find_even_step (field, BARISTA_CRON_HOUR);
  g_autofree char *list = NULL;
  guint n;

  if (field->any)
    return g_strdup (_ ("every hour"));
  if (step != 0)
    return g_strdup_printf (_ ("every %u hours from midnight on"), step);

  list = list_values (field, BARISTA_CRON_HOUR, name_number, &n);
  return g_strdup_printf (ngettext ("hour %s", "hours %s", n), list);
}

static char *
describe_time (const BaristaSchedule *self)
{
  gboolean any_hour = self->fields[BARISTA_CRON_HOUR].any;
  gboolean spread = self->fields[BARISTA_CRON_MINUTE].any
                    || find_even_step (&self->fields[BARISTA_CRON_MINUTE], BARISTA_CRON_MINUTE)
                           != 0;
  g_autofree char *times = list_times (self);

  if (times != NULL)
    return g_strdup_printf (_ ("At %s"), times);
  if (any_hour && spread)
    return describe_minutes (self);
  if (find_even_step (&self->fields[BARISTA_CRON_HOUR], BARISTA_CRON_HOUR) != 0)
    return join (_ ("%s, %s"), describe_minutes (self), describe_hours (self));

  /* Translators: "At minute 0" of "every hour", "Every 5 minutes" of "hours 9 to 17". */
  return join (_ ("%s of %s"), describe_minutes (self), describe_hours (self));
}

static char *
describe_seconds (const BaristaSchedule *self)
{
  const BaristaCronField *field = &self->fields[BARISTA_CRON_SECOND];
  g_autofree char *list = NULL;
  guint n;

  if (field->any)
    return g_strdup (_ ("every second"));

  list = list_values (field, BARISTA_CRON_SECOND, name_number, &n);
  if (n == 1 && field->has[0])
    return NULL;

  return g_strdup_printf (ngettext ("at second %s", "at seconds %s", n), list);
}

static char *
describe_month_days (const BaristaSchedule *self)
{
  const BaristaCronField *field = &self->fields[BARISTA_CRON_DAY];
  g_autofree char *list = NULL;
  char *days = NULL;
  guint n;

  if (field->nearest != 0)
    return g_strdup_printf (_ ("on the weekday nearest to day %u of the month"), field->nearest);
  if (field->any)
    return NULL;

  list = list_values (field, BARISTA_CRON_DAY, name_number, &n);
  if (list != NULL)
    days = g_strdup_printf (ngettext ("on day %s of the month", "on days %s of the month", n),
                            list);

  return join (_ ("%s and %s"), days,
               field->last ? g_strdup (_ ("on the last day of the month")) : NULL);
}

static char *
describe_nth (const BaristaCronField *field)
{
  g_autoptr (GPtrArray) items = g_ptr_array_new_with_free_func (g_free);

  for (guint weekday = 1; weekday <= 7; weekday++)
    for (guint nth = 1; nth <= G_N_ELEMENTS (nth_names); nth++)
      {
        guint i = nth % G_N_ELEMENTS (nth_names);

        if ((field->nth[weekday % 7] & (1 << i)) != 0)
          {
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral"
            g_ptr_array_add (items,
                             g_strdup_printf (_ (nth_names[i]), _ (weekday_names[weekday % 7])));
#pragma GCC diagnostic pop
          }
      }

  return join (_ ("%s %s"), g_strdup (_ ("on")), join_list (items));
}

static char *
describe_weekdays (const BaristaSchedule *self)
{
  const BaristaCronField *field = &self->fields[BARISTA_CRON_WEEKDAY];
  guint n;

  if (barista_cron_field_has_nth (field))
    return describe_nth (field);

  return field->any ? NULL : list_values (field, BARISTA_CRON_WEEKDAY, name_weekday, &n);
}

static char *
describe_days (const BaristaSchedule *self)
{
  gboolean nearest = self->fields[BARISTA_CRON_DAY].nearest != 0;
  gboolean nth = barista_cron_field_has_nth (&self->fields[BARISTA_CRON_WEEKDAY]);

  if (!barista_schedule_has_either_day (self) || (nearest && nth))
    /* Translators: two conditions that have to hold together: days of the month, of the week. */
    return join (_ ("%s if that is also %s"), describe_month_days (self), describe_weekdays (self));
  if (nearest)
    return describe_month_days (self);
  if (nth)
    return describe_weekdays (self);

  /* Translators: either is enough: "on day 13 of the month or Friday". */
  return join (_ ("%s or %s"), describe_month_days (self), describe_weekdays (self));
}

static char *
describe_months (const BaristaSchedule *self)
{
  const BaristaCronField *field = &self->fields[BARISTA_CRON_MONTH];
  g_autofree char *list = NULL;
  guint n;

  if (field->any)
    return NULL;

  list = list_values (field, BARISTA_CRON_MONTH, name_month, &n);
  return g_strdup_printf (_ ("in %s"), list);
}

static char *
describe_years (const BaristaSchedule *self)
{
  const BaristaCronField *field = &self->fields[BARISTA_CRON_YEAR];
  g_autofree char *list = NULL;
  guint n;

  if (field->any)
    return NULL;

  list = list_values (field, BARISTA_CRON_YEAR, name_number, &n);
  return g_strdup_printf (_ ("in %s"), list);
}

/**
 * barista_schedule_describe:
 *
 * Puts the schedule into words: "At minute 0 of every hour, Monday to Friday". Times are UTC.
 *
 * Returns: (transfer full): translated, without a full stop
 */
char *
barista_schedule_describe (const BaristaSchedule *self)
{
  static char *(*const parts[]) (const BaristaSchedule *) = {
    describe_time, describe_seconds, describe_days, describe_months, describe_years,
  };
  char *words = NULL;

  if (self->kind == BARISTA_SCHEDULE_ON_DEMAND)
    return g_strdup (_ ("Only when someone starts it"));
  if (self->kind == BARISTA_SCHEDULE_ONCE)
    return g_strdup (_ ("Once, after it is deployed"));

  for (guint i = 0; i < G_N_ELEMENTS (parts); i++)
    words = join (_ ("%s, %s"), words, parts[i](self));

  return words;
}
