/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "barista-avro-schema.h"
#include "barista-finding.h"
#include "barista-setup.h"

G_BEGIN_DECLS

/* Columns of one data source that Tinybird takes at most (tinybird.md 1.8). */
#define BARISTA_MAX_COLUMNS 500

typedef enum
{
  BARISTA_COLUMN_VALUE,     /* from a field of the document */
  BARISTA_COLUMN_KEY,       /* the same, and part of the collection's key */
  BARISTA_COLUMN_OPERATION, /* _meta_op or _meta.op: c, u, d */
  BARISTA_COLUMN_MARKER,    /* _is_deleted or _meta.is_deleted */
  BARISTA_COLUMN_META,      /* __offset, __key, ...: no path */
  BARISTA_COLUMN_DOCUMENT,  /* __value, json:#.__value */
} BaristaColumnRole;

/**
 * BaristaColumn:
 * @name: column name
 * @type: Tinybird type, Nullable() and the like included
 * @path: (nullable): JSON path as it stands behind `json:`, "$._meta.op"; NULL for meta columns
 * @nullable: @type is Nullable
 * @included: written to the data source
 * @default_value: (nullable): DEFAULT expression
 * @reason: one sentence, translated: why this type and nullability, or why it is left out
 * @role: what it is for
 * @node: (nullable): where its values come from in the registered value schema
 */
typedef struct
{
  char *name;
  char *type;
  char *path;
  gboolean nullable;
  gboolean included;
  char *default_value;
  char *reason;
  BaristaColumnRole role;
  const BaristaAvroNode *node;
} BaristaColumn;

/**
 * BaristaTable:
 *
 * The data source that a topic becomes, derived from its registered schemas and the person's
 * choices; pure and immutable. Findings tell what had to be decided (arrays, collisions, limits).
 */
#define BARISTA_TYPE_TABLE (barista_table_get_type ())
G_DECLARE_FINAL_TYPE (BaristaTable, barista_table, BARISTA, TABLE, GObject)

/* The names that one topic of a project goes by. */
typedef struct
{
  char *data_source;
  char *group_id;
} BaristaTableName;

/* All topics of a project (BaristaTopicChoice) -> topic name: BaristaTableName, no two alike. */
GHashTable *barista_table_names_new (BaristaSetup *setup, GListModel *topics);

/**
 * barista_table_new:
 * @setup: for task.deletions, registry.enabled and the names
 * @choice: the topic's answers
 * @key: (nullable): registered key schema; NULL when there is none or no registry
 * @value: (nullable): registered value schema; NULL = whole-document plan only
 *
 * A table on its own: names that aren't stated are proposed without a look at other topics.
 *
 * Returns: (transfer full): the table as proposed, with the person's changes applied
 */
BaristaTable *barista_table_new (BaristaSetup *setup,
                                 BaristaTopicChoice *choice,
                                 BaristaAvroSchema *key,
                                 BaristaAvroSchema *value);

/* The same for one of several topics: @names is what barista_table_names_new() gave for all. */
BaristaTable *barista_table_new_named (BaristaSetup *setup,
                                       BaristaTopicChoice *choice,
                                       GHashTable *names,
                                       BaristaAvroSchema *key,
                                       BaristaAvroSchema *value);

const char *barista_table_get_topic (BaristaTable *self);
const char *barista_table_get_data_source (BaristaTable *self);
const char *barista_table_get_group_id (BaristaTable *self);
BaristaStart barista_table_get_start (BaristaTable *self);
GPtrArray *barista_table_get_columns (BaristaTable *self);  /* BaristaColumn, in file order */
GPtrArray *barista_table_get_findings (BaristaTable *self); /* BaristaFinding */
BaristaPlan barista_table_get_plan (BaristaTable *self);    /* never PROPOSED */
BaristaStore barista_table_get_store (BaristaTable *self);
BaristaPlan barista_table_get_recommended_plan (BaristaTable *self);
const char *barista_table_get_plan_reason (BaristaTable *self); /* why that one is recommended */
BaristaDeletions
barista_table_get_deletions (BaristaTable *self); /* stated, or read off the schema */
gboolean barista_table_get_stores_raw_value (BaristaTable *self);
const char *barista_table_get_engine (BaristaTable *self);
const char *barista_table_get_sorting_key (BaristaTable *self);
const char *barista_table_get_version (BaristaTable *self);       /* NULL: none */
const char *barista_table_get_is_deleted (BaristaTable *self);    /* NULL: none */
const char *barista_table_get_partition_key (BaristaTable *self); /* NULL: none */
const char *barista_table_get_ttl (BaristaTable *self);           /* NULL: none */
gboolean barista_table_get_needs_final (BaristaTable *self);
const BaristaColumn *barista_table_find_column (BaristaTable *self, const char *name);

G_END_DECLS
