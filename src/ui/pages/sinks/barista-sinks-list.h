/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/**
 * BaristaSinksList:
 * @items: the setup's sinks, or its connections
 * @group: where the rows are
 * @rows: one for each, its "item" with it as data
 * @known: @items as they were when barista_sinks_list_learn() was called last
 * @n_filled: so many rows say what is so
 *
 * The sinks or the connections as rows, of the Sinks page.
 */
typedef struct
{
  GListModel *items;
  AdwPreferencesGroup *group;
  GPtrArray *rows;
  GPtrArray *known;
  guint n_filled;
  GCallback activated;
  gpointer data;
} BaristaSinksList;

/* @activated: of a row, with @data */
void barista_sinks_list_init (BaristaSinksList *self,
                              GListModel *items,
                              AdwPreferencesGroup *group,
                              GCallback activated,
                              gpointer data);
void barista_sinks_list_clear (BaristaSinksList *self);
gboolean barista_sinks_list_fill_one (BaristaSinksList *self);
void barista_sinks_list_learn (BaristaSinksList *self);
gpointer barista_sinks_list_find_in_place (const BaristaSinksList *self, gpointer item);

G_END_DECLS
