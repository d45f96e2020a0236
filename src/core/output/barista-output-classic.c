/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "barista-markdown.h"
#include "barista-output-private.h"

static void
add_row (GString *text, const char *label, const char *value)
{
  g_string_append_printf (text, "| %s | ", label);
  barista_markdown_append_code (text, value);
  g_string_append (text, " |\n");
}

static void
add_registry (GString *text, const BaristaOutputRequest *request)
{
  g_autofree char *url = barista_output_registry_url (request);
  const char *username = barista_setup_get_registry_username (request->setup);

  if (url == NULL)
    {
      g_string_append (text, "| Decode Avro messages with Schema Registry | off |\n");
      return;
    }

  g_string_append (text, "| Decode Avro messages with Schema Registry | on |\n");
  add_row (text, "URL", url);
  if (username == NULL)
    return;
  add_row (text, "Username", username);
  g_string_append_printf (text, "| Password | %s |\n",
                          barista_setup_get_registry_same_sign_in (request->setup)
                              ? "the same as the secret above"
                              : "the schema registry's password");
}

static void
add_table (GString *text, BaristaTable *table)
{
  g_string_append (text, "\n## Data source ");
  barista_markdown_append_code (text, barista_table_get_data_source (table));
  g_string_append (text, "\n\n| Field | Value |\n|---|---|\n");
  add_row (text, "Topic", barista_table_get_topic (table));
  add_row (text, "Consumer group", barista_table_get_group_id (table));
  add_row (text, "Start from", barista_start_to_string (barista_table_get_start (table)));
  g_string_append (text,
                   "\nThe columns and the engine are those of the file under `datasources`.\n");
}

static void
add_kafka_target (GString *text, BaristaTarget *target)
{
  g_autofree char *servers = g_strjoinv (",",
                                         (char **) barista_target_get_bootstrap_servers (target));

  add_row (text, "Bootstrap Server", servers);
  add_row (text, "SASL mechanism",
           barista_mechanism_to_string (barista_target_get_mechanism (target)));
  g_string_append (text, "| Key | the Kafka user's name |\n"
                         "| Secret | the Kafka user's password |\n");
  if (barista_target_get_ca_secret (target) != NULL)
    g_string_append (text, "| CA certificate | the PEM of the CA |\n");
}

static void
add_s3_target (GString *text, BaristaTarget *target)
{
  const char *region = barista_target_get_region (target);
  const char *arn = barista_target_get_arn (target);

  if (region != NULL)
    add_row (text, "Region", region);
  if (arn != NULL)
    add_row (text, "Role ARN", arn);
  else
    g_string_append (text, "| Access key | that of the user who may write |\n"
                           "| Secret | the access key's secret |\n");
}

/* What the sinks write to. */
static void
add_targets (const BaristaOutputRequest *request, GString *text)
{
  GListModel *targets = barista_setup_get_targets (request->setup);

  for (guint i = 0; i < g_list_model_get_n_items (targets); i++)
    {
      g_autoptr (BaristaTarget) target = g_list_model_get_item (targets, i);
      const char *name = barista_target_get_name (target);

      g_string_append_printf (text, "%s## Connection for sinks ",
                              g_str_has_suffix (text->str, "\n\n") ? "" : "\n");
      barista_markdown_append_code (text, name != NULL ? name : "");
      g_string_append_printf (text, "\n\nData Project, +, Data Source, %s:\n\n",
                              barista_target_get_kind (target) == BARISTA_TARGET_KAFKA
                                  ? "Kafka"
                                  : "Amazon S3");
      g_string_append (text, "| Field | Value |\n|---|---|\n");
      add_row (text, "Connection name", name != NULL ? name : "");
      if (barista_target_get_kind (target) == BARISTA_TARGET_KAFKA)
        add_kafka_target (text, target);
      else
        add_s3_target (text, target);
    }
}

static void
add_connection (GString *text, const BaristaOutputRequest *request)
{
  g_autofree char *servers = barista_output_bootstrap_servers (request);
  const char *username = barista_setup_get_username (request->setup);

  g_string_append (text, "Data Project, +, Data Source, Kafka:\n\n"
                         "| Field | Value |\n|---|---|\n");
  add_row (text, "Connection name", barista_setup_get_project_connection (request->setup));
  add_row (text, "Bootstrap Server", servers);
  if (barista_output_uses_sasl (request))
    {
      add_row (text, "SASL mechanism",
               barista_mechanism_to_string (barista_output_mechanism (request)));
      add_row (text, "Key", username != NULL ? username : "");
      g_string_append (text, "| Secret | the task's auth token, or the Kafka user's password |\n");
    }
  add_registry (text, request);
  if (request->ca_pem != NULL && !request->practice)
    g_string_append (text, "| CA certificate | the content of the CA file |\n");
}

/**
 * barista_output_classic_form:
 * @request: what to write
 *
 * The values of the web form of a Classic workspace in its order (tinybird.md 6.1): it has no
 * connection files.
 *
 * Returns: (transfer full): the page
 */
char *
barista_output_classic_form (const BaristaOutputRequest *request)
{
  GString *text = g_string_new ("# The connection in a Classic workspace\n\n");

  if (barista_output_has_connection (request))
    add_connection (text, request);
  for (guint i = 0; i < request->tables->len; i++)
    add_table (text, request->tables->pdata[i]);
  add_targets (request, text);
  return g_string_free (text, FALSE);
}
