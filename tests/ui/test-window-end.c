/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "barista-window.h"

#include "ui-drive.h"

/* What a window leaves behind: nothing. Here leaks are looked for, which makes all of it so slow that
 * a check would give up waiting: none has to end. */

static BaristaWindow *
window_new (void)
{
  BaristaWindow *window = ui_window_new (NULL, NULL);

  gtk_window_present (GTK_WINDOW (window));
  return window;
}

/* What becomes of a setup after its window went back to Start is none of the window's. */
static void
test_lets_go_of_a_setup (void)
{
  g_autoptr (BaristaSetup) setup = barista_setup_new ();
  g_autoptr (BaristaSession) session = barista_session_new (setup);
  BaristaWindow *window = window_new ();

  barista_window_set_session (window, session);
  barista_window_set_session (window, NULL);
  barista_setup_set_name (setup, "Orders to Tinybird");
  g_assert_cmpstr (gtk_window_get_title (GTK_WINDOW (window)), ==, "Barista");
  gtk_window_destroy (GTK_WINDOW (window));
}

static gboolean
is_signing_in (gpointer session)
{
  BaristaStageReport *stage = barista_session_find_stage (session, BARISTA_SERVICE_KAFKA,
                                                          BARISTA_STAGE_SASL, NULL);

  return stage != NULL && barista_stage_report_get_result (stage) == BARISTA_RESULT_RUNNING;
}

/* A window that is closed while a check runs takes the session and all of its pages with it. */
static void
test_closed_while_checking (void)
{
  static const char *const scenarios[] = { "slow-sign-in", NULL };
  BaristaPracticeOptions options = BARISTA_PRACTICE_OPTIONS_INIT;
  g_autoptr (BaristaPractice) practice = NULL;
  BaristaWindow *window = window_new ();
  BaristaSession *session;
  GWeakRef kept, page;

  options.scenarios = scenarios;
  practice = barista_practice_start (&options, NULL);
  g_assert_nonnull (practice);
  session = barista_session_new_for_practice (practice, NULL);
  g_weak_ref_init (&kept, session);
  barista_window_set_session (window, session);
  ui_wait_until (is_signing_in, session);
  for (int step = BARISTA_STEP_TASK; step < BARISTA_N_STEPS; step++)
    barista_window_get_page (window, (BaristaStep) step);
  g_weak_ref_init (&page, barista_window_get_page (window, BARISTA_STEP_SIGN_IN));
  g_object_unref (session);

  gtk_window_destroy (GTK_WINDOW (window));
  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_assert_null (g_weak_ref_get (&page));
  g_assert_null (g_weak_ref_get (&kept));
  g_weak_ref_clear (&page);
  g_weak_ref_clear (&kept);
}

int
main (int argc, char **argv)
{
  gtk_test_init (&argc, &argv);
  adw_init ();
  g_object_set (gtk_settings_get_default (), "gtk-enable-animations", FALSE, NULL);

  g_test_add_func ("/window-end/lets-go-of-a-setup", test_lets_go_of_a_setup);
  g_test_add_func ("/window-end/closed-while-checking", test_closed_while_checking);

  return g_test_run ();
}
