/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * The window: Start, or the steps of one setup. It shows a BaristaSession and makes the pages; what
 * the steps are and where Next leads is the session's to say. The application owns it.
 */

#pragma once

#include <adwaita.h>

#include "barista-session.h"

G_BEGIN_DECLS

#define BARISTA_TYPE_WINDOW (barista_window_get_type ())

G_DECLARE_FINAL_TYPE (BaristaWindow, barista_window, BARISTA, WINDOW, AdwApplicationWindow)

BaristaWindow *barista_window_new (GtkApplication *application, BaristaSetupStore *store);
/* It closes again if another one has the file's setup already. */
BaristaWindow *barista_window_new_for_file (GtkApplication *application, BaristaSetupStore *store);

/* NULL while Start is shown and nothing was begun. */
BaristaSession *barista_window_get_session (BaristaWindow *self);
void barista_window_set_session (BaristaWindow *self, BaristaSession *session);
/* Whether it shows Start, and no file is on its way into it. */
gboolean barista_window_is_free (BaristaWindow *self);
/* A profile of anywhere is taken in as a setup of its own, once; what is wrong with it is said on Start. */
void barista_window_open_file (BaristaWindow *self, GFile *file);
void barista_window_go (BaristaWindow *self, BaristaStep step);
/* Its page; made if it was never shown. */
GtkWidget *barista_window_get_page (BaristaWindow *self, BaristaStep step);

G_END_DECLS
