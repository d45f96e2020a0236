/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/**
 * TestKeyring:
 *
 * A Secret Service on the session bus (which must be the test's own: dbus-run-session), that does as it
 * is told: secret_service.py beside this file. Commands: lock, unlock; accept, dismiss, ignore (what
 * becomes of its prompts); reset.
 */
typedef struct _TestKeyring TestKeyring;

TestKeyring *test_keyring_new (void);
void test_keyring_free (TestKeyring *self);
void test_keyring_tell (TestKeyring *self, const char *command);
/* What it counts: "prompts", "stored", "deleted". */
gint64 test_keyring_count (TestKeyring *self, const char *what);
/* The secret of the entry of @service and @username, or NULL. */
char *test_keyring_peek (TestKeyring *self, const char *service, const char *username);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TestKeyring, test_keyring_free)

G_END_DECLS
