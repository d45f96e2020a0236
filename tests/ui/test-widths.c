/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "barista-sinks-page.h"
#include "barista-window.h"

#include "ui-drive.h"

#include <glib/gi18n.h>
#include <locale.h>
#include <stdlib.h>

/* The smallest window that Barista promises to be usable in (GNOME's phones). */
#define WIDTH 360
#define HEIGHT 600

typedef struct
{
  BaristaWindow *window;
  BaristaSession *session;
  guint n_large; /* states that don't fit */
} Narrow;

/* --- what doesn't fit --- */

/* What it asks for at least: of height, in the width that it has. */
static int
least (GtkWidget *widget, GtkOrientation orientation)
{
  int width, height;

  gtk_widget_measure (widget, GTK_ORIENTATION_HORIZONTAL, -1, &width, NULL, NULL, NULL);
  if (orientation == GTK_ORIENTATION_HORIZONTAL)
    return width;

  width = MAX (width, gtk_widget_get_width (widget));
  gtk_widget_measure (widget, GTK_ORIENTATION_VERTICAL, width, &height, NULL, NULL, NULL);
  return height;
}

/* The way down to what asks for most, to be read by who has to mend it. */
static void
tell_largest (GtkWidget *widget, GtkOrientation orientation)
{
  GtkWidget *largest = NULL;
  int most = -1;

  g_test_message ("%d: %s %s", least (widget, orientation), G_OBJECT_TYPE_NAME (widget),
                  GTK_IS_LABEL (widget) ? gtk_label_get_text (GTK_LABEL (widget)) : "");
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    if (gtk_widget_get_mapped (child) && least (child, orientation) > most)
      {
        largest = child;
        most = least (child, orientation);
      }
  if (largest != NULL)
    tell_largest (largest, orientation);
}

static gboolean
has_room (GtkWidget *bin, GtkWidget *inner, GtkOrientation orientation)
{
  int room = orientation == GTK_ORIENTATION_VERTICAL ? gtk_widget_get_height (bin)
                                                     : gtk_widget_get_width (bin);

  if (least (inner, orientation) <= room)
    return TRUE;

  g_test_message ("there are %d %s:", room,
                  orientation == GTK_ORIENTATION_VERTICAL ? "of height" : "of width");
  tell_largest (inner, orientation);
  return FALSE;
}

/* A breakpoint bin says nothing to those around it of what its child asks for: each is asked. */
static gboolean
fits (GtkWidget *below)
{
  gboolean all = TRUE;

  for (GtkWidget *child = gtk_widget_get_first_child (below); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *inner = ADW_IS_BREAKPOINT_BIN (child) ? gtk_widget_get_first_child (child) : NULL;

      if (!gtk_widget_get_mapped (child))
        continue;
      if (inner != NULL)
        all = has_room (child, inner, GTK_ORIENTATION_HORIZONTAL)
              && has_room (child, inner, GTK_ORIENTATION_VERTICAL) && all;
      all = fits (child) && all;
    }

  return all;
}

static void
settle (void)
{
  while (g_main_context_iteration (NULL, FALSE))
    ;
}

static void
on_frame (gboolean *drawn)
{
  *drawn = TRUE;
}

static gboolean
is_drawn (gpointer drawn)
{
  return *(gboolean *) drawn;
}

/* What has changed is laid out with the next frame only. */
static void
wait_frame (GtkWidget *window)
{
  GdkFrameClock *clock = gtk_widget_get_frame_clock (window);
  gboolean drawn = FALSE;
  gulong id = g_signal_connect_swapped (clock, "after-paint", G_CALLBACK (on_frame), &drawn);

  gtk_widget_queue_resize (window);
  ui_wait_until (is_drawn, &drawn);
  g_signal_handler_disconnect (clock, id);
}

static void
assert_fits (Narrow *narrow, const char *state)
{
  settle ();
  wait_frame (GTK_WIDGET (narrow->window));
  /* Without a compositor a frame of its own is part of the window. */
  g_assert_cmpint (gtk_widget_get_width (GTK_WIDGET (narrow->window)), <=, WIDTH);
  if (!fits (GTK_WIDGET (narrow->window)))
    {
      g_test_message ("so it is with: %s", state);
      narrow->n_large++;
    }
}

/* --- the window in its states --- */

static void
narrow_init (Narrow *narrow)
{
  narrow->window = ui_window_new (NULL, NULL);
  gtk_window_set_default_size (GTK_WINDOW (narrow->window), WIDTH, HEIGHT);
  gtk_window_present (GTK_WINDOW (narrow->window));
}

static void
narrow_clear (Narrow *narrow)
{
  gtk_window_destroy (GTK_WINDOW (narrow->window));
  settle ();
  g_assert_cmpuint (narrow->n_large, ==, 0);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Narrow, narrow_clear)

static void
open_practice (Narrow *narrow, const char *scenario, guint n_fields)
{
  const char *scenarios[] = { scenario, NULL };
  BaristaPracticeOptions options = BARISTA_PRACTICE_OPTIONS_INIT;
  g_autoptr (GError) error = NULL;
  g_autoptr (BaristaPractice) practice = NULL;

  options.arrivals = 0;
  options.scenarios = scenario != NULL ? scenarios : NULL;
  options.n_fields = n_fields;
  practice = barista_practice_start (&options, &error);
  g_assert_no_error (error);
  narrow->session = barista_session_new_for_practice (practice, &error);
  g_assert_no_error (error);
  barista_window_set_session (narrow->window, narrow->session);
  g_object_unref (narrow->session);
  ui_wait_idle (narrow->session);
}

static void
go_through (Narrow *narrow, const char *state)
{
  for (guint i = BARISTA_STEP_TASK; i < BARISTA_N_STEPS; i++)
    {
      g_autofree char *place = NULL;

      if (!barista_session_get_step_info (narrow->session, i)->reachable)
        continue;
      barista_window_go (narrow->window, i);
      place = g_strdup_printf ("%s, %s", state, barista_step_to_string (i));
      assert_fits (narrow, place);
    }
}

static void
choose (Narrow *narrow, const char *topic)
{
  g_autoptr (BaristaTopicChoice) choice = barista_topic_choice_new (topic);

  barista_setup_add_topic (barista_session_get_setup (narrow->session), choice);
  ui_wait_idle (narrow->session);
  settle ();
}

static BaristaTopicChoice *
first_choice (Narrow *narrow)
{
  GListModel *topics = barista_setup_get_topics (barista_session_get_setup (narrow->session));
  g_autoptr (BaristaTopicChoice) choice = g_list_model_get_item (topics, 0);

  return choice; /* the setup holds it */
}

/* --- tests --- */

static void
test_start (void)
{
  g_auto (Narrow) narrow = { NULL };

  narrow_init (&narrow);
  assert_fits (&narrow, "start");
}

static void
test_new_task (void)
{
  for (int managed = 0; managed < 2; managed++)
    {
      g_auto (Narrow) narrow = { NULL };
      g_autoptr (BaristaSetup) setup = barista_setup_new ();

      narrow_init (&narrow);
      barista_setup_set_managed (setup, managed);
      narrow.session = barista_session_new (setup);
      barista_window_set_session (narrow.window, narrow.session);
      g_object_unref (narrow.session);
      go_through (&narrow, "nothing answered");
      barista_setup_set_task_name (setup, "acmeCo/a-prefix-of-some-length/a-materialization");
      if (managed)
        barista_setup_set_collections (
            setup, (const char *const[]) { "acmeCo/orders-of-all-the-years-there-were", NULL });
      barista_session_set_token (narrow.session, "a-token");
      for (guint i = BARISTA_STEP_TASK; i < BARISTA_STEP_TOPICS; i++)
        barista_session_set_step (narrow.session, i); /* seen once: it can be gone to */
      settle ();
      go_through (&narrow, managed ? "to be created" : "to be connected");
    }
}

static void
test_practice (void)
{
  g_auto (Narrow) narrow = { NULL };

  narrow_init (&narrow);
  open_practice (&narrow, NULL, 0);
  go_through (&narrow, "no topic");
  choose (&narrow, "acmeCo/customers");
  go_through (&narrow, "one topic");
  choose (&narrow, "acmeCo/orders");
  go_through (&narrow, "two topics");
}

/* All that the page of the schema shows, part by part, under each plan. */
static void
test_schema (void)
{
  static const BaristaPlan plans[] = { BARISTA_PLAN_NONE, BARISTA_PLAN_SOFT_NULLABLE,
                                       BARISTA_PLAN_SOFT_DOCUMENT, BARISTA_PLAN_HARD };
  g_auto (Narrow) narrow = { NULL };
  GtkDropDown *panes;

  narrow_init (&narrow);
  open_practice (&narrow, NULL, 0);
  choose (&narrow, "acmeCo/customers");
  choose (&narrow, "acmeCo/orders");
  barista_window_go (narrow.window, BARISTA_STEP_SCHEMA);
  settle ();
  panes = GTK_DROP_DOWN (
      ui_find (barista_window_get_page (narrow.window, BARISTA_STEP_SCHEMA), GTK_TYPE_DROP_DOWN));
  for (guint i = 0; i < G_N_ELEMENTS (plans); i++)
    {
      g_object_set (first_choice (&narrow), "plan", plans[i], NULL);
      ui_wait_idle (narrow.session);
      for (guint j = 0; j < g_list_model_get_n_items (gtk_drop_down_get_model (panes)); j++)
        {
          g_autofree char *state = g_strdup_printf ("plan %u, part %u", i, j);

          gtk_drop_down_set_selected (panes, j);
          assert_fits (&narrow, state);
        }
    }
}

static void
leave_editor (GtkWidget *page)
{
  GtkWidget *label = ui_find_label (page, ADW_TYPE_BUTTON_CONTENT, _ ("All Sinks"));

  g_signal_emit_by_name (gtk_widget_get_ancestor (label, GTK_TYPE_BUTTON), "clicked");
  settle ();
}

static void
test_sinks (void)
{
  g_auto (Narrow) narrow = { NULL };
  GtkWidget *page;

  narrow_init (&narrow);
  open_practice (&narrow, NULL, 0);
  choose (&narrow, "acmeCo/customers");
  barista_window_go (narrow.window, BARISTA_STEP_SINKS);
  settle ();
  page = ui_find (GTK_WIDGET (narrow.window), BARISTA_TYPE_SINKS_PAGE);
  for (int i = 0; i < 3; i++)
    {
      g_autofree char *state = g_strdup_printf ("editor of sink %d", i);

      gtk_widget_activate_action (page, "sinks.add", "i", i);
      assert_fits (&narrow, state);
      leave_editor (page);
    }
  assert_fits (&narrow, "sinks");
}

/* Ways to fail that each page tells of, with the remedies that they offer. */
static void
test_failures (void)
{
  static const char *const scenarios[] = { "damaged-record", "expired-certificate", "group-used",
                                           "no-topics",      "refuse-sign-in",      "registry-500",
                                           "schema-missing", "schema-trouble",      "web-port" };

  for (guint i = 0; i < G_N_ELEMENTS (scenarios); i++)
    {
      g_auto (Narrow) narrow = { NULL };

      narrow_init (&narrow);
      open_practice (&narrow, scenarios[i], 0);
      if (barista_report_get_n_topics (barista_session_get_report (narrow.session)) > 0)
        choose (&narrow, "acmeCo/customers");
      go_through (&narrow, scenarios[i]);
    }
}

/* In hundredths of the usual size. */
static void
set_text_size (const char *percent)
{
  GtkSettings *settings = gtk_settings_get_default ();
  int dpi;

  g_object_get (settings, "gtk-xft-dpi", &dpi, NULL);
  g_object_set (settings, "gtk-xft-dpi", dpi / 100 * atoi (percent), NULL);
}

int
main (int argc, char **argv)
{
  const char *text_size = g_getenv ("BARISTA_TEXT_SIZE");
  const char *translations = g_getenv ("BARISTA_TRANSLATIONS");

  if (translations != NULL)
    {
      setlocale (LC_ALL, "");
      bindtextdomain (GETTEXT_PACKAGE, translations);
      bind_textdomain_codeset (GETTEXT_PACKAGE, "UTF-8");
      textdomain (GETTEXT_PACKAGE);
      /* Else the same would be tried twice. */
      g_assert_cmpstr (_ ("Schema"), ==, "Esquema");
    }
  gtk_test_init (&argc, &argv, NULL);
  adw_init ();
  /* What doesn't fit makes libadwaita warn: it is told by name here instead. */
  g_log_set_always_fatal (G_LOG_LEVEL_ERROR | G_LOG_LEVEL_CRITICAL);
  g_object_set (gtk_settings_get_default (), "gtk-enable-animations", FALSE, NULL);
  if (text_size != NULL)
    set_text_size (text_size);

  g_test_add_func ("/ui/widths/start", test_start);
  g_test_add_func ("/ui/widths/new-task", test_new_task);
  g_test_add_func ("/ui/widths/practice", test_practice);
  g_test_add_func ("/ui/widths/schema", test_schema);
  g_test_add_func ("/ui/widths/sinks", test_sinks);
  g_test_add_func ("/ui/widths/failures", test_failures);
  return g_test_run ();
}
