/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "barista-target-check.h"

static void
on_checked (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  BaristaCheck *check = BARISTA_CHECK (source);
  GError *error = NULL;

  if (barista_check_run_finish (check, result, &error))
    g_task_return_pointer (task, g_object_ref (barista_check_get_report (check)), g_object_unref);
  else
    g_task_return_error (task, error);
}

void
barista_target_check_async (BaristaTarget *target,
                            const char *username,
                            BaristaSecret *password,
                            GCancellable *cancellable,
                            GAsyncReadyCallback callback,
                            gpointer user_data)
{
  g_autoptr (BaristaSetup) setup = barista_setup_new ();
  g_autoptr (BaristaCheck) check = NULL;
  GTask *task = g_task_new (target, cancellable, callback, user_data);
  BaristaCheckOptions options = BARISTA_CHECK_OPTIONS_INIT;

  barista_setup_set_bootstrap_servers (setup, barista_target_get_bootstrap_servers (target));
  barista_setup_set_security (setup, barista_target_get_security (target));
  barista_setup_set_mechanism (setup, barista_target_get_mechanism (target));
  barista_setup_set_username (setup, username);
  barista_setup_set_registry_enabled (setup, FALSE);

  options.until = BARISTA_STAGE_METADATA;
  check = barista_check_new (setup, password, NULL, &options);
  barista_check_run_async (check, cancellable, on_checked, task);
}

BaristaReport *
barista_target_check_finish (GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}
