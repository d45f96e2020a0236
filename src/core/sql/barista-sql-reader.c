/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "barista-sql-private.h"

#include <glib/gi18n-lib.h>

/* More names of WITH are not kept in mind. */
#define NAMES_MAX 1000

/* One SELECT with its clauses, and how far it is read. */
typedef struct
{
  guint number;
  BaristaSqlClause clause;
  gboolean has_select;
  gboolean has_from;
  guint list_end; /* a word that may end the list, if no FROM comes */
  guint n_ctes;   /* how many names were seen before its own WITH */
  guint squares;  /* [ and { that are open: their commas part values */
} Select;

static void read_query (BaristaSqlReader *reader);

static gboolean
is_keyword (BaristaSqlReader *reader, const char *keyword)
{
  return barista_sql_token_is_keyword (reader->sql, reader->at, keyword);
}

static gboolean
is_punct (BaristaSqlReader *reader, char punct)
{
  return barista_sql_token_is_punct (reader->sql, reader->at, punct);
}

static gboolean
is_level_end (BaristaSqlReader *reader)
{
  return barista_sql_token (reader->sql, reader->at)->kind == BARISTA_SQL_TOKEN_END
         || is_punct (reader, ')') || is_punct (reader, ';');
}

static void
doubt (BaristaSqlReader *reader, const char *message)
{
  barista_sql_doubt (reader->sql, barista_sql_token (reader->sql, reader->at)->start, message);
}

static guint
begin_select (BaristaSqlReader *reader)
{
  gboolean none = FALSE;

  g_array_append_val (reader->prewhere, none);
  return reader->prewhere->len - 1;
}

/* Inside of brackets that hold no query: only other brackets and IN matter. */
static void
read_group (BaristaSqlReader *reader)
{
  while (!is_level_end (reader))
    if (is_punct (reader, '('))
      barista_sql_read_brackets (reader);
    else if (is_keyword (reader, "in"))
      {
        reader->at++;
        barista_sql_read_set (reader, 0);
      }
    else
      {
        if (barista_sql_is_lookup_function (reader->sql, reader->at))
          doubt (reader, _ ("a function looks into a table that is named in a string"));
        reader->at++;
      }
}

/**
 * barista_sql_read_brackets:
 *
 * Reads from an opening bracket to past the closing one.
 */
void
barista_sql_read_brackets (BaristaSqlReader *reader)
{
  if (++reader->depth > BARISTA_SQL_DEPTH_MAX)
    {
      doubt (reader, _ ("there are too many brackets inside of each other"));
      reader->at = reader->sql->tokens->len - 1;
      reader->depth--;
      return;
    }

  reader->at++;
  if (barista_sql_starts_query (reader->sql, reader->at))
    read_query (reader);
  else
    read_group (reader);
  reader->depth--;

  if (is_punct (reader, ')'))
    reader->at++;
  else
    doubt (reader, _ ("a bracket is not closed"));
}

/* "name AS (SELECT ...)" */
static gboolean
is_cte (BaristaSqlReader *reader)
{
  BaristaSql *sql = reader->sql;
  guint at = reader->at;

  return barista_sql_token_is_identifier (sql, at)
         && barista_sql_token_is_keyword (sql, at + 1, "as")
         && barista_sql_token_is_punct (sql, at + 2, '(')
         && (barista_sql_starts_query (sql, at + 3)
             || barista_sql_token_is_punct (sql, at + 3, '('));
}

static void
add_cte (BaristaSqlReader *reader, char *name)
{
  BaristaSqlCte cte = { .name = name };

  g_array_append_val (reader->ctes, cte);
}

static void
read_cte (BaristaSqlReader *reader, gboolean recursive)
{
  g_autofree char *name = barista_sql_token_get_name (reader->sql, reader->at);
  gboolean fits = reader->ctes->len < NAMES_MAX;

  /* It doesn't see itself: there the name is a table. */
  if (recursive && fits)
    add_cte (reader, g_steal_pointer (&name));
  reader->at += 2;
  barista_sql_read_brackets (reader);

  if (!fits)
    doubt (reader, _ ("there are too many names"));
  else if (!recursive)
    add_cte (reader, g_steal_pointer (&name));
}

static void
read_with (BaristaSqlReader *reader)
{
  gboolean recursive;

  reader->at++;
  recursive = is_keyword (reader, "recursive");
  reader->at += recursive ? 1 : 0;

  while (!is_level_end (reader) && !is_keyword (reader, "select") && !is_keyword (reader, "from"))
    if (is_cte (reader))
      read_cte (reader, recursive);
    else if (is_punct (reader, '('))
      barista_sql_read_brackets (reader);
    else
      reader->at++;
}

/* Behind UNION. */
static void
begin_next_select (BaristaSqlReader *reader, Select *select)
{
  *select = (Select) { .number = begin_select (reader), .n_ctes = select->n_ctes };
  for (guint i = select->n_ctes; i < reader->ctes->len; i++)
    g_array_index (reader->ctes, BaristaSqlCte, i).is_over = TRUE;
}

/* A select list ends at FROM, whatever stands before; without one, at the first word that may end it. */
static void
end_list (BaristaSqlReader *reader, Select *select)
{
  if (select->clause == BARISTA_SQL_CLAUSE_LIST && select->number == 0 && reader->list_end == 0)
    reader->list_end = select->list_end != 0 && !is_keyword (reader, "from") ? select->list_end
                                                                             : reader->at;
}

static void
read_select_keyword (BaristaSqlReader *reader, Select *select)
{
  /* FROM may come before SELECT; any other SELECT is that of a UNION. */
  if (select->has_select)
    {
      end_list (reader, select);
      begin_next_select (reader, select);
    }

  select->has_select = TRUE;
  select->clause = BARISTA_SQL_CLAUSE_LIST;
  select->list_end = 0;
  reader->at++;
  while (is_keyword (reader, "distinct") || is_keyword (reader, "all"))
    reader->at++;
  if (select->number == 0 && reader->list_start == 0)
    reader->list_start = reader->at;
}

static void
read_from (BaristaSqlReader *reader, Select *select)
{
  end_list (reader, select);
  if (select->has_from)
    begin_next_select (reader, select);

  select->has_from = TRUE;
  select->clause = BARISTA_SQL_CLAUSE_FROM;
  reader->at++;
  barista_sql_read_table (reader, select->number);
}

static void
read_join (BaristaSqlReader *reader, Select *select)
{
  gboolean is_array = barista_sql_token_is_keyword (reader->sql, reader->at - 1, "array");

  reader->at++;
  select->clause = is_array ? BARISTA_SQL_CLAUSE_OTHER : BARISTA_SQL_CLAUSE_FROM;
  if (!is_array)
    barista_sql_read_table (reader, select->number);
}

static gboolean
is_true (BaristaSqlReader *reader, guint i)
{
  g_autofree char *value = barista_sql_token_get_name (reader->sql, i);

  return g_str_equal (value, "1") || g_ascii_strcasecmp (value, "true") == 0;
}

/* SETTINGS final = 1 */
static void
read_setting (BaristaSqlReader *reader)
{
  if (is_keyword (reader, "final") && barista_sql_token_is_punct (reader->sql, reader->at + 1, '=')
      && is_true (reader, reader->at + 2))
    reader->sql->sets_final = TRUE;
}

/* Words that begin a clause behind FROM. */
static void
read_clause_keyword (BaristaSqlReader *reader, Select *select)
{
  if (select->clause == BARISTA_SQL_CLAUSE_LIST && select->list_end == 0
      && barista_sql_ends_list (reader->sql, reader->at))
    select->list_end = reader->at;

  if (select->has_from && is_keyword (reader, "prewhere"))
    g_array_index (reader->prewhere, gboolean, select->number) = TRUE;
  /* Behind USING without brackets a comma parts columns. */
  if (select->clause == BARISTA_SQL_CLAUSE_FROM
      && (barista_sql_ends_list (reader->sql, reader->at)
          || (is_keyword (reader, "using")
              && !barista_sql_token_is_punct (reader->sql, reader->at + 1, '('))))
    select->clause = BARISTA_SQL_CLAUSE_OTHER;

  read_setting (reader);
  if (barista_sql_is_lookup_function (reader->sql, reader->at))
    doubt (reader, _ ("a function looks into a table that is named in a string"));
  reader->at++;
}

/* "IS DISTINCT FROM", and a column of that name. */
static gboolean
is_from_clause (BaristaSqlReader *reader)
{
  return is_keyword (reader, "from")
         && !barista_sql_token_is_keyword (reader->sql, reader->at + 1, "from")
         && !(reader->at >= 2
              && barista_sql_token_is_keyword (reader->sql, reader->at - 1, "distinct")
              && !barista_sql_token_is_keyword (reader->sql, reader->at - 2, "select"));
}

static void
count_squares (BaristaSqlReader *reader, Select *select)
{
  if (is_punct (reader, '[') || is_punct (reader, '{'))
    select->squares++;
  else if ((is_punct (reader, ']') || is_punct (reader, '}')) && select->squares > 0)
    select->squares--;
}

static void
read_word (BaristaSqlReader *reader, Select *select)
{
  count_squares (reader, select);
  if (is_keyword (reader, "select"))
    read_select_keyword (reader, select);
  else if (is_from_clause (reader))
    read_from (reader, select);
  else if (is_keyword (reader, "join") && select->has_from)
    read_join (reader, select);
  else if (is_keyword (reader, "in"))
    {
      reader->at++;
      barista_sql_read_set (reader, select->number);
    }
  else
    read_clause_keyword (reader, select);
}

static void
read_query (BaristaSqlReader *reader)
{
  Select select = { .number = begin_select (reader), .n_ctes = reader->ctes->len };

  if (is_keyword (reader, "with"))
    read_with (reader);

  while (!is_level_end (reader))
    if (is_punct (reader, '('))
      barista_sql_read_brackets (reader);
    else if (is_punct (reader, ',') && select.clause == BARISTA_SQL_CLAUSE_FROM
             && select.squares == 0)
      {
        reader->at++;
        barista_sql_read_table (reader, select.number);
      }
    else
      read_word (reader, &select);

  end_list (reader, &select);
  g_array_set_size (reader->ctes, select.n_ctes);
}

static void
read_statement (BaristaSqlReader *reader)
{
  if (!barista_sql_starts_query (reader->sql, 0) && !is_punct (reader, '('))
    doubt (reader, _ ("this is not a SELECT"));

  read_query (reader);
  if (is_punct (reader, ')'))
    doubt (reader, _ ("there is a closing bracket too many"));
  if (is_punct (reader, ';'))
    {
      reader->at++;
      if (barista_sql_token (reader->sql, reader->at)->kind != BARISTA_SQL_TOKEN_END)
        doubt (reader, _ ("there is more than one statement"));
    }
}

static void
clear_cte (BaristaSqlCte *cte)
{
  g_free (cte->name);
}

/**
 * barista_sql_read:
 *
 * Walks over the tokens once: tables go by the words before them, brackets and WITH say where a
 * query begins and which names are its own.
 */
void
barista_sql_read (BaristaSql *self)
{
  g_autoptr (GArray) ctes = g_array_new (FALSE, FALSE, sizeof (BaristaSqlCte));
  g_autoptr (GArray) prewhere = g_array_new (FALSE, FALSE, sizeof (gboolean));
  BaristaSqlReader reader = { .sql = self, .ctes = ctes, .prewhere = prewhere };

  g_array_set_clear_func (ctes, (GDestroyNotify) clear_cte);
  read_statement (&reader);
  for (guint i = 0; i < self->tables->len; i++)
    {
      BaristaSqlTable *table = &g_array_index (self->tables, BaristaSqlTable, i);

      table->prewhere = g_array_index (prewhere, gboolean, table->select);
    }
  if (reader.list_start != 0)
    barista_sql_read_columns (self, reader.list_start, reader.list_end);
}
