/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "barista-dial.h"

#include "barista-gather.h"
#include "barista-look.h"

#define SLOW_SIGN_IN_S 5
/* After so much silence the second look is taken beside the wait: a port that waits for something
 * else than we say would cost the whole limit. */
#define SUSPICIOUS_MS 1500

typedef struct
{
  BaristaSetup *setup;
  BaristaSecret *password;
  GPtrArray *addresses;
  guint index; /* of the address under way */
  BaristaStage until;
  const BaristaDialWatch *watch;
  gpointer watch_data;

  GCancellable *outer; /* the caller's; nullable */
  gulong outer_id;
  GCancellable *deadline; /* nullable */
  gulong deadline_id;
  GCancellable *inner; /* of the operation under way */
  gboolean expired;    /* @inner was cancelled because time was up */

  BaristaConnection *connection;
  gulong resolved_id;
  GPtrArray *tried; /* what became of the servers before this one, as lines */

  BaristaStage stage;
  BaristaEvidence *evidence; /* of the stage under way */
  gint64 began, settled;     /* monotonic, microseconds */
  GSource *limit, *slow, *suspicion;
  BaristaStage suspected; /* the stage that an early look is for */
  BaristaLook seen;       /* what it told; NONE: nothing yet */
} Dial;

static void next_stage (GTask *task);

static Dial *
get_dial (GTask *task)
{
  return g_task_get_task_data (task);
}

static void
clear_source (GSource **source)
{
  if (*source == NULL)
    return;

  g_source_destroy (*source);
  g_clear_pointer (source, g_source_unref);
}

static void
drop_connection (Dial *dial)
{
  if (dial->connection == NULL)
    return;

  g_clear_signal_handler (&dial->resolved_id, dial->connection);
  g_clear_object (&dial->connection);
}

static void
dial_free (gpointer data)
{
  Dial *dial = data;

  clear_source (&dial->limit);
  clear_source (&dial->slow);
  clear_source (&dial->suspicion);
  drop_connection (dial);
  g_clear_pointer (&dial->evidence, barista_evidence_free);
  g_clear_pointer (&dial->tried, g_ptr_array_unref);
  g_clear_pointer (&dial->addresses, g_ptr_array_unref);
  g_clear_object (&dial->setup);
  g_clear_object (&dial->password);
  g_clear_object (&dial->outer);
  g_clear_object (&dial->deadline);
  g_clear_object (&dial->inner);
  g_free (dial);
}

static const BaristaAddress *
get_address (Dial *dial)
{
  return g_ptr_array_index (dial->addresses, dial->index);
}

static void
on_outer_cancelled (GCancellable *cancellable, gpointer user_data)
{
  Dial *dial = user_data;

  g_cancellable_cancel (dial->inner);
}

static void
on_deadline (GCancellable *cancellable, gpointer user_data)
{
  Dial *dial = user_data;

  dial->expired = TRUE;
  g_cancellable_cancel (dial->inner);
}

static gboolean
on_limit (gpointer user_data)
{
  on_deadline (NULL, user_data);
  return G_SOURCE_REMOVE;
}

static gboolean
on_slow (gpointer user_data)
{
  Dial *dial = user_data;

  if (dial->watch != NULL)
    dial->watch->state ("sign-in-slow", dial->watch_data);
  return G_SOURCE_REMOVE;
}

static GSource *
add_timer (gpointer data, guint milliseconds, GSourceFunc callback)
{
  GSource *source = g_timeout_source_new (milliseconds);

  g_source_set_callback (source, callback, data, NULL);
  g_source_attach (source, g_main_context_get_thread_default ());

  return source;
}

/* A fresh inner cancellable for the next operation: one that is used up stays cancelled. */
static void
renew_inner (Dial *dial)
{
  g_clear_object (&dial->inner);
  dial->inner = g_cancellable_new ();
  dial->expired = dial->deadline != NULL && g_cancellable_is_cancelled (dial->deadline);
  if (dial->expired || (dial->outer != NULL && g_cancellable_is_cancelled (dial->outer)))
    g_cancellable_cancel (dial->inner);
}

static void
disconnect_cancellables (Dial *dial)
{
  g_cancellable_disconnect (dial->outer, dial->outer_id);
  g_cancellable_disconnect (dial->deadline, dial->deadline_id);
  dial->outer_id = dial->deadline_id = 0;
}

static void
begin_stage (Dial *dial, BaristaStage stage)
{
  guint limit = stage == BARISTA_STAGE_SASL ? 40 : 10;

  dial->stage = stage;
  dial->began = g_get_monotonic_time ();
  g_clear_pointer (&dial->evidence, barista_evidence_free);
  dial->evidence = barista_evidence_new (BARISTA_SERVICE_KAFKA, stage);
  clear_source (&dial->limit);
  clear_source (&dial->slow);
  clear_source (&dial->suspicion);
  dial->limit = add_timer (dial, limit * 1000, on_limit);
  if (stage == BARISTA_STAGE_SASL)
    dial->slow = add_timer (dial, SLOW_SIGN_IN_S * 1000, on_slow);
  if (dial->watch != NULL)
    dial->watch->begun (stage, get_address (dial), dial->watch_data);
}

static void
tell_end (Dial *dial)
{
  if (dial->watch != NULL)
    dial->watch->ended (dial->evidence, dial->settled - dial->began, dial->watch_data);
}

static void
finish_dial (GTask *task)
{
  Dial *dial = get_dial (task);

  clear_source (&dial->limit);
  clear_source (&dial->slow);
  clear_source (&dial->suspicion);
  disconnect_cancellables (dial);
  if (dial->connection != NULL)
    g_clear_signal_handler (&dial->resolved_id, dial->connection);

  if (dial->outer != NULL && g_cancellable_is_cancelled (dial->outer))
    g_task_return_new_error_literal (task, G_IO_ERROR, G_IO_ERROR_CANCELLED, "Stopped");
  else if (barista_evidence_get_end (dial->evidence) == BARISTA_END_OK)
    g_task_return_pointer (task, g_object_ref (dial->connection), g_object_unref);
  else
    g_task_return_pointer (task, NULL, NULL);
  g_object_unref (task);
}

static void
add_tried (Dial *dial)
{
  for (guint i = 0; i < dial->tried->len; i++)
    barista_evidence_add_text (dial->evidence, BARISTA_FACT_OTHER_SERVERS,
                               g_ptr_array_index (dial->tried, i));
}

static void
close_stage (GTask *task)
{
  Dial *dial = get_dial (task);

  barista_gather_setup (dial->evidence, dial->setup, get_address (dial));
  add_tried (dial);
  tell_end (dial);

  if (barista_evidence_get_end (dial->evidence) == BARISTA_END_OK && dial->stage < dial->until)
    next_stage (task);
  else
    finish_dial (task);
}

static void
on_looked (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Dial *dial = get_dial (task);

  barista_evidence_set_look (dial->evidence, barista_look_finish (result));
  close_stage (g_steal_pointer (&task));
}

/* Connections that could tell what a quiet server waits for. */
static BaristaLookKind
look_kinds (Dial *dial)
{
  gboolean tls = barista_setup_get_uses_tls (dial->setup);

  if (dial->stage == BARISTA_STAGE_TLS)
    return BARISTA_LOOK_FOR_KAFKA | BARISTA_LOOK_FOR_HTTP;
  if (dial->stage == BARISTA_STAGE_HELLO)
    return tls ? BARISTA_LOOK_FOR_HTTPS : BARISTA_LOOK_FOR_TLS | BARISTA_LOOK_FOR_HTTP;

  return 0;
}

/* Which connections could tell apart what this end has in common with other causes; 0 = none. */
static BaristaLookKind
choose_look (Dial *dial)
{
  BaristaEnd end = barista_evidence_get_end (dial->evidence);
  gboolean quiet = !barista_evidence_has (dial->evidence, BARISTA_FACT_FIRST_BYTES);

  if (barista_evidence_get_flag (dial->evidence, BARISTA_FACT_TLS_CERTIFICATE_REQUESTED))
    return 0;
  if (dial->stage == BARISTA_STAGE_TLS && !quiet)
    return 0;
  if (end == BARISTA_END_CLOSED || end == BARISTA_END_SILENT
      || (end == BARISTA_END_TLS && dial->stage == BARISTA_STAGE_TLS))
    return look_kinds (dial) != 0 ? BARISTA_LOOK_AT_SILENCE | look_kinds (dial) : 0;

  return 0;
}

/* An early look counts only while its stage still waits, and for what no server that is merely slow
 * could answer: to a handshake that goes on, TLS is no news. */
static void
on_suspected (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Dial *dial = get_dial (task);
  BaristaLook seen = barista_look_finish (result);
  gboolean tells = seen == BARISTA_LOOK_HTTP
                   || (seen == BARISTA_LOOK_KAFKA && dial->suspected == BARISTA_STAGE_TLS)
                   || (seen == BARISTA_LOOK_TLS && dial->suspected == BARISTA_STAGE_HELLO);

  if (!tells || dial->limit == NULL || dial->stage != dial->suspected)
    return;

  dial->seen = seen;
  dial->expired = TRUE;
  g_cancellable_cancel (dial->inner);
}

static gboolean
on_suspicion (gpointer user_data)
{
  GTask *task = user_data;
  Dial *dial = get_dial (task);

  dial->suspected = dial->stage;
  barista_look_async (get_address (dial), barista_setup_get_ca_file (dial->setup),
                      look_kinds (dial), dial->outer, on_suspected, g_object_ref (task));
  return G_SOURCE_REMOVE;
}

/* Ends the stage as @error has it; @error NULL is success. Takes over @task's reference. */
static void
settle_stage (GTask *task, const GError *error)
{
  Dial *dial = get_dial (task);
  BaristaEnd end = dial->expired ? BARISTA_END_SILENT : barista_gather_end (error);
  BaristaLookKind look;

  dial->settled = g_get_monotonic_time ();
  clear_source (&dial->limit);
  clear_source (&dial->slow);
  clear_source (&dial->suspicion);
  if (dial->outer != NULL && g_cancellable_is_cancelled (dial->outer))
    {
      finish_dial (task);
      return;
    }

  /* A refusal's own code was gathered already and says more than the error's. */
  if (barista_evidence_get_end (dial->evidence) == BARISTA_END_OK)
    barista_evidence_set_end (dial->evidence, end);
  if (end != BARISTA_END_OK)
    barista_evidence_set_int (dial->evidence, BARISTA_FACT_WAITED_S,
                              (dial->settled - dial->began + G_USEC_PER_SEC / 2) / G_USEC_PER_SEC);
  if (end != BARISTA_END_SILENT)
    barista_evidence_set_error (dial->evidence, error);

  if (dial->seen != BARISTA_LOOK_NONE)
    barista_evidence_set_look (dial->evidence, dial->seen);
  look = end != BARISTA_END_OK && dial->seen == BARISTA_LOOK_NONE ? choose_look (dial) : 0;
  if (look == 0)
    {
      close_stage (task);
      return;
    }

  barista_look_async (get_address (dial), barista_setup_get_ca_file (dial->setup), look,
                      dial->outer, on_looked, task);
}

static void
on_signed_in (GObject *source, GAsyncResult *result, gpointer user_data)
{
  GTask *task = user_data;
  Dial *dial = get_dial (task);
  g_autoptr (GError) error = NULL;

  barista_connection_sign_in_finish (dial->connection, result, &error);
  barista_gather_sasl (dial->evidence, barista_connection_get_sasl_result (dial->connection));
  if (error != NULL)
    {
      const BaristaTlsTrace *trace = barista_connection_get_tls_trace (dial->connection);

      if (trace->certificate_requested)
        barista_evidence_set_flag (dial->evidence, BARISTA_FACT_TLS_CERTIFICATE_REQUESTED, TRUE);
    }
  settle_stage (task, error);
}

static void
sign_in (GTask *task)
{
  Dial *dial = get_dial (task);

  barista_connection_sign_in_async (
      dial->connection, barista_mechanism_to_string (barista_setup_get_mechanism (dial->setup)),
      barista_setup_get_username (dial->setup), dial->password, dial->inner, on_signed_in, task);
}

static void
add_api_ranges (Dial *dial)
{
  guint n;
  const BaristaApiRange *ranges = barista_connection_get_api_ranges (dial->connection, &n);

  for (guint i = 0; i < n; i++)
    {
      g_autofree char *line = g_strdup_printf ("%s %d-%d",
                                               barista_api_to_string (ranges[i].api_key),
                                               ranges[i].min, ranges[i].max);

      barista_evidence_add_text (dial->evidence, BARISTA_FACT_API_VERSIONS, line);
    }
}

static void
on_greeted (GObject *source, GAsyncResult *result, gpointer user_data)
{
  GTask *task = user_data;
  Dial *dial = get_dial (task);
  g_autoptr (GError) error = NULL;
  const BaristaTlsTrace *trace = barista_connection_get_tls_trace (dial->connection);

  if (barista_connection_hello_finish (dial->connection, result, &error))
    add_api_ranges (dial);
  else
    {
      barista_gather_bytes (dial->evidence, dial->connection);
      if (trace->certificate_requested)
        barista_evidence_set_flag (dial->evidence, BARISTA_FACT_TLS_CERTIFICATE_REQUESTED, TRUE);
      barista_evidence_set_text (dial->evidence, BARISTA_FACT_API, "ApiVersions");
    }
  settle_stage (task, error);
}

static void
on_secured (GObject *source, GAsyncResult *result, gpointer user_data)
{
  GTask *task = user_data;
  Dial *dial = get_dial (task);
  const BaristaTlsTrace *trace;
  g_autoptr (GError) error = NULL;

  barista_connection_start_tls_finish (dial->connection, result, &error);
  trace = barista_connection_get_tls_trace (dial->connection);
  barista_gather_tls (dial->evidence, trace->peer, trace->flags, trace->version,
                      trace->certificate_requested);
  barista_evidence_set_text (dial->evidence, BARISTA_FACT_CA_FILE,
                             barista_setup_get_ca_file (dial->setup));
  if (error != NULL)
    barista_gather_bytes (dial->evidence, dial->connection);
  /* GIO would go on with a server that knows nothing newer (`platform.md` 3). */
  else if (trace->version != G_TLS_PROTOCOL_VERSION_TLS_1_2
           && trace->version != G_TLS_PROTOCOL_VERSION_TLS_1_3)
    barista_evidence_set_end (dial->evidence, BARISTA_END_NO_VERSION);
  settle_stage (task, error);
}

static void connect_server (GTask *task);

static void
on_connected (GObject *source, GAsyncResult *result, gpointer user_data)
{
  GTask *task = user_data;
  Dial *dial = get_dial (task);
  g_autoptr (GError) error = NULL;
  gboolean stopped = dial->outer != NULL && g_cancellable_is_cancelled (dial->outer);
  gboolean out_of_time = dial->deadline != NULL && g_cancellable_is_cancelled (dial->deadline);

  if (barista_connection_connect_finish (dial->connection, result, &error))
    {
      barista_gather_attempts (dial->evidence, dial->connection);
      settle_stage (task, NULL);
      return;
    }

  if (dial->index + 1 < dial->addresses->len && !stopped && !out_of_time)
    {
      g_autofree char *address = barista_address_to_string (get_address (dial));

      g_ptr_array_add (dial->tried, g_strdup_printf ("%s: %s", address, error->message));
      dial->index++;
      connect_server (task);
      return;
    }

  barista_gather_attempts (dial->evidence, dial->connection);
  barista_gather_network (dial->evidence);
  settle_stage (task, error);
}

static void
on_resolved (BaristaConnection *connection, GTask *task)
{
  Dial *dial = get_dial (task);

  if (dial->stage != BARISTA_STAGE_NAME)
    return;

  dial->settled = g_get_monotonic_time ();
  barista_gather_setup (dial->evidence, dial->setup, get_address (dial));
  barista_evidence_set_end (dial->evidence, BARISTA_END_OK);
  tell_end (dial);
  begin_stage (dial, BARISTA_STAGE_TCP);
}

/* Name and TCP are one operation of the connection; a further server starts in the stage where the
 * one before it failed, with the whole time of that stage. */
static void
connect_server (GTask *task)
{
  Dial *dial = get_dial (task);

  clear_source (&dial->limit);
  dial->limit = add_timer (dial, 10 * 1000, on_limit);
  drop_connection (dial);
  renew_inner (dial);
  dial->connection = barista_connection_new (get_address (dial));
  dial->resolved_id = g_signal_connect (dial->connection, "resolved", G_CALLBACK (on_resolved),
                                        task);
  barista_connection_connect_async (dial->connection, dial->inner, on_connected, task);
}

static void
secure (GTask *task)
{
  Dial *dial = get_dial (task);

  barista_connection_start_tls_async (dial->connection, barista_setup_get_ca_file (dial->setup),
                                      dial->inner, on_secured, task);
}

static void
greet (GTask *task)
{
  Dial *dial = get_dial (task);

  barista_connection_hello_async (dial->connection, dial->inner, on_greeted, task);
}

/* Takes over @task's reference. */
static void
next_stage (GTask *task)
{
  Dial *dial = get_dial (task);
  BaristaStage stage = dial->stage + 1;

  if (stage == BARISTA_STAGE_TLS && !barista_setup_get_uses_tls (dial->setup))
    stage = BARISTA_STAGE_HELLO;
  if (stage == BARISTA_STAGE_SASL && !barista_setup_get_uses_sasl (dial->setup))
    stage = BARISTA_STAGE_METADATA;
  if (stage > dial->until)
    {
      finish_dial (task);
      return;
    }

  renew_inner (dial);
  begin_stage (dial, stage);
  if (look_kinds (dial) != 0)
    dial->suspicion = add_timer (task, SUSPICIOUS_MS, on_suspicion);
  if (stage == BARISTA_STAGE_TLS)
    secure (task);
  else if (stage == BARISTA_STAGE_HELLO)
    greet (task);
  else
    sign_in (task);
}

static void
connect_cancellables (Dial *dial)
{
  if (dial->outer != NULL)
    dial->outer_id = g_cancellable_connect (dial->outer, G_CALLBACK (on_outer_cancelled), dial,
                                            NULL);
  if (dial->deadline != NULL)
    dial->deadline_id = g_cancellable_connect (dial->deadline, G_CALLBACK (on_deadline), dial,
                                               NULL);
}

void
barista_dial_async (const BaristaDialRequest *request,
                    GCancellable *cancellable,
                    GAsyncReadyCallback callback,
                    gpointer user_data)
{
  GTask *task = g_task_new (NULL, cancellable, callback, user_data);
  Dial *dial = g_new0 (Dial, 1);

  g_return_if_fail (request->addresses->len > 0);

  g_task_set_check_cancellable (task, FALSE);
  g_task_set_task_data (task, dial, dial_free);
  dial->setup = g_object_ref (request->setup);
  g_set_object (&dial->password, request->password);
  dial->addresses = g_ptr_array_ref (request->addresses);
  dial->until = request->until;
  dial->watch = request->watch;
  dial->watch_data = request->watch_data;
  g_set_object (&dial->outer, cancellable);
  g_set_object (&dial->deadline, request->deadline);
  dial->inner = g_cancellable_new ();
  dial->tried = g_ptr_array_new_with_free_func (g_free);
  connect_cancellables (dial);

  begin_stage (dial, BARISTA_STAGE_NAME);
  connect_server (task);
}

BaristaConnection *
barista_dial_finish (GAsyncResult *result, BaristaEvidence **failed, GError **error)
{
  GTask *task = G_TASK (result);
  Dial *dial = get_dial (task);
  g_autoptr (GError) local_error = NULL;
  BaristaConnection *connection = g_task_propagate_pointer (task, &local_error);

  if (failed != NULL)
    *failed = connection == NULL && local_error == NULL ? g_steal_pointer (&dial->evidence) : NULL;
  if (local_error != NULL)
    g_propagate_error (error, g_steal_pointer (&local_error));

  return connection;
}
