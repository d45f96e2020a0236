/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "barista-practice-scenarios.h"

#include <glib/gi18n-lib.h>

/* In the order of the enum, which is that of the alphabet. The topic that a scenario concerns is
 * always acmeCo/customers, but for not-ready and empty-topic, which add one of their own. */
static const BaristaScenarioInfo scenarios[] = {
  [BARISTA_FAULT_CLIENT_CERTIFICATE]
  = { "client-certificate", N_ ("Kafka asks each client for a certificate of its own") },
  [BARISTA_FAULT_CONNECTION_LIMIT] = { "connection-limit",
                                       N_ ("Kafka accepts each connection and closes it at once") },
  [BARISTA_FAULT_DAMAGED_BATCH]
  = { "damaged-batch", N_ ("A record batch of acmeCo/customers has a wrong checksum") },
  [BARISTA_FAULT_DAMAGED_RECORD] = { "damaged-record",
                                     N_ ("The first value of acmeCo/customers is cut short") },
  [BARISTA_FAULT_EMPTY_TOPIC]
  = { "empty-topic", N_ ("acmeCo/campaigns is there, but nothing was ever written to it") },
  [BARISTA_FAULT_EXPIRED_CERTIFICATE] = { "expired-certificate",
                                          N_ ("The server's certificate expired yesterday") },
  [BARISTA_FAULT_GROUP_USED] = { "group-used",
                                 N_ ("Every consumer group has read half of each topic before") },
  [BARISTA_FAULT_HTTP_PORT] = { "http-port", N_ ("The Kafka port speaks HTTP without encryption") },
  [BARISTA_FAULT_METADATA_12] = { "metadata-12", N_ ("Only version 12 of Metadata is offered") },
  [BARISTA_FAULT_METADATA_7] = { "metadata-7", N_ ("Only version 7 of Metadata is offered") },
  [BARISTA_FAULT_METADATA_CLOSED] = { "metadata-closed",
                                      N_ ("Hangs up when asked for the topics") },
  [BARISTA_FAULT_NO_COORDINATOR] = { "no-coordinator",
                                     N_ ("No coordinator for consumer groups is available") },
  [BARISTA_FAULT_NO_SIGN_IN] = { "no-sign-in", N_ ("Kafka offers no sign-in on this port") },
  [BARISTA_FAULT_NO_TOPICS] = { "no-topics", N_ ("The task has no bindings") },
  [BARISTA_FAULT_NOT_KAFKA] = { "not-kafka", N_ ("Something else answers on the Kafka port") },
  [BARISTA_FAULT_NOT_READY] = { "not-ready",
                                N_ ("acmeCo/adjustments is listed, but was never written") },
  [BARISTA_FAULT_NOT_YET_VALID] = { "not-yet-valid",
                                    N_ ("The server's certificate is valid from tomorrow on") },
  [BARISTA_FAULT_OTHER_MECHANISM] = { "other-mechanism",
                                      N_ ("Only SCRAM-SHA-256 is offered to sign in with") },
  [BARISTA_FAULT_PLAIN_PORT] = { "plain-port", N_ ("The Kafka port is not encrypted") },
  [BARISTA_FAULT_PREVIEW] = { "preview",
                              N_ ("The first connection that reads is taken for a data preview") },
  [BARISTA_FAULT_REDIRECT] = { "redirect", N_ ("The task has moved to another port") },
  [BARISTA_FAULT_REDIRECT_REFUSED]
  = { "redirect-refused", N_ ("The task has moved to a port that refuses the sign-in") },
  [BARISTA_FAULT_REDIRECT_UNREACHABLE]
  = { "redirect-unreachable", N_ ("The task has moved to a port where nothing listens") },
  [BARISTA_FAULT_REFUSE_SIGN_IN] = { "refuse-sign-in", N_ ("Every sign-in is refused") },
  [BARISTA_FAULT_REGISTRY_500] = { "registry-500", N_ ("The registry answers 500") },
  [BARISTA_FAULT_REGISTRY_DOWN] = { "registry-down",
                                    N_ ("Nothing listens on the registry's port") },
  [BARISTA_FAULT_REGISTRY_HTML] = { "registry-html", N_ ("The registry answers with a web page") },
  [BARISTA_FAULT_REGISTRY_NOT_FOUND] = { "registry-not-found",
                                         N_ ("The registry answers 404 to everything") },
  [BARISTA_FAULT_REGISTRY_REFUSED] = { "registry-refused",
                                       N_ ("The registry refuses every sign-in") },
  [BARISTA_FAULT_SCHEMA_MISSING] = { "schema-missing",
                                     N_ ("The registry has no schema for acmeCo/customers") },
  [BARISTA_FAULT_SCHEMA_TROUBLE]
  = { "schema-trouble",
      N_ ("A record of acmeCo/customers breaks its schema: reading is held back") },
  [BARISTA_FAULT_SCHEMA_UNSUPPORTED] = { "schema-unsupported",
                                         N_ ("The schema of acmeCo/customers refers to itself") },
  [BARISTA_FAULT_SIGN_IN_CLOSED] = { "sign-in-closed", N_ ("Hangs up during the sign-in") },
  [BARISTA_FAULT_SIGN_IN_UNAVAILABLE] = { "sign-in-unavailable",
                                          N_ ("The sign-in can't be checked: error -1 at once") },
  [BARISTA_FAULT_SILENT] = { "silent", N_ ("Kafka accepts connections and says nothing") },
  [BARISTA_FAULT_SILENT_HELLO] = { "silent-hello",
                                   N_ ("Kafka encrypts the connection, then says nothing") },
  [BARISTA_FAULT_SLOW_SIGN_IN] = { "slow-sign-in",
                                   N_ ("The sign-in is silent for 30 s, then ends with error -1") },
  [BARISTA_FAULT_TASK_UNPUBLISHED]
  = { "task-unpublished", N_ ("Sign-ins are refused until the task is published, after 20 s") },
  [BARISTA_FAULT_UNKNOWN_CA] = { "unknown-ca",
                                 N_ ("The server's certificate is of another authority") },
  [BARISTA_FAULT_UNKNOWN_SCHEMA]
  = { "unknown-schema",
      N_ ("The first value of acmeCo/customers names a schema that isn't there") },
  [BARISTA_FAULT_WEB_PORT] = { "web-port", N_ ("The Kafka port is a web server's, encrypted") },
  [BARISTA_FAULT_WRONG_HOST] = { "wrong-host", N_ ("The server's certificate names another host") },
};

G_STATIC_ASSERT (G_N_ELEMENTS (scenarios) == BARISTA_N_FAULTS);
G_STATIC_ASSERT (BARISTA_N_FAULTS <= 64);

G_DEFINE_QUARK (barista_practice_error, barista_practice_error)

/**
 * barista_practice_scenarios:
 * @n: (out): how many
 *
 * The faults that a practice Dekaf can be started with, sorted by name.
 *
 * Returns: (array length=n) (transfer none): a static table; summaries are untranslated, for `_()`
 */
const BaristaScenarioInfo *
barista_practice_scenarios (guint *n)
{
  *n = G_N_ELEMENTS (scenarios);
  return scenarios;
}

static int
find_scenario (const char *name)
{
  for (guint i = 0; i < G_N_ELEMENTS (scenarios); i++)
    if (g_str_equal (scenarios[i].name, name))
      return i;

  return -1;
}

/**
 * barista_practice_faults_parse:
 * @names: (nullable): scenarios
 * @faults: (out): a bit for each
 *
 * Errors: %BARISTA_PRACTICE_ERROR_SCENARIO
 */
gboolean
barista_practice_faults_parse (const char *const *names,
                               BaristaPracticeFaults *faults,
                               GError **error)
{
  *faults = 0;
  for (guint i = 0; names != NULL && names[i] != NULL; i++)
    {
      int found = find_scenario (names[i]);

      if (found < 0)
        {
          g_set_error (error, BARISTA_PRACTICE_ERROR, BARISTA_PRACTICE_ERROR_SCENARIO,
                       _ ("There is no scenario “%s”"), names[i]);
          return FALSE;
        }
      *faults |= G_GUINT64_CONSTANT (1) << found;
    }
  return TRUE;
}
