/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "barista-project.h"

G_BEGIN_DECLS

/**
 * BaristaNotesGroup:
 *
 * What is to be said of a project, the worst first: each a row that leads to the page where its
 * cause is. Hidden while there is nothing. Emits "file" (path, line) for a row whose place is a
 * file that is shown here.
 */
#define BARISTA_TYPE_NOTES_GROUP (barista_notes_group_get_type ())
G_DECLARE_FINAL_TYPE (BaristaNotesGroup, barista_notes_group, BARISTA, NOTES_GROUP, AdwBin)

void barista_notes_group_set_project (BaristaNotesGroup *self,
                                      BaristaProject *project,
                                      BaristaSession *session);

G_END_DECLS
