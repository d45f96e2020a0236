/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * BaristaSpan:
 * @partition: its number
 * @first: offset of its oldest record
 * @end: offset behind its newest record that may be read; not below @first
 * @committed: offset at which a group goes on; -1: it has stored none
 *
 * What one partition of a topic holds, and how far a group has read there.
 */
typedef struct
{
  gint64 partition;
  gint64 first, end;
  gint64 committed;
} BaristaSpan;

/**
 * BaristaReach:
 * @extent: how much all partitions hold together, in offsets: bytes for Dekaf (dekaf.md 1.8), else
 *   records
 * @read: how much of that lies before where the group goes on
 * @unread: partitions that hold something, and for which the group has stored nothing
 */
typedef struct
{
  gint64 extent;
  gint64 read;
  guint unread;
} BaristaReach;

BaristaReach barista_spans_add_up (const BaristaSpan *spans, gsize n);

G_END_DECLS
