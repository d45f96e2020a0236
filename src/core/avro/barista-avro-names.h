/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "barista-avro-arena.h"
#include "barista-avro-schema.h"

G_BEGIN_DECLS

/* Longer names are refused: each type takes the namespace around it into its own name. */
#define BARISTA_AVRO_NAME_MAX 1024

gboolean barista_avro_name_is_valid (const char *name);
gboolean barista_avro_full_name_is_valid (const char *name);

/* @name put into the namespace of the type that is called @enclosing */
char *barista_avro_name_join (const char *enclosing, const char *name);

typedef struct _BaristaAvroNamed BaristaAvroNamed;

/**
 * BaristaAvroNames:
 * @recursive: whether any type has led back to itself so far
 *
 * The named types of one schema text while it is parsed. It knows which records are still open, and
 * finds those that can hold themselves (Tarjan's strongly connected components, on the way).
 */
typedef struct
{
  gboolean recursive;
  BaristaAvroArena *arena;
  GHashTable *by_name;
  BaristaAvroNamed *innermost;
  BaristaAvroNamed *undecided;
  guint n_records;
} BaristaAvroNames;

void barista_avro_names_init (BaristaAvroNames *self, BaristaAvroArena *arena);
void barista_avro_names_clear (BaristaAvroNames *self);

/* FALSE: the arena is used up. */
gboolean barista_avro_names_add (BaristaAvroNames *self, BaristaAvroNode *node);
gboolean barista_avro_names_open (BaristaAvroNames *self, BaristaAvroNode *record);
void barista_avro_names_close (BaristaAvroNames *self);

BaristaAvroNode *barista_avro_names_lookup (BaristaAvroNames *self, const char *full_name);
gboolean barista_avro_names_is_open (BaristaAvroNames *self, const BaristaAvroNode *node);
const BaristaAvroNode *
barista_avro_names_refer (BaristaAvroNames *self, const char *name, const char *enclosing);

G_END_DECLS
