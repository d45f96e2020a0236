/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "barista-datafile.h"
#include "barista-output-private.h"

#include <glib/gi18n-lib.h>

/* Files are in English whoever makes them: same input, same bytes. */
static const char *const plan_sentences[] = {
  [BARISTA_PLAN_NONE] = "Deletions are not expected.",
  [BARISTA_PLAN_SOFT_DOCUMENT] = "Each document is kept whole in __value; deletions stay as rows.",
  [BARISTA_PLAN_SOFT_NULLABLE] = "Deletions stay as rows whose columns are empty.",
  [BARISTA_PLAN_HARD] = "Deleted rows disappear for queries with FINAL.",
};

static void
write_description (BaristaDatafile *file, const BaristaOutputRequest *request, BaristaTable *table)
{
  const char *task = barista_setup_get_task_name (request->setup);
  g_autoptr (GString) text = g_string_new ("Rows of the topic ");

  /* What can't stand here is refused where it must stand, with a better reason. */
  if (barista_text_fault (barista_table_get_topic (table), "", TRUE) != NULL)
    return;

  g_string_append (text, barista_table_get_topic (table));
  if (task != NULL && barista_text_fault (task, "", TRUE) == NULL)
    g_string_append_printf (text, " of the Estuary task %s", task);
  g_string_append_printf (text, ". %s", plan_sentences[barista_table_get_plan (table)]);
  barista_datafile_description (file, text->str);
  barista_datafile_blank (file);
}

static void
write_schema (BaristaDatafile *file, BaristaTable *table)
{
  GPtrArray *columns = barista_table_get_columns (table);
  g_autoptr (GPtrArray) written = g_ptr_array_new ();

  for (guint i = 0; i < columns->len; i++)
    if (((BaristaColumn *) columns->pdata[i])->included)
      g_ptr_array_add (written, columns->pdata[i]);

  if (written->len == 0)
    {
      barista_datafile_refuse (file, "SCHEMA", _ ("Include at least one column."),
                               _ ("there is no column left"));
      return;
    }

  barista_datafile_raw (file, "SCHEMA >");
  for (guint i = 0; i < written->len; i++)
    barista_datafile_column (file, written->pdata[i], i + 1 == written->len);
  barista_datafile_blank (file);
}

static void
write_engine (BaristaDatafile *file, BaristaTable *table)
{
  const struct
  {
    const char *command;
    const char *value;
  } lines[] = {
    { "ENGINE", barista_table_get_engine (table) },
    { "ENGINE_PARTITION_KEY", barista_table_get_partition_key (table) },
    { "ENGINE_SORTING_KEY", barista_table_get_sorting_key (table) },
    { "ENGINE_TTL", barista_table_get_ttl (table) },
    { "ENGINE_VER", barista_table_get_version (table) },
    { "ENGINE_IS_DELETED", barista_table_get_is_deleted (table) },
  };

  for (guint i = 0; i < G_N_ELEMENTS (lines); i++)
    if (lines[i].value != NULL)
      barista_datafile_quoted (file, lines[i].command, lines[i].value,
                               _ ("Change the engine's settings."));
  barista_datafile_blank (file);
}

/* A secret per environment, with a default: local and branch deployments take one of their own and
 * leave production's partitions alone (tinybird.md 6.3). Classic has no such default. */
static void
write_group (BaristaDatafile *file, const BaristaOutputRequest *request, BaristaTable *table)
{
  const char *group = barista_table_get_group_id (table);
  g_autofree char *secret = barista_output_group_secret (table);
  const char *fault = barista_text_fault (group, "\"'#$\\{}", FALSE);

  if (fault != NULL || barista_output_is_classic (request))
    barista_datafile_bare (file, "KAFKA_GROUP_ID", group,
                           _ ("Choose a group id of letters, digits, dots and hyphens."));
  if (fault != NULL)
    barista_datafile_refuse (file, "KAFKA_GROUP_ID",
                             _ ("Choose a group id of letters, digits, dots and hyphens."),
                             _ ("it can't stand in a secret's default"));
  else if (!barista_output_is_classic (request)
           && barista_datafile_secret_name (file, "KAFKA_GROUP_ID", secret))
    barista_datafile_rawf (file, "KAFKA_GROUP_ID {{ tb_secret(\"%s\", \"%s\") }}", secret, group);
}

static void
write_kafka (BaristaDatafile *file, const BaristaOutputRequest *request, BaristaTable *table)
{
  barista_datafile_bare (file, "KAFKA_CONNECTION_NAME",
                         barista_setup_get_project_connection (request->setup),
                         _ ("Choose another name for the connection."));
  barista_datafile_bare (file, "KAFKA_TOPIC", barista_table_get_topic (table),
                         _ ("Give the binding a plain topic name, or turn strict topic names on."));
  write_group (file, request, table);
  barista_datafile_rawf (file, "KAFKA_AUTO_OFFSET_RESET %s",
                         barista_start_to_string (barista_table_get_start (table)));
  barista_datafile_rawf (file, "KAFKA_STORE_RAW_VALUE %s",
                         barista_table_get_stores_raw_value (table) ? "True" : "False");

  if (!barista_setup_get_registry_enabled (request->setup))
    return;
  barista_datafile_raw (file, "KAFKA_KEY_FORMAT avro");
  barista_datafile_raw (file, "KAFKA_VALUE_FORMAT avro");
}

/**
 * barista_output_datasource:
 * @request: what to write
 * @table: the data source
 * @error: return location
 *
 * A data source in the layout that the vendor's package and both SDKs read alike: tinybird.md 1.1.
 *
 * Returns: (transfer full): the file's text, or %NULL
 */
char *
barista_output_datasource (const BaristaOutputRequest *request, BaristaTable *table, GError **error)
{
  g_autofree char *path = barista_output_datasource_path (table);
  BaristaDatafile file;

  barista_datafile_init (&file, path);
  write_description (&file, request, table);
  write_schema (&file, table);
  write_engine (&file, table);
  write_kafka (&file, request, table);
  return barista_datafile_finish (&file, error);
}
