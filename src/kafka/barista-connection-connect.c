/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "barista-cancel-pair.h"
#include "barista-connection-private.h"
#include "barista-trust.h"
#include <netinet/in.h>
#include <netinet/tcp.h>

/* Happy Eyeballs (RFC 8305). GSocketClient has it built in, but says only how the last address
 * failed. So GNetworkAddress resolves and sorts, each address has a GSocketClient attempt of its
 * own, and the race between them is run here: that leaves one error an address. */

#define HEAD_START_MS 250 /* RFC 8305, section 5 */

typedef struct
{
  BaristaConnectionAttempt public; /* first: what the getter's array shows */
  gint64 begun;
  gboolean over;
} Attempt;

/* Owned by the GTask; each callback under way holds a reference to that. */
typedef struct
{
  GSocketAddressEnumerator *enumerator;
  GSocketClient *client;
  BaristaCancelPair *cancel;
  GSource *head_start;
  GSource *cancelled;
  gint64 begun;
  guint under_way;
  gboolean listing; /* the next address has been asked for */
  gboolean listed;  /* there is none left */
  gboolean over;
} Race;

/* An attempt's callback needs both. */
typedef struct
{
  GTask *task;
  Attempt *attempt;
} Runner;

static void next_address (GTask *task);

static void
attempt_free (gpointer data)
{
  Attempt *attempt = data;

  g_clear_error (&attempt->public.error);
  g_free (attempt->public.address);
  g_free (attempt);
}

static void
clear_source (GSource **source)
{
  if (*source != NULL)
    g_source_destroy (*source);
  g_clear_pointer (source, g_source_unref);
}

static void
race_free (gpointer data)
{
  Race *race = data;

  clear_source (&race->head_start);
  clear_source (&race->cancelled);
  g_clear_pointer (&race->cancel, barista_cancel_pair_free);
  g_clear_object (&race->enumerator);
  g_clear_object (&race->client);
  g_free (race);
}

static void
attempt_end (Attempt *attempt, GError *error)
{
  attempt->over = TRUE;
  attempt->public.duration = g_get_monotonic_time () - attempt->begun;
  g_clear_error (&attempt->public.error);
  attempt->public.error = error;
}

/* Stops what still runs; to be called once, before the task returns. */
static void
race_end (GTask *task)
{
  BaristaConnection *self = g_task_get_source_object (task);
  Race *race = g_task_get_task_data (task);

  race->over = TRUE;
  if (self->resolved)
    self->times.tcp = g_get_monotonic_time () - race->begun - self->times.name;
  else
    self->times.name = g_get_monotonic_time () - race->begun;
  clear_source (&race->head_start);
  clear_source (&race->cancelled);
  for (guint i = 0; i < self->attempts->len; i++)
    {
      Attempt *attempt = g_ptr_array_index (self->attempts, i);

      if (!attempt->over)
        attempt_end (attempt, g_error_copy (attempt->public.error));
    }
  g_cancellable_cancel (race->cancel->cancellable);
}

/* Takes @error. */
static void
race_lose (GTask *task, GError *error)
{
  g_autoptr (GTask) hold = g_object_ref (task);
  BaristaConnection *self = g_task_get_source_object (task);

  race_end (task);
  if (!self->closed)
    {
      g_task_return_error (task, error);
      return;
    }
  g_error_free (error);
  g_task_return_new_error (task, BARISTA_CONNECTION_ERROR, BARISTA_CONNECTION_ERROR_CLOSED,
                           "Closed");
}

static void
race_win (GTask *task, GSocketConnection *connection)
{
  g_autoptr (GTask) hold = g_object_ref (task);
  BaristaConnection *self = g_task_get_source_object (task);
  GIOStream *stream = G_IO_STREAM (connection);

  race_end (task);
  /* Requests are small and answers are waited for. */
  g_socket_set_option (g_socket_connection_get_socket (connection), IPPROTO_TCP, TCP_NODELAY, TRUE,
                       NULL);
  self->socket = g_object_ref (connection);
  self->tap = barista_tap_stream_new (g_io_stream_get_input_stream (stream), BARISTA_TAP_BYTES);
  self->stream = g_simple_io_stream_new (G_INPUT_STREAM (self->tap),
                                         g_io_stream_get_output_stream (stream));
  g_task_return_boolean (task, TRUE);
}

/* Of several failures the one that got furthest tells most. */
static guint
how_far (const GError *error)
{
  static const GIOErrorEnum farthest_first[] = {
    G_IO_ERROR_CONNECTION_REFUSED,
    G_IO_ERROR_TIMED_OUT,
    G_IO_ERROR_HOST_UNREACHABLE,
    G_IO_ERROR_NETWORK_UNREACHABLE,
  };

  for (guint i = 0; i < G_N_ELEMENTS (farthest_first); i++)
    if (g_error_matches (error, G_IO_ERROR, (int) farthest_first[i]))
      return G_N_ELEMENTS (farthest_first) - i;
  return 0;
}

static GError *
most_telling (GPtrArray *attempts)
{
  const GError *best = NULL;

  for (guint i = 0; i < attempts->len; i++)
    {
      const Attempt *attempt = g_ptr_array_index (attempts, i);

      if (best == NULL || how_far (attempt->public.error) > how_far (best))
        best = attempt->public.error;
    }
  if (best == NULL)
    return g_error_new_literal (G_RESOLVER_ERROR, G_RESOLVER_ERROR_NOT_FOUND, "No address");
  return g_error_copy (best);
}

static void
go_on (GTask *task)
{
  BaristaConnection *self = g_task_get_source_object (task);
  Race *race = g_task_get_task_data (task);

  if (!race->listed)
    next_address (task);
  else if (race->under_way == 0)
    race_lose (task, most_telling (self->attempts));
}

static void
on_attempt (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autofree Runner *runner = data;
  g_autoptr (GTask) task = runner->task;
  Race *race = g_task_get_task_data (task);
  GError *error = NULL;
  g_autoptr (GSocketConnection) connection = NULL;

  connection = g_socket_client_connect_finish (G_SOCKET_CLIENT (source), result, &error);
  if (race->over)
    {
      g_clear_error (&error);
      return;
    }

  race->under_way--;
  attempt_end (runner->attempt, error);
  if (connection != NULL)
    race_win (task, connection);
  else
    go_on (task);
}

static char *
address_to_string (GSocketAddress *address)
{
  return g_socket_connectable_to_string (G_SOCKET_CONNECTABLE (address));
}

static gboolean
on_head_start_over (gpointer task)
{
  Race *race = g_task_get_task_data (task);

  clear_source (&race->head_start);
  if (!race->listed)
    next_address (task);
  return G_SOURCE_REMOVE;
}

static void
begin_attempt (GTask *task, GSocketAddress *address)
{
  BaristaConnection *self = g_task_get_source_object (task);
  Race *race = g_task_get_task_data (task);
  Attempt *attempt = g_new0 (Attempt, 1);
  Runner *runner = g_new0 (Runner, 1);

  attempt->public.address = address_to_string (address);
  attempt->public.family = g_socket_address_get_family (address);
  /* Stands until the attempt's own end takes its place. */
  attempt->public.error = g_error_new_literal (G_IO_ERROR, G_IO_ERROR_CANCELLED, "No answer yet");
  attempt->begun = g_get_monotonic_time ();
  g_ptr_array_add (self->attempts, attempt);

  runner->task = g_object_ref (task);
  runner->attempt = attempt;
  race->under_way++;
  g_socket_client_connect_async (race->client, G_SOCKET_CONNECTABLE (address),
                                 race->cancel->cancellable, on_attempt, runner);

  clear_source (&race->head_start);
  race->head_start = g_timeout_source_new (HEAD_START_MS);
  g_task_attach_source (task, race->head_start, on_head_start_over);
}

static void
on_address (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  BaristaConnection *self = g_task_get_source_object (task);
  Race *race = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;
  g_autoptr (GSocketAddress) address = NULL;

  address = g_socket_address_enumerator_next_finish (G_SOCKET_ADDRESS_ENUMERATOR (source), result,
                                                     &error);
  race->listing = FALSE;
  if (race->over)
    return;

  if (address == NULL)
    {
      race->listed = TRUE;
      if (!self->resolved && error != NULL)
        race_lose (task, g_steal_pointer (&error));
      else
        go_on (task);
      return;
    }

  if (!self->resolved)
    {
      self->times.name = g_get_monotonic_time () - race->begun;
      barista_connection_mark_resolved (self);
      if (race->over) /* closed by a handler of the signal */
        return;
    }
  begin_attempt (task, address);
}

static void
next_address (GTask *task)
{
  Race *race = g_task_get_task_data (task);

  if (race->listing)
    return;
  race->listing = TRUE;
  g_socket_address_enumerator_next_async (race->enumerator, race->cancel->cancellable, on_address,
                                          g_object_ref (task));
}

/* A resolver's thread may take longer to notice than the caller wants to wait. */
static gboolean
on_cancelled (GCancellable *cancellable, gpointer task)
{
  Race *race = g_task_get_task_data (task);

  if (!race->over)
    race_lose (task, g_error_new_literal (G_IO_ERROR, G_IO_ERROR_CANCELLED, "Cancelled"));
  return G_SOURCE_REMOVE;
}

static Race *
race_new (BaristaConnection *self, GCancellable *cancellable)
{
  Race *race = g_new0 (Race, 1);
  g_autoptr (GSocketConnectable) host = NULL;

  host = g_network_address_new (self->address.host, self->address.port);
  race->enumerator = g_socket_connectable_enumerate (host);
  race->client = g_socket_client_new ();
  /* Kafka can't go through an HTTP proxy, and asking for one costs a look-up. */
  g_socket_client_set_enable_proxy (race->client, FALSE);
  race->cancel = barista_cancel_pair_new (cancellable, self->closing);
  race->cancelled = g_cancellable_source_new (race->cancel->cancellable);
  race->begun = g_get_monotonic_time ();
  return race;
}

/**
 * barista_connection_connect_async:
 *
 * Looks the name up and connects: the first address that answers wins. To be called once.
 *
 * Errors: %G_RESOLVER_ERROR; %G_IO_ERROR, of the attempt that got furthest (all of them are in
 * barista_connection_get_attempts()).
 */
void
barista_connection_connect_async (BaristaConnection *self,
                                  GCancellable *cancellable,
                                  GAsyncReadyCallback callback,
                                  gpointer user_data)
{
  g_autoptr (GTask) task = NULL;
  Race *race;

  g_return_if_fail (BARISTA_IS_CONNECTION (self));
  g_return_if_fail (self->socket == NULL && self->attempts->len == 0);

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, barista_connection_connect_async);
  race = race_new (self, cancellable);
  g_task_set_task_data (task, race, race_free);
  g_task_attach_source (task, race->cancelled, G_SOURCE_FUNC (on_cancelled));
  /* By the time TLS begins the store is read. */
  barista_trust_warm_up ();
  next_address (task);
}

gboolean
barista_connection_connect_finish (BaristaConnection *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

GPtrArray *
barista_connection_attempts_new (void)
{
  return g_ptr_array_new_with_free_func (attempt_free);
}
