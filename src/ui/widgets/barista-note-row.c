/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "barista-note-row.h"

#include "barista-sinks.h"

#include <glib/gi18n.h>

static const struct
{
  const char *icon;
  const char *style;
  const char *name;
} levels[] = {
  [BARISTA_LEVEL_HINT] = { "dialog-information-symbolic", "dimmed", N_ ("Hint") },
  [BARISTA_LEVEL_WARNING] = { "dialog-warning-symbolic", "warning", N_ ("Warning") },
  [BARISTA_LEVEL_ERROR] = { "dialog-error-symbolic", "error", N_ ("Error") },
};

static GtkWidget *
icon_new (BaristaLevel level)
{
  GtkWidget *icon = gtk_image_new_from_icon_name (levels[level].icon);

  gtk_widget_add_css_class (icon, levels[level].style);
  gtk_accessible_update_property (GTK_ACCESSIBLE (icon), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ (levels[level].name), -1);
  return icon;
}

static void
on_fix (GtkButton *button, BaristaSession *session)
{
  const BaristaFinding *finding = g_object_get_data (G_OBJECT (button), "finding");
  g_autoptr (GPtrArray) tables = barista_session_dup_tables (session);

  barista_session_begin_change (session, _ ("Fix"));
  barista_sinks_apply_fix (barista_session_get_setup (session), tables, finding);
  barista_session_end_change (session);
}

static GtkWidget *
fix_button_new (BaristaSession *session, const BaristaFinding *finding)
{
  GtkWidget *button = gtk_button_new_with_label (_ ("Fix"));

  gtk_widget_set_tooltip_text (button, finding->fix);
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  g_object_set_data_full (G_OBJECT (button), "finding", barista_finding_copy (finding),
                          (GDestroyNotify) barista_finding_free);
  g_signal_connect_object (button, "clicked", G_CALLBACK (on_fix), session, 0);

  return button;
}

GtkWidget *
barista_note_row_new (BaristaSession *session, const BaristaFinding *finding, BaristaLevel level)
{
  GtkWidget *row = adw_action_row_new ();

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), finding->message);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), finding->fix != NULL ? finding->fix : "");
  adw_action_row_add_prefix (ADW_ACTION_ROW (row), icon_new (level));
  if (barista_sinks_can_fix (barista_session_get_setup (session), finding))
    adw_action_row_add_suffix (ADW_ACTION_ROW (row), fix_button_new (session, finding));

  return row;
}
