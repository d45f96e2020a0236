/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "barista-address.h"
#include "barista-cli.h"
#include "barista-keyring.h"
#include "barista-profile.h"

#include <errno.h>
#include <glib/gi18n.h>
#include <string.h>
#include <unistd.h>

/* Of all wrong numbers the one that nobody gives. */
#define NO_DESCRIPTOR G_MININT

int cli_token_fd = NO_DESCRIPTOR;
int cli_registry_token_fd = NO_DESCRIPTOR;

/* --- profiles --- */

static char *
read_file (const char *path, gsize *length, GError **error)
{
  g_autoptr (GFile) file = g_file_new_for_commandline_arg (path);
  g_autoptr (GFileInputStream) stream = g_file_read (file, NULL, error);
  g_autofree char *text = NULL;

  if (stream == NULL)
    return NULL;

  /* One byte more than allowed tells a file that is too long from one that just fits. */
  text = g_malloc (BARISTA_PROFILE_MAX_BYTES + 2);
  if (!g_input_stream_read_all (G_INPUT_STREAM (stream), text, BARISTA_PROFILE_MAX_BYTES + 1,
                                length, NULL, error))
    return NULL;
  text[*length] = '\0';

  return g_steal_pointer (&text);
}

BaristaSetup *
cli_load_profile (const char *path, CliExit *exit)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *absolute = g_canonicalize_filename (path, NULL);
  g_autofree char *folder = g_path_get_dirname (absolute);
  gsize length = 0;
  g_autofree char *text = read_file (path, &length, &error);
  BaristaSetup *setup = NULL;

  if (text != NULL)
    setup = barista_profile_parse (text, (gssize) length, folder, &error);
  if (setup == NULL)
    {
      cli_complain ("%s: %s", path, error->message);
      *exit = CLI_USAGE;
    }

  return setup;
}

/* --- tokens --- */

/* Whatever the descriptor gives, without one final line end. */
BaristaSecret *
cli_read_secret (int fd, const char *what, CliExit *exit)
{
  g_autofree char *buffer = g_malloc (BARISTA_SECRET_MAX_BYTES + 2);
  BaristaSecret *secret;
  gsize length = 0;
  gssize n = 0;

  do
    {
      n = read (fd, buffer + length, BARISTA_SECRET_MAX_BYTES + 1 - length);
      length += n > 0 ? (gsize) n : 0;
    }
  while ((n > 0 && length <= BARISTA_SECRET_MAX_BYTES) || (n < 0 && errno == EINTR));

  if (n < 0)
    {
      cli_complain (_ ("descriptor %d: %s"), fd, g_strerror (errno));
      *exit = CLI_USAGE;
      return NULL;
    }

  if (length > 0 && buffer[length - 1] == '\n')
    length--;
  if (length > 0 && buffer[length - 1] == '\r')
    length--;
  secret = barista_secret_new (buffer, (gssize) length);
  explicit_bzero (buffer, BARISTA_SECRET_MAX_BYTES + 2);
  if (secret == NULL)
    {
      cli_complain (_ ("%s is empty, too long or not text"), what);
      *exit = CLI_USAGE;
    }

  return secret;
}

typedef struct
{
  BaristaSecret *secret;
  gboolean done;
} Lookup;

void
cli_complain_of_keyring (const GError *error)
{
  if (barista_keyring_error_is_locked (error))
    cli_complain (_ ("the keyring is locked"));
  else
    cli_complain (_ ("the keyring can't be used: %s"), error->message);
}

static void
on_looked_up (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Lookup *lookup = user_data;
  g_autoptr (GError) error = NULL;

  /* The check goes on, and says that a token is missing: here is why. */
  lookup->secret = barista_keyring_lookup_finish (result, &error);
  if (error != NULL)
    cli_complain_of_keyring (error);
  lookup->done = TRUE;
}

static BaristaSecret *
look_up (BaristaSetup *setup, BaristaKeyringService service)
{
  Lookup lookup = { 0 };

  barista_keyring_lookup_async (setup, service, NULL, on_looked_up, &lookup);
  cli_wait (&lookup.done);

  return lookup.secret;
}

/* By descriptor, else by environment; *given tells that either was there, even if empty. */
static BaristaSecret *
take_given (int fd, const char *variable, gboolean *given, CliExit *exit)
{
  const char *text = g_getenv (variable);
  BaristaSecret *secret = NULL;

  *given = fd != NO_DESCRIPTOR || text != NULL;
  if (fd != NO_DESCRIPTOR)
    secret = cli_read_secret (fd, _ ("the token"), exit);
  else if (text != NULL && *text != '\0')
    {
      secret = barista_secret_new (text, -1);
      if (secret == NULL)
        {
          cli_complain (_ ("%s is too long or not text"), variable);
          *exit = CLI_USAGE;
        }
    }

  /* No child of ours gets it. */
  g_unsetenv (variable);
  return secret;
}

static gboolean
take_tokens (CliSession *session, CliExit *exit)
{
  BaristaSetup *setup = session->setup;
  gboolean registry_given;

  session->token = take_given (cli_token_fd, "BARISTA_TOKEN", &session->token_given, exit);
  session->registry_token = take_given (cli_registry_token_fd, "BARISTA_REGISTRY_TOKEN",
                                        &registry_given, exit);
  if (*exit != CLI_DONE)
    return FALSE;

  if (session->practice != NULL)
    {
      if (!session->token_given)
        session->token = barista_secret_new (barista_practice_get_info (session->practice)->token,
                                             -1);
      return TRUE;
    }

  if (!session->token_given && barista_setup_get_uses_sasl (setup)
      && barista_setup_get_username (setup) != NULL)
    session->token = look_up (setup, BARISTA_KEYRING_KAFKA);
  if (!registry_given && barista_setup_get_registry_enabled (setup)
      && !barista_setup_get_registry_same_sign_in (setup)
      && barista_setup_get_registry_username (setup) != NULL)
    session->registry_token = look_up (setup, BARISTA_KEYRING_REGISTRY);

  return TRUE;
}

/* --- sessions --- */

static BaristaPractice *
start_practice (CliExit *exit)
{
  BaristaPracticeOptions options = BARISTA_PRACTICE_OPTIONS_INIT;
  g_autoptr (GError) error = NULL;
  BaristaPractice *practice;

  options.arrivals = 0; /* a command is over before any could come, and its output stays the same */
  practice = barista_practice_start (&options, &error);
  if (practice == NULL)
    {
      cli_complain ("%s", error->message);
      *exit = CLI_NOT_WELL;
    }

  return practice;
}

CliSession *
cli_session_open (const char *profile, gboolean with_tokens, CliExit *exit)
{
  g_autoptr (CliSession) session = g_new0 (CliSession, 1);

  *exit = CLI_DONE;
  if (g_str_equal (profile, "practice"))
    {
      session->practice = start_practice (exit);
      if (session->practice == NULL)
        return NULL;
      profile = barista_practice_get_info (session->practice)->profile;
    }

  session->setup = cli_load_profile (profile, exit);
  if (session->setup == NULL || (with_tokens && !take_tokens (session, exit)))
    return NULL;

  return g_steal_pointer (&session);
}

void
cli_session_close (CliSession *session)
{
  if (session->practice != NULL)
    barista_practice_stop (session->practice);
  g_clear_object (&session->practice);
  g_clear_object (&session->setup);
  g_clear_object (&session->token);
  g_clear_object (&session->registry_token);
  g_free (session);
}

void
cli_session_prepare_artefacts (CliSession *session)
{
  const char *const servers[] = { BARISTA_DEKAF_BOOTSTRAP, NULL };

  if (session->practice == NULL)
    return;

  barista_setup_set_bootstrap_servers (session->setup, servers);
  barista_setup_set_registry_url (session->setup, BARISTA_DEKAF_REGISTRY);
  barista_setup_set_ca_file (session->setup, NULL);
  barista_setup_set_security (session->setup, BARISTA_SECURITY_SASL_SSL);
}
