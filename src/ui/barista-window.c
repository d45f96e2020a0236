/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "barista-window.h"

#include <glib/gi18n.h>

struct _BaristaWindow
{
  AdwApplicationWindow parent_instance;

  AdwToastOverlay *toasts;
  AdwPreferencesGroup *commands;
};

G_DEFINE_FINAL_TYPE (BaristaWindow, barista_window, ADW_TYPE_APPLICATION_WINDOW)

/* What each command does, in the order in which one would try them; the profile stands between
 * `before` and `after`. */
static const struct
{
  const char *purpose;
  const char *before;
  const char *after;
} commands[] = {
  { N_ ("Try the whole connection, stage by stage"), "barista check ", "" },
  { N_ ("List the topics that the task offers"), "barista topics ", "" },
  { N_ ("Write the project folder"), "barista generate ", " --output my-project" },
};

static void
barista_window_copy (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  BaristaWindow *self = BARISTA_WINDOW (widget);

  gdk_clipboard_set_text (gtk_widget_get_clipboard (widget),
                          g_variant_get_string (parameter, NULL));
  adw_toast_overlay_add_toast (self->toasts, adw_toast_new (_ ("Command copied")));
}

static GtkWidget *
copy_button_new (const char *command)
{
  GtkWidget *button = gtk_button_new_from_icon_name ("edit-copy-symbolic");

  gtk_widget_set_tooltip_text (button, _ ("Copy Command"));
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (button, "flat");
  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), "win.copy");
  gtk_actionable_set_action_target (GTK_ACTIONABLE (button), "s", command);

  return button;
}

static GtkWidget *
command_row_new (const char *purpose, const char *command)
{
  GtkWidget *row = adw_action_row_new ();

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), purpose);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), command);
  adw_action_row_set_subtitle_selectable (ADW_ACTION_ROW (row), TRUE);
  gtk_widget_add_css_class (row, "property");
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), copy_button_new (command));

  return row;
}

static void
barista_window_add_commands (BaristaWindow *self, const char *profile)
{
  for (gsize i = 0; i < G_N_ELEMENTS (commands); i++)
    {
      g_autofree char *command = g_strconcat (commands[i].before, profile, commands[i].after, NULL);

      adw_preferences_group_add (self->commands,
                                 command_row_new (_ (commands[i].purpose), command));
    }

  adw_preferences_group_add (self->commands,
                             command_row_new (_ ("See all commands"), "barista --help"));
}

static void
barista_window_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), BARISTA_TYPE_WINDOW);

  G_OBJECT_CLASS (barista_window_parent_class)->dispose (object);
}

static void
barista_window_class_init (BaristaWindowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = barista_window_dispose;

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/barista/Barista/barista-window.ui");
  gtk_widget_class_bind_template_child (widget_class, BaristaWindow, toasts);
  gtk_widget_class_bind_template_child (widget_class, BaristaWindow, commands);
  gtk_widget_class_install_action (widget_class, "win.copy", "s", barista_window_copy);
}

static void
barista_window_init (BaristaWindow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * barista_window_new:
 * @application: the application that owns the window
 * @profile: (nullable): the profile file that the commands name; %NULL for the practice task
 *
 * Makes the window; present it with gtk_window_present ().
 *
 * Returns: (transfer none): a new window
 */
BaristaWindow *
barista_window_new (GtkApplication *application, GFile *profile)
{
  BaristaWindow *self = g_object_new (BARISTA_TYPE_WINDOW, "application", application, NULL);
  g_autofree char *path = profile != NULL ? g_file_get_path (profile) : NULL;
  g_autofree char *quoted = path != NULL ? g_shell_quote (path) : g_strdup ("practice");

  barista_window_add_commands (self, quoted);

  return self;
}
