/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "barista-avro-value.h"

#include <string.h>

#include "barista-avro-datum.h"

static BaristaReader
reader_at (BaristaAvroValue value)
{
  BaristaReader reader;

  barista_reader_init (&reader, value.data, (gsize) (value.end - value.data));
  return reader;
}

static const guint8 *
cursor_of (const BaristaReader *reader)
{
  return reader->data + reader->offset;
}

static BaristaAvroValue
at (BaristaAvroValue container, const BaristaAvroNode *node, const guint8 *data)
{
  return (BaristaAvroValue) { node, data, container.end };
}

/**
 * barista_avro_value_init:
 * @self: (out caller-allocates): the value
 * @schema: the schema that it was written with; it must outlive @self
 * @data: (nullable): the datum, without the frame in front; it must outlive @self
 * @length: its bytes
 * @error: return location for a #BaristaAvroError; the message names place and byte
 *
 * Checks a datum whole, in one pass and without memory.
 *
 * Returns: %FALSE if the bytes are not exactly one datum of @schema
 */
gboolean
barista_avro_value_init (BaristaAvroValue *self,
                         BaristaAvroSchema *schema,
                         const guint8 *data,
                         gsize length,
                         GError **error)
{
  static const guint8 nothing[1];
  const BaristaAvroNode *root = barista_avro_schema_get_root (schema);

  if (data == NULL)
    data = nothing;

  *self = (BaristaAvroValue) { root, data, data + length };
  return barista_avro_datum_check (root, data, length, error);
}

/**
 * barista_avro_value_resolve:
 * @self: a value
 *
 * Steps through a union to the value of the branch that was written. The other functions here do so
 * by themselves.
 *
 * Returns: that value; @self if it is no union
 */
BaristaAvroValue
barista_avro_value_resolve (BaristaAvroValue self)
{
  while (self.node->type == BARISTA_AVRO_UNION)
    {
      BaristaReader reader = reader_at (self);
      gint64 index = barista_reader_varint64 (&reader);

      self = at (self, self.node->branches[index], cursor_of (&reader));
    }

  return self;
}

gboolean
barista_avro_value_is_null (BaristaAvroValue self)
{
  return barista_avro_value_resolve (self).node->type == BARISTA_AVRO_NULL;
}

/**
 * barista_avro_value_get_boolean:
 * @self: a boolean
 *
 * Reads it.
 *
 * Returns: its value; %FALSE if it is of another type
 */
gboolean
barista_avro_value_get_boolean (BaristaAvroValue self)
{
  self = barista_avro_value_resolve (self);
  g_return_val_if_fail (self.node->type == BARISTA_AVRO_BOOLEAN, FALSE);

  return *self.data != 0;
}

/**
 * barista_avro_value_get_long:
 * @self: an int, a long or an enum
 *
 * Reads its number; of an enum the index of the symbol. A logical type doesn't change it: dates are
 * days, timestamps are milli-, micro- or nanoseconds, all since 1970 in UTC.
 *
 * Returns: the number; 0 if it is of another type
 */
gint64
barista_avro_value_get_long (BaristaAvroValue self)
{
  BaristaReader reader;

  self = barista_avro_value_resolve (self);
  g_return_val_if_fail (self.node->type == BARISTA_AVRO_INT || self.node->type == BARISTA_AVRO_LONG
                            || self.node->type == BARISTA_AVRO_ENUM,
                        0);

  reader = reader_at (self);
  return barista_reader_varint64 (&reader);
}

static float
get_float (BaristaReader *reader)
{
  guint32 bits = barista_reader_u32_le (reader);
  float number;

  memcpy (&number, &bits, sizeof number);
  return number;
}

/**
 * barista_avro_value_get_double:
 * @self: a float or a double
 *
 * Reads its number.
 *
 * Returns: the number, maybe not finite; 0 if it is of another type
 */
double
barista_avro_value_get_double (BaristaAvroValue self)
{
  BaristaReader reader;
  guint64 bits;
  double number;

  self = barista_avro_value_resolve (self);
  g_return_val_if_fail (self.node->type == BARISTA_AVRO_FLOAT
                            || self.node->type == BARISTA_AVRO_DOUBLE,
                        0);

  reader = reader_at (self);
  if (self.node->type == BARISTA_AVRO_FLOAT)
    return get_float (&reader);

  bits = barista_reader_u64_le (&reader);
  memcpy (&number, &bits, sizeof number);
  return number;
}

/**
 * barista_avro_value_get_bytes:
 * @self: bytes, a string or a fixed
 * @length: (out): how many bytes
 *
 * Gives its bytes; those of a string are UTF-8, may hold U+0000 and are not ended by one.
 *
 * Returns: (transfer none): bytes of the datum; %NULL if it is of another type
 */
const guint8 *
barista_avro_value_get_bytes (BaristaAvroValue self, gsize *length)
{
  BaristaReader reader;

  *length = 0;
  self = barista_avro_value_resolve (self);
  reader = reader_at (self);
  switch (self.node->type)
    {
    case BARISTA_AVRO_BYTES:
    case BARISTA_AVRO_STRING:
      return barista_avro_datum_read_bytes (&reader, length);
    case BARISTA_AVRO_FIXED:
      *length = self.node->size;
      return self.data;
    default:
      g_return_val_if_reached (NULL);
    }
}

/**
 * barista_avro_value_dup_string:
 * @self: a string or an enum
 *
 * Copies it; of an enum the symbol. A string that holds U+0000 ends there for those who see a C
 * string: barista_avro_value_get_bytes() has it whole.
 *
 * Returns: (transfer full): the text; %NULL if it is of another type
 */
char *
barista_avro_value_dup_string (BaristaAvroValue self)
{
  const guint8 *bytes;
  gsize length;

  self = barista_avro_value_resolve (self);
  if (self.node->type == BARISTA_AVRO_ENUM)
    return g_strdup (self.node->symbols[barista_avro_value_get_long (self)]);

  g_return_val_if_fail (self.node->type == BARISTA_AVRO_STRING, NULL);
  bytes = barista_avro_value_get_bytes (self, &length);
  return g_strndup ((const char *) bytes, length);
}

/**
 * barista_avro_value_get_field:
 * @self: a record
 * @name: a field's name
 * @out: (out caller-allocates): its value
 *
 * Looks a field up, stepping over those before it.
 *
 * Returns: %FALSE if it has no such field or is no record (a union may hold null)
 */
gboolean
barista_avro_value_get_field (BaristaAvroValue self, const char *name, BaristaAvroValue *out)
{
  const BaristaAvroField *field;
  const guint8 *data;

  self = barista_avro_value_resolve (self);
  field = barista_avro_node_find_field (self.node, name);
  if (field == NULL)
    return FALSE;

  data = self.data;
  for (const BaristaAvroField *f = self.node->fields; f < field; f++)
    data = barista_avro_datum_skip (f->node, data, self.end);

  *out = at (self, field->node, data);
  return TRUE;
}

/**
 * barista_avro_iter_init:
 * @self: (out caller-allocates): the iterator
 * @container: a record, an array or a map; anything else (such as null in a union) has no parts
 *
 * Stands before the first part. There is nothing to free.
 */
void
barista_avro_iter_init (BaristaAvroIter *self, BaristaAvroValue container)
{
  container = barista_avro_value_resolve (container);
  *self = (BaristaAvroIter) {
    .container = container,
    .cursor = container.data,
    .index = G_MAXUINT, /* the first step makes it 0 */
  };
}

static gboolean
next_field (BaristaAvroIter *self, const char **key, gsize *key_length, BaristaAvroValue *value)
{
  const BaristaAvroNode *node = self->container.node;
  const BaristaAvroField *field;

  if (self->index + 1 >= node->n_children)
    return FALSE;

  field = &node->fields[++self->index];
  *key = field->name;
  *key_length = strlen (field->name);
  *value = at (self->container, field->node, self->cursor);
  return TRUE;
}

/* Enters the next block when one is used up; at the end it stays in front of the last count. */
static gboolean
next_element (BaristaAvroIter *self, const char **key, gsize *key_length, BaristaAvroValue *value)
{
  const BaristaAvroNode *node = self->container.node;
  BaristaReader reader = reader_at (at (self->container, node, self->cursor));
  gint64 size;

  if (self->left_in_block == 0)
    self->left_in_block = barista_avro_datum_read_count (&reader, &size);
  if (self->left_in_block == 0)
    return FALSE;

  self->left_in_block--;
  self->index++;
  if (node->type == BARISTA_AVRO_MAP)
    *key = (const char *) barista_avro_datum_read_bytes (&reader, key_length);
  *value = at (self->container, node->branches[0], cursor_of (&reader));
  return TRUE;
}

/**
 * barista_avro_iter_next:
 * @self: the iterator
 * @key: (out) (optional) (nullable): name of the field or key of the entry, not ended by a NUL in a
 *   map; %NULL in an array
 * @key_length: (out) (optional): its bytes
 * @value: (out caller-allocates): the part
 *
 * Goes on to the next part. Keys that are there twice come twice.
 *
 * Returns: %FALSE at the end
 */
gboolean
barista_avro_iter_next (BaristaAvroIter *self,
                        const char **key,
                        gsize *key_length,
                        BaristaAvroValue *value)
{
  const char *its_key = NULL;
  gsize its_length = 0;
  gboolean found = FALSE;

  if (self->container.node->type == BARISTA_AVRO_RECORD)
    found = next_field (self, &its_key, &its_length, value);
  else if (self->container.node->type == BARISTA_AVRO_ARRAY
           || self->container.node->type == BARISTA_AVRO_MAP)
    found = next_element (self, &its_key, &its_length, value);

  if (found)
    self->cursor = barista_avro_datum_skip (value->node, value->data, value->end);
  if (key != NULL)
    *key = its_key;
  if (key_length != NULL)
    *key_length = its_length;
  return found;
}
