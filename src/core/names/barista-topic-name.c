/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "barista-names.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "barista-name-text.h"

#define NAME_BYTES 512

/**
 * barista_topic_name_encode:
 * @name: the topic's name
 *
 * The name that a task with strict topic names offers: every byte that is not an ASCII letter or
 * digit becomes a dot and two hex digits in capitals, `_`, `-` and `.` too (dekaf.md 1.7).
 *
 * Returns: (transfer full): the name on the wire
 */
char *
barista_topic_name_encode (const char *name)
{
  GString *wire = g_string_new (NULL);

  for (const char *p = name; *p != '\0'; p++)
    {
      if (g_ascii_isalnum (*p))
        g_string_append_c (wire, *p);
      else
        g_string_append_printf (wire, ".%02X", (guint8) *p);
    }

  return g_string_free_and_steal (wire);
}

/**
 * barista_topic_name_resolve:
 * @wire_name: a topic's name as a client sends it
 *
 * What Dekaf looks up for a requested name, whatever the task's setting: a name with a slash as it
 * is, any other with `.` read as `%` and percent-decoded, where an escape that isn't one stays as it
 * is. So `orders.v1` is looked up as `orders%v1` (dekaf.md 1.7).
 *
 * Returns: (transfer full) (nullable): the name; %NULL where it is not text: Dekaf then hangs up
 */
char *
barista_topic_name_resolve (const char *wire_name)
{
  g_autoptr (GString) name = NULL;

  if (strchr (wire_name, '/') != NULL)
    return g_strdup (wire_name);

  name = g_string_new (NULL);
  for (const char *p = wire_name; *p != '\0'; p++)
    {
      char c = *p == '.' ? '%' : *p;

      if (c == '%' && g_ascii_isxdigit (p[1]) && g_ascii_isxdigit (p[2]))
        {
          c = (char) (g_ascii_xdigit_value (p[1]) << 4 | g_ascii_xdigit_value (p[2]));
          p += 2;
        }
      g_string_append_c (name, c);
    }

  /* with the length: a decoded zero byte is no end */
  if (!g_utf8_validate_len (name->str, name->len, NULL))
    return NULL;

  return g_string_free_and_steal (g_steal_pointer (&name));
}

/**
 * barista_topic_name_decode:
 * @wire_name: a topic's name as listed
 *
 * Returns: (transfer full) (nullable): the name before strict encoding; %NULL if @wire_name doesn't
 *   look encoded
 */
char *
barista_topic_name_decode (const char *wire_name)
{
  g_autofree char *name = barista_topic_name_resolve (wire_name);
  g_autofree char *again = NULL;

  if (name == NULL || g_str_equal (name, wire_name))
    return NULL;

  again = barista_topic_name_encode (name);
  return g_str_equal (again, wire_name) ? g_steal_pointer (&name) : NULL;
}

static gboolean
has_hidden_chars (const char *name)
{
  for (const char *p = name; *p != '\0'; p = g_utf8_next_char (p))
    if (barista_name_char_is_hidden (g_utf8_get_char (p)))
      return TRUE;

  return FALSE;
}

static const char *
find_fault (const char *name, gboolean strict)
{
  g_autofree char *resolved = NULL;

  if (*name == '\0')
    return _ ("it is empty");
  if (strnlen (name, NAME_BYTES + 1) > NAME_BYTES)
    return _ ("it is too long");
  if (!g_utf8_validate (name, -1, NULL) || has_hidden_chars (name))
    return _ ("it has invisible characters in it");
  if (strict)
    return NULL;

  resolved = barista_topic_name_resolve (name);
  if (resolved != NULL && g_str_equal (resolved, name))
    return NULL;

  return _ ("without a slash a dot or percent sign in it is read as an escape and the topic is "
            "never found; put a slash into the name or turn strict topic names on");
}

/**
 * barista_topic_name_check:
 * @name: `topic_name` of a binding
 * @strict: the task has strict topic names
 * @error: return location
 *
 * Refuses the names that Dekaf offers but cannot find again (the dot trap, dekaf.md 1.7).
 *
 * Returns: %FALSE with %BARISTA_NAME_ERROR_TOPIC_INVALID
 */
gboolean
barista_topic_name_check (const char *name, gboolean strict, GError **error)
{
  const char *fault = find_fault (name, strict);
  g_autofree char *shown = NULL;

  if (fault == NULL)
    return TRUE;

  shown = barista_name_shown (name);
  g_set_error (error, BARISTA_NAME_ERROR, BARISTA_NAME_ERROR_TOPIC_INVALID,
               _ ("“%s” can't be a topic's name: %s"), shown, fault);
  return FALSE;
}
