/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "barista-cli.h"

#include "barista-finding.h"
#include "barista-schedule.h"

#include <errno.h>
#include <glib/gi18n.h>
#include <json-glib/json-glib.h>
#include <stdio.h>
#include <string.h>

#define COUNT_MAX 10000

static gboolean json;
static int count = 10;
static char *from;

static GOptionEntry entries[] = {
  { "count", 0, 0, G_OPTION_ARG_INT, &count, N_ ("How many runs to tell (10)"), "N" },
  { "from", 0, 0, G_OPTION_ARG_STRING, &from, N_ ("Tell the runs after this time (now)"), "TIME" },
  { "json", 0, 0, G_OPTION_ARG_NONE, &json, N_ ("Print one JSON object"), NULL },
  { NULL },
};

/* "2026-11-22T00:00:00Z", "...+01:00"; what GLib takes without the zone or the time is refused. */
static gboolean
looks_like_rfc3339 (const char *text)
{
  static const char shape[] = "0000-00-00T00:00:00";

  for (guint i = 0; shape[i] != '\0'; i++)
    if (shape[i] == '0'   ? !g_ascii_isdigit (text[i])
        : shape[i] == 'T' ? g_ascii_toupper (text[i]) != 'T' && text[i] != ' '
                          : text[i] != shape[i])
      return FALSE;

  return text[strlen (shape)] != '\0';
}

static gboolean
read_time (const char *text, gint64 *time)
{
  g_autofree char *upper = g_ascii_strup (text, -1);
  g_autoptr (GDateTime) date = NULL;

  if (!looks_like_rfc3339 (text))
    return FALSE;

  date = g_date_time_new_from_iso8601 (upper, NULL);
  if (date == NULL || g_date_time_get_year (date) < 1970 || g_date_time_get_year (date) > 2099)
    return FALSE;

  *time = g_date_time_to_unix (date);
  return TRUE;
}

static gboolean
read_options (gint64 *after)
{
  *after = g_get_real_time () / G_USEC_PER_SEC;
  if (count < 0 || count > COUNT_MAX)
    {
      cli_complain (_ ("--count: %d is outside 0 to %d"), count, COUNT_MAX);
      return FALSE;
    }
  if (from != NULL && !read_time (from, after))
    {
      cli_complain (_ ("--from: “%s” is not a time of the years 1970 to 2099 such as "
                       "2026-11-22T00:00:00Z"),
                    from);
      return FALSE;
    }

  return TRUE;
}

static char *
format_run (GArray *runs, guint i)
{
  g_autoptr (GDateTime) time = g_date_time_new_from_unix_utc (g_array_index (runs, gint64, i));

  return g_date_time_format (time, "%Y-%m-%dT%H:%M:%SZ");
}

static gboolean
show_json (GArray *runs)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  g_autoptr (JsonNode) root = NULL;
  g_autofree char *text = NULL;

  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, "runs");
  json_builder_begin_array (builder);
  for (guint i = 0; i < runs->len; i++)
    {
      g_autofree char *run = format_run (runs, i);

      json_builder_add_string_value (builder, run);
    }
  json_builder_end_array (builder);
  json_builder_end_object (builder);

  root = json_builder_get_root (builder);
  text = json_to_string (root, FALSE);
  return cli_print_line (text);
}

static gboolean
show_words (BaristaSchedule *schedule, GArray *runs)
{
  g_autofree char *words = barista_schedule_describe (schedule);

  if (!cli_print ("%s%s\n", words,
                  barista_schedule_get_kind (schedule) == BARISTA_SCHEDULE_CRON ? _ (" (UTC)")
                                                                                : ""))
    return FALSE;

  for (guint i = 0; i < runs->len; i++)
    {
      g_autofree char *run = format_run (runs, i);

      if (!cli_print ("  %s\n", run))
        return FALSE;
    }

  return TRUE;
}

/* What is odd about the schedule goes to people, whatever is printed. */
static void
complain_of_oddities (BaristaSchedule *schedule)
{
  g_autoptr (GPtrArray) findings = g_ptr_array_new_with_free_func (
      (GDestroyNotify) barista_finding_free);

  barista_schedule_lint (schedule, NULL, findings);
  for (guint i = 0; i < findings->len; i++)
    {
      BaristaFinding *finding = g_ptr_array_index (findings, i);

      cli_complain ("%s", finding->message);
    }
}

static CliExit
show (const char *text, gint64 after)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (BaristaSchedule) schedule = barista_schedule_new (text, &error);
  g_autoptr (GArray) runs = NULL;

  if (schedule == NULL)
    {
      cli_complain ("%s", error->message);
      return CLI_USAGE;
    }

  complain_of_oddities (schedule);
  runs = barista_schedule_list_runs (schedule, after, (guint) count);
  return (json ? show_json (runs) : show_words (schedule, runs)) ? CLI_DONE : CLI_NOT_WELL;
}

/* A line without its end; what doesn't fit is read over, and what is left is too long all the same. */
static gboolean
read_line (char *line, int size)
{
  int c;

  if (fgets (line, size, stdin) == NULL)
    return FALSE;

  if (strchr (line, '\n') == NULL)
    do
      c = fgetc (stdin);
    while (c != EOF && c != '\n');

  line[strcspn (line, "\r\n")] = '\0';
  return TRUE;
}

/* One schedule a line; with --json one line for each, null for what can't be read. */
static CliExit
show_lines (gint64 after)
{
  char line[BARISTA_SCHEDULE_LENGTH_MAX + 3];
  CliExit worst = CLI_DONE;

  while (read_line (line, sizeof line))
    {
      CliExit exit = show (line, after);

      if (exit == CLI_USAGE && json && !cli_print_line ("null"))
        exit = CLI_NOT_WELL;
      if (exit == CLI_NOT_WELL)
        return exit;
      worst = MAX (worst, exit);
    }
  if (ferror (stdin))
    {
      cli_complain (_ ("standard input: %s"), g_strerror (errno));
      return CLI_NOT_WELL;
    }

  return worst;
}

CliExit
cli_run_next (int argc, char **argv)
{
  gint64 after;

  if (!cli_parse (cli_command_find ("next"), entries, &argc, &argv, 1, 1) || !read_options (&after))
    return CLI_USAGE;

  return g_str_equal (argv[1], "-") ? show_lines (after) : show (argv[1], after);
}
