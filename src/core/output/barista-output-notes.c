/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "barista-names.h"
#include "barista-output-private.h"
#include "barista-sinks.h"

#include <glib/gi18n-lib.h>

/* Topics of one workspace that Tinybird's smaller plans read (tinybird.md 1.8). */
#define TOPICS_OF_SMALL_PLANS 5

static void
note (GPtrArray *findings,
      const char *rule,
      BaristaLevel level,
      const char *file,
      const char *message,
      const char *fix)
{
  g_ptr_array_add (findings, barista_finding_new (rule, level, file, 0, message, fix));
}

static void
note_tables (const BaristaOutputRequest *request, GPtrArray *findings)
{
  if (!(request->parts & BARISTA_OUTPUT_TINYBIRD))
    return;

  for (guint i = 0; i < request->tables->len; i++)
    {
      GPtrArray *of_table = barista_table_get_findings (request->tables->pdata[i]);

      for (guint j = 0; j < of_table->len; j++)
        g_ptr_array_add (findings, barista_finding_copy (of_table->pdata[j]));
    }
}

static void
note_catalog_name (const char *name, const char *path, GPtrArray *findings)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *message = NULL;

  if (barista_catalog_name_check (name, &error))
    return;

  message = g_strdup_printf ("%s.", error->message);
  note (findings, "catalog-name", BARISTA_LEVEL_ERROR, path, message,
        _ ("Correct the name; Estuary refuses the file with it."));
}

/* Only what is ours to publish: an existing task has names that Estuary took. */
static void
note_catalog_names (const BaristaOutputRequest *request, GPtrArray *findings)
{
  GListModel *bindings = barista_setup_get_bindings (request->setup);
  g_autofree char *path = NULL;

  if (!barista_output_has_flow (request) || !barista_setup_get_managed (request->setup))
    return;

  path = barista_output_flow_path (request);
  note_catalog_name (barista_setup_get_task_name (request->setup), path, findings);
  for (guint i = 0; i < g_list_model_get_n_items (bindings); i++)
    {
      g_autoptr (BaristaBinding) binding = g_list_model_get_item (bindings, i);

      note_catalog_name (barista_binding_get_collection (binding), path, findings);
    }
}

static void
note_config (const BaristaOutputRequest *request, GPtrArray *findings)
{
  g_autofree char *path = NULL;
  g_autofree char *message = NULL;

  if (!barista_output_has_flow (request) || !barista_setup_get_managed (request->setup)
      || request->with_token)
    return;

  path = barista_output_flow_config_path (request);
  message = g_strdup_printf (_ ("No token is at hand, so %s, which the Flow file names, is not "
                                "written."),
                             path);
  note (findings, "config-without-token", BARISTA_LEVEL_WARNING, path, message,
        request->practice
            ? _ ("The practice task needs none: it lives in Barista alone.")
            : _ ("Save the token with “barista token” and generate again, or paste it into "
                 "Estuary's web form."));
}

static void
note_server (const BaristaOutputRequest *request, const char *path, GPtrArray *findings)
{
  const char *const *servers = barista_setup_get_bootstrap_servers (request->setup);

  if (barista_output_security (request) == BARISTA_SECURITY_SSL)
    note (findings, "security-not-in-tinybird", BARISTA_LEVEL_ERROR, path,
          _ ("Tinybird doesn't read from servers that use SSL without a sign-in."),
          _ ("Use a listener with SASL_SSL."));

  for (guint i = 0; !request->practice && servers != NULL && servers[i] != NULL; i++)
    {
      g_autoptr (BaristaAddress) address = barista_address_parse (servers[i], NULL);
      g_autofree char *message = NULL;

      if (address == NULL)
        {
          note (findings, "server-invalid", BARISTA_LEVEL_ERROR, path,
                _ ("One of the bootstrap servers is not an address."),
                _ ("Correct it: a host's name or number, a colon, a port."));
          continue;
        }
      if (!g_str_has_prefix (address->host, "127.") && !g_str_equal (address->host, "::1")
          && g_ascii_strcasecmp (address->host, "localhost") != 0)
        continue;
      message = g_strdup_printf (_ ("%s is this computer, which Tinybird can't reach."),
                                 servers[i]);
      note (findings, "server-is-local", BARISTA_LEVEL_WARNING, path, message,
            _ ("Use an address that can be reached from the internet."));
    }
}

static void
note_groups (const BaristaOutputRequest *request, GPtrArray *findings)
{
  g_autoptr (GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);

  for (guint i = 0; i < request->tables->len; i++)
    {
      BaristaTable *table = request->tables->pdata[i];
      const char *group = barista_table_get_group_id (table);
      g_autofree char *path = NULL;
      g_autofree char *message = NULL;

      if (g_hash_table_add (seen, (gpointer) group))
        continue;
      path = barista_output_datasource_path (table);
      message = g_strdup_printf (
          _ ("Another data source of this project reads with the group %s as "
             "well: each would get part of the data."),
          group);
      note (findings, "group-shared-in-project", BARISTA_LEVEL_ERROR, path, message,
            _ ("Give each data source a group of its own."));
    }
}

/* A Classic workspace has no files of connections: what is to be changed stands in the form. */
static void
move_to_form (GPtrArray *findings)
{
  for (guint i = 0; i < findings->len; i++)
    {
      BaristaFinding *finding = findings->pdata[i];

      if (finding->file != NULL && g_str_has_prefix (finding->file, "connections/"))
        g_set_str (&finding->file, BARISTA_OUTPUT_CLASSIC_FORM);
    }
}

/**
 * barista_output_note:
 * @request: what is written
 * @findings: (element-type BaristaFinding): gets what the person should know
 *
 * Findings about the project as a whole, and those of its tables.
 */
void
barista_output_note (const BaristaOutputRequest *request, GPtrArray *findings)
{
  g_autofree char *path = NULL;

  note_catalog_names (request, findings);
  note_config (request, findings);
  if (!(request->parts & BARISTA_OUTPUT_TINYBIRD))
    return;

  if (barista_output_has_connection (request))
    {
      path = barista_output_connection_path (request);
      note_server (request, path, findings);
    }
  note_tables (request, findings);
  note_groups (request, findings);
  barista_sinks_lint (request->setup, request->tables, findings);
  if (barista_output_is_classic (request))
    move_to_form (findings);

  if (request->tables->len > TOPICS_OF_SMALL_PLANS)
    note (findings, "many-topics", BARISTA_LEVEL_HINT, NULL,
          _ ("Tinybird's smaller plans read five topics at most."), NULL);
}
