/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "barista-cli-project.h"

#include <glib/gi18n.h>

static char *output, *only, *format;
static gboolean dry_run, diff, force, json;

static GOptionEntry entries[] = {
  { "output", 0, 0, G_OPTION_ARG_FILENAME, &output, N_ ("The project's folder"), "DIR" },
  { "only", 0, 0, G_OPTION_ARG_STRING, &only, N_ ("Only the files of one side: flow or tinybird"),
    "SIDE" },
  { "format", 0, 0, G_OPTION_ARG_STRING, &format, N_ ("Kind of workspace: forward or classic"),
    "KIND" },
  { "dry-run", 0, 0, G_OPTION_ARG_NONE, &dry_run, N_ ("Write nothing"), NULL },
  { "diff", 0, 0, G_OPTION_ARG_NONE, &diff, N_ ("Show what would change"), NULL },
  { "force", 0, 0, G_OPTION_ARG_NONE, &force, N_ ("Overwrite files that aren't Barista's"), NULL },
  { "json", 0, 0, G_OPTION_ARG_NONE, &json, N_ ("Print one JSON object"), NULL },
  CLI_TOKEN_ENTRIES,
  { NULL },
};

static const struct
{
  const char *word;
  BaristaOutputParts parts;
} sides[] = { { "flow", BARISTA_OUTPUT_FLOW }, { "tinybird", BARISTA_OUTPUT_TINYBIRD } };

static gboolean
check_options (BaristaOutputParts *parts)
{
  *parts = only == NULL ? BARISTA_OUTPUT_ALL : 0;
  for (guint i = 0; only != NULL && i < G_N_ELEMENTS (sides); i++)
    if (g_str_equal (only, sides[i].word))
      *parts = sides[i].parts;

  if (output == NULL || *output == '\0')
    cli_complain (_ ("where to? Give the folder as --output"));
  else if (*parts == 0)
    cli_complain (_ ("--only must be flow or tinybird"));
  else if (format != NULL && !g_str_equal (format, "forward") && !g_str_equal (format, "classic"))
    cli_complain (_ ("--format must be forward or classic"));
  else
    return TRUE;

  return FALSE;
}

static void
add_file (JsonBuilder *builder, const BaristaFolderEntry *entry)
{
  g_autofree char *mode = g_strdup_printf ("%04o", entry->artefact->mode);

  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, "path");
  json_builder_add_string_value (builder, entry->path);
  json_builder_set_member_name (builder, "bytes");
  json_builder_add_int_value (builder, (gint64) entry->bytes);
  json_builder_set_member_name (builder, "mode");
  json_builder_add_string_value (builder, mode);
  json_builder_set_member_name (builder, "status");
  json_builder_add_string_value (builder, barista_file_status_to_string (entry->status));
  json_builder_end_object (builder);
}

static gboolean
show_json (CliProject *project)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  g_autoptr (JsonNode) root = NULL;
  g_autofree char *text = NULL;

  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, "files");
  json_builder_begin_array (builder);
  for (guint i = 0; i < project->plan->len; i++)
    add_file (builder, g_ptr_array_index (project->plan, i));
  json_builder_end_array (builder);
  json_builder_set_member_name (builder, "findings");
  cli_build_findings (builder, project->findings);
  json_builder_end_object (builder);
  root = json_builder_get_root (builder);
  text = json_to_string (root, FALSE);

  return cli_print_line (text);
}

static const char *const status_words[] = {
  [BARISTA_FILE_NEW] = NC_ ("file", "new"),
  [BARISTA_FILE_CHANGED] = NC_ ("file", "changed"),
  [BARISTA_FILE_SAME] = NC_ ("file", "same"),
  [BARISTA_FILE_FOREIGN] = NC_ ("file", "foreign"),
};

/* printf() counts bytes, and a translated word may have more of them than letters. */
static void
append_status (GString *text, const BaristaFolderEntry *entry)
{
  const char *word = g_dpgettext2 (NULL, "file", status_words[entry->status]);
  int blanks = MAX (8 - (int) g_utf8_strlen (word, -1), 0);

  g_string_append_printf (text, "  %s%*s %s\n", word, blanks, "", entry->path);
}

static gboolean
show_words (CliProject *project, gboolean written)
{
  g_autoptr (GString) text = g_string_new (NULL);
  g_autofree char *findings = cli_format_findings (project->findings);

  for (guint i = 0; i < project->plan->len; i++)
    {
      const BaristaFolderEntry *entry = g_ptr_array_index (project->plan, i);

      append_status (text, entry);
      if (diff && entry->status != BARISTA_FILE_SAME)
        {
          g_autofree char *lines = barista_folder_entry_diff (entry);

          g_string_append (text, lines);
        }
    }
  if (*findings != '\0')
    g_string_append_printf (text, "\n%s", findings);
  if (written)
    /* Translators: %s is a folder */
    g_string_append_printf (text, _ ("\nSaved, not deployed. %s/README.md says how to go on.\n"),
                            output);

  return cli_print ("%s", text->str);
}

CliExit
cli_run_generate (int argc, char **argv)
{
  g_autoptr (CliSession) session = NULL;
  g_autoptr (CliProject) project = NULL;
  BaristaOutputParts parts;
  gboolean refused, written, shown;
  CliExit exit;

  if (!cli_parse (cli_command_find ("generate"), entries, &argc, &argv, 1, 1)
      || !check_options (&parts))
    return CLI_USAGE;

  session = cli_session_open (argv[1], TRUE, &exit);
  if (session == NULL)
    return exit;

  if (format != NULL)
    barista_setup_set_project_format (session->setup, format);
  project = cli_project_new (session, output, parts, &exit);
  if (project == NULL)
    return exit;

  refused = !force && cli_project_has_foreign (project);
  written = !refused && !dry_run && cli_project_save (project, session, force);
  shown = json ? show_json (project) : show_words (project, written);
  if (refused)
    cli_complain (_ ("files there aren't Barista's and would be overwritten; look at --diff, then "
                     "use --force"));

  return shown && !refused && (written || dry_run) ? CLI_DONE : CLI_NOT_WELL;
}
