/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "barista-wire-private.h"

#include <glib/gi18n-lib.h>

static void
set_malformed (GError **error,
               const BaristaWireLayout *layout,
               BaristaWireKind kind,
               const BaristaWireWalk *walk)
{
  const BaristaReader *reader = &walk->reader;
  g_autoptr (GString) path = g_string_new (NULL);

  for (guint i = 0; i < walk->depth; i++)
    g_string_append_printf (path, "%s%s", i > 0 ? "." : " ", walk->path[i]);

  g_set_error (error, BARISTA_WIRE_ERROR, BARISTA_WIRE_ERROR_MALFORMED,
               /* Translators: a call such as Metadata, a version, the place in it such as
                  " topics.name" or nothing, then what is wrong there */
               kind == BARISTA_WIRE_REQUEST ? _ ("%s request version %d:%s %s at byte %zu of %zu")
                                            : _ ("%s response version %d:%s %s at byte %zu of %zu"),
               layout->name, walk->version, path->str, _ (reader->fault), reader->fault_offset,
               reader->length);
}

static gboolean
check_message (BaristaWireView *self,
               const BaristaWireLayout *layout,
               BaristaWireKind kind,
               gboolean whole,
               GError **error)
{
  BaristaWireWalk walk;

  barista_wire_walk_init (&walk, self->data, self->length, self->version, self->flexible);
  walk.checking = TRUE;
  barista_wire_walk_struct (&walk, self->fields);
  if (whole && barista_reader_left (&walk.reader) > 0)
    barista_reader_fail (&walk.reader, N_ ("bytes are left over"));
  if (barista_reader_ok (&walk.reader))
    return TRUE;

  set_malformed (error, layout, kind, &walk);
  return FALSE;
}

static gboolean
init_view (BaristaWireView *self,
           const BaristaWireLayout *layout,
           const BaristaWireField *fields,
           gint16 version,
           const guint8 *bytes,
           gsize length,
           GError **error)
{
  gboolean flexible = barista_wire_layout_is_flexible (layout, version);

  if (version < layout->min_version || version > layout->max_version)
    {
      g_set_error (error, BARISTA_WIRE_ERROR, BARISTA_WIRE_ERROR_UNKNOWN,
                   _ ("%s version %d is not known"), layout->name, version);
      return FALSE;
    }
  *self = (BaristaWireView) { fields, bytes, length, version, flexible };
  return TRUE;
}

/**
 * barista_wire_view_init:
 * @self: (out caller-allocates): the view
 * @layout: the API's layout
 * @kind: which of its two tables
 * @version: a version that @layout covers
 * @bytes: a message body, after its header; must outlive the view and all views taken from it
 * @length: bytes of it
 * @error: return location
 *
 * Checks a message whole: every length and count against the bytes left, text for UTF-8, null only
 * where the version allows it, nothing left over. Takes time by the bytes, and no memory.
 *
 * Returns: %FALSE with %BARISTA_WIRE_ERROR_MALFORMED, the field named, or
 *   %BARISTA_WIRE_ERROR_UNKNOWN for a version that @layout doesn't cover
 */
gboolean
barista_wire_view_init (BaristaWireView *self,
                        const BaristaWireLayout *layout,
                        BaristaWireKind kind,
                        gint16 version,
                        const guint8 *bytes,
                        gsize length,
                        GError **error)
{
  const BaristaWireField *fields = kind == BARISTA_WIRE_REQUEST ? layout->request
                                                                : layout->response;

  return init_view (self, layout, fields, version, bytes, length, error)
         && check_message (self, layout, kind, TRUE, error);
}

/**
 * barista_wire_view_init_request:
 * @self: (out caller-allocates): the view
 * @layout: the API's layout
 * @version: a version that @layout covers
 * @bytes: a request's body, after its header; must outlive the view
 * @length: bytes of it
 * @error: return location
 *
 * Checks a request as brokers do: bytes behind the message are passed over. librdkafka 2.8 sends
 * some: its Metadata request for all topics has a count of four bytes where version 9 has one.
 *
 * Returns: %FALSE as barista_wire_view_init() does
 */
gboolean
barista_wire_view_init_request (BaristaWireView *self,
                                const BaristaWireLayout *layout,
                                gint16 version,
                                const guint8 *bytes,
                                gsize length,
                                GError **error)
{
  return init_view (self, layout, layout->request, version, bytes, length, error)
         && check_message (self, layout, BARISTA_WIRE_REQUEST, FALSE, error);
}

static const BaristaWireField *
find_field (const BaristaWireView *self, const char *name)
{
  for (const BaristaWireField *field = self->fields; field->name != NULL; field++)
    if (g_str_equal (field->name, name))
      return field;

  g_critical ("There is no field '%s' beside '%s'", name, self->fields->name);
  return NULL;
}

/* Puts the walk on the value of @wanted. FALSE: the version doesn't have it, or a tagged one is not
 * there. */
static gboolean
seek (const BaristaWireView *self, const BaristaWireField *wanted, BaristaWireWalk *walk)
{
  if (wanted == NULL || !barista_wire_field_in_version (wanted, self->version))
    return FALSE;

  barista_wire_walk_init (walk, self->data, self->length, self->version, self->flexible);
  for (const BaristaWireField *field = self->fields; field->name != NULL; field++)
    {
      if (field->tagged || !barista_wire_field_in_version (field, self->version))
        continue;
      if (field == wanted)
        return TRUE;
      barista_wire_walk_value (walk, field);
    }

  return barista_wire_walk_tags (walk, self->fields, wanted);
}

/**
 * barista_wire_view_get_int:
 * @self: a struct of a checked message
 * @field: name of a number or boolean
 *
 * Returns: its value; 0 or 1 of a boolean; the field's fallback when it isn't there
 */
gint64
barista_wire_view_get_int (const BaristaWireView *self, const char *field)
{
  const BaristaWireField *wanted = find_field (self, field);
  BaristaWireWalk walk;

  if (!seek (self, wanted, &walk))
    return wanted != NULL ? wanted->fallback : 0;

  switch (wanted->type)
    {
    case BARISTA_WIRE_BOOLEAN:
      return barista_reader_u8 (&walk.reader) != 0;
    case BARISTA_WIRE_INT8:
      return (gint8) barista_reader_u8 (&walk.reader);
    case BARISTA_WIRE_INT16:
      return barista_reader_i16 (&walk.reader);
    case BARISTA_WIRE_INT32:
      return barista_reader_i32 (&walk.reader);
    case BARISTA_WIRE_INT64:
      return barista_reader_i64 (&walk.reader);
    default:
      g_critical ("Field '%s' is not a number", field);
      return 0;
    }
}

/**
 * barista_wire_view_get_bytes:
 * @self: a struct of a checked message
 * @field: name of bytes, records or a UUID
 * @length: (out): how many
 *
 * Returns: (nullable) (transfer none): the bytes in place; %NULL when null or not there
 */
const guint8 *
barista_wire_view_get_bytes (const BaristaWireView *self, const char *field, gsize *length)
{
  const BaristaWireField *wanted = find_field (self, field);
  BaristaWireWalk walk;
  gint64 n;

  *length = 0;
  if (!seek (self, wanted, &walk))
    return NULL;

  n = wanted->type == BARISTA_WIRE_UUID ? 16 : barista_wire_walk_length (&walk, wanted);
  if (n < 0)
    return NULL;

  *length = n;
  return barista_reader_bytes (&walk.reader, n);
}

/**
 * barista_wire_view_get_string:
 * @self: a struct of a checked message
 * @field: name of a string
 * @length: (out): its bytes
 *
 * Returns: (nullable) (transfer none): UTF-8 text in place, without a final NUL; %NULL when null or
 *   not there
 */
const char *
barista_wire_view_get_string (const BaristaWireView *self, const char *field, gsize *length)
{
  return (const char *) barista_wire_view_get_bytes (self, field, length);
}

char *
barista_wire_view_dup_string (const BaristaWireView *self, const char *field)
{
  gsize length;
  const char *text = barista_wire_view_get_string (self, field, &length);

  return text != NULL ? g_strndup (text, length) : NULL;
}

/**
 * barista_wire_view_get_struct:
 * @self: a struct of a checked message
 * @field: name of a tagged struct
 * @out: (out caller-allocates): its view
 *
 * Returns: %FALSE when it isn't there; @out is then untouched
 */
gboolean
barista_wire_view_get_struct (const BaristaWireView *self, const char *field, BaristaWireView *out)
{
  const BaristaWireField *wanted = find_field (self, field);
  BaristaWireWalk walk;

  if (!seek (self, wanted, &walk))
    return FALSE;

  *out = (BaristaWireView) {
    .fields = wanted->element,
    .data = walk.reader.data + walk.reader.offset,
    .length = barista_reader_left (&walk.reader),
    .version = self->version,
    .flexible = self->flexible,
  };
  return TRUE;
}

/**
 * barista_wire_view_get_array:
 * @self: a struct of a checked message
 * @field: name of an array
 * @iter: (out caller-allocates): set before its first element
 *
 * Returns: number of elements; -1 when the array is null or not there
 */
int
barista_wire_view_get_array (const BaristaWireView *self, const char *field, BaristaWireIter *iter)
{
  const BaristaWireField *wanted = find_field (self, field);
  BaristaWireWalk walk;
  gint64 n;

  *iter = (BaristaWireIter) { .field = wanted };
  if (!seek (self, wanted, &walk))
    return -1;

  n = barista_wire_walk_length (&walk, wanted);
  iter->left = MAX (n, 0);
  iter->cursor = (BaristaWireView) {
    .fields = wanted->element,
    .data = walk.reader.data + walk.reader.offset,
    .length = barista_reader_left (&walk.reader),
    .version = self->version,
    .flexible = self->flexible,
  };
  return n;
}

static void
advance (BaristaWireIter *self, const BaristaReader *reader)
{
  self->cursor.data += reader->offset;
  self->cursor.length -= reader->offset;
  self->left--;
}

/**
 * barista_wire_iter_next:
 * @self: an iterator over an array of structs
 * @element: (out caller-allocates): a view of the next one
 *
 * Returns: %FALSE after the last
 */
gboolean
barista_wire_iter_next (BaristaWireIter *self, BaristaWireView *element)
{
  BaristaWireWalk walk;

  if (self->left == 0)
    return FALSE;
  g_return_val_if_fail (self->field->type == BARISTA_WIRE_STRUCT_ARRAY, FALSE);

  *element = self->cursor;
  barista_wire_walk_init (&walk, self->cursor.data, self->cursor.length, self->cursor.version,
                          self->cursor.flexible);
  barista_wire_walk_struct (&walk, self->field->element);
  advance (self, &walk.reader);
  return TRUE;
}

gboolean
barista_wire_iter_next_int (BaristaWireIter *self, gint32 *value)
{
  BaristaReader reader;

  if (self->left == 0)
    return FALSE;
  g_return_val_if_fail (self->field->type == BARISTA_WIRE_INT32_ARRAY, FALSE);

  barista_reader_init (&reader, self->cursor.data, self->cursor.length);
  *value = barista_reader_i32 (&reader);
  advance (self, &reader);
  return TRUE;
}

/**
 * barista_wire_iter_next_string:
 * @self: an iterator over an array of strings
 * @text: (out) (transfer none): the next one, without a final NUL
 * @length: (out): its bytes
 *
 * Returns: %FALSE after the last
 */
gboolean
barista_wire_iter_next_string (BaristaWireIter *self, const char **text, gsize *length)
{
  static const BaristaWireField element = { "element", BARISTA_WIRE_STRING, 0 };
  BaristaWireWalk walk;
  gint64 n;

  if (self->left == 0)
    return FALSE;
  g_return_val_if_fail (self->field->type == BARISTA_WIRE_STRING_ARRAY, FALSE);

  barista_wire_walk_init (&walk, self->cursor.data, self->cursor.length, self->cursor.version,
                          self->cursor.flexible);
  n = barista_wire_walk_length (&walk, &element);
  *length = MAX (n, 0);
  *text = (const char *) barista_reader_bytes (&walk.reader, *length);
  advance (self, &walk.reader);
  return TRUE;
}
