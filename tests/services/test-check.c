/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "barista-check.h"
#include "barista-profile.h"
#include "fake-resolver.h"
#include "fake-server.h"
#include "test-authority.h"
#include "test-wait.h"

#include <string.h>

/* One authority for all of them: the point is what a server does, not who signed it. */
static TestAuthority *authority;
static char *ca_file;

/* --- running a check --- */

static BaristaSetup *
make_setup (const char *server, const char *security, const char *ca)
{
  g_autofree char *text = g_strdup_printf (
      "{\"format\":\"barista-setup\",\"version\":1,"
      "\"server\":{\"bootstrap_servers\":[\"%s\"],\"security_protocol\":\"%s\",\"ca_file\":%s%s%s},"
      "\"sign_in\":{\"username\":\"acmeCo/prod/tinybird\"},\"registry\":{\"enabled\":false}}",
      server, security, ca != NULL ? "\"" : "", ca != NULL ? ca : "null", ca != NULL ? "\"" : "");
  g_autoptr (GError) error = NULL;
  BaristaSetup *setup = barista_profile_parse (text, -1, "/", &error);

  g_assert_no_error (error);
  return setup;
}

static BaristaReport *
run_check (BaristaSetup *setup, const char *token, guint timeout_s, GCancellable *cancellable)
{
  BaristaCheckOptions options = BARISTA_CHECK_OPTIONS_INIT;
  g_autoptr (BaristaSecret) secret = token != NULL ? barista_secret_new (token, -1) : NULL;
  g_autoptr (BaristaCheck) check = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  options.timeout_s = timeout_s;
  check = barista_check_new (setup, secret, NULL, &options);
  barista_check_run_async (check, cancellable, test_take_result, &result);
  if (!barista_check_run_finish (check, test_wait (&result), &error))
    g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);

  return g_object_ref (barista_check_get_report (check));
}

static void
assert_cause (BaristaReport *report, BaristaStage stage, const char *cause)
{
  BaristaStageReport *failure = barista_report_get_failure (report, BARISTA_SERVICE_KAFKA);
  g_autofree char *text = barista_report_to_json (report);

  g_test_message ("%s", text);
  g_assert_nonnull (failure);
  g_assert_cmpstr (barista_stage_report_get_cause (failure), ==, cause);
  g_assert_cmpint (barista_stage_report_get_stage (failure), ==, stage);
  g_assert_nonnull (barista_stage_report_get_title (failure));
  g_assert_cmpuint (strlen (barista_stage_report_get_body (failure)), >, 10);
  g_assert_null (strstr (text, "s3cret"));
  g_assert_null (strstr (text, "(not said)"));
}

static void
assert_check (guint16 port, const char *security, BaristaStage stage, const char *cause)
{
  g_autofree char *server = g_strdup_printf ("127.0.0.1:%u", port);
  g_autoptr (BaristaSetup) setup = make_setup (server, security, ca_file);
  g_autoptr (BaristaReport) report = run_check (setup, "s3cret", 1, NULL);

  assert_cause (report, stage, cause);
}

/* --- answers that can't be used --- */

static void
test_lint (void)
{
  static const struct
  {
    const char *server, *cause;
  } rows[] = {
    { "https://dekaf.example.com", "address-is-url" },
    { "dekaf.example.com:x", "address-invalid" },
    { "", "address-invalid" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (BaristaSetup) setup = make_setup (rows[i].server, "SASL_SSL", NULL);
      g_autoptr (BaristaReport) report = run_check (setup, "s3cret", 0, NULL);

      assert_cause (report, BARISTA_STAGE_LINT, rows[i].cause);
    }
}

static void
test_without_token (void)
{
  g_autoptr (BaristaSetup) setup = make_setup ("127.0.0.1:1", "SASL_SSL", NULL);
  g_autoptr (BaristaReport) report = run_check (setup, NULL, 0, NULL);

  assert_cause (report, BARISTA_STAGE_LINT, "password-empty");
  /* Each later stage is told of, and says that it wasn't run. */
  g_assert_cmpuint (g_list_model_get_n_items (barista_report_get_stages (report)), ==, 10);
}

/* --- the network --- */

static void
test_name_not_found (void)
{
  FakeResolver *resolver = fake_resolver_install ();
  g_autoptr (BaristaSetup) setup = make_setup ("nowhere.example:9092", "SASL_SSL", NULL);
  g_autoptr (BaristaReport) report = run_check (setup, "s3cret", 0, NULL);
  BaristaStageReport *failure = barista_report_get_failure (report, BARISTA_SERVICE_KAFKA);

  /* A computer without any network says the same of each name: then that is the cause. */
  g_assert_nonnull (failure);
  if (g_strcmp0 (barista_stage_report_get_cause (failure), "offline") != 0)
    assert_cause (report, BARISTA_STAGE_NAME, "name-not-found");
  fake_resolver_remove (resolver);
}

static void
test_refused (void)
{
  assert_check (fake_closed_port (), "SASL_SSL", BARISTA_STAGE_TCP, "connection-refused");
}

static void
test_second_server (void)
{
  g_autoptr (FakeServer) server = fake_server_new (fake_closing, NULL);
  g_autofree char *first = g_strdup_printf ("127.0.0.1:%u\",\"127.0.0.1:%u", fake_closed_port (),
                                            fake_server_get_port (server));
  g_autoptr (BaristaSetup) setup = make_setup (first, "SASL_SSL", ca_file);
  g_autoptr (BaristaReport) report = run_check (setup, "s3cret", 0, NULL);
  BaristaStageReport *failure = barista_report_get_failure (report, BARISTA_SERVICE_KAFKA);

  assert_cause (report, BARISTA_STAGE_TLS, "connection-closed-at-once");
  g_assert_true (
      json_object_has_member (barista_stage_report_get_evidence (failure), "other_servers"));
}

static void
test_silent_network (void)
{
  g_autoptr (FakeFull) full = fake_full_new ("127.0.0.1", 0);

  assert_check (fake_full_get_port (full), "SASL_SSL", BARISTA_STAGE_TCP, "connection-timed-out");
}

/* --- encryption --- */

static void
test_closed_at_once (void)
{
  g_autoptr (FakeServer) server = fake_server_new (fake_closing, NULL);

  assert_check (fake_server_get_port (server), "SASL_SSL", BARISTA_STAGE_TLS,
                "connection-closed-at-once");
}

/* Kafka without TLS: answers a plain ApiVersions, hangs up on anything else. */
static void
play_plain_kafka (GIOStream *stream, GCancellable *stop, gpointer unused)
{
  static const guint8 answer[] = { 0, 0, 0, 10, 0, 0, 0, 0x2a, 0, 0, 0, 0, 0, 0 };
  guint8 request[64];
  gssize n = g_input_stream_read (g_io_stream_get_input_stream (stream), request, sizeof request,
                                  stop, NULL);

  if (n >= 12 && request[0] == 0 && request[5] == 18)
    g_output_stream_write_all (g_io_stream_get_output_stream (stream), answer, sizeof answer, NULL,
                               stop, NULL);
}

static void
test_plain_kafka (void)
{
  g_autoptr (FakeServer) server = fake_server_new (play_plain_kafka, NULL);

  assert_check (fake_server_get_port (server), "SASL_SSL", BARISTA_STAGE_TLS,
                "tls-server-plaintext");
}

static void
test_plain_http (void)
{
  g_autoptr (FakeServer) server = fake_server_new (fake_answering,
                                                   "HTTP/1.1 400 Bad Request\r\n\r\n");

  assert_check (fake_server_get_port (server), "SASL_SSL", BARISTA_STAGE_TLS, "tls-server-http");
}

static void
test_silent (void)
{
  g_autoptr (FakeServer) server = fake_server_new (fake_silent, NULL);

  assert_check (fake_server_get_port (server), "SASL_SSL", BARISTA_STAGE_TLS, "server-silent");
}

static void
assert_certificate (const char *host, gint64 from, gint64 until, const char *ca, const char *cause)
{
  g_autoptr (GTlsCertificate) certificate = test_authority_issue (authority, host, from, until);
  g_autoptr (FakeServer) server = fake_server_new_tls (certificate, G_TLS_AUTHENTICATION_NONE,
                                                       fake_silent, NULL);
  g_autofree char *address = g_strdup_printf ("127.0.0.1:%u", fake_server_get_port (server));
  g_autoptr (BaristaSetup) setup = make_setup (address, "SASL_SSL", ca);
  g_autoptr (BaristaReport) report = run_check (setup, "s3cret", 5, NULL);

  assert_cause (report, BARISTA_STAGE_TLS, cause);
}

static void
test_certificates (void)
{
  assert_certificate ("127.0.0.1", -7200, -3600, ca_file, "tls-expired");
  assert_certificate ("127.0.0.1", 3600, 7200, ca_file, "tls-not-yet-valid");
  assert_certificate ("other.example", -3600, 3600, ca_file, "tls-wrong-host");
  assert_certificate ("127.0.0.1", -3600, 3600, NULL, "tls-unknown-ca");
  assert_certificate ("127.0.0.1", -3600, 3600, "/nowhere/ca.pem", "ca-file-invalid");
}

static void
test_client_certificate (void)
{
  g_autoptr (GTlsCertificate) certificate = test_authority_issue_local (authority);
  g_autoptr (FakeServer) server = fake_server_new_tls (certificate, G_TLS_AUTHENTICATION_REQUIRED,
                                                       fake_silent, NULL);
  g_autofree char *address = g_strdup_printf ("127.0.0.1:%u", fake_server_get_port (server));
  g_autoptr (BaristaSetup) setup = make_setup (address, "SASL_SSL", ca_file);
  g_autoptr (BaristaReport) report = run_check (setup, "s3cret", 5, NULL);
  BaristaStageReport *failure = barista_report_get_failure (report, BARISTA_SERVICE_KAFKA);

  g_assert_nonnull (failure);
  g_assert_cmpstr (barista_stage_report_get_cause (failure), ==, "tls-client-certificate-required");
}

/* --- the greeting --- */

static void
assert_greeting (const char *answer, const char *cause)
{
  g_autoptr (GTlsCertificate) certificate = test_authority_issue_local (authority);
  g_autoptr (FakeServer) server = fake_server_new_tls (certificate, G_TLS_AUTHENTICATION_NONE,
                                                       fake_answering, answer);

  assert_check (fake_server_get_port (server), "SASL_SSL", BARISTA_STAGE_HELLO, cause);
}

static void
test_not_kafka (void)
{
  assert_greeting ("HTTP/1.1 400 Bad Request\r\n\r\n", "server-is-http");
  assert_greeting ("SSH-2.0-OpenSSH_9.2\r\n", "server-not-kafka");
  assert_greeting ("\x7f\xff\xff\xff", "server-not-kafka");
}

/* A web server that waits for the end of a request before it says anything. */
static void
play_patient_web (GIOStream *stream, GCancellable *stop, gpointer unused)
{
  GInputStream *input = g_io_stream_get_input_stream (stream);
  char buffer[4096] = "";
  gsize length = 0;
  gssize n;

  while (strstr (buffer, "\r\n\r\n") == NULL && length < sizeof buffer - 1)
    {
      n = g_input_stream_read (input, buffer + length, sizeof buffer - 1 - length, stop, NULL);
      if (n <= 0)
        return;
      length += (gsize) n;
    }
  g_output_stream_write_all (g_io_stream_get_output_stream (stream), "HTTP/1.0 404 No\r\n\r\n", 19,
                             NULL, stop, NULL);
}

/* Long before the stage's limit: what the server waits for is found out beside the wait. */
static void
test_patient_web (void)
{
  g_autoptr (GTlsCertificate) certificate = test_authority_issue_local (authority);
  g_autoptr (FakeServer) server = fake_server_new_tls (certificate, G_TLS_AUTHENTICATION_NONE,
                                                       play_patient_web, NULL);
  g_autofree char *address = g_strdup_printf ("127.0.0.1:%u", fake_server_get_port (server));
  g_autoptr (BaristaSetup) setup = make_setup (address, "SASL_SSL", ca_file);
  g_autoptr (BaristaReport) report = run_check (setup, "s3cret", 9, NULL);

  assert_cause (report, BARISTA_STAGE_HELLO, "server-is-http");
}

static void
test_server_wants_tls (void)
{
  g_autoptr (GTlsCertificate) certificate = test_authority_issue_local (authority);
  g_autoptr (FakeServer) server = fake_server_new_tls (certificate, G_TLS_AUTHENTICATION_NONE,
                                                       fake_silent, NULL);

  assert_check (fake_server_get_port (server), "SASL_PLAINTEXT", BARISTA_STAGE_HELLO,
                "plaintext-server-tls");
}

/* --- stopping --- */

static gboolean
cancel_it (gpointer user_data)
{
  g_cancellable_cancel (user_data);
  return G_SOURCE_REMOVE;
}

static void
test_cancel (void)
{
  g_autoptr (FakeServer) server = fake_server_new (fake_silent, NULL);
  g_autofree char *address = g_strdup_printf ("127.0.0.1:%u", fake_server_get_port (server));
  g_autoptr (BaristaSetup) setup = make_setup (address, "SASL_SSL", ca_file);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (BaristaReport) report = NULL;
  guint cancelled = 0;
  GListModel *stages;

  g_timeout_add (50, cancel_it, cancellable);
  report = run_check (setup, "s3cret", 0, cancellable);
  stages = barista_report_get_stages (report);
  for (guint i = 0; i < g_list_model_get_n_items (stages); i++)
    {
      g_autoptr (BaristaStageReport) stage = g_list_model_get_item (stages, i);

      g_assert_cmpint (barista_stage_report_get_result (stage), !=, BARISTA_RESULT_RUNNING);
      g_assert_cmpint (barista_stage_report_get_result (stage), !=, BARISTA_RESULT_FAILED);
      if (barista_stage_report_get_result (stage) == BARISTA_RESULT_CANCELLED)
        cancelled++;
    }
  g_assert_cmpuint (cancelled, >, 0);
  g_assert_false (barista_report_get_passed (report));
}

int
main (int argc, char *argv[])
{
  int result;

  g_test_init (&argc, &argv, NULL);
  authority = test_authority_new ("Check's CA");
  ca_file = test_authority_write (authority);
  g_test_add_func ("/check/lint", test_lint);
  g_test_add_func ("/check/without-token", test_without_token);
  g_test_add_func ("/check/name-not-found", test_name_not_found);
  g_test_add_func ("/check/refused", test_refused);
  g_test_add_func ("/check/second-server", test_second_server);
  g_test_add_func ("/check/silent-network", test_silent_network);
  g_test_add_func ("/check/closed-at-once", test_closed_at_once);
  g_test_add_func ("/check/plain-kafka", test_plain_kafka);
  g_test_add_func ("/check/plain-http", test_plain_http);
  g_test_add_func ("/check/silent", test_silent);
  g_test_add_func ("/check/certificates", test_certificates);
  g_test_add_func ("/check/client-certificate", test_client_certificate);
  g_test_add_func ("/check/not-kafka", test_not_kafka);
  g_test_add_func ("/check/patient-web", test_patient_web);
  g_test_add_func ("/check/server-wants-tls", test_server_wants_tls);
  g_test_add_func ("/check/cancel", test_cancel);
  result = g_test_run ();
  test_authority_free (authority);
  g_free (ca_file);

  return result;
}
