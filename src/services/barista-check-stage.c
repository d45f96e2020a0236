/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "barista-check-private.h"

/* A stage under way: its place in the report, its time, its end. */

static void
on_stage_stopped (GCancellable *cancellable, gpointer user_data)
{
  CheckStage *stage = user_data;

  g_cancellable_cancel (stage->cancellable);
}

static void
on_stage_deadline (GCancellable *cancellable, gpointer user_data)
{
  CheckStage *stage = user_data;

  stage->expired = TRUE;
  g_cancellable_cancel (stage->cancellable);
}

static gboolean
on_stage_limit (gpointer user_data)
{
  on_stage_deadline (NULL, user_data);
  return G_SOURCE_REMOVE;
}

void
check_stage_clear_limit (CheckStage *stage)
{
  if (stage->limit == NULL)
    return;

  g_source_destroy (stage->limit);
  g_clear_pointer (&stage->limit, g_source_unref);
}

void
check_stage_touch (CheckStage *stage)
{
  gint64 silence = stage->stage == BARISTA_STAGE_METADATA ? 40000 : 10000;
  gint64 left = (stage->until - g_get_monotonic_time ()) / 1000;

  check_stage_clear_limit (stage);
  stage->limit = g_timeout_source_new ((guint) CLAMP (left, 0, silence));
  g_source_set_callback (stage->limit, on_stage_limit, stage, NULL);
  g_source_attach (stage->limit, g_main_context_get_thread_default ());
}

void
check_stage_progress (CheckStage *stage)
{
  stage->until = g_get_monotonic_time () + 30 * G_USEC_PER_SEC;
  check_stage_touch (stage);
}

void
check_stage_pause (CheckStage *stage)
{
  stage->paused = g_get_monotonic_time ();
  check_stage_clear_limit (stage);
}

void
check_stage_resume (CheckStage *stage)
{
  gint64 waited = stage->paused != 0 ? g_get_monotonic_time () - stage->paused : 0;

  stage->paused = 0;
  stage->began += waited;
  stage->until += waited;
  check_stage_touch (stage);
}

static const char *
get_host (BaristaCheck *self, BaristaService service)
{
  const BaristaAddress *address = check_get_address (self);

  if (service == BARISTA_SERVICE_KAFKA)
    return address != NULL ? address->host : NULL;

  return barista_setup_get_registry_url (self->setup);
}

static char *
dup_host (BaristaCheck *self, BaristaService service)
{
  const char *host = get_host (self, service);
  g_autoptr (GUri) uri = NULL;

  if (service == BARISTA_SERVICE_KAFKA || host == NULL)
    return g_strdup (host);

  uri = g_uri_parse (host, G_URI_FLAGS_NONE, NULL);
  return g_strdup (uri != NULL ? g_uri_get_host (uri) : NULL);
}

static void
connect_stage (CheckStage *stage)
{
  BaristaCheck *self = stage->check;

  stage->outer_id = g_cancellable_connect (self->cancellable, G_CALLBACK (on_stage_stopped), stage,
                                           NULL);
  stage->deadline_id = g_cancellable_connect (self->deadline, G_CALLBACK (on_stage_deadline), stage,
                                              NULL);
}

CheckStage *
check_stage_begin_unlisted (BaristaCheck *self, BaristaService service, BaristaStage kind)
{
  CheckStage *stage = g_new0 (CheckStage, 1);

  stage->check = g_object_ref (self);
  stage->service = service;
  stage->stage = kind;
  stage->host = dup_host (self, service);
  stage->evidence = barista_evidence_new (service, kind);
  stage->cancellable = g_cancellable_new ();
  stage->began = g_get_monotonic_time ();
  stage->until = stage->began + (kind == BARISTA_STAGE_METADATA ? 40 : 30) * G_USEC_PER_SEC;
  connect_stage (stage);
  check_stage_touch (stage);

  return stage;
}

CheckStage *
check_stage_begin (BaristaCheck *self,
                   BaristaService service,
                   BaristaStage kind,
                   BaristaProbe *probe)
{
  CheckStage *stage = check_stage_begin_unlisted (self, service, kind);
  g_autoptr (BaristaStageReport) report = NULL;

  stage->probe = probe;
  stage->topic = g_strdup (probe != NULL ? probe->topic : NULL);
  report = barista_stage_report_new (service, kind, stage->host, stage->topic,
                                     BARISTA_RESULT_RUNNING);
  stage->position = barista_report_append (self->report, report);

  return stage;
}

static void
set_failure (CheckStage *stage, const GError *error)
{
  BaristaEnd end = stage->expired ? BARISTA_END_SILENT : barista_gather_end (error);
  gint64 waited = g_get_monotonic_time () - stage->began;

  barista_evidence_set_end (stage->evidence, end);
  if (end == BARISTA_END_SILENT)
    barista_evidence_set_int (stage->evidence, BARISTA_FACT_WAITED_S,
                              (waited + G_USEC_PER_SEC / 2) / G_USEC_PER_SEC);
  if (!stage->expired) /* it would only say that the call was cancelled */
    barista_evidence_set_error (stage->evidence, error);
}

void
check_stage_fail (CheckStage *stage, const GError *error)
{
  if (stage->service == BARISTA_SERVICE_KAFKA && !stage->expired
      && barista_gather_end (error) == BARISTA_END_CLOSED)
    stage->check->hung_up = TRUE;
  set_failure (stage, error);
}

void
check_stage_fail_at_registry (CheckStage *stage, const GError *error)
{
  BaristaCheck *self = stage->check;
  g_autoptr (BaristaAddress) address = check_dup_registry_address (self);

  barista_gather_setup (stage->evidence, self->setup, address);
  barista_gather_registry (stage->evidence, self->setup);
  barista_gather_answer (stage->evidence, barista_registry_get_answer (self->client));
  set_failure (stage, error);
}

static void
stage_free (CheckStage *stage)
{
  g_cancellable_disconnect (stage->check->cancellable, stage->outer_id);
  g_cancellable_disconnect (stage->check->deadline, stage->deadline_id);
  check_stage_clear_limit (stage);
  if (stage->free_work != NULL)
    stage->free_work (stage->work);
  g_free (stage->host);
  g_free (stage->topic);
  g_clear_pointer (&stage->evidence, barista_evidence_free);
  g_clear_object (&stage->cancellable);
  g_object_unref (stage->check);
  g_free (stage);
}

static void
fill_evidence (CheckStage *stage)
{
  BaristaCheck *self = stage->check;

  if (!barista_evidence_has (stage->evidence, BARISTA_FACT_HOST))
    barista_gather_setup (stage->evidence, self->setup,
                          stage->service == BARISTA_SERVICE_KAFKA ? check_get_address (self)
                                                                  : NULL);
  if (!barista_evidence_has (stage->evidence, BARISTA_FACT_HOST))
    barista_evidence_set_text (stage->evidence, BARISTA_FACT_HOST, stage->host);
  if (stage->service == BARISTA_SERVICE_REGISTRY)
    barista_gather_registry (stage->evidence, self->setup);
  if (stage->topic != NULL)
    barista_evidence_set_text (stage->evidence, BARISTA_FACT_TOPIC, stage->topic);
  if (!barista_evidence_has (stage->evidence, BARISTA_FACT_END))
    barista_evidence_set_end (stage->evidence, BARISTA_END_OK);
}

gboolean
check_stage_report (CheckStage *stage, gint64 duration)
{
  BaristaCheck *self = stage->check;
  g_autoptr (BaristaStageReport) report = NULL;
  BaristaVerdict verdict;

  fill_evidence (stage);
  if (check_is_stopped (self))
    {
      report = barista_stage_report_new_state (stage->host, stage->topic, stage->evidence,
                                               BARISTA_RESULT_CANCELLED, "cancelled", duration);
      check_report_stage (self, stage->position, report);
      return FALSE;
    }

  verdict = barista_classify (stage->evidence);
  report = barista_stage_report_new_final (stage->host, stage->topic, stage->evidence, &verdict,
                                           duration);
  check_report_stage (self, stage->position, report);

  return !verdict.failed;
}

void
check_stage_drop (CheckStage *stage)
{
  stage_free (stage);
}

gboolean
check_stage_end (CheckStage *stage)
{
  gboolean passed = check_stage_report (stage, g_get_monotonic_time () - stage->began);

  stage_free (stage);
  return passed;
}

void
check_skip (BaristaCheck *self,
            BaristaService service,
            BaristaStage stage,
            const char *topic,
            const char *reason)
{
  g_autoptr (BaristaEvidence) evidence = barista_evidence_new (service, stage);
  g_autofree char *host = dup_host (self, service);
  g_autoptr (BaristaStageReport) report = NULL;
  guint position;

  barista_evidence_set_text (evidence, BARISTA_FACT_REASON, reason);
  report = barista_stage_report_new_state (host, topic, evidence,
                                           check_is_stopped (self) ? BARISTA_RESULT_CANCELLED
                                                                   : BARISTA_RESULT_SKIPPED,
                                           NULL, 0);
  position = barista_report_append (self->report, report);
  check_report_stage (self, position, report);
}
