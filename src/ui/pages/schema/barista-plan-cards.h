/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "barista-session.h"

G_BEGIN_DECLS

/**
 * BaristaPlanCards:
 *
 * What becomes of deleted rows: four cards, one of which is chosen. The recommended one says why.
 */
#define BARISTA_TYPE_PLAN_CARDS (barista_plan_cards_get_type ())
G_DECLARE_FINAL_TYPE (BaristaPlanCards, barista_plan_cards, BARISTA, PLAN_CARDS, AdwBin)

void barista_plan_cards_set_session (BaristaPlanCards *self, BaristaSession *session);
void barista_plan_cards_set_table (BaristaPlanCards *self, BaristaTable *table); /* nullable */
void barista_plan_cards_set_narrow (BaristaPlanCards *self, gboolean narrow);

G_END_DECLS
