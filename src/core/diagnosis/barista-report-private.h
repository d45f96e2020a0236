/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "barista-cause.h"
#include "barista-report.h"

G_BEGIN_DECLS

/* How the check writes a report; readers see barista-report.h alone. */

BaristaReport *barista_report_new (void);

BaristaStageReport *barista_stage_report_new (BaristaService service,
                                              BaristaStage stage,
                                              const char *host,
                                              const char *topic,
                                              BaristaResult result);
/* A passed or failed stage, as the classifier has it. */
BaristaStageReport *barista_stage_report_new_final (const char *host,
                                                    const char *topic,
                                                    const BaristaEvidence *evidence,
                                                    const BaristaVerdict *verdict,
                                                    gint64 duration_us);
/* Running, with a state (`sign-in-slow`); or skipped, cancelled with a reason. */
BaristaStageReport *barista_stage_report_new_state (const char *host,
                                                    const char *topic,
                                                    const BaristaEvidence *evidence,
                                                    BaristaResult result,
                                                    const char *cause,
                                                    gint64 duration_us);

guint barista_report_append (BaristaReport *self, BaristaStageReport *stage); /* its position */
void barista_report_replace (BaristaReport *self, guint position, BaristaStageReport *stage);
void barista_report_add_topic (BaristaReport *self,
                               const char *name,
                               gsize length,
                               guint partitions,
                               gboolean ready);
/* After the last topic: emits "topics-changed" once. */
void barista_report_end_topics (BaristaReport *self);

G_END_DECLS
