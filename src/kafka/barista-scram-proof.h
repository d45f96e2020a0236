/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

#define BARISTA_SCRAM_MAX_DIGEST 64

/**
 * BaristaScramProof:
 *
 * What a password comes to in one exchange: the proof that we send, and the signature that we want
 * to see. Its owner wipes it.
 */
typedef struct
{
  gsize length; /* of each: the digest's */
  guint8 proof[BARISTA_SCRAM_MAX_DIGEST];
  guint8 server_signature[BARISTA_SCRAM_MAX_DIGEST];
} BaristaScramProof;

/**
 * BaristaScramInput:
 * @hash: %G_CHECKSUM_SHA256 or %G_CHECKSUM_SHA512
 * @password: prepared
 * @auth_message: the messages so far, as RFC 5802, 3 puts them together
 */
typedef struct
{
  GChecksumType hash;
  const char *password;
  gsize password_length;
  const guint8 *salt;
  gsize salt_length;
  guint iterations;
  const char *auth_message;
} BaristaScramInput;

gboolean barista_scram_prove (const BaristaScramInput *input,
                              GCancellable *cancellable,
                              BaristaScramProof *proof,
                              GError **error);

G_END_DECLS
