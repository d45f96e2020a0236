/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "barista-check.h"
#include "barista-practice.h"
#include "barista-setup.h"

G_BEGIN_DECLS

typedef enum
{
  CLI_DONE = 0,
  CLI_NOT_WELL = 1,
  CLI_USAGE = 2
} CliExit;

/**
 * CliCommand:
 *
 * A row of the table of commands: `barista NAME ...`.
 */
typedef struct
{
  const char *name;
  const char *arguments; /* as the help shows them */
  const char *summary;   /* one line, untranslated */
  const char *examples;  /* untranslated words in them are few: commands */
  CliExit (*run) (int argc, char **argv);
} CliCommand;

const CliCommand *cli_commands (guint *n);
const CliCommand *cli_command_find (const char *name);

CliExit cli_run_practice (int argc, char **argv);
CliExit cli_run_check (int argc, char **argv);
CliExit cli_run_topics (int argc, char **argv);
CliExit cli_run_schema (int argc, char **argv);
CliExit cli_run_generate (int argc, char **argv);
CliExit cli_run_token (int argc, char **argv);
CliExit cli_run_next (int argc, char **argv);
CliExit cli_run_tour (int argc, char **argv);

/* --- words and output --- */

/* One line on stderr: "barista: MESSAGE". */
void cli_complain (const char *format, ...) G_GNUC_PRINTF (1, 2);
/* One line of printable text: names are somebody else's, and a terminal obeys what they hold. */
char *cli_clean (const char *text);
/* Results go to stdout in one piece; FALSE: it is closed or full. */
gboolean cli_print (const char *format, ...) G_GNUC_PRINTF (1, 2);
gboolean cli_print_line (const char *text); /* long JSON: no copy */

typedef enum
{
  CLI_PLAIN,
  CLI_GOOD,
  CLI_BAD,
  CLI_WARN,
  CLI_DIM,
  CLI_BOLD
} CliStyle;
/* The escape that starts @style on @fd, "" where no colours belong; CLI_PLAIN ends any. */
const char *cli_style (int fd, CliStyle style);

/* A member of the JSON object under way; NULL as null. */
void cli_add_text (JsonBuilder *builder, const char *name, const char *value);

/* Columns of text, as wide as they need, at most @max wide each; rows are GStrv. */
char *cli_format_table (GPtrArray *rows, guint max);

/* --- options --- */

/* Parses @entries out of @argv, which keeps the rest; prints help and exits on --help. @n_min,
 * @n_max: how many arguments may be left. FALSE: complained, usage. */
gboolean cli_parse (const CliCommand *command,
                    GOptionEntry *entries,
                    int *argc,
                    char ***argv,
                    int n_min,
                    int n_max);

/* --- a profile, or the word `practice` --- */

/**
 * CliSession:
 * @setup: the answers
 * @practice: (nullable): running, for the word `practice`
 * @token: (nullable): for Kafka
 * @token_given: by descriptor or environment
 */
typedef struct
{
  BaristaSetup *setup;
  BaristaPractice *practice;
  BaristaSecret *token;
  BaristaSecret *registry_token;
  gboolean token_given;
} CliSession;

/* The token options of each command that signs in; part of its entries. */
extern int cli_token_fd, cli_registry_token_fd;
#define CLI_TOKEN_ENTRIES                                                                           \
  {                                                                                                 \
    "token-fd", 0, 0, G_OPTION_ARG_INT, &cli_token_fd, N_ ("Read the token from descriptor N"), "N" \
  },                                                                                                \
      { "registry-token-fd",                                                                        \
        0,                                                                                          \
        0,                                                                                          \
        G_OPTION_ARG_INT,                                                                           \
        &cli_registry_token_fd,                                                                     \
        N_ ("Read the registry's own token from descriptor N"),                                     \
        "N" }

/* @with_tokens: read them too (environment, descriptors, keyring). NULL: complained; *exit is set. */
CliSession *cli_session_open (const char *profile, gboolean with_tokens, CliExit *exit);
/* Only the setup, from a file. */
BaristaSetup *cli_load_profile (const char *path, CliExit *exit);
void cli_session_close (CliSession *session);
/* All of @fd up to 64 KiB, without one final line end; NULL: complained, *exit is set. */
BaristaSecret *cli_read_secret (int fd, const char *what, CliExit *exit);
/* Says on stderr that the keyring is locked, or why it can't be used. */
void cli_complain_of_keyring (const GError *error);
/* The setup as artefacts name it: for the word `practice` Dekaf's own addresses and no CA. */
void cli_session_prepare_artefacts (CliSession *session);

/* --- waiting --- */

/* Iterates the main context until *done. */
void cli_wait (gboolean *done);
/* Runs a check to its end; SIGINT and SIGTERM stop it. Where stderr is a terminal it tells there how
 * far it is, and takes that away again. */
BaristaCheck *cli_check (CliSession *session, const BaristaCheckOptions *options);
gboolean cli_shows_progress (void);
/* What went wrong, for people, on stderr. */
void cli_complain_of_check (BaristaCheck *check);
/* Translated: the command that goes on from here; NULL: nothing waits for anything. */
const char *cli_way_on (BaristaReport *report);

/* --- the route in words --- */

char *cli_format_stage (BaristaStageReport *stage, int fd);
char *cli_format_report (BaristaReport *report, int fd);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CliSession, cli_session_close)

G_END_DECLS
