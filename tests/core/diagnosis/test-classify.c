/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "barista-cause.h"

#include <string.h>

/* A row of the table: what a stage saw, as a report would hold it, and what it must be called. */
typedef struct
{
  BaristaService service;
  BaristaStage stage;
  const char *evidence;
  const char *cause; /* NULL: passed with nothing to say */
  gboolean failed;
} Row;

#define K BARISTA_SERVICE_KAFKA
#define R BARISTA_SERVICE_REGISTRY

static const Row rows[] = {
  { K, BARISTA_STAGE_LINT, "{'end':'ok'}", NULL, FALSE },
  { K, BARISTA_STAGE_LINT, "{'end':'ok','port_added':true}", "port-added", FALSE },
  { K, BARISTA_STAGE_LINT, "{'end':'invalid','lint':'address-is-url'}", "address-is-url", TRUE },
  { K, BARISTA_STAGE_LINT, "{'end':'invalid','lint':'no-such-lint'}", "unclassified", TRUE },
  { K, BARISTA_STAGE_NAME, "{'end':'name-not-found','connectivity':'full'}", "name-not-found",
    TRUE },
  { K, BARISTA_STAGE_NAME, "{'end':'name-not-found','connectivity':'none'}", "offline", TRUE },
  { K, BARISTA_STAGE_NAME,
    "{'end':'name-not-found','connectivity':'none','other_service_reached':true}", "name-not-found",
    TRUE },
  { K, BARISTA_STAGE_NAME, "{'end':'name-trouble'}", "name-lookup-failed", TRUE },
  { K, BARISTA_STAGE_NAME, "{'end':'silent'}", "name-lookup-failed", TRUE },
  { K, BARISTA_STAGE_TCP, "{'end':'refused'}", "connection-refused", TRUE },
  { K, BARISTA_STAGE_TCP, "{'end':'silent'}", "connection-timed-out", TRUE },
  { K, BARISTA_STAGE_TCP, "{'end':'silent','connectivity':'portal'}", "captive-portal", TRUE },
  { K, BARISTA_STAGE_TCP, "{'end':'unreachable'}", "no-route", TRUE },
  { K, BARISTA_STAGE_TCP, "{'end':'unreachable','sandbox':true}", "sandbox-no-network", TRUE },
  { K, BARISTA_STAGE_TLS, "{'end':'ca-file'}", "ca-file-invalid", TRUE },
  { K, BARISTA_STAGE_TLS, "{'end':'certificate','tls_flags':['expired','unknown-ca']}",
    "tls-unknown-ca", TRUE },
  { K, BARISTA_STAGE_TLS, "{'end':'certificate','tls_flags':['bad-identity','expired']}",
    "tls-wrong-host", TRUE },
  { K, BARISTA_STAGE_TLS, "{'end':'certificate','tls_flags':['not-activated']}",
    "tls-not-yet-valid", TRUE },
  { K, BARISTA_STAGE_TLS, "{'end':'certificate','tls_flags':['expired']}", "tls-expired", TRUE },
  { K, BARISTA_STAGE_TLS, "{'end':'certificate','tls_flags':['insecure']}", "tls-weak-certificate",
    TRUE },
  { K, BARISTA_STAGE_TLS, "{'end':'tls','first_bytes':'485454502f'}", "tls-server-http", TRUE },
  { K, BARISTA_STAGE_TLS, "{'end':'tls','first_bytes':'15030100020246'}", "tls-no-common-version",
    TRUE },
  { K, BARISTA_STAGE_TLS, "{'end':'tls','first_bytes':'1503','tls_certificate_requested':true}",
    "tls-client-certificate-required", TRUE },
  { K, BARISTA_STAGE_TLS, "{'end':'closed','second_look':'kafka'}", "tls-server-plaintext", TRUE },
  { K, BARISTA_STAGE_TLS, "{'end':'closed','second_look':'closed'}", "connection-closed-at-once",
    TRUE },
  { K, BARISTA_STAGE_TLS, "{'end':'silent','waited_s':10}", "server-silent", TRUE },
  { K, BARISTA_STAGE_HELLO, "{'end':'garbage','first_answer':'485454502f312e31'}", "server-is-http",
    TRUE },
  { K, BARISTA_STAGE_HELLO, "{'end':'garbage','first_answer':'53534820'}", "server-not-kafka",
    TRUE },
  { K, BARISTA_STAGE_HELLO,
    "{'end':'garbage','first_bytes':'15030100020246','security_protocol':'SASL_PLAINTEXT'}",
    "plaintext-server-tls", TRUE },
  { K, BARISTA_STAGE_HELLO, "{'end':'closed','second_look':'tls','security_protocol':'PLAINTEXT'}",
    "plaintext-server-tls", TRUE },
  { K, BARISTA_STAGE_HELLO, "{'end':'closed','second_look':'open'}", "server-not-kafka", TRUE },
  { K, BARISTA_STAGE_HELLO, "{'end':'closed','second_look':'open','waited_s':10}", "server-silent",
    TRUE },
  { K, BARISTA_STAGE_HELLO, "{'end':'closed','tls_certificate_requested':true}",
    "tls-client-certificate-required", TRUE },
  { K, BARISTA_STAGE_HELLO, "{'end':'no-version','api':'ApiVersions'}", "no-common-api-version",
    TRUE },
  { K, BARISTA_STAGE_SASL, "{'end':'kafka-error','kafka_error':58}", "sign-in-refused", TRUE },
  { K, BARISTA_STAGE_SASL, "{'end':'kafka-error','kafka_error':58,'managed':true}",
    "task-not-published", TRUE },
  { K, BARISTA_STAGE_SASL, "{'end':'kafka-error','kafka_error':58,'managed':true,'published':true}",
    "sign-in-refused", TRUE },
  { K, BARISTA_STAGE_SASL, "{'end':'kafka-error','kafka_error':58,'legacy_username':true}",
    "username-legacy", TRUE },
  { K, BARISTA_STAGE_SASL, "{'end':'kafka-error','kafka_error':-1}", "sign-in-unavailable", TRUE },
  { K, BARISTA_STAGE_SASL, "{'end':'kafka-error','kafka_error':33,'mechanisms':['SCRAM-SHA-512']}",
    "sasl-mechanism-refused", TRUE },
  { K, BARISTA_STAGE_SASL, "{'end':'kafka-error','kafka_error':33}", "sign-in-not-offered", TRUE },
  { K, BARISTA_STAGE_SASL, "{'end':'kafka-error','kafka_error':34}", "sign-in-not-offered", TRUE },
  { K, BARISTA_STAGE_SASL, "{'end':'closed'}", "sign-in-closed", TRUE },
  { K, BARISTA_STAGE_SASL, "{'end':'unproven'}", "sign-in-unproven", TRUE },
  { K, BARISTA_STAGE_SASL, "{'end':'garbage'}", "sign-in-garbled", TRUE },
  { K, BARISTA_STAGE_SASL, "{'end':'invalid'}", "sign-in-unusable", TRUE },
  { K, BARISTA_STAGE_SASL, "{'end':'silent'}", "sign-in-unavailable", TRUE },
  { K, BARISTA_STAGE_METADATA, "{'end':'ok','topics':0}", "no-topics", TRUE },
  { K, BARISTA_STAGE_METADATA, "{'end':'ok','topics':3}", NULL, FALSE },
  { K, BARISTA_STAGE_METADATA, "{'end':'ok','topics':3,'advertised':'b:9092','dekaf':true}",
    "redirected", FALSE },
  { K, BARISTA_STAGE_METADATA, "{'end':'ok','topics':3,'advertised':'b:9092'}", NULL, FALSE },
  { K, BARISTA_STAGE_METADATA,
    "{'end':'ok','topics':3,'advertised':'b:9092','advertised_cause':'connection-refused'}",
    "redirect-unreachable", TRUE },
  { K, BARISTA_STAGE_METADATA,
    "{'end':'ok','topics':3,'advertised':'b:9092','advertised_cause':'sign-in-refused'}",
    "redirect-refused", TRUE },
  { K, BARISTA_STAGE_METADATA, "{'end':'closed','security_protocol':'SASL_SSL'}", "metadata-closed",
    TRUE },
  { K, BARISTA_STAGE_METADATA, "{'end':'closed','security_protocol':'SSL'}", "sign-in-required",
    TRUE },
  { K, BARISTA_STAGE_TOPIC, "{'end':'kafka-error','kafka_error':5}", "topic-not-ready", TRUE },
  { K, BARISTA_STAGE_TOPIC, "{'end':'ok','partitions':0}", "topic-not-ready", TRUE },
  { K, BARISTA_STAGE_TOPIC, "{'end':'kafka-error','kafka_error':3}", "topic-unknown", TRUE },
  { K, BARISTA_STAGE_TOPIC, "{'end':'kafka-error','kafka_error':29}", "topic-forbidden", TRUE },
  { K, BARISTA_STAGE_SAMPLE, "{'end':'kafka-error','kafka_error':5}", "topic-schema-trouble",
    TRUE },
  { K, BARISTA_STAGE_SAMPLE, "{'end':'ok','records':0}", "topic-empty", FALSE },
  { K, BARISTA_STAGE_SAMPLE,
    "{'end':'ok','records':0,'stopped_partition':0,'last_stable_offset':0,'high_watermark':2}",
    "transaction-open", FALSE },
  { K, BARISTA_STAGE_SAMPLE, "{'end':'ok','records':2,'aborted':2}", NULL, FALSE },
  { K, BARISTA_STAGE_SAMPLE, "{'end':'ok','records':2,'unreached_partitions':1}",
    "partitions-unreachable", TRUE },
  { K, BARISTA_STAGE_SAMPLE,
    "{'end':'ok','records':2,'unreached_partitions':0,'unasked_partitions':3}",
    "partitions-not-asked", FALSE },
  { K, BARISTA_STAGE_SAMPLE, "{'end':'kafka-error','kafka_error':6}", "leader-moved", TRUE },
  { K, BARISTA_STAGE_SAMPLE, "{'end':'undecodable'}", "record-undecodable", TRUE },
  { K, BARISTA_STAGE_SAMPLE, "{'end':'closed'}", "reading-closed", TRUE },
  { K, BARISTA_STAGE_GROUP, "{'end':'invalid','lint':'group-shared-in-project'}",
    "group-shared-in-project", TRUE },
  { K, BARISTA_STAGE_GROUP, "{'end':'ok','committed':-1}", NULL, FALSE },
  { K, BARISTA_STAGE_GROUP,
    "{'end':'ok','committed':-1,'joined_together':false,'unready_topics':['a']}", "group-held-back",
    FALSE },
  { K, BARISTA_STAGE_GROUP, "{'end':'ok','committed':-1,'joined_together':true}", NULL, FALSE },
  { K, BARISTA_STAGE_GROUP, "{'end':'ok','committed':12}", "group-already-used", TRUE },
  { K, BARISTA_STAGE_GROUP, "{'end':'ok','committed':12,'deployed':true}", "group-already-used",
    FALSE },
  { K, BARISTA_STAGE_GROUP, "{'end':'kafka-error','kafka_error':15}",
    "group-coordinator-unavailable", TRUE },
  { K, BARISTA_STAGE_GROUP, "{'end':'kafka-error','kafka_error':30}", "group-forbidden", TRUE },
  { R, BARISTA_STAGE_REGISTRY,
    "{'end':'status','status':401,'body':'\\\"Invalid username or password\\\"'}",
    "sign-in-refused", TRUE },
  { R, BARISTA_STAGE_REGISTRY,
    "{'end':'status','status':401,'body':'\\\"Invalid username or password\\\"','managed':true}",
    "task-not-published", TRUE },
  { R, BARISTA_STAGE_REGISTRY, "{'end':'status','status':401}", "registry-refused", TRUE },
  { R, BARISTA_STAGE_REGISTRY,
    "{'end':'status','status':400,'body':'Header of type `authorization` was missing'}",
    "registry-refused", TRUE },
  { R, BARISTA_STAGE_REGISTRY,
    "{'end':'status','status':400,'topic':'a/b','body':'collection a/b does not exist'}",
    "schema-missing", TRUE },
  { R, BARISTA_STAGE_REGISTRY, "{'end':'status','status':404,'topic':'a/b'}", "schema-missing",
    TRUE },
  { R, BARISTA_STAGE_REGISTRY, "{'end':'status','status':404}", "registry-not-found", TRUE },
  { R, BARISTA_STAGE_REGISTRY, "{'end':'closed'}", "registry-not-found", TRUE },
  { R, BARISTA_STAGE_REGISTRY, "{'end':'closed','status':200}", "unclassified", TRUE },
  { R, BARISTA_STAGE_NAME, "{'end':'ca-file'}", "ca-file-invalid", TRUE },
  { R, BARISTA_STAGE_REGISTRY, "{'end':'status','status':503}", "registry-error", TRUE },
  { K, BARISTA_STAGE_SAMPLE, "{'end':'status','status':503}", "registry-error", TRUE },
  { K, BARISTA_STAGE_SAMPLE, "{'end':'status','status':401}", "registry-refused", TRUE },
  { R, BARISTA_STAGE_REGISTRY, "{'end':'not-json','content_type':'text/html'}", "registry-not-json",
    TRUE },
  { R, BARISTA_STAGE_REGISTRY, "{'end':'unsupported'}", "schema-unsupported", TRUE },
  { R, BARISTA_STAGE_TCP, "{'end':'refused'}", "connection-refused", TRUE },
  { K, BARISTA_STAGE_GROUP, "{'end':'io'}", "unclassified", TRUE },
};

static BaristaEvidence *
read_evidence (const Row *row)
{
  g_autofree char *text = g_strdup (row->evidence);
  g_autoptr (JsonNode) node = NULL;
  g_autoptr (GError) error = NULL;

  g_strdelimit (text, "'", '"');
  node = json_from_string (text, &error);
  g_assert_no_error (error);

  return barista_evidence_from_json (row->service, row->stage, json_node_get_object (node));
}

static void
test_rows (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (BaristaEvidence) evidence = read_evidence (&rows[i]);
      BaristaVerdict verdict = barista_classify (evidence);

      g_test_message ("%s %s", barista_stage_to_string (rows[i].stage), rows[i].evidence);
      g_assert_cmpstr (verdict.cause != NULL ? verdict.cause->id : NULL, ==, rows[i].cause);
      g_assert_cmpint (verdict.failed, ==, rows[i].failed);
    }
}

static void
test_every_certificate_fault_is_told (void)
{
  Row row = { K, BARISTA_STAGE_TLS,
              "{'end':'certificate','host':'a.example','certificate_issuer':'CN=Other',"
              "'tls_flags':['expired','bad-identity','unknown-ca']}",
              NULL, TRUE };
  g_autoptr (BaristaEvidence) evidence = read_evidence (&row);
  BaristaVerdict verdict = barista_classify (evidence);
  g_autofree char *title = barista_cause_format_title (verdict.cause, evidence);
  g_autofree char *body = barista_cause_format_body (verdict.cause, evidence);

  g_assert_cmpstr (title, ==, "Certificate not trusted");
  g_assert_cmpstr (body, ==,
                   "a.example's certificate was issued by “CN=Other”, which isn't trusted here. "
                   "It is also expired, for another server.");
  g_assert_cmpstr (verdict.hints[0], ==, "tls-wrong-host");
  g_assert_cmpstr (verdict.hints[1], ==, "tls-expired");
  g_assert_null (verdict.hints[2]);
}

static void
test_odd_characters_are_told (void)
{
  Row refused = { K, BARISTA_STAGE_SASL,
                  "{'end':'kafka-error','kafka_error':58,'odd_characters':true}", NULL, TRUE };
  Row other = { K, BARISTA_STAGE_SASL,
                "{'end':'kafka-error','kafka_error':33,'odd_characters':true}", NULL, TRUE };
  g_autoptr (BaristaEvidence) evidence = read_evidence (&refused);
  g_autoptr (BaristaEvidence) other_evidence = read_evidence (&other);
  BaristaVerdict verdict = barista_classify (evidence);

  g_assert_cmpstr (verdict.cause->id, ==, "sign-in-refused");
  g_assert_cmpstr (verdict.hints[0], ==, "sign-in-characters");
  g_assert_null (barista_classify (other_evidence).hints[0]);
}

static void
test_texts_name_the_server_s_kind (void)
{
  Row row = { K, BARISTA_STAGE_SASL, "{'end':'kafka-error','kafka_error':58,'host':'k.example'}",
              NULL, TRUE };
  g_autoptr (BaristaEvidence) evidence = read_evidence (&row);
  const BaristaCause *cause = barista_cause_find ("sign-in-refused");
  g_autofree char *other = barista_cause_format_body (cause, evidence);
  g_autofree char *dekaf = NULL;

  barista_evidence_set_flag (evidence, BARISTA_FACT_DEKAF, TRUE);
  dekaf = barista_cause_format_body (cause, evidence);
  g_assert_null (strstr (other, "Estuary"));
  g_assert_nonnull (strstr (other, "k.example"));
  g_assert_nonnull (strstr (dekaf, "Estuary"));
}

/* A password isn't a token, and a registry with a sign-in of its own hasn't Kafka's. */
static void
test_texts_name_whose_sign_in_it_is (void)
{
  static const struct
  {
    const char *cause;
    BaristaService service;
    BaristaStage stage;
    const char *evidence, *title, *body;
  } texts[] = {
    { "password-empty", K, BARISTA_STAGE_LINT, "{'dekaf':true,'username':'a/b'}",
      "Enter the auth token", "a/b has none here." },
    { "password-empty", K, BARISTA_STAGE_LINT, "{'username':'u'}", "Enter the password",
      "u has none here." },
    { "password-empty", R, BARISTA_STAGE_LINT, "{'dekaf':true,'username':'a/b'}",
      "Schema registry: Enter the auth token", "a/b has none here." },
    { "password-empty", R, BARISTA_STAGE_LINT,
      "{'dekaf':true,'username':'u','registry_sign_in':'own'}",
      "Schema registry: Enter the password", "u has none here." },
    { "registry-refused", R, BARISTA_STAGE_REGISTRY, "{'dekaf':true}",
      "Schema registry refused the sign-in", "It uses the same name and token as Kafka." },
    { "registry-refused", R, BARISTA_STAGE_REGISTRY, "{'dekaf':true,'registry_sign_in':'own'}",
      "Schema registry refused the sign-in", "Check the registry's name and password." },
    { "registry-refused", K, BARISTA_STAGE_SAMPLE, "{'dekaf':true,'registry_sign_in':'own'}",
      "Schema registry refused the sign-in", "Check the registry's name and password." },
    { "registry-refused", R, BARISTA_STAGE_REGISTRY, "{'dekaf':true,'registry_sign_in':'none'}",
      "Schema registry wants a sign-in",
      "It was asked without one. Give it a user name and a password." },
  };

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      Row row = { texts[i].service, texts[i].stage, texts[i].evidence, texts[i].cause, TRUE };
      g_autoptr (BaristaEvidence) evidence = read_evidence (&row);
      const BaristaCause *cause = barista_cause_find (texts[i].cause);
      g_autofree char *title = barista_cause_format_title (cause, evidence);
      g_autofree char *body = barista_cause_format_body (cause, evidence);

      g_assert_cmpstr (title, ==, texts[i].title);
      g_assert_cmpstr (body, ==, texts[i].body);
    }
}

static void
test_words_of_the_other_side_stay_one_line (void)
{
  g_autoptr (BaristaEvidence) evidence = barista_evidence_new (BARISTA_SERVICE_REGISTRY,
                                                               BARISTA_STAGE_REGISTRY);
  g_autofree char *long_text = g_strnfill (100000, 'x');
  g_autofree char *body = NULL;

  memcpy (long_text, "\xff\n\x1b[31m{host}", 13);
  barista_evidence_set_text (evidence, BARISTA_FACT_BODY, long_text);
  body = barista_cause_format_body (barista_cause_find ("registry-error"), evidence);
  g_assert_true (g_utf8_validate (body, -1, NULL));
  g_assert_null (strchr (body, '\n'));
  g_assert_null (strchr (body, 0x1b));
  g_assert_nonnull (strstr (body, "{host}"));
  g_assert_cmpuint (strlen (body), <, 300);
}

static void
test_evidence_survives_a_report (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (BaristaEvidence) evidence = read_evidence (&rows[i]);
      g_autoptr (JsonObject) json = barista_evidence_to_json (evidence);
      g_autoptr (BaristaEvidence) again = barista_evidence_from_json (rows[i].service,
                                                                      rows[i].stage, json);

      g_assert_true (barista_classify (evidence).cause == barista_classify (again).cause);
    }
}

static void
test_table_is_whole (void)
{
  g_autoptr (GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);
  guint n;
  const BaristaCause *causes = barista_causes (&n);

  g_assert_cmpuint (n, >, 60);
  for (guint i = 0; i < n; i++)
    {
      g_assert_true (g_hash_table_add (seen, (gpointer) causes[i].id));
      g_assert_null (strchr (causes[i].title, '!'));
      g_assert_null (strchr (causes[i].body, '!'));
      g_assert_true (barista_cause_find (causes[i].id) == &causes[i]);
    }
  g_assert_null (barista_cause_find ("nope"));
  g_assert_null (barista_cause_find (NULL));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/diagnosis/classify/rows", test_rows);
  g_test_add_func ("/diagnosis/classify/certificate", test_every_certificate_fault_is_told);
  g_test_add_func ("/diagnosis/classify/odd-characters", test_odd_characters_are_told);
  g_test_add_func ("/diagnosis/cause/server-kind", test_texts_name_the_server_s_kind);
  g_test_add_func ("/diagnosis/cause/whose-sign-in", test_texts_name_whose_sign_in_it_is);
  g_test_add_func ("/diagnosis/cause/one-line", test_words_of_the_other_side_stay_one_line);
  g_test_add_func ("/diagnosis/evidence/round-trip", test_evidence_survives_a_report);
  g_test_add_func ("/diagnosis/cause/table", test_table_is_whole);
  return g_test_run ();
}
