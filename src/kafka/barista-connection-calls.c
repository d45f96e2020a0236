/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "barista-connection-private.h"

#include <glib/gi18n-lib.h>

#define CLIENT_ID "barista"

/* An answer of this size takes milliseconds to check: on a thread, not on the main loop. */
#define LARGE_ANSWER (256 * 1024)

/* --- replies --- */

BaristaReply *
barista_reply_ref (BaristaReply *self)
{
  return g_atomic_rc_box_acquire (self);
}

static void
reply_clear (gpointer data)
{
  BaristaReply *self = data;

  g_bytes_unref (self->bytes);
}

void
barista_reply_unref (BaristaReply *self)
{
  g_atomic_rc_box_release_full (self, reply_clear);
}

/* What a request's header says of its answer. */
typedef struct
{
  const BaristaWireLayout *layout;
  gint16 version;
  GBytes *frame; /* the answer's, once it is there */
} Call;

static void
call_free (gpointer data)
{
  Call *call = data;

  g_clear_pointer (&call->frame, g_bytes_unref);
  g_free (call);
}

static BaristaReply *
reply_new (const Call *call, GError **error)
{
  g_autoptr (BaristaReply) reply = g_atomic_rc_box_new0 (BaristaReply);
  g_autoptr (GError) fault = NULL;
  const guint8 *frame, *body;
  gsize length, body_length;
  gint32 correlation_id;

  reply->bytes = g_bytes_ref (call->frame);
  reply->version = call->version;
  frame = g_bytes_get_data (call->frame, &length);
  if (barista_wire_parse_response (call->layout, call->version, frame, length, &correlation_id,
                                   &body, &body_length, &fault)
      && barista_wire_view_init (&reply->view, call->layout, BARISTA_WIRE_RESPONSE, call->version,
                                 body, body_length, &fault))
    return g_steal_pointer (&reply);

  g_set_error (error, BARISTA_CONNECTION_ERROR, BARISTA_CONNECTION_ERROR_PROTOCOL, "%s %d: %s",
               call->layout->name, call->version, fault->message);
  return NULL;
}

/* --- requests --- */

/**
 * barista_connection_request:
 * @error: %BARISTA_CONNECTION_ERROR_NO_VERSION
 *
 * Returns: (transfer full) (nullable): an empty request of the highest version in common
 */
BaristaWireWriter *
barista_connection_request (BaristaConnection *self, BaristaApi api, GError **error)
{
  gint16 version, min, max;

  g_return_val_if_fail (BARISTA_IS_CONNECTION (self), NULL);

  version = barista_connection_pick_version (self, api, &min, &max);
  if (version >= 0)
    return barista_connection_request_version (self, api, version);

  if (max < 0)
    g_set_error (error, BARISTA_CONNECTION_ERROR, BARISTA_CONNECTION_ERROR_NO_VERSION,
                 _ ("%s isn't offered"), barista_api_to_string ((gint16) api));
  else
    g_set_error (error, BARISTA_CONNECTION_ERROR, BARISTA_CONNECTION_ERROR_NO_VERSION,
                 _ ("%s is offered in versions %d to %d only"),
                 barista_api_to_string ((gint16) api), min, max);
  return NULL;
}

BaristaWireWriter *
barista_connection_request_version (BaristaConnection *self, BaristaApi api, gint16 version)
{
  gint32 correlation_id = self->next_correlation_id++;

  if (self->next_correlation_id < 0)
    self->next_correlation_id = 0;
  return barista_wire_request_new (api, version, correlation_id, CLIENT_ID);
}

static void
check_answer (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  GError *error = NULL;
  BaristaReply *reply = reply_new (data, &error);

  if (reply != NULL)
    g_task_return_pointer (task, reply, (GDestroyNotify) barista_reply_unref);
  else
    g_task_return_error (task, error);
}

static void
on_answer (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  Call *call = g_task_get_task_data (task);
  GError *error = NULL;

  call->frame = barista_calls_send_finish (BARISTA_CALLS (source), result, &error);
  if (call->frame == NULL)
    g_task_return_error (task, error);
  else if (g_bytes_get_size (call->frame) >= LARGE_ANSWER)
    {
      g_task_set_return_on_cancel (task, TRUE);
      g_task_run_in_thread (task, check_answer);
    }
  else
    check_answer (task, NULL, call, NULL);
}

/* The two numbers that every request starts with, behind its size. */
static Call *
call_new (GBytes *frame)
{
  const guint8 *data = g_bytes_get_data (frame, NULL);
  Call *call = g_new0 (Call, 1);

  call->layout = barista_wire_layout ((BaristaApi) (data[4] << 8 | data[5]));
  call->version = (gint16) (data[6] << 8 | data[7]);
  return call;
}

/**
 * barista_connection_call_async:
 * @request: (transfer full): of barista_connection_request(), filled in
 *
 * Sends without waiting for the answers of earlier calls. A cancelled call ends at once; the others
 * go on.
 *
 * Errors: %BARISTA_CONNECTION_ERROR_CLOSED, %BARISTA_CONNECTION_ERROR_PROTOCOL, %G_TLS_ERROR,
 * %G_IO_ERROR.
 */
void
barista_connection_call_async (BaristaConnection *self,
                               BaristaWireWriter *request,
                               GCancellable *cancellable,
                               GAsyncReadyCallback callback,
                               gpointer user_data)
{
  g_autoptr (GTask) task = NULL;
  g_autoptr (GBytes) frame = NULL;
  BaristaCalls *calls;
  GError *error = NULL;

  g_return_if_fail (BARISTA_IS_CONNECTION (self));
  g_return_if_fail (request != NULL);

  frame = barista_wire_writer_finish (request);
  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, barista_connection_call_async);
  g_task_set_task_data (task, call_new (frame), call_free);

  calls = barista_connection_ensure_calls (self, &error);
  if (calls == NULL)
    g_task_return_error (task, error);
  else
    barista_calls_send_async (calls, g_steal_pointer (&frame), BARISTA_CALLS_NONE, cancellable,
                              on_answer, g_object_ref (task));
}

/**
 * barista_connection_call_finish:
 *
 * Returns: (transfer full) (nullable): the answer, checked whole against its layout
 */
BaristaReply *
barista_connection_call_finish (BaristaConnection *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

/* --- the second look --- */

static void
on_probe_answer (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  GError *error = NULL;
  g_autoptr (GBytes) answer = NULL;

  answer = barista_calls_send_finish (BARISTA_CALLS (source), result, &error);
  if (answer != NULL)
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

/**
 * barista_connection_probe_async:
 * @bytes: (nullable): sent as they are; %NULL to listen only
 *
 * The second look: ends when the peer says anything or closes. To be used on a connection of its
 * own, instead of calls.
 *
 * Errors: %BARISTA_CONNECTION_ERROR_CLOSED, %G_TLS_ERROR, %G_IO_ERROR.
 */
void
barista_connection_probe_async (BaristaConnection *self,
                                GBytes *bytes,
                                GCancellable *cancellable,
                                GAsyncReadyCallback callback,
                                gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);
  GError *error = NULL;
  BaristaCalls *calls = barista_connection_ensure_calls (self, &error);

  g_task_set_source_tag (task, barista_connection_probe_async);
  if (calls == NULL)
    g_task_return_error (task, error);
  else
    barista_calls_send_async (calls, bytes != NULL ? g_bytes_ref (bytes) : g_bytes_new (NULL, 0),
                              BARISTA_CALLS_PROBE, cancellable, on_probe_answer,
                              g_object_ref (task));
}

gboolean
barista_connection_probe_finish (BaristaConnection *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}
