/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "barista-sql-private.h"

#include "barista-finding.h"

#include <glib/gi18n-lib.h>

static guint
find_line (const BaristaSql *self, gsize at)
{
  guint line = 1;

  for (gsize i = 0; i < at && i < self->length; i++)
    line += self->text[i] == '\n';

  return line;
}

static void
add (GPtrArray *findings, const char *rule, const char *file, const char *message, const char *fix)
{
  g_ptr_array_add (findings,
                   barista_finding_new (rule, BARISTA_LEVEL_WARNING, file, 0, message, fix));
}

static gboolean
is_merging (const BaristaSqlTable *table, const char *const *merging)
{
  return table->database == NULL && merging != NULL && g_strv_contains (merging, table->name);
}

static void
lint_table (const BaristaSql *self,
            const BaristaSqlTable *table,
            gboolean merging,
            const char *file,
            GPtrArray *findings)
{
  g_autofree char *prewhere = g_strdup_printf (
      _ ("The SQL reads %s with FINAL beside PREWHERE, which brings back rows that newer ones "
         "have replaced."),
      table->name);
  g_autofree char *missing = g_strdup_printf (
      _ ("The SQL reads %s without FINAL, so that it sees replaced and deleted rows."),
      table->name);

  if (table->prewhere && (table->has_final || self->sets_final || merging))
    add (findings, "sql-prewhere-final", file, prewhere, _ ("Write WHERE instead of PREWHERE."));
  if (merging && !table->has_final && !self->sets_final && !table->is_set)
    add (findings, "sql-final-missing", file, missing, _ ("Add FINAL behind the table."));
  if (merging && table->is_set)
    add (findings, "sql-final-missing", file, missing,
         _ ("Write IN (SELECT ... FROM the table FINAL)."));
}

/**
 * barista_sql_lint:
 * @merging: (nullable): names of data sources whose engine replaces rows, so that they need FINAL
 * @file: (nullable): the artefact that the statement stands in
 * @findings: (element-type BaristaFinding): where findings are added
 *
 * Warns of a missing FINAL, of PREWHERE beside it, and of what can't be known. Lines in messages are
 * those of the statement.
 */
void
barista_sql_lint (const BaristaSql *self,
                  const char *const *merging,
                  const char *file,
                  GPtrArray *findings)
{
  for (guint i = 0; i < self->tables->len; i++)
    {
      const BaristaSqlTable *table = &g_array_index (self->tables, BaristaSqlTable, i);

      lint_table (self, table, is_merging (table, merging), file, findings);
    }

  for (guint i = 0; i < self->doubts->len; i++)
    {
      const BaristaSqlDoubt *doubt = &g_array_index (self->doubts, BaristaSqlDoubt, i);
      g_autofree char *message = g_strdup_printf (
          /* Translators: the second is such as "a quote is not closed". */
          _ ("The SQL can't be read with certainty, line %u: %s."), find_line (self, doubt->at),
          doubt->message);

      add (findings, "sql-uncertain", file, message,
           _ ("See for yourself which tables it reads and whether they have FINAL."));
    }
}
