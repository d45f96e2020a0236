/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "barista-route.h"

G_BEGIN_DECLS

/* The route as a list, and a card for each station: what was tried, how long it took, what was seen.
 * A dialog on wide windows, a bottom sheet on narrow ones. */
#define BARISTA_TYPE_ROUTE_DIALOG (barista_route_dialog_get_type ())
G_DECLARE_FINAL_TYPE (BaristaRouteDialog, barista_route_dialog, BARISTA, ROUTE_DIALOG, AdwDialog)

/* @station: nullable: to open with its card */
BaristaRouteDialog *barista_route_dialog_new (BaristaRoute *route, BaristaStation *station);

G_END_DECLS
