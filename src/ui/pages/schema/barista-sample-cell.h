/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "barista-replay.h"

G_BEGIN_DECLS

/**
 * BaristaSampleCell:
 *
 * One value of a sample record as the table would hold it, tinted where it would be rejected; or, in
 * a column of its own, what becomes of the record. The tooltip tells why.
 */
#define BARISTA_TYPE_SAMPLE_CELL (barista_sample_cell_get_type ())
G_DECLARE_FINAL_TYPE (BaristaSampleCell, barista_sample_cell, BARISTA, SAMPLE_CELL, AdwBin)

/* The slot of what becomes of the record. */
#define BARISTA_SAMPLE_STATE G_MAXUINT

GtkWidget *barista_sample_cell_new (guint slot);
/* @record: its number in the replay; shown with the next update. */
void barista_sample_cell_set_record (BaristaSampleCell *self, guint record);
void barista_sample_cell_update (BaristaSampleCell *self, BaristaReplay *replay, guint first);

G_END_DECLS
