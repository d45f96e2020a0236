/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "barista-setup-store.h"

G_BEGIN_DECLS

/**
 * BaristaStartPage:
 *
 * Where a window begins: the ways in, and the setups that were worked on before. Uses the window's
 * action win.start ("s": connect, create, practice, other), and those of its rows.
 */
#define BARISTA_TYPE_START_PAGE (barista_start_page_get_type ())
G_DECLARE_FINAL_TYPE (BaristaStartPage, barista_start_page, BARISTA, START_PAGE, AdwBin)

void barista_start_page_set_store (BaristaStartPage *self, BaristaSetupStore *store);
void barista_start_page_enter (BaristaStartPage *self);
/* A file that can't be opened; NULL @title: nothing is wrong. */
void barista_start_page_set_problem (BaristaStartPage *self, const char *title, const char *body);

G_END_DECLS
