/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "barista-address.h"
#include "barista-secret.h"
#include "barista-wire.h"
#include <gio/gio.h>

G_BEGIN_DECLS

#define BARISTA_CONNECTION_ERROR (barista_connection_error_quark ())
GQuark barista_connection_error_quark (void);

/**
 * BaristaConnectionError:
 * @BARISTA_CONNECTION_ERROR_CLOSED: the peer closed (or reset) before an answer was complete
 * @BARISTA_CONNECTION_ERROR_PROTOCOL: an answer that isn't one (size, correlation id, layout)
 * @BARISTA_CONNECTION_ERROR_NO_VERSION: no version in common for the API
 * @BARISTA_CONNECTION_ERROR_SASL: a well-formed refusal; see barista_connection_get_sasl_result()
 * @BARISTA_CONNECTION_ERROR_CA_FILE: the own CA file is missing or holds no PEM certificate
 * @BARISTA_CONNECTION_ERROR_UNPROVEN: SCRAM: the broker couldn't show that it knows the password
 * @BARISTA_CONNECTION_ERROR_SASLPREP: SCRAM: a name or a password that it has no form for (RFC 4013)
 */
typedef enum
{
  BARISTA_CONNECTION_ERROR_CLOSED,
  BARISTA_CONNECTION_ERROR_PROTOCOL,
  BARISTA_CONNECTION_ERROR_NO_VERSION,
  BARISTA_CONNECTION_ERROR_SASL,
  BARISTA_CONNECTION_ERROR_CA_FILE,
  BARISTA_CONNECTION_ERROR_UNPROVEN,
  BARISTA_CONNECTION_ERROR_SASLPREP,
} BaristaConnectionError;

/* What the tap below TLS keeps of the first bytes received; it stops before SaslAuthenticate. */
#define BARISTA_TAP_BYTES 64

/**
 * BaristaTlsTrace:
 *
 * What the handshake showed; all borrowed from the connection. Reasons are flags and codes, never a
 * library's text (`diagnosis.md`, Rules).
 */
typedef struct
{
  GTlsCertificate *peer;          /* NULL: none was seen */
  GTlsCertificateFlags flags;     /* all that is wrong with it, at once */
  gboolean certificate_requested; /* the server asked for a client certificate */
  GTlsProtocolVersion version;    /* negotiated; UNKNOWN before the end */
} BaristaTlsTrace;

/* How long each stage took, in microseconds, also when it failed; -1 = not begun. */
typedef struct
{
  gint64 name, tcp, tls;
} BaristaConnectionTimes;

/**
 * BaristaConnectionAttempt:
 * @address: numeric, with its port: "127.0.0.1:9092", "[::1]:9092"
 * @family: tells IPv4 from IPv6
 * @error: (nullable): NULL for the one that connected; G_IO_ERROR_CANCELLED for one that was still
 *   waiting when another had connected, or when the caller gave up
 * @duration: microseconds
 *
 * One TCP connection that was tried. Several run at once (Happy Eyeballs, RFC 8305): the next one
 * starts when one has failed, or after 250 ms.
 */
typedef struct
{
  char *address;
  GSocketFamily family;
  GError *error;
  gint64 duration;
} BaristaConnectionAttempt;

/**
 * BaristaConnection:
 *
 * One connection to one broker, used stage by stage: connect (name + TCP, one GSocketClient attempt
 * an address, Happy Eyeballs), TLS over the tap stream, then calls. Every async call ends within 100 ms of its
 * cancellation; time limits belong to the caller. After an error in the middle of a frame the
 * connection is of no further use. Lives on the thread-default main context of its creator.
 */
#define BARISTA_TYPE_CONNECTION (barista_connection_get_type ())
G_DECLARE_FINAL_TYPE (BaristaConnection, barista_connection, BARISTA, CONNECTION, GObject)

BaristaConnection *barista_connection_new (const BaristaAddress *address);
const BaristaAddress *barista_connection_get_address (BaristaConnection *self);

/* Emits "resolved" when the name stage is over (tcp begins). Errors: G_RESOLVER_ERROR, G_IO_ERROR. */
void barista_connection_connect_async (BaristaConnection *self,
                                       GCancellable *cancellable,
                                       GAsyncReadyCallback callback,
                                       gpointer user_data);
gboolean
barista_connection_connect_finish (BaristaConnection *self, GAsyncResult *result, GError **error);
gboolean barista_connection_get_resolved (BaristaConnection *self);
/* (element-type BaristaConnectionAttempt): in the order in which they were begun; owned by self. */
GPtrArray *barista_connection_get_attempts (BaristaConnection *self);
char *barista_connection_dup_peer (BaristaConnection *self); /* numeric address connected to */

/* @ca_file: (nullable): PEM file whose certificates replace the system's store; a relative path is
 * taken from the current folder. No session is resumed: the certificate is verified each time.
 * Errors: CA_FILE; CLOSED (the peer closed or reset in the handshake: look at bytes_received, and
 * take the second look); G_TLS_ERROR (reasons in the trace and the tap); G_IO_ERROR. */
void barista_connection_start_tls_async (BaristaConnection *self,
                                         const char *ca_file,
                                         GCancellable *cancellable,
                                         GAsyncReadyCallback callback,
                                         gpointer user_data);
gboolean
barista_connection_start_tls_finish (BaristaConnection *self, GAsyncResult *result, GError **error);
const BaristaTlsTrace *barista_connection_get_tls_trace (BaristaConnection *self);
const BaristaConnectionTimes *barista_connection_get_times (BaristaConnection *self);
/* (transfer full): the first bytes received below TLS (or in the clear), at most BARISTA_TAP_BYTES;
 * how many came in all; and whether the peer's close or reset was seen. */
GBytes *barista_connection_get_tap (BaristaConnection *self);
gsize barista_connection_get_bytes_received (BaristaConnection *self);
gboolean barista_connection_get_peer_closed (BaristaConnection *self);
/* (transfer full): the first bytes of the application's stream (inside TLS, or in the clear), at
 * most 16: tells HTTP from Kafka. */
GBytes *barista_connection_get_first_answer (BaristaConnection *self);

/* For the second look: sends @bytes as they are (NULL: nothing, a silent connection) and ends when
 * the peer has sent something (TRUE; see first_answer) or has closed (FALSE, CLOSED). Before any
 * call; the connection is of no further use afterwards. */
void barista_connection_probe_async (BaristaConnection *self,
                                     GBytes *bytes,
                                     GCancellable *cancellable,
                                     GAsyncReadyCallback callback,
                                     gpointer user_data);
gboolean
barista_connection_probe_finish (BaristaConnection *self, GAsyncResult *result, GError **error);

/* ApiVersions 3 (down to 0 where that is refused with code 35); keeps the table for negotiation.
 * Errors: CLOSED, PROTOCOL (not Kafka, or damaged; see first_answer), G_TLS_ERROR (TLS 1.3 servers
 * that want a client certificate say so at the first read), G_IO_ERROR. */
void barista_connection_hello_async (BaristaConnection *self,
                                     GCancellable *cancellable,
                                     GAsyncReadyCallback callback,
                                     gpointer user_data);
gboolean
barista_connection_hello_finish (BaristaConnection *self, GAsyncResult *result, GError **error);
/* Highest version that both have; -1: none. @min, @max: (optional): the peer's. */
gint16
barista_connection_pick_version (BaristaConnection *self, BaristaApi api, gint16 *min, gint16 *max);

/* One line of the peer's ApiVersions table, in its order; at most 1000 lines are kept. */
typedef struct
{
  gint16 api_key, min, max;
} BaristaApiRange;
const BaristaApiRange *barista_connection_get_api_ranges (BaristaConnection *self, guint *n);

/**
 * BaristaSaslResult:
 * @error_code: of SaslHandshake or SaslAuthenticate; 0 = accepted
 * @error_message: (nullable): the broker's words
 * @mechanisms: (nullable): what SaslHandshake says is offered, GStrv
 * @session_lifetime_ms: 0 = no limit
 * @in_handshake: @error_code is SaslHandshake's
 * @odd_characters: SCRAM: the user name isn't ASCII, which Apache Kafka refuses, or SASLprep has
 *   changed the password, which Apache Kafka hashes as it was typed
 */
typedef struct
{
  gint16 error_code;
  char *error_message;
  char **mechanisms;
  gint64 session_lifetime_ms;
  gboolean in_handshake;
  gboolean odd_characters;
} BaristaSaslResult;

/* @mechanism: "PLAIN", "SCRAM-SHA-256", "SCRAM-SHA-512". SaslHandshake, then SaslAuthenticate. Errors:
 * SASL (refused), UNPROVEN, SASLPREP, CLOSED, NO_VERSION, PROTOCOL, G_IO_ERROR (NOT_SUPPORTED: a
 * mechanism that we don't have). */
void barista_connection_sign_in_async (BaristaConnection *self,
                                       const char *mechanism,
                                       const char *username,
                                       BaristaSecret *password,
                                       GCancellable *cancellable,
                                       GAsyncReadyCallback callback,
                                       gpointer user_data);
gboolean
barista_connection_sign_in_finish (BaristaConnection *self, GAsyncResult *result, GError **error);
/* NULL before the broker has answered either of the two. */
const BaristaSaslResult *barista_connection_get_sasl_result (BaristaConnection *self);

/**
 * BaristaReply:
 *
 * A checked answer: @view leads into @bytes. Reference-counted.
 */
typedef struct
{
  GBytes *bytes;
  BaristaWireView view;
  gint16 version;
} BaristaReply;
BaristaReply *barista_reply_ref (BaristaReply *self);
void barista_reply_unref (BaristaReply *self);

/* A request with the connection's next correlation id. Build its fields, hand it to call_async. The
 * version is the highest in common; NULL and error NO_VERSION if none. */
BaristaWireWriter *
barista_connection_request (BaristaConnection *self, BaristaApi api, GError **error);
/* Sends @request (taken) and waits for its answer. Several may be under way at once (pipelined);
 * answers are matched by correlation id. A cancelled call ends with G_IO_ERROR_CANCELLED at once, the
 * others go on; its answer is dropped when it comes. */
void barista_connection_call_async (BaristaConnection *self,
                                    BaristaWireWriter *request,
                                    GCancellable *cancellable,
                                    GAsyncReadyCallback callback,
                                    gpointer user_data);
BaristaReply *
barista_connection_call_finish (BaristaConnection *self, GAsyncResult *result, GError **error);
/* Ends at once; calls under way end with CLOSED. Also done by the last unref. */
void barista_connection_close (BaristaConnection *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BaristaReply, barista_reply_unref)

G_END_DECLS
