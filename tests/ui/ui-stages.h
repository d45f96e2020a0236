/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "barista-report-private.h"

G_BEGIN_DECLS

/* Stages by hand, as a check would report them. */

/* @cause: (nullable): then it failed, unless the cause is a hint */
BaristaStageReport *
ui_stage (BaristaService service, BaristaStage stage, const char *cause, int ms);
/* The same with one fact of its evidence: a text or, where @text is NULL, @number. */
BaristaStageReport *ui_stage_with (BaristaService service,
                                   BaristaStage stage,
                                   const char *cause,
                                   int ms,
                                   BaristaFact fact,
                                   const char *text,
                                   gint64 number);
/* About that topic. */
BaristaStageReport *ui_stage_of_topic (BaristaStage stage,
                                       const char *topic,
                                       const char *cause,
                                       BaristaFact fact,
                                       const char *text);
/* Adds a stage and lets go of it. */
void ui_report_add (BaristaReport *report, BaristaStageReport *stage);
/* A stage that still runs, or one that was left out. */
void ui_report_add_state (BaristaReport *report,
                          BaristaService service,
                          BaristaStage stage,
                          BaristaResult result);

G_END_DECLS
