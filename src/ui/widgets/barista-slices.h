/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * barista_slices_start:
 * @step: one small piece of work, up to 3 ms; %FALSE: it was the last one
 * @data: for @step
 *
 * Does what there is to do before the next frame, one piece for each turn of the main loop: keys and
 * clicks get in between. @step forgets the id with its last piece.
 *
 * Returns: the id of a source, to be removed if @data goes before
 */
guint barista_slices_start (GSourceFunc step, gpointer data);

G_END_DECLS
