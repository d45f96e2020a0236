/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "barista-profile.h"

/* Targets and sinks as answers; what they say in files is told by the tests of output. */

#define HEAD "{ \"format\": \"barista-setup\", \"version\": 1, "

static BaristaSetup *
parse (const char *text)
{
  g_autoptr (GError) error = NULL;
  BaristaSetup *setup = barista_profile_parse (text, -1, NULL, &error);

  g_assert_no_error (error);
  return setup;
}

static void
test_what_is_missing_is_not_stated (void)
{
  g_autoptr (BaristaSetup) setup = parse (HEAD
                                          "\"connections\": [ { \"type\": \"kafka\", \"name\": "
                                          "\"k\" } ], \"sinks\": [ { \"name\": \"s\" } ] }");
  BaristaTarget *target = barista_setup_find_target (setup, "k");
  BaristaSink *sink = barista_setup_find_sink (setup, "s");

  g_assert_cmpint (barista_target_get_security (target), ==, BARISTA_SECURITY_SASL_SSL);
  g_assert_false (barista_target_get_security_stated (target));
  g_assert_cmpint (barista_target_get_mechanism (target), ==, BARISTA_MECHANISM_PLAIN);
  g_assert_false (barista_target_get_mechanism_stated (target));
  g_assert_null (barista_target_get_bootstrap_servers (target)[0]);
  g_assert_null (barista_target_get_key (target));
  g_assert_null (barista_sink_get_schedule (sink));
  g_assert_null (barista_sink_get_compression (sink));
  g_assert_cmpuint (g_list_model_get_n_items (barista_sink_get_nodes (sink)), ==, 0);
  g_assert_null (barista_sink_get_last_node (sink));
}

/* A default that somebody states is written, and one taken back is left out again. */
static void
test_stated_defaults_are_written (void)
{
  g_autoptr (BaristaSetup) setup = barista_setup_new ();
  g_autoptr (BaristaTarget) target = barista_target_new (BARISTA_TARGET_KAFKA, "k");
  g_autoptr (BaristaSink) sink = barista_sink_new ("s");
  g_autofree char *written = NULL;

  barista_target_set_security (target, BARISTA_SECURITY_SASL_SSL);
  barista_target_set_mechanism (target, BARISTA_MECHANISM_PLAIN);
  barista_target_set_key (target, "KAFKA_KEY");
  barista_target_set_key (target, "");
  barista_sink_set_compression (sink, "none");
  barista_sink_set_strategy (sink, "create_new");
  barista_sink_set_strategy (sink, NULL);
  barista_setup_add_target (setup, target);
  barista_setup_add_sink (setup, sink);
  written = barista_profile_write (setup);

  g_assert_cmpstr (written, ==,
                   "{\n"
                   "  \"format\" : \"barista-setup\",\n"
                   "  \"version\" : 1,\n"
                   "  \"connections\" : [\n"
                   "    {\n"
                   "      \"type\" : \"kafka\",\n"
                   "      \"name\" : \"k\",\n"
                   "      \"security_protocol\" : \"SASL_SSL\",\n"
                   "      \"mechanism\" : \"PLAIN\"\n"
                   "    }\n"
                   "  ],\n"
                   "  \"sinks\" : [\n"
                   "    {\n"
                   "      \"name\" : \"s\",\n"
                   "      \"compression\" : \"none\"\n"
                   "    }\n"
                   "  ]\n"
                   "}\n");
}

static void
test_kind_follows_the_connection (void)
{
  g_autoptr (BaristaSetup) setup = parse (
      HEAD "\"connections\": [ { \"type\": \"s3\", \"name\": \"bucket\" }, { \"type\": \"kafka\", "
           "\"name\": \"topics\" } ], \"sinks\": [ { \"name\": \"a\", \"connection\": \"bucket\", "
           "\"topic\": \"t\" }, { \"name\": \"b\", \"connection\": \"topics\", \"format\": \"csv\" "
           "}, { \"name\": \"c\", \"connection\": \"gone\", \"topic\": \"t\" }, { \"name\": \"d\" "
           "} ] }");
  static const struct
  {
    const char *sink;
    BaristaTargetKind kind;
    const char *target;
  } cases[] = {
    { "a", BARISTA_TARGET_S3, "bucket" },
    { "b", BARISTA_TARGET_KAFKA, "topics" },
    { "c", BARISTA_TARGET_KAFKA, NULL },
    { "d", BARISTA_TARGET_S3, NULL },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      BaristaSink *sink = barista_setup_find_sink (setup, cases[i].sink);
      BaristaTarget *target = barista_setup_get_sink_target (setup, sink);

      g_assert_cmpint (barista_setup_get_sink_kind (setup, sink), ==, cases[i].kind);
      g_assert_cmpstr (target != NULL ? barista_target_get_name (target) : NULL, ==,
                       cases[i].target);
    }
}

static void
count (GListModel *list, guint position, guint removed, guint added, gpointer data)
{
  *(guint *) data += removed + added;
}

static void
test_lists_can_be_changed (void)
{
  g_autoptr (BaristaSetup) setup = barista_setup_new ();
  g_autoptr (BaristaSink) sink = barista_sink_new ("s");
  g_autoptr (BaristaSink) twin = barista_sink_new ("s");
  g_autoptr (BaristaSinkNode) first = barista_sink_node_new ("n", "SELECT 1");
  g_autoptr (BaristaSinkNode) last = barista_sink_node_new ("m", NULL);
  guint changes = 0;

  g_signal_connect (barista_setup_get_sinks (setup), "items-changed", G_CALLBACK (count), &changes);
  barista_setup_add_sink (setup, sink);
  barista_setup_add_sink (setup, twin);
  g_assert_cmpuint (changes, ==, 2);
  g_assert_true (barista_setup_find_sink (setup, "s") == sink);
  barista_setup_remove_sink (setup, sink);
  g_assert_true (barista_setup_find_sink (setup, "s") == twin);
  barista_setup_remove_sink (setup, sink);
  g_assert_cmpuint (changes, ==, 3);
  g_assert_null (barista_setup_find_sink (setup, NULL));

  barista_sink_add_node (twin, first);
  barista_sink_add_node (twin, last);
  g_assert_true (barista_sink_get_last_node (twin) == last);
  g_assert_true (barista_sink_find_node (twin, "n") == first);
  g_assert_cmpstr (barista_sink_node_get_sql (last), ==, "");
  barista_sink_remove_node (twin, last);
  g_assert_true (barista_sink_get_last_node (twin) == first);
  g_assert_null (barista_sink_find_node (twin, "m"));
}

static void
notified (GObject *object, GParamSpec *pspec, gpointer data)
{
  (*(guint *) data)++;
}

/* Every answer can be bound to a row: it is notified once, and reads back what was set. */
static void
check_properties (GObject *object)
{
  g_autofree GParamSpec **pspecs = NULL;
  guint n;
  guint seen = 0;

  g_signal_connect (object, "notify", G_CALLBACK (notified), &seen);
  pspecs = g_object_class_list_properties (G_OBJECT_GET_CLASS (object), &n);
  for (guint i = 0; i < n; i++)
    {
      g_autofree char *text = NULL;

      if (pspecs[i]->value_type != G_TYPE_STRING)
        continue;
      seen = 0;
      g_object_set (object, pspecs[i]->name, "some_text", NULL);
      g_object_set (object, pspecs[i]->name, "some_text", NULL);
      g_object_get (object, pspecs[i]->name, &text, NULL);
      g_assert_cmpstr (text, ==, "some_text");
      g_assert_cmpuint (seen, ==, 1);
    }
  g_object_unref (object);
}

static void
test_properties (void)
{
  check_properties (G_OBJECT (barista_target_new (BARISTA_TARGET_S3, "t")));
  check_properties (G_OBJECT (barista_sink_new ("s")));
  check_properties (G_OBJECT (barista_sink_node_new ("n", "SELECT 1")));
}

/* A password that is typed into the registry's address is not kept. */
static void
test_registry_address_holds_no_password (void)
{
  g_autoptr (BaristaTarget) target = barista_target_new (BARISTA_TARGET_KAFKA, "k");

  barista_target_set_registry_url (target, "https://me:s3cret@registry.example.com");
  g_assert_cmpstr (barista_target_get_registry_url (target), ==, "https://me@registry.example.com");
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/setup/sinks/missing", test_what_is_missing_is_not_stated);
  g_test_add_func ("/setup/sinks/stated", test_stated_defaults_are_written);
  g_test_add_func ("/setup/sinks/kind", test_kind_follows_the_connection);
  g_test_add_func ("/setup/sinks/lists", test_lists_can_be_changed);
  g_test_add_func ("/setup/sinks/properties", test_properties);
  g_test_add_func ("/setup/sinks/registry", test_registry_address_holds_no_password);
  return g_test_run ();
}
