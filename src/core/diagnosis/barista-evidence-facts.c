/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "barista-evidence-private.h"

const BaristaFactRow barista_facts[BARISTA_N_FACTS] = {
  [BARISTA_FACT_END] = { "end", BARISTA_FACT_TEXT },
  [BARISTA_FACT_LOOK] = { "second_look", BARISTA_FACT_TEXT },
  [BARISTA_FACT_REASON] = { "reason", BARISTA_FACT_TEXT },
  [BARISTA_FACT_ERROR_DOMAIN] = { "error_domain", BARISTA_FACT_TEXT },
  [BARISTA_FACT_ERROR_CODE] = { "error_code", BARISTA_FACT_INT },
  [BARISTA_FACT_ERROR_MESSAGE] = { "error_message", BARISTA_FACT_TEXT },
  [BARISTA_FACT_LINT] = { "lint", BARISTA_FACT_TEXT },
  [BARISTA_FACT_VALUE] = { "value", BARISTA_FACT_TEXT },
  [BARISTA_FACT_HOST] = { "host", BARISTA_FACT_TEXT },
  [BARISTA_FACT_PORT] = { "port", BARISTA_FACT_INT },
  [BARISTA_FACT_URL] = { "url", BARISTA_FACT_TEXT },
  [BARISTA_FACT_SECURITY] = { "security_protocol", BARISTA_FACT_TEXT },
  [BARISTA_FACT_MECHANISM] = { "mechanism", BARISTA_FACT_TEXT },
  [BARISTA_FACT_USERNAME] = { "username", BARISTA_FACT_TEXT },
  [BARISTA_FACT_REGISTRY_SIGN_IN] = { "registry_sign_in", BARISTA_FACT_TEXT },
  [BARISTA_FACT_DEKAF] = { "dekaf", BARISTA_FACT_FLAG },
  [BARISTA_FACT_MANAGED] = { "managed", BARISTA_FACT_FLAG },
  [BARISTA_FACT_PUBLISHED] = { "published", BARISTA_FACT_FLAG },
  [BARISTA_FACT_LEGACY_USERNAME] = { "legacy_username", BARISTA_FACT_FLAG },
  [BARISTA_FACT_SANDBOX] = { "sandbox", BARISTA_FACT_FLAG },
  [BARISTA_FACT_CONNECTIVITY] = { "connectivity", BARISTA_FACT_TEXT },
  [BARISTA_FACT_PORT_ADDED] = { "port_added", BARISTA_FACT_FLAG },
  [BARISTA_FACT_TOPIC] = { "topic", BARISTA_FACT_TEXT },
  [BARISTA_FACT_PEER] = { "peer", BARISTA_FACT_TEXT },
  [BARISTA_FACT_ATTEMPTS] = { "attempts", BARISTA_FACT_LIST },
  [BARISTA_FACT_OTHER_SERVERS] = { "other_servers", BARISTA_FACT_LIST },
  [BARISTA_FACT_OTHER_SERVICE_REACHED] = { "other_service_reached", BARISTA_FACT_FLAG },
  [BARISTA_FACT_BYTES_RECEIVED] = { "bytes_received", BARISTA_FACT_INT },
  [BARISTA_FACT_FIRST_BYTES] = { "first_bytes", BARISTA_FACT_TEXT },
  [BARISTA_FACT_FIRST_ANSWER] = { "first_answer", BARISTA_FACT_TEXT },
  [BARISTA_FACT_WAITED_S] = { "waited_s", BARISTA_FACT_INT },
  [BARISTA_FACT_TRIES] = { "tries", BARISTA_FACT_INT },
  [BARISTA_FACT_TLS_FLAGS] = { "tls_flags", BARISTA_FACT_LIST },
  [BARISTA_FACT_TLS_VERSION] = { "tls_version", BARISTA_FACT_TEXT },
  [BARISTA_FACT_TLS_CERTIFICATE_REQUESTED] = { "tls_certificate_requested", BARISTA_FACT_FLAG },
  [BARISTA_FACT_CERTIFICATE_SUBJECT] = { "certificate_subject", BARISTA_FACT_TEXT },
  [BARISTA_FACT_CERTIFICATE_ISSUER] = { "certificate_issuer", BARISTA_FACT_TEXT },
  [BARISTA_FACT_CERTIFICATE_NAMES] = { "certificate_names", BARISTA_FACT_LIST },
  [BARISTA_FACT_CERTIFICATE_NOT_BEFORE] = { "certificate_not_before", BARISTA_FACT_TEXT },
  [BARISTA_FACT_CERTIFICATE_NOT_AFTER] = { "certificate_not_after", BARISTA_FACT_TEXT },
  [BARISTA_FACT_CERTIFICATE_CHAIN] = { "certificate_chain", BARISTA_FACT_LIST },
  [BARISTA_FACT_CLOCK] = { "clock", BARISTA_FACT_TEXT },
  [BARISTA_FACT_SERVER_CLOCK] = { "server_clock", BARISTA_FACT_TEXT },
  [BARISTA_FACT_CA_FILE] = { "ca_file", BARISTA_FACT_TEXT },
  [BARISTA_FACT_API] = { "api", BARISTA_FACT_TEXT },
  [BARISTA_FACT_API_VERSIONS] = { "api_versions", BARISTA_FACT_LIST },
  [BARISTA_FACT_KAFKA_ERROR] = { "kafka_error", BARISTA_FACT_INT },
  [BARISTA_FACT_KAFKA_ERROR_NAME] = { "kafka_error_name", BARISTA_FACT_TEXT },
  [BARISTA_FACT_KAFKA_MESSAGE] = { "kafka_message", BARISTA_FACT_TEXT },
  [BARISTA_FACT_MECHANISMS] = { "mechanisms", BARISTA_FACT_LIST },
  [BARISTA_FACT_IN_HANDSHAKE] = { "in_handshake", BARISTA_FACT_FLAG },
  [BARISTA_FACT_SESSION_LIFETIME_MS] = { "session_lifetime_ms", BARISTA_FACT_INT },
  [BARISTA_FACT_ODD_CHARACTERS] = { "odd_characters", BARISTA_FACT_FLAG },
  [BARISTA_FACT_TOPICS] = { "topics", BARISTA_FACT_INT },
  [BARISTA_FACT_PARTITIONS] = { "partitions", BARISTA_FACT_INT },
  [BARISTA_FACT_LISTED] = { "listed", BARISTA_FACT_FLAG },
  [BARISTA_FACT_CLOSEST] = { "closest", BARISTA_FACT_TEXT },
  [BARISTA_FACT_CLUSTER] = { "cluster", BARISTA_FACT_TEXT },
  [BARISTA_FACT_ADVERTISED] = { "advertised", BARISTA_FACT_TEXT },
  [BARISTA_FACT_ADVERTISED_CAUSE] = { "advertised_cause", BARISTA_FACT_TEXT },
  [BARISTA_FACT_ADVERTISED_STAGE] = { "advertised_stage", BARISTA_FACT_TEXT },
  [BARISTA_FACT_ROUND_TRIPS] = { "round_trips", BARISTA_FACT_INT },
  [BARISTA_FACT_STATUS] = { "status", BARISTA_FACT_INT },
  [BARISTA_FACT_CONTENT_TYPE] = { "content_type", BARISTA_FACT_TEXT },
  [BARISTA_FACT_LOCATION] = { "location", BARISTA_FACT_TEXT },
  [BARISTA_FACT_BODY] = { "body", BARISTA_FACT_TEXT },
  [BARISTA_FACT_REGISTRY_ERROR] = { "registry_error", BARISTA_FACT_INT },
  [BARISTA_FACT_SUBJECTS] = { "subjects", BARISTA_FACT_INT },
  [BARISTA_FACT_SCHEMA_ID] = { "schema_id", BARISTA_FACT_INT },
  [BARISTA_FACT_FIELD] = { "field", BARISTA_FACT_TEXT },
  [BARISTA_FACT_RECORDS] = { "records", BARISTA_FACT_INT },
  [BARISTA_FACT_DELETIONS] = { "deletions", BARISTA_FACT_INT },
  [BARISTA_FACT_DECODED] = { "decoded", BARISTA_FACT_INT },
  [BARISTA_FACT_ABORTED] = { "aborted", BARISTA_FACT_INT },
  [BARISTA_FACT_STOPPED_PARTITION] = { "stopped_partition", BARISTA_FACT_INT },
  [BARISTA_FACT_LAST_STABLE_OFFSET] = { "last_stable_offset", BARISTA_FACT_INT },
  [BARISTA_FACT_HIGH_WATERMARK] = { "high_watermark", BARISTA_FACT_INT },
  [BARISTA_FACT_LEADERS] = { "leaders", BARISTA_FACT_LIST },
  [BARISTA_FACT_UNREACHED_PARTITIONS] = { "unreached_partitions", BARISTA_FACT_INT },
  [BARISTA_FACT_UNASKED_PARTITIONS] = { "unasked_partitions", BARISTA_FACT_INT },
  [BARISTA_FACT_EARLIEST] = { "earliest", BARISTA_FACT_INT },
  [BARISTA_FACT_LATEST] = { "latest", BARISTA_FACT_INT },
  [BARISTA_FACT_EXTENT] = { "extent", BARISTA_FACT_INT },
  [BARISTA_FACT_OLDEST_RECORD] = { "oldest_record", BARISTA_FACT_TEXT },
  [BARISTA_FACT_NEWEST_RECORD] = { "newest_record", BARISTA_FACT_TEXT },
  [BARISTA_FACT_OFFSET] = { "offset", BARISTA_FACT_INT },
  [BARISTA_FACT_GROUP] = { "group", BARISTA_FACT_TEXT },
  [BARISTA_FACT_COMMITTED] = { "committed", BARISTA_FACT_INT },
  [BARISTA_FACT_READ] = { "read", BARISTA_FACT_INT },
  [BARISTA_FACT_UNREAD_PARTITIONS] = { "unread_partitions", BARISTA_FACT_INT },
  [BARISTA_FACT_DEPLOYED] = { "deployed", BARISTA_FACT_FLAG },
  [BARISTA_FACT_JOINED] = { "joined", BARISTA_FACT_FLAG },
  [BARISTA_FACT_JOINED_TOGETHER] = { "joined_together", BARISTA_FACT_FLAG },
  [BARISTA_FACT_UNREADY_TOPICS] = { "unready_topics", BARISTA_FACT_LIST },
};

static const char *const ends[] = {
  [BARISTA_END_OK] = "ok",
  [BARISTA_END_INVALID] = "invalid",
  [BARISTA_END_NAME_NOT_FOUND] = "name-not-found",
  [BARISTA_END_NAME_TROUBLE] = "name-trouble",
  [BARISTA_END_REFUSED] = "refused",
  [BARISTA_END_UNREACHABLE] = "unreachable",
  [BARISTA_END_NOT_PERMITTED] = "not-permitted",
  [BARISTA_END_PROXY] = "proxy",
  [BARISTA_END_SILENT] = "silent",
  [BARISTA_END_CLOSED] = "closed",
  [BARISTA_END_CA_FILE] = "ca-file",
  [BARISTA_END_CERTIFICATE] = "certificate",
  [BARISTA_END_TLS] = "tls",
  [BARISTA_END_GARBAGE] = "garbage",
  [BARISTA_END_NO_VERSION] = "no-version",
  [BARISTA_END_KAFKA_ERROR] = "kafka-error",
  [BARISTA_END_STATUS] = "status",
  [BARISTA_END_REDIRECT] = "redirect",
  [BARISTA_END_NOT_JSON] = "not-json",
  [BARISTA_END_UNDECODABLE] = "undecodable",
  [BARISTA_END_UNSUPPORTED] = "unsupported",
  [BARISTA_END_UNPROVEN] = "unproven",
  [BARISTA_END_IO] = "io",
};

static const char *const looks[] = {
  [BARISTA_LOOK_NONE] = "none",
  [BARISTA_LOOK_CLOSED] = "closed",
  [BARISTA_LOOK_KAFKA] = "kafka",
  [BARISTA_LOOK_TLS] = "tls",
  [BARISTA_LOOK_HTTP] = "http",
  [BARISTA_LOOK_OPEN] = "open",
  [BARISTA_LOOK_UNREACHABLE] = "unreachable",
};

const char *
barista_end_to_string (BaristaEnd end)
{
  return ends[end];
}

const char *
barista_look_to_string (BaristaLook look)
{
  return looks[look];
}

static guint
find_word (const char *const *words, guint n, const char *word)
{
  for (guint i = 0; word != NULL && i < n; i++)
    if (g_str_equal (words[i], word))
      return i;

  return n;
}

BaristaEnd
barista_end_from_string (const char *word)
{
  guint end = find_word (ends, G_N_ELEMENTS (ends), word);

  return end < G_N_ELEMENTS (ends) ? end : BARISTA_END_OK;
}

BaristaLook
barista_look_from_string (const char *word)
{
  guint look = find_word (looks, G_N_ELEMENTS (looks), word);

  return look < G_N_ELEMENTS (looks) ? look : BARISTA_LOOK_NONE;
}
