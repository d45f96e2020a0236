/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "session-drive.h"

#include "barista-keyring.h"

#include "test-keyring.h"
#include "test-wait.h"

/* A Secret Service of the test's own takes the place of the real keyring, which is never touched. */

static char *
kept_token (BaristaSetup *setup)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (BaristaSecret) secret = NULL;

  barista_keyring_lookup_async (setup, BARISTA_KEYRING_KAFKA, NULL, test_take_result, &result);
  secret = barista_keyring_lookup_finish (test_wait (&result), NULL);

  return secret != NULL ? g_strdup (barista_secret_peek (secret, NULL)) : NULL;
}

/* Until the keyring has forgotten it. */
static void
wait_forgotten (BaristaSetup *setup)
{
  char *token;

  while ((token = kept_token (setup)) != NULL)
    g_free (token);
}

/* Only an accepted sign-in puts a token into the keyring; the next session finds it there. */
static void
test_kept_once_accepted (void)
{
  g_autoptr (BaristaPractice) practice = practice_new (NULL);
  const char *token = barista_practice_get_info (practice)->token;
  g_autoptr (BaristaSession) session = session_for (practice);
  g_autoptr (BaristaSession) again = NULL;
  BaristaSetup *setup = barista_session_get_setup (session);
  g_autofree char *kept = NULL;

  wait_idle (session);
  g_assert_cmpint (barista_session_get_token_state (session), ==, BARISTA_TOKEN_NONE);
  g_assert_cmpstr (barista_session_get_step_info (session, BARISTA_STEP_SIGN_IN)->missing, ==,
                   "token");

  g_assert_cmpuint (barista_session_set_token (session, "wrong"), ==, 5);
  wait_idle (session);
  g_assert_cmpstr (state_of (session, BARISTA_STEP_SIGN_IN), ==, "failed");
  g_assert_cmpint (barista_session_get_token_state (session), ==, BARISTA_TOKEN_TYPED);
  kept = kept_token (setup);
  g_assert_null (kept);

  barista_session_set_token (session, token);
  wait_idle (session);
  g_assert_cmpstr (state_of (session, BARISTA_STEP_SIGN_IN), ==, "fine");
  wait_token (session, BARISTA_TOKEN_KEPT);
  kept = kept_token (setup);
  g_assert_cmpstr (kept, ==, token);

  again = session_for (practice);
  g_assert_cmpint (barista_session_get_token_state (again), ==, BARISTA_TOKEN_LOOKING);
  wait_idle (again);
  g_assert_cmpint (barista_session_get_token_state (again), ==, BARISTA_TOKEN_KEPT);
  g_assert_cmpstr (state_of (again, BARISTA_STEP_SIGN_IN), ==, "fine");

  barista_session_forget_token (again);
  g_assert_null (barista_session_get_token (again));
  wait_forgotten (setup);
}

/* The address is tried before there is a token; while one types it, it is not told the token. */
static void
test_address_alone (void)
{
  g_autoptr (BaristaPractice) practice = practice_new (NULL);
  const BaristaPracticeInfo *info = barista_practice_get_info (practice);
  const char *servers[] = { "127.0.0.1:1", NULL };
  g_autoptr (BaristaSession) session = session_for (practice);
  BaristaSetup *setup = barista_session_get_setup (session);

  wait_idle (session);
  g_assert_cmpstr (state_of (session, BARISTA_STEP_SERVER), ==, "fine");
  wait_result (session, BARISTA_STAGE_HELLO, BARISTA_RESULT_PASSED);
  wait_result (session, BARISTA_STAGE_SASL, BARISTA_RESULT_SKIPPED);

  barista_session_set_step (session, BARISTA_STEP_SERVER);
  barista_session_set_token (session, info->token);
  wait_result (session, BARISTA_STAGE_SASL, BARISTA_RESULT_PASSED);
  wait_token (session, BARISTA_TOKEN_KEPT);

  barista_setup_set_bootstrap_servers (setup, servers);
  g_assert_null (barista_session_get_token (session)); /* it was kept for another server */
  servers[0] = info->bootstrap_servers;
  barista_setup_set_bootstrap_servers (setup, servers);
  barista_session_set_token (session, info->token);
  wait_idle (session);
  wait_result (session, BARISTA_STAGE_SASL, BARISTA_RESULT_SKIPPED);

  barista_session_set_step (session, BARISTA_STEP_SIGN_IN);
  wait_result (session, BARISTA_STAGE_SASL, BARISTA_RESULT_PASSED);
  barista_session_forget_token (session);
  wait_forgotten (setup);
}

static BaristaResult
registry_result (BaristaSession *session)
{
  BaristaStageReport *stage = barista_session_find_stage (session, BARISTA_SERVICE_REGISTRY,
                                                          BARISTA_STAGE_REGISTRY, NULL);

  return stage != NULL ? barista_stage_report_get_result (stage) : BARISTA_RESULT_SKIPPED;
}

/* Nor is a registry's, which would be told the same token. */
static void
test_registry_address_alone (void)
{
  g_autoptr (BaristaPractice) practice = practice_new (NULL);
  const BaristaPracticeInfo *info = barista_practice_get_info (practice);
  g_autoptr (BaristaSession) session = session_for (practice);
  BaristaSetup *setup = barista_session_get_setup (session);

  barista_session_set_step (session, BARISTA_STEP_REGISTRY);
  barista_session_set_token (session, info->token);
  wait_idle (session);
  g_assert_cmpint (registry_result (session), ==, BARISTA_RESULT_PASSED);

  barista_setup_set_registry_url (setup, "http://127.0.0.1:1");
  barista_setup_set_registry_url (setup, info->registry_url);
  wait_idle (session);
  wait_result (session, BARISTA_STAGE_SASL, BARISTA_RESULT_SKIPPED);
  g_assert_cmpint (registry_result (session), ==, BARISTA_RESULT_SKIPPED);

  barista_session_settle_address (session);
  wait_idle (session);
  g_assert_cmpint (registry_result (session), ==, BARISTA_RESULT_PASSED);
  barista_session_forget_token (session);
  wait_forgotten (setup);
}

static void
test_for_this_run (void)
{
  g_autoptr (BaristaPractice) practice = practice_new (NULL);
  const char *token = barista_practice_get_info (practice)->token;
  g_autoptr (BaristaSession) session = session_for (practice);
  g_autofree char *kept = NULL;

  wait_idle (session);
  barista_session_set_keep_token (session, FALSE);
  barista_session_set_token (session, token);
  wait_idle (session);
  g_assert_cmpstr (state_of (session, BARISTA_STEP_SIGN_IN), ==, "fine");
  g_assert_cmpint (barista_session_get_token_state (session), ==, BARISTA_TOKEN_THIS_RUN);
  kept = kept_token (barista_session_get_setup (session));
  g_assert_null (kept);

  /* Turned on after it was accepted: now it is kept. */
  barista_session_set_keep_token (session, TRUE);
  wait_token (session, BARISTA_TOKEN_KEPT);
  kept = kept_token (barista_session_get_setup (session));
  g_assert_cmpstr (kept, ==, token);

  barista_session_set_keep_token (session, FALSE);
  wait_forgotten (barista_session_get_setup (session));
  g_assert_nonnull (barista_session_get_token (session));
}

static void
test_pasted (void)
{
  static const struct
  {
    const char *text;
    guint left;
  } rows[] = {
    { "mV7q-Zc_2rT9", 12 },
    { "  mV7q-Zc_2rT9\r\n", 12 },
    { "\"mV7q-Zc_2rT9\"", 12 },
    { "\xe2\x80\x9cmV7q-Zc_2rT9\xe2\x80\x9d ", 12 },
    { "pass word", 9 }, /* what is inside may be part of it */
    { "  \n", 0 },
    { "", 0 },
    { "\xff", 0 },
  };
  g_autoptr (BaristaSetup) setup = barista_setup_new ();
  g_autoptr (BaristaSession) session = barista_session_new (setup);

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    g_assert_cmpuint (barista_session_set_token (session, rows[i].text), ==, rows[i].left);
  /* One that is none leaves the last one as it was. */
  g_assert_cmpstr (barista_secret_peek (barista_session_get_token (session), NULL), ==,
                   "pass word");
}

/* A created task: waiting is no failure, and ends by itself when the task is there. */
static void
test_goes_on_once_published (void)
{
  g_autoptr (BaristaPractice) practice = practice_new ("task-unpublished");
  g_autoptr (BaristaSession) session = session_for (practice);
  BaristaSetup *setup = barista_session_get_setup (session);
  g_autofree char *kept = NULL;
  BaristaReport *report;

  wait_idle (session);
  barista_session_set_token (session, barista_practice_get_info (practice)->token);
  wait_idle (session);
  g_assert_cmpstr (state_of (session, BARISTA_STEP_PUBLISH), ==, "waiting");
  g_assert_cmpstr (state_of (session, BARISTA_STEP_SERVER), ==, "fine");
  g_assert_cmpstr (state_of (session, BARISTA_STEP_TOPICS), ==, "waiting");
  g_assert_false (barista_setup_get_published (setup));
  kept = kept_token (setup);
  g_assert_null (kept);

  /* It asks again, and nothing on the pages moves meanwhile. */
  report = barista_session_get_report (session);
  while (barista_session_get_report (session) == report)
    {
      g_assert_false (barista_session_get_checking (session));
      g_main_context_iteration (NULL, TRUE);
    }
  g_assert_cmpstr (state_of (session, BARISTA_STEP_PUBLISH), ==, "waiting");

  barista_practice_publish_task (practice);
  while (!barista_setup_get_published (setup))
    g_main_context_iteration (NULL, TRUE);
  wait_idle (session);
  g_assert_cmpstr (state_of (session, BARISTA_STEP_PUBLISH), ==, "fine");
  g_assert_cmpstr (state_of (session, BARISTA_STEP_SIGN_IN), ==, "fine");
  wait_token (session, BARISTA_TOKEN_KEPT);
  /* Not an answer of the person's: there is nothing to undo. */
  g_assert_null (barista_session_get_undo_name (session));
}

/* A keyring that isn't there is said, and the token works for this run. */
static void
test_no_keyring (void)
{
  g_autoptr (BaristaPractice) practice = NULL;
  g_autoptr (BaristaSession) session = NULL;

  if (!g_test_subprocess ())
    {
      g_autofree char *bus = g_strdup (g_getenv ("DBUS_SESSION_BUS_ADDRESS"));

      g_setenv ("DBUS_SESSION_BUS_ADDRESS", "unix:path=/nonexistent/bus", TRUE);
      g_test_trap_subprocess (NULL, 60 * G_USEC_PER_SEC, G_TEST_SUBPROCESS_DEFAULT);
      g_setenv ("DBUS_SESSION_BUS_ADDRESS", bus, TRUE);
      g_test_trap_assert_passed ();
      return;
    }

  practice = practice_new (NULL);
  session = session_for (practice);
  wait_idle (session);
  barista_session_set_token (session, barista_practice_get_info (practice)->token);
  wait_idle (session);
  wait_token (session, BARISTA_TOKEN_NO_KEYRING);
  g_assert_cmpstr (state_of (session, BARISTA_STEP_SIGN_IN), ==, "fine");
}

int
main (int argc, char **argv)
{
  g_autoptr (TestKeyring) keyring = NULL;

  g_setenv ("SECRET_BACKEND", "service", TRUE);
  g_test_init (&argc, &argv, NULL);
  if (!g_test_subprocess ())
    keyring = test_keyring_new ();

  g_test_add_func ("/session-token/kept-once-accepted", test_kept_once_accepted);
  g_test_add_func ("/session-token/address-alone", test_address_alone);
  g_test_add_func ("/session-token/registry-address-alone", test_registry_address_alone);
  g_test_add_func ("/session-token/for-this-run", test_for_this_run);
  g_test_add_func ("/session-token/pasted", test_pasted);
  g_test_add_func ("/session-token/goes-on-once-published", test_goes_on_once_published);
  g_test_add_func ("/session-token/no-keyring", test_no_keyring);

  return g_test_run ();
}
