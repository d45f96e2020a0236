/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "barista-session.h"

G_BEGIN_DECLS

/**
 * BaristaFilesView:
 *
 * The topic's .datasource as it stands: written anew with each change, while it is looked at.
 */
#define BARISTA_TYPE_FILES_VIEW (barista_files_view_get_type ())
G_DECLARE_FINAL_TYPE (BaristaFilesView, barista_files_view, BARISTA, FILES_VIEW, AdwBin)

void barista_files_view_set_session (BaristaFilesView *self, BaristaSession *session);
void barista_files_view_set_table (BaristaFilesView *self, BaristaTable *table); /* nullable */

G_END_DECLS
