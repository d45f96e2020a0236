/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "barista-sink-node-box.h"

#include "barista-code-view.h"

#include <glib/gi18n.h>

struct _BaristaSinkNodeBox
{
  AdwBin parent_instance;

  GBindingGroup *bindings;
  GtkBox *box;
  GtkWidget *name, *remove, *code;
  guint n_made;
};

G_DEFINE_FINAL_TYPE (BaristaSinkNodeBox, barista_sink_node_box, ADW_TYPE_BIN)

static guint remove_signal;

/* --- its pieces --- */

static void
on_remove (BaristaSinkNodeBox *self)
{
  g_signal_emit (self, remove_signal, 0);
}

static void
make_head (BaristaSinkNodeBox *self)
{
  GtkWidget *head = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);

  self->name = gtk_entry_new ();
  gtk_widget_set_hexpand (self->name, TRUE);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->name), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Name of the node"), -1);
  self->remove = gtk_button_new_from_icon_name ("user-trash-symbolic");
  gtk_widget_set_tooltip_text (self->remove, _ ("Remove Node"));
  gtk_widget_add_css_class (self->remove, "flat");
  g_signal_connect_swapped (self->remove, "clicked", G_CALLBACK (on_remove), self);

  gtk_box_append (GTK_BOX (head), self->name);
  gtk_box_append (GTK_BOX (head), self->remove);
  gtk_box_append (self->box, head);
}

static void
make_code (BaristaSinkNodeBox *self)
{
  self->code = barista_code_view_new ();
  gtk_text_view_set_editable (GTK_TEXT_VIEW (self->code), TRUE);
  gtk_source_view_set_show_line_numbers (GTK_SOURCE_VIEW (self->code), TRUE);
  gtk_source_view_set_auto_indent (GTK_SOURCE_VIEW (self->code), TRUE);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->code), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("SQL of the node"), -1);
}

static void
make_scroller (BaristaSinkNodeBox *self)
{
  GtkWidget *scroller = gtk_scrolled_window_new ();

  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), self->code);
  gtk_scrolled_window_set_min_content_height (GTK_SCROLLED_WINDOW (scroller), 180);
  gtk_scrolled_window_set_max_content_height (GTK_SCROLLED_WINDOW (scroller), 420);
  gtk_scrolled_window_set_propagate_natural_height (GTK_SCROLLED_WINDOW (scroller), TRUE);
  gtk_widget_add_css_class (scroller, "card");
  gtk_widget_set_overflow (scroller, GTK_OVERFLOW_HIDDEN);
  gtk_box_append (self->box, scroller);
}

static void
set_language (BaristaSinkNodeBox *self)
{
  barista_code_view_set_language (BARISTA_CODE_VIEW (self->code), "clickhouse");
}

static void
bind (BaristaSinkNodeBox *self)
{
  g_binding_group_bind (self->bindings, "name", self->name, "text",
                        G_BINDING_BIDIRECTIONAL | G_BINDING_SYNC_CREATE);
  g_binding_group_bind (self->bindings, "sql", self->code, "text",
                        G_BINDING_BIDIRECTIONAL | G_BINDING_SYNC_CREATE);
}

static void (*const steps[]) (BaristaSinkNodeBox *self) = {
  make_head, make_code, make_scroller, set_language, bind,
};

/**
 * barista_sink_node_box_make:
 * @self: a new one
 *
 * Makes one more piece of it, a few milliseconds' work.
 *
 * Returns: %FALSE: it is whole
 */
gboolean
barista_sink_node_box_make (BaristaSinkNodeBox *self)
{
  if (self->n_made == G_N_ELEMENTS (steps))
    return FALSE;

  steps[self->n_made++](self);
  return TRUE;
}

/* --- the widget --- */

/**
 * barista_sink_node_box_set_node:
 * @self: a whole one
 * @node: what is typed into from now on
 */
void
barista_sink_node_box_set_node (BaristaSinkNodeBox *self, BaristaSinkNode *node)
{
  g_binding_group_set_source (self->bindings, node);
}

BaristaSinkNode *
barista_sink_node_box_get_node (BaristaSinkNodeBox *self)
{
  BaristaSinkNode *node = g_binding_group_dup_source (self->bindings);

  if (node != NULL)
    g_object_unref (node); /* its sink keeps it */
  return node;
}

void
barista_sink_node_box_set_removable (BaristaSinkNodeBox *self, gboolean removable)
{
  gtk_widget_set_visible (self->remove, removable);
}

GtkWidget *
barista_sink_node_box_new (void)
{
  return g_object_new (BARISTA_TYPE_SINK_NODE_BOX, NULL);
}

static void
barista_sink_node_box_dispose (GObject *object)
{
  BaristaSinkNodeBox *self = BARISTA_SINK_NODE_BOX (object);

  if (self->bindings != NULL)
    g_binding_group_set_source (self->bindings, NULL);
  g_clear_object (&self->bindings);

  G_OBJECT_CLASS (barista_sink_node_box_parent_class)->dispose (object);
}

static void
barista_sink_node_box_class_init (BaristaSinkNodeBoxClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = barista_sink_node_box_dispose;

  remove_signal = g_signal_new ("remove", BARISTA_TYPE_SINK_NODE_BOX, G_SIGNAL_RUN_LAST, 0, NULL,
                                NULL, NULL, G_TYPE_NONE, 0);
}

static void
barista_sink_node_box_init (BaristaSinkNodeBox *self)
{
  self->bindings = g_binding_group_new ();
  self->box = GTK_BOX (gtk_box_new (GTK_ORIENTATION_VERTICAL, 6));
  adw_bin_set_child (ADW_BIN (self), GTK_WIDGET (self->box));
}
