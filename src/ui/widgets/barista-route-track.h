/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "barista-route.h"

G_BEGIN_DECLS

/* The drawn way: a line through the stations from this computer on, and the registry's branch, which
 * leaves it after the network and is back before the records. Emits "station-activated"
 * (BaristaStation). */
#define BARISTA_TYPE_ROUTE_TRACK (barista_route_track_get_type ())
G_DECLARE_FINAL_TYPE (BaristaRouteTrack, barista_route_track, BARISTA, ROUTE_TRACK, GtkWidget)

GtkWidget *barista_route_track_new (void);
void barista_route_track_set_route (BaristaRouteTrack *self, BaristaRoute *route);

G_END_DECLS
