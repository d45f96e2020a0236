/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "barista-report.h"

G_BEGIN_DECLS

/**
 * BaristaEnd:
 *
 * How the attempt of a stage ended, as the network told it. What it means is the classifier's to
 * say: a close can be a connection limit, a missing sign-in or a listener without TLS.
 */
typedef enum
{
  BARISTA_END_OK,
  BARISTA_END_INVALID, /* lint: an answer that can't be used, see FACT_LINT */
  BARISTA_END_NAME_NOT_FOUND,
  BARISTA_END_NAME_TROUBLE, /* resolver: temporary failure */
  BARISTA_END_REFUSED,
  BARISTA_END_UNREACHABLE, /* no route, network or host unreachable */
  BARISTA_END_NOT_PERMITTED,
  BARISTA_END_PROXY,
  BARISTA_END_SILENT, /* the stage's time was up */
  BARISTA_END_CLOSED, /* closed or reset before an answer was complete */
  BARISTA_END_CA_FILE,
  BARISTA_END_CERTIFICATE, /* refused by us, see FACT_TLS_FLAGS */
  BARISTA_END_TLS,         /* any other failure of the handshake */
  BARISTA_END_GARBAGE,     /* bytes that are not an answer */
  BARISTA_END_NO_VERSION,
  BARISTA_END_KAFKA_ERROR, /* an answer with an error code */
  BARISTA_END_STATUS,      /* HTTP status other than 200 */
  BARISTA_END_REDIRECT,
  BARISTA_END_NOT_JSON,
  BARISTA_END_UNDECODABLE,
  BARISTA_END_UNSUPPORTED, /* a schema that can't become columns */
  BARISTA_END_UNPROVEN,    /* SASL: the server couldn't show that it knows the password */
  BARISTA_END_IO,          /* any other error of the system */
} BaristaEnd;

const char *barista_end_to_string (BaristaEnd end);

/* What a second look saw (`diagnosis.md`, Rules). */
typedef enum
{
  BARISTA_LOOK_NONE,
  BARISTA_LOOK_CLOSED,      /* a silent connection is closed as well */
  BARISTA_LOOK_KAFKA,       /* a plain ApiVersions is answered */
  BARISTA_LOOK_TLS,         /* the server speaks TLS */
  BARISTA_LOOK_HTTP,        /* a bare GET is answered */
  BARISTA_LOOK_OPEN,        /* stays open and says nothing */
  BARISTA_LOOK_UNREACHABLE, /* no connection at all */
} BaristaLook;

const char *barista_look_to_string (BaristaLook look);

/**
 * BaristaFact:
 *
 * The closed set of what evidence may hold: names, addresses, codes, times, first bytes, words of
 * the other side. There is no fact for a secret, and none that takes arbitrary members.
 */
typedef enum
{
  BARISTA_FACT_END,
  BARISTA_FACT_LOOK,
  BARISTA_FACT_REASON, /* of a skipped stage */
  BARISTA_FACT_ERROR_DOMAIN,
  BARISTA_FACT_ERROR_CODE,
  BARISTA_FACT_ERROR_MESSAGE,
  BARISTA_FACT_LINT,  /* id of the lint that failed */
  BARISTA_FACT_VALUE, /* the part of an answer that the lint means */
  /* what was asked for */
  BARISTA_FACT_HOST,
  BARISTA_FACT_PORT,
  BARISTA_FACT_URL,
  BARISTA_FACT_SECURITY,
  BARISTA_FACT_MECHANISM,
  BARISTA_FACT_USERNAME,
  BARISTA_FACT_REGISTRY_SIGN_IN, /* "own" or "none"; unset: the server's */
  BARISTA_FACT_DEKAF,
  BARISTA_FACT_MANAGED,
  BARISTA_FACT_PUBLISHED,
  BARISTA_FACT_LEGACY_USERNAME,
  BARISTA_FACT_SANDBOX,
  BARISTA_FACT_CONNECTIVITY,
  BARISTA_FACT_PORT_ADDED,
  BARISTA_FACT_TOPIC,
  /* network */
  BARISTA_FACT_PEER,
  BARISTA_FACT_ATTEMPTS,
  BARISTA_FACT_OTHER_SERVERS,
  BARISTA_FACT_OTHER_SERVICE_REACHED,
  BARISTA_FACT_BYTES_RECEIVED,
  BARISTA_FACT_FIRST_BYTES,
  BARISTA_FACT_FIRST_ANSWER,
  BARISTA_FACT_WAITED_S,
  BARISTA_FACT_TRIES,
  /* TLS */
  BARISTA_FACT_TLS_FLAGS,
  BARISTA_FACT_TLS_VERSION,
  BARISTA_FACT_TLS_CERTIFICATE_REQUESTED,
  BARISTA_FACT_CERTIFICATE_SUBJECT,
  BARISTA_FACT_CERTIFICATE_ISSUER,
  BARISTA_FACT_CERTIFICATE_NAMES,
  BARISTA_FACT_CERTIFICATE_NOT_BEFORE,
  BARISTA_FACT_CERTIFICATE_NOT_AFTER,
  BARISTA_FACT_CERTIFICATE_CHAIN,
  BARISTA_FACT_CLOCK,
  BARISTA_FACT_SERVER_CLOCK,
  BARISTA_FACT_CA_FILE,
  /* Kafka */
  BARISTA_FACT_API,
  BARISTA_FACT_API_VERSIONS,
  BARISTA_FACT_KAFKA_ERROR,
  BARISTA_FACT_KAFKA_ERROR_NAME,
  BARISTA_FACT_KAFKA_MESSAGE,
  BARISTA_FACT_MECHANISMS,
  BARISTA_FACT_IN_HANDSHAKE,
  BARISTA_FACT_SESSION_LIFETIME_MS,
  BARISTA_FACT_ODD_CHARACTERS,
  BARISTA_FACT_TOPICS,
  BARISTA_FACT_PARTITIONS,
  BARISTA_FACT_LISTED,
  BARISTA_FACT_CLOSEST,
  BARISTA_FACT_CLUSTER,
  BARISTA_FACT_ADVERTISED,
  BARISTA_FACT_ADVERTISED_CAUSE,
  BARISTA_FACT_ADVERTISED_STAGE,
  BARISTA_FACT_ROUND_TRIPS,
  /* registry */
  BARISTA_FACT_STATUS,
  BARISTA_FACT_CONTENT_TYPE,
  BARISTA_FACT_LOCATION,
  BARISTA_FACT_BODY,
  BARISTA_FACT_REGISTRY_ERROR,
  BARISTA_FACT_SUBJECTS,
  BARISTA_FACT_SCHEMA_ID,
  BARISTA_FACT_FIELD,
  /* records and groups */
  BARISTA_FACT_RECORDS,
  BARISTA_FACT_DELETIONS,
  BARISTA_FACT_DECODED,
  BARISTA_FACT_ABORTED,            /* records of aborted transactions, left out */
  BARISTA_FACT_STOPPED_PARTITION,  /* one with an open transaction, and then also: */
  BARISTA_FACT_LAST_STABLE_OFFSET, /* where readers of committed records stop */
  BARISTA_FACT_HIGH_WATERMARK,     /* where the log ends */
  BARISTA_FACT_LEADERS,            /* brokers and their partitions, where they are several */
  BARISTA_FACT_UNREACHED_PARTITIONS,
  BARISTA_FACT_UNASKED_PARTITIONS, /* of more brokers than a sample asks */
  BARISTA_FACT_EARLIEST,
  BARISTA_FACT_LATEST,
  BARISTA_FACT_EXTENT, /* what all partitions hold together, in offsets; only if all were asked */
  BARISTA_FACT_OLDEST_RECORD,
  BARISTA_FACT_NEWEST_RECORD,
  BARISTA_FACT_OFFSET,
  BARISTA_FACT_GROUP,
  BARISTA_FACT_COMMITTED,         /* the furthest of all partitions */
  BARISTA_FACT_READ,              /* how much of the extent the group has read */
  BARISTA_FACT_UNREAD_PARTITIONS, /* those with records for which it has stored nothing */
  BARISTA_FACT_DEPLOYED,
  BARISTA_FACT_JOINED,
  BARISTA_FACT_JOINED_TOGETHER, /* a group with all probed topics; not there: not tried */
  BARISTA_FACT_UNREADY_TOPICS,  /* those among them that are not ready */
  BARISTA_N_FACTS,
} BaristaFact;

/**
 * BaristaEvidence:
 *
 * What one stage saw; input of the classifier, and the `evidence` member of a report. Text is cut
 * at 4 KiB and made valid UTF-8 on its way in, lists at 100 items.
 */
typedef struct _BaristaEvidence BaristaEvidence;

BaristaEvidence *barista_evidence_new (BaristaService service, BaristaStage stage);
void barista_evidence_free (BaristaEvidence *self);
BaristaService barista_evidence_get_service (const BaristaEvidence *self);
BaristaStage barista_evidence_get_stage (const BaristaEvidence *self);

gboolean barista_evidence_has (const BaristaEvidence *self, BaristaFact fact);
void barista_evidence_unset (BaristaEvidence *self, BaristaFact fact);
void barista_evidence_set_int (BaristaEvidence *self, BaristaFact fact, gint64 value);
gint64 barista_evidence_get_int (const BaristaEvidence *self, BaristaFact fact); /* 0 if absent */
void barista_evidence_set_flag (BaristaEvidence *self, BaristaFact fact, gboolean value);
gboolean barista_evidence_get_flag (const BaristaEvidence *self, BaristaFact fact);
void barista_evidence_set_text (BaristaEvidence *self, BaristaFact fact, const char *value);
const char *barista_evidence_get_text (const BaristaEvidence *self, BaristaFact fact);
void barista_evidence_add_text (BaristaEvidence *self, BaristaFact fact, const char *value);
guint barista_evidence_get_n (const BaristaEvidence *self, BaristaFact fact); /* items of a list */
const char *barista_evidence_get_item (const BaristaEvidence *self, BaristaFact fact, guint index);
void barista_evidence_set_bytes (BaristaEvidence *self, BaristaFact fact, GBytes *bytes); /* hex */
/* Whether the bytes of @fact start with @prefix. */
gboolean barista_evidence_starts_with (const BaristaEvidence *self,
                                       BaristaFact fact,
                                       const char *prefix,
                                       gsize length);

void barista_evidence_set_end (BaristaEvidence *self, BaristaEnd end);
BaristaEnd barista_evidence_get_end (const BaristaEvidence *self);
void barista_evidence_set_look (BaristaEvidence *self, BaristaLook look);
BaristaLook barista_evidence_get_look (const BaristaEvidence *self);
/* Domain, code and text of a library's error: for "Details", never for a decision. */
void barista_evidence_set_error (BaristaEvidence *self, const GError *error);

/* The fact as text for a message: numbers in decimal, lists joined by commas; NULL if absent. */
char *barista_evidence_format (const BaristaEvidence *self, const char *fact_name);

JsonObject *barista_evidence_to_json (const BaristaEvidence *self);
/* Takes what it knows and passes over the rest (a report of another version). */
BaristaEvidence *
barista_evidence_from_json (BaristaService service, BaristaStage stage, JsonObject *json);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BaristaEvidence, barista_evidence_free)

G_END_DECLS
