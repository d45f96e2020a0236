/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "barista-practice-groups.h"

#include <string.h>

/* Commits beyond this are forgotten: a client may name any group. */
#define MAX_COMMITS 100000
/* offset.metadata.max.bytes as brokers have it unless told otherwise; and for all groups together. */
#define MAX_METADATA 4096
#define MAX_ALL_METADATA ((gsize) 16 * 1024 * 1024)

typedef struct
{
  gint64 offset;
  gsize length;
  char metadata[];
} Commit;

struct _BaristaPracticeGroups
{
  GHashTable *groups; /* id -> (see make_key() -> Commit) */
  guint n_commits;
  gsize metadata; /* bytes of all commits */
};

BaristaPracticeGroups *
barista_practice_groups_new (void)
{
  BaristaPracticeGroups *self = g_new0 (BaristaPracticeGroups, 1);

  self->groups = g_hash_table_new_full (g_str_hash, g_str_equal, g_free,
                                        (GDestroyNotify) g_hash_table_unref);
  return self;
}

void
barista_practice_groups_free (BaristaPracticeGroups *self)
{
  g_hash_table_unref (self->groups);
  g_free (self);
}

static char *
make_key (const char *topic, gint32 partition)
{
  return g_strdup_printf ("%d %s", partition, topic);
}

static Commit *
commit_new (gint64 offset, const char *metadata, gsize length)
{
  Commit *self = g_malloc (sizeof *self + length);

  self->offset = offset;
  self->length = length;
  if (length > 0)
    memcpy (self->metadata, metadata, length);
  return self;
}

static GHashTable *
ensure_group (BaristaPracticeGroups *self, const char *id)
{
  GHashTable *commits = g_hash_table_lookup (self->groups, id);

  if (commits == NULL)
    {
      commits = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
      g_hash_table_insert (self->groups, g_strdup (id), commits);
    }
  return commits;
}

/**
 * barista_practice_groups_commit:
 * @metadata: (nullable): whatever the client wants to be told with the offset
 * @length: its bytes
 *
 * Returns: FALSE if @metadata is more than brokers keep
 */
gboolean
barista_practice_groups_commit (BaristaPracticeGroups *self,
                                const char *group,
                                const char *topic,
                                gint32 partition,
                                gint64 offset,
                                const char *metadata,
                                gsize length)
{
  g_autofree char *key = make_key (topic, partition);
  GHashTable *commits = g_hash_table_lookup (self->groups, group);
  Commit *before = commits != NULL ? g_hash_table_lookup (commits, key) : NULL;
  gsize replaced = before != NULL ? before->length : 0;

  if (length > MAX_METADATA || self->metadata - replaced + length > MAX_ALL_METADATA)
    return FALSE;
  if (before == NULL && self->n_commits >= MAX_COMMITS)
    return TRUE;

  self->n_commits += before == NULL;
  self->metadata = self->metadata - replaced + length;
  g_hash_table_insert (ensure_group (self, group), g_steal_pointer (&key),
                       commit_new (offset, metadata, length));
  return TRUE;
}

/**
 * barista_practice_groups_get_offset:
 * @metadata: (out) (transfer none): what was committed with it; valid until the next commit
 * @length: (out): its bytes, 0 if nothing was
 *
 * Returns: the offset that was committed last, -1 if none was
 */
gint64
barista_practice_groups_get_offset (BaristaPracticeGroups *self,
                                    const char *group,
                                    const char *topic,
                                    gint32 partition,
                                    const char **metadata,
                                    gsize *length)
{
  g_autofree char *key = make_key (topic, partition);
  GHashTable *commits = g_hash_table_lookup (self->groups, group);
  Commit *commit = commits != NULL ? g_hash_table_lookup (commits, key) : NULL;

  *metadata = commit != NULL ? commit->metadata : "";
  *length = commit != NULL ? commit->length : 0;
  return commit != NULL ? commit->offset : -1;
}

/**
 * barista_practice_groups_delete:
 *
 * Returns: whether the group had committed anything, which is forgotten now
 */
gboolean
barista_practice_groups_delete (BaristaPracticeGroups *self, const char *group)
{
  GHashTable *commits = g_hash_table_lookup (self->groups, group);
  GHashTableIter iter;
  gpointer commit;

  if (commits == NULL)
    return FALSE;

  g_hash_table_iter_init (&iter, commits);
  while (g_hash_table_iter_next (&iter, NULL, &commit))
    self->metadata -= ((Commit *) commit)->length;
  self->n_commits -= g_hash_table_size (commits);
  return g_hash_table_remove (self->groups, group);
}
