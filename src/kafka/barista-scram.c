/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "barista-connection.h"
#include "barista-saslprep.h"
#include "barista-scram-proof.h"
#include "barista-scram.h"
#include "barista-wipe.h"
#include <glib/gi18n-lib.h>
#include <sys/random.h>

/* "n,,": no channel binding, no other name to act for; in client-final as base64. */
#define GS2_HEADER "n,,"
#define CHANNEL_BINDING "c=biws"

#define NONCE_BYTES 24

struct _BaristaScram
{
  GChecksumType hash;
  BaristaSecret *password; /* prepared; gone when the proof is made */
  char *first_bare;        /* "n=NAME,r=NONCE" */
  const char *own_nonce;   /* in there */
  gboolean odd_characters;

  char *server_first;
  char *nonce; /* both sides' */
  guint8 *salt;
  gsize salt_length;
  guint iterations;

  BaristaScramProof proof;
};

/* --- what the broker says --- */

static gboolean
set_broken (GError **error, const char *fault)
{
  g_set_error (error, BARISTA_CONNECTION_ERROR, BARISTA_CONNECTION_ERROR_PROTOCOL,
               _ ("The server's SCRAM message breaks the rules: %s"), fault);
  return FALSE;
}

/* As text; NULL if it can't be a message. */
static char *
read_message (const guint8 *data, gsize length, GError **error)
{
  if (length == 0 || length > BARISTA_SCRAM_MAX_MESSAGE)
    set_broken (error, length == 0 ? _ ("it is empty") : _ ("it is too long"));
  else if (!g_utf8_validate_len ((const char *) data, length, NULL))
    set_broken (error, _ ("it isn't text"));
  else
    return g_strndup ((const char *) data, length);
  return NULL;
}

/* Takes "@name=VALUE" off @rest, with the comma behind it; NULL if something else stands there. */
static char *
take_attribute (const char **rest, char name)
{
  const char *value;
  gsize length;

  if ((*rest)[0] != name || (*rest)[1] != '=')
    return NULL;
  value = *rest + 2;
  length = strcspn (value, ",");
  *rest = value + length;
  if (**rest == ',' && (*rest)[1] != '\0')
    (*rest)++;
  return g_strndup (value, length);
}

/* What may follow in a later version of the protocol is passed over. */
static gboolean
are_extensions (const char *rest)
{
  while (*rest != '\0')
    {
      g_autofree char *value = g_ascii_isalpha (*rest) ? take_attribute (&rest, *rest) : NULL;

      if (value == NULL || *value == '\0')
        return FALSE;
    }
  return TRUE;
}

static gboolean
is_printable (const char *text)
{
  for (; *text != '\0'; text++)
    if (!g_ascii_isgraph (*text))
      return FALSE;
  return TRUE;
}

/* Base64 in its one right form; NULL for anything else. */
static guint8 *
decode (const char *text, gsize *length)
{
  g_autofree guint8 *bytes = g_base64_decode (text, length);
  g_autofree char *again = g_base64_encode (bytes, *length);

  return *length > 0 && g_str_equal (again, text) ? g_steal_pointer (&bytes) : NULL;
}

static gboolean
take_nonce (BaristaScram *self, const char **rest, GError **error)
{
  self->nonce = take_attribute (rest, 'r');
  if (self->nonce == NULL || !is_printable (self->nonce))
    return set_broken (error, _ ("it has no nonce"));
  if (!g_str_has_prefix (self->nonce, self->own_nonce))
    return set_broken (error, _ ("its nonce doesn't begin with ours"));
  if (g_str_equal (self->nonce, self->own_nonce))
    return set_broken (error, _ ("it adds nothing to our nonce"));
  return TRUE;
}

static gboolean
take_salt (BaristaScram *self, const char **rest, GError **error)
{
  g_autofree char *salt = take_attribute (rest, 's');

  self->salt = salt != NULL ? decode (salt, &self->salt_length) : NULL;
  return self->salt != NULL || set_broken (error, _ ("it has no salt"));
}

static gboolean
take_iterations (BaristaScram *self, const char **rest, GError **error)
{
  g_autofree char *text = take_attribute (rest, 'i');
  gsize digits = text != NULL ? strspn (text, "0123456789") : 0;

  if (digits == 0 || text[digits] != '\0' || *text == '0')
    return set_broken (error, _ ("it has no count of iterations"));
  self->iterations = (guint) MIN (g_ascii_strtoull (text, NULL, 10), G_MAXUINT);
  if (self->iterations < BARISTA_SCRAM_MIN_ITERATIONS)
    return set_broken (error,
                       _ ("it asks for fewer than 4096 iterations, which protect no password"));
  if (self->iterations > BARISTA_SCRAM_MAX_ITERATIONS)
    return set_broken (error, _ ("it asks for more than 1000000 iterations"));
  return TRUE;
}

/* "e=WORD": a refusal, in either message. */
static gboolean
is_refusal (const char *message, GError **error)
{
  g_autofree char *word = take_attribute (&message, 'e');

  if (word == NULL)
    return FALSE;
  if (*word == '\0' || !is_printable (word))
    set_broken (error, _ ("it refuses without a word"));
  else
    g_set_error (error, BARISTA_CONNECTION_ERROR, BARISTA_CONNECTION_ERROR_SASL, "%.64s", word);
  return TRUE;
}

/* --- ours --- */

/* RFC 5802, 5.1: a comma and an equals sign stand for something else. */
static char *
escape (const char *name)
{
  GString *text = g_string_new (name);

  g_string_replace (text, "=", "=3D", 0);
  g_string_replace (text, ",", "=2C", 0);
  return g_string_free_and_steal (text);
}

static char *
make_nonce (void)
{
  guint8 bytes[NONCE_BYTES];

  /* Ends the program rather than going on with a nonce that can be guessed. */
  if (getentropy (bytes, sizeof bytes) != 0)
    g_error ("The system has no random numbers");
  return g_base64_encode (bytes, sizeof bytes);
}

static gboolean
take_password (BaristaScram *self, BaristaSecret *password, GError **error)
{
  const char *typed = barista_secret_peek (password, NULL);
  char *prepared = barista_saslprep (typed, BARISTA_SASLPREP_STORED, error);

  if (prepared == NULL)
    return FALSE;
  self->password = barista_secret_new (prepared, -1);
  self->odd_characters |= !g_str_equal (typed, prepared);
  barista_wipe_free_text (prepared);
  return TRUE;
}

/**
 * barista_scram_new:
 * @hash: %G_CHECKSUM_SHA256 or %G_CHECKSUM_SHA512
 * @username: UTF-8
 * @password: read here; its prepared form is kept as a secret until the proof is made
 * @nonce: (nullable): for tests; a random one otherwise
 * @error: return location
 *
 * Prepares both texts (RFC 4013).
 *
 * Returns: (transfer full) (nullable): an exchange; %NULL and %BARISTA_CONNECTION_ERROR_SASLPREP
 */
BaristaScram *
barista_scram_new (GChecksumType hash,
                   const char *username,
                   BaristaSecret *password,
                   const char *nonce,
                   GError **error)
{
  g_autoptr (BaristaScram) self = g_new0 (BaristaScram, 1);
  g_autofree char *name = NULL, *escaped = NULL, *random = NULL;

  self->hash = hash;
  name = barista_saslprep (username, BARISTA_SASLPREP_QUERY, error);
  if (name == NULL)
    {
      g_prefix_error (error, "%s", _ ("The user name can't be used with SCRAM: "));
      return NULL;
    }
  self->odd_characters = !g_str_is_ascii (name);
  if (!take_password (self, password, error))
    {
      g_prefix_error (error, "%s", _ ("The password can't be used with SCRAM: "));
      return NULL;
    }

  escaped = escape (name);
  random = nonce == NULL ? make_nonce () : NULL;
  self->first_bare = g_strdup_printf ("n=%s,r=%s", escaped, nonce != NULL ? nonce : random);
  self->own_nonce = strrchr (self->first_bare, ',') + strlen (",r=");
  return g_steal_pointer (&self);
}

void
barista_scram_free (BaristaScram *self)
{
  g_clear_object (&self->password);
  g_free (self->first_bare);
  g_free (self->server_first);
  g_free (self->nonce);
  g_free (self->salt);
  barista_wipe_free (self, sizeof *self);
}

/**
 * barista_scram_get_odd_characters:
 *
 * Apache Kafka's broker knows no SASLprep: it refuses a user name that isn't ASCII, and hashes a
 * password as it was typed (seen with 4.3.1).
 *
 * Returns: whether one of the two comes into play here
 */
gboolean
barista_scram_get_odd_characters (BaristaScram *self)
{
  return self->odd_characters;
}

/**
 * barista_scram_dup_first:
 *
 * Returns: (transfer full): client-first
 */
char *
barista_scram_dup_first (BaristaScram *self)
{
  return g_strconcat (GS2_HEADER, self->first_bare, NULL);
}

/**
 * barista_scram_take_server_first:
 * @data: the broker's answer to client-first, @length bytes
 * @error: return location
 *
 * Reads server-first (RFC 5802, 7), once.
 *
 * Returns: %FALSE and PROTOCOL or SASL for anything else than a message to go on with
 */
gboolean
barista_scram_take_server_first (BaristaScram *self,
                                 const guint8 *data,
                                 gsize length,
                                 GError **error)
{
  const char *rest;

  g_return_val_if_fail (self->server_first == NULL, FALSE);

  self->server_first = read_message (data, length, error);
  rest = self->server_first;
  if (rest == NULL || is_refusal (rest, error))
    return FALSE;
  if (g_str_has_prefix (rest, "m="))
    return set_broken (error, _ ("it wants an extension that isn't known"));

  return take_nonce (self, &rest, error) && take_salt (self, &rest, error)
         && take_iterations (self, &rest, error)
         && (are_extensions (rest) || set_broken (error, _ ("its end can't be read")));
}

/* What server-first asks for; 0 before it. */
guint
barista_scram_get_iterations (BaristaScram *self)
{
  return self->iterations;
}

static gboolean
prove (BaristaScram *self, const char *without_proof, GCancellable *cancellable, GError **error)
{
  g_autofree char *auth_message = NULL;
  BaristaScramInput input = { 0 };

  auth_message = g_strjoin (",", self->first_bare, self->server_first, without_proof, NULL);
  input.hash = self->hash;
  input.password = barista_secret_peek (self->password, &input.password_length);
  input.salt = self->salt;
  input.salt_length = self->salt_length;
  input.iterations = self->iterations;
  input.auth_message = auth_message;
  return barista_scram_prove (&input, cancellable, &self->proof, error);
}

/**
 * barista_scram_make_final:
 * @cancellable: (nullable): ends the computing
 * @error: return location
 *
 * Computes the proof, which takes from some milliseconds to a few seconds: not for the main loop.
 * Once, after barista_scram_take_server_first(); the password is let go of.
 *
 * Returns: (transfer full) (nullable): client-final, for the caller to wipe; %NULL and
 *   %G_IO_ERROR_CANCELLED
 */
char *
barista_scram_make_final (BaristaScram *self, GCancellable *cancellable, GError **error)
{
  g_autofree char *without_proof = NULL;
  char *proof, *message;
  gboolean proven;

  g_return_val_if_fail (self->iterations > 0 && self->password != NULL, NULL);

  /* The nonce as the broker gave it: Kafka 4 refuses it with ours in front once more. */
  without_proof = g_strconcat (CHANNEL_BINDING ",r=", self->nonce, NULL);
  proven = prove (self, without_proof, cancellable, error);
  g_clear_object (&self->password);
  if (!proven)
    return NULL;

  proof = g_base64_encode (self->proof.proof, self->proof.length);
  message = g_strconcat (without_proof, ",p=", proof, NULL);
  barista_wipe_free_text (proof);
  return message;
}

/* Looks at every byte, so that the time says nothing of where they differ. */
static gboolean
is_signature (const BaristaScramProof *proof, const guint8 *signature, gsize length)
{
  volatile guint8 difference = 0;

  if (length != proof->length)
    return FALSE;
  for (gsize i = 0; i < length; i++)
    difference |= signature[i] ^ proof->server_signature[i];
  return difference == 0;
}

/**
 * barista_scram_check_server_final:
 * @data: the broker's answer to client-final, @length bytes
 * @error: return location
 *
 * After barista_scram_make_final().
 *
 * Returns: %TRUE if the broker has accepted the proof and has shown that it knows the password too;
 *   else %FALSE and PROTOCOL, SASL or UNPROVEN
 */
gboolean
barista_scram_check_server_final (BaristaScram *self,
                                  const guint8 *data,
                                  gsize length,
                                  GError **error)
{
  g_autofree char *message = read_message (data, length, error);
  const char *rest = message;
  g_autofree char *text = NULL;
  g_autofree guint8 *signature = NULL;
  gsize signature_length = 0;

  g_return_val_if_fail (self->proof.length > 0, FALSE);

  if (message == NULL || is_refusal (message, error))
    return FALSE;
  text = take_attribute (&rest, 'v');
  signature = text != NULL ? decode (text, &signature_length) : NULL;
  if (signature == NULL || !are_extensions (rest))
    return set_broken (error, _ ("it has no signature"));
  if (is_signature (&self->proof, signature, signature_length))
    return TRUE;

  g_set_error_literal (error, BARISTA_CONNECTION_ERROR, BARISTA_CONNECTION_ERROR_UNPROVEN,
                       _ ("The server's signature is wrong: it doesn't know the password"));
  return FALSE;
}
