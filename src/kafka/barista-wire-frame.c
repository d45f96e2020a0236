/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "barista-wire-private.h"

#include <glib/gi18n-lib.h>

G_DEFINE_QUARK (barista_wire_error, barista_wire_error)

/* Header fields that are not in line; none of the tags has a meaning for us. */
static const BaristaWireField no_fields[] = { { NULL } };
static const BaristaWireField client_id = { "clientId", BARISTA_WIRE_STRING, 0,
                                            .null_since = BARISTA_WIRE_NULL_ALWAYS };

/* Of a size that is no number of bytes the high bit is set: it is shown as what it would be without a
 * sign. */
gboolean
barista_wire_refuse_size (guint32 size, GError **error)
{
  g_autofree char *claimed = g_format_size_full (size, G_FORMAT_SIZE_IEC_UNITS);
  g_autofree char *most = g_format_size_full (BARISTA_WIRE_MAX_FRAME, G_FORMAT_SIZE_IEC_UNITS);

  g_set_error (error, BARISTA_WIRE_ERROR, BARISTA_WIRE_ERROR_TOO_LARGE,
               /* Translators: two sizes, such as "1.5 GiB" and "128.0 MiB" */
               _ ("A message claims to have %s; the limit is %s"), claimed, most);
  return FALSE;
}

/**
 * barista_wire_parse_size:
 * @size: the four bytes in front of a frame
 * @length: (out): length of the frame behind them
 * @error: return location
 *
 * Returns: %FALSE with %BARISTA_WIRE_ERROR_TOO_LARGE when it is negative or more than
 *   %BARISTA_WIRE_MAX_FRAME
 */
gboolean
barista_wire_parse_size (const guint8 size[4], gsize *length, GError **error)
{
  BaristaReader reader;
  gint32 value;

  barista_reader_init (&reader, size, 4);
  value = barista_reader_i32 (&reader);
  *length = MAX (value, 0);
  if (value >= 0 && value <= BARISTA_WIRE_MAX_FRAME)
    return TRUE;

  return barista_wire_refuse_size ((guint32) value, error);
}

static gboolean
end_header (const BaristaWireWalk *walk,
            const char *what,
            const guint8 **body,
            gsize *body_length,
            GError **error)
{
  const BaristaReader *reader = &walk->reader;

  *body = barista_reader_ok (reader) ? reader->data + reader->offset : NULL;
  *body_length = barista_reader_left (reader);
  if (*body != NULL)
    return TRUE;

  g_set_error (error, BARISTA_WIRE_ERROR, BARISTA_WIRE_ERROR_MALFORMED,
               /* Translators: "request" or "response", then what is wrong in it */
               _ ("%s header: %s at byte %zu of %zu"), what, _ (reader->fault),
               reader->fault_offset, reader->length);
  return FALSE;
}

/* The client id keeps its old encoding in all header versions. */
static void
read_request_header (BaristaWireWalk *walk, BaristaWireRequestHeader *header)
{
  gint64 length;

  header->api_key = barista_reader_i16 (&walk->reader);
  header->api_version = barista_reader_i16 (&walk->reader);
  header->correlation_id = barista_reader_i32 (&walk->reader);
  length = barista_wire_walk_length (walk, &client_id);
  if (length < 0)
    return;

  header->client_id = (const char *) barista_reader_bytes (&walk->reader, length);
  header->client_id_length = header->client_id != NULL ? length : 0;
}

static const BaristaWireLayout *
layout_of_header (const BaristaWireRequestHeader *header, GError **error)
{
  const BaristaWireLayout *layout = barista_wire_layout (header->api_key);

  if (layout != NULL && header->api_version >= layout->min_version
      && header->api_version <= layout->max_version)
    return layout;

  g_set_error (error, BARISTA_WIRE_ERROR, BARISTA_WIRE_ERROR_UNKNOWN,
               _ ("%s version %d is not known"), barista_api_to_string (header->api_key),
               header->api_version);
  return NULL;
}

/**
 * barista_wire_parse_request:
 * @frame: what follows the four bytes of size
 * @length: bytes of it
 * @header: (out caller-allocates): the header; its client id leads into @frame
 * @body: (out) (transfer none): the rest after the header
 * @body_length: (out): bytes of it
 * @error: return location
 *
 * Reads a request's header, version 1 or 2 by the API's version.
 *
 * Returns: %FALSE with %BARISTA_WIRE_ERROR_MALFORMED, or with %BARISTA_WIRE_ERROR_UNKNOWN and
 *   @header filled for an API or version without a layout
 */
gboolean
barista_wire_parse_request (const guint8 *frame,
                            gsize length,
                            BaristaWireRequestHeader *header,
                            const guint8 **body,
                            gsize *body_length,
                            GError **error)
{
  const BaristaWireLayout *layout;
  BaristaWireWalk walk;

  *header = (BaristaWireRequestHeader) { 0 };
  *body = NULL;
  *body_length = 0;
  barista_wire_walk_init (&walk, frame, length, 0, FALSE);
  read_request_header (&walk, header);
  if (!barista_reader_ok (&walk.reader))
    return end_header (&walk, "Request", body, body_length, error);

  layout = layout_of_header (header, error);
  if (layout == NULL)
    return FALSE;

  walk.flexible = barista_wire_header_is_flexible (layout, BARISTA_WIRE_REQUEST,
                                                   header->api_version);
  barista_wire_walk_tags (&walk, no_fields, NULL);
  return end_header (&walk, layout->name, body, body_length, error);
}

/**
 * barista_wire_parse_response:
 * @layout: the layout of the API that was asked
 * @version: the version of the request
 * @frame: what follows the four bytes of size
 * @length: bytes of it
 * @correlation_id: (out): the request's number
 * @body: (out) (transfer none): the rest after the header
 * @body_length: (out): bytes of it
 * @error: return location
 *
 * Reads a response's header, version 0 or 1 by the API's version. A broker that doesn't know the
 * version of an ApiVersions request answers in version 0, with error 35: the header is the same.
 *
 * Returns: %FALSE with %BARISTA_WIRE_ERROR_MALFORMED
 */
gboolean
barista_wire_parse_response (const BaristaWireLayout *layout,
                             gint16 version,
                             const guint8 *frame,
                             gsize length,
                             gint32 *correlation_id,
                             const guint8 **body,
                             gsize *body_length,
                             GError **error)
{
  BaristaWireWalk walk;

  barista_wire_walk_init (&walk, frame, length, version,
                          barista_wire_header_is_flexible (layout, BARISTA_WIRE_RESPONSE, version));
  *correlation_id = barista_reader_i32 (&walk.reader);
  barista_wire_walk_tags (&walk, no_fields, NULL);
  return end_header (&walk, layout->name, body, body_length, error);
}
