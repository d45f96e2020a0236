/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ui-page.h"

#define TOPIC "acmeCo/customers"

static BaristaTopicChoice *
choice_of (UiPage *page, const char *topic)
{
  return barista_setup_find_topic (barista_session_get_setup (page->session), topic);
}

static void
test_one_topic (void)
{
  g_auto (UiPage) page = { NULL };
  GtkWidget *entry;

  ui_page_init (&page, BARISTA_STEP_GROUP, NULL, 0, 0);
  g_assert_nonnull (ui_find_label (GTK_WIDGET (page.page), GTK_TYPE_LABEL, "No Topic Chosen"));
  ui_page_shot (&page, "group-empty");

  ui_page_choose (&page, TOPIC);
  entry = ui_find (GTK_WIDGET (page.page), ADW_TYPE_ENTRY_ROW);
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (entry)), ==,
                   "acmeco-practice-tinybird-customers");
  g_assert_nonnull (
      ui_find_label (GTK_WIDGET (page.page), ADW_TYPE_ACTION_ROW, "Not used by anyone so far"));
  ui_page_shot (&page, "group");
  g_assert_nonnull (
      ui_find_label (GTK_WIDGET (page.page), GTK_TYPE_LABEL,
                     "Reads everything since 5 January 2026: 6.2 days, 20.1\302\240kB."));
  ui_page_resize (&page, 360, 600);
  ui_page_shot (&page, "group-narrow");
}

static void
test_start (void)
{
  g_auto (UiPage) page = { NULL };
  GtkWidget *latest;

  ui_page_init (&page, BARISTA_STEP_GROUP, NULL, 0, 0);
  ui_page_choose (&page, TOPIC);
  latest = ui_find_label (GTK_WIDGET (page.page), ADW_TYPE_ACTION_ROW, "Only new records");
  gtk_widget_activate (latest);
  ui_page_settle (&page);
  g_assert_cmpint (barista_topic_choice_get_start (choice_of (&page, TOPIC)), ==,
                   BARISTA_START_LATEST);
  ui_page_shot (&page, "group-latest");
  barista_session_undo (page.session);
  ui_page_settle (&page);
  g_assert_cmpint (barista_topic_choice_get_start (choice_of (&page, TOPIC)), ==,
                   BARISTA_START_EARLIEST);
  g_assert_true (gtk_check_button_get_active (GTK_CHECK_BUTTON (ui_find (
      ui_find_label (GTK_WIDGET (page.page), ADW_TYPE_ACTION_ROW, "From the oldest record"),
      GTK_TYPE_CHECK_BUTTON))));
}

static void
test_apply_to_all (void)
{
  static const char *const topics[] = { TOPIC, "acmeCo/orders", "acmeCo/products" };
  g_auto (UiPage) page = { NULL };

  ui_page_init (&page, BARISTA_STEP_GROUP, NULL, 0, 0);
  for (guint i = 0; i < G_N_ELEMENTS (topics); i++)
    ui_page_choose (&page, topics[i]);
  ui_page_shot (&page, "group-three");
  ui_click (GTK_WIDGET (page.page), "_New Records");
  ui_page_settle (&page);
  for (guint i = 0; i < G_N_ELEMENTS (topics); i++)
    g_assert_cmpint (barista_topic_choice_get_start (choice_of (&page, topics[i])), ==,
                     BARISTA_START_LATEST);

  /* one entry of undo for all of them */
  barista_session_undo (page.session);
  for (guint i = 0; i < G_N_ELEMENTS (topics); i++)
    g_assert_cmpint (barista_topic_choice_get_start (choice_of (&page, topics[i])), ==,
                     BARISTA_START_EARLIEST);
}

static void
test_name (void)
{
  g_auto (UiPage) page = { NULL };
  GtkWidget *entry;

  ui_page_init (&page, BARISTA_STEP_GROUP, NULL, 0, 0);
  ui_page_choose (&page, TOPIC);
  entry = ui_find (GTK_WIDGET (page.page), ADW_TYPE_ENTRY_ROW);
  gtk_editable_set_text (GTK_EDITABLE (entry), "my group!");
  ui_page_settle (&page);
  g_assert_true (gtk_widget_has_css_class (entry, "error"));
  g_assert_null (barista_topic_choice_get_group_id (choice_of (&page, TOPIC)));

  gtk_editable_set_text (GTK_EDITABLE (entry), " my-group ");
  g_signal_emit_by_name (entry, "apply");
  ui_page_settle (&page);
  g_assert_cmpstr (barista_topic_choice_get_group_id (choice_of (&page, TOPIC)), ==, "my-group");
  g_assert_false (gtk_widget_has_css_class (entry, "error"));

  /* empty: what is proposed */
  gtk_editable_set_text (GTK_EDITABLE (entry), "");
  g_signal_emit_by_name (entry, "apply");
  g_assert_null (barista_topic_choice_get_group_id (choice_of (&page, TOPIC)));
}

static void
test_used_before (void)
{
  const char *const scenarios[] = { "group-used", NULL };
  g_auto (UiPage) page = { NULL };

  ui_page_init (&page, BARISTA_STEP_GROUP, scenarios, 0, 0);
  ui_page_choose (&page, TOPIC);
  ui_page_shot (&page, "group-used");
  g_assert_null (
      ui_find_label (GTK_WIDGET (page.page), ADW_TYPE_ACTION_ROW, "Not used by anyone so far"));
  g_assert_nonnull (
      ui_find_label (GTK_WIDGET (page.page), GTK_TYPE_LABEL, "This group has been used before"));
}

int
main (int argc, char **argv)
{
  gtk_test_init (&argc, &argv, NULL);
  adw_init ();
  g_test_add_func ("/ui/group/one-topic", test_one_topic);
  g_test_add_func ("/ui/group/start", test_start);
  g_test_add_func ("/ui/group/apply-to-all", test_apply_to_all);
  g_test_add_func ("/ui/group/name", test_name);
  g_test_add_func ("/ui/group/used-before", test_used_before);
  return g_test_run ();
}
