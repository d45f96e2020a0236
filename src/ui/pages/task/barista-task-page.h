/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "barista-step-page.h"

G_BEGIN_DECLS

/* Task: its full name; for a new one also collections, deletions and token. */
#define BARISTA_TYPE_TASK_PAGE (barista_task_page_get_type ())
G_DECLARE_FINAL_TYPE (BaristaTaskPage, barista_task_page, BARISTA, TASK_PAGE, BaristaStepPage)

G_END_DECLS
