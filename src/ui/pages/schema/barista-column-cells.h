/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "barista-column-list.h"
#include "barista-columns-view.h"

G_BEGIN_DECLS

typedef enum
{
  BARISTA_CELL_INCLUDED,
  BARISTA_CELL_NAME,
  BARISTA_CELL_TYPE,
  BARISTA_CELL_NULLABLE,
  BARISTA_CELL_PATH,
  BARISTA_CELL_SOURCE,
  BARISTA_N_COLUMN_CELLS,
} BaristaColumnCellKind;

/**
 * BaristaColumnCell:
 *
 * One cell of the columns' list, of one kind. Cheap: 205 rows of them are made whatever the height.
 */
#define BARISTA_TYPE_COLUMN_CELL (barista_column_cell_get_type ())
G_DECLARE_FINAL_TYPE (BaristaColumnCell, barista_column_cell, BARISTA, COLUMN_CELL, AdwBin)

GtkWidget *barista_column_cell_new (BaristaColumnsView *view, BaristaColumnCellKind kind);
void barista_column_cell_set_slot (BaristaColumnCell *self, BaristaSlot *slot); /* nullable */

G_END_DECLS
