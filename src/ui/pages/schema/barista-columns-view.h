/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "barista-replay.h"
#include "barista-session.h"

G_BEGIN_DECLS

/**
 * BaristaColumnsView:
 *
 * The columns of one topic's table, to be included, named, typed; with a search, and what is done to
 * all that it shows. Emits "selected" (a column's id) when another row is looked at.
 */
#define BARISTA_TYPE_COLUMNS_VIEW (barista_columns_view_get_type ())
G_DECLARE_FINAL_TYPE (BaristaColumnsView, barista_columns_view, BARISTA, COLUMNS_VIEW, AdwBin)

void barista_columns_view_set_session (BaristaColumnsView *self, BaristaSession *session);
BaristaSession *barista_columns_view_get_session (BaristaColumnsView *self);
/* Both nullable; @replay may be of an older table. */
void barista_columns_view_set_table (BaristaColumnsView *self, BaristaTable *table);
void barista_columns_view_set_replay (BaristaColumnsView *self, BaristaReplay *replay);
/* Only include, name and type: there is no room for more. */
void barista_columns_view_set_narrow (BaristaColumnsView *self, gboolean narrow);
/* By its id or its name. */
void barista_columns_view_show_column (BaristaColumnsView *self, const char *id);

/* For the cells. */
const char *barista_columns_view_get_topic (BaristaColumnsView *self);
void barista_columns_view_look_at (BaristaColumnsView *self, const char *id);
void barista_columns_view_choose_type (BaristaColumnsView *self, GtkWidget *cell, const char *id);

G_END_DECLS
