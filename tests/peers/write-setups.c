/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "barista-output.h"
#include "barista-profile.h"

#include <glib/gstdio.h>
#include <json-glib/json-glib.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* write-setups DIR <CASES: makes the files of many setups without a server. A line of CASES is
 *   {"name":"017","profile":{...},"schemas":[{"key":{...}|null,"value":{...}|null}, ...],
 *    "ca_pem":null,"token":"..."}
 * with one pair of schemas for each of the profile's topics. Its files go to DIR/017, and to
 * DIR/017.json what the tables hold that they were written from, or why nothing was. */

static void
add_text (JsonBuilder *builder, const char *name, const char *text)
{
  json_builder_set_member_name (builder, name);
  if (text != NULL)
    json_builder_add_string_value (builder, text);
  else
    json_builder_add_null_value (builder);
}

static void
add_column (JsonBuilder *builder, const BaristaColumn *column)
{
  json_builder_begin_object (builder);
  add_text (builder, "name", column->name);
  add_text (builder, "type", column->type);
  add_text (builder, "path", column->path);
  add_text (builder, "default", column->default_value);
  json_builder_set_member_name (builder, "role");
  json_builder_add_int_value (builder, column->role);
  json_builder_end_object (builder);
}

static void
add_table (JsonBuilder *builder, BaristaTable *table)
{
  GPtrArray *columns = barista_table_get_columns (table);

  json_builder_begin_object (builder);
  add_text (builder, "topic", barista_table_get_topic (table));
  add_text (builder, "data_source", barista_table_get_data_source (table));
  add_text (builder, "group_id", barista_table_get_group_id (table));
  add_text (builder, "start", barista_start_to_string (barista_table_get_start (table)));
  add_text (builder, "plan", barista_plan_to_string (barista_table_get_plan (table)));
  add_text (builder, "deletions",
            barista_deletions_to_string (barista_table_get_deletions (table)));
  add_text (builder, "engine", barista_table_get_engine (table));
  add_text (builder, "sorting_key", barista_table_get_sorting_key (table));
  add_text (builder, "version", barista_table_get_version (table));
  add_text (builder, "is_deleted", barista_table_get_is_deleted (table));
  add_text (builder, "partition_key", barista_table_get_partition_key (table));
  add_text (builder, "ttl", barista_table_get_ttl (table));
  json_builder_set_member_name (builder, "raw_value");
  json_builder_add_boolean_value (builder, barista_table_get_stores_raw_value (table));
  json_builder_set_member_name (builder, "final");
  json_builder_add_boolean_value (builder, barista_table_get_needs_final (table));
  json_builder_set_member_name (builder, "columns");
  json_builder_begin_array (builder);
  for (guint i = 0; i < columns->len; i++)
    if (((BaristaColumn *) columns->pdata[i])->included)
      add_column (builder, columns->pdata[i]);
  json_builder_end_array (builder);
  json_builder_end_object (builder);
}

static void
add_errors (JsonBuilder *builder, GPtrArray *findings)
{
  json_builder_set_member_name (builder, "errors");
  json_builder_begin_array (builder);
  for (guint i = 0; findings != NULL && i < findings->len; i++)
    {
      const BaristaFinding *finding = findings->pdata[i];

      if (finding->level != BARISTA_LEVEL_ERROR)
        continue;
      json_builder_begin_object (builder);
      add_text (builder, "rule", finding->rule);
      add_text (builder, "file", finding->file);
      json_builder_end_object (builder);
    }
  json_builder_end_array (builder);
}

static void
write_model (const char *path, GPtrArray *tables, GPtrArray *findings, const GError *why)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  g_autoptr (JsonNode) root = NULL;
  g_autofree char *text = NULL;
  g_autoptr (GError) error = NULL;

  json_builder_begin_object (builder);
  add_text (builder, "refused", why != NULL ? why->message : NULL);
  json_builder_set_member_name (builder, "schema");
  json_builder_add_boolean_value (builder, why != NULL && why->domain == BARISTA_AVRO_ERROR);
  json_builder_set_member_name (builder, "tables");
  json_builder_begin_array (builder);
  for (guint i = 0; tables != NULL && i < tables->len; i++)
    add_table (builder, tables->pdata[i]);
  json_builder_end_array (builder);
  add_errors (builder, findings);
  json_builder_end_object (builder);
  root = json_builder_get_root (builder);
  text = json_to_string (root, TRUE);
  if (!g_file_set_contents (path, text, -1, &error))
    g_error ("%s", error->message);
}

static char *
to_text (JsonNode *node)
{
  return node != NULL && !JSON_NODE_HOLDS_NULL (node) ? json_to_string (node, FALSE) : NULL;
}

static BaristaAvroSchema *
read_schema (JsonObject *pair, const char *name, GError **error)
{
  g_autofree char *text = pair != NULL ? to_text (json_object_get_member (pair, name)) : NULL;

  return text != NULL ? barista_avro_schema_new (text, -1, error) : NULL;
}

static GPtrArray *
make_tables (BaristaSetup *setup, JsonArray *schemas, GError **error)
{
  g_autoptr (GPtrArray) tables = g_ptr_array_new_with_free_func (g_object_unref);
  GListModel *topics = barista_setup_get_topics (setup);
  g_autoptr (GHashTable) names = barista_table_names_new (setup, topics);

  for (guint i = 0; i < g_list_model_get_n_items (topics); i++)
    {
      JsonObject *pair = i < json_array_get_length (schemas)
                             ? json_array_get_object_element (schemas, i)
                             : NULL;
      g_autoptr (BaristaTopicChoice) choice = g_list_model_get_item (topics, i);
      GError *inner = NULL;
      g_autoptr (BaristaAvroSchema) key = read_schema (pair, "key", &inner);
      g_autoptr (BaristaAvroSchema) value = inner == NULL ? read_schema (pair, "value", &inner)
                                                          : NULL;

      if (inner != NULL)
        {
          g_propagate_error (error, inner);
          return NULL;
        }
      g_ptr_array_add (tables, barista_table_new_named (setup, choice, names, key, value));
    }

  return g_steal_pointer (&tables);
}

static void
write_file (const char *folder,
            const BaristaArtefact *artefact,
            const BaristaOutputRequest *request,
            const char *token)
{
  g_autofree char *path = g_build_filename (folder, artefact->path, NULL);
  g_autofree char *parent = g_path_get_dirname (path);
  g_autofree char *secret = artefact->content == NULL ? barista_output_flow_config (request, token)
                                                      : NULL;
  const char *text = secret;
  gsize length = secret != NULL ? strlen (secret) : 0;
  g_autoptr (GError) error = NULL;

  if (artefact->content != NULL)
    text = g_bytes_get_data (artefact->content, &length);
  if (strstr (artefact->path, "../") != NULL || g_path_is_absolute (artefact->path))
    g_error ("%s leaves the folder", artefact->path);
  if (g_mkdir_with_parents (parent, 0755) != 0
      || !g_file_set_contents_full (path, text, (gssize) length, G_FILE_SET_CONTENTS_NONE,
                                    (int) artefact->mode, &error))
    g_error ("%s can't be written", path);
}

static GPtrArray *
write_files (const char *folder,
             JsonObject *test,
             BaristaSetup *setup,
             GPtrArray **findings,
             GError **error)
{
  g_autoptr (GPtrArray) tables = make_tables (setup, json_object_get_array_member (test, "schemas"),
                                              error);
  g_autoptr (GPtrArray) artefacts = NULL;
  const char *token = json_object_get_string_member_with_default (test, "token", NULL);
  BaristaOutputRequest request = {
    .setup = setup,
    .tables = tables,
    .parts = BARISTA_OUTPUT_ALL,
    .with_token = token != NULL,
    .ca_pem = json_object_get_string_member_with_default (test, "ca_pem", NULL),
  };

  if (tables == NULL)
    return NULL;
  artefacts = barista_output_generate (&request, findings, error);
  if (artefacts == NULL)
    return NULL;
  for (guint i = 0; i < artefacts->len; i++)
    write_file (folder, artefacts->pdata[i], &request, token);
  return g_steal_pointer (&tables);
}

static void
run_case (const char *root, const char *line)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonNode) node = json_from_string (line, &error);
  JsonObject *test = node != NULL ? json_node_get_object (node) : NULL;
  g_autofree char *profile = NULL;
  g_autofree char *folder = NULL;
  g_autofree char *model = NULL;
  g_autoptr (BaristaSetup) setup = NULL;
  g_autoptr (GPtrArray) tables = NULL;
  g_autoptr (GPtrArray) findings = NULL;

  if (test == NULL)
    g_error ("not a case: %s", error->message);

  folder = g_build_filename (root, json_object_get_string_member (test, "name"), NULL);
  model = g_strconcat (folder, ".json", NULL);
  profile = to_text (json_object_get_member (test, "profile"));
  setup = barista_profile_parse (profile, -1, "/", &error);
  if (setup != NULL)
    tables = write_files (folder, test, setup, &findings, &error);
  write_model (model, tables, findings, error);
}

int
main (int argc, char *argv[])
{
  g_autofree char *line = NULL;
  size_t size = 0;

  if (argc != 2)
    {
      fputs ("Usage: write-setups DIR <CASES\n", stderr);
      return 2;
    }

  while (getline (&line, &size, stdin) > 0)
    run_case (argv[1], line);
  return 0;
}
