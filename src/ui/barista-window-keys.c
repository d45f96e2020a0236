/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "barista-window-private.h"

#include "barista-pieces.h"
#include "barista-step-page.h"

#include <glib/gi18n.h>

/* --- keys that come before the page --- */

/* What is typed while a page, or an editor in it, is made is meant for it: it is finished at once,
 * which puts the keyboard where it belongs, and the key goes there. So is the window: a shortcut may
 * mean any part of it. */
static gboolean
on_key_ahead (GtkEventControllerKey *controller,
              guint keyval,
              guint keycode,
              GdkModifierType state,
              BaristaWindow *self)
{
  GtkWidget *page;

  barista_pieces_finish (GTK_WIDGET (self));
  page = self->session != NULL ? gtk_stack_get_visible_child (self->pages) : NULL;
  if (page == NULL || !barista_step_page_finish (BARISTA_STEP_PAGE (page)))
    return GDK_EVENT_PROPAGATE;

  for (GtkWidget *widget = gtk_root_get_focus (GTK_ROOT (self));
       widget != NULL && widget != GTK_WIDGET (self); widget = gtk_widget_get_parent (widget))
    if (gtk_event_controller_key_forward (controller, widget))
      return GDK_EVENT_STOP;

  return GDK_EVENT_PROPAGATE;
}

void
window_init_keys (BaristaWindow *self)
{
  GtkEventController *controller = gtk_event_controller_key_new ();

  gtk_event_controller_set_propagation_phase (controller, GTK_PHASE_CAPTURE);
  g_signal_connect (controller, "key-pressed", G_CALLBACK (on_key_ahead), self);
  gtk_widget_add_controller (GTK_WIDGET (self), controller);
}

/* --- the list of shortcuts --- */

static const struct
{
  const char *keys, *title;
} keys[] = {
  { "Return", N_ ("Next step") },
  { "<Alt>Left", N_ ("Back") },
  { "<Alt>1", N_ ("First step, and so on to the ninth") },
  { "<Alt>0", N_ ("Review") },
  { "F9", N_ ("Show or hide the steps") },
  { "<Control>z", N_ ("Undo") },
  { "<Shift><Control>z", N_ ("Redo") },
  { "F2", N_ ("Rename the setup") },
  { "<Control>o", N_ ("Open a setup") },
  { "<Control>n", N_ ("New window") },
  { "<Control>w", N_ ("Close the window") },
  { "<Control>question", N_ ("Keyboard shortcuts") },
};

static GtkWidget *
keys_group_new (void)
{
  GtkWidget *group = adw_preferences_group_new ();

  for (gsize i = 0; i < G_N_ELEMENTS (keys); i++)
    {
      GtkWidget *row = adw_action_row_new ();
      GtkWidget *label = gtk_label_new (NULL);
      guint key;
      GdkModifierType modifiers;
      g_autofree char *text = NULL;

      gtk_accelerator_parse (keys[i].keys, &key, &modifiers);
      text = gtk_accelerator_get_label (key, modifiers);
      gtk_label_set_label (GTK_LABEL (label), text);
      gtk_widget_add_css_class (label, "dimmed");
      adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), _ (keys[i].title));
      gtk_widget_set_valign (label, GTK_ALIGN_CENTER);
      adw_action_row_add_suffix (ADW_ACTION_ROW (row), label);
      adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), row);
    }

  return group;
}

/* AdwShortcutsDialog is newer than our floor. */
void
window_show_keys (GtkWidget *widget, const char *name, GVariant *parameter)
{
  AdwDialog *dialog = adw_dialog_new ();
  GtkWidget *view = adw_toolbar_view_new ();
  GtkWidget *page = adw_preferences_page_new ();

  adw_toolbar_view_add_top_bar (ADW_TOOLBAR_VIEW (view), adw_header_bar_new ());
  adw_preferences_page_add (ADW_PREFERENCES_PAGE (page), ADW_PREFERENCES_GROUP (keys_group_new ()));
  adw_toolbar_view_set_content (ADW_TOOLBAR_VIEW (view), page);
  adw_dialog_set_title (dialog, _ ("Keyboard Shortcuts"));
  adw_dialog_set_content_width (dialog, 480);
  adw_dialog_set_content_height (dialog, 560);
  adw_dialog_set_child (dialog, view);
  adw_dialog_present (dialog, widget);
}
