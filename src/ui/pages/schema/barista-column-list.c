/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "barista-column-list.h"

#include "barista-column-answers.h"

#include <string.h>

struct _BaristaColumnItem
{
  GObject parent_instance;

  BaristaColumnList *list; /* not owned; NULL once the list doesn't know it any more */
  guint position;
};

struct _BaristaColumnList
{
  GObject parent_instance;

  BaristaTable *table;
  char *query;
  GArray *found;    /* guint, indexes into the table's columns */
  GHashTable *live; /* position -> BaristaColumnItem, not owned */
};

enum
{
  CHANGED,
  N_SIGNALS
};
static guint signals[N_SIGNALS];

static void list_model_init (GListModelInterface *iface);

G_DEFINE_FINAL_TYPE (BaristaColumnItem, barista_column_item, G_TYPE_OBJECT)
G_DEFINE_FINAL_TYPE_WITH_CODE (BaristaColumnList,
                               barista_column_list,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, list_model_init))

static void
barista_column_item_finalize (GObject *object)
{
  BaristaColumnItem *self = BARISTA_COLUMN_ITEM (object);

  if (self->list != NULL)
    g_hash_table_remove (self->list->live, GUINT_TO_POINTER (self->position));

  G_OBJECT_CLASS (barista_column_item_parent_class)->finalize (object);
}

static void
barista_column_item_class_init (BaristaColumnItemClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = barista_column_item_finalize;

  signals[CHANGED] = g_signal_new ("changed", BARISTA_TYPE_COLUMN_ITEM, G_SIGNAL_RUN_LAST, 0, NULL,
                                   NULL, NULL, G_TYPE_NONE, 0);
}

static void
barista_column_item_init (BaristaColumnItem *self)
{
}

const BaristaColumn *
barista_column_item_get_column (BaristaColumnItem *self)
{
  if (self->list == NULL || self->position >= self->list->found->len)
    return NULL;

  return barista_column_list_get_column (self->list, self->position);
}

static GType
get_item_type (GListModel *model)
{
  return BARISTA_TYPE_COLUMN_ITEM;
}

static guint
get_n_items (GListModel *model)
{
  return BARISTA_COLUMN_LIST (model)->found->len;
}

static gpointer
get_item (GListModel *model, guint position)
{
  BaristaColumnList *self = BARISTA_COLUMN_LIST (model);
  BaristaColumnItem *item;

  if (position >= self->found->len)
    return NULL;

  item = g_hash_table_lookup (self->live, GUINT_TO_POINTER (position));
  if (item != NULL)
    return g_object_ref (item);

  item = g_object_new (BARISTA_TYPE_COLUMN_ITEM, NULL);
  item->list = self;
  item->position = position;
  g_hash_table_insert (self->live, GUINT_TO_POINTER (position), item);
  return item;
}

static void
list_model_init (GListModelInterface *iface)
{
  iface->get_item_type = get_item_type;
  iface->get_n_items = get_n_items;
  iface->get_item = get_item;
}

static void
let_go (BaristaColumnList *self, guint end)
{
  GHashTableIter iter;
  gpointer value;

  g_hash_table_iter_init (&iter, self->live);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    {
      BaristaColumnItem *item = value;

      if (item->position < end)
        continue;
      item->list = NULL;
      g_hash_table_iter_remove (&iter);
    }
}

static void
refill (BaristaColumnList *self)
{
  g_autoptr (GPtrArray) items = g_hash_table_get_values_as_ptr_array (self->live);

  for (guint i = 0; i < items->len; i++)
    g_object_ref (items->pdata[i]);
  g_ptr_array_set_free_func (items, g_object_unref);
  for (guint i = 0; i < items->len; i++)
    g_signal_emit (items->pdata[i], signals[CHANGED], 0);
}

static gboolean
contains (const char *text, const char *folded)
{
  g_autofree char *lower = text != NULL ? g_utf8_strdown (text, -1) : NULL;

  return lower != NULL && strstr (lower, folded) != NULL;
}

static gboolean
is_found (BaristaColumnList *self, const BaristaColumn *column)
{
  return *self->query == '\0' || contains (column->name, self->query)
         || contains (column->path, self->query) || contains (column->type, self->query);
}

static GArray *
search (BaristaColumnList *self)
{
  GArray *found = g_array_new (FALSE, FALSE, sizeof (guint));
  GPtrArray *columns = self->table != NULL ? barista_table_get_columns (self->table) : NULL;

  for (guint i = 0; columns != NULL && i < columns->len; i++)
    if (is_found (self, columns->pdata[i]))
      g_array_append_val (found, i);

  return found;
}

static void
put_in_place (BaristaColumnList *self, GArray *found)
{
  guint before = self->found->len;
  guint kept = MIN (before, found->len);

  g_array_unref (self->found);
  self->found = found;
  let_go (self, kept);
  if (before != found->len)
    g_list_model_items_changed (G_LIST_MODEL (self), kept, before - kept, found->len - kept);
  refill (self);
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

  let_go (self, 0);
  g_hash_table_unref (self->live);
  g_array_unref (self->found);
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
  self->live = g_hash_table_new (NULL, NULL);
  self->found = g_array_new (FALSE, FALSE, sizeof (guint));
  self->query = g_strdup ("");
}

BaristaColumnList *
barista_column_list_new (void)
{
  return g_object_new (BARISTA_TYPE_COLUMN_LIST, NULL);
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
  gboolean same;

  if (self->table == table)
    return;

  same = same_places (self->table, table);
  g_set_object (&self->table, table);
  if (same)
    refill (self);
  else
    put_in_place (self, search (self));
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
    put_in_place (self, search (self));
}

const BaristaColumn *
barista_column_list_get_column (BaristaColumnList *self, guint position)
{
  guint index;

  g_return_val_if_fail (position < self->found->len, NULL);

  index = g_array_index (self->found, guint, position);
  return g_ptr_array_index (barista_table_get_columns (self->table), index);
}

guint
barista_column_list_find (BaristaColumnList *self, const char *id)
{
  for (guint i = 0; i < self->found->len; i++)
    {
      const BaristaColumn *column = barista_column_list_get_column (self, i);

      if (g_str_equal (barista_column_get_id (column), id) || g_str_equal (column->name, id))
        return i;
    }

  return G_MAXUINT;
}
