/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "barista-markdown.h"
#include "barista-names.h"
#include "barista-output-commands.h"
#include "barista-output-private.h"
#include "barista-output-typescript.h"

#include <string.h>

/* Data sources that are spelled out in commands; the others go the same way. */
#define SPELLED 20

typedef struct
{
  const BaristaOutputRequest *request;
  GPtrArray *commands;
  GString *text;
} Page;

static void
say (Page *page, const char *text)
{
  g_string_append (page->text, text);
}

static void
say_code (Page *page, const char *before, const char *code, const char *after)
{
  g_string_append (page->text, before);
  barista_markdown_append_code (page->text, code);
  g_string_append (page->text, after);
}

/* What is behind a command begins in one column. */
static void
say_commands (Page *page, BaristaCommandKind kind)
{
  for (guint i = 0; i < page->commands->len; i++)
    {
      const BaristaCommand *command = page->commands->pdata[i];

      if (command->kind != kind)
        continue;
      if (command->comment != NULL)
        g_string_append_printf (page->text, "%-46s # %s\n", command->command, command->comment);
      else
        g_string_append_printf (page->text, "%s\n", command->command);
    }
}

static guint
n_tables (const Page *page)
{
  return page->request->parts & BARISTA_OUTPUT_TINYBIRD ? page->request->tables->len : 0;
}

static guint
n_sinks (const Page *page)
{
  return barista_output_n_sinks (page->request) + barista_output_n_targets (page->request);
}

static const char *
source_name (const Page *page, guint i)
{
  return barista_table_get_data_source (page->request->tables->pdata[i]);
}

static void
section_what (Page *page)
{
  BaristaSetup *setup = page->request->setup;
  const char *task = barista_setup_get_task_name (setup);

  say (page, task != NULL || n_tables (page) > 0 || n_sinks (page) == 0
                 ? "# Estuary to Tinybird\n\n"
                 : "# Out of Tinybird\n\n");
  say (page, "Barista wrote this folder. ");
  if (task != NULL)
    say_code (page, "Collections of the Estuary task ", task,
              " arrive in Tinybird through Estuary's Kafka gateway, Dekaf.\n\n");
  else if (n_tables (page) > 0 || n_sinks (page) == 0)
    say (page, "Topics of a Kafka server arrive in Tinybird.\n\n");
  else
    say (page, "Sinks write rows of Tinybird somewhere else.\n\n");
  if (page->request->practice)
    say (page,
         "**This was made from practice data.** The files name Dekaf's real address, where the "
         "practice task doesn't exist: look at them, but don't deploy them.\n\n");

  for (guint i = 0; i < n_tables (page); i++)
    {
      BaristaTable *table = page->request->tables->pdata[i];

      say_code (page, "- ", barista_table_get_topic (table), " becomes the data source ");
      say_code (page, "", barista_table_get_data_source (table), " (deletions: ");
      say (page, barista_plan_to_string (barista_table_get_plan (table)));
      say (page, ")\n");
    }
  if (n_tables (page) > 0)
    say (page, "\n");
  barista_output_readme_sinks_what (page->request, page->text);
}

static void
say_bindings (Page *page)
{
  GListModel *bindings = barista_setup_get_bindings (page->request->setup);

  for (guint i = 0; i < g_list_model_get_n_items (bindings); i++)
    {
      g_autoptr (BaristaBinding) binding = g_list_model_get_item (bindings, i);

      say_code (page, "   - collection ", barista_binding_get_collection (binding),
                ", topic name ");
      say_code (page, "", barista_binding_get_topic (binding), "\n");
    }
}

static void
section_estuary_created (Page *page)
{
  BaristaSetup *setup = page->request->setup;
  g_autofree char *flow = barista_output_flow_path (page->request);
  g_autofree char *config = barista_output_flow_config_path (page->request);

  say (page, "The task must be published once, by one of two ways.\n\n");
  say (page,
       "In the web form (Destinations, New Materialization, Tinybird), which seals the token:\n\n");
  say_code (page, "1. Name: ", barista_setup_get_task_name (setup), "\n");
  say (page, "2. Auth Token: the one that you chose\n");
  say_code (page,
            "3. Strict Topic Names: ", barista_setup_get_strict_topic_names (setup) ? "on" : "off",
            "\n");
  say_code (page,
            "4. Deletion Mode: ", barista_deletions_to_string (barista_setup_get_deletions (setup)),
            "\n");
  say (page, "5. Collections:\n");
  say_bindings (page);
  say_code (page,
            "\nOr with flowctl. It does not seal the token: whoever may read the task in Estuary "
            "can read it. It stands in ",
            config,
            page->request->with_token ? " (never commit it).\n\n"
                                      : ", which is not here yet: make it with a line "
                                        "`token: \"...\"`, readable by you only.\n\n");
  say (page, "```sh\nflowctl auth login\n");
  g_string_append_printf (page->text, "flowctl catalog test --source %s\n", flow);
  g_string_append_printf (page->text, "flowctl catalog publish --source %s\n```\n\n", flow);
}

static void
section_estuary (Page *page)
{
  if (!barista_setup_has_task (page->request->setup))
    return;

  say (page, "## Estuary\n\n");
  if (page->request->practice)
    say (page, "The practice task lives in Barista alone: nothing to publish.\n\n");
  else if (barista_setup_get_managed (page->request->setup))
    section_estuary_created (page);
  else
    say (page,
         "The task exists: nothing to publish. The file under `estuary/reference` shows it as "
         "seen over Kafka and must not be published.\n\n");
}

static void
section_workspace (Page *page)
{
  say (page, "## New or existing workspace\n\n");
  say (page, "A deploy makes the workspace equal to this folder. If it already has anything, copy "
             "these files into its project first and deploy from there.\n\n");
}

static void
section_login (Page *page)
{
  say (page, "## Log in\n\n```sh\npip install tinybird\n");
  say_commands (page, BARISTA_COMMAND_LOGIN);
  say (page, "```\n\n");
}

static void
section_secrets (Page *page)
{
  say (page,
       "## Secrets\n\nEach command asks for the value; never write it behind the name.\n\n```sh\n");
  say_commands (page, BARISTA_COMMAND_SECRET);
  say (page, "```\n\n");
  say (page,
       "Tinybird pastes a secret's value into the file before it reads it: a token with `#`, `$`, "
       "quotes or blanks arrives changed, and one with `@`, `/`, `:`, `?`, `#` or `%` breaks "
       "the schema registry's address. Letters, digits, `-` and `_` are safe.\n\n");
  if (n_tables (page) == 0)
    return;
  say (page,
       "`KAFKA_GROUP_ID_...` need no value in production: the files hold a default. Give each "
       "other environment one of its own (see below).\n\n");
}

static void
section_check (Page *page)
{
  say (page, "## Check\n\n```sh\n");
  say_commands (page, BARISTA_COMMAND_CHECK);
  say (page, "```\n\n");
  say (page,
       "It changes nothing. Stop if a line says that something is deleted: then the workspace "
       "holds more than this folder.\n\n");
}

static void
section_deploy (Page *page)
{
  say (page, "## Deploy\n\n```sh\n");
  say_commands (page, BARISTA_COMMAND_DEPLOY);
  say (page, "```\n\n");
}

static void
section_rows (Page *page)
{
  say (page, "## Are the rows there?\n\nHow many, and how new:\n\n```sh\n");
  say_commands (page, BARISTA_COMMAND_ROWS);
  say (page, "```\n\nWhat was put aside, by cause:\n\n```sh\n");
  for (guint i = 0; i < MIN (n_tables (page), SPELLED); i++)
    g_string_append_printf (page->text,
                            "tb --cloud sql \"SELECT c__error_column, c__error, count() FROM "
                            "%s_quarantine GROUP BY 1, 2 ORDER BY 3 DESC\"\n",
                            source_name (page, i));
  say (page, "```\n\nWhat the connector says:\n\n```sh\n"
             "tb --cloud sql \"SELECT * FROM tinybird.kafka_ops_log ORDER BY timestamp DESC LIMIT "
             "20\"\n```\n\n");
}

static void
section_nothing (Page *page)
{
  say (page, "## If nothing comes\n\n");
  say (page, "- `barista check` with the profile proves every link: address, encryption, sign-in, "
             "schema registry, topics, records.\n"
             "- A secret takes effect at the next deploy only.\n"
             "- A group that has read before goes on where it stopped, whatever "
             "`KAFKA_AUTO_OFFSET_RESET` says.\n"
             "- With `latest` only records that are published from now on arrive.\n"
             "- A collection that was never written to has no data, and may hold up the others of "
             "its group.\n\n");
}

static void
section_later (Page *page)
{
  say (page, "## Later\n\n");
  say (page,
       "- **A new column**: generate again, look at the difference, check, deploy.\n"
       "- **A changed type, engine or sorting key**: Tinybird can't change it in place. Make a "
       "second data source with a group of its own, then remove the first.\n"
       "- **A reset or backfill of the collection**: Dekaf starts at the beginning and its "
       "offsets start again, so old rows would win as newer versions. Truncate the data source "
       "first.\n"
       "- **Another token**: publish it in Estuary, set the secret again, deploy. Until then "
       "reading stops.\n"
       "- **Start again from the first record**: take a new group id.\n\n");
}

static void
section_environments (Page *page)
{
  say (page, "## Local, branches and CI\n\n");
  say (
      page,
      "Two readers of one group share its records, so each environment needs a group of its own:\n\n");
  say (page, "```sh\n");
  for (guint i = 0; i < MIN (n_tables (page), SPELLED); i++)
    {
      g_autofree char *secret = barista_output_group_secret (page->request->tables->pdata[i]);

      g_string_append_printf (page->text, "tb --local secret set %s\n", secret);
    }
  say (page, "```\n\nConnections are active in local and branch builds with "
             "`tb build --with-connections` only.\n\n");
  say (page,
       "Never run `tb fmt` on these files: it takes off quotes that are needed and adds lines "
       "that Tinybird's own parser refuses.\n\n");
}

static void
section_typescript (Page *page)
{
  say (page, barista_output_typescript_readme (page->request));
}

static void
section_classic (Page *page)
{
  say (page, "## Classic workspaces\n\n");
  if (barista_output_is_classic (page->request))
    say (page,
         "These files are for a Classic workspace: make the connection in its web form "
         "(`" BARISTA_OUTPUT_CLASSIC_FORM "` has the values in its order), then run `tb auth`, "
         "`tb push --dry-run` and `tb push` of the package tinybird-cli.\n");
  else
    say (page,
         "A Classic workspace (made in the web form, `tb push`) doesn't read connection files: "
         "generate with `--format classic`.\n");
}

static void
section_publish_first (Page *page)
{
  say (page,
       "## Tinybird\n\nOnce the task is published, `barista check --wait 600` with the profile "
       "waits until it can be reached; then generate again for the files of Tinybird.\n\n");
}

static void
section_roles (Page *page)
{
  barista_output_readme_roles (page->request, page->text);
}

static void
section_runs (Page *page)
{
  barista_output_readme_runs (page->request, page->text);
}

/* What a section is about. */
typedef enum
{
  ABOUT_ALL,
  ABOUT_TABLES,
  ABOUT_SINKS,
  ABOUT_EITHER,
} About;

/* What has a section when: in the order in which a person goes. */
static const struct
{
  void (*write) (Page *page);
  About about;
  gboolean forward_only;
} sections[] = {
  { section_what, ABOUT_ALL, FALSE },           { section_estuary, ABOUT_ALL, FALSE },
  { section_workspace, ABOUT_EITHER, TRUE },    { section_login, ABOUT_EITHER, TRUE },
  { section_roles, ABOUT_SINKS, FALSE },        { section_secrets, ABOUT_EITHER, TRUE },
  { section_check, ABOUT_EITHER, TRUE },        { section_deploy, ABOUT_EITHER, TRUE },
  { section_rows, ABOUT_TABLES, TRUE },         { section_runs, ABOUT_SINKS, TRUE },
  { section_nothing, ABOUT_TABLES, FALSE },     { section_later, ABOUT_TABLES, FALSE },
  { section_environments, ABOUT_TABLES, TRUE }, { section_typescript, ABOUT_ALL, TRUE },
  { section_classic, ABOUT_EITHER, FALSE },
};

static gboolean
is_due (const Page *page, About about)
{
  gboolean tables = n_tables (page) > 0;
  gboolean sinks = n_sinks (page) > 0;

  return about == ABOUT_ALL || (about != ABOUT_SINKS && tables) || (about != ABOUT_TABLES && sinks);
}

/**
 * barista_output_readme:
 * @request: what was written
 *
 * What to run next, in order. In English whoever makes it: same input, same bytes.
 *
 * Returns: (transfer full): the page
 */
char *
barista_output_readme (const BaristaOutputRequest *request)
{
  g_autoptr (GPtrArray) commands = barista_output_forward_commands (request, SPELLED);
  Page page = { request, commands, g_string_new (NULL) };
  gboolean classic = barista_output_is_classic (request);

  for (guint i = 0; i < G_N_ELEMENTS (sections); i++)
    {
      if (!is_due (&page, sections[i].about))
        continue;
      if (sections[i].forward_only && classic)
        continue;
      sections[i].write (&page);
    }

  if (n_tables (&page) == 0 && barista_output_has_flow (request)
      && barista_setup_get_managed (request->setup) && !request->practice)
    section_publish_first (&page);
  /* Paragraphs end with a blank line, a file with one line end. */
  while (g_str_has_suffix (page.text->str, "\n\n"))
    g_string_truncate (page.text, page.text->len - 1);

  return g_string_free (page.text, FALSE);
}
