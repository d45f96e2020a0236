/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "barista-avro-datum.h"

#include <glib/gi18n-lib.h>

/*
 * One pass over a datum, without memory: it checks bytes that come from outside, and steps over
 * bytes that were checked before. A value is read at most once per level, levels are bounded, and
 * so are values that take no bytes, so that the time is settled by the length.
 */

typedef struct
{
  BaristaReader reader;
  gboolean checked; /* only step over it */
  gboolean too_complex;
  guint depth;
  guint empty_left;
  char *where; /* of the fault */
} Datum;

typedef void (*ReadFunc) (Datum *self, const BaristaAvroNode *node, const BaristaAvroPlace *place);

static void read_value (Datum *self, const BaristaAvroNode *node, const BaristaAvroPlace *place);

static void
fail_too_complex (Datum *self, const char *fault)
{
  self->too_complex = TRUE;
  barista_reader_fail (&self->reader, fault);
}

gint64
barista_avro_datum_read_count (BaristaReader *reader, gint64 *size)
{
  gint64 count = barista_reader_varint64 (reader);

  *size = -1;
  if (count >= 0)
    return count;

  *size = barista_reader_varint64 (reader);
  if (count == G_MININT64)
    barista_reader_fail (reader, N_ ("a count is out of range"));
  if (*size < 0 || (guint64) *size > barista_reader_left (reader))
    barista_reader_fail (reader, N_ ("a block goes on behind the end"));

  return barista_reader_ok (reader) ? -count : 0;
}

const guint8 *
barista_avro_datum_read_bytes (BaristaReader *reader, gsize *length)
{
  gint64 claimed = barista_reader_varint64 (reader);

  if (claimed < 0)
    barista_reader_fail (reader, N_ ("a length is negative"));

  *length = (gsize) claimed;
  return barista_reader_bytes (reader, *length);
}

/* U+0000 is a character like others here, not so in GLib. */
static gboolean
is_utf8 (const char *text, gsize length)
{
  const char *end = text + length;
  const char *bad;

  while (!g_utf8_validate_len (text, (gsize) (end - text), &bad))
    {
      if (*bad != '\0')
        return FALSE;
      text = bad + 1;
    }

  return TRUE;
}

static void
read_nothing (Datum *self, const BaristaAvroNode *node, const BaristaAvroPlace *place)
{
}

static void
read_boolean (Datum *self, const BaristaAvroNode *node, const BaristaAvroPlace *place)
{
  if (barista_reader_u8 (&self->reader) > 1)
    barista_reader_fail (&self->reader, N_ ("a boolean is neither 0 nor 1"));
}

static void
read_int (Datum *self, const BaristaAvroNode *node, const BaristaAvroPlace *place)
{
  barista_reader_varint32 (&self->reader);
}

static void
read_long (Datum *self, const BaristaAvroNode *node, const BaristaAvroPlace *place)
{
  barista_reader_varint64 (&self->reader);
}

static void
read_float (Datum *self, const BaristaAvroNode *node, const BaristaAvroPlace *place)
{
  barista_reader_bytes (&self->reader, sizeof (float));
}

static void
read_double (Datum *self, const BaristaAvroNode *node, const BaristaAvroPlace *place)
{
  barista_reader_bytes (&self->reader, sizeof (double));
}

static void
read_bytes (Datum *self, const BaristaAvroNode *node, const BaristaAvroPlace *place)
{
  gsize length;

  barista_avro_datum_read_bytes (&self->reader, &length);
}

static void
read_string (Datum *self, const BaristaAvroNode *node, const BaristaAvroPlace *place)
{
  gsize length;
  const guint8 *bytes = barista_avro_datum_read_bytes (&self->reader, &length);

  if (bytes != NULL && !self->checked && !is_utf8 ((const char *) bytes, length))
    barista_reader_fail (&self->reader, N_ ("a string is not UTF-8"));
}

static void
read_fixed (Datum *self, const BaristaAvroNode *node, const BaristaAvroPlace *place)
{
  barista_reader_bytes (&self->reader, node->size);
}

static void
read_enum (Datum *self, const BaristaAvroNode *node, const BaristaAvroPlace *place)
{
  gint32 index = barista_reader_varint32 (&self->reader);

  if (index < 0 || (guint) index >= node->n_children)
    barista_reader_fail (&self->reader, N_ ("an enum has no such symbol"));
}

static void
read_union (Datum *self, const BaristaAvroNode *node, const BaristaAvroPlace *place)
{
  gint64 index = barista_reader_varint64 (&self->reader);

  if (index < 0 || index >= node->n_children)
    barista_reader_fail (&self->reader, N_ ("a union has no such branch"));
  else
    read_value (self, node->branches[index], place);
}

/* A field or an element. */
static void
read_part (Datum *self, const BaristaAvroNode *node, const BaristaAvroPlace *place)
{
  gsize start = self->reader.offset;

  read_value (self, node, place);
  if (self->reader.offset == start && !self->checked && self->empty_left-- == 0)
    fail_too_complex (self, N_ ("too many values take no bytes"));
}

static void
read_record (Datum *self, const BaristaAvroNode *node, const BaristaAvroPlace *place)
{
  for (guint i = 0; i < node->n_children && barista_reader_ok (&self->reader); i++)
    {
      const BaristaAvroPlace inner = { place, node->fields[i].name };

      read_part (self, node->fields[i].node, &inner);
    }
}

/* The elements of one block; the entries of a map have their key in front. */
static void
read_block (Datum *self, const BaristaAvroNode *node, gint64 count, const BaristaAvroPlace *place)
{
  gboolean is_map = node->type == BARISTA_AVRO_MAP;
  guint least = node->branches[0]->least_bytes + (is_map ? 1 : 0);

  if (least > 0)
    barista_reader_count (&self->reader, (guint64) count, least);

  for (; count > 0 && barista_reader_ok (&self->reader); count--)
    {
      if (is_map)
        read_string (self, node, place);
      read_part (self, node->branches[0], place);
    }
}

static void
read_blocks (Datum *self, const BaristaAvroNode *node, const BaristaAvroPlace *place)
{
  const BaristaAvroPlace inner = { place, node->type == BARISTA_AVRO_MAP
                                              ? BARISTA_AVRO_PLACE_VALUES
                                              : BARISTA_AVRO_PLACE_ITEMS };
  BaristaReader *reader = &self->reader;
  gint64 count;
  gint64 size;

  while ((count = barista_avro_datum_read_count (reader, &size)) > 0)
    {
      gsize end = reader->offset + (gsize) MAX (size, 0);

      if (self->checked && size >= 0)
        barista_reader_bytes (reader, (gsize) size);
      else
        read_block (self, node, count, &inner);
      if (size >= 0 && reader->offset != end)
        barista_reader_fail (reader, N_ ("a block is not as long as it says"));
    }
}

static const struct
{
  ReadFunc read;
  gboolean adds_level; /* as in JSON, whose reader has a limit too */
} types[] = {
  [BARISTA_AVRO_NULL] = { read_nothing },
  [BARISTA_AVRO_BOOLEAN] = { read_boolean },
  [BARISTA_AVRO_INT] = { read_int },
  [BARISTA_AVRO_LONG] = { read_long },
  [BARISTA_AVRO_FLOAT] = { read_float },
  [BARISTA_AVRO_DOUBLE] = { read_double },
  [BARISTA_AVRO_BYTES] = { read_bytes },
  [BARISTA_AVRO_STRING] = { read_string },
  [BARISTA_AVRO_RECORD] = { read_record, TRUE },
  [BARISTA_AVRO_ENUM] = { read_enum },
  [BARISTA_AVRO_ARRAY] = { read_blocks, TRUE },
  [BARISTA_AVRO_MAP] = { read_blocks, TRUE },
  [BARISTA_AVRO_UNION] = { read_union },
  [BARISTA_AVRO_FIXED] = { read_fixed },
};

static void
read_value (Datum *self, const BaristaAvroNode *node, const BaristaAvroPlace *place)
{
  guint levels = types[node->type].adds_level ? 1 : 0;

  self->depth += levels;
  if (self->depth > BARISTA_AVRO_DEPTH_MAX)
    fail_too_complex (self, N_ ("values are nested too deeply"));
  else
    types[node->type].read (self, node, place);
  self->depth -= levels;

  if (!barista_reader_ok (&self->reader) && self->where == NULL)
    self->where = barista_avro_place_to_string (place);
}

static gboolean
set_datum_error (const Datum *self, GError **error)
{
  g_set_error (error, BARISTA_AVRO_ERROR,
               self->too_complex ? BARISTA_AVRO_ERROR_TOO_COMPLEX : BARISTA_AVRO_ERROR_DATUM,
               /* Translators: a place in a record, then what is wrong there, then where in bytes */
               _ ("%s: %s at byte %zu of %zu"), self->where, _ (self->reader.fault),
               self->reader.fault_offset, self->reader.length);
  return FALSE;
}

gboolean
barista_avro_datum_check (const BaristaAvroNode *node,
                          const guint8 *data,
                          gsize length,
                          GError **error)
{
  const BaristaAvroPlace root = { NULL, NULL };
  Datum self = { .empty_left = BARISTA_AVRO_EMPTY_MAX };
  gboolean valid;

  barista_reader_init (&self.reader, data, length);
  read_value (&self, node, &root);
  if (barista_reader_left (&self.reader) > 0)
    {
      barista_reader_fail (&self.reader, N_ ("something follows the value"));
      self.where = barista_avro_place_to_string (&root);
    }

  valid = barista_reader_ok (&self.reader) || set_datum_error (&self, error);
  g_free (self.where);
  return valid;
}

const guint8 *
barista_avro_datum_skip (const BaristaAvroNode *node, const guint8 *data, const guint8 *end)
{
  const BaristaAvroPlace root = { NULL, NULL };
  Datum self = { .checked = TRUE };

  barista_reader_init (&self.reader, data, (gsize) (end - data));
  read_value (&self, node, &root);
  g_warn_if_fail (barista_reader_ok (&self.reader));
  g_free (self.where);
  return data + self.reader.offset;
}
