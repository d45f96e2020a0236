/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "raw-client.h"

#include <json-glib/json-glib.h>
#include <libsoup/soup.h>
#include <string.h>

typedef struct
{
  guint status;
  char *type, *allow, *body;
} Answer;

static void
answer_clear (Answer *self)
{
  g_free (self->type);
  g_free (self->allow);
  g_free (self->body);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Answer, answer_clear)

static SoupSession *
new_session (BaristaPractice *practice)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GTlsDatabase) database = g_tls_file_database_new (
      barista_practice_get_info (practice)->ca_file, &error);

  g_assert_no_error (error);
  return soup_session_new_with_options ("tls-database", database, "proxy-resolver", NULL, "timeout",
                                        60, NULL);
}

static char *
basic (const char *username, const char *token)
{
  g_autofree char *pair = g_strconcat (username, ":", token, NULL);
  g_autofree char *encoded = g_base64_encode ((const guchar *) pair, strlen (pair));

  return g_strconcat ("Basic ", encoded, NULL);
}

/* @authorization: (nullable): none */
static Answer
ask (BaristaPractice *practice, const char *method, const char *path, const char *authorization)
{
  g_autoptr (SoupSession) session = new_session (practice);
  g_autofree char *url = g_strconcat (barista_practice_get_info (practice)->registry_url, path,
                                      NULL);
  g_autoptr (SoupMessage) message = soup_message_new (method, url);
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) body = NULL;
  SoupMessageHeaders *headers = soup_message_get_response_headers (message);

  if (authorization != NULL)
    soup_message_headers_replace (soup_message_get_request_headers (message), "Authorization",
                                  authorization);
  body = soup_session_send_and_read (session, message, NULL, &error);
  g_assert_no_error (error);
  return (Answer) {
    .status = soup_message_get_status (message),
    .type = g_strdup (soup_message_headers_get_one (headers, "Content-Type")),
    .allow = g_strdup (soup_message_headers_get_one (headers, "Allow")),
    .body = g_bytes_get_size (body) > 0
                ? g_strndup (g_bytes_get_data (body, NULL), g_bytes_get_size (body))
                : g_strdup (""),
  };
}

static Answer
get (BaristaPractice *practice, const char *path)
{
  const BaristaPracticeInfo *info = barista_practice_get_info (practice);
  g_autofree char *authorization = basic (info->username, info->token);

  return ask (practice, "GET", path, authorization);
}

static JsonNode *
parse (const Answer *answer)
{
  g_autoptr (GError) error = NULL;
  JsonNode *root = json_from_string (answer->body, &error);

  g_assert_no_error (error);
  g_assert_cmpuint (answer->status, ==, 200);
  g_assert_cmpstr (answer->type, ==, "application/json");
  return root;
}

static void
test_subjects (void)
{
  g_autoptr (BaristaPractice) practice = start_scenario ("not-ready");
  g_auto (Answer) answer = get (practice, "/subjects");
  g_autoptr (JsonNode) root = parse (&answer);
  JsonArray *subjects = json_node_get_array (root);

  /* sorted, and listed without journals too */
  g_assert_cmpuint (json_array_get_length (subjects), ==, 16);
  g_assert_cmpstr (json_array_get_string_element (subjects, 0), ==, "acmeCo/adjustments-key");
  g_assert_cmpstr (json_array_get_string_element (subjects, 1), ==, "acmeCo/adjustments-value");
  g_assert_cmpstr (json_array_get_string_element (subjects, 15), ==, "acmeCo/sessions-value");
}

static void
test_strict (void)
{
  g_autoptr (BaristaPractice) practice = start_practice (
      &(BaristaPracticeOptions) { .tls = TRUE, .seed = 1, .strict = TRUE });
  g_auto (Answer) list = get (practice, "/subjects");
  g_auto (Answer) encoded = get (practice, "/subjects/acmeCo.2Forders-value/versions/latest");
  g_auto (Answer) plain = get (practice, "/subjects/acmeCo%2Forders-value/versions/latest");

  g_assert_nonnull (strstr (list.body, "\"acmeCo.2Forder.5Flines-key\""));
  g_assert_nonnull (strstr (encoded.body, "\"subject\":\"acmeCo.2Forders-value\""));
  g_assert_nonnull (strstr (plain.body, "\"subject\":\"acmeCo/orders-value\""));
}

static void
test_latest_and_id (void)
{
  g_autoptr (BaristaPractice) practice = start_practice (NULL);
  g_auto (Answer) latest = get (practice, "/subjects/acmeCo%2Fexample-value/versions/latest");
  g_autoptr (JsonNode) root = parse (&latest);
  JsonObject *object = json_node_get_object (root);
  g_autofree char *path = g_strdup_printf ("/schemas/ids/%" G_GINT64_FORMAT,
                                           json_object_get_int_member (object, "id"));
  g_auto (Answer) by_id = get (practice, path);
  g_autoptr (JsonNode) again = parse (&by_id);

  g_assert_cmpstr (
      json_object_get_string_member (object, "schema"), ==,
      "{\"fields\":[{\"name\":\"_id\",\"type\":\"string\"},{\"name\":\"_meta\",\"type\":"
      "{\"fields\":[{\"name\":\"op\",\"type\":\"string\"}],\"name\":\"_meta\",\"namespace\":"
      "\"root\",\"type\":\"record\"}},{\"name\":\"example\",\"type\":[\"string\",\"null\"]}],"
      "\"name\":\"root\",\"type\":\"record\"}");
  g_assert_cmpstr (json_object_get_string_member (object, "schemaType"), ==, "AVRO");
  g_assert_cmpstr (json_object_get_string_member (object, "subject"), ==, "acmeCo/example-value");
  g_assert_cmpint (json_object_get_int_member (object, "version"), ==, 1);
  g_assert_cmpuint (json_object_get_size (object), ==, 5);
  g_assert_cmpuint (json_object_get_size (json_node_get_object (again)), ==, 1);
  g_assert_cmpstr (json_object_get_string_member (json_node_get_object (again), "schema"), ==,
                   json_object_get_string_member (object, "schema"));
}

/* Equal schemas are one schema. */
static void
test_shared_ids (void)
{
  g_autoptr (BaristaPractice) practice = start_practice (NULL);
  g_auto (Answer) orders = get (practice, "/subjects/acmeCo%2Forders-key/versions/latest");
  g_auto (Answer) customers = get (practice, "/subjects/acmeCo%2Fcustomers-key/versions/latest");
  g_autoptr (JsonNode) first = parse (&orders);
  g_autoptr (JsonNode) second = parse (&customers);

  g_assert_cmpint (json_object_get_int_member (json_node_get_object (first), "id"), ==,
                   json_object_get_int_member (json_node_get_object (second), "id"));
}

/* dekaf.md 2, the table of cases: plain text, never JSON */
static void
test_errors (void)
{
  static const struct
  {
    const char *path;
    guint status;
    const char *body;
  } cases[] = {
    { "/subjects/acmeCo%2Forders/versions/latest", 400,
      "\"expected subject to end with -key or -value\"" },
    { "/subjects/acmeCo%2Fnope-value/versions/latest", 400,
      "\"collection acmeCo/nope does not exist\"" },
    { "/subjects/acmeCo%2Fadjustments-value/versions/latest", 400,
      "\"collection acmeCo/adjustments exists but has no journals available\"" },
    { "/schemas/ids/999", 400, "\"could not find schema with registry id 999\"" },
    { "/schemas/ids/abc", 400, "Invalid URL: Cannot parse `abc` to a `u32`" },
    { "/schemas/ids/-1", 400, "Invalid URL: Cannot parse `-1` to a `u32`" },
    { "/schemas/ids/4294967296", 400, "Invalid URL: Cannot parse `4294967296` to a `u32`" },
    { "/", 404, "" },
    { "/config", 404, "" },
    { "/mode", 404, "" },
    { "/subjects/", 404, "" },
    { "/schemas/types", 404, "" },
    { "/schemas/ids/", 404, "" },
    { "/schemas/ids/10001/versions", 404, "" },
    { "/subjects/acmeCo%2Forders-value", 404, "" },
    { "/subjects/acmeCo%2Forders-value/versions", 404, "" },
    { "/subjects/acmeCo%2Forders-value/versions/1", 404, "" },
    { "/subjects/acmeCo%2Forders-value/versions/latest/", 404, "" },
    /* a slash is a slash */
    { "/subjects/acmeCo/orders-value/versions/latest", 404, "" },
  };
  g_autoptr (BaristaPractice) practice = start_scenario ("not-ready");

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_auto (Answer) answer = get (practice, cases[i].path);

      g_test_message ("%s", cases[i].path);
      g_assert_cmpuint (answer.status, ==, cases[i].status);
      g_assert_cmpstr (answer.body, ==, cases[i].body);
      if (*answer.body != '\0')
        g_assert_cmpstr (answer.type, ==, "text/plain; charset=utf-8");
    }
}

static void
test_sign_in (void)
{
  g_autoptr (BaristaPractice) practice = start_practice (NULL);
  g_autofree char *wrong = basic (barista_practice_get_info (practice)->username, "wrong");
  g_autofree char *other = basic ("acmeCo/practice/other", "wrong");
  const struct
  {
    const char *authorization, *path;
    guint status;
    const char *body;
  } cases[] = {
    { NULL, "/subjects", 400, "Header of type `authorization` was missing" },
    { NULL, "/nowhere", 400, "Header of type `authorization` was missing" },
    { "Bearer abc", "/subjects", 400, "invalid HTTP header (authorization)" },
    { "Basic bm8gY29sb24=", "/subjects", 400, "invalid HTTP header (authorization)" },
    { "Basic", "/subjects", 400, "invalid HTTP header (authorization)" },
    { wrong, "/subjects", 401, "\"Invalid username or password\"" },
    { other, "/nowhere", 401, "\"Invalid username or password\"" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_auto (Answer) answer = ask (practice, "GET", cases[i].path, cases[i].authorization);

      g_assert_cmpuint (answer.status, ==, cases[i].status);
      g_assert_cmpstr (answer.body, ==, cases[i].body);
    }
}

static void
test_methods (void)
{
  g_autoptr (BaristaPractice) practice = start_practice (NULL);
  const BaristaPracticeInfo *info = barista_practice_get_info (practice);
  g_autofree char *authorization = basic (info->username, info->token);
  g_auto (Answer) head = ask (practice, "HEAD", "/subjects", authorization);
  g_auto (Answer) post = ask (practice, "POST", "/subjects", authorization);
  g_auto (Answer) unknown = ask (practice, "DELETE", "/subjects/x", authorization);

  g_assert_cmpuint (head.status, ==, 200);
  g_assert_cmpstr (head.body, ==, "");
  g_assert_cmpuint (post.status, ==, 405);
  g_assert_cmpstr (post.allow, ==, "GET,HEAD");
  g_assert_cmpstr (post.body, ==, "");
  g_assert_cmpuint (unknown.status, ==, 404);
}

static void
test_scenarios (void)
{
  static const struct
  {
    const char *scenario, *path;
    guint status;
    const char *part;
  } cases[] = {
    { "registry-refused", "/subjects", 401, "Invalid username or password" },
    { "registry-500", "/subjects", 500, "Error {" },
    { "sign-in-unavailable", "/subjects", 500, "Error {" },
    { "registry-html", "/subjects", 200, "<title>" },
    { "registry-not-found", "/subjects", 404, "" },
    { "schema-missing", "/subjects/acmeCo%2Fcustomers-value/versions/latest", 400,
      "\"collection acmeCo/customers does not exist\"" },
    { "schema-unsupported", "/subjects/acmeCo%2Fcustomers-value/versions/latest", 200,
      "referred_by" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (BaristaPractice) practice = start_scenario (cases[i].scenario);
      g_auto (Answer) answer = get (practice, cases[i].path);

      g_assert_cmpuint (answer.status, ==, cases[i].status);
      g_assert_nonnull (strstr (answer.body, cases[i].part));
    }
}

static void
test_down (void)
{
  g_autoptr (BaristaPractice) practice = start_scenario ("registry-down");
  g_autoptr (SoupSession) session = new_session (practice);
  g_autoptr (SoupMessage) message = soup_message_new (
      "GET", barista_practice_get_info (practice)->registry_url);
  g_autoptr (GError) error = NULL;

  g_assert_null (soup_session_send_and_read (session, message, NULL, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CONNECTION_REFUSED);
}

#define COMERS 8
#define ROUNDS 12

static void
on_come (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GSocketConnection) connection = g_socket_client_connect_to_host_finish (
      G_SOCKET_CLIENT (source), result, NULL);

  (*(guint *) user_data)++;
}

static gboolean
accept_any (void)
{
  return TRUE;
}

static void
on_client_event (GSocketClient *client,
                 GSocketClientEvent event,
                 gpointer target,
                 GIOStream *stream)
{
  if (event == G_SOCKET_CLIENT_TLS_HANDSHAKING)
    g_signal_connect (stream, "accept-certificate", G_CALLBACK (accept_any), NULL);
}

/* Whoever is amid its TLS handshake when the practice Dekaf stops must not be looked at after its
 * connection has gone, while the sessions of Kafka end. */
static void
test_stop_amid_handshakes (void)
{
  for (guint round = 0; round < ROUNDS; round++)
    {
      g_autoptr (BaristaPractice) practice = start_practice (NULL);
      const char *url = barista_practice_get_info (practice)->registry_url;
      guint16 port = (guint16) g_ascii_strtoull (strrchr (url, ':') + 1, NULL, 10);
      g_autoptr (RawClient) idle = raw_client_new_signed_in (practice);
      guint come = 0;

      for (guint i = 0; i < COMERS; i++)
        {
          g_autoptr (GSocketClient) client = g_socket_client_new ();

          g_socket_client_set_tls (client, TRUE);
          g_signal_connect (client, "event", G_CALLBACK (on_client_event), NULL);
          g_socket_client_connect_to_host_async (client, "127.0.0.1", port, NULL, on_come, &come);
        }
      /* Another moment of the handshakes each round. */
      while (come < round * COMERS / ROUNDS)
        g_main_context_iteration (NULL, TRUE);
      barista_practice_stop (practice);
      while (come < COMERS)
        g_main_context_iteration (NULL, TRUE);
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/practice/registry/subjects", test_subjects);
  g_test_add_func ("/practice/registry/strict", test_strict);
  g_test_add_func ("/practice/registry/latest-and-id", test_latest_and_id);
  g_test_add_func ("/practice/registry/shared-ids", test_shared_ids);
  g_test_add_func ("/practice/registry/errors", test_errors);
  g_test_add_func ("/practice/registry/sign-in", test_sign_in);
  g_test_add_func ("/practice/registry/methods", test_methods);
  g_test_add_func ("/practice/registry/scenarios", test_scenarios);
  g_test_add_func ("/practice/registry/down", test_down);
  g_test_add_func ("/practice/registry/stop-amid-handshakes", test_stop_amid_handshakes);

  return g_test_run ();
}
