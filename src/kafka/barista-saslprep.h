/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * BaristaSaslprepUse:
 * @BARISTA_SASLPREP_QUERY: a name that is looked up: code points that no character has yet may pass
 * @BARISTA_SASLPREP_STORED: a password, of which the other side keeps a hash: they may not
 */
typedef enum
{
  BARISTA_SASLPREP_QUERY,
  BARISTA_SASLPREP_STORED,
} BaristaSaslprepUse;

/* Longer texts are refused, and those that become longer. */
#define BARISTA_SASLPREP_MAX_BYTES (16 * 1024)

char *barista_saslprep (const char *text, BaristaSaslprepUse use, GError **error);

G_END_DECLS
