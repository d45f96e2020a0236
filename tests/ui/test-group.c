/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "barista-group-reach.h"
#include "barista-group-row.h"
#include "barista-position-group.h"

#include "ui-page.h"

#define TOPIC "acmeCo/customers"
/* It has one partition, whose offsets are bytes. */
#define SINGLE "acmeCo/products"

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
                     "Reads everything since 5 January 2026: 6.2 days, 34.9\302\240kB."));
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

/* The topics of the rows, from the top on. */
static char *
read_rows (UiPage *page)
{
  GtkWidget *row = ui_find (GTK_WIDGET (page->page), BARISTA_TYPE_GROUP_ROW);
  GString *topics = g_string_new (NULL);

  for (; row != NULL; row = gtk_widget_get_next_sibling (row))
    g_string_append_printf (topics, "%s ", barista_group_row_get_topic (BARISTA_GROUP_ROW (row)));
  return g_string_free (topics, FALSE);
}

static void
assert_rows (UiPage *page, const char *expected)
{
  g_autofree char *rows = NULL;

  ui_page_settle (page);
  rows = read_rows (page);
  g_assert_cmpstr (rows, ==, expected);
}

/* What stays chosen keeps its row, and who types in it the focus. */
static void
test_rows_follow_the_topics (void)
{
  g_auto (UiPage) page = { NULL };
  BaristaSetup *setup;
  GtkWidget *row;

  ui_page_init (&page, BARISTA_STEP_GROUP, NULL, 0, 0);
  setup = barista_session_get_setup (page.session);
  ui_page_choose (&page, TOPIC);
  ui_page_choose (&page, "acmeCo/orders");
  row = ui_find (GTK_WIDGET (page.page), BARISTA_TYPE_GROUP_ROW);
  gtk_widget_grab_focus (ui_find (row, ADW_TYPE_ENTRY_ROW));
  ui_page_choose (&page, "acmeCo/products");
  assert_rows (&page, TOPIC " acmeCo/orders acmeCo/products ");
  barista_setup_remove_topic (setup, "acmeCo/orders");
  assert_rows (&page, TOPIC " acmeCo/products ");
  g_assert_true (row == ui_find (GTK_WIDGET (page.page), BARISTA_TYPE_GROUP_ROW));
  g_assert_true (gtk_widget_is_ancestor (gtk_window_get_focus (page.window), row));

  /* The second is the first now. */
  barista_setup_remove_topic (setup, TOPIC);
  barista_step_page_show_place (page.page, "acmeCo/products");
  assert_rows (&page, "acmeCo/products ");
  barista_setup_remove_topic (setup, "acmeCo/products");
  assert_rows (&page, "");
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

static char *
read_position (GtkWidget *group)
{
  GtkWidget *row = ui_find_label (group, ADW_TYPE_ACTION_ROW, SINGLE);

  g_assert_nonnull (row);
  return g_strdup (adw_action_row_get_subtitle (ADW_ACTION_ROW (row)));
}

/* The scenario has committed half of what there is; only the person knows that it was Tinybird. */
static void
test_position (void)
{
  const char *const scenarios[] = { "group-used", NULL };
  g_auto (UiPage) page = { NULL };
  GtkWindow *window = GTK_WINDOW (adw_window_new ());
  g_autofree char *all = NULL;
  g_autofree char *half = NULL;
  g_autofree char *wanted = NULL;
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;
  g_autofree char *undone = NULL;
  GtkWidget *group;
  JsonObject *sample;
  gint64 extent;

  ui_page_init (&page, BARISTA_STEP_GROUP, scenarios, 0, 0);
  ui_page_choose (&page, SINGLE);
  barista_session_mark_saved (page.session);
  group = barista_position_group_new (page.session);
  adw_window_set_content (ADW_WINDOW (window), group);
  gtk_window_present (window);
  ui_page_settle (&page);
  before = read_position (group);
  g_assert_cmpstr (before, ==, "This group has been used before");

  ui_click (group, "It Is Deployed");
  ui_wait_idle (page.session);
  ui_page_settle (&page);
  sample = barista_stage_report_get_evidence (barista_session_find_stage (
      page.session, BARISTA_SERVICE_KAFKA, BARISTA_STAGE_SAMPLE, SINGLE));
  extent = json_object_get_int_member (sample, "latest")
           - json_object_get_int_member (sample, "earliest");
  all = g_format_size ((guint64) extent);
  half = g_format_size ((guint64) extent / 2);
  wanted = g_strdup_printf ("Tinybird has read %s of %s.", half, all);
  after = read_position (group);
  g_assert_cmpstr (after, ==, wanted);
  g_assert_null (ui_find_label (group, GTK_TYPE_BUTTON, "It Is Deployed"));
  g_assert_true (barista_session_get_saved (page.session)); /* it changes no file */

  barista_session_undo (page.session);
  ui_wait_idle (page.session);
  ui_page_settle (&page);
  undone = read_position (group);
  g_assert_cmpstr (undone, ==, before);
  gtk_window_destroy (window);
}

/* What the check has seen of all partitions together, in words. */
static void
test_read_in_words (void)
{
  static const struct
  {
    const char *evidence, *words;
  } cases[] = {
    { "{}", "Tinybird has begun to read." },
    { "{\"extent\":0,\"read\":0}", "Tinybird has begun to read." },
    { "{\"extent\":160,\"read\":160,\"partitions\":3}",
      "Tinybird has read all of it, 160 records." },
    { "{\"extent\":160,\"read\":135,\"partitions\":3,\"unread_partitions\":0}",
      "Tinybird has read 135 records of 160 records." },
    { "{\"extent\":160,\"read\":125,\"partitions\":3,\"unread_partitions\":1}",
      "Tinybird has read 125 records of 160 records, and nothing yet from 1 of 3 partitions." },
  };
  const BaristaGroupReach reach = { .in_bytes = FALSE };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (JsonNode) root = json_from_string (cases[i].evidence, NULL);
      g_autofree char *words = barista_group_reach_describe_read (&reach,
                                                                  json_node_get_object (root));

      g_assert_cmpstr (words, ==, cases[i].words);
    }
}

/* A check that goes on, or was stopped, has seen nothing of the group. */
static void
test_position_is_not_guessed (void)
{
  g_auto (UiPage) page = { NULL };
  GtkWindow *window = GTK_WINDOW (adw_window_new ());
  g_autofree char *unknown = NULL;
  g_autofree char *nobody = NULL;
  g_autofree char *looking = NULL;
  GtkWidget *group;

  ui_page_init (&page, BARISTA_STEP_GROUP, NULL, 0, 0);
  ui_page_choose (&page, SINGLE);
  group = barista_position_group_new (page.session);
  adw_window_set_content (ADW_WINDOW (window), group);
  gtk_window_present (window);
  ui_page_settle (&page);
  nobody = read_position (group);
  g_assert_cmpstr (nobody, ==, "Nobody has read under this group yet.");

  barista_session_check_now (page.session);
  while (barista_session_get_checking (page.session) && g_strcmp0 (looking, "Looking it up…") != 0)
    {
      g_main_context_iteration (NULL, TRUE);
      g_free (looking);
      looking = read_position (group);
    }
  barista_session_cancel_check (page.session);
  g_assert_cmpstr (looking, ==, "Looking it up…");
  ui_wait_idle (page.session);
  ui_page_settle (&page);
  unknown = read_position (group);
  g_assert_cmpstr (unknown, ==, "Not looked up yet");

  gtk_window_destroy (window);
}

int
main (int argc, char **argv)
{
  gtk_test_init (&argc, &argv, NULL);
  adw_init ();
  g_test_add_func ("/ui/group/one-topic", test_one_topic);
  g_test_add_func ("/ui/group/read-in-words", test_read_in_words);
  g_test_add_func ("/ui/group/start", test_start);
  g_test_add_func ("/ui/group/rows-follow-the-topics", test_rows_follow_the_topics);
  g_test_add_func ("/ui/group/apply-to-all", test_apply_to_all);
  g_test_add_func ("/ui/group/name", test_name);
  g_test_add_func ("/ui/group/used-before", test_used_before);
  g_test_add_func ("/ui/group/position", test_position);
  g_test_add_func ("/ui/group/position-is-not-guessed", test_position_is_not_guessed);
  return g_test_run ();
}
