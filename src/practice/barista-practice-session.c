/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "barista-practice-session.h"

#include "barista-practice-requests.h"

#include <netinet/in.h>
#include <netinet/tcp.h>
#include <string.h>

#define HANDSHAKE_TIMEOUT_MS (10 * 1000) /* TLS_HANDSHAKE_TIMEOUT, dekaf.md 1.2 */
#define IDLE_TIMEOUT_MS (30 * 1000)      /* IDLE_SESSION_TIMEOUT */
/* A frame grows by so much as its bytes come: a size is only a word. */
#define CHUNK_BYTES (64 * 1024)

/* One client. At any moment one thing is under way: an asynchronous operation (busy) or a wait for a
 * timer or for new records. Requests are answered strictly one after the other. */
struct _BaristaPracticeSession
{
  BaristaPracticeClient client;
  GSocketConnection *connection;
  GIOStream *stream; /* the connection, or TLS over it */
  GCancellable *cancellable;
  GSource *timer, *readable;
  gboolean busy, waiting, ending;

  guint8 size[4];
  gsize left; /* bytes of the frame that are still to come */
  GByteArray *frame;
  gint64 asked_at;
  GBytes *answer;

  BaristaPracticeSessionEnded ended;
  gpointer ended_data;
};

/* What answers in Kafka's place in a scenario, whatever is asked. */
static const struct
{
  BaristaPracticeFault fault;
  const char *words;
} impostors[] = {
  { BARISTA_FAULT_HTTP_PORT, "HTTP/1.1 400 Bad Request\r\nConnection: close\r\n"
                             "Content-Length: 0\r\n\r\n" },
  { BARISTA_FAULT_WEB_PORT, "HTTP/1.1 400 Bad Request\r\nConnection: close\r\n"
                            "Content-Length: 0\r\n\r\n" },
  { BARISTA_FAULT_NOT_KAFKA, "220 mail.example.com ESMTP ready\r\n" },
};

static void read_request (BaristaPracticeSession *self);
static void read_chunk (BaristaPracticeSession *self);
static void ask (BaristaPracticeSession *self);

static void
clear_source (GSource **source)
{
  if (*source != NULL)
    g_source_destroy (*source);
  g_clear_pointer (source, g_source_unref);
}

/* Closes without a farewell, as Dekaf does: its streams are dropped. */
static void
session_free (BaristaPracticeSession *self)
{
  self->ended (self, self->ended_data);
  clear_source (&self->timer);
  clear_source (&self->readable);
  g_io_stream_close (G_IO_STREAM (self->connection), NULL, NULL);
  g_object_unref (self->stream);
  g_object_unref (self->connection);
  g_object_unref (self->cancellable);
  g_byte_array_unref (self->frame);
  g_clear_pointer (&self->answer, g_bytes_unref);
  barista_practice_client_clear (&self->client);
  g_free (self);
}

static void
end (BaristaPracticeSession *self)
{
  self->ending = TRUE;
  if (self->busy)
    g_cancellable_cancel (self->cancellable);
  else
    session_free (self);
}

static gboolean
on_timeout (gpointer user_data)
{
  BaristaPracticeSession *self = user_data;

  clear_source (&self->timer);
  if (self->waiting)
    ask (self);
  else
    end (self);
  return G_SOURCE_REMOVE;
}

static void
set_timer (BaristaPracticeSession *self, guint ms)
{
  g_autoptr (GMainContext) context = g_main_context_ref_thread_default ();

  clear_source (&self->timer);
  self->timer = g_timeout_source_new (ms);
  g_source_set_callback (self->timer, on_timeout, self, NULL);
  g_source_attach (self->timer, context);
}

/* What each callback of an operation begins with: FALSE when the session is over. */
static gboolean
operation_done (BaristaPracticeSession *self, gboolean ok)
{
  self->busy = FALSE;
  if (ok && !self->ending)
    return TRUE;

  session_free (self);
  return FALSE;
}

static gboolean
has_fault (BaristaPracticeSession *self, BaristaPracticeFault fault)
{
  return barista_practice_task_has_fault (self->client.task, fault);
}

static const char *
find_impostor (BaristaPracticeSession *self)
{
  for (guint i = 0; i < G_N_ELEMENTS (impostors); i++)
    if (has_fault (self, impostors[i].fault))
      return impostors[i].words;

  return NULL;
}

static void
on_drained (GObject *source, GAsyncResult *result, gpointer user_data)
{
  operation_done (user_data, FALSE);
}

/* Closing with unread bytes would reset the connection and take the words away from the peer. */
static void
drain (BaristaPracticeSession *self)
{
  g_socket_shutdown (g_socket_connection_get_socket (self->connection), FALSE, TRUE, NULL);
  self->busy = TRUE;
  g_input_stream_skip_async (g_io_stream_get_input_stream (G_IO_STREAM (self->connection)),
                             CHUNK_BYTES, G_PRIORITY_DEFAULT, self->cancellable, on_drained, self);
}

static void
on_written (GObject *source, GAsyncResult *result, gpointer user_data)
{
  BaristaPracticeSession *self = user_data;
  gboolean ok = g_output_stream_write_all_finish (G_OUTPUT_STREAM (source), result, NULL, NULL);

  g_clear_pointer (&self->answer, g_bytes_unref);
  if (!operation_done (self, ok))
    return;

  if (find_impostor (self) != NULL)
    drain (self);
  else
    read_request (self);
}

static void
write_answer (BaristaPracticeSession *self)
{
  gsize length;
  const void *bytes = g_bytes_get_data (self->answer, &length);

  set_timer (self, IDLE_TIMEOUT_MS);
  self->busy = TRUE;
  g_output_stream_write_all_async (g_io_stream_get_output_stream (self->stream), bytes, length,
                                   G_PRIORITY_DEFAULT, self->cancellable, on_written, self);
}

static void
ask (BaristaPracticeSession *self)
{
  guint elapsed_ms = (guint) ((g_get_monotonic_time () - self->asked_at) / 1000);
  guint wait_ms = 0;

  self->waiting = FALSE;
  switch (barista_practice_answer (&self->client, self->frame->data, self->frame->len, elapsed_ms,
                                   &self->answer, &wait_ms))
    {
    case BARISTA_ANSWER:
      write_answer (self);
      break;
    case BARISTA_WAIT:
      self->waiting = TRUE;
      set_timer (self, wait_ms);
      break;
    case BARISTA_CLOSE:
    default:
      end (self);
      break;
    }
}

static void
on_chunk (GObject *source, GAsyncResult *result, gpointer user_data)
{
  BaristaPracticeSession *self = user_data;
  gsize reserved = MIN (self->left, CHUNK_BYTES);
  gssize n = g_input_stream_read_finish (G_INPUT_STREAM (source), result, NULL);

  if (!operation_done (self, n > 0))
    return;

  g_byte_array_set_size (self->frame, self->frame->len - (reserved - n));
  self->left -= n;
  read_chunk (self);
}

static void
read_chunk (BaristaPracticeSession *self)
{
  gsize want = MIN (self->left, CHUNK_BYTES);
  gsize have = self->frame->len;

  if (self->left == 0)
    {
      self->asked_at = g_get_monotonic_time ();
      ask (self);
      return;
    }
  g_byte_array_set_size (self->frame, have + want);
  self->busy = TRUE;
  g_input_stream_read_async (g_io_stream_get_input_stream (self->stream), self->frame->data + have,
                             want, G_PRIORITY_DEFAULT, self->cancellable, on_chunk, self);
}

static void
on_size (GObject *source, GAsyncResult *result, gpointer user_data)
{
  BaristaPracticeSession *self = user_data;
  gsize n = 0;
  gint32 size;

  g_input_stream_read_all_finish (G_INPUT_STREAM (source), result, &n, NULL);
  size = (gint32) ((guint32) self->size[0] << 24 | self->size[1] << 16 | self->size[2] << 8
                   | self->size[3]);
  if (!operation_done (self, n == sizeof self->size
                                 && (find_impostor (self) != NULL
                                     || (size >= 0 && size <= BARISTA_WIRE_MAX_FRAME))))
    return;

  if (find_impostor (self) != NULL)
    {
      self->answer = g_bytes_new_static (find_impostor (self), strlen (find_impostor (self)));
      write_answer (self);
      return;
    }

  /* Give back what an unusually large frame took. */
  if (self->frame->len > CHUNK_BYTES)
    {
      g_byte_array_unref (self->frame);
      self->frame = g_byte_array_new ();
    }
  g_byte_array_set_size (self->frame, 0);
  self->left = size;
  read_chunk (self);
}

static void
read_request (BaristaPracticeSession *self)
{
  set_timer (self, IDLE_TIMEOUT_MS);
  self->busy = TRUE;
  g_input_stream_read_all_async (g_io_stream_get_input_stream (self->stream), self->size,
                                 sizeof self->size, G_PRIORITY_DEFAULT, self->cancellable, on_size,
                                 self);
}

static void
on_handshake (GObject *source, GAsyncResult *result, gpointer user_data)
{
  BaristaPracticeSession *self = user_data;

  if (!operation_done (self,
                       g_tls_connection_handshake_finish (G_TLS_CONNECTION (source), result, NULL)))
    return;

  if (!has_fault (self, BARISTA_FAULT_SILENT_HELLO))
    read_request (self);
}

static void
start_tls (BaristaPracticeSession *self)
{
  GTlsCertificate *certificate = barista_practice_kafka_get_certificate (self->client.kafka);
  GIOStream *tls = g_tls_server_connection_new (G_IO_STREAM (self->connection), certificate, NULL);

  if (tls == NULL)
    {
      end (self);
      return;
    }
  if (has_fault (self, BARISTA_FAULT_CLIENT_CERTIFICATE))
    g_object_set (tls, "authentication-mode", G_TLS_AUTHENTICATION_REQUIRED, NULL);
  g_set_object (&self->stream, tls);
  g_object_unref (tls);
  self->busy = TRUE;
  g_tls_connection_handshake_async (G_TLS_CONNECTION (self->stream), G_PRIORITY_DEFAULT,
                                    self->cancellable, on_handshake, self);
}

static gboolean
on_readable (GSocket *socket, GIOCondition condition, gpointer user_data)
{
  BaristaPracticeSession *self = user_data;

  clear_source (&self->readable);
  start_tls (self);
  return G_SOURCE_REMOVE;
}

/* GIO hands a handshake to a thread of its pool: only a client that has sent something gets one. */
static void
await_first_byte (BaristaPracticeSession *self)
{
  g_autoptr (GMainContext) context = g_main_context_ref_thread_default ();

  set_timer (self, HANDSHAKE_TIMEOUT_MS);
  self->readable = g_socket_create_source (g_socket_connection_get_socket (self->connection),
                                           G_IO_IN, NULL);
  g_source_set_callback (self->readable, G_SOURCE_FUNC (on_readable), self, NULL);
  g_source_attach (self->readable, context);
}

/**
 * barista_practice_session_start:
 * @kafka: the port that it came in by; outlives it
 * @connection: the client
 * @ended: called when it is over
 *
 * Serves one client until it leaves, errs, idles or is stopped.
 */
BaristaPracticeSession *
barista_practice_session_start (BaristaPracticeKafka *kafka,
                                GSocketConnection *connection,
                                BaristaPracticeSessionEnded ended,
                                gpointer user_data)
{
  BaristaPracticeSession *self = g_new0 (BaristaPracticeSession, 1);

  /* Answers are small and come alone: waiting to fill a packet would cost 40 ms each. */
  g_socket_set_option (g_socket_connection_get_socket (connection), IPPROTO_TCP, TCP_NODELAY, TRUE,
                       NULL);
  self->client.kafka = kafka;
  self->client.task = barista_practice_kafka_get_task (kafka);
  self->connection = g_object_ref (connection);
  self->stream = g_object_ref (G_IO_STREAM (connection));
  self->cancellable = g_cancellable_new ();
  self->frame = g_byte_array_new ();
  self->ended = ended;
  self->ended_data = user_data;

  if (has_fault (self, BARISTA_FAULT_SILENT))
    set_timer (self, IDLE_TIMEOUT_MS);
  else if (barista_practice_kafka_get_certificate (kafka) != NULL)
    await_first_byte (self);
  else
    read_request (self);
  return self;
}

void
barista_practice_session_stop (BaristaPracticeSession *self)
{
  end (self);
}

/* There are new records. */
void
barista_practice_session_wake (BaristaPracticeSession *self)
{
  if (self->waiting)
    ask (self);
}
