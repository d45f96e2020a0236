/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "barista-cli-tables.h"

#include <glib/gi18n.h>
#include <string.h>

GPtrArray *
cli_make_tables (CliSession *session, BaristaCheck *check)
{
  GPtrArray *probes = barista_check_get_probes (check);
  GPtrArray *tables = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (GListStore) choices = g_list_store_new (BARISTA_TYPE_TOPIC_CHOICE);
  g_autoptr (GHashTable) names = NULL;

  for (guint i = 0; i < probes->len; i++)
    g_list_store_append (choices, ((BaristaProbe *) g_ptr_array_index (probes, i))->choice);
  names = barista_table_names_new (session->setup, G_LIST_MODEL (choices));

  for (guint i = 0; i < probes->len; i++)
    {
      const BaristaProbe *probe = g_ptr_array_index (probes, i);

      g_ptr_array_add (tables, barista_table_new_named (session->setup, probe->choice, names,
                                                        probe->key, probe->value));
    }

  return tables;
}

static void
add_row (GPtrArray *rows, const char *a, const char *b, const char *c, const char *d)
{
  const char *cells[] = { a, b, c, d, NULL };

  g_ptr_array_add (rows, g_strdupv ((char **) cells));
}

char *
cli_format_columns (BaristaTable *table)
{
  g_autoptr (GPtrArray) rows = g_ptr_array_new_with_free_func ((GDestroyNotify) g_strfreev);
  GPtrArray *columns = barista_table_get_columns (table);

  add_row (rows, _ ("Column"), _ ("Type"), _ ("Path"), _ ("Why"));
  for (guint i = 0; i < columns->len; i++)
    {
      const BaristaColumn *column = g_ptr_array_index (columns, i);

      add_row (rows, column->name, column->included ? column->type : _ ("(left out)"),
               column->path != NULL ? column->path : "–",
               column->reason != NULL ? column->reason : "");
    }

  return cli_format_table (rows, 32);
}

/* printf() counts bytes, and a translated name may have more of them than letters. */
static void
append_setting (GString *text, const char *name, const char *value)
{
  if (value != NULL)
    {
      g_autofree char *printable = cli_clean (value);
      int blanks = MAX (14 - (int) g_utf8_strlen (name, -1), 0);

      g_string_append_printf (text, "  %s%*s %s\n", name, blanks, "", printable);
    }
}

char *
cli_format_plan (BaristaTable *table)
{
  GString *text = g_string_new (NULL);
  const char *reason = barista_table_get_plan_reason (table);

  append_setting (text, _ ("Deletions"), barista_plan_to_string (barista_table_get_plan (table)));
  append_setting (text, "", reason);
  append_setting (text, _ ("Engine"), barista_table_get_engine (table));
  append_setting (text, _ ("Sorting key"), barista_table_get_sorting_key (table));
  append_setting (text, _ ("Version"), barista_table_get_version (table));
  append_setting (text, _ ("Is deleted"), barista_table_get_is_deleted (table));
  append_setting (text, _ ("Queries"),
                  barista_table_get_needs_final (table) ? _ ("need FINAL") : NULL);

  return g_string_free (text, FALSE);
}

void
cli_build_findings (JsonBuilder *builder, GPtrArray *findings)
{
  json_builder_begin_array (builder);
  for (guint i = 0; findings != NULL && i < findings->len; i++)
    {
      const BaristaFinding *finding = g_ptr_array_index (findings, i);

      json_builder_begin_object (builder);
      cli_add_text (builder, "rule", finding->rule);
      cli_add_text (builder, "level", barista_level_to_string (finding->level));
      cli_add_text (builder, "file", finding->file);
      json_builder_set_member_name (builder, "line");
      if (finding->line > 0)
        json_builder_add_int_value (builder, finding->line);
      else
        json_builder_add_null_value (builder);
      cli_add_text (builder, "message", finding->message);
      cli_add_text (builder, "fix", finding->fix);
      json_builder_end_object (builder);
    }
  json_builder_end_array (builder);
}

/* As in a report, but in the language of whoever reads. */
static const char *const level_words[] = {
  [BARISTA_LEVEL_HINT] = N_ ("hint"),
  [BARISTA_LEVEL_WARNING] = N_ ("warning"),
  [BARISTA_LEVEL_ERROR] = N_ ("error"),
};

char *
cli_format_findings (GPtrArray *findings)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; findings != NULL && i < findings->len; i++)
    {
      const BaristaFinding *finding = g_ptr_array_index (findings, i);
      /* Not once more where the sentence has it. */
      gboolean placed = finding->file != NULL && strstr (finding->message, finding->file) == NULL;
      g_autofree char *line = g_strdup_printf ("%s: %s%s%s%s%s", _ (level_words[finding->level]),
                                               placed ? finding->file : "", placed ? ": " : "",
                                               finding->message, finding->fix != NULL ? " " : "",
                                               finding->fix != NULL ? finding->fix : "");
      g_autofree char *printable = cli_clean (line);

      g_string_append_printf (text, "  %s\n", printable);
    }

  return g_string_free (text, FALSE);
}
