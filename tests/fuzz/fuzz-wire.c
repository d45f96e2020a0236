/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "barista-wire.h"

#include <string.h>

/* A frame as a peer may send it. First byte 0: a request, whose header says what it is. Else a
 * response, and two bytes tell to what: the layout's place among all, and its version above the
 * lowest. Whatever can be read is written anew, and must then be read and written to the same. */

int LLVMFuzzerTestOneInput (const guint8 *data, gsize size);

static void copy_struct (const BaristaWireView *view, BaristaWireWriter *writer);

static void
copy_array (const BaristaWireView *view, BaristaWireWriter *writer, const BaristaWireField *field)
{
  BaristaWireView element;
  BaristaWireIter iter;
  const char *text;
  gsize length;
  gint32 value;

  barista_wire_begin_array (writer, field->name,
                            barista_wire_view_get_array (view, field->name, &iter));
  while (iter.left > 0)
    if (field->type == BARISTA_WIRE_INT32_ARRAY && barista_wire_iter_next_int (&iter, &value))
      barista_wire_put_element_int (writer, value);
    else if (field->type == BARISTA_WIRE_STRING_ARRAY
             && barista_wire_iter_next_string (&iter, &text, &length))
      {
        g_autofree char *copy = g_strndup (text, length);

        barista_wire_put_element_string (writer, copy);
      }
    else if (barista_wire_iter_next (&iter, &element))
      {
        barista_wire_next (writer);
        copy_struct (&element, writer);
      }
  barista_wire_end_array (writer);
}

static void
copy_field (const BaristaWireView *view, BaristaWireWriter *writer, const BaristaWireField *field)
{
  BaristaWireView inner;
  gsize length;

  if (field->type <= BARISTA_WIRE_INT64)
    barista_wire_put_int (writer, field->name, barista_wire_view_get_int (view, field->name));
  else if (field->type == BARISTA_WIRE_STRING)
    {
      g_autofree char *text = barista_wire_view_dup_string (view, field->name);

      barista_wire_put_string (writer, field->name, text);
    }
  else if (field->type <= BARISTA_WIRE_RECORDS)
    {
      const guint8 *bytes = barista_wire_view_get_bytes (view, field->name, &length);

      barista_wire_put_bytes (writer, field->name, bytes, length);
    }
  else if (field->type <= BARISTA_WIRE_STRUCT_ARRAY)
    copy_array (view, writer, field);
  else if (barista_wire_view_get_struct (view, field->name, &inner))
    {
      barista_wire_begin_struct (writer, field->name);
      copy_struct (&inner, writer);
      barista_wire_end_struct (writer);
    }
}

static void
copy_struct (const BaristaWireView *view, BaristaWireWriter *writer)
{
  for (const BaristaWireField *field = view->fields; field->name != NULL; field++)
    if (barista_wire_field_in_version (field, view->version))
      copy_field (view, writer, field);
}

typedef struct
{
  const BaristaWireLayout *layout;
  BaristaWireKind kind;
  gint16 version;
} What;

static GBytes *
write_anew (const What *what, const BaristaWireView *view)
{
  BaristaWireWriter *writer = what->kind == BARISTA_WIRE_REQUEST
                                  ? barista_wire_request_new (what->layout->api, what->version, 1,
                                                              "fuzz")
                                  : barista_wire_response_new (what->layout->api, what->version, 1);

  copy_struct (view, writer);
  return barista_wire_writer_finish (writer);
}

static gboolean
read_frame (What *what, const guint8 *frame, gsize size, BaristaWireView *view)
{
  BaristaWireRequestHeader header;
  const guint8 *body;
  gint32 id;
  gsize length;

  if (what->kind == BARISTA_WIRE_RESPONSE)
    return barista_wire_parse_response (what->layout, what->version, frame, size, &id, &body,
                                        &length, NULL)
           && barista_wire_view_init (view, what->layout, what->kind, what->version, body, length,
                                      NULL);

  if (!barista_wire_parse_request (frame, size, &header, &body, &length, NULL))
    return FALSE;
  what->layout = barista_wire_layout (header.api_key);
  what->version = header.api_version;
  return barista_wire_view_init (view, what->layout, what->kind, what->version, body, length, NULL);
}

static void
check_copy (What what, const BaristaWireView *view)
{
  g_autoptr (GBytes) first = write_anew (&what, view);
  g_autoptr (GBytes) second = NULL;
  BaristaWireView again;
  gsize size;
  const guint8 *bytes = g_bytes_get_data (first, &size);

  if (!read_frame (&what, bytes + 4, size - 4, &again))
    g_error ("%s %d: own frame is not read", what.layout->name, what.version);
  second = write_anew (&what, &again);
  if (!g_bytes_equal (first, second))
    g_error ("%s %d: not the same again", what.layout->name, what.version);
}

int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  guint n;
  const BaristaWireLayout *const *layouts = barista_wire_layouts (&n);
  What what = { .kind = BARISTA_WIRE_REQUEST };
  gsize skipped = 1;
  BaristaWireView view;

  if (size < 3)
    return 0;
  if (data[0] != 0)
    {
      what.kind = BARISTA_WIRE_RESPONSE;
      what.layout = layouts[data[1] % n];
      what.version = (gint16) (what.layout->min_version + data[2]);
      skipped = 3;
    }
  if (read_frame (&what, data + skipped, size - skipped, &view))
    check_copy (what, &view);
  return 0;
}
