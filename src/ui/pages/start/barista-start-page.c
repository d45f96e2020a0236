/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "barista-start-page.h"

#include "barista-pieces.h"
#include "barista-recent-row.h"

struct _BaristaStartPage
{
  AdwBin parent_instance;

  GtkWidget *box;
  GtkButton *connect_button;
  AdwPreferencesGroup *problem_group;
  AdwActionRow *problem_row;
  GtkWidget *recent_box;
  GtkListBox *recent_list;
};

G_DEFINE_FINAL_TYPE (BaristaStartPage, barista_start_page, ADW_TYPE_BIN)

static void
on_dismiss_problem (BaristaStartPage *self)
{
  barista_start_page_set_problem (self, NULL, NULL);
}

static void
barista_start_page_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), BARISTA_TYPE_START_PAGE);

  G_OBJECT_CLASS (barista_start_page_parent_class)->dispose (object);
}

static const BaristaPiece pieces[] = {
  { "problem_group", G_STRUCT_OFFSET (BaristaStartPage, box), NULL },
  { "recent_box", G_STRUCT_OFFSET (BaristaStartPage, box), NULL },
};

static void
barista_start_page_class_init (BaristaStartPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = barista_start_page_dispose;

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/barista/Barista/barista-start-page.ui");
  gtk_widget_class_bind_template_child (widget_class, BaristaStartPage, box);
  gtk_widget_class_bind_template_child (widget_class, BaristaStartPage, connect_button);
  barista_pieces_class_init (widget_class, "barista-start-page-pieces.ui", pieces,
                             G_N_ELEMENTS (pieces));
  barista_pieces_bind (widget_class, BaristaStartPage, problem_group);
  barista_pieces_bind (widget_class, BaristaStartPage, problem_row);
  barista_pieces_bind (widget_class, BaristaStartPage, recent_box);
  barista_pieces_bind (widget_class, BaristaStartPage, recent_list);
  gtk_widget_class_bind_template_callback (widget_class, on_dismiss_problem);
}

static void
barista_start_page_init (BaristaStartPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  barista_pieces_start (GTK_WIDGET (self), NULL);
}

/* --- recent setups --- */

static GtkWidget *
create_card (gpointer item, gpointer user_data)
{
  return barista_recent_row_new (item);
}

/* The row that had the focus may be gone: keys go on to what took its place. */
static void
on_recent_changed (BaristaStartPage *self,
                   guint position,
                   guint removed,
                   guint added,
                   GListModel *store)
{
  guint n = g_list_model_get_n_items (store);
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  GtkListBoxRow *row;

  gtk_widget_set_visible (self->recent_box, n > 0);
  if (removed <= added || root == NULL || gtk_root_get_focus (root) != NULL
      || !gtk_widget_get_mapped (GTK_WIDGET (self)))
    return;

  row = n > 0 ? gtk_list_box_get_row_at_index (self->recent_list, (int) MIN (position, n - 1))
              : NULL;
  gtk_widget_grab_focus (row != NULL ? GTK_WIDGET (row) : GTK_WIDGET (self->connect_button));
}

/**
 * barista_start_page_set_store:
 * @self: the page
 * @store: the setups to show
 */
void
barista_start_page_set_store (BaristaStartPage *self, BaristaSetupStore *store)
{
  barista_pieces_finish (GTK_WIDGET (self));
  gtk_list_box_bind_model (self->recent_list, G_LIST_MODEL (store), create_card, NULL, NULL);
  g_signal_connect_object (store, "items-changed", G_CALLBACK (on_recent_changed), self,
                           G_CONNECT_SWAPPED);
  on_recent_changed (self, 0, 0, 0, G_LIST_MODEL (store));
}

void
barista_start_page_enter (BaristaStartPage *self)
{
  GtkWidget *row;

  barista_pieces_finish (GTK_WIDGET (self));
  row = gtk_widget_get_first_child (GTK_WIDGET (self->recent_list));
  for (; row != NULL; row = gtk_widget_get_next_sibling (row))
    if (BARISTA_IS_RECENT_ROW (row))
      barista_recent_row_refresh (BARISTA_RECENT_ROW (row));
  gtk_widget_grab_focus (GTK_WIDGET (self->connect_button));
}

void
barista_start_page_set_problem (BaristaStartPage *self, const char *title, const char *body)
{
  barista_pieces_finish (GTK_WIDGET (self));
  gtk_widget_set_visible (GTK_WIDGET (self->problem_group), title != NULL);
  if (title == NULL)
    return;

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->problem_row), title);
  adw_action_row_set_subtitle (self->problem_row, body);
  gtk_accessible_announce (GTK_ACCESSIBLE (self), title,
                           GTK_ACCESSIBLE_ANNOUNCEMENT_PRIORITY_MEDIUM);
}
