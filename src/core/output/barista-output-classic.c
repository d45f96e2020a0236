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
  GString *text = g_string_new ("# The connection in a Classic workspace\n\n"
                                "Data Project, +, Data Source, Kafka:\n\n"
                                "| Field | Value |\n|---|---|\n");
  g_autofree char *servers = barista_output_bootstrap_servers (request);
  const char *username = barista_setup_get_username (request->setup);

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

  for (guint i = 0; i < request->tables->len; i++)
    add_table (text, request->tables->pdata[i]);
  return g_string_free (text, FALSE);
}
