/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "barista-avro-schema.h"
#include "barista-secret.h"
#include <gio/gio.h>

G_BEGIN_DECLS

#define BARISTA_REGISTRY_ERROR (barista_registry_error_quark ())
GQuark barista_registry_error_quark (void);

/**
 * BaristaRegistryError:
 *
 * An answer that isn't the one asked for; barista_registry_get_answer() has status, content type and
 * the first 4 KiB of its body. TLS and network errors keep their own domains; a bad own CA file is
 * BARISTA_CONNECTION_ERROR_CA_FILE, a peer that hangs up (in the handshake too) is
 * BARISTA_CONNECTION_ERROR_CLOSED.
 */
typedef enum
{
  BARISTA_REGISTRY_ERROR_STATUS,   /* a status other than 200 */
  BARISTA_REGISTRY_ERROR_REDIRECT, /* 3xx; never followed: it would carry the sign-in elsewhere */
  BARISTA_REGISTRY_ERROR_NOT_JSON,
  BARISTA_REGISTRY_ERROR_TOO_LARGE, /* over 16 MiB */
  BARISTA_REGISTRY_ERROR_SHAPE,     /* JSON of another shape */
  BARISTA_REGISTRY_ERROR_NOT_HTTP,  /* an answer that isn't HTTP at all */
} BaristaRegistryError;

typedef struct
{
  guint status;
  char *content_type; /* nullable */
  char *location;     /* nullable: of a redirect */
  char *date;         /* nullable: the server's clock */
  char *body;     /* nullable: the first 4 KiB, UTF-8 made valid; of refusals and wrong shapes */
  char *message;  /* nullable: what it says: Confluent's "message", or plain text without quotes */
  int error_code; /* Confluent's {"error_code"}; 0 = none */
} BaristaRegistryAnswer;

/* Stages of the last request, for the check; flags and chain as in #BaristaTlsTrace. */
typedef struct
{
  gboolean resolved, connected, secured;
  gint64 name, tcp, tls, first_byte; /* microseconds since the request began; -1 = not reached */
  GTlsCertificate *peer;
  GTlsCertificateFlags flags;
  gboolean certificate_requested;
  GTlsProtocolVersion version;
} BaristaRegistryTrace;

/**
 * BaristaRegistry:
 *
 * Client of a Confluent-style schema registry, as far as Dekaf has it: /subjects,
 * /subjects/S/versions/latest, /schemas/ids/N. The Authorization header is set by us on every
 * request (Dekaf answers 400 without one and sends no challenge). Subjects are percent-encoded into
 * one path segment; a path in front (Apicurio) is kept.
 */
#define BARISTA_TYPE_REGISTRY (barista_registry_get_type ())
G_DECLARE_FINAL_TYPE (BaristaRegistry, barista_registry, BARISTA, REGISTRY, GObject)

/* @url: normal form (barista_registry_url_normalize). @username, @password, @ca_file: nullable. */
BaristaRegistry *barista_registry_new (const char *url,
                                       const char *username,
                                       BaristaSecret *password,
                                       const char *ca_file);

/* How long a request may go without a byte, and in all, in milliseconds; 0 = no limit. It then ends
 * with G_IO_ERROR_TIMED_OUT, and its trace says how far it came. 10 s and 30 s if not set
 * (`diagnosis.md`, Rules). */
void barista_registry_set_limits (BaristaRegistry *self, guint idle_ms, guint total_ms);

/* Names of subjects, in one packed block: a list of 250,000 must pass. */
typedef struct _BaristaSubjects BaristaSubjects;
guint barista_subjects_get_n (BaristaSubjects *self);
const char *barista_subjects_get (BaristaSubjects *self, guint index);
gboolean barista_subjects_contains (BaristaSubjects *self, const char *subject);
void barista_subjects_free (BaristaSubjects *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (BaristaSubjects, barista_subjects_free)

void barista_registry_list_async (BaristaRegistry *self,
                                  GCancellable *cancellable,
                                  GAsyncReadyCallback callback,
                                  gpointer user_data);
BaristaSubjects *
barista_registry_list_finish (BaristaRegistry *self, GAsyncResult *result, GError **error);

typedef struct
{
  guint32 id;
  char *schema;      /* the text as registered */
  char *schema_type; /* "AVRO" where it isn't said */
  char *refers_to;   /* nullable: the first subject of its "references" */
  /* Read where the answer is, on a thread if it is long: see barista_registered_schema_to_avro(). */
  BaristaAvroSchema *tree;
  GError *fault;
} BaristaRegisteredSchema;
void barista_registered_schema_free (BaristaRegisteredSchema *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (BaristaRegisteredSchema, barista_registered_schema_free)

/* (transfer full) (nullable): the tree of an Avro schema. BARISTA_AVRO_ERROR otherwise: a schema of
 * another type, or one that can't be read without those that it refers to (Dekaf has no such; they
 * aren't fetched), is named as that. */
BaristaAvroSchema *
barista_registered_schema_to_avro (const BaristaRegisteredSchema *self, GError **error);

void barista_registry_latest_async (BaristaRegistry *self,
                                    const char *subject,
                                    GCancellable *cancellable,
                                    GAsyncReadyCallback callback,
                                    gpointer user_data);
void barista_registry_by_id_async (BaristaRegistry *self,
                                   guint32 id,
                                   GCancellable *cancellable,
                                   GAsyncReadyCallback callback,
                                   gpointer user_data);
BaristaRegisteredSchema *
barista_registry_schema_finish (BaristaRegistry *self, GAsyncResult *result, GError **error);

/* Of the request that ended last; borrowed until the next one ends. The answer is NULL when none
 * came. A request over a connection that was kept open has no TLS stage of its own: the trace keeps
 * that of the connection's first one. */
const BaristaRegistryAnswer *barista_registry_get_answer (BaristaRegistry *self);
const BaristaRegistryTrace *barista_registry_get_trace (BaristaRegistry *self);

G_END_DECLS
