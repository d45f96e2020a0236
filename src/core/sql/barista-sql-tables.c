/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "barista-sql-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* More places that read a table are not told. */
#define TABLES_MAX 10000

/**
 * barista_sql_starts_query:
 *
 * Returns: whether a query begins with this token, if it stands right behind a bracket
 */
gboolean
barista_sql_starts_query (const BaristaSql *self, guint i)
{
  return barista_sql_token_is_keyword (self, i, "select")
         || barista_sql_token_is_keyword (self, i, "with")
         || barista_sql_token_is_keyword (self, i, "from");
}

/* One whose SELECT goes on hides one behind UNION. */
static const BaristaSqlCte *
find_cte (BaristaSqlReader *reader, const BaristaSqlTable *table)
{
  const BaristaSqlCte *found = NULL;

  for (guint i = 0; table->database == NULL && i < reader->ctes->len; i++)
    {
      const BaristaSqlCte *cte = &g_array_index (reader->ctes, BaristaSqlCte, i);

      if (g_str_equal (cte->name, table->name) && (found == NULL || !cte->is_over))
        found = cte;
    }

  return found;
}

/* A name that starts with a digit is one for ClickHouse. */
static gboolean
is_name (const BaristaSql *sql, guint i)
{
  return barista_sql_token_is_identifier (sql, i)
         || barista_sql_token (sql, i)->kind == BARISTA_SQL_TOKEN_NUMBER;
}

/* name, database.name */
static void
read_name (BaristaSqlReader *reader, BaristaSqlTable *table)
{
  BaristaSql *sql = reader->sql;

  table->start = barista_sql_token (sql, reader->at)->start;
  table->name = barista_sql_token_get_name (sql, reader->at++);
  while (barista_sql_token_is_punct (sql, reader->at, '.') && is_name (sql, reader->at + 1))
    {
      if (table->database != NULL)
        table->certain = FALSE;
      g_free (table->database);
      table->database = g_steal_pointer (&table->name);
      table->name = barista_sql_token_get_name (sql, reader->at + 1);
      reader->at += 2;
    }
}

/* "events_{{ suffix }}": a template makes a part of the name that was read last. */
static void
check_glued (BaristaSqlReader *reader, BaristaSqlTable *table)
{
  const BaristaSqlToken *token = barista_sql_token (reader->sql, reader->at);

  if (token->kind != BARISTA_SQL_TOKEN_TEMPLATE
      || token->start != barista_sql_token (reader->sql, reader->at - 1)->end)
    return;

  table->certain = FALSE;
  table->has_place = FALSE;
  barista_sql_doubt (reader->sql, token->start, _ ("a template makes a part of a name"));
}

static void
read_alias (BaristaSqlReader *reader, char **alias)
{
  BaristaSql *sql = reader->sql;
  gboolean has_as = barista_sql_token_is_keyword (sql, reader->at, "as");

  if (has_as ? !barista_sql_token_is_identifier (sql, reader->at + 1)
             : !barista_sql_is_alias (sql, reader->at))
    return;

  reader->at += has_as ? 1 : 0;
  if (alias != NULL)
    *alias = barista_sql_token_get_name (sql, reader->at);
  reader->at++;
}

static gboolean
read_final (BaristaSqlReader *reader)
{
  if (!barista_sql_token_is_keyword (reader->sql, reader->at, "final"))
    return FALSE;

  reader->at++;
  return TRUE;
}

static void
add_table (BaristaSqlReader *reader, BaristaSqlTable *table, guint select)
{
  gboolean too_many = reader->sql->tables->len >= TABLES_MAX;
  const BaristaSqlCte *cte = find_cte (reader, table);

  table->select = select;
  table->certain &= cte == NULL;
  if (too_many)
    barista_sql_doubt (reader->sql, table->start, _ ("there are too many names"));
  if (too_many || (cte != NULL && !cte->is_over))
    {
      g_free (table->database);
      g_free (table->name);
      g_free (table->alias);
      return;
    }

  g_array_append_val (reader->sql->tables, *table);
}

static void
read_function (BaristaSqlReader *reader)
{
  BaristaSql *sql = reader->sql;

  if (!barista_sql_is_pure_function (sql, reader->at))
    barista_sql_doubt (sql, barista_sql_token (sql, reader->at)->start,
                       _ ("a table function may read other tables"));
  reader->at++;
  barista_sql_read_brackets (reader);
  read_alias (reader, NULL);
  read_final (reader);
}

static void
read_unknown (BaristaSqlReader *reader)
{
  BaristaSql *sql = reader->sql;

  barista_sql_doubt (sql, barista_sql_token (sql, reader->at)->start,
                     _ ("the name of a table is not written out"));
  if (barista_sql_token (sql, reader->at)->kind == BARISTA_SQL_TOKEN_TEMPLATE)
    reader->at++;
}

/* A table with its alias and FINAL. */
static void
read_plain (BaristaSqlReader *reader, BaristaSqlTable *table)
{
  BaristaSql *sql = reader->sql;

  table->has_place = TRUE;
  if (barista_sql_token (sql, reader->at)->kind == BARISTA_SQL_TOKEN_WORD
      && !barista_sql_is_alias (sql, reader->at))
    {
      table->certain = FALSE;
      table->has_place = FALSE;
      barista_sql_doubt (sql, barista_sql_token (sql, reader->at)->start,
                         _ ("a word of the language stands where a table is expected"));
    }

  read_name (reader, table);
  check_glued (reader, table);
  read_alias (reader, &table->alias);
  check_glued (reader, table);
  table->final_at = barista_sql_token (sql, reader->at - 1)->end;
  table->has_final = read_final (reader);
}

/**
 * barista_sql_read_table:
 *
 * Reads what follows FROM, JOIN or a comma between tables: a table, a function or a subquery, its
 * alias and FINAL. ClickHouse takes FINAL behind the alias only.
 */
void
barista_sql_read_table (BaristaSqlReader *reader, guint select)
{
  BaristaSql *sql = reader->sql;
  BaristaSqlTable table = { .certain = !barista_sql_token (sql, reader->at)->optional };

  if (barista_sql_token_is_punct (sql, reader->at, '('))
    {
      barista_sql_read_brackets (reader);
      read_alias (reader, NULL);
      read_final (reader);
      return;
    }
  if (!is_name (sql, reader->at))
    {
      read_unknown (reader);
      return;
    }
  if (barista_sql_token_is_punct (sql, reader->at + 1, '('))
    {
      read_function (reader);
      return;
    }

  read_plain (reader, &table);
  add_table (reader, &table, select);
}

/**
 * barista_sql_read_set:
 *
 * Reads what follows IN: brackets are left to the caller; a name may be a table, or an alias.
 */
void
barista_sql_read_set (BaristaSqlReader *reader, guint select)
{
  BaristaSqlTable table = { .is_set = TRUE };

  if (!barista_sql_token_is_identifier (reader->sql, reader->at)
      || barista_sql_token_is_punct (reader->sql, reader->at + 1, '('))
    return;

  read_name (reader, &table);
  table.certain = FALSE;
  add_table (reader, &table, select);
}
