/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * BaristaTapStream:
 *
 * The receiving half of a socket, read through a witness: it keeps the first bytes that came, counts
 * the rest and notes the peer's close. TLS runs on it rather than on the GSocketConnection, for two
 * reasons: an alert or an HTTP answer can be told from its bytes, not from a translated sentence;
 * and GIO resumes sessions only where it sees a GSocketConnection below, and a resumed session is
 * not verified again.
 *
 * GIO's TLS refuses a base stream that it can't poll, hence GPollableInputStream. TLS handshakes run
 * on a thread of GIO's, so the getters may be called from another thread.
 */
#define BARISTA_TYPE_TAP_STREAM (barista_tap_stream_get_type ())
G_DECLARE_FINAL_TYPE (BaristaTapStream, barista_tap_stream, BARISTA, TAP_STREAM, GFilterInputStream)

/* @limit: how many bytes are kept. @base must be pollable. */
BaristaTapStream *barista_tap_stream_new (GInputStream *base, gsize limit);
/* (transfer full): the first bytes */
GBytes *barista_tap_stream_get_bytes (BaristaTapStream *self);
gsize barista_tap_stream_get_received (BaristaTapStream *self);  /* in all */
gboolean barista_tap_stream_get_closed (BaristaTapStream *self); /* end or reset was read */
/* Nothing more is kept; counting goes on. What was kept before stays. */
void barista_tap_stream_stop (BaristaTapStream *self);

G_END_DECLS
