/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <string.h>

#include "barista-avro-parse.h"

/* Avro 1.12, "Logical Types". What is not here, or on another type, is read as its plain type. */
static const struct
{
  const char *name;
  BaristaAvroLogical logical;
  BaristaAvroType type;
  guint size; /* fixed: the only size it may have; 0: any */
} logical_types[] = {
  { "decimal", BARISTA_AVRO_DECIMAL, BARISTA_AVRO_BYTES },
  { "decimal", BARISTA_AVRO_DECIMAL, BARISTA_AVRO_FIXED },
  { "big-decimal", BARISTA_AVRO_BIG_DECIMAL, BARISTA_AVRO_BYTES },
  { "uuid", BARISTA_AVRO_UUID, BARISTA_AVRO_STRING },
  { "uuid", BARISTA_AVRO_UUID, BARISTA_AVRO_FIXED, 16 },
  { "date", BARISTA_AVRO_DATE, BARISTA_AVRO_INT },
  { "time-millis", BARISTA_AVRO_TIME_MILLIS, BARISTA_AVRO_INT },
  { "time-micros", BARISTA_AVRO_TIME_MICROS, BARISTA_AVRO_LONG },
  { "timestamp-millis", BARISTA_AVRO_TIMESTAMP_MILLIS, BARISTA_AVRO_LONG },
  { "timestamp-micros", BARISTA_AVRO_TIMESTAMP_MICROS, BARISTA_AVRO_LONG },
  { "timestamp-nanos", BARISTA_AVRO_TIMESTAMP_NANOS, BARISTA_AVRO_LONG },
  { "local-timestamp-millis", BARISTA_AVRO_LOCAL_TIMESTAMP_MILLIS, BARISTA_AVRO_LONG },
  { "local-timestamp-micros", BARISTA_AVRO_LOCAL_TIMESTAMP_MICROS, BARISTA_AVRO_LONG },
  { "local-timestamp-nanos", BARISTA_AVRO_LOCAL_TIMESTAMP_NANOS, BARISTA_AVRO_LONG },
  { "duration", BARISTA_AVRO_DURATION, BARISTA_AVRO_FIXED, 12 },
};

/**
 * barista_avro_logical_to_string:
 * @logical: a logical type
 *
 * Names it as schemas do.
 *
 * Returns: (nullable) (transfer none): such as "timestamp-micros"; %NULL for none
 */
const char *
barista_avro_logical_to_string (BaristaAvroLogical logical)
{
  for (guint i = 0; i < G_N_ELEMENTS (logical_types); i++)
    if (logical_types[i].logical == logical)
      return logical_types[i].name;

  return NULL;
}

static BaristaAvroLogical
find (const char *name, const BaristaAvroNode *node)
{
  for (guint i = 0; i < G_N_ELEMENTS (logical_types); i++)
    if (logical_types[i].type == node->type && strcmp (logical_types[i].name, name) == 0
        && (logical_types[i].size == 0 || logical_types[i].size == node->size))
      return logical_types[i].logical;

  return BARISTA_AVRO_LOGICAL_NONE;
}

/* Digits that a signed number of @size bytes can always hold. */
static double
digits_in (guint size)
{
  return size > 0 ? floor (log10 (2) * (8.0 * size - 1)) : 0;
}

static gboolean
read_decimal (JsonObject *object, BaristaAvroNode *node)
{
  guint precision = 0;
  guint scale = 0;

  if (!barista_avro_member_uint (object, "precision", &precision) || precision == 0)
    return FALSE;
  if (json_object_has_member (object, "scale")
      && !barista_avro_member_uint (object, "scale", &scale))
    return FALSE;
  if (scale > precision || (node->type == BARISTA_AVRO_FIXED && precision > digits_in (node->size)))
    return FALSE;

  node->precision = precision;
  node->scale = scale;
  return TRUE;
}

gboolean
barista_avro_logical_read (JsonObject *object, BaristaAvroNode *node)
{
  const char *name = barista_avro_member_string (object, "logicalType");
  BaristaAvroLogical logical = name != NULL ? find (name, node) : BARISTA_AVRO_LOGICAL_NONE;

  if (logical == BARISTA_AVRO_LOGICAL_NONE)
    return FALSE;
  if (logical == BARISTA_AVRO_DECIMAL && !read_decimal (object, node))
    return FALSE;

  node->logical = logical;
  return TRUE;
}
