/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "fake-kafka.h"

#include "test-wait.h"
#include <string.h>

static gboolean
read_exactly (GIOStream *stream, GCancellable *stop, guint8 *buffer, gsize length)
{
  gsize n = 0;

  g_input_stream_read_all (g_io_stream_get_input_stream (stream), buffer, length, &n, stop, NULL);
  return n == length;
}

FakeRequest *
fake_kafka_read (GIOStream *stream, GCancellable *stop)
{
  g_autoptr (FakeRequest) request = g_new0 (FakeRequest, 1);
  guint32 size;

  if (!read_exactly (stream, stop, (guint8 *) &size, sizeof size))
    return NULL;
  request->length = GUINT32_FROM_BE (size);
  request->frame = g_malloc (request->length);
  if (!read_exactly (stream, stop, request->frame, request->length))
    return NULL;
  barista_wire_parse_request (request->frame, request->length, &request->header, &request->body,
                              &request->body_length, NULL);
  return g_steal_pointer (&request);
}

void
fake_request_free (FakeRequest *self)
{
  g_free (self->frame);
  g_free (self);
}

FakeRequest *
fake_kafka_expect (GIOStream *stream, GCancellable *stop, BaristaApi api)
{
  FakeRequest *request = fake_kafka_read (stream, stop);

  g_assert_nonnull (request);
  g_assert_cmpint (request->header.api_key, ==, (int) api);
  return request;
}

void
fake_kafka_write_bytes (GIOStream *stream, GCancellable *stop, const void *bytes, gsize length)
{
  g_output_stream_write_all (g_io_stream_get_output_stream (stream), bytes, length, NULL, stop,
                             NULL);
}

void
fake_kafka_write (GIOStream *stream, GCancellable *stop, BaristaWireWriter *response)
{
  g_autoptr (GBytes) bytes = barista_wire_writer_finish (response);

  fake_kafka_write_bytes (stream, stop, g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));
}

void
fake_kafka_hello (GIOStream *stream, GCancellable *stop, const FakeRange *ranges)
{
  g_autoptr (FakeRequest) request = fake_kafka_expect (stream, stop, BARISTA_API_API_VERSIONS);
  BaristaWireWriter *response;
  int n = 0;

  while (ranges[n].api_key >= 0)
    n++;
  response = barista_wire_response_new (BARISTA_API_API_VERSIONS, request->header.api_version,
                                        request->header.correlation_id);
  barista_wire_put_int (response, "errorCode", 0);
  barista_wire_begin_array (response, "apiKeys", n);
  for (int i = 0; i < n; i++)
    {
      barista_wire_next (response);
      barista_wire_put_int (response, "apiKey", ranges[i].api_key);
      barista_wire_put_int (response, "minVersion", ranges[i].min);
      barista_wire_put_int (response, "maxVersion", ranges[i].max);
    }
  barista_wire_end_array (response);
  fake_kafka_write (stream, stop, response);
}

BaristaConnection *
fake_kafka_connect (FakeServer *server)
{
  BaristaAddress address = { .host = (char *) "127.0.0.1", .port = fake_server_get_port (server) };
  g_autoptr (BaristaConnection) connection = barista_connection_new (&address);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  barista_connection_connect_async (connection, NULL, test_take_result, &result);
  barista_connection_connect_finish (connection, test_wait (&result), &error);
  g_assert_no_error (error);
  return g_steal_pointer (&connection);
}

BaristaConnection *
fake_kafka_greet (FakeServer *server)
{
  BaristaConnection *connection = fake_kafka_connect (server);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  barista_connection_hello_async (connection, NULL, test_take_result, &result);
  barista_connection_hello_finish (connection, test_wait (&result), &error);
  g_assert_no_error (error);
  return connection;
}
