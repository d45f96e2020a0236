/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "barista-replay.h"

G_BEGIN_DECLS

/**
 * BaristaVerdictLine:
 *
 * How many of the sample's records fit, and the one button that mends what can be mended. Told to
 * assistive technology when it is another one.
 *
 * "fix": the button was pressed.
 */
#define BARISTA_TYPE_VERDICT_LINE (barista_verdict_line_get_type ())
G_DECLARE_FINAL_TYPE (BaristaVerdictLine, barista_verdict_line, BARISTA, VERDICT_LINE, AdwBin)

/* @replay: (nullable): none; then @none says why */
void
barista_verdict_line_set_replay (BaristaVerdictLine *self, BaristaReplay *replay, const char *none);
void barista_verdict_line_set_narrow (BaristaVerdictLine *self, gboolean narrow);

G_END_DECLS
