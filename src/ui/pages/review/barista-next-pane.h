/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "barista-project.h"

G_BEGIN_DECLS

/**
 * BaristaNextPane:
 *
 * What remains to be done once the files are saved: the commands in order, each with a copy button;
 * for a Classic workspace the web form's values in its order before them. No value of a secret
 * among them. Also how far the consumer groups have read, by the last check.
 */
#define BARISTA_TYPE_NEXT_PANE (barista_next_pane_get_type ())
G_DECLARE_FINAL_TYPE (BaristaNextPane, barista_next_pane, BARISTA, NEXT_PANE, AdwBin)

void barista_next_pane_set_project (BaristaNextPane *self,
                                    BaristaProject *project,
                                    BaristaSession *session);

G_END_DECLS
