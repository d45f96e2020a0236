/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* The fields of a cron expression, in their order. */
typedef enum
{
  BARISTA_CRON_MINUTE,
  BARISTA_CRON_HOUR,
  BARISTA_CRON_DAY,
  BARISTA_CRON_MONTH,
  BARISTA_CRON_WEEKDAY, /* 0 = Sunday */
  BARISTA_CRON_SECOND,
  BARISTA_CRON_YEAR,
  BARISTA_CRON_N_FIELDS
} BaristaCronPlace;

#define BARISTA_CRON_YEAR_MIN 1970
#define BARISTA_CRON_YEAR_MAX 2099
#define BARISTA_CRON_VALUES_MAX (BARISTA_CRON_YEAR_MAX - BARISTA_CRON_YEAR_MIN + 1)
#define BARISTA_CRON_NTH_MAX 5

/* What a reader may not expect of a field; see barista_schedule_lint(). */
typedef enum
{
  BARISTA_CRON_WHOLE_RANGE = 1 << 0, /* "5-5": the whole field, not one value */
  BARISTA_CRON_WRAPS = 1 << 1,       /* "22-2/3": steps over the end */
  BARISTA_CRON_LONG_STEP = 1 << 2,   /* a step that leaves one value */
  BARISTA_CRON_SPECIAL = 1 << 3,     /* L, #, W, ? */
} BaristaCronOddities;

/**
 * BaristaCronField:
 * @any: has a `*`
 * @last: `L`, the last day of the month
 * @nearest: `15W`, the weekday nearest to that day; 0 = none
 * @nth: for each weekday the bits 1 to 5 (`5#3`) and 0 for the last one of a month (`L5`)
 * @has: for each value, from the least one on, whether it is named
 */
typedef struct
{
  gboolean any;
  gboolean last;
  guint nearest;
  guint8 nth[7];
  guint8 has[BARISTA_CRON_VALUES_MAX];
  BaristaCronOddities oddities;
} BaristaCronField;

guint barista_cron_place_min (BaristaCronPlace place);
guint barista_cron_place_max (BaristaCronPlace place);
const char *barista_cron_place_name (BaristaCronPlace place);
gboolean barista_cron_place_find_name (BaristaCronPlace place, const char *name, guint *value);

gboolean barista_cron_field_parse (BaristaCronField *self,
                                   BaristaCronPlace place,
                                   guint n_fields,
                                   const char *text,
                                   GError **error);
gboolean barista_cron_field_has (const BaristaCronField *self, BaristaCronPlace place, guint value);
gboolean barista_cron_field_has_nth (const BaristaCronField *self);
guint barista_cron_field_count (const BaristaCronField *self);

/* barista-cron-term.c */
gboolean barista_cron_term_parse (BaristaCronField *field,
                                  BaristaCronPlace place,
                                  guint n_fields,
                                  const char *term);

G_END_DECLS
