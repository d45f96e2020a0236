/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "barista-secret-value.h"
#include "barista-secret.h"
#include <string.h>

struct _BaristaSecret
{
  GObject parent_instance;
  SecretValue *value;
};

G_DEFINE_FINAL_TYPE (BaristaSecret, barista_secret, G_TYPE_OBJECT)

static void
barista_secret_finalize (GObject *object)
{
  BaristaSecret *self = BARISTA_SECRET (object);

  g_clear_pointer (&self->value, secret_value_unref);
  G_OBJECT_CLASS (barista_secret_parent_class)->finalize (object);
}

static void
barista_secret_class_init (BaristaSecretClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = barista_secret_finalize;
}

static void
barista_secret_init (BaristaSecret *self)
{
}

/* With a length, g_utf8_validate_len () refuses a NUL as well. */
static gboolean
is_token (const char *text, gsize length)
{
  return text != NULL && length > 0 && length <= BARISTA_SECRET_MAX_BYTES
         && g_utf8_validate_len (text, length, NULL);
}

/* Takes @value. */
static BaristaSecret *
secret_for (SecretValue *value)
{
  BaristaSecret *self = g_object_new (BARISTA_TYPE_SECRET, NULL);

  self->value = value;
  return self;
}

/**
 * barista_secret_new:
 * @text: the token, UTF-8
 * @length: its length in bytes; -1 if it ends with a NUL
 *
 * Copies @text into memory of libsecret's, which isn't paged out where the system's limits allow
 * that. The caller wipes its own copy.
 *
 * Returns: (transfer full) (nullable): %NULL if the text is empty, longer than
 *   %BARISTA_SECRET_MAX_BYTES, holds a NUL or is not UTF-8
 */
BaristaSecret *
barista_secret_new (const char *text, gssize length)
{
  gsize n = text == NULL ? 0 : length < 0 ? strlen (text) : (gsize) length;

  return is_token (text, n) ? secret_for (secret_value_new (text, (gssize) n, "text/plain")) : NULL;
}

BaristaSecret *
barista_secret_new_for_value (SecretValue *value)
{
  gsize length = 0;
  const char *text = secret_value_get (value, &length);

  return is_token (text, length) ? secret_for (secret_value_ref (value)) : NULL;
}

SecretValue *
barista_secret_get_value (BaristaSecret *self)
{
  g_return_val_if_fail (BARISTA_IS_SECRET (self), NULL);

  return self->value;
}

/**
 * barista_secret_peek:
 * @length: (out) (optional): bytes, without the final NUL
 *
 * For the SASL writer, the registry's header, the writer of the token file and the window's clipboard
 * only: whoever copies the text wipes the copy, but for the clipboard, which is not ours to wipe.
 *
 * Returns: (transfer none): the token, ended by a NUL; valid while @self is
 */
const char *
barista_secret_peek (BaristaSecret *self, gsize *length)
{
  g_return_val_if_fail (BARISTA_IS_SECRET (self), NULL);

  return secret_value_get (self->value, length);
}

/**
 * barista_secret_get_length:
 *
 * Returns: number of characters, which may be shown
 */
gsize
barista_secret_get_length (BaristaSecret *self)
{
  const char *text;
  gsize length = 0;

  g_return_val_if_fail (BARISTA_IS_SECRET (self), 0);

  text = secret_value_get (self->value, &length);
  return (gsize) g_utf8_strlen (text, (gssize) length);
}
