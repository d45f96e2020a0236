/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "barista-avro-arena.h"

#include <string.h>

#define CHUNK_SIZE 4096
#define ALIGNMENT 8

void
barista_avro_arena_init (BaristaAvroArena *self, gsize budget)
{
  *self = (BaristaAvroArena) { .left_in_budget = budget };
}

void
barista_avro_arena_clear (BaristaAvroArena *self)
{
  g_slist_free_full (self->chunks, g_free);
  *self = (BaristaAvroArena) { 0 };
}

static gboolean
add_chunk (BaristaAvroArena *self, gsize least)
{
  gsize size = MAX (least, MIN (CHUNK_SIZE, self->left_in_budget));

  if (size > self->left_in_budget)
    return FALSE;

  self->free = g_malloc0 (size);
  self->chunks = g_slist_prepend (self->chunks, self->free);
  self->left_in_chunk = size;
  self->left_in_budget -= size;
  return TRUE;
}

static gpointer
take (BaristaAvroArena *self, gsize bytes)
{
  gpointer taken;

  if (bytes > self->left_in_chunk && !add_chunk (self, bytes))
    return NULL;

  taken = self->free;
  self->free += bytes;
  self->left_in_chunk -= bytes;
  return taken;
}

/**
 * barista_avro_arena_alloc:
 * @self: the arena
 * @n: how many
 * @size: bytes of each
 *
 * Takes room for @n things; it lives until barista_avro_arena_clear().
 *
 * Returns: (nullable) (transfer none): zeroed memory, or %NULL when the budget is used up
 */
gpointer
barista_avro_arena_alloc (BaristaAvroArena *self, gsize n, gsize size)
{
  gsize bytes;

  if (!g_size_checked_mul (&bytes, n, size) || bytes > G_MAXSIZE - ALIGNMENT)
    return NULL;

  bytes = MAX (bytes, 1);
  return take (self, (bytes + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT);
}

/**
 * barista_avro_arena_charge:
 * @self: the arena
 * @size: bytes
 *
 * Takes memory that lies elsewhere, such as a place in a table, off the budget.
 *
 * Returns: %FALSE when the budget is used up
 */
gboolean
barista_avro_arena_charge (BaristaAvroArena *self, gsize size)
{
  if (size > self->left_in_budget)
    return FALSE;

  self->left_in_budget -= size;
  return TRUE;
}

char *
barista_avro_arena_strdup (BaristaAvroArena *self, const char *text)
{
  gsize size = strlen (text) + 1;
  char *copy = barista_avro_arena_alloc (self, size, 1);

  return copy != NULL ? memcpy (copy, text, size) : NULL;
}
