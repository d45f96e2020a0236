/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "barista-connection.h"
#include "fake-resolver.h"
#include "fake-server.h"
#include "test-wait.h"

static BaristaConnection *
connection_to (const char *host, guint16 port)
{
  BaristaAddress address = { .host = (char *) host, .port = port };

  return barista_connection_new (&address);
}

static gboolean
connect_now (BaristaConnection *connection, GCancellable *cancellable, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  barista_connection_connect_async (connection, cancellable, test_take_result, &result);
  return barista_connection_connect_finish (connection, test_wait (&result), error);
}

static const BaristaConnectionAttempt *
attempt (BaristaConnection *connection, guint i)
{
  GPtrArray *attempts = barista_connection_get_attempts (connection);

  g_assert_cmpuint (i, <, attempts->len);
  return g_ptr_array_index (attempts, i);
}

static void
set_flag (BaristaConnection *connection, gboolean *flag)
{
  *flag = TRUE;
}

static void
test_connects (void)
{
  g_autoptr (FakeServer) server = fake_server_new (fake_silent, NULL);
  g_autoptr (BaristaConnection) connection = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *peer = NULL;
  g_autofree char *expected = g_strdup_printf ("127.0.0.1:%u", fake_server_get_port (server));
  const BaristaConnectionTimes *times;
  gboolean resolved = FALSE;

  connection = connection_to ("127.0.0.1", fake_server_get_port (server));
  times = barista_connection_get_times (connection);
  g_assert_cmpint (times->name, ==, -1);
  g_assert_null (barista_connection_dup_peer (connection));
  g_signal_connect (connection, "resolved", G_CALLBACK (set_flag), &resolved);

  g_assert_true (connect_now (connection, NULL, &error));
  g_assert_no_error (error);
  g_assert_true (resolved);
  g_assert_true (barista_connection_get_resolved (connection));
  peer = barista_connection_dup_peer (connection);
  g_assert_cmpstr (peer, ==, expected);
  g_assert_cmpint (times->name, >=, 0);
  g_assert_cmpint (times->tcp, >=, 0);
  g_assert_cmpint (times->tls, ==, -1);
  g_assert_cmpuint (barista_connection_get_attempts (connection)->len, ==, 1);
  g_assert_cmpstr (attempt (connection, 0)->address, ==, expected);
  g_assert_null (attempt (connection, 0)->error);
}

static void
test_refused (void)
{
  g_autoptr (BaristaConnection) connection = connection_to ("127.0.0.1", fake_closed_port ());
  g_autoptr (GError) error = NULL;

  g_assert_false (connect_now (connection, NULL, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CONNECTION_REFUSED);
  g_assert_true (barista_connection_get_resolved (connection));
  g_assert_error (attempt (connection, 0)->error, G_IO_ERROR, G_IO_ERROR_CONNECTION_REFUSED);
  g_assert_cmpint (barista_connection_get_times (connection)->tcp, >=, 0);
}

static void
test_name_not_found (void)
{
  FakeResolver *resolver = fake_resolver_install ();
  g_autoptr (BaristaConnection) connection = connection_to ("nowhere.test", 9092);
  g_autoptr (GError) error = NULL;
  gboolean resolved = FALSE;

  g_signal_connect (connection, "resolved", G_CALLBACK (set_flag), &resolved);
  g_assert_false (connect_now (connection, NULL, &error));
  g_assert_error (error, G_RESOLVER_ERROR, G_RESOLVER_ERROR_NOT_FOUND);
  g_assert_false (resolved);
  g_assert_false (barista_connection_get_resolved (connection));
  g_assert_cmpint (barista_connection_get_times (connection)->name, >=, 0);
  g_assert_cmpint (barista_connection_get_times (connection)->tcp, ==, -1);
  fake_resolver_remove (resolver);
}

static void
test_second_address (void)
{
  FakeResolver *resolver = fake_resolver_install ();
  g_autoptr (FakeServer) server = fake_server_new (fake_silent, NULL);
  g_autoptr (BaristaConnection) connection = NULL;
  g_autoptr (GError) error = NULL;

  fake_resolver_add (resolver, "two.test", "127.0.0.2 127.0.0.1");
  connection = connection_to ("two.test", fake_server_get_port (server));
  g_assert_true (connect_now (connection, NULL, &error));
  g_assert_no_error (error);
  g_assert_cmpuint (barista_connection_get_attempts (connection)->len, ==, 2);
  g_assert_error (attempt (connection, 0)->error, G_IO_ERROR, G_IO_ERROR_CONNECTION_REFUSED);
  g_assert_null (attempt (connection, 1)->error);
  fake_resolver_remove (resolver);
}

static void
test_overtakes_a_silent_address (void)
{
  FakeResolver *resolver = fake_resolver_install ();
  g_autoptr (FakeServer) server = fake_server_new (fake_silent, NULL);
  guint16 port = fake_server_get_port (server);
  g_autoptr (FakeFull) full = fake_full_new ("127.0.0.2", port);
  g_autoptr (BaristaConnection) connection = connection_to ("slow.test", port);
  g_autoptr (GError) error = NULL;

  fake_resolver_add (resolver, "slow.test", "127.0.0.2 127.0.0.1");
  g_assert_true (connect_now (connection, NULL, &error));
  g_assert_no_error (error);
  g_assert_error (attempt (connection, 0)->error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_null (attempt (connection, 1)->error);
  fake_resolver_remove (resolver);
}

static void
test_all_addresses_fail (void)
{
  FakeResolver *resolver = fake_resolver_install ();
  g_autoptr (BaristaConnection) connection = NULL;
  g_autoptr (GError) error = NULL;

  fake_resolver_add (resolver, "down.test", "127.0.0.2 127.0.0.1");
  connection = connection_to ("down.test", fake_closed_port ());
  g_assert_false (connect_now (connection, NULL, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CONNECTION_REFUSED);
  g_assert_cmpuint (barista_connection_get_attempts (connection)->len, ==, 2);
  fake_resolver_remove (resolver);
}

static gboolean
cancel_now (gpointer cancellable)
{
  g_cancellable_cancel (cancellable);
  return G_SOURCE_REMOVE;
}

static void
test_cancel_look_up (void)
{
  FakeResolver *resolver = fake_resolver_install ();
  g_autoptr (BaristaConnection) connection = connection_to ("silent.test", 9092);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;

  fake_resolver_add (resolver, "silent.test", NULL);
  g_idle_add (cancel_now, cancellable);
  g_assert_false (connect_now (connection, cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_false (barista_connection_get_resolved (connection));
  fake_resolver_remove (resolver);
}

static void
test_cancel_connecting (void)
{
  g_autoptr (FakeFull) full = fake_full_new ("127.0.0.1", 0);
  g_autoptr (BaristaConnection) connection = connection_to ("127.0.0.1", fake_full_get_port (full));
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;

  g_signal_connect_swapped (connection, "resolved", G_CALLBACK (cancel_now), cancellable);
  g_assert_false (connect_now (connection, cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_true (barista_connection_get_resolved (connection));
}

static gboolean
close_now (gpointer connection)
{
  barista_connection_close (connection);
  return G_SOURCE_REMOVE;
}

static void
test_close_connecting (void)
{
  g_autoptr (FakeFull) full = fake_full_new ("127.0.0.1", 0);
  g_autoptr (BaristaConnection) connection = connection_to ("127.0.0.1", fake_full_get_port (full));
  g_autoptr (GError) error = NULL;

  g_idle_add (close_now, connection);
  g_assert_false (connect_now (connection, NULL, &error));
  g_assert_error (error, BARISTA_CONNECTION_ERROR, BARISTA_CONNECTION_ERROR_CLOSED);
}

static void
test_close_when_resolved (void)
{
  g_autoptr (FakeServer) server = fake_server_new (fake_silent, NULL);
  g_autoptr (BaristaConnection) connection = NULL;
  g_autoptr (GError) error = NULL;

  connection = connection_to ("127.0.0.1", fake_server_get_port (server));
  g_signal_connect (connection, "resolved", G_CALLBACK (close_now), NULL);
  g_assert_false (connect_now (connection, NULL, &error));
  g_assert_error (error, BARISTA_CONNECTION_ERROR, BARISTA_CONNECTION_ERROR_CLOSED);
}

static void
test_probe_is_closed (void)
{
  g_autoptr (FakeServer) server = fake_server_new (fake_closing, NULL);
  g_autoptr (BaristaConnection) connection = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  connection = connection_to ("127.0.0.1", fake_server_get_port (server));
  g_assert_true (connect_now (connection, NULL, NULL));
  barista_connection_probe_async (connection, NULL, NULL, test_take_result, &result);
  g_assert_false (barista_connection_probe_finish (connection, test_wait (&result), &error));
  g_assert_error (error, BARISTA_CONNECTION_ERROR, BARISTA_CONNECTION_ERROR_CLOSED);
  g_assert_true (barista_connection_get_peer_closed (connection));
  g_assert_cmpuint (barista_connection_get_bytes_received (connection), ==, 0);
}

static void
test_probe_gets_an_answer (void)
{
  g_autoptr (FakeServer) server = fake_server_new (fake_answering, "HTTP/1.1 400 Bad Request\r\n");
  g_autoptr (GBytes) request = g_bytes_new_static ("GET / HTTP/1.0\r\n\r\n", 18);
  g_autoptr (BaristaConnection) connection = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GBytes) answer = NULL;
  g_autoptr (GBytes) tap = NULL;
  g_autoptr (GError) error = NULL;
  gsize length;

  connection = connection_to ("127.0.0.1", fake_server_get_port (server));
  g_assert_true (connect_now (connection, NULL, NULL));
  barista_connection_probe_async (connection, request, NULL, test_take_result, &result);
  g_assert_true (barista_connection_probe_finish (connection, test_wait (&result), &error));
  g_assert_no_error (error);
  answer = barista_connection_get_first_answer (connection);
  g_assert_cmpmem (g_bytes_get_data (answer, NULL), g_bytes_get_size (answer), "HTTP/1.1 400 Bad",
                   16);
  tap = barista_connection_get_tap (connection);
  g_assert_cmpmem (g_bytes_get_data (tap, &length), 26, "HTTP/1.1 400 Bad Request\r\n", 26);
  g_assert_cmpuint (length, ==, 26);
}

static void
test_probe_cancel (void)
{
  g_autoptr (FakeServer) server = fake_server_new (fake_silent, NULL);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (BaristaConnection) connection = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  connection = connection_to ("127.0.0.1", fake_server_get_port (server));
  g_assert_true (connect_now (connection, NULL, NULL));
  barista_connection_probe_async (connection, NULL, cancellable, test_take_result, &result);
  g_idle_add (cancel_now, cancellable);
  g_assert_false (barista_connection_probe_finish (connection, test_wait (&result), &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

static void
test_goes_while_waiting (void)
{
  g_autoptr (FakeServer) server = fake_server_new (fake_silent, NULL);
  BaristaConnection *connection = connection_to ("127.0.0.1", fake_server_get_port (server));
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_true (connect_now (connection, NULL, NULL));
  barista_connection_probe_async (connection, NULL, NULL, test_take_result, &result);
  g_idle_add (close_now, connection);
  g_assert_false (barista_connection_probe_finish (connection, test_wait (&result), &error));
  g_assert_error (error, BARISTA_CONNECTION_ERROR, BARISTA_CONNECTION_ERROR_CLOSED);
  g_clear_object (&result);
  g_assert_finalize_object (connection);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/connection/connects", test_connects);
  g_test_add_func ("/connection/refused", test_refused);
  g_test_add_func ("/connection/name-not-found", test_name_not_found);
  g_test_add_func ("/connection/second-address", test_second_address);
  g_test_add_func ("/connection/overtakes-a-silent-address", test_overtakes_a_silent_address);
  g_test_add_func ("/connection/all-addresses-fail", test_all_addresses_fail);
  g_test_add_func ("/connection/cancel-look-up", test_cancel_look_up);
  g_test_add_func ("/connection/cancel-connecting", test_cancel_connecting);
  g_test_add_func ("/connection/close-connecting", test_close_connecting);
  g_test_add_func ("/connection/close-when-resolved", test_close_when_resolved);
  g_test_add_func ("/connection/probe-is-closed", test_probe_is_closed);
  g_test_add_func ("/connection/probe-gets-an-answer", test_probe_gets_an_answer);
  g_test_add_func ("/connection/probe-cancel", test_probe_cancel);
  g_test_add_func ("/connection/goes-while-waiting", test_goes_while_waiting);
  return g_test_run ();
}
