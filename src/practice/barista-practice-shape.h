/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * BaristaPracticeShape:
 *
 * The shapes that a location of a Flow collection can have, named after what the gateway makes of
 * them in Avro (`dekaf.md` 3.3).
 */
typedef enum
{
  BARISTA_SHAPE_BOOLEAN,
  BARISTA_SHAPE_DATE,
  BARISTA_SHAPE_DOUBLE,
  BARISTA_SHAPE_DURATION,
  BARISTA_SHAPE_JSON, /* several types: a record RawJSON */
  BARISTA_SHAPE_LONG,
  BARISTA_SHAPE_STRING,
  BARISTA_SHAPE_TIMESTAMP,
  BARISTA_SHAPE_UUID,
  BARISTA_SHAPE_ARRAY,
  BARISTA_SHAPE_MAP,
  BARISTA_SHAPE_RECORD,
} BaristaPracticeShape;

typedef struct _BaristaPracticeField BaristaPracticeField;

/**
 * BaristaPracticeField:
 * @name: name of the field; NULL ends a table
 * @shape: its shape
 * @optional: `[T, "null"]`
 * @extra: a record that takes undeclared properties, in a last field `_flow_extra`
 * @fallback: (nullable): its default, as JSON text
 * @element: fields of a record; the one element of an array or map
 */
struct _BaristaPracticeField
{
  const char *name;
  BaristaPracticeShape shape;
  gboolean optional, extra;
  const char *fallback;
  const BaristaPracticeField *element;
};

char *barista_practice_shape_value_schema (const BaristaPracticeField *fields);
char *
barista_practice_shape_key_schema (const BaristaPracticeField *fields, const char *const *key);
const BaristaPracticeField *
barista_practice_shape_find (const BaristaPracticeField *fields, const char *name);

G_END_DECLS
