/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "barista-json.h"

#include <string.h>

#include "barista-json-scan.h"

/* Where the walk is; @pointer leads to the name that was found twice once it is done. */
typedef struct
{
  BaristaJsonScan scan;
  GString *pointer;
} Walk;

static gboolean walk_value (Walk *self);

/* Appends a step to the pointer (RFC 6901). */
static void
enter (Walk *self, const char *step)
{
  g_string_append_c (self->pointer, '/');
  for (; *step != '\0'; step++)
    if (*step == '~' || *step == '/')
      g_string_append (self->pointer, *step == '~' ? "~0" : "~1");
    else
      g_string_append_c (self->pointer, *step);
}

static char *
take_string (BaristaJsonScan *scan)
{
  g_autoptr (GString) text = g_string_new (NULL);
  gunichar character;

  if (!barista_json_scan_take (scan, '"'))
    return NULL;
  while (!barista_json_scan_take (scan, '"'))
    {
      if (scan->at >= scan->end || !barista_json_scan_character (scan, &character))
        return NULL;
      g_string_append_unichar (text, character);
    }

  return g_string_free (g_steal_pointer (&text), FALSE);
}

static gboolean
walk_member (Walk *self, GHashTable *names)
{
  BaristaJsonScan *scan = &self->scan;
  gsize outside = self->pointer->len;
  const char *start;
  char *name;

  barista_json_scan_space (scan);
  start = scan->at;
  name = take_string (scan);
  if (name == NULL)
    return FALSE;
  enter (self, name);
  if (!g_hash_table_add (names, name))
    {
      scan->at = start;
      return FALSE;
    }

  barista_json_scan_space (scan);
  if (!barista_json_scan_take (scan, ':') || !walk_value (self))
    return FALSE;
  g_string_truncate (self->pointer, outside);
  return TRUE;
}

static gboolean
walk_element (Walk *self, guint index)
{
  gsize outside = self->pointer->len;

  g_string_append_printf (self->pointer, "/%u", index);
  if (!walk_value (self))
    return FALSE;
  g_string_truncate (self->pointer, outside);
  return TRUE;
}

/* What stands between an opening byte, which was taken, and @closer. */
static gboolean
walk_inside (Walk *self, char closer)
{
  g_autoptr (GHashTable) names = NULL;
  BaristaJsonScan *scan = &self->scan;

  if (closer == '}')
    names = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  barista_json_scan_space (scan);
  if (barista_json_scan_take (scan, closer))
    return TRUE;
  for (guint i = 0; i == 0 || barista_json_scan_take (scan, ','); i++)
    {
      if (!(names != NULL ? walk_member (self, names) : walk_element (self, i)))
        return FALSE;
      barista_json_scan_space (scan);
    }

  return barista_json_scan_take (scan, closer);
}

/* Recursion is bounded: the text was parsed within its limits before. */
static gboolean
walk_value (Walk *self)
{
  const BaristaJsonLimits scalar = { .depth = 0, .elements = G_MAXSIZE };
  BaristaJsonScan *scan = &self->scan;

  barista_json_scan_space (scan);
  if (barista_json_scan_take (scan, '{'))
    return walk_inside (self, '}');
  if (barista_json_scan_take (scan, '['))
    return walk_inside (self, ']');

  return barista_json_scan_value (scan, &scalar);
}

/**
 * barista_json_find_twice:
 * @text: JSON that barista_json_parse() took
 * @length: its bytes, or -1 if a NUL ends it
 * @line: (out): the line of the second one, from 1
 *
 * Looks for a name that stands in an object twice: the parser takes the last of them in silence, so
 * what people read first in a file that they wrote would not count.
 *
 * Returns: (nullable) (transfer full): JSON pointer (RFC 6901) to the first such member
 */
char *
barista_json_find_twice (const char *text, gssize length, guint *line)
{
  gsize size = length < 0 ? strlen (text) : (gsize) length;
  g_autoptr (GString) pointer = g_string_new (NULL);
  Walk walk = { .pointer = pointer };

  barista_json_scan_init (&walk.scan, text, size);
  if (walk_value (&walk))
    return NULL;

  *line = barista_json_scan_get_line (&walk.scan);
  return g_string_free (g_steal_pointer (&pointer), FALSE);
}
