/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "session-drive.h"

#include "barista-profile.h"

BaristaPractice *
practice_new (const char *scenario)
{
  const char *scenarios[] = { scenario, NULL };
  BaristaPracticeOptions options = BARISTA_PRACTICE_OPTIONS_INIT;
  g_autoptr (GError) error = NULL;
  BaristaPractice *practice;

  options.arrivals = 0;
  options.scenarios = scenario != NULL ? scenarios : NULL;
  practice = barista_practice_start (&options, &error);
  g_assert_no_error (error);

  return practice;
}

BaristaSetup *
setup_for (BaristaPractice *practice)
{
  g_autofree char *text = NULL;
  g_autoptr (GError) error = NULL;
  BaristaSetup *setup;

  g_assert_true (
      g_file_get_contents (barista_practice_get_info (practice)->profile, &text, NULL, &error));
  setup = barista_profile_parse (text, -1, "/", &error);
  g_assert_no_error (error);

  return setup;
}

BaristaSession *
session_for (BaristaPractice *practice)
{
  g_autoptr (BaristaSetup) setup = setup_for (practice);
  BaristaSession *session = barista_session_new (setup);

  barista_session_set_waits (session, 5, 20);
  return session;
}

void
settle (void)
{
  while (g_main_context_iteration (NULL, FALSE))
    ;
}

void
wait_idle (BaristaSession *session)
{
  while (barista_session_get_checking (session) || barista_session_get_making_tables (session)
         || barista_session_get_token_state (session) == BARISTA_TOKEN_LOOKING)
    g_main_context_iteration (NULL, TRUE);
  settle ();
}

void
wait_result (BaristaSession *session, BaristaStage stage, BaristaResult result)
{
  BaristaStageReport *report;

  while ((report = barista_session_find_stage (session, BARISTA_SERVICE_KAFKA, stage, NULL)) == NULL
         || barista_stage_report_get_result (report) != result)
    g_main_context_iteration (NULL, TRUE);
}

void
wait_token (BaristaSession *session, BaristaTokenState state)
{
  while (barista_session_get_token_state (session) != state)
    g_main_context_iteration (NULL, TRUE);
}

const char *
state_of (BaristaSession *session, BaristaStep step)
{
  static GEnumClass *klass;

  if (klass == NULL)
    klass = g_type_class_ref (BARISTA_TYPE_STEP_STATE);
  return g_enum_get_value (klass, barista_session_get_step_info (session, step)->state)->value_nick;
}

void
add_topic (BaristaSession *session, const char *topic)
{
  g_autoptr (BaristaTopicChoice) choice = barista_topic_choice_new (topic);

  barista_setup_add_topic (barista_session_get_setup (session), choice);
}
