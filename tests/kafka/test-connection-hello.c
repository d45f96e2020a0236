/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "fake-kafka.h"
#include "test-wait.h"

static const FakeRange dekaf[] = {
  { BARISTA_API_API_VERSIONS, 0, 4 },     { BARISTA_API_METADATA, 9, 9 },
  { BARISTA_API_FIND_COORDINATOR, 0, 2 }, { 60, 0, 1 },
  { BARISTA_API_PRODUCE, 99, 120 },       { -1 },
};

static gboolean
hello_now (BaristaConnection *connection, GCancellable *cancellable, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  barista_connection_hello_async (connection, cancellable, test_take_result, &result);
  return barista_connection_hello_finish (connection, test_wait (&result), error);
}

static void
serve_hello (GIOStream *stream, GCancellable *stop, gpointer ranges)
{
  fake_kafka_hello (stream, stop, ranges);
  fake_silent (stream, stop, NULL);
}

static void
test_hello (void)
{
  g_autoptr (FakeServer) server = fake_server_new (serve_hello, dekaf);
  g_autoptr (BaristaConnection) connection = fake_kafka_greet (server);
  const BaristaApiRange *ranges;
  gint16 min, max;
  guint n;

  g_assert_cmpint (barista_connection_pick_version (connection, BARISTA_API_METADATA, &min, &max),
                   ==, 9);
  g_assert_cmpint (min, ==, 9);
  g_assert_cmpint (max, ==, 9);
  g_assert_cmpint (barista_connection_pick_version (connection, BARISTA_API_FIND_COORDINATOR, NULL,
                                                    NULL),
                   ==, 2);
  g_assert_cmpint (barista_connection_pick_version (connection, BARISTA_API_FETCH, &min, &max), ==,
                   -1);
  g_assert_cmpint (max, ==, -1);
  g_assert_cmpint (barista_connection_pick_version (connection, BARISTA_API_PRODUCE, &min, &max),
                   ==, -1);
  g_assert_cmpint (min, ==, 99);

  ranges = barista_connection_get_api_ranges (connection, &n);
  g_assert_cmpuint (n, ==, 5);
  g_assert_cmpint (ranges[3].api_key, ==, 60);
}

static void
serve_old (GIOStream *stream, GCancellable *stop, gpointer ranges)
{
  g_autoptr (FakeRequest) request = fake_kafka_expect (stream, stop, BARISTA_API_API_VERSIONS);
  BaristaWireWriter *response;

  g_assert_cmpint (request->header.api_version, ==, 3);
  response = barista_wire_response_new (BARISTA_API_API_VERSIONS, 0,
                                        request->header.correlation_id);
  barista_wire_put_int (response, "errorCode", 35);
  fake_kafka_write (stream, stop, response);
  serve_hello (stream, stop, ranges);
}

static void
test_hello_falls_back (void)
{
  g_autoptr (FakeServer) server = fake_server_new (serve_old, dekaf);
  g_autoptr (BaristaConnection) connection = fake_kafka_greet (server);

  g_assert_cmpint (barista_connection_pick_version (connection, BARISTA_API_METADATA, NULL, NULL),
                   ==, 9);
}

static void
serve_endless_refusal (GIOStream *stream, GCancellable *stop, gpointer unused)
{
  FakeRequest *request;

  while ((request = fake_kafka_read (stream, stop)) != NULL)
    {
      BaristaWireWriter *response = barista_wire_response_new (BARISTA_API_API_VERSIONS, 0,
                                                               request->header.correlation_id);

      barista_wire_put_int (response, "errorCode", 35);
      fake_kafka_write (stream, stop, response);
      fake_request_free (request);
    }
}

static void
test_hello_is_refused_twice (void)
{
  g_autoptr (FakeServer) server = fake_server_new (serve_endless_refusal, NULL);
  g_autoptr (BaristaConnection) connection = fake_kafka_connect (server);
  g_autoptr (GError) error = NULL;

  g_assert_false (hello_now (connection, NULL, &error));
  g_assert_error (error, BARISTA_CONNECTION_ERROR, BARISTA_CONNECTION_ERROR_PROTOCOL);
}

static void
test_hello_table_is_bounded (void)
{
  g_autofree FakeRange *ranges = g_new0 (FakeRange, 5002);
  g_autoptr (FakeServer) server = NULL;
  g_autoptr (BaristaConnection) connection = NULL;
  guint n;

  for (guint i = 0; i < 5001; i++)
    ranges[i] = (FakeRange) { (gint16) i, 5, 2 };
  ranges[5001].api_key = -1;
  server = fake_server_new (serve_hello, ranges);
  connection = fake_kafka_greet (server);
  barista_connection_get_api_ranges (connection, &n);
  g_assert_cmpuint (n, ==, 1000);
  g_assert_cmpint (barista_connection_pick_version (connection, BARISTA_API_METADATA, NULL, NULL),
                   ==, -1);
}

static void
test_hello_to_http (void)
{
  g_autoptr (FakeServer) server = fake_server_new (fake_answering, "HTTP/1.1 400 Bad Request\r\n");
  g_autoptr (BaristaConnection) connection = fake_kafka_connect (server);
  g_autoptr (GBytes) answer = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_false (hello_now (connection, NULL, &error));
  g_assert_error (error, BARISTA_CONNECTION_ERROR, BARISTA_CONNECTION_ERROR_PROTOCOL);
  answer = barista_connection_get_first_answer (connection);
  g_assert_cmpmem (g_bytes_get_data (answer, NULL), 4, "HTTP", 4);
}

static void
test_hello_is_closed (void)
{
  g_autoptr (FakeServer) server = fake_server_new (fake_closing, NULL);
  g_autoptr (BaristaConnection) connection = fake_kafka_connect (server);
  g_autoptr (GError) error = NULL;

  g_assert_false (hello_now (connection, NULL, &error));
  g_assert_error (error, BARISTA_CONNECTION_ERROR, BARISTA_CONNECTION_ERROR_CLOSED);
  g_assert_true (barista_connection_get_peer_closed (connection));
}

static gboolean
cancel_now (gpointer cancellable)
{
  g_cancellable_cancel (cancellable);
  return G_SOURCE_REMOVE;
}

static void
test_hello_cancel (void)
{
  g_autoptr (FakeServer) server = fake_server_new (fake_silent, NULL);
  g_autoptr (BaristaConnection) connection = fake_kafka_connect (server);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;

  g_idle_add (cancel_now, cancellable);
  g_assert_false (hello_now (connection, cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/connection/hello", test_hello);
  g_test_add_func ("/connection/hello/falls-back", test_hello_falls_back);
  g_test_add_func ("/connection/hello/is-refused-twice", test_hello_is_refused_twice);
  g_test_add_func ("/connection/hello/table-is-bounded", test_hello_table_is_bounded);
  g_test_add_func ("/connection/hello/to-http", test_hello_to_http);
  g_test_add_func ("/connection/hello/is-closed", test_hello_is_closed);
  g_test_add_func ("/connection/hello/cancel", test_hello_cancel);
  return g_test_run ();
}
