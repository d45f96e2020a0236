/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "barista-cli.h"

#include <glib/gi18n.h>
#include <unistd.h>

static gboolean json;

static GOptionEntry entries[] = {
  { "json", 0, 0, G_OPTION_ARG_NONE, &json, N_ ("Print one JSON object"), NULL },
  CLI_TOKEN_ENTRIES,
  { NULL },
};

static void
add_row (GPtrArray *rows,
         const char *name,
         const char *state,
         const char *partitions,
         const char *decoded)
{
  const char *cells[] = { name, state, partitions, decoded, NULL };

  g_ptr_array_add (rows, g_strdupv ((char **) cells));
}

static gboolean
show (BaristaReport *report)
{
  g_autoptr (GPtrArray) rows = g_ptr_array_new_with_free_func ((GDestroyNotify) g_strfreev);
  g_autofree char *table = NULL;

  add_row (rows, _ ("Topic"), _ ("State"), _ ("Partitions"), "");
  for (guint i = 0; i < barista_report_get_n_topics (report); i++)
    {
      BaristaTopicInfo info;
      g_autofree char *partitions = NULL;

      barista_report_get_topic (report, i, &info);
      partitions = g_strdup_printf ("%u", info.partitions);
      add_row (rows, info.name, info.ready ? _ ("ready") : _ ("no data yet"), partitions,
               info.decoded_name != NULL ? info.decoded_name : "");
    }
  table = cli_format_table (rows, 80);

  return cli_print ("%s", table);
}

CliExit
cli_run_topics (int argc, char **argv)
{
  BaristaCheckOptions options = { .until = BARISTA_STAGE_METADATA };
  g_autoptr (CliSession) session = NULL;
  g_autoptr (BaristaCheck) check = NULL;
  BaristaReport *report;
  gboolean shown;
  CliExit exit;

  if (!cli_parse (cli_command_find ("topics"), entries, &argc, &argv, 1, 1))
    return CLI_USAGE;

  session = cli_session_open (argv[1], TRUE, &exit);
  if (session == NULL)
    return exit;

  check = cli_check (session, &options);
  report = barista_check_get_report (check);
  cli_complain_of_check (check);
  if (json)
    {
      g_autofree char *text = barista_report_topics_to_json (report);

      shown = cli_print_line (text);
    }
  else
    shown = barista_report_get_n_topics (report) == 0 || show (report);

  return shown && barista_report_get_passed (report) ? CLI_DONE : CLI_NOT_WELL;
}
