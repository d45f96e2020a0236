/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "barista-avro-schema.h"

G_BEGIN_DECLS

/**
 * BaristaMapping:
 * @type: Tinybird type, without Nullable() around it
 * @tail: what the JSON path gets appended: "", "[:]" or ".json"
 * @left_out: nothing can come out of it
 * @rule: (nullable): id of the finding that it deserves
 * @reason: one translated sentence
 *
 * What one Avro schema becomes as a column: tinybird.md 7.
 */
typedef struct
{
  char *type;
  const char *tail;
  gboolean left_out;
  const char *rule;
  char *reason;
} BaristaMapping;

void barista_mapping_clear (BaristaMapping *self);
void barista_mapping_init (BaristaMapping *self, const BaristaAvroNode *node);
void barista_mapping_init_recursive (BaristaMapping *self, const BaristaAvroNode *node);

const BaristaAvroNode *barista_avro_node_settle (const BaristaAvroNode *node, gboolean *nullable);
gboolean barista_avro_node_is_raw_json (const BaristaAvroNode *node);
gboolean barista_avro_node_same_kind (const BaristaAvroNode *a, const BaristaAvroNode *b);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (BaristaMapping, barista_mapping_clear)

G_END_DECLS
