/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "barista-json-text.h"

#include <string.h>

static const char *
find_escape (guchar c)
{
  static const struct
  {
    char character;
    const char *escape;
  } escapes[] = { { '"', "\\\"" }, { '\\', "\\\\" }, { '\n', "\\n" }, { '\r', "\\r" },
                  { '\t', "\\t" }, { '\b', "\\b" },  { '\f', "\\f" } };

  for (guint i = 0; i < G_N_ELEMENTS (escapes); i++)
    if (escapes[i].character == (char) c)
      return escapes[i].escape;

  return NULL;
}

void
barista_json_append_string (GString *json, const char *text, gssize length)
{
  const char *end = text + (length < 0 ? strlen (text) : (gsize) length);

  g_string_append_c (json, '"');
  for (const char *p = text; p < end; p++)
    {
      const char *escape = find_escape ((guchar) *p);

      if (escape != NULL)
        g_string_append (json, escape);
      else if ((guchar) *p < 0x20 || *p == 0x7f)
        g_string_append_printf (json, "\\u%04x", (guint) *p);
      else
        g_string_append_c (json, *p);
    }
  g_string_append_c (json, '"');
}
