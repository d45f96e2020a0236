/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "barista-cell-private.h"

#include <math.h>
#include <string.h>

/* Bytes of the largest Decimal's unscaled number. */
#define MAX_UNSCALED 32

/* The largest value of each width, without and with a sign; the smallest is one further. */
static const struct
{
  guint bits;
  const char *with_sign;
  const char *without;
} limits[] = {
  { 8, "127", "255" },
  { 16, "32767", "65535" },
  { 32, "2147483647", "4294967295" },
  { 64, "9223372036854775807", "18446744073709551615" },
  { 128, "170141183460469231731687303715884105727", "340282366920938463463374607431768211455" },
  { 256, "57896044618658097711785492504343953926634992332820282019728792003956564819967",
    "115792089237316195423570985008687907853269984665640564039457584007913129639935" },
};

/* A number as its text has it: -, digits before the point, digits behind it. */
typedef struct
{
  gboolean negative;
  const char *whole; /* without zeros in front; none for 0.5 */
  gsize whole_length;
  const char *fraction; /* without zeros at the end */
  gsize fraction_length;
} Number;

static gsize
count_digits (const char *text, gsize length)
{
  gsize n = 0;

  while (n < length && g_ascii_isdigit (text[n]))
    n++;
  return n;
}

/* FALSE: something else than a plain decimal number, such as "", "1e5" or " 1". */
static gboolean
read_number (const char *text, gsize length, Number *number)
{
  gsize sign = length > 0 && (*text == '-' || *text == '+') ? 1 : 0;
  gsize behind;

  *number = (Number) { .negative = sign == 1 && *text == '-', .whole = text + sign };
  number->whole_length = count_digits (number->whole, length - sign);
  behind = sign + number->whole_length;
  if (behind < length && text[behind] == '.')
    {
      number->fraction = text + ++behind;
      number->fraction_length = count_digits (number->fraction, length - behind);
      behind += number->fraction_length;
    }
  if (behind != length || number->whole_length + number->fraction_length == 0)
    return FALSE;

  while (number->whole_length > 0 && *number->whole == '0')
    {
      number->whole++;
      number->whole_length--;
    }
  while (number->fraction_length > 0 && number->fraction[number->fraction_length - 1] == '0')
    number->fraction_length--;
  return TRUE;
}

/* Adds one to the last digit; no limit ends in a 9. */
static gboolean
is_at_most (const char *digits, gsize length, const char *limit, gboolean one_more)
{
  gsize limit_length = strlen (limit);
  int order;

  if (length != limit_length)
    return length < limit_length;

  order = memcmp (digits, limit, length - 1);
  return order < 0 || (order == 0 && digits[length - 1] <= limit[length - 1] + (one_more ? 1 : 0));
}

static gboolean
fits_width (const BaristaCellType *type, const Number *number)
{
  for (guint i = 0; i < G_N_ELEMENTS (limits); i++)
    if (limits[i].bits == type->bits)
      {
        const char *limit = type->is_unsigned ? limits[i].without : limits[i].with_sign;

        if (type->is_unsigned && number->negative && number->whole_length > 0)
          return FALSE;
        return is_at_most (number->whole, number->whole_length, limit,
                           number->negative && !type->is_unsigned);
      }

  return TRUE;
}

static gboolean
whole_fits (const BaristaCellType *type, gint64 whole)
{
  if (type->is_unsigned)
    return whole >= 0 && (type->bits >= 64 || whole < G_GINT64_CONSTANT (1) << type->bits);
  if (type->bits >= 64)
    return TRUE;
  return whole >= -(G_GINT64_CONSTANT (1) << (type->bits - 1))
         && whole < G_GINT64_CONSTANT (1) << (type->bits - 1);
}

static BaristaRejection
judge_digits (const BaristaCellType *type, const char *text, gsize length)
{
  Number number;

  if (!read_number (text, length, &number))
    return BARISTA_REJECTION_TEXT;
  if (number.fraction_length > 0)
    return BARISTA_REJECTION_RANGE;
  return fits_width (type, &number) ? BARISTA_REJECTION_NONE : BARISTA_REJECTION_RANGE;
}

static BaristaRejection
judge_real (const BaristaCellType *type, double real)
{
  char digits[400];

  if (!isfinite (real) || real != floor (real) || fabs (real) > 1e300)
    return BARISTA_REJECTION_RANGE;

  g_ascii_formatd (digits, sizeof digits, "%.0f", real);
  return judge_digits (type, digits, strlen (digits));
}

/**
 * barista_integer_judge:
 * @type: an integer type
 * @datum: what is to be stored, not null
 *
 * Whole numbers must be in range, texts be whole numbers, 1.5 isn't cut. A boolean counts as 0 or 1.
 *
 * Returns: what stands against it
 */
BaristaRejection
barista_integer_judge (const BaristaCellType *type, const BaristaDatum *datum)
{
  switch (datum->kind)
    {
    case BARISTA_DATUM_BOOLEAN:
      return BARISTA_REJECTION_NONE;
    case BARISTA_DATUM_WHOLE:
      return whole_fits (type, datum->whole) ? BARISTA_REJECTION_NONE : BARISTA_REJECTION_RANGE;
    case BARISTA_DATUM_REAL:
      return judge_real (type, datum->real);
    case BARISTA_DATUM_DIGITS:
      return *datum->digits == '\0' ? BARISTA_REJECTION_RANGE
                                    : judge_digits (type, datum->digits, strlen (datum->digits));
    case BARISTA_DATUM_TEXT:
      return judge_digits (type, datum->text, datum->length);
    default:
      return BARISTA_REJECTION_KIND;
    }
}

static gboolean
is_real (const char *text, gsize length)
{
  g_autofree char *copy = NULL;
  char *end;

  if (length == 0 || length > 400 || memchr (text, '\0', length) != NULL || g_ascii_isspace (*text))
    return FALSE;

  copy = g_strndup (text, length);
  (void) g_ascii_strtod (copy, &end);
  return *end == '\0';
}

/**
 * barista_float_judge:
 * @type: Float32 or Float64
 * @datum: what is to be stored, not null
 *
 * Any number is taken, if need be with fewer digits; a text must be one.
 *
 * Returns: what stands against it
 */
BaristaRejection
barista_float_judge (const BaristaCellType *type, const BaristaDatum *datum)
{
  switch (datum->kind)
    {
    case BARISTA_DATUM_BOOLEAN:
    case BARISTA_DATUM_WHOLE:
    case BARISTA_DATUM_REAL:
    case BARISTA_DATUM_DIGITS:
      return BARISTA_REJECTION_NONE;
    case BARISTA_DATUM_TEXT:
      return is_real (datum->text, datum->length) ? BARISTA_REJECTION_NONE : BARISTA_REJECTION_TEXT;
    default:
      return BARISTA_REJECTION_KIND;
    }
}

static BaristaRejection
judge_decimal_digits (const BaristaCellType *type, const char *text, gsize length)
{
  Number number;

  if (!read_number (text, length, &number))
    return BARISTA_REJECTION_TEXT;
  return number.whole_length <= type->precision - type->scale ? BARISTA_REJECTION_NONE
                                                              : BARISTA_REJECTION_RANGE;
}

/**
 * barista_decimal_judge:
 * @type: a Decimal
 * @datum: what is to be stored, not null
 *
 * The digits before the point must have room; those behind it are cut to the scale.
 *
 * Returns: what stands against it
 */
BaristaRejection
barista_decimal_judge (const BaristaCellType *type, const BaristaDatum *datum)
{
  char digits[400];

  switch (datum->kind)
    {
    case BARISTA_DATUM_WHOLE:
      g_snprintf (digits, sizeof digits, "%" G_GINT64_FORMAT, datum->whole);
      return judge_decimal_digits (type, digits, strlen (digits));
    case BARISTA_DATUM_REAL:
      if (!isfinite (datum->real) || fabs (datum->real) > 1e300)
        return BARISTA_REJECTION_RANGE;
      g_ascii_formatd (digits, sizeof digits, "%.6f", datum->real);
      return judge_decimal_digits (type, digits, strlen (digits));
    case BARISTA_DATUM_DIGITS:
      return *datum->digits == '\0'
                 ? BARISTA_REJECTION_RANGE
                 : judge_decimal_digits (type, datum->digits, strlen (datum->digits));
    case BARISTA_DATUM_TEXT:
      return judge_decimal_digits (type, datum->text, datum->length);
    default:
      return BARISTA_REJECTION_KIND;
    }
}

/* Divides a big-endian number by ten in place; gives the remainder. */
static guint
divide_by_ten (guint8 *bytes, gsize length)
{
  guint rest = 0;

  for (gsize i = 0; i < length; i++)
    {
      guint part = rest << 8 | bytes[i];

      bytes[i] = (guint8) (part / 10);
      rest = part % 10;
    }

  return rest;
}

static void
negate (guint8 *bytes, gsize length)
{
  guint carry = 1;

  for (gsize i = length; i-- > 0;)
    {
      carry += (guint8) ~bytes[i];
      bytes[i] = (guint8) carry;
      carry >>= 8;
    }
}

static gboolean
is_zero (const guint8 *bytes, gsize length)
{
  while (length > 0 && bytes[length - 1] == 0)
    length--;
  return length == 0;
}

/**
 * barista_decimal_spell:
 * @bytes: an unscaled number, big-endian, two's complement: Avro's decimal
 * @length: its bytes
 * @scale: digits behind the point
 * @digits: (out caller-allocates): its text, such as "-12.50"; empty if it has more than 256 bits or
 *   more digits behind the point than a Decimal
 */
void
barista_decimal_spell (const guint8 *bytes,
                       gsize length,
                       guint scale,
                       char digits[static BARISTA_DIGITS_SIZE])
{
  guint8 number[MAX_UNSCALED];
  gboolean negative = length > 0 && bytes[0] >= 0x80;
  char *cursor = digits + BARISTA_DIGITS_SIZE - 1;
  guint count = 0;

  *digits = '\0';
  for (; length > MAX_UNSCALED; bytes++, length--)
    if (*bytes != (negative ? 0xff : 0))
      return;
  if (scale > 76)
    return;

  memcpy (number, bytes, length);
  if (negative)
    negate (number, length);

  *cursor = '\0';
  do
    {
      *--cursor = (char) ('0' + divide_by_ten (number, length));
      if (++count == scale)
        *--cursor = '.';
    }
  while (count <= scale || !is_zero (number, length));

  if (negative)
    *--cursor = '-';
  memmove (digits, cursor, strlen (cursor) + 1);
}
