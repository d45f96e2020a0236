/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "barista-session.h"

G_BEGIN_DECLS

/**
 * BaristaGroupReach:
 * @known: the check has looked at the topic's records
 * @empty: there is none
 * @extent: how much there is: bytes for Dekaf, whose offsets count them (dekaf.md 1.8), else records
 * @in_bytes: which of both
 * @first: where it starts, as an offset
 * @single: the topic has one partition: its offsets say how far a group has read
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
  gint64 first;
  gboolean single;
  GDateTime *oldest;
  GDateTime *newest;
} BaristaGroupReach;

void barista_group_reach_init (BaristaGroupReach *self, BaristaSession *session, const char *topic);
void barista_group_reach_clear (BaristaGroupReach *self);

/* Translated: "7.4 days, 20.1 kB"; "" if nothing is known. */
char *barista_group_reach_format (const BaristaGroupReach *self);
/* Translated, one sentence: what that start means for this topic. */
char *barista_group_reach_explain (const BaristaGroupReach *self, BaristaStart start);
/* Translated, one sentence: how much of it a group has read that goes on at the offset @committed, which
 * is that of one partition: with several it is only known that reading has begun. */
char *barista_group_reach_describe_read (const BaristaGroupReach *self, gint64 committed);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (BaristaGroupReach, barista_group_reach_clear)

G_END_DECLS
