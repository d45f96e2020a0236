/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "barista-cell-private.h"

#include <math.h>
#include <string.h>

#define DAY 86400

/* What the types reach, in days and seconds since 1970: Date has 16 bits of days, DateTime 32 bits
 * of seconds; Date32 and DateTime64 go from 1900 through 2299, with nine digits through 2262-04-11
 * (ClickHouse's reference of data types). */
#define DATE_LAST 65535
#define DATE32_FIRST (-25567)
#define DATE32_LAST 120529
#define DATETIME_LAST G_GINT64_CONSTANT (4294967295)
#define NANOSECONDS_LAST G_GINT64_CONSTANT (9223372036)

static const gint64 powers[] = { 1,      10,      100,      1000,      10000,
                                 100000, 1000000, 10000000, 100000000, 1000000000 };

/* Howard Hinnant's arithmetic of the Gregorian calendar: years that start in March. */
static gint64
days_from_date (gint64 year, guint month, guint day)
{
  gint64 era;
  guint year_of_era, day_of_year;

  year -= month <= 2 ? 1 : 0;
  era = (year >= 0 ? year : year - 399) / 400;
  year_of_era = (guint) (year - era * 400);
  day_of_year = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1;
  return era * 146097 + year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year
         - 719468;
}

static void
date_from_days (gint64 days, gint64 *year, guint *month, guint *day)
{
  gint64 shifted = days + 719468;
  gint64 era = (shifted >= 0 ? shifted : shifted - 146096) / 146097;
  guint day_of_era = (guint) (shifted - era * 146097);
  guint year_of_era = (day_of_era - day_of_era / 1460 + day_of_era / 36524 - day_of_era / 146096)
                      / 365;
  guint day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
  guint shifted_month = (5 * day_of_year + 2) / 153;

  *day = day_of_year - (153 * shifted_month + 2) / 5 + 1;
  *month = shifted_month < 10 ? shifted_month + 3 : shifted_month - 9;
  *year = year_of_era + era * 400 + (*month <= 2 ? 1 : 0);
}

static guint
days_in_month (gint64 year, guint month)
{
  static const guint8 days[] = { 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31 };
  gboolean leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;

  return month == 2 && leap ? 29 : days[month - 1];
}

typedef struct
{
  const char *cursor;
  const char *end;
} Text;

/* Exactly @count digits. */
static gboolean
take_number (Text *text, guint count, guint *number)
{
  *number = 0;
  for (guint i = 0; i < count; i++)
    {
      if (text->cursor == text->end || !g_ascii_isdigit (*text->cursor))
        return FALSE;
      *number = *number * 10 + (guint) (*text->cursor++ - '0');
    }

  return TRUE;
}

static gboolean
take_one_of (Text *text, const char *characters)
{
  if (text->cursor == text->end || strchr (characters, *text->cursor) == NULL)
    return FALSE;
  text->cursor++;
  return TRUE;
}

static gboolean
take_date (Text *text, gint64 *days)
{
  guint year, month, day;

  if (!take_number (text, 4, &year) || !take_one_of (text, "-") || !take_number (text, 2, &month)
      || !take_one_of (text, "-") || !take_number (text, 2, &day))
    return FALSE;
  if (month < 1 || month > 12 || day < 1 || day > days_in_month (year, month))
    return FALSE;

  *days = days_from_date (year, month, day);
  return TRUE;
}

/* Digits beyond the ninth are dropped. */
static gboolean
take_fraction (Text *text, guint32 *nanoseconds)
{
  guint count = 0;

  *nanoseconds = 0;
  if (!take_one_of (text, "."))
    return TRUE;
  while (text->cursor < text->end && g_ascii_isdigit (*text->cursor))
    {
      if (count < 9)
        *nanoseconds = *nanoseconds * 10 + (guint32) (*text->cursor - '0');
      text->cursor++;
      count++;
    }
  for (guint i = count; i < 9; i++)
    *nanoseconds *= 10;
  return count > 0;
}

static gboolean
take_clock (Text *text, BaristaInstant *instant)
{
  guint hour, minute, second = 0;

  if (!take_number (text, 2, &hour) || !take_one_of (text, ":") || !take_number (text, 2, &minute))
    return FALSE;
  if (take_one_of (text, ":")
      && (!take_number (text, 2, &second) || !take_fraction (text, &instant->nanoseconds)))
    return FALSE;

  instant->seconds += (gint64) hour * 3600 + minute * 60 + second;
  return hour < 24 && minute < 60 && second < 60;
}

/* Z, +02, +0200, +02:00 or nothing, which means UTC. */
static gboolean
take_zone (Text *text, BaristaInstant *instant)
{
  gboolean west = text->cursor < text->end && *text->cursor == '-';
  guint hours, minutes = 0;
  gint64 offset;

  if (take_one_of (text, "Zz") || !take_one_of (text, "+-"))
    return TRUE;
  if (!take_number (text, 2, &hours))
    return FALSE;
  if (text->cursor < text->end)
    {
      take_one_of (text, ":");
      if (!take_number (text, 2, &minutes))
        return FALSE;
    }

  offset = (gint64) hours * 3600 + minutes * 60;
  instant->seconds -= west ? -offset : offset;
  return hours < 24 && minutes < 60;
}

static gboolean
read_instant (const char *characters, gsize length, BaristaInstant *instant)
{
  Text text = { characters, characters + length };
  gint64 days;

  *instant = (BaristaInstant) { 0 };
  if (!take_date (&text, &days))
    return FALSE;

  instant->seconds = days * DAY;
  if (take_one_of (&text, "T ") && (!take_clock (&text, instant) || !take_zone (&text, instant)))
    return FALSE;
  return text.cursor == text.end;
}

/* Seconds as text, as ClickHouse's reader of times takes them beside dates. */
static gboolean
read_unix (const char *characters, gsize length, BaristaInstant *instant)
{
  Text text = { characters, characters + length };
  guint number;

  *instant = (BaristaInstant) { 0 };
  if (length < 9 || length > 10 || !take_number (&text, 9, &number))
    return FALSE;
  instant->seconds = number;
  if (length == 10 && take_number (&text, 1, &number))
    instant->seconds = instant->seconds * 10 + number;
  return text.cursor == text.end;
}

/**
 * barista_date_read:
 * @type: Date or Date32
 * @datum: what is to be stored, not null
 * @days: (out): the date
 *
 * A number counts days; a text is a date, maybe with a time behind it.
 *
 * Returns: what stands against it
 */
BaristaRejection
barista_date_read (const BaristaCellType *type, const BaristaDatum *datum, gint64 *days)
{
  BaristaInstant instant;

  *days = 0;
  if (datum->kind == BARISTA_DATUM_TEXT)
    {
      if (!read_instant (datum->text, datum->length, &instant))
        return BARISTA_REJECTION_TEXT;
      *days = (instant.seconds - (instant.seconds < 0 ? DAY - 1 : 0)) / DAY;
    }
  else if (datum->kind == BARISTA_DATUM_WHOLE)
    *days = datum->whole;
  else
    return BARISTA_REJECTION_KIND;

  if (type->bits == 16)
    return *days >= 0 && *days <= DATE_LAST ? BARISTA_REJECTION_NONE : BARISTA_REJECTION_RANGE;
  return *days >= DATE32_FIRST && *days <= DATE32_LAST ? BARISTA_REJECTION_NONE
                                                       : BARISTA_REJECTION_RANGE;
}

static gboolean
is_in_reach (const BaristaCellType *type, gint64 seconds)
{
  if (type->seconds)
    return seconds >= 0 && seconds <= DATETIME_LAST;
  return seconds >= (gint64) DATE32_FIRST * DAY
         && seconds < (type->precision == 9 ? NANOSECONDS_LAST : ((gint64) DATE32_LAST + 1) * DAY);
}

static void
split_ticks (gint64 ticks, guint digits, BaristaInstant *instant)
{
  gint64 rest = ticks % powers[digits];

  instant->seconds = ticks / powers[digits];
  if (rest < 0)
    {
      rest += powers[digits];
      instant->seconds--;
    }
  instant->nanoseconds = (guint32) (rest * powers[9 - digits]);
}

static gboolean
split_real (double real, BaristaInstant *instant)
{
  double whole = floor (real);

  if (!isfinite (real) || fabs (real) > 1e12)
    return FALSE;
  instant->seconds = (gint64) whole;
  instant->nanoseconds = (guint32) ((real - whole) * 1e9);
  return TRUE;
}

/**
 * barista_datetime_read:
 * @type: DateTime or DateTime64
 * @datum: what is to be stored, not null
 * @instant: (out): the time
 *
 * A whole number counts units of the type's last digit, whatever its logical type says: microseconds
 * end in the year 9999 of a DateTime64(3) (judges.md, ran on ClickHouse). A text is a date and a
 * time.
 *
 * Returns: what stands against it
 */
BaristaRejection
barista_datetime_read (const BaristaCellType *type,
                       const BaristaDatum *datum,
                       BaristaInstant *instant)
{
  *instant = (BaristaInstant) { 0 };
  switch (datum->kind)
    {
    case BARISTA_DATUM_TEXT:
      if (!read_instant (datum->text, datum->length, instant)
          && !read_unix (datum->text, datum->length, instant))
        return BARISTA_REJECTION_TEXT;
      break;
    case BARISTA_DATUM_WHOLE:
      split_ticks (datum->whole, type->precision, instant);
      break;
    case BARISTA_DATUM_REAL:
      if (!split_real (datum->real, instant))
        return BARISTA_REJECTION_RANGE;
      break;
    default:
      return BARISTA_REJECTION_KIND;
    }

  return is_in_reach (type, instant->seconds) ? BARISTA_REJECTION_NONE : BARISTA_REJECTION_RANGE;
}

/* Appends "2026-11-21". */
void
barista_date_append (GString *text, gint64 days)
{
  gint64 year;
  guint month, day;

  date_from_days (days, &year, &month, &day);
  g_string_append_printf (text, "%04" G_GINT64_FORMAT "-%02u-%02u", year, month, day);
}

/* Appends "2026-11-21 10:00:00.250", with @digits of the second, at most nine. */
void
barista_datetime_append (GString *text, const BaristaInstant *instant, guint digits)
{
  gint64 days = instant->seconds / DAY;
  gint64 rest = instant->seconds % DAY;

  if (rest < 0)
    {
      rest += DAY;
      days--;
    }
  barista_date_append (text, days);
  g_string_append_printf (text, " %02d:%02d:%02d", (int) (rest / 3600), (int) (rest / 60 % 60),
                          (int) (rest % 60));
  if (digits > 0)
    g_string_append_printf (text, ".%0*u", (int) digits,
                            (guint) (instant->nanoseconds / powers[9 - digits]));
}
