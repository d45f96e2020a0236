/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "barista-result-row.h"
#include "barista-route.h"
#include "barista-topic-list.h"
#include "barista-topic-match.h"
#include "barista-topics-basket.h"

#include "ui-page.h"
#include "ui-stages.h"

#include <string.h>

/* --- what is found --- */

static void
test_match (void)
{
  static const struct
  {
    const char *name;
    const char *typed;
    BaristaTopicMatch match;
    guint marks; /* pieces that are shown */
  } cases[] = {
    { "acmeCo/orders", "", BARISTA_TOPIC_MATCH_PART, 0 },
    { "acmeCo/orders", " ORD ", BARISTA_TOPIC_MATCH_PART, 1 },
    { "acmeCo/orders", "aco", BARISTA_TOPIC_MATCH_FUZZY, 3 },
    { "acmeCo/orders", "co/", BARISTA_TOPIC_MATCH_PART, 1 },
    { "acmeCo/orders", "sredro", BARISTA_TOPIC_MATCH_NONE, 0 },
    { "acmeCo/orders", "z", BARISTA_TOPIC_MATCH_NONE, 0 },
    { "aaab", "aab", BARISTA_TOPIC_MATCH_PART, 1 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *query = barista_topic_match_prepare (cases[i].typed);
      g_autoptr (PangoAttrList) marks = barista_topic_match_highlight (cases[i].name, query);
      GSList *attributes = marks != NULL ? pango_attr_list_get_attributes (marks) : NULL;

      g_assert_cmpint (barista_topic_match (cases[i].name, query), ==, cases[i].match);
      g_assert_cmpuint (g_slist_length (attributes), ==, cases[i].marks * 2); /* bold, underlined */
      g_slist_free_full (attributes, (GDestroyNotify) pango_attribute_destroy);
    }
}

/* --- the list --- */

static BaristaReport *
report_new (guint n)
{
  BaristaReport *report = barista_report_new ();

  for (guint i = 0; i < n; i++)
    {
      char name[32];

      g_snprintf (name, sizeof name, "acmeCo/topic-%06u", i);
      barista_report_add_topic (report, name, strlen (name), 1, TRUE);
    }
  barista_report_end_topics (report);
  return report;
}

static gboolean
is_filtered (gpointer list)
{
  return !barista_topic_list_get_filtering (list);
}

static void
search (BaristaTopicList *list, const char *typed)
{
  barista_topic_list_set_query (list, typed);
  ui_wait_until (is_filtered, list);
}

static void
count_change (GListModel *model, guint position, guint removed, guint added, guint *made_anew)
{
  *made_anew += removed;
}

static void
count_signal (BaristaSlot *slot, guint *count)
{
  ++*count;
}

static void
assert_name (BaristaSlot *slot, const char *expected)
{
  BaristaTopicInfo info;

  g_assert_true (barista_topic_list_read_slot (slot, &info));
  g_assert_cmpstr (info.name, ==, expected);
}

/* Rows that are there get other topics; none comes back with what it showed before. */
static void
test_list_of_100000 (void)
{
  g_autoptr (BaristaTopicList) list = barista_topic_list_new ();
  g_autoptr (BaristaReport) report = report_new (100000);
  GListModel *model = G_LIST_MODEL (list);
  g_autoptr (BaristaSlot) first = NULL;
  g_autoptr (BaristaSlot) second = NULL;
  g_autoptr (BaristaSlot) again = NULL;
  BaristaTopicInfo info;
  guint removed = 0, changes = 0;

  barista_topic_list_set_report (list, report);
  g_assert_cmpuint (g_list_model_get_n_items (model), ==, 100000);
  first = g_list_model_get_item (model, 0);
  second = g_list_model_get_item (model, 1);
  g_signal_connect (model, "items-changed", G_CALLBACK (count_change), &removed);
  g_signal_connect (first, "changed", G_CALLBACK (count_signal), &changes);
  assert_name (first, "acmeCo/topic-000000");

  search (list, "topic-099999");
  g_assert_cmpuint (g_list_model_get_n_items (model), ==, 1);
  assert_name (first, "acmeCo/topic-099999");
  while (g_main_context_iteration (NULL, FALSE))
    ; /* rows are told when the loop comes round */
  g_assert_cmpuint (changes, ==, 1);
  g_assert_cmpuint (removed, ==, 99999); /* the first row stays */
  g_assert_false (barista_topic_list_read_slot (second, &info));

  /* letters in between: 0, 4, 2 in this order, none of them side by side */
  search (list, "c0042");
  assert_name (first, "acmeCo/topic-000042");
  search (list, "nowhere");
  g_assert_cmpuint (g_list_model_get_n_items (model), ==, 0);
  search (list, "");
  g_assert_cmpuint (g_list_model_get_n_items (model), ==, 100000);
  again = g_list_model_get_item (model, 1);
  g_assert_true (again != second);
  assert_name (again, "acmeCo/topic-000001");
}

/* --- the page --- */

static GtkWidget *
row_of (UiPage *page, const char *topic)
{
  return gtk_widget_get_ancestor (ui_find_label (GTK_WIDGET (page->page), GTK_TYPE_LABEL, topic),
                                  g_type_from_name ("BaristaTopicRow"));
}

static gboolean
is_chosen (UiPage *page, const char *topic)
{
  return barista_setup_find_topic (barista_session_get_setup (page->session), topic) != NULL;
}

/* As Enter or a click does. */
static void
press (UiPage *page, const char *topic)
{
  gtk_widget_activate (gtk_widget_get_parent (row_of (page, topic)));
  ui_page_settle (page);
}

static void
test_choose (void)
{
  g_auto (UiPage) page = { NULL };
  GtkWidget *check;

  ui_page_init (&page, BARISTA_STEP_TOPICS, NULL, 0, 0);
  ui_page_shot (&page, "topics");
  g_assert_nonnull (ui_find_label (GTK_WIDGET (page.page), GTK_TYPE_LABEL, "7 topics"));
  g_assert_nonnull (ui_find_label (GTK_WIDGET (page.page), GTK_TYPE_LABEL, "No topic chosen"));

  press (&page, "acmeCo/orders");
  press (&page, "acmeCo/products");
  g_assert_true (is_chosen (&page, "acmeCo/orders"));
  g_assert_nonnull (ui_find_label (GTK_WIDGET (page.page), GTK_TYPE_LABEL, "2 chosen"));
  check = ui_find (row_of (&page, "acmeCo/orders"), GTK_TYPE_CHECK_BUTTON);
  g_assert_true (gtk_check_button_get_active (GTK_CHECK_BUTTON (check)));

  press (&page, "acmeCo/orders");
  g_assert_false (is_chosen (&page, "acmeCo/orders"));
  g_assert_false (gtk_check_button_get_active (GTK_CHECK_BUTTON (check)));
  barista_session_undo (page.session);
  ui_page_settle (&page);
  g_assert_true (is_chosen (&page, "acmeCo/orders"));
  g_assert_true (gtk_check_button_get_active (GTK_CHECK_BUTTON (check)));
}

static void
type (UiPage *page, const char *text)
{
  GtkWidget *entry = ui_find (GTK_WIDGET (page->page), GTK_TYPE_SEARCH_ENTRY);

  gtk_editable_set_text (GTK_EDITABLE (entry), text);
  g_signal_emit_by_name (entry, "search-changed");
  ui_page_settle (page);
}

static void
count (guint *n)
{
  (*n)++;
}

/* The chip of @topic, or NULL; how many there are. */
static GtkWidget *
find_chip (UiPage *page, const char *topic, guint *n)
{
  GtkWidget *basket = ui_find (GTK_WIDGET (page->page), BARISTA_TYPE_TOPICS_BASKET);
  GtkWidget *drawer = ui_find (basket, GTK_TYPE_REVEALER);
  GtkWidget *chip = gtk_widget_get_first_child (ui_find (drawer, ADW_TYPE_WRAP_BOX));
  GtkWidget *found = NULL;

  for (*n = 0; chip != NULL; chip = gtk_widget_get_next_sibling (chip), (*n)++)
    if (ui_find_label (chip, GTK_TYPE_LABEL, topic) != NULL)
      found = chip;

  return found;
}

static void
test_search_and_basket (void)
{
  g_auto (UiPage) page = { NULL };
  GtkWidget *toggle;
  guint told = 0, n_chips;

  ui_page_init (&page, BARISTA_STEP_TOPICS, NULL, 0, 0);
  type (&page, "order");
  g_assert_nonnull (ui_find_label (GTK_WIDGET (page.page), GTK_TYPE_LABEL, "2 of 7 topics"));
  ui_page_shot (&page, "topics-search");
  g_signal_connect_swapped (barista_setup_get_topics (barista_session_get_setup (page.session)),
                            "items-changed", G_CALLBACK (count), &told);
  ui_click (GTK_WIDGET (page.page), "Choose _All");
  g_assert_cmpuint (told, ==, 1); /* not once for each of them */
  g_assert_true (is_chosen (&page, "acmeCo/orders") && is_chosen (&page, "acmeCo/order_lines"));
  g_assert_false (is_chosen (&page, "acmeCo/products"));

  type (&page, "xyzzy");
  g_assert_nonnull (ui_find_label (GTK_WIDGET (page.page), GTK_TYPE_LABEL, "No Topic Matches"));
  ui_page_shot (&page, "topics-nothing-found");
  ui_click (GTK_WIDGET (page.page), "_Clear Search");
  type (&page, "");
  g_assert_nonnull (ui_find_label (GTK_WIDGET (page.page), GTK_TYPE_LABEL, "7 topics"));

  toggle = ui_find (GTK_WIDGET (page.page), GTK_TYPE_TOGGLE_BUTTON);
  gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (toggle), TRUE);
  ui_click (GTK_WIDGET (page.page), "Choose _All");
  ui_page_settle (&page);
  g_assert_nonnull (ui_find_label (GTK_WIDGET (page.page), GTK_TYPE_LABEL, "7 chosen"));
  g_assert_nonnull (ui_find_label (GTK_WIDGET (page.page), GTK_TYPE_LABEL,
                                   "Tinybird's smaller plans read five topics at most."));
  ui_page_shot (&page, "topics-basket");
  ui_page_resize (&page, 360, 600);
  ui_page_shot (&page, "topics-basket-narrow");

  g_signal_emit_by_name (gtk_widget_get_last_child (find_chip (&page, "acmeCo/orders", &n_chips)),
                         "clicked");
  g_assert_cmpuint (n_chips, ==, 7);
  ui_page_settle (&page);
  g_assert_false (is_chosen (&page, "acmeCo/orders"));
  g_assert_null (find_chip (&page, "acmeCo/orders", &n_chips));
  g_assert_nonnull (find_chip (&page, "acmeCo/order_lines", &n_chips));
  g_assert_cmpuint (n_chips, ==, 6);
}

static void
test_states (void)
{
  static const struct
  {
    const char *scenario;
    const char *title;
  } cases[] = {
    { "no-topics", "Nothing to Choose From" },
    { "refuse-sign-in", "The Topics Can't Be Listed" },
    { "task-unpublished", "Not in Estuary Yet" },
  };
  g_autoptr (BaristaSetup) setup = barista_setup_new ();
  g_autoptr (BaristaSession) session = NULL;
  g_auto (UiPage) page = { NULL };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      const char *const scenarios[] = { cases[i].scenario, NULL };
      g_autofree char *name = g_strdup_printf ("topics-%s", cases[i].scenario);
      g_auto (UiPage) faulty = { NULL };

      ui_page_init (&faulty, BARISTA_STEP_TOPICS, scenarios, 0, 0);
      ui_page_shot (&faulty, name);
      g_assert_nonnull (ui_find_label (GTK_WIDGET (faulty.page), GTK_TYPE_LABEL, cases[i].title));
    }

  session = barista_session_new (setup);
  ui_page_init_for (&page, BARISTA_STEP_TOPICS, session);
  ui_page_shot (&page, "topics-not-connected");
  g_assert_nonnull (ui_find_label (GTK_WIDGET (page.page), GTK_TYPE_LABEL, "Not Connected Yet"));
}

/* What the step, the row on its page and the route say of a topic without a schema. */
static void
assert_trouble (UiPage *page, gboolean there)
{
  g_autoptr (BaristaRoute) route = barista_route_new (page->session);
  GtkWidget *row = ui_find (GTK_WIDGET (page->page), BARISTA_TYPE_RESULT_ROW);
  BaristaStation *registry = barista_route_get_station (route, BARISTA_STATION_REGISTRY);

  g_assert_cmpint (barista_session_get_step_info (page->session, BARISTA_STEP_TOPICS)->state, ==,
                   there ? BARISTA_STEP_FAILED : BARISTA_STEP_TODO);
  g_assert_true (gtk_widget_get_visible (row) == there);
  g_assert_cmpint (barista_station_get_state (registry), ==,
                   there ? BARISTA_STATION_FAILED : BARISTA_STATION_FINE);
  g_assert_cmpint (barista_route_get_state (route), ==,
                   there ? BARISTA_STATION_FAILED : BARISTA_STATION_FINE);
}

static void
test_badges (void)
{
  const char *const scenarios[] = { "schema-missing", "not-ready", NULL };
  g_auto (UiPage) page = { NULL };

  ui_page_init (&page, BARISTA_STEP_TOPICS, scenarios, 0, 0);
  g_assert_nonnull (
      ui_find_label (row_of (&page, "acmeCo/customers"), GTK_TYPE_LABEL, "No schema"));
  /* Not chosen, it is nobody's trouble: the page says no more than the sidebar. */
  assert_trouble (&page, FALSE);
  ui_page_choose (&page, "acmeCo/customers");
  ui_page_shot (&page, "topics-badges");
  assert_trouble (&page, TRUE);
  g_assert_nonnull (
      ui_find_label (row_of (&page, "acmeCo/adjustments"), GTK_TYPE_LABEL, "No data yet"));
  g_assert_nonnull (
      ui_find_label (row_of (&page, "acmeCo/customers"), GTK_TYPE_LABEL, "No schema"));
  g_assert_nonnull (ui_find_label (row_of (&page, "acmeCo/orders"), GTK_TYPE_LABEL, "Ready"));
}

static void
test_missing_is_said_here (void)
{
  g_auto (UiPage) page = { NULL };
  GtkWidget *label;

  ui_page_init (&page, BARISTA_STEP_TOPICS, NULL, 0, 0);
  barista_step_page_show_missing (page.page, "topics", "Choose at least one topic.");
  ui_page_settle (&page);
  ui_page_shot (&page, "topics-missing");
  label = ui_find_label (GTK_WIDGET (page.page), GTK_TYPE_LABEL, "Choose at least one topic.");
  g_assert_true (gtk_widget_get_mapped (label));
  press (&page, "acmeCo/orders");
  g_assert_false (gtk_widget_get_mapped (label));
}

/* Tab leads to the list and out of it again, not through its rows or to what is drawn in them. */
static void
test_keyboard_passes (void)
{
  g_auto (UiPage) page = { NULL };
  GtkWidget *view, *row;

  ui_page_init (&page, BARISTA_STEP_TOPICS, NULL, 0, 0);
  ui_page_choose (&page, "acmeCo/orders");
  view = ui_find (GTK_WIDGET (page.page), GTK_TYPE_LIST_VIEW);
  barista_step_page_enter (page.page);
  row = gtk_window_get_focus (page.window);
  g_assert_true (gtk_widget_is_ancestor (row, view));

  g_assert_true (gtk_widget_child_focus (GTK_WIDGET (page.page), GTK_DIR_TAB_FORWARD));
  g_assert_false (gtk_widget_is_ancestor (gtk_window_get_focus (page.window), view));
  g_assert_true (gtk_widget_child_focus (GTK_WIDGET (page.page), GTK_DIR_TAB_BACKWARD));
  g_assert_true (gtk_window_get_focus (page.window) == row);
}

static void
test_5000_topics (void)
{
  g_auto (UiPage) page = { NULL };

  ui_page_init (&page, BARISTA_STEP_TOPICS, NULL, 5000, 0);
  g_assert_nonnull (ui_find_label (GTK_WIDGET (page.page), GTK_TYPE_LABEL, "5000 topics"));
  ui_page_shot (&page, "topics-5000");
}

int
main (int argc, char **argv)
{
  gtk_test_init (&argc, &argv, NULL);
  adw_init ();
  g_test_add_func ("/ui/topics/match", test_match);
  g_test_add_func ("/ui/topics/list-of-100000", test_list_of_100000);
  g_test_add_func ("/ui/topics/choose", test_choose);
  g_test_add_func ("/ui/topics/search-and-basket", test_search_and_basket);
  g_test_add_func ("/ui/topics/states", test_states);
  g_test_add_func ("/ui/topics/badges", test_badges);
  g_test_add_func ("/ui/topics/missing-is-said-here", test_missing_is_said_here);
  g_test_add_func ("/ui/topics/keyboard-passes", test_keyboard_passes);
  g_test_add_func ("/ui/topics/5000-topics", test_5000_topics);
  return g_test_run ();
}
