/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "barista-output-commands.h"

#include "barista-output-private.h"

#include <glib/gi18n-lib.h>

/* Data sources whose rows are asked for in a list for people; the others go the same way. */
#define ROWS_MAX 3

static void
command_free (BaristaCommand *command)
{
  g_free (command->command);
  g_free (command->comment);
  g_free (command);
}

/* @command: (transfer full) */
static BaristaCommand *
add (GPtrArray *commands, BaristaCommandKind kind, const char *purpose, char *command)
{
  BaristaCommand *entry = g_new0 (BaristaCommand, 1);

  entry->kind = kind;
  entry->purpose = purpose;
  entry->command = command;
  g_ptr_array_add (commands, entry);
  return entry;
}

/* @comment: (transfer full): where the value comes from */
static void
add_secret (GPtrArray *commands, const char *name, const char *option, char *comment)
{
  BaristaCommand *entry = add (commands, BARISTA_COMMAND_SECRET,
                               N_ ("Set a secret; it asks for the value"),
                               g_strdup_printf ("tb --cloud secret set %s%s", name, option));

  entry->comment = comment;
}

/* The secrets of a connection that sinks write to, and what each holds; NULL: that kind has none. A
 * prompt would take the first line of a PEM. */
static const struct
{
  const char *(*get) (BaristaTarget *target);
  const char *kafka;
  const char *s3;
  const char *option;
} target_secrets[] = {
  { barista_target_get_key, "the Kafka user's name", "the access key", "" },
  { barista_target_get_secret, "the Kafka user's password", "the access key's secret", "" },
  { barista_target_get_registry_secret, "the schema registry's address with its sign-in", NULL,
    "" },
  { barista_target_get_ca_secret, "the CA's PEM", NULL, " --multiline" },
};

static void
add_target_secrets (GPtrArray *commands, GHashTable *seen, BaristaTarget *target)
{
  gboolean kafka = barista_target_get_kind (target) == BARISTA_TARGET_KAFKA;

  for (gsize i = 0; i < G_N_ELEMENTS (target_secrets); i++)
    {
      const char *name = target_secrets[i].get (target);
      const char *source = kafka ? target_secrets[i].kafka : target_secrets[i].s3;

      if (name != NULL && source != NULL && g_hash_table_add (seen, g_strdup (name)))
        add_secret (commands, name, target_secrets[i].option,
                    g_strdup_printf ("%s, for %s", source, barista_target_get_name (target)));
    }
}

/* Each once, in the order in which the connections name them. */
static void
add_secrets (GPtrArray *commands, const BaristaOutputRequest *request)
{
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  GListModel *targets = barista_setup_get_targets (request->setup);

  if (barista_output_has_connection (request) && barista_output_uses_sasl (request))
    {
      const char *secret = barista_setup_get_project_secret (request->setup);
      g_autofree char *registry = barista_output_registry_secret (request);

      g_hash_table_add (seen, g_strdup (secret));
      add_secret (commands, secret, "",
                  g_strdup (barista_setup_has_task (request->setup) ? "the task's auth token"
                                                                    : "the Kafka user's password"));
      if (barista_setup_get_registry_enabled (request->setup)
          && g_hash_table_add (seen, g_strdup (registry)))
        add_secret (commands, registry, "", g_strdup ("the schema registry's password"));
    }
  for (guint i = 0; i < barista_output_n_targets (request); i++)
    {
      g_autoptr (BaristaTarget) target = g_list_model_get_item (targets, i);

      add_target_secrets (commands, seen, target);
    }
}

/**
 * barista_output_forward_commands:
 * @request: what was written
 * @rows_max: data sources whose rows are asked for
 *
 * Returns: (transfer full) (element-type BaristaCommand): what is run for a Forward workspace, in
 *   order
 */
GPtrArray *
barista_output_forward_commands (const BaristaOutputRequest *request, guint rows_max)
{
  GPtrArray *commands = g_ptr_array_new_with_free_func ((GDestroyNotify) command_free);

  add (commands, BARISTA_COMMAND_LOGIN, N_ ("Sign in to the workspace"), g_strdup ("tb login"));
  add_secrets (commands, request);
  add (commands, BARISTA_COMMAND_CHECK,
       N_ ("Check; it changes nothing. Stop if a line says deleted"),
       g_strdup ("tb --cloud deploy --check"));
  add (commands, BARISTA_COMMAND_DEPLOY, N_ ("Deploy"), g_strdup ("tb --cloud deploy"));
  for (guint i = 0; i < MIN (request->tables->len, rows_max); i++)
    {
      BaristaTable *table = request->tables->pdata[i];

      add (commands, BARISTA_COMMAND_ROWS, N_ ("See whether the rows are there"),
           g_strdup_printf ("tb --cloud sql \"SELECT count(), max(__timestamp) FROM %s%s\"",
                            barista_table_get_data_source (table),
                            barista_table_get_needs_final (table) ? " FINAL" : ""));
    }

  return commands;
}

static GPtrArray *
classic_commands (void)
{
  GPtrArray *commands = g_ptr_array_new_with_free_func ((GDestroyNotify) command_free);

  add (commands, BARISTA_COMMAND_LOGIN, N_ ("Sign in to the workspace"), g_strdup ("tb auth"));
  add (commands, BARISTA_COMMAND_CHECK, N_ ("Check; it changes nothing"),
       g_strdup ("tb push --dry-run"));
  add (commands, BARISTA_COMMAND_DEPLOY, N_ ("Push the files"), g_strdup ("tb push"));
  return commands;
}

GPtrArray *
barista_output_commands (const BaristaOutputRequest *request, const char *folder)
{
  g_autoptr (GPtrArray) commands = NULL;

  if (request->practice)
    return g_ptr_array_new ();

  commands = barista_output_is_classic (request)
                 ? classic_commands ()
                 : barista_output_forward_commands (request, ROWS_MAX);
  if (folder != NULL)
    {
      g_autofree char *quoted = g_shell_quote (folder);

      add (commands, BARISTA_COMMAND_FOLDER, N_ ("Go to the folder"),
           g_strconcat ("cd ", quoted, NULL));
      g_ptr_array_insert (commands, 0, g_ptr_array_steal_index (commands, commands->len - 1));
    }

  return g_steal_pointer (&commands);
}
