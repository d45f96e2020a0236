/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "barista-project.h"

G_BEGIN_DECLS

/**
 * BaristaFilePane:
 *
 * The files of a project: the list with how each stands against the folder, beside it the file in
 * colours or its difference.
 */
#define BARISTA_TYPE_FILE_PANE (barista_file_pane_get_type ())
G_DECLARE_FINAL_TYPE (BaristaFilePane, barista_file_pane, BARISTA, FILE_PANE, AdwBin)

void barista_file_pane_set_project (BaristaFilePane *self, BaristaProject *project);
/* Selects the file and, unless 0, its line; FALSE: there is no such file. */
gboolean barista_file_pane_show (BaristaFilePane *self, const char *path, guint line);
/* One above the other instead of side by side. */
void barista_file_pane_set_narrow (BaristaFilePane *self, gboolean narrow);

G_END_DECLS
