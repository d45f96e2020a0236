/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "barista-dial-private.h"

#include "barista-gather.h"

/* What each stage of a dial does, and the evidence that it leaves. */

static void
on_signed_in (GObject *source, GAsyncResult *result, gpointer user_data)
{
  GTask *task = user_data;
  Dial *dial = dial_get (task);
  g_autoptr (GError) error = NULL;

  barista_connection_sign_in_finish (dial->connection, result, &error);
  barista_gather_sasl (dial->evidence, barista_connection_get_sasl_result (dial->connection));
  if (error != NULL)
    {
      const BaristaTlsTrace *trace = barista_connection_get_tls_trace (dial->connection);

      if (trace->certificate_requested)
        barista_evidence_set_flag (dial->evidence, BARISTA_FACT_TLS_CERTIFICATE_REQUESTED, TRUE);
    }
  dial_settle_stage (task, error);
}

void
dial_sign_in (GTask *task)
{
  Dial *dial = dial_get (task);

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
  Dial *dial = dial_get (task);
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
  dial_settle_stage (task, error);
}

static void
on_secured (GObject *source, GAsyncResult *result, gpointer user_data)
{
  GTask *task = user_data;
  Dial *dial = dial_get (task);
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
  dial_settle_stage (task, error);
}

static void
on_connected (GObject *source, GAsyncResult *result, gpointer user_data)
{
  GTask *task = user_data;
  Dial *dial = dial_get (task);
  g_autoptr (GError) error = NULL;
  gboolean stopped = dial->outer != NULL && g_cancellable_is_cancelled (dial->outer);
  gboolean out_of_time = dial->deadline != NULL && g_cancellable_is_cancelled (dial->deadline);

  if (barista_connection_connect_finish (dial->connection, result, &error))
    {
      barista_gather_attempts (dial->evidence, dial->connection);
      dial_settle_stage (task, NULL);
      return;
    }

  if (dial->index + 1 < dial->addresses->len && !stopped && !out_of_time)
    {
      g_autofree char *address = barista_address_to_string (dial_get_address (dial));

      g_ptr_array_add (dial->tried, g_strdup_printf ("%s: %s", address, error->message));
      dial->index++;
      dial_connect (task);
      return;
    }

  barista_gather_attempts (dial->evidence, dial->connection);
  barista_gather_network (dial->evidence);
  dial_settle_stage (task, error);
}

static void
on_resolved (BaristaConnection *connection, GTask *task)
{
  Dial *dial = dial_get (task);

  if (dial->stage != BARISTA_STAGE_NAME)
    return;

  dial->settled = g_get_monotonic_time ();
  barista_gather_setup (dial->evidence, dial->setup, dial_get_address (dial));
  barista_evidence_set_end (dial->evidence, BARISTA_END_OK);
  dial_tell_end (dial);
  dial_begin_stage (dial, BARISTA_STAGE_TCP);
}

void
dial_connect (GTask *task)
{
  Dial *dial = dial_get (task);

  dial_renew_limit (dial);
  dial_drop_connection (dial);
  dial_renew_inner (dial);
  dial->connection = barista_connection_new (dial_get_address (dial));
  dial->resolved_id = g_signal_connect (dial->connection, "resolved", G_CALLBACK (on_resolved),
                                        task);
  barista_connection_connect_async (dial->connection, dial->inner, on_connected, task);
}

void
dial_secure (GTask *task)
{
  Dial *dial = dial_get (task);

  barista_connection_start_tls_async (dial->connection, barista_setup_get_ca_file (dial->setup),
                                      dial->inner, on_secured, task);
}

void
dial_greet (GTask *task)
{
  Dial *dial = dial_get (task);

  barista_connection_hello_async (dial->connection, dial->inner, on_greeted, task);
}
