/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "barista-session-private.h"

#define DEBOUNCE_MS 300
#define RETRY_MS (10 * 1000)

static void start_run (BaristaSession *self, gboolean quiet);

static void
run_free (SessionRun *run)
{
  g_clear_object (&run->check);
  g_clear_object (&run->cancellable);
  g_free (run);
}

static void
tell_checking (BaristaSession *self)
{
  session_activity_follow (self);
  session_notify (self, SESSION_PROP_CHECKING);
  session_steps_changed (self);
}

/* The run goes on by itself until it has stopped, and nobody listens any more. */
static void
drop_run (SessionRun **slot)
{
  SessionRun *run = g_steal_pointer (slot);

  if (run == NULL)
    return;
  g_signal_handlers_disconnect_by_data (run->check, run->session);
  g_signal_handlers_disconnect_by_data (
      barista_report_get_stages (barista_check_get_report (run->check)), run->session);
  run->session = NULL;
  g_cancellable_cancel (run->cancellable);
}

static gboolean
on_retry_source (gpointer user_data)
{
  BaristaSession *self = user_data;

  self->retry_source = 0;
  start_run (self, TRUE);

  return G_SOURCE_REMOVE;
}

/* All that is wrong is that the task isn't there yet. */
static gboolean
waits_for_task (BaristaReport *report)
{
  GListModel *stages = barista_report_get_stages (report);
  gboolean waits = FALSE;

  for (guint i = 0; i < g_list_model_get_n_items (stages); i++)
    {
      g_autoptr (BaristaStageReport) stage = g_list_model_get_item (stages, i);

      if (barista_stage_report_get_result (stage) != BARISTA_RESULT_FAILED)
        continue;
      if (g_strcmp0 (barista_stage_report_get_cause (stage), "task-not-published") != 0)
        return FALSE;
      waits = TRUE;
    }

  return waits;
}

/* Nor does it end the waiting that the network was away for a moment. */
static gboolean
lost_the_way (BaristaReport *report)
{
  BaristaStageReport *failure = barista_report_get_failure (report, BARISTA_SERVICE_KAFKA);

  return failure != NULL && barista_stage_report_get_stage (failure) <= BARISTA_STAGE_HELLO;
}

/* The only topic needs no choosing. */
static void
propose_topic (BaristaSession *self)
{
  BaristaTopicInfo info;

  if (barista_setup_get_topics_stated (self->setup) || self->report == NULL
      || barista_report_get_n_topics (self->report) != 1)
    return;

  barista_report_get_topic (self->report, 0, &info);
  {
    g_autoptr (BaristaTopicChoice) choice = barista_topic_choice_new (info.name);

    self->restoring = TRUE;
    barista_setup_add_topic (self->setup, choice);
    self->restoring = FALSE;
  }
}

static void
show_report (BaristaSession *self, BaristaReport *report)
{
  if (!g_set_object (&self->report, report))
    return;

  session_tables_take_stages (self, report, TRUE);
  session_notify (self, SESSION_PROP_REPORT);
}

/* What a sign-in that was let in means for its token. */
static void
take_passed (BaristaSession *self, BaristaStageReport *stage)
{
  if (barista_stage_report_get_result (stage) != BARISTA_RESULT_PASSED)
    return;

  if (barista_stage_report_get_stage (stage) == BARISTA_STAGE_SASL)
    session_token_accepted (self);
  else if (barista_stage_report_get_stage (stage) == BARISTA_STAGE_REGISTRY)
    session_registry_token_accepted (self);
}

static void
take_accepted (BaristaSession *self, BaristaReport *report)
{
  GListModel *stages = barista_report_get_stages (report);

  for (guint i = 0; i < g_list_model_get_n_items (stages); i++)
    {
      g_autoptr (BaristaStageReport) stage = g_list_model_get_item (stages, i);

      take_passed (self, stage);
    }
}

static void
on_stage (BaristaCheck *check, BaristaStageReport *stage, BaristaSession *self)
{
  gboolean passed = barista_stage_report_get_result (stage) == BARISTA_RESULT_PASSED;

  take_passed (self, stage);
  if (passed && barista_stage_report_get_stage (stage) == BARISTA_STAGE_METADATA)
    propose_topic (self);
  session_steps_changed (self);
}

static void
on_whole_stages (BaristaSession *self)
{
  session_tables_take_stages (self, self->report, TRUE);
  session_steps_changed (self);
}

static void
end_whole (BaristaSession *self, SessionRun *run, gboolean stopped)
{
  BaristaReport *report = barista_check_get_report (run->check);

  if (run->quiet)
    {
      show_report (self, report);
      take_accepted (self, report);
      propose_topic (self);
    }
  if (!stopped && run->chosen)
    session_tables_take_probes (self, barista_check_get_probes (run->check));
  if (waits_for_task (report) || (run->quiet && lost_the_way (report)))
    self->retry_source = g_timeout_add (self->retry_ms, on_retry_source, self);
  session_save_soon (self);
  if (!stopped)
    session_look_at_topics (self);
}

static void
on_run_ended (GObject *source, GAsyncResult *result, gpointer user_data)
{
  SessionRun *run = user_data;
  BaristaSession *self = run->session;
  gboolean stopped = !barista_check_run_finish (BARISTA_CHECK (source), result, NULL);

  if (self == NULL)
    {
      run_free (run);
      return;
    }

  g_object_ref (self);
  if (run->whole)
    {
      self->run = NULL;
      end_whole (self, run, stopped);
    }
  else
    {
      self->look = NULL;
      session_tables_take_stages (self, barista_check_get_report (run->check), FALSE);
      session_tables_take_probes (self, barista_check_get_probes (run->check));
      session_look_at_topics (self);
    }
  g_signal_handlers_disconnect_by_data (run->check, self);
  g_signal_handlers_disconnect_by_data (
      barista_report_get_stages (barista_check_get_report (run->check)), self);
  run_free (run);
  tell_checking (self);
  g_object_unref (self);
}

static SessionRun *
run_new (BaristaSession *self, BaristaSetup *setup, BaristaStage until)
{
  SessionRun *run = g_new0 (SessionRun, 1);
  BaristaCheckOptions options = BARISTA_CHECK_OPTIONS_INIT;

  options.until = until;
  run->session = self;
  run->check = barista_check_new (setup, self->token, self->registry_token, &options);
  run->cancellable = g_cancellable_new ();

  return run;
}

/* An address that is being typed gets no token: half of a name may be somebody else's. */
static gboolean
can_sign_in (BaristaSession *self)
{
  return !self->address_open && barista_steps_can_check (self->setup, self->token != NULL);
}

static void
start_run (BaristaSession *self, gboolean quiet)
{
  /* What the person types meanwhile is for the next one. */
  g_autoptr (BaristaSetup) setup = barista_setup_copy (self->setup);
  gboolean chosen = g_list_model_get_n_items (barista_setup_get_topics (setup)) > 0;
  SessionRun *run;

  g_clear_handle_id (&self->check_source, g_source_remove);
  g_clear_handle_id (&self->retry_source, g_source_remove);
  drop_run (&self->run);
  drop_run (&self->look);

  run = self->run = run_new (self, setup,
                             !can_sign_in (self) ? BARISTA_STAGE_HELLO
                             : chosen            ? BARISTA_STAGE_GROUP
                                                 : BARISTA_STAGE_REGISTRY);
  run->whole = TRUE;
  run->chosen = chosen && can_sign_in (self);
  run->quiet = quiet;
  if (!quiet)
    {
      BaristaReport *report = barista_check_get_report (run->check);

      show_report (self, report);
      g_signal_connect (run->check, "stage", G_CALLBACK (on_stage), self);
      g_signal_connect_swapped (barista_report_get_stages (report), "items-changed",
                                G_CALLBACK (on_whole_stages), self);
    }
  barista_check_run_async (run->check, run->cancellable, on_run_ended, run);
  tell_checking (self);
}

static gboolean
on_check_source (gpointer user_data)
{
  BaristaSession *self = user_data;

  self->check_source = 0;
  start_run (self, FALSE);

  return G_SOURCE_REMOVE;
}

/* Starts one after @delay_ms, if there is something to check. */
void
session_check_schedule (BaristaSession *self, guint delay_ms)
{
  g_clear_handle_id (&self->check_source, g_source_remove);
  g_clear_handle_id (&self->retry_source, g_source_remove);
  if (self->token_state != BARISTA_TOKEN_LOOKING
      && (can_sign_in (self) || barista_steps_can_greet (self->setup)))
    self->check_source = g_timeout_add (delay_ms, on_check_source, self);
  tell_checking (self);
}

void
session_check_stale (BaristaSession *self)
{
  drop_run (&self->run);
  drop_run (&self->look);
  if (self->report != NULL)
    {
      show_report (self, NULL);
      session_tables_forget_all (self);
    }
  session_check_schedule (self, self->debounce_ms);
}

/* A setup with the chosen topics alone that nothing is known of yet; NULL if there is none. */
static BaristaSetup *
copy_for_look (BaristaSession *self)
{
  GListModel *topics = barista_setup_get_topics (self->setup);
  g_autoptr (BaristaSetup) setup = NULL;
  guint n = 0;

  for (guint i = 0; i < g_list_model_get_n_items (topics); i++)
    {
      g_autoptr (BaristaTopicChoice) choice = g_list_model_get_item (topics, i);
      const char *name = barista_topic_choice_get_topic (choice);

      if (setup == NULL)
        setup = barista_setup_copy (self->setup);
      if (g_hash_table_contains (self->topics, name))
        barista_setup_remove_topic (setup, name);
      else
        n++;
    }

  return n > 0 ? g_steal_pointer (&setup) : NULL;
}

static gboolean
topics_are_listed (BaristaSession *self)
{
  return self->report != NULL && barista_report_get_n_topics (self->report) > 0;
}

/* Looks at topics that were chosen after the check, without asking for everything once more. */
void
session_look_at_topics (BaristaSession *self)
{
  g_autoptr (BaristaSetup) setup = NULL;

  if (self->run != NULL || self->check_source != 0 || self->look != NULL
      || !topics_are_listed (self))
    return;
  setup = copy_for_look (self);
  if (setup == NULL)
    return;

  self->look = run_new (self, setup, BARISTA_STAGE_GROUP);
  g_signal_connect_swapped (barista_report_get_stages (
                                barista_check_get_report (self->look->check)),
                            "items-changed", G_CALLBACK (session_tell_soon), self);
  barista_check_run_async (self->look->check, self->look->cancellable, on_run_ended, self->look);
  tell_checking (self);
}

void
session_check_init (BaristaSession *self)
{
  self->debounce_ms = DEBOUNCE_MS;
  self->retry_ms = RETRY_MS;
  self->working_stage = -1;
}

void
session_check_clear (BaristaSession *self)
{
  g_clear_handle_id (&self->check_source, g_source_remove);
  g_clear_handle_id (&self->retry_source, g_source_remove);
  drop_run (&self->run);
  drop_run (&self->look);
  g_clear_object (&self->report);
  session_activity_clear (self);
}

void
barista_session_set_waits (BaristaSession *self, guint debounce_ms, guint retry_ms)
{
  self->debounce_ms = debounce_ms;
  self->retry_ms = retry_ms;
}

/* --- public --- */

/**
 * barista_session_check_now:
 * @self: the session
 *
 * Starts a check without the pause for typing; one that runs is stopped. Without a token only the
 * address is tried; without an address nothing happens.
 */
void
barista_session_check_now (BaristaSession *self)
{
  drop_run (&self->run);
  session_address_done (self);
  session_check_schedule (self, 0);
}

/* The address is being typed. */
void
session_address_open (BaristaSession *self)
{
  if (self->practice == NULL && !self->restoring)
    self->address_open = TRUE;
}

/* It is what the person wants: from now on it may be told the token. Returns FALSE if it was. */
gboolean
session_address_done (BaristaSession *self)
{
  if (!self->address_open)
    return FALSE;

  self->address_open = FALSE;
  session_token_look_up (self, 0);
  return TRUE;
}

/**
 * barista_session_settle_address:
 * @self: the session
 *
 * An address that was being typed is what the person wants; a check goes on to sign in there. Where
 * none was, nothing happens.
 */
void
barista_session_settle_address (BaristaSession *self)
{
  if (session_address_done (self))
    session_check_schedule (self, 0);
}

/**
 * barista_session_cancel_check:
 * @self: the session
 *
 * Stops the check; its report says which stages were not reached.
 */
void
barista_session_cancel_check (BaristaSession *self)
{
  g_clear_handle_id (&self->check_source, g_source_remove);
  g_clear_handle_id (&self->retry_source, g_source_remove);
  if (self->run != NULL)
    g_cancellable_cancel (self->run->cancellable);
  if (self->look != NULL)
    g_cancellable_cancel (self->look->cancellable);
  tell_checking (self);
}

gboolean
barista_session_get_checking (BaristaSession *self)
{
  return (self->run != NULL && !self->run->quiet) || self->look != NULL || self->check_source != 0;
}

BaristaReport *
barista_session_get_report (BaristaSession *self)
{
  return self->report;
}

GListModel *
barista_session_get_stages (BaristaSession *self)
{
  session_tables_settle_stages (self);
  return G_LIST_MODEL (self->stages);
}

BaristaStageReport *
barista_session_find_stage (BaristaSession *self,
                            BaristaService service,
                            BaristaStage stage,
                            const char *topic)
{
  GListModel *stages = barista_session_get_stages (self);

  for (guint i = 0; i < g_list_model_get_n_items (stages); i++)
    {
      g_autoptr (BaristaStageReport) report = g_list_model_get_item (stages, i);

      if (barista_stage_report_get_service (report) == service
          && barista_stage_report_get_stage (report) == stage
          && g_strcmp0 (barista_stage_report_get_topic (report), topic) == 0)
        return report; /* the list keeps it */
    }

  return NULL;
}

gboolean
barista_session_concerns (BaristaSession *self, BaristaStageReport *stage)
{
  const char *topic = barista_stage_report_get_topic (stage);

  return topic == NULL || barista_setup_find_topic (self->setup, topic) != NULL;
}

BaristaStageReport *
barista_session_find_failure (BaristaSession *self, BaristaStep step)
{
  GListModel *stages = barista_session_get_stages (self);

  for (guint i = 0; i < g_list_model_get_n_items (stages); i++)
    {
      g_autoptr (BaristaStageReport) report = g_list_model_get_item (stages, i);

      if (barista_stage_report_get_result (report) == BARISTA_RESULT_FAILED
          && barista_session_concerns (self, report)
          && barista_steps_home (barista_stage_report_get_service (report),
                                 barista_stage_report_get_stage (report),
                                 barista_stage_report_get_cause (report))
                 == step)
        return report;
    }

  return NULL;
}
