/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "barista-route-track.h"

#include "barista-route-stop.h"

#include <adwaita.h>
#include <glib/gi18n.h>

#define GAP 6           /* between the two rows */
#define CLEARANCE 11.0f /* from a dot's middle to where the line ends */
#define BEND 10.0f
#define LINE 2.0f
#define COLUMN 96 /* least width of a station, in which its texts are still read */

struct _BaristaRouteTrack
{
  GtkWidget parent_instance;

  BaristaRoute *route;
  gulong changed_id;
  GtkWidget *start;
  GPtrArray *stops; /* of the line, in its order; borrowed */
  GtkWidget *registry;
};

G_DEFINE_FINAL_TYPE (BaristaRouteTrack, barista_route_track, GTK_TYPE_WIDGET)

enum
{
  STATION_ACTIVATED,
  N_SIGNALS
};
static guint signals[N_SIGNALS];

/* --- layout: equal columns, the registry below the middle --- */

static void
measure_widest (BaristaRouteTrack *self, int *minimum, int *natural)
{
  *minimum = COLUMN;
  *natural = COLUMN;
  for (guint i = 0; i < self->stops->len; i++)
    {
      int least, wanted;

      gtk_widget_measure (self->stops->pdata[i], GTK_ORIENTATION_HORIZONTAL, -1, &least, &wanted,
                          NULL, NULL);
      *minimum = MAX (*minimum, least);
      *natural = MAX (*natural, MAX (least, MIN (wanted, 2 * COLUMN)));
    }
}

static int
get_start_width (BaristaRouteTrack *self)
{
  int width;

  gtk_widget_measure (self->start, GTK_ORIENTATION_HORIZONTAL, -1, NULL, &width, NULL, NULL);

  return width;
}

/* The first row's height in columns of @column; -1: as they like. */
static int
measure_row (BaristaRouteTrack *self, int column)
{
  int height = 0;

  for (guint i = 0; i < self->stops->len; i++)
    {
      int least;

      gtk_widget_measure (self->stops->pdata[i], GTK_ORIENTATION_VERTICAL, column, &least, NULL,
                          NULL, NULL);
      height = MAX (height, least);
    }

  return height;
}

static int
get_column (BaristaRouteTrack *self, int width)
{
  int n = MAX ((int) self->stops->len, 1);

  return MAX ((width - get_start_width (self)) / n, COLUMN);
}

/* The registry's place is the width of the columns between its branch's two legs. */
static int
get_registry_width (BaristaRouteTrack *self, int column)
{
  int columns = MAX ((int) self->stops->len - 2, 1);

  return columns * column - 4 * (int) BEND;
}

static int
measure_registry (BaristaRouteTrack *self, int column)
{
  int height;

  if (self->registry == NULL)
    return 0;

  gtk_widget_measure (self->registry, GTK_ORIENTATION_VERTICAL, get_registry_width (self, column),
                      &height, NULL, NULL, NULL);
  return height + GAP;
}

static void
barista_route_track_measure (GtkWidget *widget,
                             GtkOrientation orientation,
                             int for_size,
                             int *minimum,
                             int *natural,
                             int *minimum_baseline,
                             int *natural_baseline)
{
  BaristaRouteTrack *self = BARISTA_ROUTE_TRACK (widget);
  int n = (int) self->stops->len;

  if (orientation == GTK_ORIENTATION_HORIZONTAL)
    {
      measure_widest (self, minimum, natural);
      *minimum = *minimum * n + get_start_width (self);
      *natural = *natural * n + get_start_width (self);
    }
  else
    {
      int column = for_size < 0 ? 2 * COLUMN : get_column (self, for_size);

      *minimum = *natural = measure_row (self, column) + measure_registry (self, column);
    }
}

static gboolean
get_centre (BaristaRouteTrack *self, guint i, graphene_point_t *centre)
{
  return barista_route_stop_get_centre (self->stops->pdata[i], GTK_WIDGET (self), centre);
}

/* Mirrors where the text runs from right to left. */
static void
place (BaristaRouteTrack *self, GtkWidget *child, int x, int y, int width, int height)
{
  gboolean mirrored = gtk_widget_get_direction (GTK_WIDGET (self)) == GTK_TEXT_DIR_RTL;
  GtkAllocation at = { mirrored ? gtk_widget_get_width (GTK_WIDGET (self)) - x - width : x, y,
                       width, height };

  gtk_widget_size_allocate (child, &at, -1);
}

static void
barista_route_track_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  BaristaRouteTrack *self = BARISTA_ROUTE_TRACK (widget);
  int column = get_column (self, width);
  int row = measure_row (self, column);
  int x = get_start_width (self);
  graphene_point_t centre;
  int below;

  for (guint i = 0; i < self->stops->len; i++)
    place (self, self->stops->pdata[i], x + (int) i * column, 0, column, row);
  /* The icon of this computer stands on the line, which runs through the dots' middles. */
  if (self->stops->len > 0 && get_centre (self, 0, &centre))
    place (self, self->start, 0, 0, x, (int) (2 * centre.y + 0.5f));
  if (self->registry == NULL)
    return;

  below = get_registry_width (self, column);
  gtk_widget_measure (self->registry, GTK_ORIENTATION_HORIZONTAL, -1, NULL, &below, NULL, NULL);
  below = MIN (below, get_registry_width (self, column));
  place (self, self->registry, x + ((int) self->stops->len * column - below) / 2, row + GAP, below,
         measure_registry (self, column) - GAP);
}

/* --- drawing --- */

typedef struct
{
  GtkSnapshot *snapshot;
  GdkRGBA done, ahead;
} Pen;

static void
stroke (const Pen *pen, GskPath *path, BaristaStationState state)
{
  static const float dash[] = { 4, 4 };
  GskStroke *line = gsk_stroke_new (LINE);
  gboolean reached = state == BARISTA_STATION_FINE || state == BARISTA_STATION_ATTENTION;

  gsk_stroke_set_line_cap (line, GSK_LINE_CAP_BUTT);
  if (state == BARISTA_STATION_SKIPPED)
    gsk_stroke_set_dash (line, dash, G_N_ELEMENTS (dash));
  gtk_snapshot_append_stroke (pen->snapshot, path, line, reached ? &pen->done : &pen->ahead);
  gsk_stroke_free (line);
}

static void
stroke_straight (const Pen *pen, graphene_point_t from, float to, BaristaStationState state)
{
  g_autoptr (GskPathBuilder) builder = gsk_path_builder_new ();
  g_autoptr (GskPath) path = NULL;

  gsk_path_builder_move_to (builder, from.x, from.y);
  gsk_path_builder_line_to (builder, to, from.y);
  path = gsk_path_builder_free_to_path (g_steal_pointer (&builder));
  stroke (pen, path, state);
}

/* From the line at @leg down and towards @to, or the same way back. */
static void
stroke_leg (const Pen *pen, float leg, float top, graphene_point_t to, BaristaStationState state)
{
  float side = to.x > leg ? 1 : -1;
  g_autoptr (GskPathBuilder) builder = gsk_path_builder_new ();
  g_autoptr (GskPath) path = NULL;

  gsk_path_builder_move_to (builder, leg, top + LINE / 2);
  gsk_path_builder_line_to (builder, leg, to.y - BEND);
  gsk_path_builder_quad_to (builder, leg, to.y, leg + side * BEND, to.y);
  gsk_path_builder_line_to (builder, to.x - side * CLEARANCE, to.y);
  path = gsk_path_builder_free_to_path (g_steal_pointer (&builder));
  stroke (pen, path, state);
}

static BaristaStationState
get_state (GtkWidget *stop)
{
  return barista_station_get_state (barista_route_stop_get_station (BARISTA_ROUTE_STOP (stop)));
}

static void
draw_line (BaristaRouteTrack *self, const Pen *pen)
{
  gboolean mirrored = gtk_widget_get_direction (GTK_WIDGET (self)) == GTK_TEXT_DIR_RTL;
  float side = mirrored ? -1 : 1;
  float edge = (float) get_start_width (self);
  graphene_point_t from, to;

  from.x = mirrored ? (float) gtk_widget_get_width (GTK_WIDGET (self)) - edge : edge;
  for (guint i = 0; i < self->stops->len; i++)
    {
      if (!get_centre (self, i, &to))
        return;
      from.y = to.y;
      stroke_straight (pen, from, to.x - side * CLEARANCE, get_state (self->stops->pdata[i]));
      from.x = to.x + side * CLEARANCE;
    }
}

static void
draw_branch (BaristaRouteTrack *self, const Pen *pen)
{
  BaristaStationState state = get_state (self->registry);
  guint n = self->stops->len;
  graphene_point_t a, b, y, z, centre;

  if (n < 3 || !get_centre (self, 0, &a) || !get_centre (self, 1, &b)
      || !get_centre (self, n - 2, &y) || !get_centre (self, n - 1, &z)
      || !barista_route_stop_get_centre (BARISTA_ROUTE_STOP (self->registry), GTK_WIDGET (self),
                                         &centre))
    return;

  stroke_leg (pen, (a.x + b.x) / 2, a.y, centre, state);
  /* Back on the line only if it got through. */
  stroke_leg (pen, (y.x + z.x) / 2, a.y, centre,
              state == BARISTA_STATION_FAILED ? BARISTA_STATION_SKIPPED : state);
}

static void
barista_route_track_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  BaristaRouteTrack *self = BARISTA_ROUTE_TRACK (widget);
  AdwStyleManager *style = adw_style_manager_get_default ();
  Pen pen = { .snapshot = snapshot };

  /* Without a route there is no line to stand on: its beginning has no place either. */
  if (self->stops->len == 0)
    return;

  adw_accent_color_to_standalone_rgba (adw_style_manager_get_accent_color (style),
                                       adw_style_manager_get_dark (style), &pen.done);
  gtk_widget_get_color (widget, &pen.ahead);
  pen.ahead.alpha *= adw_style_manager_get_high_contrast (style) ? 0.6f : 0.25f;

  draw_line (self, &pen);
  if (self->registry != NULL)
    draw_branch (self, &pen);
  GTK_WIDGET_CLASS (barista_route_track_parent_class)->snapshot (widget, snapshot);
}

/* --- the stops --- */

static void
on_stop_clicked (BaristaRouteTrack *self, GtkButton *stop)
{
  g_signal_emit (self, signals[STATION_ACTIVATED], 0,
                 barista_route_stop_get_station (BARISTA_ROUTE_STOP (stop)));
}

static void
remove_stops (BaristaRouteTrack *self)
{
  for (guint i = 0; i < self->stops->len; i++)
    gtk_widget_unparent (self->stops->pdata[i]);
  g_ptr_array_set_size (self->stops, 0);
  g_clear_pointer (&self->registry, gtk_widget_unparent);
}

static void
add_stop (BaristaRouteTrack *self, BaristaStation *station)
{
  GtkWidget *stop = barista_route_stop_new (station);

  gtk_widget_set_parent (stop, GTK_WIDGET (self));
  g_signal_connect_object (stop, "clicked", G_CALLBACK (on_stop_clicked), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (station, "notify::state", G_CALLBACK (gtk_widget_queue_draw), self,
                           G_CONNECT_SWAPPED);
  if (barista_station_get_kind (station) == BARISTA_STATION_REGISTRY)
    self->registry = stop;
  else
    g_ptr_array_add (self->stops, stop);
}

static void
make_stops (BaristaRouteTrack *self)
{
  guint n = self->route != NULL ? g_list_model_get_n_items (G_LIST_MODEL (self->route)) : 0;

  remove_stops (self);
  for (guint i = 0; i < n; i++)
    {
      g_autoptr (BaristaStation) station = g_list_model_get_item (G_LIST_MODEL (self->route), i);

      add_stop (self, station);
    }
  gtk_widget_queue_resize (GTK_WIDGET (self));
}

/* --- the widget --- */

static void
barista_route_track_dispose (GObject *object)
{
  BaristaRouteTrack *self = BARISTA_ROUTE_TRACK (object);

  barista_route_track_set_route (self, NULL);
  g_clear_pointer (&self->start, gtk_widget_unparent);

  G_OBJECT_CLASS (barista_route_track_parent_class)->dispose (object);
}

static void
barista_route_track_finalize (GObject *object)
{
  g_ptr_array_unref (BARISTA_ROUTE_TRACK (object)->stops);

  G_OBJECT_CLASS (barista_route_track_parent_class)->finalize (object);
}

static GtkSizeRequestMode
barista_route_track_get_request_mode (GtkWidget *widget)
{
  return GTK_SIZE_REQUEST_HEIGHT_FOR_WIDTH;
}

static void
barista_route_track_class_init (BaristaRouteTrackClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = barista_route_track_dispose;
  object_class->finalize = barista_route_track_finalize;
  widget_class->get_request_mode = barista_route_track_get_request_mode;
  widget_class->measure = barista_route_track_measure;
  widget_class->size_allocate = barista_route_track_size_allocate;
  widget_class->snapshot = barista_route_track_snapshot;

  /**
   * BaristaRouteTrack::station-activated:
   * @station: the #BaristaStation that was clicked
   */
  signals[STATION_ACTIVATED] = g_signal_new ("station-activated", BARISTA_TYPE_ROUTE_TRACK,
                                             G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1,
                                             BARISTA_TYPE_STATION);

  gtk_widget_class_set_css_name (widget_class, "routetrack");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_LIST);
}

static void
barista_route_track_init (BaristaRouteTrack *self)
{
  self->stops = g_ptr_array_new ();
  self->start = gtk_image_new_from_icon_name ("computer-symbolic");
  gtk_widget_add_css_class (self->start, "dimmed");
  gtk_widget_set_margin_end (self->start, 6);
  gtk_widget_set_tooltip_text (self->start, _ ("This computer"));
  gtk_widget_set_parent (self->start, GTK_WIDGET (self));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("The way of the data"), -1);
}

GtkWidget *
barista_route_track_new (void)
{
  return g_object_new (BARISTA_TYPE_ROUTE_TRACK, NULL);
}

void
barista_route_track_set_route (BaristaRouteTrack *self, BaristaRoute *route)
{
  if (self->route == route && route != NULL)
    return;

  if (self->route != NULL)
    g_clear_signal_handler (&self->changed_id, self->route);
  g_set_object (&self->route, route);
  if (route != NULL)
    self->changed_id = g_signal_connect_object (route, "items-changed", G_CALLBACK (make_stops),
                                                self, G_CONNECT_SWAPPED);
  make_stops (self);
}
