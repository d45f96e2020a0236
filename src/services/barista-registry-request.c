/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "barista-cancel-pair.h"

#include "barista-connection.h"
#include "barista-registry-private.h"
#include "barista-trust.h"
#include <glib/gi18n-lib.h>
#include <string.h>

#define FIRST_ROOM (16 * 1024)
#define ACCEPT "application/vnd.schemaregistry.v1+json, application/json"

/* One GET: sends, watches the stages, reads the body within its caps. Owned by its GTask. */
typedef struct
{
  BaristaRegistryCall *call;
  SoupMessage *message;
  GInputStream *stream;
  GCancellable *stopping; /* our own reasons to end it */
  BaristaCancelPair *cancel;
  GCancellable *sending; /* what libsoup is given: follows @cancel, a turn of the loop later */
  gulong stopped;
  GMainContext *context;
  GSource *idle, *total;
  GError *reason; /* why we ended it */
  gint64 begun;
  BaristaBody body;
  gsize room, limit;
} Request;

static void
clear_source (GSource **source)
{
  if (*source != NULL)
    g_source_destroy (*source);
  g_clear_pointer (source, g_source_unref);
}

static void on_wrote_headers (SoupMessage *message, Request *request);

static void
request_free (gpointer data)
{
  Request *request = data;

  clear_source (&request->idle);
  clear_source (&request->total);
  if (request->message != NULL)
    {
      g_signal_handlers_disconnect_by_data (request->message, request);
      on_wrote_headers (request->message, request);
    }
  g_clear_object (&request->stream);
  g_clear_object (&request->message);
  if (request->stopped != 0)
    g_cancellable_disconnect (request->cancel->cancellable, request->stopped);
  g_clear_object (&request->sending);
  g_clear_pointer (&request->context, g_main_context_unref);
  g_clear_pointer (&request->cancel, barista_cancel_pair_free);
  g_clear_object (&request->stopping);
  g_clear_error (&request->reason);
  barista_body_clear (&request->body);
  g_free (request);
}

static gboolean
cancel_sending (gpointer cancellable)
{
  g_cancellable_cancel (cancellable);
  return G_SOURCE_REMOVE;
}

/* On any thread. libsoup before 3.7.1 finishes a message twice, and frees memory that is in use, if it
 * is cancelled between the arrival of the answer's head and the call that tells of it. That call waits
 * at the default priority: what comes after it finds no message in between. */
static void
on_stopped (GCancellable *cancellable, Request *request)
{
  g_autoptr (GSource) source = g_idle_source_new ();

  g_source_set_priority (source, G_PRIORITY_DEFAULT + 1);
  g_source_set_callback (source, cancel_sending, g_object_ref (request->sending), g_object_unref);
  g_source_attach (source, request->context);
}

static gint64
elapsed (const Request *request)
{
  return g_get_monotonic_time () - request->begun;
}

/* Takes @reason. */
static void
stop (Request *request, GError *reason)
{
  if (request->reason == NULL)
    request->reason = reason;
  else
    g_error_free (reason);
  g_cancellable_cancel (request->stopping);
}

static gboolean
on_limit (gpointer data)
{
  stop (data, g_error_new_literal (G_IO_ERROR, G_IO_ERROR_TIMED_OUT, _ ("The registry is silent")));
  return G_SOURCE_REMOVE;
}

static GSource *
limit_source (Request *request, guint ms)
{
  GSource *source;

  if (ms == 0)
    return NULL;
  source = g_timeout_source_new (ms);
  g_source_set_callback (source, on_limit, request, NULL);
  g_source_attach (source, g_main_context_get_thread_default ());
  return source;
}

/* Something came, or a stage has passed. */
static void
note_progress (Request *request)
{
  if (request->idle != NULL)
    g_source_set_ready_time (request->idle,
                             g_get_monotonic_time () + 1000 * (gint64) request->call->idle_ms);
}

/* --- the sign-in: put in when the connection stands, taken out when it has been sent --- */

static void
wipe (char *text, gsize length)
{
  explicit_bzero (text, length);
  g_free (text);
}

static void
on_starting (SoupMessage *message, Request *request)
{
  const BaristaRegistryCall *call = request->call;
  gsize password_length, pair_length;
  const char *password;
  g_autofree char *pair = NULL;
  char *encoded, *value;

  if (call->username == NULL || call->password == NULL)
    return;
  password = barista_secret_peek (call->password, &password_length);
  pair_length = strlen (call->username) + 1 + password_length;
  pair = g_malloc (pair_length + 1);
  g_snprintf (pair, pair_length + 1, "%s:%s", call->username, password);
  encoded = g_base64_encode ((const guchar *) pair, pair_length);
  value = g_strconcat ("Basic ", encoded, NULL);
  soup_message_headers_replace (soup_message_get_request_headers (message), "Authorization", value);
  explicit_bzero (pair, pair_length);
  wipe (encoded, strlen (encoded));
  wipe (value, strlen (value));
}

static void
on_wrote_headers (SoupMessage *message, Request *request)
{
  SoupMessageHeaders *headers = soup_message_get_request_headers (message);
  /* The header's own text: libsoup would free it as it is. */
  char *value = (char *) soup_message_headers_get_one (headers, "Authorization");

  if (value != NULL)
    explicit_bzero (value, strlen (value));
  soup_message_headers_remove (headers, "Authorization");
}

/* --- stages --- */

static void
on_secured (Request *request, GTlsConnection *tls)
{
  BaristaRegistryTrace *trace = &request->call->trace;

  trace->secured = TRUE;
  trace->tls = elapsed (request);
  trace->version = g_tls_connection_get_protocol_version (tls);
  trace->flags = g_tls_connection_get_peer_certificate_errors (tls);
  g_set_object (&trace->peer, g_tls_connection_get_peer_certificate (tls));
  /* A resumed session passes the handshake unverified; its flags still tell. The request has not
   * been sent yet. */
  if (trace->flags != 0 || trace->peer == NULL)
    {
      stop (request, g_error_new_literal (G_TLS_ERROR, G_TLS_ERROR_BAD_CERTIFICATE,
                                          "Unacceptable TLS certificate"));
      /* Not a turn later: the sign-in would be on its way. */
      g_cancellable_cancel (request->sending);
    }
}

static void
on_network_event (SoupMessage *message,
                  GSocketClientEvent event,
                  GIOStream *connection,
                  Request *request)
{
  BaristaRegistryTrace *trace = &request->call->trace;

  note_progress (request);
  switch (event)
    {
    case G_SOCKET_CLIENT_RESOLVING:
      request->call->reused = FALSE;
      break;
    case G_SOCKET_CLIENT_RESOLVED:
      trace->resolved = TRUE;
      trace->name = elapsed (request);
      break;
    case G_SOCKET_CLIENT_CONNECTED:
      trace->connected = TRUE;
      trace->tcp = elapsed (request);
      break;
    case G_SOCKET_CLIENT_TLS_HANDSHAKING:
      barista_trust_forbid_resumption (G_TLS_CONNECTION (connection));
      break;
    case G_SOCKET_CLIENT_TLS_HANDSHAKED:
      on_secured (request, G_TLS_CONNECTION (connection));
      break;
    case G_SOCKET_CLIENT_CONNECTING:
    case G_SOCKET_CLIENT_PROXY_NEGOTIATING:
    case G_SOCKET_CLIENT_PROXY_NEGOTIATED:
    case G_SOCKET_CLIENT_COMPLETE:
    default:
      break;
    }
}

static gboolean
on_accept_certificate (SoupMessage *message,
                       GTlsCertificate *certificate,
                       GTlsCertificateFlags flags,
                       Request *request)
{
  g_set_object (&request->call->trace.peer, certificate);
  request->call->trace.flags = flags;
  return FALSE;
}

static gboolean
on_request_certificate (SoupMessage *message, GTlsClientConnection *connection, Request *request)
{
  request->call->trace.certificate_requested = TRUE;
  return FALSE;
}

static void
on_got_headers (SoupMessage *message, Request *request)
{
  request->call->trace.first_byte = elapsed (request);
  note_progress (request);
}

/* --- the end --- */

/* GIO and libsoup have several names for a peer that hangs up. NOT_TLS is what a handshake ends with
 * when no byte came (platform notes, 3). */
static gboolean
is_close (const GError *error)
{
  return g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CONNECTION_CLOSED)
         || g_error_matches (error, G_IO_ERROR, G_IO_ERROR_PARTIAL_INPUT)
         || g_error_matches (error, G_TLS_ERROR, G_TLS_ERROR_EOF)
         || g_error_matches (error, G_TLS_ERROR, G_TLS_ERROR_NOT_TLS);
}

static void
end (GTask *task, GError *error)
{
  Request *request = g_task_get_task_data (task);

  clear_source (&request->idle);
  clear_source (&request->total);
  if (request->reason != NULL)
    {
      g_clear_error (&error);
      error = g_steal_pointer (&request->reason);
    }
  else if (error != NULL && error->domain == SOUP_SESSION_ERROR)
    {
      error->domain = BARISTA_REGISTRY_ERROR;
      error->code = BARISTA_REGISTRY_ERROR_NOT_HTTP;
    }
  else if (is_close (error))
    {
      error->domain = BARISTA_CONNECTION_ERROR;
      error->code = BARISTA_CONNECTION_ERROR_CLOSED;
    }

  if (error != NULL)
    g_task_return_error (task, error);
  else
    g_task_return_boolean (task, TRUE);
}

static void
end_with_refusal (GTask *task)
{
  Request *request = g_task_get_task_data (task);
  guint status = request->call->answer->status;

  barista_registry_answer_take_body (request->call->answer, &request->body);
  /* Of a long body the rest is not wanted. */
  g_cancellable_cancel (request->stopping);
  end (task, g_error_new (BARISTA_REGISTRY_ERROR,
                          status >= 300 && status < 400 ? BARISTA_REGISTRY_ERROR_REDIRECT
                                                        : BARISTA_REGISTRY_ERROR_STATUS,
                          _ ("The registry answered with status %u"), status));
}

static void read_more (GTask *task);

static void
on_read (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  Request *request = g_task_get_task_data (task);
  gboolean is_refusal = request->call->answer->status != SOUP_STATUS_OK;
  GError *error = NULL;
  gssize n = g_input_stream_read_finish (G_INPUT_STREAM (source), result, &error);

  if (n > 0)
    request->body.length += (gsize) n;
  /* Of a refusal a part is better than nothing. */
  if (is_refusal && (n <= 0 || request->body.length >= request->limit) && request->reason == NULL
      && !g_cancellable_is_cancelled (request->cancel->cancellable))
    {
      g_clear_error (&error);
      end_with_refusal (task);
    }
  else if (error != NULL || n == 0)
    end (task, error);
  else if (request->body.length > request->limit)
    {
      stop (request, g_error_new (BARISTA_REGISTRY_ERROR, BARISTA_REGISTRY_ERROR_TOO_LARGE,
                                  _ ("More than %d MiB"), BARISTA_REGISTRY_MAX_BODY >> 20));
      end (task, NULL);
    }
  else
    {
      note_progress (request);
      read_more (task);
    }
}

/* Grows with what has come, at most to one byte over the limit. */
static void
read_more (GTask *task)
{
  Request *request = g_task_get_task_data (task);

  if (request->body.length == request->room)
    {
      request->room = MIN (request->limit + 1, MAX (2 * request->room, FIRST_ROOM));
      request->body.data = g_realloc (request->body.data, request->room);
    }
  g_input_stream_read_async (request->stream, request->body.data + request->body.length,
                             request->room - request->body.length, G_PRIORITY_DEFAULT,
                             request->cancel->cancellable, on_read, g_object_ref (task));
}

static void
on_sent (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  Request *request = g_task_get_task_data (task);
  guint status = soup_message_get_status (request->message);
  GError *error = NULL;

  request->stream = soup_session_send_finish (SOUP_SESSION (source), result, &error);
  if (request->stream == NULL)
    {
      end (task, error);
      return;
    }
  request->call->answer = barista_registry_answer_new (status, soup_message_get_response_headers (
                                                                   request->message));
  request->limit = status == SOUP_STATUS_OK ? BARISTA_REGISTRY_MAX_BODY
                                            : BARISTA_REGISTRY_KEPT_BODY;
  read_more (task);
}

static SoupMessage *
message_new (const char *url, Request *request)
{
  SoupMessage *message = soup_message_new (SOUP_METHOD_GET, url);

  if (message == NULL)
    return NULL;
  /* A redirect would carry the sign-in elsewhere. */
  soup_message_add_flags (message, SOUP_MESSAGE_NO_REDIRECT | SOUP_MESSAGE_DO_NOT_USE_AUTH_CACHE);
  soup_message_set_force_http1 (message, TRUE);
  soup_message_headers_replace (soup_message_get_request_headers (message), "Accept", ACCEPT);
  g_signal_connect (message, "starting", G_CALLBACK (on_starting), request);
  g_signal_connect (message, "wrote-headers", G_CALLBACK (on_wrote_headers), request);
  g_signal_connect (message, "network-event", G_CALLBACK (on_network_event), request);
  g_signal_connect (message, "accept-certificate", G_CALLBACK (on_accept_certificate), request);
  g_signal_connect (message, "request-certificate", G_CALLBACK (on_request_certificate), request);
  g_signal_connect (message, "got-headers", G_CALLBACK (on_got_headers), request);
  return message;
}

static Request *
request_new (BaristaRegistryCall *call, const char *url, GCancellable *cancellable)
{
  Request *request = g_new0 (Request, 1);

  call->reused = TRUE;
  call->trace = (BaristaRegistryTrace) { .name = -1, .tcp = -1, .tls = -1, .first_byte = -1 };
  request->call = call;
  request->begun = g_get_monotonic_time ();
  request->stopping = g_cancellable_new ();
  request->cancel = barista_cancel_pair_new (cancellable, request->stopping);
  request->context = g_main_context_ref_thread_default ();
  request->sending = g_cancellable_new ();
  request->stopped = g_cancellable_connect (request->cancel->cancellable, G_CALLBACK (on_stopped),
                                            request, NULL);
  request->message = message_new (url, request);
  request->idle = limit_source (request, call->idle_ms);
  request->total = limit_source (request, call->total_ms);
  return request;
}

void
barista_registry_request_async (SoupSession *session,
                                const char *url,
                                BaristaRegistryCall *call,
                                GCancellable *cancellable,
                                GAsyncReadyCallback callback,
                                gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, user_data);
  Request *request = request_new (call, url, cancellable);

  g_task_set_source_tag (task, barista_registry_request_async);
  g_task_set_task_data (task, request, request_free);
  if (request->message == NULL)
    {
      end (task, g_error_new (G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT, "No web address: %s", url));
      return;
    }
  if (g_cancellable_is_cancelled (request->cancel->cancellable))
    g_cancellable_cancel (request->sending);
  soup_session_send_async (session, request->message, G_PRIORITY_DEFAULT, request->sending, on_sent,
                           g_object_ref (task));
}

gboolean
barista_registry_request_finish (GAsyncResult *result, BaristaBody *body, GError **error)
{
  Request *request = g_task_get_task_data (G_TASK (result));

  if (!g_task_propagate_boolean (G_TASK (result), error))
    return FALSE;
  *body = request->body;
  request->body = (BaristaBody) { 0 };
  return TRUE;
}

void
barista_registry_call_clear (BaristaRegistryCall *self)
{
  g_clear_object (&self->trace.peer);
  g_clear_pointer (&self->answer, barista_registry_answer_free);
}
