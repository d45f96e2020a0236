/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "barista-step-page.h"

G_BEGIN_DECLS

/**
 * BaristaTopicsPage:
 *
 * The topics of the task, as the server lists them; one chooses those that become data sources.
 */
#define BARISTA_TYPE_TOPICS_PAGE (barista_topics_page_get_type ())
G_DECLARE_FINAL_TYPE (BaristaTopicsPage, barista_topics_page, BARISTA, TOPICS_PAGE, BaristaStepPage)

G_END_DECLS
