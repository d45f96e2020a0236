/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "barista-route.h"

G_BEGIN_DECLS

/* One station of the drawn route: its dot, its name, how long it took. A button, told to assistive
 * technology as a list item: "Encryption, passed, 41 milliseconds". */
#define BARISTA_TYPE_ROUTE_STOP (barista_route_stop_get_type ())
G_DECLARE_FINAL_TYPE (BaristaRouteStop, barista_route_stop, BARISTA, ROUTE_STOP, GtkButton)

GtkWidget *barista_route_stop_new (BaristaStation *station);
BaristaStation *barista_route_stop_get_station (BaristaRouteStop *self);
/* Where the dot's middle is, in the coordinates of @target. */
gboolean
barista_route_stop_get_centre (BaristaRouteStop *self, GtkWidget *target, graphene_point_t *centre);

G_END_DECLS
