/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "barista-sink.h"

G_BEGIN_DECLS

/**
 * BaristaSinkNodeBox:
 *
 * A node of a sink: its name and its SQL. Signal: "remove".
 */
#define BARISTA_TYPE_SINK_NODE_BOX (barista_sink_node_box_get_type ())
G_DECLARE_FINAL_TYPE (BaristaSinkNodeBox, barista_sink_node_box, BARISTA, SINK_NODE_BOX, AdwBin)

GtkWidget *barista_sink_node_box_new (void);
gboolean barista_sink_node_box_make (BaristaSinkNodeBox *self);
void barista_sink_node_box_set_node (BaristaSinkNodeBox *self, BaristaSinkNode *node);
BaristaSinkNode *barista_sink_node_box_get_node (BaristaSinkNodeBox *self); /* nullable */
/* A pipe keeps one node at least. */
void barista_sink_node_box_set_removable (BaristaSinkNodeBox *self, gboolean removable);

G_END_DECLS
