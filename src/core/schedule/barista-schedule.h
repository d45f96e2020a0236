/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

/* Longer schedules are refused unread. */
#define BARISTA_SCHEDULE_LENGTH_MAX 1000

#define BARISTA_SCHEDULE_ERROR (barista_schedule_error_quark ())
GQuark barista_schedule_error_quark (void);

/**
 * BaristaScheduleError:
 * @BARISTA_SCHEDULE_ERROR_EMPTY: no text
 * @BARISTA_SCHEDULE_ERROR_TOO_LONG: more than %BARISTA_SCHEDULE_LENGTH_MAX bytes
 * @BARISTA_SCHEDULE_ERROR_WORD: an `@word` that nobody knows
 * @BARISTA_SCHEDULE_ERROR_FIELDS: not 5, 6 or 7 fields
 * @BARISTA_SCHEDULE_ERROR_VALUE: a field that can't be read
 * @BARISTA_SCHEDULE_ERROR_RANDOM: `H` or `R`, whose runs nobody can foretell
 */
typedef enum
{
  BARISTA_SCHEDULE_ERROR_EMPTY,
  BARISTA_SCHEDULE_ERROR_TOO_LONG,
  BARISTA_SCHEDULE_ERROR_WORD,
  BARISTA_SCHEDULE_ERROR_FIELDS,
  BARISTA_SCHEDULE_ERROR_VALUE,
  BARISTA_SCHEDULE_ERROR_RANDOM,
} BaristaScheduleError;

typedef enum
{
  BARISTA_SCHEDULE_ON_DEMAND, /* "@on-demand" */
  BARISTA_SCHEDULE_ONCE,      /* "@once": the SDK knows it, the Forward command line doesn't */
  BARISTA_SCHEDULE_CRON
} BaristaScheduleKind;

/**
 * BaristaSchedule:
 *
 * When a sink runs, as one writes it into EXPORT_SCHEDULE. Immutable, counted, boxed.
 *
 * Cron expressions mean what they mean to croniter 6.2.2, which Tinybird's tools ask; times are UTC.
 */
typedef struct _BaristaSchedule BaristaSchedule;

#define BARISTA_TYPE_SCHEDULE (barista_schedule_get_type ())
GType barista_schedule_get_type (void);

BaristaSchedule *barista_schedule_new (const char *text, GError **error);
BaristaSchedule *barista_schedule_ref (BaristaSchedule *self);
void barista_schedule_unref (BaristaSchedule *self);
BaristaScheduleKind barista_schedule_get_kind (const BaristaSchedule *self);
const char *barista_schedule_get_text (const BaristaSchedule *self);

gint64 barista_schedule_next (const BaristaSchedule *self, gint64 after);
GArray *barista_schedule_list_runs (const BaristaSchedule *self, gint64 after, guint n);
gboolean barista_schedule_never_runs (const BaristaSchedule *self);
gint64 barista_schedule_get_shortest_gap (const BaristaSchedule *self);

/* barista-schedule-words.c */
char *barista_schedule_describe (const BaristaSchedule *self);

/* barista-schedule-lint.c */
void barista_schedule_lint (const BaristaSchedule *self, const char *file, GPtrArray *findings);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BaristaSchedule, barista_schedule_unref)

G_END_DECLS
