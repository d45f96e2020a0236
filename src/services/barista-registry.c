/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "barista-registry-private.h"
#include "barista-trust.h"
#include <string.h>

#define IDLE_MS (10 * 1000)
#define TOTAL_MS (30 * 1000)
/* A body of this size takes milliseconds to read: on a thread, not on the main loop. */
#define LARGE_BODY (64 * 1024)

struct _BaristaRegistry
{
  GObject parent_instance;

  char *url;
  char *username;
  BaristaSecret *password;
  char *ca_file;
  guint idle_ms, total_ms;

  SoupSession *session;
  gboolean trusts; /* the session has its store of certificates */
  BaristaRegistryAnswer *answer;
  BaristaRegistryTrace trace;
};

G_DEFINE_QUARK (barista_registry_error, barista_registry_error)
G_DEFINE_FINAL_TYPE (BaristaRegistry, barista_registry, G_TYPE_OBJECT)

static void
barista_registry_finalize (GObject *object)
{
  BaristaRegistry *self = BARISTA_REGISTRY (object);

  /* A request that was stopped may still hold its session, which then would be disposed of within
   * its own disposal. */
  if (self->session != NULL)
    soup_session_abort (self->session);
  g_clear_object (&self->session);
  g_clear_object (&self->password);
  g_clear_object (&self->trace.peer);
  g_clear_pointer (&self->answer, barista_registry_answer_free);
  g_free (self->url);
  g_free (self->username);
  g_free (self->ca_file);
  G_OBJECT_CLASS (barista_registry_parent_class)->finalize (object);
}

static void
barista_registry_class_init (BaristaRegistryClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = barista_registry_finalize;
}

static void
barista_registry_init (BaristaRegistry *self)
{
  self->idle_ms = IDLE_MS;
  self->total_ms = TOTAL_MS;
  self->trace = (BaristaRegistryTrace) { .name = -1, .tcp = -1, .tls = -1, .first_byte = -1 };
}

/* --- the session --- */

static gboolean
is_loopback (const char *url)
{
  g_autoptr (GUri) uri = g_uri_parse (url, SOUP_HTTP_URI_FLAGS, NULL);
  const char *host = uri != NULL ? g_uri_get_host (uri) : NULL;
  g_autoptr (GInetAddress) address = NULL;

  if (host == NULL)
    return FALSE;
  if (g_str_equal (host, "localhost") || g_str_has_suffix (host, ".localhost"))
    return TRUE;
  address = g_inet_address_new_from_string (host);
  return address != NULL && g_inet_address_get_is_loopback (address);
}

static SoupSession *
session_new (const char *url)
{
  SoupSession *session = soup_session_new_with_options ("user-agent", "barista", NULL);

  /* The sign-in is a header that we set: nothing may answer a challenge with it by itself. */
  soup_session_remove_feature_by_type (session, SOUP_TYPE_AUTH_MANAGER);
  if (is_loopback (url))
    soup_session_set_proxy_resolver (session, NULL);
  return session;
}

/**
 * barista_registry_new:
 * @url: normal form, as of barista_registry_url_normalize()
 * @username: (nullable): %NULL to send no sign-in
 * @password: (nullable): read when a request is sent
 * @ca_file: (nullable): PEM file that replaces the system's store
 */
BaristaRegistry *
barista_registry_new (const char *url,
                      const char *username,
                      BaristaSecret *password,
                      const char *ca_file)
{
  BaristaRegistry *self;

  g_return_val_if_fail (url != NULL, NULL);

  self = g_object_new (BARISTA_TYPE_REGISTRY, NULL);
  self->url = g_strdup (url);
  self->username = g_strdup (username);
  g_set_object (&self->password, password);
  self->ca_file = g_strdup (ca_file);
  self->session = session_new (url);
  return self;
}

/**
 * barista_registry_set_limits:
 * @idle_ms: how long nothing may come, in milliseconds; 0 = no limit
 * @total_ms: how long a request may take in all; 0 = no limit
 *
 * For requests made from now on. What is cut ends with %G_IO_ERROR_TIMED_OUT.
 */
void
barista_registry_set_limits (BaristaRegistry *self, guint idle_ms, guint total_ms)
{
  g_return_if_fail (BARISTA_IS_REGISTRY (self));

  self->idle_ms = idle_ms;
  self->total_ms = total_ms;
}

const BaristaRegistryAnswer *
barista_registry_get_answer (BaristaRegistry *self)
{
  g_return_val_if_fail (BARISTA_IS_REGISTRY (self), NULL);

  return self->answer;
}

const BaristaRegistryTrace *
barista_registry_get_trace (BaristaRegistry *self)
{
  g_return_val_if_fail (BARISTA_IS_REGISTRY (self), NULL);

  return &self->trace;
}

/* --- fetching: trust, request, parse --- */

/* Gives what the task returns; on a thread if the body is large. */
typedef gpointer (*Parse) (BaristaBody *body, gconstpointer what, GError **error);

/* Reference-counted: a thread may still be parsing when the caller has given up. */
typedef struct
{
  char *url;
  Parse parse;
  GDestroyNotify free_parsed;
  gboolean has_id;
  guint32 id;
  BaristaRegistryCall call;
  BaristaBody body; /* the parser's own while it runs, and its head */
  BaristaBody head;
} Fetch;

static void
fetch_clear (gpointer data)
{
  Fetch *fetch = data;

  barista_registry_call_clear (&fetch->call);
  barista_body_clear (&fetch->body);
  barista_body_clear (&fetch->head);
  g_free (fetch->url);
}

static void
fetch_unref (gpointer fetch)
{
  g_atomic_rc_box_release_full (fetch, fetch_clear);
}

static Fetch *
fetch_new (char *url, Parse parse, GDestroyNotify free_parsed)
{
  Fetch *fetch = g_atomic_rc_box_new0 (Fetch);

  fetch->url = url;
  fetch->parse = parse;
  fetch->free_parsed = free_parsed;
  return fetch;
}

/* What the last request saw becomes what the getters show. */
static void
publish (BaristaRegistry *self, BaristaRegistryCall *call)
{
  BaristaRegistryTrace *trace = &call->trace;

  if (call->reused && self->trace.connected)
    {
      self->trace.first_byte = trace->first_byte;
      g_clear_object (&trace->peer);
    }
  else
    {
      g_clear_object (&self->trace.peer);
      self->trace = *trace;
      trace->peer = NULL;
    }
  g_clear_pointer (&self->answer, barista_registry_answer_free);
  self->answer = g_steal_pointer (&call->answer);
}

/* Parsing may eat the body, hence the copy of its head. */
static void
parse_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  Fetch *fetch = data;
  GError *error = NULL;
  gpointer parsed;

  fetch->head.length = MIN (fetch->body.length, BARISTA_REGISTRY_KEPT_BODY);
  fetch->head.data = g_memdup2 (fetch->body.data, fetch->head.length);
  parsed = fetch->parse (&fetch->body, fetch, &error);
  if (parsed != NULL)
    g_task_return_pointer (task, parsed, fetch->free_parsed);
  else
    g_task_return_error (task, error);
}

static void
on_parsed (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  Fetch *fetch = g_task_get_task_data (task);
  GError *error = NULL;
  gpointer parsed = g_task_propagate_pointer (G_TASK (result), &error);

  if (parsed == NULL && error->domain == BARISTA_REGISTRY_ERROR)
    barista_registry_answer_take_body (fetch->call.answer, &fetch->head);
  publish (g_task_get_source_object (task), &fetch->call);
  if (parsed != NULL)
    g_task_return_pointer (task, parsed, fetch->free_parsed);
  else
    g_task_return_error (task, error);
}

static void
on_request (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  BaristaRegistry *self = g_task_get_source_object (task);
  Fetch *fetch = g_task_get_task_data (task);
  g_autoptr (GTask) parsing = NULL;
  GError *error = NULL;

  if (!barista_registry_request_finish (result, &fetch->body, &error))
    {
      publish (self, &fetch->call);
      g_task_return_error (task, error);
      return;
    }

  parsing = g_task_new (NULL, g_task_get_cancellable (task), on_parsed, g_object_ref (task));
  g_task_set_task_data (parsing, g_atomic_rc_box_acquire (fetch), fetch_unref);
  if (fetch->body.length >= LARGE_BODY)
    {
      g_task_set_return_on_cancel (parsing, TRUE);
      g_task_run_in_thread (parsing, parse_thread);
    }
  else
    parse_thread (parsing, NULL, fetch, NULL);
}

static void
send_request (GTask *task)
{
  BaristaRegistry *self = g_task_get_source_object (task);
  Fetch *fetch = g_task_get_task_data (task);

  fetch->call.username = self->username;
  fetch->call.password = self->password;
  fetch->call.idle_ms = self->idle_ms;
  fetch->call.total_ms = self->total_ms;
  barista_registry_request_async (self->session, fetch->url, &fetch->call,
                                  g_task_get_cancellable (task), on_request, g_object_ref (task));
}

static void
on_trust (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  BaristaRegistry *self = g_task_get_source_object (task);
  g_autoptr (GTlsDatabase) trust = NULL;
  GError *error = NULL;

  trust = barista_trust_load_finish (result, &error);
  if (trust == NULL)
    {
      g_task_return_error (task, error);
      return;
    }
  if (self->ca_file != NULL && !self->trusts)
    soup_session_set_tls_database (self->session, trust);
  self->trusts = TRUE;
  send_request (task);
}

static void
fetch_run (BaristaRegistry *self,
           Fetch *fetch,
           GCancellable *cancellable,
           GAsyncReadyCallback callback,
           gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);

  g_task_set_source_tag (task, fetch_run);
  g_task_set_task_data (task, fetch, fetch_unref);
  if (self->trusts || !g_str_has_prefix (self->url, "https:"))
    send_request (task);
  else
    barista_trust_load_async (self->ca_file, cancellable, on_trust, g_object_ref (task));
}

/* --- the three questions --- */

static gpointer
parse_list (BaristaBody *body, gconstpointer what, GError **error)
{
  return barista_subjects_parse (body, error);
}

/**
 * barista_registry_list_async:
 *
 * Asks for the names of all subjects. Errors: %BARISTA_REGISTRY_ERROR, %G_TLS_ERROR,
 * %G_RESOLVER_ERROR, %G_IO_ERROR, %BARISTA_CONNECTION_ERROR_CA_FILE.
 */
void
barista_registry_list_async (BaristaRegistry *self,
                             GCancellable *cancellable,
                             GAsyncReadyCallback callback,
                             gpointer user_data)
{
  g_return_if_fail (BARISTA_IS_REGISTRY (self));

  fetch_run (self,
             fetch_new (g_strconcat (self->url, "/subjects", NULL), parse_list,
                        (GDestroyNotify) barista_subjects_free),
             cancellable, callback, user_data);
}

BaristaSubjects *
barista_registry_list_finish (BaristaRegistry *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

static gpointer
parse_schema (BaristaBody *body, gconstpointer what, GError **error)
{
  const Fetch *fetch = what;

  return barista_registered_schema_parse (body, fetch->id, !fetch->has_id, error);
}

/* Takes @url. */
static Fetch *
schema_fetch (char *url)
{
  return fetch_new (url, parse_schema, (GDestroyNotify) barista_registered_schema_free);
}

/**
 * barista_registry_latest_async:
 * @subject: "acmeCo/orders-value"; a slash in it does not end its path segment (`dekaf.md` 2)
 */
void
barista_registry_latest_async (BaristaRegistry *self,
                               const char *subject,
                               GCancellable *cancellable,
                               GAsyncReadyCallback callback,
                               gpointer user_data)
{
  g_autofree char *segment = NULL;

  g_return_if_fail (BARISTA_IS_REGISTRY (self));
  g_return_if_fail (subject != NULL);

  segment = g_uri_escape_string (subject, NULL, FALSE);
  fetch_run (self,
             schema_fetch (g_strdup_printf ("%s/subjects/%s/versions/latest", self->url, segment)),
             cancellable, callback, user_data);
}

/**
 * barista_registry_by_id_async:
 * @id: as it stands in front of a record
 */
void
barista_registry_by_id_async (BaristaRegistry *self,
                              guint32 id,
                              GCancellable *cancellable,
                              GAsyncReadyCallback callback,
                              gpointer user_data)
{
  Fetch *fetch;

  g_return_if_fail (BARISTA_IS_REGISTRY (self));

  fetch = schema_fetch (g_strdup_printf ("%s/schemas/ids/%" G_GUINT32_FORMAT, self->url, id));
  fetch->has_id = TRUE;
  fetch->id = id;
  fetch_run (self, fetch, cancellable, callback, user_data);
}

BaristaRegisteredSchema *
barista_registry_schema_finish (BaristaRegistry *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
