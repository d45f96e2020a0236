/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "barista-practice-groups.h"

#include <string.h>

/* Commits beyond this are forgotten: a client may name any group. */
#define MAX_COMMITS 100000

struct _BaristaPracticeGroups
{
  GHashTable *commits; /* see make_key() -> gint64 */
};

BaristaPracticeGroups *
barista_practice_groups_new (void)
{
  BaristaPracticeGroups *self = g_new0 (BaristaPracticeGroups, 1);

  self->commits = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  return self;
}

void
barista_practice_groups_free (BaristaPracticeGroups *self)
{
  g_hash_table_unref (self->commits);
  g_free (self);
}

/* The length in front keeps "a b" + "c" apart from "a" + "b c". */
static char *
make_key (const char *group, const char *topic, gint32 partition)
{
  return g_strdup_printf ("%zu %s %s %d", strlen (group), group, topic, partition);
}

void
barista_practice_groups_commit (BaristaPracticeGroups *self,
                                const char *group,
                                const char *topic,
                                gint32 partition,
                                gint64 offset)
{
  g_autofree char *key = make_key (group, topic, partition);

  if (g_hash_table_size (self->commits) < MAX_COMMITS || g_hash_table_contains (self->commits, key))
    g_hash_table_insert (self->commits, g_steal_pointer (&key), g_memdup2 (&offset, sizeof offset));
}

/**
 * barista_practice_groups_get_offset:
 *
 * Returns: the offset that was committed last, -1 if none was
 */
gint64
barista_practice_groups_get_offset (BaristaPracticeGroups *self,
                                    const char *group,
                                    const char *topic,
                                    gint32 partition)
{
  g_autofree char *key = make_key (group, topic, partition);
  const gint64 *offset = g_hash_table_lookup (self->commits, key);

  return offset != NULL ? *offset : -1;
}
