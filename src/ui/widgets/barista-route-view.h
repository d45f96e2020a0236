/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "barista-route.h"

G_BEGIN_DECLS

/**
 * BaristaRouteView:
 *
 * Draws the way of the data (ui.md, "the route"): five stations and the registry's branch, live.
 * A click or Enter on a station opens its card. All is well: one line, "Connected, 173 ms", which
 * opens the route. Too narrow: one line that opens a bottom sheet.
 *
 * Properties: "route" (BaristaRoute), "folded" (boolean: the one line).
 */
#define BARISTA_TYPE_ROUTE_VIEW (barista_route_view_get_type ())
G_DECLARE_FINAL_TYPE (BaristaRouteView, barista_route_view, BARISTA, ROUTE_VIEW, GtkWidget)

GtkWidget *barista_route_view_new (BaristaRoute *route);

G_END_DECLS
