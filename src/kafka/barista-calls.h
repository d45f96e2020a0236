/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * BaristaCallsFlags:
 * @BARISTA_CALLS_RAW: a frame without headers (after SaslHandshake 0): the next frame that comes is
 *   its answer
 * @BARISTA_CALLS_PROBE: any bytes, sent as they are; whatever comes back is the answer, and ends the
 *   use of the stream
 */
typedef enum
{
  BARISTA_CALLS_NONE = 0,
  BARISTA_CALLS_RAW = 1 << 0,
  BARISTA_CALLS_PROBE = 1 << 1,
} BaristaCallsFlags;

/**
 * BaristaCalls:
 *
 * Frames on a stream: four bytes of size, then that many. Sends requests as they come, without
 * waiting for answers, and gives each answer to the request whose correlation id it carries. Reads
 * only while an answer is owed. A frame grows with the bytes that have come, never on its announced
 * size alone; over 128 MiB it is refused.
 *
 * After a failure every call, present and to come, ends with it. A cancelled call ends at once, and
 * its answer is dropped when it comes. The last unref ends all.
 */
#define BARISTA_TYPE_CALLS (barista_calls_get_type ())
G_DECLARE_FINAL_TYPE (BaristaCalls, barista_calls, BARISTA, CALLS, GObject)

BaristaCalls *barista_calls_new (GIOStream *stream);

/* @frame: (transfer full): with its size in front; may be empty in a probe. It is let go of as
 * soon as it has been sent: one that holds a secret wipes itself when it is freed. Gives the answer
 * without its size. Errors: BARISTA_CONNECTION_ERROR CLOSED and PROTOCOL,
 * G_TLS_ERROR, G_IO_ERROR. */
void barista_calls_send_async (BaristaCalls *self,
                               GBytes *frame,
                               BaristaCallsFlags flags,
                               GCancellable *cancellable,
                               GAsyncReadyCallback callback,
                               gpointer user_data);
GBytes *barista_calls_send_finish (BaristaCalls *self, GAsyncResult *result, GError **error);

/* (transfer full): at most 16 */
GBytes *barista_calls_get_first_bytes (BaristaCalls *self);
/* Ends the calls under way with CLOSED. The stream itself stays open. */
void barista_calls_close (BaristaCalls *self);

G_END_DECLS
