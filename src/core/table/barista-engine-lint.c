/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "barista-column-type.h"
#include "barista-engine.h"
#include "barista-expression.h"

#include <glib/gi18n-lib.h>
#include <string.h>

typedef struct
{
  const BaristaEngine *engine;
  GHashTable *columns; /* name -> BaristaColumn, only those that are written */
  const char *file;
  GPtrArray *findings;
} Lint;

static void
add (Lint *lint, const char *rule, BaristaLevel level, const char *message, const char *fix)
{
  g_ptr_array_add (lint->findings, barista_finding_new (rule, level, lint->file, 0, message, fix));
}

G_GNUC_PRINTF (5, 6)
static void
add_format (Lint *lint,
            const char *rule,
            BaristaLevel level,
            const char *fix,
            const char *format,
            ...)
{
  g_autofree char *message = NULL;
  va_list arguments;

  va_start (arguments, format);
  message = g_strdup_vprintf (format, arguments);
  va_end (arguments);
  add (lint, rule, level, message, fix);
}

/* The engines of Tinybird's forward workspaces (tinybird.md 1.5); `ours`: all that they need is here. */
static const struct
{
  const char *name;
  gboolean ours;
} engines[] = {
  { "MergeTree", TRUE },
  { "ReplacingMergeTree", TRUE },
  { "AggregatingMergeTree", TRUE },
  { "SummingMergeTree", TRUE },
  { "Null", TRUE },
  { "CollapsingMergeTree", FALSE },
  { "VersionedCollapsingMergeTree", FALSE },
};

static void
lint_name (Lint *lint)
{
  const char *name = lint->engine->name;

  for (guint i = 0; i < G_N_ELEMENTS (engines); i++)
    {
      if (!g_str_equal (engines[i].name, name))
        continue;
      if (!engines[i].ours)
        add_format (lint, "engine-incomplete", BARISTA_LEVEL_ERROR,
                    _ ("Take ReplacingMergeTree, which merges by version."),
                    _ ("%s needs a sign column, which Dekaf doesn't send."), name);
      return;
    }

  add_format (lint, "engine-unknown", BARISTA_LEVEL_ERROR,
              _ ("Take ReplacingMergeTree, or MergeTree to keep every change."),
              _ ("Tinybird has no engine called “%s”."), name);
}

/* FALSE: it is no expression, and nothing more is to be said of it. */
static gboolean
lint_expression (Lint *lint, const char *what, const char *expression)
{
  const char *problem = barista_expression_problem (expression);

  if (problem != NULL)
    add_format (lint, "engine-expression", BARISTA_LEVEL_ERROR,
                _ ("Correct the engine's settings, or leave them to the proposal."),
                /* Translators: "The sorting key can't be read: a bracket isn't closed." */
                _ ("%s can't be read: %s."), what, problem);
  return problem == NULL;
}

static gboolean
names_columns (GPtrArray *identifiers)
{
  for (guint i = 0; i < identifiers->len; i++)
    if (!barista_expression_is_keyword (identifiers->pdata[i]))
      return TRUE;

  return FALSE;
}

static void
lint_key_column (Lint *lint, const char *name)
{
  const BaristaColumn *column = g_hash_table_lookup (lint->columns, name);

  if (column == NULL && !barista_expression_is_keyword (name))
    add_format (lint, "key-column-missing", BARISTA_LEVEL_ERROR,
                _ ("Include the column, or sort by __key."),
                _ ("The sorting key names “%s”, which is not among the columns."), name);
  else if (column != NULL && barista_column_type_is_nullable (column->type))
    add_format (lint, "key-nullable", BARISTA_LEVEL_ERROR,
                _ ("Sort by __key, or give the column a type that can't be empty."),
                _ ("The sorting key names “%s”, which may be empty."), name);
  else if (column != NULL && !barista_column_type_fits_key (column->type))
    add_format (lint, "key-type", BARISTA_LEVEL_WARNING, _ ("Sort by __key."),
                _ ("The sorting key names “%s”, whose type tells rows apart badly."), name);
}

static void
lint_key (Lint *lint)
{
  const char *key = lint->engine->sorting_key;
  g_autoptr (GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (GPtrArray) identifiers = NULL;
  g_autoptr (GPtrArray) parts = NULL;

  if (key == NULL || *key == '\0' || g_str_equal (key, "tuple()"))
    {
      if (barista_engine_is_merging (lint->engine))
        add (lint, "key-empty", BARISTA_LEVEL_ERROR,
             _ ("Without a sorting key all rows would be merged into one."), _ ("Sort by __key."));
      return;
    }

  if (!lint_expression (lint, _ ("The sorting key"), key))
    return;
  identifiers = barista_expression_identifiers (key);
  if (!names_columns (identifiers))
    add (lint, "key-constant", BARISTA_LEVEL_ERROR, _ ("The sorting key names no column."),
         _ ("Sort by __key."));
  for (guint i = 0; i < identifiers->len; i++)
    if (g_hash_table_add (seen, identifiers->pdata[i]))
      lint_key_column (lint, identifiers->pdata[i]);

  g_hash_table_remove_all (seen);
  parts = barista_expression_split (key);
  for (guint i = 0; i < parts->len; i++)
    if (!g_hash_table_add (seen, parts->pdata[i]))
      add_format (lint, "key-duplicate", BARISTA_LEVEL_ERROR, _ ("Name it once."),
                  _ ("The sorting key names “%s” twice."), (char *) parts->pdata[i]);
}

/* The vendor's test for the version is one for a piece of text: `id` in `order_id` is refused too. */
static void
lint_version (Lint *lint)
{
  const char *version = lint->engine->version;
  const BaristaColumn *column;

  if (version == NULL)
    return;

  column = g_hash_table_lookup (lint->columns, version);
  if (column == NULL)
    add_format (lint, "version-column-missing", BARISTA_LEVEL_ERROR, _ ("Take __offset."),
                _ ("The version “%s” is not among the columns."), version);
  else if (!barista_column_type_fits_version (column->type))
    add_format (lint, "version-type", BARISTA_LEVEL_ERROR, _ ("Take __offset."),
                _ ("The version “%s” must be a whole number, a date or a time that is never "
                   "empty."),
                version);
  else if (g_str_equal (version, "__timestamp"))
    add (lint, "version-coarse", BARISTA_LEVEL_HINT,
         _ ("__timestamp counts whole seconds: within one, the row that came last wins."),
         _ ("Take __offset."));
  else if (!g_str_equal (version, "__offset"))
    add_format (lint, "version-not-monotonic", BARISTA_LEVEL_WARNING,
                _ ("Take __offset, which always grows."),
                _ ("The newest row wins only if “%s” grows with every change of a row."), version);

  if (lint->engine->sorting_key != NULL && strstr (lint->engine->sorting_key, version) != NULL)
    add_format (lint, "version-in-key", BARISTA_LEVEL_ERROR,
                _ ("Take __offset as the version and __key as the sorting key."),
                _ ("The text of the sorting key contains the version's name “%s”, which Tinybird "
                   "refuses."),
                version);
}

static void
lint_is_deleted (Lint *lint)
{
  const char *marker = lint->engine->is_deleted;
  const BaristaColumn *column;

  if (marker == NULL)
    return;

  if (lint->engine->version == NULL)
    add (lint, "is-deleted-without-version", BARISTA_LEVEL_ERROR,
         _ ("Without a version Tinybird would take the delete marker for one."),
         _ ("Take __offset as the version."));
  else if (g_str_equal (marker, lint->engine->version))
    add (lint, "is-deleted-is-version", BARISTA_LEVEL_ERROR,
         _ ("One column can't be both version and delete marker."),
         _ ("Take __offset as the version."));

  column = g_hash_table_lookup (lint->columns, marker);
  if (column == NULL)
    add_format (lint, "is-deleted-column-missing", BARISTA_LEVEL_ERROR, _ ("Include the column."),
                _ ("The delete marker “%s” is not among the columns."), marker);
  else if (!barista_column_type_fits_marker (column->type))
    add_format (lint, "is-deleted-type", BARISTA_LEVEL_ERROR, _ ("Give it the type UInt8."),
                _ ("The delete marker “%s” must be a UInt8."), marker);
}

static gboolean
is_in_key (const BaristaEngine *engine, const char *name)
{
  g_autoptr (GPtrArray) identifiers = barista_expression_identifiers (
      engine->sorting_key != NULL ? engine->sorting_key : "");

  return g_ptr_array_find_with_equal_func (identifiers, name, g_str_equal, NULL);
}

/* Parts are merged in the background, but never across partitions. */
static void
lint_partition (Lint *lint)
{
  g_autoptr (GPtrArray) identifiers = NULL;

  if (lint->engine->partition_key == NULL || g_str_equal (lint->engine->partition_key, "tuple()")
      || !lint_expression (lint, _ ("The partition"), lint->engine->partition_key))
    return;

  identifiers = barista_expression_identifiers (lint->engine->partition_key);
  if (!names_columns (identifiers))
    add (lint, "partition-constant", BARISTA_LEVEL_ERROR, _ ("The partition names no column."),
         _ ("Leave the partition out."));
  for (guint i = 0; i < identifiers->len; i++)
    {
      const char *name = identifiers->pdata[i];
      const BaristaColumn *column;

      if (barista_expression_is_keyword (name))
        continue;
      column = g_hash_table_lookup (lint->columns, name);
      if (column != NULL && barista_column_type_is_nullable (column->type))
        add_format (lint, "partition-nullable", BARISTA_LEVEL_ERROR,
                    _ ("Leave the partition out, or partition by something that is never empty."),
                    _ ("Partitions by “%s”, which may be empty."), name);
      else if (column == NULL)
        add_format (lint, "partition-column-missing", BARISTA_LEVEL_ERROR,
                    _ ("Include the column, or leave the partition out."),
                    _ ("The partition names “%s”, which is not among the columns."), name);
      else if (barista_engine_is_merging (lint->engine) && !is_in_key (lint->engine, name))
        add_format (lint, "partition-outside-key", BARISTA_LEVEL_WARNING,
                    _ ("Leave the partition out, or partition by something of the sorting key."),
                    _ ("Partitions by “%s”, which is not in the sorting key: versions of one row "
                       "that fall into different partitions are stored for ever."),
                    name);
    }
}

static void
lint_ttl (Lint *lint)
{
  g_autoptr (GPtrArray) identifiers = NULL;

  if (lint->engine->ttl == NULL || !lint_expression (lint, _ ("The TTL"), lint->engine->ttl))
    return;

  identifiers = barista_expression_identifiers (lint->engine->ttl);
  if (!names_columns (identifiers))
    add (lint, "ttl-constant", BARISTA_LEVEL_ERROR, _ ("The TTL counts from no column."),
         _ ("Count from __timestamp."));
  for (guint i = 0; i < identifiers->len; i++)
    {
      const char *name = identifiers->pdata[i];
      const BaristaColumn *column = g_hash_table_lookup (lint->columns, name);

      if (column == NULL && !barista_expression_is_keyword (name))
        add_format (lint, "ttl-column-missing", BARISTA_LEVEL_ERROR, _ ("Include the column."),
                    _ ("The TTL names “%s”, which is not among the columns."), name);
      else if (column != NULL && barista_column_type_is_nullable (column->type))
        add_format (lint, "ttl-nullable", BARISTA_LEVEL_WARNING,
                    _ ("Count from __timestamp, which is never empty."),
                    _ ("The TTL counts from “%s”, which may be empty: such rows go by a date of "
                       "1970."),
                    name);
    }
}

/**
 * barista_engine_lint:
 * @self: the engine
 * @columns: (element-type BaristaColumn): the columns
 * @file: path of the data source
 * @findings: (element-type BaristaFinding): gets what is to be said
 *
 * Checks what neither the vendor's parser nor its validators look at before a deploy, and what
 * ClickHouse takes although it loses rows (tinybird.md 0.1: 5 and 6).
 */
void
barista_engine_lint (const BaristaEngine *self,
                     GPtrArray *columns,
                     const char *file,
                     GPtrArray *findings)
{
  g_autoptr (GHashTable) by_name = g_hash_table_new (g_str_hash, g_str_equal);
  Lint lint = { self, by_name, file, findings };

  for (guint i = 0; i < columns->len; i++)
    {
      BaristaColumn *column = columns->pdata[i];

      if (column->included)
        g_hash_table_insert (by_name, column->name, column);
    }

  lint_name (&lint);
  lint_key (&lint);
  lint_version (&lint);
  lint_is_deleted (&lint);
  lint_partition (&lint);
  lint_ttl (&lint);
}
