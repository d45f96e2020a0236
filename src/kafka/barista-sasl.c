/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "barista-sasl.h"
#include <gio/gio.h>
#include <string.h>

/* RFC 4616: authorization identity (empty), NUL, name, NUL, password. */
static GBytes *
plain_step (BaristaSasl *sasl, GBytes *challenge, GError **error)
{
  gsize name_length = strlen (sasl->username);
  gsize password_length;
  const char *password = barista_secret_peek (sasl->password, &password_length);
  gsize length = 1 + name_length + 1 + password_length;
  guint8 *message = g_malloc (length);

  message[0] = 0;
  memcpy (message + 1, sasl->username, name_length + 1);
  memcpy (message + 1 + name_length + 1, password, password_length);
  sasl->is_last = TRUE;
  return barista_sasl_bytes_take (message, length);
}

static const BaristaSaslMechanism mechanisms[] = {
  { "PLAIN", plain_step },
};

BaristaSasl *
barista_sasl_new (const char *mechanism,
                  const char *username,
                  BaristaSecret *password,
                  GError **error)
{
  for (guint i = 0; i < G_N_ELEMENTS (mechanisms); i++)
    if (g_str_equal (mechanisms[i].name, mechanism))
      {
        BaristaSasl *self = g_new0 (BaristaSasl, 1);

        self->mechanism = &mechanisms[i];
        self->username = g_strdup (username);
        self->password = g_object_ref (password);
        return self;
      }

  g_set_error (error, G_IO_ERROR, G_IO_ERROR_NOT_SUPPORTED, "There is no sign-in by %s here",
               mechanism);
  return NULL;
}

void
barista_sasl_free (BaristaSasl *self)
{
  g_clear_object (&self->password);
  g_free (self->username);
  g_free (self);
}

GBytes *
barista_sasl_step (BaristaSasl *self, GBytes *challenge, GError **error)
{
  return self->mechanism->step (self, challenge, error);
}

typedef struct
{
  guint8 *data;
  gsize length;
} Wiped;

static void
wipe (gpointer data)
{
  Wiped *wiped = data;

  explicit_bzero (wiped->data, wiped->length);
  g_free (wiped->data);
  g_free (wiped);
}

GBytes *
barista_sasl_bytes_take (guint8 *data, gsize length)
{
  Wiped *wiped = g_new (Wiped, 1);

  wiped->data = data;
  wiped->length = length;
  return g_bytes_new_with_free_func (data, length, wipe, wiped);
}
