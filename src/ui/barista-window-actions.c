/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "barista-window-private.h"

#include <glib/gi18n.h>

/* --- actions --- */

static void
action_next (GtkWidget *widget, const char *name, GVariant *parameter)
{
  BaristaWindow *self = BARISTA_WINDOW (widget);

  if (self->session != NULL)
    window_try_next (self, TRUE);
}

/* Return in a field: what isn't right yet is looked at at once. */
static void
action_next_if_fine (GtkWidget *widget, const char *name, GVariant *parameter)
{
  BaristaWindow *self = BARISTA_WINDOW (widget);
  const BaristaStepInfo *info;

  if (self->session == NULL)
    return;
  info = barista_session_get_step_info (self->session, barista_session_get_step (self->session));
  if (info->missing != NULL || info->state == BARISTA_STEP_FINE)
    window_try_next (self, TRUE);
  else
    barista_session_check_now (self->session);
}

static void
action_back (GtkWidget *widget, const char *name, GVariant *parameter)
{
  BaristaWindow *self = BARISTA_WINDOW (widget);

  if (self->session != NULL)
    barista_window_go (self, barista_session_get_back_step (self->session));
}

static void
action_go (GtkWidget *widget, const char *name, GVariant *parameter)
{
  BaristaStep step;

  if (barista_step_from_string (g_variant_get_string (parameter, NULL), &step))
    barista_window_go (BARISTA_WINDOW (widget), step);
}

/* Alt+1 ... Alt+9 by the place in the sidebar; 0 is the last. */
static void
action_go_nth (GtkWidget *widget, const char *name, GVariant *parameter)
{
  BaristaWindow *self = BARISTA_WINDOW (widget);
  int n = g_variant_get_int32 (parameter);
  int shown = 0;

  if (self->session == NULL)
    return;
  if (n == 0)
    {
      barista_window_go (self, BARISTA_STEP_REVIEW);
      return;
    }
  for (int i = BARISTA_STEP_TASK; i < BARISTA_N_STEPS; i++)
    if (barista_session_get_step_info (self->session, (BaristaStep) i)->shown && ++shown == n)
      {
        barista_window_go (self, (BaristaStep) i);
        return;
      }
}

static void
action_copy (GtkWidget *widget, const char *name, GVariant *parameter)
{
  gdk_clipboard_set_text (gtk_widget_get_clipboard (widget),
                          g_variant_get_string (parameter, NULL));
  window_toast (BARISTA_WINDOW (widget), _ ("Copied"));
}

static void
action_undo (GtkWidget *widget, const char *name, GVariant *parameter)
{
  BaristaWindow *self = BARISTA_WINDOW (widget);

  if (self->session == NULL)
    return;
  if (g_str_equal (name, "win.undo"))
    barista_session_undo (self->session);
  else
    barista_session_redo (self->session);
  window_update_all_steps (self);
}

static void
action_check (GtkWidget *widget, const char *name, GVariant *parameter)
{
  BaristaWindow *self = BARISTA_WINDOW (widget);

  if (self->session == NULL)
    return;
  if (g_str_equal (name, "win.check"))
    barista_session_check_now (self->session);
  else
    barista_session_cancel_check (self->session);
}

static void
action_open_uri (GtkWidget *widget, const char *name, GVariant *parameter)
{
  g_autoptr (GtkUriLauncher) launcher = gtk_uri_launcher_new (
      g_variant_get_string (parameter, NULL));

  gtk_uri_launcher_launch (launcher, GTK_WINDOW (widget), NULL, NULL, NULL);
}

static void
action_sidebar (GtkWidget *widget, const char *name, GVariant *parameter)
{
  BaristaWindow *self = BARISTA_WINDOW (widget);

  adw_overlay_split_view_set_show_sidebar (self->split,
                                           !adw_overlay_split_view_get_show_sidebar (self->split));
}

static void
action_rename (GtkWidget *widget, const char *name, GVariant *parameter)
{
  BaristaWindow *self = BARISTA_WINDOW (widget);

  if (self->session != NULL)
    gtk_editable_label_start_editing (self->name);
}

void
window_take_name (BaristaWindow *self)
{
  const char *text = gtk_editable_get_text (GTK_EDITABLE (self->name));
  BaristaSetup *setup;

  if (self->session == NULL || gtk_editable_label_get_editing (self->name))
    return;

  setup = barista_session_get_setup (self->session);
  if (*text != '\0' && g_strcmp0 (text, barista_setup_get_name (setup)) != 0
      && g_strcmp0 (text, gtk_window_get_title (GTK_WINDOW (self))) != 0)
    barista_setup_set_name (setup, text);
  window_update_name (self);
}

/* --- the tables --- */

static const struct
{
  const char *name, *parameter;
  GtkWidgetActionActivateFunc activate;
} window_actions[] = {
  { "win.next", NULL, action_next },
  { "win.next-if-fine", NULL, action_next_if_fine }, /* of fields */
  { "win.back", NULL, action_back },
  { "win.go", "s", action_go },
  { "win.go-nth", "i", action_go_nth },
  { "win.copy", "s", action_copy },
  { "win.undo", NULL, action_undo },
  { "win.redo", NULL, action_undo },
  { "win.check", NULL, action_check },
  { "win.cancel-check", NULL, action_check },
  { "win.open-uri", "s", action_open_uri },
  { "win.sidebar", NULL, action_sidebar },
  { "win.rename", NULL, action_rename },
  { "win.shortcuts", NULL, window_show_keys },
};

static const struct
{
  guint key;
  GdkModifierType modifiers;
  const char *action, *format;
  int argument;
} shortcuts[] = {
  { GDK_KEY_Left, GDK_ALT_MASK, "win.back" },
  { GDK_KEY_z, GDK_CONTROL_MASK, "win.undo" },
  { GDK_KEY_z, GDK_CONTROL_MASK | GDK_SHIFT_MASK, "win.redo" },
  { GDK_KEY_o, GDK_CONTROL_MASK, "win.open" },
  { GDK_KEY_F9, 0, "win.sidebar" },
  { GDK_KEY_F2, 0, "win.rename" },
  /* Menus name the last. */
  { GDK_KEY_question, GDK_CONTROL_MASK | GDK_SHIFT_MASK, "win.shortcuts" },
  { GDK_KEY_question, GDK_CONTROL_MASK, "win.shortcuts" },
  { GDK_KEY_1, GDK_ALT_MASK, "win.go-nth", "i", 1 },
  { GDK_KEY_2, GDK_ALT_MASK, "win.go-nth", "i", 2 },
  { GDK_KEY_3, GDK_ALT_MASK, "win.go-nth", "i", 3 },
  { GDK_KEY_4, GDK_ALT_MASK, "win.go-nth", "i", 4 },
  { GDK_KEY_5, GDK_ALT_MASK, "win.go-nth", "i", 5 },
  { GDK_KEY_6, GDK_ALT_MASK, "win.go-nth", "i", 6 },
  { GDK_KEY_7, GDK_ALT_MASK, "win.go-nth", "i", 7 },
  { GDK_KEY_8, GDK_ALT_MASK, "win.go-nth", "i", 8 },
  { GDK_KEY_9, GDK_ALT_MASK, "win.go-nth", "i", 9 },
  { GDK_KEY_0, GDK_ALT_MASK, "win.go-nth", "i", 0 },
};

void
window_install_actions (GtkWidgetClass *widget_class)
{
  for (gsize i = 0; i < G_N_ELEMENTS (window_actions); i++)
    gtk_widget_class_install_action (widget_class, window_actions[i].name,
                                     window_actions[i].parameter, window_actions[i].activate);
  window_install_setup_actions (widget_class);

  for (gsize i = 0; i < G_N_ELEMENTS (shortcuts); i++)
    {
      if (shortcuts[i].format != NULL)
        gtk_widget_class_add_binding_action (widget_class, shortcuts[i].key, shortcuts[i].modifiers,
                                             shortcuts[i].action, shortcuts[i].format,
                                             shortcuts[i].argument);
      else
        gtk_widget_class_add_binding_action (widget_class, shortcuts[i].key, shortcuts[i].modifiers,
                                             shortcuts[i].action, NULL);
    }
}
