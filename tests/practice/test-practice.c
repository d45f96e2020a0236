/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "barista-practice.h"
#include "raw-client.h"

#include <glib/gstdio.h>
#include <json-glib/json-glib.h>
#include <string.h>

static void
test_files (void)
{
  g_autoptr (BaristaPractice) practice = start_practice (NULL);
  const BaristaPracticeInfo *info = barista_practice_get_info (practice);
  g_autofree char *folder = g_path_get_dirname (info->profile);
  g_autofree char *ca_file = g_strdup (info->ca_file);
  GStatBuf status;

  g_assert_true (g_path_is_absolute (info->ca_file));
  g_assert_cmpint (g_stat (folder, &status), ==, 0);
  g_assert_cmpint (status.st_mode & 0777, ==, 0700);

  barista_practice_stop (practice);
  barista_practice_stop (practice);
  g_assert_false (g_file_test (ca_file, G_FILE_TEST_EXISTS));
  g_assert_false (g_file_test (folder, G_FILE_TEST_EXISTS));
}

static void
test_token (void)
{
  g_autoptr (BaristaPractice) first = start_practice (NULL);
  g_autoptr (BaristaPractice) again = start_practice (NULL);
  g_autoptr (BaristaPractice) other = start_practice (
      &(BaristaPracticeOptions) { .tls = TRUE, .seed = 2 });
  const char *token = barista_practice_get_info (first)->token;

  g_assert_cmpuint (strlen (token), ==, 43);
  g_assert_cmpuint (
      strspn (token, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_"), ==, 43);
  g_assert_cmpstr (token, ==, barista_practice_get_info (again)->token);
  g_assert_cmpstr (token, !=, barista_practice_get_info (other)->token);
  g_assert_cmpstr (barista_practice_get_info (first)->bootstrap_servers, !=,
                   barista_practice_get_info (again)->bootstrap_servers);
}

static JsonObject *
load_profile (BaristaPractice *practice, JsonParser *parser)
{
  g_autoptr (GError) error = NULL;

  json_parser_load_from_file (parser, barista_practice_get_info (practice)->profile, &error);
  g_assert_no_error (error);
  return json_node_get_object (json_parser_get_root (parser));
}

static void
test_profile (void)
{
  g_autoptr (BaristaPractice) practice = start_practice (
      &(BaristaPracticeOptions) { .tls = TRUE, .seed = 1, .cdc = TRUE });
  const BaristaPracticeInfo *info = barista_practice_get_info (practice);
  g_autoptr (JsonParser) parser = json_parser_new ();
  JsonObject *root = load_profile (practice, parser);
  JsonObject *task = json_object_get_object_member (root, "task");
  JsonObject *server = json_object_get_object_member (root, "server");
  g_autofree char *text = NULL;

  g_assert_cmpstr (json_object_get_string_member (root, "format"), ==, "barista-setup");
  g_assert_cmpstr (json_object_get_string_member (task, "name"), ==, "acmeCo/practice/tinybird");
  g_assert_true (json_object_get_boolean_member (task, "published"));
  g_assert_cmpstr (json_object_get_string_member (task, "deletions"), ==, "cdc");
  g_assert_cmpuint (json_array_get_length (json_object_get_array_member (task, "collections")), >=,
                    6);
  g_assert_cmpstr (json_object_get_string_member (server, "ca_file"), ==, info->ca_file);
  g_assert_false (json_object_has_member (root, "topics"));

  g_assert_true (g_file_get_contents (info->profile, &text, NULL, NULL));
  g_assert_null (strstr (text, info->token));
}

static char *
dump_of (BaristaPracticeOptions options)
{
  g_autofree char *file = g_build_filename (g_get_tmp_dir (), "dump-XXXXXX", NULL);
  int fd = g_mkstemp (file);
  g_autoptr (BaristaPractice) practice = NULL;
  char *text = NULL;

  g_assert_cmpint (fd, >=, 0);
  close (fd);
  options.dump_file = file;
  practice = start_practice (&options);
  barista_practice_stop (practice);
  g_assert_true (g_file_get_contents (file, &text, NULL, NULL));
  g_unlink (file);
  return text;
}

static void
test_seed (void)
{
  g_autofree char *first = dump_of ((BaristaPracticeOptions) { .seed = 7 });
  g_autofree char *again = dump_of ((BaristaPracticeOptions) { .seed = 7 });
  g_autofree char *other = dump_of ((BaristaPracticeOptions) { .seed = 8 });

  g_assert_cmpstr (first, ==, again);
  g_assert_cmpstr (first, !=, other);
}

static void
test_dump_deletions (void)
{
  g_autofree char *tombstones = dump_of ((BaristaPracticeOptions) { .seed = 1 });
  g_autofree char *documents = dump_of ((BaristaPracticeOptions) { .seed = 1, .cdc = TRUE });

  g_assert_nonnull (strstr (tombstones, "\"value\":null}\n"));
  g_assert_null (strstr (tombstones, "is_deleted"));
  g_assert_null (strstr (documents, "\"value\":null}\n"));
  g_assert_nonnull (strstr (documents, "\"_meta_op\":\"d\""));
  g_assert_nonnull (strstr (documents, "\"_is_deleted\":1}}\n"));
  g_assert_nonnull (strstr (documents, "\"_meta\":{\"op\":\"d\",\"is_deleted\":1}"));
}

static void
test_port_taken (void)
{
  g_autoptr (BaristaPractice) first = start_practice (NULL);
  const char *server = barista_practice_get_info (first)->bootstrap_servers;
  guint16 port = (guint16) atoi (strchr (server, ':') + 1);
  g_autoptr (GError) error = NULL;

  g_assert_null (barista_practice_start (
      &(BaristaPracticeOptions) { .tls = TRUE, .kafka_port = port }, &error));
  g_assert_error (error, BARISTA_PRACTICE_ERROR, BARISTA_PRACTICE_ERROR_LISTEN);
  g_clear_error (&error);
  g_assert_null (barista_practice_start (
      &(BaristaPracticeOptions) { .tls = TRUE, .registry_port = port }, &error));
  g_assert_error (error, BARISTA_PRACTICE_ERROR, BARISTA_PRACTICE_ERROR_LISTEN);
}

static void
test_bad_options (void)
{
  const char *const unknown[] = { "silent", "no-such-thing", NULL };
  g_autoptr (GError) error = NULL;

  g_assert_null (
      barista_practice_start (&(BaristaPracticeOptions) { .scenarios = unknown }, &error));
  g_assert_error (error, BARISTA_PRACTICE_ERROR, BARISTA_PRACTICE_ERROR_SCENARIO);
  g_assert_nonnull (strstr (error->message, "no-such-thing"));
  g_clear_error (&error);

  g_assert_null (barista_practice_start (
      &(BaristaPracticeOptions) { .dump_file = "/nowhere/at/all/dump.ndjson" }, &error));
  g_assert_error (error, BARISTA_PRACTICE_ERROR, BARISTA_PRACTICE_ERROR_DUMP);
}

/* Sorted, with a summary each, and told in docs/practice.md. */
static void
test_scenario_list (void)
{
  g_autofree char *manual = NULL;
  guint n;
  const BaristaScenarioInfo *scenarios = barista_practice_scenarios (&n);

  g_assert_true (g_file_get_contents (MANUAL, &manual, NULL, NULL));
  g_assert_cmpuint (n, >, 20);
  for (guint i = 0; i < n; i++)
    {
      g_autofree char *row = g_strdup_printf ("| `%s` |", scenarios[i].name);

      g_assert_nonnull (strstr (manual, row));
      g_assert_nonnull (scenarios[i].summary);
      if (i > 0)
        g_assert_cmpint (strcmp (scenarios[i - 1].name, scenarios[i].name), <, 0);
    }
}

/* A client that waits for records must not keep it from stopping. */
static void
test_stop_with_clients (void)
{
  g_autoptr (BaristaPractice) practice = start_practice (NULL);
  g_autoptr (RawClient) idle = raw_client_new_signed_in (practice);
  g_autoptr (RawClient) silent = raw_client_new (practice);

  barista_practice_stop (practice);
  g_assert_true (raw_client_is_closed (idle));
  g_assert_true (raw_client_is_closed (silent));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/practice/files", test_files);
  g_test_add_func ("/practice/token", test_token);
  g_test_add_func ("/practice/profile", test_profile);
  g_test_add_func ("/practice/seed", test_seed);
  g_test_add_func ("/practice/dump-deletions", test_dump_deletions);
  g_test_add_func ("/practice/port-taken", test_port_taken);
  g_test_add_func ("/practice/bad-options", test_bad_options);
  g_test_add_func ("/practice/scenario-list", test_scenario_list);
  g_test_add_func ("/practice/stop-with-clients", test_stop_with_clients);
  return g_test_run ();
}
