/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * The window: says what the program is for and which commands do the same work in a terminal.
 * The application owns it.
 */

#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define BARISTA_TYPE_WINDOW (barista_window_get_type ())

G_DECLARE_FINAL_TYPE (BaristaWindow, barista_window, BARISTA, WINDOW, AdwApplicationWindow)

BaristaWindow *barista_window_new (GtkApplication *application, GFile *profile);

G_END_DECLS
