/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "barista-keyring.h"

#include "test-keyring.h"
#include "test-wait.h"

/* A Secret Service of the test's own takes the place of the real keyring, which is never touched. */

static BaristaSetup *
setup_of (const char *server, const char *username)
{
  BaristaSetup *setup = barista_setup_new ();
  const char *servers[] = { server, NULL };

  barista_setup_set_bootstrap_servers (setup, servers);
  barista_setup_set_username (setup, username);
  return setup;
}

static gboolean
store (BaristaSetup *setup,
       BaristaKeyringService service,
       const char *token,
       GCancellable *cancellable,
       GError **error)
{
  g_autoptr (BaristaSecret) secret = barista_secret_new (token, -1);
  g_autoptr (GAsyncResult) result = NULL;

  barista_keyring_store_async (setup, service, secret, cancellable, test_take_result, &result);
  return barista_keyring_change_finish (test_wait (&result), error);
}

static gboolean
clear (BaristaSetup *setup, BaristaKeyringService service, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  barista_keyring_clear_async (setup, service, NULL, test_take_result, &result);
  return barista_keyring_change_finish (test_wait (&result), error);
}

static BaristaSecret *
lookup (BaristaSetup *setup,
        BaristaKeyringService service,
        GCancellable *cancellable,
        GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  barista_keyring_lookup_async (setup, service, cancellable, test_take_result, &result);
  return barista_keyring_lookup_finish (test_wait (&result), error);
}

static void
assert_token (BaristaSetup *setup, BaristaKeyringService service, const char *token)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (BaristaSecret) secret = lookup (setup, service, NULL, &error);

  g_assert_no_error (error);
  g_assert_cmpstr (secret != NULL ? barista_secret_peek (secret, NULL) : NULL, ==, token);
}

static void
test_round_trip (void)
{
  g_autoptr (BaristaSetup) setup = setup_of ("kafka.test:9092", "acmeCo/one");
  g_autoptr (GError) error = NULL;

  assert_token (setup, BARISTA_KEYRING_KAFKA, NULL);
  g_assert_true (store (setup, BARISTA_KEYRING_KAFKA, "first", NULL, &error));
  g_assert_no_error (error);
  assert_token (setup, BARISTA_KEYRING_KAFKA, "first");
  g_assert_true (store (setup, BARISTA_KEYRING_KAFKA, "sécond", NULL, NULL));
  assert_token (setup, BARISTA_KEYRING_KAFKA, "sécond");
  g_assert_true (clear (setup, BARISTA_KEYRING_KAFKA, &error));
  g_assert_no_error (error);
  assert_token (setup, BARISTA_KEYRING_KAFKA, NULL);
  /* Again: there is nothing left to clear. */
  g_assert_true (clear (setup, BARISTA_KEYRING_KAFKA, &error));
}

static void
test_entries_are_apart (void)
{
  g_autoptr (BaristaSetup) one = setup_of ("kafka.test:9092", "acmeCo/one");
  g_autoptr (BaristaSetup) other_user = setup_of ("kafka.test:9092", "acmeCo/two");
  g_autoptr (BaristaSetup) other_server = setup_of ("kafka.test:9093", "acmeCo/one");

  barista_setup_set_registry_same_sign_in (one, FALSE);
  barista_setup_set_registry_username (one, "acmeCo/one");
  g_assert_true (store (one, BARISTA_KEYRING_KAFKA, "kafka", NULL, NULL));
  g_assert_true (store (one, BARISTA_KEYRING_REGISTRY, "registry", NULL, NULL));
  assert_token (one, BARISTA_KEYRING_KAFKA, "kafka");
  assert_token (one, BARISTA_KEYRING_REGISTRY, "registry");
  assert_token (other_user, BARISTA_KEYRING_KAFKA, NULL);
  assert_token (other_server, BARISTA_KEYRING_KAFKA, NULL);
}

static void
test_port_may_be_left_out (void)
{
  g_autoptr (BaristaSetup) with_port = setup_of ("port.test:9092", "acmeCo/one");
  g_autoptr (BaristaSetup) without = setup_of ("port.test", "acmeCo/one");

  g_assert_true (store (without, BARISTA_KEYRING_KAFKA, "same", NULL, NULL));
  assert_token (with_port, BARISTA_KEYRING_KAFKA, "same");
}

static void
test_nameless (void)
{
  g_autoptr (BaristaSetup) setup = setup_of ("kafka.test:9092", NULL);
  g_autoptr (GError) error = NULL;

  assert_token (setup, BARISTA_KEYRING_KAFKA, NULL);
  g_assert_false (store (setup, BARISTA_KEYRING_KAFKA, "token", NULL, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT);
}

static void
test_cancel (void)
{
  g_autoptr (BaristaSetup) setup = setup_of ("cancel.test:9092", "acmeCo/one");
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;

  g_cancellable_cancel (cancellable);
  g_assert_false (store (setup, BARISTA_KEYRING_KAFKA, "token", cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_clear_error (&error);
  g_assert_null (lookup (setup, BARISTA_KEYRING_KAFKA, cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

static void
test_no_keyring (void)
{
  g_autoptr (BaristaSetup) setup = setup_of ("none.test:9092", "acmeCo/one");
  g_autofree char *bus = g_strdup (g_getenv ("DBUS_SESSION_BUS_ADDRESS"));
  g_autoptr (GError) error = NULL;

  if (g_test_subprocess ())
    {
      g_assert_null (lookup (setup, BARISTA_KEYRING_KAFKA, NULL, &error));
      g_assert_nonnull (error);
      return;
    }
  g_setenv ("DBUS_SESSION_BUS_ADDRESS", "unix:path=/nonexistent/bus", TRUE);
  g_test_trap_subprocess (NULL, 30 * G_USEC_PER_SEC, G_TEST_SUBPROCESS_DEFAULT);
  g_setenv ("DBUS_SESSION_BUS_ADDRESS", bus, TRUE);
  g_test_trap_assert_passed ();
}

int
main (int argc, char *argv[])
{
  g_autoptr (TestKeyring) keyring = NULL;

  g_setenv ("SECRET_BACKEND", "service", TRUE);
  g_test_init (&argc, &argv, NULL);
  if (!g_test_subprocess ())
    keyring = test_keyring_new ();

  g_test_add_func ("/keyring/round-trip", test_round_trip);
  g_test_add_func ("/keyring/entries-are-apart", test_entries_are_apart);
  g_test_add_func ("/keyring/port-may-be-left-out", test_port_may_be_left_out);
  g_test_add_func ("/keyring/nameless", test_nameless);
  g_test_add_func ("/keyring/cancel", test_cancel);
  g_test_add_func ("/keyring/no-keyring", test_no_keyring);
  return g_test_run ();
}
