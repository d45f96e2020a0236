/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "barista-route-stop.h"

#include "barista-state-dot.h"

struct _BaristaRouteStop
{
  GtkButton parent_instance;

  BaristaStation *station;
  GtkWidget *dot;
};

G_DEFINE_FINAL_TYPE (BaristaRouteStop, barista_route_stop, GTK_TYPE_BUTTON)

static void
barista_route_stop_dispose (GObject *object)
{
  g_clear_object (&BARISTA_ROUTE_STOP (object)->station);

  G_OBJECT_CLASS (barista_route_stop_parent_class)->dispose (object);
}

static void
barista_route_stop_class_init (BaristaRouteStopClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = barista_route_stop_dispose;
}

static void
barista_route_stop_init (BaristaRouteStop *self)
{
  gtk_widget_add_css_class (GTK_WIDGET (self), "flat");
  gtk_widget_add_css_class (GTK_WIDGET (self), "route-stop");
}

static GtkWidget *
label_new (const char *css_class)
{
  GtkWidget *label = gtk_label_new (NULL);

  gtk_label_set_justify (GTK_LABEL (label), GTK_JUSTIFY_CENTER);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  gtk_label_set_lines (GTK_LABEL (label), 2);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_widget_add_css_class (label, css_class);

  return label;
}

static void
on_summary_changed (BaristaRouteStop *self)
{
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  barista_station_get_summary (self->station), -1);
}

static void
fill (BaristaRouteStop *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *name = label_new ("caption-heading");
  GtkWidget *detail = label_new ("caption");

  gtk_widget_add_css_class (detail, "dimmed");
  gtk_widget_add_css_class (detail, "numeric");
  gtk_widget_set_margin_bottom (self->dot, 4);
  gtk_box_append (GTK_BOX (box), self->dot);
  gtk_box_append (GTK_BOX (box), name);
  gtk_box_append (GTK_BOX (box), detail);
  gtk_button_set_child (GTK_BUTTON (self), box);

  g_object_bind_property (self->station, "state", self->dot, "state", G_BINDING_SYNC_CREATE);
  g_object_bind_property (self->station, "label", name, "label", G_BINDING_SYNC_CREATE);
  g_object_bind_property (self->station, "detail", detail, "label", G_BINDING_SYNC_CREATE);
}

GtkWidget *
barista_route_stop_new (BaristaStation *station)
{
  BaristaRouteStop *self = g_object_new (BARISTA_TYPE_ROUTE_STOP, "accessible-role",
                                         GTK_ACCESSIBLE_ROLE_LIST_ITEM, NULL);

  self->station = g_object_ref (station);
  self->dot = barista_state_dot_new ();
  fill (self);
  g_signal_connect_object (station, "notify::summary", G_CALLBACK (on_summary_changed), self,
                           G_CONNECT_SWAPPED);
  on_summary_changed (self);

  return GTK_WIDGET (self);
}

BaristaStation *
barista_route_stop_get_station (BaristaRouteStop *self)
{
  return self->station;
}

gboolean
barista_route_stop_get_centre (BaristaRouteStop *self, GtkWidget *target, graphene_point_t *centre)
{
  graphene_point_t middle = { (float) gtk_widget_get_width (self->dot) / 2,
                              (float) gtk_widget_get_height (self->dot) / 2 };

  return gtk_widget_compute_point (self->dot, target, &middle, centre);
}
