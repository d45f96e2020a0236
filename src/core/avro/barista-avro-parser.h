/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "barista-avro-arena.h"
#include "barista-avro-names.h"
#include "barista-avro-place.h"
#include "barista-avro-schema.h"

G_BEGIN_DECLS

/**
 * BaristaAvroParser:
 *
 * Turns JSON into nodes. It recurses with the JSON, whose depth the JSON guard has bounded. All
 * memory is the arena's, all errors name the place; what fails gives %NULL or %FALSE up to the root.
 */
typedef struct
{
  BaristaAvroArena *arena;
  BaristaAvroNames names;
  guint default_steps_left;
  gboolean has_defaults;
  GError *error;
} BaristaAvroParser;

/* Where a schema stands: @enclosing is the full name of the type around it. */
typedef struct
{
  BaristaAvroPlace place;
  const char *enclosing;
} BaristaAvroContext;

typedef const BaristaAvroNode *(*BaristaAvroReadFunc) (BaristaAvroParser *self,
                                                       JsonObject *object,
                                                       const BaristaAvroContext *context);

const BaristaAvroNode *barista_avro_parser_read (BaristaAvroParser *self,
                                                 JsonNode *json,
                                                 const BaristaAvroContext *context);
const BaristaAvroNode *barista_avro_parser_read_record (BaristaAvroParser *self,
                                                        JsonObject *object,
                                                        const BaristaAvroContext *context);
const BaristaAvroNode *barista_avro_parser_read_enum (BaristaAvroParser *self,
                                                      JsonObject *object,
                                                      const BaristaAvroContext *context);
const BaristaAvroNode *barista_avro_parser_read_fixed (BaristaAvroParser *self,
                                                       JsonObject *object,
                                                       const BaristaAvroContext *context);

/* Return NULL, so that `return barista_avro_parser_fail (...)` leaves any reader. The first failure
 * is kept. */
gpointer barista_avro_parser_fail (BaristaAvroParser *self,
                                   const BaristaAvroContext *context,
                                   const char *format,
                                   ...) G_GNUC_PRINTF (3, 4);
gpointer barista_avro_parser_fail_full (BaristaAvroParser *self, const BaristaAvroContext *context);

gpointer barista_avro_parser_take (BaristaAvroParser *self,
                                   const BaristaAvroContext *context,
                                   gsize n,
                                   gsize size);
char *barista_avro_parser_take_string (BaristaAvroParser *self,
                                       const BaristaAvroContext *context,
                                       const char *text);
gboolean barista_avro_parser_take_doc (BaristaAvroParser *self,
                                       const BaristaAvroContext *context,
                                       JsonObject *object,
                                       const char **doc);
BaristaAvroNode *barista_avro_parser_take_node (BaristaAvroParser *self,
                                                const BaristaAvroContext *context,
                                                BaristaAvroType type);

/* Bounds what a walk meets that follows each name: ten types can hold each other a billion times. */
const BaristaAvroNode *barista_avro_parser_check_extent (BaristaAvroParser *self,
                                                         const BaristaAvroContext *context,
                                                         const BaristaAvroNode *node);
void barista_avro_node_add_child (BaristaAvroNode *node, const BaristaAvroNode *child);

/* Names of fields or symbols, or what a union's branches are known by: each may be there once. */
gboolean barista_avro_parser_check_names (BaristaAvroParser *self,
                                          const BaristaAvroContext *context,
                                          const char *const *names,
                                          guint n);

G_END_DECLS
