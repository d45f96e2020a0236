/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "barista-connection.h"
#include "fake-server.h"
#include "fake-tickets.h"
#include "test-authority.h"
#include "test-wait.h"
#include <glib/gstdio.h>
#include <sys/stat.h>

#define DAY (24 * 60 * 60)

static TestAuthority *authority;
static char *ca_file;

static BaristaConnection *
connected (const char *host, guint16 port)
{
  BaristaAddress address = { .host = (char *) host, .port = port };
  g_autoptr (BaristaConnection) connection = barista_connection_new (&address);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  barista_connection_connect_async (connection, NULL, test_take_result, &result);
  barista_connection_connect_finish (connection, test_wait (&result), &error);
  g_assert_no_error (error);
  return g_steal_pointer (&connection);
}

static BaristaConnection *
connected_to (FakeServer *server, const char *host)
{
  return connected (host, fake_server_get_port (server));
}

static gboolean
tls_now (BaristaConnection *connection, const char *ca, GCancellable *cancellable, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  barista_connection_start_tls_async (connection, ca, cancellable, test_take_result, &result);
  return barista_connection_start_tls_finish (connection, test_wait (&result), error);
}

/* The whole of it against a server with @certificate: gives the connection for its trace. */
static BaristaConnection *
tls_to (GTlsCertificate *certificate, const char *host, const char *ca, GError **error)
{
  g_autoptr (FakeServer) server = NULL;
  BaristaConnection *connection;

  server = fake_server_new_tls (certificate, G_TLS_AUTHENTICATION_NONE, fake_silent, NULL);
  connection = connected_to (server, host);
  tls_now (connection, ca, NULL, error);
  return connection;
}

static void
test_trusted (void)
{
  g_autoptr (GTlsCertificate) certificate = test_authority_issue_local (authority);
  g_autoptr (BaristaConnection) connection = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *subject = NULL;
  const BaristaTlsTrace *trace;

  connection = tls_to (certificate, "localhost", ca_file, &error);
  g_assert_no_error (error);
  trace = barista_connection_get_tls_trace (connection);
  g_assert_cmpuint (trace->flags, ==, 0);
  g_assert_cmpint (trace->version, ==, G_TLS_PROTOCOL_VERSION_TLS_1_3);
  g_assert_false (trace->certificate_requested);
  subject = g_tls_certificate_get_subject_name (trace->peer);
  g_assert_cmpstr (subject, ==, "CN=localhost");
  g_assert_cmpint (barista_connection_get_times (connection)->tls, >, 0);
  g_assert_cmpuint (barista_connection_get_bytes_received (connection), >, BARISTA_TAP_BYTES);
}

static void
test_trusted_by_address (void)
{
  g_autoptr (GTlsCertificate) certificate = test_authority_issue_local (authority);
  g_autoptr (BaristaConnection) connection = NULL;
  g_autoptr (GError) error = NULL;

  connection = tls_to (certificate, "127.0.0.1", ca_file, &error);
  g_assert_no_error (error);
}

static void
assert_refused (GTlsCertificate *certificate, const char *ca, GTlsCertificateFlags flags)
{
  g_autoptr (BaristaConnection) connection = NULL;
  g_autoptr (GError) error = NULL;

  connection = tls_to (certificate, "localhost", ca, &error);
  g_assert_error (error, G_TLS_ERROR, G_TLS_ERROR_BAD_CERTIFICATE);
  g_assert_cmpuint (barista_connection_get_tls_trace (connection)->flags, ==, flags);
  g_assert_nonnull (barista_connection_get_tls_trace (connection)->peer);
}

static void
test_reasons (void)
{
  g_autoptr (TestAuthority) other = test_authority_new ("Other");
  g_autofree char *other_file = test_authority_write (other);
  g_autoptr (GTlsCertificate) fine = test_authority_issue_local (authority);
  g_autoptr (GTlsCertificate) wrong_host = test_authority_issue (authority, "elsewhere.test", -DAY,
                                                                 DAY);
  g_autoptr (GTlsCertificate) expired = test_authority_issue (authority, "localhost", -2 * DAY,
                                                              -DAY);
  g_autoptr (GTlsCertificate) early = test_authority_issue (authority, "localhost", DAY, 2 * DAY);
  g_autoptr (GTlsCertificate) all = test_authority_issue (authority, "elsewhere.test", -2 * DAY,
                                                          -DAY);

  assert_refused (fine, NULL, G_TLS_CERTIFICATE_UNKNOWN_CA);
  assert_refused (fine, other_file, G_TLS_CERTIFICATE_UNKNOWN_CA);
  assert_refused (wrong_host, ca_file, G_TLS_CERTIFICATE_BAD_IDENTITY);
  assert_refused (expired, ca_file, G_TLS_CERTIFICATE_EXPIRED);
  assert_refused (early, ca_file, G_TLS_CERTIFICATE_NOT_ACTIVATED);
  assert_refused (all, NULL,
                  G_TLS_CERTIFICATE_UNKNOWN_CA | G_TLS_CERTIFICATE_BAD_IDENTITY
                      | G_TLS_CERTIFICATE_EXPIRED);
}

static void
assert_no_ca_file (const char *path)
{
  g_autoptr (GTlsCertificate) certificate = test_authority_issue_local (authority);
  g_autoptr (BaristaConnection) connection = NULL;
  g_autoptr (GError) error = NULL;

  connection = tls_to (certificate, "localhost", path, &error);
  g_assert_error (error, BARISTA_CONNECTION_ERROR, BARISTA_CONNECTION_ERROR_CA_FILE);
  g_assert_cmpuint (barista_connection_get_bytes_received (connection), ==, 0);
}

static void
test_ca_files (void)
{
  g_autofree char *empty = test_file_write ("", -1);
  g_autofree char *text = test_file_write ("hello\n", -1);
  g_autofree char *cut = test_file_write (
      "-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----\n", -1);
  g_autofree char *key = NULL;
  g_autofree char *key_file = NULL;
  g_autofree char *pipe = g_strconcat (ca_file, ".pipe", NULL);
  g_autoptr (GTlsCertificate) certificate = test_authority_issue_local (authority);

  g_object_get (certificate, "private-key-pem", &key, NULL);
  key_file = test_file_write (key, -1);
  g_assert_cmpint (mkfifo (pipe, 0600), ==, 0);

  assert_no_ca_file ("/nonexistent/ca.pem");
  assert_no_ca_file ("/");
  assert_no_ca_file (empty);
  assert_no_ca_file (text);
  assert_no_ca_file (cut);
  assert_no_ca_file (key_file);
  assert_no_ca_file (pipe);
  g_unlink (pipe);
}

static void
test_relative_ca_file (void)
{
  g_autoptr (GTlsCertificate) certificate = test_authority_issue_local (authority);
  g_autofree char *folder = g_path_get_dirname (ca_file);
  g_autofree char *name = g_path_get_basename (ca_file);
  g_autofree char *before = g_get_current_dir ();
  g_autoptr (BaristaConnection) connection = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_cmpint (g_chdir (folder), ==, 0);
  connection = tls_to (certificate, "localhost", name, &error);
  g_assert_no_error (error);
  g_assert_cmpint (g_chdir (before), ==, 0);
}

static void
test_server_is_plain (void)
{
  g_autoptr (FakeServer) server = fake_server_new (fake_answering, "HTTP/1.1 400 Bad Request\r\n");
  g_autoptr (BaristaConnection) connection = connected_to (server, "localhost");
  g_autoptr (GBytes) tap = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_false (tls_now (connection, ca_file, NULL, &error));
  g_assert_error (error, G_TLS_ERROR, G_TLS_ERROR_MISC);
  tap = barista_connection_get_tap (connection);
  g_assert_cmpmem (g_bytes_get_data (tap, NULL), g_bytes_get_size (tap), "HTTP/", 5);
}

static void
answer_alert (GIOStream *stream, GCancellable *stop, gpointer unused)
{
  static const guint8 protocol_version[] = { 0x15, 0x03, 0x01, 0x00, 0x02, 0x02, 0x46 };
  char buffer[4096];

  g_input_stream_read (g_io_stream_get_input_stream (stream), buffer, sizeof buffer, stop, NULL);
  g_output_stream_write_all (g_io_stream_get_output_stream (stream), protocol_version,
                             sizeof protocol_version, NULL, stop, NULL);
  fake_silent (stream, stop, NULL);
}

static void
test_alert (void)
{
  static const guint8 expected[] = { 0x15, 0x03, 0x01, 0x00, 0x02, 0x02, 0x46 };
  g_autoptr (FakeServer) server = fake_server_new (answer_alert, NULL);
  g_autoptr (BaristaConnection) connection = connected_to (server, "localhost");
  g_autoptr (GBytes) tap = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_false (tls_now (connection, ca_file, NULL, &error));
  g_assert_error (error, G_TLS_ERROR, G_TLS_ERROR_MISC);
  tap = barista_connection_get_tap (connection);
  g_assert_cmpmem (g_bytes_get_data (tap, NULL), g_bytes_get_size (tap), expected, sizeof expected);
  g_assert_null (barista_connection_get_tls_trace (connection)->peer);
}

static void
test_closed (void)
{
  g_autoptr (FakeServer) server = fake_server_new (fake_closing, NULL);
  g_autoptr (BaristaConnection) connection = connected_to (server, "localhost");
  g_autoptr (GError) error = NULL;

  g_assert_false (tls_now (connection, ca_file, NULL, &error));
  g_assert_error (error, BARISTA_CONNECTION_ERROR, BARISTA_CONNECTION_ERROR_CLOSED);
  g_assert_true (barista_connection_get_peer_closed (connection));
  g_assert_cmpuint (barista_connection_get_bytes_received (connection), ==, 0);
}

/* What the client does when its first bytes have arrived. */
typedef struct
{
  GSourceFunc what;
  gpointer data;
} Then;

static void
hear_then (GIOStream *stream, GCancellable *stop, gpointer data)
{
  const Then *then = data;
  char buffer[4096];

  g_input_stream_read (g_io_stream_get_input_stream (stream), buffer, sizeof buffer, stop, NULL);
  g_idle_add (then->what, then->data);
  fake_silent (stream, stop, NULL);
}

static gboolean
cancel_now (gpointer cancellable)
{
  g_cancellable_cancel (cancellable);
  return G_SOURCE_REMOVE;
}

static gboolean
close_now (gpointer connection)
{
  barista_connection_close (connection);
  return G_SOURCE_REMOVE;
}

static void
test_cancel (void)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  Then then = { cancel_now, cancellable };
  g_autoptr (FakeServer) server = fake_server_new (hear_then, &then);
  g_autoptr (BaristaConnection) connection = connected_to (server, "localhost");
  g_autoptr (GError) error = NULL;

  g_assert_false (tls_now (connection, ca_file, cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

static void
test_close (void)
{
  Then then = { close_now, NULL };
  g_autoptr (FakeServer) server = fake_server_new (hear_then, &then);
  g_autoptr (BaristaConnection) connection = connected_to (server, "localhost");
  g_autoptr (GError) error = NULL;

  then.data = connection;
  g_assert_false (tls_now (connection, ca_file, NULL, &error));
  g_assert_error (error, BARISTA_CONNECTION_ERROR, BARISTA_CONNECTION_ERROR_CLOSED);
}

static void
test_client_certificate (void)
{
  g_autoptr (GTlsCertificate) certificate = test_authority_issue_local (authority);
  g_autoptr (FakeServer) server = NULL;
  g_autoptr (BaristaConnection) connection = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  server = fake_server_new_tls (certificate, G_TLS_AUTHENTICATION_REQUIRED, fake_silent, NULL);
  connection = connected_to (server, "localhost");
  /* In TLS 1.3 the server says no only after the client's handshake has passed. */
  if (tls_now (connection, ca_file, NULL, &error))
    {
      barista_connection_probe_async (connection, NULL, NULL, test_take_result, &result);
      barista_connection_probe_finish (connection, test_wait (&result), &error);
    }
  g_assert_nonnull (error);
  g_assert_true (barista_connection_get_tls_trace (connection)->certificate_requested);
}

static void
test_data_passes (void)
{
  g_autoptr (GTlsCertificate) certificate = test_authority_issue_local (authority);
  g_autoptr (FakeServer) server = NULL;
  g_autoptr (BaristaConnection) connection = NULL;
  g_autoptr (GBytes) request = g_bytes_new_static ("GET / HTTP/1.0\r\n\r\n", 18);
  g_autoptr (GBytes) answer = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  server = fake_server_new_tls (certificate, G_TLS_AUTHENTICATION_NONE, fake_answering,
                                "HTTP/1.1 400 Bad Request\r\n");
  connection = connected_to (server, "localhost");
  g_assert_true (tls_now (connection, ca_file, NULL, NULL));
  barista_connection_probe_async (connection, request, NULL, test_take_result, &result);
  g_assert_true (barista_connection_probe_finish (connection, test_wait (&result), &error));
  g_assert_no_error (error);
  answer = barista_connection_get_first_answer (connection);
  g_assert_cmpmem (g_bytes_get_data (answer, NULL), g_bytes_get_size (answer), "HTTP/1.1 400 Bad",
                   16);
}

/* A version that is too old is either refused by GIO or shows in the trace: never silently taken. */
static void
test_versions (void)
{
  static const struct
  {
    const char *priority;
    GTlsProtocolVersion version;
  } servers[] = {
    { "NORMAL:-VERS-ALL:+VERS-TLS1.2", G_TLS_PROTOCOL_VERSION_TLS_1_2 },
    { "NORMAL:-VERS-ALL:+VERS-TLS1.1", G_TLS_PROTOCOL_VERSION_TLS_1_1 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (servers); i++)
    {
      g_autoptr (GTlsCertificate) certificate = test_authority_issue_local (authority);
      g_autoptr (FakeTickets) server = fake_tickets_new (certificate, servers[i].priority, "");
      g_autoptr (BaristaConnection) connection = NULL;

      connection = connected ("localhost", fake_tickets_get_port (server));
      if (tls_now (connection, ca_file, NULL, NULL))
        g_assert_cmpint (barista_connection_get_tls_trace (connection)->version, ==,
                         servers[i].version);
      else
        g_assert_cmpint (servers[i].version, <, G_TLS_PROTOCOL_VERSION_TLS_1_2);
    }
}

static void
test_not_connected (void)
{
  BaristaAddress address = { .host = (char *) "localhost", .port = 1 };
  g_autoptr (BaristaConnection) connection = barista_connection_new (&address);
  g_autoptr (GError) error = NULL;

  g_assert_false (tls_now (connection, NULL, NULL, &error));
  g_assert_error (error, BARISTA_CONNECTION_ERROR, BARISTA_CONNECTION_ERROR_CLOSED);
}

int
main (int argc, char *argv[])
{
  int status;

  g_test_init (&argc, &argv, NULL);
  authority = test_authority_new ("Barista test");
  ca_file = test_authority_write (authority);
  g_test_add_func ("/connection/tls/trusted", test_trusted);
  g_test_add_func ("/connection/tls/trusted-by-address", test_trusted_by_address);
  g_test_add_func ("/connection/tls/reasons", test_reasons);
  g_test_add_func ("/connection/tls/ca-files", test_ca_files);
  g_test_add_func ("/connection/tls/relative-ca-file", test_relative_ca_file);
  g_test_add_func ("/connection/tls/server-is-plain", test_server_is_plain);
  g_test_add_func ("/connection/tls/alert", test_alert);
  g_test_add_func ("/connection/tls/closed", test_closed);
  g_test_add_func ("/connection/tls/cancel", test_cancel);
  g_test_add_func ("/connection/tls/close", test_close);
  g_test_add_func ("/connection/tls/client-certificate", test_client_certificate);
  g_test_add_func ("/connection/tls/data-passes", test_data_passes);
  g_test_add_func ("/connection/tls/versions", test_versions);
  g_test_add_func ("/connection/tls/not-connected", test_not_connected);
  status = g_test_run ();
  g_free (ca_file);
  test_authority_free (authority);
  return status;
}
