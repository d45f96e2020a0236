/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "barista-slot-list.h"

#include "barista-slices.h"

struct _BaristaSlot
{
  GObject parent_instance;

  BaristaSlotList *list; /* not owned; NULL once the list doesn't know it any more */
  guint position;
};

typedef struct
{
  GArray *found; /* guint, indexes into the source; NULL: all */
  guint n_all;
  GHashTable *live;  /* position -> BaristaSlot, not owned */
  GHashTable *stale; /* set of BaristaSlot: those that show what they don't hold any more */
  guint source;
} BaristaSlotListPrivate;

enum
{
  CHANGED,
  N_SIGNALS
};
static guint signals[N_SIGNALS];

static void list_model_init (GListModelInterface *iface);

G_DEFINE_FINAL_TYPE (BaristaSlot, barista_slot, G_TYPE_OBJECT)
G_DEFINE_TYPE_WITH_CODE (BaristaSlotList,
                         barista_slot_list,
                         G_TYPE_OBJECT,
                         G_ADD_PRIVATE (BaristaSlotList)
                             G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, list_model_init))

static BaristaSlotListPrivate *
get_private (BaristaSlotList *self)
{
  return barista_slot_list_get_instance_private (self);
}

/* --- slots --- */

static void
barista_slot_finalize (GObject *object)
{
  BaristaSlot *self = BARISTA_SLOT (object);

  if (self->list != NULL)
    g_hash_table_remove (get_private (self->list)->live, GUINT_TO_POINTER (self->position));

  G_OBJECT_CLASS (barista_slot_parent_class)->finalize (object);
}

static void
barista_slot_class_init (BaristaSlotClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = barista_slot_finalize;

  signals[CHANGED] = g_signal_new ("changed", BARISTA_TYPE_SLOT, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                   NULL, G_TYPE_NONE, 0);
}

static void
barista_slot_init (BaristaSlot *self)
{
}

/**
 * barista_slot_locate:
 * @self: the slot
 * @index: (out): of the thing in it, in the list's source
 *
 * Returns: (transfer none) (nullable): its list; %NULL: the list has gone on without it
 */
BaristaSlotList *
barista_slot_locate (BaristaSlot *self, guint *index)
{
  if (self->list == NULL || self->position >= barista_slot_list_get_n (self->list))
    return NULL;

  *index = barista_slot_list_get_index (self->list, self->position);
  return self->list;
}

/* --- the list model --- */

static GType
get_item_type (GListModel *model)
{
  return BARISTA_TYPE_SLOT;
}

static guint
get_n_items (GListModel *model)
{
  return barista_slot_list_get_n (BARISTA_SLOT_LIST (model));
}

static gpointer
get_item (GListModel *model, guint position)
{
  BaristaSlotList *self = BARISTA_SLOT_LIST (model);
  BaristaSlotListPrivate *priv = get_private (self);
  BaristaSlot *slot;

  if (position >= barista_slot_list_get_n (self))
    return NULL;

  slot = g_hash_table_lookup (priv->live, GUINT_TO_POINTER (position));
  if (slot != NULL)
    return g_object_ref (slot);

  slot = g_object_new (BARISTA_TYPE_SLOT, NULL);
  slot->list = self;
  slot->position = position;
  g_hash_table_insert (priv->live, GUINT_TO_POINTER (position), slot);
  return slot;
}

static void
list_model_init (GListModelInterface *iface)
{
  iface->get_item_type = get_item_type;
  iface->get_n_items = get_n_items;
  iface->get_item = get_item;
}

/* --- what is found comes into place --- */

/* Slots at or above the new end: they must not come back with what they showed. */
static void
let_go (BaristaSlotList *self, guint end)
{
  GHashTableIter iter;
  gpointer value;

  g_hash_table_iter_init (&iter, get_private (self)->live);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    {
      BaristaSlot *slot = value;

      if (slot->position < end)
        continue;
      slot->list = NULL;
      g_hash_table_iter_remove (&iter);
    }
}

static gboolean
tell_one (gpointer user_data)
{
  BaristaSlotListPrivate *priv = get_private (user_data);
  GHashTableIter iter;
  gpointer slot;

  g_hash_table_iter_init (&iter, priv->stale);
  if (g_hash_table_iter_next (&iter, &slot, NULL))
    {
      g_hash_table_iter_steal (&iter);
      g_signal_emit (slot, signals[CHANGED], 0);
      g_object_unref (slot);
    }
  if (g_hash_table_size (priv->stale) > 0)
    return G_SOURCE_CONTINUE;

  priv->source = 0;
  return G_SOURCE_REMOVE;
}

/**
 * barista_slot_list_refill_some:
 * @self: the list
 * @is_other: (nullable) (scope call): whether a thing shows otherwise than before; %NULL: all do
 * @user_data: for @is_other
 *
 * Makes rows fill themselves anew whose thing is another one.
 */
void
barista_slot_list_refill_some (BaristaSlotList *self,
                               BaristaSlotIsOther is_other,
                               gpointer user_data)
{
  BaristaSlotListPrivate *priv = get_private (self);
  GHashTableIter iter;
  gpointer slot;

  g_hash_table_iter_init (&iter, priv->live);
  while (g_hash_table_iter_next (&iter, NULL, &slot))
    {
      guint index;

      if (is_other == NULL || barista_slot_locate (slot, &index) == NULL
          || is_other (self, index, user_data))
        g_hash_table_add (priv->stale, g_object_ref (slot));
    }
  if (priv->source == 0 && g_hash_table_size (priv->stale) > 0)
    priv->source = barista_slices_start (tell_one, self);
}

/**
 * barista_slot_list_refill:
 * @self: the list
 *
 * Makes all rows fill themselves anew: the same places hold other things, or the same ones changed.
 */
void
barista_slot_list_refill (BaristaSlotList *self)
{
  barista_slot_list_refill_some (self, NULL, NULL);
}

/**
 * barista_slot_list_show:
 * @self: the list
 * @found: (transfer full) (nullable) (element-type guint): indexes of what is shown from now on;
 *   %NULL: all
 * @n_all: how many things the source has
 */
void
barista_slot_list_show (BaristaSlotList *self, GArray *found, guint n_all)
{
  BaristaSlotListPrivate *priv = get_private (self);
  guint before = barista_slot_list_get_n (self);
  guint after, kept;

  g_clear_pointer (&priv->found, g_array_unref);
  priv->found = found;
  priv->n_all = n_all;

  after = barista_slot_list_get_n (self);
  kept = MIN (before, after);
  let_go (self, kept);
  if (before != after)
    g_list_model_items_changed (G_LIST_MODEL (self), kept, before - kept, after - kept);
  barista_slot_list_refill (self);
}

/* How many are shown. */
guint
barista_slot_list_get_n (BaristaSlotList *self)
{
  BaristaSlotListPrivate *priv = get_private (self);

  return priv->found != NULL ? priv->found->len : priv->n_all;
}

/**
 * barista_slot_list_get_index:
 * @self: the list
 * @position: less than barista_slot_list_get_n ()
 *
 * Returns: the index in the source of what is shown at @position
 */
guint
barista_slot_list_get_index (BaristaSlotList *self, guint position)
{
  BaristaSlotListPrivate *priv = get_private (self);

  return priv->found != NULL ? g_array_index (priv->found, guint, position) : position;
}

/* --- the object --- */

static void
barista_slot_list_finalize (GObject *object)
{
  BaristaSlotListPrivate *priv = get_private (BARISTA_SLOT_LIST (object));

  let_go (BARISTA_SLOT_LIST (object), 0);
  g_clear_handle_id (&priv->source, g_source_remove);
  g_hash_table_unref (priv->stale);
  g_hash_table_unref (priv->live);
  g_clear_pointer (&priv->found, g_array_unref);

  G_OBJECT_CLASS (barista_slot_list_parent_class)->finalize (object);
}

static void
barista_slot_list_class_init (BaristaSlotListClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = barista_slot_list_finalize;
}

static void
barista_slot_list_init (BaristaSlotList *self)
{
  BaristaSlotListPrivate *priv = get_private (self);

  priv->live = g_hash_table_new (NULL, NULL);
  priv->stale = g_hash_table_new_full (NULL, NULL, g_object_unref, NULL);
}
