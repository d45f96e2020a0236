/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "barista-cli-tables.h"

#include <glib/gi18n.h>

static gboolean json;
static char *topic;

static GOptionEntry entries[] = {
  { "topic", 0, 0, G_OPTION_ARG_STRING, &topic, N_ ("The topic"), "T" },
  { "json", 0, 0, G_OPTION_ARG_NONE, &json, N_ ("Print one JSON object"), NULL },
  CLI_TOKEN_ENTRIES,
  { NULL },
};

static void
add_flag (JsonBuilder *builder, const char *name, gboolean value)
{
  json_builder_set_member_name (builder, name);
  json_builder_add_boolean_value (builder, value);
}

static void
add_columns (JsonBuilder *builder, GPtrArray *columns)
{
  json_builder_set_member_name (builder, "columns");
  json_builder_begin_array (builder);
  for (guint i = 0; i < columns->len; i++)
    {
      const BaristaColumn *column = g_ptr_array_index (columns, i);

      json_builder_begin_object (builder);
      cli_add_text (builder, "name", column->name);
      cli_add_text (builder, "type", column->type);
      cli_add_text (builder, "path", column->path);
      add_flag (builder, "nullable", column->nullable);
      add_flag (builder, "included", column->included);
      cli_add_text (builder, "reason", column->reason);
      json_builder_end_object (builder);
    }
  json_builder_end_array (builder);
}

static char *
format_json (BaristaTable *table)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  g_autoptr (JsonNode) root = NULL;

  json_builder_begin_object (builder);
  cli_add_text (builder, "topic", barista_table_get_topic (table));
  cli_add_text (builder, "data_source", barista_table_get_data_source (table));
  add_columns (builder, barista_table_get_columns (table));
  json_builder_set_member_name (builder, "engine");
  json_builder_begin_object (builder);
  cli_add_text (builder, "name", barista_table_get_engine (table));
  cli_add_text (builder, "sorting_key", barista_table_get_sorting_key (table));
  cli_add_text (builder, "version", barista_table_get_version (table));
  cli_add_text (builder, "is_deleted", barista_table_get_is_deleted (table));
  json_builder_end_object (builder);
  cli_add_text (builder, "deletions", barista_plan_to_string (barista_table_get_plan (table)));
  json_builder_end_object (builder);
  root = json_builder_get_root (builder);

  return json_to_string (root, FALSE);
}

static gboolean
show (BaristaTable *table)
{
  g_autofree char *name = cli_clean (barista_table_get_topic (table));
  g_autofree char *columns = cli_format_columns (table);
  g_autofree char *plan = cli_format_plan (table);
  g_autofree char *findings = cli_format_findings (barista_table_get_findings (table));

  return cli_print ("%s → %s\n\n%s\n%s%s%s", name, barista_table_get_data_source (table), columns,
                    plan, *findings != '\0' ? "\n" : "", findings);
}

CliExit
cli_run_schema (int argc, char **argv)
{
  BaristaCheckOptions options = { .until = BARISTA_STAGE_TOPIC };
  g_autoptr (CliSession) session = NULL;
  g_autoptr (BaristaCheck) check = NULL;
  g_autoptr (GPtrArray) tables = NULL;
  g_autofree char *text = NULL;
  BaristaTable *table;
  CliExit exit;

  if (!cli_parse (cli_command_find ("schema"), entries, &argc, &argv, 1, 1))
    return CLI_USAGE;
  if (topic == NULL || *topic == '\0')
    {
      cli_complain (_ ("which topic? Give it as --topic"));
      return CLI_USAGE;
    }

  session = cli_session_open (argv[1], TRUE, &exit);
  if (session == NULL)
    return exit;

  options.only_topic = topic;
  check = cli_check (session, &options);
  if (!barista_report_get_passed (barista_check_get_report (check)))
    {
      cli_complain_of_check (check);
      return CLI_NOT_WELL;
    }

  tables = cli_make_tables (session, check);
  table = g_ptr_array_index (tables, 0);
  if (!json)
    return show (table) ? CLI_DONE : CLI_NOT_WELL;

  text = format_json (table);
  return cli_print_line (text) ? CLI_DONE : CLI_NOT_WELL;
}
