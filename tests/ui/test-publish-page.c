/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "barista-profile.h"
#include "barista-result-row.h"

#include "ui-step.h"

static void
press_copy (UiStep *fixture, const char *title)
{
  GtkWidget *row = ui_step_find (fixture, ADW_TYPE_ACTION_ROW, title);
  GtkWidget *button = ui_find (row, GTK_TYPE_BUTTON);
  const char *action = gtk_actionable_get_action_name (GTK_ACTIONABLE (button));

  g_assert_true (gtk_widget_is_sensitive (button));
  if (action != NULL)
    g_assert_true (gtk_widget_activate_action_variant (
        button, action, gtk_actionable_get_action_target_value (GTK_ACTIONABLE (button))));
  else
    g_signal_emit_by_name (button, "clicked");
}

/* The files are made on a thread. */
static gboolean
has_task_file (gpointer page)
{
  return ui_find_label (page, ADW_TYPE_EXPANDER_ROW, "estuary/tinybird.flow.yaml") != NULL;
}

/* The rows come one by one, before the next frame. */
static gboolean
has_mode (gpointer page)
{
  return ui_find_label (page, ADW_TYPE_ACTION_ROW, "Deletion Mode") != NULL
         && ui_find_label (page, ADW_TYPE_ACTION_ROW, "Collection") != NULL;
}

static void
test_publish_gives_the_values (void)
{
  UiStep fixture;
  g_autofree char *name = NULL, *token = NULL;

  ui_step_open (&fixture, "acmeCo/prod/tinybird", TRUE, BARISTA_STEP_TASK);
  barista_setup_set_collections (fixture.setup, (const char *const[]) { "acmeCo/orders", NULL });
  barista_session_set_token (fixture.session, "s3cret-token");
  barista_session_set_step (fixture.session, BARISTA_STEP_PUBLISH);
  barista_window_go (fixture.window, BARISTA_STEP_PUBLISH);
  fixture.page = barista_window_get_page (fixture.window, BARISTA_STEP_PUBLISH);

  ui_wait_until (has_mode, fixture.page);
  press_copy (&fixture, "Name");
  name = ui_read_clipboard (fixture.page);
  g_assert_cmpstr (name, ==, "acmeCo/prod/tinybird");
  press_copy (&fixture, "Auth Token");
  token = ui_read_clipboard (fixture.page);
  g_assert_cmpstr (token, ==, "s3cret-token");
  g_assert_nonnull (ui_find_label (fixture.page, ADW_TYPE_ACTION_ROW, "Not in Estuary yet"));
  ui_wait_until (has_task_file, fixture.page);

  /* The secret itself stands nowhere. */
  g_assert_null (ui_find_label (fixture.page, GTK_TYPE_LABEL, "s3cret-token"));
  barista_setup_set_published (fixture.setup, TRUE);
  g_assert_nonnull (ui_find_label (fixture.page, ADW_TYPE_ACTION_ROW, "Published"));
  ui_assert_named (fixture.page);
  ui_step_close (&fixture);
}

/* A created task that isn't in Estuary yet: patience, and on it goes by itself. */
static void
test_publish_is_patient (void)
{
  static const char *const scenarios[] = { "task-unpublished", NULL };
  BaristaPracticeOptions options = BARISTA_PRACTICE_OPTIONS_INIT;
  g_autoptr (BaristaPractice) practice = NULL;
  g_autoptr (BaristaSetup) setup = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *profile = NULL;
  const BaristaPracticeInfo *info;
  GtkWidget *row, *refused;
  UiStep fixture;

  options.scenarios = scenarios;
  practice = barista_practice_start (&options, &error);
  g_assert_no_error (error);
  info = barista_practice_get_info (practice);
  g_assert_true (g_file_get_contents (info->profile, &profile, NULL, &error));
  setup = barista_profile_parse (profile, -1, g_get_tmp_dir (), &error);
  g_assert_no_error (error);
  barista_setup_set_ca_file (setup, info->ca_file);
  barista_setup_set_managed (setup, TRUE);
  barista_setup_set_published (setup, FALSE);

  ui_step_open_session (&fixture, barista_session_new (setup), BARISTA_STEP_PUBLISH);
  barista_session_set_token (fixture.session, info->token);
  barista_session_check_now (fixture.session);
  ui_wait_idle (fixture.session);
  row = ui_step_find (&fixture, ADW_TYPE_ACTION_ROW, "Not in Estuary yet");
  g_assert_cmpstr (adw_action_row_get_subtitle (ADW_ACTION_ROW (row)), ==,
                   "The address works; this goes on by itself once the task is published.");

  /* Nowhere a failure. */
  for (int step = BARISTA_STEP_TASK; step < BARISTA_N_STEPS; step++)
    g_assert_cmpint (barista_session_get_step_info (fixture.session, step)->state, !=,
                     BARISTA_STEP_FAILED);
  refused = ui_find (barista_window_get_page (fixture.window, BARISTA_STEP_SIGN_IN),
                     BARISTA_TYPE_RESULT_ROW);
  g_assert_false (gtk_widget_get_visible (refused));

  barista_practice_publish_task (practice);
  ui_click (fixture.page, "_Look Now");
  barista_session_check_now (fixture.session);
  ui_wait_idle (fixture.session);
  g_assert_true (barista_setup_get_published (fixture.setup));
  g_assert_nonnull (ui_find_label (fixture.page, ADW_TYPE_ACTION_ROW, "Published"));
  ui_step_close (&fixture);
  barista_practice_stop (practice);
}

int
main (int argc, char **argv)
{
  gtk_test_init (&argc, &argv);
  adw_init ();
  g_object_set (gtk_settings_get_default (), "gtk-enable-animations", FALSE, NULL);

  g_test_add_func ("/pages/publish/values", test_publish_gives_the_values);
  g_test_add_func ("/pages/publish/patient", test_publish_is_patient);

  return g_test_run ();
}
