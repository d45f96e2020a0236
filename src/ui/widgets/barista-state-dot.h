/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "barista-route.h"

G_BEGIN_DECLS

/**
 * BaristaStateDot:
 *
 * How something stands, as a drawing of 18 x 18: ring (to do), turning ring (at work), disc (fine),
 * lozenge (attention), disc with a cross cut out (failed), dashed ring (left out). Shapes differ, so that
 * colour is never the only sign; colours are the theme's. Decoration: whoever shows it says the
 * state in words.
 *
 * Properties: "state" (BaristaStationState).
 */
#define BARISTA_TYPE_STATE_DOT (barista_state_dot_get_type ())
G_DECLARE_FINAL_TYPE (BaristaStateDot, barista_state_dot, BARISTA, STATE_DOT, GtkWidget)

GtkWidget *barista_state_dot_new (void);
void barista_state_dot_set_state (BaristaStateDot *self, BaristaStationState state);

G_END_DECLS
