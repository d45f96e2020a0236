/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "barista-session.h"

G_BEGIN_DECLS

/**
 * BaristaGroupRow:
 *
 * The reading position of one topic: the group's id, what the check found about it, and where
 * reading starts.
 */
#define BARISTA_TYPE_GROUP_ROW (barista_group_row_get_type ())
G_DECLARE_FINAL_TYPE (BaristaGroupRow, barista_group_row, BARISTA, GROUP_ROW, AdwPreferencesGroup)

GtkWidget *barista_group_row_new (BaristaSession *session, BaristaTopicChoice *choice);
BaristaTopicChoice *barista_group_row_get_choice (BaristaGroupRow *self);
const char *barista_group_row_get_topic (BaristaGroupRow *self);
void barista_group_row_update (BaristaGroupRow *self);
/* Focuses the id and says @text there (nullable). */
void barista_group_row_point_at (BaristaGroupRow *self, const char *text);

G_END_DECLS
