/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "barista-drawing.h"

#include <adwaita.h>

#define WIDTH 96
#define HEIGHT 64
#define LINE_WIDTH 2

typedef enum
{
  INK_LINE,
  INK_FAINT,
  INK_ACCENT,
  INK_WASH, /* accent, as a tint */
  INK_ERROR,
} Ink;

typedef struct
{
  Ink ink;
  gboolean dashed;
  const char *path; /* as in SVG; what is washed is filled, all else stroked */
} Stroke;

typedef struct
{
  const char *name;
  Stroke strokes[6];
} Drawing;

#define SHEET \
  "M14 7h68a5 5 0 0 1 5 5v40a5 5 0 0 1 -5 5h-68a5 5 0 0 1 -5 -5v-40a5 5 0 0 1 5 -5zM9 19h78"

static const Drawing drawings[] = {
  /* all rows as they came */
  { "plan-none",
    { { INK_LINE, FALSE, SHEET },
      { INK_FAINT, FALSE, "M17 13h14M43 13h20" },
      { INK_ACCENT, FALSE, "M17 28h14M43 28h34M17 38h14M43 38h26M17 48h14M43 48h30" } } },
  /* a row that stays, with a mark */
  { "plan-soft-nullable",
    { { INK_LINE, FALSE, SHEET },
      { INK_FAINT, FALSE, "M17 13h14M43 13h20M17 28h14M43 28h22M17 48h14M43 48h26" },
      { INK_WASH, FALSE, "M10 33h76v10h-76z" },
      { INK_ACCENT, FALSE, "M17 38h14M76 34.5v7M76 34.5l6 2.2l-6 2.2" } } },
  /* one text that holds it all */
  { "plan-soft-document",
    { { INK_LINE, FALSE,
        "M26 6h32l14 14v33a5 5 0 0 1 -5 5h-41a5 5 0 0 1 -5 -5v-42a5 5 0 0 1 5 -5zM58 6v14h14" },
      { INK_ACCENT, FALSE,
        "M37 27c-4 0 -3 3 -3 6s-2 4 -3 4c1 0 3 1 3 4s-1 6 3 6M56 27c4 0 3 3 3 6s2 4 3 4c-1 0 -3 1 -3 "
        "4s1 6 -3 6" },
      { INK_FAINT, FALSE, "M42 33h9M42 41h6" } } },
  /* a row that goes */
  { "plan-hard",
    { { INK_LINE, FALSE, SHEET },
      { INK_FAINT, FALSE, "M17 13h14M43 13h20M17 28h14M43 28h22M17 48h14M43 48h26" },
      { INK_ACCENT, TRUE, "M14 34h68v8h-68z" },
      { INK_ACCENT, FALSE, "M45 35l6 6M51 35l-6 6" } } },
  { "empty",
    { { INK_FAINT, TRUE, "M26 24v-12h44v12" },
      { INK_LINE, FALSE,
        "M14 34l9 -12h50l9 12v18a4 4 0 0 1 -4 4h-60a4 4 0 0 1 -4 -4zM14 34h20a4 4 0 0 1 4 4a4 4 0 0 0 "
        "4 4h12a4 4 0 0 0 4 -4a4 4 0 0 1 4 -4h20" } } },
  { "waiting",
    { { INK_LINE, FALSE,
        "M14 34l9 -12h50l9 12v18a4 4 0 0 1 -4 4h-60a4 4 0 0 1 -4 -4zM14 34h20a4 4 0 0 1 4 4a4 4 0 0 0 "
        "4 4h12a4 4 0 0 0 4 -4a4 4 0 0 1 4 -4h20" },
      { INK_ACCENT, FALSE, "M48 4v22M41 19l7 7l7 -7" } } },
  { "broken",
    { { INK_LINE, FALSE,
        "M8 32h22M66 32h22M30 22v20h8a10 10 0 0 0 0 -20zM66 22v20h-8a10 10 0 0 1 0 -20z" },
      { INK_ERROR, FALSE, "M48 8v8M36 11l4 6M60 11l-4 6" } } },
  { "nothing-found",
    { { INK_LINE, FALSE, "M60 28a17 17 0 1 1 -34 0a17 17 0 1 1 34 0M55 41l16 15" },
      { INK_ACCENT, FALSE, "M37 22l12 12M49 22l-12 12" } } },
  { "rows", { { INK_LINE, FALSE, SHEET }, { INK_FAINT, TRUE, "M17 28h60M17 38h60M17 48h60" } } },
};

struct _BaristaDrawing
{
  GtkWidget parent_instance;

  const Drawing *drawing;
  double unit;
};

enum
{
  PROP_DRAWING = 1,
  PROP_UNIT,
};

G_DEFINE_FINAL_TYPE (BaristaDrawing, barista_drawing, GTK_TYPE_WIDGET)

static const Drawing *
find_drawing (const char *name)
{
  for (guint i = 0; name != NULL && i < G_N_ELEMENTS (drawings); i++)
    if (g_str_equal (drawings[i].name, name))
      return &drawings[i];

  return NULL;
}

static GdkRGBA
color_of (GtkWidget *widget, Ink ink)
{
  AdwStyleManager *manager = adw_style_manager_get_for_display (gtk_widget_get_display (widget));
  gboolean dark = adw_style_manager_get_dark (manager);
  GdkRGBA color;

  gtk_widget_get_color (widget, &color);
  if (ink == INK_ACCENT || ink == INK_WASH)
    adw_accent_color_to_standalone_rgba (adw_style_manager_get_accent_color (manager), dark,
                                         &color);
  if (ink == INK_ERROR)
    gdk_rgba_parse (&color, dark ? "#ff938c" : "#c30000"); /* libadwaita's --error-color */
  if (ink == INK_FAINT)
    color.alpha *= adw_style_manager_get_high_contrast (manager) ? 0.9f : 0.45f;
  if (ink == INK_WASH)
    color.alpha *= 0.18f;
  return color;
}

static void
draw (GtkWidget *widget, const Stroke *stroke, GtkSnapshot *snapshot)
{
  static const float dashes[] = { 4, 3 };
  g_autoptr (GskPath) path = gsk_path_parse (stroke->path);
  g_autoptr (GskStroke) line = gsk_stroke_new (LINE_WIDTH);
  GdkRGBA color = color_of (widget, stroke->ink);

  if (stroke->ink == INK_WASH)
    {
      gtk_snapshot_append_fill (snapshot, path, GSK_FILL_RULE_WINDING, &color);
      return;
    }

  gsk_stroke_set_line_cap (line, GSK_LINE_CAP_ROUND);
  gsk_stroke_set_line_join (line, GSK_LINE_JOIN_ROUND);
  if (stroke->dashed)
    gsk_stroke_set_dash (line, dashes, G_N_ELEMENTS (dashes));
  gtk_snapshot_append_stroke (snapshot, path, line, &color);
}

static void
barista_drawing_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  BaristaDrawing *self = BARISTA_DRAWING (widget);
  float unit = (float) self->unit;
  float x = ((float) gtk_widget_get_width (widget) - WIDTH * unit) / 2;
  float y = ((float) gtk_widget_get_height (widget) - HEIGHT * unit) / 2;

  if (self->drawing == NULL)
    return;

  gtk_snapshot_save (snapshot);
  gtk_snapshot_translate (snapshot, &GRAPHENE_POINT_INIT (x, y));
  if (gtk_widget_get_direction (widget) == GTK_TEXT_DIR_RTL)
    {
      gtk_snapshot_translate (snapshot, &GRAPHENE_POINT_INIT (WIDTH * unit, 0));
      gtk_snapshot_scale (snapshot, -1, 1);
    }
  gtk_snapshot_scale (snapshot, unit, unit);
  for (guint i = 0; i < G_N_ELEMENTS (self->drawing->strokes); i++)
    if (self->drawing->strokes[i].path != NULL)
      draw (widget, &self->drawing->strokes[i], snapshot);
  gtk_snapshot_restore (snapshot);
}

static void
barista_drawing_measure (GtkWidget *widget,
                         GtkOrientation orientation,
                         int for_size,
                         int *minimum,
                         int *natural,
                         int *minimum_baseline,
                         int *natural_baseline)
{
  double unit = BARISTA_DRAWING (widget)->unit;

  *minimum = *natural = (int) (unit * (orientation == GTK_ORIENTATION_HORIZONTAL ? WIDTH : HEIGHT));
}

static void
barista_drawing_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  BaristaDrawing *self = BARISTA_DRAWING (object);

  switch (id)
    {
    case PROP_DRAWING:
      self->drawing = find_drawing (g_value_get_string (value));
      gtk_widget_queue_draw (GTK_WIDGET (self));
      break;
    case PROP_UNIT:
      self->unit = g_value_get_double (value);
      gtk_widget_queue_resize (GTK_WIDGET (self));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
barista_drawing_class_init (BaristaDrawingClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  const GParamFlags flags = G_PARAM_WRITABLE | G_PARAM_STATIC_STRINGS;

  object_class->set_property = barista_drawing_set_property;
  widget_class->snapshot = barista_drawing_snapshot;
  widget_class->measure = barista_drawing_measure;
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_PRESENTATION);

  g_object_class_install_property (object_class, PROP_DRAWING,
                                   g_param_spec_string ("drawing", NULL, NULL, NULL, flags));
  g_object_class_install_property (object_class, PROP_UNIT,
                                   g_param_spec_double ("unit", NULL, NULL, 0.1, 8, 1, flags));
}

static void
barista_drawing_init (BaristaDrawing *self)
{
  AdwStyleManager *manager = adw_style_manager_get_for_display (
      gtk_widget_get_display (GTK_WIDGET (self)));

  self->unit = 1;
  gtk_widget_set_can_target (GTK_WIDGET (self), FALSE);
  g_signal_connect_object (manager, "notify", G_CALLBACK (gtk_widget_queue_draw), self,
                           G_CONNECT_SWAPPED);
}

GtkWidget *
barista_drawing_new (const char *drawing, double unit)
{
  return g_object_new (BARISTA_TYPE_DRAWING, "drawing", drawing, "unit", unit, NULL);
}
