/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "barista-json.h"
#include "barista-profile.h"

#include <string.h>

static char *
load (const char *folder, const char *name)
{
  g_autofree char *path = g_test_build_filename (G_TEST_DIST, "data", "profiles", folder, name,
                                                 NULL);
  g_autoptr (GError) error = NULL;
  char *text = NULL;

  g_file_get_contents (path, &text, NULL, &error);
  g_assert_no_error (error);
  return text;
}

static BaristaSetup *
parse (const char *text)
{
  g_autoptr (GError) error = NULL;
  BaristaSetup *setup = barista_profile_parse (text, -1, "/home/me/setups", &error);

  g_assert_no_error (error);
  return setup;
}

static BaristaSetup *
parse_file (const char *name)
{
  g_autofree char *text = load ("good", name);

  return parse (text);
}

/* Calls @test with each file of @folder. */
static void
for_each_file (const char *folder, void (*test) (const char *name, const char *text))
{
  g_autofree char *path = g_test_build_filename (G_TEST_DIST, "data", "profiles", folder, NULL);
  g_autoptr (GDir) dir = g_dir_open (path, 0, NULL);
  guint n = 0;

  for (const char *name; (name = g_dir_read_name (dir)) != NULL; n++)
    {
      g_autofree char *text = load (folder, name);

      test (name, text);
    }
  g_assert_cmpuint (n, >, 5);
}

static JsonNode *
json (const char *text)
{
  g_autoptr (GError) error = NULL;
  JsonNode *node = barista_json_parse (text, -1, NULL, &error);

  g_assert_no_error (error);
  return node;
}

static void
assert_round_trip (const char *name, const char *text)
{
  g_autoptr (BaristaSetup) setup = parse (text);
  g_autofree char *written = barista_profile_write (setup);
  g_autoptr (BaristaSetup) again = parse (written);
  g_autofree char *rewritten = barista_profile_write (again);
  g_autoptr (JsonNode) before = json (text);
  g_autoptr (JsonNode) after = json (written);

  if (!json_node_equal (before, after))
    g_test_message ("%s became %s", name, written);
  g_assert_true (json_node_equal (before, after));
  g_assert_cmpstr (written, ==, rewritten);
  g_assert_true (g_str_has_suffix (written, "}\n"));
}

static void
test_round_trips (void)
{
  for_each_file ("good", assert_round_trip);
}

static void
test_byte_order_mark (void)
{
  g_autofree char *text = load ("good", "design.json");
  g_autofree char *marked = g_strconcat ("\xef\xbb\xbf", text, NULL);
  g_autoptr (BaristaSetup) plain = parse (text);
  g_autoptr (BaristaSetup) setup = parse (marked);
  g_autofree char *expected = barista_profile_write (plain);
  g_autofree char *written = barista_profile_write (setup);
  g_autoptr (GError) error = NULL;

  g_assert_cmpstr (written, ==, expected);
  g_assert_null (barista_profile_parse ("\xef\xbb\xbf", -1, NULL, &error));
  g_assert_error (error, BARISTA_PROFILE_ERROR, BARISTA_PROFILE_ERROR_SYNTAX);
  g_clear_error (&error);
  g_assert_null (barista_profile_parse ("\xef\xbb\xbf\xef\xbb\xbf{}", -1, NULL, &error));
  g_assert_error (error, BARISTA_PROFILE_ERROR, BARISTA_PROFILE_ERROR_SYNTAX);
}

static void
test_members_twice (void)
{
  static const struct
  {
    const char *text, *where;
  } cases[] = {
    { "{\"format\":\"barista-setup\",\n\"version\":1,\n\"server\":{},\n\"server\":{}}",
      "line 4: server: " },
    { "{\"format\":\"barista-setup\",\"version\":1,\n\"server\":{\"ca_file\":null,\n"
      "\"ca_\\u0066ile\":null}}",
      "line 3: server.ca_file: " },
    { "\xef\xbb\xbf{\"format\":\"barista-setup\",\"version\":1,\"topics\":[{\"topic\":\"a\"},"
      "\n{\"topic\":\"a\",\"engine\":{\"name\":\"a\",\n\"name\":\"a\"}}]}",
      "line 3: topics[1].engine.name: " },
    { "{\"format\":\"barista-setup\",\"version\":1,\"server\":{},\"mine\":[[{\"a/b~\":1,\"a/b~\":"
      "2}]]}",
      "line 1: mine[0][0].a/b~: " },
    { "{\"\":1,\"\":2}", "line 1: : " },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autofree char *message = g_strconcat (cases[i].where,
                                              "this member stands here a second time", NULL);

      g_assert_null (barista_profile_parse (cases[i].text, -1, NULL, &error));
      g_assert_error (error, BARISTA_PROFILE_ERROR, BARISTA_PROFILE_ERROR_MEMBER);
      g_assert_cmpstr (error->message, ==, message);
    }
}

/* The same name in two objects, also one inside of the other, is no fault. */
static void
test_members_alike (void)
{
  g_autoptr (BaristaSetup) setup = parse (
      "{\"format\":\"barista-setup\",\"version\":1,\"server\":{},\"a\":{\"a\":{\"a\":[{\"a\":1},"
      "{\"a\":1}]},\"b\":{\"a\":1}},\"b\":\"a\",\"A\":1}");

  g_assert_nonnull (setup);
}

static void
assert_refused (const char *name, const char *text)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (BaristaSetup) setup = barista_profile_parse (text, -1, NULL, &error);
  gboolean is_secret = g_str_has_prefix (name, "secret-");

  if (setup != NULL)
    g_test_message ("accepted: %s", name);
  g_assert_null (setup);
  g_assert_cmpuint (error->domain, ==, BARISTA_PROFILE_ERROR);
  g_assert_cmpint (error->code == BARISTA_PROFILE_ERROR_SECRET, ==, is_secret);
  g_assert_true (g_str_has_prefix (error->message, "line 1: "));
  g_assert_null (strstr (error->message, "s3cret"));
  g_assert_null (strchr (error->message, '\n'));
}

static void
test_refuses (void)
{
  for_each_file ("bad", assert_refused);
}

static void
test_names_line_and_path (void)
{
  static const char *const head = "{ \"format\": \"barista-setup\", \"version\": 1,\n";
  static const struct
  {
    const char *rest;
    int code;
    const char *message;
  } cases[] = {
    { "\"server\": {\n \"security_protocol\": \"SASL\" } }", BARISTA_PROFILE_ERROR_MEMBER,
      "line 3: server.security_protocol: \"SASL\" is not one of "
      "SASL_SSL, SASL_PLAINTEXT, SSL, PLAINTEXT" },
    { "\"server\": {},\n\n\"topics\": [\n {\n \"topic\": 1 } ] }", BARISTA_PROFILE_ERROR_MEMBER,
      "line 6: topics[0].topic: must be text" },
    { "\"server\": {},\n\"topics\": [\n {\"topic\": \"a\"},\n { } ] }",
      BARISTA_PROFILE_ERROR_MEMBER, "line 5: topics[1].topic: is missing" },
    { "\"server\": {\n\"bootstrap_servers\": [\"a\",\nnull] } }", BARISTA_PROFILE_ERROR_MEMBER,
      "line 4: server.bootstrap_servers[1]: must be text" },
    { "\"server\": {\n\"a/b~\": [ {\n\"token\": \"s3cret\" } ] } }", BARISTA_PROFILE_ERROR_SECRET,
      "line 4: server.a/b~[0].token: a profile holds no secrets; keep this one with "
      "“barista token PROFILE --set”" },
    { "\"topics\": null }", BARISTA_PROFILE_ERROR_MEMBER,
      "line 1: one of task, server and sinks is needed" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *text = g_strconcat (head, cases[i].rest, NULL);
      g_autoptr (GError) error = NULL;

      g_assert_null (barista_profile_parse (text, -1, NULL, &error));
      g_assert_error (error, BARISTA_PROFILE_ERROR, cases[i].code);
      g_assert_cmpstr (error->message, ==, cases[i].message);
    }
}

static void
test_newer_version_is_named_first (void)
{
  g_autofree char *text = load ("bad", "newer-version.json");
  g_autoptr (GError) error = NULL;

  g_assert_null (barista_profile_parse (text, -1, NULL, &error));
  g_assert_error (error, BARISTA_PROFILE_ERROR, BARISTA_PROFILE_ERROR_FORMAT);
  g_assert_nonnull (strstr (error->message, "newer Barista"));
}

static void
test_design_example (void)
{
  g_autoptr (BaristaSetup) setup = parse_file ("design.json");
  GListModel *topics = barista_setup_get_topics (setup);
  BaristaTopicChoice *topic = barista_setup_find_topic (setup, "acmeCo/orders");

  g_assert_cmpstr (barista_setup_get_name (setup), ==, "Orders to Tinybird");
  g_assert_cmpstr (barista_setup_get_task_name (setup), ==, "acmeCo/prod/tinybird");
  g_assert_true (barista_setup_get_deletions_stated (setup));
  g_assert_cmpint (barista_setup_get_deletions (setup), ==, BARISTA_DELETIONS_CDC);
  g_assert_cmpuint (g_list_model_get_n_items (topics), ==, 1);
  g_assert_cmpstr (barista_topic_choice_get_group_id (topic), ==, "acmeco-prod-tinybird-orders");
  g_assert_cmpint (barista_topic_choice_get_plan (topic), ==, BARISTA_PLAN_HARD);
  g_assert_cmpstr (barista_topic_choice_get_sorting_key (topic), ==, "__key");
  g_assert_null (barista_topic_choice_get_is_deleted (topic));
  g_assert_cmpuint (g_list_model_get_n_items (barista_setup_get_targets (setup)), ==, 2);
  g_assert_cmpuint (g_list_model_get_n_items (barista_setup_get_sinks (setup)), ==, 1);
}

static void
test_missing_reads_as_proposed (void)
{
  g_autoptr (BaristaSetup) setup = parse_file ("task-only.json");

  g_assert_cmpstr (barista_setup_get_bootstrap_servers (setup)[0], ==,
                   "dekaf.estuary-data.com:9092");
  g_assert_cmpint (barista_setup_get_security (setup), ==, BARISTA_SECURITY_SASL_SSL);
  g_assert_null (barista_setup_get_ca_file (setup));
  g_assert_cmpint (barista_setup_get_mechanism (setup), ==, BARISTA_MECHANISM_PLAIN);
  g_assert_cmpstr (barista_setup_get_username (setup), ==, "acmeCo/prod/tinybird");
  g_assert_true (barista_setup_get_registry_enabled (setup));
  g_assert_cmpstr (barista_setup_get_registry_url (setup), ==, "https://dekaf.estuary-data.com");
  g_assert_true (barista_setup_get_registry_same_sign_in (setup));
  g_assert_cmpstr (barista_setup_get_registry_username (setup), ==, "acmeCo/prod/tinybird");
  g_assert_false (barista_setup_get_topics_stated (setup));
  g_assert_false (barista_setup_get_deletions_stated (setup));
  g_assert_false (barista_setup_get_managed (setup));
  g_assert_false (barista_setup_get_published (setup));
  g_assert_cmpstr (barista_setup_get_project_format (setup), ==, "forward");
  g_assert_cmpstr (barista_setup_get_project_connection (setup), ==, "estuary_dekaf");
  g_assert_cmpstr (barista_setup_get_project_secret (setup), ==, "DEKAF_TOKEN");
}

static void
test_no_topics_is_stated (void)
{
  g_autoptr (BaristaSetup) setup = parse_file ("no-topics.json");

  g_assert_true (barista_setup_get_topics_stated (setup));
  g_assert_cmpuint (g_list_model_get_n_items (barista_setup_get_topics (setup)), ==, 0);
}

static void
test_other_server (void)
{
  g_autoptr (BaristaSetup) setup = parse_file ("server-only.json");

  g_assert_false (barista_setup_has_task (setup));
  g_assert_null (barista_setup_get_task_name (setup));
  g_assert_null (barista_setup_get_username (setup));
  g_assert_false (barista_setup_get_is_dekaf (setup));
  g_assert_false (barista_setup_get_uses_tls (setup));
  g_assert_false (barista_setup_get_uses_sasl (setup));
  g_assert_cmpstr (barista_setup_get_registry_url (setup), ==, "https://kafka.example.com");
}

static void
test_ca_file_is_absolute (void)
{
  g_autofree char *text = load ("good", "relative-ca.json");
  g_autoptr (BaristaSetup) setup = parse (text);
  g_autoptr (BaristaSetup) homeless = barista_profile_parse (text, -1, NULL, NULL);

  g_assert_cmpstr (barista_setup_get_ca_file (setup), ==, "/home/me/setups/ca.pem");
  g_assert_cmpstr (barista_setup_get_ca_file (homeless), ==, "certs/../ca.pem");
}

static void
test_password_of_the_registry_is_dropped (void)
{
  g_autoptr (BaristaSetup) setup = parse (
      "{ \"format\": \"barista-setup\", \"version\": 1, \"server\": {},"
      "  \"registry\": { \"url\": \"https://acmeCo/prod/tinybird:s3cret@dekaf.example\" } }");
  g_autofree char *written = barista_profile_write (setup);

  g_assert_cmpstr (barista_setup_get_registry_url (setup), ==,
                   "https://acmeCo/prod/tinybird@dekaf.example");
  g_assert_null (strstr (written, "s3cret"));
}

static void
test_order_of_answers_makes_no_difference (void)
{
  g_autoptr (BaristaSetup) one = barista_setup_new ();
  g_autoptr (BaristaSetup) two = barista_setup_new ();
  g_autofree char *first = NULL;
  g_autofree char *second = NULL;

  barista_setup_set_task_name (one, "acmeCo/prod/tinybird");
  barista_setup_set_security (one, BARISTA_SECURITY_SASL_SSL);
  barista_setup_set_name (one, "A");
  barista_setup_set_name (two, "A");
  barista_setup_set_username (two, "somebody");
  barista_setup_set_security (two, BARISTA_SECURITY_SASL_SSL);
  barista_setup_set_task_name (two, "acmeCo/prod/tinybird");
  barista_setup_set_username (two, NULL);
  barista_setup_set_security (two, BARISTA_SECURITY_SASL_SSL);

  first = barista_profile_write (one);
  second = barista_profile_write (two);
  g_assert_nonnull (strstr (first, "SASL_SSL"));
  g_assert_cmpstr (first, ==, second);
}

static void
test_what_is_answered_is_written (void)
{
  g_autoptr (BaristaSetup) setup = barista_setup_new ();
  g_autoptr (BaristaTopicChoice) topic = barista_topic_choice_new ("acmeCo/orders");
  g_autofree char *text = NULL;

  barista_setup_set_task_name (setup, "acmeCo/prod/tinybird");
  barista_setup_set_managed (setup, TRUE);
  barista_setup_set_collections (setup, (const char *const[]) { "acmeCo/orders", NULL });
  g_object_set (topic, "group-id", "", "plan", BARISTA_PLAN_HARD, "sorting-key", "id", NULL);
  barista_topic_choice_change_column (topic, &(BaristaColumnChoice) { .path = (char *) "/id",
                                                                      .type = (char *) "Int64",
                                                                      .included = -1 });
  barista_setup_add_topic (setup, topic);

  text = barista_profile_write (setup);
  g_assert_cmpstr (text, ==,
                   "{\n"
                   "  \"format\" : \"barista-setup\",\n"
                   "  \"version\" : 1,\n"
                   "  \"task\" : {\n"
                   "    \"name\" : \"acmeCo/prod/tinybird\",\n"
                   "    \"managed\" : true,\n"
                   "    \"collections\" : [\n"
                   "      \"acmeCo/orders\"\n"
                   "    ]\n"
                   "  },\n"
                   "  \"topics\" : [\n"
                   "    {\n"
                   "      \"topic\" : \"acmeCo/orders\",\n"
                   "      \"deletions\" : \"hard\",\n"
                   "      \"engine\" : {\n"
                   "        \"sorting_key\" : \"id\"\n"
                   "      },\n"
                   "      \"columns\" : [\n"
                   "        {\n"
                   "          \"path\" : \"/id\",\n"
                   "          \"type\" : \"Int64\"\n"
                   "        }\n"
                   "      ]\n"
                   "    }\n"
                   "  ]\n"
                   "}\n");
}

/* What the window may hold half-way through the steps must be readable again. */
static void
test_half_answered_is_readable (void)
{
  g_autoptr (BaristaSetup) empty = barista_setup_new ();
  g_autoptr (BaristaSetup) nameless = barista_setup_new ();
  g_autofree char *first = barista_profile_write (empty);
  g_autofree char *second = NULL;
  g_autoptr (BaristaSetup) again = parse (first);

  barista_setup_set_managed (nameless, TRUE);
  barista_setup_set_bootstrap_servers (nameless, (const char *const[]) { NULL });
  second = barista_profile_write (nameless);
  g_clear_object (&again);
  again = parse (second);
  g_assert_cmpstr (barista_setup_get_task_name (again), ==, "");
  g_assert_null (barista_setup_get_bootstrap_servers (again)[0]);
  g_assert_nonnull (barista_setup_get_registry_url (again));
}

/* A path is bytes, a profile is UTF-8. */
static void
test_ca_file_is_text (void)
{
  static const char text[] = "{ \"format\": \"barista-setup\", \"version\": 1,\n"
                             "  \"server\": { \"ca_file\": \"%s\" } }";
  g_autofree char *relative = g_strdup_printf (text, "ca.pem");
  g_autofree char *absolute = g_strdup_printf (text, "/etc/ca.pem");
  g_autoptr (BaristaSetup) setup = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_null (barista_profile_parse (relative, -1, "/tmp/caf\xe9", &error));
  g_assert_error (error, BARISTA_PROFILE_ERROR, BARISTA_PROFILE_ERROR_MEMBER);
  g_assert_true (g_str_has_prefix (error->message, "line 2: server.ca_file: "));
  g_clear_error (&error);

  setup = barista_profile_parse (absolute, -1, "/tmp/caf\xe9", &error);
  g_assert_no_error (error);
  g_assert_cmpstr (barista_setup_get_ca_file (setup), ==, "/etc/ca.pem");
}

static void
assert_syntax (const char *text, gssize length)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (barista_profile_parse (text, length, NULL, &error));
  g_assert_error (error, BARISTA_PROFILE_ERROR, BARISTA_PROFILE_ERROR_SYNTAX);
}

static void
test_hostile_text (void)
{
  g_autofree char *deep = g_strnfill (200000, '[');
  g_autofree char *large = g_strnfill (BARISTA_PROFILE_MAX_BYTES + 1, ' ');
  g_autoptr (GString) many = g_string_new ("{\"x\":[0");

  for (guint i = 0; i < 200000; i++)
    g_string_append (many, ",0");
  g_string_append (many, "]}");

  assert_syntax ("", -1);
  assert_syntax ("{", -1);
  assert_syntax ("{\"format\":\"barista-setup\",}", -1);
  assert_syntax ("{\"format\":\"\xff\"}", -1);
  assert_syntax ("{\"name\":\"a\\u0000b\"}", -1);
  assert_syntax ("{}\0{}", 5);
  assert_syntax (deep, -1);
  assert_syntax (large, -1);
  assert_syntax (many->str, -1);
}

/* Indented it would be larger than what is read. */
static void
test_largest_stays_readable (void)
{
  g_autoptr (GString) text = g_string_new ("{\"format\":\"barista-setup\",\"version\":1,"
                                           "\"server\":{},\"x\":[\"\"");
  g_autoptr (BaristaSetup) setup = NULL;
  g_autoptr (BaristaSetup) again = NULL;
  g_autofree char *written = NULL;

  for (guint i = 0; i < 90000; i++)
    g_string_append (text, ",\"12345678\"");
  g_string_append (text, "]}");

  setup = parse (text->str);
  written = barista_profile_write (setup);
  again = parse (written);
  g_assert_cmpuint (strlen (written), >, 90000 * 11);
}

static void
test_escaped_backslash_is_no_zero (void)
{
  g_autoptr (BaristaSetup) setup = parse (
      "{\"format\":\"barista-setup\",\"version\":1,\"server\":{},\"name\":\"a\\\\u0000b\"}");

  g_assert_cmpstr (barista_setup_get_name (setup), ==, "a\\u0000b");
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/setup/profile/byte-order-mark", test_byte_order_mark);
  g_test_add_func ("/setup/profile/members-twice", test_members_twice);
  g_test_add_func ("/setup/profile/members-alike", test_members_alike);
  g_test_add_func ("/setup/profile/round-trips", test_round_trips);
  g_test_add_func ("/setup/profile/refuses", test_refuses);
  g_test_add_func ("/setup/profile/line-and-path", test_names_line_and_path);
  g_test_add_func ("/setup/profile/newer-version", test_newer_version_is_named_first);
  g_test_add_func ("/setup/profile/design-example", test_design_example);
  g_test_add_func ("/setup/profile/proposed", test_missing_reads_as_proposed);
  g_test_add_func ("/setup/profile/no-topics", test_no_topics_is_stated);
  g_test_add_func ("/setup/profile/other-server", test_other_server);
  g_test_add_func ("/setup/profile/ca-file", test_ca_file_is_absolute);
  g_test_add_func ("/setup/profile/registry-password", test_password_of_the_registry_is_dropped);
  g_test_add_func ("/setup/profile/order", test_order_of_answers_makes_no_difference);
  g_test_add_func ("/setup/profile/written", test_what_is_answered_is_written);
  g_test_add_func ("/setup/profile/half-answered", test_half_answered_is_readable);
  g_test_add_func ("/setup/profile/ca-file-is-text", test_ca_file_is_text);
  g_test_add_func ("/setup/profile/hostile", test_hostile_text);
  g_test_add_func ("/setup/profile/largest", test_largest_stays_readable);
  g_test_add_func ("/setup/profile/escaped-backslash", test_escaped_backslash_is_no_zero);
  return g_test_run ();
}
