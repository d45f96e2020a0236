/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * BaristaDrawing:
 *
 * A small drawing of our own, in one line style and the theme's colours, so that it is right in dark
 * and high contrast by itself; mirrored where text runs from right to left. Decoration: what it shows
 * stands in words beside it.
 *
 * Properties: "drawing" (its word, see barista-drawing.c), "unit" (pixels for one of its 96 x 64
 * units, default 1).
 */
#define BARISTA_TYPE_DRAWING (barista_drawing_get_type ())
G_DECLARE_FINAL_TYPE (BaristaDrawing, barista_drawing, BARISTA, DRAWING, GtkWidget)

GtkWidget *barista_drawing_new (const char *drawing, double unit);

G_END_DECLS
