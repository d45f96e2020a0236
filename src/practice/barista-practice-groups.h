/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * BaristaPracticeGroups:
 *
 * What consumer groups have committed, in memory. Names of topics are those that the client used:
 * the group calls don't decode them (`dekaf.md` 1.7).
 */
typedef struct _BaristaPracticeGroups BaristaPracticeGroups;

BaristaPracticeGroups *barista_practice_groups_new (void);
void barista_practice_groups_free (BaristaPracticeGroups *self);
gboolean barista_practice_groups_commit (BaristaPracticeGroups *self,
                                         const char *group,
                                         const char *topic,
                                         gint32 partition,
                                         gint64 offset,
                                         const char *metadata,
                                         gsize length);
gint64 barista_practice_groups_get_offset (BaristaPracticeGroups *self,
                                           const char *group,
                                           const char *topic,
                                           gint32 partition,
                                           const char **metadata,
                                           gsize *length);
gboolean barista_practice_groups_delete (BaristaPracticeGroups *self, const char *group);

G_END_DECLS
