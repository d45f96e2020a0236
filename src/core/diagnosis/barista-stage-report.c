/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "barista-report-private.h"

struct _BaristaStageReport
{
  GObject parent_instance;

  BaristaService service;
  BaristaStage stage;
  BaristaResult result;
  char *host;
  char *topic;
  const char *cause; /* of the table */
  char **hints;
  char *title;
  char *body;
  double duration_ms;
  JsonObject *evidence;
};

G_DEFINE_FINAL_TYPE (BaristaStageReport, barista_stage_report, G_TYPE_OBJECT)

static const char *const services[] = { "kafka", "registry", "tinybird" };
static const char *const stages[BARISTA_N_STAGES] = { "lint",  "name",   "tcp",      "tls",
                                                      "hello", "sasl",   "metadata", "registry",
                                                      "topic", "sample", "group",    "tinybird" };
static const char *const results[] = { "pending", "running", "passed",
                                       "failed",  "skipped", "cancelled" };

const char *
barista_service_to_string (BaristaService service)
{
  return services[service];
}

const char *
barista_stage_to_string (BaristaStage stage)
{
  return stages[stage];
}

const char *
barista_result_to_string (BaristaResult result)
{
  return results[result];
}

static void
barista_stage_report_finalize (GObject *object)
{
  BaristaStageReport *self = BARISTA_STAGE_REPORT (object);

  g_free (self->host);
  g_free (self->topic);
  g_strfreev (self->hints);
  g_free (self->title);
  g_free (self->body);
  json_object_unref (self->evidence);

  G_OBJECT_CLASS (barista_stage_report_parent_class)->finalize (object);
}

static void
barista_stage_report_class_init (BaristaStageReportClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = barista_stage_report_finalize;
}

static void
barista_stage_report_init (BaristaStageReport *self)
{
  self->hints = g_new0 (char *, 1);
  self->evidence = json_object_new ();
}

/**
 * barista_stage_report_new:
 * @service: whose stage
 * @stage: the stage
 * @host: (nullable): host that it is about
 * @topic: (nullable): topic that it is about
 * @result: pending or running
 *
 * Returns: (transfer full): a stage without an outcome yet
 */
BaristaStageReport *
barista_stage_report_new (BaristaService service,
                          BaristaStage stage,
                          const char *host,
                          const char *topic,
                          BaristaResult result)
{
  BaristaStageReport *self = g_object_new (BARISTA_TYPE_STAGE_REPORT, NULL);

  self->service = service;
  self->stage = stage;
  self->host = g_strdup (host);
  self->topic = g_strdup (topic);
  self->result = result;

  return self;
}

static void
take_evidence (BaristaStageReport *self, const BaristaEvidence *evidence, gint64 duration_us)
{
  json_object_unref (self->evidence);
  self->evidence = barista_evidence_to_json (evidence);
  self->duration_ms = (double) duration_us / 1000.0;
}

static void
take_cause (BaristaStageReport *self, const BaristaCause *cause, const BaristaEvidence *evidence)
{
  if (cause == NULL)
    return;

  self->cause = cause->id;
  self->title = barista_cause_format_title (cause, evidence);
  self->body = barista_cause_format_body (cause, evidence);
}

BaristaStageReport *
barista_stage_report_new_final (const char *host,
                                const char *topic,
                                const BaristaEvidence *evidence,
                                const BaristaVerdict *verdict,
                                gint64 duration_us)
{
  BaristaStageReport *self = barista_stage_report_new (
      barista_evidence_get_service (evidence), barista_evidence_get_stage (evidence), host, topic,
      verdict->failed ? BARISTA_RESULT_FAILED : BARISTA_RESULT_PASSED);

  g_strfreev (self->hints);
  self->hints = g_strdupv ((char **) verdict->hints);
  take_evidence (self, evidence, duration_us);
  take_cause (self, verdict->cause, evidence);

  return self;
}

BaristaStageReport *
barista_stage_report_new_state (const char *host,
                                const char *topic,
                                const BaristaEvidence *evidence,
                                BaristaResult result,
                                const char *cause,
                                gint64 duration_us)
{
  BaristaStageReport *self = barista_stage_report_new (barista_evidence_get_service (evidence),
                                                       barista_evidence_get_stage (evidence), host,
                                                       topic, result);

  take_evidence (self, evidence, duration_us);
  take_cause (self, barista_cause_find (cause), evidence);

  return self;
}

BaristaService
barista_stage_report_get_service (BaristaStageReport *self)
{
  return self->service;
}

BaristaStage
barista_stage_report_get_stage (BaristaStageReport *self)
{
  return self->stage;
}

const char *
barista_stage_report_get_host (BaristaStageReport *self)
{
  return self->host;
}

const char *
barista_stage_report_get_topic (BaristaStageReport *self)
{
  return self->topic;
}

BaristaResult
barista_stage_report_get_result (BaristaStageReport *self)
{
  return self->result;
}

const char *
barista_stage_report_get_cause (BaristaStageReport *self)
{
  return self->cause;
}

const char *const *
barista_stage_report_get_hints (BaristaStageReport *self)
{
  return (const char *const *) self->hints;
}

const char *
barista_stage_report_get_title (BaristaStageReport *self)
{
  return self->title;
}

const char *
barista_stage_report_get_body (BaristaStageReport *self)
{
  return self->body;
}

double
barista_stage_report_get_duration_ms (BaristaStageReport *self)
{
  return self->duration_ms;
}

JsonObject *
barista_stage_report_get_evidence (BaristaStageReport *self)
{
  return self->evidence;
}
