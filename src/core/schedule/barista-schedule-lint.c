/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "barista-schedule-private.h"

#include "barista-finding.h"

#include <glib/gi18n-lib.h>

/* Tinybird's copy documentation asks for as much; its samples of sinks keep to it: tinybird.md 3.2. */
#define GAP_MIN (5 * 60)

static gboolean
has_oddity (const BaristaSchedule *self, BaristaCronOddities oddity)
{
  for (guint i = 0; i < self->n_fields; i++)
    if ((self->fields[i].oddities & oddity) != 0)
      return TRUE;

  return FALSE;
}

static gboolean
never_runs (const BaristaSchedule *self)
{
  return barista_schedule_never_runs (self);
}

static gboolean
runs_too_often (const BaristaSchedule *self)
{
  gint64 gap = barista_schedule_get_shortest_gap (self);

  return gap > 0 && gap < GAP_MIN;
}

static gboolean
has_more_fields (const BaristaSchedule *self)
{
  return self->n_fields > BARISTA_CRON_SECOND;
}

static gboolean
is_word (const BaristaSchedule *self)
{
  return self->word;
}

static gboolean
is_special (const BaristaSchedule *self)
{
  return has_oddity (self, BARISTA_CRON_SPECIAL);
}

static gboolean
has_whole_range (const BaristaSchedule *self)
{
  return has_oddity (self, BARISTA_CRON_WHOLE_RANGE);
}

static gboolean
steps_over_the_end (const BaristaSchedule *self)
{
  return has_oddity (self, BARISTA_CRON_WRAPS);
}

static gboolean
has_long_step (const BaristaSchedule *self)
{
  return has_oddity (self, BARISTA_CRON_LONG_STEP);
}

/* `15W` and `5#3` take the other day field's say away. */
static gboolean
drops_a_day_field (const BaristaSchedule *self)
{
  return barista_schedule_has_either_day (self)
         && (self->fields[BARISTA_CRON_DAY].nearest != 0
             || barista_cron_field_has_nth (&self->fields[BARISTA_CRON_WEEKDAY]));
}

static gboolean
has_either_day (const BaristaSchedule *self)
{
  return barista_schedule_has_either_day (self) && !drops_a_day_field (self);
}

static const struct
{
  const char *rule;
  BaristaLevel level;
  gboolean (*applies) (const BaristaSchedule *self);
  const char *message;
  const char *fix;
} lints[] = {
  { "schedule-never", BARISTA_LEVEL_WARNING, never_runs,
    N_ ("it never comes round, since no date is like that"), N_ ("Change the day or the month.") },
  { "schedule-too-often", BARISTA_LEVEL_WARNING, runs_too_often,
    N_ ("some runs are less than five minutes apart; Tinybird may refuse it or leave runs out"),
    N_ ("Use */5 * * * * or fewer runs.") },
  { "schedule-fields", BARISTA_LEVEL_WARNING, has_more_fields,
    N_ ("it has seconds or years; the vendor's check takes them, whether its scheduler does isn't "
        "known"),
    N_ ("Keep to five fields: minute, hour, day, month, day of the week.") },
  { "schedule-word", BARISTA_LEVEL_HINT, is_word,
    N_ ("it is a short form; the vendor's check takes it, whether its scheduler does isn't known"),
    N_ ("Write it as five fields.") },
  { "schedule-special", BARISTA_LEVEL_WARNING, is_special,
    N_ ("it has L, #, W or ?; the vendor's check takes them, whether its scheduler does isn't "
        "known"),
    N_ ("Name the days, or run daily and filter in SQL.") },
  { "schedule-whole-range", BARISTA_LEVEL_WARNING, has_whole_range,
    N_ ("a range starts where it ends; the vendor's check reads it as the whole field"),
    N_ ("Write the value alone, or *.") },
  { "schedule-wrapping-step", BARISTA_LEVEL_WARNING, steps_over_the_end,
    N_ ("it steps over the end of a field; readers count on in different ways"),
    N_ ("List the values.") },
  { "schedule-long-step", BARISTA_LEVEL_WARNING, has_long_step,
    N_ ("a step is longer than its range, so that only one value is left"),
    N_ ("Write that value alone.") },
  { "schedule-day-dropped", BARISTA_LEVEL_WARNING, drops_a_day_field,
    N_ ("both day fields are given; beside # or W the other one adds no runs, and may end them"),
    N_ ("Make one of the two day fields *.") },
  { "schedule-either-day", BARISTA_LEVEL_HINT, has_either_day,
    N_ ("it gives days of the month and of the week; either is enough for a run"),
    N_ ("If both shall hold, make one of the two * and filter in SQL.") },
};

/**
 * barista_schedule_lint:
 * @file: (nullable): the artefact that the schedule stands in
 * @findings: (element-type BaristaFinding): where findings are added
 *
 * Tells what a person may not expect of the schedule, and what Tinybird can't be trusted with.
 */
void
barista_schedule_lint (const BaristaSchedule *self, const char *file, GPtrArray *findings)
{
  if (self->kind != BARISTA_SCHEDULE_CRON)
    return;

  for (guint i = 0; i < G_N_ELEMENTS (lints); i++)
    if (lints[i].applies (self))
      {
        /* Translators: the first is a cron expression, the second what is odd about it. */
        g_autofree char *message = g_strdup_printf (_ ("Schedule “%s”: %s."), self->text,
                                                    _ (lints[i].message));

        g_ptr_array_add (findings, barista_finding_new (lints[i].rule, lints[i].level, file, 0,
                                                        message, _ (lints[i].fix)));
      }
}
