/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * barista_growing_new:
 * @model: a list, for a GtkListView or a GtkColumnView
 *
 * These make widgets for about 200 rows of a longer list at once, in sight or not: up to a few
 * hundred milliseconds for rows of many cells. This one shows them the same list, but lets one that
 * becomes longer grow row by row before the next frame: keys and clicks get in between. At rest it
 * is as long as @model.
 *
 * Returns: (transfer full): the list for the view
 */
GListModel *barista_growing_new (GListModel *model);

/* Grows at once: before a row is scrolled to or selected. */
void barista_growing_finish (GListModel *growing);

/**
 * barista_growing_shrink:
 * @below: what is about to be destroyed, out of sight
 *
 * Takes a row away from a view below it that shows such a list: to destroy hundreds of rows at
 * once takes as long as to make them.
 *
 * Returns: %FALSE: there were none to take
 */
gboolean barista_growing_shrink (GtkWidget *below);

G_END_DECLS
