/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "barista-profile.h"

#include <string.h>

static const char whole[]
    = "{\"format\":\"barista-setup\",\"version\":1,\"name\":\"Orders\",\"mood\":\"calm\","
      "\"task\":{\"name\":\"acmeCo/prod/tinybird\",\"managed\":true,\"collections\":[\"acmeCo/a\"],"
      "\"bindings\":[{\"collection\":\"acmeCo/a\",\"topic\":\"b\",\"exclude\":[\"x\"]}]},"
      "\"server\":{\"bootstrap_servers\":[\"k:1\",\"l:2\"],\"ca_file\":\"ca.pem\"},"
      "\"registry\":{\"enabled\":false,\"url\":null},"
      "\"topics\":[{\"topic\":\"b\",\"group_id\":\"g\",\"deletions\":\"hard\",\"engine\":{\"ttl\":\"t\"},"
      "\"columns\":[{\"path\":\"$.a\",\"type\":\"String\",\"why\":1}]},{\"topic\":\"c\"}],"
      "\"connections\":[{\"type\":\"s3\",\"name\":\"s\",\"region\":\"us-east-1\"}],"
      "\"sinks\":[{\"name\":\"out\",\"connection\":\"s\",\"nodes\":[{\"name\":\"n\",\"sql\":\"SELECT 1\"}]}]}";

static BaristaSetup *
parse (const char *text)
{
  g_autoptr (GError) error = NULL;
  BaristaSetup *setup = barista_profile_parse (text, -1, "/home/ana", &error);

  g_assert_no_error (error);
  return setup;
}

static void
assert_same_file (BaristaSetup *a, BaristaSetup *b)
{
  g_autofree char *text_a = barista_profile_write (a);
  g_autofree char *text_b = barista_profile_write (b);

  g_assert_cmpstr (text_a, ==, text_b);
}

/* Everything the file has, what is stated and what isn't, and members that nobody knows. */
static void
test_copy_is_whole (void)
{
  g_autoptr (BaristaSetup) setup = parse (whole);
  g_autoptr (BaristaSetup) copy = barista_setup_copy (setup);

  assert_same_file (setup, copy);
  g_assert_true (barista_setup_equal (setup, copy));
  g_assert_cmpstr (barista_setup_get_ca_file (copy), ==, "/home/ana/ca.pem");
}

/* Sinks, connections and the project's form, as far as the file has them; no topics. */
static void
test_copy_of_sinks (void)
{
  g_autoptr (BaristaSetup) setup = parse (whole);
  g_autoptr (BaristaSetup) copy = barista_setup_copy_sinks (setup);
  BaristaSink *sink = barista_setup_find_sink (setup, "out");

  g_assert_true (barista_setup_sinks_equal (setup, copy));
  g_assert_true (barista_setup_find_sink (copy, "out") != sink);
  g_assert_cmpuint (g_list_model_get_n_items (barista_setup_get_topics (copy)), ==, 0);

  barista_setup_remove_topic (setup, "c");
  g_assert_true (barista_setup_sinks_equal (setup, copy));
  barista_sink_node_set_sql (barista_sink_get_last_node (sink), "SELECT 2");
  g_assert_false (barista_setup_sinks_equal (setup, copy));
  barista_setup_assign (setup, copy);
  g_assert_true (barista_setup_sinks_equal (setup, copy));
  barista_setup_set_project_format (setup, "classic");
  g_assert_false (barista_setup_sinks_equal (setup, copy));
}

static void
test_copy_is_apart (void)
{
  g_autoptr (BaristaSetup) setup = parse (whole);
  g_autoptr (BaristaSetup) copy = barista_setup_copy (setup);
  g_autofree char *before = barista_profile_write (setup);
  g_autofree char *after = NULL;
  BaristaColumnChoice change = { .path = (char *) "$.a", .name = (char *) "other", .included = 0 };

  barista_topic_choice_change_column (barista_setup_find_topic (copy, "b"), &change);
  g_object_set (barista_setup_find_topic (copy, "b"), "ttl", NULL, NULL);
  barista_sink_set_schedule (barista_setup_find_sink (copy, "out"), "@once");
  barista_setup_remove_topic (copy, "c");
  barista_setup_set_registry_enabled (copy, TRUE);

  after = barista_profile_write (setup);
  g_assert_cmpstr (before, ==, after);
  g_assert_false (barista_setup_equal (setup, copy));
}

static void
count_notify (GObject *object, GParamSpec *pspec, gpointer names)
{
  g_string_append_printf (names, "%s ", pspec->name);
}

static void
note (GString *names)
{
  g_string_append (names, "! ");
}

/* Back to what was: only what is different tells, and a topic stays the object that it was. */
static void
test_assign_tells_what_changed (void)
{
  g_autoptr (BaristaSetup) setup = parse (whole);
  g_autoptr (BaristaSetup) before = barista_setup_copy (setup);
  g_autoptr (GString) names = g_string_new (NULL);
  g_autoptr (GString) of_topic = g_string_new (NULL);
  BaristaTopicChoice *topic = barista_setup_find_topic (setup, "b");
  BaristaColumnChoice change = { .path = (char *) "$.a", .name = (char *) "other", .included = -1 };

  barista_setup_set_bootstrap_servers (setup, (const char *const[]) { "m:3", NULL });
  g_object_set (topic, "start", BARISTA_START_LATEST, NULL);
  barista_topic_choice_change_column (topic, &change);
  g_signal_connect (setup, "notify", G_CALLBACK (count_notify), names);
  g_signal_connect (topic, "notify", G_CALLBACK (count_notify), of_topic);
  g_signal_connect_swapped (topic, "columns-changed", G_CALLBACK (note), of_topic);

  barista_setup_assign (setup, before);

  assert_same_file (setup, before);
  g_assert_true (barista_setup_find_topic (setup, "b") == topic);
  g_assert_nonnull (strstr (names->str, "bootstrap-servers "));
  g_assert_null (strstr (names->str, "task-name"));
  g_assert_null (strstr (names->str, "topics"));
  g_assert_cmpstr (of_topic->str, ==, "start ! ");
}

static void
count_changes (GListModel *list, guint position, guint removed, guint added, gpointer data)
{
  g_string_append_printf (data, "%u-%u+%u ", position, removed, added);
}

static void
test_assign_brings_topics_back (void)
{
  g_autoptr (BaristaSetup) setup = parse (whole);
  g_autoptr (BaristaSetup) before = barista_setup_copy (setup);
  g_autoptr (GString) changes = g_string_new (NULL);
  BaristaTopicChoice *topic = barista_setup_find_topic (setup, "b");

  barista_setup_remove_topic (setup, "c");
  g_signal_connect (barista_setup_get_topics (setup), "items-changed", G_CALLBACK (count_changes),
                    changes);
  barista_setup_assign (setup, before);

  g_assert_cmpuint (changes->len, >, 0);
  g_assert_true (barista_setup_find_topic (setup, "b") == topic);
  assert_same_file (setup, before);

  g_string_set_size (changes, 0);
  barista_setup_assign (setup, before);
  g_assert_cmpstr (changes->str, ==, "");
}

/* A proposal that was overruled is a proposal again, not the same value stated. */
static void
test_assign_takes_statements_back (void)
{
  g_autoptr (BaristaSetup) setup = parse (whole);
  g_autoptr (BaristaSetup) before = barista_setup_copy (setup);

  g_assert_false (barista_setup_get_deletions_stated (setup));
  barista_setup_set_deletions (setup, BARISTA_DELETIONS_CDC);
  g_assert_true (barista_setup_get_deletions_stated (setup));
  barista_setup_assign (setup, before);
  g_assert_false (barista_setup_get_deletions_stated (setup));
  assert_same_file (setup, before);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/setup-copy/is-whole", test_copy_is_whole);
  g_test_add_func ("/setup-copy/is-apart", test_copy_is_apart);
  g_test_add_func ("/setup-copy/of-sinks", test_copy_of_sinks);
  g_test_add_func ("/setup-copy/assign-tells-what-changed", test_assign_tells_what_changed);
  g_test_add_func ("/setup-copy/assign-brings-topics-back", test_assign_brings_topics_back);
  g_test_add_func ("/setup-copy/assign-takes-statements-back", test_assign_takes_statements_back);

  return g_test_run ();
}
