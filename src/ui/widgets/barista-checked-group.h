/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "barista-session.h"

#include <adwaita.h>

G_BEGIN_DECLS

/**
 * BaristaCheckedGroup:
 *
 * Answers that the check tries out: the route above them, and below them what is wrong, be it an
 * answer that is missing or what the check found. Its child in a template is the group of the answers.
 */
#define BARISTA_TYPE_CHECKED_GROUP (barista_checked_group_get_type ())
G_DECLARE_FINAL_TYPE (BaristaCheckedGroup, barista_checked_group, BARISTA, CHECKED_GROUP, AdwBin)

/* Shows what the checks of @session find that has its home at @step. */
void
barista_checked_group_follow (BaristaCheckedGroup *self, BaristaSession *session, BaristaStep step);
/* Puts the cursor into @entry and says @text there, unless the check has said what is wrong. */
void barista_checked_group_ask (BaristaCheckedGroup *self, GtkWidget *entry, const char *text);
/* Nothing is asked of @entry any more: it was changed. */
void barista_checked_group_clear (BaristaCheckedGroup *self, GtkWidget *entry);

G_END_DECLS
