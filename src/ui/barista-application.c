/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "barista-application.h"

#include <glib/gi18n.h>

#include "barista-window.h"

struct _BaristaApplication
{
  AdwApplication parent_instance;
};

G_DEFINE_FINAL_TYPE (BaristaApplication, barista_application, ADW_TYPE_APPLICATION)

static void
barista_application_show_about (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  GtkWindow *window = gtk_application_get_active_window (GTK_APPLICATION (user_data));

  adw_show_about_dialog (GTK_WIDGET (window), "application-name", _ ("Barista"), "application-icon",
                         APP_ID, "developer-name", _ ("The Barista developers"), "version", VERSION,
                         "comments", _ ("From Estuary Flow to Tinybird, each link proved"),
                         "license-type", GTK_LICENSE_GPL_3_0, NULL);
}

static void
barista_application_quit (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  g_application_quit (G_APPLICATION (user_data));
}

static const GActionEntry application_actions[] = {
  { .name = "about", .activate = barista_application_show_about },
  { .name = "quit", .activate = barista_application_quit },
};

static void
barista_application_startup (GApplication *application)
{
  GtkApplication *self = GTK_APPLICATION (application);

  G_APPLICATION_CLASS (barista_application_parent_class)->startup (application);

  g_action_map_add_action_entries (G_ACTION_MAP (self), application_actions,
                                   G_N_ELEMENTS (application_actions), self);
  gtk_application_set_accels_for_action (self, "app.quit", (const char *[]) { "<Control>q", NULL });
  gtk_application_set_accels_for_action (self, "window.close",
                                         (const char *[]) { "<Control>w", NULL });
}

static void
barista_application_activate (GApplication *application)
{
  GtkWindow *window = gtk_application_get_active_window (GTK_APPLICATION (application));

  if (window == NULL)
    window = GTK_WINDOW (barista_window_new (GTK_APPLICATION (application), NULL));

  gtk_window_present (window);
}

/* A window for each profile. */
static void
barista_application_open (GApplication *application, GFile **files, int n_files, const char *hint)
{
  for (int i = 0; i < n_files; i++)
    gtk_window_present (GTK_WINDOW (barista_window_new (GTK_APPLICATION (application), files[i])));
}

static void
barista_application_class_init (BaristaApplicationClass *klass)
{
  GApplicationClass *application_class = G_APPLICATION_CLASS (klass);

  application_class->startup = barista_application_startup;
  application_class->activate = barista_application_activate;
  application_class->open = barista_application_open;
}

static void
barista_application_init (BaristaApplication *self)
{
  gtk_window_set_default_icon_name (APP_ID);
  g_application_set_version (G_APPLICATION (self), VERSION);
}

/**
 * barista_application_new:
 *
 * Makes the application; run it with g_application_run ().
 *
 * Returns: (transfer full): a new application
 */
BaristaApplication *
barista_application_new (void)
{
  return g_object_new (BARISTA_TYPE_APPLICATION, "application-id", APP_ID, "flags",
                       G_APPLICATION_HANDLES_OPEN, NULL);
}
