/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "barista-slot-list.h"
#include "barista-table.h"

G_BEGIN_DECLS

/**
 * BaristaColumnList:
 *
 * The columns of a table as a list of slots, those that a search finds. A table that differs only in
 * names, types and the like keeps its rows, and with them the focus of who types there.
 */
#define BARISTA_TYPE_COLUMN_LIST (barista_column_list_get_type ())
G_DECLARE_FINAL_TYPE (BaristaColumnList, barista_column_list, BARISTA, COLUMN_LIST, BaristaSlotList)

BaristaColumnList *barista_column_list_new (void);
void barista_column_list_set_table (BaristaColumnList *self, BaristaTable *table);
BaristaTable *barista_column_list_get_table (BaristaColumnList *self); /* nullable */
void barista_column_list_set_query (BaristaColumnList *self, const char *typed);
const BaristaColumn *barista_column_list_get_column (BaristaColumnList *self, guint position);
/* Of the list's table; NULL: the list has gone on without @slot. */
const BaristaColumn *barista_column_list_read_slot (BaristaSlot *slot);
/* G_MAXUINT: not shown */
guint barista_column_list_find (BaristaColumnList *self, const char *id);

G_END_DECLS
