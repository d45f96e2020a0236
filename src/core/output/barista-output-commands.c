/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "barista-output-commands.h"

#include "barista-output-private.h"

#include <glib/gi18n-lib.h>

static void
command_free (BaristaCommand *command)
{
  g_free (command->command);
  g_free (command);
}

/* @command: (transfer full) */
static void
add (GPtrArray *commands, const char *purpose, char *command, gboolean changes)
{
  BaristaCommand *entry = g_new0 (BaristaCommand, 1);

  entry->purpose = purpose;
  entry->command = command;
  entry->changes = changes;
  g_ptr_array_add (commands, entry);
}

static void
add_secret (GPtrArray *commands, GHashTable *seen, const char *name)
{
  if (name == NULL || !g_hash_table_add (seen, g_strdup (name)))
    return;
  add (commands, N_ ("Set a secret; it asks for the value"),
       g_strdup_printf ("tb --cloud secret set %s", name), TRUE);
}

/* In the order in which the connections name them. */
static void
add_secrets (GPtrArray *commands, const BaristaOutputRequest *request)
{
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  GListModel *targets = barista_setup_get_targets (request->setup);

  if (barista_output_has_connection (request) && barista_output_uses_sasl (request))
    {
      g_autofree char *registry = barista_output_registry_secret (request);

      add_secret (commands, seen, barista_setup_get_project_secret (request->setup));
      if (barista_setup_get_registry_enabled (request->setup))
        add_secret (commands, seen, registry);
    }
  for (guint i = 0; i < g_list_model_get_n_items (targets); i++)
    {
      g_autoptr (BaristaTarget) target = g_list_model_get_item (targets, i);

      add_secret (commands, seen, barista_target_get_key (target));
      add_secret (commands, seen, barista_target_get_secret (target));
      if (barista_target_get_kind (target) != BARISTA_TARGET_KAFKA)
        continue;
      add_secret (commands, seen, barista_target_get_registry_secret (target));
      add_secret (commands, seen, barista_target_get_ca_secret (target));
    }
}

static void
add_forward (GPtrArray *commands, const BaristaOutputRequest *request)
{
  add (commands, N_ ("Sign in to the workspace"), g_strdup ("tb login"), FALSE);
  add_secrets (commands, request);
  add (commands, N_ ("Check; it changes nothing. Stop if a line says deleted"),
       g_strdup ("tb --cloud deploy --check"), FALSE);
  add (commands, N_ ("Deploy"), g_strdup ("tb --cloud deploy"), TRUE);
  for (guint i = 0; i < request->tables->len && i < 3; i++)
    {
      BaristaTable *table = request->tables->pdata[i];

      add (commands, N_ ("See whether the rows are there"),
           g_strdup_printf ("tb --cloud sql \"SELECT count(), max(__timestamp) FROM %s%s\"",
                            barista_table_get_data_source (table),
                            barista_table_get_needs_final (table) ? " FINAL" : ""),
           FALSE);
    }
}

static void
add_classic (GPtrArray *commands)
{
  add (commands, N_ ("Sign in to the workspace"), g_strdup ("tb auth"), FALSE);
  add (commands, N_ ("Check; it changes nothing"), g_strdup ("tb push --dry-run"), FALSE);
  add (commands, N_ ("Push the files"), g_strdup ("tb push"), TRUE);
}

GPtrArray *
barista_output_commands (const BaristaOutputRequest *request, const char *folder)
{
  GPtrArray *commands = g_ptr_array_new_with_free_func ((GDestroyNotify) command_free);

  if (request->practice)
    return commands;

  if (folder != NULL)
    {
      g_autofree char *quoted = g_shell_quote (folder);

      add (commands, N_ ("Go to the folder"), g_strconcat ("cd ", quoted, NULL), FALSE);
    }
  if (barista_output_is_classic (request))
    add_classic (commands);
  else
    add_forward (commands, request);

  return commands;
}
