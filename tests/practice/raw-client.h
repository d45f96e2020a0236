/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "barista-practice.h"
#include "barista-wire.h"

#include <gio/gio.h>

G_BEGIN_DECLS

/* A blocking Kafka client that sends whatever it is told to, one request after the other: the
 * practice Dekaf runs on a thread of its own. It shares the codec with the server, not the
 * connection code. */
typedef struct
{
  GIOStream *stream;
  gint32 correlation_id;
  GBytes *frame; /* the last answer; the view of raw_client_call() leads into it */
} RawClient;

RawClient *raw_client_new (BaristaPractice *practice);
RawClient *raw_client_new_at (BaristaPractice *practice, guint16 port);
/* Connected and signed in. */
RawClient *raw_client_new_signed_in (BaristaPractice *practice);
void raw_client_free (RawClient *self);

void raw_client_send (RawClient *self, const guint8 *bytes, gsize length);
/* The next frame, without its size; NULL: the server has closed. */
GBytes *raw_client_receive (RawClient *self);
gboolean raw_client_is_closed (RawClient *self);

BaristaWireWriter *raw_client_request (RawClient *self, BaristaApi api, gint16 version);
/* Sends @request (taken); FALSE: closed instead of answered. */
gboolean raw_client_call (RawClient *self,
                          BaristaWireWriter *request,
                          BaristaApi api,
                          gint16 version,
                          BaristaWireView *answer);
/* SaslHandshake 1 and SaslAuthenticate 2; @answer: (nullable). FALSE: closed. */
gboolean raw_client_sign_in (RawClient *self,
                             const char *username,
                             const char *token,
                             BaristaWireView *answer);

/* The code that DeleteGroups has for @group. */
int raw_client_delete_group (RawClient *self, const char *group);

/* The @i-th element of an array that is there. */
BaristaWireView raw_element (const BaristaWireView *view, const char *field, guint i);
/* Starts one with @options, or dies; (nullable) @options: defaults, no arrivals. */
BaristaPractice *start_practice (const BaristaPracticeOptions *options);
BaristaPractice *start_scenario (const char *name);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RawClient, raw_client_free)

G_END_DECLS
