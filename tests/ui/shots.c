/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "barista-sinks-page.h"
#include "barista-window.h"

#include "ui-drive.h"

static const char *folder;
static const char *look;

static void
shot (BaristaWindow *window, const char *name)
{
  g_autofree char *file = g_strdup_printf ("%s/%s-%s.png", folder, name, look);

  ui_picture (GTK_WINDOW (window), file);
}

/* Every step of the practice task, as it comes. */
static void
shoot_practice (int width, int height)
{
  BaristaWindow *window = ui_window_new (NULL, NULL);
  BaristaSession *session;

  gtk_window_set_default_size (GTK_WINDOW (window), width, height);
  gtk_window_present (GTK_WINDOW (window));
  shot (window, "start");
  ui_click (GTK_WIDGET (window), "_Try Practice Data");
  session = barista_window_get_session (window);
  ui_wait_idle (session);
  for (int i = BARISTA_STEP_TASK; i < BARISTA_N_STEPS; i++)
    {
      if (!barista_session_get_step_info (session, i)->reachable)
        continue;
      barista_window_go (window, i);
      shot (window, barista_step_to_string (i));
      if (i == BARISTA_STEP_SINKS)
        {
          GtkWidget *page = ui_find (GTK_WIDGET (window), BARISTA_TYPE_SINKS_PAGE);

          gtk_widget_activate_action (page, "sinks.add", "i", 2);
          shot (window, "sink-editor");
        }
      if (i == BARISTA_STEP_TOPICS)
        {
          BaristaTopicInfo info;
          g_autoptr (BaristaTopicChoice) choice = NULL;

          barista_report_get_topic (barista_session_get_report (session), 0, &info);
          choice = barista_topic_choice_new (info.name);
          barista_setup_add_topic (barista_session_get_setup (session), choice);
          ui_wait_idle (session);
        }
    }
  gtk_window_destroy (GTK_WINDOW (window));
}

int
main (int argc, char **argv)
{
  gtk_init ();
  adw_init ();
  folder = argc > 1 ? argv[1] : ".";
  look = argc > 2 ? argv[2] : "wide";
  g_object_set (gtk_settings_get_default (), "gtk-enable-animations", FALSE, NULL);

  if (g_str_equal (look, "rtl"))
    gtk_widget_set_default_direction (GTK_TEXT_DIR_RTL);
  if (g_str_equal (look, "dark"))
    adw_style_manager_set_color_scheme (adw_style_manager_get_default (),
                                        ADW_COLOR_SCHEME_FORCE_DARK);
  if (g_str_equal (look, "narrow"))
    shoot_practice (360, 600);
  else
    shoot_practice (1100, 760);

  return 0;
}
