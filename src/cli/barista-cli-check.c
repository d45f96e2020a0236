/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "barista-cli.h"

#include <glib-unix.h>
#include <glib/gi18n.h>
#include <stdio.h>
#include <unistd.h>

void
cli_wait (gboolean *done)
{
  while (!*done)
    g_main_context_iteration (NULL, TRUE);
}

static void
on_checked (GObject *source, GAsyncResult *result, gpointer user_data)
{
  gboolean *done = user_data;

  barista_check_run_finish (BARISTA_CHECK (source), result, NULL);
  *done = TRUE;
}

static gboolean
on_signal (gpointer user_data)
{
  g_cancellable_cancel (user_data);
  return G_SOURCE_CONTINUE;
}

#define ERASE_LINE "\r\033[K"

gboolean
cli_shows_progress (void)
{
  return isatty (STDERR_FILENO) && g_strcmp0 (g_getenv ("TERM"), "dumb") != 0;
}

/* On a terminal the stage under way stands on a line of its own, which the next one overwrites. What
 * doesn't fit is cut there: a second line would stay. */
static void
on_stage (BaristaCheck *check, BaristaStageReport *stage, gpointer user_data)
{
  g_autofree char *line = cli_format_stage (stage, STDERR_FILENO);

  fprintf (stderr, ERASE_LINE "\033[?7l%s\033[?7h", line);
}

static gboolean
on_tick (gpointer user_data)
{
  GListModel *stages = barista_report_get_stages (barista_check_get_report (user_data));

  for (guint i = 0; i < g_list_model_get_n_items (stages); i++)
    {
      g_autoptr (BaristaStageReport) stage = g_list_model_get_item (stages, i);

      if (barista_stage_report_get_result (stage) == BARISTA_RESULT_RUNNING)
        {
          on_stage (user_data, stage, NULL);
          break;
        }
    }

  return G_SOURCE_CONTINUE;
}

BaristaCheck *
cli_check (CliSession *session, const BaristaCheckOptions *options)
{
  BaristaCheck *check = barista_check_new (session->setup, session->token, session->registry_token,
                                           options);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  guint interrupted = g_unix_signal_add (SIGINT, on_signal, cancellable);
  guint terminated = g_unix_signal_add (SIGTERM, on_signal, cancellable);
  guint ticker = 0;
  gboolean done = FALSE;

  if (cli_shows_progress ())
    {
      g_signal_connect (check, "stage", G_CALLBACK (on_stage), NULL);
      ticker = g_timeout_add (200, on_tick, check);
    }
  barista_check_run_async (check, cancellable, on_checked, &done);
  cli_wait (&done);

  if (ticker != 0)
    {
      g_source_remove (ticker);
      fputs (ERASE_LINE, stderr);
    }
  g_source_remove (interrupted);
  g_source_remove (terminated);

  return check;
}

const char *
cli_way_on (BaristaReport *report)
{
  GListModel *stages = barista_report_get_stages (report);

  for (guint i = 0; i < g_list_model_get_n_items (stages); i++)
    {
      g_autoptr (BaristaStageReport) stage = g_list_model_get_item (stages, i);

      if (g_strcmp0 (barista_stage_report_get_cause (stage), "task-not-published") == 0)
        return _ ("“barista check PROFILE --wait 600” asks again until the task is there.");
    }

  return NULL;
}

void
cli_complain_of_check (BaristaCheck *check)
{
  const char *way_on = cli_way_on (barista_check_get_report (check));
  GListModel *stages = barista_report_get_stages (barista_check_get_report (check));

  for (guint i = 0; i < g_list_model_get_n_items (stages); i++)
    {
      g_autoptr (BaristaStageReport) stage = g_list_model_get_item (stages, i);
      BaristaResult result = barista_stage_report_get_result (stage);

      if (result != BARISTA_RESULT_FAILED && result != BARISTA_RESULT_CANCELLED)
        continue;
      cli_complain ("%s. %s (%s)", barista_stage_report_get_title (stage),
                    barista_stage_report_get_body (stage), barista_stage_report_get_cause (stage));
      if (result == BARISTA_RESULT_CANCELLED)
        return;
    }
  if (way_on != NULL)
    cli_complain ("%s", way_on);
}
