/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "barista-sample-cell.h"

#include "barista-tooltip.h"

#include <glib/gi18n.h>

struct _BaristaSampleCell
{
  AdwBin parent_instance;

  GtkLabel *label; /* NULL: the cell of the state */
  GtkImage *image;
  guint slot;
  guint record; /* G_MAXUINT: none */
};

G_DEFINE_FINAL_TYPE (BaristaSampleCell, barista_sample_cell, ADW_TYPE_BIN)

static void
set_style (GtkWidget *widget, const char *style, gboolean on)
{
  if (on != gtk_widget_has_css_class (widget, style))
    {
      if (on)
        gtk_widget_add_css_class (widget, style);
      else
        gtk_widget_remove_css_class (widget, style);
    }
}

static const struct
{
  const char *icon;
  const char *text;
  const char *style;
} states[] = {
  { "object-select-symbolic", N_ ("Fits"), "success" },
  { "user-trash-symbolic", N_ ("Deletion"), "dimmed" },
  { "dialog-warning-symbolic", N_ ("Would be quarantined"), "error" },
};

static void
show_state (BaristaSampleCell *self, BaristaReplay *replay)
{
  g_autofree char *reason = barista_replay_dup_row_reason (replay, self->record);
  g_autofree char *text = NULL;
  BaristaReplayRow row;
  guint state;

  barista_replay_get_row (replay, self->record, &row);
  state = !row.accepted ? 2 : row.deleted ? 1 : 0;
  text = reason != NULL ? g_strdup_printf ("%s. %s", _ (states[state].text), reason)
                        : g_strdup (_ (states[state].text));

  const char *styles[] = { states[state].style, NULL };

  gtk_image_set_from_icon_name (self->image, states[state].icon);
  gtk_widget_set_css_classes (GTK_WIDGET (self->image), styles);
  barista_tooltip_set (GTK_WIDGET (self), text);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->image), GTK_ACCESSIBLE_PROPERTY_LABEL, text,
                                  -1);
}

/* A cell that takes the focus says what it is, and why: colour is not all. */
static void
tell_rejection (BaristaSampleCell *self, const char *column, const char *text, const char *reason)
{
  g_autofree char *label = reason != NULL ? g_strdup_printf ("%s: %s", column, text) : NULL;

  if (reason != NULL)
    gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, label,
                                    GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, reason, -1);
  else
    {
      gtk_accessible_reset_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL);
      gtk_accessible_reset_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION);
    }
}

static void
show_value (BaristaSampleCell *self, BaristaReplay *replay, guint column)
{
  g_autofree char *text = NULL;
  g_autofree char *reason = NULL;
  BaristaCellState state;

  if (column >= barista_replay_get_n_columns (replay))
    {
      gtk_label_set_label (self->label, "");
      return;
    }

  state = barista_replay_get_cell (replay, self->record, column);
  text = barista_replay_dup_text (replay, self->record, column);
  reason = barista_replay_dup_reason (replay, self->record, column);
  if (g_strcmp0 (gtk_label_get_label (self->label), text) != 0)
    gtk_label_set_label (self->label, state == BARISTA_CELL_REJECTED && *text == '\0' ? "—" : text);
  set_style (GTK_WIDGET (self), "rejected", state == BARISTA_CELL_REJECTED);
  set_style (GTK_WIDGET (self->label), "dimmed",
             state == BARISTA_CELL_NULL || state == BARISTA_CELL_DEFAULT);
  gtk_widget_set_focusable (GTK_WIDGET (self), state == BARISTA_CELL_REJECTED);
  barista_tooltip_set (GTK_WIDGET (self), reason != NULL ? reason : text);
  tell_rejection (self, barista_replay_get_column (replay, column)->name, text, reason);
}

/* --- the widget --- */

static void
barista_sample_cell_class_init (BaristaSampleCellClass *klass)
{
  gtk_widget_class_set_accessible_role (GTK_WIDGET_CLASS (klass), GTK_ACCESSIBLE_ROLE_GROUP);
}

static void
barista_sample_cell_init (BaristaSampleCell *self)
{
  self->record = G_MAXUINT;
}

/**
 * barista_sample_cell_new:
 * @slot: which of the columns that are there it stands in, or %BARISTA_SAMPLE_STATE
 *
 * Returns: (transfer floating): a cell without a record
 */
GtkWidget *
barista_sample_cell_new (guint slot)
{
  BaristaSampleCell *self = g_object_new (BARISTA_TYPE_SAMPLE_CELL, NULL);
  GtkWidget *child;

  self->slot = slot;
  if (slot == BARISTA_SAMPLE_STATE)
    {
      child = gtk_image_new ();
      self->image = GTK_IMAGE (child);
    }
  else
    {
      child = gtk_label_new (NULL);
      self->label = GTK_LABEL (child);
      gtk_label_set_xalign (self->label, 0);
      gtk_label_set_ellipsize (self->label, PANGO_ELLIPSIZE_END);
      gtk_widget_add_css_class (child, "numeric");
    }
  adw_bin_set_child (ADW_BIN (self), child);
  gtk_widget_add_css_class (GTK_WIDGET (self), "sample-cell");

  return GTK_WIDGET (self);
}

void
barista_sample_cell_set_record (BaristaSampleCell *self, guint record)
{
  self->record = record;
}

/**
 * barista_sample_cell_update:
 * @self: the cell
 * @replay: (nullable): whose record it shows; nothing changes if it has none of that number
 * @first: column of the replay that stands in the first slot
 */
void
barista_sample_cell_update (BaristaSampleCell *self, BaristaReplay *replay, guint first)
{
  if (replay == NULL || self->record >= barista_replay_get_n_records (replay))
    return;
  if (self->label == NULL)
    show_state (self, replay);
  else
    show_value (self, replay, first + self->slot);
}
