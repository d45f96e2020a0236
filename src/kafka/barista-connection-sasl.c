/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "barista-connection-private.h"
#include "barista-sasl.h"
#include <glib/gi18n-lib.h>
#include <string.h>

/* More than any mechanism has rounds. */
#define MAX_ROUNDS 8

/* Kafka's own code for a sign-in that it refuses. */
#define SASL_AUTHENTICATION_FAILED 58

typedef struct
{
  BaristaSasl *sasl;
  gboolean raw; /* SaslHandshake 0: messages go as frames of their own, without headers */
  guint rounds;
} SignIn;

static void send_message (GTask *task, GBytes *challenge);

static void
sign_in_free (gpointer data)
{
  SignIn *sign_in = data;

  g_clear_pointer (&sign_in->sasl, barista_sasl_free);
  g_free (sign_in);
}

void
barista_sasl_result_free (BaristaSaslResult *self)
{
  g_free (self->error_message);
  g_strfreev (self->mechanisms);
  g_free (self);
}

const BaristaSaslResult *
barista_connection_get_sasl_result (BaristaConnection *self)
{
  g_return_val_if_fail (BARISTA_IS_CONNECTION (self), NULL);

  return self->sasl_result;
}

static BaristaSaslResult *
ensure_result (BaristaConnection *self)
{
  if (self->sasl_result == NULL)
    self->sasl_result = g_new0 (BaristaSaslResult, 1);
  return self->sasl_result;
}

/* Gives the error for a refusal; NULL if there was none. */
static GError *
refusal (const BaristaSaslResult *result)
{
  const char *name = barista_kafka_error_to_string (result->error_code);

  if (result->error_code == 0)
    return NULL;
  return g_error_new (BARISTA_CONNECTION_ERROR, BARISTA_CONNECTION_ERROR_SASL, "%s (%d)%s%s",
                      name != NULL ? name : "Error", result->error_code,
                      result->error_message != NULL ? ": " : "",
                      result->error_message != NULL ? result->error_message : "");
}

/* --- SaslAuthenticate --- */

/* A refusal in the mechanism's own words is told like one of Kafka's. */
static void
note_refusal (BaristaConnection *self, const GError *error)
{
  BaristaSaslResult *answer;

  if (!g_error_matches (error, BARISTA_CONNECTION_ERROR, BARISTA_CONNECTION_ERROR_SASL))
    return;
  answer = ensure_result (self);
  answer->in_handshake = FALSE;
  answer->error_code = SASL_AUTHENTICATION_FAILED;
  g_free (answer->error_message);
  answer->error_message = g_strdup (error->message);
}

static void
fail (GTask *task, GError *error)
{
  note_refusal (g_task_get_source_object (task), error);
  g_task_return_error (task, error);
}

static void
go_on (GTask *task, GBytes *challenge)
{
  SignIn *sign_in = g_task_get_task_data (task);
  GError *error = NULL;

  if (!sign_in->sasl->is_last)
    send_message (task, challenge);
  else if (barista_sasl_check (sign_in->sasl, challenge, &error))
    g_task_return_boolean (task, TRUE);
  else
    fail (task, error);
}

static void
on_authenticate (GObject *source, GAsyncResult *result, gpointer data)
{
  BaristaConnection *self = BARISTA_CONNECTION (source);
  g_autoptr (GTask) task = data;
  BaristaSaslResult *answer;
  g_autoptr (BaristaReply) reply = NULL;
  g_autoptr (GBytes) challenge = NULL;
  const guint8 *bytes;
  gsize length = 0;
  GError *error = NULL;

  reply = barista_connection_call_finish (self, result, &error);
  if (reply == NULL)
    {
      g_task_return_error (task, error);
      return;
    }

  answer = ensure_result (self);
  answer->in_handshake = FALSE;
  answer->error_code = (gint16) barista_wire_view_get_int (&reply->view, "errorCode");
  g_free (answer->error_message);
  answer->error_message = barista_wire_view_dup_string (&reply->view, "errorMessage");
  answer->session_lifetime_ms = barista_wire_view_get_int (&reply->view, "sessionLifetimeMs");
  error = refusal (answer);
  if (error != NULL)
    {
      g_task_return_error (task, error);
      return;
    }
  bytes = barista_wire_view_get_bytes (&reply->view, "authBytes", &length);
  challenge = g_bytes_new (bytes, length);
  go_on (task, challenge);
}

static void
on_raw_answer (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  GError *error = NULL;
  g_autoptr (GBytes) challenge = NULL;

  challenge = barista_calls_send_finish (BARISTA_CALLS (source), result, &error);
  if (challenge == NULL)
    g_task_return_error (task, error);
  else
    go_on (task, challenge);
}

static void
send_raw (GTask *task, GBytes *message)
{
  BaristaConnection *self = g_task_get_source_object (task);
  GError *error = NULL;
  BaristaCalls *calls = barista_connection_ensure_calls (self, &error);
  gsize length;
  const guint8 *data = g_bytes_get_data (message, &length);
  guint32 size = GUINT32_TO_BE ((guint32) length);
  guint8 *frame;

  if (calls == NULL)
    {
      g_task_return_error (task, error);
      return;
    }
  frame = g_malloc (sizeof size + length);
  memcpy (frame, &size, sizeof size);
  memcpy (frame + sizeof size, data, length);
  barista_calls_send_async (calls, barista_sasl_bytes_take (frame, sizeof size + length),
                            BARISTA_CALLS_RAW, g_task_get_cancellable (task), on_raw_answer,
                            g_object_ref (task));
}

static void
send_authenticate (GTask *task, GBytes *message)
{
  BaristaConnection *self = g_task_get_source_object (task);
  GError *error = NULL;
  BaristaWireWriter *request;

  request = barista_connection_request (self, BARISTA_API_SASL_AUTHENTICATE, &error);
  if (request == NULL)
    {
      g_task_return_error (task, error);
      return;
    }
  /* The writer wipes what it writes for this API (SaslAuthenticate). */
  barista_wire_put_bytes (request, "authBytes", g_bytes_get_data (message, NULL),
                          g_bytes_get_size (message));
  barista_connection_call_async (self, request, g_task_get_cancellable (task), on_authenticate,
                                 g_object_ref (task));
}

static void
on_message (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  const SignIn *sign_in = g_task_get_task_data (task);
  GError *error = NULL;
  g_autoptr (GBytes) message = barista_sasl_step_finish (result, &error);

  if (message == NULL)
    fail (task, error);
  else if (sign_in->raw)
    send_raw (task, message);
  else
    send_authenticate (task, message);
}

static void
send_message (GTask *task, GBytes *challenge)
{
  SignIn *sign_in = g_task_get_task_data (task);

  if (++sign_in->rounds > MAX_ROUNDS)
    g_task_return_new_error (task, BARISTA_CONNECTION_ERROR, BARISTA_CONNECTION_ERROR_PROTOCOL,
                             _ ("The sign-in doesn't come to an end"));
  else
    barista_sasl_step_async (sign_in->sasl, challenge, g_task_get_cancellable (task), on_message,
                             g_object_ref (task));
}

/* --- SaslHandshake --- */

static char **
read_mechanisms (const BaristaWireView *view)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  BaristaWireIter iter;
  const char *text;
  gsize length;

  if (barista_wire_view_get_array (view, "mechanisms", &iter) >= 0)
    /* Some brokers have half a dozen; the list is shown to people. */
    for (guint i = 0; i < 64 && barista_wire_iter_next_string (&iter, &text, &length); i++)
      g_strv_builder_take (builder, g_strndup (text, MIN (length, 256)));
  return g_strv_builder_end (builder);
}

static void
on_handshake (GObject *source, GAsyncResult *result, gpointer data)
{
  BaristaConnection *self = BARISTA_CONNECTION (source);
  g_autoptr (GTask) task = data;
  const SignIn *sign_in = g_task_get_task_data (task);
  BaristaSaslResult *answer;
  g_autoptr (BaristaReply) reply = NULL;
  GError *error = NULL;

  reply = barista_connection_call_finish (self, result, &error);
  if (reply == NULL)
    {
      g_task_return_error (task, error);
      return;
    }

  answer = ensure_result (self);
  answer->in_handshake = TRUE;
  answer->odd_characters = sign_in->sasl->odd_characters;
  answer->error_code = (gint16) barista_wire_view_get_int (&reply->view, "errorCode");
  g_strfreev (answer->mechanisms);
  answer->mechanisms = read_mechanisms (&reply->view);
  error = refusal (answer);
  if (error != NULL)
    {
      g_task_return_error (task, error);
      return;
    }

  /* Whatever comes from here on may answer a secret. */
  barista_tap_stream_stop (self->tap);
  send_message (task, NULL);
}

/* Version 1 announces SaslAuthenticate; without that, version 0 and raw messages are left. */
static BaristaWireWriter *
handshake_request (BaristaConnection *self, SignIn *sign_in, GError **error)
{
  gint16 version = barista_connection_pick_version (self, BARISTA_API_SASL_HANDSHAKE, NULL, NULL);
  gint16 authenticate;

  authenticate = barista_connection_pick_version (self, BARISTA_API_SASL_AUTHENTICATE, NULL, NULL);
  if (version < 0 || (version >= 1 && authenticate >= 0))
    return barista_connection_request (self, BARISTA_API_SASL_HANDSHAKE, error);

  sign_in->raw = TRUE;
  return barista_connection_request_version (self, BARISTA_API_SASL_HANDSHAKE, 0);
}

/**
 * barista_connection_sign_in_async:
 * @password: read here, into the one frame that carries it, which is wiped when it has been sent;
 *   of a SCRAM what it comes to is computed on another thread
 *
 * After barista_connection_hello_async(). A broker that offers SaslHandshake 0 only gets raw frames;
 * Dekaf answers those alike whether it accepts or refuses (`dekaf.md` 1.5), so that a refusal then
 * shows as a close at the next call.
 */
void
barista_connection_sign_in_async (BaristaConnection *self,
                                  const char *mechanism,
                                  const char *username,
                                  BaristaSecret *password,
                                  GCancellable *cancellable,
                                  GAsyncReadyCallback callback,
                                  gpointer user_data)
{
  g_autoptr (GTask) task = NULL;
  BaristaWireWriter *request;
  SignIn *sign_in;
  GError *error = NULL;

  g_return_if_fail (BARISTA_IS_CONNECTION (self));
  g_return_if_fail (mechanism != NULL && username != NULL && password != NULL);

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, barista_connection_sign_in_async);
  sign_in = g_new0 (SignIn, 1);
  g_task_set_task_data (task, sign_in, sign_in_free);
  g_clear_pointer (&self->sasl_result, barista_sasl_result_free);

  sign_in->sasl = barista_sasl_new (mechanism, username, password, &error);
  request = sign_in->sasl != NULL ? handshake_request (self, sign_in, &error) : NULL;
  if (request == NULL)
    {
      g_task_return_error (task, error);
      return;
    }
  barista_wire_put_string (request, "mechanism", mechanism);
  barista_connection_call_async (self, request, cancellable, on_handshake, g_object_ref (task));
}

gboolean
barista_connection_sign_in_finish (BaristaConnection *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}
