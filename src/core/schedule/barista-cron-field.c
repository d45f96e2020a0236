/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "barista-cron-field.h"

#include "barista-schedule.h"

#include <glib/gi18n-lib.h>
#include <string.h>

static const struct
{
  guint min;
  guint max;
  const char *name;
} places[BARISTA_CRON_N_FIELDS] = {
  [BARISTA_CRON_MINUTE] = { 0, 59, N_ ("minute") },
  [BARISTA_CRON_HOUR] = { 0, 23, N_ ("hour") },
  [BARISTA_CRON_DAY] = { 1, 31, N_ ("day of the month") },
  [BARISTA_CRON_MONTH] = { 1, 12, N_ ("month") },
  [BARISTA_CRON_WEEKDAY] = { 0, 6, N_ ("day of the week") },
  [BARISTA_CRON_SECOND] = { 0, 59, N_ ("second") },
  [BARISTA_CRON_YEAR] = { BARISTA_CRON_YEAR_MIN, BARISTA_CRON_YEAR_MAX, N_ ("year") },
};

static const char *const months[] = { "jan", "feb", "mar", "apr", "may", "jun", "jul",
                                      "aug", "sep", "oct", "nov", "dec", NULL };
static const char *const weekdays[] = { "sun", "mon", "tue", "wed", "thu", "fri", "sat", NULL };

guint
barista_cron_place_min (BaristaCronPlace place)
{
  return places[place].min;
}

guint
barista_cron_place_max (BaristaCronPlace place)
{
  return places[place].max;
}

/* Translated, as it stands in a message. */
const char *
barista_cron_place_name (BaristaCronPlace place)
{
  return _ (places[place].name);
}

gboolean
barista_cron_place_find_name (BaristaCronPlace place, const char *name, guint *value)
{
  const char *const *names = place == BARISTA_CRON_MONTH     ? months
                             : place == BARISTA_CRON_WEEKDAY ? weekdays
                                                             : NULL;

  for (guint i = 0; names != NULL && names[i] != NULL; i++)
    if (g_str_equal (names[i], name))
      {
        *value = places[place].min + i;
        return TRUE;
      }

  return FALSE;
}

static gboolean
fail (BaristaCronPlace place, const char *term, GError **error)
{
  g_set_error (error, BARISTA_SCHEDULE_ERROR, BARISTA_SCHEDULE_ERROR_VALUE,
               /* Translators: the first is the name of a field, such as "hour". */
               _ ("%s: “%s” can't be read; values are %u to %u"), barista_cron_place_name (place),
               term, places[place].min, places[place].max);
  return FALSE;
}

/* "h", "r/5", "h(0-9)": a value made of a hash or by chance. */
static gboolean
is_random (const char *text)
{
  return (text[0] == 'h' || text[0] == 'r')
         && (text[1] == '\0' || text[1] == '(' || text[1] == '/');
}

static gboolean
parse_question_mark (BaristaCronField *self,
                     BaristaCronPlace place,
                     const char *text,
                     GError **error)
{
  if (!g_str_equal (text, "?") || (place != BARISTA_CRON_DAY && place != BARISTA_CRON_WEEKDAY))
    return fail (place, text, error);

  self->oddities |= BARISTA_CRON_SPECIAL;
  return self->any = TRUE;
}

static gboolean
parse_list (BaristaCronField *self,
            BaristaCronPlace place,
            guint n_fields,
            const char *text,
            GError **error)
{
  g_auto (GStrv) terms = g_strsplit (text, ",", -1);

  for (guint i = 0; terms[i] != NULL; i++)
    if (!barista_cron_term_parse (self, place, n_fields, terms[i])
        || (self->nearest != 0 && terms[1] != NULL))
      return fail (place, terms[i], error);

  return TRUE;
}

/**
 * barista_cron_field_parse:
 * @self: (out caller-allocates): the field
 * @place: which field it is
 * @n_fields: how many the expression has
 * @text: the field's text in lower case, without blanks
 *
 * Returns: FALSE with a `BARISTA_SCHEDULE_ERROR` that names the field and its part
 */
gboolean
barista_cron_field_parse (BaristaCronField *self,
                          BaristaCronPlace place,
                          guint n_fields,
                          const char *text,
                          GError **error)
{
  memset (self, 0, sizeof *self);

  if (is_random (text))
    {
      g_set_error (error, BARISTA_SCHEDULE_ERROR, BARISTA_SCHEDULE_ERROR_RANDOM,
                   _ ("%s: “%s” stands for a time that can't be foretold; name one"),
                   barista_cron_place_name (place), text);
      return FALSE;
    }
  if (strchr (text, '?') != NULL)
    return parse_question_mark (self, place, text, error);

  return parse_list (self, place, n_fields, text, error);
}

gboolean
barista_cron_field_has (const BaristaCronField *self, BaristaCronPlace place, guint value)
{
  guint i = value - places[place].min;

  return self->any || (i < BARISTA_CRON_VALUES_MAX && self->has[i]);
}

gboolean
barista_cron_field_has_nth (const BaristaCronField *self)
{
  for (guint i = 0; i < G_N_ELEMENTS (self->nth); i++)
    if (self->nth[i] != 0)
      return TRUE;

  return FALSE;
}

/* How many things the field names: its values, `*` and `L`. */
guint
barista_cron_field_count (const BaristaCronField *self)
{
  guint n = (self->any ? 1 : 0) + (self->last ? 1 : 0);

  for (guint i = 0; i < BARISTA_CRON_VALUES_MAX; i++)
    n += self->has[i];

  return n;
}
