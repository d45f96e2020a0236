/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "barista-session.h"

G_BEGIN_DECLS

/**
 * BaristaSinkNodes:
 *
 * The nodes of a sink, one below the other. They are made before the next frame, piece by piece.
 */
#define BARISTA_TYPE_SINK_NODES (barista_sink_nodes_get_type ())
G_DECLARE_FINAL_TYPE (BaristaSinkNodes, barista_sink_nodes, BARISTA, SINK_NODES, AdwBin)

void barista_sink_nodes_show (BaristaSinkNodes *self, BaristaSession *session, BaristaSink *sink);

G_END_DECLS
