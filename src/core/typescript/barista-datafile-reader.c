/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "barista-datafile-reader.h"

#include <string.h>

static void
entry_free (BaristaDatafileEntry *entry)
{
  g_free (entry->command);
  g_free (entry->value);
  g_free (entry);
}

static gsize
indentation (const char *line)
{
  return strspn (line, " \t");
}

/* A command starts at the margin with a capital; a certificate's lines stand there too, but hold
 * nothing behind their first word. */
static gboolean
is_command (const char *line)
{
  gsize word = 0;

  while (g_ascii_isupper (line[word]) || g_ascii_isdigit (line[word]) || line[word] == '_')
    word++;
  return word > 1 && (line[word] == ' ' || (line[word] == '\0' && strchr (line, '_') != NULL));
}

static char *
join_block (char **lines, guint first, guint end)
{
  g_autoptr (GString) text = g_string_new (NULL);
  gsize shared = G_MAXSIZE;

  while (end > first && lines[end - 1][indentation (lines[end - 1])] == '\0')
    end--;
  for (guint i = first; i < end; i++)
    if (lines[i][indentation (lines[i])] != '\0')
      shared = MIN (shared, indentation (lines[i]));

  for (guint i = first; i < end; i++)
    {
      gsize cut = MIN (shared, indentation (lines[i]));

      if (i > first)
        g_string_append_c (text, '\n');
      g_string_append (text, lines[i] + cut);
    }

  return g_strdup (text->str);
}

static void
add (GPtrArray *entries, const char *line, char *value, gboolean block)
{
  BaristaDatafileEntry *entry = g_new0 (BaristaDatafileEntry, 1);

  entry->command = g_strndup (line, strcspn (line, " "));
  entry->value = value;
  entry->block = block;
  g_ptr_array_add (entries, entry);
}

GPtrArray *
barista_datafile_read (const char *text)
{
  GPtrArray *entries = g_ptr_array_new_with_free_func ((GDestroyNotify) entry_free);
  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);

  for (guint i = 0; lines[i] != NULL;)
    {
      const char *line = lines[i++];
      guint first = i;

      if (!is_command (line))
        continue;
      if (!g_str_has_suffix (line, " >"))
        {
          const char *value = strchr (line, ' ');

          add (entries, line, g_strdup (value != NULL ? value + 1 : ""), FALSE);
          continue;
        }

      while (lines[i] != NULL && !is_command (lines[i]))
        i++;
      add (entries, line, join_block (lines, first, i), TRUE);
    }

  return entries;
}
