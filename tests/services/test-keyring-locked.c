/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "barista-keyring.h"

#include "test-keyring.h"
#include "test-wait.h"

/* A Secret Service that can be locked, and whose prompts are answered or sent away. */

static TestKeyring *keyring;

typedef struct
{
  BaristaSetup *setup;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  const char *servers[] = { "kafka.test", NULL };

  test_keyring_tell (keyring, "reset");
  fixture->setup = barista_setup_new ();
  barista_setup_set_bootstrap_servers (fixture->setup, servers);
  barista_setup_set_username (fixture->setup, "acmeCo/one");
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  g_object_unref (fixture->setup);
}

static gboolean
store (Fixture *fixture, const char *token, GError **error)
{
  g_autoptr (BaristaSecret) secret = barista_secret_new (token, -1);
  g_autoptr (GAsyncResult) result = NULL;

  barista_keyring_store_async (fixture->setup, BARISTA_KEYRING_KAFKA, secret, NULL,
                               test_take_result, &result);
  return barista_keyring_change_finish (test_wait (&result), error);
}

static gboolean
clear (Fixture *fixture, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  barista_keyring_clear_async (fixture->setup, BARISTA_KEYRING_KAFKA, NULL, test_take_result,
                               &result);
  return barista_keyring_change_finish (test_wait (&result), error);
}

static char *
look_up (Fixture *fixture, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (BaristaSecret) secret = NULL;

  barista_keyring_lookup_async (fixture->setup, BARISTA_KEYRING_KAFKA, NULL, test_take_result,
                                &result);
  secret = barista_keyring_lookup_finish (test_wait (&result), error);
  return secret != NULL ? g_strdup (barista_secret_peek (secret, NULL)) : NULL;
}

static void
assert_kept (Fixture *fixture, const char *token)
{
  g_autofree char *kept = test_keyring_peek (keyring, "kafka", "acmeCo/one");

  g_assert_cmpstr (kept, ==, token);
}

static void
test_prompt_accepted (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *token = NULL;

  test_keyring_tell (keyring, "accept");
  test_keyring_tell (keyring, "lock");
  g_assert_true (store (fixture, "first", &error));
  g_assert_no_error (error);
  assert_kept (fixture, "first");

  test_keyring_tell (keyring, "lock");
  token = look_up (fixture, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (token, ==, "first");

  test_keyring_tell (keyring, "lock");
  g_assert_true (clear (fixture, &error));
  g_assert_no_error (error);
  assert_kept (fixture, NULL);
}

/* Sent away: each says that it is locked, and nothing is taken for done. */
static void
test_prompt_dismissed (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  g_assert_true (store (fixture, "first", NULL));
  test_keyring_tell (keyring, "dismiss");
  test_keyring_tell (keyring, "lock");

  g_assert_null (look_up (fixture, &error));
  g_assert_true (barista_keyring_error_is_locked (error));
  g_clear_error (&error);
  g_assert_false (store (fixture, "second", &error));
  g_assert_true (barista_keyring_error_is_locked (error));
  g_clear_error (&error);
  g_assert_false (clear (fixture, &error));
  g_assert_true (barista_keyring_error_is_locked (error));
  assert_kept (fixture, "first");
}

/* A locked keyring that holds nothing of ours has nothing to unlock it for. */
static void
test_nothing_in_it (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  test_keyring_tell (keyring, "dismiss");
  test_keyring_tell (keyring, "lock");
  g_assert_null (look_up (fixture, &error));
  g_assert_no_error (error);
  g_assert_true (clear (fixture, &error));
  g_assert_no_error (error);
  g_assert_cmpint (test_keyring_count (keyring, "prompts"), ==, 0);
}

/* A prompt that nobody answers ends with who asked. */
static void
test_cancelled_at_the_prompt (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_true (store (fixture, "first", NULL));
  test_keyring_tell (keyring, "lock");
  barista_keyring_lookup_async (fixture->setup, BARISTA_KEYRING_KAFKA, cancellable,
                                test_take_result, &result);
  while (test_keyring_count (keyring, "prompts") == 0)
    g_main_context_iteration (NULL, FALSE);
  g_cancellable_cancel (cancellable);
  g_assert_null (barista_keyring_lookup_finish (test_wait (&result), &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

int
main (int argc, char **argv)
{
  int status;

  g_setenv ("SECRET_BACKEND", "service", TRUE);
  g_test_init (&argc, &argv, NULL);

#define ADD(path, function) \
  g_test_add ("/keyring-locked/" path, Fixture, NULL, set_up, function, tear_down)
  ADD ("prompt-accepted", test_prompt_accepted);
  ADD ("prompt-dismissed", test_prompt_dismissed);
  ADD ("nothing-in-it", test_nothing_in_it);
  ADD ("cancelled-at-the-prompt", test_cancelled_at_the_prompt);

  keyring = test_keyring_new ();
  status = g_test_run ();
  test_keyring_free (keyring);
  return status;
}
