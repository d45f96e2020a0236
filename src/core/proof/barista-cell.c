/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "barista-cell-private.h"

#include <gio/gio.h>
#include <string.h>

/* Reads an Avro value as a JSON value, as the connector does (tinybird.md 7). */
void
barista_datum_init (BaristaDatum *self, BaristaAvroValue value)
{
  static const BaristaDatumKind kinds[] = {
    [BARISTA_AVRO_NULL] = BARISTA_DATUM_NULL,     [BARISTA_AVRO_BOOLEAN] = BARISTA_DATUM_BOOLEAN,
    [BARISTA_AVRO_INT] = BARISTA_DATUM_WHOLE,     [BARISTA_AVRO_LONG] = BARISTA_DATUM_WHOLE,
    [BARISTA_AVRO_FLOAT] = BARISTA_DATUM_REAL,    [BARISTA_AVRO_DOUBLE] = BARISTA_DATUM_REAL,
    [BARISTA_AVRO_BYTES] = BARISTA_DATUM_BYTES,   [BARISTA_AVRO_STRING] = BARISTA_DATUM_TEXT,
    [BARISTA_AVRO_RECORD] = BARISTA_DATUM_OBJECT, [BARISTA_AVRO_ENUM] = BARISTA_DATUM_TEXT,
    [BARISTA_AVRO_ARRAY] = BARISTA_DATUM_LIST,    [BARISTA_AVRO_MAP] = BARISTA_DATUM_OBJECT,
    [BARISTA_AVRO_FIXED] = BARISTA_DATUM_BYTES,
  };
  const guint8 *bytes;

  value = barista_avro_value_resolve (value);
  self->kind = kinds[value.node->type];
  self->logical = value.node->logical;
  self->value = value;

  switch (value.node->type)
    {
    case BARISTA_AVRO_BOOLEAN:
      self->whole = barista_avro_value_get_boolean (value);
      break;
    case BARISTA_AVRO_INT:
    case BARISTA_AVRO_LONG:
      self->whole = barista_avro_value_get_long (value);
      break;
    case BARISTA_AVRO_FLOAT:
    case BARISTA_AVRO_DOUBLE:
      self->real = barista_avro_value_get_double (value);
      break;
    case BARISTA_AVRO_ENUM:
      self->text = value.node->symbols[barista_avro_value_get_long (value)];
      self->length = strlen (self->text);
      break;
    case BARISTA_AVRO_STRING:
      self->text = (const char *) barista_avro_value_get_bytes (value, &self->length);
      break;
    case BARISTA_AVRO_BYTES:
    case BARISTA_AVRO_FIXED:
      bytes = barista_avro_value_get_bytes (value, &self->length);
      self->text = (const char *) bytes;
      if (self->logical == BARISTA_AVRO_DECIMAL)
        {
          self->kind = BARISTA_DATUM_DIGITS;
          barista_decimal_spell (bytes, self->length, value.node->scale, self->digits);
        }
      break;
    default:
      break;
    }
}

static BaristaRejection
judge_anything (const BaristaCellType *type, const BaristaDatum *datum)
{
  return BARISTA_REJECTION_NONE;
}

static BaristaRejection
judge_fixed_string (const BaristaCellType *type, const BaristaDatum *datum)
{
  if (datum->kind != BARISTA_DATUM_TEXT && datum->kind != BARISTA_DATUM_BYTES)
    return BARISTA_REJECTION_NONE; /* the JSON text of a number; not worth a warning */
  return datum->length <= type->size ? BARISTA_REJECTION_NONE : BARISTA_REJECTION_LENGTH;
}

/* "true" in quotes is refused by ClickHouse's reader of JSON (judges.md, ran). */
static BaristaRejection
judge_bool (const BaristaCellType *type, const BaristaDatum *datum)
{
  if (datum->kind == BARISTA_DATUM_BOOLEAN)
    return BARISTA_REJECTION_NONE;
  if (datum->kind == BARISTA_DATUM_WHOLE)
    return datum->whole == 0 || datum->whole == 1 ? BARISTA_REJECTION_NONE
                                                  : BARISTA_REJECTION_RANGE;
  return datum->kind == BARISTA_DATUM_TEXT ? BARISTA_REJECTION_TEXT : BARISTA_REJECTION_KIND;
}

static BaristaRejection
judge_date (const BaristaCellType *type, const BaristaDatum *datum)
{
  gint64 ignored;

  return barista_date_read (type, datum, &ignored);
}

static BaristaRejection
judge_datetime (const BaristaCellType *type, const BaristaDatum *datum)
{
  BaristaInstant ignored;

  return barista_datetime_read (type, datum, &ignored);
}

static BaristaRejection
judge_uuid (const BaristaCellType *type, const BaristaDatum *datum)
{
  char text[40];

  if (datum->kind != BARISTA_DATUM_TEXT)
    return BARISTA_REJECTION_KIND;
  if (datum->length != 36)
    return BARISTA_REJECTION_TEXT;

  g_snprintf (text, sizeof text, "%.36s", datum->text);
  return g_uuid_string_is_valid (text) ? BARISTA_REJECTION_NONE : BARISTA_REJECTION_TEXT;
}

static BaristaRejection
judge_address (const BaristaCellType *type, const BaristaDatum *datum)
{
  g_autofree char *text = NULL;
  g_autoptr (GInetAddress) address = NULL;

  if (datum->kind != BARISTA_DATUM_TEXT)
    return BARISTA_REJECTION_KIND;

  text = g_strndup (datum->text, datum->length);
  address = g_inet_address_new_from_string (text);
  if (address == NULL)
    return BARISTA_REJECTION_TEXT;
  if (type->bits == 32 && g_inet_address_get_family (address) != G_SOCKET_FAMILY_IPV4)
    return BARISTA_REJECTION_TEXT;
  return BARISTA_REJECTION_NONE;
}

static BaristaRejection
judge_parts (const BaristaCellType *type, const BaristaDatum *datum, BaristaDatumKind kind)
{
  BaristaRejection rejection = BARISTA_REJECTION_NONE;
  BaristaAvroIter iter;
  BaristaAvroValue part;

  if (datum->kind != kind)
    return BARISTA_REJECTION_KIND;

  barista_avro_iter_init (&iter, datum->value);
  while (rejection == BARISTA_REJECTION_NONE && barista_avro_iter_next (&iter, NULL, NULL, &part))
    rejection = barista_cell_judge (type->inner, part);

  return rejection;
}

static BaristaRejection
judge_array (const BaristaCellType *type, const BaristaDatum *datum)
{
  return judge_parts (type, datum, BARISTA_DATUM_LIST);
}

static BaristaRejection
judge_map (const BaristaCellType *type, const BaristaDatum *datum)
{
  return judge_parts (type, datum, BARISTA_DATUM_OBJECT);
}

static BaristaRejection
judge_json (const BaristaCellType *type, const BaristaDatum *datum)
{
  return datum->kind == BARISTA_DATUM_OBJECT ? BARISTA_REJECTION_NONE : BARISTA_REJECTION_KIND;
}

static BaristaRejection (*const judges[]) (const BaristaCellType *, const BaristaDatum *) = {
  [BARISTA_CELL_STRING] = judge_anything,
  [BARISTA_CELL_FIXED_STRING] = judge_fixed_string,
  [BARISTA_CELL_INTEGER] = barista_integer_judge,
  [BARISTA_CELL_FLOAT] = barista_float_judge,
  [BARISTA_CELL_DECIMAL] = barista_decimal_judge,
  [BARISTA_CELL_BOOL] = judge_bool,
  [BARISTA_CELL_DATE] = judge_date,
  [BARISTA_CELL_DATETIME] = judge_datetime,
  [BARISTA_CELL_UUID] = judge_uuid,
  [BARISTA_CELL_ADDRESS] = judge_address,
  [BARISTA_CELL_ARRAY] = judge_array,
  [BARISTA_CELL_MAP] = judge_map,
  [BARISTA_CELL_JSON] = judge_json,
};

/**
 * barista_cell_judge:
 * @type: a column's type; its default is the caller's business
 * @value: what the document holds there; %BARISTA_NO_VALUE: no such place
 *
 * Holds one value against a column, by the rules of tinybird.md 6.6 and 7. How sure they are:
 *
 * - Documented for Tinybird: a missing value for a column that isn't Nullable, and a value of
 *   another type, put the record into quarantine.
 * - Seen on ClickHouse (judges.md): text in an integer, 1.5 in Int64, -1 in UInt8, "true" in Bool
 *   and a FixedString that is too long are refused; numbers and objects go into String; a timestamp
 *   in microseconds needs DateTime64(6).
 * - Assumed, on the careful side: a number out of range is refused (ClickHouse's own reader would
 *   wrap it); so is 2026-02-31; null counts as missing; quoted numbers are read.
 *
 * Returns: why it would be put into quarantine, or %BARISTA_REJECTION_NONE
 */
BaristaRejection
barista_cell_judge (const BaristaCellType *type, BaristaAvroValue value)
{
  BaristaDatum datum;

  if (value.node == NULL)
    return type->nullable ? BARISTA_REJECTION_NONE : BARISTA_REJECTION_MISSING;

  barista_datum_init (&datum, value);
  if (datum.kind == BARISTA_DATUM_NULL)
    return type->nullable ? BARISTA_REJECTION_NONE : BARISTA_REJECTION_NULL;

  return judges[type->kind](type, &datum);
}
