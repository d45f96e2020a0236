/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "barista-sink-nodes.h"

#include "barista-sink-node-box.h"
#include "barista-slices.h"

#include <glib/gi18n.h>

struct _BaristaSinkNodes
{
  AdwBin parent_instance;

  BaristaSession *session;
  BaristaSink *sink;
  GtkBox *box;
  GPtrArray *boxes; /* in it */
  guint n_filled;   /* so many of them show their nodes */
  guint slices;
};

G_DEFINE_FINAL_TYPE (BaristaSinkNodes, barista_sink_nodes, ADW_TYPE_BIN)

static void
on_remove_node (BaristaSinkNodes *self, BaristaSinkNodeBox *box)
{
  BaristaSinkNode *node = barista_sink_node_box_get_node (box);

  if (node == NULL)
    return;
  barista_session_begin_change (self->session, _ ("Remove Node"));
  barista_sink_remove_node (self->sink, node);
  barista_session_end_change (self->session);
}

static BaristaSinkNodeBox *
add_box (BaristaSinkNodes *self)
{
  GtkWidget *box = barista_sink_node_box_new ();

  g_signal_connect_object (box, "remove", G_CALLBACK (on_remove_node), self, G_CONNECT_SWAPPED);
  gtk_box_append (self->box, box);
  g_ptr_array_add (self->boxes, box);
  return BARISTA_SINK_NODE_BOX (box);
}

static gboolean
is_shown_later (BaristaSinkNodes *self, BaristaSinkNode *node)
{
  for (guint i = self->n_filled + 1; i < self->boxes->len; i++)
    if (barista_sink_node_box_get_node (self->boxes->pdata[i]) == node)
      return TRUE;

  return FALSE;
}

/* A box stays as long as there is a node for it: to make one takes long. FALSE: there was nothing
 * left to do. */
static gboolean
fill_one (BaristaSinkNodes *self)
{
  GListModel *nodes = barista_sink_get_nodes (self->sink);
  g_autoptr (BaristaSinkNode) node = g_list_model_get_item (nodes, self->n_filled);
  BaristaSinkNodeBox *box = self->n_filled < self->boxes->len ? self->boxes->pdata[self->n_filled]
                                                              : NULL;

  if (box == NULL && node == NULL)
    return FALSE;
  if (box == NULL)
    {
      add_box (self);
      return TRUE;
    }
  if (node == NULL || (barista_sink_node_box_get_node (box) != node && is_shown_later (self, node)))
    {
      gtk_box_remove (self->box, GTK_WIDGET (box));
      g_ptr_array_remove_index (self->boxes, self->n_filled);
      return TRUE;
    }
  if (barista_sink_node_box_make (box))
    return TRUE;

  barista_sink_node_box_set_node (box, node);
  barista_sink_node_box_set_removable (box, g_list_model_get_n_items (nodes) > 1);
  self->n_filled++;
  return TRUE;
}

static gboolean
on_slice (gpointer user_data)
{
  BaristaSinkNodes *self = user_data;

  if (fill_one (self))
    return G_SOURCE_CONTINUE;

  self->slices = 0;
  return G_SOURCE_REMOVE;
}

static void
fill (BaristaSinkNodes *self)
{
  self->n_filled = 0;
  if (self->slices == 0)
    self->slices = barista_slices_start (on_slice, self);
}

/**
 * barista_sink_nodes_show:
 * @self: the nodes
 * @session: whose sink it is
 * @sink: whose nodes are shown from now on
 */
void
barista_sink_nodes_show (BaristaSinkNodes *self, BaristaSession *session, BaristaSink *sink)
{
  if (self->sink != NULL)
    g_signal_handlers_disconnect_by_data (barista_sink_get_nodes (self->sink), self);
  g_set_object (&self->session, session);
  g_set_object (&self->sink, sink);
  g_signal_connect_object (barista_sink_get_nodes (sink), "items-changed", G_CALLBACK (fill), self,
                           G_CONNECT_SWAPPED);
  fill (self);
}

static void
barista_sink_nodes_dispose (GObject *object)
{
  BaristaSinkNodes *self = BARISTA_SINK_NODES (object);

  g_clear_handle_id (&self->slices, g_source_remove);
  g_clear_object (&self->sink);
  g_clear_object (&self->session);

  G_OBJECT_CLASS (barista_sink_nodes_parent_class)->dispose (object);
}

static void
barista_sink_nodes_finalize (GObject *object)
{
  g_ptr_array_unref (BARISTA_SINK_NODES (object)->boxes);

  G_OBJECT_CLASS (barista_sink_nodes_parent_class)->finalize (object);
}

static void
barista_sink_nodes_class_init (BaristaSinkNodesClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = barista_sink_nodes_dispose;
  G_OBJECT_CLASS (klass)->finalize = barista_sink_nodes_finalize;
}

static void
barista_sink_nodes_init (BaristaSinkNodes *self)
{
  self->boxes = g_ptr_array_new ();
  self->box = GTK_BOX (gtk_box_new (GTK_ORIENTATION_VERTICAL, 12));
  adw_bin_set_child (ADW_BIN (self), GTK_WIDGET (self->box));
}
