/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "fake-server.h"

G_BEGIN_DECLS

/* A TLS server that hands out session tickets and takes them back, as OpenSSL's and Java's do and
 * GIO's own does not. For each connection: reads once, answers @answer, closes. */
typedef struct _FakeTickets FakeTickets;

/* @priority: (nullable): GnuTLS's words for the versions and ciphers that it offers */
FakeTickets *
fake_tickets_new (GTlsCertificate *certificate, const char *priority, const char *answer);
void fake_tickets_free (FakeTickets *self);
guint16 fake_tickets_get_port (FakeTickets *self);
guint fake_tickets_get_resumed (FakeTickets *self); /* sessions that were resumed */

G_DEFINE_AUTOPTR_CLEANUP_FUNC (FakeTickets, fake_tickets_free)

G_END_DECLS
