/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "barista-columns.h"
#include "barista-setup.h"

G_BEGIN_DECLS

/**
 * BaristaPlanFacts:
 * @n_parts: pointers of the collection's key; 0 = unknown
 * @n_keys: how many of the first leaves are the key, 0 = can't be told
 * @only_key: (nullable): the leaf of a key of one part
 * @operation: (nullable): the leaf that tells c, u or d
 * @marker: (nullable): the leaf of the delete marker
 * @other_marker: (nullable): a second one that is registered as well
 * @deletions: how the task sends deletions
 * @is_dekaf: Estuary's gateway; elsewhere a deletion mode means little
 * @has_value: a value schema is registered
 *
 * What key, schema and task say about deletions.
 */
typedef struct
{
  guint n_parts;
  guint n_keys;
  BaristaLeaf *only_key;
  BaristaLeaf *operation;
  BaristaLeaf *marker;
  BaristaLeaf *other_marker;
  BaristaDeletions deletions;
  gboolean is_dekaf;
  gboolean has_value;
} BaristaPlanFacts;

void barista_plan_gather (BaristaPlanFacts *self,
                          BaristaSetup *setup,
                          BaristaTopicChoice *choice,
                          const BaristaAvroNode *key,
                          const BaristaAvroNode *value,
                          GPtrArray *leaves);
BaristaPlan barista_plan_recommend (const BaristaPlanFacts *self, char **reason);
char *barista_plan_marker_path (const char *stated);

G_END_DECLS
