/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "barista-pages.h"
#include "ui-drive.h"

G_BEGIN_DECLS

/* One page in a window of its own, over a session of the practice Dekaf. */
typedef struct
{
  BaristaSession *session;
  GtkWindow *window;
  BaristaStepPage *page;
} UiPage;

/* @scenarios: (nullable): names of faults, with a NULL behind; @fields: 0 = as they are. The check
 * has ended. */
void ui_page_init (UiPage *self,
                   BaristaStep step,
                   const char *const *scenarios,
                   guint n_topics,
                   guint n_fields);
/* Without a check that has ended. */
void ui_page_init_for (UiPage *self, BaristaStep step, BaristaSession *session);
void ui_page_clear (UiPage *self);
/* Chooses a topic and waits until it was looked at. */
void ui_page_choose (UiPage *self, const char *topic);
/* Until the main loop has nothing to do. */
void ui_page_settle (UiPage *self);
/* A picture for eyes, if BARISTA_SHOTS names a folder. */
void ui_page_shot (UiPage *self, const char *name);
void ui_page_resize (UiPage *self, int width, int height);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (UiPage, ui_page_clear)

G_END_DECLS
