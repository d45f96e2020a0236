/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "barista-cli.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n.h>
#include <locale.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <unistd.h>

static const CliCommand commands[] = {
  { "practice", "[OPTION…]", N_ ("Run the practice Dekaf until it is stopped"),
    "  barista practice\n"
    "  barista practice --json --deletions cdc --seed 7\n"
    "  barista practice --scenario slow-sign-in",
    cli_run_practice },
  { "check", "PROFILE", N_ ("Check every link from here to the records"),
    "  barista check practice\n"
    "  barista check orders.barista --json --timeout 20\n"
    "  barista check orders.barista --token-fd 3 3< token.txt",
    cli_run_check },
  { "topics", "PROFILE", N_ ("List the topics that the server offers"),
    "  barista topics practice\n"
    "  barista topics orders.barista --json",
    cli_run_topics },
  { "schema", "PROFILE", N_ ("Show the columns that a topic becomes, with reasons"),
    "  barista schema practice --topic acmeCo/orders\n"
    "  barista schema orders.barista --topic acmeCo/orders --json",
    cli_run_schema },
  { "generate", "PROFILE", N_ ("Write the project: Flow, Tinybird, and how to go on"),
    "  barista generate practice --output project\n"
    "  barista generate orders.barista --output project --dry-run --diff\n"
    "  barista generate orders.barista --output project --only flow",
    cli_run_generate },
  { "token", "PROFILE", N_ ("Put the token into the keyring, or take it out"),
    "  barista token orders.barista --set < token.txt\n"
    "  barista token orders.barista --clear",
    cli_run_token },
  { "next", "CRON", N_ ("Tell the next runs of a schedule, in UTC"),
    "  barista next '0 * * * 1-5'\n"
    "  barista next '0 6 1 * *' --count 3 --from 2026-11-22T00:00:00Z --json\n"
    "  barista next - < schedules.txt",
    cli_run_next },
  { "--tour", "[OPTION…]", NULL, "  barista --tour --output project", cli_run_tour },
};

const CliCommand *
cli_commands (guint *n)
{
  *n = G_N_ELEMENTS (commands);
  return commands;
}

const CliCommand *
cli_command_find (const char *name)
{
  for (guint i = 0; i < G_N_ELEMENTS (commands); i++)
    if (g_str_equal (commands[i].name, name))
      return &commands[i];

  return NULL;
}

static void
append_command (GString *text, const CliCommand *command)
{
  int blanks = 12 - (int) g_utf8_strlen (command->arguments, -1); /* printf counts bytes */

  g_string_append_printf (text, "  %-10s %s%*s %s\n", command->name, command->arguments,
                          MAX (blanks, 0), "", _ (command->summary));
}

static CliExit
print_help (void)
{
  g_autoptr (GString) text = g_string_new (NULL);

  g_string_append (text, _ ("Barista brings data from Estuary Flow into Tinybird.\n\n"));
  g_string_append (text, _ ("Usage:\n"));
  g_string_append (text, _ ("  barista [FILE]              open the window, with a profile\n"));
  g_string_append (text, _ ("  barista COMMAND [ARGUMENT…] do it in the terminal\n\n"));
  g_string_append (text, _ ("Commands:\n"));
  for (guint i = 0; i < G_N_ELEMENTS (commands); i++)
    if (commands[i].summary != NULL)
      append_command (text, &commands[i]);
  g_string_append (text, _ ("\nPROFILE is a file, or the word practice: then the embedded practice "
                            "Dekaf is\nstarted, used and stopped; no account is needed.\n\n"));
  g_string_append (text,
                   _ ("The token comes from --token-fd, else from BARISTA_TOKEN, else from the "
                      "keyring.\n\n"));
  g_string_append (text, _ ("Examples:\n"));
  g_string_append (text, "  barista check practice\n"
                         "  barista generate practice --output project\n"
                         "  barista check --help\n");

  return cli_print ("%s", text->str) ? CLI_DONE : CLI_NOT_WELL;
}

/* The window's program lies beside this one, or where the build tree has it. */
static char *
find_window (void)
{
  static const char *const places[] = { "barista-window", "../ui/barista-window" };
  g_autofree char *self = g_file_read_link ("/proc/self/exe", NULL);
  g_autofree char *folder = self != NULL ? g_path_get_dirname (self) : g_strdup (BINDIR);

  for (guint i = 0; i < G_N_ELEMENTS (places); i++)
    {
      g_autofree char *path = g_build_filename (folder, places[i], NULL);

      if (g_file_test (path, G_FILE_TEST_IS_EXECUTABLE))
        return g_steal_pointer (&path);
    }

  return g_find_program_in_path ("barista-window");
}

/* Where GTK would look for one; it says no more than that there is none. */
static gboolean
has_display (void)
{
  static const char *const variables[] = { "WAYLAND_DISPLAY", "WAYLAND_SOCKET", "DISPLAY",
                                           "GDK_BACKEND" };
  g_autofree char *socket = g_build_filename (g_get_user_runtime_dir (), "wayland-0", NULL);

  for (guint i = 0; i < G_N_ELEMENTS (variables); i++)
    if (g_getenv (variables[i]) != NULL && *g_getenv (variables[i]) != '\0')
      return TRUE;

  return g_file_test (socket, G_FILE_TEST_EXISTS);
}

static CliExit
open_window (char **argv)
{
  g_autofree char *program = NULL;

  if (!has_display ())
    {
      cli_complain (_ ("there is no display here; barista --help lists what the terminal can do"));
      return CLI_NOT_WELL;
    }

  program = find_window ();

  if (program == NULL)
    {
      cli_complain (
          _ ("the window isn't installed here; barista --help lists what the terminal can "
             "do"));
      return CLI_NOT_WELL;
    }

  argv[0] = program;
  execv (program, argv);
  cli_complain ("%s: %s", program, g_strerror (errno));
  return CLI_NOT_WELL;
}

static CliExit
run (int argc, char **argv)
{
  const CliCommand *command = argc > 1 ? cli_command_find (argv[1]) : NULL;

  if (command != NULL)
    return command->run (argc - 1, argv + 1);
  if (argc > 1 && (g_str_equal (argv[1], "--help") || g_str_equal (argv[1], "-h")))
    return print_help ();
  if (argc > 1 && g_str_equal (argv[1], "--version"))
    return cli_print ("barista %s\n", VERSION) ? CLI_DONE : CLI_NOT_WELL;
  if (argc > 2 || (argc == 2 && argv[1][0] == '-'))
    {
      cli_complain (_ ("“%s” is not a command; barista --help lists them"), argv[1]);
      return CLI_USAGE;
    }
  if (argc == 2 && !g_file_test (argv[1], G_FILE_TEST_EXISTS))
    {
      cli_complain (_ ("“%s” is neither a command nor a file; barista --help lists the commands"),
                    argv[1]);
      return CLI_USAGE;
    }

  return open_window (argv);
}

#ifndef __has_feature
#define __has_feature(feature) 0
#endif
#if defined(__SANITIZE_ADDRESS__) || __has_feature(address_sanitizer)
#include <sanitizer/lsan_interface.h>
#else
#define __lsan_do_leak_check() (void) 0
#endif

/* A worker may still be loading one of GIO's modules. glibc then runs the constructors of libraries
 * again that exit () has just finalised, and GObject aborts: so they aren't finalised. */
G_NORETURN static void
leave (CliExit status)
{
  fflush (NULL);
  __lsan_do_leak_check ();
  _exit ((int) status);
}

/* Else the first files and sockets that are opened get these numbers, and what is printed goes
 * there. Open the wrong way round they still refuse what they are for. */
static void
keep_standard_descriptors (void)
{
  static const int modes[] = { O_WRONLY, O_RDONLY, O_RDONLY };

  for (int fd = 0; fd < (int) G_N_ELEMENTS (modes); fd++)
    if (fcntl (fd, F_GETFD) < 0 && open ("/dev/null", modes[fd]) != fd)
      _exit (CLI_NOT_WELL);
}

/* Commands take their arguments apart in place. */
static CliExit
run_with_copy (int argc, char **argv)
{
  g_autoptr (GPtrArray) arguments = g_ptr_array_new ();

  for (int i = 0; i < argc; i++)
    g_ptr_array_add (arguments, argv[i]);
  g_ptr_array_add (arguments, NULL);

  return run (argc, (char **) arguments->pdata);
}

int
main (int argc, char **argv)
{
  keep_standard_descriptors ();
  setlocale (LC_ALL, "");
  bindtextdomain (GETTEXT_PACKAGE, LOCALEDIR);
  bind_textdomain_codeset (GETTEXT_PACKAGE, "UTF-8");
  textdomain (GETTEXT_PACKAGE);
  /* A token in memory is nobody else's: no core file, no tracer of the same user. */
  prctl (PR_SET_DUMPABLE, 0);
  /* A reader that goes away ends us with an error of write(), not with a signal. */
  signal (SIGPIPE, SIG_IGN);
  signal (SIGXFSZ, SIG_IGN); /* the same for a limit on the size of files */

  leave (run_with_copy (argc, argv));
}
