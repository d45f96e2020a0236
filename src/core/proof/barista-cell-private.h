/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "barista-cell.h"

G_BEGIN_DECLS

/* The digits of a number of 256 bits, sign, point and room for a scale of 76. */
#define BARISTA_DIGITS_SIZE 160

typedef enum
{
  BARISTA_DATUM_NULL,
  BARISTA_DATUM_BOOLEAN,
  BARISTA_DATUM_WHOLE,  /* int, long */
  BARISTA_DATUM_REAL,   /* float, double */
  BARISTA_DATUM_DIGITS, /* decimal */
  BARISTA_DATUM_TEXT,   /* string, enum */
  BARISTA_DATUM_BYTES,
  BARISTA_DATUM_LIST,
  BARISTA_DATUM_OBJECT, /* record, map */
} BaristaDatumKind;

/**
 * BaristaDatum:
 *
 * An Avro value as the connector passes it on: a JSON value of one of few kinds. Texts are not ended
 * by a NUL; @digits is, and empty for a decimal of more digits than any type has.
 */
typedef struct
{
  BaristaDatumKind kind;
  BaristaAvroLogical logical;
  gint64 whole;
  double real;
  const char *text;
  gsize length;
  char digits[BARISTA_DIGITS_SIZE];
  BaristaAvroValue value;
} BaristaDatum;

void barista_datum_init (BaristaDatum *self, BaristaAvroValue value);

/* barista-cell-number.c */
void barista_decimal_spell (const guint8 *bytes,
                            gsize length,
                            guint scale,
                            char digits[static BARISTA_DIGITS_SIZE]);
BaristaRejection barista_integer_judge (const BaristaCellType *type, const BaristaDatum *datum);
BaristaRejection barista_float_judge (const BaristaCellType *type, const BaristaDatum *datum);
BaristaRejection barista_decimal_judge (const BaristaCellType *type, const BaristaDatum *datum);

/* barista-cell-time.c; seconds and days count from 1970 in UTC */
typedef struct
{
  gint64 seconds;
  guint32 nanoseconds;
} BaristaInstant;

BaristaRejection
barista_date_read (const BaristaCellType *type, const BaristaDatum *datum, gint64 *days);
BaristaRejection barista_datetime_read (const BaristaCellType *type,
                                        const BaristaDatum *datum,
                                        BaristaInstant *instant);
void barista_date_append (GString *text, gint64 days);
void barista_datetime_append (GString *text, const BaristaInstant *instant, guint digits);

G_END_DECLS
