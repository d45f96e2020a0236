/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "barista-avro-arena.h"
#include "barista-avro-schema.h"

G_BEGIN_DECLS

/**
 * BaristaAvroParsed:
 * @root: the tree, in the arena
 * @recursive: whether a type in it leads back to itself
 * @has_defaults: fields point at nodes of the JSON that they were read from
 */
typedef struct
{
  const BaristaAvroNode *root;
  gboolean recursive;
  gboolean has_defaults;
} BaristaAvroParsed;

gboolean barista_avro_parse (BaristaAvroParsed *self,
                             JsonNode *json,
                             BaristaAvroArena *arena,
                             GError **error);

/* What a primitive's name stands for; NULL for any other name. */
const BaristaAvroNode *barista_avro_primitive (const char *name);

/* A logical type as its object gives it; FALSE: none, unknown, or it doesn't fit. */
gboolean barista_avro_logical_read (JsonObject *object, BaristaAvroNode *node);

/* For all defaults of a schema together. */
#define BARISTA_AVRO_DEFAULT_STEPS 1000000

gboolean
barista_avro_default_fits (JsonNode *value, const BaristaAvroNode *node, guint *steps_left);

/* Whether two readings of one text are the same schema; named types are equal by name. */
gboolean barista_avro_node_equal (const BaristaAvroNode *a, const BaristaAvroNode *b);

/* Whether two definitions of one name say the same, docs aside. */
gboolean barista_avro_definition_equal (const BaristaAvroNode *a, const BaristaAvroNode *b);

/* A string member, or NULL if it is not there or no string. */
const char *barista_avro_member_string (JsonObject *object, const char *name);
gboolean barista_avro_member_uint (JsonObject *object, const char *name, guint *value);

G_END_DECLS
