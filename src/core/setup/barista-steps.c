/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "barista-cause.h"
#include "barista-names.h"
#include "barista-steps-private.h"

#include <glib/gi18n-lib.h>

/* --- what the stages say --- */

static gboolean
is_state (const char *cause)
{
  const BaristaCause *row = barista_cause_find (cause);

  return row != NULL && row->kind == BARISTA_CAUSE_STATE;
}

/* A missing token is not yet answered, no failure. */
static gboolean
is_unanswered (const char *cause)
{
  return g_strcmp0 (cause, "password-empty") == 0 || g_strcmp0 (cause, "cancelled") == 0;
}

static void
count_failed (BaristaStepJudge *judge,
              BaristaStepTally *tally,
              BaristaStageReport *stage,
              const char *cause)
{
  if (g_strcmp0 (cause, "task-not-published") == 0)
    judge->unpublished = TRUE;
  if (is_state (cause))
    tally->waiting = tally->waiting != NULL ? tally->waiting : stage;
  else if (!is_unanswered (cause))
    tally->failure = tally->failure != NULL ? tally->failure : stage;
}

static void
count_stage (BaristaStepJudge *judge, BaristaStageReport *stage)
{
  const char *cause = barista_stage_report_get_cause (stage);
  const char *topic = barista_stage_report_get_topic (stage);
  BaristaStage kind = barista_stage_report_get_stage (stage);
  BaristaService service = barista_stage_report_get_service (stage);
  BaristaStepTally *tally = &judge->tallies[barista_steps_home (service, kind, cause)];

  /* A topic that isn't chosen any more is nobody's trouble. */
  if (topic != NULL && barista_setup_find_topic (judge->setup, topic) == NULL)
    return;

  switch (barista_stage_report_get_result (stage))
    {
    case BARISTA_RESULT_RUNNING:
      tally->running++;
      break;
    case BARISTA_RESULT_PASSED:
      tally->passed++;
      judge->signed_in |= kind == BARISTA_STAGE_SASL;
      judge->listed |= kind == BARISTA_STAGE_METADATA;
      break;
    case BARISTA_RESULT_FAILED:
      count_failed (judge, tally, stage, cause);
      break;
    case BARISTA_RESULT_SKIPPED:
      tally->skipped++;
      break;
    case BARISTA_RESULT_PENDING:
    case BARISTA_RESULT_CANCELLED:
    default:
      break;
    }
}

static void
count_stages (BaristaStepJudge *judge)
{
  GListModel *stages = judge->facts->stages;

  if (stages == NULL && judge->facts->report != NULL)
    stages = barista_report_get_stages (judge->facts->report);
  for (guint i = 0; stages != NULL && i < g_list_model_get_n_items (stages); i++)
    {
      g_autoptr (BaristaStageReport) stage = g_list_model_get_item (stages, i);

      count_stage (judge, stage);
    }

  /* The registry's address and name are looked at in stages of their own, before its list. */
  if (judge->facts->report == NULL || barista_report_get_n_topics (judge->facts->report) == 0)
    judge->listed = FALSE;
}

/* --- over all steps --- */

/* What the check has proved anew is in no doubt: a sign-in that was accepted, topics that are
 * listed. What a person decided is, until it is looked at again. */
static gboolean
is_proved (BaristaStepJudge *judge, BaristaStep step)
{
  switch (step)
    {
    case BARISTA_STEP_SIGN_IN:
      return judge->signed_in;
    case BARISTA_STEP_REGISTRY:
    case BARISTA_STEP_GROUP:
      return judge->tallies[step].passed > 0;
    case BARISTA_STEP_TOPICS:
      return judge->listed;
    case BARISTA_STEP_PUBLISH:
      return barista_setup_get_published (judge->setup);
    case BARISTA_STEP_START:
    case BARISTA_STEP_TASK:
    case BARISTA_STEP_SERVER:
    case BARISTA_STEP_SCHEMA:
    case BARISTA_STEP_SINKS:
    case BARISTA_STEP_REVIEW:
    case BARISTA_N_STEPS:
    default:
      return FALSE;
    }
}

static void
add_doubt (BaristaStepJudge *judge, BaristaStep step, BaristaStepInfo *info)
{
  const BaristaStepFacts *facts = judge->facts;
  gboolean stands = info->state == BARISTA_STEP_FINE || info->state == BARISTA_STEP_PROPOSED;

  if ((facts->doubted & (1u << step)) == 0 || !stands || is_proved (judge, step))
    return;

  info->state = BARISTA_STEP_DOUBT;
  info->passed_over = FALSE;
  if (facts->doubt < BARISTA_N_STEPS && info->note == NULL)
    /* Translators: %s is the title of a step, such as Server */
    info->note = g_strdup_printf (_ ("Look again: “%s” was changed"),
                                  barista_step_get_title (facts->doubt));
}

static void
set_reachable (const BaristaStepFacts *facts, BaristaStepInfo infos[BARISTA_N_STEPS])
{
  gboolean open = TRUE; /* nothing before is left to answer */

  for (int i = 0; i < BARISTA_N_STEPS; i++)
    {
      infos[i].reachable = (i == BARISTA_STEP_START)
                           || (infos[i].shown && (open || (facts->visited & (1u << i)) != 0));
      if (infos[i].shown && infos[i].missing != NULL && infos[i].state == BARISTA_STEP_TODO)
        open = FALSE;
    }
}

void
barista_steps_evaluate (BaristaSetup *setup,
                        const BaristaStepFacts *facts,
                        BaristaStepInfo infos[BARISTA_N_STEPS])
{
  BaristaStepJudge judge = { .setup = setup, .facts = facts };

  count_stages (&judge);
  for (int i = 0; i < BARISTA_N_STEPS; i++)
    {
      infos[i] = (BaristaStepInfo) { 0 };
      barista_steps_judge (&judge, (BaristaStep) i, &infos[i]);
      add_doubt (&judge, (BaristaStep) i, &infos[i]);
    }
  set_reachable (facts, infos);
}

void
barista_steps_clear (BaristaStepInfo infos[BARISTA_N_STEPS])
{
  for (int i = 0; i < BARISTA_N_STEPS; i++)
    {
      g_clear_pointer (&infos[i].answer, g_free);
      g_clear_pointer (&infos[i].note, g_free);
      g_clear_pointer (&infos[i].missing_text, g_free);
    }
}

BaristaStep
barista_steps_next (const BaristaStepInfo infos[BARISTA_N_STEPS], BaristaStep from)
{
  for (int i = (int) from + 1; i < BARISTA_STEP_REVIEW; i++)
    if (infos[i].shown && !infos[i].passed_over)
      return (BaristaStep) i;

  return BARISTA_STEP_REVIEW;
}

BaristaStep
barista_steps_back (const BaristaStepInfo infos[BARISTA_N_STEPS], BaristaStep from)
{
  for (int i = (int) from - 1; i > BARISTA_STEP_START; i--)
    if (infos[i].shown)
      return (BaristaStep) i;

  return BARISTA_STEP_START;
}

/**
 * barista_steps_can_check:
 * @setup: the answers
 * @has_token: a token is at hand
 *
 * A name that isn't typed to its end, or a token that isn't there yet, is no reason to ask a server.
 *
 * Returns: whether a check can tell something that isn't known without it
 */
gboolean
barista_steps_can_check (BaristaSetup *setup, gboolean has_token)
{
  const char *username = barista_setup_get_username (setup);
  const char *const *servers = barista_setup_get_bootstrap_servers (setup);

  if (servers[0] == NULL || *servers[0] == '\0')
    return FALSE;
  if (!barista_setup_get_uses_sasl (setup))
    return TRUE;

  return has_token && username != NULL && *username != '\0'
         && (!barista_setup_has_task (setup) || barista_setup_get_task_name (setup)[0] != '\0');
}

/**
 * barista_steps_can_greet:
 * @setup: the answers
 *
 * Nobody is called before the person has said something: a task that has its name, or a server.
 *
 * Returns: whether the address can be tried without a sign-in
 */
gboolean
barista_steps_can_greet (BaristaSetup *setup)
{
  const char *const *servers = barista_setup_get_bootstrap_servers (setup);
  const char *task = barista_setup_get_task_name (setup);

  return servers[0] != NULL && *servers[0] != '\0'
         && (task == NULL || barista_catalog_name_check (task, NULL));
}
