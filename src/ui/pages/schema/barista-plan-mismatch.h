/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "barista-session.h"

G_BEGIN_DECLS

/**
 * BaristaPlanMismatch:
 *
 * Told where the deletion plan and the task's deletion mode don't go together: what is wrong, and
 * the Flow side's change. Shows itself only then.
 */
#define BARISTA_TYPE_PLAN_MISMATCH (barista_plan_mismatch_get_type ())
G_DECLARE_FINAL_TYPE (BaristaPlanMismatch, barista_plan_mismatch, BARISTA, PLAN_MISMATCH, AdwBin)

void barista_plan_mismatch_set_session (BaristaPlanMismatch *self, BaristaSession *session);
void
barista_plan_mismatch_set_table (BaristaPlanMismatch *self, BaristaTable *table); /* nullable */
void barista_plan_mismatch_set_narrow (BaristaPlanMismatch *self, gboolean narrow);

G_END_DECLS
