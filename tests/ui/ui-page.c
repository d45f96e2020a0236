/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ui-page.h"

void
ui_page_init_for (UiPage *self, BaristaStep step, BaristaSession *session)
{
  GtkWidget *overlay = adw_toast_overlay_new ();
  const char *look = g_getenv ("BARISTA_LOOK");

  if (g_strcmp0 (look, "dark") == 0)
    adw_style_manager_set_color_scheme (adw_style_manager_get_default (),
                                        ADW_COLOR_SCHEME_FORCE_DARK);
  gtk_widget_set_default_direction (g_strcmp0 (look, "rtl") == 0 ? GTK_TEXT_DIR_RTL
                                                                 : GTK_TEXT_DIR_LTR);
  g_object_set (gtk_settings_get_default (), "gtk-enable-animations", FALSE, NULL);

  ui_load_style ();
  self->session = g_object_ref (session);
  self->window = GTK_WINDOW (g_object_ref_sink (adw_window_new ()));
  self->page = BARISTA_STEP_PAGE (barista_page_new (session, step));
  adw_toast_overlay_set_child (ADW_TOAST_OVERLAY (overlay), GTK_WIDGET (self->page));
  adw_window_set_content (ADW_WINDOW (self->window), overlay);
  gtk_window_set_default_size (self->window, 1000, 720);
  gtk_window_present (self->window);
  barista_step_page_enter (self->page);
  ui_page_settle (self);
}

void
ui_page_init (UiPage *self,
              BaristaStep step,
              const char *const *scenarios,
              guint n_topics,
              guint n_fields)
{
  BaristaPracticeOptions options = BARISTA_PRACTICE_OPTIONS_INIT;
  g_autoptr (BaristaPractice) practice = NULL;
  g_autoptr (BaristaSession) session = NULL;
  g_autoptr (GError) error = NULL;

  options.arrivals = 0;
  options.scenarios = scenarios;
  options.n_topics = n_topics;
  options.n_fields = n_fields;
  practice = barista_practice_start (&options, &error);
  g_assert_no_error (error);
  session = barista_session_new_for_practice (practice, &error);
  g_assert_no_error (error);
  ui_page_init_for (self, step, session);
  barista_session_check_now (session);
  ui_wait_idle (session);
  ui_page_settle (self);
}

void
ui_page_clear (UiPage *self)
{
  GtkWidget *page = GTK_WIDGET (self->page);

  if (self->window == NULL)
    return;

  g_object_add_weak_pointer (G_OBJECT (page), (gpointer *) &page);
  barista_step_page_leave (self->page);
  gtk_window_destroy (self->window);
  ui_page_settle (self);
  g_clear_object (&self->window);
  g_assert_null (page); /* nothing holds the page any more */
  g_clear_object (&self->session);
}

typedef struct
{
  BaristaSession *session;
  const char *topic;
} Wanted;

static gboolean
was_looked_at (gpointer data)
{
  Wanted *wanted = data;

  return barista_session_find_probe (wanted->session, wanted->topic) != NULL
         && barista_session_find_stage (wanted->session, BARISTA_SERVICE_KAFKA, BARISTA_STAGE_GROUP,
                                        wanted->topic)
                != NULL;
}

void
ui_page_choose (UiPage *self, const char *topic)
{
  g_autoptr (BaristaTopicChoice) choice = barista_topic_choice_new (topic);
  Wanted wanted = { self->session, topic };

  barista_setup_add_topic (barista_session_get_setup (self->session), choice);
  ui_wait_until (was_looked_at, &wanted);
  ui_page_settle (self);
}

void
ui_page_settle (UiPage *self)
{
  /* Tables are made on a thread: their coming wakes the loop. */
  while (g_main_context_iteration (NULL, barista_session_get_making_tables (self->session)))
    ;
}

void
ui_page_resize (UiPage *self, int width, int height)
{
  gtk_window_set_default_size (self->window, width, height);
  ui_page_settle (self);
}

void
ui_page_shot (UiPage *self, const char *name)
{
  ui_shot (self->window, name);
}
