/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "barista-column-list.h"

#include "barista-column-answers.h"

#include <string.h>

struct _BaristaColumnList
{
  BaristaSlotList parent_instance;

  BaristaTable *table;
  char *query;
};

G_DEFINE_FINAL_TYPE (BaristaColumnList, barista_column_list, BARISTA_TYPE_SLOT_LIST)

/* @folded: in small letters; only texts of other scripts have to be folded first */
static gboolean
contains (const char *text, const char *folded)
{
  gsize length = strlen (folded);
  g_autofree char *lower = NULL;

  if (text == NULL)
    return FALSE;
  if (!g_str_is_ascii (text))
    {
      lower = g_utf8_strdown (text, -1);
      return strstr (lower, folded) != NULL;
    }

  for (; *text != '\0'; text++)
    if (g_ascii_tolower (*text) == *folded && g_ascii_strncasecmp (text, folded, length) == 0)
      return TRUE;
  return FALSE;
}

static gboolean
is_found (BaristaColumnList *self, const BaristaColumn *column)
{
  return *self->query == '\0' || contains (column->name, self->query)
         || contains (column->path, self->query) || contains (column->type, self->query);
}

static void
search (BaristaColumnList *self)
{
  GArray *found = g_array_new (FALSE, FALSE, sizeof (guint));
  GPtrArray *columns = self->table != NULL ? barista_table_get_columns (self->table) : NULL;

  for (guint i = 0; columns != NULL && i < columns->len; i++)
    if (is_found (self, columns->pdata[i]))
      g_array_append_val (found, i);

  barista_slot_list_show (BARISTA_SLOT_LIST (self), found, columns != NULL ? columns->len : 0);
}

static gboolean
same_places (BaristaTable *a, BaristaTable *b)
{
  GPtrArray *as = a != NULL ? barista_table_get_columns (a) : NULL;
  GPtrArray *bs = b != NULL ? barista_table_get_columns (b) : NULL;

  if (as == NULL || bs == NULL || as->len != bs->len)
    return FALSE;
  for (guint i = 0; i < as->len; i++)
    if (!g_str_equal (barista_column_get_id (as->pdata[i]), barista_column_get_id (bs->pdata[i])))
      return FALSE;

  return TRUE;
}

static void
barista_column_list_finalize (GObject *object)
{
  BaristaColumnList *self = BARISTA_COLUMN_LIST (object);

  g_clear_object (&self->table);
  g_free (self->query);

  G_OBJECT_CLASS (barista_column_list_parent_class)->finalize (object);
}

static void
barista_column_list_class_init (BaristaColumnListClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = barista_column_list_finalize;
}

static void
barista_column_list_init (BaristaColumnList *self)
{
  self->query = g_strdup ("");
}

BaristaColumnList *
barista_column_list_new (void)
{
  return g_object_new (BARISTA_TYPE_COLUMN_LIST, NULL);
}

static gboolean
is_same (const BaristaColumn *a, const BaristaColumn *b)
{
  return !a->included == !b->included && !a->nullable == !b->nullable && a->role == b->role
         && g_str_equal (a->name, b->name) && g_str_equal (a->type, b->type)
         && g_strcmp0 (a->path, b->path) == 0 && g_strcmp0 (a->reason, b->reason) == 0;
}

/* @user_data: the columns as they were, at the same places */
static gboolean
is_other (BaristaSlotList *list, guint index, gpointer user_data)
{
  GPtrArray *before = user_data;
  GPtrArray *columns = barista_table_get_columns (BARISTA_COLUMN_LIST (list)->table);

  return !is_same (before->pdata[index], columns->pdata[index]);
}

/**
 * barista_column_list_set_table:
 * @self: the list
 * @table: (nullable): the table; one with the same places keeps what a search has found, even if a
 *   name is another now: a row doesn't go while one types in it
 */
void
barista_column_list_set_table (BaristaColumnList *self, BaristaTable *table)
{
  g_autoptr (BaristaTable) before = self->table != NULL ? g_object_ref (self->table) : NULL;
  gboolean same;

  if (self->table == table)
    return;

  same = same_places (self->table, table);
  g_set_object (&self->table, table);
  if (same)
    barista_slot_list_refill_some (BARISTA_SLOT_LIST (self), is_other,
                                   barista_table_get_columns (before));
  else
    search (self);
}

BaristaTable *
barista_column_list_get_table (BaristaColumnList *self)
{
  return self->table;
}

void
barista_column_list_set_query (BaristaColumnList *self, const char *typed)
{
  g_autofree char *stripped = g_strstrip (g_strdup (typed));
  g_autofree char *query = g_utf8_strdown (stripped, -1);

  if (g_set_str (&self->query, query))
    search (self);
}

const BaristaColumn *
barista_column_list_get_column (BaristaColumnList *self, guint position)
{
  BaristaSlotList *list = BARISTA_SLOT_LIST (self);

  g_return_val_if_fail (position < barista_slot_list_get_n (list), NULL);

  return g_ptr_array_index (barista_table_get_columns (self->table),
                            barista_slot_list_get_index (list, position));
}

const BaristaColumn *
barista_column_list_read_slot (BaristaSlot *slot)
{
  guint index;
  BaristaSlotList *list = barista_slot_locate (slot, &index);

  return list != NULL
             ? g_ptr_array_index (barista_table_get_columns (BARISTA_COLUMN_LIST (list)->table),
                                  index)
             : NULL;
}

guint
barista_column_list_find (BaristaColumnList *self, const char *id)
{
  guint n = barista_slot_list_get_n (BARISTA_SLOT_LIST (self));

  for (guint i = 0; i < n; i++)
    {
      const BaristaColumn *column = barista_column_list_get_column (self, i);

      if (g_str_equal (barista_column_get_id (column), id) || g_str_equal (column->name, id))
        return i;
    }

  return G_MAXUINT;
}
