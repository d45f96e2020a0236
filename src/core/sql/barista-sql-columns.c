/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "barista-sql-private.h"

/* More columns are not looked into; a statement with as many is no simple one. */
#define COLUMNS_MAX 10000

static gboolean
is_star (const BaristaSql *self, guint start, guint end)
{
  for (guint i = start; i < end; i++)
    if (barista_sql_token_is_punct (self, i, '*')
        && (i == start || barista_sql_token_is_punct (self, i - 1, '.')))
      return TRUE;

  return barista_sql_token_is_keyword (self, start, "columns")
         && barista_sql_token_is_punct (self, start + 1, '(');
}

/* "expression AS name", "expression name", "name" */
static gboolean
ends_with_name (const BaristaSql *self, guint start, guint end)
{
  guint last = end - 1;

  if (!barista_sql_token_is_identifier (self, last))
    return FALSE;
  if (last == start)
    return TRUE;
  if (barista_sql_token_is_keyword (self, last - 1, "as"))
    return TRUE;
  /* "interval 1 hour" */
  if (last >= start + 2 && barista_sql_token_is_keyword (self, last - 2, "interval"))
    return FALSE;

  return barista_sql_is_alias (self, last) && barista_sql_is_operand_end (self, last - 1);
}

/* "t.name", "_meta.op": the last part, or all of it, by what the table looks like. */
static gboolean
is_path (const BaristaSql *self, guint start, guint end)
{
  for (guint i = start; i < end; i++)
    if ((i - start) % 2 == 0 ? !barista_sql_token_is_identifier (self, i)
                             : !barista_sql_token_is_punct (self, i, '.'))
      return FALSE;

  return (end - start) % 2 == 1;
}

static gboolean
is_optional (const BaristaSql *self, guint start, guint end)
{
  for (guint i = start; i < end; i++)
    if (barista_sql_token (self, i)->optional)
      return TRUE;

  return FALSE;
}

static char *
copy_text (const BaristaSql *self, guint start, guint end)
{
  gsize from = barista_sql_token (self, start)->start;

  return g_utf8_make_valid (self->text + from,
                            (gssize) (barista_sql_token (self, end - 1)->end - from));
}

static void
add_column (BaristaSql *self, guint start, guint end)
{
  BaristaSqlColumn column = { 0 };

  if (is_star (self, start, end))
    {
      column.is_star = TRUE;
      column.name = copy_text (self, start, end);
    }
  else if (ends_with_name (self, start, end))
    {
      column.name = barista_sql_token_get_name (self, end - 1);
      column.certain = !is_optional (self, start, end);
    }
  else if (is_path (self, start, end))
    column.name = barista_sql_token_get_name (self, end - 1);
  else
    column.name = copy_text (self, start, end);

  g_array_append_val (self->columns, column);
}

static gint
get_nesting (const BaristaSql *self, guint i)
{
  switch (barista_sql_token (self, i)->punct)
    {
    case '(':
    case '[':
    case '{':
      return 1;
    case ')':
    case ']':
    case '}':
      return -1;
    default:
      return 0;
    }
}

/**
 * barista_sql_read_columns:
 * @start: first token of a select list
 * @end: one past its last
 */
void
barista_sql_read_columns (BaristaSql *self, guint start, guint end)
{
  gint nesting = 0;

  for (guint i = start; i <= end && self->columns->len < COLUMNS_MAX; i++)
    {
      gboolean is_comma = nesting == 0 && barista_sql_token_is_punct (self, i, ',');

      if (i < end && !is_comma)
        {
          nesting += get_nesting (self, i);
          continue;
        }
      if (i > start)
        add_column (self, start, i);
      start = i + 1;
    }
}
