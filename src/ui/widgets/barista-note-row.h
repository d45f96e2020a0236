/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "barista-session.h"

G_BEGIN_DECLS

/* A finding as a row: how bad it is, what was seen, what to do, and a button that does it where that
 * can be done by itself; one press is one entry of the undo list. Floating.
 * @level: how bad it is said to be */
GtkWidget *
barista_note_row_new (BaristaSession *session, const BaristaFinding *finding, BaristaLevel level);

G_END_DECLS
