/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "barista-scram-proof.h"
#include <string.h>

#define MAX_BLOCK 128

/* How often a cancellation is looked for: every millisecond or two. */
#define ROUNDS_AT_ONCE 1024

/* GHmac would do but for its stack, where it leaves the padded key. */
typedef struct
{
  gsize digest_length;
  GChecksum *inner, *outer; /* each has taken the padded key */
} Hmac;

/* Frees a checksum of something secret. GLib frees the last block, the digest and its text as they
 * are; those of an empty text are put in their place. */
static void
wipe_checksum (GChecksum *checksum)
{
  char *text = (char *) g_checksum_get_string (checksum);

  explicit_bzero (text, strlen (text));
  g_checksum_reset (checksum);
  g_checksum_get_string (checksum);
  g_checksum_free (checksum);
}

static void
digest (GChecksumType hash, const guint8 *data, gsize length, guint8 *out)
{
  GChecksum *checksum = g_checksum_new (hash);
  gsize room = BARISTA_SCRAM_MAX_DIGEST;

  g_checksum_update (checksum, data, (gssize) length);
  g_checksum_get_digest (checksum, out, &room);
  wipe_checksum (checksum);
}

static GChecksum *
padded (GChecksumType hash, guint8 *key, gsize block, guint8 pad)
{
  GChecksum *checksum = g_checksum_new (hash);

  for (gsize i = 0; i < block; i++)
    key[i] ^= pad;
  g_checksum_update (checksum, key, (gssize) block);
  return checksum;
}

/* RFC 2104 */
static void
hmac_init (Hmac *self, GChecksumType hash, const void *key, gsize key_length)
{
  guint8 block[MAX_BLOCK] = { 0 };
  gsize block_length = hash == G_CHECKSUM_SHA256 ? 64 : 128;

  self->digest_length = (gsize) g_checksum_type_get_length (hash);
  if (key_length > block_length)
    digest (hash, key, key_length, block);
  else
    memcpy (block, key, key_length);

  self->inner = padded (hash, block, block_length, 0x36);
  self->outer = padded (hash, block, block_length, 0x36 ^ 0x5c);
  explicit_bzero (block, sizeof block);
}

static void
hmac_clear (Hmac *self)
{
  wipe_checksum (self->inner);
  wipe_checksum (self->outer);
}

static void
hmac_finish (const Hmac *self, const void *data, gsize length, guint8 *out)
{
  gsize room = self->digest_length;

  g_checksum_update (self->inner, data, (gssize) length);
  g_checksum_get_digest (self->inner, out, &room);
  g_checksum_update (self->outer, out, (gssize) self->digest_length);
  g_checksum_get_digest (self->outer, out, &room);
}

/* Keeps the key for the next one. Its copies are freed as they are: a round alone tells nothing of
 * the salted password, and wiping would take most of the time. */
static void
hmac_round (const Hmac *self, const void *data, gsize length, guint8 *out)
{
  Hmac copy = { self->digest_length, g_checksum_copy (self->inner), g_checksum_copy (self->outer) };

  hmac_finish (&copy, data, length, out);
  g_checksum_free (copy.inner);
  g_checksum_free (copy.outer);
}

static void
hmac_once (GChecksumType hash, const guint8 *key, gsize key_length, const char *text, guint8 *out)
{
  Hmac hmac;

  hmac_init (&hmac, hash, key, key_length);
  hmac_finish (&hmac, text, strlen (text), out);
  hmac_clear (&hmac);
}

/* Hi() of RFC 5802, 2.2: the first block of PBKDF2 (RFC 8018). */
static gboolean
salt_password (const BaristaScramInput *input,
               GCancellable *cancellable,
               guint8 *salted,
               GError **error)
{
  g_autoptr (GByteArray) salt = g_byte_array_new ();
  guint8 round[BARISTA_SCRAM_MAX_DIGEST];
  gboolean cancelled = FALSE;
  Hmac hmac;

  g_byte_array_append (salt, input->salt, (guint) input->salt_length);
  g_byte_array_append (salt, (const guint8[]) { 0, 0, 0, 1 }, 4);

  hmac_init (&hmac, input->hash, input->password, input->password_length);
  hmac_round (&hmac, salt->data, salt->len, round);
  memcpy (salted, round, hmac.digest_length);
  for (guint i = 1; i < input->iterations && !cancelled; i++)
    {
      hmac_round (&hmac, round, hmac.digest_length, round);
      for (gsize j = 0; j < hmac.digest_length; j++)
        salted[j] ^= round[j];
      if (i % ROUNDS_AT_ONCE == 0)
        cancelled = g_cancellable_set_error_if_cancelled (cancellable, error);
    }
  hmac_clear (&hmac);
  explicit_bzero (round, sizeof round);
  return !cancelled;
}

typedef struct
{
  guint8 salted_password[BARISTA_SCRAM_MAX_DIGEST];
  guint8 client_key[BARISTA_SCRAM_MAX_DIGEST];
  guint8 stored_key[BARISTA_SCRAM_MAX_DIGEST];
  guint8 server_key[BARISTA_SCRAM_MAX_DIGEST];
} Keys;

/* RFC 5802, 3 */
static void
sign (const BaristaScramInput *input, Keys *keys, BaristaScramProof *proof)
{
  gsize length = proof->length;

  hmac_once (input->hash, keys->salted_password, length, "Client Key", keys->client_key);
  digest (input->hash, keys->client_key, length, keys->stored_key);
  hmac_once (input->hash, keys->stored_key, length, input->auth_message, proof->proof);
  for (gsize i = 0; i < length; i++)
    proof->proof[i] ^= keys->client_key[i];

  hmac_once (input->hash, keys->salted_password, length, "Server Key", keys->server_key);
  hmac_once (input->hash, keys->server_key, length, input->auth_message, proof->server_signature);
}

/**
 * barista_scram_prove:
 * @input: not changed meanwhile
 * @cancellable: (nullable): looked at while it computes
 * @proof: (out caller-allocates): what the password comes to
 * @error: return location
 *
 * Takes from some milliseconds to a few seconds, by the iterations: it belongs on a thread of its
 * own. Keeps nothing.
 *
 * Returns: %FALSE and %G_IO_ERROR_CANCELLED if it was cancelled
 */
gboolean
barista_scram_prove (const BaristaScramInput *input,
                     GCancellable *cancellable,
                     BaristaScramProof *proof,
                     GError **error)
{
  Keys keys;
  gboolean done;

  *proof = (BaristaScramProof) { .length = (gsize) g_checksum_type_get_length (input->hash) };
  done = !g_cancellable_set_error_if_cancelled (cancellable, error)
         && salt_password (input, cancellable, keys.salted_password, error);
  if (done)
    sign (input, &keys, proof);
  explicit_bzero (&keys, sizeof keys);
  return done;
}
