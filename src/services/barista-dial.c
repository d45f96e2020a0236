/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "barista-dial-private.h"

#include "barista-gather.h"

#define SLOW_SIGN_IN_S 5
/* After so much silence the second look is taken beside the wait: a port that waits for something
 * else than we say would cost the whole limit. */
#define SUSPICIOUS_MS 1500

static void next_stage (GTask *task);

Dial *
dial_get (GTask *task)
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

void
dial_drop_connection (Dial *dial)
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
  dial_drop_connection (dial);
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

const BaristaAddress *
dial_get_address (Dial *dial)
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

void
dial_renew_inner (Dial *dial)
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

void
dial_renew_limit (Dial *dial)
{
  guint seconds = dial->stage == BARISTA_STAGE_SASL ? 40 : 10;

  clear_source (&dial->limit);
  dial->limit = add_timer (dial, seconds * 1000, on_limit);
}

void
dial_begin_stage (Dial *dial, BaristaStage stage)
{
  dial->stage = stage;
  dial->began = g_get_monotonic_time ();
  g_clear_pointer (&dial->evidence, barista_evidence_free);
  dial->evidence = barista_evidence_new (BARISTA_SERVICE_KAFKA, stage);
  clear_source (&dial->slow);
  clear_source (&dial->suspicion);
  dial_renew_limit (dial);
  if (stage == BARISTA_STAGE_SASL)
    dial->slow = add_timer (dial, SLOW_SIGN_IN_S * 1000, on_slow);
  if (dial->watch != NULL)
    dial->watch->begun (stage, dial_get_address (dial), dial->watch_data);
}

void
dial_tell_end (Dial *dial)
{
  if (dial->watch != NULL)
    dial->watch->ended (dial->evidence, dial->settled - dial->began, dial->watch_data);
}

static void
finish_dial (GTask *task)
{
  Dial *dial = dial_get (task);

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
  Dial *dial = dial_get (task);

  barista_gather_setup (dial->evidence, dial->setup, dial_get_address (dial));
  add_tried (dial);
  dial_tell_end (dial);

  if (barista_evidence_get_end (dial->evidence) == BARISTA_END_OK && dial->stage < dial->until)
    next_stage (task);
  else
    finish_dial (task);
}

static void
on_looked (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Dial *dial = dial_get (task);

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
  Dial *dial = dial_get (task);
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
  Dial *dial = dial_get (task);

  dial->suspected = dial->stage;
  barista_look_async (dial_get_address (dial), barista_setup_get_ca_file (dial->setup),
                      look_kinds (dial), dial->outer, on_suspected, g_object_ref (task));
  return G_SOURCE_REMOVE;
}

void
dial_settle_stage (GTask *task, const GError *error)
{
  Dial *dial = dial_get (task);
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

  barista_look_async (dial_get_address (dial), barista_setup_get_ca_file (dial->setup), look,
                      dial->outer, on_looked, task);
}

/* Takes over @task's reference. */
static void
next_stage (GTask *task)
{
  Dial *dial = dial_get (task);
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

  dial_renew_inner (dial);
  dial_begin_stage (dial, stage);
  if (look_kinds (dial) != 0)
    dial->suspicion = add_timer (task, SUSPICIOUS_MS, on_suspicion);
  if (stage == BARISTA_STAGE_TLS)
    dial_secure (task);
  else if (stage == BARISTA_STAGE_HELLO)
    dial_greet (task);
  else
    dial_sign_in (task);
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
  GTask *task;
  Dial *dial;

  g_return_if_fail (request->addresses->len > 0);

  task = g_task_new (NULL, cancellable, callback, user_data);
  dial = g_new0 (Dial, 1);
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

  dial_begin_stage (dial, BARISTA_STAGE_NAME);
  dial_connect (task);
}

BaristaConnection *
barista_dial_finish (GAsyncResult *result, BaristaEvidence **failed, GError **error)
{
  GTask *task = G_TASK (result);
  Dial *dial = dial_get (task);
  g_autoptr (GError) local_error = NULL;
  BaristaConnection *connection = g_task_propagate_pointer (task, &local_error);

  if (failed != NULL)
    *failed = connection == NULL && local_error == NULL ? g_steal_pointer (&dial->evidence) : NULL;
  if (local_error != NULL)
    g_propagate_error (error, g_steal_pointer (&local_error));

  return connection;
}
