/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "barista-names.h"
#include "barista-sinks.h"
#include "barista-table.h"

#include <string.h>

/* Ends of files by compression. Parquet is compressed inside, which its name doesn't show. */
static const struct
{
  const char *compression;
  const char *ending;
} endings[] = {
  { "gzip", ".gz" },
  { "snappy", ".snappy" },
  { "zstd", ".zst" },
  { "lz4", ".lz4" },
};

static void
append_column (GString *key, const BaristaTemplatePart *part, GDateTime *time)
{
  const char *format = part->format != NULL ? part->format
                                            : barista_time_format_of_name (part->text);
  g_autofree char *text = NULL;

  if (format == NULL && barista_is_time_name (part->text))
    format = "%Y-%m-%d %H:%M:%S";
  text = format != NULL ? g_date_time_format (time, format) : NULL;
  if (text != NULL)
    g_string_append (key, text);
  else
    g_string_append_printf (key, "<%s>", part->text);
}

/* What can't be read is shown as it is. */
static void
append_template (GString *key, const char *template, GDateTime *time)
{
  g_autoptr (GPtrArray) parts = barista_file_template_parse (template, NULL);

  if (parts == NULL)
    g_string_append (key, template);
  for (guint i = 0; parts != NULL && i < parts->len; i++)
    {
      const BaristaTemplatePart *part = parts->pdata[i];

      if (part->kind == BARISTA_TEMPLATE_TEXT)
        g_string_append (key, part->text);
      else if (part->kind == BARISTA_TEMPLATE_NUMBER)
        g_string_append_c (key, '1');
      else
        append_column (key, part, time);
    }
}

static void
append_ending (GString *key, const char *ending)
{
  if (!g_str_has_suffix (key->str, ending))
    g_string_append (key, ending);
}

static void
append_endings (GString *key, BaristaSink *sink)
{
  const char *format = barista_sink_get_format (sink);
  const BaristaSinkWord *compression = barista_sink_word_find (BARISTA_SINK_COMPRESSION,
                                                               barista_sink_get_compression (sink));
  g_autofree char *ending = g_strconcat (".", format != NULL ? format : "csv", NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (endings); i++)
    {
      if (compression == NULL || !g_str_equal (compression->standard, endings[i].compression)
          || g_str_equal (ending, ".parquet"))
        continue;
      if (!g_str_has_suffix (key->str, endings[i].ending))
        append_ending (key, ending);
      append_ending (key, endings[i].ending);
      return;
    }
  append_ending (key, ending);
}

/**
 * barista_sink_example_key:
 * @sink: a sink that writes files
 * @time: of the run, in seconds since 1970, UTC
 *
 * Shows what a run at that time could write. Columns that read like times are shown as that time,
 * others by their names; the ends by format and compression are what people expect to find, the
 * vendor doesn't say which it adds.
 *
 * Returns: (transfer full) (nullable): such as
 *   `s3://my-bucket/exports/year=2026/month=11/events_2026-11-22.csv.gz`; %NULL while bucket or
 *   template is missing
 */
char *
barista_sink_example_key (BaristaSink *sink, gint64 time)
{
  g_autoptr (GDateTime) run = g_date_time_new_from_unix_utc (time);
  const char *bucket = barista_sink_get_bucket_uri (sink);
  const char *template = barista_sink_get_file_template (sink);
  g_autoptr (GString) key = NULL;

  if (bucket == NULL || template == NULL || run == NULL)
    return NULL;

  key = g_string_new (NULL);
  append_template (key, bucket, run);
  if (!g_str_has_suffix (key->str, "/"))
    g_string_append_c (key, '/');
  append_template (key, *template == '/' ? template + 1 : template, run);
  append_endings (key, sink);
  return g_string_free_and_steal (g_steal_pointer (&key));
}

static void
take (GHashTable *taken, const char *name)
{
  if (name != NULL)
    g_hash_table_add (taken, g_strdup (name));
}

static void
take_sinks (GHashTable *taken, GListModel *sinks)
{
  for (guint i = 0; i < g_list_model_get_n_items (sinks); i++)
    {
      g_autoptr (BaristaSink) sink = g_list_model_get_item (sinks, i);
      GListModel *nodes = barista_sink_get_nodes (sink);

      take (taken, barista_sink_get_name (sink));
      for (guint j = 0; j < g_list_model_get_n_items (nodes); j++)
        {
          g_autoptr (BaristaSinkNode) node = g_list_model_get_item (nodes, j);

          take (taken, barista_sink_node_get_name (node));
        }
    }
}

/**
 * barista_setup_propose_name:
 * @setup: a setup
 * @tables: (nullable) (element-type BaristaTable): what it loads
 * @wanted: what the name should be like
 *
 * Proposes a name for a sink, a node or a connection that nothing in the project has. Names are one
 * space in a workspace (tinybird.md 1.8).
 *
 * Returns: (transfer full): the name
 */
char *
barista_setup_propose_name (BaristaSetup *setup, GPtrArray *tables, const char *wanted)
{
  g_autoptr (GHashTable) taken = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  GListModel *targets = barista_setup_get_targets (setup);

  take (taken, barista_setup_get_project_connection (setup));
  for (guint i = 0; i < g_list_model_get_n_items (targets); i++)
    {
      g_autoptr (BaristaTarget) target = g_list_model_get_item (targets, i);

      take (taken, barista_target_get_name (target));
    }
  take_sinks (taken, barista_setup_get_sinks (setup));
  for (guint i = 0; tables != NULL && i < tables->len; i++)
    {
      const char *name = barista_table_get_data_source (tables->pdata[i]);
      g_autofree char *current = g_strconcat (name, "_current", NULL);
      g_autofree char *deleted = g_strconcat (name, "_deleted", NULL);

      take (taken, name);
      take (taken, current);
      take (taken, deleted);
    }

  return barista_resource_name_unique (wanted, taken);
}

/**
 * barista_target_propose_secret:
 * @target: a connection
 * @ending: what the secret is, such as "KEY"
 *
 * Returns: (transfer full): a name for a Tinybird secret: `EVENTS_KAFKA_KEY`
 */
char *
barista_target_propose_secret (BaristaTarget *target, const char *ending)
{
  const char *name = barista_target_get_name (target);
  g_autofree char *plain = barista_resource_name_suggest (name != NULL ? name : "sink");
  g_autofree char *capitals = g_ascii_strup (plain, -1);

  return g_strconcat (capitals, "_", ending, NULL);
}
