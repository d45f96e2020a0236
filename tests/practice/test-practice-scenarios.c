/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "barista-avro-framing.h"
#include "raw-fetch.h"

#include <string.h>

static guint16
kafka_port (BaristaPractice *practice)
{
  return (guint16) atoi (strchr (barista_practice_get_info (practice)->bootstrap_servers, ':') + 1);
}

static GSocketConnection *
connect_bare (BaristaPractice *practice)
{
  g_autoptr (GSocketClient) client = g_socket_client_new ();
  g_autoptr (GError) error = NULL;
  GSocketConnection *connection;

  g_socket_client_set_timeout (client, 60);
  g_socket_client_set_enable_proxy (client, FALSE);
  connection = g_socket_client_connect_to_host (client, "127.0.0.1", kafka_port (practice), NULL,
                                                &error);
  g_assert_no_error (error);
  return connection;
}

/* What is wrong with the certificate in a client's eyes, all of it. */
static GTlsCertificateFlags
flags_of (const char *scenario)
{
  g_autoptr (BaristaPractice) practice = start_scenario (scenario);
  g_autoptr (GSocketConnection) connection = connect_bare (practice);
  g_autoptr (GSocketConnectable) identity = g_network_address_new ("127.0.0.1",
                                                                   kafka_port (practice));
  g_autoptr (GTlsDatabase) database = g_tls_file_database_new (
      barista_practice_get_info (practice)->ca_file, NULL);
  g_autoptr (GIOStream) tls = g_tls_client_connection_new (G_IO_STREAM (connection), identity,
                                                           NULL);

  g_tls_connection_set_database (G_TLS_CONNECTION (tls), database);
  g_tls_connection_handshake (G_TLS_CONNECTION (tls), NULL, NULL);
  return g_tls_connection_get_peer_certificate_errors (G_TLS_CONNECTION (tls));
}

static void
test_certificates (void)
{
  g_assert_cmpint (flags_of ("not-ready"), ==, 0);
  g_assert_cmpint (flags_of ("expired-certificate"), ==, G_TLS_CERTIFICATE_EXPIRED);
  g_assert_cmpint (flags_of ("not-yet-valid"), ==, G_TLS_CERTIFICATE_NOT_ACTIVATED);
  g_assert_cmpint (flags_of ("wrong-host"), ==, G_TLS_CERTIFICATE_BAD_IDENTITY);
  g_assert_cmpint (flags_of ("unknown-ca"), ==, G_TLS_CERTIFICATE_UNKNOWN_CA);
}

/* What is there when some bytes have been sent; "" = closed. */
static char *
answer_to (GIOStream *stream, const char *bytes)
{
  char buffer[64] = "";
  gsize n = 0;

  g_output_stream_write_all (g_io_stream_get_output_stream (stream), bytes, strlen (bytes), NULL,
                             NULL, NULL);
  g_input_stream_read_all (g_io_stream_get_input_stream (stream), buffer, sizeof buffer - 1, &n,
                           NULL, NULL);
  return g_strndup (buffer, n);
}

static char *
bare_answer (const char *scenario)
{
  g_autoptr (BaristaPractice) practice = start_scenario (scenario);
  g_autoptr (GSocketConnection) connection = connect_bare (practice);

  return answer_to (G_IO_STREAM (connection), "\x16\x03\x01\x02\x00\x01, a client's first flight");
}

static char *
tls_answer (const char *scenario)
{
  g_autoptr (BaristaPractice) practice = start_scenario (scenario);
  g_autoptr (RawClient) client = raw_client_new (practice);

  return answer_to (client->stream, "12345678");
}

static void
test_impostors (void)
{
  g_autofree char *http = bare_answer ("http-port");
  g_autofree char *limit = bare_answer ("connection-limit");
  g_autofree char *web = tls_answer ("web-port");
  g_autofree char *mail = tls_answer ("not-kafka");

  g_assert_true (g_str_has_prefix (http, "HTTP/1.1 400"));
  g_assert_cmpstr (limit, ==, "");
  g_assert_true (g_str_has_prefix (web, "HTTP/1.1 400"));
  g_assert_true (g_str_has_prefix (mail, "220 "));
}

/* Nothing comes, and the connection stays: a read must still be waiting a little later. */
static void
test_silent (void)
{
  g_autoptr (BaristaPractice) practice = start_scenario ("silent");
  g_autoptr (GSocketConnection) connection = connect_bare (practice);
  GSocket *socket = g_socket_connection_get_socket (connection);
  g_autoptr (GError) error = NULL;

  g_assert_false (
      g_socket_condition_timed_wait (socket, G_IO_IN, 50 * G_TIME_SPAN_MILLISECOND, NULL, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_TIMED_OUT);
}

/* The profile says TLS, the port doesn't. */
static void
test_plain_port (void)
{
  g_autoptr (BaristaPractice) practice = start_scenario ("plain-port");
  g_autoptr (GSocketConnection) connection = connect_bare (practice);
  static const char hello[] = "\0\0\0\x0a\0\x12\0\0\0\0\0\x07\xff\xff";
  char size[8] = "";
  gsize n = 0;

  g_assert_nonnull (barista_practice_get_info (practice)->ca_file);
  g_output_stream_write_all (g_io_stream_get_output_stream (G_IO_STREAM (connection)), hello,
                             sizeof hello - 1, NULL, NULL, NULL);
  g_input_stream_read_all (g_io_stream_get_input_stream (G_IO_STREAM (connection)), size,
                           sizeof size, &n, NULL, NULL);
  g_assert_cmpmem (size + 4, n - 4, "\0\0\0\x07", 4);
}

static gboolean
metadata (RawClient *client, gint16 version, BaristaWireView *answer)
{
  BaristaWireWriter *request = raw_client_request (client, BARISTA_API_METADATA, version);

  barista_wire_begin_array (request, "topics", -1);
  return raw_client_call (client, request, BARISTA_API_METADATA, version, answer);
}

static int
broker_port (const BaristaWireView *answer)
{
  BaristaWireView broker = raw_element (answer, "brokers", 0);

  return (int) barista_wire_view_get_int (&broker, "port");
}

/* dekaf.md 1.6: one partition each, of epoch 0; the data at another port, with epochs of its own. */
static void
test_redirect (void)
{
  g_autoptr (BaristaPractice) practice = start_scenario ("redirect");
  const BaristaPracticeInfo *info = barista_practice_get_info (practice);
  g_autoptr (RawClient) here = raw_client_new_signed_in (practice);
  g_autoptr (RawClient) there = NULL;
  BaristaWireView answer, topic, partition;
  BaristaWireIter iter;
  int port;

  g_assert_true (metadata (here, 9, &answer));
  port = broker_port (&answer);
  g_assert_cmpint (port, !=, kafka_port (practice));
  topic = raw_element (&answer, "topics", 4);
  g_assert_cmpint (barista_wire_view_get_array (&topic, "partitions", &iter), ==, 1);
  partition = raw_element (&topic, "partitions", 0);
  g_assert_cmpint (barista_wire_view_get_int (&partition, "leaderEpoch"), ==, 0);

  there = raw_client_new_at (practice, (guint16) port);
  g_assert_true (raw_client_sign_in (there, info->username, info->token, &answer));
  g_assert_true (metadata (there, 9, &answer));
  g_assert_cmpint (broker_port (&answer), ==, port);
  topic = raw_element (&answer, "topics", 4);
  g_assert_cmpint (barista_wire_view_get_array (&topic, "partitions", &iter), ==, 3);
}

static void
test_redirect_refused (void)
{
  g_autoptr (BaristaPractice) practice = start_scenario ("redirect-refused");
  const BaristaPracticeInfo *info = barista_practice_get_info (practice);
  g_autoptr (RawClient) here = raw_client_new_signed_in (practice);
  g_autoptr (RawClient) there = NULL;
  BaristaWireView answer;

  g_assert_true (metadata (here, 9, &answer));
  there = raw_client_new_at (practice, (guint16) broker_port (&answer));
  g_assert_true (raw_client_sign_in (there, info->username, info->token, &answer));
  g_assert_cmpint (barista_wire_view_get_int (&answer, "errorCode"), ==, 58);
}

static void
test_redirect_unreachable (void)
{
  g_autoptr (BaristaPractice) practice = start_scenario ("redirect-unreachable");
  g_autoptr (RawClient) here = raw_client_new_signed_in (practice);
  g_autoptr (GSocketClient) client = g_socket_client_new ();
  g_autoptr (GError) error = NULL;
  BaristaWireView answer;

  g_assert_true (metadata (here, 9, &answer));
  g_socket_client_set_enable_proxy (client, FALSE);
  g_assert_null (g_socket_client_connect_to_host (client, "127.0.0.1",
                                                  (guint16) broker_port (&answer), NULL, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CONNECTION_REFUSED);
}

static void
test_metadata (void)
{
  g_autoptr (BaristaPractice) closing = start_scenario ("metadata-closed");
  g_autoptr (BaristaPractice) empty = start_scenario ("no-topics");
  g_autoptr (RawClient) closed = raw_client_new_signed_in (closing);
  g_autoptr (RawClient) client = raw_client_new_signed_in (empty);
  BaristaWireView answer;
  BaristaWireIter iter;

  g_assert_false (metadata (closed, 9, &answer));
  g_assert_true (metadata (client, 9, &answer));
  g_assert_cmpint (barista_wire_view_get_array (&answer, "topics", &iter), ==, 0);
}

static void
check_metadata_version (const char *scenario, gint16 version)
{
  g_autoptr (BaristaPractice) practice = start_scenario (scenario);
  g_autoptr (RawClient) client = raw_client_new_signed_in (practice);
  BaristaWireView answer, api;

  g_assert_true (raw_client_call (client, raw_client_request (client, BARISTA_API_API_VERSIONS, 3),
                                  BARISTA_API_API_VERSIONS, 3, &answer));
  api = raw_element (&answer, "apiKeys", 3);
  g_assert_cmpint (barista_wire_view_get_int (&api, "apiKey"), ==, BARISTA_API_METADATA);
  g_assert_cmpint (barista_wire_view_get_int (&api, "minVersion"), ==, version);
  g_assert_cmpint (barista_wire_view_get_int (&api, "maxVersion"), ==, version);
  g_assert_true (metadata (client, version, &answer));
}

static void
test_metadata_versions (void)
{
  check_metadata_version ("metadata-7", 7);
  check_metadata_version ("metadata-12", 12);
}

static int
handshake_error (const char *scenario)
{
  g_autoptr (BaristaPractice) practice = start_scenario (scenario);
  g_autoptr (RawClient) client = raw_client_new (practice);
  BaristaWireWriter *request = raw_client_request (client, BARISTA_API_SASL_HANDSHAKE, 1);
  BaristaWireView answer;

  barista_wire_put_string (request, "mechanism", "PLAIN");
  g_assert_true (raw_client_call (client, request, BARISTA_API_SASL_HANDSHAKE, 1, &answer));
  return (int) barista_wire_view_get_int (&answer, "errorCode");
}

static void
test_mechanisms (void)
{
  g_assert_cmpint (handshake_error ("other-mechanism"), ==, 33);
  g_assert_cmpint (handshake_error ("no-sign-in"), ==, 34);
  g_assert_cmpint (handshake_error ("refuse-sign-in"), ==, 0);
}

static void
test_sign_in_closed (void)
{
  g_autoptr (BaristaPractice) practice = start_scenario ("sign-in-closed");
  const BaristaPracticeInfo *info = barista_practice_get_info (practice);
  g_autoptr (RawClient) client = raw_client_new (practice);
  BaristaWireView answer;

  g_assert_false (raw_client_sign_in (client, info->username, info->token, &answer));
}

/* How many values of a partition of acmeCo/customers name a schema. */
static guint
count_values (BaristaPractice *practice, int partition_index, guint32 schema_id, GError **error)
{
  g_autoptr (RawClient) client = raw_client_new_signed_in (practice);
  g_autoptr (BaristaRecordReader) reader = NULL;
  BaristaWireView partition;
  BaristaRecordBatch batch;
  BaristaRecord record;
  guint32 id;
  guint n = 0;

  g_assert_true (fetch (client, WANTED (.topic = "acmeCo/customers", .partition = partition_index),
                        &partition));
  reader = records_of (&partition);
  while (barista_record_reader_next_batch (reader, &batch, error))
    while (barista_record_reader_next (reader, &record))
      if (record.value != NULL && barista_avro_frame_parse (record.value, record.value_length, &id)
          && id == schema_id)
        n++;
  return n;
}

static void
test_damaged_batch (void)
{
  g_autoptr (BaristaPractice) practice = start_scenario ("damaged-batch");
  g_autoptr (GError) error = NULL;

  count_values (practice, 0, 0, &error);
  g_assert_error (error, BARISTA_WIRE_ERROR, BARISTA_WIRE_ERROR_CHECKSUM);
}

/* One record in all. */
static void
test_unknown_schema (void)
{
  g_autoptr (BaristaPractice) practice = start_scenario ("unknown-schema");
  guint n = count_values (practice, 0, 999, NULL) + count_values (practice, 1, 999, NULL);

  g_assert_cmpuint (n, ==, 1);
}

static void
test_schema_trouble (void)
{
  g_autoptr (BaristaPractice) practice = start_scenario ("schema-trouble");
  g_autoptr (RawClient) client = raw_client_new_signed_in (practice);
  BaristaWireView answer, partition;

  g_assert_true (metadata (client, 9, &answer));
  partition = raw_element (&answer, "topics", 0);
  g_assert_cmpint (barista_wire_view_get_int (&partition, "errorCode"), ==, 0);
  g_assert_true (fetch (client, WANTED (.topic = "acmeCo/customers"), &partition));
  g_assert_cmpint (barista_wire_view_get_int (&partition, "errorCode"), ==, 5);
  g_assert_true (fetch (client, WANTED (.topic = "acmeCo/orders"), &partition));
  g_assert_cmpint (barista_wire_view_get_int (&partition, "errorCode"), ==, 0);
}

/* The first reader's connection ends at its second Fetch, a fresh one reads on. */
static void
test_preview (void)
{
  g_autoptr (BaristaPractice) practice = start_scenario ("preview");
  g_autoptr (RawClient) first = raw_client_new_signed_in (practice);
  g_autoptr (RawClient) fresh = raw_client_new_signed_in (practice);
  BaristaWireView partition;

  g_assert_true (fetch (first, WANTED (.topic = "acmeCo/orders"), &partition));
  g_assert_false (fetch (first, WANTED (.topic = "acmeCo/orders"), &partition));
  g_assert_true (fetch (fresh, WANTED (.topic = "acmeCo/orders"), &partition));
  g_assert_true (fetch (fresh, WANTED (.topic = "acmeCo/orders"), &partition));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/practice/scenarios/certificates", test_certificates);
  g_test_add_func ("/practice/scenarios/impostors", test_impostors);
  g_test_add_func ("/practice/scenarios/silent", test_silent);
  g_test_add_func ("/practice/scenarios/plain-port", test_plain_port);
  g_test_add_func ("/practice/scenarios/redirect", test_redirect);
  g_test_add_func ("/practice/scenarios/redirect-refused", test_redirect_refused);
  g_test_add_func ("/practice/scenarios/redirect-unreachable", test_redirect_unreachable);
  g_test_add_func ("/practice/scenarios/metadata", test_metadata);
  g_test_add_func ("/practice/scenarios/metadata-versions", test_metadata_versions);
  g_test_add_func ("/practice/scenarios/mechanisms", test_mechanisms);
  g_test_add_func ("/practice/scenarios/sign-in-closed", test_sign_in_closed);
  g_test_add_func ("/practice/scenarios/damaged-batch", test_damaged_batch);
  g_test_add_func ("/practice/scenarios/unknown-schema", test_unknown_schema);
  g_test_add_func ("/practice/scenarios/schema-trouble", test_schema_trouble);
  g_test_add_func ("/practice/scenarios/preview", test_preview);
  return g_test_run ();
}
