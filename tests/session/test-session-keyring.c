/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "session-drive.h"

#include "test-keyring.h"

/* A window's tokens with a Secret Service that can be locked, whose prompts are answered or sent away. */

static TestKeyring *keyring;

typedef struct
{
  BaristaPractice *practice;
  BaristaSession *session;
  const char *token, *username;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  test_keyring_tell (keyring, "reset");
  fixture->practice = practice_new (NULL);
  fixture->token = barista_practice_get_info (fixture->practice)->token;
  fixture->username = barista_practice_get_info (fixture->practice)->username;
  fixture->session = session_for (fixture->practice);
  wait_idle (fixture->session);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  g_object_unref (fixture->session);
  barista_practice_stop (fixture->practice);
  g_object_unref (fixture->practice);
}

static void
assert_kept (Fixture *fixture, const char *service, const char *token)
{
  g_autofree char *kept = test_keyring_peek (keyring, service, fixture->username);

  g_assert_cmpstr (kept, ==, token);
}

static void
wait_prompts (gint64 n)
{
  while (test_keyring_count (keyring, "prompts") < n)
    g_main_context_iteration (NULL, FALSE);
}

/* The token works for this run; once it is unlocked it is kept. */
static void
test_locked_when_kept (Fixture *fixture, gconstpointer data)
{
  test_keyring_tell (keyring, "lock");
  test_keyring_tell (keyring, "dismiss");
  barista_session_set_token (fixture->session, fixture->token);
  wait_token (fixture->session, BARISTA_TOKEN_LOCKED);
  wait_idle (fixture->session);
  g_assert_cmpstr (state_of (fixture->session, BARISTA_STEP_SIGN_IN), ==, "fine");
  assert_kept (fixture, "kafka", NULL);

  test_keyring_tell (keyring, "accept");
  barista_session_unlock_keyring (fixture->session);
  wait_token (fixture->session, BARISTA_TOKEN_KEPT);
  assert_kept (fixture, "kafka", fixture->token);
}

/* It says that it is locked, and finds the token once it isn't. */
static void
test_locked_when_looked_up (Fixture *fixture, gconstpointer data)
{
  g_autoptr (BaristaSession) again = NULL;

  barista_session_set_token (fixture->session, fixture->token);
  wait_token (fixture->session, BARISTA_TOKEN_KEPT);
  test_keyring_tell (keyring, "lock");
  test_keyring_tell (keyring, "dismiss");
  again = session_for (fixture->practice);
  wait_idle (again);
  g_assert_cmpint (barista_session_get_token_state (again), ==, BARISTA_TOKEN_LOCKED);
  g_assert_null (barista_session_get_token (again));
  g_assert_cmpstr (barista_session_get_step_info (again, BARISTA_STEP_SIGN_IN)->missing, ==,
                   "token");

  test_keyring_tell (keyring, "accept");
  barista_session_unlock_keyring (again);
  wait_token (again, BARISTA_TOKEN_KEPT);
  wait_idle (again);
  g_assert_cmpstr (state_of (again, BARISTA_STEP_SIGN_IN), ==, "fine");
}

/* While the keyring asks, another token is typed: the first one is not kept any more. */
static void
test_typed_anew_at_the_prompt (Fixture *fixture, gconstpointer data)
{
  test_keyring_tell (keyring, "lock");
  barista_session_set_token (fixture->session, fixture->token);
  wait_prompts (1);
  barista_session_set_token (fixture->session, "another");
  test_keyring_tell (keyring, "unlock");
  wait_result (fixture->session, BARISTA_STAGE_SASL, BARISTA_RESULT_FAILED);
  wait_idle (fixture->session);
  g_assert_cmpint (barista_session_get_token_state (fixture->session), ==, BARISTA_TOKEN_TYPED);
  assert_kept (fixture, "kafka", NULL);
}

/* Checks over and over ask for the lock once. */
static void
test_one_prompt (Fixture *fixture, gconstpointer data)
{
  test_keyring_tell (keyring, "lock");
  barista_session_set_token (fixture->session, fixture->token);
  wait_prompts (1);
  wait_idle (fixture->session);
  for (guint i = 0; i < 3; i++)
    {
      barista_session_check_now (fixture->session);
      wait_idle (fixture->session);
    }
  g_assert_cmpint (test_keyring_count (keyring, "prompts"), ==, 1);
}

static void
test_check_writes_nothing (Fixture *fixture, gconstpointer data)
{
  g_autoptr (BaristaSession) again = NULL;

  barista_session_set_token (fixture->session, fixture->token);
  wait_token (fixture->session, BARISTA_TOKEN_KEPT);
  g_assert_cmpint (test_keyring_count (keyring, "stored"), ==, 1);
  again = session_for (fixture->practice);
  wait_idle (again);
  for (guint i = 0; i < 3; i++)
    {
      barista_session_check_now (again);
      wait_idle (again);
    }
  g_assert_cmpstr (state_of (again, BARISTA_STEP_SIGN_IN), ==, "fine");
  g_assert_cmpint (test_keyring_count (keyring, "stored"), ==, 1);
  g_assert_cmpint (test_keyring_count (keyring, "deleted"), ==, 0);
}

/* What could not be taken out is said. */
static void
test_forgotten_while_locked (Fixture *fixture, gconstpointer data)
{
  barista_session_set_token (fixture->session, fixture->token);
  wait_token (fixture->session, BARISTA_TOKEN_KEPT);
  test_keyring_tell (keyring, "lock");
  test_keyring_tell (keyring, "dismiss");
  barista_session_forget_token (fixture->session);
  wait_token (fixture->session, BARISTA_TOKEN_LOCKED);
  g_assert_null (barista_session_get_token (fixture->session));
  assert_kept (fixture, "kafka", fixture->token);
}

/* The registry's own token comes later than the other one, and goes with it. */
static void
test_registrys_own (Fixture *fixture, gconstpointer data)
{
  BaristaSetup *setup = barista_session_get_setup (fixture->session);
  g_autoptr (BaristaSession) again = NULL;
  g_autofree char *kept = NULL;

  barista_session_set_token (fixture->session, fixture->token);
  wait_token (fixture->session, BARISTA_TOKEN_KEPT);
  barista_setup_set_registry_same_sign_in (setup, FALSE);
  barista_setup_set_registry_username (setup, fixture->username);
  wait_idle (fixture->session);
  barista_session_set_registry_token (fixture->session, fixture->token);
  wait_idle (fixture->session);
  g_assert_cmpstr (state_of (fixture->session, BARISTA_STEP_REGISTRY), ==, "fine");
  while (test_keyring_count (keyring, "stored") < 2)
    g_main_context_iteration (NULL, FALSE);
  assert_kept (fixture, "registry", fixture->token);

  again = barista_session_new (setup);
  while (!barista_session_has_registry_token (again))
    g_main_context_iteration (NULL, TRUE);
  /* It was kept for that name. */
  barista_setup_set_registry_username (setup, "somebody");
  g_assert_false (barista_session_has_registry_token (again));
  barista_setup_set_registry_username (setup, fixture->username);
  while (!barista_session_has_registry_token (again))
    g_main_context_iteration (NULL, TRUE);

  barista_session_set_keep_token (again, FALSE);
  while (test_keyring_count (keyring, "deleted") < 2)
    g_main_context_iteration (NULL, FALSE);
  assert_kept (fixture, "kafka", NULL);
  assert_kept (fixture, "registry", NULL);
}

int
main (int argc, char **argv)
{
  int status;

  g_setenv ("SECRET_BACKEND", "service", TRUE);
  g_test_init (&argc, &argv, NULL);

#define ADD(path, function) \
  g_test_add ("/session-keyring/" path, Fixture, NULL, set_up, function, tear_down)
  ADD ("locked-when-kept", test_locked_when_kept);
  ADD ("locked-when-looked-up", test_locked_when_looked_up);
  ADD ("typed-anew-at-the-prompt", test_typed_anew_at_the_prompt);
  ADD ("one-prompt", test_one_prompt);
  ADD ("check-writes-nothing", test_check_writes_nothing);
  ADD ("forgotten-while-locked", test_forgotten_while_locked);
  ADD ("registrys-own", test_registrys_own);

  keyring = test_keyring_new ();
  status = g_test_run ();
  test_keyring_free (keyring);
  return status;
}
