/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "fake-server.h"

#include <string.h>

struct _FakeServer
{
  GSocketService *service;
  GCancellable *stop;
  GTlsCertificate *certificate;
  GTlsAuthenticationMode mode;
  FakeHandler handler;
  gpointer data;
  guint16 port;
  gint accepted;
  GMutex lock;
  GPtrArray *running; /* GSocketConnection */
};

static void
serve (FakeServer *self, GSocketConnection *connection)
{
  g_autoptr (GIOStream) tls = NULL;

  if (self->certificate == NULL)
    {
      self->handler (G_IO_STREAM (connection), self->stop, self->data);
      return;
    }

  tls = g_tls_server_connection_new (G_IO_STREAM (connection), self->certificate, NULL);
  g_object_set (tls, "authentication-mode", self->mode, NULL);
  if (g_tls_connection_handshake (G_TLS_CONNECTION (tls), self->stop, NULL))
    self->handler (tls, self->stop, self->data);
  g_io_stream_close (tls, self->stop, NULL);
}

static gboolean
on_run (GThreadedSocketService *service,
        GSocketConnection *connection,
        GObject *source,
        FakeServer *self)
{
  g_atomic_int_inc (&self->accepted);
  serve (self, connection);
  g_io_stream_close (G_IO_STREAM (connection), NULL, NULL);
  g_mutex_lock (&self->lock);
  g_ptr_array_remove (self->running, connection);
  g_mutex_unlock (&self->lock);
  g_main_context_wakeup (NULL);
  return TRUE;
}

/* Noted on the main thread, so that freeing waits for handlers that have not begun yet. */
static gboolean
on_incoming (GSocketService *service,
             GSocketConnection *connection,
             GObject *source,
             FakeServer *self)
{
  g_mutex_lock (&self->lock);
  g_ptr_array_add (self->running, g_object_ref (connection));
  g_mutex_unlock (&self->lock);
  return FALSE;
}

FakeServer *
fake_server_new_tls (GTlsCertificate *certificate,
                     GTlsAuthenticationMode mode,
                     FakeHandler handler,
                     gconstpointer data)
{
  FakeServer *self = g_new0 (FakeServer, 1);
  g_autoptr (GSocketAddress) any = g_inet_socket_address_new_from_string ("127.0.0.1", 0);
  g_autoptr (GSocketAddress) address = NULL;
  g_autoptr (GError) error = NULL;

  g_set_object (&self->certificate, certificate);
  self->mode = mode;
  self->handler = handler;
  self->data = (gpointer) data;
  self->stop = g_cancellable_new ();
  g_mutex_init (&self->lock);
  self->running = g_ptr_array_new_with_free_func (g_object_unref);
  self->service = g_threaded_socket_service_new (16);
  g_socket_listener_add_address (G_SOCKET_LISTENER (self->service), any, G_SOCKET_TYPE_STREAM,
                                 G_SOCKET_PROTOCOL_TCP, NULL, &address, &error);
  g_assert_no_error (error);
  self->port = g_inet_socket_address_get_port (G_INET_SOCKET_ADDRESS (address));
  /* The service's own handler starts the thread and ends the emission. */
  g_signal_connect (self->service, "incoming", G_CALLBACK (on_incoming), self);
  g_signal_connect (self->service, "run", G_CALLBACK (on_run), self);
  return self;
}

FakeServer *
fake_server_new (FakeHandler handler, gconstpointer data)
{
  return fake_server_new_tls (NULL, G_TLS_AUTHENTICATION_NONE, handler, data);
}

/* Ends blocking reads; how many are left. */
static guint
shut_down (FakeServer *self)
{
  guint n;

  g_mutex_lock (&self->lock);
  n = self->running->len;
  for (guint i = 0; i < n; i++)
    g_socket_shutdown (g_socket_connection_get_socket (g_ptr_array_index (self->running, i)), TRUE,
                       TRUE, NULL);
  g_mutex_unlock (&self->lock);
  return n;
}

void
fake_server_free (FakeServer *self)
{
  g_socket_service_stop (self->service);
  g_socket_listener_close (G_SOCKET_LISTENER (self->service));
  /* GIO leaks an error when a blocking read inside TLS is cancelled: there the end must do. */
  if (self->certificate == NULL)
    g_cancellable_cancel (self->stop);
  while (shut_down (self) > 0)
    g_main_context_iteration (NULL, TRUE);
  g_signal_handlers_disconnect_by_data (self->service, self);
  g_clear_object (&self->service);
  g_clear_object (&self->stop);
  g_clear_object (&self->certificate);
  g_ptr_array_unref (self->running);
  g_mutex_clear (&self->lock);
  g_free (self);
}

guint16
fake_server_get_port (FakeServer *self)
{
  return self->port;
}

guint
fake_server_get_accepted (FakeServer *self)
{
  return (guint) g_atomic_int_get (&self->accepted);
}

void
fake_silent (GIOStream *stream, GCancellable *stop, gpointer unused)
{
  char buffer[1024];

  while (
      g_input_stream_read (g_io_stream_get_input_stream (stream), buffer, sizeof buffer, stop, NULL)
      > 0)
    ;
}

void
fake_closing (GIOStream *stream, GCancellable *stop, gpointer unused)
{
}

void
fake_answering (GIOStream *stream, GCancellable *stop, gpointer data)
{
  char buffer[4096];

  if (g_input_stream_read (g_io_stream_get_input_stream (stream), buffer, sizeof buffer, stop, NULL)
      > 0)
    g_output_stream_write_all (g_io_stream_get_output_stream (stream), data, strlen (data), NULL,
                               stop, NULL);
}

static GSocket *
bound_socket (const char *text, guint16 port)
{
  g_autoptr (GSocketAddress) address = g_inet_socket_address_new_from_string (text, port);
  g_autoptr (GSocket) socket = NULL;
  g_autoptr (GError) error = NULL;

  socket = g_socket_new (G_SOCKET_FAMILY_IPV4, G_SOCKET_TYPE_STREAM, G_SOCKET_PROTOCOL_TCP, &error);
  g_assert_no_error (error);
  g_socket_bind (socket, address, TRUE, &error);
  g_assert_no_error (error);
  return g_steal_pointer (&socket);
}

static guint16
port_of (GSocket *socket)
{
  g_autoptr (GSocketAddress) address = g_socket_get_local_address (socket, NULL);

  return g_inet_socket_address_get_port (G_INET_SOCKET_ADDRESS (address));
}

guint16
fake_closed_port (void)
{
  /* Bound but not listening for the rest of the process: nobody else gets it. */
  static GSocket *socket = NULL;

  if (socket == NULL)
    socket = bound_socket ("127.0.0.1", 0);
  return port_of (socket);
}

struct _FakeFull
{
  GSocket *listener;
  GPtrArray *queue;
};

FakeFull *
fake_full_new (const char *address, guint16 port)
{
  FakeFull *self = g_new0 (FakeFull, 1);
  g_autoptr (GSocketAddress) to = NULL;
  g_autoptr (GError) error = NULL;

  self->listener = bound_socket (address, port);
  g_socket_set_listen_backlog (self->listener, 0);
  g_socket_listen (self->listener, &error);
  g_assert_no_error (error);
  to = g_socket_get_local_address (self->listener, NULL);

  self->queue = g_ptr_array_new_with_free_func (g_object_unref);
  for (guint i = 0; i < 8; i++)
    {
      GSocket *socket = g_socket_new (G_SOCKET_FAMILY_IPV4, G_SOCKET_TYPE_STREAM,
                                      G_SOCKET_PROTOCOL_TCP, NULL);

      g_socket_set_blocking (socket, FALSE);
      g_socket_connect (socket, to, NULL, NULL);
      g_ptr_array_add (self->queue, socket);
    }
  return self;
}

guint16
fake_full_get_port (FakeFull *self)
{
  return port_of (self->listener);
}

void
fake_full_free (FakeFull *self)
{
  g_ptr_array_unref (self->queue);
  g_object_unref (self->listener);
  g_free (self);
}
