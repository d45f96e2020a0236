/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "barista-schedule-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

G_DEFINE_QUARK (barista - schedule - error - quark, barista_schedule_error)

/* croniter gives up after as many years without a run. */
#define SEARCH_YEARS 50

/* The last second of 2099. */
#define TIME_MAX G_GINT64_CONSTANT (4102444799)

G_DEFINE_BOXED_TYPE (BaristaSchedule,
                     barista_schedule,
                     barista_schedule_ref,
                     barista_schedule_unref)

static const struct
{
  const char *word;
  const char *fields;
} words[] = {
  { "@hourly", "0 * * * *" },   { "@daily", "0 0 * * *" },   { "@midnight", "0 0 * * *" },
  { "@weekly", "0 0 * * 0" },   { "@monthly", "0 0 1 * *" }, { "@yearly", "0 0 1 1 *" },
  { "@annually", "0 0 1 1 *" },
};

static void
clear (BaristaSchedule *self)
{
  g_free (self->text);
}

BaristaSchedule *
barista_schedule_ref (BaristaSchedule *self)
{
  return g_atomic_rc_box_acquire (self);
}

void
barista_schedule_unref (BaristaSchedule *self)
{
  g_atomic_rc_box_release_full (self, (GDestroyNotify) clear);
}

/* The parts between blanks; only blanks and tabs part them. */
static GStrv
split (const char *text)
{
  g_auto (GStrv) parts = g_strsplit_set (text, " \t", -1);
  g_autoptr (GStrvBuilder) kept = g_strv_builder_new ();

  for (guint i = 0; parts[i] != NULL; i++)
    if (*parts[i] != '\0')
      g_strv_builder_add (kept, parts[i]);

  return g_strv_builder_end (kept);
}

static gboolean
expand_word (BaristaSchedule *self, char **fields, GError **error)
{
  for (guint i = 0; i < G_N_ELEMENTS (words); i++)
    if (g_str_equal (*fields, words[i].word))
      {
        g_free (*fields);
        *fields = g_strdup (words[i].fields);
        return self->word = TRUE;
      }

  g_set_error (error, BARISTA_SCHEDULE_ERROR, BARISTA_SCHEDULE_ERROR_WORD,
               _ ("“%s” is no schedule; write @on-demand, @once or a cron expression such as "
                  "0 * * * *"),
               self->text);
  return FALSE;
}

static gboolean
parse_fields (BaristaSchedule *self, char **fields, GError **error)
{
  guint n = g_strv_length (fields);

  if (n < 5 || n > BARISTA_CRON_N_FIELDS)
    {
      g_set_error (
          error, BARISTA_SCHEDULE_ERROR, BARISTA_SCHEDULE_ERROR_FIELDS,
          _ ("a cron expression has five fields: minute, hour, day, month, day of the week; "
             "this has %u"),
          n);
      return FALSE;
    }

  self->n_fields = n;
  for (guint i = 0; i < n; i++)
    if (!barista_cron_field_parse (&self->fields[i], (BaristaCronPlace) i, n, fields[i], error))
      return FALSE;

  return TRUE;
}

/* A field that names all its values is a `*`; a day field only beside a `*` in the other one, lest
 * "1-31" and "1" no longer mean either. */
static void
reduce_full_fields (BaristaSchedule *self, char **fields)
{
  for (guint i = 0; i < self->n_fields; i++)
    {
      BaristaCronPlace place = (BaristaCronPlace) i;
      guint other = place == BARISTA_CRON_DAY       ? BARISTA_CRON_WEEKDAY
                    : place == BARISTA_CRON_WEEKDAY ? BARISTA_CRON_DAY
                                                    : i;

      if (barista_cron_field_count (&self->fields[i])
              == barista_cron_place_max (place) - barista_cron_place_min (place) + 1
          && (other == i || strchr (fields[other], '*') != NULL))
        self->fields[i].any = TRUE;
    }
}

/* "1,5#3" asks for each Monday and for the third Friday only. croniter refuses it, unless the list
 * names the whole week: then only the days with # or L count. */
static gboolean
check_nth (BaristaSchedule *self, GError **error)
{
  const BaristaCronField *field = &self->fields[BARISTA_CRON_WEEKDAY];

  if (!barista_cron_field_has_nth (field) || barista_cron_field_count (field) == 7)
    return TRUE;

  for (guint i = 0; i < G_N_ELEMENTS (field->nth); i++)
    if (field->has[i] && field->nth[i] == 0)
      {
        g_set_error (error, BARISTA_SCHEDULE_ERROR, BARISTA_SCHEDULE_ERROR_VALUE,
                     _ ("%s: plain days and days with # or L can't stand in one list"),
                     barista_cron_place_name (BARISTA_CRON_WEEKDAY));
        return FALSE;
      }

  return TRUE;
}

static gboolean
parse_cron (BaristaSchedule *self, GError **error)
{
  g_autofree char *lower = g_ascii_strdown (self->text, -1);
  g_auto (GStrv) fields = NULL;

  if (*lower == '@' && !expand_word (self, &lower, error))
    return FALSE;

  self->kind = BARISTA_SCHEDULE_CRON;
  fields = split (lower);
  if (!parse_fields (self, fields, error) || !check_nth (self, error))
    return FALSE;

  reduce_full_fields (self, fields);
  /* What isn't written: at second 0, in any year. */
  if (self->n_fields <= BARISTA_CRON_SECOND)
    self->fields[BARISTA_CRON_SECOND].has[0] = TRUE;
  if (self->n_fields <= BARISTA_CRON_YEAR)
    self->fields[BARISTA_CRON_YEAR].any = TRUE;

  return TRUE;
}

static gboolean
parse (BaristaSchedule *self, GError **error)
{
  if (*self->text == '\0')
    {
      g_set_error_literal (error, BARISTA_SCHEDULE_ERROR, BARISTA_SCHEDULE_ERROR_EMPTY,
                           _ ("the schedule is empty"));
      return FALSE;
    }
  if (g_str_equal (self->text, "@on-demand") || g_str_equal (self->text, "@once"))
    {
      self->kind = g_str_equal (self->text, "@once") ? BARISTA_SCHEDULE_ONCE
                                                     : BARISTA_SCHEDULE_ON_DEMAND;
      return TRUE;
    }

  return parse_cron (self, error);
}

/**
 * barista_schedule_new:
 * @text: `@on-demand`, `@once` or a cron expression, in UTF-8
 *
 * Reads what croniter 6.2.2 takes: 5 to 7 fields (the sixth is seconds, the seventh years), names,
 * lists, ranges, steps, `L`, `#`, `W`, `?` and words such as `@hourly`. `H` and `R` are refused.
 *
 * Returns: (transfer full): the schedule, or %NULL with a `BARISTA_SCHEDULE_ERROR`
 */
BaristaSchedule *
barista_schedule_new (const char *text, GError **error)
{
  g_autoptr (BaristaSchedule) self = g_atomic_rc_box_new0 (BaristaSchedule);
  g_autofree char *readable = NULL;
  g_auto (GStrv) parts = NULL;

  if (strlen (text) > BARISTA_SCHEDULE_LENGTH_MAX)
    {
      g_set_error (error, BARISTA_SCHEDULE_ERROR, BARISTA_SCHEDULE_ERROR_TOO_LONG,
                   _ ("the schedule has more than %d characters"), BARISTA_SCHEDULE_LENGTH_MAX);
      return NULL;
    }

  readable = g_utf8_make_valid (text, -1);
  parts = split (readable);
  self->text = g_strjoinv (" ", parts);
  if (!parse (self, error))
    return NULL;

  return g_steal_pointer (&self);
}

BaristaScheduleKind
barista_schedule_get_kind (const BaristaSchedule *self)
{
  return self->kind;
}

/**
 * barista_schedule_get_text:
 *
 * Returns: the schedule as it was written, but for blanks: one between fields, none around them
 */
const char *
barista_schedule_get_text (const BaristaSchedule *self)
{
  return self->text;
}

/**
 * barista_schedule_find_time:
 * @from: second of the day to start with
 * @seconds_of_day: (out): the first one from there on that the schedule names
 *
 * Returns: whether there is one
 */
gboolean
barista_schedule_find_time (const BaristaSchedule *self, guint from, guint *seconds_of_day)
{
  for (guint minute = from / 60; minute < 24 * 60; minute++)
    {
      guint first = minute == from / 60 ? from % 60 : 0;

      if (!barista_cron_field_has (&self->fields[BARISTA_CRON_HOUR], BARISTA_CRON_HOUR,
                                   minute / 60))
        {
          minute += 59 - minute % 60;
          continue;
        }
      if (!barista_cron_field_has (&self->fields[BARISTA_CRON_MINUTE], BARISTA_CRON_MINUTE,
                                   minute % 60))
        continue;
      for (guint second = first; second < 60; second++)
        if (barista_cron_field_has (&self->fields[BARISTA_CRON_SECOND], BARISTA_CRON_SECOND,
                                    second))
          {
            *seconds_of_day = minute * 60 + second;
            return TRUE;
          }
    }

  return FALSE;
}

/* The first run at or after @from by one rule for days; -1 = none in fifty years. */
static gint64
find_run (const BaristaSchedule *self, gint64 from, BaristaScheduleDayRule rule)
{
  BaristaScheduleDate date;
  guint seconds = (guint) (from % BARISTA_SCHEDULE_DAY_SECONDS);
  int year_max;
  guint found;

  if (!barista_schedule_date_init (&date, from))
    return -1;

  for (year_max = date.year + SEARCH_YEARS; date.year <= year_max; seconds = 0)
    {
      if (barista_schedule_matches_day (self, &date, rule)
          && barista_schedule_find_time (self, seconds, &found))
        return date.start + found;
      barista_schedule_date_advance (&date);
    }

  return -1;
}

/**
 * barista_schedule_next:
 * @after: seconds since 1970 UTC; not before 1970, not after 2099
 *
 * Where both day fields are given, either is enough; but like croniter this finds nothing once one
 * of the two finds nothing within fifty years.
 *
 * Returns: the first run later than @after, or -1 when there is none
 */
gint64
barista_schedule_next (const BaristaSchedule *self, gint64 after)
{
  gint64 step = self->n_fields > BARISTA_CRON_SECOND ? 1 : 60;
  gint64 from, by_month, by_week;

  if (self->kind != BARISTA_SCHEDULE_CRON || after > TIME_MAX)
    return -1;

  from = after < 0 ? 0 : after - after % step + step;
  if (!barista_schedule_has_either_day (self))
    return find_run (self, from, BARISTA_SCHEDULE_BOTH_DAYS);

  by_month = find_run (self, from, BARISTA_SCHEDULE_DAY_OF_MONTH);
  by_week = by_month >= 0 ? find_run (self, from, BARISTA_SCHEDULE_DAY_OF_WEEK) : -1;
  return by_week >= 0 ? MIN (by_month, by_week) : -1;
}

/**
 * barista_schedule_list_runs:
 * @after: seconds since 1970 UTC
 * @n: how many at most
 *
 * Returns: (transfer full) (element-type gint64): the next runs in order, seconds since 1970 UTC
 */
GArray *
barista_schedule_list_runs (const BaristaSchedule *self, gint64 after, guint n)
{
  GArray *runs = g_array_new (FALSE, FALSE, sizeof (gint64));

  while (runs->len < n && (after = barista_schedule_next (self, after)) >= 0)
    g_array_append_val (runs, after);

  return runs;
}

/**
 * barista_schedule_never_runs:
 *
 * Returns: whether it is a cron expression without any run from 1970 on, such as `0 0 31 2 *`
 */
gboolean
barista_schedule_never_runs (const BaristaSchedule *self)
{
  if (self->kind != BARISTA_SCHEDULE_CRON)
    return FALSE;

  /* A year far ahead is out of reach from 1970. */
  return barista_schedule_next (self, -1) < 0
         && barista_schedule_next (self, G_GINT64_CONSTANT (1577836799)) < 0
         && barista_schedule_next (self, G_GINT64_CONSTANT (3155759999)) < 0;
}

static gboolean
matches_either (const BaristaSchedule *self, const BaristaScheduleDate *date)
{
  if (!barista_schedule_has_either_day (self))
    return barista_schedule_matches_day (self, date, BARISTA_SCHEDULE_BOTH_DAYS);

  return barista_schedule_matches_day (self, date, BARISTA_SCHEDULE_DAY_OF_MONTH)
         || barista_schedule_matches_day (self, date, BARISTA_SCHEDULE_DAY_OF_WEEK);
}

static gboolean
has_consecutive_days (const BaristaSchedule *self)
{
  BaristaScheduleDate date;
  gboolean before = FALSE;

  for (barista_schedule_date_init (&date, 0); date.year <= BARISTA_CRON_YEAR_MAX;
       barista_schedule_date_advance (&date))
    {
      gboolean now = matches_either (self, &date);

      if (before && now)
        return TRUE;
      before = now;
    }

  return FALSE;
}

/**
 * barista_schedule_get_shortest_gap:
 *
 * Returns: the least number of seconds between two runs, midnight included; a day if they are
 *   never closer, 0 for what doesn't run by the clock
 */
gint64
barista_schedule_get_shortest_gap (const BaristaSchedule *self)
{
  gint64 shortest = BARISTA_SCHEDULE_DAY_SECONDS;
  guint first, last, time;

  if (self->kind != BARISTA_SCHEDULE_CRON || barista_schedule_never_runs (self)
      || !barista_schedule_find_time (self, 0, &first))
    return 0;

  for (last = first; last + 1 < BARISTA_SCHEDULE_DAY_SECONDS
                     && barista_schedule_find_time (self, last + 1, &time);
       last = time)
    shortest = MIN (shortest, (gint64) (time - last));

  time = BARISTA_SCHEDULE_DAY_SECONDS - last + first;
  return time < shortest && has_consecutive_days (self) ? time : shortest;
}
