/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "barista-avro-schema.h"

G_BEGIN_DECLS

/**
 * BaristaAvroValue:
 * @node: its schema
 * @data: its first byte
 * @end: one past the last byte of the datum that it stands in
 *
 * A value inside a datum: a pointer into bytes that were checked whole by barista_avro_value_init(),
 * so no accessor can fail and the tree takes no memory beyond the bytes. Valid while bytes and
 * schema are. Plain copies are fine.
 */
typedef struct
{
  const BaristaAvroNode *node;
  const guint8 *data;
  const guint8 *end;
} BaristaAvroValue;

/* Records, arrays and maps stand in each other %BARISTA_AVRO_DEPTH_MAX deep at most; at most 65,536
 * fields and elements take no bytes (arrays of null); strings are UTF-8; booleans 0 or 1; all
 * @length bytes must be used up. */
gboolean barista_avro_value_init (BaristaAvroValue *self,
                                  BaristaAvroSchema *schema,
                                  const guint8 *data,
                                  gsize length,
                                  GError **error);

/* Steps through a union to the value of the branch that was written; all below do so themselves. */
BaristaAvroValue barista_avro_value_resolve (BaristaAvroValue self);
gboolean barista_avro_value_is_null (BaristaAvroValue self);

gboolean barista_avro_value_get_boolean (BaristaAvroValue self);
gint64 barista_avro_value_get_long (BaristaAvroValue self);   /* int, long, enum (index) */
double barista_avro_value_get_double (BaristaAvroValue self); /* float, double */
const guint8 *
barista_avro_value_get_bytes (BaristaAvroValue self, gsize *length); /* bytes, string, fixed */
char *barista_avro_value_dup_string (BaristaAvroValue self);         /* string; enum: the symbol */
gboolean barista_avro_value_get_field (BaristaAvroValue self,
                                       const char *name,
                                       BaristaAvroValue *out); /* record; FALSE: no such field */

/**
 * BaristaAvroIter:
 *
 * Walks the fields of a record, the elements of an array or the entries of a map, in order.
 */
typedef struct
{
  BaristaAvroValue container;
  const guint8 *cursor;
  gint64 left_in_block;
  guint index; /* of the current element or field */
} BaristaAvroIter;

void barista_avro_iter_init (BaristaAvroIter *self, BaristaAvroValue container);
/* @key, @key_length: (optional): the field's or entry's name (no final NUL for map keys) */
gboolean barista_avro_iter_next (BaristaAvroIter *self,
                                 const char **key,
                                 gsize *key_length,
                                 BaristaAvroValue *value);

/**
 * barista_avro_value_append_json:
 *
 * Appends the value as JSON text: unions as the bare value of their branch, records and maps as
 * objects, bytes and fixed as strings of code points 0-255 (as Avro's own JSON encoding has it),
 * logical types as the number or string they are stored as, doubles with 17 digits or fewer so that
 * they read back the same and a fraction even if it is 0, NaN and infinities as the strings "NaN",
 * "Infinity", "-Infinity". Keys that a map holds twice stand there twice.
 *
 * Returns: %FALSE (and @json is as before) if it would be more than %BARISTA_AVRO_JSON_MAX bytes: a
 *   field's name can be a thousand times as long as its value
 */
#define BARISTA_AVRO_JSON_MAX (64 * 1024 * 1024)

gboolean barista_avro_value_append_json (BaristaAvroValue self, GString *json);

G_END_DECLS
