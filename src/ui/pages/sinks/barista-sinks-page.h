/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "barista-step-page.h"

G_BEGIN_DECLS

/**
 * BaristaSinksPage:
 *
 * Sinks and the connections that they write to; each has an editor of its own.
 */
#define BARISTA_TYPE_SINKS_PAGE (barista_sinks_page_get_type ())
G_DECLARE_FINAL_TYPE (BaristaSinksPage, barista_sinks_page, BARISTA, SINKS_PAGE, BaristaStepPage)

G_END_DECLS
