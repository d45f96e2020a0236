/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "barista-deletion-art.h"

#include <adwaita.h>
#include <glib/gi18n.h>

#define CARD_WIDTH 48
#define CARD_HEIGHT 34
#define GAP 14
#define LINE 1.5f
#define N_CARDS 3

struct _BaristaDeletionArt
{
  GtkWidget parent_instance;

  BaristaDeletions mode;
  PangoLayout *captions[N_CARDS];
};

G_DEFINE_FINAL_TYPE (BaristaDeletionArt, barista_deletion_art, GTK_TYPE_WIDGET)

enum
{
  PROP_0,
  PROP_MODE,
  N_PROPS
};
static GParamSpec *properties[N_PROPS];

static const char *const captions[N_CARDS] = { N_ ("new"), N_ ("changed"), N_ ("deleted") };

static PangoLayout *
get_caption (BaristaDeletionArt *self, guint i)
{
  if (self->captions[i] == NULL)
    {
      g_autoptr (PangoAttrList) attributes = pango_attr_list_new ();

      self->captions[i] = gtk_widget_create_pango_layout (GTK_WIDGET (self), _ (captions[i]));
      pango_attr_list_insert (attributes, pango_attr_scale_new (0.78));
      pango_layout_set_attributes (self->captions[i], attributes);
    }

  return self->captions[i];
}

static void
clear_captions (BaristaDeletionArt *self)
{
  for (guint i = 0; i < N_CARDS; i++)
    g_clear_object (&self->captions[i]);
}

static int
get_column (BaristaDeletionArt *self)
{
  int column = CARD_WIDTH;

  for (guint i = 0; i < N_CARDS; i++)
    {
      int width;

      pango_layout_get_pixel_size (get_caption (self, i), &width, NULL);
      column = MAX (column, width);
    }

  return column;
}

static int
get_caption_height (BaristaDeletionArt *self)
{
  int height;

  pango_layout_get_pixel_size (get_caption (self, 0), NULL, &height);

  return height;
}

/* --- drawing --- */

static void
stroke_frame (GtkSnapshot *snapshot, float x, float y, const GdkRGBA *color, gboolean dashed)
{
  static const float dash[] = { 3, 3 };
  g_autoptr (GskPathBuilder) builder = gsk_path_builder_new ();
  g_autoptr (GskPath) path = NULL;
  GskStroke *stroke = gsk_stroke_new (LINE);
  GskRoundedRect frame;

  gsk_rounded_rect_init_from_rect (
      &frame,
      &GRAPHENE_RECT_INIT (x + LINE / 2, y + LINE / 2, CARD_WIDTH - LINE, CARD_HEIGHT - LINE), 6);
  gsk_path_builder_add_rounded_rect (builder, &frame);
  path = gsk_path_builder_free_to_path (g_steal_pointer (&builder));
  if (dashed)
    gsk_stroke_set_dash (stroke, dash, G_N_ELEMENTS (dash));
  gtk_snapshot_append_stroke (snapshot, path, stroke, color);
  gsk_stroke_free (stroke);
}

static void
fill_bar (GtkSnapshot *snapshot, float x, float y, float width, float height, const GdkRGBA *color)
{
  g_autoptr (GskPathBuilder) builder = gsk_path_builder_new ();
  g_autoptr (GskPath) path = NULL;
  GskRoundedRect bar;

  gsk_rounded_rect_init_from_rect (&bar, &GRAPHENE_RECT_INIT (x, y, width, height), height / 2);
  gsk_path_builder_add_rounded_rect (builder, &bar);
  path = gsk_path_builder_free_to_path (g_steal_pointer (&builder));
  gtk_snapshot_append_fill (snapshot, path, GSK_FILL_RULE_WINDING, color);
}

/* A record: its key, and its value as two lines; deleted it has none, or the key's line and a mark. */
static void
draw_record (BaristaDeletionArt *self,
             GtkSnapshot *snapshot,
             float x,
             gboolean deleted,
             const GdkRGBA *ink,
             const GdkRGBA *accent)
{
  GdkRGBA faint = *ink;
  gboolean empty = deleted && self->mode == BARISTA_DELETIONS_KAFKA;

  faint.alpha *= 0.4f;
  stroke_frame (snapshot, x, 0, empty ? &faint : ink, empty);
  fill_bar (snapshot, x + 7, 9, 6, 6, accent);
  if (empty)
    return;
  fill_bar (snapshot, x + 18, 10, 22, 4, &faint);
  if (deleted)
    fill_bar (snapshot, x + 7, 20, 34, 6, accent);
  else
    fill_bar (snapshot, x + 7, 21, 30, 4, &faint);
}

static void
barista_deletion_art_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  BaristaDeletionArt *self = BARISTA_DELETION_ART (widget);
  AdwStyleManager *style = adw_style_manager_get_default ();
  gboolean mirrored = gtk_widget_get_direction (widget) == GTK_TEXT_DIR_RTL;
  int column = get_column (self);
  GdkRGBA ink, faint, accent;

  gtk_widget_get_color (widget, &ink);
  faint = ink;
  ink.alpha *= 0.6f;
  faint.alpha *= 0.7f;
  adw_accent_color_to_standalone_rgba (adw_style_manager_get_accent_color (style),
                                       adw_style_manager_get_dark (style), &accent);
  for (guint i = 0; i < N_CARDS; i++)
    {
      int x = (int) (mirrored ? N_CARDS - 1 - i : i) * (column + GAP);
      int width;

      draw_record (self, snapshot, (float) (x + (column - CARD_WIDTH) / 2), i == N_CARDS - 1, &ink,
                   &accent);
      pango_layout_get_pixel_size (get_caption (self, i), &width, NULL);
      gtk_snapshot_save (snapshot);
      gtk_snapshot_translate (snapshot, &GRAPHENE_POINT_INIT ((float) (x + (column - width) / 2),
                                                              CARD_HEIGHT + 3));
      gtk_snapshot_append_layout (snapshot, get_caption (self, i), &faint);
      gtk_snapshot_restore (snapshot);
    }
}

static void
barista_deletion_art_measure (GtkWidget *widget,
                              GtkOrientation orientation,
                              int for_size,
                              int *minimum,
                              int *natural,
                              int *minimum_baseline,
                              int *natural_baseline)
{
  BaristaDeletionArt *self = BARISTA_DELETION_ART (widget);

  if (orientation == GTK_ORIENTATION_HORIZONTAL)
    *minimum = *natural = N_CARDS * get_column (self) + (N_CARDS - 1) * GAP;
  else
    *minimum = *natural = CARD_HEIGHT + 3 + get_caption_height (self);
}

/* --- the widget --- */

static void
barista_deletion_art_system_setting_changed (GtkWidget *widget, GtkSystemSetting setting)
{
  GTK_WIDGET_CLASS (barista_deletion_art_parent_class)->system_setting_changed (widget, setting);
  clear_captions (BARISTA_DELETION_ART (widget));
  gtk_widget_queue_resize (widget);
}

static void
barista_deletion_art_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  if (id == PROP_MODE)
    g_value_set_enum (value, BARISTA_DELETION_ART (object)->mode);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
barista_deletion_art_set_property (GObject *object,
                                   guint id,
                                   const GValue *value,
                                   GParamSpec *pspec)
{
  if (id == PROP_MODE)
    BARISTA_DELETION_ART (object)->mode = g_value_get_enum (value);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
  gtk_widget_queue_draw (GTK_WIDGET (object));
}

static void
barista_deletion_art_finalize (GObject *object)
{
  clear_captions (BARISTA_DELETION_ART (object));

  G_OBJECT_CLASS (barista_deletion_art_parent_class)->finalize (object);
}

static void
barista_deletion_art_class_init (BaristaDeletionArtClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = barista_deletion_art_get_property;
  object_class->set_property = barista_deletion_art_set_property;
  object_class->finalize = barista_deletion_art_finalize;
  widget_class->measure = barista_deletion_art_measure;
  widget_class->snapshot = barista_deletion_art_snapshot;
  widget_class->system_setting_changed = barista_deletion_art_system_setting_changed;

  properties[PROP_MODE] = g_param_spec_enum ("mode", NULL, NULL, BARISTA_TYPE_DELETIONS,
                                             BARISTA_DELETIONS_KAFKA,
                                             G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_PRESENTATION);
}

static void
barista_deletion_art_init (BaristaDeletionArt *self)
{
}
