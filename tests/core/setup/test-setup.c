/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "barista-profile.h"
#include "barista-setup.h"

#include <string.h>

static void
count_notify (GObject *object, GParamSpec *pspec, gpointer counts)
{
  gpointer n = g_hash_table_lookup (counts, pspec->name);

  g_hash_table_insert (counts, (gpointer) pspec->name, GUINT_TO_POINTER (GPOINTER_TO_UINT (n) + 1));
}

static guint
count (GHashTable *counts, const char *property)
{
  return GPOINTER_TO_UINT (g_hash_table_lookup (counts, property));
}

static void
test_change_is_notified (void)
{
  g_autoptr (BaristaSetup) setup = barista_setup_new ();
  g_autoptr (GHashTable) counts = g_hash_table_new (g_str_hash, g_str_equal);

  g_signal_connect (setup, "notify", G_CALLBACK (count_notify), counts);
  barista_setup_set_task_name (setup, "acmeCo/prod/tinybird");
  barista_setup_set_task_name (setup, "acmeCo/prod/tinybird");
  barista_setup_set_bootstrap_servers (setup, (const char *const[]) { "kafka:9092", NULL });
  barista_setup_set_security (setup, BARISTA_SECURITY_PLAINTEXT);

  g_assert_cmpuint (count (counts, "task-name"), ==, 1);
  g_assert_cmpuint (count (counts, "username"), ==, 1);
  g_assert_cmpuint (count (counts, "bootstrap-servers"), ==, 1);
  g_assert_cmpuint (count (counts, "registry-url"), ==, 2);
  g_assert_cmpuint (count (counts, "uses-tls"), ==, 1);
}

/* A row bound to each property shows what the getters say, and sets what the setters set. */
static void
test_every_property_reads_and_writes (void)
{
  g_autoptr (BaristaSetup) setup = barista_setup_new ();
  g_autoptr (BaristaSetup) other = barista_setup_new ();
  g_autofree GParamSpec **pspecs = NULL;
  guint n;

  barista_setup_set_task_name (setup, "acmeCo/prod/tinybird");
  pspecs = g_object_class_list_properties (G_OBJECT_GET_CLASS (setup), &n);
  g_assert_cmpuint (n, >, 20);
  for (guint i = 0; i < n; i++)
    {
      g_auto (GValue) value = G_VALUE_INIT;
      g_auto (GValue) copy = G_VALUE_INIT;

      g_object_get_property (G_OBJECT (setup), pspecs[i]->name, &value);
      if ((pspecs[i]->flags & G_PARAM_WRITABLE) == 0)
        continue;
      g_object_set_property (G_OBJECT (other), pspecs[i]->name, &value);
      g_object_get_property (G_OBJECT (other), pspecs[i]->name, &copy);
      if (G_VALUE_HOLDS (&value, G_TYPE_STRV))
        continue;
      g_assert_cmpint (g_param_values_cmp (pspecs[i], &value, &copy), ==, 0);
    }
  g_assert_cmpstr (barista_setup_get_username (other), ==, "acmeCo/prod/tinybird");
}

static void
test_null_takes_the_proposal_again (void)
{
  g_autoptr (BaristaSetup) setup = barista_setup_new ();

  barista_setup_set_task_name (setup, "acmeCo/prod/tinybird");
  barista_setup_set_username (setup, "somebody");
  g_assert_cmpstr (barista_setup_get_registry_username (setup), ==, "somebody");
  barista_setup_set_username (setup, "");
  g_assert_cmpstr (barista_setup_get_username (setup), ==, "");
  barista_setup_set_username (setup, NULL);
  g_assert_cmpstr (barista_setup_get_username (setup), ==, "acmeCo/prod/tinybird");

  barista_setup_set_registry_url (setup, "https://other.example");
  g_assert_cmpstr (barista_setup_get_registry_url (setup), ==, "https://other.example");
  barista_setup_set_registry_url (setup, NULL);
  g_assert_cmpstr (barista_setup_get_registry_url (setup), ==, "https://dekaf.estuary-data.com");
}

static void
test_task_can_be_taken_back (void)
{
  g_autoptr (BaristaSetup) setup = barista_setup_new ();

  g_assert_false (barista_setup_has_task (setup));
  barista_setup_set_task_name (setup, "");
  g_assert_true (barista_setup_has_task (setup));
  g_assert_true (barista_setup_get_is_dekaf (setup));
  barista_setup_set_task_name (setup, NULL);
  g_assert_false (barista_setup_has_task (setup));
  g_assert_true (barista_setup_get_is_dekaf (setup)); /* Dekaf's server is proposed */
}

static void
test_registry_follows_the_server (void)
{
  static const struct
  {
    const char *server, *url;
  } cases[] = {
    { "dekaf.plane.example:9092", "https://dekaf.plane.example" },
    { "[::1]:9092", "https://[::1]" },
    { "https://nonsense", "" },
    { NULL, "" },
  };
  g_autoptr (BaristaSetup) setup = barista_setup_new ();

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      barista_setup_set_bootstrap_servers (setup, (const char *const[]) { cases[i].server, NULL });
      g_assert_cmpstr (barista_setup_get_registry_url (setup), ==, cases[i].url);
    }
  barista_setup_set_task_name (setup, "acmeCo/prod/tinybird");
  g_assert_cmpstr (barista_setup_get_registry_url (setup), ==, "https://dekaf.estuary-data.com");
}

static void
test_a_setup_holds_no_password (void)
{
  g_autoptr (BaristaSetup) setup = barista_setup_new ();

  barista_setup_set_registry_url (setup, "https://me:s3cret@registry.example");
  g_assert_cmpstr (barista_setup_get_registry_url (setup), ==, "https://me@registry.example");
}

static void
test_registry_with_its_own_sign_in (void)
{
  g_autoptr (BaristaSetup) setup = barista_setup_new ();

  barista_setup_set_username (setup, "kafka-user");
  barista_setup_set_registry_username (setup, "registry-user");
  g_assert_cmpstr (barista_setup_get_registry_username (setup), ==, "kafka-user");
  barista_setup_set_registry_same_sign_in (setup, FALSE);
  g_assert_cmpstr (barista_setup_get_registry_username (setup), ==, "registry-user");
}

static void
test_bindings_follow_the_collections (void)
{
  g_autoptr (BaristaSetup) setup = barista_setup_new ();
  GListModel *bindings = barista_setup_get_bindings (setup);
  g_autoptr (BaristaBinding) proposed = NULL;
  g_autoptr (BaristaBinding) stated = barista_binding_new ("acmeCo/orders", "orders");
  g_autoptr (BaristaBinding) first = NULL;

  barista_setup_set_task_name (setup, "acmeCo/prod/tinybird");
  barista_setup_set_collections (setup, (const char *const[]) { "acmeCo/orders", "a/b", NULL });
  g_assert_cmpuint (g_list_model_get_n_items (bindings), ==, 2);
  proposed = g_list_model_get_item (bindings, 0);
  g_assert_cmpstr (barista_binding_get_topic (proposed), ==, "acmeCo/orders");
  g_assert_null (barista_binding_get_not_before (proposed));
  g_assert_null (barista_binding_get_exclude (proposed)[0]);

  barista_setup_add_binding (setup, stated);
  barista_setup_set_collections (setup, (const char *const[]) { "acmeCo/orders", "c/d", NULL });
  g_assert_cmpuint (g_list_model_get_n_items (bindings), ==, 2);
  first = g_list_model_get_item (bindings, 0);
  g_assert_cmpstr (barista_binding_get_topic (first), ==, "orders");
  /* A collection that was taken out is not published after all. */
  barista_setup_set_collections (setup, (const char *const[]) { "c/d", NULL });
  g_assert_cmpuint (g_list_model_get_n_items (bindings), ==, 1);
}

static void
test_topics_are_chosen (void)
{
  g_autoptr (BaristaSetup) setup = barista_setup_new ();
  g_autoptr (BaristaTopicChoice) orders = barista_topic_choice_new ("orders");
  g_autoptr (BaristaTopicChoice) again = barista_topic_choice_new ("orders");

  g_assert_false (barista_setup_get_topics_stated (setup));
  g_assert_null (barista_setup_find_topic (setup, "orders"));
  barista_setup_add_topic (setup, orders);
  barista_setup_add_topic (setup, again);
  g_assert_true (barista_setup_find_topic (setup, "orders") == again);
  g_assert_cmpuint (g_list_model_get_n_items (barista_setup_get_topics (setup)), ==, 1);

  barista_setup_remove_topic (setup, "customers");
  barista_setup_remove_topic (setup, "orders");
  g_assert_cmpuint (g_list_model_get_n_items (barista_setup_get_topics (setup)), ==, 0);
  g_assert_true (barista_setup_get_topics_stated (setup));
}

static void
on_items_changed (guint *n)
{
  (*n)++;
}

/* Many at once are told of once. */
static void
test_topics_are_chosen_together (void)
{
  static const char *const names[] = { "orders", "customers", "products" };
  g_autoptr (BaristaSetup) setup = barista_setup_new ();
  g_autoptr (GPtrArray) topics = g_ptr_array_new_with_free_func (g_object_unref);
  GListModel *chosen = barista_setup_get_topics (setup);
  guint told = 0;

  g_signal_connect_swapped (chosen, "items-changed", G_CALLBACK (on_items_changed), &told);
  barista_setup_add_topics (setup, topics);
  g_assert_false (barista_setup_get_topics_stated (setup));
  g_assert_cmpuint (told, ==, 0);

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    g_ptr_array_add (topics, barista_topic_choice_new (names[i]));
  barista_setup_add_topics (setup, topics);
  g_assert_true (barista_setup_get_topics_stated (setup));
  g_assert_cmpuint (told, ==, 1);
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    g_assert_true (barista_setup_find_topic (setup, names[i]) == topics->pdata[i]);
}

static void
test_new_topic_is_all_proposals (void)
{
  g_autoptr (BaristaTopicChoice) topic = barista_topic_choice_new ("orders");

  g_assert_null (barista_topic_choice_get_group_id (topic));
  g_assert_null (barista_topic_choice_get_data_source (topic));
  g_assert_null (barista_topic_choice_get_engine (topic));
  g_assert_cmpint (barista_topic_choice_get_start (topic), ==, BARISTA_START_EARLIEST);
  g_assert_cmpint (barista_topic_choice_get_plan (topic), ==, BARISTA_PLAN_PROPOSED);
  g_assert_cmpint (barista_topic_choice_get_store (topic), ==, BARISTA_STORE_COLUMNS);
  g_assert_cmpuint (barista_topic_choice_get_columns (topic)->len, ==, 0);
}

static void
test_column_changes_replace_each_other (void)
{
  g_autoptr (BaristaTopicChoice) topic = barista_topic_choice_new ("orders");
  BaristaColumnChoice change = { .path = (char *) "/id", .name = (char *) "key", .included = -1 };
  BaristaColumnChoice *kept;

  barista_topic_choice_change_column (topic, &change);
  change.name = NULL;
  change.included = 0;
  barista_topic_choice_change_column (topic, &change);

  g_assert_cmpuint (barista_topic_choice_get_columns (topic)->len, ==, 1);
  kept = g_ptr_array_index (barista_topic_choice_get_columns (topic), 0);
  g_assert_null (kept->name);
  g_assert_cmpint (kept->included, ==, 0);
}

static void
test_words (void)
{
  g_assert_cmpstr (barista_security_to_string (BARISTA_SECURITY_SASL_PLAINTEXT), ==,
                   "SASL_PLAINTEXT");
  g_assert_cmpstr (barista_mechanism_to_string (BARISTA_MECHANISM_SCRAM_SHA_512), ==,
                   "SCRAM-SHA-512");
  g_assert_cmpstr (barista_deletions_to_string (BARISTA_DELETIONS_KAFKA), ==, "kafka");
  g_assert_cmpstr (barista_start_to_string (BARISTA_START_LATEST), ==, "latest");
  g_assert_cmpstr (barista_plan_to_string (BARISTA_PLAN_SOFT_NULLABLE), ==, "soft-nullable");
  g_assert_null (barista_plan_to_string (BARISTA_PLAN_PROPOSED));
  g_assert_cmpstr (barista_store_to_string (BARISTA_STORE_DOCUMENT), ==, "document");
}

/* A date states the bindings; they still go with the collections, and without a date none is stated. */
static void
test_start_date_of_all (void)
{
  g_autoptr (BaristaSetup) setup = barista_setup_new ();
  g_autoptr (BaristaBinding) renamed = barista_binding_new ("acmeCo/a", "a");
  g_autoptr (BaristaBinding) kept = NULL;
  g_autoptr (BaristaBinding) added = NULL;
  g_autofree char *with = NULL, *without = NULL;

  barista_setup_set_task_name (setup, "acmeCo/prod/tinybird");
  barista_setup_set_collections (setup, (const char *const[]) { "acmeCo/a", "acmeCo/b", NULL });
  barista_setup_set_not_before (setup, "2026-02-01T00:00:00Z");
  with = barista_profile_write (setup);
  g_assert_nonnull (strstr (with, "2026-02-01T00:00:00Z"));

  barista_setup_set_collections (setup, (const char *const[]) { "acmeCo/c", "acmeCo/a", NULL });
  g_assert_cmpuint (g_list_model_get_n_items (barista_setup_get_bindings (setup)), ==, 2);
  added = g_list_model_get_item (barista_setup_get_bindings (setup), 0);
  g_assert_cmpstr (barista_binding_get_collection (added), ==, "acmeCo/c");
  g_assert_cmpstr (barista_binding_get_not_before (added), ==, "2026-02-01T00:00:00Z");

  barista_setup_set_not_before (setup, NULL);
  without = barista_profile_write (setup);
  g_assert_null (strstr (without, "\"bindings\""));

  /* What else is stated stays. */
  barista_setup_add_binding (setup, renamed);
  barista_setup_set_not_before (setup, "2026-02-01T00:00:00Z");
  barista_setup_set_not_before (setup, NULL);
  barista_setup_set_collections (setup, (const char *const[]) { "acmeCo/a", NULL });
  kept = g_list_model_get_item (barista_setup_get_bindings (setup), 0);
  g_assert_cmpstr (barista_binding_get_topic (kept), ==, "a");
}

static void
count_one (guint *n)
{
  (*n)++;
}

/* Many changes are one: what isn't stated any more goes, the others stay in their order. */
static void
test_many_columns_at_once (void)
{
  g_autoptr (BaristaTopicChoice) topic = barista_topic_choice_new ("a");
  const BaristaColumnChoice first[] = {
    { .path = (char *) "$.one", .included = 0 },
    { .path = (char *) "$.two", .name = (char *) "second", .included = -1 },
    { .path = (char *) "$.three", .type = (char *) "Int64", .included = -1 },
  };
  const BaristaColumnChoice then[] = {
    { .path = (char *) "$.two", .included = -1 },  /* as proposed again */
    { .path = (char *) "$.four", .included = 1 },  /* a new one */
    { .path = (char *) "$.three", .included = 0 }, /* in place of the type */
    { .path = (char *) "$.five", .included = -1 }, /* nothing, of nothing */
  };
  static const char *const paths[] = { "$.one", "$.three", "$.four" };
  GPtrArray *columns = barista_topic_choice_get_columns (topic);
  guint told = 0;

  g_signal_connect_swapped (topic, "columns-changed", G_CALLBACK (count_one), &told);
  barista_topic_choice_change_columns (topic, first, G_N_ELEMENTS (first));
  g_assert_cmpuint (columns->len, ==, 3);
  barista_topic_choice_change_columns (topic, then, G_N_ELEMENTS (then));
  g_assert_cmpuint (told, ==, 2);
  g_assert_cmpuint (columns->len, ==, G_N_ELEMENTS (paths));
  for (guint i = 0; i < columns->len; i++)
    g_assert_cmpstr (((BaristaColumnChoice *) columns->pdata[i])->path, ==, paths[i]);
  g_assert_cmpint (((BaristaColumnChoice *) columns->pdata[1])->included, ==, 0);
  g_assert_null (((BaristaColumnChoice *) columns->pdata[1])->type);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/setup/notify", test_change_is_notified);
  g_test_add_func ("/setup/properties", test_every_property_reads_and_writes);
  g_test_add_func ("/setup/null", test_null_takes_the_proposal_again);
  g_test_add_func ("/setup/task", test_task_can_be_taken_back);
  g_test_add_func ("/setup/registry-url", test_registry_follows_the_server);
  g_test_add_func ("/setup/no-password", test_a_setup_holds_no_password);
  g_test_add_func ("/setup/registry-sign-in", test_registry_with_its_own_sign_in);
  g_test_add_func ("/setup/bindings", test_bindings_follow_the_collections);
  g_test_add_func ("/setup/start-date", test_start_date_of_all);
  g_test_add_func ("/setup/topics", test_topics_are_chosen);
  g_test_add_func ("/setup/topics-together", test_topics_are_chosen_together);
  g_test_add_func ("/setup/topic", test_new_topic_is_all_proposals);
  g_test_add_func ("/setup/columns", test_column_changes_replace_each_other);
  g_test_add_func ("/setup/many-columns", test_many_columns_at_once);
  g_test_add_func ("/setup/words", test_words);
  return g_test_run ();
}
