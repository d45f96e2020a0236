/* SPDX-License-Identifier: GPL-3.0-or-later */

/* In one process: trusted twice, then the CA is taken away, and the same server must be refused.
 *
 * Not a g_test program: GIO's TLS does not resume sessions once g_test_init () has run, so that such
 * a test could not fail. That this one can is shown first: plain GIO takes the server for trusted the
 * third time as well. */

#include "barista-connection.h"
#include "barista-registry.h"
#include "fake-tickets.h"
#include "test-authority.h"
#include "test-wait.h"
#include <stdio.h>
#include <string.h>

#define ANSWER "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nConnection: close\r\n\r\n[]"

static guint n_lines;
static gboolean all_ok = TRUE;

static void
ok (gboolean passed, const char *what)
{
  all_ok = all_ok && passed;
  printf ("%s %u - %s\n", passed ? "ok" : "not ok", ++n_lines, what);
}

/* What happens without the tap. */
static gboolean
plain_gio (guint16 port, const char *ca_file)
{
  g_autoptr (GSocketClient) client = g_socket_client_new ();
  g_autoptr (GSocketConnectable) identity = g_network_address_new ("localhost", port);
  g_autoptr (GSocketConnection) connection = NULL;
  g_autoptr (GIOStream) tls = NULL;
  g_autoptr (GTlsDatabase) database = NULL;
  char buffer[256];

  connection = g_socket_client_connect_to_host (client, "127.0.0.1", port, NULL, NULL);
  tls = g_tls_client_connection_new (G_IO_STREAM (connection), identity, NULL);
  if (ca_file != NULL)
    {
      database = g_tls_file_database_new (ca_file, NULL);
      g_tls_connection_set_database (G_TLS_CONNECTION (tls), database);
    }
  if (!g_tls_connection_handshake (G_TLS_CONNECTION (tls), NULL, NULL))
    return FALSE;
  /* Tickets come after the handshake: read to the end. */
  g_output_stream_write_all (g_io_stream_get_output_stream (tls), "hello", 5, NULL, NULL, NULL);
  while (g_input_stream_read (g_io_stream_get_input_stream (tls), buffer, sizeof buffer, NULL, NULL)
         > 0)
    ;
  return TRUE;
}

typedef struct
{
  guint16 port;
  const char *ca_file;
  gboolean passed;
  gboolean done;
} Blocking;

static gpointer
run_plain_gio (gpointer data)
{
  Blocking *call = data;

  call->passed = plain_gio (call->port, call->ca_file);
  g_atomic_int_set (&call->done, TRUE);
  g_main_context_wakeup (NULL);
  return NULL;
}

/* The server accepts on this thread's loop, so blocking calls run beside it. */
static gboolean
plain_gio_beside (guint16 port, const char *ca_file)
{
  Blocking call = { port, ca_file, FALSE, FALSE };
  GThread *thread = g_thread_new ("plain-gio", run_plain_gio, &call);

  while (!g_atomic_int_get (&call.done))
    g_main_context_iteration (NULL, TRUE);
  g_thread_join (thread);
  return call.passed;
}

static gboolean
by_connection (guint16 port, const char *ca_file)
{
  BaristaAddress address = { .host = (char *) "localhost", .port = port };
  g_autoptr (BaristaConnection) connection = barista_connection_new (&address);
  g_autoptr (GAsyncResult) connected = NULL;
  g_autoptr (GAsyncResult) secured = NULL;
  g_autoptr (GAsyncResult) answered = NULL;
  g_autoptr (GBytes) hello = g_bytes_new_static ("hello", 5);

  barista_connection_connect_async (connection, NULL, test_take_result, &connected);
  barista_connection_connect_finish (connection, test_wait (&connected), NULL);
  barista_connection_start_tls_async (connection, ca_file, NULL, test_take_result, &secured);
  if (!barista_connection_start_tls_finish (connection, test_wait (&secured), NULL))
    return FALSE;
  barista_connection_probe_async (connection, hello, NULL, test_take_result, &answered);
  return barista_connection_probe_finish (connection, test_wait (&answered), NULL);
}

static gboolean
by_registry (guint16 port, const char *ca_file)
{
  g_autofree char *url = g_strdup_printf ("https://localhost:%u", port);
  g_autoptr (BaristaRegistry) registry = barista_registry_new (url, NULL, NULL, ca_file);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (BaristaSubjects) subjects = NULL;

  barista_registry_list_async (registry, NULL, test_take_result, &result);
  subjects = barista_registry_list_finish (registry, test_wait (&result), NULL);
  return subjects != NULL;
}

typedef gboolean (*Attempt) (guint16 port, const char *ca_file);

/* A server each, as sessions are kept by host and port. */
static guint
take_trust_away (Attempt attempt, GTlsCertificate *certificate, const char *ca_file, guint *resumed)
{
  g_autoptr (FakeTickets) server = fake_tickets_new (certificate, NULL, ANSWER);
  guint16 port = fake_tickets_get_port (server);
  guint passed = 0;

  passed |= attempt (port, ca_file) ? 1 : 0;
  passed |= attempt (port, ca_file) ? 2 : 0;
  passed |= attempt (port, NULL) ? 4 : 0;
  *resumed = fake_tickets_get_resumed (server);
  return passed;
}

int
main (void)
{
  TestAuthority *authority = test_authority_new ("Barista test");
  g_autofree char *ca_file = test_authority_write (authority);
  g_autoptr (GTlsCertificate) certificate = test_authority_issue_local (authority);
  guint passed, resumed;

  setvbuf (stdout, NULL, _IOLBF, 0);
  printf ("1..6\n");
  passed = take_trust_away (plain_gio_beside, certificate, ca_file, &resumed);
  ok (passed == 3 || passed == 7, "plain GIO trusts while there is a CA");
  ok (TRUE, resumed > 0 && passed == 7 ? "the hazard is there: it goes on trusting without"
                                       : "the hazard is not there # SKIP this GIO is better");
  passed = take_trust_away (by_connection, certificate, ca_file, &resumed);
  ok (passed == 3, "the connection refuses when the CA is gone");
  ok (resumed == 0, "the connection never resumes");
  passed = take_trust_away (by_registry, certificate, ca_file, &resumed);
  ok (passed == 3, "the registry refuses when the CA is gone");
  ok (resumed == 0, "the registry never resumes");
  test_authority_free (authority);
  return all_ok ? 0 : 1;
}
