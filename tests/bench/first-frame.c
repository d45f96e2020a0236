/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <dlfcn.h>
#include <gtk/gtk.h>
#include <stdio.h>

/* Loaded before a program's own libraries (LD_PRELOAD): it tells on stdout when the first frame of
 * the first window was drawn, as microseconds of the monotonic clock, and when the program has been
 * shown for a while. It stands between the program and g_application_run (), and changes nothing. */

#define SHOWN_MS 1500

static void
tell (const char *what)
{
  printf ("%s %" G_GINT64_FORMAT "\n", what, g_get_monotonic_time ());
  fflush (stdout);
}

static void
on_shown (gpointer data)
{
  tell ("shown");
}

static void
on_after_paint (GdkFrameClock *clock, GtkWidget *window)
{
  if (!gdk_surface_get_mapped (gtk_native_get_surface (GTK_NATIVE (window))))
    return;

  tell ("frame");
  g_signal_handlers_disconnect_by_func (clock, on_after_paint, window);
  g_timeout_add_once (SHOWN_MS, on_shown, NULL);
}

static void
on_realize (GtkWidget *window)
{
  GdkFrameClock *clock = gtk_widget_get_frame_clock (window);

  g_signal_connect (clock, "after-paint", G_CALLBACK (on_after_paint), window);
}

static void
on_window_added (GtkApplication *application, GtkWindow *window)
{
  g_signal_handlers_disconnect_by_func (application, on_window_added, NULL);
  g_signal_connect (window, "realize", G_CALLBACK (on_realize), NULL);
}

G_MODULE_EXPORT int
g_application_run (GApplication *application, int argc, char **argv)
{
  union
  {
    void *symbol;
    int (*run) (GApplication *application, int argc, char **argv);
  } next = { dlsym (RTLD_NEXT, "g_application_run") };

  g_signal_connect (application, "window-added", G_CALLBACK (on_window_added), NULL);
  return next.run (application, argc, argv);
}
