/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "barista-session.h"

G_BEGIN_DECLS

/**
 * BaristaEngineView:
 *
 * How Tinybird keeps the rows: engine, sorting key, version, delete marker, partition, TTL; each with
 * what it is for, and below it what speaks against the answer.
 */
#define BARISTA_TYPE_ENGINE_VIEW (barista_engine_view_get_type ())
G_DECLARE_FINAL_TYPE (BaristaEngineView, barista_engine_view, BARISTA, ENGINE_VIEW, AdwBin)

void barista_engine_view_set_session (BaristaEngineView *self, BaristaSession *session);
void barista_engine_view_set_table (BaristaEngineView *self, BaristaTable *table); /* nullable */

G_END_DECLS
