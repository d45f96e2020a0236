/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "barista-sql-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* One is enough to be uncertain; a few show where. */
#define DOUBTS_MAX 16

G_DEFINE_BOXED_TYPE (BaristaSql, barista_sql, barista_sql_ref, barista_sql_unref)

static void
clear_table (BaristaSqlTable *table)
{
  g_free (table->database);
  g_free (table->name);
  g_free (table->alias);
}

static void
clear_column (BaristaSqlColumn *column)
{
  g_free (column->name);
}

static void
clear_doubt (BaristaSqlDoubt *doubt)
{
  g_free (doubt->message);
}

static GArray *
new_array (gsize size, gpointer clear_item)
{
  GArray *array = g_array_new (FALSE, FALSE, (guint) size);

  g_array_set_clear_func (array, (GDestroyNotify) clear_item);
  return array;
}

static void
clear (BaristaSql *self)
{
  g_free (self->text);
  g_array_unref (self->tables);
  g_array_unref (self->columns);
  g_array_unref (self->doubts);
}

BaristaSql *
barista_sql_ref (BaristaSql *self)
{
  return g_atomic_rc_box_acquire (self);
}

void
barista_sql_unref (BaristaSql *self)
{
  g_atomic_rc_box_release_full (self, (GDestroyNotify) clear);
}

void
barista_sql_doubt (BaristaSql *self, gsize at, const char *message)
{
  BaristaSqlDoubt doubt = { .at = at };

  if (self->doubts->len >= DOUBTS_MAX)
    return;

  doubt.message = g_strdup (message);
  g_array_append_val (self->doubts, doubt);
}

/**
 * barista_sql_new:
 * @text: a statement as it stands below `SQL >`, with its `%` if it is a template
 * @length: bytes, or -1
 *
 * Reads any bytes; what can't be read ends in a doubt. It takes time and memory in line with the
 * length, and nothing is looked into beyond %BARISTA_SQL_LENGTH_MAX bytes.
 *
 * Returns: (transfer full): what can be told
 */
BaristaSql *
barista_sql_new (const char *text, gssize length)
{
  BaristaSql *self = g_atomic_rc_box_new0 (BaristaSql);

  self->length = length < 0 ? strlen (text) : (gsize) length;
  self->tables = new_array (sizeof (BaristaSqlTable), clear_table);
  self->columns = new_array (sizeof (BaristaSqlColumn), clear_column);
  self->doubts = new_array (sizeof (BaristaSqlDoubt), clear_doubt);
  self->text = g_malloc (self->length + 1);
  memcpy (self->text, text, self->length);
  self->text[self->length] = '\0';

  if (self->length > BARISTA_SQL_LENGTH_MAX || memchr (text, '\0', self->length) != NULL)
    {
      barista_sql_doubt (self, 0, _ ("it is too long, or no text"));
      return self;
    }

  self->tokens = g_array_new (FALSE, FALSE, sizeof (BaristaSqlToken));
  barista_sql_tokenize (self);
  barista_sql_read (self);
  g_clear_pointer (&self->tokens, g_array_unref);
  return self;
}

/**
 * barista_sql_is_template:
 *
 * Returns: whether Tinybird fills in templates: the statement starts with a `%`
 */
gboolean
barista_sql_is_template (const BaristaSql *self)
{
  return self->is_template;
}

/**
 * barista_sql_get_tables:
 * @n: (out): how many
 *
 * Returns: (transfer none) (array length=n): each place that reads a table, in the order of the text;
 *   names of WITH are none
 */
const BaristaSqlTable *
barista_sql_get_tables (const BaristaSql *self, guint *n)
{
  *n = self->tables->len;
  return (const BaristaSqlTable *) self->tables->data;
}

/**
 * barista_sql_get_columns:
 * @n: (out): how many; 0 when the select list wasn't found
 *
 * Returns: (transfer none) (array length=n): the columns of the result
 */
const BaristaSqlColumn *
barista_sql_get_columns (const BaristaSql *self, guint *n)
{
  *n = self->columns->len;
  return (const BaristaSqlColumn *) self->columns->data;
}

const BaristaSqlDoubt *
barista_sql_get_doubts (const BaristaSql *self, guint *n)
{
  *n = self->doubts->len;
  return (const BaristaSqlDoubt *) self->doubts->data;
}

/**
 * barista_sql_is_certain:
 *
 * Returns: whether all tables are known; FALSE: ask the person
 */
gboolean
barista_sql_is_certain (const BaristaSql *self)
{
  if (self->doubts->len > 0)
    return FALSE;

  for (guint i = 0; i < self->tables->len; i++)
    if (!g_array_index (self->tables, BaristaSqlTable, i).certain)
      return FALSE;

  return TRUE;
}

/**
 * barista_sql_sets_final:
 *
 * Returns: whether a setting makes every table be read with FINAL; Tinybird may refuse it
 */
gboolean
barista_sql_sets_final (const BaristaSql *self)
{
  return self->sets_final;
}

/**
 * barista_sql_reads_table:
 *
 * Returns: whether the table of that name, without a database, is read
 */
BaristaSqlAnswer
barista_sql_reads_table (const BaristaSql *self, const char *name)
{
  BaristaSqlAnswer answer = self->doubts->len > 0 ? BARISTA_SQL_UNKNOWN : BARISTA_SQL_NO;

  for (guint i = 0; i < self->tables->len; i++)
    {
      const BaristaSqlTable *table = &g_array_index (self->tables, BaristaSqlTable, i);

      if (table->database != NULL || !g_str_equal (table->name, name))
        continue;
      if (table->certain)
        return BARISTA_SQL_YES;
      answer = BARISTA_SQL_UNKNOWN;
    }

  return answer;
}

/**
 * barista_sql_gives_column:
 *
 * Returns: whether the result has a column of that name
 */
BaristaSqlAnswer
barista_sql_gives_column (const BaristaSql *self, const char *name)
{
  BaristaSqlAnswer answer = self->doubts->len > 0 || self->columns->len == 0 ? BARISTA_SQL_UNKNOWN
                                                                             : BARISTA_SQL_NO;

  for (guint i = 0; i < self->columns->len; i++)
    {
      const BaristaSqlColumn *column = &g_array_index (self->columns, BaristaSqlColumn, i);

      if (column->certain && g_str_equal (column->name, name))
        return BARISTA_SQL_YES;
      if (column->is_star || g_str_equal (column->name, name))
        answer = BARISTA_SQL_UNKNOWN;
    }

  return answer;
}

static gboolean
lacks_final (const BaristaSqlTable *table, const char *const *names)
{
  return table->database == NULL && !table->has_final && g_strv_contains (names, table->name);
}

/**
 * barista_sql_needs_final:
 * @names: tables that have to be read with FINAL
 *
 * Returns: whether one of them is read without
 */
BaristaSqlAnswer
barista_sql_needs_final (const BaristaSql *self, const char *const *names)
{
  BaristaSqlAnswer answer = self->doubts->len > 0 ? BARISTA_SQL_UNKNOWN : BARISTA_SQL_NO;

  if (self->sets_final)
    return answer;

  for (guint i = 0; i < self->tables->len; i++)
    {
      const BaristaSqlTable *table = &g_array_index (self->tables, BaristaSqlTable, i);

      if (!lacks_final (table, names))
        continue;
      if (table->certain)
        return BARISTA_SQL_YES;
      answer = BARISTA_SQL_UNKNOWN;
    }

  return answer;
}

/**
 * barista_sql_add_final:
 * @names: tables that have to be read with FINAL
 *
 * Puts FINAL behind each place that reads one of them without, where it can stand: not behind IN.
 *
 * Returns: (transfer full): the statement, nothing else changed
 */
char *
barista_sql_add_final (const BaristaSql *self, const char *const *names)
{
  g_autoptr (GString) text = g_string_sized_new (self->length + 64);
  gsize at = 0;

  for (guint i = 0; i < self->tables->len; i++)
    {
      const BaristaSqlTable *table = &g_array_index (self->tables, BaristaSqlTable, i);

      if (!lacks_final (table, names) || !table->has_place)
        continue;
      g_string_append_len (text, self->text + at, (gssize) (table->final_at - at));
      g_string_append (text, " FINAL");
      at = table->final_at;
      /* A quoted name needs no blank behind it, FINAL does. */
      if (g_ascii_isalnum (self->text[at]) || self->text[at] == '_' || self->text[at] == '$')
        g_string_append_c (text, ' ');
    }

  g_string_append_len (text, self->text + at, (gssize) (self->length - at));
  return g_string_free (g_steal_pointer (&text), FALSE);
}
