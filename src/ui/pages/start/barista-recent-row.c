/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "barista-recent-row.h"

#include "barista-cause.h"
#include "barista-when.h"

#include <glib/gi18n.h>
#include <string.h>

struct _BaristaRecentRow
{
  AdwActionRow parent_instance;

  BaristaSetupEntry *entry;
  GtkMenuButton *menu;
};

G_DEFINE_FINAL_TYPE (BaristaRecentRow, barista_recent_row, ADW_TYPE_ACTION_ROW)

/* --- what it says --- */

static char *
say_result (const char *result)
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

void
barista_recent_row_refresh (BaristaRecentRow *self)
{
  const char *task = barista_setup_entry_get_task (self->entry);
  const char *name = barista_setup_entry_get_name (self->entry);
  g_autoptr (GDateTime) now = g_date_time_new_now_local ();
  g_autofree char *used = barista_when_say (barista_setup_entry_get_used (self->entry), now);
  g_autofree char *result = say_result (barista_setup_entry_get_result (self->entry));
  g_autofree char *subtitle = NULL;

  if (name == NULL || *name == '\0')
    name = task != NULL ? task : _ ("New Setup");
  subtitle = task != NULL && g_strcmp0 (task, name) != 0
                 ? g_strdup_printf ("%s\n%s · %s", task, result, used)
                 : g_strdup_printf ("%s · %s", result, used);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self), name);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (self), subtitle);
}

/* --- what is done with it --- */

static gboolean
open_menu (GtkWidget *widget, GVariant *parameter, gpointer user_data)
{
  gtk_menu_button_popup (BARISTA_RECENT_ROW (widget)->menu);
  return TRUE;
}

static void
on_pressed (GtkGestureClick *gesture, int n, double x, double y, BaristaRecentRow *self)
{
  gtk_gesture_set_state (GTK_GESTURE (gesture), GTK_EVENT_SEQUENCE_CLAIMED);
  gtk_menu_button_popup (self->menu);
}

/* The focus goes on to a row beside it. */
static gboolean
remove_setup (GtkWidget *widget, GVariant *parameter, gpointer user_data)
{
  GtkWidget *beside = gtk_widget_get_next_sibling (widget);

  if (beside == NULL)
    beside = gtk_widget_get_prev_sibling (widget);
  if (beside != NULL)
    gtk_widget_grab_focus (beside);

  return gtk_widget_activate_action (widget, "win.remove-setup", "s",
                                     barista_setup_entry_get_id (
                                         BARISTA_RECENT_ROW (widget)->entry));
}

static GMenuModel *
menu_new (const char *id)
{
  static const struct
  {
    const char *label, *action;
    guint section;
  } items[] = {
    { N_ ("_Open"), "win.open-setup", 0 },           { N_ ("_Rename…"), "win.rename-setup", 1 },
    { N_ ("Du_plicate"), "win.duplicate-setup", 1 }, { N_ ("_Export…"), "win.export-setup", 1 },
    { N_ ("_Delete"), "win.remove-setup", 2 },
  };
  GMenu *sections[3];
  GMenu *menu = g_menu_new ();

  for (gsize i = 0; i < G_N_ELEMENTS (sections); i++)
    {
      sections[i] = g_menu_new ();
      g_menu_append_section (menu, NULL, G_MENU_MODEL (sections[i]));
    }
  for (gsize i = 0; i < G_N_ELEMENTS (items); i++)
    {
      g_autoptr (GMenuItem) item = g_menu_item_new (_ (items[i].label), NULL);

      g_menu_item_set_action_and_target (item, items[i].action, "s", id);
      g_menu_append_item (sections[items[i].section], item);
    }
  for (gsize i = 0; i < G_N_ELEMENTS (sections); i++)
    g_object_unref (sections[i]);

  return G_MENU_MODEL (menu);
}

/* Made when it is opened: GTK makes all its buttons at once, in every row. */
static void
make_menu (GtkMenuButton *button, gpointer user_data)
{
  BaristaRecentRow *self = user_data;
  g_autoptr (GMenuModel) menu = NULL;

  if (gtk_menu_button_get_menu_model (button) != NULL)
    return;
  menu = menu_new (barista_setup_entry_get_id (self->entry));
  gtk_menu_button_set_menu_model (button, menu);
}

/* --- the object --- */

static void
barista_recent_row_dispose (GObject *object)
{
  g_clear_object (&BARISTA_RECENT_ROW (object)->entry);

  G_OBJECT_CLASS (barista_recent_row_parent_class)->dispose (object);
}

static void
barista_recent_row_class_init (BaristaRecentRowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = barista_recent_row_dispose;

  /* The window's default button, which is on no page of Start, would take it. */
  gtk_widget_class_add_binding_signal (widget_class, GDK_KEY_Return, 0, "activate", NULL);
  gtk_widget_class_add_binding_signal (widget_class, GDK_KEY_KP_Enter, 0, "activate", NULL);
  gtk_widget_class_add_binding (widget_class, GDK_KEY_Menu, 0, open_menu, NULL);
  gtk_widget_class_add_binding (widget_class, GDK_KEY_F10, GDK_SHIFT_MASK, open_menu, NULL);
  gtk_widget_class_add_binding (widget_class, GDK_KEY_Delete, 0, remove_setup, NULL);
  gtk_widget_class_add_binding (widget_class, GDK_KEY_KP_Delete, 0, remove_setup, NULL);
}

static void
barista_recent_row_init (BaristaRecentRow *self)
{
  GtkGesture *secondary = gtk_gesture_click_new ();

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (self), FALSE);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (self), TRUE);
  gtk_gesture_single_set_button (GTK_GESTURE_SINGLE (secondary), GDK_BUTTON_SECONDARY);
  g_signal_connect (secondary, "pressed", G_CALLBACK (on_pressed), self);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (secondary));

  self->menu = GTK_MENU_BUTTON (gtk_menu_button_new ());
  gtk_menu_button_set_icon_name (self->menu, "view-more-symbolic");
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->menu), _ ("More"));
  gtk_widget_set_valign (GTK_WIDGET (self->menu), GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (GTK_WIDGET (self->menu), "flat");
  adw_action_row_add_suffix (ADW_ACTION_ROW (self), GTK_WIDGET (self->menu));
  adw_action_row_add_suffix (ADW_ACTION_ROW (self),
                             gtk_image_new_from_icon_name ("go-next-symbolic"));
}

/**
 * barista_recent_row_new:
 * @entry: the setup
 *
 * Returns: (transfer floating): a row for it, which follows it
 */
GtkWidget *
barista_recent_row_new (BaristaSetupEntry *entry)
{
  BaristaRecentRow *self = g_object_new (BARISTA_TYPE_RECENT_ROW, NULL);
  const char *id = barista_setup_entry_get_id (entry);

  self->entry = g_object_ref (entry);
  gtk_menu_button_set_create_popup_func (self->menu, make_menu, self, NULL);
  gtk_actionable_set_action_target (GTK_ACTIONABLE (self), "s", id);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (self), "win.open-setup");
  g_signal_connect_object (entry, "notify", G_CALLBACK (barista_recent_row_refresh), self,
                           G_CONNECT_SWAPPED);
  barista_recent_row_refresh (self);

  return GTK_WIDGET (self);
}
