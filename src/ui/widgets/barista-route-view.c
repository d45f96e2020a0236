/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "barista-route-view.h"

#include "barista-route-dialog.h"
#include "barista-route-track.h"
#include "barista-state-dot.h"

#include <glib/gi18n.h>

/* How long the whole route is shown after all got well, before it folds. */
#define STAY_MS 1500
#define FOLD_MS 180

struct _BaristaRouteView
{
  GtkWidget parent_instance;

  BaristaRoute *route;
  gboolean folded;

  GtkWidget *track;
  GtkWidget *line;
  GtkWidget *dot;
  GtkWidget *summary;

  gboolean well; /* all is well and was for a while */
  double fold;   /* 0: the drawn route, 1: the line */
  AdwAnimation *animation;
  guint stay;
  BaristaStationState told;
};

G_DEFINE_FINAL_TYPE (BaristaRouteView, barista_route_view, GTK_TYPE_WIDGET)

enum
{
  PROP_0,
  PROP_ROUTE,
  PROP_FOLDED,
  N_PROPS
};
static GParamSpec *properties[N_PROPS];

/* --- layout: the drawn route where it fits, else the line --- */

static int
measure_child (GtkWidget *child, GtkOrientation orientation, int for_size)
{
  int minimum;

  gtk_widget_measure (child, orientation, for_size, &minimum, NULL, NULL, NULL);

  return minimum;
}

static gboolean
fits (BaristaRouteView *self, int width)
{
  return !self->folded
         && (width < 0 || width >= measure_child (self->track, GTK_ORIENTATION_HORIZONTAL, -1));
}

static GtkSizeRequestMode
barista_route_view_get_request_mode (GtkWidget *widget)
{
  return GTK_SIZE_REQUEST_HEIGHT_FOR_WIDTH;
}

static void
barista_route_view_measure (GtkWidget *widget,
                            GtkOrientation orientation,
                            int for_size,
                            int *minimum,
                            int *natural,
                            int *minimum_baseline,
                            int *natural_baseline)
{
  BaristaRouteView *self = BARISTA_ROUTE_VIEW (widget);
  int line = measure_child (self->line, orientation, for_size);

  *minimum = *natural = line;
  if (orientation == GTK_ORIENTATION_HORIZONTAL)
    {
      if (!self->folded)
        gtk_widget_measure (self->track, orientation, -1, NULL, natural, NULL, NULL);
      *natural = MAX (*natural, line);
    }
  else if (fits (self, for_size))
    {
      int track = measure_child (self->track, orientation, for_size);

      *minimum = *natural = (int) (adw_lerp (track, line, self->fold) + 0.5);
    }
}

static void
barista_route_view_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  BaristaRouteView *self = BARISTA_ROUTE_VIEW (widget);
  gboolean drawn = fits (self, width) && self->fold < 1;
  gboolean lined = !drawn || self->fold > 0;
  int line = measure_child (self->line, GTK_ORIENTATION_VERTICAL, width);

  gtk_widget_set_child_visible (self->track, drawn);
  gtk_widget_set_child_visible (self->line, lined);
  if (drawn)
    {
      int track = measure_child (self->track, GTK_ORIENTATION_VERTICAL, width);

      gtk_widget_size_allocate (self->track, &(GtkAllocation) { 0, 0, width, track }, -1);
    }
  if (lined)
    gtk_widget_size_allocate (self->line, &(GtkAllocation) { 0, 0, width, MAX (line, 0) }, -1);
  gtk_widget_set_opacity (self->track, 1 - self->fold);
  gtk_widget_set_opacity (self->line, drawn ? self->fold : 1);
}

/* --- folding when all is well --- */

static void
on_fold (double value, gpointer user_data)
{
  BaristaRouteView *self = user_data;

  self->fold = value;
  gtk_widget_queue_resize (GTK_WIDGET (self));
}

static void
fold_to (BaristaRouteView *self, double target)
{
  adw_timed_animation_set_value_from (ADW_TIMED_ANIMATION (self->animation), self->fold);
  adw_timed_animation_set_value_to (ADW_TIMED_ANIMATION (self->animation), target);
  adw_animation_play (self->animation);
  /* Before it is shown there is nothing to be seen moving. */
  if (!gtk_widget_get_mapped (GTK_WIDGET (self)))
    adw_animation_skip (self->animation);
}

static gboolean
on_stayed (gpointer user_data)
{
  BaristaRouteView *self = user_data;

  self->stay = 0;
  fold_to (self, 1);

  return G_SOURCE_REMOVE;
}

/* It folds when the last station has been seen to get there; work alone doesn't unfold it, trouble
 * does. */
static void
update_fold (BaristaRouteView *self, BaristaStationState state)
{
  gboolean well = state == BARISTA_STATION_FINE || (state == BARISTA_STATION_WORKING && self->well);

  if (self->well == well)
    return;

  self->well = well;
  g_clear_handle_id (&self->stay, g_source_remove);
  if (!well)
    fold_to (self, 0);
  else if (gtk_widget_get_mapped (GTK_WIDGET (self))
           && adw_get_enable_animations (GTK_WIDGET (self)))
    self->stay = g_timeout_add (STAY_MS, on_stayed, self);
  else
    fold_to (self, 1);
}

/* --- following the route --- */

/* Trouble is told by the row that is its home; here only that the way is open. */
static void
tell (BaristaRouteView *self, BaristaStationState state)
{
  if (state == BARISTA_STATION_FINE && self->told == BARISTA_STATION_WORKING && !self->folded
      && gtk_widget_get_mapped (GTK_WIDGET (self)))
    gtk_accessible_announce (GTK_ACCESSIBLE (self), barista_route_get_summary (self->route),
                             GTK_ACCESSIBLE_ANNOUNCEMENT_PRIORITY_LOW);
  self->told = state;
}

static void
on_route_changed (BaristaRouteView *self)
{
  BaristaStationState state = barista_route_get_state (self->route);
  const char *summary = barista_route_get_summary (self->route);
  /* Translators: for assistive technology; %s is "Connected, 173 ms" or the like */
  g_autofree char *name = g_strdup_printf (_ ("Connection: %s"), summary);

  barista_state_dot_set_state (BARISTA_STATE_DOT (self->dot), state);
  gtk_label_set_label (GTK_LABEL (self->summary), summary);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->line), GTK_ACCESSIBLE_PROPERTY_LABEL, name,
                                  -1);
  tell (self, state);
  update_fold (self, state);
}

static void
open_dialog (BaristaRouteView *self, BaristaStation *station)
{
  if (self->route != NULL)
    adw_dialog_present (ADW_DIALOG (barista_route_dialog_new (self->route, station)),
                        GTK_WIDGET (self));
}

static void
on_line_clicked (BaristaRouteView *self)
{
  open_dialog (self, NULL);
}

static void
set_route (BaristaRouteView *self, BaristaRoute *route)
{
  if (self->route == route)
    return;

  if (self->route != NULL)
    g_signal_handlers_disconnect_by_func (self->route, on_route_changed, self);
  g_set_object (&self->route, route);
  barista_route_track_set_route (BARISTA_ROUTE_TRACK (self->track), route);
  if (route != NULL)
    {
      g_signal_connect_object (route, "notify", G_CALLBACK (on_route_changed), self,
                               G_CONNECT_SWAPPED);
      on_route_changed (self);
    }
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_ROUTE]);
}

static void
set_folded (BaristaRouteView *self, gboolean folded)
{
  if (self->folded == folded)
    return;

  self->folded = folded;
  gtk_widget_queue_resize (GTK_WIDGET (self));
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_FOLDED]);
}

/* --- the widget --- */

static void
barista_route_view_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  BaristaRouteView *self = BARISTA_ROUTE_VIEW (object);

  if (id == PROP_ROUTE)
    g_value_set_object (value, self->route);
  else if (id == PROP_FOLDED)
    g_value_set_boolean (value, self->folded);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
barista_route_view_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  BaristaRouteView *self = BARISTA_ROUTE_VIEW (object);

  if (id == PROP_ROUTE)
    set_route (self, g_value_get_object (value));
  else if (id == PROP_FOLDED)
    set_folded (self, g_value_get_boolean (value));
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
barista_route_view_dispose (GObject *object)
{
  BaristaRouteView *self = BARISTA_ROUTE_VIEW (object);

  g_clear_handle_id (&self->stay, g_source_remove);
  if (self->animation != NULL)
    adw_animation_reset (self->animation);
  g_clear_object (&self->animation);
  g_clear_pointer (&self->track, gtk_widget_unparent);
  g_clear_pointer (&self->line, gtk_widget_unparent);
  if (self->route != NULL)
    g_signal_handlers_disconnect_by_func (self->route, on_route_changed, self);
  g_clear_object (&self->route);

  G_OBJECT_CLASS (barista_route_view_parent_class)->dispose (object);
}

static void
barista_route_view_class_init (BaristaRouteViewClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  const GParamFlags flags = G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;

  object_class->get_property = barista_route_view_get_property;
  object_class->set_property = barista_route_view_set_property;
  object_class->dispose = barista_route_view_dispose;
  widget_class->get_request_mode = barista_route_view_get_request_mode;
  widget_class->measure = barista_route_view_measure;
  widget_class->size_allocate = barista_route_view_size_allocate;

  properties[PROP_ROUTE] = g_param_spec_object ("route", NULL, NULL, BARISTA_TYPE_ROUTE, flags);
  properties[PROP_FOLDED] = g_param_spec_boolean ("folded", NULL, NULL, FALSE, flags);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  gtk_widget_class_set_css_name (widget_class, "routeview");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
}

static GtkWidget *
line_new (BaristaRouteView *self)
{
  GtkWidget *button = gtk_button_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  GtkWidget *next = gtk_image_new_from_icon_name ("go-next-symbolic");

  self->dot = barista_state_dot_new ();
  self->summary = gtk_label_new (NULL);
  gtk_label_set_wrap (GTK_LABEL (self->summary), TRUE);
  gtk_label_set_lines (GTK_LABEL (self->summary), 2);
  gtk_label_set_ellipsize (GTK_LABEL (self->summary), PANGO_ELLIPSIZE_END);
  gtk_label_set_xalign (GTK_LABEL (self->summary), 0);
  gtk_widget_set_hexpand (self->summary, TRUE);
  gtk_widget_add_css_class (self->summary, "numeric");
  gtk_widget_add_css_class (next, "dimmed");
  gtk_box_append (GTK_BOX (box), self->dot);
  gtk_box_append (GTK_BOX (box), self->summary);
  gtk_box_append (GTK_BOX (box), next);
  gtk_button_set_child (GTK_BUTTON (button), box);
  gtk_widget_add_css_class (button, "flat");
  gtk_widget_add_css_class (button, "route-line");
  gtk_widget_set_tooltip_text (button, _ ("Show the Connection"));
  g_signal_connect_object (button, "clicked", G_CALLBACK (on_line_clicked), self,
                           G_CONNECT_SWAPPED);

  return button;
}

static void
barista_route_view_init (BaristaRouteView *self)
{
  AdwAnimationTarget *target = adw_callback_animation_target_new (on_fold, self, NULL);

  gtk_widget_set_overflow (GTK_WIDGET (self), GTK_OVERFLOW_HIDDEN);
  self->track = barista_route_track_new ();
  self->line = line_new (self);
  gtk_widget_set_parent (self->track, GTK_WIDGET (self));
  gtk_widget_set_parent (self->line, GTK_WIDGET (self));
  g_signal_connect_object (self->track, "station-activated", G_CALLBACK (open_dialog), self,
                           G_CONNECT_SWAPPED);
  self->animation = adw_timed_animation_new (GTK_WIDGET (self), 0, 1, FOLD_MS, target);
}

/**
 * barista_route_view_new:
 * @route: (nullable): the route to draw
 *
 * Returns: (transfer floating): a view that follows @route
 */
GtkWidget *
barista_route_view_new (BaristaRoute *route)
{
  return g_object_new (BARISTA_TYPE_ROUTE_VIEW, "route", route, NULL);
}
