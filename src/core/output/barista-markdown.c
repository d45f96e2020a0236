/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "barista-markdown.h"

static guint
longest_run (const char *text, char c)
{
  guint longest = 0;
  guint run = 0;

  for (; *text != '\0'; text++)
    {
      run = *text == c ? run + 1 : 0;
      longest = MAX (longest, run);
    }

  return longest;
}

/**
 * barista_markdown_append_code:
 * @text: the page
 * @code: a name, an address, a command
 *
 * Appends a code span that nothing in @code can end; line breaks, control and invisible characters
 * are shown as escapes, and a bar that would end a table's cell likewise.
 */
void
barista_markdown_append_code (GString *text, const char *code)
{
  g_autofree char *valid = g_utf8_make_valid (code, -1);
  guint ticks = longest_run (valid, '`') + 1;

  for (guint i = 0; i < ticks; i++)
    g_string_append_c (text, '`');
  if (ticks > 1)
    g_string_append_c (text, ' ');
  for (const char *p = valid; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);

      if (!g_unichar_isprint (c) || c == '|')
        g_string_append_printf (text, "\\u%04x", c);
      else
        g_string_append_unichar (text, c);
    }
  if (ticks > 1)
    g_string_append_c (text, ' ');
  for (guint i = 0; i < ticks; i++)
    g_string_append_c (text, '`');
}

/* The same as a string of its own. */
char *
barista_markdown_code (const char *code)
{
  GString *text = g_string_new (NULL);

  barista_markdown_append_code (text, code);
  return g_string_free (text, FALSE);
}
