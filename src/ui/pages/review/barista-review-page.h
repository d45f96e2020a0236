/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "barista-project.h"
#include "barista-step-page.h"

G_BEGIN_DECLS

/**
 * BaristaReviewPage:
 *
 * The last step: every file as it will be saved, against what is in the folder; what is to be said
 * of them; saving; then the commands that remain.
 */
#define BARISTA_TYPE_REVIEW_PAGE (barista_review_page_get_type ())
G_DECLARE_FINAL_TYPE (BaristaReviewPage, barista_review_page, BARISTA, REVIEW_PAGE, BaristaStepPage)

BaristaProject *barista_review_page_get_project (BaristaReviewPage *self);
/* As the button does: asks for a folder if there is none. */
void barista_review_page_save (BaristaReviewPage *self);

G_END_DECLS
