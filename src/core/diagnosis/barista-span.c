/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "barista-span.h"

/* Offsets are a server's words: sums of them end at the largest number. */
static gint64
add (gint64 a, gint64 b)
{
  return a > G_MAXINT64 - b ? G_MAXINT64 : a + b;
}

/**
 * barista_spans_add_up:
 * @spans: (array length=n): each partition of a topic once
 * @n: how many
 *
 * Adds up over partitions, each of which has offsets of its own. Records that were there when the group
 * read them and have been dropped since count neither as there nor as read, nor do those that came
 * after @spans were looked up.
 *
 * Returns: the sums
 */
BaristaReach
barista_spans_add_up (const BaristaSpan *spans, gsize n)
{
  BaristaReach reach = { 0 };

  for (gsize i = 0; i < n; i++)
    {
      const BaristaSpan *span = &spans[i];
      gint64 first = MAX (span->first, 0);
      gint64 end = MAX (span->end, first);

      reach.extent = add (reach.extent, end - first);
      if (span->committed >= 0)
        reach.read = add (reach.read, CLAMP (span->committed, first, end) - first);
      else if (end > first)
        reach.unread++;
    }

  return reach;
}
