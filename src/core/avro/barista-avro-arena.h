/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * BaristaAvroArena:
 *
 * Memory that is taken piece by piece and given back at once, up to a budget: what a schema may
 * take is settled by the length of its text, not by what the text claims.
 */
typedef struct
{
  GSList *chunks;
  char *free;
  gsize left_in_chunk;
  gsize left_in_budget;
} BaristaAvroArena;

void barista_avro_arena_init (BaristaAvroArena *self, gsize budget);
void barista_avro_arena_clear (BaristaAvroArena *self);

/* Zeroed and aligned for any type; NULL when the budget is used up. Nothing else can fail. */
gpointer barista_avro_arena_alloc (BaristaAvroArena *self, gsize n, gsize size);
gboolean barista_avro_arena_charge (BaristaAvroArena *self, gsize size);
gboolean barista_avro_arena_can_spare (const BaristaAvroArena *self, gsize size);
char *barista_avro_arena_strdup (BaristaAvroArena *self, const char *text);

G_END_DECLS
