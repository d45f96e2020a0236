/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "barista-report.h"
#include "barista-setup.h"

G_BEGIN_DECLS

/* The steps of the wizard, in their order (design.md, "The steps"). */
typedef enum
{
  BARISTA_STEP_START,
  BARISTA_STEP_TASK,
  BARISTA_STEP_PUBLISH,
  BARISTA_STEP_SERVER,
  BARISTA_STEP_SIGN_IN,
  BARISTA_STEP_REGISTRY,
  BARISTA_STEP_TOPICS,
  BARISTA_STEP_GROUP,
  BARISTA_STEP_SCHEMA,
  BARISTA_STEP_SINKS,
  BARISTA_STEP_REVIEW,
  BARISTA_N_STEPS,
} BaristaStep;

#define BARISTA_TYPE_STEP (barista_step_get_type ())
GType barista_step_get_type (void);
/* The word of a step ("sign-in"), as actions, settings and tests name it; and back (FALSE: none). */
const char *barista_step_to_string (BaristaStep step);
gboolean barista_step_from_string (const char *word, BaristaStep *step);
const char *barista_step_get_title (BaristaStep step); /* translated: "Sign-In" */

/**
 * BaristaStepState:
 * @BARISTA_STEP_TODO: not answered yet
 * @BARISTA_STEP_WORKING: the check is at it
 * @BARISTA_STEP_FINE: answered, and proved where it can be proved
 * @BARISTA_STEP_PROPOSED: not touched by the person; the proposal stands and nothing speaks against it
 * @BARISTA_STEP_DOUBT: an earlier answer changed since; or a warning stands here
 * @BARISTA_STEP_FAILED: the check's failure has its home here
 * @BARISTA_STEP_WAITING: a state that mends itself: the task isn't published yet
 */
typedef enum
{
  BARISTA_STEP_TODO,
  BARISTA_STEP_WORKING,
  BARISTA_STEP_FINE,
  BARISTA_STEP_PROPOSED,
  BARISTA_STEP_DOUBT,
  BARISTA_STEP_FAILED,
  BARISTA_STEP_WAITING,
} BaristaStepState;

#define BARISTA_TYPE_STEP_STATE (barista_step_state_get_type ())
GType barista_step_state_get_type (void);

/**
 * BaristaStepInfo:
 * @shown: stands in the sidebar (Publish only for a created task; registry and sign-in only where
 *   there is one ...)
 * @state: how it stands
 * @answer: (nullable): the answer in one line, for the sidebar
 * @note: (nullable): translated: why it is in doubt, or what failed
 * @missing: (nullable): what Next waits for: the member's name as in the profile ("task.name",
 *   "token", "topics"), and the page focuses its field; "check" while the check is at it, and Next
 *   goes on by itself
 * @missing_text: (nullable): translated: what to say there; %NULL where a result row says it
 * @passed_over: Next goes past it: proved, optional, or waiting for something that mends itself
 * @reachable: may be gone to: seen before, or nothing before it is left to answer
 */
typedef struct
{
  gboolean shown;
  BaristaStepState state;
  char *answer;
  char *note;
  const char *missing;
  char *missing_text;
  gboolean passed_over;
  gboolean reachable;
} BaristaStepInfo;

/**
 * BaristaStepFacts:
 * @report: (nullable): of the last check, which may still run: the listing of topics
 * @stages: (nullable): #BaristaStageReport as they stand, over several checks; %NULL: those of @report
 * @checking: a check runs
 * @has_token: a token is at hand
 * @has_registry_token: the same for a registry with a sign-in of its own
 * @practice: the practice task
 * @visited: bit per step: the person has seen it
 * @doubted: bit per step: an earlier answer changed after it was seen
 * @doubt: (nullable): the step whose change put them in doubt, %BARISTA_N_STEPS = none
 * @saved: the project was saved as it is now
 *
 * What beside the setup decides how the steps stand.
 */
typedef struct
{
  BaristaReport *report;
  GListModel *stages;
  gboolean checking;
  gboolean has_token;
  gboolean has_registry_token;
  gboolean practice;
  guint visited;
  guint doubted;
  BaristaStep doubt;
  gboolean saved;
} BaristaStepFacts;

/**
 * barista_steps_evaluate:
 * @setup: the answers
 * @facts: what else is known
 * @infos: (out) (array fixed-size=11): one per step; cleared with barista_steps_clear()
 *
 * How each step stands; pure. Every rule of what Next waits for and passes over is here.
 */
void barista_steps_evaluate (BaristaSetup *setup,
                             const BaristaStepFacts *facts,
                             BaristaStepInfo infos[BARISTA_N_STEPS]);
void barista_steps_clear (BaristaStepInfo infos[BARISTA_N_STEPS]);

/* Where Next leads from @from: the next shown step that isn't passed over; REVIEW at the end. */
BaristaStep barista_steps_next (const BaristaStepInfo infos[BARISTA_N_STEPS], BaristaStep from);
/* Where Back leads: the shown step before @from; START at the beginning. */
BaristaStep barista_steps_back (const BaristaStepInfo infos[BARISTA_N_STEPS], BaristaStep from);

/* Whether a check has enough to try: an address, and what the sign-in needs. */
gboolean barista_steps_can_check (BaristaSetup *setup, gboolean has_token);
/* Whether the address alone can be tried, up to the server's greeting. */
gboolean barista_steps_can_greet (BaristaSetup *setup);

/* The step where what a stage saw has its home: an error is told there and nowhere else. */
BaristaStep barista_steps_home (BaristaService service, BaristaStage stage, const char *cause);
/* The step that an answer belongs to, by the property of the setup; %BARISTA_N_STEPS: none. */
BaristaStep barista_steps_of_property (const char *property);
/* Whether what the check sees hangs on it: then what was seen holds no more. */
gboolean barista_steps_is_connection (const char *property);
/* The steps that a change of an answer of @step puts in doubt, as bits. */
guint barista_steps_depending (BaristaStep step);

G_END_DECLS
