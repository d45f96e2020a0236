/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "barista-check-private.h"

#include "barista-dial.h"
#include "barista-names.h"

#include <glib/gi18n-lib.h>

enum
{
  STAGE,
  N_SIGNALS
};
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (BaristaCheck, barista_check, G_TYPE_OBJECT)

static void
probe_free (gpointer data)
{
  BaristaProbe *probe = data;

  g_free (probe->topic);
  g_clear_object (&probe->choice);
  g_clear_pointer (&probe->key, barista_avro_schema_unref);
  g_clear_pointer (&probe->value, barista_avro_schema_unref);
  g_free (probe->key_text);
  g_free (probe->value_text);
  g_clear_pointer (&probe->sample, g_ptr_array_unref);
  g_clear_pointer (&probe->spans, g_array_unref);
  g_clear_pointer (&probe->schemas, g_hash_table_unref);
  g_free (probe);
}

static void
barista_check_finalize (GObject *object)
{
  BaristaCheck *self = BARISTA_CHECK (object);

  g_clear_object (&self->setup);
  g_clear_object (&self->token);
  g_clear_object (&self->registry_token);
  g_free (self->only_topic);
  g_clear_object (&self->report);
  g_clear_pointer (&self->probes, g_ptr_array_unref);
  g_clear_pointer (&self->groups, g_hash_table_unref);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->deadline);
  g_clear_pointer (&self->addresses, g_ptr_array_unref);
  g_clear_object (&self->connection);
  g_clear_pointer (&self->listing, barista_reply_unref);
  g_clear_object (&self->client);
  g_clear_pointer (&self->schemas, g_hash_table_unref);

  G_OBJECT_CLASS (barista_check_parent_class)->finalize (object);
}

static void
barista_check_class_init (BaristaCheckClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = barista_check_finalize;

  /**
   * BaristaCheck::stage:
   * @self: the check
   * @stage: a #BaristaStageReport with its final result, or a running one with a new state
   */
  signals[STAGE] = g_signal_new ("stage", BARISTA_TYPE_CHECK, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                 NULL, G_TYPE_NONE, 1, BARISTA_TYPE_STAGE_REPORT);
}

static void
barista_check_init (BaristaCheck *self)
{
  self->report = barista_report_new ();
  self->probes = g_ptr_array_new_with_free_func (probe_free);
  self->addresses = g_ptr_array_new_with_free_func ((GDestroyNotify) barista_address_free);
  self->cancellable = g_cancellable_new ();
  self->deadline = g_cancellable_new ();
  self->schemas = g_hash_table_new_full (NULL, NULL, NULL,
                                         (GDestroyNotify) barista_avro_schema_unref);
}

/**
 * barista_check_new:
 * @setup: the answers; must not change while the check runs
 * @token: (nullable): for Kafka, and for the registry when it has the same sign-in
 * @registry_token: (nullable): for a registry with its own
 * @options: what to run
 *
 * Returns: (transfer full): a check that has not begun
 */
BaristaCheck *
barista_check_new (BaristaSetup *setup,
                   BaristaSecret *token,
                   BaristaSecret *registry_token,
                   const BaristaCheckOptions *options)
{
  BaristaCheck *self = g_object_new (BARISTA_TYPE_CHECK, NULL);

  self->setup = g_object_ref (setup);
  g_set_object (&self->token, token);
  g_set_object (&self->registry_token, registry_token);
  self->options = *options;
  self->only_topic = g_strdup (options->only_topic);

  return self;
}

BaristaReport *
barista_check_get_report (BaristaCheck *self)
{
  return self->report;
}

GPtrArray *
barista_check_get_probes (BaristaCheck *self)
{
  return self->probes;
}

gboolean
check_is_stopped (BaristaCheck *self)
{
  return g_cancellable_is_cancelled (self->cancellable);
}

const BaristaAddress *
check_get_address (BaristaCheck *self)
{
  if (self->connection != NULL)
    return barista_connection_get_address (self->connection);

  return self->addresses->len > 0 ? g_ptr_array_index (self->addresses, 0) : NULL;
}

void
check_report_stage (BaristaCheck *self, guint position, BaristaStageReport *report)
{
  barista_report_replace (self->report, position, report);
  g_signal_emit (self, signals[STAGE], 0, report);
}

/* --- the lanes --- */

static gboolean
on_round (gpointer check)
{
  return G_SOURCE_REMOVE;
}

/* Whoever called maybe_finish() looks at the check again on its way out, when the last user of it may
 * have gone: it goes when the main loop comes round. */
static void
outlive_callers (BaristaCheck *self, GMainContext *context)
{
  g_autoptr (GSource) source = g_idle_source_new ();

  g_source_set_priority (source, G_PRIORITY_DEFAULT);
  g_source_set_callback (source, on_round, g_object_ref (self), g_object_unref);
  g_source_attach (source, context);
}

static void
maybe_finish (BaristaCheck *self)
{
  g_autoptr (GTask) task = NULL;

  /* One lane's end may lead straight to the other's: the first to find both at their end says so. */
  if (self->kafka == LANE_RUNNING || self->registry == LANE_RUNNING || self->task == NULL)
    return;

  task = g_steal_pointer (&self->task);
  outlive_callers (self, g_task_get_context (task));
  if (self->timeout != NULL)
    {
      g_source_destroy (self->timeout);
      g_clear_pointer (&self->timeout, g_source_unref);
    }
  g_cancellable_disconnect (g_task_get_cancellable (task), self->outer_id);
  if (self->connection != NULL)
    barista_connection_close (self->connection);

  if (check_is_stopped (self))
    g_task_return_new_error_literal (task, G_IO_ERROR, G_IO_ERROR_CANCELLED, "Stopped");
  else
    g_task_return_boolean (task, TRUE);
}

/* What would have come after @last, so that a report always tells of every stage. */
void
check_skip_rest (BaristaCheck *self, BaristaStage last)
{
  static const BaristaStage per_topic[] = { BARISTA_STAGE_TOPIC, BARISTA_STAGE_SAMPLE,
                                            BARISTA_STAGE_GROUP };
  const char *reason = N_ ("an earlier stage failed");

  for (BaristaStage stage = last + 1; stage <= BARISTA_STAGE_METADATA; stage++)
    check_skip (self, BARISTA_SERVICE_KAFKA, stage, NULL, reason);

  for (guint i = 0; i < G_N_ELEMENTS (per_topic); i++)
    {
      if (per_topic[i] > self->options.until)
        continue;
      if (self->probes->len == 0)
        check_skip (self, BARISTA_SERVICE_KAFKA, per_topic[i], NULL, reason);
      for (guint j = 0; j < self->probes->len; j++)
        check_skip (self, BARISTA_SERVICE_KAFKA, per_topic[i],
                    ((BaristaProbe *) g_ptr_array_index (self->probes, j))->topic, reason);
    }
}

void
check_end_kafka (BaristaCheck *self, gboolean passed)
{
  self->kafka = passed ? LANE_PASSED : LANE_FAILED;
  if (!self->listed)
    {
      self->listed = TRUE;
      if (self->awaits_topics)
        check_start_schemas (self);
    }
  maybe_finish (self);
}

void
check_end_registry (BaristaCheck *self, gboolean passed)
{
  self->registry = passed ? LANE_PASSED : LANE_FAILED;
  if (self->awaits_registry)
    {
      self->awaits_registry = FALSE;
      check_run_topics (self);
    }
  maybe_finish (self);
}

/* --- lint and dial --- */

static void
fail_lint (CheckStage *stage, const char *id, const char *value)
{
  barista_evidence_set_end (stage->evidence, BARISTA_END_INVALID);
  barista_evidence_set_text (stage->evidence, BARISTA_FACT_LINT, id);
  barista_evidence_set_text (stage->evidence, BARISTA_FACT_VALUE, value);
}

static const char *
lint_of_error (const GError *error)
{
  static const char *const ids[] = {
    [BARISTA_NAME_ERROR_ADDRESS_IS_URL] = "address-is-url",
    [BARISTA_NAME_ERROR_ADDRESS_INVALID] = "address-invalid",
    [BARISTA_NAME_ERROR_USERNAME_INVALID] = "username-invalid",
    [BARISTA_NAME_ERROR_USERNAME_LEGACY] = "username-legacy",
  };

  return error->domain == BARISTA_NAME_ERROR && (guint) error->code < G_N_ELEMENTS (ids)
             ? ids[error->code]
             : "address-invalid";
}

static gboolean
lint_servers (CheckStage *stage)
{
  BaristaCheck *self = stage->check;
  const char *const *servers = barista_setup_get_bootstrap_servers (self->setup);

  for (guint i = 0; servers[i] != NULL; i++)
    {
      g_autoptr (GError) error = NULL;
      BaristaAddress *address = barista_address_parse (servers[i], &error);

      if (address == NULL)
        {
          fail_lint (stage, lint_of_error (error), servers[i]);
          return FALSE;
        }
      if (address->port_added)
        barista_evidence_set_flag (stage->evidence, BARISTA_FACT_PORT_ADDED, TRUE);
      g_ptr_array_add (self->addresses, address);
    }

  if (self->addresses->len > 0)
    return TRUE;

  fail_lint (stage, "address-invalid", "");
  return FALSE;
}

static gboolean
lint_sign_in (CheckStage *stage)
{
  BaristaCheck *self = stage->check;
  const char *username = barista_setup_get_username (self->setup);
  g_autoptr (GError) error = NULL;

  if (!barista_setup_get_uses_sasl (self->setup) || self->options.until < BARISTA_STAGE_SASL)
    return TRUE;
  if (username == NULL || *username == '\0')
    fail_lint (stage, "username-invalid", username);
  /* A legacy login is sent all the same: the server's refusal then names it (`diagnosis.md`). */
  else if (barista_setup_get_is_dekaf (self->setup) && !barista_username_check (username, &error)
           && error->code != BARISTA_NAME_ERROR_USERNAME_LEGACY)
    fail_lint (stage, lint_of_error (error), username);
  else if (self->token == NULL)
    fail_lint (stage, "password-empty", NULL);
  else
    return TRUE;

  return FALSE;
}

static void
on_dial_begun (BaristaStage kind, const BaristaAddress *address, gpointer user_data)
{
  BaristaCheck *self = user_data;
  CheckStage *stage;

  if (kind == BARISTA_STAGE_HELLO && !barista_setup_get_uses_tls (self->setup))
    check_skip (self, BARISTA_SERVICE_KAFKA, BARISTA_STAGE_TLS, NULL, N_ ("not used"));

  stage = check_stage_begin (self, BARISTA_SERVICE_KAFKA, kind, NULL);
  check_stage_clear_limit (stage); /* the dial keeps the time */
  g_free (stage->host);
  stage->host = g_strdup (address->host);
  self->dialled = stage;
}

static void
on_dial_state (const char *cause, gpointer user_data)
{
  BaristaCheck *self = user_data;
  CheckStage *stage = self->dialled;
  g_autoptr (BaristaEvidence) evidence = barista_evidence_new (stage->service, stage->stage);
  g_autoptr (BaristaStageReport) report = NULL;

  barista_gather_setup (evidence, self->setup, check_get_address (self));
  report = barista_stage_report_new_state (stage->host, NULL, evidence, BARISTA_RESULT_RUNNING,
                                           cause, g_get_monotonic_time () - stage->began);
  check_report_stage (self, stage->position, report);
}

static void
on_dial_ended (BaristaEvidence *evidence, gint64 duration, gpointer user_data)
{
  BaristaCheck *self = user_data;
  CheckStage *stage = g_steal_pointer (&self->dialled);
  g_autoptr (JsonObject) json = barista_evidence_to_json (evidence);

  barista_evidence_free (stage->evidence);
  stage->evidence = barista_evidence_from_json (stage->service, stage->stage, json);
  check_stage_report (stage, duration);
  check_stage_drop (stage);
}

static const BaristaDialWatch dial_watch = { .begun = on_dial_begun,
                                             .state = on_dial_state,
                                             .ended = on_dial_ended };

static void
on_dialled (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (BaristaCheck) self = user_data;
  g_autoptr (BaristaEvidence) failed = NULL;
  BaristaStage last = BARISTA_STAGE_SASL;

  self->connection = barista_dial_finish (result, &failed, NULL);
  if (self->connection != NULL && self->options.until < BARISTA_STAGE_METADATA)
    {
      for (BaristaStage stage = self->options.until + 1; stage <= BARISTA_STAGE_METADATA; stage++)
        check_skip (self, BARISTA_SERVICE_KAFKA, stage, NULL, N_ ("not asked for"));
      check_end_kafka (self, TRUE);
      return;
    }
  if (self->connection != NULL)
    {
      if (!barista_setup_get_uses_sasl (self->setup))
        check_skip (self, BARISTA_SERVICE_KAFKA, BARISTA_STAGE_SASL, NULL, N_ ("not used"));
      check_start_metadata (self);
      return;
    }

  if (failed != NULL)
    last = barista_evidence_get_stage (failed);
  if (self->dialled != NULL) /* stopped in the middle of a stage */
    {
      last = ((CheckStage *) self->dialled)->stage;
      check_stage_end (g_steal_pointer (&self->dialled));
    }
  check_skip_rest (self, last);
  check_end_kafka (self, FALSE);
}

static void
start_kafka (BaristaCheck *self)
{
  CheckStage *stage = check_stage_begin (self, BARISTA_SERVICE_KAFKA, BARISTA_STAGE_LINT, NULL);
  BaristaDialRequest request = { .setup = self->setup,
                                 .password = self->token,
                                 .addresses = self->addresses,
                                 .until = MIN (self->options.until, BARISTA_STAGE_SASL),
                                 .deadline = self->deadline,
                                 .watch = &dial_watch,
                                 .watch_data = self };

  if (lint_servers (stage))
    {
      stage->host = g_strdup (check_get_address (self)->host);
      lint_sign_in (stage);
    }

  if (check_stage_end (stage))
    barista_dial_async (&request, self->cancellable, on_dialled, g_object_ref (self));
  else
    {
      check_skip_rest (self, BARISTA_STAGE_LINT);
      check_end_kafka (self, FALSE);
    }
}

static void
dial_to_sign_in (BaristaCheck *self,
                 GPtrArray *addresses,
                 GCancellable *cancellable,
                 GAsyncReadyCallback callback,
                 gpointer user_data)
{
  BaristaDialRequest request = { .setup = self->setup,
                                 .password = self->token,
                                 .addresses = addresses,
                                 .until = BARISTA_STAGE_SASL,
                                 .deadline = self->deadline };

  barista_dial_async (&request, cancellable, callback, user_data);
}

void
check_redial (CheckStage *stage, GPtrArray *addresses, GAsyncReadyCallback callback)
{
  dial_to_sign_in (stage->check, addresses, stage->cancellable, callback, stage);
}

void
check_dial_one (BaristaCheck *self,
                const BaristaAddress *address,
                GCancellable *cancellable,
                GAsyncReadyCallback callback,
                gpointer user_data)
{
  g_autoptr (GPtrArray) addresses = g_ptr_array_new_with_free_func (
      (GDestroyNotify) barista_address_free);

  g_ptr_array_add (addresses, barista_address_copy (address));
  dial_to_sign_in (self, addresses, cancellable, callback, user_data);
}

/* --- run --- */

static gboolean
on_timeout (gpointer user_data)
{
  BaristaCheck *self = user_data;

  g_cancellable_cancel (self->deadline);
  return G_SOURCE_REMOVE;
}

static void
on_cancelled (GCancellable *cancellable, gpointer user_data)
{
  BaristaCheck *self = user_data;

  g_cancellable_cancel (self->cancellable);
}

static void
start_timeout (BaristaCheck *self)
{
  if (self->options.timeout_s == 0)
    return;

  self->timeout = g_timeout_source_new (MIN (self->options.timeout_s, 86400u) * 1000);
  g_source_set_callback (self->timeout, on_timeout, self, NULL);
  g_source_attach (self->timeout, g_main_context_get_thread_default ());
}

void
barista_check_run_async (BaristaCheck *self,
                         GCancellable *cancellable,
                         GAsyncReadyCallback callback,
                         gpointer user_data)
{
  gboolean with_registry = barista_setup_get_registry_enabled (self->setup)
                           && self->options.until >= BARISTA_STAGE_REGISTRY;

  g_return_if_fail (self->task == NULL);

  self->task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_check_cancellable (self->task, FALSE);
  start_timeout (self);
  if (cancellable != NULL)
    self->outer_id = g_cancellable_connect (cancellable, G_CALLBACK (on_cancelled), self, NULL);

  self->registry = with_registry ? LANE_RUNNING : LANE_PASSED;
  self->listed = check_choose_probes (self);
  /* Each lane may end at once; the other's state tells whether the check is over. */
  if (with_registry)
    check_start_registry (self);
  start_kafka (self);
}

gboolean
barista_check_run_finish (BaristaCheck *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}
