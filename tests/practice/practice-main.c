/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Starts a practice Dekaf for tests that need one as a process of its own, prints how to reach it as
 * one line of JSON, and serves until its standard input ends. */
#include "barista-practice.h"

#include <json-glib/json-glib.h>
#include <stdio.h>

static BaristaPracticeOptions options = BARISTA_PRACTICE_OPTIONS_INIT;
static gboolean no_tls;
static char *deletions;
static char **scenarios;
static int kafka_port, registry_port, n_topics, n_fields, arrivals = 1;
static gint64 seed = 1;

static const GOptionEntry entries[] = {
  { "kafka-port", 0, 0, G_OPTION_ARG_INT, &kafka_port, NULL, NULL },
  { "registry-port", 0, 0, G_OPTION_ARG_INT, &registry_port, NULL, NULL },
  { "no-tls", 0, 0, G_OPTION_ARG_NONE, &no_tls, NULL, NULL },
  { "topics", 0, 0, G_OPTION_ARG_INT, &n_topics, NULL, NULL },
  { "fields", 0, 0, G_OPTION_ARG_INT, &n_fields, NULL, NULL },
  { "deletions", 0, 0, G_OPTION_ARG_STRING, &deletions, NULL, NULL },
  { "strict", 0, 0, G_OPTION_ARG_NONE, &options.strict, NULL, NULL },
  { "seed", 0, 0, G_OPTION_ARG_INT64, &seed, NULL, NULL },
  { "arrivals", 0, 0, G_OPTION_ARG_INT, &arrivals, NULL, NULL },
  { "dump", 0, 0, G_OPTION_ARG_FILENAME, &options.dump_file, NULL, NULL },
  { "scenario", 0, 0, G_OPTION_ARG_STRING_ARRAY, &scenarios, NULL, NULL },
  { NULL },
};

static void
print_member (JsonBuilder *builder, const char *name, const char *value)
{
  json_builder_set_member_name (builder, name);
  json_builder_add_string_value (builder, value);
}

static void
print_info (const BaristaPracticeInfo *info)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  g_autoptr (JsonNode) root = NULL;
  g_autofree char *text = NULL;

  json_builder_begin_object (builder);
  print_member (builder, "bootstrap_servers", info->bootstrap_servers);
  print_member (builder, "registry_url", info->registry_url);
  print_member (builder, "username", info->username);
  print_member (builder, "token", info->token);
  print_member (builder, "ca_file", info->ca_file);
  print_member (builder, "profile", info->profile);
  json_builder_end_object (builder);
  root = json_builder_get_root (builder);
  text = json_to_string (root, FALSE);
  puts (text);
  fflush (stdout);
}

int
main (int argc, char *argv[])
{
  g_autoptr (GOptionContext) context = g_option_context_new (NULL);
  g_autoptr (BaristaPractice) practice = NULL;
  g_autoptr (GError) error = NULL;

  g_option_context_add_main_entries (context, entries, NULL);
  if (!g_option_context_parse (context, &argc, &argv, &error))
    {
      fprintf (stderr, "%s\n", error->message);
      return 2;
    }
  options.tls = !no_tls;
  options.kafka_port = kafka_port;
  options.registry_port = registry_port;
  options.n_topics = n_topics;
  options.n_fields = n_fields;
  options.cdc = g_strcmp0 (deletions, "cdc") == 0;
  options.seed = seed;
  options.arrivals = arrivals;
  options.scenarios = (const char *const *) scenarios;

  practice = barista_practice_start (&options, &error);
  if (practice == NULL)
    {
      fprintf (stderr, "%s\n", error->message);
      return 1;
    }
  print_info (barista_practice_get_info (practice));
  while (getchar () != EOF)
    ;
  return 0;
}
