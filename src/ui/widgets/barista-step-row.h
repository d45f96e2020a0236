/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "barista-session.h"

G_BEGIN_DECLS

/**
 * BaristaStepRow:
 *
 * A step in the sidebar: how it stands as an icon, its title, its answer in one dim line.
 */
#define BARISTA_TYPE_STEP_ROW (barista_step_row_get_type ())
G_DECLARE_FINAL_TYPE (BaristaStepRow, barista_step_row, BARISTA, STEP_ROW, GtkListBoxRow)

GtkWidget *barista_step_row_new (BaristaStep step);
BaristaStep barista_step_row_get_step (BaristaStepRow *self);
void barista_step_row_update (BaristaStepRow *self, const BaristaStepInfo *info);

G_END_DECLS
