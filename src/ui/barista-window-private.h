/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "barista-start-page.h"
#include "barista-step-row.h"
#include "barista-window.h"

G_BEGIN_DECLS

/* barista-window.c has the object and the way through the steps, -setups what is done with whole
 * setups: start, open, export, duplicate, remove; -keys the list of shortcuts. */

struct _BaristaWindow
{
  AdwApplicationWindow parent_instance;

  AdwToastOverlay *toasts;
  GtkStack *views;
  BaristaStartPage *start_page;
  GtkEditableLabel *name;
  AdwBanner *practice_banner, *offline_banner;
  AdwOverlaySplitView *split;
  GtkListBox *step_list;
  AdwBin *route_foot;
  GtkStack *pages;
  GtkWidget *activity_box;
  GtkLabel *activity;
  GtkButton *back_button, *next_button;
  GtkWidget *review_button, *sidebar_button;

  BaristaSetupStore *store;
  BaristaSession *session;
  GtkWidget *step_rows[BARISTA_N_STEPS];
  GtkWidget *step_pages[BARISTA_N_STEPS];
  gboolean sidebar_wanted; /* where there is room */
  gboolean next_pending;   /* Next goes on when the check has ended */
};

void window_install_setup_actions (GtkWidgetClass *widget_class);
void window_show_keys (GtkWidget *widget, const char *name, GVariant *parameter);
void window_init_setups (BaristaWindow *self);
const char *window_get_setup_name (BaristaWindow *self);
void window_toast (BaristaWindow *self, const char *text);

G_END_DECLS
