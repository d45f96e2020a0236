/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "barista-replay.h"
#include "barista-session.h"

G_BEGIN_DECLS

/**
 * BaristaTypeChooser:
 *
 * Types that a column may have, each with what it is good for and how much of the sample fits; and a
 * field for any other. Made when it is asked for, and gone when it closes.
 */
#define BARISTA_TYPE_TYPE_CHOOSER (barista_type_chooser_get_type ())
G_DECLARE_FINAL_TYPE (BaristaTypeChooser, barista_type_chooser, BARISTA, TYPE_CHOOSER, GtkPopover)

/* @replay: (nullable). The caller gives it a parent, and takes it off if it goes first. */
GtkWidget *barista_type_chooser_new (BaristaSession *session,
                                     BaristaTable *table,
                                     const BaristaColumn *column,
                                     BaristaReplay *replay);

G_END_DECLS
