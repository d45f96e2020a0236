/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "barista-span-bar.h"

#include <adwaita.h>

#define BAR_HEIGHT 24
#define THICKNESS 6
/* How much of the line is what comes after now. */
#define FUTURE 0.14f

struct _BaristaSpanBar
{
  GtkWidget parent_instance;

  gboolean from_start;
};

enum
{
  PROP_FROM_START = 1,
};

G_DEFINE_FINAL_TYPE (BaristaSpanBar, barista_span_bar, GTK_TYPE_WIDGET)

static GdkRGBA
accent_of (GtkWidget *widget)
{
  AdwStyleManager *manager = adw_style_manager_get_for_display (gtk_widget_get_display (widget));
  GdkRGBA color;

  adw_accent_color_to_standalone_rgba (adw_style_manager_get_accent_color (manager),
                                       adw_style_manager_get_dark (manager), &color);
  return color;
}

static void
draw_line (GtkSnapshot *snapshot,
           float from,
           float to,
           float y,
           const GdkRGBA *color,
           gboolean dashed)
{
  static const float dashes[] = { 2, 8 };
  g_autoptr (GskPathBuilder) builder = gsk_path_builder_new ();
  g_autoptr (GskPath) path = NULL;
  g_autoptr (GskStroke) stroke = gsk_stroke_new (dashed ? THICKNESS / 2 : THICKNESS);

  gsk_path_builder_move_to (builder, from, y);
  gsk_path_builder_line_to (builder, to, y);
  path = gsk_path_builder_free_to_path (g_steal_pointer (&builder));
  gsk_stroke_set_line_cap (stroke, GSK_LINE_CAP_ROUND);
  if (dashed)
    gsk_stroke_set_dash (stroke, dashes, G_N_ELEMENTS (dashes));
  gtk_snapshot_append_stroke (snapshot, path, stroke, color);
}

static void
draw_dot (GtkSnapshot *snapshot, float x, float y, float radius, const GdkRGBA *color)
{
  g_autoptr (GskPathBuilder) builder = gsk_path_builder_new ();
  g_autoptr (GskPath) path = NULL;

  gsk_path_builder_add_circle (builder, &GRAPHENE_POINT_INIT (x, y), radius);
  path = gsk_path_builder_free_to_path (g_steal_pointer (&builder));
  gtk_snapshot_append_fill (snapshot, path, GSK_FILL_RULE_WINDING, color);
}

/* Oldest record, newest record, and an arrow for those to come. */
static void
barista_span_bar_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  BaristaSpanBar *self = BARISTA_SPAN_BAR (widget);
  float width = (float) gtk_widget_get_width (widget);
  float y = (float) gtk_widget_get_height (widget) / 2;
  float start = THICKNESS, end = width - THICKNESS;
  float now = end - (end - start) * FUTURE;
  GdkRGBA accent = accent_of (widget);
  GdkRGBA faint;

  gtk_widget_get_color (widget, &faint);
  faint.alpha *= 0.3f;

  gtk_snapshot_save (snapshot);
  if (gtk_widget_get_direction (widget) == GTK_TEXT_DIR_RTL)
    {
      gtk_snapshot_translate (snapshot, &GRAPHENE_POINT_INIT (width, 0));
      gtk_snapshot_scale (snapshot, -1, 1);
    }

  if (self->from_start)
    draw_line (snapshot, start, now, y, &accent, FALSE);
  else
    draw_line (snapshot, start, now, y, &faint, TRUE);
  draw_line (snapshot, now + THICKNESS * 2, end, y, &accent, TRUE);
  draw_dot (snapshot, start, y, THICKNESS, self->from_start ? &accent : &faint);
  draw_dot (snapshot, now, y, THICKNESS, &accent);
  gtk_snapshot_restore (snapshot);
}

static void
barista_span_bar_measure (GtkWidget *widget,
                          GtkOrientation orientation,
                          int for_size,
                          int *minimum,
                          int *natural,
                          int *minimum_baseline,
                          int *natural_baseline)
{
  *minimum = *natural = orientation == GTK_ORIENTATION_HORIZONTAL ? 80 : BAR_HEIGHT;
}

static void
barista_span_bar_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  barista_span_bar_set_from_start (BARISTA_SPAN_BAR (object), g_value_get_boolean (value));
}

static void
barista_span_bar_class_init (BaristaSpanBarClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->set_property = barista_span_bar_set_property;
  widget_class->snapshot = barista_span_bar_snapshot;
  widget_class->measure = barista_span_bar_measure;
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_PRESENTATION);
  g_object_class_install_property (object_class, PROP_FROM_START,
                                   g_param_spec_boolean ("from-start", NULL, NULL, TRUE,
                                                         G_PARAM_WRITABLE
                                                             | G_PARAM_STATIC_STRINGS));
}

static void
barista_span_bar_init (BaristaSpanBar *self)
{
  AdwStyleManager *manager = adw_style_manager_get_for_display (
      gtk_widget_get_display (GTK_WIDGET (self)));

  self->from_start = TRUE;
  g_signal_connect_object (manager, "notify", G_CALLBACK (gtk_widget_queue_draw), self,
                           G_CONNECT_SWAPPED);
}

void
barista_span_bar_set_from_start (BaristaSpanBar *self, gboolean from_start)
{
  if (self->from_start == from_start)
    return;

  self->from_start = from_start;
  gtk_widget_queue_draw (GTK_WIDGET (self));
}
