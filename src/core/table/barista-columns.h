/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "barista-avro-schema.h"
#include "barista-table.h"

G_BEGIN_DECLS

/* Columns that are listed at most, those that are left out included: a schema of 100,000 nodes can
 * spell out to far more paths than anybody reads. */
#define BARISTA_MAX_LISTED 20000

/**
 * BaristaLeaf:
 *
 * A place in the registered value schema that becomes one column: a column in the making, and what
 * only its making needs.
 */
typedef struct
{
  BaristaColumn *column;
  const BaristaAvroNode *node; /* settled */
  guint depth;                 /* 1: a field of the document itself */
  gboolean nullable;           /* it, or a record that it stands in, may be null */
  gboolean left_out;
  const char *rule;
  char *flat_name;
  const BaristaColumnChoice *choice; /* nullable: what the person changed */
} BaristaLeaf;

void barista_leaf_free (BaristaLeaf *self);

GPtrArray *barista_columns_walk (const BaristaAvroNode *root, gboolean *cut);
BaristaColumn *
barista_column_new (const char *name, const char *type, const char *path, BaristaColumnRole role);
void barista_column_free (BaristaColumn *self);
const char *barista_column_meta_type (const char *name);
BaristaLeaf *barista_leaf_new (const char *path, const char *flat_name);
void barista_columns_name (GPtrArray *leaves);
gboolean barista_columns_is_reserved (const char *name);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BaristaLeaf, barista_leaf_free)

G_END_DECLS
