/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "barista-session.h"

G_BEGIN_DECLS

/**
 * BaristaStepPage:
 *
 * Base of the pages, one per step: title, one sentence, and what the page itself is. A page is a
 * template and a few handlers: it binds its widgets to the setup of its session and reads the rest
 * from the session's properties and signals. Made once per window, kept while another is shown.
 *
 * Properties: "session" (construct-only), "step" (construct-only), "title", "description", "wide"
 * (a full-width working area instead of a column of 640), "content" (the page's own widget, the
 * template's child).
 *
 * A page of a class with pieces (barista-pieces.h) makes them by itself: it may be shown before it is
 * whole, and is entered once it is.
 */
#define BARISTA_TYPE_STEP_PAGE (barista_step_page_get_type ())
G_DECLARE_DERIVABLE_TYPE (BaristaStepPage, barista_step_page, BARISTA, STEP_PAGE, AdwBin)

struct _BaristaStepPageClass
{
  AdwBinClass parent_class;

  /* The page comes into view. Starts what it needs, focuses the first field that is empty. */
  void (*enter) (BaristaStepPage *self);
  void (*leave) (BaristaStepPage *self);
  /* Next was pressed too early: focus the field of @missing (BaristaStepInfo) and say @text there. */
  void (*show_missing) (BaristaStepPage *self, const char *missing, const char *text);
  /* Keys came that are meant for what is still being made: makes what they go to and puts the keyboard
   * there. FALSE: it was all there. The page itself is whole. */
  gboolean (*finish) (BaristaStepPage *self);
  /* A finding or a station leads here: bring what it is about ("orders", a column...) into view. */
  void (*show_place) (BaristaStepPage *self, const char *place);
};

BaristaSession *barista_step_page_get_session (BaristaStepPage *self);
BaristaSetup *barista_step_page_get_setup (BaristaStepPage *self);
BaristaStep barista_step_page_get_step (BaristaStepPage *self);
void barista_step_page_enter (BaristaStepPage *self);
void barista_step_page_leave (BaristaStepPage *self);
/* Makes at once what keys go to, the page itself first. FALSE: it was all there. */
gboolean barista_step_page_finish (BaristaStepPage *self);
void barista_step_page_show_missing (BaristaStepPage *self, const char *missing, const char *text);
void barista_step_page_show_place (BaristaStepPage *self, const char *place);
/* For "entry-activated" of a page's field: Return in it is Next when the step is fine. */
void barista_step_page_next_if_fine (BaristaStepPage *self);
/* Shows @text for a moment in the window; @undo: with a button that undoes the last change. */
void barista_step_page_toast (BaristaStepPage *self, const char *text, gboolean undo);

/*
 * Actions that any widget below a window may use:
 *   win.go ("s")    to a step by its word
 *   win.next, win.next-if-fine, win.back
 *   win.copy ("s")  to the clipboard, with a toast
 *   win.undo, win.redo
 *   win.check       try again now; win.cancel-check
 *   win.open-uri ("s")
 */

G_END_DECLS
