/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "barista-name-parts.h"

#include <glib/gi18n.h>
#include <string.h>

#define N_PARTS 3

struct _BaristaNameParts
{
  AdwBin parent_instance;

  char *parts[N_PARTS];
  GtkLabel *labels[N_PARTS];
};

G_DEFINE_FINAL_TYPE (BaristaNameParts, barista_name_parts, ADW_TYPE_BIN)

static const struct
{
  const char *caption;
  const char *example;
} parts[N_PARTS] = {
  { N_ ("Organisation"), "acmeCo" },
  { N_ ("Prefix"), "prod" },
  { N_ ("Name"), "tinybird" },
};

/* First segment, last segment, what is between them; a name of two segments has no prefix. */
static void
split (const char *name, char *into[N_PARTS])
{
  const char *first = strchr (name, '/');
  const char *last = strrchr (name, '/');

  into[0] = first != NULL ? g_strndup (name, (gsize) (first - name)) : g_strdup (name);
  into[1] = first != last ? g_strndup (first + 1, (gsize) (last - first - 1)) : g_strdup ("");
  into[2] = g_strdup (last != NULL ? last + 1 : "");
}

static void
show_part (BaristaNameParts *self, guint i, gboolean any)
{
  gboolean there = *self->parts[i] != '\0';

  /* Only as long as nothing is typed does the example stand for it. */
  gtk_label_set_label (self->labels[i], there ? self->parts[i] : any ? "–" : parts[i].example);
  if (there)
    gtk_widget_remove_css_class (GTK_WIDGET (self->labels[i]), "dimmed");
  else
    gtk_widget_add_css_class (GTK_WIDGET (self->labels[i]), "dimmed");
}

void
barista_name_parts_set_name (BaristaNameParts *self, const char *name)
{
  gboolean any = name != NULL && *name != '\0';

  for (guint i = 0; i < N_PARTS; i++)
    g_clear_pointer (&self->parts[i], g_free);
  split (any ? name : "", self->parts);
  for (guint i = 0; i < N_PARTS; i++)
    show_part (self, i, any);
}

const char *
barista_name_parts_get_part (BaristaNameParts *self, guint index)
{
  g_return_val_if_fail (index < N_PARTS, NULL);

  return self->parts[index];
}

static void
barista_name_parts_finalize (GObject *object)
{
  for (guint i = 0; i < N_PARTS; i++)
    g_free (BARISTA_NAME_PARTS (object)->parts[i]);

  G_OBJECT_CLASS (barista_name_parts_parent_class)->finalize (object);
}

static void
barista_name_parts_class_init (BaristaNamePartsClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = barista_name_parts_finalize;
}

static void
barista_name_parts_init (BaristaNameParts *self)
{
  GtkWidget *grid = gtk_grid_new ();

  gtk_grid_set_column_spacing (GTK_GRID (grid), 9);
  gtk_widget_set_direction (grid, GTK_TEXT_DIR_LTR); /* a name reads so in every language */
  gtk_widget_set_halign (grid, GTK_ALIGN_START);
  for (guint i = 0; i < N_PARTS; i++)
    {
      GtkWidget *caption = gtk_label_new (_ (parts[i].caption));
      GtkWidget *label = gtk_label_new (NULL);
      int column = (int) i * 2;

      if (i > 0)
        {
          GtkWidget *slash = gtk_label_new ("/");

          gtk_widget_add_css_class (slash, "dimmed");
          gtk_grid_attach (GTK_GRID (grid), slash, column - 1, 0, 1, 1);
        }
      self->labels[i] = GTK_LABEL (label);
      gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_MIDDLE);
      gtk_label_set_xalign (GTK_LABEL (label), 0);
      gtk_label_set_xalign (GTK_LABEL (caption), 0);
      gtk_widget_add_css_class (label, i == N_PARTS - 1 ? "accent" : "part");
      gtk_widget_add_css_class (label, "heading");
      gtk_widget_add_css_class (caption, "caption");
      gtk_widget_add_css_class (caption, "dimmed");
      gtk_grid_attach (GTK_GRID (grid), label, column, 0, 1, 1);
      gtk_grid_attach (GTK_GRID (grid), caption, column, 1, 1, 1);
    }
  adw_bin_set_child (ADW_BIN (self), grid);
  barista_name_parts_set_name (self, NULL);
}
