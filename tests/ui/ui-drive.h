/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "barista-session.h"
#include "barista-window.h"

G_BEGIN_DECLS

/* The application's own style, which there is no application for here. */
void ui_load_style (void);

/* One with all its pieces. */
BaristaWindow *ui_window_new (GtkApplication *application, BaristaSetupStore *store);

/* How a test uses a window, in-process: what is below a widget, what a person would press. */

GtkWidget *ui_find (GtkWidget *below, GType type);
/* The visible widget of that class whose label or title this is; NULL if there is none. */
GtkWidget *ui_find_label (GtkWidget *below, GType type, const char *label);
/* A label that is seen and has @text in it; NULL if there is none. */
GtkWidget *ui_find_text (GtkWidget *below, const char *text);
/* What the key does in the window: its own shortcuts, or the default button for Return. */
void ui_key (GtkWidget *window, guint key, GdkModifierType modifiers);
/* Presses the button with that label. */
void ui_click (GtkWidget *below, const char *label);
/* As a click on Start's button, until its practice Dekaf runs. */
void ui_begin_practice (BaristaWindow *window);
/* @target: (nullable): a string */
void ui_action (GtkWidget *widget, const char *action, const char *target);
/* Until no check runs, and what is to be told has been. */
void ui_wait_idle (BaristaSession *session);
/* Runs the main loop until @done (data) is TRUE. */
void ui_wait_until (gboolean (*done) (gpointer data), gpointer data);
/* A picture of @window as it would be drawn, as PNG; for eyes, not for tests. */
void ui_picture (GtkWindow *window, const char *path);
/* The same in the folder that BARISTA_SHOTS names, if it does. */
void ui_shot (GtkWindow *window, const char *name);

G_END_DECLS
