/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "barista-cell-private.h"

#include "barista-avro-datum.h"

#include <string.h>

/* What is spelled out of one cell: nobody reads more of it in a table. */
#define MOST_CHARACTERS 200
#define MOST_JSON (64 * 1024)

/* Control characters would tear a row apart. */
static void
append_cut (GString *text, const char *characters, gsize length)
{
  const char *end = characters + length;

  for (guint i = 0; characters < end; i++)
    {
      gunichar character = g_utf8_get_char_validated (characters, end - characters);

      if (i == MOST_CHARACTERS)
        {
          g_string_append (text, "…");
          return;
        }
      if (character == (gunichar) -1 || character == (gunichar) -2)
        {
          g_string_append_unichar (text, 0xfffd);
          characters++;
          continue;
        }
      g_string_append_unichar (text, g_unichar_iscntrl (character) ? ' ' : character);
      characters = g_utf8_next_char (characters);
    }
}

static void
append_json (GString *text, BaristaAvroValue value)
{
  const guint8 *end = barista_avro_datum_skip (value.node, value.data, value.end);
  g_autoptr (GString) json = g_string_new (NULL);

  if (end - value.data > MOST_JSON || !barista_avro_value_append_json (value, json))
    {
      g_autofree char *size = g_format_size ((guint64) (end - value.data));

      g_string_append_printf (text, "… (%s)", size);
      return;
    }

  append_cut (text, json->str, json->len);
}

static gboolean
append_time (const BaristaCellType *type, const BaristaDatum *datum, GString *text)
{
  BaristaInstant instant;
  gint64 days;

  if (type->kind == BARISTA_CELL_DATE
      && barista_date_read (type, datum, &days) == BARISTA_REJECTION_NONE)
    {
      barista_date_append (text, days);
      return TRUE;
    }
  if (type->kind == BARISTA_CELL_DATETIME
      && barista_datetime_read (type, datum, &instant) == BARISTA_REJECTION_NONE)
    {
      barista_datetime_append (text, &instant, type->precision);
      return TRUE;
    }

  return FALSE;
}

/* A Decimal keeps its scale, whatever number of digits came. */
static void
append_decimal (const BaristaCellType *type, const char *digits, gsize length, GString *text)
{
  const char *point = memchr (digits, '.', length);
  gsize whole = point != NULL ? (gsize) (point - digits) : length;
  gsize behind = point != NULL ? length - whole - 1 : 0;

  g_string_append_len (text, digits, (gssize) whole);
  if (type->scale == 0)
    return;

  g_string_append_c (text, '.');
  g_string_append_len (text, point != NULL ? point + 1 : "", (gssize) MIN (behind, type->scale));
  for (gsize i = behind; i < type->scale; i++)
    g_string_append_c (text, '0');
}

static gboolean
append_number (const BaristaCellType *type, const BaristaDatum *datum, GString *text)
{
  char digits[400];

  if (type->kind == BARISTA_CELL_INTEGER && datum->kind == BARISTA_DATUM_BOOLEAN)
    g_string_append (text, datum->whole ? "1" : "0");
  else if (type->kind == BARISTA_CELL_INTEGER && datum->kind == BARISTA_DATUM_REAL)
    g_string_append (text, g_ascii_formatd (digits, sizeof digits, "%.0f", datum->real));
  else if (type->kind == BARISTA_CELL_BOOL)
    g_string_append (text, datum->whole ? "true" : "false");
  else if (type->kind == BARISTA_CELL_DECIMAL)
    {
      const char *spelled = datum->text;
      gsize length = datum->length;

      if (datum->kind == BARISTA_DATUM_DIGITS)
        spelled = datum->digits;
      else if (datum->kind == BARISTA_DATUM_REAL)
        spelled = g_ascii_formatd (digits, sizeof digits, "%.12f", datum->real);
      else if (datum->kind == BARISTA_DATUM_WHOLE)
        {
          g_snprintf (digits, sizeof digits, "%" G_GINT64_FORMAT, datum->whole);
          spelled = digits;
        }
      if (spelled != datum->text)
        length = strlen (spelled);
      append_decimal (type, spelled, length, text);
    }
  else
    return FALSE;

  return TRUE;
}

/* As it was sent. */
static void
append_plain (const BaristaDatum *datum, GString *text)
{
  if (datum->kind == BARISTA_DATUM_TEXT)
    append_cut (text, datum->text, datum->length);
  else if (datum->kind == BARISTA_DATUM_DIGITS && *datum->digits != '\0')
    g_string_append (text, datum->digits);
  else
    append_json (text, datum->value);
}

/**
 * barista_cell_append_text:
 * @type: a column's type
 * @value: what the document holds there; %BARISTA_NO_VALUE: nothing
 * @text: gets the text
 *
 * Spells a value as the column would show it: dates and times as such, decimals with their scale.
 * What the column would reject is spelled as it was sent. Cut at 200 characters.
 */
void
barista_cell_append_text (const BaristaCellType *type, BaristaAvroValue value, GString *text)
{
  BaristaDatum datum;

  if (value.node == NULL)
    return;

  barista_datum_init (&datum, value);
  if (datum.kind == BARISTA_DATUM_NULL)
    {
      g_string_append (text, "NULL");
      return;
    }
  if (barista_cell_judge (type, value) == BARISTA_REJECTION_NONE
      && (append_time (type, &datum, text) || append_number (type, &datum, text)))
    return;

  append_plain (&datum, text);
}
