/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "barista-connection.h"
#include "fake-kafka.h"
#include "test-wait.h"
#include <string.h>

static const FakeRange dekaf[] = {
  { BARISTA_API_API_VERSIONS, 0, 4 },     { BARISTA_API_METADATA, 9, 9 },
  { BARISTA_API_FIND_COORDINATOR, 0, 2 }, { 60, 0, 1 },
  { BARISTA_API_PRODUCE, 99, 120 },       { -1 },
};

/* FindCoordinator for @key, whose answer has one string. */
static void
ask (BaristaConnection *connection,
     const char *key,
     GCancellable *cancellable,
     GAsyncResult **result)
{
  g_autoptr (GError) error = NULL;
  BaristaWireWriter *request = barista_connection_request (connection, BARISTA_API_FIND_COORDINATOR,
                                                           &error);

  g_assert_no_error (error);
  barista_wire_put_string (request, "key", key);
  barista_connection_call_async (connection, request, cancellable, test_take_result, result);
}

static char *
answer_of (BaristaConnection *connection, GAsyncResult **result, GError **error)
{
  g_autoptr (BaristaReply) reply = barista_connection_call_finish (connection, test_wait (result),
                                                                   error);

  return reply != NULL ? barista_wire_view_dup_string (&reply->view, "host") : NULL;
}

/* Answers @request with the key that it asked about. */
static void
echo (GIOStream *stream, GCancellable *stop, const FakeRequest *request)
{
  const BaristaWireLayout *layout = barista_wire_layout (BARISTA_API_FIND_COORDINATOR);
  BaristaWireView view;
  g_autofree char *key = NULL;
  BaristaWireWriter *response;

  g_assert_true (barista_wire_view_init (&view, layout, BARISTA_WIRE_REQUEST,
                                         request->header.api_version, request->body,
                                         request->body_length, NULL));
  key = barista_wire_view_dup_string (&view, "key");
  response = barista_wire_response_new (BARISTA_API_FIND_COORDINATOR, request->header.api_version,
                                        request->header.correlation_id);
  barista_wire_put_string (response, "host", key);
  fake_kafka_write (stream, stop, response);
}

static void
serve_hello (GIOStream *stream, GCancellable *stop, gpointer ranges)
{
  fake_kafka_hello (stream, stop, ranges);
  fake_silent (stream, stop, NULL);
}

static gboolean
cancel_now (gpointer cancellable)
{
  g_cancellable_cancel (cancellable);
  return G_SOURCE_REMOVE;
}

static void
test_no_version (void)
{
  g_autoptr (FakeServer) server = fake_server_new (serve_hello, dekaf);
  g_autoptr (BaristaConnection) connection = fake_kafka_greet (server);
  g_autoptr (GError) error = NULL;

  g_assert_null (barista_connection_request (connection, BARISTA_API_FETCH, &error));
  g_assert_error (error, BARISTA_CONNECTION_ERROR, BARISTA_CONNECTION_ERROR_NO_VERSION);
}

static void
serve_backwards (GIOStream *stream, GCancellable *stop, gpointer unused)
{
  FakeRequest *requests[3];

  fake_kafka_hello (stream, stop, dekaf);
  for (guint i = 0; i < 3; i++)
    requests[i] = fake_kafka_expect (stream, stop, BARISTA_API_FIND_COORDINATOR);
  for (guint i = 3; i-- > 0;)
    {
      echo (stream, stop, requests[i]);
      fake_request_free (requests[i]);
    }
  fake_silent (stream, stop, NULL);
}

static void
test_pipelined (void)
{
  g_autoptr (FakeServer) server = fake_server_new (serve_backwards, NULL);
  g_autoptr (BaristaConnection) connection = fake_kafka_greet (server);
  static const char *const keys[] = { "one", "two", "three" };
  GAsyncResult *results[3] = { NULL };

  for (guint i = 0; i < 3; i++)
    ask (connection, keys[i], NULL, &results[i]);
  for (guint i = 0; i < 3; i++)
    {
      g_autoptr (GError) error = NULL;
      g_autofree char *answer = answer_of (connection, &results[i], &error);

      g_assert_no_error (error);
      g_assert_cmpstr (answer, ==, keys[i]);
      g_object_unref (results[i]);
    }
}

/* The first request is never answered, the second one byte by byte. */
static void
serve_second_slowly (GIOStream *stream, GCancellable *stop, gpointer unused)
{
  g_autoptr (FakeRequest) first = NULL;
  g_autoptr (FakeRequest) second = NULL;
  g_autoptr (GBytes) bytes = NULL;
  BaristaWireWriter *response;
  const guint8 *data;
  gsize length;

  fake_kafka_hello (stream, stop, dekaf);
  first = fake_kafka_expect (stream, stop, BARISTA_API_FIND_COORDINATOR);
  second = fake_kafka_expect (stream, stop, BARISTA_API_FIND_COORDINATOR);
  response = barista_wire_response_new (BARISTA_API_FIND_COORDINATOR, second->header.api_version,
                                        second->header.correlation_id);
  barista_wire_put_string (response, "host", "patience");
  bytes = barista_wire_writer_finish (response);
  data = g_bytes_get_data (bytes, &length);
  for (gsize i = 0; i < length; i++)
    fake_kafka_write_bytes (stream, stop, data + i, 1);
  /* The cancelled one's answer comes late and is dropped. */
  echo (stream, stop, first);
  while (TRUE)
    {
      g_autoptr (FakeRequest) next = fake_kafka_read (stream, stop);

      if (next == NULL)
        break;
      echo (stream, stop, next);
    }
}

static void
test_cancel_leaves_the_others (void)
{
  g_autoptr (FakeServer) server = fake_server_new (serve_second_slowly, NULL);
  g_autoptr (BaristaConnection) connection = fake_kafka_greet (server);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GAsyncResult) first = NULL;
  g_autoptr (GAsyncResult) second = NULL;
  g_autoptr (GAsyncResult) third = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *answer = NULL;
  g_autofree char *last = NULL;

  ask (connection, "first", cancellable, &first);
  g_idle_add (cancel_now, cancellable);
  g_assert_null (answer_of (connection, &first, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_clear_error (&error);

  ask (connection, "second", NULL, &second);
  answer = answer_of (connection, &second, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (answer, ==, "patience");

  ask (connection, "third", NULL, &third);
  last = answer_of (connection, &third, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (last, ==, "third");
}

static void
test_cancelled_before (void)
{
  g_autoptr (FakeServer) server = fake_server_new (serve_hello, dekaf);
  g_autoptr (BaristaConnection) connection = fake_kafka_greet (server);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  g_cancellable_cancel (cancellable);
  ask (connection, "never sent", cancellable, &result);
  g_assert_null (answer_of (connection, &result, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

static void
serve_then_close (GIOStream *stream, GCancellable *stop, gpointer unused)
{
  g_autoptr (FakeRequest) request = NULL;

  fake_kafka_hello (stream, stop, dekaf);
  request = fake_kafka_read (stream, stop);
  fake_kafka_write_bytes (stream, stop, "\0\0\0\x20half", 8);
}

static void
test_close_ends_all (void)
{
  g_autoptr (FakeServer) server = fake_server_new (serve_then_close, NULL);
  g_autoptr (BaristaConnection) connection = fake_kafka_greet (server);
  GAsyncResult *results[3] = { NULL };

  ask (connection, "one", NULL, &results[0]);
  ask (connection, "two", NULL, &results[1]);
  for (guint i = 0; i < 3; i++)
    {
      g_autoptr (GError) error = NULL;

      if (i == 2)
        ask (connection, "too late", NULL, &results[2]);
      g_assert_null (answer_of (connection, &results[i], &error));
      g_assert_error (error, BARISTA_CONNECTION_ERROR, BARISTA_CONNECTION_ERROR_CLOSED);
      g_object_unref (results[i]);
    }
}

typedef struct
{
  const char *bytes;
  gsize length;
} Answer;

#define BYTES(text) { text, sizeof text - 1 }

static void
serve_bytes (GIOStream *stream, GCancellable *stop, gpointer data)
{
  const Answer *answer = data;
  g_autoptr (FakeRequest) request = NULL;

  fake_kafka_hello (stream, stop, dekaf);
  request = fake_kafka_read (stream, stop);
  fake_kafka_write_bytes (stream, stop, answer->bytes, answer->length);
  fake_silent (stream, stop, NULL);
}

static void
test_hostile_frames (void)
{
  static const Answer answers[] = {
    BYTES ("\xff\xff\xff\xff"),           /* a negative size */
    BYTES ("\x08\x00\x00\x01"),           /* 128 MiB and one byte */
    BYTES ("\0\0\0\0"),                   /* nothing in it */
    BYTES ("\0\0\0\x02\0\0"),             /* no room for an id */
    BYTES ("\0\0\0\x04\x7f\xff\xff\xff"), /* an id that was never given */
    BYTES ("\0\0\0\x05\0\0\0\x01\0"),     /* cut short */
    /* a string past the end: id, throttle time, error code, length */
    BYTES ("\0\0\0\x10\0\0\0\x01\0\0\0\0\0\0\x7f\xff\x78\0\0\0"),
  };

  for (guint i = 0; i < G_N_ELEMENTS (answers); i++)
    {
      g_autoptr (FakeServer) server = fake_server_new (serve_bytes, &answers[i]);
      g_autoptr (BaristaConnection) connection = fake_kafka_greet (server);
      g_autoptr (GAsyncResult) result = NULL;
      g_autoptr (GError) error = NULL;

      ask (connection, "key", NULL, &result);
      g_assert_null (answer_of (connection, &result, &error));
      g_assert_error (error, BARISTA_CONNECTION_ERROR, BARISTA_CONNECTION_ERROR_PROTOCOL);
    }
}

static gsize
resident_pages (void)
{
  g_autofree char *text = NULL;

  g_assert_true (g_file_get_contents ("/proc/self/statm", &text, NULL, NULL));
  return (gsize) g_ascii_strtoull (strchr (text, ' '), NULL, 10);
}

static void
serve_announcement (GIOStream *stream, GCancellable *stop, gpointer unused)
{
  g_autoptr (FakeRequest) request = NULL;

  fake_kafka_hello (stream, stop, dekaf);
  request = fake_kafka_read (stream, stop);
  fake_kafka_write_bytes (stream, stop, "\x08\0\0\0abcdefgh", 12);
}

static void
test_announced_size_costs_nothing (void)
{
  g_autoptr (FakeServer) server = fake_server_new (serve_announcement, NULL);
  g_autoptr (BaristaConnection) connection = fake_kafka_greet (server);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  gsize before = resident_pages ();

  ask (connection, "key", NULL, &result);
  g_assert_null (answer_of (connection, &result, &error));
  g_assert_error (error, BARISTA_CONNECTION_ERROR, BARISTA_CONNECTION_ERROR_CLOSED);
  g_assert_cmpuint (resident_pages (), <, before + 4 * 1024 * 1024 / 4096);
}

#define LARGE (3 * 1024 * 1024)

/* One topic with many partitions: more than the size from which a thread checks it. */
static void
serve_large (GIOStream *stream, GCancellable *stop, gpointer unused)
{
  g_autoptr (FakeRequest) request = NULL;
  BaristaWireWriter *response;
  g_autofree char *name = g_strnfill (30000, 't');

  fake_kafka_hello (stream, stop, dekaf);
  request = fake_kafka_expect (stream, stop, BARISTA_API_METADATA);
  response = barista_wire_response_new (BARISTA_API_METADATA, 9, request->header.correlation_id);
  barista_wire_begin_array (response, "topics", LARGE / 30000);
  for (guint i = 0; i < LARGE / 30000; i++)
    {
      barista_wire_next (response);
      barista_wire_put_string (response, "name", name);
    }
  barista_wire_end_array (response);
  fake_kafka_write (stream, stop, response);
  fake_silent (stream, stop, NULL);
}

static void
test_large_answer (void)
{
  g_autoptr (FakeServer) server = fake_server_new (serve_large, NULL);
  g_autoptr (BaristaConnection) connection = fake_kafka_greet (server);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (BaristaReply) reply = NULL;
  g_autoptr (GError) error = NULL;
  BaristaWireIter iter;

  barista_connection_call_async (
      connection, barista_connection_request (connection, BARISTA_API_METADATA, NULL), NULL,
      test_take_result, &result);
  reply = barista_connection_call_finish (connection, test_wait (&result), &error);
  g_assert_no_error (error);
  g_assert_cmpint (reply->version, ==, 9);
  g_assert_cmpint (barista_wire_view_get_array (&reply->view, "topics", &iter), ==, LARGE / 30000);
}

static gboolean
close_now (gpointer connection)
{
  barista_connection_close (connection);
  return G_SOURCE_REMOVE;
}

static void
test_close_here (void)
{
  g_autoptr (FakeServer) server = fake_server_new (serve_hello, dekaf);
  g_autoptr (BaristaConnection) connection = fake_kafka_greet (server);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GAsyncResult) later = NULL;
  g_autoptr (GError) error = NULL;

  ask (connection, "key", NULL, &result);
  g_idle_add (close_now, connection);
  g_assert_null (answer_of (connection, &result, &error));
  g_assert_error (error, BARISTA_CONNECTION_ERROR, BARISTA_CONNECTION_ERROR_CLOSED);
  g_clear_error (&error);
  ask (connection, "key", NULL, &later);
  g_assert_null (answer_of (connection, &later, &error));
  g_assert_error (error, BARISTA_CONNECTION_ERROR, BARISTA_CONNECTION_ERROR_CLOSED);
}

/* A cancelled call leaves a read behind that must not keep anything alive. */
static void
test_goes_with_a_cancelled_call (void)
{
  g_autoptr (FakeServer) server = fake_server_new (serve_hello, dekaf);
  BaristaConnection *connection = fake_kafka_greet (server);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  ask (connection, "key", cancellable, &result);
  g_idle_add (cancel_now, cancellable);
  g_assert_null (answer_of (connection, &result, &error));
  g_clear_object (&result);
  g_assert_finalize_object (connection);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/connection/calls/no-version", test_no_version);
  g_test_add_func ("/connection/calls/pipelined", test_pipelined);
  g_test_add_func ("/connection/calls/cancel-leaves-the-others", test_cancel_leaves_the_others);
  g_test_add_func ("/connection/calls/cancelled-before", test_cancelled_before);
  g_test_add_func ("/connection/calls/close-ends-all", test_close_ends_all);
  g_test_add_func ("/connection/calls/hostile-frames", test_hostile_frames);
  g_test_add_func ("/connection/calls/announced-size", test_announced_size_costs_nothing);
  g_test_add_func ("/connection/calls/large-answer", test_large_answer);
  g_test_add_func ("/connection/calls/close-here", test_close_here);
  g_test_add_func ("/connection/calls/goes-with-a-cancelled-call", test_goes_with_a_cancelled_call);
  return g_test_run ();
}
