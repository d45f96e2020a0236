/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "barista-state-dot.h"

#include <adwaita.h>
#include <math.h>

#define SIZE 18
#define RADIUS 7.0f
#define LINE 2.0f
#define TURN_US G_USEC_PER_SEC /* once around */

struct _BaristaStateDot
{
  GtkWidget parent_instance;

  BaristaStationState state;
  guint tick;
  gint64 began;
  float angle; /* of the turning ring, in degrees */
};

G_DEFINE_FINAL_TYPE (BaristaStateDot, barista_state_dot, GTK_TYPE_WIDGET)

enum
{
  PROP_0,
  PROP_STATE,
  N_PROPS
};
static GParamSpec *properties[N_PROPS];

/* libadwaita's classes: each sets the text colour that the drawing takes. */
static const char *const classes[] = {
  [BARISTA_STATION_TODO] = "dimmed",  [BARISTA_STATION_WORKING] = "accent",
  [BARISTA_STATION_FINE] = "accent",  [BARISTA_STATION_ATTENTION] = "warning",
  [BARISTA_STATION_FAILED] = "error", [BARISTA_STATION_SKIPPED] = "dimmed",
};

/* --- the shapes, around the origin --- */

static void
stroke_ring (GtkSnapshot *snapshot, const GdkRGBA *color, const float *dash, gsize n_dash)
{
  g_autoptr (GskPathBuilder) builder = gsk_path_builder_new ();
  g_autoptr (GskPath) path = NULL;
  GskStroke *stroke = gsk_stroke_new (LINE);

  gsk_path_builder_add_circle (builder, &GRAPHENE_POINT_INIT (0, 0), RADIUS);
  path = gsk_path_builder_free_to_path (g_steal_pointer (&builder));
  gsk_stroke_set_dash (stroke, dash, n_dash);
  gtk_snapshot_append_stroke (snapshot, path, stroke, color);
  gsk_stroke_free (stroke);
}

static void
stroke_quarter (GtkSnapshot *snapshot, const GdkRGBA *color)
{
  g_autoptr (GskPathBuilder) builder = gsk_path_builder_new ();
  g_autoptr (GskPath) path = NULL;
  GskStroke *stroke = gsk_stroke_new (LINE);

  gsk_path_builder_move_to (builder, 0, -RADIUS);
  gsk_path_builder_svg_arc_to (builder, RADIUS, RADIUS, 0, FALSE, TRUE, RADIUS, 0);
  path = gsk_path_builder_free_to_path (g_steal_pointer (&builder));
  gsk_stroke_set_line_cap (stroke, GSK_LINE_CAP_ROUND);
  gtk_snapshot_append_stroke (snapshot, path, stroke, color);
  gsk_stroke_free (stroke);
}

static void
fill_polygon (GtkSnapshot *snapshot, const GdkRGBA *color, const graphene_point_t *points, gsize n)
{
  g_autoptr (GskPathBuilder) builder = gsk_path_builder_new ();
  g_autoptr (GskPath) path = NULL;

  gsk_path_builder_move_to (builder, points[0].x, points[0].y);
  for (gsize i = 1; i < n; i++)
    gsk_path_builder_line_to (builder, points[i].x, points[i].y);
  gsk_path_builder_close (builder);
  path = gsk_path_builder_free_to_path (g_steal_pointer (&builder));
  gtk_snapshot_append_fill (snapshot, path, GSK_FILL_RULE_WINDING, color);
}

static void
fill_disc (GtkSnapshot *snapshot, const GdkRGBA *color)
{
  g_autoptr (GskPathBuilder) builder = gsk_path_builder_new ();
  g_autoptr (GskPath) path = NULL;

  gsk_path_builder_add_circle (builder, &GRAPHENE_POINT_INIT (0, 0), RADIUS + LINE / 2);
  path = gsk_path_builder_free_to_path (g_steal_pointer (&builder));
  gtk_snapshot_append_fill (snapshot, path, GSK_FILL_RULE_WINDING, color);
}

static void
fill_lozenge (GtkSnapshot *snapshot, const GdkRGBA *color)
{
  const graphene_point_t corners[] = { { 0, -9 }, { 9, 0 }, { 0, 9 }, { -9, 0 } };

  fill_polygon (snapshot, color, corners, G_N_ELEMENTS (corners));
}

/* A disc with a cross cut out of it. */
static void
fill_crossed_disc (GtkSnapshot *snapshot, const GdkRGBA *color)
{
  /* One arm, turned by steps of 90 degrees. */
  const float w = 1.5f, arm = 4.4f;
  g_autoptr (GskPathBuilder) builder = gsk_path_builder_new ();
  g_autoptr (GskPath) path = NULL;

  gsk_path_builder_add_circle (builder, &GRAPHENE_POINT_INIT (0, 0), RADIUS + LINE / 2);
  for (int i = 0; i < 4; i++)
    {
      const float turn = (float) (G_PI / 4 + i * G_PI / 2);
      const float c = cosf (turn), s = sinf (turn);
      const graphene_point_t points[] = { { w / 2, w / 2 }, { arm, w / 2 }, { arm, -w / 2 } };

      for (gsize j = 0; j < G_N_ELEMENTS (points); j++)
        {
          float x = points[j].x * c + points[j].y * s;
          float y = points[j].x * s - points[j].y * c;

          if (i == 0 && j == 0)
            gsk_path_builder_move_to (builder, x, y);
          else
            gsk_path_builder_line_to (builder, x, y);
        }
    }
  gsk_path_builder_close (builder);
  path = gsk_path_builder_free_to_path (g_steal_pointer (&builder));
  gtk_snapshot_append_fill (snapshot, path, GSK_FILL_RULE_EVEN_ODD, color);
}

static void
draw (BaristaStateDot *self, GtkSnapshot *snapshot, const GdkRGBA *color)
{
  /* The ring's length is 44: 11 dashes. */
  static const float dash[] = { 2.4f, 1.6f };
  GdkRGBA faint = *color;

  switch (self->state)
    {
    case BARISTA_STATION_WORKING:
      faint.alpha *= 0.25f;
      stroke_ring (snapshot, &faint, NULL, 0);
      gtk_snapshot_rotate (snapshot, self->angle);
      stroke_quarter (snapshot, color);
      break;
    case BARISTA_STATION_FINE:
      fill_disc (snapshot, color);
      break;
    case BARISTA_STATION_ATTENTION:
      fill_lozenge (snapshot, color);
      break;
    case BARISTA_STATION_FAILED:
      fill_crossed_disc (snapshot, color);
      break;
    case BARISTA_STATION_SKIPPED:
      stroke_ring (snapshot, color, dash, G_N_ELEMENTS (dash));
      break;
    case BARISTA_STATION_TODO:
    default:
      stroke_ring (snapshot, color, NULL, 0);
    }
}

static void
barista_state_dot_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  BaristaStateDot *self = BARISTA_STATE_DOT (widget);
  const gboolean mirrored = gtk_widget_get_direction (widget) == GTK_TEXT_DIR_RTL;
  GdkRGBA color;

  gtk_widget_get_color (widget, &color);
  gtk_snapshot_save (snapshot);
  gtk_snapshot_translate (snapshot,
                          &GRAPHENE_POINT_INIT ((float) gtk_widget_get_width (widget) / 2,
                                                (float) gtk_widget_get_height (widget) / 2));
  if (mirrored)
    gtk_snapshot_scale (snapshot, -1, 1);
  draw (self, snapshot, &color);
  gtk_snapshot_restore (snapshot);
}

/* --- turning, while at work and in sight --- */

static gboolean
turn (GtkWidget *widget, GdkFrameClock *clock, gpointer user_data)
{
  BaristaStateDot *self = BARISTA_STATE_DOT (widget);
  gint64 now = gdk_frame_clock_get_frame_time (clock);

  if (self->began == 0)
    self->began = now;
  self->angle = (float) ((now - self->began) % TURN_US) * 360 / (float) TURN_US;
  gtk_widget_queue_draw (widget);

  return G_SOURCE_CONTINUE;
}

/* With reduced motion the ring stands still. */
static void
update_turning (BaristaStateDot *self)
{
  GtkWidget *widget = GTK_WIDGET (self);
  gboolean turns = self->state == BARISTA_STATION_WORKING && gtk_widget_get_mapped (widget)
                   && adw_get_enable_animations (widget);

  if (turns && self->tick == 0)
    self->tick = gtk_widget_add_tick_callback (widget, turn, NULL, NULL);
  else if (!turns && self->tick != 0)
    {
      gtk_widget_remove_tick_callback (widget, self->tick);
      self->tick = 0;
      self->began = 0;
      self->angle = 0;
    }
}

static void
barista_state_dot_map (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (barista_state_dot_parent_class)->map (widget);
  update_turning (BARISTA_STATE_DOT (widget));
}

static void
barista_state_dot_unmap (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (barista_state_dot_parent_class)->unmap (widget);
  update_turning (BARISTA_STATE_DOT (widget));
}

/* --- the widget --- */

static void
barista_state_dot_measure (GtkWidget *widget,
                           GtkOrientation orientation,
                           int for_size,
                           int *minimum,
                           int *natural,
                           int *minimum_baseline,
                           int *natural_baseline)
{
  *minimum = *natural = SIZE;
}

static void
barista_state_dot_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  if (id == PROP_STATE)
    g_value_set_enum (value, BARISTA_STATE_DOT (object)->state);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
barista_state_dot_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  if (id == PROP_STATE)
    barista_state_dot_set_state (BARISTA_STATE_DOT (object), g_value_get_enum (value));
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
barista_state_dot_class_init (BaristaStateDotClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = barista_state_dot_get_property;
  object_class->set_property = barista_state_dot_set_property;
  widget_class->measure = barista_state_dot_measure;
  widget_class->snapshot = barista_state_dot_snapshot;
  widget_class->map = barista_state_dot_map;
  widget_class->unmap = barista_state_dot_unmap;

  properties[PROP_STATE] = g_param_spec_enum ("state", NULL, NULL, BARISTA_TYPE_STATION_STATE,
                                              BARISTA_STATION_TODO,
                                              G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY
                                                  | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  gtk_widget_class_set_css_name (widget_class, "statedot");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_PRESENTATION);
}

static void
barista_state_dot_init (BaristaStateDot *self)
{
  gtk_widget_set_valign (GTK_WIDGET (self), GTK_ALIGN_CENTER);
  gtk_widget_set_halign (GTK_WIDGET (self), GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (GTK_WIDGET (self), classes[self->state]);
}

GtkWidget *
barista_state_dot_new (void)
{
  return g_object_new (BARISTA_TYPE_STATE_DOT, NULL);
}

void
barista_state_dot_set_state (BaristaStateDot *self, BaristaStationState state)
{
  if (self->state == state)
    return;

  gtk_widget_remove_css_class (GTK_WIDGET (self), classes[self->state]);
  self->state = state;
  gtk_widget_add_css_class (GTK_WIDGET (self), classes[state]);
  update_turning (self);
  gtk_widget_queue_draw (GTK_WIDGET (self));
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_STATE]);
}
