/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "barista-practice-task.h"

/**
 * barista_practice_closed_port_new:
 * @port: (out): its number
 *
 * A loopback port that refuses connections for as long as the socket lives: it is bound, so that
 * nobody else gets it, and never listens.
 */
GSocket *
barista_practice_closed_port_new (guint16 *port, GError **error)
{
  g_autoptr (GSocket) socket = g_socket_new (G_SOCKET_FAMILY_IPV4, G_SOCKET_TYPE_STREAM,
                                             G_SOCKET_PROTOCOL_TCP, error);
  g_autoptr (GInetAddress) loopback = g_inet_address_new_loopback (G_SOCKET_FAMILY_IPV4);
  g_autoptr (GSocketAddress) address = g_inet_socket_address_new (loopback, 0);
  g_autoptr (GSocketAddress) bound = NULL;

  if (socket == NULL || !g_socket_bind (socket, address, FALSE, error)
      || (bound = g_socket_get_local_address (socket, error)) == NULL)
    return NULL;

  *port = g_inet_socket_address_get_port (G_INET_SOCKET_ADDRESS (bound));
  return g_steal_pointer (&socket);
}
