/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "barista-cron-field.h"

#include <string.h>

/* Larger numbers are kept as this: out of every field, and a step beyond every field. */
#define NUMBER_MAX 100000

#define LAST_NTH 0

typedef struct
{
  BaristaCronField *field;
  BaristaCronPlace place;
  guint n_fields;
  guint min;
  guint max;
  int nth; /* of the term: 1 to 5, LAST_NTH, -1 = none */
} Term;

static gboolean
read_number (const char *text, guint *number)
{
  *number = 0;
  if (*text == '\0')
    return FALSE;

  for (; g_ascii_isdigit (*text); text++)
    *number = MIN (*number * 10 + (guint) (*text - '0'), NUMBER_MAX);

  return *text == '\0';
}

/* 7 is Sunday too, day 0 is the first; but, as croniter has it, only beside so many fields. */
static guint
resolve_alias (const Term *term, guint value)
{
  if (term->place == BARISTA_CRON_WEEKDAY && term->n_fields == 5 && value == 7)
    return 0;
  if (term->place == BARISTA_CRON_DAY && term->n_fields == 6 && value == 0)
    return 1;

  return value;
}

static gboolean
read_value (const Term *term, const char *text, guint *value)
{
  if (!read_number (text, value) && !barista_cron_place_find_name (term->place, text, value))
    return FALSE;

  *value = resolve_alias (term, *value);
  return *value <= term->max;
}

static gboolean
add_value (Term *term, guint value)
{
  if (value < term->min || value > term->max)
    return FALSE;

  term->field->has[value - term->min] = TRUE;
  if (term->nth >= 0)
    term->field->nth[value] |= (guint8) (1 << term->nth);
  return TRUE;
}

static gboolean
add_range (Term *term, guint low, guint high, guint step)
{
  if (step > high - low)
    term->field->oddities |= BARISTA_CRON_LONG_STEP;

  for (guint value = low; value <= high; value += step)
    if (!add_value (term, value))
      return FALSE;

  return TRUE;
}

/* "22-2/3": to the end of the field, then on from its start. How many values the start leaves out
 * is croniter's way to count, which isn't always the step. */
static gboolean
add_wrapping (Term *term, guint low, guint high, guint step)
{
  guint size = term->max - term->min + 1;
  guint end = low + (term->max - low) / step * step;
  guint skip = end - term->min + step > size ? step - (term->max - end) : 0;

  if (step > 1)
    term->field->oddities |= BARISTA_CRON_WRAPS;

  for (guint value = low; value <= end; value += step)
    if (!add_value (term, value))
      return FALSE;
  for (guint value = term->min + skip; value <= high; value += step)
    if (!add_value (term, value))
      return FALSE;

  return TRUE;
}

static gboolean
add_span (Term *term, guint low, guint high, guint step)
{
  if (step == 0)
    return FALSE;
  if (low > high)
    return add_wrapping (term, low, high, step);
  if (low < high)
    return add_range (term, low, high, step);

  /* "5-5" and "59/15" are the whole field. */
  term->field->oddities |= BARISTA_CRON_WHOLE_RANGE;
  return add_range (term, term->min, term->max, step);
}

/* LOW-HIGH, LOW-HIGH/STEP, LOW/STEP and star/STEP; @dash and @slash point into the text or are NULL. */
static gboolean
parse_span (Term *term, char *text, char *dash, char *slash)
{
  guint low, high = term->max, step = 1;

  if (dash != NULL)
    *dash = '\0';
  if (slash != NULL)
    *slash = '\0';

  if (slash != NULL && !read_number (slash + 1, &step))
    return FALSE;
  if (dash == NULL && g_str_equal (text, "*"))
    low = term->min;
  else if (!read_value (term, text, &low))
    return FALSE;
  if (dash != NULL && term->place == BARISTA_CRON_DAY && g_str_equal (dash + 1, "l"))
    term->field->oddities |= BARISTA_CRON_SPECIAL;
  else if (dash != NULL && !read_value (term, dash + 1, &high))
    return FALSE;

  return add_span (term, low, high, step);
}

static gboolean
parse_plain (Term *term, char *text)
{
  char *dash = strchr (text, '-');
  char *slash = strchr (text, '/');
  guint value;

  if (dash != NULL && slash != NULL && slash < dash)
    return FALSE;
  if (dash != NULL || slash != NULL)
    return parse_span (term, text, dash, slash);
  if (g_str_equal (text, "*"))
    return term->field->any = TRUE;
  if (term->place == BARISTA_CRON_DAY && g_str_equal (text, "l"))
    {
      term->field->oddities |= BARISTA_CRON_SPECIAL;
      return term->field->last = TRUE;
    }

  return read_value (term, text, &value) && add_value (term, value);
}

/* "5#3", "mon-fri#1": the left side is one value, or two names with a dash. */
static gboolean
parse_nth (Term *term, char *text, char *hash)
{
  char *dash;
  guint nth;

  *hash = '\0';
  if (!read_number (hash + 1, &nth) || nth < 1 || nth > BARISTA_CRON_NTH_MAX
      || strchr (text, '/') != NULL || g_str_equal (text, "*"))
    return FALSE;

  dash = strchr (text, '-');
  if (dash != NULL && (g_ascii_isdigit (text[0]) || g_ascii_isdigit (dash[1])))
    return FALSE;

  term->nth = (int) nth;
  return parse_plain (term, text);
}

static gboolean
parse_weekday (Term *term, char *text)
{
  char *hash = strchr (text, '#');
  guint number;

  if (hash != NULL)
    {
      term->field->oddities |= BARISTA_CRON_SPECIAL;
      return parse_nth (term, text, hash);
    }
  if (text[0] == 'l' && read_number (text + 1, &number))
    {
      term->field->oddities |= BARISTA_CRON_SPECIAL;
      term->nth = LAST_NTH;
      text++;
    }

  return parse_plain (term, text);
}

/* "15w" or "w15". */
static gboolean
read_nearest (const char *text, guint *day)
{
  gsize length = strlen (text);
  g_autofree char *number = NULL;

  if (length < 2 || (text[0] != 'w' && text[length - 1] != 'w'))
    return FALSE;

  number = text[0] == 'w' ? g_strdup (text + 1) : g_strndup (text, length - 1);
  return read_number (number, day);
}

static gboolean
parse_day (Term *term, char *text)
{
  guint day;

  if (!read_nearest (text, &day))
    return parse_plain (term, text);
  if (!add_value (term, day))
    return FALSE;

  term->field->nearest = day;
  term->field->oddities |= BARISTA_CRON_SPECIAL;
  return TRUE;
}

/**
 * barista_cron_term_parse:
 * @field: what the term is added to
 * @place: which field it is
 * @n_fields: how many the expression has; some values mean other things beside more fields
 * @term: one part of a list, in lower case
 *
 * Reads one part of a field: `*`, `5`, `mon`, `1-5`, `22-2`, `10/5`, `1-30/2`, `l`, `15w`, `5#3`, `l5`.
 *
 * Returns: whether it can be read
 */
gboolean
barista_cron_term_parse (BaristaCronField *field,
                         BaristaCronPlace place,
                         guint n_fields,
                         const char *term)
{
  g_autofree char *text = g_strdup (term);
  Term self = { .field = field,
                .place = place,
                .n_fields = n_fields,
                .min = barista_cron_place_min (place),
                .max = barista_cron_place_max (place),
                .nth = -1 };

  if (place == BARISTA_CRON_WEEKDAY)
    return parse_weekday (&self, text);
  if (place == BARISTA_CRON_DAY)
    return parse_day (&self, text);

  return parse_plain (&self, text);
}
