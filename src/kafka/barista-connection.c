/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "barista-connection-private.h"

G_DEFINE_QUARK (barista_connection_error, barista_connection_error)
G_DEFINE_FINAL_TYPE (BaristaConnection, barista_connection, G_TYPE_OBJECT)

enum
{
  RESOLVED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static void
barista_connection_dispose (GObject *object)
{
  barista_connection_close (BARISTA_CONNECTION (object));
  G_OBJECT_CLASS (barista_connection_parent_class)->dispose (object);
}

static void
barista_connection_finalize (GObject *object)
{
  BaristaConnection *self = BARISTA_CONNECTION (object);

  g_clear_object (&self->calls);
  g_clear_object (&self->stream);
  g_clear_object (&self->tap);
  g_clear_object (&self->socket);
  g_clear_object (&self->trace.peer);
  g_clear_object (&self->closing);
  g_clear_pointer (&self->attempts, g_ptr_array_unref);
  g_clear_pointer (&self->api_ranges, g_array_unref);
  g_clear_pointer (&self->sasl_result, barista_sasl_result_free);
  g_free (self->address.host);
  G_OBJECT_CLASS (barista_connection_parent_class)->finalize (object);
}

static void
barista_connection_class_init (BaristaConnectionClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = barista_connection_dispose;
  object_class->finalize = barista_connection_finalize;

  /**
   * BaristaConnection::resolved:
   *
   * The name stage is over and the first address is being tried.
   */
  signals[RESOLVED] = g_signal_new ("resolved", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0,
                                    NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
barista_connection_init (BaristaConnection *self)
{
  self->closing = g_cancellable_new ();
  self->attempts = barista_connection_attempts_new ();
  self->api_ranges = g_array_new (FALSE, FALSE, sizeof (BaristaApiRange));
  self->times = (BaristaConnectionTimes) { -1, -1, -1 };
}

/**
 * barista_connection_new:
 * @address: of one broker; copied
 *
 * Returns: (transfer full): a connection on which nothing has happened yet
 */
BaristaConnection *
barista_connection_new (const BaristaAddress *address)
{
  BaristaConnection *self;

  g_return_val_if_fail (address != NULL && address->host != NULL, NULL);

  self = g_object_new (BARISTA_TYPE_CONNECTION, NULL);
  self->address = *address;
  self->address.host = g_strdup (address->host);
  return self;
}

void
barista_connection_mark_resolved (BaristaConnection *self)
{
  self->resolved = TRUE;
  g_signal_emit (self, signals[RESOLVED], 0);
}

const BaristaAddress *
barista_connection_get_address (BaristaConnection *self)
{
  g_return_val_if_fail (BARISTA_IS_CONNECTION (self), NULL);
  return &self->address;
}

gboolean
barista_connection_get_resolved (BaristaConnection *self)
{
  g_return_val_if_fail (BARISTA_IS_CONNECTION (self), FALSE);
  return self->resolved;
}

GPtrArray *
barista_connection_get_attempts (BaristaConnection *self)
{
  g_return_val_if_fail (BARISTA_IS_CONNECTION (self), NULL);
  return self->attempts;
}

/**
 * barista_connection_dup_peer:
 *
 * Returns: (transfer full) (nullable): the numeric address and port that it is connected to
 */
char *
barista_connection_dup_peer (BaristaConnection *self)
{
  g_autoptr (GSocketAddress) address = NULL;

  g_return_val_if_fail (BARISTA_IS_CONNECTION (self), NULL);

  if (self->socket != NULL)
    address = g_socket_connection_get_remote_address (self->socket, NULL);
  return address != NULL ? g_socket_connectable_to_string (G_SOCKET_CONNECTABLE (address)) : NULL;
}

const BaristaTlsTrace *
barista_connection_get_tls_trace (BaristaConnection *self)
{
  g_return_val_if_fail (BARISTA_IS_CONNECTION (self), NULL);
  return &self->trace;
}

const BaristaConnectionTimes *
barista_connection_get_times (BaristaConnection *self)
{
  g_return_val_if_fail (BARISTA_IS_CONNECTION (self), NULL);
  return &self->times;
}

/**
 * barista_connection_get_tap:
 *
 * Returns: (transfer full): the first bytes that came over TCP, at most %BARISTA_TAP_BYTES; a TLS
 *   alert before the end of the handshake can be read from them
 */
GBytes *
barista_connection_get_tap (BaristaConnection *self)
{
  g_return_val_if_fail (BARISTA_IS_CONNECTION (self), NULL);
  return self->tap != NULL ? barista_tap_stream_get_bytes (self->tap) : g_bytes_new (NULL, 0);
}

gsize
barista_connection_get_bytes_received (BaristaConnection *self)
{
  g_return_val_if_fail (BARISTA_IS_CONNECTION (self), 0);
  return self->tap != NULL ? barista_tap_stream_get_received (self->tap) : 0;
}

gboolean
barista_connection_get_peer_closed (BaristaConnection *self)
{
  g_return_val_if_fail (BARISTA_IS_CONNECTION (self), FALSE);
  return self->tap != NULL && barista_tap_stream_get_closed (self->tap);
}

/**
 * barista_connection_get_first_answer:
 *
 * Returns: (transfer full): at most 16 bytes; `HTTP` at their start tells a web server
 */
GBytes *
barista_connection_get_first_answer (BaristaConnection *self)
{
  g_return_val_if_fail (BARISTA_IS_CONNECTION (self), NULL);
  return self->calls != NULL ? barista_calls_get_first_bytes (self->calls) : g_bytes_new (NULL, 0);
}

BaristaCalls *
barista_connection_ensure_calls (BaristaConnection *self, GError **error)
{
  if (self->closed || self->stream == NULL)
    {
      g_set_error_literal (error, BARISTA_CONNECTION_ERROR, BARISTA_CONNECTION_ERROR_CLOSED,
                           "Not connected");
      return NULL;
    }
  if (self->calls == NULL)
    self->calls = barista_calls_new (self->stream);
  return self->calls;
}

/**
 * barista_connection_close:
 *
 * What is under way ends with %BARISTA_CONNECTION_ERROR_CLOSED. Evidence (tap, trace, attempts)
 * stays. The socket itself is closed as soon as nothing reads from it any more.
 */
void
barista_connection_close (BaristaConnection *self)
{
  g_return_if_fail (BARISTA_IS_CONNECTION (self));

  if (self->closed)
    return;
  self->closed = TRUE;
  g_cancellable_cancel (self->closing);
  if (self->calls != NULL)
    barista_calls_close (self->calls);
  /* Before TLS lets go: its own close would wait for a peer that reads nothing. A handshake has a
   * thread inside; it drops the socket when it is out. */
  if (self->socket != NULL && !self->handshaking)
    g_io_stream_close (G_IO_STREAM (self->socket), NULL, NULL);
  g_clear_object (&self->stream);
  g_clear_object (&self->socket);
}
