/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "barista-datafile.h"
#include "barista-names.h"
#include "barista-output-private.h"
#include "barista-sinks.h"
#include "barista-sql.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* With one of these at the start of a line, indented or not, a block ends for the SDK's reader. */
static const char *const sdk_words[] = {
  "CACHE",       "COPY_MODE", "COPY_SCHEDULE", "DATASOURCE",        "DEPLOYMENT_METHOD",
  "DESCRIPTION", "NODE",      "SQL",           "TARGET_DATASOURCE", "TOKEN",
  "TYPE",        NULL,
};

/* Returns: whether there is one */
static gboolean
write_description (BaristaDatafile *file, const char *text)
{
  g_autofree char *line = text != NULL ? barista_sink_description (text) : NULL;
  g_autofree char *word = line != NULL ? g_strndup (line, strcspn (line, " ")) : NULL;

  if (line == NULL || *line == '\0')
    return FALSE;

  if (*line == '#')
    barista_datafile_refuse (file, "DESCRIPTION", _ ("Begin it with another character."),
                             _ ("a line that starts with “#” is a comment there"));
  else if (g_strv_contains (sdk_words, word))
    barista_datafile_refuse (file, "DESCRIPTION", _ ("Begin it with another word."),
                             _ ("a line that starts with %s ends the description there"), word);
  else
    barista_datafile_description (file, line);
  return TRUE;
}

static gboolean
check_name (BaristaDatafile *file, const char *place, const char *name)
{
  g_autoptr (GError) error = NULL;

  if (barista_resource_name_check (name != NULL ? name : "", &error))
    return TRUE;

  barista_datafile_refuse (file, place, _ ("Choose another name."), "%s", error->message);
  return FALSE;
}

static void
write_node (BaristaDatafile *file, BaristaSinkNode *node, gboolean classic)
{
  const char *name = barista_sink_node_get_name (node);
  g_autofree char *statement = barista_sink_statement (barista_sink_node_get_sql (node));
  g_autofree char *fault = NULL;
  g_autofree char *block = NULL;

  if (!check_name (file, "NODE", name))
    return;
  if (classic && barista_text_has_variable (statement))
    barista_datafile_refuse (file, "SQL", _ ("Write \\x24 in a text in place of “$”."),
                             _ ("%s: “$” is replaced by an environment variable there"), name);

  barista_datafile_rawf (file, "NODE %s", name);
  write_description (file, barista_sink_node_get_description (node));
  block = barista_sql_write_block (statement, sdk_words, &fault);
  if (block == NULL)
    {
      barista_datafile_refuse (file, "SQL", _ ("Change the SQL."), "%s: %s", name, fault);
      return;
    }

  barista_datafile_raw (file, "SQL >");
  barista_datafile_raw (file, block); /* its last line end makes the blank line */
}

typedef struct
{
  const char *command;
  const char *(*get) (BaristaSink *sink);
} Setting;

/* In the order of the SDK's generator (tinybird.md 4.3). */
static const Setting kafka_settings[] = {
  { "EXPORT_CONNECTION_NAME", barista_sink_get_connection },
  { "EXPORT_KAFKA_TOPIC", barista_sink_get_topic },
  { "EXPORT_SCHEDULE", barista_sink_get_schedule },
  {},
};
static const Setting s3_settings[] = {
  { "EXPORT_CONNECTION_NAME", barista_sink_get_connection },
  { "EXPORT_BUCKET_URI", barista_sink_get_bucket_uri },
  { "EXPORT_FILE_TEMPLATE", barista_sink_get_file_template },
  { "EXPORT_SCHEDULE", barista_sink_get_schedule },
  { "EXPORT_FORMAT", barista_sink_get_format },
  { "EXPORT_STRATEGY", barista_sink_get_strategy },
  { "EXPORT_COMPRESSION", barista_sink_get_compression },
  {},
};

/* Classic's words for strategies are those of another command, its REST API's write_strategy. */
static void
make_classic (const char **command, const char **value)
{
  static const struct
  {
    const char *command;
    BaristaSinkSetting setting;
    const char *classic;
  } settings[] = {
    { "EXPORT_FORMAT", BARISTA_SINK_FORMAT, "EXPORT_FORMAT" },
    { "EXPORT_STRATEGY", BARISTA_SINK_STRATEGY, "EXPORT_WRITE_STRATEGY" },
    { "EXPORT_COMPRESSION", BARISTA_SINK_COMPRESSION, "EXPORT_COMPRESSION" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (settings); i++)
    {
      const BaristaSinkWord *word = g_str_equal (*command, settings[i].command)
                                        ? barista_sink_word_find (settings[i].setting, *value)
                                        : NULL;

      if (word == NULL)
        continue;
      *command = settings[i].classic;
      *value = word->classic;
      return;
    }
}

static void
write_setting (BaristaDatafile *file, const char *command, const char *value, gboolean classic)
{
  if (g_str_equal (command, "EXPORT_SCHEDULE") && g_str_equal (value, "@once"))
    value = "@on-demand";
  if (classic)
    make_classic (&command, &value);

  barista_datafile_value (file, command, value, _ ("Change it in the sink."));
}

static const char *
classic_service (const BaristaOutputRequest *request, BaristaSink *sink)
{
  BaristaTarget *target = barista_setup_get_sink_target (request->setup, sink);

  if (barista_setup_get_sink_kind (request->setup, sink) == BARISTA_TARGET_KAFKA)
    return "kafka";
  return target != NULL && barista_target_get_arn (target) != NULL ? "s3_iamrole" : "s3";
}

/**
 * barista_output_has_sink:
 * @sink: a sink
 *
 * Returns: whether there is anything to write: without SQL no reader takes the file
 */
gboolean
barista_output_has_sink (BaristaSink *sink)
{
  GListModel *nodes = barista_sink_get_nodes (sink);

  for (guint i = 0; i < g_list_model_get_n_items (nodes); i++)
    {
      g_autoptr (BaristaSinkNode) node = g_list_model_get_item (nodes, i);
      const char *sql = barista_sink_node_get_sql (node);

      if (sql[strspn (sql, " \t\r\n")] == '\0')
        return FALSE;
    }

  return g_list_model_get_n_items (nodes) > 0;
}

/**
 * barista_output_sink:
 * @request: what to write
 * @sink: one of its sinks
 * @error: return location
 *
 * A sink's pipe: what it states in the order of the SDK, SQL first and then the type, which all
 * readers take (tinybird.md 3.2, 0.1).
 *
 * Returns: (transfer full): the file's text, or %NULL
 */
char *
barista_output_sink (const BaristaOutputRequest *request, BaristaSink *sink, GError **error)
{
  gboolean classic = barista_output_is_classic (request);
  BaristaTargetKind kind = barista_setup_get_sink_kind (request->setup, sink);
  GListModel *nodes = barista_sink_get_nodes (sink);
  g_autofree char *path = barista_sink_path (barista_sink_get_name (sink));
  BaristaDatafile file;

  barista_datafile_init (&file, path);
  if (write_description (&file, barista_sink_get_description (sink)))
    barista_datafile_blank (&file);
  for (guint i = 0; i < g_list_model_get_n_items (nodes); i++)
    {
      g_autoptr (BaristaSinkNode) node = g_list_model_get_item (nodes, i);

      write_node (&file, node, classic);
    }

  barista_datafile_raw (&file, "TYPE sink");
  if (classic)
    barista_datafile_rawf (&file, "EXPORT_SERVICE %s", classic_service (request, sink));
  for (const Setting *setting = kind == BARISTA_TARGET_KAFKA ? kafka_settings : s3_settings;
       setting->command != NULL; setting++)
    if (setting->get (sink) != NULL)
      write_setting (&file, setting->command, setting->get (sink), classic);

  return barista_datafile_finish (&file, error);
}
