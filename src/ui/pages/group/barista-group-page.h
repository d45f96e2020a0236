/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "barista-step-page.h"

G_BEGIN_DECLS

/**
 * BaristaGroupPage:
 *
 * Under which name Tinybird keeps its place in each topic, and where it starts.
 */
#define BARISTA_TYPE_GROUP_PAGE (barista_group_page_get_type ())
G_DECLARE_FINAL_TYPE (BaristaGroupPage, barista_group_page, BARISTA, GROUP_PAGE, BaristaStepPage)

G_END_DECLS
