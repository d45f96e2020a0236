/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef enum
{
  BARISTA_CELL_STRING, /* also any type that isn't known: nothing is said against it */
  BARISTA_CELL_FIXED_STRING,
  BARISTA_CELL_INTEGER,
  BARISTA_CELL_FLOAT,
  BARISTA_CELL_DECIMAL,
  BARISTA_CELL_BOOL,
  BARISTA_CELL_DATE,
  BARISTA_CELL_DATETIME,
  BARISTA_CELL_UUID,
  BARISTA_CELL_ADDRESS,
  BARISTA_CELL_ARRAY,
  BARISTA_CELL_MAP,
  BARISTA_CELL_JSON,
  BARISTA_N_CELL_KINDS,
} BaristaCellKind;

/**
 * BaristaCellType:
 * @kind: what is stored
 * @nullable: NULL is taken
 * @is_unsigned: integer: of a UInt type
 * @bits: integer, float: 8 to 256; date: 16 (Date) or 32 (Date32)
 * @precision: decimal: digits in all; datetime: digits of the second, 0 for DateTime
 * @scale: decimal: digits behind the point
 * @size: fixed string: bytes
 * @seconds: datetime: DateTime proper, which counts seconds in 32 bits
 * @inner: (nullable): array: its elements; map: its values
 *
 * A column's type, read once so that many values can be held against it.
 */
typedef struct _BaristaCellType BaristaCellType;
struct _BaristaCellType
{
  BaristaCellKind kind;
  gboolean nullable;
  gboolean is_unsigned;
  guint bits;
  guint precision;
  guint scale;
  guint size;
  gboolean seconds;
  BaristaCellType *inner;
};

BaristaCellType *barista_cell_type_new (const char *type);
void barista_cell_type_free (BaristaCellType *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BaristaCellType, barista_cell_type_free)

G_END_DECLS
