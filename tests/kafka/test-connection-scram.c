/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "barista-connection.h"
#include "barista-scram-proof.h"
#include "barista-scram.h"
#include "fake-kafka.h"
#include "test-wait.h"
#include <string.h>

#define USER "acmeCo/prod,=tinybird"
#define USER_ESCAPED "acmeCo/prod=2C=3Dtinybird"
#define PASSWORD "s3cret-tökèn"
#define SERVER_NONCE "3rfcNHYJY1ZVvWVs7j"
#define SALT "0123456789"

static const FakeRange ranges[] = {
  { BARISTA_API_API_VERSIONS, 0, 4 },
  { BARISTA_API_SASL_HANDSHAKE, 0, 1 },
  { BARISTA_API_SASL_AUTHENTICATE, 0, 2 },
  { -1 },
};

static const FakeRange raw_ranges[] = { { BARISTA_API_SASL_HANDSHAKE, 0, 0 }, { -1 } };

/* How the fake broker behaves, and what it saw. */
typedef struct
{
  const char *mechanism;
  gboolean raw;             /* knows SaslHandshake 0 only */
  const char *server_first; /* instead of the right one */
  const char *server_final;
  guint iterations;
  gint16 error_code; /* at client-final */
  GCancellable *cancels_client;
  guint finals; /* client-final messages that were as they should be */
} Broker;

/* --- the fake broker --- */

/* A message of the client as text; NULL when it is gone. */
static char *
read_text (GIOStream *stream, GCancellable *stop, Broker *broker, FakeRequest **request)
{
  BaristaWireView view;
  const guint8 *bytes;
  gsize length;

  *request = fake_kafka_read (stream, stop);
  if (*request == NULL)
    return NULL;
  if (broker->raw)
    return g_strndup ((const char *) (*request)->frame, (*request)->length);

  g_assert_true (barista_wire_view_init (&view, barista_wire_layout (BARISTA_API_SASL_AUTHENTICATE),
                                         BARISTA_WIRE_REQUEST, (*request)->header.api_version,
                                         (*request)->body, (*request)->body_length, NULL));
  bytes = barista_wire_view_get_bytes (&view, "authBytes", &length);
  return g_strndup ((const char *) bytes, length);
}

static void
write_text (GIOStream *stream,
            GCancellable *stop,
            const Broker *broker,
            const FakeRequest *request,
            const char *text,
            gint16 error_code)
{
  guint32 size = GUINT32_TO_BE ((guint32) strlen (text));
  BaristaWireWriter *response;

  if (broker->raw)
    {
      fake_kafka_write_bytes (stream, stop, &size, sizeof size);
      fake_kafka_write_bytes (stream, stop, text, strlen (text));
      return;
    }
  response = barista_wire_response_new (BARISTA_API_SASL_AUTHENTICATE, request->header.api_version,
                                        request->header.correlation_id);
  barista_wire_put_int (response, "errorCode", error_code);
  barista_wire_put_string (response, "errorMessage", error_code != 0 ? "not you" : NULL);
  barista_wire_put_bytes (response, "authBytes", (const guint8 *) text, strlen (text));
  barista_wire_put_int (response, "sessionLifetimeMs", 0);
  fake_kafka_write (stream, stop, response);
}

static void
answer_handshake (GIOStream *stream, GCancellable *stop, const Broker *broker)
{
  g_autoptr (FakeRequest) request = fake_kafka_expect (stream, stop, BARISTA_API_SASL_HANDSHAKE);
  BaristaWireWriter *response;

  response = barista_wire_response_new (BARISTA_API_SASL_HANDSHAKE, request->header.api_version,
                                        request->header.correlation_id);
  barista_wire_put_int (response, "errorCode", 0);
  barista_wire_begin_array (response, "mechanisms", 1);
  barista_wire_put_element_string (response, broker->mechanism);
  barista_wire_end_array (response);
  fake_kafka_write (stream, stop, response);
}

static void
prove (const Broker *broker, const char *auth_message, BaristaScramProof *proof)
{
  BaristaScramInput input = {
    .hash = g_str_equal (broker->mechanism, "SCRAM-SHA-256") ? G_CHECKSUM_SHA256
                                                             : G_CHECKSUM_SHA512,
    .password = PASSWORD,
    .password_length = strlen (PASSWORD),
    .salt = (const guint8 *) SALT,
    .salt_length = strlen (SALT),
    .iterations = broker->iterations,
    .auth_message = auth_message,
  };

  g_assert_true (barista_scram_prove (&input, NULL, proof, NULL));
}

static char *
make_server_first (const Broker *broker, const char *nonce)
{
  g_autofree char *salt = g_base64_encode ((const guint8 *) SALT, strlen (SALT));

  if (broker->server_first != NULL)
    return g_strdup (broker->server_first);
  return g_strdup_printf ("r=%s" SERVER_NONCE ",s=%s,i=%u", nonce, salt, broker->iterations);
}

/* Wants the client's message to be as the RFC has it, to the letter, and signs the whole. */
static char *
make_server_final (Broker *broker, const char *nonce, const char *server_first, const char *final)
{
  g_autofree char *without_proof = g_strconcat ("c=biws,r=", nonce, SERVER_NONCE, NULL);
  g_autofree char *auth = g_strdup_printf ("n=" USER_ESCAPED ",r=%s,%s,%s", nonce, server_first,
                                           without_proof);
  g_autofree char *proof_text = NULL, *expected = NULL, *signature = NULL;
  BaristaScramProof proof;

  prove (broker, auth, &proof);
  proof_text = g_base64_encode (proof.proof, proof.length);
  signature = g_base64_encode (proof.server_signature, proof.length);
  expected = g_strconcat (without_proof, ",p=", proof_text, NULL);
  g_assert_cmpstr (final, ==, expected);
  broker->finals++;
  return broker->server_final != NULL ? g_strdup (broker->server_final)
                                      : g_strconcat ("v=", signature, NULL);
}

static gboolean
cancel (gpointer cancellable)
{
  g_cancellable_cancel (cancellable);
  return G_SOURCE_REMOVE;
}

static void
serve_exchange (GIOStream *stream, GCancellable *stop, Broker *broker)
{
  g_autoptr (FakeRequest) first_request = NULL;
  g_autoptr (FakeRequest) final_request = NULL;
  g_autofree char *first = read_text (stream, stop, broker, &first_request);
  g_autofree char *server_first = NULL, *final = NULL, *server_final = NULL;
  const char *nonce;

  g_assert_true (g_str_has_prefix (first, "n,,n=" USER_ESCAPED ",r="));
  nonce = first + strlen ("n,,n=" USER_ESCAPED ",r=");
  server_first = make_server_first (broker, nonce);
  write_text (stream, stop, broker, first_request, server_first, 0);
  if (broker->cancels_client != NULL)
    g_timeout_add (20, cancel, broker->cancels_client);

  final = read_text (stream, stop, broker, &final_request);
  if (final == NULL) /* the client has had enough */
    return;
  server_final = make_server_final (broker, nonce, server_first, final);
  write_text (stream, stop, broker, final_request, broker->error_code == 0 ? server_final : "",
              broker->error_code);
}

static void
serve (GIOStream *stream, GCancellable *stop, gpointer data)
{
  Broker *broker = data;

  fake_kafka_hello (stream, stop, broker->raw ? raw_ranges : ranges);
  answer_handshake (stream, stop, broker);
  serve_exchange (stream, stop, broker);
  fake_silent (stream, stop, NULL);
}

/* --- the client --- */

static BaristaConnection *
greeted (FakeServer *server)
{
  BaristaAddress address = { .host = (char *) "127.0.0.1", .port = fake_server_get_port (server) };
  BaristaConnection *connection = barista_connection_new (&address);
  g_autoptr (GAsyncResult) connected = NULL;
  g_autoptr (GAsyncResult) hello = NULL;

  barista_connection_connect_async (connection, NULL, test_take_result, &connected);
  g_assert_true (barista_connection_connect_finish (connection, test_wait (&connected), NULL));
  barista_connection_hello_async (connection, NULL, test_take_result, &hello);
  g_assert_true (barista_connection_hello_finish (connection, test_wait (&hello), NULL));
  return connection;
}

/* Gives the connection, for its result. */
static BaristaConnection *
sign_in (Broker *broker, const char *password, GCancellable *cancellable, GError **error)
{
  g_autoptr (FakeServer) server = fake_server_new (serve, broker);
  g_autoptr (BaristaConnection) connection = greeted (server);
  g_autoptr (BaristaSecret) secret = barista_secret_new (password, -1);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GBytes) tap = NULL;
  gboolean signed_in;

  barista_connection_sign_in_async (connection, broker->mechanism, USER, secret, cancellable,
                                    test_take_result, &result);
  signed_in = barista_connection_sign_in_finish (connection, test_wait (&result), error);
  g_assert_true (signed_in == (error == NULL || *error == NULL));

  /* Nothing of the exchange is kept below TLS either. */
  tap = barista_connection_get_tap (connection);
  g_assert_null (memmem (g_bytes_get_data (tap, NULL), g_bytes_get_size (tap), ",s=", 3));
  return g_steal_pointer (&connection);
}

static void
test_accepted (gconstpointer mechanism)
{
  Broker broker = { .mechanism = mechanism, .iterations = 4096 };
  g_autoptr (GError) error = NULL;
  g_autoptr (BaristaConnection) connection = sign_in (&broker, PASSWORD, NULL, &error);

  g_assert_no_error (error);
  g_assert_cmpuint (broker.finals, ==, 1);
  g_assert_cmpint (barista_connection_get_sasl_result (connection)->error_code, ==, 0);
}

static void
test_raw (void)
{
  Broker broker = { .mechanism = "SCRAM-SHA-256", .iterations = 4096, .raw = TRUE };
  g_autoptr (GError) error = NULL;
  g_autoptr (BaristaConnection) connection = sign_in (&broker, PASSWORD, NULL, &error);

  g_assert_no_error (error);
  g_assert_cmpuint (broker.finals, ==, 1);
}

static void
test_refused (void)
{
  Broker broker = { .mechanism = "SCRAM-SHA-512", .iterations = 4096, .error_code = 58 };
  g_autoptr (GError) error = NULL;
  g_autoptr (BaristaConnection) connection = sign_in (&broker, PASSWORD, NULL, &error);
  const BaristaSaslResult *result = barista_connection_get_sasl_result (connection);

  g_assert_error (error, BARISTA_CONNECTION_ERROR, BARISTA_CONNECTION_ERROR_SASL);
  g_assert_cmpint (result->error_code, ==, 58);
  g_assert_cmpstr (result->error_message, ==, "not you");
}

/* In SCRAM's words instead of Kafka's: told alike. */
static void
test_refused_in_words (void)
{
  Broker broker = { .mechanism = "SCRAM-SHA-512",
                    .iterations = 4096,
                    .server_final = "e=invalid-proof" };
  g_autoptr (GError) error = NULL;
  g_autoptr (BaristaConnection) connection = sign_in (&broker, PASSWORD, NULL, &error);
  const BaristaSaslResult *result = barista_connection_get_sasl_result (connection);

  g_assert_error (error, BARISTA_CONNECTION_ERROR, BARISTA_CONNECTION_ERROR_SASL);
  g_assert_cmpint (result->error_code, ==, 58);
  g_assert_cmpstr (result->error_message, ==, "invalid-proof");
}

static void
test_impostor (void)
{
  Broker broker = { .mechanism = "SCRAM-SHA-256",
                    .iterations = 4096,
                    .server_final = "v=6rriTRBi23WpRR/wtup+mMhUZUn/dB5nLTJRsjl95G4=" };
  g_autoptr (GError) error = NULL;
  g_autoptr (BaristaConnection) connection = sign_in (&broker, PASSWORD, NULL, &error);

  g_assert_error (error, BARISTA_CONNECTION_ERROR, BARISTA_CONNECTION_ERROR_UNPROVEN);
}

static void
assert_broken (const char *server_first, guint iterations, const char *server_final)
{
  Broker broker = { .mechanism = "SCRAM-SHA-256",
                    .server_first = server_first,
                    .server_final = server_final,
                    .iterations = iterations };
  g_autoptr (GError) error = NULL;
  g_autoptr (BaristaConnection) connection = sign_in (&broker, PASSWORD, NULL, &error);

  g_assert_error (error, BARISTA_CONNECTION_ERROR, BARISTA_CONNECTION_ERROR_PROTOCOL);
  /* Whoever breaks the rules at first learns nothing of the password. */
  g_assert_cmpuint (broker.finals, ==, server_final != NULL ? 1 : 0);
}

static void
test_broken (void)
{
  assert_broken ("r=notOurs,s=c2FsdA==,i=4096", 4096, NULL);
  assert_broken ("\x01\x02", 4096, NULL);
  assert_broken (NULL, 4095, NULL);
  assert_broken (NULL, 1000001, NULL);
  assert_broken (NULL, 4096, "welcome");
  assert_broken (NULL, 4096, "");
}

/* It takes seconds to answer; the main loop goes on, and a cancellation ends it. */
static void
test_cancel (void)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  Broker broker = { .mechanism = "SCRAM-SHA-512",
                    .iterations = 1000000,
                    .cancels_client = cancellable };
  g_autoptr (GError) error = NULL;
  g_autoptr (BaristaConnection) connection = sign_in (&broker, PASSWORD, cancellable, &error);

  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_cmpuint (broker.finals, ==, 0);
}

static void
serve_hello_only (GIOStream *stream, GCancellable *stop, gpointer data)
{
  fake_kafka_hello (stream, stop, ranges);
  g_assert_null (fake_kafka_read (stream, stop));
}

/* Known before anything is sent. */
static void
test_unprepared (void)
{
  g_autoptr (FakeServer) server = fake_server_new (serve_hello_only, NULL);
  g_autoptr (BaristaConnection) connection = greeted (server);
  g_autoptr (BaristaSecret) secret = barista_secret_new ("tab\there", -1);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  barista_connection_sign_in_async (connection, "SCRAM-SHA-256", USER, secret, NULL,
                                    test_take_result, &result);
  g_assert_false (barista_connection_sign_in_finish (connection, test_wait (&result), &error));
  g_assert_error (error, BARISTA_CONNECTION_ERROR, BARISTA_CONNECTION_ERROR_SASLPREP);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_data_func ("/connection/scram/accepted-256", "SCRAM-SHA-256", test_accepted);
  g_test_add_data_func ("/connection/scram/accepted-512", "SCRAM-SHA-512", test_accepted);
  g_test_add_func ("/connection/scram/raw", test_raw);
  g_test_add_func ("/connection/scram/refused", test_refused);
  g_test_add_func ("/connection/scram/refused-in-words", test_refused_in_words);
  g_test_add_func ("/connection/scram/impostor", test_impostor);
  g_test_add_func ("/connection/scram/broken", test_broken);
  g_test_add_func ("/connection/scram/cancel", test_cancel);
  g_test_add_func ("/connection/scram/unprepared", test_unprepared);
  return g_test_run ();
}
