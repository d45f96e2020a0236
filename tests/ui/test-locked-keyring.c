/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "test-keyring.h"
#include "ui-step.h"

#include <string.h>

/* Sign-In with a keyring that is locked, whose prompts are answered or sent away. */

static TestKeyring *keyring;

typedef struct
{
  UiStep step;
  BaristaPractice *practice;
} Fixture;

static gboolean
is_locked (gpointer session)
{
  return barista_session_get_token_state (session) == BARISTA_TOKEN_LOCKED;
}

static gboolean
is_kept (gpointer session)
{
  return barista_session_get_token_state (session) == BARISTA_TOKEN_KEPT;
}

/* A session like any other's, that asks the keyring for its token. */
static BaristaSession *
session_new (BaristaPractice *practice)
{
  const BaristaPracticeInfo *info = barista_practice_get_info (practice);
  const char *const servers[] = { info->bootstrap_servers, NULL };
  g_autoptr (BaristaSetup) setup = barista_setup_new ();

  barista_setup_set_task_name (setup, info->username);
  barista_setup_set_bootstrap_servers (setup, servers);
  barista_setup_set_ca_file (setup, info->ca_file);
  barista_setup_set_registry_url (setup, info->registry_url);
  return barista_session_new (setup);
}

/* Its token is kept, and then the keyring was locked. */
static void
set_up (Fixture *fixture, gconstpointer data)
{
  BaristaPracticeOptions options = BARISTA_PRACTICE_OPTIONS_INIT;
  g_autoptr (BaristaSession) before = NULL;
  g_autoptr (GError) error = NULL;

  test_keyring_tell (keyring, "reset");
  options.arrivals = 0;
  fixture->practice = barista_practice_start (&options, &error);
  g_assert_no_error (error);
  before = session_new (fixture->practice);
  barista_session_set_token (before, barista_practice_get_info (fixture->practice)->token);
  barista_session_check_now (before);
  ui_wait_until (is_kept, before);
  ui_wait_idle (before);
  test_keyring_tell (keyring, "lock");
  test_keyring_tell (keyring, "dismiss");

  ui_step_open_session (&fixture->step, session_new (fixture->practice), BARISTA_STEP_SIGN_IN);
  ui_wait_until (is_locked, fixture->step.session);
  ui_wait_idle (fixture->step.session);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  ui_step_close (&fixture->step);
  barista_practice_stop (fixture->practice);
  g_object_unref (fixture->practice);
}

/* It is said below the entry, which takes another token meanwhile. */
static void
test_is_said (Fixture *fixture, gconstpointer data)
{
  GtkWidget *row = ui_step_find (&fixture->step, ADW_TYPE_ACTION_ROW, "Keyring");

  g_assert_cmpstr (adw_action_row_get_subtitle (ADW_ACTION_ROW (row)), ==,
                   "The keyring is locked: a token in it can't be read.");
  ui_step_find (&fixture->step, ADW_TYPE_PASSWORD_ENTRY_ROW, "Auth token");
  ui_step_find (&fixture->step, ADW_TYPE_SWITCH_ROW, "Keep in the keyring");
  g_assert_null (barista_session_get_token (fixture->step.session));
  ui_assert_named (fixture->step.page);
  ui_shot (GTK_WINDOW (fixture->step.window), "sign-in-locked-keyring");
}

static void
press_unlock (Fixture *fixture)
{
  GtkWidget *row = ui_step_find (&fixture->step, ADW_TYPE_ACTION_ROW, "Keyring");

  gtk_widget_grab_focus (ui_find_label (row, GTK_TYPE_BUTTON, "_Unlock"));
  ui_click (row, "_Unlock");
  g_assert_false (is_locked (fixture->step.session));
}

/* Sent away, the prompt leaves all as it was, and the button can be pressed again. */
static void
test_dismissed (Fixture *fixture, gconstpointer data)
{
  gint64 asked = test_keyring_count (keyring, "prompts");

  press_unlock (fixture);
  while (test_keyring_count (keyring, "prompts") == asked)
    g_main_context_iteration (NULL, FALSE);
  ui_wait_until (is_locked, fixture->step.session);
  /* The keyboard is where a token can be typed instead. */
  g_assert_true (ui_step_has_focus (
      &fixture->step, ui_step_find (&fixture->step, ADW_TYPE_PASSWORD_ENTRY_ROW, "Auth token")));
  press_unlock (fixture);
}

static void
test_unlocked (Fixture *fixture, gconstpointer data)
{
  GtkWidget *row;

  test_keyring_tell (keyring, "accept");
  press_unlock (fixture);
  ui_wait_until (is_kept, fixture->step.session);
  ui_wait_idle (fixture->step.session);
  row = ui_step_find (&fixture->step, ADW_TYPE_ACTION_ROW, "Auth token");
  g_assert_true (g_str_has_suffix (adw_action_row_get_subtitle (ADW_ACTION_ROW (row)),
                                   "Kept in the keyring."));
  g_assert_null (ui_find_label (row, GTK_TYPE_BUTTON, "_Unlock"));
  g_assert_true (
      ui_step_has_focus (&fixture->step, ui_find_label (row, GTK_TYPE_BUTTON, "_Replace")));
  g_assert_cmpint (
      barista_session_get_step_info (fixture->step.session, BARISTA_STEP_SIGN_IN)->state, ==,
      BARISTA_STEP_FINE);
}

/* Whoever types meanwhile isn't interrupted, neither by the question nor by its answer. */
static void
test_typing_goes_on (Fixture *fixture, gconstpointer data)
{
  GtkWidget *entry = ui_step_find (&fixture->step, ADW_TYPE_PASSWORD_ENTRY_ROW, "Auth token");

  gtk_widget_grab_focus (entry);
  test_keyring_tell (keyring, "accept");
  barista_session_unlock_keyring (fixture->step.session);
  g_assert_false (is_locked (fixture->step.session));
  g_assert_true (ui_step_has_focus (&fixture->step, entry));
  ui_type (entry, "pSe-2");
  ui_wait_until (is_kept, fixture->step.session);
  ui_wait_idle (fixture->step.session);
  g_assert_true (ui_step_has_focus (&fixture->step, entry));
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (entry)), ==, "pSe-2");
  g_assert_cmpuint (barista_secret_get_length (barista_session_get_token (fixture->step.session)),
                    ==, strlen (barista_practice_get_info (fixture->practice)->token));
}

/* An entry that is left empty gives way, and hands the keyboard on. */
static void
test_answered_at_an_empty_entry (Fixture *fixture, gconstpointer data)
{
  GtkWidget *row;

  gtk_widget_grab_focus (ui_step_find (&fixture->step, ADW_TYPE_PASSWORD_ENTRY_ROW, "Auth token"));
  test_keyring_tell (keyring, "accept");
  barista_session_unlock_keyring (fixture->step.session);
  ui_wait_until (is_kept, fixture->step.session);
  row = ui_step_find (&fixture->step, ADW_TYPE_ACTION_ROW, "Auth token");
  g_assert_true (
      ui_step_has_focus (&fixture->step, ui_find_label (row, GTK_TYPE_BUTTON, "_Replace")));
  ui_wait_idle (fixture->step.session);
}

int
main (int argc, char **argv)
{
  int status;

  g_setenv ("SECRET_BACKEND", "service", TRUE);
  gtk_test_init (&argc, &argv);
  adw_init ();
  g_object_set (gtk_settings_get_default (), "gtk-enable-animations", FALSE, NULL);
  keyring = test_keyring_new ();

  g_test_add ("/locked-keyring/is-said", Fixture, NULL, set_up, test_is_said, tear_down);
  g_test_add ("/locked-keyring/dismissed", Fixture, NULL, set_up, test_dismissed, tear_down);
  g_test_add ("/locked-keyring/unlocked", Fixture, NULL, set_up, test_unlocked, tear_down);
  g_test_add ("/locked-keyring/typing-goes-on", Fixture, NULL, set_up, test_typing_goes_on,
              tear_down);
  g_test_add ("/locked-keyring/answered-at-an-empty-entry", Fixture, NULL, set_up,
              test_answered_at_an_empty_entry, tear_down);
  status = g_test_run ();
  test_keyring_free (keyring);

  return status;
}
