/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "barista-registry.h"
#include <string.h>

/* A registry whose answer is there before the question has been asked. */

#define ANSWER "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n[]"
/* More than any request takes. */
#define TURNS 60

typedef struct
{
  GSocket *listener, *peer;
  char *url;
} Server;

static void
server_init (Server *self)
{
  g_autoptr (GInetAddress) loopback = g_inet_address_new_loopback (G_SOCKET_FAMILY_IPV4);
  g_autoptr (GSocketAddress) any_port = g_inet_socket_address_new (loopback, 0);
  g_autoptr (GSocketAddress) address = NULL;
  g_autoptr (GError) error = NULL;

  self->listener = g_socket_new (G_SOCKET_FAMILY_IPV4, G_SOCKET_TYPE_STREAM, G_SOCKET_PROTOCOL_TCP,
                                 &error);
  g_assert_no_error (error);
  g_socket_set_blocking (self->listener, FALSE);
  g_assert_true (g_socket_bind (self->listener, any_port, FALSE, NULL));
  g_assert_true (g_socket_listen (self->listener, NULL));
  address = g_socket_get_local_address (self->listener, &error);
  g_assert_no_error (error);
  self->url = g_strdup_printf ("http://127.0.0.1:%u",
                               g_inet_socket_address_get_port (G_INET_SOCKET_ADDRESS (address)));
}

static void
server_clear (Server *self)
{
  g_clear_object (&self->peer);
  g_clear_object (&self->listener);
  g_free (self->url);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Server, server_clear)

/* Answers whoever has connected since the last turn. */
static void
server_turn (Server *self)
{
  if (self->peer != NULL)
    return;
  self->peer = g_socket_accept (self->listener, NULL, NULL);
  if (self->peer != NULL)
    g_assert_cmpint (g_socket_send (self->peer, ANSWER, strlen (ANSWER), NULL, NULL), ==,
                     strlen (ANSWER));
}

static void
take_result (GObject *source, GAsyncResult *result, gpointer data)
{
  *(GAsyncResult **) data = g_object_ref (result);
}

typedef struct
{
  GSource source;
  GCancellable *cancellable;
  guint turns_left;
} Stopper;

static gboolean
stopper_ready (GSource *source)
{
  return TRUE;
}

static gboolean
stopper_prepare (GSource *source, int *timeout)
{
  *timeout = 0;
  return TRUE;
}

/* Before whatever else this turn of the loop does. */
static gboolean
stopper_dispatch (GSource *source, GSourceFunc callback, gpointer data)
{
  Stopper *self = (Stopper *) source;

  if (self->turns_left-- > 0)
    return G_SOURCE_CONTINUE;
  g_cancellable_cancel (self->cancellable);
  return G_SOURCE_REMOVE;
}

static GSourceFuncs stopper_funcs = { stopper_prepare, stopper_ready, stopper_dispatch, NULL };

/* Stops it in turn @turn. Returns whether it had ended by itself before. */
static gboolean
ask_and_stop (guint turn)
{
  g_auto (Server) server = { 0 };
  g_autoptr (BaristaRegistry) registry = NULL;
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GSource) source = g_source_new (&stopper_funcs, sizeof (Stopper));
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (BaristaSubjects) subjects = NULL;
  g_autoptr (GError) error = NULL;

  ((Stopper *) source)->cancellable = cancellable;
  ((Stopper *) source)->turns_left = turn;
  g_source_attach (source, NULL);
  server_init (&server);
  registry = barista_registry_new (server.url, NULL, NULL, NULL);
  barista_registry_list_async (registry, cancellable, take_result, &result);
  while (result == NULL)
    {
      g_main_context_iteration (NULL, TRUE);
      server_turn (&server);
    }
  g_source_destroy (source);

  subjects = barista_registry_list_finish (registry, result, &error);
  if (subjects == NULL)
    g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  return subjects != NULL;
}

/* libsoup says in criticals, which end a test, that it freed what was in use. */
static void
test_at_each_turn (void)
{
  guint turn = 0;

  while (turn < TURNS && !ask_and_stop (turn))
    turn++;
  g_assert_cmpuint (turn, >, 3);
  g_assert_cmpuint (turn, <, TURNS);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/registry/stop-at-each-turn", test_at_each_turn);
  return g_test_run ();
}
