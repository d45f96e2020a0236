/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "barista-route-dialog.h"

#include "barista-stage-details.h"
#include "barista-state-dot.h"
#include "barista-words.h"

#include <glib/gi18n.h>

struct _BaristaRouteDialog
{
  AdwDialog parent_instance;

  BaristaRoute *route;
  AdwNavigationView *pages;
  GtkListBox *list;
  BaristaStation *shown; /* whose card is open; nullable */
  AdwPreferencesPage *card;
  GPtrArray *groups; /* of the card; borrowed */
};

G_DEFINE_FINAL_TYPE (BaristaRouteDialog, barista_route_dialog, ADW_TYPE_DIALOG)

static void
barista_route_dialog_dispose (GObject *object)
{
  BaristaRouteDialog *self = BARISTA_ROUTE_DIALOG (object);

  g_clear_object (&self->route);
  g_clear_object (&self->shown);
  g_clear_pointer (&self->groups, g_ptr_array_unref);

  G_OBJECT_CLASS (barista_route_dialog_parent_class)->dispose (object);
}

static void
barista_route_dialog_class_init (BaristaRouteDialogClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = barista_route_dialog_dispose;
}

static void
barista_route_dialog_init (BaristaRouteDialog *self)
{
  adw_dialog_set_title (ADW_DIALOG (self), _ ("Connection"));
  adw_dialog_set_content_width (ADW_DIALOG (self), 440);
  adw_dialog_set_content_height (ADW_DIALOG (self), 540);
}

static AdwNavigationPage *
page_new (const char *title, GtkWidget *content)
{
  GtkWidget *view = adw_toolbar_view_new ();

  adw_toolbar_view_add_top_bar (ADW_TOOLBAR_VIEW (view), adw_header_bar_new ());
  adw_toolbar_view_set_content (ADW_TOOLBAR_VIEW (view), content);

  return adw_navigation_page_new (view, title);
}

/* --- a station's card --- */

static GtkWidget *
empty_group_new (void)
{
  GtkWidget *group = adw_preferences_group_new ();

  adw_preferences_group_set_description (ADW_PREFERENCES_GROUP (group),
                                         _ ("Nothing was tried here yet."));

  return group;
}

static void
add_group (BaristaRouteDialog *self, GtkWidget *group)
{
  g_ptr_array_add (self->groups, group);
  adw_preferences_page_add (self->card, ADW_PREFERENCES_GROUP (group));
}

/* Those that failed, or the others. */
static void
add_stages (BaristaRouteDialog *self, GListModel *stages, gboolean failed)
{
  for (guint i = 0; i < g_list_model_get_n_items (stages); i++)
    {
      g_autoptr (BaristaStageReport) stage = g_list_model_get_item (stages, i);

      if ((barista_stage_report_get_result (stage) == BARISTA_RESULT_FAILED) == failed)
        add_group (self, barista_stage_details_new_group (stage));
    }
}

/* What failed is what one has come for: it stands first. */
static void
fill_card (BaristaRouteDialog *self)
{
  GListModel *stages = barista_station_get_stages (self->shown);

  for (guint i = 0; i < self->groups->len; i++)
    adw_preferences_page_remove (self->card, self->groups->pdata[i]);
  g_ptr_array_set_size (self->groups, 0);

  add_stages (self, stages, TRUE);
  add_stages (self, stages, FALSE);
  if (self->groups->len == 0)
    add_group (self, empty_group_new ());
}

static AdwNavigationPage *
card_new (BaristaRouteDialog *self, BaristaStation *station)
{
  if (self->shown != NULL)
    g_signal_handlers_disconnect_by_func (barista_station_get_stages (self->shown), fill_card,
                                          self);
  g_set_object (&self->shown, station);
  self->card = ADW_PREFERENCES_PAGE (adw_preferences_page_new ());
  g_clear_pointer (&self->groups, g_ptr_array_unref);
  self->groups = g_ptr_array_new ();
  fill_card (self);
  g_signal_connect_object (barista_station_get_stages (station), "items-changed",
                           G_CALLBACK (fill_card), self, G_CONNECT_SWAPPED);

  return page_new (barista_station_get_label (station), GTK_WIDGET (self->card));
}

/* --- the list --- */

static void
on_row_activated (BaristaRouteDialog *self, GtkListBoxRow *row)
{
  g_autoptr (BaristaStation) station = g_list_model_get_item (
      G_LIST_MODEL (self->route), (guint) gtk_list_box_row_get_index (row));

  if (station != NULL)
    adw_navigation_view_push (self->pages, card_new (self, station));
}

static void
on_summary_changed (BaristaStation *station, GParamSpec *pspec, gpointer row)
{
  gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  barista_station_get_summary (station), -1);
}

static GtkWidget *
row_new (gpointer item, gpointer user_data)
{
  BaristaStation *station = item;
  GtkWidget *row = adw_action_row_new ();
  GtkWidget *dot = barista_state_dot_new ();
  GtkWidget *next = gtk_image_new_from_icon_name ("go-next-symbolic");

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), barista_station_get_label (station));
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), TRUE);
  adw_action_row_add_prefix (ADW_ACTION_ROW (row), dot);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), next);
  gtk_accessible_update_state (GTK_ACCESSIBLE (next), GTK_ACCESSIBLE_STATE_HIDDEN, TRUE, -1);

  g_object_bind_property (station, "state", dot, "state", G_BINDING_SYNC_CREATE);
  g_object_bind_property (station, "detail", row, "subtitle", G_BINDING_SYNC_CREATE);
  g_signal_connect_object (station, "notify::summary", G_CALLBACK (on_summary_changed), row, 0);
  on_summary_changed (station, NULL, row);

  return row;
}

static GtkWidget *
list_new (BaristaRouteDialog *self)
{
  GtkWidget *clamp = adw_clamp_new ();
  GtkWidget *scroller = gtk_scrolled_window_new ();
  GtkWidget *list = gtk_list_box_new ();

  self->list = GTK_LIST_BOX (list);
  gtk_list_box_set_selection_mode (self->list, GTK_SELECTION_NONE);
  gtk_widget_add_css_class (list, "boxed-list");
  gtk_widget_set_valign (list, GTK_ALIGN_START);
  gtk_widget_set_margin_top (list, 12);
  gtk_widget_set_margin_bottom (list, 24);
  gtk_widget_set_margin_start (list, 12);
  gtk_widget_set_margin_end (list, 12);
  gtk_list_box_bind_model (self->list, G_LIST_MODEL (self->route), row_new, NULL, NULL);
  g_signal_connect_object (list, "row-activated", G_CALLBACK (on_row_activated), self,
                           G_CONNECT_SWAPPED);

  adw_clamp_set_child (ADW_CLAMP (clamp), list);
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scroller), GTK_POLICY_NEVER,
                                  GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), clamp);

  return scroller;
}

BaristaRouteDialog *
barista_route_dialog_new (BaristaRoute *route, BaristaStation *station)
{
  BaristaRouteDialog *self = g_object_new (BARISTA_TYPE_ROUTE_DIALOG, NULL);

  self->route = g_object_ref (route);
  self->pages = ADW_NAVIGATION_VIEW (adw_navigation_view_new ());
  adw_navigation_view_add (self->pages, page_new (_ ("Connection"), list_new (self)));
  if (station != NULL)
    adw_navigation_view_push (self->pages, card_new (self, station));
  adw_dialog_set_child (ADW_DIALOG (self), GTK_WIDGET (self->pages));

  return self;
}
