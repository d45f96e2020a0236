/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "barista-route-dialog.h"
#include "barista-route-view.h"
#include "barista-stage-details.h"
#include "barista-state-dot.h"
#include "barista-words.h"

#include "ui-drive.h"
#include "ui-stages.h"

#define KAFKA BARISTA_SERVICE_KAFKA
#define REGISTRY BARISTA_SERVICE_REGISTRY

static BaristaSetup *
setup_new (void)
{
  BaristaSetup *setup = barista_setup_new ();

  barista_setup_set_task_name (setup, "acmeCo/prod/tinybird");
  return setup;
}

/* Lint to metadata, and the registry, with the times of ui.md. */
static BaristaReport *
connected_new (void)
{
  BaristaReport *report = barista_report_new ();

  ui_report_add (report, ui_stage (KAFKA, BARISTA_STAGE_LINT, NULL, 0));
  ui_report_add (report, ui_stage (KAFKA, BARISTA_STAGE_NAME, NULL, 8));
  ui_report_add (report, ui_stage (KAFKA, BARISTA_STAGE_TCP, NULL, 10));
  ui_report_add (report, ui_stage (KAFKA, BARISTA_STAGE_TLS, NULL, 41));
  ui_report_add (report, ui_stage (KAFKA, BARISTA_STAGE_HELLO, NULL, 4));
  ui_report_add (report, ui_stage (KAFKA, BARISTA_STAGE_SASL, NULL, 100));
  ui_report_add (report, ui_stage_with (KAFKA, BARISTA_STAGE_METADATA, NULL, 10,
                                        BARISTA_FACT_TOPICS, NULL, 7));
  ui_report_add (report, ui_stage_with (REGISTRY, BARISTA_STAGE_REGISTRY, NULL, 88,
                                        BARISTA_FACT_SUBJECTS, NULL, 14));
  return report;
}

static BaristaStation *
station (BaristaRoute *route, BaristaStationKind kind)
{
  return barista_route_get_station (route, kind);
}

static void
assert_station (BaristaRoute *route,
                BaristaStationKind kind,
                BaristaStationState state,
                const char *summary)
{
  g_assert_cmpint (barista_station_get_state (station (route, kind)), ==, state);
  g_assert_cmpstr (barista_station_get_summary (station (route, kind)), ==, summary);
}

static void
test_nothing_was_tried (void)
{
  g_autoptr (BaristaRoute) route = barista_route_new (NULL);

  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (route)), ==, 6);
  g_assert_cmpstr (barista_route_get_summary (route), ==, "Not connected");
  g_assert_cmpint (barista_route_get_state (route), ==, BARISTA_STATION_TODO);
  assert_station (route, BARISTA_STATION_ENCRYPTION, BARISTA_STATION_TODO,
                  "Encryption, not tried yet");
}

static void
test_all_is_well (void)
{
  g_autoptr (BaristaRoute) route = barista_route_new (NULL);
  g_autoptr (BaristaSetup) setup = setup_new ();
  g_autoptr (BaristaReport) report = connected_new ();

  barista_route_show (route, setup, report, FALSE);

  g_assert_cmpstr (barista_route_get_summary (route), ==, "Connected, 173 ms");
  assert_station (route, BARISTA_STATION_NETWORK, BARISTA_STATION_FINE,
                  "Network, passed, 18 milliseconds");
  assert_station (route, BARISTA_STATION_ENCRYPTION, BARISTA_STATION_FINE,
                  "Encryption, passed, 41 milliseconds");
  assert_station (route, BARISTA_STATION_REGISTRY, BARISTA_STATION_FINE,
                  "Schema registry, passed, 88 milliseconds, 14 subjects");
  assert_station (route, BARISTA_STATION_RECORDS, BARISTA_STATION_TODO, "Records, not tried yet");
  g_assert_cmpstr (barista_station_get_detail (station (route, BARISTA_STATION_TOPICS)), ==,
                   "10 ms, 7 topics");
}

static void
test_a_refusal_stops_it (void)
{
  g_autoptr (BaristaRoute) route = barista_route_new (NULL);
  g_autoptr (BaristaSetup) setup = setup_new ();
  g_autoptr (BaristaReport) report = barista_report_new ();

  ui_report_add (report, ui_stage (KAFKA, BARISTA_STAGE_TLS, NULL, 41));
  ui_report_add (report, ui_stage (KAFKA, BARISTA_STAGE_SASL, "sign-in-refused", 6));
  ui_report_add_state (report, KAFKA, BARISTA_STAGE_METADATA, BARISTA_RESULT_SKIPPED);
  barista_route_show (route, setup, report, FALSE);

  g_assert_cmpint (barista_route_get_state (route), ==, BARISTA_STATION_FAILED);
  g_assert_cmpstr (barista_route_get_summary (route), ==, "Sign-in refused");
  assert_station (route, BARISTA_STATION_SIGN_IN, BARISTA_STATION_FAILED,
                  "Sign-in, failed, Sign-in refused");
  assert_station (route, BARISTA_STATION_TOPICS, BARISTA_STATION_SKIPPED, "Topics, left out");
}

/* A state that mends itself is no failure; a token that isn't typed yet is nothing at all. */
/* Without a token only the address is tried: the rest is neither passed nor left out, but to do. */
static void
test_the_address_alone (void)
{
  g_autoptr (BaristaSetup) setup = setup_new ();
  g_autoptr (BaristaReport) report = barista_report_new ();
  g_autoptr (BaristaRoute) route = barista_route_new (NULL);

  ui_report_add (report, ui_stage (KAFKA, BARISTA_STAGE_TCP, NULL, 10));
  ui_report_add (report, ui_stage (KAFKA, BARISTA_STAGE_TLS, NULL, 41));
  ui_report_add (report, ui_stage (KAFKA, BARISTA_STAGE_HELLO, NULL, 4));
  ui_report_add_state (report, KAFKA, BARISTA_STAGE_SASL, BARISTA_RESULT_SKIPPED);
  ui_report_add_state (report, KAFKA, BARISTA_STAGE_METADATA, BARISTA_RESULT_SKIPPED);
  barista_route_show (route, setup, report, FALSE);
  assert_station (route, BARISTA_STATION_ENCRYPTION, BARISTA_STATION_FINE,
                  "Encryption, passed, 41 milliseconds");
  assert_station (route, BARISTA_STATION_SIGN_IN, BARISTA_STATION_TODO, "Sign-in, not tried yet");
  assert_station (route, BARISTA_STATION_TOPICS, BARISTA_STATION_TODO, "Topics, not tried yet");
  g_assert_cmpstr (barista_route_get_summary (route), ==, "Not connected");
}

static void
test_patience (void)
{
  g_autoptr (BaristaRoute) route = barista_route_new (NULL);
  g_autoptr (BaristaSetup) setup = setup_new ();
  g_autoptr (BaristaReport) waiting = barista_report_new ();
  g_autoptr (BaristaReport) empty = barista_report_new ();

  ui_report_add (waiting, ui_stage (KAFKA, BARISTA_STAGE_SASL, "task-not-published", 6));
  barista_route_show (route, setup, waiting, FALSE);
  g_assert_cmpint (barista_route_get_state (route), ==, BARISTA_STATION_ATTENTION);
  g_assert_cmpstr (barista_route_get_summary (route), ==, "Not in Estuary yet");

  ui_report_add (empty, ui_stage (KAFKA, BARISTA_STAGE_LINT, "password-empty", 0));
  ui_report_add_state (empty, KAFKA, BARISTA_STAGE_TCP, BARISTA_RESULT_SKIPPED);
  ui_report_add_state (empty, KAFKA, BARISTA_STAGE_METADATA, BARISTA_RESULT_SKIPPED);
  barista_route_show (route, setup, empty, FALSE);
  g_assert_cmpint (barista_route_get_state (route), ==, BARISTA_STATION_TODO);
  assert_station (route, BARISTA_STATION_NETWORK, BARISTA_STATION_TODO, "Network, not tried yet");
  assert_station (route, BARISTA_STATION_SIGN_IN, BARISTA_STATION_TODO,
                  "Sign-in, not tried yet, no token yet");
}

static void
on_items_changed (GListModel *list, guint at, guint removed, guint added, gpointer data)
{
  *(int *) data += (int) added - (int) removed;
}

/* What follows from a changed answer comes before the next frame. */
static void
settle (void)
{
  while (g_main_context_iteration (NULL, FALSE))
    ;
}

static void
test_what_is_not_used (void)
{
  g_autoptr (BaristaRoute) route = barista_route_new (NULL);
  g_autoptr (BaristaSetup) setup = setup_new ();
  int items = 6;

  g_signal_connect (route, "items-changed", G_CALLBACK (on_items_changed), &items);
  barista_route_show (route, setup, NULL, FALSE);
  g_assert_cmpint (items, ==, 6);

  barista_setup_set_security (setup, BARISTA_SECURITY_SASL_PLAINTEXT);
  settle ();
  g_assert_cmpint (items, ==, 5);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (route)), ==, 5);
  barista_setup_set_registry_enabled (setup, FALSE);
  settle ();
  assert_station (route, BARISTA_STATION_REGISTRY, BARISTA_STATION_SKIPPED,
                  "Schema registry, left out, off");

  barista_setup_set_security (setup, BARISTA_SECURITY_SASL_SSL);
  settle ();
  g_assert_cmpint (items, ==, 6);
}

/* The next check begins with nothing: what was known stands until the new outcome comes. */
static void
test_another_check (void)
{
  g_autoptr (BaristaRoute) route = barista_route_new (NULL);
  g_autoptr (BaristaSetup) setup = setup_new ();
  g_autoptr (BaristaReport) first = connected_new ();
  g_autoptr (BaristaReport) second = barista_report_new ();

  barista_route_show (route, setup, first, FALSE);
  barista_route_show (route, setup, second, TRUE);
  assert_station (route, BARISTA_STATION_ENCRYPTION, BARISTA_STATION_FINE,
                  "Encryption, passed, 41 milliseconds");

  ui_report_add (second, ui_stage (KAFKA, BARISTA_STAGE_LINT, NULL, 0));
  ui_report_add_state (second, KAFKA, BARISTA_STAGE_NAME, BARISTA_RESULT_RUNNING);
  settle ();
  assert_station (route, BARISTA_STATION_NETWORK, BARISTA_STATION_WORKING,
                  "Network, working, connecting");
  g_assert_cmpint (barista_route_get_state (route), ==, BARISTA_STATION_WORKING);

  ui_report_add_state (second, KAFKA, BARISTA_STAGE_TLS, BARISTA_RESULT_CANCELLED);
  settle ();
  assert_station (route, BARISTA_STATION_ENCRYPTION, BARISTA_STATION_SKIPPED,
                  "Encryption, left out");
}

static void
add_stopped (BaristaReport *report, BaristaStage stage, const char *cause)
{
  g_autoptr (BaristaEvidence) evidence = barista_evidence_new (KAFKA, stage);

  ui_report_add (report, barista_stage_report_new_state ("dekaf.estuary-data.com", NULL, evidence,
                                                         BARISTA_RESULT_CANCELLED, cause, 0));
}

/* What was under way at Stop has not passed, however far it had come. */
static void
test_stopped (void)
{
  g_autoptr (BaristaRoute) route = barista_route_new (NULL);
  g_autoptr (BaristaSetup) setup = setup_new ();
  g_autoptr (BaristaReport) slow = barista_report_new ();
  g_autoptr (BaristaReport) between = barista_report_new ();

  ui_report_add (slow, ui_stage (KAFKA, BARISTA_STAGE_TLS, NULL, 41));
  ui_report_add (slow, ui_stage (KAFKA, BARISTA_STAGE_HELLO, NULL, 12));
  add_stopped (slow, BARISTA_STAGE_SASL, "cancelled");
  add_stopped (slow, BARISTA_STAGE_METADATA, NULL);
  barista_route_show (route, setup, slow, FALSE);
  g_assert_cmpstr (barista_route_get_summary (route), ==, "Not connected");
  assert_station (route, BARISTA_STATION_ENCRYPTION, BARISTA_STATION_FINE,
                  "Encryption, passed, 41 milliseconds");
  assert_station (route, BARISTA_STATION_SIGN_IN, BARISTA_STATION_TODO, "Sign-in, stopped");
  assert_station (route, BARISTA_STATION_TOPICS, BARISTA_STATION_SKIPPED, "Topics, left out");

  /* Stop came between the two stages of one station. */
  ui_report_add (between, ui_stage (KAFKA, BARISTA_STAGE_HELLO, NULL, 12));
  add_stopped (between, BARISTA_STAGE_SASL, NULL);
  barista_route_show (route, setup, between, FALSE);
  assert_station (route, BARISTA_STATION_SIGN_IN, BARISTA_STATION_TODO, "Sign-in, stopped");
}

static void
test_durations (void)
{
  static const struct
  {
    double ms;
    const char *written;
    const char *spoken;
  } cases[] = {
    { 0.4, "under 1 ms", "under one millisecond" },
    { 1, "1 ms", "1 millisecond" },
    { 999, "999 ms", "999 milliseconds" },
    { 2449, "2.4 s", "2 seconds" },
    { 30012, "30 s", "30 seconds" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *written = barista_words_for_duration (cases[i].ms);
      g_autofree char *spoken = barista_words_for_spoken_duration (cases[i].ms);

      g_assert_cmpstr (written, ==, cases[i].written);
      g_assert_cmpstr (spoken, ==, cases[i].spoken);
    }
}

/* --- the view --- */

typedef struct
{
  GtkWindow *window;
  GtkWidget *view;
  BaristaRoute *route;
  BaristaSetup *setup;
} Fixture;

static gboolean
is_mapped (gpointer widget)
{
  return gtk_widget_get_mapped (widget) && gtk_widget_get_width (widget) > 0;
}

static void
open_view (Fixture *fixture, int width)
{
  fixture->route = barista_route_new (NULL);
  fixture->setup = setup_new ();
  fixture->view = barista_route_view_new (fixture->route);
  fixture->window = GTK_WINDOW (adw_window_new ());
  gtk_window_set_default_size (fixture->window, width, 500);
  adw_window_set_content (ADW_WINDOW (fixture->window), fixture->view);
  barista_route_show (fixture->route, fixture->setup, NULL, FALSE);
  gtk_window_present (fixture->window);
  ui_wait_until (is_mapped, fixture->view);
}

static void
close_view (Fixture *fixture)
{
  gtk_window_destroy (fixture->window);
  g_object_unref (fixture->route);
  g_object_unref (fixture->setup);
}

static GtkWidget *
find_named (GtkWidget *below, const char *css_name)
{
  for (GtkWidget *child = gtk_widget_get_first_child (below); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = g_str_equal (gtk_widget_get_css_name (child), css_name)
                             ? child
                             : find_named (child, css_name);

      if (found != NULL)
        return found;
    }

  return NULL;
}

static GtkWidget *
find_classed (GtkWidget *below, const char *css_class)
{
  for (GtkWidget *child = gtk_widget_get_first_child (below); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = gtk_widget_has_css_class (child, css_class)
                             ? child
                             : find_classed (child, css_class);

      if (found != NULL)
        return found;
    }

  return NULL;
}

static void
test_view_is_drawn_where_it_fits (void)
{
  Fixture wide, narrow;

  open_view (&wide, 700);
  g_assert_true (gtk_widget_get_mapped (find_named (wide.view, "routetrack")));
  g_assert_false (gtk_widget_get_mapped (find_classed (wide.view, "route-line")));
  close_view (&wide);

  open_view (&narrow, 360);
  g_assert_false (gtk_widget_get_mapped (find_named (narrow.view, "routetrack")));
  g_assert_true (gtk_widget_get_mapped (find_classed (narrow.view, "route-line")));
  close_view (&narrow);
}

static gboolean
count_frame (GtkWidget *widget, GdkFrameClock *clock, gpointer n)
{
  (*(guint *) n)++;
  return G_SOURCE_CONTINUE;
}

static gboolean
is_three (gpointer n)
{
  return *(const guint *) n >= 3;
}

/* As wide as the sidebar: what happened is told to its end. */
static void
test_line_is_told_to_its_end (void)
{
  g_autoptr (BaristaReport) ill = barista_report_new ();
  Fixture fixture;
  GtkWidget *label;
  guint frames = 0;

  ui_report_add (ill, ui_stage (KAFKA, BARISTA_STAGE_GROUP, "group-already-used", 1));
  open_view (&fixture, 360);
  gtk_widget_set_margin_end (fixture.view, 100);
  barista_route_show (fixture.route, fixture.setup, ill, FALSE);
  label = ui_find_label (fixture.view, GTK_TYPE_LABEL, "This group has been used before");
  g_assert_nonnull (label);
  gtk_widget_add_tick_callback (fixture.view, count_frame, &frames, NULL);
  ui_wait_until (is_three, &frames);
  g_assert_false (pango_layout_is_ellipsized (gtk_label_get_layout (GTK_LABEL (label))));
  close_view (&fixture);
}

/* As on a page that isn't whole yet, or goes. */
static void
test_view_without_a_route (void)
{
  GtkWindow *window = GTK_WINDOW (adw_window_new ());
  GtkWidget *view = g_object_new (BARISTA_TYPE_ROUTE_VIEW, NULL);
  guint frames = 0;

  gtk_window_set_default_size (window, 700, 500);
  adw_window_set_content (ADW_WINDOW (window), view);
  gtk_window_present (window);
  gtk_widget_add_tick_callback (view, count_frame, &frames, NULL);
  ui_wait_until (is_three, &frames);
  gtk_window_destroy (window);
}

static gboolean
is_folded (gpointer view)
{
  return !gtk_widget_get_mapped (find_named (view, "routetrack"));
}

static gboolean
is_unfolded (gpointer view)
{
  return gtk_widget_get_mapped (find_named (view, "routetrack"));
}

static void
test_view_folds_when_all_is_well (void)
{
  Fixture fixture;
  g_autoptr (BaristaReport) well = connected_new ();
  g_autoptr (BaristaReport) ill = barista_report_new ();

  open_view (&fixture, 700);
  barista_route_show (fixture.route, fixture.setup, well, FALSE);
  ui_wait_until (is_folded, fixture.view);
  g_assert_nonnull (ui_find_label (fixture.view, GTK_TYPE_LABEL, "Connected, 173 ms"));

  ui_report_add (ill, ui_stage (KAFKA, BARISTA_STAGE_SASL, "sign-in-refused", 6));
  barista_route_show (fixture.route, fixture.setup, ill, FALSE);
  ui_wait_until (is_unfolded, fixture.view);
  close_view (&fixture);
}

static gboolean
has_dialog (gpointer window)
{
  return adw_window_get_visible_dialog (window) != NULL;
}

/* Each station is reached by Tab alone, in the order of the way, and Enter opens its card. */
static void
test_view_by_keyboard (void)
{
  static const char *const order[] = { "Network", "Encryption", "Sign-in",
                                       "Topics",  "Records",    "Schema registry" };
  Fixture fixture;
  g_autoptr (BaristaReport) ill = barista_report_new ();
  AdwDialog *dialog;

  ui_report_add (ill, ui_stage_with (KAFKA, BARISTA_STAGE_TLS, "tls-unknown-ca", 41,
                                     BARISTA_FACT_CERTIFICATE_ISSUER, "CN=Acme Filter", 0));
  open_view (&fixture, 700);
  barista_route_show (fixture.route, fixture.setup, ill, FALSE);
  gtk_window_set_focus (fixture.window, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (order); i++)
    {
      GtkWidget *focus;

      g_assert_true (gtk_widget_child_focus (GTK_WIDGET (fixture.window), GTK_DIR_TAB_FORWARD));
      focus = gtk_window_get_focus (fixture.window);
      g_assert_true (gtk_widget_has_css_class (focus, "route-stop"));
      g_assert_cmpint (gtk_accessible_get_accessible_role (GTK_ACCESSIBLE (focus)), ==,
                       GTK_ACCESSIBLE_ROLE_LIST_ITEM);
      g_assert_nonnull (ui_find_label (focus, GTK_TYPE_LABEL, order[i]));
    }
  gtk_window_set_focus (fixture.window, NULL);
  gtk_widget_child_focus (GTK_WIDGET (fixture.window), GTK_DIR_TAB_FORWARD);
  gtk_widget_child_focus (GTK_WIDGET (fixture.window), GTK_DIR_TAB_FORWARD);
  g_assert_true (gtk_widget_activate (gtk_window_get_focus (fixture.window)));

  ui_wait_until (has_dialog, fixture.window);
  dialog = adw_window_get_visible_dialog (ADW_WINDOW (fixture.window));
  g_assert_nonnull (ui_find_label (GTK_WIDGET (dialog), ADW_TYPE_ACTION_ROW, "Issued by"));
  adw_dialog_force_close (dialog);
  close_view (&fixture);
}

/* How far down in the dialog the group of that title is. */
static float
find_top (AdwDialog *dialog, const char *title)
{
  GtkWidget *group = ui_find_label (GTK_WIDGET (dialog), ADW_TYPE_PREFERENCES_GROUP, title);
  graphene_rect_t area;

  g_assert_nonnull (group);
  g_assert_true (gtk_widget_compute_bounds (group, GTK_WIDGET (dialog), &area));
  return area.origin.y;
}

static gboolean
is_laid_out (gpointer dialog)
{
  return find_top (dialog, "Network") != find_top (dialog, "Name");
}

/* One has come for what failed. */
static void
test_card_begins_with_what_failed (void)
{
  Fixture fixture;
  g_autoptr (BaristaReport) ill = barista_report_new ();
  AdwDialog *dialog;

  ui_report_add (ill, ui_stage (KAFKA, BARISTA_STAGE_LINT, NULL, 0));
  ui_report_add (ill, ui_stage (KAFKA, BARISTA_STAGE_NAME, NULL, 8));
  ui_report_add (ill, ui_stage (KAFKA, BARISTA_STAGE_TCP, "connection-refused", 41));
  open_view (&fixture, 700);
  barista_route_show (fixture.route, fixture.setup, ill, FALSE);
  dialog = ADW_DIALOG (
      barista_route_dialog_new (fixture.route, station (fixture.route, BARISTA_STATION_NETWORK)));
  adw_dialog_present (dialog, GTK_WIDGET (fixture.window));
  ui_wait_until (is_laid_out, dialog);
  g_assert_cmpfloat (find_top (dialog, "Network"), <, find_top (dialog, "Name"));
  adw_dialog_force_close (dialog);
  close_view (&fixture);
}

static void
test_view_says_what_stations_say (void)
{
  Fixture fixture;
  g_autoptr (BaristaReport) well = connected_new ();
  GtkWidget *stop;

  open_view (&fixture, 700);
  ui_report_add (well, ui_stage (KAFKA, BARISTA_STAGE_SAMPLE, "record-undecodable", 1));
  barista_route_show (fixture.route, fixture.setup, well, FALSE);
  stop = gtk_widget_get_ancestor (ui_find_label (fixture.view, GTK_TYPE_LABEL, "Encryption"),
                                  GTK_TYPE_BUTTON);
  gtk_test_accessible_assert_property (GTK_ACCESSIBLE (stop), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                       "Encryption, passed, 41 milliseconds");
  close_view (&fixture);
}

int
main (int argc, char **argv)
{
  g_setenv ("GTK_A11Y", "test", TRUE);
  gtk_test_init (&argc, &argv);
  adw_init ();
  g_object_set (gtk_settings_get_default (), "gtk-enable-animations", FALSE, NULL);

  g_test_add_func ("/route/nothing-was-tried", test_nothing_was_tried);
  g_test_add_func ("/route/all-is-well", test_all_is_well);
  g_test_add_func ("/route/a-refusal-stops-it", test_a_refusal_stops_it);
  g_test_add_func ("/route/the-address-alone", test_the_address_alone);
  g_test_add_func ("/route/patience", test_patience);
  g_test_add_func ("/route/what-is-not-used", test_what_is_not_used);
  g_test_add_func ("/route/another-check", test_another_check);
  g_test_add_func ("/route/stopped", test_stopped);
  g_test_add_func ("/route/view-without-a-route", test_view_without_a_route);
  g_test_add_func ("/route/durations", test_durations);
  g_test_add_func ("/route/view/drawn-where-it-fits", test_view_is_drawn_where_it_fits);
  g_test_add_func ("/route/view/line-is-told-to-its-end", test_line_is_told_to_its_end);
  g_test_add_func ("/route/view/folds-when-all-is-well", test_view_folds_when_all_is_well);
  g_test_add_func ("/route/view/by-keyboard", test_view_by_keyboard);
  g_test_add_func ("/route/view/card-begins-with-what-failed", test_card_begins_with_what_failed);
  g_test_add_func ("/route/view/says-what-stations-say", test_view_says_what_stations_say);

  return g_test_run ();
}
