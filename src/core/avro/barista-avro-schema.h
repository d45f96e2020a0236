/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib-object.h>
#include <json-glib/json-glib.h>

G_BEGIN_DECLS

#define BARISTA_AVRO_ERROR (barista_avro_error_quark ())
GQuark barista_avro_error_quark (void);

/**
 * BaristaAvroError:
 * @BARISTA_AVRO_ERROR_SCHEMA: the text is not an Avro schema; the message names the place
 * @BARISTA_AVRO_ERROR_TOO_COMPLEX: deeper (64) or larger (100,000 nodes) than anything is read
 * @BARISTA_AVRO_ERROR_DATUM: the bytes are not a datum of the schema
 */
typedef enum
{
  BARISTA_AVRO_ERROR_SCHEMA,
  BARISTA_AVRO_ERROR_TOO_COMPLEX,
  BARISTA_AVRO_ERROR_DATUM,
} BaristaAvroError;

typedef enum
{
  BARISTA_AVRO_NULL,
  BARISTA_AVRO_BOOLEAN,
  BARISTA_AVRO_INT,
  BARISTA_AVRO_LONG,
  BARISTA_AVRO_FLOAT,
  BARISTA_AVRO_DOUBLE,
  BARISTA_AVRO_BYTES,
  BARISTA_AVRO_STRING,
  BARISTA_AVRO_RECORD,
  BARISTA_AVRO_ENUM,
  BARISTA_AVRO_ARRAY,
  BARISTA_AVRO_MAP,
  BARISTA_AVRO_UNION,
  BARISTA_AVRO_FIXED,
} BaristaAvroType;

typedef enum
{
  BARISTA_AVRO_LOGICAL_NONE,
  BARISTA_AVRO_DECIMAL,
  BARISTA_AVRO_BIG_DECIMAL,
  BARISTA_AVRO_UUID,
  BARISTA_AVRO_DATE,
  BARISTA_AVRO_TIME_MILLIS,
  BARISTA_AVRO_TIME_MICROS,
  BARISTA_AVRO_TIMESTAMP_MILLIS,
  BARISTA_AVRO_TIMESTAMP_MICROS,
  BARISTA_AVRO_TIMESTAMP_NANOS,
  BARISTA_AVRO_LOCAL_TIMESTAMP_MILLIS,
  BARISTA_AVRO_LOCAL_TIMESTAMP_MICROS,
  BARISTA_AVRO_LOCAL_TIMESTAMP_NANOS,
  BARISTA_AVRO_DURATION,
} BaristaAvroLogical;

/* What is read at most: of schemas with each named type written out where it is used, of values. */
#define BARISTA_AVRO_DEPTH_MAX 64
#define BARISTA_AVRO_NODES_MAX 100000

typedef struct _BaristaAvroNode BaristaAvroNode;

/**
 * BaristaAvroField:
 * @name: name of the field
 * @doc: (nullable): its doc text
 * @node: its schema
 * @default_value: (nullable): the default as registered; left out if it doesn't fit @node
 */
typedef struct
{
  const char *name;
  const char *doc;
  const BaristaAvroNode *node;
  JsonNode *default_value;
} BaristaAvroField;

/**
 * BaristaAvroNode:
 *
 * One schema in a tree of schemas; owned by its #BaristaAvroSchema and immutable. A named type that
 * refers to itself makes the tree a graph: `fields` of a record may lead back to it. Such records
 * are marked as @recursive. Who walks down enters at most one recursive record per path: all else
 * is a tree of at most %BARISTA_AVRO_NODES_MAX nodes, but a few records that lead to each other
 * have more paths than can be walked.
 */
struct _BaristaAvroNode
{
  BaristaAvroType type;
  BaristaAvroLogical logical; /* NONE when absent, unknown or not fitting its type */
  const char *full_name;      /* record, enum, fixed: with namespace; else NULL */
  const char *doc;
  guint precision; /* decimal */
  guint scale;
  guint size;       /* fixed: bytes */
  guint n_children; /* record: fields; union: branches; array, map: 1; enum: symbols */
  const BaristaAvroField *fields;         /* record */
  const BaristaAvroNode *const *branches; /* union; array and map: branches[0] is the element */
  const char *const *symbols;             /* enum */
  guint least_bytes;                      /* no datum of it takes fewer */
  guint depth;        /* levels from here down, a recursive reference being one */
  guint n_nodes;      /* nodes from here down, each reference counted again */
  gboolean recursive; /* a record that can hold itself, at whatever depth */
};

/**
 * BaristaAvroSchema:
 *
 * An Avro schema as registered: an immutable, reference-counted tree. Both readings of `duration`
 * are taken (around and inside the fixed), and a name defined twice in the same way (Dekaf writes
 * that), see `dekaf.md` 3.1.
 */
typedef struct _BaristaAvroSchema BaristaAvroSchema;
#define BARISTA_TYPE_AVRO_SCHEMA (barista_avro_schema_get_type ())
GType barista_avro_schema_get_type (void);

BaristaAvroSchema *barista_avro_schema_new (const char *text, gssize length, GError **error);
BaristaAvroSchema *barista_avro_schema_ref (BaristaAvroSchema *self);
void barista_avro_schema_unref (BaristaAvroSchema *self);
const BaristaAvroNode *barista_avro_schema_get_root (BaristaAvroSchema *self);
gboolean barista_avro_schema_is_recursive (BaristaAvroSchema *self);

const char *barista_avro_type_to_string (BaristaAvroType type);
const char *barista_avro_logical_to_string (BaristaAvroLogical logical);

/* For [T, "null"] and ["null", T]: T (and *nullable TRUE); for anything else the node itself. */
const BaristaAvroNode *barista_avro_node_unwrap (const BaristaAvroNode *node, gboolean *nullable);
const BaristaAvroField *
barista_avro_node_find_field (const BaristaAvroNode *node, const char *name);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BaristaAvroSchema, barista_avro_schema_unref)

G_END_DECLS
