/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "barista-practice-profile.h"

#include <glib/gi18n-lib.h>
#include <json-glib/json-glib.h>

/* A profile is at most 1 MiB: of the many topics only the first are named. */
#define MAX_COLLECTIONS 1000

static void
add_string (JsonBuilder *builder, const char *name, const char *value)
{
  json_builder_set_member_name (builder, name);
  if (value != NULL)
    json_builder_add_string_value (builder, value);
  else
    json_builder_add_null_value (builder);
}

static void
add_boolean (JsonBuilder *builder, const char *name, gboolean value)
{
  json_builder_set_member_name (builder, name);
  json_builder_add_boolean_value (builder, value);
}

static void
begin_object (JsonBuilder *builder, const char *name)
{
  json_builder_set_member_name (builder, name);
  json_builder_begin_object (builder);
}

static void
add_task (JsonBuilder *builder, BaristaPracticeTask *task)
{
  guint n = MIN (barista_practice_catalog_get_n_topics (task->catalog), MAX_COLLECTIONS);

  begin_object (builder, "task");
  add_string (builder, "name", task->username);
  add_boolean (builder, "managed", TRUE);
  add_boolean (builder, "published",
               !barista_practice_task_has_fault (task, BARISTA_FAULT_TASK_UNPUBLISHED));
  json_builder_set_member_name (builder, "collections");
  json_builder_begin_array (builder);
  for (guint i = 0; i < n; i++)
    json_builder_add_string_value (builder, barista_practice_catalog_get_name (task->catalog, i));
  json_builder_end_array (builder);
  add_string (builder, "deletions", task->cdc ? "cdc" : "kafka");
  add_boolean (builder, "strict_topic_names", task->strict);
  json_builder_end_object (builder);
}

static void
add_server (JsonBuilder *builder, const BaristaPracticeInfo *info)
{
  begin_object (builder, "server");
  json_builder_set_member_name (builder, "bootstrap_servers");
  json_builder_begin_array (builder);
  json_builder_add_string_value (builder, info->bootstrap_servers);
  json_builder_end_array (builder);
  add_string (builder, "security_protocol", info->ca_file != NULL ? "SASL_SSL" : "SASL_PLAINTEXT");
  add_string (builder, "ca_file", info->ca_file);
  json_builder_end_object (builder);
}

/**
 * barista_practice_profile_write:
 * @task: the task
 * @info: how it is reached; @info->profile is the file to write
 *
 * Topics are left out, so that a check takes the first ones (`design.md`, the profile file).
 */
gboolean
barista_practice_profile_write (BaristaPracticeTask *task,
                                const BaristaPracticeInfo *info,
                                GError **error)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  g_autoptr (JsonGenerator) generator = json_generator_new ();
  g_autoptr (JsonNode) root = NULL;
  g_autofree char *text = NULL;
  g_autofree char *whole = NULL;

  json_builder_begin_object (builder);
  add_string (builder, "format", "barista-setup");
  json_builder_set_member_name (builder, "version");
  json_builder_add_int_value (builder, 1);
  add_string (builder, "name", _ ("Practice data"));
  add_task (builder, task);
  add_server (builder, info);
  begin_object (builder, "sign_in");
  add_string (builder, "mechanism", "PLAIN");
  add_string (builder, "username", task->username);
  json_builder_end_object (builder);
  begin_object (builder, "registry");
  add_boolean (builder, "enabled", TRUE);
  add_string (builder, "url", info->registry_url);
  add_boolean (builder, "same_sign_in", TRUE);
  json_builder_end_object (builder);
  json_builder_end_object (builder);

  root = json_builder_get_root (builder);
  json_generator_set_root (generator, root);
  json_generator_set_pretty (generator, TRUE);
  text = json_generator_to_data (generator, NULL);
  whole = g_strconcat (text, "\n", NULL);
  return g_file_set_contents_full (info->profile, whole, -1, G_FILE_SET_CONTENTS_NONE, 0600, error);
}
