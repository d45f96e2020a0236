/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "barista-window.h"

static GtkWidget *
find_descendant (GtkWidget *widget, GType type)
{
  GtkWidget *child = gtk_widget_get_first_child (widget);

  for (; child != NULL; child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = g_type_is_a (G_OBJECT_TYPE (child), type) ? child
                                                                   : find_descendant (child, type);

      if (found != NULL)
        return found;
    }

  return NULL;
}

static void
test_window_says_what_it_is_for (void)
{
  g_autoptr (BaristaWindow) window = g_object_ref_sink (barista_window_new (NULL, NULL));
  GtkWidget *page = find_descendant (GTK_WIDGET (window), ADW_TYPE_STATUS_PAGE);

  g_assert_nonnull (page);
  g_assert_cmpstr (adw_status_page_get_title (ADW_STATUS_PAGE (page)), ==,
                   "Bring Estuary Data to Tinybird");

  gtk_window_destroy (GTK_WINDOW (window));
}

static void
test_window_copies_a_command (void)
{
  g_autoptr (BaristaWindow) window = g_object_ref_sink (barista_window_new (NULL, NULL));
  GtkWidget *row = find_descendant (GTK_WIDGET (window), ADW_TYPE_ACTION_ROW);
  GtkWidget *button = find_descendant (row, GTK_TYPE_BUTTON);
  GdkContentProvider *copied = NULL;
  g_auto (GValue) text = G_VALUE_INIT;

  g_assert_true (gtk_widget_activate_action_variant (
      button, gtk_actionable_get_action_name (GTK_ACTIONABLE (button)),
      gtk_actionable_get_action_target_value (GTK_ACTIONABLE (button))));

  copied = gdk_clipboard_get_content (gtk_widget_get_clipboard (GTK_WIDGET (window)));
  g_value_init (&text, G_TYPE_STRING);
  g_assert_true (gdk_content_provider_get_value (copied, &text, NULL));
  g_assert_cmpstr (g_value_get_string (&text), ==,
                   adw_action_row_get_subtitle (ADW_ACTION_ROW (row)));

  gtk_window_destroy (GTK_WINDOW (window));
}

static void
test_window_names_the_profile (void)
{
  g_autoptr (GFile) profile = g_file_new_for_path ("/home/ana/my orders.barista");
  g_autoptr (BaristaWindow) window = g_object_ref_sink (barista_window_new (NULL, profile));
  GtkWidget *row = find_descendant (GTK_WIDGET (window), ADW_TYPE_ACTION_ROW);

  g_assert_cmpstr (adw_action_row_get_subtitle (ADW_ACTION_ROW (row)), ==,
                   "barista check '/home/ana/my orders.barista'");

  gtk_window_destroy (GTK_WINDOW (window));
}

int
main (int argc, char **argv)
{
  gtk_test_init (&argc, &argv);
  adw_init ();

  g_test_add_func ("/window/says-what-it-is-for", test_window_says_what_it_is_for);
  g_test_add_func ("/window/copies-a-command", test_window_copies_a_command);

  g_test_add_func ("/window/names-the-profile", test_window_names_the_profile);

  return g_test_run ();
}
