/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * BaristaSlot:
 *
 * A row's place in a #BaristaSlotList. The list puts something else into it when a search or an
 * answer changes: "changed" is emitted then, and the row fills itself anew. Rows are told before the
 * next frame, a few ms at a time.
 */
#define BARISTA_TYPE_SLOT (barista_slot_get_type ())
G_DECLARE_FINAL_TYPE (BaristaSlot, barista_slot, BARISTA, SLOT, GObject)

/**
 * BaristaSlotList:
 *
 * Some of the things of a source, such as those that a search finds, as a list model of slots. The
 * things stay where they are; objects are made for the rows that are looked at, and only those. When
 * others are found, the rows that are there get other contents and keep the focus of who types in
 * them, and only the end of the list is said to have changed (100,000 rows made anew would take
 * 20 ms).
 *
 * A subclass has the source and says which indexes of it are shown.
 */
#define BARISTA_TYPE_SLOT_LIST (barista_slot_list_get_type ())
G_DECLARE_DERIVABLE_TYPE (BaristaSlotList, barista_slot_list, BARISTA, SLOT_LIST, GObject)

struct _BaristaSlotListClass
{
  GObjectClass parent_class;
};

void barista_slot_list_show (BaristaSlotList *self, GArray *found, guint n_all);
void barista_slot_list_refill (BaristaSlotList *self);
/* Whether the thing at @index of the source shows otherwise than before. */
typedef gboolean (*BaristaSlotIsOther) (BaristaSlotList *self, guint index, gpointer user_data);
void barista_slot_list_refill_some (BaristaSlotList *self,
                                    BaristaSlotIsOther is_other,
                                    gpointer user_data);
guint barista_slot_list_get_n (BaristaSlotList *self);
guint barista_slot_list_get_index (BaristaSlotList *self, guint position);
BaristaSlotList *barista_slot_locate (BaristaSlot *self, guint *index);

G_END_DECLS
