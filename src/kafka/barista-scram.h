/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "barista-secret.h"
#include <gio/gio.h>

G_BEGIN_DECLS

/* Fewer would let an impostor find the password from our proof too cheaply; RFC 7677, 4 and Kafka
 * ask for as many. */
#define BARISTA_SCRAM_MIN_ITERATIONS 4096
/* More would keep us busy for seconds on a peer's word. Kafka itself allows 16384. */
#define BARISTA_SCRAM_MAX_ITERATIONS 1000000
#define BARISTA_SCRAM_MAX_MESSAGE 8192

/**
 * BaristaScram:
 *
 * The client's end of one SCRAM exchange (RFC 5802, 7677), over strings: client-first to the
 * broker, server-first back, client-final, server-final. Without channel binding, which Kafka
 * doesn't have. Used by one thread at a time.
 *
 * Errors are %BARISTA_CONNECTION_ERROR: PROTOCOL for a message that breaks the rules, SASL for a
 * refusal in SCRAM's own words, UNPROVEN for a broker that doesn't know the password, SASLPREP for a
 * name or a password that can't be prepared.
 */
typedef struct _BaristaScram BaristaScram;

BaristaScram *barista_scram_new (GChecksumType hash,
                                 const char *username,
                                 BaristaSecret *password,
                                 const char *nonce,
                                 GError **error);
void barista_scram_free (BaristaScram *self);

gboolean barista_scram_get_odd_characters (BaristaScram *self);
char *barista_scram_dup_first (BaristaScram *self);
gboolean barista_scram_take_server_first (BaristaScram *self,
                                          const guint8 *data,
                                          gsize length,
                                          GError **error);
guint barista_scram_get_iterations (BaristaScram *self);
char *barista_scram_make_final (BaristaScram *self, GCancellable *cancellable, GError **error);
gboolean barista_scram_check_server_final (BaristaScram *self,
                                           const guint8 *data,
                                           gsize length,
                                           GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BaristaScram, barista_scram_free)

G_END_DECLS
