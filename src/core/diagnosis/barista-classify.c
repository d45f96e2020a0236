/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "barista-classify-private.h"

#include <string.h>

/* Kafka error codes that decide something (the protocol's own numbers). */
enum
{
  UNKNOWN_SERVER_ERROR = -1,
  UNKNOWN_TOPIC_OR_PARTITION = 3,
  LEADER_NOT_AVAILABLE = 5,
  NOT_LEADER = 6,
  COORDINATOR_LOAD_IN_PROGRESS = 14,
  COORDINATOR_NOT_AVAILABLE = 15,
  TOPIC_AUTHORIZATION_FAILED = 29,
  GROUP_AUTHORIZATION_FAILED = 30,
  UNSUPPORTED_SASL_MECHANISM = 33,
  ILLEGAL_SASL_STATE = 34,
  SASL_AUTHENTICATION_FAILED = 58,
};

#define AT(stage) (1u << BARISTA_STAGE_##stage)
#define CONNECTING (AT (NAME) | AT (TCP))
#define GREETING (AT (TLS) | AT (HELLO))
#define READING (AT (METADATA) | AT (TOPIC) | AT (SAMPLE) | AT (GROUP))
/* The registry is asked once more where records name a schema that isn't known yet. */
#define ASKING (AT (REGISTRY) | AT (SAMPLE))
#define ANY (~0u)

/**
 * Rule:
 *
 * One row of the decision table; the first one that fits names the cause. A row with @error set asks
 * for that Kafka error code, one with @test for whatever else the evidence must show.
 */
typedef struct
{
  guint stages;
  BaristaEnd end;
  const char *cause;
  BaristaEvidenceTest test;
  gint16 error;
} Rule;

static gboolean
has_flag (const BaristaEvidence *evidence, const char *flag)
{
  guint n = barista_evidence_get_n (evidence, BARISTA_FACT_TLS_FLAGS);

  for (guint i = 0; i < n; i++)
    if (g_str_equal (barista_evidence_get_item (evidence, BARISTA_FACT_TLS_FLAGS, i), flag))
      return TRUE;

  return FALSE;
}

#define FLAG_TEST(name, flag)                            \
  static gboolean name (const BaristaEvidence *evidence) \
  {                                                      \
    return has_flag (evidence, flag);                    \
  }

FLAG_TEST (is_unknown_ca, "unknown-ca")
FLAG_TEST (is_wrong_host, "bad-identity")
FLAG_TEST (is_not_activated, "not-activated")
FLAG_TEST (is_expired, "expired")
FLAG_TEST (is_insecure, "insecure")

#define LOOK_TEST(name, look)                              \
  static gboolean name (const BaristaEvidence *evidence)   \
  {                                                        \
    return barista_evidence_get_look (evidence) == (look); \
  }

LOOK_TEST (looked_closed, BARISTA_LOOK_CLOSED)
LOOK_TEST (looked_kafka, BARISTA_LOOK_KAFKA)
LOOK_TEST (looked_tls, BARISTA_LOOK_TLS)
LOOK_TEST (looked_http, BARISTA_LOOK_HTTP)

/* Servers have limits of their own: hanging up after so long is silence too. */
#define LONG_SILENCE_S 5

static gboolean
waited_long (const BaristaEvidence *evidence)
{
  return barista_evidence_get_int (evidence, BARISTA_FACT_WAITED_S) >= LONG_SILENCE_S
         && !barista_evidence_has (evidence, BARISTA_FACT_FIRST_ANSWER);
}

static gboolean
is_sandboxed (const BaristaEvidence *evidence)
{
  return barista_evidence_get_flag (evidence, BARISTA_FACT_SANDBOX);
}

static gboolean
has_connectivity (const BaristaEvidence *evidence, const char *word)
{
  return g_strcmp0 (barista_evidence_get_text (evidence, BARISTA_FACT_CONNECTIVITY), word) == 0;
}

static gboolean
is_offline (const BaristaEvidence *evidence)
{
  return has_connectivity (evidence, "none")
         && !barista_evidence_get_flag (evidence, BARISTA_FACT_OTHER_SERVICE_REACHED);
}

static gboolean
is_behind_portal (const BaristaEvidence *evidence)
{
  return has_connectivity (evidence, "portal");
}

static gboolean
wants_certificate (const BaristaEvidence *evidence)
{
  return barista_evidence_get_flag (evidence, BARISTA_FACT_TLS_CERTIFICATE_REQUESTED);
}

static gboolean
starts_with_http (const BaristaEvidence *evidence)
{
  return barista_evidence_starts_with (evidence, BARISTA_FACT_FIRST_BYTES, "HTTP", 4)
         || barista_evidence_starts_with (evidence, BARISTA_FACT_FIRST_ANSWER, "HTTP", 4);
}

/* A TLS record: alert (21) or handshake (22), version 3.x. */
static gboolean
starts_with_tls (const BaristaEvidence *evidence)
{
  return barista_evidence_starts_with (evidence, BARISTA_FACT_FIRST_BYTES, "\x15\x03", 2)
         || barista_evidence_starts_with (evidence, BARISTA_FACT_FIRST_BYTES, "\x16\x03", 2);
}

static gboolean
is_alert_or_old (const BaristaEvidence *evidence)
{
  const char *version = barista_evidence_get_text (evidence, BARISTA_FACT_TLS_VERSION);

  return starts_with_tls (evidence) || (version != NULL && !g_str_equal (version, "unknown"));
}

static gboolean
is_unencrypted (const BaristaEvidence *evidence)
{
  const char *security = barista_evidence_get_text (evidence, BARISTA_FACT_SECURITY);

  return security != NULL && strstr (security, "PLAINTEXT") != NULL;
}

static gboolean
is_server_tls (const BaristaEvidence *evidence)
{
  return is_unencrypted (evidence) && (starts_with_tls (evidence) || looked_tls (evidence));
}

static gboolean
is_without_sign_in (const BaristaEvidence *evidence)
{
  const char *security = barista_evidence_get_text (evidence, BARISTA_FACT_SECURITY);

  return security != NULL && !g_str_has_prefix (security, "SASL");
}

static gboolean
is_unpublished (const BaristaEvidence *evidence)
{
  return barista_evidence_get_flag (evidence, BARISTA_FACT_MANAGED)
         && !barista_evidence_get_flag (evidence, BARISTA_FACT_PUBLISHED);
}

static gboolean
is_legacy (const BaristaEvidence *evidence)
{
  return barista_evidence_get_flag (evidence, BARISTA_FACT_LEGACY_USERNAME);
}

static gboolean
offers_nothing (const BaristaEvidence *evidence)
{
  return barista_evidence_get_n (evidence, BARISTA_FACT_MECHANISMS) == 0;
}

static gboolean
lists_nothing (const BaristaEvidence *evidence)
{
  return barista_evidence_has (evidence, BARISTA_FACT_TOPICS)
         && barista_evidence_get_int (evidence, BARISTA_FACT_TOPICS) == 0;
}

static gboolean
is_advertised_refusal (const BaristaEvidence *evidence)
{
  const char *cause = barista_evidence_get_text (evidence, BARISTA_FACT_ADVERTISED_CAUSE);

  return cause != NULL && g_str_has_prefix (cause, "sign-in");
}

static gboolean
is_advertised_trouble (const BaristaEvidence *evidence)
{
  return barista_evidence_has (evidence, BARISTA_FACT_ADVERTISED_CAUSE);
}

static gboolean
has_no_partitions (const BaristaEvidence *evidence)
{
  return barista_evidence_has (evidence, BARISTA_FACT_PARTITIONS)
         && barista_evidence_get_int (evidence, BARISTA_FACT_PARTITIONS) == 0;
}

static gboolean
has_unreached (const BaristaEvidence *evidence)
{
  return barista_evidence_get_int (evidence, BARISTA_FACT_UNREACHED_PARTITIONS) > 0;
}

static gboolean
has_status (const BaristaEvidence *evidence, guint from, guint to)
{
  gint64 status = barista_evidence_get_int (evidence, BARISTA_FACT_STATUS);

  return status >= from && status <= to;
}

static gboolean
body_says (const BaristaEvidence *evidence, const char *words)
{
  const char *body = barista_evidence_get_text (evidence, BARISTA_FACT_BODY);

  return body != NULL && strstr (body, words) != NULL;
}

/* Dekaf's older registry answers 400 to everything, and a header that is missing or malformed
 * likewise (dekaf.md 2): the words decide. */
static gboolean
is_dekaf_login (const BaristaEvidence *evidence)
{
  return has_status (evidence, 400, 401) && body_says (evidence, "Invalid username or password");
}

static gboolean
is_dekaf_login_unpublished (const BaristaEvidence *evidence)
{
  return is_dekaf_login (evidence) && is_unpublished (evidence);
}

static gboolean
is_dekaf_login_legacy (const BaristaEvidence *evidence)
{
  return is_dekaf_login (evidence) && is_legacy (evidence);
}

static gboolean
is_refused_status (const BaristaEvidence *evidence)
{
  return has_status (evidence, 401, 401) || has_status (evidence, 403, 403)
         || (has_status (evidence, 400, 400) && body_says (evidence, "uthorization"));
}

static gboolean
is_refused_unpublished (const BaristaEvidence *evidence)
{
  return is_refused_status (evidence) && is_unpublished (evidence);
}

static gboolean
is_missing_schema (const BaristaEvidence *evidence)
{
  return barista_evidence_has (evidence, BARISTA_FACT_TOPIC)
         && (has_status (evidence, 404, 404)
             || (has_status (evidence, 400, 400)
                 && (body_says (evidence, "does not exist")
                     || body_says (evidence, "no journals available"))));
}

static gboolean
is_absent_route (const BaristaEvidence *evidence)
{
  return has_status (evidence, 404, 405);
}

/* Hung up on without a word of HTTP: a Kafka port, or one that wants TLS. */
static gboolean
has_no_status (const BaristaEvidence *evidence)
{
  return !has_status (evidence, 1, G_MAXUINT);
}

static gboolean
is_any_status (const BaristaEvidence *evidence)
{
  return has_status (evidence, 300, 599);
}

static gboolean
is_lint (const BaristaEvidence *evidence)
{
  return barista_cause_find (barista_evidence_get_text (evidence, BARISTA_FACT_LINT)) != NULL;
}

static gboolean
is_used_group (const BaristaEvidence *evidence)
{
  return barista_evidence_has (evidence, BARISTA_FACT_COMMITTED)
         && barista_evidence_get_int (evidence, BARISTA_FACT_COMMITTED) >= 0
         && !barista_evidence_get_flag (evidence, BARISTA_FACT_DEPLOYED);
}

/* FROM_LINT stands for the id that the lint itself names. */
#define FROM_LINT ""

static const Rule rules[] = {
  { AT (LINT) | AT (GROUP), BARISTA_END_INVALID, FROM_LINT, is_lint },

  { CONNECTING, BARISTA_END_NOT_PERMITTED, "sandbox-no-network", is_sandboxed },
  { CONNECTING, BARISTA_END_UNREACHABLE, "sandbox-no-network", is_sandboxed },
  { CONNECTING | AT (REGISTRY), BARISTA_END_REDIRECT, "captive-portal", is_behind_portal },
  { CONNECTING, BARISTA_END_NAME_NOT_FOUND, "offline", is_offline },
  { CONNECTING, BARISTA_END_NAME_TROUBLE, "offline", is_offline },
  { CONNECTING, BARISTA_END_UNREACHABLE, "offline", is_offline },
  { CONNECTING, BARISTA_END_NAME_NOT_FOUND, "name-not-found" },
  { CONNECTING, BARISTA_END_NAME_TROUBLE, "name-lookup-failed" },
  { AT (NAME), BARISTA_END_SILENT, "name-lookup-failed" },
  { AT (TCP), BARISTA_END_SILENT, "captive-portal", is_behind_portal },
  { AT (TCP), BARISTA_END_SILENT, "connection-timed-out" },
  { CONNECTING, BARISTA_END_REFUSED, "connection-refused" },
  { CONNECTING, BARISTA_END_UNREACHABLE, "no-route" },
  { CONNECTING, BARISTA_END_PROXY, "proxy-required" },
  { AT (TCP), BARISTA_END_CLOSED, "connection-closed-at-once" },

  /* The registry's client reads the file before it asks for a name. */
  { CONNECTING | AT (TLS), BARISTA_END_CA_FILE, "ca-file-invalid" },
  { AT (TLS), BARISTA_END_CERTIFICATE, "tls-unknown-ca", is_unknown_ca },
  { AT (TLS), BARISTA_END_CERTIFICATE, "tls-wrong-host", is_wrong_host },
  { AT (TLS), BARISTA_END_CERTIFICATE, "tls-not-yet-valid", is_not_activated },
  { AT (TLS), BARISTA_END_CERTIFICATE, "tls-expired", is_expired },
  { AT (TLS), BARISTA_END_CERTIFICATE, "tls-weak-certificate", is_insecure },
  { AT (TLS), BARISTA_END_TLS, "tls-server-http", starts_with_http },
  { AT (TLS), BARISTA_END_CLOSED, "tls-server-http", starts_with_http },
  { GREETING | AT (SASL) | AT (METADATA), BARISTA_END_TLS, "tls-client-certificate-required",
    wants_certificate },
  { GREETING | AT (SASL) | AT (METADATA), BARISTA_END_CLOSED, "tls-client-certificate-required",
    wants_certificate },
  { AT (TLS), BARISTA_END_TLS, "tls-no-common-version", is_alert_or_old },
  { AT (TLS), BARISTA_END_NO_VERSION, "tls-no-common-version" },
  { AT (TLS), BARISTA_END_TLS, "tls-server-plaintext", looked_kafka },
  { AT (TLS), BARISTA_END_CLOSED, "tls-server-plaintext", looked_kafka },
  { AT (TLS), BARISTA_END_TLS, "tls-server-http", looked_http },
  { AT (TLS), BARISTA_END_CLOSED, "tls-server-http", looked_http },
  { AT (TLS), BARISTA_END_CLOSED, "server-silent", waited_long },
  { AT (TLS), BARISTA_END_TLS, "connection-closed-at-once", looked_closed },
  { AT (TLS), BARISTA_END_CLOSED, "connection-closed-at-once", looked_closed },
  { AT (TLS), BARISTA_END_SILENT, "tls-server-plaintext", looked_kafka },
  { AT (TLS), BARISTA_END_SILENT, "tls-server-http", looked_http },
  { AT (TLS), BARISTA_END_TLS, "server-not-kafka" },
  { AT (TLS), BARISTA_END_CLOSED, "server-not-kafka" },

  { AT (HELLO), BARISTA_END_GARBAGE, "plaintext-server-tls", is_server_tls },
  { AT (HELLO), BARISTA_END_CLOSED, "plaintext-server-tls", is_server_tls },
  { AT (HELLO), BARISTA_END_SILENT, "plaintext-server-tls", is_server_tls },
  { AT (HELLO), BARISTA_END_GARBAGE, "server-is-http", starts_with_http },
  { AT (HELLO), BARISTA_END_CLOSED, "server-is-http", starts_with_http },
  { AT (HELLO), BARISTA_END_CLOSED, "server-is-http", looked_http },
  { AT (HELLO), BARISTA_END_SILENT, "server-is-http", looked_http },
  { AT (HELLO), BARISTA_END_CLOSED, "server-silent", waited_long },
  { AT (HELLO), BARISTA_END_CLOSED, "connection-closed-at-once", looked_closed },
  { AT (HELLO), BARISTA_END_GARBAGE, "server-not-kafka" },
  { AT (HELLO), BARISTA_END_CLOSED, "server-not-kafka" },
  { AT (HELLO), BARISTA_END_TLS, "server-not-kafka" },

  { AT (SASL), BARISTA_END_KAFKA_ERROR, "sign-in-not-offered", NULL, ILLEGAL_SASL_STATE },
  { AT (SASL), BARISTA_END_KAFKA_ERROR, "sign-in-not-offered", offers_nothing,
    UNSUPPORTED_SASL_MECHANISM },
  { AT (SASL), BARISTA_END_KAFKA_ERROR, "sasl-mechanism-refused", NULL,
    UNSUPPORTED_SASL_MECHANISM },
  { AT (SASL), BARISTA_END_KAFKA_ERROR, "username-legacy", is_legacy, SASL_AUTHENTICATION_FAILED },
  { AT (SASL), BARISTA_END_KAFKA_ERROR, "task-not-published", is_unpublished,
    SASL_AUTHENTICATION_FAILED },
  { AT (SASL), BARISTA_END_KAFKA_ERROR, "sign-in-refused", NULL, SASL_AUTHENTICATION_FAILED },
  { AT (SASL), BARISTA_END_KAFKA_ERROR, "sign-in-unavailable", NULL, UNKNOWN_SERVER_ERROR },
  { AT (SASL), BARISTA_END_SILENT, "sign-in-unavailable" },
  { AT (SASL), BARISTA_END_CLOSED, "sign-in-closed" },
  { AT (SASL), BARISTA_END_UNPROVEN, "sign-in-unproven" },
  { AT (SASL), BARISTA_END_GARBAGE, "sign-in-garbled" },
  { AT (SASL), BARISTA_END_INVALID, "sign-in-unusable" },

  { AT (METADATA), BARISTA_END_OK, "redirect-refused", is_advertised_refusal },
  { AT (METADATA), BARISTA_END_OK, "redirect-unreachable", is_advertised_trouble },
  { AT (METADATA), BARISTA_END_OK, "no-topics", lists_nothing },
  { AT (METADATA), BARISTA_END_CLOSED, "sign-in-required", is_without_sign_in },
  { AT (METADATA), BARISTA_END_CLOSED, "metadata-closed" },

  { AT (TOPIC), BARISTA_END_KAFKA_ERROR, "topic-not-ready", NULL, LEADER_NOT_AVAILABLE },
  { AT (TOPIC), BARISTA_END_KAFKA_ERROR, "topic-unknown", NULL, UNKNOWN_TOPIC_OR_PARTITION },
  { AT (TOPIC) | AT (SAMPLE), BARISTA_END_KAFKA_ERROR, "topic-forbidden", NULL,
    TOPIC_AUTHORIZATION_FAILED },
  { AT (TOPIC), BARISTA_END_OK, "topic-not-ready", has_no_partitions },
  { AT (SAMPLE), BARISTA_END_KAFKA_ERROR, "topic-schema-trouble", NULL, LEADER_NOT_AVAILABLE },
  { AT (SAMPLE), BARISTA_END_KAFKA_ERROR, "leader-moved", NULL, NOT_LEADER },
  { AT (SAMPLE), BARISTA_END_UNDECODABLE, "record-undecodable" },
  { AT (SAMPLE), BARISTA_END_OK, "partitions-unreachable", has_unreached },

  { AT (TOPIC) | AT (SAMPLE) | AT (GROUP), BARISTA_END_CLOSED, "reading-closed" },

  { AT (GROUP), BARISTA_END_KAFKA_ERROR, "group-coordinator-unavailable", NULL,
    COORDINATOR_LOAD_IN_PROGRESS },
  { AT (GROUP), BARISTA_END_KAFKA_ERROR, "group-coordinator-unavailable", NULL,
    COORDINATOR_NOT_AVAILABLE },
  { AT (GROUP), BARISTA_END_KAFKA_ERROR, "group-forbidden", NULL, GROUP_AUTHORIZATION_FAILED },
  { AT (GROUP), BARISTA_END_KAFKA_ERROR, "topic-forbidden", NULL, TOPIC_AUTHORIZATION_FAILED },
  { AT (GROUP), BARISTA_END_KAFKA_ERROR, "group-join-refused", NULL, UNKNOWN_TOPIC_OR_PARTITION },
  { AT (GROUP), BARISTA_END_KAFKA_ERROR, "group-join-refused", NULL, LEADER_NOT_AVAILABLE },
  { AT (GROUP), BARISTA_END_OK, "group-already-used", is_used_group },

  { ASKING, BARISTA_END_STATUS, "task-not-published", is_dekaf_login_unpublished },
  { ASKING, BARISTA_END_STATUS, "username-legacy", is_dekaf_login_legacy },
  { ASKING, BARISTA_END_STATUS, "sign-in-refused", is_dekaf_login },
  { ASKING, BARISTA_END_STATUS, "task-not-published", is_refused_unpublished },
  { ASKING, BARISTA_END_STATUS, "registry-refused", is_refused_status },
  { AT (REGISTRY), BARISTA_END_STATUS, "schema-missing", is_missing_schema },
  { AT (REGISTRY), BARISTA_END_STATUS, "registry-not-found", is_absent_route },
  { ASKING, BARISTA_END_STATUS, "registry-error", is_any_status },
  { AT (REGISTRY), BARISTA_END_CLOSED, "registry-not-found", has_no_status },
  { ASKING, BARISTA_END_REDIRECT, "registry-not-json" },
  { ASKING, BARISTA_END_NOT_JSON, "registry-not-json" },
  { AT (REGISTRY), BARISTA_END_UNSUPPORTED, "schema-unsupported" },

  { AT (HELLO) | READING, BARISTA_END_NO_VERSION, "no-common-api-version" },
  { AT (SASL), BARISTA_END_NO_VERSION, "no-common-api-version" },
  { ANY & ~CONNECTING, BARISTA_END_SILENT, "server-silent" },
};

static gboolean
rule_fits (const Rule *rule, const BaristaEvidence *evidence)
{
  if ((rule->stages & (1u << barista_evidence_get_stage (evidence))) == 0)
    return FALSE;
  if (rule->end != barista_evidence_get_end (evidence))
    return FALSE;
  if (rule->error != 0
      && barista_evidence_get_int (evidence, BARISTA_FACT_KAFKA_ERROR) != rule->error)
    return FALSE;

  return rule->test == NULL || rule->test (evidence);
}

static const char *
find_cause (const BaristaEvidence *evidence)
{
  for (guint i = 0; i < G_N_ELEMENTS (rules); i++)
    if (rule_fits (&rules[i], evidence))
      return *rules[i].cause != '\0' ? rules[i].cause
                                     : barista_evidence_get_text (evidence, BARISTA_FACT_LINT);

  return barista_evidence_get_end (evidence) == BARISTA_END_OK ? NULL : "unclassified";
}

static gboolean
is_refused_oddity (const BaristaEvidence *evidence)
{
  return barista_evidence_get_flag (evidence, BARISTA_FACT_ODD_CHARACTERS)
         && barista_evidence_get_int (evidence, BARISTA_FACT_KAFKA_ERROR)
                == SASL_AUTHENTICATION_FAILED;
}

/* What else is to be said of a stage that failed. */
static const struct
{
  BaristaEvidenceTest test;
  const char *cause;
} further_hints[] = {
  { is_unknown_ca, "tls-unknown-ca" },       { is_wrong_host, "tls-wrong-host" },
  { is_not_activated, "tls-not-yet-valid" }, { is_expired, "tls-expired" },
  { is_insecure, "tls-weak-certificate" },   { is_refused_oddity, "sign-in-characters" },
};

void
barista_verdict_add_hint (BaristaVerdict *self, const char *id)
{
  guint n = g_strv_length ((char **) self->hints);

  if (n < BARISTA_MAX_HINTS && (self->cause == NULL || !g_str_equal (self->cause->id, id)))
    self->hints[n] = id;
}

static void
add_further_hints (BaristaVerdict *verdict, const BaristaEvidence *evidence)
{
  for (guint i = 0; i < G_N_ELEMENTS (further_hints); i++)
    if (further_hints[i].test (evidence))
      barista_verdict_add_hint (verdict, further_hints[i].cause);
}

BaristaVerdict
barista_classify (const BaristaEvidence *evidence)
{
  BaristaVerdict verdict = { 0 };

  verdict.cause = barista_cause_find (find_cause (evidence));
  verdict.failed = verdict.cause != NULL;
  if (verdict.failed)
    add_further_hints (&verdict, evidence);
  else
    barista_classify_passed (&verdict, evidence);

  return verdict;
}
