/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>
#include <json-glib/json-glib.h>

G_BEGIN_DECLS

typedef enum
{
  BARISTA_SERVICE_KAFKA,
  BARISTA_SERVICE_REGISTRY,
  BARISTA_SERVICE_TINYBIRD,
} BaristaService;

/* In the order in which they run. */
typedef enum
{
  BARISTA_STAGE_LINT,
  BARISTA_STAGE_NAME,
  BARISTA_STAGE_TCP,
  BARISTA_STAGE_TLS,
  BARISTA_STAGE_HELLO,
  BARISTA_STAGE_SASL,
  BARISTA_STAGE_METADATA,
  BARISTA_STAGE_REGISTRY,
  BARISTA_STAGE_TOPIC,
  BARISTA_STAGE_SAMPLE,
  BARISTA_STAGE_GROUP,
  BARISTA_STAGE_TINYBIRD,
  BARISTA_N_STAGES,
} BaristaStage;

typedef enum
{
  BARISTA_RESULT_PENDING,
  BARISTA_RESULT_RUNNING,
  BARISTA_RESULT_PASSED,
  BARISTA_RESULT_FAILED,
  BARISTA_RESULT_SKIPPED,
  BARISTA_RESULT_CANCELLED,
} BaristaResult;

const char *barista_service_to_string (BaristaService service);
const char *barista_stage_to_string (BaristaStage stage);
const char *barista_result_to_string (BaristaResult result);

/**
 * BaristaStageReport:
 *
 * One stage as it stands in `check --json`: service, stage, host, topic (or NULL), result, cause
 * (id of `diagnosis.md` or NULL), hints, title and body (translated, filled in), duration, evidence
 * (a JSON object; never a secret). Immutable once its result is final.
 */
#define BARISTA_TYPE_STAGE_REPORT (barista_stage_report_get_type ())
G_DECLARE_FINAL_TYPE (BaristaStageReport, barista_stage_report, BARISTA, STAGE_REPORT, GObject)

BaristaService barista_stage_report_get_service (BaristaStageReport *self);
BaristaStage barista_stage_report_get_stage (BaristaStageReport *self);
const char *barista_stage_report_get_host (BaristaStageReport *self);
const char *barista_stage_report_get_topic (BaristaStageReport *self);
BaristaResult barista_stage_report_get_result (BaristaStageReport *self);
const char *barista_stage_report_get_cause (BaristaStageReport *self);
const char *const *barista_stage_report_get_hints (BaristaStageReport *self);
const char *barista_stage_report_get_title (BaristaStageReport *self);
const char *barista_stage_report_get_body (BaristaStageReport *self);
double barista_stage_report_get_duration_ms (BaristaStageReport *self);
JsonObject *barista_stage_report_get_evidence (BaristaStageReport *self);

/* One topic of the listing. @partitions 0 and @ready FALSE: no data yet. */
typedef struct
{
  const char *name;         /* owned by the report */
  const char *decoded_name; /* NULL if the same */
  guint partitions;
  gboolean ready;
} BaristaTopicInfo;

/**
 * BaristaReport:
 *
 * What a check found: stages (a GListModel of #BaristaStageReport, live while it runs) and the whole
 * listing of topics in packed storage. Written as the JSON of `check --json`, and read back from it.
 */
#define BARISTA_TYPE_REPORT (barista_report_get_type ())
G_DECLARE_FINAL_TYPE (BaristaReport, barista_report, BARISTA, REPORT, GObject)

GListModel *barista_report_get_stages (BaristaReport *self);
gboolean barista_report_get_passed (BaristaReport *self);
guint barista_report_get_n_topics (BaristaReport *self);
void barista_report_get_topic (BaristaReport *self, guint index, BaristaTopicInfo *info);
gboolean barista_report_find_topic (BaristaReport *self, const char *name, BaristaTopicInfo *info);
/* The one stage that failed first for @service; NULL if none did. */
BaristaStageReport *barista_report_get_failure (BaristaReport *self, BaristaService service);

char *barista_report_to_json (BaristaReport *self);        /* the object of check --json */
char *barista_report_topics_to_json (BaristaReport *self); /* {"topics":[...]} */

G_END_DECLS
