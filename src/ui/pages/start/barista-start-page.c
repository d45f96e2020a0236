/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "barista-start-page.h"

#include "barista-cause.h"

#include <glib/gi18n.h>

struct _BaristaStartPage
{
  AdwBin parent_instance;

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

static void
barista_start_page_class_init (BaristaStartPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = barista_start_page_dispose;

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/barista/Barista/barista-start-page.ui");
  gtk_widget_class_bind_template_child (widget_class, BaristaStartPage, connect_button);
  gtk_widget_class_bind_template_child (widget_class, BaristaStartPage, problem_group);
  gtk_widget_class_bind_template_child (widget_class, BaristaStartPage, problem_row);
  gtk_widget_class_bind_template_child (widget_class, BaristaStartPage, recent_box);
  gtk_widget_class_bind_template_child (widget_class, BaristaStartPage, recent_list);
  gtk_widget_class_bind_template_callback (widget_class, on_dismiss_problem);
}

static void
barista_start_page_init (BaristaStartPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/* --- recent setups --- */

static char *
format_used (GDateTime *used)
{
  g_autoptr (GDateTime) now = g_date_time_new_now_local ();
  int days = (int) (g_date_time_difference (now, used) / G_TIME_SPAN_DAY);

  if (days == 0 && g_date_time_get_day_of_month (now) == g_date_time_get_day_of_month (used))
    /* Translators: a time of today */
    return g_date_time_format (used, _ ("Today, %H:%M"));

  return g_date_time_format (used, "%x");
}

static char *
format_result (const char *result)
{
  const BaristaCause *cause = barista_cause_find (result);

  if (result == NULL)
    return g_strdup (_ ("Not checked yet"));
  if (g_str_equal (result, "passed"))
    return g_strdup (_ ("Connected"));
  /* A title with a fact in it needs the evidence, which is gone. */
  if (cause != NULL && strchr (cause->title, '{') == NULL)
    return g_strdup (_ (cause->title));

  return g_strdup (_ ("Not connected"));
}

static GtkWidget *
remove_button_new (const char *id)
{
  GtkWidget *button = gtk_button_new_from_icon_name ("user-trash-symbolic");

  gtk_widget_set_tooltip_text (button, _ ("Remove"));
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (button, "flat");
  gtk_actionable_set_action_target (GTK_ACTIONABLE (button), "s", id);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), "win.remove-setup");

  return button;
}

static void
update_card (AdwActionRow *row, GParamSpec *pspec, BaristaSetupEntry *entry)
{
  const char *task = barista_setup_entry_get_task (entry);
  const char *name = barista_setup_entry_get_name (entry);
  g_autofree char *used = format_used (barista_setup_entry_get_used (entry));
  g_autofree char *result = format_result (barista_setup_entry_get_result (entry));
  g_autofree char *subtitle = NULL;

  if (name == NULL || *name == '\0')
    name = task != NULL ? task : _ ("New Setup");
  subtitle = task != NULL && g_strcmp0 (task, name) != 0
                 ? g_strdup_printf ("%s\n%s · %s", task, result, used)
                 : g_strdup_printf ("%s · %s", result, used);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), name);
  adw_action_row_set_subtitle (row, subtitle);
}

static GtkWidget *
create_card (gpointer item, gpointer user_data)
{
  const char *id = barista_setup_entry_get_id (item);
  GtkWidget *row = adw_action_row_new ();

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), remove_button_new (id));
  adw_action_row_add_suffix (ADW_ACTION_ROW (row),
                             gtk_image_new_from_icon_name ("go-next-symbolic"));
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), TRUE);
  gtk_actionable_set_action_target (GTK_ACTIONABLE (row), "s", id);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (row), "win.open-setup");
  g_signal_connect_object (item, "notify", G_CALLBACK (update_card), row, G_CONNECT_SWAPPED);
  update_card (ADW_ACTION_ROW (row), NULL, item);

  return row;
}

static void
on_recent_changed (BaristaStartPage *self,
                   guint position,
                   guint removed,
                   guint added,
                   GListModel *store)
{
  gtk_widget_set_visible (self->recent_box, g_list_model_get_n_items (store) > 0);
}

/**
 * barista_start_page_set_store:
 * @self: the page
 * @store: the setups to show
 */
void
barista_start_page_set_store (BaristaStartPage *self, BaristaSetupStore *store)
{
  gtk_list_box_bind_model (self->recent_list, G_LIST_MODEL (store), create_card, NULL, NULL);
  g_signal_connect_object (store, "items-changed", G_CALLBACK (on_recent_changed), self,
                           G_CONNECT_SWAPPED);
  on_recent_changed (self, 0, 0, 0, G_LIST_MODEL (store));
}

void
barista_start_page_enter (BaristaStartPage *self)
{
  gtk_widget_grab_focus (GTK_WIDGET (self->connect_button));
}

void
barista_start_page_set_problem (BaristaStartPage *self, const char *title, const char *body)
{
  gtk_widget_set_visible (GTK_WIDGET (self->problem_group), title != NULL);
  if (title == NULL)
    return;

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->problem_row), title);
  adw_action_row_set_subtitle (self->problem_row, body);
  gtk_accessible_announce (GTK_ACCESSIBLE (self), title,
                           GTK_ACCESSIBLE_ANNOUNCEMENT_PRIORITY_MEDIUM);
}
