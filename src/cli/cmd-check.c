/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "barista-cli.h"

#include <errno.h>
#include <glib/gi18n.h>
#include <glib/gstdio.h>
#include <stdio.h>
#include <unistd.h>

#define WAIT_INTERVAL_S 10

static gboolean json, join;
static int timeout_s, wait_s;
static char *report_file;

static GOptionEntry entries[] = {
  { "json", 0, 0, G_OPTION_ARG_NONE, &json, N_ ("Print one JSON object"), NULL },
  { "timeout", 0, 0, G_OPTION_ARG_INT, &timeout_s, N_ ("Bound the whole check to S seconds"), "S" },
  { "wait", 0, 0, G_OPTION_ARG_INT, &wait_s,
    N_ ("Ask again for S seconds at most while the task isn't published"), "S" },
  { "join", 0, 0, G_OPTION_ARG_NONE, &join, N_ ("Also join a throw-away group"), NULL },
  { "report", 0, 0, G_OPTION_ARG_FILENAME, &report_file, N_ ("Write the JSON object to FILE"),
    "FILE" },
  CLI_TOKEN_ENTRIES,
  { NULL },
};

/* Whether only publishing the task is missing. */
static gboolean
is_unpublished (BaristaReport *report)
{
  GListModel *stages = barista_report_get_stages (report);
  gboolean unpublished = FALSE;

  for (guint i = 0; i < g_list_model_get_n_items (stages); i++)
    {
      g_autoptr (BaristaStageReport) stage = g_list_model_get_item (stages, i);
      BaristaResult result = barista_stage_report_get_result (stage);

      if (result == BARISTA_RESULT_CANCELLED)
        return FALSE;
      if (result != BARISTA_RESULT_FAILED)
        continue;
      if (g_strcmp0 (barista_stage_report_get_cause (stage), "task-not-published") != 0)
        return FALSE;
      unpublished = TRUE;
    }

  return unpublished;
}

static gboolean
on_waited (gpointer user_data)
{
  gboolean *done = user_data;

  *done = TRUE;
  return G_SOURCE_REMOVE;
}

static BaristaCheck *
check_until_published (CliSession *session, const BaristaCheckOptions *options)
{
  gint64 give_up = g_get_monotonic_time () + wait_s * G_USEC_PER_SEC;
  BaristaCheck *check = cli_check (session, options);

  while (is_unpublished (barista_check_get_report (check))
         && g_get_monotonic_time () + WAIT_INTERVAL_S * G_USEC_PER_SEC <= give_up)
    {
      gboolean waited = FALSE;

      if (cli_shows_progress ())
        cli_complain (_ ("not in Estuary yet; asking again in %d s"), WAIT_INTERVAL_S);
      g_timeout_add_seconds (WAIT_INTERVAL_S, on_waited, &waited);
      cli_wait (&waited);
      g_object_unref (check);
      check = cli_check (session, options);
    }

  return check;
}

static gboolean
write_to_device (const char *line)
{
  FILE *device = g_fopen (report_file, "we");
  gboolean written = device != NULL && fputs (line, device) >= 0;

  if (device != NULL && fclose (device) != 0)
    written = FALSE;
  if (!written)
    cli_complain ("%s: %s", report_file, g_strerror (errno));

  return written;
}

/* A file is replaced as a whole; a pipe or a device such as /dev/null is written to, not replaced. */
static gboolean
write_report (const char *text)
{
  g_autofree char *line = g_strconcat (text, "\n", NULL);
  g_autoptr (GError) error = NULL;

  if (report_file == NULL)
    return TRUE;
  if (g_file_test (report_file, G_FILE_TEST_EXISTS)
      && !g_file_test (report_file, G_FILE_TEST_IS_REGULAR))
    return write_to_device (line); /* a folder refuses that */
  if (g_file_set_contents (report_file, line, -1, &error))
    return TRUE;

  cli_complain ("%s", error->message);
  return FALSE;
}

static gboolean
was_stopped (BaristaReport *report)
{
  GListModel *stages = barista_report_get_stages (report);

  for (guint i = 0; i < g_list_model_get_n_items (stages); i++)
    {
      g_autoptr (BaristaStageReport) stage = g_list_model_get_item (stages, i);

      if (barista_stage_report_get_result (stage) == BARISTA_RESULT_CANCELLED)
        return TRUE;
    }

  return FALSE;
}

static const char *
sum_up (BaristaReport *report)
{
  if (barista_report_get_passed (report))
    return _ ("All links hold.");

  return was_stopped (report) ? _ ("Stopped.") : _ ("Something is not well: see above.");
}

static gboolean
show (BaristaReport *report)
{
  int fd = STDOUT_FILENO;
  g_autofree char *route = cli_format_report (report, fd);
  gboolean passed = barista_report_get_passed (report);
  const char *way_on = cli_way_on (report);

  return cli_print ("%s\n  %s%s%s\n%s%s%s", route, cli_style (fd, passed ? CLI_GOOD : CLI_BAD),
                    sum_up (report), cli_style (fd, CLI_PLAIN), way_on != NULL ? "  " : "",
                    way_on != NULL ? way_on : "", way_on != NULL ? "\n" : "");
}

CliExit
cli_run_check (int argc, char **argv)
{
  BaristaCheckOptions options = BARISTA_CHECK_OPTIONS_INIT;
  g_autoptr (CliSession) session = NULL;
  g_autoptr (BaristaCheck) check = NULL;
  g_autofree char *text = NULL;
  BaristaReport *report;
  CliExit exit;
  gboolean shown;

  if (!cli_parse (cli_command_find ("check"), entries, &argc, &argv, 1, 1))
    return CLI_USAGE;
  if (timeout_s < 0 || wait_s < 0)
    {
      cli_complain (_ ("seconds can't be negative"));
      return CLI_USAGE;
    }
  if (report_file != NULL && *report_file == '\0')
    {
      cli_complain (_ ("--report needs the name of a file"));
      return CLI_USAGE;
    }

  session = cli_session_open (argv[1], TRUE, &exit);
  if (session == NULL)
    return exit;

  options.timeout_s = (guint) timeout_s;
  options.join = join;
  check = check_until_published (session, &options);
  report = barista_check_get_report (check);
  text = barista_report_to_json (report);
  shown = json ? cli_print_line (text) : show (report);

  return write_report (text) && shown && barista_report_get_passed (report) ? CLI_DONE
                                                                            : CLI_NOT_WELL;
}
