/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "barista-names.h"

#include <string.h>

/* Longer names are not compared: a row of the table lies on the stack. */
#define NAME_BYTES 255

/* How two names look when capitals and strict encoding are set aside. */
static char *
fold (const char *name)
{
  g_autofree char *decoded = barista_topic_name_decode (name);

  return g_ascii_strdown (decoded != NULL ? decoded : name, -1);
}

/* Insertions, deletions and replacements from @a to @b, or @limit + 1 when there are more; only the
 * cells that can still be within the limit are filled in. */
static guint
edit_distance (const char *a, gsize a_length, const char *b, gsize b_length, guint limit)
{
  guint row[NAME_BYTES + 1];

  for (gsize j = 0; j <= b_length; j++)
    row[j] = (guint) j;

  for (gsize i = 1; i <= a_length; i++)
    {
      gsize from = i > limit ? i - limit : 1;
      gsize to = MIN (b_length, i + limit);
      guint diagonal = row[from - 1];
      guint least = limit + 1;

      row[from - 1] = from == 1 ? (guint) i : limit + 1;
      for (gsize j = from; j <= to; j++)
        {
          guint above = j < i + limit ? row[j] : limit + 1;
          guint best = MIN (diagonal + (a[i - 1] != b[j - 1]), MIN (above, row[j - 1]) + 1);

          diagonal = row[j];
          row[j] = best;
          least = MIN (least, best);
        }
      if (least > limit)
        return limit + 1;
    }

  return MIN (row[b_length], limit + 1);
}

static guint
distance (const char *wanted, const char *name, guint limit)
{
  gsize wanted_length = strlen (wanted);
  gsize length = strlen (name);

  if (g_str_equal (wanted, name))
    return 0;
  /* the last part only, or all but the last part's prefix: the usual slip */
  if (g_str_equal (barista_catalog_name_last_part (name), wanted)
      || g_str_equal (barista_catalog_name_last_part (wanted), name))
    return MIN (1, limit + 1);
  if (length > NAME_BYTES || MAX (length, wanted_length) - MIN (length, wanted_length) > limit)
    return limit + 1;

  return edit_distance (wanted, wanted_length, name, length, limit);
}

/**
 * barista_topic_name_closest:
 * @name: the name that was not found
 * @names: (array zero-terminated=1): the names that there are
 *
 * Looks for what was probably meant, for "did you mean". Capitals and strict encoding make no
 * difference, a name without its prefix is near, and else a third of the letters may differ. Work is
 * bounded by the shorter of both names, not by their product.
 *
 * Returns: (transfer none) (nullable): one of @names, the first of those that are equally near;
 *   %NULL if none is near
 */
const char *
barista_topic_name_closest (const char *name, const char *const *names)
{
  g_autofree char *wanted = NULL;
  const char *closest = NULL;
  guint nearest;

  if (strnlen (name, NAME_BYTES + 1) > NAME_BYTES || *name == '\0')
    return NULL;

  wanted = fold (name);
  nearest = MAX (1, (guint) strlen (wanted) / 3) + 1;
  for (guint i = 0; names[i] != NULL && nearest > 0; i++)
    {
      g_autofree char *candidate = fold (names[i]);
      guint d = distance (wanted, candidate, nearest - 1);

      if (d < nearest)
        {
          nearest = d;
          closest = names[i];
        }
    }

  return closest;
}
