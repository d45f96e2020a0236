/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "barista-scram.h"
#include "barista-secret.h"

G_BEGIN_DECLS

typedef struct _BaristaSasl BaristaSasl;

/**
 * BaristaSaslMechanism:
 * @name: as SaslHandshake has it
 * @hash: of a SCRAM: what it hashes with
 * @is_slow: its answers to the broker take milliseconds or more, and are made on a thread of their own
 * @begin: (nullable): looks at name and password before anything is sent
 * @step: gives the next message to the broker, or NULL and an error. @challenge: (nullable): what
 *   the broker said to the last one, NULL for the first. It sets `is_last` with the message after
 *   which nothing more is to be said
 * @check: (nullable): whether the broker's answer to the last message is as it should be
 *
 * A sign-in as a row of a table.
 */
typedef struct
{
  const char *name;
  GChecksumType hash;
  gboolean is_slow;
  gboolean (*begin) (BaristaSasl *sasl, GError **error);
  GBytes *(*step) (BaristaSasl *sasl, GBytes *challenge, GCancellable *cancellable, GError **error);
  gboolean (*check) (BaristaSasl *sasl, GBytes *answer, GError **error);
} BaristaSaslMechanism;

/**
 * BaristaSasl:
 *
 * One sign-in under way, without the network. Of its messages each wipes itself when it is freed.
 */
struct _BaristaSasl
{
  const BaristaSaslMechanism *mechanism;
  char *username;
  BaristaSecret *password;
  BaristaScram *scram;
  gboolean is_last;
  gboolean odd_characters; /* see BaristaSaslResult */
};

/* NULL and G_IO_ERROR_NOT_SUPPORTED for a mechanism that we don't have, BARISTA_CONNECTION_ERROR
 * SASLPREP for a name or a password that it can't carry. */
BaristaSasl *barista_sasl_new (const char *mechanism,
                               const char *username,
                               BaristaSecret *password,
                               GError **error);
void barista_sasl_free (BaristaSasl *self);
/* (transfer full): the next message. Until it is there, @self is the step's alone: it may be on
 * another thread. */
void barista_sasl_step_async (BaristaSasl *self,
                              GBytes *challenge,
                              GCancellable *cancellable,
                              GAsyncReadyCallback callback,
                              gpointer user_data);
GBytes *barista_sasl_step_finish (GAsyncResult *result, GError **error);
/* Of the answer to the last message. */
gboolean barista_sasl_check (BaristaSasl *self, GBytes *answer, GError **error);

/* Takes @data (of g_malloc), which is wiped before it is freed. */
GBytes *barista_sasl_bytes_take (guint8 *data, gsize length);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BaristaSasl, barista_sasl_free)

G_END_DECLS
