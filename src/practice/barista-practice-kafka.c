/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "barista-practice-kafka.h"

#include "barista-practice-session.h"

/* MAX_CONNECTIONS of a Dekaf process (dekaf.md 1.2). */
#define MAX_CONNECTIONS 300

struct _BaristaPracticeKafka
{
  BaristaPracticeTask *task;
  GTlsCertificate *certificate;
  GSocketListener *listener;
  GCancellable *cancellable;
  GMainContext *context;
  GHashTable *sessions; /* set of BaristaPracticeSession */
  guint16 port, advertised_port;
  gboolean refusing, accepting;
};

static void
session_ended (BaristaPracticeSession *session, gpointer user_data)
{
  BaristaPracticeKafka *self = user_data;

  g_hash_table_remove (self->sessions, session);
}

/* Over the limit a connection is accepted and closed before a byte is sent. */
static gboolean
is_full (BaristaPracticeKafka *self)
{
  return g_hash_table_size (self->sessions) >= MAX_CONNECTIONS
         || barista_practice_task_has_fault (self->task, BARISTA_FAULT_CONNECTION_LIMIT);
}

static void accept_next (BaristaPracticeKafka *self);

static void
on_accepted (GObject *source, GAsyncResult *result, gpointer user_data)
{
  BaristaPracticeKafka *self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GSocketConnection) connection = g_socket_listener_accept_finish (
      G_SOCKET_LISTENER (source), result, NULL, &error);

  self->accepting = FALSE;
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;

  if (connection != NULL && is_full (self))
    g_io_stream_close (G_IO_STREAM (connection), NULL, NULL);
  else if (connection != NULL)
    g_hash_table_add (self->sessions,
                      barista_practice_session_start (self, connection, session_ended, self));
  accept_next (self);
}

static void
accept_next (BaristaPracticeKafka *self)
{
  self->accepting = TRUE;
  g_socket_listener_accept_async (self->listener, self->cancellable, on_accepted, self);
}

static gboolean
listen_on (BaristaPracticeKafka *self, GSocketFamily family, guint16 port, GError **error)
{
  g_autoptr (GInetAddress) loopback = g_inet_address_new_loopback (family);
  g_autoptr (GSocketAddress) address = g_inet_socket_address_new (loopback, port);
  g_autoptr (GSocketAddress) bound = NULL;

  if (!g_socket_listener_add_address (self->listener, address, G_SOCKET_TYPE_STREAM,
                                      G_SOCKET_PROTOCOL_TCP, NULL, &bound, error))
    return FALSE;

  self->port = g_inet_socket_address_get_port (G_INET_SOCKET_ADDRESS (bound));
  return TRUE;
}

/**
 * barista_practice_kafka_new:
 * @task: what it serves; outlives it
 * @certificate: (nullable): for TLS
 * @port: 0 = a free one
 *
 * Listens on 127.0.0.1, and on ::1 where that port is free as well: Dekaf binds both families.
 *
 * Errors: %BARISTA_PRACTICE_ERROR_LISTEN
 */
BaristaPracticeKafka *
barista_practice_kafka_new (BaristaPracticeTask *task,
                            GTlsCertificate *certificate,
                            guint16 port,
                            GError **error)
{
  BaristaPracticeKafka *self = g_new0 (BaristaPracticeKafka, 1);
  g_autoptr (GError) cause = NULL;

  self->task = task;
  g_set_object (&self->certificate, certificate);
  self->listener = g_socket_listener_new ();
  self->cancellable = g_cancellable_new ();
  self->context = g_main_context_ref_thread_default ();
  self->sessions = g_hash_table_new (NULL, NULL);
  if (!listen_on (self, G_SOCKET_FAMILY_IPV4, port, &cause))
    {
      g_set_error (error, BARISTA_PRACTICE_ERROR, BARISTA_PRACTICE_ERROR_LISTEN, "%s",
                   cause->message);
      barista_practice_kafka_free (self);
      return NULL;
    }
  listen_on (self, G_SOCKET_FAMILY_IPV6, self->port, NULL);
  self->advertised_port = self->port;
  accept_next (self);
  return self;
}

void
barista_practice_kafka_free (BaristaPracticeKafka *self)
{
  g_autoptr (GPtrArray) sessions = g_hash_table_get_keys_as_ptr_array (self->sessions);

  g_cancellable_cancel (self->cancellable);
  g_socket_listener_close (self->listener);
  for (guint i = 0; i < sessions->len; i++)
    barista_practice_session_stop (g_ptr_array_index (sessions, i));
  while (self->accepting || g_hash_table_size (self->sessions) > 0)
    g_main_context_iteration (self->context, TRUE);

  g_hash_table_unref (self->sessions);
  g_main_context_unref (self->context);
  g_object_unref (self->cancellable);
  g_object_unref (self->listener);
  g_clear_object (&self->certificate);
  g_free (self);
}

guint16
barista_practice_kafka_get_port (BaristaPracticeKafka *self)
{
  return self->port;
}

BaristaPracticeTask *
barista_practice_kafka_get_task (BaristaPracticeKafka *self)
{
  return self->task;
}

GTlsCertificate *
barista_practice_kafka_get_certificate (BaristaPracticeKafka *self)
{
  return self->certificate;
}

void
barista_practice_kafka_set_advertised_port (BaristaPracticeKafka *self, guint16 port)
{
  self->advertised_port = port;
}

guint16
barista_practice_kafka_get_advertised_port (BaristaPracticeKafka *self)
{
  return self->advertised_port;
}

gboolean
barista_practice_kafka_is_redirecting (BaristaPracticeKafka *self)
{
  return self->advertised_port != self->port;
}

void
barista_practice_kafka_set_refusing (BaristaPracticeKafka *self, gboolean refusing)
{
  self->refusing = refusing;
}

gboolean
barista_practice_kafka_get_refusing (BaristaPracticeKafka *self)
{
  return self->refusing;
}

void
barista_practice_kafka_wake (BaristaPracticeKafka *self)
{
  /* A session that wakes may end, and with it its entry. */
  g_autoptr (GPtrArray) sessions = g_hash_table_get_keys_as_ptr_array (self->sessions);

  for (guint i = 0; i < sessions->len; i++)
    if (g_hash_table_contains (self->sessions, g_ptr_array_index (sessions, i)))
      barista_practice_session_wake (g_ptr_array_index (sessions, i));
}
