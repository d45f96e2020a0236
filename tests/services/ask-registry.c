/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ask-registry.h"

#include "test-wait.h"

BaristaRegistry *
registry_at (FakeServer *server, const char *scheme, const char *path, const char *ca)
{
  g_autoptr (BaristaSecret) password = barista_secret_new ("t:ken", -1);
  g_autofree char *url = g_strdup_printf ("%s://localhost:%u%s", scheme,
                                          fake_server_get_port (server), path);

  return barista_registry_new (url, "acmeCo/prod/tinybird", password, ca);
}

BaristaSubjects *
ask_list (BaristaRegistry *registry, GCancellable *cancellable, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  barista_registry_list_async (registry, cancellable, test_take_result, &result);
  return barista_registry_list_finish (registry, test_wait (&result), error);
}
