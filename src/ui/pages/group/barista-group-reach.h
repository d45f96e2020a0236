/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "barista-session.h"

G_BEGIN_DECLS

/**
 * BaristaGroupReach:
 * @known: the check has looked at all of the topic's partitions
 * @empty: there is none
 * @extent: how much there is: bytes for Dekaf, whose offsets count them (dekaf.md 1.8), else records
 * @in_bytes: which of both
 * @oldest: (nullable): when the oldest record was written, in local time
 * @newest: (nullable): the same for the newest
 *
 * What a topic holds, as far as a reading position goes.
 */
typedef struct
{
  gboolean known;
  gboolean empty;
  guint64 extent;
  gboolean in_bytes;
  GDateTime *oldest;
  GDateTime *newest;
} BaristaGroupReach;

void barista_group_reach_init (BaristaGroupReach *self, BaristaSession *session, const char *topic);
void barista_group_reach_clear (BaristaGroupReach *self);

/* Translated: "7.4 days, 20.1 kB"; "" if nothing is known. */
char *barista_group_reach_format (const BaristaGroupReach *self);
/* Translated, one sentence: what that start means for this topic. */
char *barista_group_reach_explain (const BaristaGroupReach *self, BaristaStart start);
/* Translated, one sentence: how much of it a group has read, by the @evidence of the check's group
 * stage; where not all partitions could be asked it is only known that reading has begun. */
char *barista_group_reach_describe_read (const BaristaGroupReach *self, JsonObject *evidence);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (BaristaGroupReach, barista_group_reach_clear)

G_END_DECLS
