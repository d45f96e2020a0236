/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "barista-practice-registry.h"

#include <json-glib/json-glib.h>
#include <libsoup/soup.h>
#include <string.h>

#define JSON_TYPE "application/json"
#define TEXT_TYPE "text/plain; charset=utf-8"
#define HTML_TYPE "text/html; charset=utf-8"

#define LOGIN_PAGE                                                                  \
  "<!DOCTYPE html>\n<html><head><title>Sign in to the guest network</title></head>" \
  "<body><h1>Welcome</h1></body></html>\n"

/* What an unprintable internal error looks like. */
#define TROUBLE \
  "Error {\n    context: \"failed to fetch task\",\n    source: \"connection refused\",\n}"

/* A schema that refers to itself: no columns can be made of it. */
#define RECURSIVE_SCHEMA                                                                 \
  "{\"fields\":[{\"name\":\"customer_id\",\"type\":\"long\"},{\"name\":\"referred_by\"," \
  "\"type\":[\"root\",\"null\"]}],\"name\":\"root\",\"type\":\"record\"}"

struct _BaristaPracticeRegistry
{
  BaristaPracticeTask *task;
  SoupServer *server;
  GSocket *closed; /* the scenario registry-down: a port that is taken, where nobody listens */
  guint16 port;
};

static gboolean
has_fault (BaristaPracticeRegistry *self, BaristaPracticeFault fault)
{
  return barista_practice_task_has_fault (self->task, fault);
}

static void
answer (SoupServerMessage *message, guint status, const char *type, const char *body)
{
  soup_server_message_set_status (message, status, NULL);
  if (body != NULL)
    soup_server_message_set_response (message, type, SOUP_MEMORY_COPY, body, strlen (body));
}

/* Errors are plain text, never JSON; most are 400 (dekaf.md 2). */
static void
    G_GNUC_PRINTF (3, 4) refuse (SoupServerMessage *message, guint status, const char *format, ...)
{
  g_autofree char *text = NULL;
  va_list args;

  va_start (args, format);
  text = g_strdup_vprintf (format, args);
  va_end (args);
  answer (message, status, TEXT_TYPE, text);
}

static void
answer_json (SoupServerMessage *message, JsonBuilder *builder)
{
  g_autoptr (JsonNode) root = json_builder_get_root (builder);
  g_autofree char *text = json_to_string (root, FALSE);

  answer (message, SOUP_STATUS_OK, JSON_TYPE, text);
}

/* --- who asks --- */

/* User name and password of a Basic header; FALSE when it is none. */
static gboolean
parse_basic (const char *header, char **username, char **password)
{
  g_autofree guchar *decoded = NULL;
  g_autofree char *text = NULL;
  gsize length = 0;
  char *colon;

  if (g_ascii_strncasecmp (header, "Basic ", strlen ("Basic ")) != 0)
    return FALSE;

  decoded = g_base64_decode (header + strlen ("Basic "), &length);
  text = g_strndup ((const char *) decoded, length);
  colon = strchr (text, ':');
  if (colon == NULL || !g_utf8_validate (text, length, NULL))
    return FALSE;

  *username = g_strndup (text, colon - text);
  *password = g_strdup (colon + 1);
  return TRUE;
}

/* TRUE: go on; else it is answered. */
static gboolean
sign_in (BaristaPracticeRegistry *self, SoupServerMessage *message)
{
  const char *header = soup_message_headers_get_one (
      soup_server_message_get_request_headers (message), "Authorization");
  g_autofree char *username = NULL;
  g_autofree char *password = NULL;
  BaristaPracticeSignIn result;

  if (header == NULL)
    {
      refuse (message, SOUP_STATUS_BAD_REQUEST, "Header of type `authorization` was missing");
      return FALSE;
    }
  if (!parse_basic (header, &username, &password))
    {
      refuse (message, SOUP_STATUS_BAD_REQUEST, "invalid HTTP header (authorization)");
      return FALSE;
    }

  result = has_fault (self, BARISTA_FAULT_REGISTRY_REFUSED)
               ? BARISTA_SIGN_IN_REFUSED
               : barista_practice_task_sign_in (self->task, username, password);
  if (result == BARISTA_SIGN_IN_UNAVAILABLE)
    refuse (message, SOUP_STATUS_INTERNAL_SERVER_ERROR, TROUBLE);
  else if (result == BARISTA_SIGN_IN_REFUSED)
    refuse (message, SOUP_STATUS_UNAUTHORIZED, "\"%s\"", BARISTA_PRACTICE_REFUSAL);
  return result == BARISTA_SIGN_IN_ACCEPTED;
}

/* --- what is asked --- */

static gboolean
is_missing (BaristaPracticeRegistry *self, const char *collection)
{
  return has_fault (self, BARISTA_FAULT_SCHEMA_MISSING)
         && g_str_equal (collection, BARISTA_PRACTICE_FAULTY_TOPIC);
}

/* Topics are listed whether or not they have data. */
static void
list_subjects (BaristaPracticeRegistry *self, SoupServerMessage *message, const char *rest)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  guint n = barista_practice_catalog_get_n_topics (self->task->catalog);

  json_builder_begin_array (builder);
  for (guint i = 0; i < n; i++)
    {
      const char *name = barista_practice_catalog_get_name (self->task->catalog, i);
      g_autofree char *wire_name = barista_practice_task_wire_name (self->task, name);
      g_autofree char *key = g_strconcat (wire_name, "-key", NULL);
      g_autofree char *value = g_strconcat (wire_name, "-value", NULL);

      if (is_missing (self, name))
        continue;
      json_builder_add_string_value (builder, key);
      json_builder_add_string_value (builder, value);
    }
  json_builder_end_array (builder);
  answer_json (message, builder);
}

static const char *
schema_text (BaristaPracticeRegistry *self, BaristaPracticeTopic *topic, gboolean is_key)
{
  if (!is_key && has_fault (self, BARISTA_FAULT_SCHEMA_UNSUPPORTED)
      && g_str_equal (topic->name, BARISTA_PRACTICE_FAULTY_TOPIC))
    return RECURSIVE_SCHEMA;

  return (is_key ? topic->key : topic->value)->text;
}

static void
answer_latest (BaristaPracticeRegistry *self,
               SoupServerMessage *message,
               const char *subject,
               BaristaPracticeTopic *topic,
               gboolean is_key)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();

  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, "id");
  json_builder_add_int_value (builder, (is_key ? topic->key : topic->value)->id);
  json_builder_set_member_name (builder, "schema");
  json_builder_add_string_value (builder, schema_text (self, topic, is_key));
  json_builder_set_member_name (builder, "schemaType");
  json_builder_add_string_value (builder, "AVRO");
  json_builder_set_member_name (builder, "subject");
  json_builder_add_string_value (builder, subject);
  json_builder_set_member_name (builder, "version");
  json_builder_add_int_value (builder, 1);
  json_builder_end_object (builder);
  answer_json (message, builder);
}

/* "acmeCo/orders-key" to "acmeCo/orders"; NULL: it ends in neither. */
static char *
strip_suffix (const char *subject, gboolean *is_key)
{
  *is_key = g_str_has_suffix (subject, "-key");
  if (!*is_key && !g_str_has_suffix (subject, "-value"))
    return NULL;

  return g_strndup (subject, strlen (subject) - strlen (*is_key ? "-key" : "-value"));
}

static void
show_latest (BaristaPracticeRegistry *self, SoupServerMessage *message, const char *subject)
{
  gboolean is_key, broken;
  g_autofree char *name = strip_suffix (subject, &is_key);
  BaristaPracticeTopic *topic;

  if (name == NULL)
    {
      refuse (message, SOUP_STATUS_BAD_REQUEST, "\"expected subject to end with -key or -value\"");
      return;
    }

  topic = barista_practice_task_find (self->task, name, &broken);
  if (topic == NULL || is_missing (self, topic->name))
    refuse (message, SOUP_STATUS_BAD_REQUEST, "\"collection %s does not exist\"", name);
  else if (topic->n_partitions == 0)
    refuse (message, SOUP_STATUS_BAD_REQUEST,
            "\"collection %s exists but has no journals available\"", topic->name);
  else
    answer_latest (self, message, subject, topic, is_key);
}

static void
show_schema (BaristaPracticeRegistry *self, SoupServerMessage *message, const char *id)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  const BaristaPracticeSchema *schema;
  guint64 number;

  if (!g_ascii_string_to_unsigned (id, 10, 0, G_MAXUINT32, &number, NULL))
    {
      refuse (message, SOUP_STATUS_BAD_REQUEST, "Invalid URL: Cannot parse `%s` to a `u32`", id);
      return;
    }
  schema = barista_practice_catalog_find_schema (self->task->catalog, (guint32) number);
  if (schema == NULL)
    {
      refuse (message, SOUP_STATUS_BAD_REQUEST,
              "\"could not find schema with registry id %" G_GUINT64_FORMAT "\"", number);
      return;
    }

  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, "schema");
  json_builder_add_string_value (builder, schema->text);
  json_builder_end_object (builder);
  answer_json (message, builder);
}

/* There is one path segment, percent-encoded, between @before and @after; or just the path. */
static const struct
{
  const char *before, *after; /* after NULL: no segment */
  void (*show) (BaristaPracticeRegistry *self, SoupServerMessage *message, const char *segment);
} routes[] = {
  { "/subjects", NULL, list_subjects },
  { "/subjects/", "/versions/latest", show_latest },
  { "/schemas/ids/", "", show_schema },
};

/* The decoded segment where @path takes the route; NULL where it doesn't. */
static char *
match_route (guint i, const char *path)
{
  const char *before = routes[i].before, *after = routes[i].after;
  gsize length = strlen (path), around;
  g_autofree char *segment = NULL;

  if (after == NULL)
    return g_str_equal (path, before) ? g_strdup ("") : NULL;

  around = strlen (before) + strlen (after);
  if (length <= around || !g_str_has_prefix (path, before) || !g_str_has_suffix (path, after))
    return NULL;

  segment = g_strndup (path + strlen (before), length - around);
  return strchr (segment, '/') == NULL ? g_uri_unescape_string (segment, NULL) : NULL;
}

static void
follow (BaristaPracticeRegistry *self, SoupServerMessage *message, const char *path)
{
  const char *method = soup_server_message_get_method (message);

  for (guint i = 0; i < G_N_ELEMENTS (routes); i++)
    {
      g_autofree char *segment = match_route (i, path);

      if (segment == NULL)
        continue;
      if (!g_str_equal (method, SOUP_METHOD_GET) && !g_str_equal (method, SOUP_METHOD_HEAD))
        {
          soup_server_message_set_status (message, SOUP_STATUS_METHOD_NOT_ALLOWED, NULL);
          soup_message_headers_replace (soup_server_message_get_response_headers (message), "Allow",
                                        "GET,HEAD");
          return;
        }
      routes[i].show (self, message, segment);
      return;
    }
  soup_server_message_set_status (message, SOUP_STATUS_NOT_FOUND, NULL);
}

/* The sign-in comes first, on unknown routes too. */
static void
on_request (SoupServer *server,
            SoupServerMessage *message,
            const char *path,
            GHashTable *query,
            gpointer user_data)
{
  BaristaPracticeRegistry *self = user_data;

  if (has_fault (self, BARISTA_FAULT_REGISTRY_HTML))
    answer (message, SOUP_STATUS_OK, HTML_TYPE, LOGIN_PAGE);
  else if (has_fault (self, BARISTA_FAULT_REGISTRY_500))
    refuse (message, SOUP_STATUS_INTERNAL_SERVER_ERROR, TROUBLE);
  else if (has_fault (self, BARISTA_FAULT_REGISTRY_NOT_FOUND))
    soup_server_message_set_status (message, SOUP_STATUS_NOT_FOUND, NULL);
  else if (sign_in (self, message))
    follow (self, message, path);
}

/* --- the port --- */

static gboolean
listen_on (BaristaPracticeRegistry *self,
           GSocketFamily family,
           guint16 port,
           gboolean tls,
           GError **error)
{
  g_autoptr (GInetAddress) loopback = g_inet_address_new_loopback (family);
  g_autoptr (GSocketAddress) address = g_inet_socket_address_new (loopback, port);

  return soup_server_listen (self->server, address, tls ? SOUP_SERVER_LISTEN_HTTPS : 0, error);
}

static guint16
first_port (SoupServer *server)
{
  GSList *uris = soup_server_get_uris (server);
  guint16 port = uris != NULL ? g_uri_get_port (uris->data) : 0;

  g_slist_free_full (uris, (GDestroyNotify) g_uri_unref);
  return port;
}

static gboolean
open_port (BaristaPracticeRegistry *self, gboolean tls, guint16 port, GError **error)
{
  if (has_fault (self, BARISTA_FAULT_REGISTRY_DOWN))
    {
      self->closed = barista_practice_closed_port_new (&self->port, error);
      return self->closed != NULL;
    }
  if (!listen_on (self, G_SOCKET_FAMILY_IPV4, port, tls, error))
    return FALSE;

  self->port = first_port (self->server);
  listen_on (self, G_SOCKET_FAMILY_IPV6, self->port, tls, NULL);
  return TRUE;
}

/**
 * barista_practice_registry_new:
 * @task: whose schemas it serves; outlives it
 * @certificate: (nullable): for https
 * @port: 0 = a free one
 *
 * Errors: %BARISTA_PRACTICE_ERROR_LISTEN
 */
BaristaPracticeRegistry *
barista_practice_registry_new (BaristaPracticeTask *task,
                               GTlsCertificate *certificate,
                               guint16 port,
                               GError **error)
{
  BaristaPracticeRegistry *self = g_new0 (BaristaPracticeRegistry, 1);
  g_autoptr (GError) cause = NULL;

  self->task = task;
  /* Raw paths: %2F inside a subject is not a slash. */
  self->server = soup_server_new ("raw-paths", TRUE, "tls-certificate", certificate, NULL);
  soup_server_add_handler (self->server, NULL, on_request, self, NULL);
  if (!open_port (self, certificate != NULL, port, &cause))
    {
      g_set_error (error, BARISTA_PRACTICE_ERROR, BARISTA_PRACTICE_ERROR_LISTEN, "%s",
                   cause->message);
      barista_practice_registry_free (self);
      return NULL;
    }
  return self;
}

void
barista_practice_registry_free (BaristaPracticeRegistry *self)
{
  soup_server_disconnect (self->server);
  g_object_unref (self->server);
  g_clear_object (&self->closed);
  g_free (self);
}

guint16
barista_practice_registry_get_port (BaristaPracticeRegistry *self)
{
  return self->port;
}
