/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "barista-names.h"
#include "barista-output-private.h"

#include <string.h>

/* A file's name, of a task's last part: what no file system or shell stumbles over. */
char *
barista_output_task_file_name (const char *task)
{
  g_autofree char *name = g_strndup (barista_catalog_name_last_part (task), 200);

  for (char *p = name; *p != '\0'; p++)
    if (!g_ascii_isalnum (*p) && strchr ("-_.", *p) == NULL)
      *p = '_';
  if (*name == '.' || *name == '-' || *name == '\0')
    return g_strconcat ("task", name, NULL);
  return g_steal_pointer (&name);
}

static char *
task_path (const BaristaOutputRequest *request, const char *folder, const char *ending)
{
  g_autofree char *name = barista_output_task_file_name (
      barista_setup_get_task_name (request->setup));

  return g_strconcat (folder, name, ending, NULL);
}

char *
barista_output_flow_path (const BaristaOutputRequest *request)
{
  return task_path (request,
                    barista_setup_get_managed (request->setup) ? "estuary/" : "estuary/reference/",
                    ".flow.yaml");
}

char *
barista_output_flow_config_path (const BaristaOutputRequest *request)
{
  return task_path (request, "estuary/", ".config.yaml");
}

char *
barista_output_connection_path (const BaristaOutputRequest *request)
{
  return g_strdup_printf ("connections/%s.connection",
                          barista_setup_get_project_connection (request->setup));
}

char *
barista_output_datasource_path (BaristaTable *table)
{
  return g_strdup_printf ("datasources/%s.datasource", barista_table_get_data_source (table));
}

char *
barista_output_endpoint_name (BaristaTable *table)
{
  return g_strconcat (barista_table_get_data_source (table), "_current", NULL);
}

char *
barista_output_endpoint_path (BaristaTable *table)
{
  g_autofree char *name = barista_output_endpoint_name (table);

  return g_strdup_printf ("endpoints/%s.pipe", name);
}

char *
barista_output_deleted_name (BaristaTable *table)
{
  return g_strconcat (barista_table_get_data_source (table), "_deleted", NULL);
}

char *
barista_output_deleted_path (BaristaTable *table)
{
  g_autofree char *name = barista_output_deleted_name (table);

  return g_strdup_printf ("endpoints/%s.pipe", name);
}

char *
barista_output_group_secret (BaristaTable *table)
{
  return g_strconcat ("KAFKA_GROUP_ID_", barista_table_get_data_source (table), NULL);
}

/* Kafka's and the registry's sign-in are one, or the registry has a secret of its own. */
char *
barista_output_registry_secret (const BaristaOutputRequest *request)
{
  const char *secret = barista_setup_get_project_secret (request->setup);

  if (barista_setup_get_registry_same_sign_in (request->setup))
    return g_strdup (secret);
  return g_strconcat (secret, "_REGISTRY", NULL);
}

gboolean
barista_output_is_classic (const BaristaOutputRequest *request)
{
  return g_strcmp0 (barista_setup_get_project_format (request->setup), "classic") == 0;
}

gboolean
barista_output_has_flow (const BaristaOutputRequest *request)
{
  return (request->parts & BARISTA_OUTPUT_FLOW) && barista_setup_has_task (request->setup);
}

gboolean
barista_output_has_connection (const BaristaOutputRequest *request)
{
  return (request->parts & BARISTA_OUTPUT_TINYBIRD) && request->tables->len > 0;
}

/* "127.0.0.1:9092" and so on: as typed, with the port that was left out; what can't be read is a
 * finding. */
char *
barista_output_join_servers (const char *const *servers)
{
  GString *list = g_string_new (NULL);

  for (guint i = 0; servers[i] != NULL; i++)
    {
      g_autoptr (BaristaAddress) address = barista_address_parse (servers[i], NULL);
      g_autofree char *text = address != NULL ? barista_address_to_string (address)
                                              : g_strdup (servers[i]);

      g_string_append_printf (list, "%s%s", i > 0 ? "," : "", text);
    }

  return g_string_free (list, FALSE);
}

char *
barista_output_bootstrap_servers (const BaristaOutputRequest *request)
{
  const char *const *servers = barista_setup_get_bootstrap_servers (request->setup);

  if (request->practice || servers == NULL || servers[0] == NULL)
    return g_strdup (BARISTA_DEKAF_BOOTSTRAP);

  return barista_output_join_servers (servers);
}

char *
barista_output_registry_url (const BaristaOutputRequest *request)
{
  const char *typed = barista_setup_get_registry_url (request->setup);
  char *url;

  if (!barista_setup_get_registry_enabled (request->setup))
    return NULL;
  if (request->practice || typed == NULL)
    return g_strdup (BARISTA_DEKAF_REGISTRY);

  url = barista_registry_url_normalize (typed, NULL);
  return url != NULL ? url : g_strdup (typed);
}

BaristaSecurity
barista_output_security (const BaristaOutputRequest *request)
{
  return request->practice ? BARISTA_SECURITY_SASL_SSL
                           : barista_setup_get_security (request->setup);
}

BaristaMechanism
barista_output_mechanism (const BaristaOutputRequest *request)
{
  return request->practice ? BARISTA_MECHANISM_PLAIN : barista_setup_get_mechanism (request->setup);
}

gboolean
barista_output_uses_sasl (const BaristaOutputRequest *request)
{
  return request->practice || barista_setup_get_uses_sasl (request->setup);
}
