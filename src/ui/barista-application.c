/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "barista-application.h"

#include <glib-unix.h>
#include <glib/gi18n.h>
#include <signal.h>

#include "barista-code-view.h"
#include "barista-menu-names.h"
#include "barista-window.h"

struct _BaristaApplication
{
  AdwApplication parent_instance;

  BaristaSetupStore *store;
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

/* Each window is asked to close first: it keeps what it remembers then. */
static void
barista_application_quit (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  g_autoptr (GList) windows = g_list_copy (
      gtk_application_get_windows (GTK_APPLICATION (user_data)));

  for (GList *l = windows; l != NULL; l = l->next)
    gtk_window_close (l->data);
  g_application_quit (G_APPLICATION (user_data));
}

static BaristaWindow *
add_window (BaristaApplication *self)
{
  BaristaWindow *window = barista_window_new (GTK_APPLICATION (self), self->store);

  gtk_window_present (GTK_WINDOW (window));
  return window;
}

static void
barista_application_new_window (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  add_window (BARISTA_APPLICATION (user_data));
}

/* A session that ends, or Ctrl+C: what was answered just now is kept, as with Quit. */
static gboolean
on_signal (gpointer user_data)
{
  g_action_group_activate_action (G_ACTION_GROUP (user_data), "quit", NULL);
  return G_SOURCE_CONTINUE;
}

static const GActionEntry application_actions[] = {
  { .name = "new-window", .activate = barista_application_new_window },
  { .name = "about", .activate = barista_application_show_about },
  { .name = "quit", .activate = barista_application_quit },
};

static const struct
{
  const char *action, *keys;
} accels[] = {
  { "app.quit", "<Control>q" },
  { "app.new-window", "<Control>n" },
  { "window.close", "<Control>w" },
};

static void
on_store_read (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GError) error = NULL;

  if (!barista_setup_store_refresh_finish (BARISTA_SETUP_STORE (source), result, &error))
    g_message ("%s", error->message);
}

/* Once GTK has begun. */
static void
on_startup (BaristaApplication *self)
{
  static const int ends[] = { SIGTERM, SIGINT, SIGHUP };

  for (gsize i = 0; i < G_N_ELEMENTS (ends); i++)
    g_unix_signal_add (ends[i], on_signal, self);

  g_action_map_add_action_entries (G_ACTION_MAP (self), application_actions,
                                   G_N_ELEMENTS (application_actions), self);
  for (gsize i = 0; i < G_N_ELEMENTS (accels); i++)
    gtk_application_set_accels_for_action (GTK_APPLICATION (self), accels[i].action,
                                           (const char *[]) { accels[i].keys, NULL });
  barista_menu_names_install ();
  barista_code_view_prepare_later ();
  self->store = barista_setup_store_new (NULL);
  barista_setup_store_refresh_async (self->store, NULL, on_store_read, NULL);
}

static void
barista_application_activate (GApplication *application)
{
  GtkWindow *window = gtk_application_get_active_window (GTK_APPLICATION (application));

  if (window == NULL)
    add_window (BARISTA_APPLICATION (application));
  else
    gtk_window_present (window);
}

/* One that shows Start and waits for nothing. */
static BaristaWindow *
find_free_window (GApplication *application)
{
  GList *windows = gtk_application_get_windows (GTK_APPLICATION (application));

  for (GList *l = windows; l != NULL; l = l->next)
    if (BARISTA_IS_WINDOW (l->data) && barista_window_is_free (l->data))
      return l->data;

  return NULL;
}

/* A window for each profile. */
static void
barista_application_open (GApplication *application, GFile **files, int n_files, const char *hint)
{
  for (int i = 0; i < n_files; i++)
    {
      BaristaWindow *window = find_free_window (application);

      if (window == NULL)
        window = barista_window_new_for_file (GTK_APPLICATION (application),
                                              BARISTA_APPLICATION (application)->store);
      gtk_window_present (GTK_WINDOW (window));
      barista_window_open_file (window, files[i]);
    }
}

/* Those too that were closed just now, and are the application's no more. */
static GtkWindow *
find_any_window (void)
{
  GListModel *windows = gtk_window_get_toplevels ();

  for (guint i = 0; i < g_list_model_get_n_items (windows); i++)
    {
      g_autoptr (GtkWindow) window = g_list_model_get_item (windows, i);

      if (BARISTA_IS_WINDOW (window))
        return window;
    }

  return NULL;
}

/* What is still to be written is written before the process ends. */
static void
barista_application_shutdown (GApplication *application)
{
  BaristaApplication *self = BARISTA_APPLICATION (application);
  GtkWindow *window;

  while ((window = find_any_window ()) != NULL)
    gtk_window_destroy (window);
  if (self->store != NULL)
    barista_setup_store_flush (self->store);
  g_clear_object (&self->store);

  G_APPLICATION_CLASS (barista_application_parent_class)->shutdown (application);
}

static void
barista_application_class_init (BaristaApplicationClass *klass)
{
  GApplicationClass *application_class = G_APPLICATION_CLASS (klass);

  application_class->activate = barista_application_activate;
  application_class->open = barista_application_open;
  application_class->shutdown = barista_application_shutdown;
}

static void
barista_application_init (BaristaApplication *self)
{
  g_signal_connect (self, "startup", G_CALLBACK (on_startup), NULL);
  gtk_window_set_default_icon_name (APP_ID);
  g_application_set_version (G_APPLICATION (self), VERSION);
  /* Translators: what may follow barista-window on a command line: profiles to open */
  g_application_set_option_context_parameter_string (G_APPLICATION (self), _ ("[FILE…]"));
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
