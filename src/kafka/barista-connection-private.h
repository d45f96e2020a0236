/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "barista-calls.h"
#include "barista-connection.h"
#include "barista-tap-stream.h"

G_BEGIN_DECLS

/* What the parts of the connection share: the object itself and its getters (barista-connection.c),
 * name and TCP (-connect.c), TLS (-tls.c), requests (-calls.c), ApiVersions (-hello.c), signing in
 * (-sasl.c). */
struct _BaristaConnection
{
  GObject parent_instance;

  BaristaAddress address;
  GCancellable *closing; /* ends whatever is under way */
  gboolean closed;

  gboolean resolved;
  GPtrArray *attempts;
  GSocketConnection *socket;
  BaristaConnectionTimes times;

  BaristaTapStream *tap;
  GIOStream *stream; /* what calls run on: tap and socket, later TLS above them */
  BaristaTlsTrace trace;
  gboolean handshaking;

  BaristaCalls *calls; /* made with the first call */
  gint32 next_correlation_id;
  GArray *api_ranges; /* BaristaApiRange */
  BaristaSaslResult *sasl_result;
};

GPtrArray *barista_connection_attempts_new (void); /* for barista_connection_get_attempts() */
void barista_connection_mark_resolved (BaristaConnection *self);
/* NULL and an error when the connection isn't open, or no longer. */
BaristaCalls *barista_connection_ensure_calls (BaristaConnection *self, GError **error);
/* A request of a version that wasn't negotiated: ApiVersions itself. */
BaristaWireWriter *
barista_connection_request_version (BaristaConnection *self, BaristaApi api, gint16 version);
void barista_sasl_result_free (BaristaSaslResult *self);

G_END_DECLS
