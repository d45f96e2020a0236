/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "barista-cause.h"
#include "barista-letters.h"
#include "barista-mend.h"
#include "barista-result-row.h"

#include "ui-drive.h"
#include "ui-stages.h"

#include <string.h>

#define KAFKA BARISTA_SERVICE_KAFKA
#define REGISTRY BARISTA_SERVICE_REGISTRY

static BaristaSetup *
setup_new (const char *server)
{
  BaristaSetup *setup = barista_setup_new ();
  const char *const servers[] = { server, NULL };

  barista_setup_set_task_name (setup, "acmeCo/prod/tinybird");
  if (server != NULL)
    barista_setup_set_bootstrap_servers (setup, servers);
  return setup;
}

/* Remedies that have no button: it goes on by itself, Next does it, or the window can't. */
static const char *const silent[] = { "continue", "fix", "keep-waiting", "undo" };

static void
test_each_remedy_is_known (void)
{
  guint n;
  const BaristaCause *causes = barista_causes (&n);

  for (guint i = 0; i < n; i++)
    {
      g_auto (GStrv) ids = g_strsplit (causes[i].remedies != NULL ? causes[i].remedies : "", " ",
                                       -1);

      for (guint j = 0; ids[j] != NULL; j++)
        {
          gboolean is_silent = g_strv_contains (silent, ids[j]) || *ids[j] == '\0';

          if (*ids[j] != '\0' && !barista_remedy_is_known (ids[j]))
            g_error ("%s: nobody knows the remedy “%s”", causes[i].id, ids[j]);
          g_assert_true ((barista_remedy_get_label (ids[j]) == NULL) == is_silent);
        }
    }
}

typedef struct
{
  const char *id;
  const char *server;
  BaristaFact fact;
  const char *text;
  const char *wanted; /* the server then */
} ServerCase;

static void
test_mends_of_the_server (void)
{
  static const ServerCase cases[] = {
    { "use-host-port", "https://dekaf.estuary-data.com/", BARISTA_FACT_VALUE,
      "https://dekaf.estuary-data.com/", "dekaf.estuary-data.com:9092" },
    { "use-9092", "dekaf.estuary-data.com:443", BARISTA_FACT_HOST, "dekaf.estuary-data.com",
      "dekaf.estuary-data.com:9092" },
    { "use-name", "dekaf.estuary-data.com:9092", BARISTA_FACT_CERTIFICATE_NAMES,
      "dekaf.example.com", "dekaf.example.com:9092" },
    { "use-default", "dekaf.estuary-dta.com:9092", BARISTA_FACT_HOST, "dekaf.estuary-dta.com",
      "dekaf.estuary-data.com:9092" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (BaristaSetup) setup = setup_new (cases[i].server);
      g_autoptr (BaristaStageReport) stage = ui_stage_with (KAFKA, BARISTA_STAGE_LINT,
                                                            "address-invalid", 1, cases[i].fact,
                                                            cases[i].text, 0);

      g_assert_true (barista_mend_can (cases[i].id, setup, stage));
      barista_mend (cases[i].id, setup, stage);
      g_assert_cmpstr (barista_setup_get_bootstrap_servers (setup)[0], ==, cases[i].wanted);
    }
}

/* Of several servers only the one that was meant changes. */
static void
test_mends_one_of_several (void)
{
  static const char *const servers[] = { "a.example.com:9092", "dekaf.estuary-data.com:80", NULL };
  g_autoptr (BaristaSetup) setup = setup_new (NULL);
  g_autoptr (BaristaStageReport) stage = ui_stage (KAFKA, BARISTA_STAGE_HELLO, "server-is-http", 1);

  barista_setup_set_bootstrap_servers (setup, servers);
  barista_mend ("use-9092", setup, stage);
  g_assert_cmpstr (barista_setup_get_bootstrap_servers (setup)[0], ==, "a.example.com:9092");
  g_assert_cmpstr (barista_setup_get_bootstrap_servers (setup)[1], ==,
                   "dekaf.estuary-data.com:9092");
}

static void
test_mends_that_cannot (void)
{
  g_autoptr (BaristaSetup) setup = setup_new ("dekaf.estuary-data.com:9092");
  g_autoptr (BaristaSetup) other = barista_setup_new ();
  g_autoptr (BaristaStageReport) wildcard = ui_stage_with (KAFKA, BARISTA_STAGE_TLS,
                                                           "tls-wrong-host", 1,
                                                           BARISTA_FACT_CERTIFICATE_NAMES,
                                                           "*.example.com", 0);
  g_autoptr (BaristaStageReport) mechanism = ui_stage_with (KAFKA, BARISTA_STAGE_SASL,
                                                            "sasl-mechanism-refused", 1,
                                                            BARISTA_FACT_MECHANISMS, "GSSAPI", 0);

  g_assert_false (barista_mend_can ("use-name", setup, wildcard));
  g_assert_false (barista_mend_can ("use-9092", setup, wildcard)); /* it is 9092 */
  g_assert_false (barista_mend_can ("use-mechanism", setup, mechanism));
  g_assert_false (barista_mend_can ("use-sasl-ssl", setup, wildcard)); /* it is that */
  g_assert_false (barista_mend_can ("use-default", other, wildcard));  /* no task */
  g_assert_false (barista_mend_can ("convert", setup, mechanism));     /* it is the task's */
  g_assert_false (barista_mend_can ("leave-out", setup, mechanism));   /* of no topic */
  g_assert_false (barista_mend_can ("no-such-remedy", setup, mechanism));
}

static void
test_mends_of_the_sign_in (void)
{
  g_autoptr (BaristaSetup) setup = setup_new (NULL);
  g_autoptr (BaristaStageReport) mechanism = ui_stage_with (KAFKA, BARISTA_STAGE_SASL,
                                                            "sasl-mechanism-refused", 1,
                                                            BARISTA_FACT_MECHANISMS,
                                                            "SCRAM-SHA-256", 0);
  g_autoptr (BaristaStageReport) refused = ui_stage (KAFKA, BARISTA_STAGE_SASL,
                                                     "sign-in-not-offered", 1);

  barista_mend ("use-mechanism", setup, mechanism);
  g_assert_cmpint (barista_setup_get_mechanism (setup), ==, BARISTA_MECHANISM_SCRAM_SHA_256);
  barista_mend ("use-no-sign-in", setup, refused);
  g_assert_cmpint (barista_setup_get_security (setup), ==, BARISTA_SECURITY_SSL);
  barista_mend ("use-sasl-ssl", setup, refused);
  g_assert_cmpint (barista_setup_get_security (setup), ==, BARISTA_SECURITY_SASL_SSL);

  barista_setup_set_username (setup, "{\"deletions\":\"kafka\"}");
  g_assert_true (barista_mend_can ("convert", setup, refused));
  barista_mend ("convert", setup, refused);
  g_assert_cmpstr (barista_setup_get_username (setup), ==, "acmeCo/prod/tinybird");
}

static void
test_mends_of_the_registry (void)
{
  g_autoptr (BaristaSetup) setup = setup_new (NULL);
  g_autoptr (BaristaStageReport) stage = ui_stage (REGISTRY, BARISTA_STAGE_LINT,
                                                   "registry-url-has-credentials", 1);

  barista_setup_set_registry_url (setup, "https://other%2Ftask@registry.example.com");
  barista_mend ("move-credentials", setup, stage);
  g_assert_cmpstr (barista_setup_get_registry_url (setup), ==, "https://registry.example.com");
  g_assert_false (barista_setup_get_registry_same_sign_in (setup));
  g_assert_cmpstr (barista_setup_get_registry_username (setup), ==, "other/task");

  barista_mend ("use-kafka-sign-in", setup, stage);
  g_assert_true (barista_setup_get_registry_same_sign_in (setup));
  barista_mend ("use-default", setup, stage);
  g_assert_cmpstr (barista_setup_get_registry_url (setup), ==, "https://dekaf.estuary-data.com");
}

static void
test_mends_of_topics (void)
{
  g_autoptr (BaristaSetup) setup = setup_new (NULL);
  g_autoptr (BaristaTopicChoice) orders = barista_topic_choice_new ("acmeCo/ordrs");
  g_autoptr (BaristaTopicChoice) users = barista_topic_choice_new ("acmeCo/users");
  g_autoptr (BaristaStageReport) unknown = ui_stage_of_topic (BARISTA_STAGE_TOPIC, "acmeCo/ordrs",
                                                              "topic-unknown", BARISTA_FACT_CLOSEST,
                                                              "acmeCo/orders");
  g_autoptr (BaristaStageReport) used = ui_stage_of_topic (BARISTA_STAGE_GROUP, "acmeCo/users",
                                                           "group-already-used", BARISTA_FACT_GROUP,
                                                           "users");
  BaristaTopicChoice *choice;

  barista_setup_add_topic (setup, orders);
  barista_setup_add_topic (setup, users);
  barista_mend ("pick", setup, unknown);
  g_assert_null (barista_setup_find_topic (setup, "acmeCo/ordrs"));
  g_assert_nonnull (barista_setup_find_topic (setup, "acmeCo/orders"));

  /* The next free number. */
  choice = barista_setup_find_topic (setup, "acmeCo/orders");
  g_object_set (choice, "group-id", "users-2", NULL);
  barista_mend ("use-new-name", setup, used);
  g_assert_cmpstr (barista_topic_choice_get_group_id (users), ==, "users-3");

  barista_mend ("use-document", setup, used);
  g_assert_cmpint (barista_topic_choice_get_plan (users), ==, BARISTA_PLAN_SOFT_DOCUMENT);
  barista_mend ("leave-out", setup, used);
  g_assert_null (barista_setup_find_topic (setup, "acmeCo/users"));
}

static void
test_request_asks_for_what_is_there (void)
{
  g_autoptr (BaristaSetup) setup = setup_new (NULL);
  g_autoptr (BaristaSetup) other = barista_setup_new ();
  static const char *const servers[] = { "kafka.example.com:9093", NULL };
  g_autofree char *dekaf = barista_letter_for_token (setup);
  g_autofree char *kafka = NULL;

  g_assert_nonnull (strstr (dekaf, "acmeCo/prod/tinybird"));
  g_assert_nonnull (strstr (dekaf, "Estuary"));

  barista_setup_set_bootstrap_servers (other, servers);
  barista_setup_set_username (other, "ana");
  kafka = barista_letter_for_token (other);
  g_assert_nonnull (strstr (kafka, "ana"));
  g_assert_nonnull (strstr (kafka, "kafka.example.com:9093"));
  g_assert_null (strstr (kafka, "Estuary"));
}

/* --- the row --- */

static BaristaSession *
refused_session_new (void)
{
  static const char *const scenarios[] = { "refuse-sign-in", NULL };
  BaristaPracticeOptions options = BARISTA_PRACTICE_OPTIONS_INIT;
  g_autoptr (GError) error = NULL;
  g_autoptr (BaristaPractice) practice = NULL;
  BaristaSession *session;

  options.scenarios = scenarios;
  practice = barista_practice_start (&options, &error);
  g_assert_no_error (error);
  session = barista_session_new_for_practice (practice, &error);
  g_assert_no_error (error);

  return session;
}

static void
test_row_is_a_checklist (void)
{
  g_autoptr (BaristaSession) session = refused_session_new ();
  GtkWidget *row = g_object_ref_sink (g_object_new (BARISTA_TYPE_RESULT_ROW, NULL));
  GtkWidget *elsewhere = g_object_ref_sink (g_object_new (BARISTA_TYPE_RESULT_ROW, NULL));

  barista_result_row_follow (BARISTA_RESULT_ROW (row), session, BARISTA_STEP_SIGN_IN);
  barista_result_row_follow (BARISTA_RESULT_ROW (elsewhere), session, BARISTA_STEP_SERVER);
  g_assert_false (gtk_widget_get_visible (row));
  ui_wait_idle (session);

  /* One home, and one only. */
  g_assert_true (gtk_widget_get_visible (row));
  g_assert_false (gtk_widget_get_visible (elsewhere));
  g_assert_nonnull (ui_find_label (row, GTK_TYPE_LABEL, "Sign-in refused"));
  g_assert_nonnull (ui_find_label (row, GTK_TYPE_BUTTON, "Open Estuary"));
  g_assert_nonnull (ui_find_label (row, GTK_TYPE_BUTTON, "Paste Token"));
  g_assert_nonnull (ui_find_label (row, GTK_TYPE_BUTTON, "Copy Request"));
  g_assert_nonnull (ui_find_label (row, GTK_TYPE_BUTTON, "Try Again"));

  g_object_unref (row);
  g_object_unref (elsewhere);
}

/* Press the button, and what it says is done. */
static void
test_row_mends (void)
{
  g_autoptr (BaristaSession) session = refused_session_new ();
  BaristaSetup *setup = barista_session_get_setup (session);
  GtkWidget *row = g_object_ref_sink (g_object_new (BARISTA_TYPE_RESULT_ROW, NULL));
  g_autoptr (BaristaStageReport) stage = ui_stage (KAFKA, BARISTA_STAGE_HELLO,
                                                   "plaintext-server-tls", 1);

  ui_wait_idle (session);
  barista_setup_set_security (setup, BARISTA_SECURITY_PLAINTEXT);
  barista_result_row_follow (BARISTA_RESULT_ROW (row), session, BARISTA_STEP_REVIEW);
  barista_result_row_show (BARISTA_RESULT_ROW (row), stage);
  ui_click (row, "Switch to SASL_SSL");
  g_assert_cmpint (barista_setup_get_security (setup), ==, BARISTA_SECURITY_SASL_SSL);
  g_assert_cmpstr (barista_session_get_undo_name (session), ==, "Switch to SASL_SSL");

  g_object_unref (row);
}

int
main (int argc, char **argv)
{
  gtk_test_init (&argc, &argv);
  adw_init ();

  g_test_add_func ("/remedies/each-is-known", test_each_remedy_is_known);
  g_test_add_func ("/remedies/server", test_mends_of_the_server);
  g_test_add_func ("/remedies/one-of-several", test_mends_one_of_several);
  g_test_add_func ("/remedies/that-cannot", test_mends_that_cannot);
  g_test_add_func ("/remedies/sign-in", test_mends_of_the_sign_in);
  g_test_add_func ("/remedies/registry", test_mends_of_the_registry);
  g_test_add_func ("/remedies/topics", test_mends_of_topics);
  g_test_add_func ("/remedies/request", test_request_asks_for_what_is_there);
  g_test_add_func ("/remedies/row/checklist", test_row_is_a_checklist);
  g_test_add_func ("/remedies/row/mends", test_row_mends);

  return g_test_run ();
}
