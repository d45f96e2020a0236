/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "barista-append.h"
#include "barista-wire-private.h"

#include <string.h>

/* One struct or array that is being written; the message itself is the outermost. */
typedef struct
{
  const BaristaWireField *owner;  /* NULL: the message */
  const BaristaWireField *cursor; /* first field not written yet; NULL: not inside an element */
  guint left;                     /* elements to come */
  gboolean null;                  /* a null array: may end without being closed */
  gboolean muted;                 /* not in this version: take everything, write nothing */
  GByteArray *tags;               /* tagged fields of the struct so far */
  guint n_tags;
  GByteArray *outside; /* what was written to before this tagged value */
} Level;

struct _BaristaWireWriter
{
  const BaristaWireLayout *layout;
  gint16 version;
  gboolean flexible;
  gboolean secret;
  GByteArray *out;
  Level levels[BARISTA_WIRE_MAX_DEPTH + 1];
  guint depth;
};

static Level *
top (BaristaWireWriter *self)
{
  return &self->levels[self->depth];
}

/* --- bytes --- */

static void
wipe (GByteArray *array)
{
  if (array->len > 0)
    explicit_bzero (array->data, array->len);
  g_byte_array_unref (array);
}

/* An array that grows leaves its old bytes behind in freed memory; so one with a secret in it must
 * not grow again: only the section of tags still comes. */
static void
make_room_for_secret (BaristaWireWriter *self, gsize length)
{
  GByteArray *larger = g_byte_array_sized_new (self->out->len + length + 64);

  g_byte_array_append (larger, self->out->data, self->out->len);
  wipe (self->out);
  self->out = larger;
}

/* -1 = null. See read_length () of the walk. */
static void
emit_length (BaristaWireWriter *self, gint64 length, gboolean is_string)
{
  if (self->flexible)
    barista_append_uvarint (self->out, (guint32) (length + 1));
  else
    barista_append_int (self->out, length, is_string ? 2 : 4);
}

/* A length of 16 bits can't say more; what is longer is cut between two characters. */
static void
emit_text (BaristaWireWriter *self, const char *text, gsize length)
{
  if (!self->flexible && length > G_MAXINT16)
    for (length = G_MAXINT16; length > 0 && (text[length] & 0xc0) == 0x80;)
      length--;

  emit_length (self, text != NULL ? (gint64) length : -1, TRUE);
  barista_append_bytes (self->out, text, length);
}

static void
emit_string (BaristaWireWriter *self, const char *text)
{
  emit_text (self, text, text != NULL ? strlen (text) : 0);
}

/* --- structs --- */

static void
emit_fallback (BaristaWireWriter *self, const BaristaWireField *field)
{
  static const guint8 zeros[16] = { 0 };
  gsize width = barista_wire_type_width (field->type);

  if (field->type == BARISTA_WIRE_UUID)
    barista_append_bytes (self->out, zeros, sizeof zeros);
  else if (width > 0)
    barista_append_int (self->out, field->fallback, width);
  else if (field->type == BARISTA_WIRE_STRING || field->type == BARISTA_WIRE_BYTES
           || field->type == BARISTA_WIRE_RECORDS)
    emit_length (self, barista_wire_may_be_null (field, self->version) ? -1 : 0,
                 field->type == BARISTA_WIRE_STRING);
  else
    emit_length (self, 0, FALSE);
}

static void
fill_up_to (BaristaWireWriter *self, const BaristaWireField *end)
{
  Level *level = top (self);

  for (; level->cursor != end && level->cursor->name != NULL; level->cursor++)
    if (!level->muted && !level->cursor->tagged
        && barista_wire_field_in_version (level->cursor, self->version))
      emit_fallback (self, level->cursor);
}

static void
end_struct (BaristaWireWriter *self)
{
  Level *level = top (self);

  if (level->cursor == NULL)
    return;

  fill_up_to (self, NULL);
  if (self->flexible && !level->muted)
    {
      barista_append_uvarint (self->out, level->n_tags);
      if (level->tags != NULL)
        barista_append_bytes (self->out, level->tags->data, level->tags->len);
    }
  g_clear_pointer (&level->tags, g_byte_array_unref);
  level->n_tags = 0;
  level->cursor = NULL;
}

static void
leave_null_array (BaristaWireWriter *self)
{
  if (top (self)->null)
    barista_wire_end_array (self);
}

/* Fields go in the order of their table; those passed over take their fallback. */
static const BaristaWireField *
take_field (BaristaWireWriter *self, const char *name)
{
  const BaristaWireField *field;

  leave_null_array (self);
  field = top (self)->cursor;
  if (field == NULL)
    {
      g_critical ("%s: '%s' stands outside of an element", self->layout->name, name);
      return NULL;
    }

  while (field->name != NULL && !g_str_equal (field->name, name))
    field++;
  if (field->name == NULL)
    {
      g_critical ("%s: there is no '%s' here, or it comes too late", self->layout->name, name);
      return NULL;
    }

  fill_up_to (self, field);
  top (self)->cursor++;
  return field;
}

static gboolean
is_written (const BaristaWireWriter *self, const BaristaWireField *field)
{
  return !self->levels[self->depth].muted && barista_wire_field_in_version (field, self->version);
}

/* A tagged value is written aside: its size stands in front of it. */
static GByteArray *
begin_value (BaristaWireWriter *self, const BaristaWireField *field)
{
  GByteArray *outside = self->out;

  if (!field->tagged)
    return NULL;
  self->out = g_byte_array_new ();
  return outside;
}

static void
end_value (BaristaWireWriter *self, const BaristaWireField *field, GByteArray *outside)
{
  g_autoptr (GByteArray) value = NULL;
  Level *level = top (self);

  if (outside == NULL)
    return;

  value = self->out;
  self->out = level->tags != NULL ? level->tags : g_byte_array_new ();
  barista_append_uvarint (self->out, field->tag);
  barista_append_uvarint (self->out, value->len);
  barista_append_bytes (self->out, value->data, value->len);
  level->tags = self->out;
  level->n_tags++;
  self->out = outside;
}

/* --- fields --- */

/**
 * barista_wire_put_int:
 * @self: a writer
 * @field: name of a number or boolean
 * @value: its value, within the range of its type
 *
 * Puts a number. A tagged one that equals its fallback is left out, as Kafka does.
 */
void
barista_wire_put_int (BaristaWireWriter *self, const char *field, gint64 value)
{
  const BaristaWireField *taken = take_field (self, field);
  GByteArray *outside;

  if (taken == NULL || !is_written (self, taken) || (taken->tagged && value == taken->fallback))
    return;
  g_return_if_fail (taken->type <= BARISTA_WIRE_INT64);

  outside = begin_value (self, taken);
  barista_append_int (self->out, value, barista_wire_type_width (taken->type));
  end_value (self, taken, outside);
}

void
barista_wire_put_string (BaristaWireWriter *self, const char *field, const char *text)
{
  barista_wire_put_text (self, field, text, text != NULL ? strlen (text) : 0);
}

/**
 * barista_wire_put_text:
 * @self: a writer
 * @field: name of a string
 * @text: (nullable): @length bytes of UTF-8
 * @length: how many
 *
 * Puts a string that may hold NULs.
 */
void
barista_wire_put_text (BaristaWireWriter *self, const char *field, const char *text, gsize length)
{
  const BaristaWireField *taken = take_field (self, field);
  GByteArray *outside;

  if (taken == NULL || !is_written (self, taken) || (taken->tagged && text == NULL))
    return;
  g_return_if_fail (taken->type == BARISTA_WIRE_STRING);

  if (text == NULL && !barista_wire_may_be_null (taken, self->version))
    {
      g_critical ("%s version %d: '%s' is null", self->layout->name, self->version, field);
      text = "";
    }
  outside = begin_value (self, taken);
  emit_text (self, text, length);
  end_value (self, taken, outside);
}

/**
 * barista_wire_put_bytes:
 * @self: a writer
 * @field: name of bytes, records or a UUID
 * @bytes: (nullable): @length bytes, 16 for a UUID; %NULL for null, or for none where the version
 *   doesn't allow null
 * @length: how many
 *
 * Puts bytes.
 */
void
barista_wire_put_bytes (BaristaWireWriter *self,
                        const char *field,
                        const guint8 *bytes,
                        gsize length)
{
  const BaristaWireField *taken = take_field (self, field);
  gboolean null;

  if (taken == NULL || !is_written (self, taken))
    return;
  g_return_if_fail (bytes != NULL || length == 0);
  if (taken->type == BARISTA_WIRE_UUID)
    {
      g_return_if_fail (length == 16);
      barista_append_bytes (self->out, bytes, length);
      return;
    }
  g_return_if_fail (taken->type == BARISTA_WIRE_BYTES || taken->type == BARISTA_WIRE_RECORDS);
  g_return_if_fail (length <= BARISTA_WIRE_MAX_FRAME);

  if (self->secret)
    make_room_for_secret (self, length);
  null = bytes == NULL && barista_wire_may_be_null (taken, self->version);
  emit_length (self, null ? -1 : (gint64) length, FALSE);
  barista_append_bytes (self->out, bytes, length);
}

static void
push (BaristaWireWriter *self, const BaristaWireField *owner, gboolean muted, guint n)
{
  Level *level;

  g_assert (self->depth < BARISTA_WIRE_MAX_DEPTH);
  self->depth++;
  level = top (self);
  *level = (Level) { .owner = owner, .muted = muted, .left = n };
  if (!muted)
    level->outside = begin_value (self, owner);
}

static void
pop (BaristaWireWriter *self)
{
  const BaristaWireField *owner = top (self)->owner;
  GByteArray *outside = g_steal_pointer (&top (self)->outside);

  self->depth--;
  end_value (self, owner, outside);
}

/**
 * barista_wire_begin_array:
 * @self: a writer
 * @field: name of an array
 * @n: number of elements to come, all of them; -1 for null
 *
 * Opens an array, to be closed by barista_wire_end_array(). One that is null may also be left open:
 * the next field ends it.
 */
void
barista_wire_begin_array (BaristaWireWriter *self, const char *field, int n)
{
  const BaristaWireField *taken = take_field (self, field);
  gboolean muted;

  if (taken == NULL)
    return;
  g_return_if_fail (taken->type >= BARISTA_WIRE_INT32_ARRAY
                    && taken->type <= BARISTA_WIRE_STRUCT_ARRAY);

  muted = !is_written (self, taken) || (taken->tagged && n <= 0);
  if (!muted && n < 0 && !barista_wire_may_be_null (taken, self->version))
    {
      g_critical ("%s version %d: '%s' is null", self->layout->name, self->version, field);
      n = 0;
    }
  push (self, taken, muted, MAX (n, 0));
  top (self)->null = n < 0;
  if (!muted)
    emit_length (self, MAX (n, -1), FALSE);
}

static gboolean
step (BaristaWireWriter *self, BaristaWireType type)
{
  Level *level = top (self);

  g_return_val_if_fail (level->owner != NULL && level->owner->type == type, FALSE);
  g_return_val_if_fail (level->left > 0, FALSE);

  level->left--;
  return TRUE;
}

/**
 * barista_wire_next:
 * @self: a writer inside an array of structs
 *
 * Ends the element before, if any, and begins the next.
 */
void
barista_wire_next (BaristaWireWriter *self)
{
  end_struct (self);
  if (step (self, BARISTA_WIRE_STRUCT_ARRAY))
    top (self)->cursor = top (self)->owner->element;
}

void
barista_wire_put_element_int (BaristaWireWriter *self, gint32 value)
{
  if (step (self, BARISTA_WIRE_INT32_ARRAY) && !top (self)->muted)
    barista_append_int (self->out, value, 4);
}

void
barista_wire_put_element_string (BaristaWireWriter *self, const char *text)
{
  g_return_if_fail (text != NULL);

  if (step (self, BARISTA_WIRE_STRING_ARRAY) && !top (self)->muted)
    emit_string (self, text);
}

/* Elements that were promised but did not come would leave a frame that no one can read. */
static void
add_missing (BaristaWireWriter *self)
{
  switch (top (self)->owner->type)
    {
    case BARISTA_WIRE_STRUCT_ARRAY:
      barista_wire_next (self);
      break;
    case BARISTA_WIRE_INT32_ARRAY:
      barista_wire_put_element_int (self, 0);
      break;
    default:
      barista_wire_put_element_string (self, "");
    }
}

void
barista_wire_end_array (BaristaWireWriter *self)
{
  Level *level = top (self);

  g_return_if_fail (level->owner != NULL && level->owner->type != BARISTA_WIRE_STRUCT);

  if (level->left > 0)
    g_critical ("%s: %u elements of '%s' are missing", self->layout->name, level->left,
                level->owner->name);
  while (level->left > 0)
    add_missing (self);
  end_struct (self);
  pop (self);
}

/**
 * barista_wire_begin_struct:
 * @self: a writer
 * @field: name of a tagged struct
 *
 * Opens a struct; put its fields, then call barista_wire_end_struct(). One that is not opened is
 * not in the message.
 */
void
barista_wire_begin_struct (BaristaWireWriter *self, const char *field)
{
  const BaristaWireField *taken = take_field (self, field);

  if (taken == NULL)
    return;
  g_return_if_fail (taken->type == BARISTA_WIRE_STRUCT);

  push (self, taken, !is_written (self, taken), 0);
  top (self)->cursor = taken->element;
}

void
barista_wire_end_struct (BaristaWireWriter *self)
{
  const BaristaWireField *owner = top (self)->owner;

  g_return_if_fail (owner != NULL && owner->type == BARISTA_WIRE_STRUCT);

  end_struct (self);
  pop (self);
}

/* --- the frame --- */

static BaristaWireWriter *
writer_new (BaristaApi api, BaristaWireKind kind, gint16 version)
{
  const BaristaWireLayout *layout = barista_wire_layout (api);
  BaristaWireWriter *self;

  g_return_val_if_fail (layout != NULL, NULL);
  g_return_val_if_fail (version >= layout->min_version && version <= layout->max_version, NULL);

  self = g_new0 (BaristaWireWriter, 1);
  self->layout = layout;
  self->version = version;
  self->secret = api == BARISTA_API_SASL_AUTHENTICATE;
  self->out = g_byte_array_new ();
  top (self)->cursor = kind == BARISTA_WIRE_REQUEST ? layout->request : layout->response;
  barista_append_int (self->out, 0, 4);
  return self;
}

static BaristaWireWriter *
end_header (BaristaWireWriter *self, BaristaWireKind kind)
{
  if (barista_wire_header_is_flexible (self->layout, kind, self->version))
    barista_append_uvarint (self->out, 0);
  self->flexible = barista_wire_layout_is_flexible (self->layout, self->version);
  return self;
}

/**
 * barista_wire_request_new:
 * @api: an API that has a layout
 * @version: a version of it
 * @correlation_id: number that its answer will carry
 * @client_id: (nullable): name of this program
 *
 * Begins a request.
 *
 * Returns: (transfer full): a writer, inside the message
 */
BaristaWireWriter *
barista_wire_request_new (BaristaApi api,
                          gint16 version,
                          gint32 correlation_id,
                          const char *client_id)
{
  BaristaWireWriter *self = writer_new (api, BARISTA_WIRE_REQUEST, version);

  g_return_val_if_fail (self != NULL, NULL);
  barista_append_int (self->out, api, 2);
  barista_append_int (self->out, version, 2);
  barista_append_int (self->out, correlation_id, 4);
  emit_string (self, client_id);
  return end_header (self, BARISTA_WIRE_REQUEST);
}

/**
 * barista_wire_response_new:
 * @api: an API that has a layout
 * @version: the version of the request
 * @correlation_id: its number
 *
 * Begins a response.
 *
 * Returns: (transfer full): a writer, inside the message
 */
BaristaWireWriter *
barista_wire_response_new (BaristaApi api, gint16 version, gint32 correlation_id)
{
  BaristaWireWriter *self = writer_new (api, BARISTA_WIRE_RESPONSE, version);

  g_return_val_if_fail (self != NULL, NULL);
  barista_append_int (self->out, correlation_id, 4);
  return end_header (self, BARISTA_WIRE_RESPONSE);
}

/**
 * barista_wire_writer_finish:
 * @self: (transfer full): a writer with all arrays and structs closed
 *
 * Ends the message.
 *
 * Returns: (transfer full): the frame, its four bytes of size in front
 */
GBytes *
barista_wire_writer_finish (BaristaWireWriter *self)
{
  GByteArray *frame;
  guint32 size;

  leave_null_array (self);
  while (self->depth > 0)
    {
      g_critical ("%s: '%s' is still open", self->layout->name, top (self)->owner->name);
      if (top (self)->owner->type == BARISTA_WIRE_STRUCT)
        barista_wire_end_struct (self);
      else
        barista_wire_end_array (self);
    }
  end_struct (self);

  frame = g_steal_pointer (&self->out);
  size = GUINT32_TO_BE (frame->len - 4);
  memcpy (frame->data, &size, 4);
  if (self->secret)
    {
      barista_wire_writer_free (self);
      return g_bytes_new_with_free_func (frame->data, frame->len, (GDestroyNotify) wipe, frame);
    }

  barista_wire_writer_free (self);
  return g_byte_array_free_to_bytes (frame);
}

void
barista_wire_writer_free (BaristaWireWriter *self)
{
  for (guint i = 0; i <= self->depth; i++)
    {
      g_clear_pointer (&self->levels[i].tags, g_byte_array_unref);
      g_clear_pointer (&self->levels[i].outside, g_byte_array_unref);
    }
  if (self->out != NULL)
    wipe (self->out);
  g_free (self);
}
