/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ask-registry.h"
#include "barista-connection.h"
#include "fake-http.h"
#include "test-authority.h"
#include "test-wait.h"
#include <string.h>

#define OK "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nConnection: close\r\n\r\n"

static TestAuthority *authority;
static char *ca_file;

static BaristaRegisteredSchema *
latest (BaristaRegistry *registry, const char *subject, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  barista_registry_latest_async (registry, subject, NULL, test_take_result, &result);
  return barista_registry_schema_finish (registry, test_wait (&result), error);
}

static BaristaRegisteredSchema *
by_id (BaristaRegistry *registry, guint32 id, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  barista_registry_by_id_async (registry, id, NULL, test_take_result, &result);
  return barista_registry_schema_finish (registry, test_wait (&result), error);
}

static void
test_list (void)
{
  g_auto (FakeHttp) http = { 0 };
  g_autoptr (FakeServer) server = fake_server_new (fake_http, &http);
  g_autoptr (BaristaRegistry) registry = registry_at (server, "http", "", NULL);
  g_autoptr (BaristaSubjects) subjects = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *head = NULL;

  fake_http_init (&http, OK "[\"acmeCo/orders-key\",\"acmeCo/orders-value\"]");
  subjects = ask_list (registry, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (barista_subjects_get_n (subjects), ==, 2);
  g_assert_cmpstr (barista_subjects_get (subjects, 1), ==, "acmeCo/orders-value");
  g_assert_cmpuint (barista_registry_get_answer (registry)->status, ==, 200);

  head = fake_http_get_head (&http, 0);
  g_assert_true (g_str_has_prefix (head, "GET /subjects HTTP/1.1\r\n"));
  /* acmeCo/prod/tinybird:t:ken */
  g_assert_nonnull (strstr (head, "Authorization: Basic YWNtZUNvL3Byb2QvdGlueWJpcmQ6dDprZW4=\r\n"));
  g_assert_nonnull (
      strstr (head, "Accept: application/vnd.schemaregistry.v1+json, application/json\r\n"));
  g_assert_nonnull (strstr (head, "User-Agent: barista\r\n"));
}

static void
test_without_sign_in (void)
{
  g_auto (FakeHttp) http = { 0 };
  g_autoptr (FakeServer) server = fake_server_new (fake_http, &http);
  g_autofree char *url = g_strdup_printf ("http://127.0.0.1:%u", fake_server_get_port (server));
  g_autoptr (BaristaRegistry) registry = barista_registry_new (url, NULL, NULL, NULL);
  g_autoptr (BaristaSubjects) subjects = NULL;
  g_autofree char *head = NULL;

  fake_http_init (&http, OK " [ ] \n");
  subjects = ask_list (registry, NULL, NULL);
  g_assert_cmpuint (barista_subjects_get_n (subjects), ==, 0);
  head = fake_http_get_head (&http, 0);
  g_assert_null (strstr (head, "Authorization"));
}

static void
test_latest (void)
{
  g_auto (FakeHttp) http = { 0 };
  g_autoptr (FakeServer) server = fake_server_new (fake_http, &http);
  g_autoptr (BaristaRegistry) registry = registry_at (server, "http", "/apis/ccompat/v7", NULL);
  g_autoptr (BaristaRegisteredSchema) schema = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *head = NULL;

  fake_http_init (&http, OK "{\"id\":4294967295,\"schema\":\"\\\"long\\\"\",\"version\":1}");
  schema = latest (registry, "acmeCo/or ders%?-value", &error);
  g_assert_no_error (error);
  g_assert_cmpuint (schema->id, ==, 4294967295u);
  g_assert_cmpstr (schema->schema, ==, "\"long\"");
  g_assert_cmpstr (schema->schema_type, ==, "AVRO");
  head = fake_http_get_head (&http, 0);
  g_assert_true (g_str_has_prefix (head,
                                   "GET /apis/ccompat/v7/subjects/acmeCo%2For%20ders%25%3F-value/"
                                   "versions/latest HTTP/1.1\r\n"));
}

static void
test_by_id (void)
{
  g_auto (FakeHttp) http = { 0 };
  g_autoptr (FakeServer) server = fake_server_new (fake_http, &http);
  g_autoptr (BaristaRegistry) registry = registry_at (server, "http", "", NULL);
  g_autoptr (BaristaRegisteredSchema) schema = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *head = NULL;

  fake_http_init (&http, OK "{\"schema\":\"syntax = proto3\",\"schemaType\":\"PROTOBUF\"}");
  schema = by_id (registry, 77, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (schema->id, ==, 77);
  g_assert_cmpstr (schema->schema_type, ==, "PROTOBUF");
  head = fake_http_get_head (&http, 0);
  g_assert_true (g_str_has_prefix (head, "GET /schemas/ids/77 HTTP/1.1\r\n"));
}

/* As Apicurio Registry 3.3.3 (no empty list) and 2.6.13 (always a list) answer. */
static void
test_references (void)
{
#define REFERENCES ",\"references\":[{\"name\":\"A\",\"subject\":\"acmeCo/a-value\",\"version\":1}]"
  static const struct
  {
    const char *body, *refers_to, *message; /* message NULL: it can be read */
  } cases[] = {
    { "\"schema\":\"\\\"long\\\"\",\"references\":[]", NULL, NULL },
    { "\"schema\":\"\\\"long\\\"\"" REFERENCES, "acmeCo/a-value", NULL },
    { "\"schema\":\"\\\"A\\\"\"" REFERENCES, "acmeCo/a-value",
      "it refers to another schema, acmeCo/a-value" },
    { "\"schema\":\"{}\",\"schemaType\":\"JSON\"" REFERENCES, "acmeCo/a-value",
      "it is of type JSON" },
    { "\"schema\":\"\\\"long\\\"\",\"references\":[7]", NULL, NULL },
    { "\"schema\":\"\\\"long\\\"\",\"references\":{}", NULL, NULL },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *answer = g_strdup_printf (OK "{\"id\":1,%s}", cases[i].body);
      g_autoptr (BaristaRegisteredSchema) schema = NULL;
      g_autoptr (BaristaAvroSchema) tree = NULL;
      g_autoptr (GError) error = NULL;
      g_auto (FakeHttp) http = { 0 };
      g_autoptr (FakeServer) server = fake_server_new (fake_http, &http);
      g_autoptr (BaristaRegistry) registry = registry_at (server, "http", "", NULL);

      fake_http_init (&http, answer);
      schema = latest (registry, "s", &error);
      g_assert_no_error (error);
      g_assert_cmpstr (schema->refers_to, ==, cases[i].refers_to);
      tree = barista_registered_schema_to_avro (schema, &error);
      g_assert_cmpstr (error != NULL ? error->message : NULL, ==, cases[i].message);
      g_assert_true ((tree == NULL) == (error != NULL));
    }
}

static void
test_wrong_schemas (void)
{
  static const struct
  {
    const char *body;
    int code;
  } answers[] = {
    { "", BARISTA_REGISTRY_ERROR_NOT_JSON },
    { "<html>", BARISTA_REGISTRY_ERROR_NOT_JSON },
    { "[]", BARISTA_REGISTRY_ERROR_SHAPE },
    { "{\"schema\":\"\"}", BARISTA_REGISTRY_ERROR_SHAPE },
    { "{\"id\":1}", BARISTA_REGISTRY_ERROR_SHAPE },
    { "{\"id\":-1,\"schema\":\"\"}", BARISTA_REGISTRY_ERROR_SHAPE },
    { "{\"id\":4294967296,\"schema\":\"\"}", BARISTA_REGISTRY_ERROR_SHAPE },
    { "{\"id\":\"1\",\"schema\":\"\"}", BARISTA_REGISTRY_ERROR_SHAPE },
    { "{\"id\":1.5,\"schema\":\"\"}", BARISTA_REGISTRY_ERROR_SHAPE },
    { "{\"id\":1,\"schema\":{}}", BARISTA_REGISTRY_ERROR_SHAPE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (answers); i++)
    {
      g_auto (FakeHttp) http = { 0 };
      g_autoptr (FakeServer) server = fake_server_new (fake_http, &http);
      g_autoptr (BaristaRegistry) registry = registry_at (server, "http", "", NULL);
      g_autofree char *response = g_strconcat (OK, answers[i].body, NULL);
      g_autoptr (GError) error = NULL;

      fake_http_init (&http, response);
      g_assert_null (latest (registry, "a-value", &error));
      g_assert_error (error, BARISTA_REGISTRY_ERROR, answers[i].code);
      g_assert_cmpstr (barista_registry_get_answer (registry)->body, ==, answers[i].body);
    }
}

static void
test_refusals (void)
{
  static const struct
  {
    const char *response;
    guint status;
    int error_code;
    const char *message;
  } refusals[] = {
    { "HTTP/1.1 401 Unauthorized\r\nContent-Type: text/plain; charset=utf-8\r\n"
      "Content-Length: 30\r\n\r\n\"Invalid username or password\"",
      401, 0, "Invalid username or password" },
    { "HTTP/1.1 400 Bad Request\r\nConnection: close\r\n\r\n"
      "Header of type `authorization` was missing",
      400, 0, "Header of type `authorization` was missing" },
    { "HTTP/1.1 404 Not Found\r\nConnection: close\r\n\r\n"
      "{\"error_code\":40401,\"message\":\"Subject not found.\"}",
      404, 40401, "Subject not found." },
    { "HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n", 404, 0, NULL },
    { "HTTP/1.1 502 Bad Gateway\r\nConnection: close\r\n\r\n<html><title>Oh", 502, 0, NULL },
    { "HTTP/1.1 500 Error\r\nContent-Length: 100\r\n\r\n\"cut", 500, 0, "\"cut" },
    { "HTTP/1.1 401 Unauthorized\r\nWWW-Authenticate: Basic realm=\"x\"\r\n"
      "Content-Length: 0\r\n\r\n",
      401, 0, NULL },
    { "HTTP/1.1 204 No Content\r\n\r\n", 204, 0, NULL },
  };

  for (guint i = 0; i < G_N_ELEMENTS (refusals); i++)
    {
      g_auto (FakeHttp) http = { 0 };
      g_autoptr (FakeServer) server = fake_server_new (fake_http, &http);
      g_autoptr (BaristaRegistry) registry = registry_at (server, "http", "", NULL);
      const BaristaRegistryAnswer *answer;
      g_autoptr (GError) error = NULL;

      fake_http_init (&http, refusals[i].response);
      g_assert_null (ask_list (registry, NULL, &error));
      g_assert_error (error, BARISTA_REGISTRY_ERROR, BARISTA_REGISTRY_ERROR_STATUS);
      answer = barista_registry_get_answer (registry);
      g_assert_cmpuint (answer->status, ==, refusals[i].status);
      g_assert_cmpint (answer->error_code, ==, refusals[i].error_code);
      g_assert_cmpstr (answer->message, ==, refusals[i].message);
      /* A challenge is not answered by itself. */
      g_assert_cmpuint (fake_http_get_n (&http), ==, 1);
    }
}

static void
test_redirect (void)
{
  g_auto (FakeHttp) elsewhere_http = { 0 };
  g_autoptr (FakeServer) elsewhere = fake_server_new (fake_http, &elsewhere_http);
  g_auto (FakeHttp) http = { 0 };
  g_autoptr (FakeServer) server = fake_server_new (fake_http, &http);
  g_autoptr (BaristaRegistry) registry = registry_at (server, "http", "", NULL);
  g_autofree char *location = g_strdup_printf ("http://localhost:%u/login",
                                               fake_server_get_port (elsewhere));
  g_autofree char *response = g_strdup_printf (
      "HTTP/1.1 302 Found\r\nLocation: %s\r\nDate: Sun, 22 Nov 2026 00:00:00 GMT\r\n"
      "Content-Length: 0\r\n\r\n",
      location);
  g_autoptr (GError) error = NULL;

  fake_http_init (&elsewhere_http, OK "[]");
  fake_http_init (&http, response);
  g_assert_null (ask_list (registry, NULL, &error));
  g_assert_error (error, BARISTA_REGISTRY_ERROR, BARISTA_REGISTRY_ERROR_REDIRECT);
  g_assert_cmpstr (barista_registry_get_answer (registry)->location, ==, location);
  g_assert_cmpstr (barista_registry_get_answer (registry)->date, ==,
                   "Sun, 22 Nov 2026 00:00:00 GMT");
  g_assert_cmpuint (fake_server_get_accepted (elsewhere), ==, 0);
}

static void
test_web_page (void)
{
  g_auto (FakeHttp) http = { 0 };
  g_autoptr (FakeServer) server = fake_server_new (fake_http, &http);
  g_autoptr (BaristaRegistry) registry = registry_at (server, "http", "", NULL);
  g_autoptr (GError) error = NULL;

  fake_http_init (&http, "HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n"
                         "Connection: close\r\n\r\n<title>Welcome</title>");
  g_assert_null (ask_list (registry, NULL, &error));
  g_assert_error (error, BARISTA_REGISTRY_ERROR, BARISTA_REGISTRY_ERROR_NOT_JSON);
  g_assert_cmpstr (barista_registry_get_answer (registry)->content_type, ==, "text/html");
  g_assert_cmpstr (barista_registry_get_answer (registry)->body, ==, "<title>Welcome</title>");
}

static void
write_flood (GIOStream *stream, GCancellable *stop, gpointer data)
{
  g_autofree char *head = fake_http_read_head (stream, stop);
  GOutputStream *output = g_io_stream_get_output_stream (stream);
  g_autofree char *block = g_strnfill (64 * 1024, 'x');
  gboolean goes_on;

  goes_on = g_output_stream_write_all (output, data, strlen (data), NULL, stop, NULL);
  while (goes_on)
    goes_on = g_output_stream_write_all (output, block, strlen (block), NULL, stop, NULL);
}

static void
test_endless_answers (void)
{
  static const struct
  {
    const char *head;
    int code;
  } floods[] = {
    { OK "[\"", BARISTA_REGISTRY_ERROR_TOO_LARGE },
    { "HTTP/1.1 500 Error\r\nConnection: close\r\n\r\n", BARISTA_REGISTRY_ERROR_STATUS },
    { "HTTP/1.1 301 Moved\r\nLocation: /\r\nConnection: close\r\n\r\n",
      BARISTA_REGISTRY_ERROR_REDIRECT },
  };

  for (guint i = 0; i < G_N_ELEMENTS (floods); i++)
    {
      g_autoptr (FakeServer) server = fake_server_new (write_flood, floods[i].head);
      g_autoptr (BaristaRegistry) registry = registry_at (server, "http", "", NULL);
      g_autoptr (GError) error = NULL;

      g_assert_null (ask_list (registry, NULL, &error));
      g_assert_error (error, BARISTA_REGISTRY_ERROR, floods[i].code);
      if (floods[i].code != BARISTA_REGISTRY_ERROR_TOO_LARGE)
        g_assert_cmpuint (strlen (barista_registry_get_answer (registry)->body), ==, 4096);
    }
}

static void
test_long_list (void)
{
  g_autoptr (GString) response = g_string_new (OK "[");
  g_auto (FakeHttp) http = { 0 };
  g_autoptr (FakeServer) server = fake_server_new (fake_http, &http);
  g_autoptr (BaristaRegistry) registry = registry_at (server, "http", "", NULL);
  g_autoptr (BaristaSubjects) subjects = NULL;
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < 250000; i++)
    g_string_append_printf (response, "%s\"acmeCo/warehouse/department/collection-%06u-value\"",
                            i > 0 ? "," : "", i);
  g_string_append (response, "]");
  g_assert_cmpuint (response->len, <, 16 * 1024 * 1024);
  fake_http_init (&http, response->str);
  subjects = ask_list (registry, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (barista_subjects_get_n (subjects), ==, 250000);
  g_assert_true (
      barista_subjects_contains (subjects, "acmeCo/warehouse/department/collection-249999-value"));
}

/* --- ends without an answer --- */

static gboolean
cancel_now (gpointer cancellable)
{
  g_cancellable_cancel (cancellable);
  return G_SOURCE_REMOVE;
}

static void
hear_then_cancel (GIOStream *stream, GCancellable *stop, gpointer cancellable)
{
  g_autofree char *head = fake_http_read_head (stream, stop);

  g_idle_add (cancel_now, cancellable);
  fake_silent (stream, stop, NULL);
}

static void
test_cancel (void)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (FakeServer) server = fake_server_new (hear_then_cancel, cancellable);
  g_autoptr (BaristaRegistry) registry = registry_at (server, "http", "", NULL);
  g_autoptr (GError) error = NULL;

  g_assert_null (ask_list (registry, cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_true (barista_registry_get_trace (registry)->connected);
  g_assert_null (barista_registry_get_answer (registry));
}

static void
answer_half_then_cancel (GIOStream *stream, GCancellable *stop, gpointer cancellable)
{
  g_autofree char *head = fake_http_read_head (stream, stop);

  g_output_stream_write_all (g_io_stream_get_output_stream (stream), OK "[", strlen (OK "["), NULL,
                             stop, NULL);
  g_idle_add (cancel_now, cancellable);
  fake_silent (stream, stop, NULL);
}

static void
test_cancel_reading (void)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (FakeServer) server = fake_server_new (answer_half_then_cancel, cancellable);
  g_autoptr (BaristaRegistry) registry = registry_at (server, "http", "", NULL);
  g_autoptr (GError) error = NULL;

  g_assert_null (ask_list (registry, cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

static void
test_silent (void)
{
  g_autoptr (FakeServer) server = fake_server_new (fake_silent, NULL);
  g_autoptr (BaristaRegistry) registry = registry_at (server, "http", "", NULL);
  g_autoptr (GError) error = NULL;

  barista_registry_set_limits (registry, 10, 0);
  g_assert_null (ask_list (registry, NULL, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_TIMED_OUT);
  g_assert_true (barista_registry_get_trace (registry)->connected);
  g_assert_cmpint (barista_registry_get_trace (registry)->first_byte, ==, -1);
}

static void
drip (GIOStream *stream, GCancellable *stop, gpointer unused)
{
  g_autofree char *head = fake_http_read_head (stream, stop);
  GOutputStream *output = g_io_stream_get_output_stream (stream);

  g_output_stream_write_all (output, OK, strlen (OK), NULL, stop, NULL);
  while (g_output_stream_write_all (output, " ", 1, NULL, stop, NULL))
    ;
}

static void
test_total_limit (void)
{
  g_autoptr (FakeServer) server = fake_server_new (drip, NULL);
  g_autoptr (BaristaRegistry) registry = registry_at (server, "http", "", NULL);
  g_autoptr (GError) error = NULL;

  barista_registry_set_limits (registry, 4000, 50);
  g_assert_null (ask_list (registry, NULL, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_TIMED_OUT);
}

static void
test_not_http (void)
{
  g_autoptr (FakeServer) server = fake_server_new (fake_answering, "SSH-2.0-OpenSSH_9.2p1\r\n\r\n");
  g_autoptr (BaristaRegistry) registry = registry_at (server, "http", "", NULL);
  g_autoptr (GError) error = NULL;

  g_assert_null (ask_list (registry, NULL, &error));
  g_assert_error (error, BARISTA_REGISTRY_ERROR, BARISTA_REGISTRY_ERROR_NOT_HTTP);
}

static void
assert_closed (const char *scheme, FakeHandler handler, const char *data)
{
  g_autoptr (FakeServer) server = fake_server_new (handler, data);
  g_autoptr (BaristaRegistry) registry = registry_at (server, scheme, "", ca_file);
  g_autoptr (GError) error = NULL;

  g_assert_null (ask_list (registry, NULL, &error));
  g_assert_error (error, BARISTA_CONNECTION_ERROR, BARISTA_CONNECTION_ERROR_CLOSED);
  g_assert_true (barista_registry_get_trace (registry)->connected);
  g_assert_false (barista_registry_get_trace (registry)->secured);
}

static void
test_closed (void)
{
  assert_closed ("http", fake_closing, NULL);
  assert_closed ("https", fake_closing, NULL);
  assert_closed ("http", fake_answering, "HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\n[");
}

static void
test_refused (void)
{
  g_autofree char *url = g_strdup_printf ("http://127.0.0.1:%u", fake_closed_port ());
  g_autoptr (BaristaRegistry) registry = barista_registry_new (url, NULL, NULL, NULL);
  g_autoptr (GError) error = NULL;

  g_assert_null (ask_list (registry, NULL, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CONNECTION_REFUSED);
  g_assert_true (barista_registry_get_trace (registry)->resolved);
  g_assert_false (barista_registry_get_trace (registry)->connected);
}

/* A proxy set for the whole session must not see what stays on this computer. */
static void
test_loopback_is_direct (void)
{
  g_auto (FakeHttp) http = { 0 };
  g_autoptr (FakeServer) server = fake_server_new (fake_http, &http);
  g_autofree char *proxy = g_strdup_printf ("http://127.0.0.1:%u", fake_closed_port ());
  g_autoptr (BaristaRegistry) registry = NULL;
  g_autoptr (BaristaSubjects) subjects = NULL;
  g_autoptr (GError) error = NULL;

  g_setenv ("http_proxy", proxy, TRUE);
  fake_http_init (&http, OK "[]");
  registry = registry_at (server, "http", "", NULL);
  subjects = ask_list (registry, NULL, &error);
  g_unsetenv ("http_proxy");
  g_assert_no_error (error);
}

int
main (int argc, char *argv[])
{
  int status;

  g_test_init (&argc, &argv, NULL);
  authority = test_authority_new ("Barista test");
  ca_file = test_authority_write (authority);
  g_test_add_func ("/registry/list", test_list);
  g_test_add_func ("/registry/without-sign-in", test_without_sign_in);
  g_test_add_func ("/registry/latest", test_latest);
  g_test_add_func ("/registry/by-id", test_by_id);
  g_test_add_func ("/registry/references", test_references);
  g_test_add_func ("/registry/wrong-schemas", test_wrong_schemas);
  g_test_add_func ("/registry/refusals", test_refusals);
  g_test_add_func ("/registry/redirect", test_redirect);
  g_test_add_func ("/registry/web-page", test_web_page);
  g_test_add_func ("/registry/endless-answers", test_endless_answers);
  g_test_add_func ("/registry/long-list", test_long_list);
  g_test_add_func ("/registry/cancel", test_cancel);
  g_test_add_func ("/registry/cancel-reading", test_cancel_reading);
  g_test_add_func ("/registry/silent", test_silent);
  g_test_add_func ("/registry/total-limit", test_total_limit);
  g_test_add_func ("/registry/not-http", test_not_http);
  g_test_add_func ("/registry/closed", test_closed);
  g_test_add_func ("/registry/refused", test_refused);
  g_test_add_func ("/registry/loopback-is-direct", test_loopback_is_direct);
  status = g_test_run ();
  g_free (ca_file);
  test_authority_free (authority);
  return status;
}
