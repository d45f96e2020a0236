/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "test-wait.h"

void
test_take_result (GObject *source, GAsyncResult *result, gpointer slot)
{
  GAsyncResult **taken = slot;

  g_assert_null (*taken);
  *taken = g_object_ref (result);
}

GAsyncResult *
test_wait (GAsyncResult **slot)
{
  while (*slot == NULL)
    g_main_context_iteration (g_main_context_get_thread_default (), TRUE);
  return *slot;
}

void
test_wait_for (const gboolean *flag)
{
  while (!*flag)
    g_main_context_iteration (g_main_context_get_thread_default (), TRUE);
}
