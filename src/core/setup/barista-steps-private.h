/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "barista-steps.h"

G_BEGIN_DECLS

/* How the stages of one step stand, together. */
typedef struct
{
  BaristaStageReport *failure; /* the first failed one that isn't just waited for */
  BaristaStageReport *waiting;
  guint running, passed, skipped;
} BaristaStepTally;

typedef struct
{
  BaristaSetup *setup;
  const BaristaStepFacts *facts;
  BaristaStepTally tallies[BARISTA_N_STEPS];
  gboolean signed_in;
  gboolean listed; /* the topics are known */
  gboolean unpublished;
} BaristaStepJudge;

/* The rules of one step: how it stands, its answer, what Next waits for there. */
void barista_steps_judge (BaristaStepJudge *judge, BaristaStep step, BaristaStepInfo *info);

G_END_DECLS
