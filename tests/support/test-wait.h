/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* An asynchronous call in a test:
 *
 *   g_autoptr (GAsyncResult) result = NULL;
 *   barista_thing_do_async (thing, NULL, test_take_result, &result);
 *   g_assert_true (barista_thing_do_finish (thing, test_wait (&result), &error));
 */
void test_take_result (GObject *source, GAsyncResult *result, gpointer slot);
/* Runs the thread's default main context until the slot is filled. */
GAsyncResult *test_wait (GAsyncResult **slot);
/* Runs it until the flag is set. */
void test_wait_for (const gboolean *flag);

G_END_DECLS
