/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "barista-avro-names.h"

#include <string.h>

/* What a name takes in GHashTable while that grows: key, value and hash, in the old table and in a
 * new one that is half empty. */
#define TABLE_ENTRY_SIZE 64

struct _BaristaAvroNamed
{
  BaristaAvroNode *node;
  BaristaAvroNamed *outer; /* the record that was open when this one was opened */
  BaristaAvroNamed *below; /* next in the stack of undecided records */
  guint number;            /* of records, in the order in which they were opened; 0: not a record */
  guint lowest;            /* the lowest number that it is known to lead to */
  gboolean open;
  gboolean undecided; /* may still turn out to be part of a loop */
};

void
barista_avro_names_init (BaristaAvroNames *self, BaristaAvroArena *arena)
{
  *self = (BaristaAvroNames) {
    .arena = arena,
    .by_name = g_hash_table_new (g_str_hash, g_str_equal),
  };
}

void
barista_avro_names_clear (BaristaAvroNames *self)
{
  g_clear_pointer (&self->by_name, g_hash_table_unref);
}

/* One part of a name; @end: (out): what follows it, NULL if it is no name. */
static gboolean
take_part (const char *name, const char **end)
{
  if (!g_ascii_isalpha (*name) && *name != '_')
    return FALSE;

  while (g_ascii_isalnum (*name) || *name == '_')
    name++;

  *end = name;
  return TRUE;
}

/**
 * barista_avro_name_is_valid:
 * @name: name of a field or a symbol
 *
 * Checks a name without dots: letters, digits and "_", no digit first.
 *
 * Returns: whether Avro allows it
 */
gboolean
barista_avro_name_is_valid (const char *name)
{
  return strlen (name) <= BARISTA_AVRO_NAME_MAX && take_part (name, &name) && *name == '\0';
}

gboolean
barista_avro_full_name_is_valid (const char *name)
{
  if (strlen (name) > BARISTA_AVRO_NAME_MAX)
    return FALSE;

  while (take_part (name, &name))
    {
      if (*name == '\0')
        return TRUE;
      if (*name++ != '.')
        return FALSE;
    }

  return FALSE;
}

char *
barista_avro_name_join (const char *enclosing, const char *name)
{
  const char *dot = enclosing != NULL ? strrchr (enclosing, '.') : NULL;

  if (dot == NULL)
    return g_strdup (name);

  return g_strdup_printf ("%.*s.%s", (int) (dot - enclosing), enclosing, name);
}

static BaristaAvroNamed *
add (BaristaAvroNames *self, BaristaAvroNode *node)
{
  BaristaAvroNamed *named = barista_avro_arena_alloc (self->arena, 1, sizeof *named);

  if (named == NULL || !barista_avro_arena_charge (self->arena, TABLE_ENTRY_SIZE))
    return NULL;

  named->node = node;
  g_hash_table_insert (self->by_name, (gpointer) node->full_name, named);
  return named;
}

/* Makes an enum or a fixed known. */
gboolean
barista_avro_names_add (BaristaAvroNames *self, BaristaAvroNode *node)
{
  return add (self, node) != NULL;
}

/* Makes a record known whose fields are about to be read. */
gboolean
barista_avro_names_open (BaristaAvroNames *self, BaristaAvroNode *record)
{
  BaristaAvroNamed *named = add (self, record);

  if (named == NULL)
    return FALSE;

  named->number = named->lowest = ++self->n_records;
  named->open = named->undecided = TRUE;
  named->outer = self->innermost;
  named->below = self->undecided;
  self->innermost = self->undecided = named;
  return TRUE;
}

/* All records above @root in the stack lead to each other. */
static void
decide (BaristaAvroNames *self, BaristaAvroNamed *root)
{
  gboolean loop = self->undecided != root;
  BaristaAvroNamed *named;

  do
    {
      named = self->undecided;
      self->undecided = named->below;
      named->undecided = FALSE;
      named->node->recursive = named->node->recursive || loop;
    }
  while (named != root);
}

/* The fields of the record that was opened last are read. */
void
barista_avro_names_close (BaristaAvroNames *self)
{
  BaristaAvroNamed *named = self->innermost;

  named->open = FALSE;
  self->innermost = named->outer;
  if (named->outer != NULL)
    named->outer->lowest = MIN (named->outer->lowest, named->lowest);
  if (named->lowest == named->number)
    decide (self, named);
}

static BaristaAvroNamed *
lookup (BaristaAvroNames *self, const char *full_name)
{
  return g_hash_table_lookup (self->by_name, full_name);
}

BaristaAvroNode *
barista_avro_names_lookup (BaristaAvroNames *self, const char *full_name)
{
  BaristaAvroNamed *named = lookup (self, full_name);

  return named != NULL ? named->node : NULL;
}

gboolean
barista_avro_names_is_open (BaristaAvroNames *self, const BaristaAvroNode *node)
{
  return lookup (self, node->full_name)->open;
}

static void
note_reference (BaristaAvroNames *self, BaristaAvroNamed *named)
{
  if (!named->undecided || self->innermost == NULL)
    return;

  self->innermost->lowest = MIN (self->innermost->lowest, named->number);
  self->recursive = self->recursive || named->open;
  if (named == self->innermost)
    named->node->recursive = TRUE;
}

/**
 * barista_avro_names_refer:
 * @self: the names so far
 * @name: a name, with dots or without
 * @enclosing: (nullable): full name of the type around the reference
 *
 * Finds the type that a name stands for: in the namespace around it, else without a namespace, as
 * the official library does.
 *
 * Returns: (nullable): the type; a record may still be open
 */
const BaristaAvroNode *
barista_avro_names_refer (BaristaAvroNames *self, const char *name, const char *enclosing)
{
  BaristaAvroNamed *named = NULL;

  if (strlen (name) > BARISTA_AVRO_NAME_MAX)
    return NULL;

  if (strchr (name, '.') == NULL)
    {
      g_autofree char *joined = barista_avro_name_join (enclosing, name);

      named = lookup (self, joined);
    }

  if (named == NULL)
    named = lookup (self, name);
  if (named == NULL)
    return NULL;

  note_reference (self, named);
  return named->node;
}
