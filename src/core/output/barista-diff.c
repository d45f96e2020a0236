/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "barista-diff.h"

#include <string.h>

/* Lines around a change. */
#define CONTEXT 3
/* Cells of the comparison table at most; beyond that the middle counts as replaced whole. */
#define MAX_CELLS (4 * 1024 * 1024)

typedef struct
{
  const char *start;
  gsize length; /* with the line break, if there is one */
} Line;

typedef struct
{
  char sign; /* ' ', '-' or '+' */
  Line line;
} Edit;

static GArray *
split_lines (GBytes *bytes)
{
  GArray *lines = g_array_new (FALSE, FALSE, sizeof (Line));
  gsize left = 0;
  const char *text = bytes != NULL ? g_bytes_get_data (bytes, &left) : NULL;

  while (left > 0)
    {
      const char *end = memchr (text, '\n', left);
      Line line = { text, end != NULL ? (gsize) (end + 1 - text) : left };

      g_array_append_val (lines, line);
      text += line.length;
      left -= line.length;
    }

  return lines;
}

static gboolean
same (const Line *a, const Line *b)
{
  return a->length == b->length && memcmp (a->start, b->start, a->length) == 0;
}

static void
add (GArray *edits, char sign, const Line *line)
{
  Edit edit = { sign, *line };

  g_array_append_val (edits, edit);
}

static void
add_all (GArray *edits, char sign, const Line *lines, gsize n)
{
  for (gsize i = 0; i < n; i++)
    add (edits, sign, &lines[i]);
}

/* The longest common subsequence of two runs of lines, by the plain table. */
static void
compare (GArray *edits, const Line *a, gsize n, const Line *b, gsize m)
{
  g_autofree guint32 *table = NULL;
  gsize i = 0, j = 0;

  if (n == 0 || m == 0 || n >= MAX_CELLS || m >= MAX_CELLS || (n + 1) * (m + 1) > MAX_CELLS)
    {
      add_all (edits, '-', a, n);
      add_all (edits, '+', b, m);
      return;
    }

#define CELL(x, y) table[(x) * (m + 1) + (y)]
  table = g_new0 (guint32, (n + 1) * (m + 1));
  for (gsize x = n; x-- > 0;)
    for (gsize y = m; y-- > 0;)
      CELL (x, y) = same (&a[x], &b[y]) ? CELL (x + 1, y + 1) + 1
                                        : MAX (CELL (x + 1, y), CELL (x, y + 1));

  while (i < n && j < m)
    {
      if (same (&a[i], &b[j]))
        {
          add (edits, ' ', &a[i++]);
          j++;
        }
      else if (CELL (i + 1, j) >= CELL (i, j + 1))
        add (edits, '-', &a[i++]);
      else
        add (edits, '+', &b[j++]);
    }
#undef CELL

  add_all (edits, '-', a + i, n - i);
  add_all (edits, '+', b + j, m - j);
}

static GArray *
make_edits (GArray *old_lines, GArray *new_lines)
{
  GArray *edits = g_array_new (FALSE, FALSE, sizeof (Edit));
  const Line *a = (gconstpointer) old_lines->data;
  const Line *b = (gconstpointer) new_lines->data;
  gsize n = old_lines->len, m = new_lines->len;
  gsize head = 0, tail = 0;

  while (head < n && head < m && same (&a[head], &b[head]))
    head++;
  while (tail < n - head && tail < m - head && same (&a[n - 1 - tail], &b[m - 1 - tail]))
    tail++;

  add_all (edits, ' ', a, head);
  compare (edits, a + head, n - head - tail, b + head, m - head - tail);
  add_all (edits, ' ', a + n - tail, tail);
  return edits;
}

/* A terminal must not obey what a foreign file holds. */
static void
append_line (GString *text, const Edit *edit)
{
  gboolean ended = edit->line.length > 0 && edit->line.start[edit->line.length - 1] == '\n';
  gssize length = (gssize) edit->line.length - ended;
  g_autofree char *valid = g_utf8_make_valid (edit->line.start, length);

  g_string_append_c (text, edit->sign);
  for (const char *p = valid; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);

      if (c != '\t' && g_unichar_iscntrl (c))
        g_string_append_printf (text, "\\x%02x", c);
      else
        g_string_append_unichar (text, c);
    }
  g_string_append_c (text, '\n');
  if (!ended)
    g_string_append (text, "\\ No newline at end of file\n");
}

static void
count (const Edit *edits, guint from, guint to, guint *old_lines, guint *new_lines)
{
  *old_lines = *new_lines = 0;
  for (guint i = from; i < to; i++)
    {
      *old_lines += edits[i].sign != '+';
      *new_lines += edits[i].sign != '-';
    }
}

/* One past the last edit of the hunk that starts at @from: changes closer than two contexts share
 * one. */
static guint
hunk_end (const Edit *edits, guint n, guint from)
{
  guint last_change = from;

  for (guint i = from; i < n && i <= last_change + 2 * CONTEXT; i++)
    if (edits[i].sign != ' ')
      last_change = i;

  return MIN (n, last_change + CONTEXT + 1);
}

static void
append_hunks (GString *text, GArray *edits)
{
  const Edit *all = (gconstpointer) edits->data;
  guint old_at = 1, new_at = 1, done = 0;

  for (guint i = 0; i < edits->len; i++)
    {
      guint start, end, old_lines, new_lines;

      if (all[i].sign == ' ')
        continue;

      start = MAX (done, i > CONTEXT ? i - CONTEXT : 0);
      end = hunk_end (all, edits->len, i);
      count (all, done, start, &old_lines, &new_lines);
      old_at += old_lines;
      new_at += new_lines;
      count (all, start, end, &old_lines, &new_lines);
      g_string_append_printf (text, "@@ -%u,%u +%u,%u @@\n", old_lines > 0 ? old_at : old_at - 1,
                              old_lines, new_lines > 0 ? new_at : new_at - 1, new_lines);
      for (guint j = start; j < end; j++)
        append_line (text, &all[j]);
      old_at += old_lines;
      new_at += new_lines;
      done = end;
      i = end - 1;
    }
}

/**
 * barista_diff_unified:
 * @old_bytes: (nullable): what is there; %NULL: no such file
 * @new_bytes: (nullable): what is to be there
 * @path: for the two heading lines
 *
 * A unified diff for people: bytes that a terminal would obey are shown as escapes. Time and memory
 * are bounded; runs too long to compare count as replaced.
 *
 * Returns: (transfer full): the diff; "" if there is no difference
 */
char *
barista_diff_unified (GBytes *old_bytes, GBytes *new_bytes, const char *path)
{
  g_autoptr (GArray) old_lines = split_lines (old_bytes);
  g_autoptr (GArray) new_lines = split_lines (new_bytes);
  g_autoptr (GArray) edits = make_edits (old_lines, new_lines);
  GString *text = g_string_new (NULL);

  append_hunks (text, edits);
  if (text->len > 0)
    {
      g_autofree char *heading = g_strdup_printf ("--- %s%s\n+++ b/%s\n",
                                                  old_bytes != NULL ? "a/" : "",
                                                  old_bytes != NULL ? path : "/dev/null", path);

      g_string_prepend (text, heading);
    }

  return g_string_free (text, FALSE);
}
