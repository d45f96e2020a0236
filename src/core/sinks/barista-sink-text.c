/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "barista-sinks.h"

#include <string.h>

/**
 * barista_sink_statement:
 * @sql: a node's SQL, as typed
 *
 * Returns: (transfer full): the SQL that is written: without blanks around it, and with the `%` that
 *   templates need in front if it holds one (the SDK puts it there as well: tinybird.md 4.3)
 */
char *
barista_sink_statement (const char *sql)
{
  g_autofree char *tidied = g_strstrip (g_strdup (sql));
  gboolean is_template = strstr (tidied, "{{") != NULL || strstr (tidied, "{%") != NULL;

  if (is_template && *tidied != '%')
    return g_strconcat ("%\n", tidied, NULL);
  return g_steal_pointer (&tidied);
}

static gboolean
is_blank (gunichar c)
{
  return g_unichar_isspace (c) || g_unichar_iscntrl (c) || c == 0x2028 || c == 0x2029;
}

/**
 * barista_sink_description:
 * @text: a description, as typed
 *
 * Returns: (transfer full): the description that is written everywhere: one line, since readers of
 *   the vendor disagree on where a second one ends (tinybird.md 0.1, 10)
 */
char *
barista_sink_description (const char *text)
{
  g_autofree char *valid = g_utf8_make_valid (text, -1);
  g_autoptr (GString) line = g_string_new (NULL);
  gboolean gap = FALSE;

  for (const char *p = valid; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);

      if (is_blank (c))
        {
          gap = line->len > 0;
          continue;
        }
      if (gap)
        g_string_append_c (line, ' ');
      gap = FALSE;
      g_string_append_unichar (line, c);
    }

  return g_string_free_and_steal (g_steal_pointer (&line));
}
