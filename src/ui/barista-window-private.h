/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "barista-start-page.h"
#include "barista-step-row.h"
#include "barista-window.h"

G_BEGIN_DECLS

/* barista-window.c has the object and what is remembered of it, -steps the way through the pages,
 * -actions what keys and buttons call, -setups what is done with whole setups: start, open, rename,
 * duplicate, remove; -files what comes from files and goes into them; -keys the list of shortcuts. */

struct _BaristaWindow
{
  AdwApplicationWindow parent_instance;

  AdwToastOverlay *toasts;
  GtkStack *views;
  AdwToolbarView *start_view, *work_view, *sidebar_view, *page_view;
  AdwHeaderBar *start_header, *work_header;
  GMenuModel *start_menu, *work_menu;
  GtkMenuButton *start_menu_button, *work_menu_button;
  GtkCenterBox *step_buttons;
  AdwBreakpoint *narrow;
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
  GPtrArray *dropped;      /* pages of a session that is shown no more; not owned */
  guint drop_source;       /* takes them out */
  guint foot_source;       /* makes the route below the steps */
  GApplication *waiting;   /* for the end of a window that was closed; NULL: it wasn't */
  gboolean sidebar_wanted; /* where there is room */
  gboolean made_for_file;  /* it has no other purpose yet */
  gboolean gone;           /* destroyed, but somebody still has it */
  guint opening;           /* files and setups on their way into it */
  GCancellable *starting;  /* of a practice Dekaf on its way into it; NULL: none */
  gboolean next_pending;   /* Next goes on when the check has ended */
};

void window_install_setup_actions (GtkWidgetClass *widget_class);
void window_init_keys (BaristaWindow *self);
void window_show_keys (GtkWidget *widget, const char *name, GVariant *parameter);
void window_init_setups (BaristaWindow *self);
/* What a setup is called: by its name, else by its task's. */
char *window_name_setup (BaristaSetup *setup);
BaristaSession *window_session_new (BaristaWindow *self, BaristaSetup *setup, BaristaStep step);
/* The window of the application that works on it already; two would write over each other. */
BaristaWindow *window_find_setup (BaristaWindow *self, const char *id);
BaristaWindow *window_open_setup (BaristaWindow *self, const char *id);

/* What the session says, shown. */
void window_update_name (BaristaWindow *self);
void window_update_activity (BaristaWindow *self);
void window_update_offline (BaristaWindow *self);
void window_update_all_steps (BaristaWindow *self);

/* That which is shown: takes what is typed there, and has no say any more in where the keyboard is. */
void window_leave_page (BaristaWindow *self);
/* They go one at a time, when there is nothing else to do; @now: at once. */
void window_drop_pages (BaristaWindow *self, gboolean now);
void window_show_start (BaristaWindow *self);
/* On Start; @title: (nullable): there is none any more. */
void window_show_problem (BaristaWindow *self, const char *title, const char *body);
void window_go_to_row (BaristaWindow *self, GtkListBoxRow *row);
/* @pressed: else it goes on by itself. Returns TRUE if it went on. */
gboolean window_try_next (BaristaWindow *self, gboolean pressed);

void window_install_actions (GtkWidgetClass *widget_class);
/* The name was edited in place. */
void window_take_name (BaristaWindow *self);

void window_install_file_actions (GtkWidgetClass *widget_class);
void window_init_files (BaristaWindow *self);
void window_export_to (BaristaWindow *self, BaristaSetup *setup, GFile *file);
void window_toast (BaristaWindow *self, const char *text);

G_END_DECLS
