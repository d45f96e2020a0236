/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "barista-growing.h"

#include "barista-slices.h"

/* There at once, so that there is a first row to go to. */
#define FIRST 2
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
