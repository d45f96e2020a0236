/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "barista-column-answers.h"
#include "barista-column-list.h"
#include "barista-columns-view.h"
#include "barista-pieces.h"
#include "barista-sample-cell.h"
#include "barista-sample-view.h"
#include "barista-tooltip.h"

#include "ui-page.h"

#include <string.h>

#define TOPIC "acmeCo/customers"

static BaristaTable *
table_of (UiPage *page, const char *topic)
{
  return barista_session_get_table (page->session, topic);
}

static GtkWidget *
find (UiPage *page, GType type, const char *label)
{
  return ui_find_label (GTK_WIDGET (page->page), type, label);
}

typedef struct
{
  UiPage *page;
  const char *start;
} Verdict;

/* The first visible label that says so. */
static gboolean
says (GtkWidget *below, const char *start)
{
  for (GtkWidget *child = gtk_widget_get_first_child (below); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      if (GTK_IS_LABEL (child) && gtk_widget_get_mapped (child)
          && g_str_has_prefix (gtk_label_get_label (GTK_LABEL (child)), start))
        return TRUE;
      if (says (child, start))
        return TRUE;
    }

  return FALSE;
}

static gboolean
has_verdict (gpointer data)
{
  Verdict *verdict = data;

  return says (GTK_WIDGET (verdict->page->page), verdict->start);
}

/* The replay runs on a thread. */
static void
wait_for (UiPage *page, const char *start)
{
  Verdict verdict = { page, start };

  ui_wait_until (has_verdict, &verdict);
  ui_page_settle (page);
}

static void
open_page (UiPage *page, const char *topic, guint fields)
{
  ui_page_init (page, BARISTA_STEP_SCHEMA, NULL, 0, fields);
  ui_page_choose (page, topic);
}

static void
card (UiPage *page, const char *title)
{
  GtkWidget *label = find (page, GTK_TYPE_LABEL, title);

  gtk_toggle_button_set_active (
      GTK_TOGGLE_BUTTON (gtk_widget_get_ancestor (label, GTK_TYPE_TOGGLE_BUTTON)), TRUE);
  ui_page_settle (page);
}

static void
test_no_topic (void)
{
  g_auto (UiPage) page = { NULL };

  ui_page_init (&page, BARISTA_STEP_SCHEMA, NULL, 0, 0);
  ui_page_shot (&page, "schema-empty");
  g_assert_nonnull (find (&page, GTK_TYPE_LABEL, "No Topic Chosen"));
}

static GtkWidget *
find_rejected (GtkWidget *below)
{
  GtkWidget *found = NULL;

  for (GtkWidget *child = gtk_widget_get_first_child (below); child != NULL && found == NULL;
       child = gtk_widget_get_next_sibling (child))
    found = BARISTA_IS_SAMPLE_CELL (child) && gtk_widget_has_css_class (child, "rejected")
                ? child
                : find_rejected (child);

  return found;
}

/* The columns have the greater part of what there is, more than the least that they need. */
static void
assert_shares_room (UiPage *page)
{
  GtkWidget *paned = ui_find (GTK_WIDGET (page->page), GTK_TYPE_PANED);
  int half = gtk_widget_get_width (paned) / 2;

  g_assert_cmpint (half, >, 350);
  g_assert_cmpint (gtk_paned_get_position (GTK_PANED (paned)), >, half);
}

/* In kafka mode, with the recommended plan, everything fits; without deletions the tombstones don't,
 * and one click mends it. */
static void
test_verdict_and_fix (void)
{
  g_auto (UiPage) page = { NULL };
  GtkWidget *rejected;

  open_page (&page, TOPIC, 0);
  wait_for (&page, "All 70 sample records fit.");
  ui_page_shot (&page, "schema");
  assert_shares_room (&page);

  card (&page, "No Deletions");
  wait_for (&page, "62 of 70 sample records fit. 8 would be quarantined: deletions without “");
  ui_page_shot (&page, "schema-quarantined");
  g_assert_cmpint (barista_table_get_plan (table_of (&page, TOPIC)), ==, BARISTA_PLAN_NONE);

  /* Who can't hover reads the reason below the table. */
  rejected = find_rejected (GTK_WIDGET (page.page));
  g_assert_true (gtk_widget_grab_focus (rejected));
  ui_page_settle (&page);
  g_assert_nonnull (find (&page, GTK_TYPE_LABEL, barista_tooltip_get (rejected)));

  ui_click (GTK_WIDGET (page.page), "Allow Empty in 2 Columns");
  wait_for (&page, "All 70 sample records fit.");

  /* one entry of undo for all columns */
  barista_session_undo (page.session);
  wait_for (&page, "62 of 70 sample records fit.");
  barista_session_undo (page.session);
  wait_for (&page, "All 70 sample records fit.");
}

static GtkWidget *
find_cell (GtkWidget *below, const char *type_name, const char *text)
{
  for (GtkWidget *child = gtk_widget_get_first_child (below); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found;

      if (g_str_equal (G_OBJECT_TYPE_NAME (child), type_name) && GTK_IS_EDITABLE (child)
          && g_str_equal (gtk_editable_get_text (GTK_EDITABLE (child)), text))
        return child;
      found = find_cell (child, type_name, text);
      if (found != NULL)
        return found;
    }

  return NULL;
}

static void
test_rename (void)
{
  g_auto (UiPage) page = { NULL };
  GtkWidget *columns, *sample, *name;

  open_page (&page, TOPIC, 0);
  wait_for (&page, "All 70 sample records fit.");
  columns = ui_find (GTK_WIDGET (page.page), BARISTA_TYPE_COLUMNS_VIEW);
  sample = ui_find (GTK_WIDGET (page.page), BARISTA_TYPE_SAMPLE_VIEW);
  name = find_cell (columns, "GtkText", "email");
  g_assert_nonnull (name);
  gtk_widget_grab_focus (name);
  gtk_editable_set_text (GTK_EDITABLE (name), "mail_address");
  wait_for (&page, "mail_address");
  g_assert_nonnull (barista_table_find_column (table_of (&page, TOPIC), "mail_address"));
  g_assert_true (says (sample, "mail_address"));
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (name)), ==, "mail_address");
}

static void
test_choose_many (void)
{
  g_auto (UiPage) page = { NULL };
  GtkWidget *columns;
  GPtrArray *all;

  open_page (&page, TOPIC, 0);
  wait_for (&page, "All 70 sample records fit.");
  columns = ui_find (GTK_WIDGET (page.page), BARISTA_TYPE_COLUMNS_VIEW);
  ui_action (columns, "columns.choose", "keys");
  ui_page_settle (&page);
  all = barista_table_get_columns (table_of (&page, TOPIC));
  for (guint i = 0; i < all->len; i++)
    {
      const BaristaColumn *column = g_ptr_array_index (all, i);

      g_assert_true (column->included == (column->role != BARISTA_COLUMN_VALUE));
    }
  ui_page_shot (&page, "schema-keys");

  ui_action (columns, "columns.reset", NULL);
  ui_page_settle (&page);
  all = barista_table_get_columns (table_of (&page, TOPIC));
  for (guint i = 0; i < all->len; i++)
    g_assert_true (((BaristaColumn *) g_ptr_array_index (all, i))->included);
  g_assert_cmpuint (barista_topic_choice_get_columns (
                        barista_setup_find_topic (barista_session_get_setup (page.session), TOPIC))
                        ->len,
                    ==, 0);
}

static void
test_types (void)
{
  g_auto (UiPage) page = { NULL };
  GtkWidget *columns, *button;

  open_page (&page, TOPIC, 0);
  wait_for (&page, "All 70 sample records fit.");
  columns = ui_find (GTK_WIDGET (page.page), BARISTA_TYPE_COLUMNS_VIEW);
  button = ui_find_label (columns, GTK_TYPE_LABEL, "String");
  barista_columns_view_choose_type (BARISTA_COLUMNS_VIEW (columns), button, "$.email");
  ui_page_settle (&page);
  ui_page_shot (&page, "schema-type");
  g_assert_nonnull (ui_find_label (columns, ADW_TYPE_ACTION_ROW, "UUID"));
  gtk_widget_activate (ui_find_label (columns, ADW_TYPE_ACTION_ROW, "UUID"));
  wait_for (&page, "8 of 70 sample records fit.");
  g_assert_cmpstr (barista_table_find_column (table_of (&page, TOPIC), "email")->type, ==,
                   "Nullable(UUID)");
  ui_page_shot (&page, "schema-rejected");
}

static void
test_tabs (void)
{
  g_auto (UiPage) page = { NULL };
  GtkWidget *tabs;

  open_page (&page, TOPIC, 0);
  wait_for (&page, "All 70 sample records fit.");
  tabs = ui_find (GTK_WIDGET (page.page), ADW_TYPE_TOGGLE_GROUP);
  adw_toggle_group_set_active_name (ADW_TOGGLE_GROUP (tabs), "engine");
  ui_page_settle (&page);
  ui_page_shot (&page, "schema-engine");
  g_assert_nonnull (find (&page, ADW_TYPE_ENTRY_ROW, "Sorting key"));

  adw_toggle_group_set_active_name (ADW_TOGGLE_GROUP (tabs), "files");
  wait_for (&page, "datasources/customers.datasource"); /* made on a thread */
  ui_page_shot (&page, "schema-file");
}

static void
test_narrow (void)
{
  static const char *const names[] = { "plan", "columns", "rows", "engine", "file" };
  g_auto (UiPage) page = { NULL };
  GtkWidget *panes;

  open_page (&page, TOPIC, 0);
  ui_page_resize (&page, 360, 600);
  wait_for (&page, "All 70 sample records fit.");
  panes = gtk_widget_get_next_sibling (ui_find (GTK_WIDGET (page.page), ADW_TYPE_TOGGLE_GROUP));
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autofree char *name = g_strdup_printf ("schema-narrow-%s", names[i]);

      gtk_drop_down_set_selected (GTK_DROP_DOWN (panes), i);
      ui_page_settle (&page);
      ui_page_shot (&page, name);
    }
}

/* A hard plan in kafka mode: the task has to be changed, and says so. */
static void
test_mismatch (void)
{
  g_auto (UiPage) page = { NULL };
  BaristaSetup *setup;

  open_page (&page, TOPIC, 0);
  wait_for (&page, "All 70 sample records fit.");
  setup = barista_session_get_setup (page.session);
  g_assert_cmpint (barista_setup_get_deletions (setup), ==, BARISTA_DELETIONS_KAFKA);
  card (&page, "Remove Deleted Rows");
  ui_page_shot (&page, "schema-mismatch");
  ui_click (GTK_WIDGET (page.page), "Set Deletion Mode to _cdc");
  ui_page_settle (&page);
  g_assert_cmpint (barista_setup_get_deletions (setup), ==, BARISTA_DELETIONS_CDC);
}

/* What was dragged is there again in the next window. */
static void
test_widths_are_remembered (void)
{
  static const int widths[] = { 222, 0 };

  for (guint i = 0; i < G_N_ELEMENTS (widths); i++)
    {
      g_auto (UiPage) page = { NULL };
      GtkWidget *view;
      g_autoptr (GtkColumnViewColumn) name = NULL;

      open_page (&page, TOPIC, 0);
      view = ui_find (ui_find (GTK_WIDGET (page.page), BARISTA_TYPE_COLUMNS_VIEW),
                      GTK_TYPE_COLUMN_VIEW);
      name = g_list_model_get_item (gtk_column_view_get_columns (GTK_COLUMN_VIEW (view)), 1);
      if (widths[i] > 0)
        gtk_column_view_column_set_fixed_width (name, widths[i]);
      else
        g_assert_cmpint (gtk_column_view_column_get_fixed_width (name), ==, widths[0]);
    }
}

static void
test_several_topics (void)
{
  g_auto (UiPage) page = { NULL };

  open_page (&page, TOPIC, 0);
  ui_page_choose (&page, "acmeCo/orders");
  wait_for (&page, "All ");
  ui_page_shot (&page, "schema-two");
  barista_step_page_show_place (page.page, "acmeCo/orders");
  wait_for (&page, "All ");
  g_assert_true (says (ui_find (GTK_WIDGET (page.page), BARISTA_TYPE_COLUMNS_VIEW), ""));

  /* the topic goes: the other one is shown */
  barista_setup_remove_topic (barista_session_get_setup (page.session), "acmeCo/orders");
  ui_page_settle (&page);
  wait_for (&page, "All 70 sample records fit.");
}

/* By Tab alone, from the first control to the last; nothing holds on to the focus. */
static void
test_by_keyboard (void)
{
  static const char *const stops[] = { "BaristaPlanCards", "BaristaColumnsView",
                                       "BaristaSampleView", "BaristaVerdictLine" };
  g_auto (UiPage) page = { NULL };
  GtkWidget *last = NULL;
  guint n = 0, met = 0;

  open_page (&page, TOPIC, 0);
  wait_for (&page, "All 70 sample records fit.");
  card (&page, "No Deletions");
  wait_for (&page, "62 of 70 sample records fit.");
  gtk_window_set_focus (page.window, NULL);
  while (gtk_widget_child_focus (GTK_WIDGET (page.page), GTK_DIR_TAB_FORWARD) && n++ < 200)
    {
      GtkWidget *focus = gtk_window_get_focus (page.window);

      g_assert_true (focus != last);
      g_assert_true (gtk_widget_get_mapped (focus));
      if (met < G_N_ELEMENTS (stops)
          && gtk_widget_get_ancestor (focus, g_type_from_name (stops[met])) != NULL)
        met++;
      last = focus;
    }
  g_assert_cmpuint (met, ==, G_N_ELEMENTS (stops));
  g_assert_cmpuint (n, <, 200);
  /* The last one is the button that mends. */
  gtk_widget_activate (last);
  wait_for (&page, "All 70 sample records fit.");
}

static void
count_one (guint *n)
{
  (*n)++;
}

/* What is typed in one of 5,000 columns is told to that row alone, and makes no row anew. */
static void
test_5000_fields (void)
{
  g_auto (UiPage) page = { NULL };
  GtkColumnView *view;
  GListModel *model;
  g_autoptr (GObject) first = NULL;
  g_autoptr (GObject) second = NULL;
  guint told_first = 0, told_second = 0, made = 0;

  ui_page_init (&page, BARISTA_STEP_SCHEMA, NULL, 0, 5000);
  ui_page_choose (&page, "acmeCo/telemetry");
  wait_for (&page, "");
  ui_page_shot (&page, "schema-5000");
  view = GTK_COLUMN_VIEW (
      ui_find (ui_find (GTK_WIDGET (page.page), BARISTA_TYPE_COLUMNS_VIEW), GTK_TYPE_COLUMN_VIEW));
  model = G_LIST_MODEL (gtk_column_view_get_model (view));
  g_assert_cmpuint (g_list_model_get_n_items (model), >=, 5000);

  first = g_list_model_get_item (model, 0);
  second = g_list_model_get_item (model, 1);
  g_signal_connect_swapped (first, "changed", G_CALLBACK (count_one), &told_first);
  g_signal_connect_swapped (second, "changed", G_CALLBACK (count_one), &told_second);
  g_signal_connect_swapped (model, "items-changed", G_CALLBACK (count_one), &made);
  barista_column_answer_name (
      page.session, "acmeCo/telemetry",
      barista_column_get_id (barista_column_list_read_slot (BARISTA_SLOT (second))), "typed");
  ui_page_settle (&page);
  g_assert_cmpuint (told_first, ==, 0);
  g_assert_cmpuint (told_second, ==, 1);
  g_assert_cmpuint (made, ==, 0);

  /* All of them at once: one change, and one table. */
  ui_action (ui_find (GTK_WIDGET (page.page), BARISTA_TYPE_COLUMNS_VIEW), "columns.choose", "none");
  ui_page_settle (&page);
  g_assert_cmpuint (told_first + told_second, <=, 3);
  g_assert_cmpuint (made, ==, 0);
  g_assert_cmpstr (barista_session_get_undo_name (page.session), ==, "Choose Columns");
}

/* A page that goes after some of its pieces, with news on their way to it. */
static void
leave_after (BaristaSession *session, BaristaStep step, guint turns)
{
  GtkWidget *window = adw_window_new ();
  GtkWidget *page = barista_page_new (session, step);

  g_object_add_weak_pointer (G_OBJECT (page), (gpointer *) &page);
  adw_window_set_content (ADW_WINDOW (window), page);
  gtk_window_present (GTK_WINDOW (window));
  barista_step_page_enter (BARISTA_STEP_PAGE (page));
  for (guint i = 0; i < turns; i++)
    g_main_context_iteration (NULL, FALSE);
  g_assert_true (turns > 0 || !barista_pieces_are_whole (page));
  barista_session_check_now (session);
  barista_step_page_leave (BARISTA_STEP_PAGE (page));
  gtk_window_destroy (GTK_WINDOW (window));
  while (g_main_context_iteration (NULL, FALSE))
    continue;
  g_assert_null (page);
}

static void
test_left_early (void)
{
  static const BaristaStep steps[] = { BARISTA_STEP_PUBLISH, BARISTA_STEP_TOPICS,
                                       BARISTA_STEP_GROUP, BARISTA_STEP_SCHEMA };
  g_auto (UiPage) page = { NULL };

  open_page (&page, TOPIC, 0);
  wait_for (&page, "All 70 sample records fit.");
  for (gsize i = 0; i < G_N_ELEMENTS (steps); i++)
    for (guint turns = 0; turns < 32; turns++)
      leave_after (page.session, steps[i], turns);
}

int
main (int argc, char **argv)
{
  gtk_test_init (&argc, &argv, NULL);
  adw_init ();
  g_test_add_func ("/ui/schema/no-topic", test_no_topic);
  g_test_add_func ("/ui/schema/verdict-and-fix", test_verdict_and_fix);
  g_test_add_func ("/ui/schema/rename", test_rename);
  g_test_add_func ("/ui/schema/choose-many", test_choose_many);
  g_test_add_func ("/ui/schema/types", test_types);
  g_test_add_func ("/ui/schema/tabs", test_tabs);
  g_test_add_func ("/ui/schema/narrow", test_narrow);
  g_test_add_func ("/ui/schema/mismatch", test_mismatch);
  g_test_add_func ("/ui/schema/widths-are-remembered", test_widths_are_remembered);
  g_test_add_func ("/ui/schema/several-topics", test_several_topics);
  g_test_add_func ("/ui/schema/by-keyboard", test_by_keyboard);
  g_test_add_func ("/ui/schema/5000-fields", test_5000_fields);
  g_test_add_func ("/ui/schema/left-early", test_left_early);
  return g_test_run ();
}
