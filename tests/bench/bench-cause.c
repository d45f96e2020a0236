/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "barista-check.h"
#include "barista-profile.h"
#include "fake-kafka.h"
#include "fake-server.h"
#include "test-authority.h"
#include "test-wait.h"

#include <stdlib.h>

/* How long it takes from the byte (or the close) that settles a cause to its line: the promise is
 * 100 ms. Beside it kcat, on the same peers: how long it takes to give up. */

#define RUNS 21

static gint64 settled; /* monotonic, when the peer did what settles it; 0: nothing of the kind */

/* --- peers --- */

static void
settle_and_answer (GIOStream *stream, GCancellable *stop, gpointer data)
{
  char buffer[4096];

  if (g_input_stream_read (g_io_stream_get_input_stream (stream), buffer, sizeof buffer, stop, NULL)
      <= 0)
    return;

  settled = g_get_monotonic_time ();
  g_output_stream_write_all (g_io_stream_get_output_stream (stream), data, strlen (data), NULL,
                             stop, NULL);
}

static void
settle_and_close (GIOStream *stream, GCancellable *stop, gpointer data)
{
  settled = g_get_monotonic_time ();
}

/* Only the second look's plain ApiVersions is answered: that answer settles it. */
static void
play_plain_kafka (GIOStream *stream, GCancellable *stop, gpointer data)
{
  static const guint8 answer[] = { 0, 0, 0, 10, 0, 0, 0, 0x2a, 0, 0, 0, 0, 0, 0 };
  guint8 request[64];
  gssize n = g_input_stream_read (g_io_stream_get_input_stream (stream), request, sizeof request,
                                  stop, NULL);

  if (n < 12 || request[0] != 0 || request[5] != 18)
    return;

  settled = g_get_monotonic_time ();
  g_output_stream_write_all (g_io_stream_get_output_stream (stream), answer, sizeof answer, NULL,
                             stop, NULL);
}

static void
refuse_sign_in (GIOStream *stream, GCancellable *stop, gpointer data)
{
  static const FakeRange ranges[] = { { BARISTA_API_API_VERSIONS, 0, 3 },
                                      { BARISTA_API_SASL_HANDSHAKE, 0, 1 },
                                      { BARISTA_API_SASL_AUTHENTICATE, 0, 1 },
                                      { BARISTA_API_METADATA, 9, 9 },
                                      { -1, 0, 0 } };
  g_autoptr (FakeRequest) handshake = NULL;
  g_autoptr (FakeRequest) authenticate = NULL;
  BaristaWireWriter *response;

  fake_kafka_hello (stream, stop, ranges);
  handshake = fake_kafka_expect (stream, stop, BARISTA_API_SASL_HANDSHAKE);
  response = barista_wire_response_new (BARISTA_API_SASL_HANDSHAKE, handshake->header.api_version,
                                        handshake->header.correlation_id);
  barista_wire_begin_array (response, "mechanisms", 1);
  barista_wire_put_element_string (response, "PLAIN");
  barista_wire_end_array (response);
  fake_kafka_write (stream, stop, response);

  authenticate = fake_kafka_expect (stream, stop, BARISTA_API_SASL_AUTHENTICATE);
  response = barista_wire_response_new (BARISTA_API_SASL_AUTHENTICATE,
                                        authenticate->header.api_version,
                                        authenticate->header.correlation_id);
  barista_wire_put_int (response, "errorCode", 58);
  barista_wire_put_string (response, "errorMessage", "Invalid username or password");
  settled = g_get_monotonic_time ();
  fake_kafka_write (stream, stop, response);
}

/* --- measuring --- */

static gint64 told; /* when the failed stage was reported */

static void
on_stage (BaristaCheck *check, BaristaStageReport *stage, gpointer user_data)
{
  if (told == 0 && barista_stage_report_get_result (stage) == BARISTA_RESULT_FAILED)
    {
      told = g_get_monotonic_time ();
      *(const char **) user_data = barista_stage_report_get_cause (stage);
    }
}

static BaristaSetup *
make_setup (guint16 port, const char *ca_file)
{
  g_autofree char *text = g_strdup_printf (
      "{\"format\":\"barista-setup\",\"version\":1,\"server\":{\"bootstrap_servers\":"
      "[\"127.0.0.1:%u\"],\"ca_file\":\"%s\"},\"sign_in\":{\"username\":\"acmeCo/prod/tinybird\"},"
      "\"registry\":{\"enabled\":false}}",
      port, ca_file);

  return barista_profile_parse (text, -1, "/", NULL);
}

/* Milliseconds from the settling byte, or from the start where there is none. */
static double
run_once (BaristaSetup *setup, const char **cause)
{
  BaristaCheckOptions options = BARISTA_CHECK_OPTIONS_INIT;
  g_autoptr (BaristaSecret) token = barista_secret_new ("not-the-token", -1);
  g_autoptr (BaristaCheck) check = barista_check_new (setup, token, NULL, &options);
  g_autoptr (GAsyncResult) result = NULL;
  gint64 began = g_get_monotonic_time ();

  settled = told = 0;
  g_signal_connect (check, "stage", G_CALLBACK (on_stage), cause);
  barista_check_run_async (check, NULL, test_take_result, &result);
  test_wait (&result);

  return (double) (told - (settled != 0 ? settled : began)) / 1000.0;
}

static int
compare (const void *a, const void *b)
{
  const double *one = a, *other = b;

  return (*one > *other) - (*one < *other);
}

/* Seconds until kcat gave up listing the same peer; -1: no kcat. */
static double
run_kcat (guint16 port, const char *ca_file)
{
  g_autofree char *program = g_find_program_in_path ("kcat");
  g_autofree char *server = g_strdup_printf ("127.0.0.1:%u", port);
  g_autofree char *ca = g_strdup_printf ("ssl.ca.location=%s", ca_file);
  g_autoptr (GSubprocess) process = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  gint64 began = g_get_monotonic_time ();

  if (program == NULL)
    return -1;

  process = g_subprocess_new (G_SUBPROCESS_FLAGS_STDOUT_SILENCE | G_SUBPROCESS_FLAGS_STDERR_SILENCE,
                              NULL, program, "-L", "-m", "5", "-b", server, "-X",
                              "security.protocol=SASL_SSL", "-X", "sasl.mechanism=PLAIN", "-X",
                              "sasl.username=acmeCo/prod/tinybird", "-X", "sasl.password=x", "-X",
                              ca, NULL);
  g_subprocess_wait_async (process, NULL, test_take_result, &result);
  test_wait (&result);

  return (double) (g_get_monotonic_time () - began) / 1e6;
}

static void
bench (const char *fault, guint16 port, const char *ca_file)
{
  g_autoptr (BaristaSetup) setup = make_setup (port, ca_file);
  double times[RUNS];
  const char *cause = "?";
  double kcat;

  for (guint i = 0; i < RUNS; i++)
    times[i] = run_once (setup, &cause);
  qsort (times, RUNS, sizeof times[0], compare);
  kcat = run_kcat (port, ca_file);
  g_print ("%-22s %-26s %8.2f %8.2f %8.2f   %s", fault, cause, times[0], times[RUNS / 2],
           times[RUNS - 1], settled != 0 ? "its byte " : "the start");
  if (kcat >= 0)
    g_print ("   %6.1f", kcat);
  g_print ("\n");
}

int
main (int argc, char *argv[])
{
  TestAuthority *authority = test_authority_new ("Bench's CA");
  g_autofree char *ca_file = test_authority_write (authority);
  g_autoptr (GTlsCertificate) valid = test_authority_issue_local (authority);
  g_autoptr (GTlsCertificate) expired = test_authority_issue (authority, "127.0.0.1", -7200, -3600);
  g_autoptr (FakeServer) plain = fake_server_new (play_plain_kafka, NULL);
  g_autoptr (FakeServer) http = fake_server_new (settle_and_answer,
                                                 "HTTP/1.1 400 Bad Request\r\n\r\n");
  g_autoptr (FakeServer) closing = fake_server_new (settle_and_close, NULL);
  g_autoptr (FakeServer) late = fake_server_new_tls (expired, G_TLS_AUTHENTICATION_NONE,
                                                     fake_silent, NULL);
  g_autoptr (FakeServer) refusing = fake_server_new_tls (valid, G_TLS_AUTHENTICATION_NONE,
                                                         refuse_sign_in, NULL);

  g_print (
      "Milliseconds until the cause stands there (%d runs), and seconds until kcat -L -m 5 gave "
      "up on the same peer (one run)\n\n"
      "%-22s %-26s %8s %8s %8s   %-9s %8s\n",
      RUNS, "fault", "cause", "min", "median", "max", "since", "kcat s");
  bench ("wrong token", fake_server_get_port (refusing), ca_file);
  bench ("closed port", fake_closed_port (), ca_file);
  bench ("plain Kafka port", fake_server_get_port (plain), ca_file);
  bench ("HTTP port", fake_server_get_port (http), ca_file);
  bench ("hangs up at once", fake_server_get_port (closing), ca_file);
  bench ("expired certificate", fake_server_get_port (late), ca_file);
  test_authority_free (authority);

  return 0;
}
