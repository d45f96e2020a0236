/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "barista-secret.h"

G_BEGIN_DECLS

typedef struct _BaristaSasl BaristaSasl;

/**
 * BaristaSaslMechanism:
 * @name: as SaslHandshake has it
 * @step: gives the next message to the broker, or NULL and an error. @challenge: (nullable): what
 *   the broker said to the last one, NULL for the first. It sets `is_last` with the message after
 *   which nothing more is to be said.
 *
 * A sign-in as a row of a table.
 */
typedef struct
{
  const char *name;
  GBytes *(*step) (BaristaSasl *sasl, GBytes *challenge, GError **error);
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
  gboolean is_last;
};

/* NULL and G_IO_ERROR_NOT_SUPPORTED for a mechanism that we don't have. */
BaristaSasl *barista_sasl_new (const char *mechanism,
                               const char *username,
                               BaristaSecret *password,
                               GError **error);
void barista_sasl_free (BaristaSasl *self);
/* (transfer full): the next message */
GBytes *barista_sasl_step (BaristaSasl *self, GBytes *challenge, GError **error);

/* Takes @data (of g_malloc), which is wiped before it is freed. */
GBytes *barista_sasl_bytes_take (guint8 *data, gsize length);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BaristaSasl, barista_sasl_free)

G_END_DECLS
