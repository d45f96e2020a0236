/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Kafka's message formats as tables, and the one engine that reads and writes them.
 *
 * Reading: a frame is checked once, whole, against its layout (every length and count against the
 * bytes left); then views walk the bytes in place. No struct is built, so a listing of 100,000
 * topics costs what its bytes cost. Writing: fields are put in the order of the layout; a field
 * that the version doesn't have is passed over, one that was not put takes its default.
 *
 * Field names are those of Kafka's own message definitions (camelCase), so that tables, the test
 * frames and the protocol's pages can be laid side by side. */

#define BARISTA_WIRE_MAX_FRAME (128 * 1024 * 1024)

#define BARISTA_WIRE_ERROR (barista_wire_error_quark ())
GQuark barista_wire_error_quark (void);

/**
 * BaristaWireError:
 * @BARISTA_WIRE_ERROR_MALFORMED: bytes that the layout does not allow; the message has the field
 * @BARISTA_WIRE_ERROR_TOO_LARGE: a frame of more than 128 MiB, or of a negative size
 * @BARISTA_WIRE_ERROR_UNKNOWN: an API or version without a layout
 * @BARISTA_WIRE_ERROR_CHECKSUM: a record batch whose CRC-32C is wrong
 * @BARISTA_WIRE_ERROR_CODEC: a compression that is unknown, or data that doesn't unpack
 */
typedef enum
{
  BARISTA_WIRE_ERROR_MALFORMED,
  BARISTA_WIRE_ERROR_TOO_LARGE,
  BARISTA_WIRE_ERROR_UNKNOWN,
  BARISTA_WIRE_ERROR_CHECKSUM,
  BARISTA_WIRE_ERROR_CODEC,
} BaristaWireError;

typedef enum
{
  BARISTA_API_PRODUCE = 0,
  BARISTA_API_FETCH = 1,
  BARISTA_API_LIST_OFFSETS = 2,
  BARISTA_API_METADATA = 3,
  BARISTA_API_OFFSET_COMMIT = 8,
  BARISTA_API_OFFSET_FETCH = 9,
  BARISTA_API_FIND_COORDINATOR = 10,
  BARISTA_API_JOIN_GROUP = 11,
  BARISTA_API_HEARTBEAT = 12,
  BARISTA_API_LEAVE_GROUP = 13,
  BARISTA_API_SYNC_GROUP = 14,
  BARISTA_API_LIST_GROUPS = 16,
  BARISTA_API_SASL_HANDSHAKE = 17,
  BARISTA_API_API_VERSIONS = 18,
  BARISTA_API_OFFSET_FOR_LEADER_EPOCH = 23,
  BARISTA_API_DESCRIBE_CONFIGS = 32,
  BARISTA_API_SASL_AUTHENTICATE = 36,
  BARISTA_API_DELETE_GROUPS = 42,
} BaristaApi;

typedef enum
{
  BARISTA_WIRE_REQUEST,
  BARISTA_WIRE_RESPONSE
} BaristaWireKind;

typedef enum
{
  BARISTA_WIRE_BOOLEAN,
  BARISTA_WIRE_INT8,
  BARISTA_WIRE_INT16,
  BARISTA_WIRE_INT32,
  BARISTA_WIRE_INT64,
  BARISTA_WIRE_UUID, /* 16 bytes */
  BARISTA_WIRE_STRING,
  BARISTA_WIRE_BYTES,
  BARISTA_WIRE_RECORDS, /* bytes; the record batches of Fetch and Produce */
  BARISTA_WIRE_INT32_ARRAY,
  BARISTA_WIRE_STRING_ARRAY,
  BARISTA_WIRE_STRUCT_ARRAY,
  BARISTA_WIRE_STRUCT, /* tagged only: Fetch's currentLeader */
} BaristaWireType;

typedef struct _BaristaWireField BaristaWireField;

/**
 * BaristaWireField:
 * @name: as in Kafka's message definition; NULL ends a table
 * @type: its type
 * @since: first version that has it
 * @removed: first version that no longer has it; 0: all later ones have it
 * @null_since: first version in which it may be null; 0 never, %BARISTA_WIRE_NULL_ALWAYS in each
 * @tagged: it stands among the tagged fields behind the others, not in line
 * @tag: its number there; ascending within a table
 * @free_text: text of an application, which may hold NULs: some clients end theirs with one
 * @fallback: value of a number that was not put or is not in the version
 * @element: fields of a struct or of an array's element
 */
struct _BaristaWireField
{
  const char *name;
  BaristaWireType type;
  gint8 since, removed, null_since;
  gboolean tagged, free_text;
  guint8 tag;
  gint64 fallback;
  const BaristaWireField *element;
};

#define BARISTA_WIRE_NULL_ALWAYS (-1)

/**
 * BaristaWireLayout:
 *
 * One API: its two tables, the versions that they cover and the first one with compact encodings
 * (-1: none). Request headers are v2 from there on, else v1; response headers v1, else v0, but for
 * ApiVersions, whose response always has v0; SaslHandshake never changes.
 */
typedef struct
{
  BaristaApi api;
  const char *name;
  gint16 min_version, max_version, flexible_since;
  const BaristaWireField *request, *response;
} BaristaWireLayout;

const BaristaWireLayout *barista_wire_layout (BaristaApi api); /* NULL: none */
const BaristaWireLayout *const *barista_wire_layouts (guint *n);
/* "Metadata"; "API 77" for unknown ones. */
const char *barista_api_to_string (gint16 api_key);
/* "TOPIC_AUTHORIZATION_FAILED"; NULL for unknown ones. */
const char *barista_kafka_error_to_string (gint16 code);
gboolean barista_wire_field_in_version (const BaristaWireField *field, gint16 version);

/* --- reading --- */

/**
 * BaristaWireView:
 *
 * A struct inside a checked message. Cheap to copy; valid as long as the bytes are. Getters give
 * the field's fallback when the version has no such field; naming a field that the layout doesn't
 * have at all is a programmer's error (g_critical).
 */
typedef struct
{
  const BaristaWireField *fields;
  const guint8 *data;
  gsize length; /* to the end of the message */
  gint16 version;
  gboolean flexible;
} BaristaWireView;

/* Checks @bytes (a message body, after its header) whole. Left-over bytes are an error. */
gboolean barista_wire_view_init (BaristaWireView *self,
                                 const BaristaWireLayout *layout,
                                 BaristaWireKind kind,
                                 gint16 version,
                                 const guint8 *bytes,
                                 gsize length,
                                 GError **error);
/* Booleans too. */
/* A request as brokers read it: bytes behind the message are passed over. */
gboolean barista_wire_view_init_request (BaristaWireView *self,
                                         const BaristaWireLayout *layout,
                                         gint16 version,
                                         const guint8 *bytes,
                                         gsize length,
                                         GError **error);
gint64 barista_wire_view_get_int (const BaristaWireView *self, const char *field);
/* Not NUL-terminated; NULL when null. UTF-8 was checked. */
const char *
barista_wire_view_get_string (const BaristaWireView *self, const char *field, gsize *length);
char *barista_wire_view_dup_string (const BaristaWireView *self, const char *field);
const guint8 *
barista_wire_view_get_bytes (const BaristaWireView *self, const char *field, gsize *length);
/* A tagged struct (Fetch's currentLeader); FALSE if it isn't there. */
gboolean
barista_wire_view_get_struct (const BaristaWireView *self, const char *field, BaristaWireView *out);

typedef struct
{
  const BaristaWireField *field;
  BaristaWireView cursor;
  guint left;
} BaristaWireIter;

/* Number of elements; -1 (and an iterator without any) when the array is null or not in this
 * version. */
int
barista_wire_view_get_array (const BaristaWireView *self, const char *field, BaristaWireIter *iter);
gboolean barista_wire_iter_next (BaristaWireIter *self, BaristaWireView *element);
gboolean barista_wire_iter_next_int (BaristaWireIter *self, gint32 *value);
gboolean barista_wire_iter_next_string (BaristaWireIter *self, const char **text, gsize *length);

/**
 * BaristaWireRequestHeader:
 * @client_id: (nullable): not NUL-terminated, @client_id_length bytes
 */
typedef struct
{
  gint16 api_key;
  gint16 api_version;
  gint32 correlation_id;
  const char *client_id;
  gsize client_id_length;
} BaristaWireRequestHeader;

/* The four bytes of size in front of a frame. */
gboolean barista_wire_parse_size (const guint8 size[4], gsize *length, GError **error);
/* Says that @size bytes are too many: BARISTA_WIRE_ERROR_TOO_LARGE. FALSE. */
gboolean barista_wire_refuse_size (guint32 size, GError **error);
/* @frame: what follows the four bytes of size. @body, @body_length: the rest after the header. An
 * unknown API or version ends with BARISTA_WIRE_ERROR_UNKNOWN and @header filled. */
gboolean barista_wire_parse_request (const guint8 *frame,
                                     gsize length,
                                     BaristaWireRequestHeader *header,
                                     const guint8 **body,
                                     gsize *body_length,
                                     GError **error);
gboolean barista_wire_parse_response (const BaristaWireLayout *layout,
                                      gint16 version,
                                      const guint8 *frame,
                                      gsize length,
                                      gint32 *correlation_id,
                                      const guint8 **body,
                                      gsize *body_length,
                                      GError **error);

/* --- writing --- */

typedef struct _BaristaWireWriter BaristaWireWriter;

/* A frame with its four bytes of size and its header in front. Put fields in the order of their
 * table. What was not put: numbers take their fallback; text and bytes are null where they may be,
 * else empty; arrays are empty. A SaslAuthenticate frame is wiped when it is freed. */
BaristaWireWriter *barista_wire_request_new (BaristaApi api,
                                             gint16 version,
                                             gint32 correlation_id,
                                             const char *client_id);
BaristaWireWriter *
barista_wire_response_new (BaristaApi api, gint16 version, gint32 correlation_id);
void barista_wire_put_int (BaristaWireWriter *self, const char *field, gint64 value);
/* NULL where the version allows it. More than 32767 bytes are cut in versions that can't hold them. */
void barista_wire_put_string (BaristaWireWriter *self, const char *field, const char *text);
/* The same of @length bytes. */
void
barista_wire_put_text (BaristaWireWriter *self, const char *field, const char *text, gsize length);
/* NULL is null where the version allows it, else no bytes. */
void barista_wire_put_bytes (BaristaWireWriter *self,
                             const char *field,
                             const guint8 *bytes,
                             gsize length);
/* Opens an array of @n elements (-1: null); call next before each element's fields, or put_element_*
 * for each number or string, and end_array, which only a null array does without. */
void barista_wire_begin_array (BaristaWireWriter *self, const char *field, int n);
void barista_wire_next (BaristaWireWriter *self);
void barista_wire_put_element_int (BaristaWireWriter *self, gint32 value);
void barista_wire_put_element_string (BaristaWireWriter *self, const char *text);
void barista_wire_end_array (BaristaWireWriter *self);
/* A tagged struct. */
void barista_wire_begin_struct (BaristaWireWriter *self, const char *field);
void barista_wire_end_struct (BaristaWireWriter *self);
/* Ends the message: fills the rest with defaults and the frame's size in; frees @self. */
GBytes *barista_wire_writer_finish (BaristaWireWriter *self);
void barista_wire_writer_free (BaristaWireWriter *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BaristaWireWriter, barista_wire_writer_free)

G_END_DECLS
