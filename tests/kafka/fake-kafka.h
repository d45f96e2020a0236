/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "barista-connection.h"
#include "fake-server.h"

G_BEGIN_DECLS

/* What a FakeHandler needs to play a broker. */

typedef struct
{
  BaristaWireRequestHeader header;
  const guint8 *body;
  gsize body_length;
  guint8 *frame; /* without its size; header and body lead into it */
  gsize length;
} FakeRequest;

/* NULL when the client is gone or the test is over. */
FakeRequest *fake_kafka_read (GIOStream *stream, GCancellable *stop);
void fake_request_free (FakeRequest *self);
/* Reads one and requires it to be of @api. */
FakeRequest *fake_kafka_expect (GIOStream *stream, GCancellable *stop, BaristaApi api);
/* Takes @response. */
void fake_kafka_write (GIOStream *stream, GCancellable *stop, BaristaWireWriter *response);
void
fake_kafka_write_bytes (GIOStream *stream, GCancellable *stop, const void *bytes, gsize length);

typedef struct
{
  gint16 api_key, min, max;
} FakeRange;

/* Reads ApiVersions and answers it with @ranges, ended by an api_key of -1. */
void fake_kafka_hello (GIOStream *stream, GCancellable *stop, const FakeRange *ranges);

/* The client's end: connected in the clear, and after its hello. */
BaristaConnection *fake_kafka_connect (FakeServer *server);
BaristaConnection *fake_kafka_greet (FakeServer *server);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (FakeRequest, fake_request_free)

G_END_DECLS
