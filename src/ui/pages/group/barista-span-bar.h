/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * BaristaSpanBar:
 *
 * A line from a topic's oldest record to its newest, and on: what will be read is drawn in the accent
 * colour, what is passed over dashed. Decoration: the words below it say the same.
 *
 * Properties: "from-start" (boolean): reading begins with the oldest record; else behind the newest.
 */
#define BARISTA_TYPE_SPAN_BAR (barista_span_bar_get_type ())
G_DECLARE_FINAL_TYPE (BaristaSpanBar, barista_span_bar, BARISTA, SPAN_BAR, GtkWidget)

void barista_span_bar_set_from_start (BaristaSpanBar *self, gboolean from_start);

G_END_DECLS
