/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ui-stages.h"

static BaristaStageReport *
make (BaristaEvidence *evidence, const char *topic, const char *id, int ms)
{
  const BaristaCause *cause = barista_cause_find (id);
  BaristaVerdict verdict = { .cause = cause,
                             .failed = cause != NULL && cause->kind != BARISTA_CAUSE_HINT };

  g_assert_true (id == NULL || cause != NULL);
  return barista_stage_report_new_final ("dekaf.estuary-data.com", topic, evidence, &verdict,
                                         (gint64) ms * 1000);
}

BaristaStageReport *
ui_stage (BaristaService service, BaristaStage stage, const char *cause, int ms)
{
  g_autoptr (BaristaEvidence) evidence = barista_evidence_new (service, stage);

  return make (evidence, NULL, cause, ms);
}

BaristaStageReport *
ui_stage_with (BaristaService service,
               BaristaStage stage,
               const char *cause,
               int ms,
               BaristaFact fact,
               const char *text,
               gint64 number)
{
  g_autoptr (BaristaEvidence) evidence = barista_evidence_new (service, stage);

  if (text != NULL && (fact == BARISTA_FACT_MECHANISMS || fact == BARISTA_FACT_CERTIFICATE_NAMES))
    barista_evidence_add_text (evidence, fact, text);
  else if (text != NULL)
    barista_evidence_set_text (evidence, fact, text);
  else
    barista_evidence_set_int (evidence, fact, number);

  return make (evidence, NULL, cause, ms);
}

BaristaStageReport *
ui_stage_of_topic (BaristaStage stage,
                   const char *topic,
                   const char *cause,
                   BaristaFact fact,
                   const char *text)
{
  g_autoptr (BaristaEvidence) evidence = barista_evidence_new (BARISTA_SERVICE_KAFKA, stage);

  barista_evidence_set_text (evidence, fact, text);
  return make (evidence, topic, cause, 1);
}

void
ui_report_add (BaristaReport *report, BaristaStageReport *stage)
{
  barista_report_append (report, stage);
  g_object_unref (stage);
}

void
ui_report_add_state (BaristaReport *report,
                     BaristaService service,
                     BaristaStage stage,
                     BaristaResult result)
{
  ui_report_add (report,
                 barista_stage_report_new (service, stage, "dekaf.estuary-data.com", NULL, result));
}
