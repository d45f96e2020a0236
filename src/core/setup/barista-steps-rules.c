/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "barista-names.h"
#include "barista-steps-private.h"

#include <glib/gi18n-lib.h>

static void
wait_for (BaristaStepInfo *info, const char *missing, const char *text)
{
  info->missing = missing;
  info->missing_text = g_strdup (text);
}

/* What Estuary would refuse in the list of collections; NULL: nothing. */
static char *
find_collection_fault (BaristaSetup *setup)
{
  const char *const *collections = barista_setup_get_collections (setup);
  g_autoptr (GError) error = NULL;

  if (collections[0] == NULL)
    return g_strdup (_ ("Add at least one collection"));
  for (guint i = 0; collections[i] != NULL; i++)
    if (!barista_catalog_name_check (collections[i], &error))
      return g_strdup (error->message);

  return NULL;
}

static void
judge_task (BaristaStepJudge *judge, BaristaStepInfo *info)
{
  const char *name = barista_setup_get_task_name (judge->setup);
  gboolean managed = barista_setup_get_managed (judge->setup);
  g_autofree char *fault = managed ? find_collection_fault (judge->setup) : NULL;

  info->shown = name != NULL;
  if (!info->shown)
    return;

  info->answer = *name != '\0' ? g_strdup (name) : NULL;
  if (*name == '\0')
    wait_for (info, "task.name", _ ("Enter the task's full name"));
  else if (!barista_catalog_name_check (name, NULL))
    wait_for (info, "task.name", _ ("It looks like acmeCo/prod/tinybird, with slashes"));
  else if (fault != NULL)
    wait_for (info, "task.collections", fault);
  else if (managed && !barista_setup_get_published (judge->setup) && !judge->facts->has_token)
    wait_for (info, "token", _ ("Generate a token, or type one"));
  else
    info->state = BARISTA_STEP_FINE;
  info->passed_over = judge->facts->practice; /* there is nothing to answer */
}

static void
judge_publish (BaristaStepJudge *judge, BaristaStepInfo *info)
{
  /* The practice task is published as it starts. */
  info->shown = barista_setup_has_task (judge->setup) && barista_setup_get_managed (judge->setup)
                && !judge->facts->practice;
  if (!info->shown)
    return;

  if (barista_setup_get_published (judge->setup))
    {
      info->state = BARISTA_STEP_FINE;
      info->passed_over = TRUE;
      info->answer = g_strdup (_ ("Published"));
    }
  else if (judge->unpublished)
    {
      info->state = BARISTA_STEP_WAITING;
      info->answer = g_strdup (_ ("Not in Estuary yet"));
    }
  /* It is there to be done outside; going on does not depend on it. */
}

/* Working, failed or proved, as the stages have it. Returns TRUE if they decide. */
static gboolean
judge_stages (BaristaStepJudge *judge, BaristaStep step, BaristaStepInfo *info, const char *member)
{
  const BaristaStepTally *tally = &judge->tallies[step];

  if (tally->failure != NULL)
    {
      info->state = BARISTA_STEP_FAILED;
      info->note = g_strdup (barista_stage_report_get_title (tally->failure));
      wait_for (info, member, NULL);
      return TRUE;
    }
  if (tally->waiting != NULL)
    {
      info->state = BARISTA_STEP_WAITING;
      info->note = g_strdup (barista_stage_report_get_title (tally->waiting));
      info->passed_over = TRUE;
      return TRUE;
    }
  if (tally->running > 0)
    {
      info->state = BARISTA_STEP_WORKING;
      return TRUE;
    }

  return FALSE;
}

static void
judge_server (BaristaStepJudge *judge, BaristaStepInfo *info)
{
  const char *const *servers = barista_setup_get_bootstrap_servers (judge->setup);

  info->shown = TRUE;
  info->answer = servers[0] != NULL && *servers[0] != '\0' ? g_strdup (servers[0]) : NULL;
  if (info->answer == NULL)
    {
      wait_for (info, "server.bootstrap_servers", _ ("Enter an address, as host:port"));
      return;
    }
  if (judge_stages (judge, BARISTA_STEP_SERVER, info, "server.bootstrap_servers"))
    {
      /* Next doesn't stop here while the address is being tried: a failure leads back. */
      info->passed_over = info->state != BARISTA_STEP_FAILED;
      return;
    }

  info->state = judge->tallies[BARISTA_STEP_SERVER].passed > 0 ? BARISTA_STEP_FINE
                                                               : BARISTA_STEP_PROPOSED;
  /* Another Kafka's address is nothing that could be proposed. */
  info->passed_over = info->state == BARISTA_STEP_FINE || barista_setup_get_is_dekaf (judge->setup);
}

static void
judge_sign_in (BaristaStepJudge *judge, BaristaStepInfo *info)
{
  const char *username = barista_setup_get_username (judge->setup);

  info->shown = barista_setup_get_uses_sasl (judge->setup);
  if (!info->shown)
    return;

  info->answer = username != NULL && *username != '\0' ? g_strdup (username) : NULL;
  if (info->answer == NULL)
    wait_for (info, "sign_in.username", _ ("Enter the user name"));
  else if (!judge->facts->has_token)
    wait_for (info, "token",
              barista_setup_has_task (judge->setup) ? _ ("Enter the auth token")
                                                    : _ ("Enter the password"));
  else if (judge_stages (judge, BARISTA_STEP_SIGN_IN, info, "token"))
    {
      if (info->state == BARISTA_STEP_WORKING)
        wait_for (info, "check", NULL);
      info->passed_over |= judge->facts->practice && info->state == BARISTA_STEP_WORKING;
    }
  else if (judge->signed_in)
    {
      info->state = BARISTA_STEP_FINE;
      info->passed_over = TRUE;
    }
  else if (judge->unpublished)
    {
      info->state = BARISTA_STEP_WAITING;
      info->passed_over = TRUE;
    }
  else if (judge->facts->checking)
    {
      info->state = BARISTA_STEP_WORKING;
      info->passed_over = judge->facts->practice; /* its token is no question */
      wait_for (info, "check", NULL);
    }
}

/* "14 subjects" of the registry's own stage; NULL before. */
static char *
subjects_answer (BaristaStepJudge *judge)
{
  GListModel *stages = judge->facts->stages;

  if (stages == NULL && judge->facts->report != NULL)
    stages = barista_report_get_stages (judge->facts->report);
  for (guint i = 0; stages != NULL && i < g_list_model_get_n_items (stages); i++)
    {
      g_autoptr (BaristaStageReport) stage = g_list_model_get_item (stages, i);
      JsonObject *evidence = barista_stage_report_get_evidence (stage);

      if (barista_stage_report_get_stage (stage) == BARISTA_STAGE_REGISTRY
          && barista_stage_report_get_result (stage) == BARISTA_RESULT_PASSED
          && json_object_has_member (evidence, "subjects"))
        {
          gint64 n = json_object_get_int_member (evidence, "subjects");

          return g_strdup_printf (ngettext ("%d subject", "%d subjects", (gulong) n), (int) n);
        }
    }

  return NULL;
}

/* Where a failure of the registry is mended. */
static const char *
registry_member (BaristaStepJudge *judge)
{
  BaristaStageReport *failure = judge->tallies[BARISTA_STEP_REGISTRY].failure;

  if (failure == NULL || barista_setup_get_registry_same_sign_in (judge->setup)
      || g_strcmp0 (barista_stage_report_get_cause (failure), "registry-refused") != 0)
    return "registry.url";

  return barista_setup_get_registry_username (judge->setup) != NULL ? "registry-token"
                                                                    : "registry.username";
}

static void
judge_registry (BaristaStepJudge *judge, BaristaStepInfo *info)
{
  gboolean own = !barista_setup_get_registry_same_sign_in (judge->setup);
  gboolean named = barista_setup_get_registry_username (judge->setup) != NULL;

  info->shown = TRUE;
  if (!barista_setup_get_registry_enabled (judge->setup))
    {
      info->state = BARISTA_STEP_FINE;
      info->answer = g_strdup (_ ("Off"));
      info->passed_over = TRUE;
      return;
    }

  if (*barista_setup_get_registry_url (judge->setup) == '\0')
    wait_for (info, "registry.url", _ ("Enter its address, or turn it off"));
  /* Neither of them: then it wants no sign-in, or says so. */
  else if (own && named && !judge->facts->has_registry_token)
    wait_for (info, "registry-token", _ ("Enter the registry's password"));
  else if (own && !named && judge->facts->has_registry_token)
    wait_for (info, "registry.username", _ ("Enter the registry's user name"));
  else if (!judge_stages (judge, BARISTA_STEP_REGISTRY, info, registry_member (judge)))
    {
      info->state = judge->tallies[BARISTA_STEP_REGISTRY].passed > 0 ? BARISTA_STEP_FINE
                                                                     : BARISTA_STEP_PROPOSED;
      info->passed_over = TRUE;
    }
  else if (info->state != BARISTA_STEP_FAILED)
    info->passed_over = TRUE;

  if (info->state == BARISTA_STEP_FINE)
    info->answer = subjects_answer (judge);
}

/* What comes after the listing can't be answered while a created task isn't there. */
static gboolean
judge_unpublished (BaristaStepJudge *judge, BaristaStepInfo *info)
{
  if (!judge->unpublished
      && (judge->listed || barista_setup_get_published (judge->setup)
          || !barista_setup_get_managed (judge->setup)))
    return FALSE;

  info->state = BARISTA_STEP_WAITING;
  info->note = g_strdup (_ ("Needs the published task"));
  info->passed_over = TRUE;
  return TRUE;
}

static void
judge_topics (BaristaStepJudge *judge, BaristaStepInfo *info)
{
  GListModel *topics = barista_setup_get_topics (judge->setup);
  guint n = g_list_model_get_n_items (topics);
  g_autoptr (BaristaTopicChoice) first = g_list_model_get_item (topics, 0);

  info->shown = TRUE;
  if (n == 1)
    info->answer = g_strdup (barista_topic_choice_get_topic (first));
  else if (n > 1)
    info->answer = g_strdup_printf (ngettext ("%u topic", "%u topics", n), n);

  if (n == 0 && judge_unpublished (judge, info))
    return;
  if (judge_stages (judge, BARISTA_STEP_TOPICS, info, "topics"))
    return;
  if (n == 0)
    wait_for (info, "topics", judge->listed ? _ ("Choose at least one topic") : NULL);
  else
    info->state = judge->listed ? BARISTA_STEP_FINE : BARISTA_STEP_PROPOSED;
}

/* A step about each chosen topic, which isn't there to be answered before one is chosen. */
static void
judge_of_topics (BaristaStepJudge *judge,
                 BaristaStep step,
                 BaristaStepInfo *info,
                 const char *member)
{
  guint n = g_list_model_get_n_items (barista_setup_get_topics (judge->setup));

  info->shown = TRUE;
  if (n == 0 && judge_unpublished (judge, info))
    return;
  if (n == 0 || judge_stages (judge, step, info, member))
    return;

  info->state = (judge->facts->visited & (1u << step)) != 0 ? BARISTA_STEP_FINE : BARISTA_STEP_TODO;
}

static void
judge_group (BaristaStepJudge *judge, BaristaStepInfo *info)
{
  GListModel *topics = barista_setup_get_topics (judge->setup);
  guint n = g_list_model_get_n_items (topics);
  guint latest = 0;

  judge_of_topics (judge, BARISTA_STEP_GROUP, info, "topics.group_id");
  for (guint i = 0; i < n; i++)
    {
      g_autoptr (BaristaTopicChoice) choice = g_list_model_get_item (topics, i);

      latest += barista_topic_choice_get_start (choice) == BARISTA_START_LATEST;
    }
  if (n > 0 && info->state == BARISTA_STEP_FINE)
    info->answer = g_strdup (latest == 0   ? _ ("From the oldest record")
                             : latest == n ? _ ("New records only")
                                           : _ ("Mixed"));
}

static void
judge_schema (BaristaStepJudge *judge, BaristaStepInfo *info)
{
  judge_of_topics (judge, BARISTA_STEP_SCHEMA, info, "topics.columns");
}

static void
judge_sinks (BaristaStepJudge *judge, BaristaStepInfo *info)
{
  guint n = g_list_model_get_n_items (barista_setup_get_sinks (judge->setup));

  info->shown = TRUE;
  info->passed_over = TRUE; /* optional */
  info->state = BARISTA_STEP_PROPOSED;
  info->answer = n == 0 ? g_strdup (_ ("None"))
                        : g_strdup_printf (ngettext ("%u sink", "%u sinks", n), n);
  if (n > 0)
    info->state = BARISTA_STEP_FINE;
}

static void
judge_review (BaristaStepJudge *judge, BaristaStepInfo *info)
{
  info->shown = TRUE;
  if (!judge->facts->saved)
    return;

  info->state = BARISTA_STEP_FINE;
  info->answer = g_strdup (_ ("Saved"));
}

/* Start is no row of the sidebar: it comes before there is anything to show. */
static void
judge_start (BaristaStepJudge *judge, BaristaStepInfo *info)
{
  info->shown = FALSE;
  info->state = BARISTA_STEP_FINE;
}

static void (*const judges[BARISTA_N_STEPS]) (BaristaStepJudge *judge, BaristaStepInfo *info) = {
  [BARISTA_STEP_START] = judge_start,     [BARISTA_STEP_TASK] = judge_task,
  [BARISTA_STEP_PUBLISH] = judge_publish, [BARISTA_STEP_SERVER] = judge_server,
  [BARISTA_STEP_SIGN_IN] = judge_sign_in, [BARISTA_STEP_REGISTRY] = judge_registry,
  [BARISTA_STEP_TOPICS] = judge_topics,   [BARISTA_STEP_GROUP] = judge_group,
  [BARISTA_STEP_SCHEMA] = judge_schema,   [BARISTA_STEP_SINKS] = judge_sinks,
  [BARISTA_STEP_REVIEW] = judge_review,
};

void
barista_steps_judge (BaristaStepJudge *judge, BaristaStep step, BaristaStepInfo *info)
{
  judges[step](judge, info);
}
