/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "barista-wire-private.h"

#include <glib/gi18n-lib.h>

/* The one piece of code that knows how Kafka lays a field down. Checking a message and finding a
 * field in it are the same walk, so the two can't disagree. */

static const guint8 widths[] = {
  [BARISTA_WIRE_BOOLEAN] = 1, [BARISTA_WIRE_INT8] = 1,  [BARISTA_WIRE_INT16] = 2,
  [BARISTA_WIRE_INT32] = 4,   [BARISTA_WIRE_INT64] = 8, [BARISTA_WIRE_UUID] = 16,
  [BARISTA_WIRE_STRUCT] = 0,
};

gsize
barista_wire_type_width (BaristaWireType type)
{
  return widths[type];
}

/**
 * barista_wire_field_in_version:
 * @field: a row of a table
 * @version: the version of a message
 *
 * Returns: whether messages of @version have the field
 */
gboolean
barista_wire_field_in_version (const BaristaWireField *field, gint16 version)
{
  return version >= field->since && (field->removed == 0 || version < field->removed);
}

void
barista_wire_walk_init (BaristaWireWalk *self,
                        const guint8 *data,
                        gsize length,
                        gint16 version,
                        gboolean flexible)
{
  barista_reader_init (&self->reader, length > 0 ? data : (const guint8 *) "", length);
  self->version = version;
  self->flexible = flexible;
  self->checking = FALSE;
  self->depth = 0;
}

gboolean
barista_wire_may_be_null (const BaristaWireField *field, gint16 version)
{
  return field->null_since != 0 && version >= field->null_since;
}

/* The two reads that make up nearly all of a walk, without a call where nothing is amiss. */
static inline void
skip (BaristaReader *reader, gsize n)
{
  if (G_LIKELY (n <= barista_reader_left (reader)))
    reader->offset += n;
  else
    barista_reader_bytes (reader, n);
}

static inline guint32
read_uvarint (BaristaReader *reader)
{
  if (G_LIKELY (barista_reader_left (reader) > 0 && reader->data[reader->offset] < 0x80))
    return reader->data[reader->offset++];
  return barista_reader_uvarint32 (reader);
}

/* Flexible versions write a length as an unsigned varint, plus one so that 0 is null; the older ones
 * as a fixed number that is -1 for null: 16 bits before a string, 32 before all else. */
static gint64
read_length (BaristaWireWalk *self, gboolean is_string)
{
  if (self->flexible)
    return (gint64) read_uvarint (&self->reader) - 1;
  if (is_string)
    return barista_reader_i16 (&self->reader);
  return barista_reader_i32 (&self->reader);
}

gint64
barista_wire_walk_length (BaristaWireWalk *self, const BaristaWireField *field)
{
  gint64 length = read_length (self, field->type == BARISTA_WIRE_STRING);

  if (!barista_reader_ok (&self->reader))
    return -1;
  if (length >= 0)
    return length;

  if (length < -1)
    barista_reader_fail (&self->reader, N_ ("length is negative"));
  else if (!barista_wire_may_be_null (field, self->version))
    barista_reader_fail (&self->reader, N_ ("is null"));
  return -1;
}

/* With a length, g_utf8_validate_len () stops at a NUL. */
static gboolean
is_text (const char *text, gsize length, gboolean with_nuls)
{
  const char *end;

  while (!g_utf8_validate_len (text, length, &end))
    {
      if (!with_nuls || *end != '\0')
        return FALSE;
      length -= (gsize) (end + 1 - text);
      text = end + 1;
    }
  return TRUE;
}

static void
walk_text (BaristaWireWalk *self, gint64 length, gboolean with_nuls)
{
  const guint8 *text = barista_reader_bytes (&self->reader, length);

  if (self->checking && text != NULL && !is_text ((const char *) text, length, with_nuls))
    barista_reader_fail (&self->reader, N_ ("is not UTF-8 text"));
}

static void
walk_ints (BaristaWireWalk *self, gint64 n)
{
  if (barista_reader_count (&self->reader, n, 4))
    barista_reader_bytes (&self->reader, n * 4);
}

static void
walk_strings (BaristaWireWalk *self, gint64 n)
{
  if (!barista_reader_count (&self->reader, n, 1))
    return;

  for (gint64 i = 0; i < n && barista_reader_ok (&self->reader); i++)
    {
      gint64 length = read_length (self, TRUE);

      if (length < 0)
        barista_reader_fail (&self->reader, N_ ("holds a null"));
      else
        walk_text (self, length, FALSE);
    }
}

static void
walk_structs (BaristaWireWalk *self, const BaristaWireField *element, gint64 n)
{
  /* Each layout has at least one byte per element in each of its versions (tested). */
  if (!barista_reader_count (&self->reader, n, 1))
    return;

  for (gint64 i = 0; i < n && barista_reader_ok (&self->reader); i++)
    barista_wire_walk_struct (self, element);
}

static void
walk_variable (BaristaWireWalk *self, const BaristaWireField *field)
{
  gint64 length = barista_wire_walk_length (self, field);

  if (length <= 0)
    return;

  if (field->type == BARISTA_WIRE_STRING)
    walk_text (self, length, field->free_text);
  else if (field->type == BARISTA_WIRE_STRUCT_ARRAY)
    walk_structs (self, field->element, length);
  else if (field->type == BARISTA_WIRE_STRING_ARRAY)
    walk_strings (self, length);
  else if (field->type == BARISTA_WIRE_INT32_ARRAY)
    walk_ints (self, length);
  else
    barista_reader_bytes (&self->reader, length);
}

void
barista_wire_walk_value (BaristaWireWalk *self, const BaristaWireField *field)
{
  gsize width = widths[field->type];

  g_assert (self->depth < BARISTA_WIRE_MAX_DEPTH);
  self->path[self->depth++] = field->name;
  if (width > 0)
    skip (&self->reader, width);
  else if (field->type == BARISTA_WIRE_STRUCT)
    barista_wire_walk_struct (self, field->element);
  else
    walk_variable (self, field);
  if (barista_reader_ok (&self->reader))
    self->depth--;
}

static const BaristaWireField *
field_of_tag (BaristaWireWalk *self, const BaristaWireField *fields, guint32 tag)
{
  for (const BaristaWireField *field = fields; field->name != NULL; field++)
    if (field->tagged && field->tag == tag && barista_wire_field_in_version (field, self->version))
      return field;

  return NULL;
}

/* A known field must fill its size to the byte; over an unknown one the size leads to the next. */
static void
walk_sized (BaristaWireWalk *self, const BaristaWireField *field, gsize size)
{
  gsize end = self->reader.offset + size;
  gsize whole = self->reader.length;

  if (field == NULL || size > barista_reader_left (&self->reader))
    {
      barista_reader_bytes (&self->reader, size);
      return;
    }

  self->reader.length = end;
  barista_wire_walk_value (self, field);
  if (self->reader.offset != end)
    barista_reader_fail (&self->reader, N_ ("is shorter than its size"));
  self->reader.length = whole;
}

static void
walk_tag (BaristaWireWalk *self, const BaristaWireField *field, gsize size)
{
  guint depth = self->depth;

  walk_sized (self, field, size);
  if (!barista_reader_ok (&self->reader) && field != NULL && self->depth == depth)
    self->path[self->depth++] = field->name;
}

gboolean
barista_wire_walk_tags (BaristaWireWalk *self,
                        const BaristaWireField *fields,
                        const BaristaWireField *wanted)
{
  guint32 n;

  if (!self->flexible)
    return FALSE;

  n = read_uvarint (&self->reader);
  if (!barista_reader_count (&self->reader, n, 2))
    return FALSE;

  for (guint32 i = 0; i < n && barista_reader_ok (&self->reader); i++)
    {
      const BaristaWireField *field = field_of_tag (self, fields, read_uvarint (&self->reader));
      gsize size = read_uvarint (&self->reader);

      if (wanted != NULL && field == wanted)
        return barista_reader_ok (&self->reader);
      walk_tag (self, field, size);
    }

  return FALSE;
}

void
barista_wire_walk_struct (BaristaWireWalk *self, const BaristaWireField *fields)
{
  for (const BaristaWireField *field = fields;
       field->name != NULL && barista_reader_ok (&self->reader); field++)
    if (!field->tagged && barista_wire_field_in_version (field, self->version))
      barista_wire_walk_value (self, field);

  barista_wire_walk_tags (self, fields, NULL);
}
