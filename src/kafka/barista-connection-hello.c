/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "barista-connection-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define HELLO_VERSION 3
#define UNSUPPORTED_VERSION 35
/* Kafka 4 has about 90 APIs. */
#define MAX_API_RANGES 1000

static void send_hello (GTask *task, gint16 version);

static void
keep_ranges (BaristaConnection *self, const BaristaWireView *view)
{
  BaristaWireIter iter;
  BaristaWireView element;

  g_array_set_size (self->api_ranges, 0);
  if (barista_wire_view_get_array (view, "apiKeys", &iter) < 0)
    return;
  while (self->api_ranges->len < MAX_API_RANGES && barista_wire_iter_next (&iter, &element))
    {
      BaristaApiRange range = {
        .api_key = (gint16) barista_wire_view_get_int (&element, "apiKey"),
        .min = (gint16) barista_wire_view_get_int (&element, "minVersion"),
        .max = (gint16) barista_wire_view_get_int (&element, "maxVersion"),
      };

      g_array_append_val (self->api_ranges, range);
    }
}

/* A broker that doesn't know our version says so in version 0 (KIP-511). The code stands in the same
 * place in all versions: behind the correlation id, as this answer's header never has tags. */
static gint16
peek_error_code (GBytes *frame)
{
  gsize length;
  const guint8 *data = g_bytes_get_data (frame, &length);

  return length >= 6 ? (gint16) (data[4] << 8 | data[5]) : 0;
}

static gboolean
read_hello (BaristaConnection *self, GBytes *frame, gint16 version, GError **error)
{
  const BaristaWireLayout *layout = barista_wire_layout (BARISTA_API_API_VERSIONS);
  BaristaWireView view;
  gint32 correlation_id;
  gsize length, body_length;
  const guint8 *body;
  const guint8 *data = g_bytes_get_data (frame, &length);
  gint16 code;

  if (!barista_wire_parse_response (layout, version, data, length, &correlation_id, &body,
                                    &body_length, error)
      || !barista_wire_view_init (&view, layout, BARISTA_WIRE_RESPONSE, version, body, body_length,
                                  error))
    {
      g_prefix_error (error, "ApiVersions %d: ", version);
      return FALSE;
    }
  code = (gint16) barista_wire_view_get_int (&view, "errorCode");
  if (code != 0)
    {
      g_set_error (error, BARISTA_CONNECTION_ERROR, BARISTA_CONNECTION_ERROR_PROTOCOL,
                   _ ("ApiVersions was answered with error %d"), code);
      return FALSE;
    }
  keep_ranges (self, &view);
  return TRUE;
}

static void
on_hello (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  BaristaConnection *self = g_task_get_source_object (task);
  gint16 version = (gint16) GPOINTER_TO_INT (g_task_get_task_data (task));
  g_autoptr (GBytes) frame = NULL;
  GError *error = NULL;

  frame = barista_calls_send_finish (BARISTA_CALLS (source), result, &error);
  if (frame != NULL && version > 0 && peek_error_code (frame) == UNSUPPORTED_VERSION)
    {
      send_hello (task, 0);
      return;
    }
  if (frame != NULL && read_hello (self, frame, version, &error))
    {
      g_task_return_boolean (task, TRUE);
      return;
    }
  if (error->domain == BARISTA_WIRE_ERROR)
    {
      error->domain = BARISTA_CONNECTION_ERROR;
      error->code = BARISTA_CONNECTION_ERROR_PROTOCOL;
    }
  g_task_return_error (task, error);
}

static void
send_hello (GTask *task, gint16 version)
{
  BaristaConnection *self = g_task_get_source_object (task);
  GError *error = NULL;
  BaristaCalls *calls = barista_connection_ensure_calls (self, &error);
  BaristaWireWriter *request;

  if (calls == NULL)
    {
      g_task_return_error (task, error);
      return;
    }
  g_task_set_task_data (task, GINT_TO_POINTER (version), NULL);
  request = barista_connection_request_version (self, BARISTA_API_API_VERSIONS, version);
  barista_wire_put_string (request, "clientSoftwareName", "barista");
  barista_wire_put_string (request, "clientSoftwareVersion", VERSION);
  barista_calls_send_async (calls, barista_wire_writer_finish (request), BARISTA_CALLS_NONE,
                            g_task_get_cancellable (task), on_hello, g_object_ref (task));
}

/**
 * barista_connection_hello_async:
 *
 * Asks which requests the peer answers (ApiVersions 3; 0 where it says that it doesn't know 3) and
 * keeps its table for barista_connection_pick_version(). Goes before any other call.
 *
 * Errors: %BARISTA_CONNECTION_ERROR_CLOSED, %BARISTA_CONNECTION_ERROR_PROTOCOL, %G_TLS_ERROR,
 * %G_IO_ERROR.
 */
void
barista_connection_hello_async (BaristaConnection *self,
                                GCancellable *cancellable,
                                GAsyncReadyCallback callback,
                                gpointer user_data)
{
  g_autoptr (GTask) task = NULL;

  g_return_if_fail (BARISTA_IS_CONNECTION (self));

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, barista_connection_hello_async);
  send_hello (task, HELLO_VERSION);
}

gboolean
barista_connection_hello_finish (BaristaConnection *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

/**
 * barista_connection_pick_version:
 * @min: (out) (optional): the peer's lowest; -1: it has none
 * @max: (out) (optional): the peer's highest; -1: it has none
 *
 * Returns: the highest version that both have; -1: none
 */
gint16
barista_connection_pick_version (BaristaConnection *self, BaristaApi api, gint16 *min, gint16 *max)
{
  const BaristaWireLayout *layout = barista_wire_layout (api);
  BaristaApiRange peer = { .min = -1, .max = -1 };
  gint16 version;

  g_return_val_if_fail (BARISTA_IS_CONNECTION (self), -1);

  for (guint i = 0; i < self->api_ranges->len && peer.max < 0; i++)
    {
      const BaristaApiRange *range = &g_array_index (self->api_ranges, BaristaApiRange, i);

      if (range->api_key == (gint16) api)
        peer = *range;
    }
  if (min != NULL)
    *min = peer.min;
  if (max != NULL)
    *max = peer.max;
  if (layout == NULL || peer.max < 0)
    return -1;

  version = MIN (peer.max, layout->max_version);
  return version >= MAX (peer.min, layout->min_version) ? version : -1;
}

/**
 * barista_connection_get_api_ranges:
 * @n: (out): number of lines
 *
 * Returns: (array length=n) (transfer none): the peer's table, in its own order
 */
const BaristaApiRange *
barista_connection_get_api_ranges (BaristaConnection *self, guint *n)
{
  g_return_val_if_fail (BARISTA_IS_CONNECTION (self), NULL);

  *n = self->api_ranges->len;
  return (const BaristaApiRange *) (void *) self->api_ranges->data;
}
