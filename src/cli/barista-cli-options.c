/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "barista-cli.h"

#include <glib/gi18n.h>
#include <stdlib.h>

static GOptionContext *
new_context (const CliCommand *command, GOptionEntry *entries)
{
  /* GOption itself writes [OPTION…]. */
  gboolean options_only = g_str_has_prefix (command->arguments, "[");
  GOptionContext *context = g_option_context_new (options_only ? NULL : command->arguments);
  g_autofree char *examples = g_strconcat (_ ("Examples:"), "\n", command->examples, NULL);

  g_option_context_set_summary (context, _ (command->summary));
  g_option_context_set_description (context, examples);
  g_option_context_add_main_entries (context, entries, GETTEXT_PACKAGE);
  g_option_context_set_help_enabled (context, FALSE);

  return context;
}

static CliExit
show_help (GOptionContext *context)
{
  g_autofree char *help = g_option_context_get_help (context, TRUE, NULL);

  return cli_print ("%s", help) ? CLI_DONE : CLI_NOT_WELL;
}

static gboolean
wants_help (int argc, char **argv)
{
  for (int i = 1; i < argc && !g_str_equal (argv[i], "--"); i++)
    if (g_str_equal (argv[i], "--help") || g_str_equal (argv[i], "-h"))
      return TRUE;

  return FALSE;
}

gboolean
cli_parse (const CliCommand *command,
           GOptionEntry *entries,
           int *argc,
           char ***argv,
           int n_min,
           int n_max)
{
  g_autoptr (GOptionContext) context = new_context (command, entries);
  g_autofree char *program = g_strdup_printf ("barista %s", command->name);
  g_autoptr (GError) error = NULL;

  g_set_prgname (program);
  if (wants_help (*argc, *argv))
    {
      CliExit status = show_help (context);

      /* exit () unwinds nothing. */
      g_clear_pointer (&context, g_option_context_free);
      g_clear_pointer (&program, g_free);
      exit (status);
    }

  if (!g_option_context_parse (context, argc, argv, &error))
    {
      cli_complain ("%s: %s", command->name,
                    error->domain == G_CONVERT_ERROR
                        ? _ ("an argument isn't text in the encoding of this locale")
                        : error->message);
      return FALSE;
    }

  if (*argc > 1 && g_str_equal ((*argv)[1], "--"))
    {
      (*argv)[1] = (*argv)[0];
      (*argv)++;
      (*argc)--;
    }
  if (*argc - 1 < n_min || *argc - 1 > n_max)
    {
      cli_complain (_ ("usage: barista %s %s (see barista %s --help)"), command->name,
                    command->arguments, command->name);
      return FALSE;
    }

  return TRUE;
}
