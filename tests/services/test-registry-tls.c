/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ask-registry.h"
#include "barista-connection.h"
#include "fake-http.h"
#include "test-authority.h"
#include <string.h>

#define DAY (24 * 60 * 60)
#define OK "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nConnection: close\r\n\r\n"

static TestAuthority *authority;
static char *ca_file;

static gboolean
cancel_now (gpointer cancellable)
{
  g_cancellable_cancel (cancellable);
  return G_SOURCE_REMOVE;
}

static void
test_tls (void)
{
  g_autoptr (GTlsCertificate) certificate = test_authority_issue_local (authority);
  g_auto (FakeHttp) http = { 0 };
  g_autoptr (FakeServer) server = fake_server_new_tls (certificate, G_TLS_AUTHENTICATION_NONE,
                                                       fake_http, &http);
  g_autoptr (BaristaRegistry) registry = registry_at (server, "https", "", ca_file);
  g_autoptr (BaristaSubjects) subjects = NULL;
  const BaristaRegistryTrace *trace;
  g_autoptr (GError) error = NULL;

  fake_http_init (&http, OK "[\"a-value\"]");
  subjects = ask_list (registry, NULL, &error);
  g_assert_no_error (error);
  trace = barista_registry_get_trace (registry);
  g_assert_true (trace->resolved && trace->connected && trace->secured);
  g_assert_cmpint (trace->name, >=, 0);
  g_assert_cmpint (trace->tcp, >=, trace->name);
  g_assert_cmpint (trace->tls, >=, trace->tcp);
  g_assert_cmpint (trace->first_byte, >=, trace->tls);
  g_assert_nonnull (trace->peer);
  g_assert_cmpuint (trace->flags, ==, 0);
  g_assert_cmpint (trace->version, ==, G_TLS_PROTOCOL_VERSION_TLS_1_3);
  g_assert_false (trace->certificate_requested);
}

static void
test_kept_connection (void)
{
  g_autoptr (GTlsCertificate) certificate = test_authority_issue_local (authority);
  g_auto (FakeHttp) http = { 0 };
  g_autoptr (FakeServer) server = fake_server_new_tls (certificate, G_TLS_AUTHENTICATION_NONE,
                                                       fake_http, &http);
  g_autoptr (BaristaRegistry) registry = registry_at (server, "https", "", ca_file);
  g_autoptr (BaristaSubjects) first = NULL;
  g_autoptr (BaristaSubjects) second = NULL;
  g_autofree char *head = NULL;

  fake_http_init (&http, "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n[]");
  http.keep_open = TRUE;
  first = ask_list (registry, NULL, NULL);
  second = ask_list (registry, NULL, NULL);
  g_assert_nonnull (second);
  g_assert_cmpuint (fake_server_get_accepted (server), ==, 1);
  g_assert_true (barista_registry_get_trace (registry)->secured);
  g_assert_nonnull (barista_registry_get_trace (registry)->peer);
  head = fake_http_get_head (&http, 1);
  g_assert_nonnull (strstr (head, "Authorization: Basic YWNt"));
}

static void
assert_refused (GTlsCertificate *certificate, const char *ca, GTlsCertificateFlags flags)
{
  g_auto (FakeHttp) http = { 0 };
  g_autoptr (FakeServer) server = fake_server_new_tls (certificate, G_TLS_AUTHENTICATION_NONE,
                                                       fake_http, &http);
  g_autoptr (BaristaRegistry) registry = registry_at (server, "https", "", ca);
  const BaristaRegistryTrace *trace;
  g_autoptr (GError) error = NULL;

  fake_http_init (&http, OK "[]");
  g_assert_null (ask_list (registry, NULL, &error));
  g_assert_error (error, G_TLS_ERROR, G_TLS_ERROR_BAD_CERTIFICATE);
  trace = barista_registry_get_trace (registry);
  g_assert_true (trace->connected);
  g_assert_false (trace->secured);
  g_assert_cmpuint (trace->flags, ==, flags);
  g_assert_nonnull (trace->peer);
  /* Nothing was asked, so no sign-in was sent. */
  g_assert_cmpuint (fake_http_get_n (&http), ==, 0);
}

static void
test_tls_reasons (void)
{
  g_autoptr (GTlsCertificate) fine = test_authority_issue_local (authority);
  g_autoptr (GTlsCertificate) expired = test_authority_issue (authority, "localhost", -2 * DAY,
                                                              -DAY);
  g_autoptr (GTlsCertificate) all = test_authority_issue (authority, "elsewhere.test", -2 * DAY,
                                                          -DAY);

  assert_refused (fine, NULL, G_TLS_CERTIFICATE_UNKNOWN_CA);
  assert_refused (expired, ca_file, G_TLS_CERTIFICATE_EXPIRED);
  assert_refused (all, NULL,
                  G_TLS_CERTIFICATE_UNKNOWN_CA | G_TLS_CERTIFICATE_BAD_IDENTITY
                      | G_TLS_CERTIFICATE_EXPIRED);
}

static void
test_ca_file_missing (void)
{
  g_autoptr (FakeServer) server = fake_server_new (fake_silent, NULL);
  g_autoptr (BaristaRegistry) registry = registry_at (server, "https", "", "/nonexistent/ca.pem");
  g_autoptr (GError) error = NULL;

  g_assert_null (ask_list (registry, NULL, &error));
  g_assert_error (error, BARISTA_CONNECTION_ERROR, BARISTA_CONNECTION_ERROR_CA_FILE);
}

static void
test_client_certificate (void)
{
  g_autoptr (GTlsCertificate) certificate = test_authority_issue_local (authority);
  g_autoptr (FakeServer) server = fake_server_new_tls (certificate, G_TLS_AUTHENTICATION_REQUIRED,
                                                       fake_silent, NULL);
  g_autoptr (BaristaRegistry) registry = registry_at (server, "https", "", ca_file);
  g_autoptr (GError) error = NULL;

  g_assert_null (ask_list (registry, NULL, &error));
  g_assert_nonnull (error);
  g_assert_true (barista_registry_get_trace (registry)->certificate_requested);
}

static void
test_cancel_handshake (void)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (FakeServer) server = fake_server_new (fake_silent, NULL);
  g_autoptr (BaristaRegistry) registry = registry_at (server, "https", "", ca_file);
  g_autoptr (GError) error = NULL;

  g_idle_add (cancel_now, cancellable);
  g_assert_null (ask_list (registry, cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

int
main (int argc, char *argv[])
{
  int status;

  g_test_init (&argc, &argv, NULL);
  authority = test_authority_new ("Barista test");
  ca_file = test_authority_write (authority);
  g_test_add_func ("/registry/tls", test_tls);
  g_test_add_func ("/registry/tls/kept-connection", test_kept_connection);
  g_test_add_func ("/registry/tls/reasons", test_tls_reasons);
  g_test_add_func ("/registry/tls/ca-file-missing", test_ca_file_missing);
  g_test_add_func ("/registry/tls/client-certificate", test_client_certificate);
  g_test_add_func ("/registry/tls/cancel-handshake", test_cancel_handshake);
  status = g_test_run ();
  g_free (ca_file);
  test_authority_free (authority);
  return status;
}
