/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "barista-sql-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* Blocks that last until `{% end %}`; all others (`set`, `else`, `import`...) stand alone. */
static const char *const blocks[] = { "if", "for", "while", "try", "block", "apply" };

/**
 * barista_sql_template_starts:
 * @at: a byte of the statement
 *
 * Templates are cut out before SQL is read, inside of strings and comments too. Of more than two
 * opening braces the last two count.
 *
 * Returns: whether `{{`, `{%` or `{#` of a template stands there
 */
gboolean
barista_sql_template_starts (const BaristaSql *self, gsize at)
{
  const char *text = self->text + at;

  if (!self->is_template || at + 1 >= self->length || text[0] != '{')
    return FALSE;
  if (text[1] == '{')
    return at + 2 >= self->length || text[2] != '{';

  return text[1] == '%' || text[1] == '#';
}

static void
count_block (const char *text, gsize length, gint *depth)
{
  gsize start = 0;
  gsize end;

  while (start < length && g_ascii_isspace (text[start]))
    start++;
  for (end = start; end < length && g_ascii_isalpha (text[end]);)
    end++;

  if (end - start == 3 && strncmp (text + start, "end", 3) == 0)
    *depth = MAX (*depth - 1, 0);
  for (guint i = 0; i < G_N_ELEMENTS (blocks); i++)
    if (strlen (blocks[i]) == end - start && strncmp (text + start, blocks[i], end - start) == 0)
      (*depth)++;
}

/**
 * barista_sql_template_skip:
 * @at: where barista_sql_template_starts()
 * @depth: how many blocks are open; counted on
 *
 * A template ends with the first closing mark, even one inside of quotes: its reader does it so.
 *
 * Returns: one past the template, or 0 when it has no end
 */
gsize
barista_sql_template_skip (const BaristaSql *self, gsize at, gint *depth)
{
  const char *text = self->text + at;
  const char closing[] = { text[1] == '{' ? '}' : text[1], '}' };
  const char *end;

  /* "{{!" is how one writes the braces themselves. */
  if (at + 2 < self->length && text[2] == '!')
    return at + 3;

  end = memmem (text + 2, self->length - at - 2, closing, sizeof closing);
  if (end == NULL)
    return 0;
  if (text[1] == '%')
    count_block (text + 2, (gsize) (end - text) - 2, depth);

  return (gsize) (end - self->text) + 2;
}
