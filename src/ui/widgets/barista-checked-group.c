/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "barista-checked-group.h"

#include "barista-bind.h"
#include "barista-result-row.h"
#include "barista-route-view.h"

struct _BaristaCheckedGroup
{
  AdwBin parent_instance;

  BaristaRouteView *route_view;
  AdwBin *answers;
  GtkLabel *problem;
  BaristaResultRow *result;
};

static void buildable_init (GtkBuildableIface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (BaristaCheckedGroup,
                               barista_checked_group,
                               ADW_TYPE_BIN,
                               G_IMPLEMENT_INTERFACE (GTK_TYPE_BUILDABLE, buildable_init))

static void
add_child (GtkBuildable *buildable, GtkBuilder *builder, GObject *child, const char *type)
{
  adw_bin_set_child (BARISTA_CHECKED_GROUP (buildable)->answers, GTK_WIDGET (child));
}

static void
buildable_init (GtkBuildableIface *iface)
{
  iface->add_child = add_child;
}

static GtkWidget *
problem_new (void)
{
  GtkWidget *problem = gtk_label_new (NULL);

  gtk_label_set_xalign (GTK_LABEL (problem), 0);
  gtk_label_set_wrap (GTK_LABEL (problem), TRUE);
  gtk_widget_set_visible (problem, FALSE);
  gtk_widget_add_css_class (problem, "error");
  gtk_widget_add_css_class (problem, "caption");

  return problem;
}

static void
barista_checked_group_class_init (BaristaCheckedGroupClass *klass)
{
}

static void
barista_checked_group_init (BaristaCheckedGroup *self)
{
  GtkWidget *outer = gtk_box_new (GTK_ORIENTATION_VERTICAL, 24);
  GtkWidget *inner = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);

  self->route_view = g_object_new (BARISTA_TYPE_ROUTE_VIEW, NULL);
  self->answers = ADW_BIN (adw_bin_new ());
  self->problem = GTK_LABEL (problem_new ());
  self->result = g_object_new (BARISTA_TYPE_RESULT_ROW, NULL);
  gtk_box_append (GTK_BOX (inner), GTK_WIDGET (self->answers));
  gtk_box_append (GTK_BOX (inner), GTK_WIDGET (self->problem));
  gtk_box_append (GTK_BOX (inner), GTK_WIDGET (self->result));
  gtk_box_append (GTK_BOX (outer), GTK_WIDGET (self->route_view));
  gtk_box_append (GTK_BOX (outer), inner);
  adw_bin_set_child (ADW_BIN (self), outer);
}

void
barista_checked_group_follow (BaristaCheckedGroup *self, BaristaSession *session, BaristaStep step)
{
  g_autoptr (BaristaRoute) route = barista_route_new (session);

  g_object_set (self->route_view, "route", route, NULL);
  barista_result_row_follow (self->result, session, step);
}

void
barista_checked_group_ask (BaristaCheckedGroup *self, GtkWidget *entry, const char *text)
{
  gtk_widget_grab_focus (entry);
  if (barista_result_row_get_stage (self->result) == NULL)
    barista_say_problem (entry, self->problem, text, TRUE);
}

void
barista_checked_group_clear (BaristaCheckedGroup *self, GtkWidget *entry)
{
  barista_say_problem (entry, self->problem, NULL, FALSE);
}
