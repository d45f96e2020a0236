/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "barista-connection.h"
#include "fake-kafka.h"
#include "test-wait.h"
#include <string.h>

#define USER "acmeCo/prod/tinybird"
#define TOKEN "s3cret-tökèn"

static const FakeRange with_version_1[] = {
  { BARISTA_API_API_VERSIONS, 0, 4 },
  { BARISTA_API_SASL_HANDSHAKE, 0, 1 },
  { BARISTA_API_SASL_AUTHENTICATE, 0, 2 },
  { BARISTA_API_METADATA, 9, 9 },
  { -1 },
};

static const FakeRange with_version_0[] = {
  { BARISTA_API_API_VERSIONS, 0, 4 },
  { BARISTA_API_SASL_HANDSHAKE, 0, 0 },
  { BARISTA_API_METADATA, 9, 9 },
  { -1 },
};

/* How the fake broker behaves, and what it saw. */
typedef struct
{
  const FakeRange *ranges;
  gint16 handshake_code;
  gint16 authenticate_code;
  const char *error_message;
  gboolean closes; /* instead of answering SaslAuthenticate */
  gboolean silent;
  gint16 authenticate_version;
  GBytes *token;
} Broker;

static void
answer_handshake (GIOStream *stream, GCancellable *stop, const Broker *broker)
{
  g_autoptr (FakeRequest) request = fake_kafka_read (stream, stop);
  BaristaWireWriter *response;

  if (request == NULL) /* the client went */
    return;
  response = barista_wire_response_new (BARISTA_API_SASL_HANDSHAKE, request->header.api_version,
                                        request->header.correlation_id);
  barista_wire_put_int (response, "errorCode", broker->handshake_code);
  barista_wire_begin_array (response, "mechanisms", 1);
  barista_wire_put_element_string (response, "PLAIN");
  barista_wire_end_array (response);
  fake_kafka_write (stream, stop, response);
}

static void
take_token (Broker *broker, const FakeRequest *request)
{
  BaristaWireView view;
  const guint8 *bytes;
  gsize length;

  g_assert_true (barista_wire_view_init (&view, barista_wire_layout (BARISTA_API_SASL_AUTHENTICATE),
                                         BARISTA_WIRE_REQUEST, request->header.api_version,
                                         request->body, request->body_length, NULL));
  bytes = barista_wire_view_get_bytes (&view, "authBytes", &length);
  broker->token = g_bytes_new (bytes, length);
  broker->authenticate_version = request->header.api_version;
}

static void
answer_authenticate (GIOStream *stream, GCancellable *stop, Broker *broker)
{
  g_autoptr (FakeRequest) request = fake_kafka_read (stream, stop);
  BaristaWireWriter *response;

  if (request == NULL) /* the client went */
    return;
  take_token (broker, request);
  if (broker->silent)
    fake_silent (stream, stop, NULL);
  if (broker->closes || broker->silent)
    return;

  response = barista_wire_response_new (BARISTA_API_SASL_AUTHENTICATE, request->header.api_version,
                                        request->header.correlation_id);
  barista_wire_put_int (response, "errorCode", broker->authenticate_code);
  barista_wire_put_string (response, "errorMessage", broker->error_message);
  barista_wire_put_bytes (response, "authBytes", (const guint8 *) "", 0);
  barista_wire_put_int (response, "sessionLifetimeMs", 300000);
  fake_kafka_write (stream, stop, response);
  fake_silent (stream, stop, NULL);
}

/* Raw frames: the token alone, and an empty one back. */
static void
answer_raw (GIOStream *stream, GCancellable *stop, Broker *broker)
{
  g_autoptr (FakeRequest) request = fake_kafka_read (stream, stop);

  broker->token = g_bytes_new (request->frame, request->length);
  fake_kafka_write_bytes (stream, stop, "\0\0\0\0", 4);
  fake_silent (stream, stop, NULL);
}

static void
serve (GIOStream *stream, GCancellable *stop, gpointer data)
{
  Broker *broker = data;

  fake_kafka_hello (stream, stop, broker->ranges);
  answer_handshake (stream, stop, broker);
  if (broker->handshake_code != 0)
    fake_silent (stream, stop, NULL);
  else if (broker->ranges == with_version_0)
    answer_raw (stream, stop, broker);
  else
    answer_authenticate (stream, stop, broker);
}

static void
serve_hello_only (GIOStream *stream, GCancellable *stop, gpointer data)
{
  const Broker *broker = data;

  fake_kafka_hello (stream, stop, broker->ranges);
  fake_silent (stream, stop, NULL);
}

static gboolean
sign_in (BaristaConnection *connection,
         const char *mechanism,
         GCancellable *cancellable,
         GError **error)
{
  g_autoptr (BaristaSecret) secret = barista_secret_new (TOKEN, -1);
  g_autoptr (GAsyncResult) result = NULL;

  barista_connection_sign_in_async (connection, mechanism, USER, secret, cancellable,
                                    test_take_result, &result);
  return barista_connection_sign_in_finish (connection, test_wait (&result), error);
}

static void
assert_token (Broker *broker)
{
  static const char expected[] = "\0" USER "\0" TOKEN;

  g_assert_nonnull (broker->token);
  g_assert_cmpmem (g_bytes_get_data (broker->token, NULL), g_bytes_get_size (broker->token),
                   expected, sizeof expected - 1);
  g_clear_pointer (&broker->token, g_bytes_unref);
}

static void
test_accepted (void)
{
  Broker broker = { .ranges = with_version_1 };
  g_autoptr (FakeServer) server = fake_server_new (serve, &broker);
  g_autoptr (BaristaConnection) connection = fake_kafka_greet (server);
  const BaristaSaslResult *result;
  g_autoptr (GBytes) tap = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_null (barista_connection_get_sasl_result (connection));
  g_assert_true (sign_in (connection, "PLAIN", NULL, &error));
  g_assert_no_error (error);
  assert_token (&broker);
  g_assert_cmpint (broker.authenticate_version, ==, 2);
  result = barista_connection_get_sasl_result (connection);
  g_assert_cmpint (result->error_code, ==, 0);
  g_assert_false (result->in_handshake);
  g_assert_cmpint (result->session_lifetime_ms, ==, 300000);
  g_assert_cmpstr (result->mechanisms[0], ==, "PLAIN");
}

/* The tap keeps what came before the secret went out, and nothing of what followed. */
static void
test_tap_stops (void)
{
  static const FakeRange small[] = {
    { BARISTA_API_SASL_HANDSHAKE, 1, 1 },
    { BARISTA_API_SASL_AUTHENTICATE, 0, 0 },
    { -1 },
  };
  Broker broker = { .ranges = small, .authenticate_code = 58, .error_message = "after the secret" };
  g_autoptr (FakeServer) server = fake_server_new (serve, &broker);
  g_autoptr (BaristaConnection) connection = fake_kafka_greet (server);
  g_autoptr (GBytes) tap = NULL;
  gsize length;
  const char *data;

  g_assert_false (sign_in (connection, "PLAIN", NULL, NULL));
  assert_token (&broker);
  tap = barista_connection_get_tap (connection);
  data = g_bytes_get_data (tap, &length);
  g_assert_cmpuint (length, <, BARISTA_TAP_BYTES);
  g_assert_nonnull (memmem (data, length, "PLAIN", 5));
  g_assert_null (memmem (data, length, "after", 5));
}

static void
test_refused (void)
{
  Broker broker = { .ranges = with_version_1,
                    .authenticate_code = 58,
                    .error_message = "Invalid username or password" };
  g_autoptr (FakeServer) server = fake_server_new (serve, &broker);
  g_autoptr (BaristaConnection) connection = fake_kafka_greet (server);
  const BaristaSaslResult *result;
  g_autoptr (GError) error = NULL;

  g_assert_false (sign_in (connection, "PLAIN", NULL, &error));
  g_assert_error (error, BARISTA_CONNECTION_ERROR, BARISTA_CONNECTION_ERROR_SASL);
  g_assert_null (strstr (error->message, TOKEN));
  result = barista_connection_get_sasl_result (connection);
  g_assert_cmpint (result->error_code, ==, 58);
  g_assert_cmpstr (result->error_message, ==, "Invalid username or password");
  g_assert_false (result->in_handshake);
  assert_token (&broker);
}

static void
test_mechanism_refused (void)
{
  Broker broker = { .ranges = with_version_1, .handshake_code = 33 };
  g_autoptr (FakeServer) server = fake_server_new (serve, &broker);
  g_autoptr (BaristaConnection) connection = fake_kafka_greet (server);
  const BaristaSaslResult *result;
  g_autoptr (GError) error = NULL;

  g_assert_false (sign_in (connection, "PLAIN", NULL, &error));
  g_assert_error (error, BARISTA_CONNECTION_ERROR, BARISTA_CONNECTION_ERROR_SASL);
  result = barista_connection_get_sasl_result (connection);
  g_assert_cmpint (result->error_code, ==, 33);
  g_assert_true (result->in_handshake);
  g_assert_cmpstr (result->mechanisms[0], ==, "PLAIN");
  g_assert_null (broker.token);
}

static void
test_unknown_mechanism (void)
{
  Broker broker = { .ranges = with_version_1 };
  g_autoptr (FakeServer) server = fake_server_new (serve_hello_only, &broker);
  g_autoptr (BaristaConnection) connection = fake_kafka_greet (server);
  g_autoptr (GError) error = NULL;

  g_assert_false (sign_in (connection, "GSSAPI", NULL, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_NOT_SUPPORTED);
}

static void
test_not_offered (void)
{
  static const FakeRange none[] = { { BARISTA_API_METADATA, 9, 9 }, { -1 } };
  Broker broker = { .ranges = none };
  g_autoptr (FakeServer) server = fake_server_new (serve_hello_only, &broker);
  g_autoptr (BaristaConnection) connection = fake_kafka_greet (server);
  g_autoptr (GError) error = NULL;

  g_assert_false (sign_in (connection, "PLAIN", NULL, &error));
  g_assert_error (error, BARISTA_CONNECTION_ERROR, BARISTA_CONNECTION_ERROR_NO_VERSION);
}

static void
test_raw (void)
{
  Broker broker = { .ranges = with_version_0 };
  g_autoptr (FakeServer) server = fake_server_new (serve, &broker);
  g_autoptr (BaristaConnection) connection = fake_kafka_greet (server);
  g_autoptr (GError) error = NULL;

  g_assert_true (sign_in (connection, "PLAIN", NULL, &error));
  g_assert_no_error (error);
  assert_token (&broker);
}

static void
test_closed (void)
{
  Broker broker = { .ranges = with_version_1, .closes = TRUE };
  g_autoptr (FakeServer) server = fake_server_new (serve, &broker);
  g_autoptr (BaristaConnection) connection = fake_kafka_greet (server);
  g_autoptr (GError) error = NULL;

  g_assert_false (sign_in (connection, "PLAIN", NULL, &error));
  g_assert_error (error, BARISTA_CONNECTION_ERROR, BARISTA_CONNECTION_ERROR_CLOSED);
  assert_token (&broker);
}

static gboolean
cancel_now (gpointer cancellable)
{
  g_cancellable_cancel (cancellable);
  return G_SOURCE_REMOVE;
}

static void
test_cancel (void)
{
  Broker broker = { .ranges = with_version_1, .silent = TRUE };
  g_autoptr (FakeServer) server = fake_server_new (serve, &broker);
  g_autoptr (BaristaConnection) connection = fake_kafka_greet (server);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;

  g_idle_add (cancel_now, cancellable);
  g_assert_false (sign_in (connection, "PLAIN", cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_clear_pointer (&broker.token, g_bytes_unref);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/connection/sasl/accepted", test_accepted);
  g_test_add_func ("/connection/sasl/tap-stops", test_tap_stops);
  g_test_add_func ("/connection/sasl/refused", test_refused);
  g_test_add_func ("/connection/sasl/mechanism-refused", test_mechanism_refused);
  g_test_add_func ("/connection/sasl/unknown-mechanism", test_unknown_mechanism);
  g_test_add_func ("/connection/sasl/not-offered", test_not_offered);
  g_test_add_func ("/connection/sasl/raw", test_raw);
  g_test_add_func ("/connection/sasl/closed", test_closed);
  g_test_add_func ("/connection/sasl/cancel", test_cancel);
  return g_test_run ();
}
