/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "barista-look.h"

#include <string.h>

/* ApiVersions version 0 without a client id: each Kafka since 0.10 answers it. */
static const guint8 api_versions_frame[] = { 0, 0, 0, 10, 0, 18, 0, 0, 0, 0, 0, 0x2a, 0xff, 0xff };
static const char get_request[] = "GET / HTTP/1.0\r\n\r\n";

typedef struct
{
  GTask *task; /* owned by the ones under way; NULL once answered */
  GCancellable *cancellable;
  gulong cancelled_id;
  char *ca_file;
  GSource *timeout;
  guint open;
  BaristaLook seen;
} Look;

/* One of the connections. */
typedef struct
{
  Look *look; /* reference */
  BaristaConnection *connection;
  BaristaLookKind kind;
} Glance;

static void
look_clear (gpointer data)
{
  Look *look = data;

  g_clear_object (&look->cancellable);
  g_free (look->ca_file);
}

static void
look_unref (Look *look)
{
  g_rc_box_release_full (look, look_clear);
}

static void
glance_free (Glance *glance)
{
  barista_connection_close (glance->connection);
  g_object_unref (glance->connection);
  look_unref (glance->look);
  g_free (glance);
}

static void
look_answer (Look *look, BaristaLook seen)
{
  g_autoptr (GTask) task = g_steal_pointer (&look->task);

  if (task == NULL)
    return;

  g_source_destroy (look->timeout);
  g_clear_pointer (&look->timeout, g_source_unref);
  g_cancellable_disconnect (g_task_get_cancellable (task), look->cancelled_id);
  g_cancellable_cancel (look->cancellable);
  g_task_return_int (task, (gssize) seen);
}

static void
glance_end (Glance *glance, BaristaLook seen)
{
  Look *look = glance->look;

  look->open--;
  if (seen != BARISTA_LOOK_NONE)
    look->seen = seen;
  if (seen != BARISTA_LOOK_NONE && seen != BARISTA_LOOK_OPEN)
    look_answer (look, seen);
  else if (look->open == 0)
    look_answer (look, look->seen == BARISTA_LOOK_OPEN ? look->seen : BARISTA_LOOK_UNREACHABLE);

  glance_free (glance);
}

static gboolean
starts_with (GBytes *bytes, const char *prefix, gsize length)
{
  gsize size;
  const guint8 *data = g_bytes_get_data (bytes, &size);

  return size >= length && memcmp (data, prefix, length) == 0;
}

/* What the first bytes of an answer are: HTTP, a TLS record, or the frame that we asked for. */
static BaristaLook
judge_answer (BaristaConnection *connection)
{
  g_autoptr (GBytes) answer = barista_connection_get_first_answer (connection);
  gsize size;
  const guint8 *data = g_bytes_get_data (answer, &size);

  if (starts_with (answer, "HTTP", 4))
    return BARISTA_LOOK_HTTP;
  if (starts_with (answer, "\x15\x03", 2) || starts_with (answer, "\x16\x03", 2))
    return BARISTA_LOOK_TLS;
  if (size >= 8 && data[0] == 0 && memcmp (data + 4, "\0\0\0\x2a", 4) == 0)
    return BARISTA_LOOK_KAFKA;

  return BARISTA_LOOK_OPEN;
}

static void
on_probed (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Glance *glance = user_data;
  g_autoptr (GError) error = NULL;

  if (barista_connection_probe_finish (glance->connection, result, &error))
    glance_end (glance, judge_answer (glance->connection));
  else if (glance->kind == BARISTA_LOOK_AT_SILENCE
           && g_error_matches (error, BARISTA_CONNECTION_ERROR, BARISTA_CONNECTION_ERROR_CLOSED))
    glance_end (glance, BARISTA_LOOK_CLOSED);
  else
    glance_end (glance, BARISTA_LOOK_OPEN);
}

static void
glance_probe (Glance *glance)
{
  g_autoptr (GBytes) bytes = NULL;

  if (glance->kind == BARISTA_LOOK_FOR_KAFKA)
    bytes = g_bytes_new_static (api_versions_frame, sizeof api_versions_frame);
  else if (glance->kind != BARISTA_LOOK_AT_SILENCE)
    bytes = g_bytes_new_static (get_request, strlen (get_request));

  barista_connection_probe_async (glance->connection, bytes, glance->look->cancellable, on_probed,
                                  glance);
}

/* Any TLS record in answer to a handshake tells that the server speaks it, also an alert. */
static gboolean
spoke_tls (BaristaConnection *connection)
{
  g_autoptr (GBytes) tap = barista_connection_get_tap (connection);

  return starts_with (tap, "\x15\x03", 2) || starts_with (tap, "\x16\x03", 2);
}

static void
on_secured (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Glance *glance = user_data;
  gboolean secured = barista_connection_start_tls_finish (glance->connection, result, NULL);

  if (glance->kind == BARISTA_LOOK_FOR_HTTPS && secured)
    glance_probe (glance);
  else if (glance->kind == BARISTA_LOOK_FOR_TLS && (secured || spoke_tls (glance->connection)))
    glance_end (glance, BARISTA_LOOK_TLS);
  else
    glance_end (glance, BARISTA_LOOK_OPEN);
}

static void
on_connected (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Glance *glance = user_data;

  if (!barista_connection_connect_finish (glance->connection, result, NULL))
    glance_end (glance, BARISTA_LOOK_NONE);
  else if (glance->kind == BARISTA_LOOK_FOR_HTTPS || glance->kind == BARISTA_LOOK_FOR_TLS)
    barista_connection_start_tls_async (glance->connection, glance->look->ca_file,
                                        glance->look->cancellable, on_secured, glance);
  else
    glance_probe (glance);
}

static gboolean
on_timeout (gpointer user_data)
{
  look_answer (user_data, BARISTA_LOOK_OPEN);
  return G_SOURCE_REMOVE;
}

static void
on_cancelled (GCancellable *cancellable, gpointer user_data)
{
  Look *look = user_data;

  g_cancellable_cancel (look->cancellable);
}

static void
look_start (Look *look, const BaristaAddress *address, BaristaLookKind kinds)
{
  for (guint bit = 0; bit < 5; bit++)
    {
      Glance *glance;

      if ((kinds & (1u << bit)) == 0)
        continue;

      glance = g_new0 (Glance, 1);
      glance->look = g_rc_box_acquire (look);
      glance->connection = barista_connection_new (address);
      glance->kind = 1u << bit;
      look->open++;
      barista_connection_connect_async (glance->connection, look->cancellable, on_connected,
                                        glance);
    }
}

void
barista_look_async (const BaristaAddress *address,
                    const char *ca_file,
                    BaristaLookKind kinds,
                    GCancellable *cancellable,
                    GAsyncReadyCallback callback,
                    gpointer user_data)
{
  Look *look = g_rc_box_new0 (Look);

  look->task = g_task_new (NULL, cancellable, callback, user_data);
  g_task_set_check_cancellable (look->task, FALSE);
  g_task_set_task_data (look->task, g_rc_box_acquire (look), (GDestroyNotify) look_unref);
  look->cancellable = g_cancellable_new ();
  look->ca_file = g_strdup (ca_file);
  look->timeout = g_timeout_source_new (BARISTA_LOOK_MS);
  g_source_set_callback (look->timeout, on_timeout, look, NULL);
  g_source_attach (look->timeout, g_main_context_get_thread_default ());
  look_start (look, address, kinds);
  if (cancellable != NULL)
    look->cancelled_id = g_cancellable_connect (cancellable, G_CALLBACK (on_cancelled), look, NULL);
  look_unref (look);
}

BaristaLook
barista_look_finish (GAsyncResult *result)
{
  gssize seen = g_task_propagate_int (G_TASK (result), NULL);

  return seen >= 0 ? (BaristaLook) seen : BARISTA_LOOK_NONE;
}
