/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "barista-growing.h"

#include "barista-slices.h"

/* There at once, so that there is a first row to go to. */
#define FIRST 1
/* GTK makes no widgets for rows farther away than this from those in sight. */
#define WITH_WIDGETS 256

/* Lives as long as the slice that the view is given. */
typedef struct
{
  GtkSliceListModel *slice; /* not owned; at rest its size is the length of @model */
  GListModel *model;
  guint source;
} Growing;

static void
growing_free (gpointer data)
{
  Growing *self = data;

  g_clear_handle_id (&self->source, g_source_remove);
  g_signal_handlers_disconnect_by_data (self->model, self);
  g_object_unref (self->model);
  g_free (self);
}

static void
finish (Growing *self)
{
  g_clear_handle_id (&self->source, g_source_remove);
  gtk_slice_list_model_set_size (self->slice, g_list_model_get_n_items (self->model));
}

static gboolean
grow (gpointer user_data)
{
  Growing *self = user_data;
  guint size = gtk_slice_list_model_get_size (self->slice) + 1;

  if (size < MIN (g_list_model_get_n_items (self->model), WITH_WIDGETS))
    {
      gtk_slice_list_model_set_size (self->slice, size);
      return G_SOURCE_CONTINUE;
    }

  self->source = 0;
  finish (self);
  return G_SOURCE_REMOVE;
}

static void
follow (Growing *self)
{
  guint size = gtk_slice_list_model_get_size (self->slice);
  guint n = g_list_model_get_n_items (self->model);

  if (n <= MAX (size, FIRST))
    {
      finish (self);
      return;
    }

  gtk_slice_list_model_set_size (self->slice, MAX (size, FIRST));
  if (self->source == 0)
    self->source = barista_slices_start (grow, self);
}

GListModel *
barista_growing_new (GListModel *model)
{
  Growing *self = g_new0 (Growing, 1);

  self->slice = gtk_slice_list_model_new (g_object_ref (model), 0, 0);
  self->model = g_object_ref (model);
  g_object_set_data_full (G_OBJECT (self->slice), "growing", self, growing_free);
  g_signal_connect_swapped (model, "items-changed", G_CALLBACK (follow), self);
  follow (self);

  return G_LIST_MODEL (self->slice);
}

void
barista_growing_finish (GListModel *growing)
{
  finish (g_object_get_data (G_OBJECT (growing), "growing"));
}

/* --- the end --- */

static GListModel *
model_of_view (GtkWidget *view)
{
  GtkSelectionModel *model = GTK_IS_COLUMN_VIEW (view)
                                 ? gtk_column_view_get_model (GTK_COLUMN_VIEW (view))
                             : GTK_IS_LIST_VIEW (view)
                                 ? gtk_list_view_get_model (GTK_LIST_VIEW (view))
                                 : NULL;

  if (GTK_IS_NO_SELECTION (model))
    return gtk_no_selection_get_model (GTK_NO_SELECTION (model));
  if (GTK_IS_SINGLE_SELECTION (model))
    return gtk_single_selection_get_model (GTK_SINGLE_SELECTION (model));
  return NULL;
}

/* Where a long list is looked at farther down, others would be made in the place of those that go:
 * they go all at once. */
static guint
size_without_some (Growing *self, GtkWidget *view)
{
  GtkAdjustment *place = gtk_scrollable_get_vadjustment (GTK_SCROLLABLE (view));
  guint size = gtk_slice_list_model_get_size (self->slice);

  if (size > WITH_WIDGETS && gtk_adjustment_get_value (place) > 0)
    return 0;

  size = MIN (size, WITH_WIDGETS);
  return size > 0 ? size - 1 : 0;
}

gboolean
barista_growing_shrink (GtkWidget *below)
{
  GListModel *model = model_of_view (below);
  Growing *self = model != NULL ? g_object_get_data (G_OBJECT (model), "growing") : NULL;

  if (self != NULL && gtk_slice_list_model_get_size (self->slice) > 0)
    {
      g_clear_handle_id (&self->source, g_source_remove);
      gtk_slice_list_model_set_size (self->slice, size_without_some (self, below));
      return TRUE;
    }
  if (self != NULL)
    return FALSE;

  for (GtkWidget *child = gtk_widget_get_first_child (below); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    if (barista_growing_shrink (child))
      return TRUE;
  return FALSE;
}
