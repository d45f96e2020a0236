/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "barista-cli-project.h"

#include <glib/gi18n.h>
#include <unistd.h>

/* What `./dev run` shows where there is no display: the main job, for real, on the practice Dekaf. */

static char *output;

static GOptionEntry entries[] = {
  { "output", 0, 0, G_OPTION_ARG_FILENAME, &output, N_ ("The project's folder"), "DIR" },
  { NULL },
};

static void
print_heading (const char *text)
{
  cli_print ("\n%s%s%s\n\n", cli_style (STDOUT_FILENO, CLI_BOLD), text,
             cli_style (STDOUT_FILENO, CLI_PLAIN));
}

static BaristaCheck *
show_route (CliSession *session)
{
  BaristaCheckOptions options = BARISTA_CHECK_OPTIONS_INIT;
  BaristaCheck *check;
  g_autofree char *route = NULL;

  options.all_topics = TRUE;
  check = cli_check (session, &options);
  print_heading (_ ("The route, from this computer to the records"));
  route = cli_format_report (barista_check_get_report (check), STDOUT_FILENO);
  cli_print ("%s", route);

  return check;
}

static void
show_topics (BaristaReport *report)
{
  g_autoptr (GPtrArray) rows = g_ptr_array_new_with_free_func ((GDestroyNotify) g_strfreev);
  g_autofree char *table = NULL;

  for (guint i = 0; i < barista_report_get_n_topics (report); i++)
    {
      BaristaTopicInfo info;
      g_autofree char *partitions = NULL;

      barista_report_get_topic (report, i, &info);
      partitions = g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%u partition", "%u partitions",
                                                 info.partitions),
                                    info.partitions);
      g_ptr_array_add (rows, g_strdupv ((char *[]) { (char *) info.name, partitions, NULL }));
    }
  table = cli_format_table (rows, 60);
  print_heading (_ ("Topics"));
  cli_print ("%s", table);
}

static void
show_table (BaristaTable *table)
{
  g_autofree char *columns = cli_format_columns (table);
  g_autofree char *plan = cli_format_plan (table);
  g_autofree char *heading
      /* Translators: a topic, then the data source that it becomes */
      = g_strdup_printf (_ ("Columns of %s, as the data source %s"),
                         barista_table_get_topic (table), barista_table_get_data_source (table));

  print_heading (heading);
  cli_print ("%s", columns);
  print_heading (_ ("Deletion plan and engine"));
  cli_print ("%s", plan);
}

static int
compare_paths (gconstpointer a, gconstpointer b)
{
  const BaristaFolderEntry *const *one = a, *const *other = b;

  return g_strcmp0 ((*one)->path, (*other)->path);
}

static void
show_tree (CliProject *project, const char *folder)
{
  g_autoptr (GPtrArray) sorted = g_ptr_array_new ();
  g_autofree char *last = g_strdup ("");

  for (guint i = 0; i < project->plan->len; i++)
    g_ptr_array_add (sorted, g_ptr_array_index (project->plan, i));
  g_ptr_array_sort (sorted, compare_paths);

  print_heading (_ ("The project folder"));
  cli_print ("  %s\n", folder);
  for (guint i = 0; i < sorted->len; i++)
    {
      const BaristaFolderEntry *entry = g_ptr_array_index (sorted, i);
      g_autofree char *parent = g_path_get_dirname (entry->path);
      g_autofree char *name = g_path_get_basename (entry->path);
      gboolean top = g_str_equal (parent, ".");

      if (!top && !g_str_equal (parent, last))
        cli_print ("    %s/\n", parent);
      cli_print ("    %s%-36s %6zu\n", top ? "" : "  ", name, entry->bytes);
      g_free (last);
      last = g_steal_pointer (&parent);
    }
}

static void
show_next (void)
{
  print_heading (_ ("With a task of your own"));
  cli_print (
      _ ("  1. Write a profile, orders.barista:\n"
         "       { \"format\": \"barista-setup\", \"version\": 1,\n"
         "         \"task\": { \"name\": \"acmeCo/prod/tinybird\" } }\n"
         "  2. barista token orders.barista --set      (or BARISTA_TOKEN in the environment)\n"
         "  3. barista check orders.barista\n"
         "  4. barista generate orders.barista --output project\n\n"
         "  In this source tree write ./dev barista for barista. On a desktop ./dev run opens\n"
         "  the window instead: it needs DISPLAY or WAYLAND_DISPLAY.\n"));
}

static CliExit
write_project (CliSession *session)
{
  g_autoptr (CliProject) project = NULL;
  CliExit exit = CLI_DONE;

  project = cli_project_new (session, output, BARISTA_OUTPUT_ALL, &exit);
  if (project == NULL)
    return exit;
  if (!cli_project_save (project, session, FALSE))
    return CLI_NOT_WELL;

  show_tree (project, output);
  return CLI_DONE;
}

CliExit
cli_run_tour (int argc, char **argv)
{
  g_autoptr (CliSession) session = NULL;
  g_autoptr (BaristaCheck) check = NULL;
  g_autoptr (GPtrArray) tables = NULL;
  CliExit exit;

  if (!cli_parse (cli_command_find ("--tour"), entries, &argc, &argv, 0, 0))
    return CLI_USAGE;
  if (output == NULL)
    output = g_dir_make_tmp ("barista-practice-XXXXXX", NULL);
  if (output == NULL)
    {
      cli_complain (_ ("no temporary folder can be made; give one as --output"));
      return CLI_NOT_WELL;
    }

  session = cli_session_open ("practice", TRUE, &exit);
  if (session == NULL)
    return exit;

  cli_print (
      _ ("Barista brings data from Estuary Flow into Tinybird. This is its main job, done on\n"
         "the practice Dekaf: a stand-in for Estuary's gateway on this computer.\n"));
  check = show_route (session);
  if (!barista_report_get_passed (barista_check_get_report (check)))
    return CLI_NOT_WELL;

  show_topics (barista_check_get_report (check));
  tables = cli_make_tables (session, check);
  show_table (g_ptr_array_index (tables, 0));
  exit = write_project (session);
  if (exit == CLI_DONE)
    show_next ();

  return exit;
}
