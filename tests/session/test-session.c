/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "session-drive.h"

#include "barista-report-private.h"
#include "barista-route.h"

#include <stdio.h>
#include <string.h>

#define ORDERS "acmeCo/orders"
#define CUSTOMERS "acmeCo/customers"

static BaristaSession *
practice_session (const char *scenario)
{
  g_autoptr (BaristaPractice) practice = practice_new (scenario);
  g_autoptr (GError) error = NULL;
  BaristaSession *session = barista_session_new_for_practice (practice, &error);

  g_assert_no_error (error);
  barista_session_set_waits (session, 5, 20);
  return session;
}

static void
count (guint *n)
{
  (*n)++;
}

static void
collect (BaristaSession *session, const char *name, gpointer names)
{
  g_string_append_printf (names, "%s ", name);
}

/* Nothing is typed, nothing is asked: it is connected. */
static void
test_practice (void)
{
  g_autoptr (BaristaSession) session = practice_session (NULL);

  g_assert_true (barista_session_get_practice (session));
  g_assert_true (barista_session_get_checking (session));
  wait_idle (session);

  g_assert_cmpuint (barista_report_get_n_topics (barista_session_get_report (session)), >, 3);
  g_assert_cmpstr (state_of (session, BARISTA_STEP_SERVER), ==, "fine");
  g_assert_cmpstr (state_of (session, BARISTA_STEP_SIGN_IN), ==, "fine");
  g_assert_cmpstr (state_of (session, BARISTA_STEP_REGISTRY), ==, "fine");
  g_assert_cmpstr (barista_session_get_step_info (session, BARISTA_STEP_REGISTRY)->answer, ==,
                   "14 subjects");
  g_assert_null (barista_session_get_activity (session));
}

/* Typing starts one check, not one for each letter. */
static void
test_typing_is_one_check (void)
{
  g_autoptr (BaristaSession) session = practice_session (NULL);
  BaristaSetup *setup = barista_session_get_setup (session);
  BaristaReport *first;
  guint reports = 0;

  wait_idle (session);
  first = barista_session_get_report (session);
  g_signal_connect_swapped (session, "notify::report", G_CALLBACK (count), &reports);
  barista_setup_set_username (setup, "acmeCo/a");
  g_assert_null (barista_session_get_report (session)); /* it says nothing of this name */
  barista_setup_set_username (setup, "acmeCo/ab");
  barista_setup_set_username (setup, "acmeCo/abc");
  g_assert_true (barista_session_get_checking (session));
  wait_idle (session);

  g_assert_true (barista_session_get_report (session) != first);
  g_assert_cmpuint (reports, ==, 2); /* gone, and there anew */
  g_assert_cmpstr (state_of (session, BARISTA_STEP_SIGN_IN), ==, "failed");
  g_assert_nonnull (barista_session_find_failure (session, BARISTA_STEP_SIGN_IN));
  g_assert_null (barista_session_find_failure (session, BARISTA_STEP_SERVER));
}

/* A topic that is chosen is looked at by itself; the rest is not asked for again. */
static void
test_chosen_topic_gets_its_table (void)
{
  g_autoptr (BaristaSession) session = practice_session (NULL);
  g_autoptr (GString) tables = g_string_new (NULL);
  g_autoptr (GString) probes = g_string_new (NULL);
  const BaristaProbe *probe;
  BaristaReport *report;
  BaristaTable *table;

  wait_idle (session);
  report = barista_session_get_report (session);
  g_assert_null (barista_session_get_table (session, ORDERS));
  g_signal_connect (session, "table-changed", G_CALLBACK (collect), tables);
  g_signal_connect (session, "probe-changed", G_CALLBACK (collect), probes);
  add_topic (session, ORDERS);
  wait_idle (session);

  g_assert_true (barista_session_get_report (session) == report);
  g_assert_cmpstr (probes->str, ==, ORDERS " ");
  g_assert_nonnull (strstr (tables->str, ORDERS));
  probe = barista_session_find_probe (session, ORDERS);
  g_assert_nonnull (probe->value);
  g_assert_cmpuint (probe->sample->len, >, 0);
  table = barista_session_get_table (session, ORDERS);
  g_assert_cmpstr (barista_table_get_data_source (table), ==, "orders");
  g_assert_nonnull (
      barista_session_find_stage (session, BARISTA_SERVICE_KAFKA, BARISTA_STAGE_GROUP, ORDERS));

  /* A choice makes the table anew. */
  g_string_set_size (tables, 0);
  g_object_set (barista_setup_find_topic (barista_session_get_setup (session), ORDERS),
                "data-source", "all_orders", NULL);
  wait_idle (session);
  g_assert_nonnull (strstr (tables->str, ORDERS " "));
  table = barista_session_get_table (session, ORDERS);
  g_assert_cmpstr (barista_table_get_data_source (table), ==, "all_orders");
}

static guint
count_tables (const GString *tables)
{
  guint n = 0;

  for (const char *at = tables->str; (at = strstr (at, ORDERS " ")) != NULL; at++)
    n++;
  return n;
}

/* Tables are made on a thread: the one before stays until then, and a hundred changes at once are
 * one table. */
static void
test_tables_come_later (void)
{
  g_autoptr (BaristaSession) session = practice_session (NULL);
  g_autoptr (GString) tables = g_string_new (NULL);
  BaristaTopicChoice *choice;
  BaristaTable *before;

  wait_idle (session);
  add_topic (session, ORDERS);
  wait_idle (session);
  before = barista_session_get_table (session, ORDERS);
  g_assert_nonnull (before);
  choice = barista_setup_find_topic (barista_session_get_setup (session), ORDERS);
  g_signal_connect (session, "table-changed", G_CALLBACK (collect), tables);
  for (guint i = 0; i < 100; i++)
    {
      g_autofree char *name = g_strdup_printf ("orders_%u", i);

      g_object_set (choice, "data-source", name, NULL);
    }
  g_assert_true (barista_session_get_table (session, ORDERS) == before);
  g_assert_true (barista_session_get_making_tables (session));
  g_assert_cmpuint (count_tables (tables), ==, 0);
  wait_idle (session);
  g_assert_cmpstr (barista_table_get_data_source (barista_session_get_table (session, ORDERS)), ==,
                   "orders_99");
  g_assert_cmpuint (count_tables (tables), ==, 1);

  /* What a change of the connection makes void doesn't come back from the thread. */
  g_object_set (choice, "data-source", "late", NULL);
  while (barista_session_get_making_tables (session) && count_tables (tables) == 1
         && g_main_context_pending (NULL))
    g_main_context_iteration (NULL, FALSE);
  barista_setup_set_username (barista_session_get_setup (session), "acmeCo/other");
  g_assert_null (barista_session_get_table (session, ORDERS));
  g_assert_false (barista_session_get_making_tables (session));
  settle ();
  g_assert_null (barista_session_get_table (session, ORDERS));
}

/* A session that goes doesn't wait for its tables. */
static void
test_gone_while_making (void)
{
  BaristaSession *session = practice_session (NULL);
  GWeakRef gone;

  wait_idle (session);
  add_topic (session, ORDERS);
  wait_idle (session);
  g_object_set (barista_setup_find_topic (barista_session_get_setup (session), ORDERS),
                "data-source", "late", NULL);
  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_weak_ref_init (&gone, session);
  g_object_unref (session);
  g_assert_null (g_weak_ref_get (&gone));
  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_weak_ref_clear (&gone);
}

/* Another group has to be looked at again, and that alone. */
static void
test_group_is_probed_again (void)
{
  g_autoptr (BaristaSession) session = practice_session (NULL);
  g_autoptr (GString) probes = g_string_new (NULL);

  wait_idle (session);
  add_topic (session, ORDERS);
  add_topic (session, CUSTOMERS);
  wait_idle (session);
  g_assert_nonnull (
      barista_session_find_stage (session, BARISTA_SERVICE_KAFKA, BARISTA_STAGE_GROUP, CUSTOMERS));
  g_signal_connect (session, "probe-changed", G_CALLBACK (collect), probes);
  g_object_set (barista_setup_find_topic (barista_session_get_setup (session), ORDERS), "group-id",
                "another-group", NULL);
  wait_idle (session);

  g_assert_cmpstr (probes->str, ==, ORDERS " ");
}

static void
test_doubt (void)
{
  g_autoptr (BaristaSession) session = practice_session (NULL);
  BaristaSetup *setup = barista_session_get_setup (session);

  wait_idle (session);
  add_topic (session, ORDERS);
  wait_idle (session);
  for (int i = BARISTA_STEP_TASK; i < BARISTA_N_STEPS; i++)
    barista_session_set_step (session, (BaristaStep) i);
  g_assert_cmpstr (state_of (session, BARISTA_STEP_SCHEMA), ==, "fine");

  barista_session_set_step (session, BARISTA_STEP_REGISTRY);
  barista_setup_set_registry_enabled (setup, FALSE);
  g_assert_cmpstr (state_of (session, BARISTA_STEP_SCHEMA), ==, "doubt");
  g_assert_nonnull (strstr (barista_session_get_step_info (session, BARISTA_STEP_SCHEMA)->note,
                            "Schema Registry"));
  g_assert_cmpstr (state_of (session, BARISTA_STEP_TOPICS), !=, "doubt");
  g_assert_nonnull (barista_setup_find_topic (setup, ORDERS)); /* nothing is lost */

  wait_idle (session);
  barista_session_set_step (session, BARISTA_STEP_SCHEMA);
  g_assert_cmpstr (state_of (session, BARISTA_STEP_SCHEMA), ==, "fine");
}

static void
test_undo (void)
{
  g_autoptr (BaristaSetup) setup = barista_setup_new ();
  g_autoptr (BaristaSession) session = barista_session_new (setup);

  g_assert_null (barista_session_get_undo_name (session));
  barista_session_undo (session); /* nothing happens */

  /* Typing is one change; another field is another. */
  barista_setup_set_task_name (setup, "a");
  settle ();
  barista_setup_set_task_name (setup, "acmeCo/a");
  settle ();
  barista_setup_set_security (setup, BARISTA_SECURITY_PLAINTEXT);
  settle ();
  g_assert_cmpstr (barista_session_get_undo_name (session), ==, "Server");
  barista_session_undo (session);
  g_assert_cmpint (barista_setup_get_security (setup), ==, BARISTA_SECURITY_SASL_SSL);
  g_assert_cmpstr (barista_setup_get_task_name (setup), ==, "acmeCo/a");
  barista_session_undo (session);
  g_assert_false (barista_setup_has_task (setup));
  g_assert_null (barista_session_get_undo_name (session));

  barista_session_redo (session);
  g_assert_cmpstr (barista_setup_get_task_name (setup), ==, "acmeCo/a");
  barista_session_redo (session);
  g_assert_cmpint (barista_setup_get_security (setup), ==, BARISTA_SECURITY_PLAINTEXT);
  g_assert_null (barista_session_get_redo_name (session));

  /* What is changed after undo is the new way on. */
  barista_session_undo (session);
  barista_setup_set_mechanism (setup, BARISTA_MECHANISM_SCRAM_SHA_256);
  g_assert_null (barista_session_get_redo_name (session));
}

static void
test_undo_of_many (void)
{
  g_autoptr (BaristaSetup) setup = barista_setup_new ();
  g_autoptr (BaristaSession) session = barista_session_new (setup);

  barista_session_begin_change (session, "Choose Topics");
  add_topic (session, ORDERS);
  settle ();
  add_topic (session, CUSTOMERS);
  barista_session_end_change (session);
  g_assert_cmpstr (barista_session_get_undo_name (session), ==, "Choose Topics");

  barista_session_begin_change (session, "Nothing");
  barista_session_end_change (session);
  g_assert_cmpstr (barista_session_get_undo_name (session), ==, "Choose Topics");

  barista_session_undo (session);
  g_assert_cmpuint (g_list_model_get_n_items (barista_setup_get_topics (setup)), ==, 0);
  g_assert_null (barista_session_get_undo_name (session));
}

static void
read_late (BaristaSetup *setup, const char *topic)
{
  g_object_set (barista_setup_find_topic (setup, topic), "start", BARISTA_START_LATEST, NULL);
  settle ();
}

static BaristaStart
start_of (BaristaSetup *setup, const char *topic)
{
  return barista_topic_choice_get_start (barista_setup_find_topic (setup, topic));
}

/* The same question about another topic is another change, however soon. */
static void
test_undo_of_topics (void)
{
  g_autoptr (BaristaSetup) setup = barista_setup_new ();
  g_autoptr (BaristaSession) session = barista_session_new (setup);

  add_topic (session, ORDERS);
  add_topic (session, CUSTOMERS);
  settle ();
  read_late (setup, ORDERS);
  read_late (setup, CUSTOMERS);

  barista_session_undo (session);
  g_assert_cmpint (start_of (setup, CUSTOMERS), ==, BARISTA_START_EARLIEST);
  g_assert_cmpint (start_of (setup, ORDERS), ==, BARISTA_START_LATEST);
  barista_session_undo (session);
  g_assert_cmpint (start_of (setup, ORDERS), ==, BARISTA_START_EARLIEST);
  g_assert_nonnull (barista_setup_find_topic (setup, ORDERS));
}

static void
describe (BaristaSink *sink, const char *text)
{
  barista_sink_set_description (sink, text);
  settle ();
}

static void
test_undo_of_sinks (void)
{
  g_autoptr (BaristaSetup) setup = barista_setup_new ();
  g_autoptr (BaristaSession) session = barista_session_new (setup);
  g_autoptr (BaristaSink) one = barista_sink_new ("one");
  g_autoptr (BaristaSink) two = barista_sink_new ("two");
  g_autoptr (BaristaSink) left = NULL;

  barista_setup_add_sink (setup, one);
  barista_setup_add_sink (setup, two);
  settle ();
  describe (one, "a");
  describe (two, "b");
  describe (two, "bc");

  /* Typed into one field, that is one; and the other sink keeps its text. */
  barista_session_undo (session);
  g_assert_cmpuint (g_list_model_get_n_items (barista_setup_get_sinks (setup)), ==, 2);
  left = g_list_model_get_item (barista_setup_get_sinks (setup), 1);
  g_assert_null (barista_sink_get_description (left));
  g_set_object (&left, NULL);
  left = g_list_model_get_item (barista_setup_get_sinks (setup), 0);
  g_assert_cmpstr (barista_sink_get_description (left), ==, "a");
}

static gboolean
looks_cancelled (BaristaSession *session)
{
  return session->look != NULL && g_cancellable_is_cancelled (session->look->cancellable);
}

static void
test_stop (void)
{
  g_autoptr (BaristaSession) session = practice_session ("slow-sign-in");
  g_autoptr (GString) said = g_string_new (NULL);

  wait_result (session, BARISTA_STAGE_SASL, BARISTA_RESULT_RUNNING);
  settle ();
  g_assert_cmpstr (barista_session_get_activity (session), ==, "Signing in");
  g_assert_cmpstr (barista_session_get_step_info (session, BARISTA_STEP_SIGN_IN)->missing, ==,
                   "check");
  barista_session_cancel_check (session);
  wait_idle (session);

  g_assert_null (barista_session_get_activity (session));
  g_assert_cmpstr (state_of (session, BARISTA_STEP_SIGN_IN), !=, "failed");
}

static void
log_stages (GString *log)
{
  g_string_append (log, "stages ");
}

static void
log_activity (GString *log)
{
  g_string_append (log, "activity ");
}

static void
log_steps (GString *log)
{
  g_string_append (log, "steps ");
}

static void
log_summary (GString *log)
{
  g_string_append (log, "route ");
}

static void
report_topic (BaristaReport *report, const char *topic, BaristaResult result)
{
  g_autoptr (BaristaStageReport) stage = barista_stage_report_new (BARISTA_SERVICE_KAFKA,
                                                                   BARISTA_STAGE_TOPIC, "127.0.0.1",
                                                                   topic, result);

  barista_report_append (report, stage);
}

/* Three stages that come in one callback are told once: all of them, in their order, and before a
 * frame. Who asks before that gets them, too. */
static void
test_stages_at_once (void)
{
  g_autoptr (BaristaSession) session = practice_session ("slow-sign-in");
  g_autoptr (BaristaRoute) route = barista_route_new (session);
  g_autoptr (GString) log = g_string_new (NULL);
  GListModel *stages = barista_session_get_stages (session);
  BaristaReport *report;
  guint n;

  wait_result (session, BARISTA_STAGE_SASL, BARISTA_RESULT_RUNNING);
  settle ();
  report = barista_session_get_report (session);
  n = g_list_model_get_n_items (stages);
  g_signal_connect_swapped (stages, "items-changed", G_CALLBACK (log_stages), log);
  g_signal_connect_swapped (session, "notify::activity", G_CALLBACK (log_activity), log);
  g_signal_connect_swapped (session, "steps-changed", G_CALLBACK (log_steps), log);
  g_signal_connect_swapped (route, "notify::summary", G_CALLBACK (log_summary), log);

  report_topic (report, "a", BARISTA_RESULT_PASSED);
  report_topic (report, "b", BARISTA_RESULT_PASSED);
  report_topic (report, "c", BARISTA_RESULT_FAILED);
  report_topic (report, "d", BARISTA_RESULT_RUNNING);
  g_assert_cmpstr (log->str, ==, "");
  while (!g_str_has_suffix (log->str, "route "))
    g_main_context_iteration (NULL, TRUE);
  g_assert_cmpstr (log->str, ==, "stages activity steps route ");
  g_assert_cmpuint (g_list_model_get_n_items (stages), ==, n + 4);
  for (guint i = 0; i < 4; i++)
    {
      g_autoptr (BaristaStageReport) stage = g_list_model_get_item (stages, n + i);
      const char topic[] = { (char) ('a' + i), '\0' };

      g_assert_cmpstr (barista_stage_report_get_topic (stage), ==, topic);
    }

  report_topic (report, "e", BARISTA_RESULT_PASSED);
  g_assert_nonnull (
      barista_session_find_stage (session, BARISTA_SERVICE_KAFKA, BARISTA_STAGE_TOPIC, "e"));
  g_assert_cmpuint (g_list_model_get_n_items (stages), ==, n + 5);
}

/* Stop is the end of a look at one topic, too: it doesn't begin anew by itself. */
static void
test_stop_a_look (void)
{
  g_autoptr (BaristaSession) session = practice_session (NULL);

  wait_idle (session);
  add_topic (session, ORDERS);
  g_assert_true (barista_session_get_checking (session));
  barista_session_cancel_check (session);
  while (barista_session_get_checking (session) && looks_cancelled (session))
    g_main_context_iteration (NULL, TRUE);
  g_assert_false (barista_session_get_checking (session));
}

/* A server that went away is asked once for each look, not over and over. */
static void
test_look_fails (void)
{
  g_autoptr (BaristaPractice) practice = practice_new (NULL);
  g_autoptr (BaristaSession) session = session_for (practice);

  wait_idle (session);
  barista_practice_stop (practice);
  add_topic (session, ORDERS);
  wait_idle (session);
  g_assert_nonnull (barista_session_get_report (session));
}

/* A session that goes in the middle of a check leaves nothing behind that calls it. */
static void
test_gone_while_checking (void)
{
  g_autoptr (BaristaPractice) practice = practice_new ("slow-sign-in");
  BaristaSession *session = barista_session_new_for_practice (practice, NULL);

  wait_result (session, BARISTA_STAGE_SASL, BARISTA_RESULT_RUNNING);
  g_object_add_weak_pointer (G_OBJECT (session), (gpointer *) &session);
  g_object_unref (session);
  g_assert_null (session);
  settle ();
}

static void
on_artefacts (GObject *session, GAsyncResult *result, gpointer artefacts)
{
  g_autoptr (GError) error = NULL;

  *(GPtrArray **) artefacts = barista_session_make_artefacts_finish (BARISTA_SESSION (session),
                                                                     result, &error);
  g_assert_no_error (error);
}

static void
test_artefacts (void)
{
  g_autoptr (BaristaSession) session = practice_session (NULL);
  g_autoptr (GPtrArray) artefacts = NULL;
  gboolean found = FALSE;

  wait_idle (session);
  add_topic (session, ORDERS);
  wait_idle (session);
  barista_session_make_artefacts_async (session, NULL, on_artefacts, &artefacts);
  while (artefacts == NULL)
    g_main_context_iteration (NULL, TRUE);
  for (guint i = 0; i < artefacts->len; i++)
    {
      const BaristaArtefact *artefact = g_ptr_array_index (artefacts, i);
      gsize length;
      const char *content = g_bytes_get_data (artefact->content, &length);

      found |= g_str_equal (artefact->path, "datasources/orders.datasource");
      g_assert_null (g_strstr_len (content, (gssize) length, "127.0.0.1"));
    }
  g_assert_true (found);

  barista_session_mark_saved (session);
  g_assert_cmpstr (state_of (session, BARISTA_STEP_REVIEW), ==, "fine");
  add_topic (session, CUSTOMERS);
  g_assert_false (barista_session_get_saved (session));
}

/* Saved by itself; opened again it is the same setup at the same step. */
static void
test_keeps_itself (void)
{
  g_autofree char *folder = g_dir_make_tmp ("barista-session-XXXXXX", NULL);
  g_autoptr (BaristaSetupStore) store = barista_setup_store_new (folder);
  g_autoptr (BaristaSetup) setup = barista_setup_new ();
  g_autoptr (GAsyncResult) result = NULL;
  BaristaSession *session = barista_session_new (setup);
  g_autoptr (BaristaSetupEntry) entry = NULL;
  g_autofree char *profile = g_build_filename (folder, "one.barista", NULL);
  g_autofree char *notes = g_build_filename (folder, "one.notes.json", NULL);

  barista_session_set_store (session, store, "one");
  barista_setup_set_task_name (setup, "acmeCo/prod/tinybird");
  barista_session_set_step (session, BARISTA_STEP_SIGN_IN);
  g_object_unref (session); /* the window was closed before the pause was over */
  barista_setup_store_flush (store);

  g_assert_true (g_file_test (profile, G_FILE_TEST_EXISTS));
  entry = g_list_model_get_item (G_LIST_MODEL (store), 0);
  g_assert_cmpstr (barista_setup_entry_get_task (entry), ==, "acmeCo/prod/tinybird");
  g_assert_cmpstr (barista_setup_entry_get_step (entry), ==, "sign-in");

  g_assert_cmpint (remove (profile), ==, 0);
  g_assert_cmpint (remove (notes), ==, 0);
  g_assert_cmpint (remove (folder), ==, 0);
}

int
main (int argc, char **argv)
{
  g_setenv ("SECRET_BACKEND", "file", TRUE);
  g_setenv ("SECRET_FILE_TEST_PATH", "/nonexistent/keyring", TRUE);
  g_setenv ("SECRET_FILE_TEST_PASSWORD", "test", TRUE);
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/session/practice", test_practice);
  g_test_add_func ("/session/typing-is-one-check", test_typing_is_one_check);
  g_test_add_func ("/session/chosen-topic-gets-its-table", test_chosen_topic_gets_its_table);
  g_test_add_func ("/session/tables-come-later", test_tables_come_later);
  g_test_add_func ("/session/gone-while-making", test_gone_while_making);
  g_test_add_func ("/session/group-is-probed-again", test_group_is_probed_again);
  g_test_add_func ("/session/doubt", test_doubt);
  g_test_add_func ("/session/undo", test_undo);
  g_test_add_func ("/session/undo-of-many", test_undo_of_many);
  g_test_add_func ("/session/undo-of-topics", test_undo_of_topics);
  g_test_add_func ("/session/undo-of-sinks", test_undo_of_sinks);
  g_test_add_func ("/session/stop", test_stop);
  g_test_add_func ("/session/stages-at-once", test_stages_at_once);
  g_test_add_func ("/session/stop-a-look", test_stop_a_look);
  g_test_add_func ("/session/look-fails", test_look_fails);
  g_test_add_func ("/session/gone-while-checking", test_gone_while_checking);
  g_test_add_func ("/session/artefacts", test_artefacts);
  g_test_add_func ("/session/keeps-itself", test_keeps_itself);

  return g_test_run ();
}
