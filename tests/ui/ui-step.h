/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "barista-pages.h"
#include "barista-window.h"
#include "ui-drive.h"

G_BEGIN_DECLS

/* A whole window at the page of a step. */
typedef struct
{
  BaristaWindow *window;
  BaristaSession *session;
  BaristaSetup *setup;
  GtkWidget *page;
} UiStep;

/* Takes @session. */
void ui_step_open_session (UiStep *self, BaristaSession *session, BaristaStep step);
/* Of a setup that has never been checked. */
void ui_step_open (UiStep *self, const char *task, gboolean managed, BaristaStep step);
/* Of a practice Dekaf, once it was checked; @scenario: (nullable): a fault. */
void ui_step_open_practice (UiStep *self, const char *scenario, BaristaStep step);
/* The page must go with its window. */
void ui_step_close (UiStep *self);
/* What is below the page by that label or title; it must be there. */
GtkWidget *ui_step_find (UiStep *self, GType type, const char *label);
/* The next control by Tab alone, wrapping inside the page. */
GtkWidget *ui_step_tab (UiStep *self);
gboolean ui_step_has_focus (UiStep *self, GtkWidget *widget);
void ui_type (GtkWidget *entry, const char *text);
/* Every control that takes the keyboard has a name for assistive technology. */
void ui_assert_named (GtkWidget *below);
char *ui_read_clipboard (GtkWidget *widget);

G_END_DECLS
