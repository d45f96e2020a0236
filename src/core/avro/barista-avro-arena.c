/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "barista-avro-arena.h"

#include <string.h>

#define CHUNK_SIZE 4096
#define CHUNK_OVERHEAD 64 /* what the allocator and the list add to it, at most */
#define ALIGNMENT 8

/* In a chunk things are taken from the front, aligned, and texts from the back, as they come. */

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

/* Makes sure that the chunk in use has room for @bytes. */
static gboolean
make_room (BaristaAvroArena *self, gsize bytes)
{
  gsize size = MAX (bytes, CHUNK_SIZE);

  if (bytes <= self->left_in_chunk)
    return TRUE;
  if (size > self->left_in_budget - MIN (CHUNK_OVERHEAD, self->left_in_budget))
    return FALSE;

  self->free = g_malloc0 (size);
  self->chunks = g_slist_prepend (self->chunks, self->free);
  self->left_in_chunk = size;
  self->left_in_budget -= size + CHUNK_OVERHEAD;
  return TRUE;
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
  gpointer taken;
  gsize bytes;

  if (!g_size_checked_mul (&bytes, n, size) || bytes > G_MAXSIZE - ALIGNMENT)
    return NULL;

  bytes = (MAX (bytes, 1) + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
  if (!make_room (self, bytes))
    return NULL;

  taken = self->free;
  self->free += bytes;
  self->left_in_chunk -= bytes;
  return taken;
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

/**
 * barista_avro_arena_can_spare:
 * @self: the arena
 * @size: bytes
 *
 * Asks before memory is taken elsewhere for a moment.
 *
 * Returns: whether the budget has room for it
 */
gboolean
barista_avro_arena_can_spare (const BaristaAvroArena *self, gsize size)
{
  return size <= self->left_in_budget;
}

char *
barista_avro_arena_strdup (BaristaAvroArena *self, const char *text)
{
  gsize size = strlen (text) + 1;

  if (!make_room (self, size))
    return NULL;

  self->left_in_chunk -= size;
  return memcpy (self->free + self->left_in_chunk, text, size);
}
