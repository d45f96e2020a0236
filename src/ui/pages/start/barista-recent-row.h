/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "barista-setup-store.h"

G_BEGIN_DECLS

/**
 * BaristaRecentRow:
 *
 * A setup of the store, as a card: what it is called, its task, how its last check ended, and when that
 * was. Opens it; its menu (also with the menu key or the other mouse button) renames, duplicates, exports
 * and deletes it, and so does the Delete key. Uses the window's actions win.open-setup,
 * win.rename-setup, win.duplicate-setup, win.export-setup and win.remove-setup (all "s": id).
 */
#define BARISTA_TYPE_RECENT_ROW (barista_recent_row_get_type ())
G_DECLARE_FINAL_TYPE (BaristaRecentRow, barista_recent_row, BARISTA, RECENT_ROW, AdwActionRow)

GtkWidget *barista_recent_row_new (BaristaSetupEntry *entry);
/* Days pass while a window is open. */
void barista_recent_row_refresh (BaristaRecentRow *self);

G_END_DECLS
