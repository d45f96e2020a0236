/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* A peer on loopback. Each connection runs its handler on a thread, with blocking reads and writes,
 * so that a fake is written down as what it says and in which order. Accepting needs the main
 * context of the thread that made the server to run. */
typedef struct _FakeServer FakeServer;

/* @stop: cancelled when the server is freed (inside TLS the stream ends instead). The connection is closed when the handler returns. */
typedef void (*FakeHandler) (GIOStream *stream, GCancellable *stop, gpointer data);

FakeServer *fake_server_new (FakeHandler handler, gconstpointer data);
/* @certificate: served; @mode: whether the client is asked for one of its own */
FakeServer *fake_server_new_tls (GTlsCertificate *certificate,
                                 GTlsAuthenticationMode mode,
                                 FakeHandler handler,
                                 gconstpointer data);
void fake_server_free (FakeServer *self);
guint16 fake_server_get_port (FakeServer *self);
guint fake_server_get_accepted (FakeServer *self); /* connections so far */
G_DEFINE_AUTOPTR_CLEANUP_FUNC (FakeServer, fake_server_free)

/* Handlers: says nothing until the client goes; hangs up at once. */
void fake_silent (GIOStream *stream, GCancellable *stop, gpointer unused);
void fake_closing (GIOStream *stream, GCancellable *stop, gpointer unused);
/* Reads a little, answers the text @data, closes. */
void fake_answering (GIOStream *stream, GCancellable *stop, gpointer data);

/* A port of 127.0.0.1 that nothing listens on. */
guint16 fake_closed_port (void);

/* A listener whose queue is full: connecting to it neither succeeds nor fails. */
typedef struct _FakeFull FakeFull;
/* @port: 0 for any */
FakeFull *fake_full_new (const char *address, guint16 port);
guint16 fake_full_get_port (FakeFull *self);
void fake_full_free (FakeFull *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (FakeFull, fake_full_free)

G_END_DECLS
