/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "barista-cron-field.h"
#include "barista-schedule.h"

G_BEGIN_DECLS

struct _BaristaSchedule
{
  BaristaScheduleKind kind;
  char *text;
  gboolean word; /* an @word that stands for fields */
  guint n_fields;
  BaristaCronField fields[BARISTA_CRON_N_FIELDS];
};

typedef struct
{
  int year;
  guint month;
  guint day;
  guint weekday; /* 0 = Sunday */
  guint month_days;
  gint64 start; /* seconds since 1970 */
} BaristaScheduleDate;

/* Which of the two day fields a day has to meet. */
typedef enum
{
  BARISTA_SCHEDULE_BOTH_DAYS,
  BARISTA_SCHEDULE_DAY_OF_MONTH,
  BARISTA_SCHEDULE_DAY_OF_WEEK,
} BaristaScheduleDayRule;

#define BARISTA_SCHEDULE_DAY_SECONDS 86400

/* barista-schedule-days.c */
gboolean barista_schedule_date_init (BaristaScheduleDate *self, gint64 seconds);
void barista_schedule_date_advance (BaristaScheduleDate *self);
gboolean barista_schedule_has_either_day (const BaristaSchedule *self);
gboolean barista_schedule_matches_day (const BaristaSchedule *self,
                                       const BaristaScheduleDate *date,
                                       BaristaScheduleDayRule rule);

/* barista-schedule.c */
gboolean
barista_schedule_find_time (const BaristaSchedule *self, guint from, guint *seconds_of_day);

G_END_DECLS
