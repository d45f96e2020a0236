/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "barista-avro-place.h"

#define MESSAGE_LENGTH 120

static void
append_place (GString *text, const BaristaAvroPlace *place)
{
  if (place->outer == NULL)
    {
      g_string_append (text, "root");
      return;
    }

  append_place (text, place->outer);
  if (g_ascii_ispunct (*place->step) && *place->step != '_')
    g_string_append (text, place->step);
  else
    g_string_append_printf (text, ".%s", place->step);
}

char *
barista_avro_place_to_string (const BaristaAvroPlace *self)
{
  g_autoptr (GString) text = g_string_new (NULL);

  append_place (text, self);
  return g_utf8_truncate_middle (text->str, MESSAGE_LENGTH);
}

char *
barista_avro_quotable (const char *text)
{
  g_autofree char *cut = g_utf8_truncate_middle (text, MESSAGE_LENGTH);
  GString *clean = g_string_new (NULL);

  for (const char *p = cut; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar character = g_utf8_get_char (p);

      g_string_append_unichar (clean, g_unichar_isprint (character) ? character : 0xfffd);
    }

  return g_string_free_and_steal (clean);
}
