/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "barista-growing.h"
#include "barista-pieces.h"
#include "barista-tooltip.h"
#include "barista-window.h"

#include "ui-drive.h"

static BaristaWindow *
window_new (void)
{
  BaristaWindow *window = ui_window_new (NULL, NULL);

  gtk_window_present (GTK_WINDOW (window));
  return window;
}

static void
test_start_says_what_it_is_for (void)
{
  BaristaWindow *window = window_new ();
  GtkWidget *page = ui_find (GTK_WIDGET (window), ADW_TYPE_STATUS_PAGE);

  g_assert_cmpstr (adw_status_page_get_title (ADW_STATUS_PAGE (page)), ==,
                   "Bring Estuary Data to Tinybird");
  g_assert_null (barista_window_get_session (window));
  gtk_window_destroy (GTK_WINDOW (window));
}

static void
add_first_topic (BaristaSession *session)
{
  g_autoptr (BaristaTopicChoice) choice = NULL;
  BaristaTopicInfo info;

  barista_report_get_topic (barista_session_get_report (session), 0, &info);
  choice = barista_topic_choice_new (info.name);
  barista_setup_add_topic (barista_session_get_setup (session), choice);
  ui_wait_idle (session);
}

static gboolean
is_gone (gpointer pointer)
{
  return *(gpointer *) pointer == NULL;
}

/* A practice Dekaf takes its time: what is begun meanwhile comes instead, and a window may go. */
static void
test_practice_is_overtaken (void)
{
  BaristaWindow *window = window_new ();
  BaristaWindow *other = window_new ();
  BaristaWindow *closed = window_new ();

  g_object_add_weak_pointer (G_OBJECT (closed), (gpointer *) &closed);
  ui_click (GTK_WIDGET (closed), "_Try Practice Data");
  gtk_window_destroy (GTK_WINDOW (closed));

  ui_click (GTK_WIDGET (window), "_Try Practice Data");
  g_assert_false (barista_window_is_free (window)); /* a file would not take its place */
  ui_action (GTK_WIDGET (window), "win.start", "connect");
  g_assert_nonnull (barista_window_get_session (window));
  ui_begin_practice (other);
  ui_wait_until (is_gone, &closed);
  g_assert_false (barista_session_get_practice (barista_window_get_session (window)));
  gtk_window_destroy (GTK_WINDOW (window));
  gtk_window_destroy (GTK_WINDOW (other));
}

/* From Start to Topics by one click; everything before is proved or proposed. */
static void
test_practice_begins_at_topics (void)
{
  BaristaWindow *window = window_new ();
  BaristaSession *session;

  ui_begin_practice (window);
  session = barista_window_get_session (window);
  g_assert_true (barista_session_get_practice (session));
  g_assert_cmpint (barista_session_get_step (session), ==, BARISTA_STEP_TOPICS);

  ui_wait_idle (session);
  g_assert_cmpuint (barista_report_get_n_topics (barista_session_get_report (session)), >, 3);
  g_assert_cmpint (barista_session_get_step_info (session, BARISTA_STEP_SIGN_IN)->state, ==,
                   BARISTA_STEP_FINE);
  add_first_topic (session);
  g_assert_true (
      gtk_widget_get_sensitive (ui_find_label (GTK_WIDGET (window), GTK_TYPE_BUTTON, "_Review")));
  gtk_window_destroy (GTK_WINDOW (window));
}

static void
test_connect_asks_for_the_task (void)
{
  BaristaWindow *window = window_new ();
  BaristaSession *session;
  BaristaSetup *setup;
  GtkWidget *review;

  ui_click (GTK_WIDGET (window), "_Connect a Task");
  session = barista_window_get_session (window);
  setup = barista_session_get_setup (session);
  g_assert_cmpint (barista_session_get_step (session), ==, BARISTA_STEP_TASK);

  /* Too early: nothing moves. */
  ui_action (GTK_WIDGET (window), "win.next", NULL);
  g_assert_cmpint (barista_session_get_step (session), ==, BARISTA_STEP_TASK);

  /* The server is a proposal; what is left to answer is the sign-in. */
  barista_setup_set_task_name (setup, "acmeCo/prod/tinybird");
  ui_action (GTK_WIDGET (window), "win.next", NULL);
  g_assert_cmpint (barista_session_get_step (session), ==, BARISTA_STEP_SIGN_IN);

  ui_action (GTK_WIDGET (window), "win.back", NULL);
  g_assert_cmpint (barista_session_get_step (session), ==, BARISTA_STEP_SERVER);
  review = ui_find_label (GTK_WIDGET (window), GTK_TYPE_BUTTON, "_Review");
  g_assert_false (gtk_widget_get_sensitive (review));
  ui_action (GTK_WIDGET (window), "win.go", "review");
  g_assert_cmpint (barista_session_get_step (session), ==, BARISTA_STEP_SERVER);

  gtk_window_destroy (GTK_WINDOW (window));
}

/* What GTK gets when it asks for a tooltip: there is one to show or not. */
static gboolean
has_tooltip (GtkWidget *widget)
{
  g_autoptr (GtkTooltip) tooltip = g_object_new (GTK_TYPE_TOOLTIP, NULL);
  gboolean shown = FALSE;

  g_signal_emit_by_name (widget, "query-tooltip", 0, 0, FALSE, tooltip, &shown);
  g_assert_true (!shown || gtk_widget_get_has_tooltip (widget));
  return shown;
}

static void
test_tooltips (void)
{
  GtkWidget *label = g_object_ref_sink (gtk_label_new ("cut"));

  g_assert_false (has_tooltip (label));
  barista_tooltip_set (label, "all of it");
  barista_tooltip_set (label, "all of it, and more");
  g_assert_true (has_tooltip (label));
  g_assert_cmpstr (barista_tooltip_get (label), ==, "all of it, and more");
  barista_tooltip_set (label, NULL);
  g_assert_false (has_tooltip (label));
  g_assert_null (barista_tooltip_get (label));
  barista_tooltip_set (label, "again");
  g_assert_true (has_tooltip (label));
  g_object_unref (label);
}

/* Until none is left; what is another list's stays. */
static void
test_rows_go_one_at_a_time (void)
{
  static const char *const names[] = { "a", "b", "c", "d", "e", "f", "g", NULL };
  g_autoptr (GtkStringList) list = gtk_string_list_new (names);
  g_autoptr (GtkStringList) other = gtk_string_list_new (names);
  g_autoptr (GListModel) growing = barista_growing_new (G_LIST_MODEL (list));
  GtkWidget *box = g_object_ref_sink (gtk_box_new (GTK_ORIENTATION_VERTICAL, 0));
  guint n, steps = 0;

  gtk_box_append (GTK_BOX (box), gtk_list_view_new (GTK_SELECTION_MODEL (gtk_no_selection_new (
                                                        g_object_ref (G_LIST_MODEL (other)))),
                                                    NULL));
  gtk_box_append (GTK_BOX (box), gtk_column_view_new (GTK_SELECTION_MODEL (
                                     gtk_single_selection_new (g_object_ref (growing)))));
  barista_growing_finish (growing);
  n = g_list_model_get_n_items (growing);
  g_assert_cmpuint (n, ==, 7);

  for (; barista_growing_shrink (box); n = g_list_model_get_n_items (growing), steps++)
    g_assert_cmpuint (g_list_model_get_n_items (growing), ==, n - 1);
  g_assert_cmpuint (n, ==, 0);
  g_assert_cmpuint (steps, ==, 7);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (other)), ==, 7);
  g_object_unref (box);
}

/* The key as the window sees it on its way down, and then what the window has for it. */
static void
press (GtkWidget *window, guint key, GdkModifierType modifiers)
{
  g_autoptr (GListModel) controllers = gtk_widget_observe_controllers (window);

  for (guint i = 0; i < g_list_model_get_n_items (controllers); i++)
    {
      g_autoptr (GtkEventController) controller = g_list_model_get_item (controllers, i);
      gboolean taken = FALSE;

      if (GTK_IS_EVENT_CONTROLLER_KEY (controller)
          && gtk_event_controller_get_propagation_phase (controller) == GTK_PHASE_CAPTURE)
        g_signal_emit_by_name (controller, "key-pressed", key, 0, modifiers, &taken);
      g_assert_false (taken);
    }
  ui_key (window, key, modifiers);
}

/* A window that isn't all there knows every shortcut. */
static void
test_shortcuts_before_whole (void)
{
  static const struct
  {
    guint key;
    GdkModifierType modifiers;
  } keys[] = {
    { GDK_KEY_F9, 0 },
    { GDK_KEY_F2, 0 },
    { GDK_KEY_Left, GDK_ALT_MASK },
    { GDK_KEY_1, GDK_ALT_MASK },
    { GDK_KEY_0, GDK_ALT_MASK },
    { GDK_KEY_z, GDK_CONTROL_MASK },
    { GDK_KEY_z, GDK_CONTROL_MASK | GDK_SHIFT_MASK },
    { GDK_KEY_question, GDK_CONTROL_MASK },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (keys); i++)
    {
      BaristaWindow *window = barista_window_new (NULL, NULL);
      AdwOverlaySplitView *split;

      gtk_window_present (GTK_WINDOW (window));
      g_assert_false (barista_pieces_are_whole (GTK_WIDGET (window)));
      press (GTK_WIDGET (window), keys[i].key, keys[i].modifiers);
      g_assert_true (barista_pieces_are_whole (GTK_WIDGET (window)));

      split = ADW_OVERLAY_SPLIT_VIEW (ui_find (GTK_WIDGET (window), ADW_TYPE_OVERLAY_SPLIT_VIEW));
      g_assert_true (adw_overlay_split_view_get_show_sidebar (split)
                     == (keys[i].key != GDK_KEY_F9));
      g_assert_true (
          (adw_application_window_get_visible_dialog (ADW_APPLICATION_WINDOW (window)) != NULL)
          == (keys[i].key == GDK_KEY_question));
      gtk_window_destroy (GTK_WINDOW (window));
    }
}

int
main (int argc, char **argv)
{
  gtk_test_init (&argc, &argv);
  adw_init ();
  g_object_set (gtk_settings_get_default (), "gtk-enable-animations", FALSE, NULL);

  g_test_add_func ("/window/start-says-what-it-is-for", test_start_says_what_it_is_for);
  g_test_add_func ("/window/practice-begins-at-topics", test_practice_begins_at_topics);
  g_test_add_func ("/window/practice-is-overtaken", test_practice_is_overtaken);
  g_test_add_func ("/window/connect-asks-for-the-task", test_connect_asks_for_the_task);
  g_test_add_func ("/window/shortcuts-before-whole", test_shortcuts_before_whole);
  g_test_add_func ("/window/tooltips", test_tooltips);
  g_test_add_func ("/window/rows-go-one-at-a-time", test_rows_go_one_at_a_time);

  return g_test_run ();
}
