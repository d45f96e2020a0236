/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "barista-pages.h"
#include "barista-pieces.h"
#include "barista-step-page.h"
#include "ui-drive.h"

/* Pages are made in pieces: what may happen before one is whole. */

typedef struct
{
  BaristaSession *session;
  GtkWidget *window;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  g_autoptr (BaristaSetup) setup = barista_setup_new ();

  barista_setup_set_task_name (setup, "acmeCo/prod/tinybird");
  fixture->session = barista_session_new (setup);
  fixture->window = g_object_ref_sink (adw_window_new ());
  gtk_window_present (GTK_WINDOW (fixture->window));
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  gtk_window_destroy (GTK_WINDOW (fixture->window));
  g_object_unref (fixture->window);
  g_object_unref (fixture->session);
  while (g_main_context_iteration (NULL, FALSE))
    ;
}

static GtkWidget *
page_new (Fixture *fixture, BaristaStep step)
{
  GtkWidget *page = barista_page_new (fixture->session, step);

  adw_window_set_content (ADW_WINDOW (fixture->window), page);
  return page;
}

static gboolean
is_whole (gpointer page)
{
  return barista_pieces_are_whole (page);
}

static gboolean
has_focus_in (GtkWidget *page)
{
  GtkWidget *focus = gtk_root_get_focus (gtk_widget_get_root (page));

  return focus != NULL && gtk_widget_is_ancestor (focus, page);
}

/* Of the priority that what happens in the window has. */
static gboolean
on_event (gpointer n)
{
  (*(guint *) n)++;
  return G_SOURCE_CONTINUE;
}

static void
test_events_get_in_between (Fixture *fixture, gconstpointer data)
{
  for (int step = BARISTA_STEP_TASK; step < BARISTA_N_STEPS; step++)
    {
      guint n = 0;
      guint event = g_idle_add_full (G_PRIORITY_DEFAULT, on_event, &n, NULL);
      GtkWidget *page = page_new (fixture, (BaristaStep) step);

      g_assert_false (barista_pieces_are_whole (page));
      /* A source that is always ready goes first for as long as it is there. */
      while (n < 3)
        g_main_context_iteration (NULL, TRUE);
      g_assert_false (barista_pieces_are_whole (page));
      g_source_remove (event);
      ui_wait_until (is_whole, page);
    }
}

static void
test_entered_once_whole (Fixture *fixture, gconstpointer data)
{
  GtkWidget *page = page_new (fixture, BARISTA_STEP_SIGN_IN);

  barista_step_page_enter (BARISTA_STEP_PAGE (page));
  g_assert_false (has_focus_in (page));
  ui_wait_until (is_whole, page);
  g_assert_true (has_focus_in (page));
}

static void
test_left_before_whole (Fixture *fixture, gconstpointer data)
{
  for (int step = BARISTA_STEP_TASK; step < BARISTA_N_STEPS; step++)
    {
      GtkWidget *page = page_new (fixture, (BaristaStep) step);

      barista_step_page_enter (BARISTA_STEP_PAGE (page));
      barista_step_page_leave (BARISTA_STEP_PAGE (page));
      ui_wait_until (is_whole, page);
      g_assert_false (has_focus_in (page));
    }
}

static void
test_gone_before_whole (Fixture *fixture, gconstpointer data)
{
  for (int step = BARISTA_STEP_TASK; step < BARISTA_N_STEPS; step++)
    {
      GtkWidget *page = page_new (fixture, (BaristaStep) step);

      g_object_add_weak_pointer (G_OBJECT (page), (gpointer *) &page);
      barista_step_page_enter (BARISTA_STEP_PAGE (page));
      g_main_context_iteration (NULL, FALSE);
      adw_window_set_content (ADW_WINDOW (fixture->window), NULL);
      while (g_main_context_iteration (NULL, FALSE))
        ;
      g_assert_null (page);
    }
}

/* What asks for a page at once gets all of it. */
static void
test_asked_before_whole (Fixture *fixture, gconstpointer data)
{
  GtkWidget *page = page_new (fixture, BARISTA_STEP_SIGN_IN);

  barista_step_page_enter (BARISTA_STEP_PAGE (page));
  barista_step_page_show_missing (BARISTA_STEP_PAGE (page), "sign_in.username", "A name.");
  g_assert_true (barista_pieces_are_whole (page));
  g_assert_true (has_focus_in (page));
  g_assert_nonnull (ui_find_text (page, "A name."));
}

#define ADD(name, test) g_test_add ("/pieces/" name, Fixture, NULL, set_up, test, tear_down)

int
main (int argc, char **argv)
{
  gtk_test_init (&argc, &argv);
  adw_init ();
  g_object_set (gtk_settings_get_default (), "gtk-enable-animations", FALSE, NULL);

  ADD ("events-get-in-between", test_events_get_in_between);
  ADD ("entered-once-whole", test_entered_once_whole);
  ADD ("left-before-whole", test_left_before_whole);
  ADD ("gone-before-whole", test_gone_before_whole);
  ADD ("asked-before-whole", test_asked_before_whole);

  return g_test_run ();
}
