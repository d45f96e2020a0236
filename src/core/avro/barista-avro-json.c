/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <string.h>

#include "barista-avro-value.h"
#include "barista-json-text.h"

typedef void (*AppendFunc) (BaristaAvroValue value, GString *json, gsize most);

static void
append_null (BaristaAvroValue value, GString *json, gsize most)
{
  g_string_append (json, "null");
}

static void
append_boolean (BaristaAvroValue value, GString *json, gsize most)
{
  g_string_append (json, barista_avro_value_get_boolean (value) ? "true" : "false");
}

static void
append_long (BaristaAvroValue value, GString *json, gsize most)
{
  g_string_append_printf (json, "%" G_GINT64_FORMAT, barista_avro_value_get_long (value));
}

/* JSON has no word for them. */
static gboolean
append_if_not_finite (GString *json, double number)
{
  if (isfinite (number))
    return FALSE;

  g_string_append (json, isnan (number) ? "\"NaN\""
                         : number > 0   ? "\"Infinity\""
                                        : "\"-Infinity\"");
  return TRUE;
}

/* Tells a number with a fraction from a whole one, even where the fraction is 0. */
static void
append_number (GString *json, const char *digits)
{
  g_string_append (json, digits);
  if (strpbrk (digits, ".e") == NULL)
    g_string_append (json, ".0");
}

static void
append_float (BaristaAvroValue value, GString *json, gsize most)
{
  static const char *const formats[] = { "%.6g", "%.7g", "%.8g", "%.9g" };
  float number = (float) barista_avro_value_get_double (value);
  char digits[G_ASCII_DTOSTR_BUF_SIZE];
  guint i = 0;

  if (append_if_not_finite (json, number))
    return;

  do
    g_ascii_formatd (digits, sizeof digits, formats[i++], number);
  while (i < G_N_ELEMENTS (formats) && (float) g_ascii_strtod (digits, NULL) != number);

  append_number (json, digits);
}

static void
append_double (BaristaAvroValue value, GString *json, gsize most)
{
  static const char *const formats[] = { "%.15g", "%.16g", "%.17g" };
  double number = barista_avro_value_get_double (value);
  char digits[G_ASCII_DTOSTR_BUF_SIZE];
  guint i = 0;

  if (append_if_not_finite (json, number))
    return;

  do
    g_ascii_formatd (digits, sizeof digits, formats[i++], number);
  while (i < G_N_ELEMENTS (formats) && g_ascii_strtod (digits, NULL) != number);

  append_number (json, digits);
}

static void
append_string (BaristaAvroValue value, GString *json, gsize most)
{
  gsize length;
  const guint8 *text = barista_avro_value_get_bytes (value, &length);

  barista_json_append_string (json, (const char *) text, (gssize) length);
}

/* A byte is the character of its number: Avro's own JSON encoding. */
static void
append_bytes (BaristaAvroValue value, GString *json, gsize most)
{
  g_autoptr (GString) text = g_string_new (NULL);
  gsize length;
  const guint8 *bytes = barista_avro_value_get_bytes (value, &length);

  for (gsize i = 0; i < length; i++)
    g_string_append_unichar (text, bytes[i]);

  barista_json_append_string (json, text->str, (gssize) text->len);
}

static void
append_symbol (BaristaAvroValue value, GString *json, gsize most)
{
  g_autofree char *symbol = barista_avro_value_dup_string (value);

  barista_json_append_string (json, symbol, -1);
}

static void append_value (BaristaAvroValue value, GString *json, gsize most);

/* All parts, with their keys if they have some; none any more once @json is longer than @most. */
static void
append_parts (BaristaAvroValue value, GString *json, gsize most)
{
  BaristaAvroIter iter;
  BaristaAvroValue part;
  const char *key;
  gsize key_length;

  barista_avro_iter_init (&iter, value);
  while (json->len <= most && barista_avro_iter_next (&iter, &key, &key_length, &part))
    {
      if (iter.index > 0)
        g_string_append_c (json, ',');
      if (key != NULL)
        {
          barista_json_append_string (json, key, (gssize) key_length);
          g_string_append_c (json, ':');
        }
      append_value (part, json, most);
    }
}

static void
append_object (BaristaAvroValue value, GString *json, gsize most)
{
  g_string_append_c (json, '{');
  append_parts (value, json, most);
  g_string_append_c (json, '}');
}

static void
append_array (BaristaAvroValue value, GString *json, gsize most)
{
  g_string_append_c (json, '[');
  append_parts (value, json, most);
  g_string_append_c (json, ']');
}

static const AppendFunc append_funcs[] = {
  [BARISTA_AVRO_NULL] = append_null,     [BARISTA_AVRO_BOOLEAN] = append_boolean,
  [BARISTA_AVRO_INT] = append_long,      [BARISTA_AVRO_LONG] = append_long,
  [BARISTA_AVRO_FLOAT] = append_float,   [BARISTA_AVRO_DOUBLE] = append_double,
  [BARISTA_AVRO_BYTES] = append_bytes,   [BARISTA_AVRO_STRING] = append_string,
  [BARISTA_AVRO_RECORD] = append_object, [BARISTA_AVRO_ENUM] = append_symbol,
  [BARISTA_AVRO_ARRAY] = append_array,   [BARISTA_AVRO_MAP] = append_object,
  [BARISTA_AVRO_FIXED] = append_bytes,
};

static void
append_value (BaristaAvroValue value, GString *json, gsize most)
{
  value = barista_avro_value_resolve (value);
  append_funcs[value.node->type](value, json, most);
}

gboolean
barista_avro_value_append_json (BaristaAvroValue self, GString *json)
{
  gsize start = json->len;
  gsize most = start + BARISTA_AVRO_JSON_MAX;

  append_value (self, json, most);
  if (json->len <= most)
    return TRUE;

  g_string_truncate (json, start);
  return FALSE;
}
