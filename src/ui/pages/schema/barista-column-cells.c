/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "barista-column-cells.h"

#include "barista-column-answers.h"
#include "barista-column-type.h"
#include "barista-tooltip.h"

#include <glib/gi18n.h>

struct _BaristaColumnCell
{
  AdwBin parent_instance;

  BaristaColumnsView *view; /* not owned; it holds the cell */
  BaristaColumnCellKind kind;
  GtkWidget *child;
  GtkWidget *label; /* of a button */
  BaristaSlot *slot;
  gulong changed_id;
  gboolean updating;
};

G_DEFINE_FINAL_TYPE (BaristaColumnCell, barista_column_cell, ADW_TYPE_BIN)

static const BaristaColumn *
column_of (BaristaColumnCell *self)
{
  return self->slot != NULL ? barista_column_list_read_slot (self->slot) : NULL;
}

static void
name_for_readers (BaristaColumnCell *self, const char *format, const char *a, const char *b)
{
  g_autofree char *label = NULL;

#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral"
  label = g_strdup_printf (format, a, b);
#pragma GCC diagnostic pop
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->child), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  label, -1);
}

/* --- include --- */

static void
on_included (BaristaColumnCell *self)
{
  const BaristaColumn *column = column_of (self);

  if (self->updating || column == NULL)
    return;
  barista_column_answer_included (barista_columns_view_get_session (self->view),
                                  barista_columns_view_get_topic (self->view),
                                  barista_column_get_id (column),
                                  gtk_check_button_get_active (GTK_CHECK_BUTTON (self->child)));
}

static GtkWidget *
make_included (BaristaColumnCell *self)
{
  GtkWidget *check = gtk_check_button_new ();

  g_signal_connect_object (check, "toggled", G_CALLBACK (on_included), self, G_CONNECT_SWAPPED);
  return check;
}

/* What the engine needs comes back at once. */
static void
show_included (BaristaColumnCell *self, const BaristaColumn *column)
{
  gtk_check_button_set_active (GTK_CHECK_BUTTON (self->child), column->included);
  name_for_readers (self, _ ("Include %s"), column->name, NULL);
}

/* --- name --- */

static void
on_name_changed (BaristaColumnCell *self)
{
  const BaristaColumn *column = column_of (self);

  if (self->updating || column == NULL)
    return;
  barista_column_answer_name (barista_columns_view_get_session (self->view),
                              barista_columns_view_get_topic (self->view),
                              barista_column_get_id (column),
                              gtk_editable_get_text (GTK_EDITABLE (self->child)));
}

/* What was typed may have been refused or changed: two columns can't have one name. */
static void
on_name_left (BaristaColumnCell *self)
{
  const BaristaColumn *column = column_of (self);

  if (column == NULL)
    return;
  self->updating = TRUE;
  gtk_editable_set_text (GTK_EDITABLE (self->child), column->name);
  self->updating = FALSE;
}

static GtkWidget *
make_name (BaristaColumnCell *self)
{
  /* On its own it is nothing to assistive technology; an entry around it would have the role. */
  GtkWidget *text = g_object_new (GTK_TYPE_TEXT, "accessible-role", GTK_ACCESSIBLE_ROLE_TEXT_BOX,
                                  NULL);
  GtkEventController *focus = gtk_event_controller_focus_new ();

  gtk_widget_set_hexpand (text, TRUE);
  gtk_text_set_max_length (GTK_TEXT (text), 200);
  g_signal_connect_object (text, "changed", G_CALLBACK (on_name_changed), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (focus, "leave", G_CALLBACK (on_name_left), self, G_CONNECT_SWAPPED);
  gtk_widget_add_controller (text, focus);
  return text;
}

static void
show_name (BaristaColumnCell *self, const BaristaColumn *column)
{
  gboolean free = column->role != BARISTA_COLUMN_META && column->role != BARISTA_COLUMN_DOCUMENT;

  if (!gtk_widget_has_focus (self->child)
      && g_strcmp0 (gtk_editable_get_text (GTK_EDITABLE (self->child)), column->name) != 0)
    gtk_editable_set_text (GTK_EDITABLE (self->child), column->name);
  gtk_editable_set_editable (GTK_EDITABLE (self->child), free);
  barista_tooltip_set (self->child, column->name); /* it may be cut */
  name_for_readers (self, _ ("Name of the column for %s"), barista_column_get_id (column), NULL);
}

/* --- type --- */

static void
on_type_clicked (BaristaColumnCell *self)
{
  const BaristaColumn *column = column_of (self);

  if (column != NULL)
    barista_columns_view_choose_type (self->view, self->child, barista_column_get_id (column));
}

static GtkWidget *
make_type (BaristaColumnCell *self)
{
  GtkWidget *button = gtk_button_new ();

  self->label = gtk_label_new (NULL);
  gtk_label_set_xalign (GTK_LABEL (self->label), 0);
  gtk_label_set_ellipsize (GTK_LABEL (self->label), PANGO_ELLIPSIZE_END);
  gtk_button_set_child (GTK_BUTTON (button), self->label);
  gtk_widget_add_css_class (button, "flat");
  gtk_widget_add_css_class (button, "column-type");
  gtk_widget_set_hexpand (button, TRUE);
  g_signal_connect_object (button, "clicked", G_CALLBACK (on_type_clicked), self,
                           G_CONNECT_SWAPPED);
  return button;
}

static void
show_type (BaristaColumnCell *self, const BaristaColumn *column)
{
  gboolean free = column->role != BARISTA_COLUMN_META && column->role != BARISTA_COLUMN_DOCUMENT;
  g_autofree char *tooltip = g_strdup_printf ("%s\n%s", column->type, column->reason);
  g_autofree char *base = barista_column_type_dup_base (column->type);

  gtk_label_set_label (GTK_LABEL (self->label),
                       g_str_has_prefix (column->type, "Nullable(") ? base : column->type);
  gtk_widget_set_sensitive (self->child, free);
  barista_tooltip_set (self->child, tooltip);
  name_for_readers (self, _ ("Type of %s: %s"), column->name, column->type);
}

/* --- nullable --- */

static void
on_nullable (BaristaColumnCell *self)
{
  const BaristaColumn *column = column_of (self);

  if (self->updating || column == NULL)
    return;
  barista_column_answer_nullable (barista_columns_view_get_session (self->view),
                                  barista_columns_view_get_topic (self->view),
                                  barista_column_get_id (column),
                                  gtk_check_button_get_active (GTK_CHECK_BUTTON (self->child)));
}

static GtkWidget *
make_nullable (BaristaColumnCell *self)
{
  GtkWidget *check = gtk_check_button_new ();

  g_signal_connect_object (check, "toggled", G_CALLBACK (on_nullable), self, G_CONNECT_SWAPPED);
  return check;
}

static void
show_nullable (BaristaColumnCell *self, const BaristaColumn *column)
{
  gboolean can = barista_column_type_can_be_null (column->type);
  gboolean fixed = column->role == BARISTA_COLUMN_META || column->role == BARISTA_COLUMN_DOCUMENT
                   || column->role == BARISTA_COLUMN_MARKER;

  gtk_check_button_set_active (GTK_CHECK_BUTTON (self->child), column->nullable);
  gtk_widget_set_sensitive (self->child, can && !fixed);
  barista_tooltip_set (self->child,
                       !can ? _ ("An array or a map can't be Nullable.") : column->reason);
  name_for_readers (self, _ ("%s may be empty"), column->name, NULL);
}

/* --- texts --- */

static GtkWidget *
make_label (BaristaColumnCell *self)
{
  GtkWidget *label = gtk_label_new (NULL);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_MIDDLE);
  gtk_widget_add_css_class (label, "dimmed");
  gtk_widget_add_css_class (label, "caption");
  return label;
}

static void
show_path (BaristaColumnCell *self, const BaristaColumn *column)
{
  gtk_label_set_label (GTK_LABEL (self->child), column->path != NULL ? column->path : "");
  barista_tooltip_set (self->child, column->path);
}

static const char *
describe_role (const BaristaColumn *column)
{
  switch (column->role)
    {
    case BARISTA_COLUMN_KEY:
      return _ ("key");
    case BARISTA_COLUMN_OPERATION:
      return _ ("operation");
    case BARISTA_COLUMN_MARKER:
      return _ ("delete marker");
    case BARISTA_COLUMN_META:
      return _ ("added by Tinybird");
    case BARISTA_COLUMN_DOCUMENT:
      return _ ("whole document");
    default:
      return NULL;
    }
}

/* "long, timestamp-micros · key" */
static void
show_source (BaristaColumnCell *self, const BaristaColumn *column)
{
  const char *role = describe_role (column);
  GString *text = g_string_new (NULL);
  g_autofree char *whole = NULL;
  g_autofree char *tooltip = NULL;

  if (column->node != NULL)
    g_string_append (text, barista_avro_type_to_string (column->node->type));
  if (column->node != NULL && column->node->logical != BARISTA_AVRO_LOGICAL_NONE)
    g_string_append_printf (text, ", %s", barista_avro_logical_to_string (column->node->logical));
  if (role != NULL)
    g_string_append_printf (text, "%s%s", text->len > 0 ? " · " : "", role);

  whole = g_string_free (text, FALSE);
  tooltip = g_strdup_printf ("%s\n%s", whole, column->reason);
  gtk_label_set_label (GTK_LABEL (self->child), whole);
  barista_tooltip_set (self->child, tooltip);
}

/* --- all kinds --- */

static const struct
{
  GtkWidget *(*make) (BaristaColumnCell *self);
  void (*show) (BaristaColumnCell *self, const BaristaColumn *column);
} kinds[BARISTA_N_COLUMN_CELLS] = {
  [BARISTA_CELL_INCLUDED] = { make_included, show_included },
  [BARISTA_CELL_NAME] = { make_name, show_name },
  [BARISTA_CELL_TYPE] = { make_type, show_type },
  [BARISTA_CELL_NULLABLE] = { make_nullable, show_nullable },
  [BARISTA_CELL_PATH] = { make_label, show_path },
  [BARISTA_CELL_SOURCE] = { make_label, show_source },
};

static void
update (BaristaColumnCell *self)
{
  const BaristaColumn *column = column_of (self);

  if (column == NULL)
    return;

  self->updating = TRUE;
  kinds[self->kind].show (self, column);
  if (column->included)
    gtk_widget_remove_css_class (GTK_WIDGET (self), "left-out");
  else
    gtk_widget_add_css_class (GTK_WIDGET (self), "left-out");
  self->updating = FALSE;
}

static void
on_focus (BaristaColumnCell *self)
{
  const BaristaColumn *column = column_of (self);

  if (column != NULL)
    barista_columns_view_look_at (self->view, barista_column_get_id (column));
}

static void
barista_column_cell_dispose (GObject *object)
{
  barista_column_cell_set_slot (BARISTA_COLUMN_CELL (object), NULL);

  G_OBJECT_CLASS (barista_column_cell_parent_class)->dispose (object);
}

static void
barista_column_cell_class_init (BaristaColumnCellClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = barista_column_cell_dispose;
}

static void
barista_column_cell_init (BaristaColumnCell *self)
{
}

GtkWidget *
barista_column_cell_new (BaristaColumnsView *view, BaristaColumnCellKind kind)
{
  BaristaColumnCell *self = g_object_new (BARISTA_TYPE_COLUMN_CELL, NULL);
  GtkEventController *focus = gtk_event_controller_focus_new ();

  g_signal_connect_object (focus, "enter", G_CALLBACK (on_focus), self, G_CONNECT_SWAPPED);
  gtk_widget_add_controller (GTK_WIDGET (self), focus);
  self->view = view;
  self->kind = kind;
  self->child = kinds[kind].make (self);
  adw_bin_set_child (ADW_BIN (self), self->child);
  return GTK_WIDGET (self);
}

void
barista_column_cell_set_slot (BaristaColumnCell *self, BaristaSlot *slot)
{
  if (self->slot != NULL)
    g_clear_signal_handler (&self->changed_id, self->slot);
  g_set_object (&self->slot, slot);
  if (slot == NULL)
    return;

  self->changed_id = g_signal_connect_swapped (slot, "changed", G_CALLBACK (update), self);
  update (self);
}
