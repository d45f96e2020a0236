/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "barista-json.h"

#include <string.h>

#include "barista-json-scan.h"

/* One step of a JSON pointer, up to the next "/", with its "~1" and "~0" (RFC 6901). */
static gunichar
next_in_token (const char **token)
{
  gunichar character = g_utf8_get_char (*token);

  *token = g_utf8_next_char (*token);
  if (character == '~' && (**token == '0' || **token == '1'))
    character = *(*token)++ == '1' ? '/' : '~';

  return character;
}

static gboolean
token_ends (const char *token)
{
  return *token == '\0' || *token == '/';
}

/* Takes the name at the cursor and its colon; @is_token: whether it is the first step of @token. */
static gboolean
take_name (BaristaJsonScan *self, const char *token, gboolean *is_token)
{
  gunichar character;

  *is_token = barista_json_scan_take (self, '"');
  if (!*is_token)
    return FALSE;

  while (!barista_json_scan_take (self, '"'))
    {
      if (self->at >= self->end || !barista_json_scan_character (self, &character))
        return FALSE;
      *is_token = *is_token && !token_ends (token) && next_in_token (&token) == character;
    }

  *is_token = *is_token && token_ends (token);
  barista_json_scan_space (self);
  return barista_json_scan_take (self, ':');
}

static gboolean
skip_value (BaristaJsonScan *self)
{
  const BaristaJsonLimits unlimited = { .depth = BARISTA_JSON_DEPTH_MAX, .elements = G_MAXSIZE };

  return barista_json_scan_value (self, &unlimited);
}

/* From the start of an array or object to the start of the value that @token names in it. */
static gboolean
descend (BaristaJsonScan *self, const char *token)
{
  gboolean in_object = barista_json_scan_take (self, '{');
  guint64 wanted = g_ascii_isdigit (*token) ? g_ascii_strtoull (token, NULL, 10) : G_MAXUINT64;

  if (!in_object && !barista_json_scan_take (self, '['))
    return FALSE;

  for (guint64 i = 0; i == 0 || barista_json_scan_take (self, ','); i++)
    {
      gboolean found = i == wanted;

      barista_json_scan_space (self);
      if (in_object && !take_name (self, token, &found))
        return FALSE;
      barista_json_scan_space (self);
      if (found)
        return barista_json_scan_peek (self) != ']';
      if (!skip_value (self))
        return FALSE;
      barista_json_scan_space (self);
    }

  return FALSE;
}

/**
 * barista_json_line_of:
 * @text: JSON that barista_json_parse() took; anything else gives 0 or a line of it
 * @length: its bytes, or -1 if a NUL ends it
 * @pointer: where to look (RFC 6901): "" or steps such as "/topics/0/engine"
 *
 * Finds where a value stands in the text, so that a message about it can name the line.
 *
 * Returns: the line, from 1; 0 if there is no such value
 */
guint
barista_json_line_of (const char *text, gssize length, const char *pointer)
{
  gsize size = length < 0 ? strlen (text) : (gsize) length;
  BaristaJsonScan scan;

  if (!g_utf8_validate_len (text, size, NULL) || !g_utf8_validate (pointer, -1, NULL))
    return 0;

  barista_json_scan_init (&scan, text, size);
  barista_json_scan_space (&scan);
  for (; *pointer == '/'; pointer += strcspn (pointer, "/"))
    if (!descend (&scan, ++pointer))
      return 0;

  return *pointer == '\0' && scan.at < scan.end ? barista_json_scan_get_line (&scan) : 0;
}
