/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "barista-cli.h"

#include <glib-unix.h>
#include <glib/gi18n.h>
#include <inttypes.h>

#define MAX_TOPICS 100000
#define MAX_FIELDS 5000
#define MAX_ARRIVALS 100000

static int kafka_port, registry_port, n_topics, n_fields;
static int arrivals = 1;
static gint64 seed = 1;
static gboolean no_tls, strict, list_scenarios, json;
static char *deletions, *dump_file;
static char **scenarios;

static GOptionEntry entries[] = {
  { "kafka-port", 0, 0, G_OPTION_ARG_INT, &kafka_port, N_ ("Port of Kafka; 0 picks a free one"),
    "N" },
  { "registry-port", 0, 0, G_OPTION_ARG_INT, &registry_port,
    N_ ("Port of the schema registry; 0 picks a free one"), "N" },
  { "no-tls", 0, 0, G_OPTION_ARG_NONE, &no_tls, N_ ("Speak without encryption"), NULL },
  { "topics", 0, 0, G_OPTION_ARG_INT, &n_topics, N_ ("Offer N topics"), "N" },
  { "fields", 0, 0, G_OPTION_ARG_INT, &n_fields, N_ ("Give one collection N fields"), "N" },
  { "deletions", 0, 0, G_OPTION_ARG_STRING, &deletions, N_ ("Deletion mode: kafka or cdc"),
    "MODE" },
  { "strict", 0, 0, G_OPTION_ARG_NONE, &strict, N_ ("Use strict topic names"), NULL },
  { "seed", 0, 0, G_OPTION_ARG_INT64, &seed, N_ ("Data, clock and token follow from N"), "N" },
  { "arrivals", 0, 0, G_OPTION_ARG_INT, &arrivals, N_ ("Add N records a second"), "N" },
  { "dump", 0, 0, G_OPTION_ARG_FILENAME, &dump_file, N_ ("Write the decoded records to FILE"),
    "FILE" },
  { "scenario", 0, 0, G_OPTION_ARG_STRING_ARRAY, &scenarios, N_ ("Play a fault; may be repeated"),
    "NAME" },
  { "list-scenarios", 0, 0, G_OPTION_ARG_NONE, &list_scenarios, N_ ("List the faults"), NULL },
  { "json", 0, 0, G_OPTION_ARG_NONE, &json, N_ ("Print one JSON line when ready"), NULL },
  { NULL },
};

static gboolean
check_range (const char *option, gint64 value, gint64 max)
{
  if (value >= 0 && value <= max)
    return TRUE;

  cli_complain (_ ("--%s must be from 0 to %" PRId64), option, max);
  return FALSE;
}

static gboolean
check_options (void)
{
  if (deletions != NULL && !g_str_equal (deletions, "kafka") && !g_str_equal (deletions, "cdc"))
    {
      cli_complain (_ ("--deletions must be kafka or cdc"));
      return FALSE;
    }

  return check_range ("kafka-port", kafka_port, G_MAXUINT16)
         && check_range ("registry-port", registry_port, G_MAXUINT16)
         && check_range ("topics", n_topics, MAX_TOPICS)
         && check_range ("fields", n_fields, MAX_FIELDS)
         && check_range ("arrivals", arrivals, MAX_ARRIVALS)
         && check_range ("seed", seed, G_MAXINT64);
}

static CliExit
show_scenarios (void)
{
  g_autoptr (GPtrArray) rows = g_ptr_array_new_with_free_func ((GDestroyNotify) g_strfreev);
  g_autofree char *table = NULL;
  guint n;
  const BaristaScenarioInfo *infos = barista_practice_scenarios (&n);

  for (guint i = 0; i < n; i++)
    {
      const char *cells[] = { infos[i].name, infos[i].summary, NULL };

      g_ptr_array_add (rows, g_strdupv ((char **) cells));
    }
  table = cli_format_table (rows, 80);

  return cli_print ("%s", table) ? CLI_DONE : CLI_NOT_WELL;
}

static gboolean
show_json (const BaristaPracticeInfo *info)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  g_autoptr (JsonNode) root = NULL;
  g_autofree char *line = NULL;

  json_builder_begin_object (builder);
  cli_add_text (builder, "bootstrap_servers", info->bootstrap_servers);
  cli_add_text (builder, "registry_url", info->registry_url);
  cli_add_text (builder, "username", info->username);
  cli_add_text (builder, "token", info->token);
  cli_add_text (builder, "ca_file", info->ca_file);
  cli_add_text (builder, "profile", info->profile);
  json_builder_end_object (builder);
  root = json_builder_get_root (builder);
  line = json_to_string (root, FALSE);

  return cli_print_line (line);
}

static gboolean
show_words (const BaristaPracticeInfo *info)
{
  return cli_print (_ ("The practice Dekaf is running. Nothing of it leaves this computer.\n\n"
                       "  Bootstrap servers  %s\n"
                       "  Schema registry    %s\n"
                       "  User name          %s\n"
                       "  Token              %s\n"
                       "  CA file            %s\n"
                       "  Profile            %s\n\n"
                       "Try it from another terminal:\n\n"
                       "  BARISTA_TOKEN=%s barista check %s\n\n"
                       "Ctrl-C stops it.\n"),
                    info->bootstrap_servers, info->registry_url, info->username, info->token,
                    info->ca_file != NULL ? info->ca_file : "–", info->profile, info->token,
                    info->profile);
}

static gboolean
on_signal (gpointer user_data)
{
  gboolean *done = user_data;

  *done = TRUE;
  return G_SOURCE_CONTINUE;
}

/* For whoever plays the scenario task-unpublished and knows when to end it. */
static gboolean
on_publish (gpointer user_data)
{
  barista_practice_publish_task (user_data);
  return G_SOURCE_CONTINUE;
}

CliExit
cli_run_practice (int argc, char **argv)
{
  BaristaPracticeOptions options = BARISTA_PRACTICE_OPTIONS_INIT;
  g_autoptr (BaristaPractice) practice = NULL;
  g_autoptr (GError) error = NULL;
  gboolean done = FALSE;
  gboolean shown;

  if (!cli_parse (cli_command_find ("practice"), entries, &argc, &argv, 0, 0) || !check_options ())
    return CLI_USAGE;
  if (list_scenarios)
    return show_scenarios ();

  options.kafka_port = (guint16) kafka_port;
  options.registry_port = (guint16) registry_port;
  options.tls = !no_tls;
  options.n_topics = (guint) n_topics;
  options.n_fields = (guint) n_fields;
  options.cdc = g_strcmp0 (deletions, "cdc") == 0;
  options.strict = strict;
  options.seed = (guint64) seed;
  options.arrivals = (guint) arrivals;
  options.dump_file = dump_file;
  options.scenarios = (const char *const *) scenarios;

  /* Before it says that it is ready: a signal that comes at once must find us listening. */
  g_unix_signal_add (SIGTERM, on_signal, &done);
  g_unix_signal_add (SIGINT, on_signal, &done);
  practice = barista_practice_start (&options, &error);
  if (practice == NULL)
    {
      cli_complain ("%s", error->message);
      return g_error_matches (error, BARISTA_PRACTICE_ERROR, BARISTA_PRACTICE_ERROR_SCENARIO)
                 ? CLI_USAGE
                 : CLI_NOT_WELL;
    }

  g_unix_signal_add (SIGUSR1, on_publish, practice);
  shown = json ? show_json (barista_practice_get_info (practice))
               : show_words (barista_practice_get_info (practice));
  if (shown)
    cli_wait (&done);
  barista_practice_stop (practice);

  return shown ? CLI_DONE : CLI_NOT_WELL;
}
