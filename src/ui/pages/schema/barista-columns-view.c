/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "barista-columns-view.h"

#include "barista-column-answers.h"
#include "barista-column-cells.h"
#include "barista-growing.h"
#include "barista-pieces.h"
#include "barista-settings.h"
#include "barista-type-chooser.h"

#include <glib/gi18n.h>

struct _BaristaColumnsView
{
  AdwBin parent_instance;

  GtkSearchEntry *search;
  GtkMenuButton *many;
  GMenuModel *many_menu;
  GtkColumnView *view;
  GtkLabel *count;
  GtkLabel *reason;

  BaristaSession *session;
  BaristaColumnList *list;
  GListModel *growing; /* the list as the view has it */
  GtkSingleSelection *selection;
  BaristaReplay *replay;
  GtkColumnViewColumn *columns[BARISTA_N_COLUMN_CELLS]; /* NULL: not there yet */
  gboolean narrow;
  GtkWidget *chooser; /* weak */
};

enum
{
  SELECTED,
  N_SIGNALS
};
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (BaristaColumnsView, barista_columns_view, ADW_TYPE_BIN)

static const struct
{
  const char *word; /* for what is remembered */
  const char *title;
  int width; /* at least, until somebody drags it; grows with the text (sp) */
  gboolean wide_only;
  gboolean expand; /* takes a share of what is left */
} columns[BARISTA_N_COLUMN_CELLS] = {
  [BARISTA_CELL_INCLUDED] = { "schema.included", "", 40, FALSE, FALSE },
  [BARISTA_CELL_NAME] = { "schema.name", N_ ("Name"), 110, FALSE, TRUE },
  [BARISTA_CELL_TYPE] = { "schema.type", N_ ("Type"), 100, FALSE, FALSE },
  [BARISTA_CELL_NULLABLE] = { "schema.empty", N_ ("Empty"), 56, TRUE, FALSE },
  [BARISTA_CELL_PATH] = { "schema.path", N_ ("Path"), 80, TRUE, TRUE },
  [BARISTA_CELL_SOURCE] = { "schema.source", N_ ("Source"), 60, TRUE, TRUE },
};

/* --- cells --- */

static void
on_setup (GtkSignalListItemFactory *factory, GtkColumnViewCell *cell, gpointer kind)
{
  BaristaColumnsView *self = g_object_get_data (G_OBJECT (factory), "view");

  gtk_column_view_cell_set_child (cell, barista_column_cell_new (self, GPOINTER_TO_UINT (kind)));
  gtk_column_view_cell_set_focusable (cell, FALSE);
}

static void
on_bind (GtkSignalListItemFactory *factory, GtkColumnViewCell *cell, gpointer kind)
{
  barista_column_cell_set_slot (BARISTA_COLUMN_CELL (gtk_column_view_cell_get_child (cell)),
                                gtk_column_view_cell_get_item (cell));
}

static void
on_unbind (GtkSignalListItemFactory *factory, GtkColumnViewCell *cell, gpointer kind)
{
  GtkWidget *child = gtk_column_view_cell_get_child (cell);

  if (child != NULL)
    barista_column_cell_set_slot (BARISTA_COLUMN_CELL (child), NULL);
}

/* In pixels: the text's size is taken into account. */
static int
default_width (BaristaColumnsView *self, BaristaColumnCellKind kind)
{
  GtkSettings *settings = gtk_widget_get_settings (GTK_WIDGET (self));

  return (int) (adw_length_unit_to_px (ADW_LENGTH_UNIT_SP, columns[kind].width, settings) + 0.5);
}

static void
add_column (BaristaColumnsView *self, BaristaColumnCellKind kind)
{
  GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();
  const char *title = *columns[kind].title != '\0' ? _ (columns[kind].title) : "";
  int remembered = barista_settings_get_column_width (columns[kind].word);
  GtkColumnViewColumn *column;

  g_object_set_data (G_OBJECT (factory), "view", self);
  g_signal_connect (factory, "setup", G_CALLBACK (on_setup), GUINT_TO_POINTER (kind));
  g_signal_connect (factory, "bind", G_CALLBACK (on_bind), GUINT_TO_POINTER (kind));
  g_signal_connect (factory, "unbind", G_CALLBACK (on_unbind), GUINT_TO_POINTER (kind));
  column = gtk_column_view_column_new (title, factory);
  gtk_column_view_column_set_resizable (column, kind != BARISTA_CELL_INCLUDED);
  gtk_column_view_column_set_fixed_width (column,
                                          remembered > 0 ? remembered : default_width (self, kind));
  gtk_column_view_column_set_expand (column, columns[kind].expand);
  gtk_column_view_column_set_visible (column, !self->narrow || !columns[kind].wide_only);
  gtk_column_view_append_column (self->view, column);
  self->columns[kind] = column;
  g_object_unref (column);
}

/* --- what is below the list --- */

static const BaristaColumn *
selected_column (BaristaColumnsView *self)
{
  guint position = gtk_single_selection_get_selected (self->selection);

  return position < g_list_model_get_n_items (G_LIST_MODEL (self->list))
             ? barista_column_list_get_column (self->list, position)
             : NULL;
}

static void
update_reason (BaristaColumnsView *self)
{
  const BaristaColumn *column = selected_column (self);
  g_autofree char *text = NULL;

  if (column != NULL)
    text = g_strdup_printf ("%s: %s", column->name, column->reason);
  gtk_label_set_label (self->reason, text != NULL ? text : "");
}

static void
update_count (BaristaColumnsView *self)
{
  BaristaTable *table = barista_column_list_get_table (self->list);
  GPtrArray *all = table != NULL ? barista_table_get_columns (table) : NULL;
  g_autofree char *text = NULL;
  guint included = 0;

  for (guint i = 0; all != NULL && i < all->len; i++)
    included += ((BaristaColumn *) all->pdata[i])->included ? 1 : 0;
  if (all != NULL)
    text = g_strdup_printf (ngettext ("%'u of %'u column", "%'u of %'u columns", all->len),
                            included, all->len);
  gtk_label_set_label (self->count, text != NULL ? text : "");
}

static void
on_selected (BaristaColumnsView *self)
{
  const BaristaColumn *column = selected_column (self);

  update_reason (self);
  if (column != NULL)
    g_signal_emit (self, signals[SELECTED], 0, barista_column_get_id (column));
}

/* --- what is done to many --- */

static void
choose_many (BaristaColumnsView *self, BaristaColumnsWanted wanted)
{
  g_autoptr (BaristaTable) table = g_object_ref (barista_column_list_get_table (self->list));
  guint n = g_list_model_get_n_items (G_LIST_MODEL (self->list));
  g_autoptr (GPtrArray) ids = g_ptr_array_sized_new (n); /* the table has them */

  for (guint i = 0; i < n; i++)
    g_ptr_array_add (ids, (gpointer) barista_column_get_id (
                              barista_column_list_get_column (self->list, i)));
  barista_columns_answer_included (self->session, barista_columns_view_get_topic (self), ids,
                                   wanted);
}

static void
do_choose (GtkWidget *widget, const char *action, GVariant *parameter)
{
  static const char *const words[] = { "all", "none", "keys" };
  const char *word = g_variant_get_string (parameter, NULL);

  for (guint i = 0; i < G_N_ELEMENTS (words); i++)
    if (g_str_equal (words[i], word))
      choose_many (BARISTA_COLUMNS_VIEW (widget), (BaristaColumnsWanted) i);
}

static void
do_reset (GtkWidget *widget, const char *action, GVariant *parameter)
{
  BaristaColumnsView *self = BARISTA_COLUMNS_VIEW (widget);

  barista_columns_answer_proposed (self->session, barista_columns_view_get_topic (self));
}

/* Columns of Tinybird's own that nothing asks for yet. */
static void
do_add_meta (GtkWidget *widget, const char *action, GVariant *parameter)
{
  BaristaColumnsView *self = BARISTA_COLUMNS_VIEW (widget);

  barista_column_answer_included (self->session, barista_columns_view_get_topic (self),
                                  g_variant_get_string (parameter, NULL), TRUE);
}

static void
on_search_changed (BaristaColumnsView *self)
{
  barista_column_list_set_query (self->list, gtk_editable_get_text (GTK_EDITABLE (self->search)));
}

/* Made when it is opened: GTK makes all its buttons at once. */
static void
make_menu (GtkMenuButton *button, gpointer user_data)
{
  if (gtk_menu_button_get_menu_model (button) == NULL)
    gtk_menu_button_set_menu_model (button, BARISTA_COLUMNS_VIEW (user_data)->many_menu);
}

/* --- its pieces --- */

static void
add_included_and_name (gpointer widget)
{
  add_column (widget, BARISTA_CELL_INCLUDED);
  add_column (widget, BARISTA_CELL_NAME);
}

static void
add_type_and_nullable (gpointer widget)
{
  add_column (widget, BARISTA_CELL_TYPE);
  add_column (widget, BARISTA_CELL_NULLABLE);
}

static void
add_path_and_source (gpointer widget)
{
  add_column (widget, BARISTA_CELL_PATH);
  add_column (widget, BARISTA_CELL_SOURCE);
}

static void
show_rows (gpointer widget)
{
  BaristaColumnsView *self = widget;

  gtk_column_view_set_model (self->view, GTK_SELECTION_MODEL (self->selection));
}

static const BaristaPiece pieces[] = {
  { NULL, 0, add_included_and_name },
  { NULL, 0, add_type_and_nullable },
  { NULL, 0, add_path_and_source },
  { NULL, 0, show_rows },
};

/* --- widget --- */

/* Widths are written when the list goes out of sight, not with each pixel. */
static void
on_unmap (BaristaColumnsView *self)
{
  for (guint i = 0; i < BARISTA_N_COLUMN_CELLS && self->columns[i] != NULL; i++)
    {
      int width = gtk_column_view_column_get_fixed_width (self->columns[i]);
      int remembered = barista_settings_get_column_width (columns[i].word);

      if (width > 0 && width != (remembered > 0 ? remembered : default_width (self, i)))
        barista_settings_set_column_width (columns[i].word, width);
    }
}

static void
barista_columns_view_dispose (GObject *object)
{
  BaristaColumnsView *self = BARISTA_COLUMNS_VIEW (object);

  if (self->chooser != NULL)
    gtk_widget_unparent (self->chooser);
  g_clear_weak_pointer (&self->chooser);
  if (self->view != NULL)
    gtk_column_view_set_model (self->view, NULL);
  gtk_widget_dispose_template (GTK_WIDGET (object), BARISTA_TYPE_COLUMNS_VIEW);
  g_clear_object (&self->selection);
  g_clear_object (&self->growing);
  g_clear_object (&self->list);
  g_clear_object (&self->replay);
  g_clear_object (&self->session);

  G_OBJECT_CLASS (barista_columns_view_parent_class)->dispose (object);
}

static void
barista_columns_view_class_init (BaristaColumnsViewClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = barista_columns_view_dispose;
  gtk_widget_class_set_template_from_resource (
      widget_class, "/io/github/barista/Barista/barista-columns-view.ui");
  barista_pieces_class_init (widget_class, NULL, pieces, G_N_ELEMENTS (pieces));
  gtk_widget_class_bind_template_child (widget_class, BaristaColumnsView, search);
  gtk_widget_class_bind_template_child (widget_class, BaristaColumnsView, many);
  gtk_widget_class_bind_template_child (widget_class, BaristaColumnsView, many_menu);
  gtk_widget_class_bind_template_child (widget_class, BaristaColumnsView, view);
  gtk_widget_class_bind_template_child (widget_class, BaristaColumnsView, count);
  gtk_widget_class_bind_template_child (widget_class, BaristaColumnsView, reason);
  gtk_widget_class_bind_template_callback (widget_class, on_search_changed);
  gtk_widget_class_install_action (widget_class, "columns.choose", "s", do_choose);
  gtk_widget_class_install_action (widget_class, "columns.reset", NULL, do_reset);
  gtk_widget_class_install_action (widget_class, "columns.add-meta", "s", do_add_meta);

  signals[SELECTED] = g_signal_new ("selected", BARISTA_TYPE_COLUMNS_VIEW, G_SIGNAL_RUN_LAST, 0,
                                    NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
}

static void
barista_columns_view_init (BaristaColumnsView *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  self->list = barista_column_list_new ();
  self->growing = barista_growing_new (G_LIST_MODEL (self->list));
  self->selection = gtk_single_selection_new (g_object_ref (self->growing));
  gtk_menu_button_set_create_popup_func (self->many, make_menu, self, NULL);
  g_signal_connect (self, "unmap", G_CALLBACK (on_unmap), NULL);
  barista_pieces_start (GTK_WIDGET (self), NULL);
  g_signal_connect_object (self->selection, "notify::selected", G_CALLBACK (on_selected), self,
                           G_CONNECT_SWAPPED);
}

void
barista_columns_view_set_session (BaristaColumnsView *self, BaristaSession *session)
{
  g_set_object (&self->session, session);
}

BaristaSession *
barista_columns_view_get_session (BaristaColumnsView *self)
{
  return self->session;
}

const char *
barista_columns_view_get_topic (BaristaColumnsView *self)
{
  return barista_table_get_topic (barista_column_list_get_table (self->list));
}

void
barista_columns_view_set_table (BaristaColumnsView *self, BaristaTable *table)
{
  barista_column_list_set_table (self->list, table);
  update_count (self);
  update_reason (self);
}

void
barista_columns_view_set_replay (BaristaColumnsView *self, BaristaReplay *replay)
{
  g_set_object (&self->replay, replay);
}

void
barista_columns_view_set_narrow (BaristaColumnsView *self, gboolean narrow)
{
  self->narrow = narrow;
  for (guint i = 0; i < BARISTA_N_COLUMN_CELLS; i++)
    if (columns[i].wide_only && self->columns[i] != NULL)
      gtk_column_view_column_set_visible (self->columns[i], !narrow);
}

void
barista_columns_view_show_column (BaristaColumnsView *self, const char *id)
{
  guint position;

  barista_pieces_finish (GTK_WIDGET (self));
  gtk_editable_set_text (GTK_EDITABLE (self->search), "");
  barista_column_list_set_query (self->list, "");
  barista_growing_finish (self->growing);
  position = barista_column_list_find (self->list, id);
  if (position != G_MAXUINT)
    gtk_column_view_scroll_to (self->view, position, NULL,
                               GTK_LIST_SCROLL_FOCUS | GTK_LIST_SCROLL_SELECT, NULL);
}

/* The focus is in its row. */
void
barista_columns_view_look_at (BaristaColumnsView *self, const char *id)
{
  guint position = barista_column_list_find (self->list, id);

  if (position != G_MAXUINT)
    gtk_single_selection_set_selected (self->selection, position);
}

void
barista_columns_view_choose_type (BaristaColumnsView *self, GtkWidget *cell, const char *id)
{
  guint position = barista_column_list_find (self->list, id);
  graphene_rect_t bounds;

  if (position == G_MAXUINT || !gtk_widget_compute_bounds (cell, GTK_WIDGET (self), &bounds))
    return;
  if (self->chooser != NULL)
    gtk_widget_unparent (self->chooser);

  gtk_single_selection_set_selected (self->selection, position);
  g_set_weak_pointer (&self->chooser,
                      barista_type_chooser_new (
                          self->session, barista_column_list_get_table (self->list),
                          barista_column_list_get_column (self->list, position), self->replay));
  gtk_widget_set_parent (self->chooser, GTK_WIDGET (self));
  gtk_popover_set_pointing_to (GTK_POPOVER (self->chooser),
                               &(GdkRectangle) { (int) bounds.origin.x, (int) bounds.origin.y,
                                                 (int) bounds.size.width,
                                                 (int) bounds.size.height });
  gtk_popover_popup (GTK_POPOVER (self->chooser));
}
