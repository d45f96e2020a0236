/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "barista-cli.h"
#include "barista-keyring.h"

#include <glib/gi18n.h>
#include <unistd.h>

static gboolean set, clear;

static GOptionEntry entries[] = {
  { "set", 0, 0, G_OPTION_ARG_NONE, &set, N_ ("Read the token from standard input and keep it"),
    NULL },
  { "clear", 0, 0, G_OPTION_ARG_NONE, &clear, N_ ("Forget the token"), NULL },
  { NULL },
};

typedef struct
{
  gboolean done;
  GError *error;
} Change;

static void
on_changed (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Change *change = user_data;

  barista_keyring_change_finish (result, &change->error);
  change->done = TRUE;
}

static CliExit
change_keyring (BaristaSetup *setup, BaristaSecret *secret)
{
  Change change = { 0 };
  CliExit exit = CLI_DONE;

  if (secret != NULL)
    barista_keyring_store_async (setup, BARISTA_KEYRING_KAFKA, secret, NULL, on_changed, &change);
  else
    barista_keyring_clear_async (setup, BARISTA_KEYRING_KAFKA, NULL, on_changed, &change);
  cli_wait (&change.done);

  if (change.error != NULL)
    {
      cli_complain_of_keyring (change.error);
      g_clear_error (&change.error);
      exit = CLI_NOT_WELL;
    }
  else if (secret != NULL)
    cli_print (_ ("Kept: %zu characters.\n"), barista_secret_get_length (secret));
  else
    cli_print (_ ("Forgotten.\n"));

  return exit;
}

CliExit
cli_run_token (int argc, char **argv)
{
  g_autoptr (BaristaSetup) setup = NULL;
  g_autoptr (BaristaSecret) secret = NULL;
  CliExit exit = CLI_DONE;

  if (!cli_parse (cli_command_find ("token"), entries, &argc, &argv, 1, 1))
    return CLI_USAGE;
  if (set == clear)
    {
      cli_complain (_ ("give either --set or --clear"));
      return CLI_USAGE;
    }
  if (g_str_equal (argv[1], "practice"))
    {
      cli_complain (_ ("the practice Dekaf has a token of its own; give a profile file"));
      return CLI_USAGE;
    }

  setup = cli_load_profile (argv[1], &exit);
  if (setup == NULL)
    return exit;
  if (barista_setup_get_username (setup) == NULL)
    {
      cli_complain (_ ("the profile has no user name to keep a token for"));
      return CLI_USAGE;
    }
  if (set)
    {
      secret = cli_read_secret (STDIN_FILENO, _ ("the token"), &exit);
      if (secret == NULL)
        return exit;
    }

  return change_keyring (setup, secret);
}
