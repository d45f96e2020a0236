/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "barista-sasl.h"
#include "barista-wipe.h"

#include <glib/gi18n-lib.h>

/* --- PLAIN --- */

/* RFC 4616: authorization identity (empty), NUL, name, NUL, password. */
static GBytes *
plain_step (BaristaSasl *sasl, GBytes *challenge, GCancellable *cancellable, GError **error)
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

/* --- SCRAM --- */

static gboolean
scram_begin (BaristaSasl *sasl, GError **error)
{
  sasl->scram = barista_scram_new (sasl->mechanism->hash, sasl->username, sasl->password, NULL,
                                   error);
  if (sasl->scram == NULL)
    return FALSE;
  sasl->odd_characters = barista_scram_get_odd_characters (sasl->scram);
  return TRUE;
}

static char *
scram_answer (BaristaSasl *sasl, GBytes *challenge, GCancellable *cancellable, GError **error)
{
  gsize length;
  const guint8 *data = g_bytes_get_data (challenge, &length);

  if (!barista_scram_take_server_first (sasl->scram, data, length, error))
    return NULL;
  sasl->is_last = TRUE;
  return barista_scram_make_final (sasl->scram, cancellable, error);
}

static GBytes *
scram_step (BaristaSasl *sasl, GBytes *challenge, GCancellable *cancellable, GError **error)
{
  char *message;

  message = challenge != NULL ? scram_answer (sasl, challenge, cancellable, error)
                              : barista_scram_dup_first (sasl->scram);
  if (message == NULL)
    return NULL;
  return barista_sasl_bytes_take ((guint8 *) message, strlen (message));
}

static gboolean
scram_check (BaristaSasl *sasl, GBytes *answer, GError **error)
{
  gsize length;
  const guint8 *data = g_bytes_get_data (answer, &length);

  return barista_scram_check_server_final (sasl->scram, data, length, error);
}

/* --- the table --- */

static const BaristaSaslMechanism mechanisms[] = {
  { "PLAIN", 0, FALSE, NULL, plain_step, NULL },
  { "SCRAM-SHA-256", G_CHECKSUM_SHA256, TRUE, scram_begin, scram_step, scram_check },
  { "SCRAM-SHA-512", G_CHECKSUM_SHA512, TRUE, scram_begin, scram_step, scram_check },
};

static const BaristaSaslMechanism *
find_mechanism (const char *name)
{
  for (guint i = 0; i < G_N_ELEMENTS (mechanisms); i++)
    if (g_str_equal (mechanisms[i].name, name))
      return &mechanisms[i];
  return NULL;
}

BaristaSasl *
barista_sasl_new (const char *mechanism,
                  const char *username,
                  BaristaSecret *password,
                  GError **error)
{
  const BaristaSaslMechanism *row = find_mechanism (mechanism);
  g_autoptr (BaristaSasl) self = NULL;

  if (row == NULL)
    {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_NOT_SUPPORTED,
                   _ ("There is no sign-in by %s here"), mechanism);
      return NULL;
    }

  self = g_new0 (BaristaSasl, 1);
  self->mechanism = row;
  self->username = g_strdup (username);
  self->password = g_object_ref (password);
  if (row->begin != NULL && !row->begin (self, error))
    return NULL;
  return g_steal_pointer (&self);
}

void
barista_sasl_free (BaristaSasl *self)
{
  g_clear_pointer (&self->scram, barista_scram_free);
  g_clear_object (&self->password);
  g_free (self->username);
  g_free (self);
}

/* --- steps --- */

typedef struct
{
  BaristaSasl *sasl;
  GBytes *challenge;
} Step;

static void
step_free (gpointer data)
{
  Step *step = data;

  g_clear_pointer (&step->challenge, g_bytes_unref);
  g_free (step);
}

static void
run_step (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  const Step *step = data;
  GError *error = NULL;
  GBytes *message;

  message = step->sasl->mechanism->step (step->sasl, step->challenge, cancellable, &error);
  if (message != NULL)
    g_task_return_pointer (task, message, (GDestroyNotify) g_bytes_unref);
  else
    g_task_return_error (task, error);
}

void
barista_sasl_step_async (BaristaSasl *self,
                         GBytes *challenge,
                         GCancellable *cancellable,
                         GAsyncReadyCallback callback,
                         gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, user_data);
  Step *step = g_new0 (Step, 1);

  g_task_set_source_tag (task, barista_sasl_step_async);
  step->sasl = self;
  step->challenge = challenge != NULL ? g_bytes_ref (challenge) : NULL;
  g_task_set_task_data (task, step, step_free);
  if (self->mechanism->is_slow && challenge != NULL)
    g_task_run_in_thread (task, run_step);
  else
    run_step (task, NULL, step, cancellable);
}

GBytes *
barista_sasl_step_finish (GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

gboolean
barista_sasl_check (BaristaSasl *self, GBytes *answer, GError **error)
{
  return self->mechanism->check == NULL || self->mechanism->check (self, answer, error);
}

/* --- bytes --- */

typedef struct
{
  guint8 *data;
  gsize length;
} Wiped;

static void
wipe (gpointer data)
{
  Wiped *wiped = data;

  barista_wipe_free (wiped->data, wiped->length);
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
