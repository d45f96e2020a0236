/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "fake-server.h"

G_BEGIN_DECLS

/**
 * FakeHttp:
 * @response: what is said to each request, whole: status line, headers, body
 * @keep_open: answers more than one request on a connection
 * @heads: what was asked: request line and headers of each; lock before reading
 *
 * For fake_http (), a FakeHandler. To be declared before its server, which it has to outlive.
 */
typedef struct
{
  char *response;
  gboolean keep_open;
  GMutex lock;
  GPtrArray *heads;
} FakeHttp;

void fake_http_init (FakeHttp *self, const char *response);
void fake_http_clear (FakeHttp *self);
void fake_http (GIOStream *stream, GCancellable *stop, gpointer self);
/* (transfer full) (nullable): the request line and headers of the nth request */
char *fake_http_get_head (FakeHttp *self, guint n);
guint fake_http_get_n (FakeHttp *self);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (FakeHttp, fake_http_clear)

/* Reads a request's head; NULL at the end. */
char *fake_http_read_head (GIOStream *stream, GCancellable *stop);

G_END_DECLS
