/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/**
 * BaristaChipsEntry:
 *
 * A list of collections, typed or pasted by the dozen. Blanks, commas and line ends part them;
 * quotes and the endings of a subject are taken off. A name that is none is flagged and says why.
 * Backspace at the start takes the last one back to be mended.
 *
 * Properties: "items" (GStrv, read-write).
 */
#define BARISTA_TYPE_CHIPS_ENTRY (barista_chips_entry_get_type ())
G_DECLARE_FINAL_TYPE (BaristaChipsEntry, barista_chips_entry, BARISTA, CHIPS_ENTRY, AdwBin)

const char *const *barista_chips_entry_get_items (BaristaChipsEntry *self);
void barista_chips_entry_set_items (BaristaChipsEntry *self, const char *const *items);
/* Takes what stands in the entry, as Enter does. */
void barista_chips_entry_commit (BaristaChipsEntry *self);
/* Says @text below it until something changes. */
void barista_chips_entry_set_problem (BaristaChipsEntry *self, const char *text);

G_END_DECLS
