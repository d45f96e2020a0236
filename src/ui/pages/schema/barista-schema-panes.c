/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "barista-schema-page-private.h"

/* Least widths; what is more is shared in the same proportion. */
#define COLUMNS_SHARE 350
#define SAMPLE_SHARE 250

static SchemaPane
pane_of (BaristaSchemaPage *self)
{
  const char *tab;

  if (self->narrow)
    return gtk_drop_down_get_selected (self->panes);

  tab = adw_toggle_group_get_active_name (self->tabs);
  return g_strcmp0 (tab, "engine") == 0  ? SCHEMA_PANE_ENGINE
         : g_strcmp0 (tab, "files") == 0 ? SCHEMA_PANE_FILES
                                         : SCHEMA_PANE_COLUMNS;
}

/* The parts behind a tab that few go to: each takes 9 ms to be made. */
static void
make_pane (BaristaSchemaPage *self, SchemaPane pane)
{
  BaristaSession *session = barista_step_page_get_session (BARISTA_STEP_PAGE (self));

  if (pane == SCHEMA_PANE_ENGINE && self->engine == NULL)
    {
      self->engine = g_object_new (BARISTA_TYPE_ENGINE_VIEW, "vexpand", TRUE, NULL);
      barista_engine_view_set_session (self->engine, session);
      barista_engine_view_set_table (self->engine, schema_page_get_table (self));
      gtk_box_append (self->parts, GTK_WIDGET (self->engine));
    }
  else if (pane == SCHEMA_PANE_FILES && self->files == NULL)
    {
      self->files = g_object_new (BARISTA_TYPE_FILES_VIEW, "vexpand", TRUE, NULL);
      barista_files_view_set_session (self->files, session);
      barista_files_view_set_table (self->files, schema_page_get_table (self));
      gtk_box_append (self->parts, GTK_WIDGET (self->files));
    }
}

void
schema_page_update_panes (BaristaSchemaPage *self)
{
  SchemaPane pane;
  gboolean both;

  if (!self->whole)
    return;

  pane = pane_of (self);
  both = !self->narrow && pane == SCHEMA_PANE_COLUMNS;
  make_pane (self, pane);
  gtk_widget_set_visible (GTK_WIDGET (self->tabs), !self->narrow);
  gtk_widget_set_visible (GTK_WIDGET (self->panes), self->narrow);
  gtk_widget_set_visible (GTK_WIDGET (self->cards), both || pane == SCHEMA_PANE_PLAN);
  gtk_widget_set_vexpand (GTK_WIDGET (self->cards), pane == SCHEMA_PANE_PLAN);
  gtk_widget_set_visible (self->work, pane != SCHEMA_PANE_PLAN);
  gtk_widget_set_visible (GTK_WIDGET (self->paned),
                          both || pane == SCHEMA_PANE_COLUMNS || pane == SCHEMA_PANE_ROWS);
  gtk_widget_set_visible (GTK_WIDGET (self->columns), both || pane == SCHEMA_PANE_COLUMNS);
  gtk_widget_set_visible (GTK_WIDGET (self->sample), both || pane == SCHEMA_PANE_ROWS);
  if (self->engine != NULL)
    gtk_widget_set_visible (GTK_WIDGET (self->engine), pane == SCHEMA_PANE_ENGINE);
  if (self->files != NULL)
    gtk_widget_set_visible (GTK_WIDGET (self->files), pane == SCHEMA_PANE_FILES);
  gtk_widget_set_visible (GTK_WIDGET (self->verdict), pane < SCHEMA_PANE_ENGINE);
}

void
schema_page_place_in_head (BaristaSchemaPage *self, GtkWidget *child, int column, int row)
{
  GtkLayoutManager *manager = gtk_widget_get_layout_manager (self->head);
  GtkLayoutChild *place = gtk_layout_manager_get_layout_child (manager, child);

  gtk_grid_layout_child_set_column (GTK_GRID_LAYOUT_CHILD (place), column);
  gtk_grid_layout_child_set_row (GTK_GRID_LAYOUT_CHILD (place), row);
  gtk_grid_layout_child_set_column_span (GTK_GRID_LAYOUT_CHILD (place), row > 0 ? 3 : 1);
}

/* The topics below the parts, where a line has no room for both. */
static void
place_topics (BaristaSchemaPage *self)
{
  schema_page_place_in_head (self, GTK_WIDGET (self->topics), self->narrow ? 0 : 1,
                             self->narrow ? 1 : 0);
  gtk_widget_set_halign (GTK_WIDGET (self->topics), self->narrow ? GTK_ALIGN_FILL : GTK_ALIGN_END);
}

/* Until somebody drags it the line between them gives each its share of the room. */
static void
share_room (BaristaSchemaPage *self)
{
  gtk_widget_set_size_request (GTK_WIDGET (self->columns), self->narrow ? -1 : COLUMNS_SHARE, -1);
  gtk_widget_set_size_request (GTK_WIDGET (self->sample), self->narrow ? -1 : SAMPLE_SHARE, -1);
}

void
schema_page_set_narrow (BaristaSchemaPage *self, gboolean narrow)
{
  self->narrow = narrow;
  if (!self->whole)
    return;

  barista_plan_cards_set_narrow (self->cards, narrow);
  barista_plan_mismatch_set_narrow (self->mismatch, narrow);
  barista_columns_view_set_narrow (self->columns, narrow);
  barista_verdict_line_set_narrow (self->verdict, narrow);
  place_topics (self);
  share_room (self);
  schema_page_update_panes (self);
}

void
schema_page_show_pane (BaristaSchemaPage *self, SchemaPane pane)
{
  gtk_drop_down_set_selected (self->panes, pane);
  adw_toggle_group_set_active_name (self->tabs, pane == SCHEMA_PANE_ENGINE  ? "engine"
                                                : pane == SCHEMA_PANE_FILES ? "files"
                                                                            : "columns");
}
