/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "barista-gather.h"

#include <string.h>

/* Where a domain's codes lead; the first fitting row wins, CODE_ANY fits each. */
#define CODE_ANY (-1)

typedef struct
{
  GQuark (*domain) (void);
  int code;
  BaristaEnd end;
} EndRow;

static const EndRow end_rows[] = {
  { g_resolver_error_quark, G_RESOLVER_ERROR_TEMPORARY_FAILURE, BARISTA_END_NAME_TROUBLE },
  { g_resolver_error_quark, CODE_ANY, BARISTA_END_NAME_NOT_FOUND },
  { g_io_error_quark, G_IO_ERROR_HOST_NOT_FOUND, BARISTA_END_NAME_NOT_FOUND },
  { g_io_error_quark, G_IO_ERROR_CONNECTION_REFUSED, BARISTA_END_REFUSED },
  { g_io_error_quark, G_IO_ERROR_NETWORK_UNREACHABLE, BARISTA_END_UNREACHABLE },
  { g_io_error_quark, G_IO_ERROR_HOST_UNREACHABLE, BARISTA_END_UNREACHABLE },
  { g_io_error_quark, G_IO_ERROR_PERMISSION_DENIED, BARISTA_END_NOT_PERMITTED },
  { g_io_error_quark, G_IO_ERROR_TIMED_OUT, BARISTA_END_SILENT },
  { g_io_error_quark, G_IO_ERROR_CONNECTION_CLOSED, BARISTA_END_CLOSED },
  { g_io_error_quark, G_IO_ERROR_BROKEN_PIPE, BARISTA_END_CLOSED },
  { g_io_error_quark, G_IO_ERROR_PROXY_FAILED, BARISTA_END_PROXY },
  { g_io_error_quark, G_IO_ERROR_PROXY_AUTH_FAILED, BARISTA_END_PROXY },
  { g_io_error_quark, G_IO_ERROR_PROXY_NEED_AUTH, BARISTA_END_PROXY },
  { g_io_error_quark, G_IO_ERROR_PROXY_NOT_ALLOWED, BARISTA_END_PROXY },
  { g_tls_error_quark, G_TLS_ERROR_BAD_CERTIFICATE, BARISTA_END_CERTIFICATE },
  { g_tls_error_quark, CODE_ANY, BARISTA_END_TLS },
  { barista_connection_error_quark, BARISTA_CONNECTION_ERROR_CLOSED, BARISTA_END_CLOSED },
  { barista_connection_error_quark, BARISTA_CONNECTION_ERROR_PROTOCOL, BARISTA_END_GARBAGE },
  { barista_connection_error_quark, BARISTA_CONNECTION_ERROR_NO_VERSION, BARISTA_END_NO_VERSION },
  { barista_connection_error_quark, BARISTA_CONNECTION_ERROR_SASL, BARISTA_END_KAFKA_ERROR },
  { barista_connection_error_quark, BARISTA_CONNECTION_ERROR_CA_FILE, BARISTA_END_CA_FILE },
  { barista_connection_error_quark, BARISTA_CONNECTION_ERROR_UNPROVEN, BARISTA_END_UNPROVEN },
  { barista_connection_error_quark, BARISTA_CONNECTION_ERROR_SASLPREP, BARISTA_END_INVALID },
  { barista_wire_error_quark, CODE_ANY, BARISTA_END_GARBAGE },
  { barista_registry_error_quark, BARISTA_REGISTRY_ERROR_STATUS, BARISTA_END_STATUS },
  { barista_registry_error_quark, BARISTA_REGISTRY_ERROR_REDIRECT, BARISTA_END_REDIRECT },
  { barista_registry_error_quark, CODE_ANY, BARISTA_END_NOT_JSON },
};

/**
 * barista_gather_end:
 * @error: (nullable): how an operation of GIO, the connection or the registry client ended
 *
 * Returns: the end that the classifier knows; %BARISTA_END_IO for anything else
 */
BaristaEnd
barista_gather_end (const GError *error)
{
  if (error == NULL)
    return BARISTA_END_OK;

  for (guint i = 0; i < G_N_ELEMENTS (end_rows); i++)
    if (end_rows[i].domain () == error->domain
        && (end_rows[i].code == CODE_ANY || end_rows[i].code == error->code))
      return end_rows[i].end;

  return BARISTA_END_IO;
}

static gboolean
is_legacy_username (const char *username)
{
  return username != NULL && (username[0] == '{' || g_str_has_prefix (username, ".7B"));
}

/**
 * barista_gather_setup:
 * @evidence: gets the facts
 * @setup: the answers
 * @address: (nullable): the server that the stage talks to
 */
void
barista_gather_setup (BaristaEvidence *evidence, BaristaSetup *setup, const BaristaAddress *address)
{
  const char *username = barista_evidence_get_service (evidence) == BARISTA_SERVICE_REGISTRY
                             ? barista_setup_get_registry_username (setup)
                             : barista_setup_get_username (setup);

  if (address != NULL)
    {
      barista_evidence_set_text (evidence, BARISTA_FACT_HOST, address->host);
      barista_evidence_set_int (evidence, BARISTA_FACT_PORT, address->port);
    }
  barista_evidence_set_text (evidence, BARISTA_FACT_SECURITY,
                             barista_security_to_string (barista_setup_get_security (setup)));
  barista_evidence_set_flag (evidence, BARISTA_FACT_DEKAF, barista_setup_get_is_dekaf (setup));
  barista_evidence_set_flag (evidence, BARISTA_FACT_MANAGED, barista_setup_get_managed (setup));
  barista_evidence_set_flag (evidence, BARISTA_FACT_PUBLISHED, barista_setup_get_published (setup));
  if (barista_setup_get_uses_sasl (setup))
    {
      barista_evidence_set_text (evidence, BARISTA_FACT_MECHANISM,
                                 barista_mechanism_to_string (barista_setup_get_mechanism (setup)));
      barista_evidence_set_text (evidence, BARISTA_FACT_USERNAME, username);
      barista_evidence_set_flag (evidence, BARISTA_FACT_LEGACY_USERNAME,
                                 is_legacy_username (username));
    }
}

/**
 * barista_gather_registry:
 * @evidence: gets the facts, beside those of barista_gather_setup()
 * @setup: the answers
 *
 * The registry's address and whose sign-in it is asked with.
 */
void
barista_gather_registry (BaristaEvidence *evidence, BaristaSetup *setup)
{
  const char *username = barista_setup_get_registry_username (setup);

  barista_evidence_set_text (evidence, BARISTA_FACT_URL, barista_setup_get_registry_url (setup));
  if (barista_setup_get_registry_same_sign_in (setup))
    return;
  barista_evidence_set_text (evidence, BARISTA_FACT_REGISTRY_SIGN_IN,
                             username != NULL ? "own" : "none");
  barista_evidence_set_text (evidence, BARISTA_FACT_USERNAME, username);
}

static const char *
connectivity_word (GNetworkMonitor *monitor)
{
  static const char *const words[] = {
    [G_NETWORK_CONNECTIVITY_LOCAL] = "none",
    [G_NETWORK_CONNECTIVITY_LIMITED] = "limited",
    [G_NETWORK_CONNECTIVITY_PORTAL] = "portal",
    [G_NETWORK_CONNECTIVITY_FULL] = "full",
  };
  guint connectivity = g_network_monitor_get_connectivity (monitor);

  return connectivity < G_N_ELEMENTS (words) ? words[connectivity] : NULL;
}

/**
 * barista_gather_network:
 * @evidence: gets what this computer knows of its network
 *
 * Only for stages that failed to connect: the first use of the monitor costs a few milliseconds.
 */
void
barista_gather_network (BaristaEvidence *evidence)
{
  barista_evidence_set_text (evidence, BARISTA_FACT_CONNECTIVITY,
                             connectivity_word (g_network_monitor_get_default ()));
  barista_evidence_set_flag (evidence, BARISTA_FACT_SANDBOX,
                             g_file_test ("/.flatpak-info", G_FILE_TEST_EXISTS));
}

void
barista_gather_attempts (BaristaEvidence *evidence, BaristaConnection *connection)
{
  GPtrArray *attempts = barista_connection_get_attempts (connection);
  g_autofree char *peer = barista_connection_dup_peer (connection);

  barista_evidence_set_text (evidence, BARISTA_FACT_PEER, peer);
  for (guint i = 0; attempts != NULL && i < attempts->len; i++)
    {
      const BaristaConnectionAttempt *attempt = g_ptr_array_index (attempts, i);
      g_autofree char *line = g_strdup_printf ("%s: %s", attempt->address,
                                               attempt->error != NULL ? attempt->error->message
                                                                      : "connected");

      barista_evidence_add_text (evidence, BARISTA_FACT_ATTEMPTS, line);
    }
}

static const struct
{
  GTlsCertificateFlags flag;
  const char *word;
} certificate_flags[] = {
  { G_TLS_CERTIFICATE_UNKNOWN_CA, "unknown-ca" },
  { G_TLS_CERTIFICATE_BAD_IDENTITY, "bad-identity" },
  { G_TLS_CERTIFICATE_NOT_ACTIVATED, "not-activated" },
  { G_TLS_CERTIFICATE_EXPIRED, "expired" },
  { G_TLS_CERTIFICATE_REVOKED, "revoked" },
  { G_TLS_CERTIFICATE_INSECURE, "insecure" },
  { G_TLS_CERTIFICATE_GENERIC_ERROR, "generic-error" },
};

static const char *
version_word (GTlsProtocolVersion version)
{
  static const char *const words[] = {
    [G_TLS_PROTOCOL_VERSION_UNKNOWN] = "unknown",   [G_TLS_PROTOCOL_VERSION_SSL_3_0] = "SSL 3.0",
    [G_TLS_PROTOCOL_VERSION_TLS_1_0] = "TLS 1.0",   [G_TLS_PROTOCOL_VERSION_TLS_1_1] = "TLS 1.1",
    [G_TLS_PROTOCOL_VERSION_TLS_1_2] = "TLS 1.2",   [G_TLS_PROTOCOL_VERSION_TLS_1_3] = "TLS 1.3",
    [G_TLS_PROTOCOL_VERSION_DTLS_1_0] = "DTLS 1.0", [G_TLS_PROTOCOL_VERSION_DTLS_1_2] = "DTLS 1.2",
  };

  return (guint) version < G_N_ELEMENTS (words) ? words[version] : NULL;
}

static void
set_date (BaristaEvidence *evidence, BaristaFact fact, GDateTime *date)
{
  g_autofree char *text = date != NULL ? g_date_time_format (date, "%Y-%m-%d %H:%M UTC") : NULL;

  barista_evidence_set_text (evidence, fact, text);
}

/* Names come as bytes without a final NUL. */
static void
add_names (BaristaEvidence *evidence, GTlsCertificate *peer)
{
  g_autoptr (GPtrArray) dns_names = g_tls_certificate_get_dns_names (peer);
  g_autoptr (GPtrArray) addresses = g_tls_certificate_get_ip_addresses (peer);

  for (guint i = 0; dns_names != NULL && i < dns_names->len; i++)
    {
      gsize length;
      const char *data = g_bytes_get_data (g_ptr_array_index (dns_names, i), &length);
      g_autofree char *name = g_strndup (data, length);

      barista_evidence_add_text (evidence, BARISTA_FACT_CERTIFICATE_NAMES, name);
    }
  for (guint i = 0; addresses != NULL && i < addresses->len; i++)
    {
      g_autofree char *name = g_inet_address_to_string (g_ptr_array_index (addresses, i));

      barista_evidence_add_text (evidence, BARISTA_FACT_CERTIFICATE_NAMES, name);
    }
}

static void
add_chain (BaristaEvidence *evidence, GTlsCertificate *peer)
{
  for (GTlsCertificate *link = peer; link != NULL; link = g_tls_certificate_get_issuer (link))
    {
      g_autofree char *subject = g_tls_certificate_get_subject_name (link);

      barista_evidence_add_text (evidence, BARISTA_FACT_CERTIFICATE_CHAIN, subject);
    }
}

static void
add_certificate (BaristaEvidence *evidence, GTlsCertificate *peer)
{
  g_autofree char *subject = g_tls_certificate_get_subject_name (peer);
  g_autofree char *issuer = g_tls_certificate_get_issuer_name (peer);
  g_autoptr (GDateTime) not_before = g_tls_certificate_get_not_valid_before (peer);
  g_autoptr (GDateTime) not_after = g_tls_certificate_get_not_valid_after (peer);
  g_autoptr (GDateTime) now = g_date_time_new_now_utc ();

  barista_evidence_set_text (evidence, BARISTA_FACT_CERTIFICATE_SUBJECT, subject);
  barista_evidence_set_text (evidence, BARISTA_FACT_CERTIFICATE_ISSUER, issuer);
  set_date (evidence, BARISTA_FACT_CERTIFICATE_NOT_BEFORE, not_before);
  set_date (evidence, BARISTA_FACT_CERTIFICATE_NOT_AFTER, not_after);
  set_date (evidence, BARISTA_FACT_CLOCK, now);
  add_names (evidence, peer);
  add_chain (evidence, peer);
}

/**
 * barista_gather_tls:
 * @evidence: gets the facts
 * @peer: (nullable): the server's certificate
 * @flags: all that is wrong with it
 * @version: negotiated, or unknown
 * @certificate_requested: the server asked for a client certificate
 */
void
barista_gather_tls (BaristaEvidence *evidence,
                    GTlsCertificate *peer,
                    GTlsCertificateFlags flags,
                    GTlsProtocolVersion version,
                    gboolean certificate_requested)
{
  barista_evidence_set_text (evidence, BARISTA_FACT_TLS_VERSION, version_word (version));
  if (certificate_requested)
    barista_evidence_set_flag (evidence, BARISTA_FACT_TLS_CERTIFICATE_REQUESTED, TRUE);

  for (guint i = 0; i < G_N_ELEMENTS (certificate_flags); i++)
    if ((flags & certificate_flags[i].flag) != 0)
      barista_evidence_add_text (evidence, BARISTA_FACT_TLS_FLAGS, certificate_flags[i].word);

  if (peer != NULL)
    add_certificate (evidence, peer);
}

void
barista_gather_bytes (BaristaEvidence *evidence, BaristaConnection *connection)
{
  g_autoptr (GBytes) tap = barista_connection_get_tap (connection);
  g_autoptr (GBytes) answer = barista_connection_get_first_answer (connection);

  barista_evidence_set_int (evidence, BARISTA_FACT_BYTES_RECEIVED,
                            (gint64) barista_connection_get_bytes_received (connection));
  if (tap != NULL && g_bytes_get_size (tap) > 0)
    barista_evidence_set_bytes (evidence, BARISTA_FACT_FIRST_BYTES, tap);
  if (answer != NULL && g_bytes_get_size (answer) > 0)
    barista_evidence_set_bytes (evidence, BARISTA_FACT_FIRST_ANSWER, answer);
}

void
barista_gather_kafka_error (BaristaEvidence *evidence, gint16 code)
{
  barista_evidence_set_end (evidence, BARISTA_END_KAFKA_ERROR);
  barista_evidence_set_int (evidence, BARISTA_FACT_KAFKA_ERROR, code);
  barista_evidence_set_text (evidence, BARISTA_FACT_KAFKA_ERROR_NAME,
                             barista_kafka_error_to_string (code));
}

void
barista_gather_sasl (BaristaEvidence *evidence, const BaristaSaslResult *result)
{
  if (result == NULL)
    return;

  if (result->error_code != 0)
    barista_gather_kafka_error (evidence, result->error_code);
  barista_evidence_set_text (evidence, BARISTA_FACT_KAFKA_MESSAGE, result->error_message);
  barista_evidence_set_flag (evidence, BARISTA_FACT_IN_HANDSHAKE, result->in_handshake);
  if (result->odd_characters)
    barista_evidence_set_flag (evidence, BARISTA_FACT_ODD_CHARACTERS, TRUE);
  barista_evidence_set_int (evidence, BARISTA_FACT_SESSION_LIFETIME_MS,
                            result->session_lifetime_ms);
  for (guint i = 0; result->mechanisms != NULL && result->mechanisms[i] != NULL; i++)
    barista_evidence_add_text (evidence, BARISTA_FACT_MECHANISMS, result->mechanisms[i]);
}

void
barista_gather_answer (BaristaEvidence *evidence, const BaristaRegistryAnswer *answer)
{
  if (answer == NULL)
    return;

  barista_evidence_set_int (evidence, BARISTA_FACT_STATUS, answer->status);
  barista_evidence_set_text (evidence, BARISTA_FACT_CONTENT_TYPE, answer->content_type);
  barista_evidence_set_text (evidence, BARISTA_FACT_LOCATION, answer->location);
  barista_evidence_set_text (evidence, BARISTA_FACT_SERVER_CLOCK, answer->date);
  barista_evidence_set_text (evidence, BARISTA_FACT_BODY,
                             answer->message != NULL ? answer->message : answer->body);
  if (answer->error_code != 0)
    barista_evidence_set_int (evidence, BARISTA_FACT_REGISTRY_ERROR, answer->error_code);
}

char *
barista_gather_time (gint64 milliseconds)
{
  g_autoptr (GDateTime) time = g_date_time_new_from_unix_utc (milliseconds / 1000);

  return time != NULL ? g_date_time_format_iso8601 (time) : NULL;
}
