/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "barista-json.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/*
 * JSON is read in two steps: a scan of the bytes that takes exactly the grammar of RFC 8259 and
 * counts, then json-glib for the tree. The scan allocates nothing and does not recurse.
 */

G_DEFINE_QUARK (barista - json - error - quark, barista_json_error)

const BaristaJsonLimits barista_json_limits_default = {
  .bytes = 1024 * 1024,
  .depth = 64,
  .elements = 100000,
};

typedef struct
{
  const char *text;
  const char *at;
  const char *end;
  gsize elements;
  guint depth;
  gboolean just_opened;                 /* nothing stands in the innermost array or object yet */
  char closers[BARISTA_JSON_DEPTH_MAX]; /* what ends each open array or object */
  BaristaJsonError fault_code;
  const char *fault; /* for people, not translated yet; NULL while all is well */
} Scan;

static gboolean
scan_fail (Scan *self, BaristaJsonError code, const char *fault)
{
  if (self->fault == NULL)
    {
      self->fault_code = code;
      self->fault = fault;
    }
  return FALSE;
}

static gboolean
scan_expect (Scan *self, gboolean met, const char *fault)
{
  return met || scan_fail (self, BARISTA_JSON_ERROR_SYNTAX, fault);
}

static int
scan_peek (const Scan *self)
{
  return self->at < self->end ? (guchar) *self->at : -1;
}

static gboolean
scan_take (Scan *self, char byte)
{
  if (scan_peek (self) != byte)
    return FALSE;

  self->at++;
  return TRUE;
}

static void
scan_space (Scan *self)
{
  while (self->at < self->end && strchr (" \t\r\n", *self->at) != NULL && *self->at != '\0')
    self->at++;
}

static gboolean
scan_digits (Scan *self)
{
  const char *start = self->at;

  while (self->at < self->end && g_ascii_isdigit (*self->at))
    self->at++;

  return self->at > start;
}

static gboolean
scan_number (Scan *self)
{
  gboolean well_formed;

  scan_take (self, '-');
  well_formed = scan_take (self, '0') || scan_digits (self);
  if (well_formed && scan_take (self, '.'))
    well_formed = scan_digits (self);
  if (well_formed && (scan_take (self, 'e') || scan_take (self, 'E')))
    {
      if (!scan_take (self, '+'))
        scan_take (self, '-');
      well_formed = scan_digits (self);
    }

  return scan_expect (self, well_formed, N_ ("a number is malformed"));
}

static gboolean
scan_word (Scan *self, const char *word)
{
  gsize length = strlen (word);

  if ((gsize) (self->end - self->at) < length || memcmp (self->at, word, length) != 0)
    return scan_expect (self, FALSE, N_ ("expected a value"));

  self->at += length;
  return TRUE;
}

/* Four hexadecimal digits; -1 if they are not there. */
static int
scan_code_unit (Scan *self)
{
  int unit = 0;

  for (guint i = 0; i < 4; i++)
    {
      int digit = self->at < self->end ? g_ascii_xdigit_value (*self->at) : -1;

      if (digit < 0)
        return -1;
      unit = unit << 4 | digit;
      self->at++;
    }

  return unit;
}

/* After `\u`. A high surrogate must be followed by a low one: alone they are no character. */
static gboolean
scan_unicode (Scan *self, gunichar *character)
{
  int high = scan_code_unit (self);
  int low;

  *character = (gunichar) MAX (high, 0);
  if (high < 0 || (high & 0xfc00) == 0xdc00)
    return FALSE;
  if ((high & 0xfc00) != 0xd800)
    return TRUE;

  low = scan_take (self, '\\') && scan_take (self, 'u') ? scan_code_unit (self) : -1;
  *character = 0x10000 + ((gunichar) (high & 0x3ff) << 10) + (gunichar) (low & 0x3ff);
  return low >= 0 && (low & 0xfc00) == 0xdc00;
}

/* One character of a string, escaped or not. */
static gboolean
scan_character (Scan *self, gunichar *character)
{
  static const char letters[] = "\"\\/bfnrt";
  static const char meanings[] = "\"\\/\b\f\n\r\t";
  const char *letter;

  if (!scan_take (self, '\\'))
    {
      *character = g_utf8_get_char (self->at);
      self->at = g_utf8_next_char (self->at);
      return *character >= 0x20;
    }

  if (scan_take (self, 'u'))
    return scan_unicode (self, character);

  letter = self->at < self->end ? memchr (letters, *self->at, sizeof letters - 1) : NULL;
  if (letter == NULL)
    return FALSE;

  *character = (gunichar) meanings[letter - letters];
  self->at++;
  return TRUE;
}

/* @holds_nul: (out): whether U+0000 is in it, which a C string can't show */
static gboolean
scan_string (Scan *self, gboolean *holds_nul)
{
  gunichar character;

  *holds_nul = FALSE;
  if (!scan_take (self, '"'))
    return scan_expect (self, FALSE, N_ ("expected a string"));

  while (!scan_take (self, '"'))
    {
      if (!scan_expect (self, self->at < self->end, N_ ("a string has no end"))
          || !scan_expect (self, scan_character (self, &character),
                           N_ ("a character or an escape is not allowed in a string")))
        return FALSE;
      *holds_nul = *holds_nul || character == 0;
    }

  return TRUE;
}

/* A name in an object and its colon. */
static gboolean
scan_name (Scan *self)
{
  gboolean holds_nul;

  if (!scan_string (self, &holds_nul))
    return FALSE;

  scan_space (self);
  return scan_expect (self, !holds_nul, N_ ("a name holds the character U+0000"))
         && scan_expect (self, scan_take (self, ':'), N_ ("expected “:” after a name"));
}

static gboolean
scan_open (Scan *self, const BaristaJsonLimits *limits, char closer)
{
  if (self->depth >= MIN (limits->depth, BARISTA_JSON_DEPTH_MAX))
    return scan_fail (self, BARISTA_JSON_ERROR_TOO_DEEP, N_ ("nested too deeply"));

  self->closers[self->depth++] = closer;
  self->just_opened = TRUE;
  self->at++;
  return TRUE;
}

/* Takes a scalar whole; of an array or object only what opens it. */
static gboolean
scan_value (Scan *self, const BaristaJsonLimits *limits)
{
  gboolean holds_nul;

  if (++self->elements > limits->elements)
    return scan_fail (self, BARISTA_JSON_ERROR_TOO_MANY, N_ ("too many values"));

  self->just_opened = FALSE;
  switch (scan_peek (self))
    {
    case '[':
      return scan_open (self, limits, ']');
    case '{':
      return scan_open (self, limits, '}');
    case '"':
      return scan_string (self, &holds_nul);
    case 't':
      return scan_word (self, "true");
    case 'f':
      return scan_word (self, "false");
    case 'n':
      return scan_word (self, "null");
    default:
      return scan_expect (self, scan_peek (self) == '-' || g_ascii_isdigit (scan_peek (self)),
                          N_ ("expected a value"))
             && scan_number (self);
    }
}

/* Closes what ends here, then steps to where the next value starts. */
static gboolean
scan_to_next (Scan *self)
{
  while (self->depth > 0)
    {
      char closer = self->closers[self->depth - 1];

      scan_space (self);
      if (!scan_take (self, closer))
        {
          if (!self->just_opened
              && !scan_expect (self, scan_take (self, ','),
                               N_ ("expected “,” or the end of a list")))
            return FALSE;
          scan_space (self);
          return closer == ']' || scan_name (self);
        }

      self->depth--;
      self->just_opened = FALSE;
    }

  return TRUE;
}

static gboolean
scan_document (Scan *self, const BaristaJsonLimits *limits)
{
  do
    {
      scan_space (self);
      if (!scan_value (self, limits) || !scan_to_next (self))
        return FALSE;
    }
  while (self->depth > 0);

  scan_space (self);
  return scan_expect (self, self->at == self->end, N_ ("something follows the end"));
}

static guint
line_at (const char *text, const char *at)
{
  guint line = 1;

  for (const char *p = text; p < at; p++)
    line += *p == '\n';

  return line;
}

static guint
column_at (const char *text, const char *at)
{
  const char *start = at;

  while (start > text && start[-1] != '\n')
    start--;

  return (guint) g_utf8_strlen (start, at - start) + 1;
}

static void
set_scan_error (const Scan *scan, GError **error)
{
  g_set_error (error, BARISTA_JSON_ERROR, (int) scan->fault_code,
               /* Translators: where in a JSON text, then what is wrong there */
               _ ("line %u, column %u: %s"), line_at (scan->text, scan->at),
               column_at (scan->text, scan->at), _ (scan->fault));
}

/* A scan over @text, or %FALSE if it is too long or not UTF-8. */
static gboolean
scan_init (Scan *self, const char *text, gsize length, gsize most, GError **error)
{
  const char *bad;

  *self = (Scan) { .text = text, .at = text, .end = text + length };
  if (length > most)
    {
      g_set_error (error, BARISTA_JSON_ERROR, BARISTA_JSON_ERROR_TOO_LARGE,
                   _ ("larger than %" G_GSIZE_FORMAT " bytes"), most);
      return FALSE;
    }

  if (!g_utf8_validate_len (text, length, &bad))
    {
      self->at = bad;
      scan_fail (self, BARISTA_JSON_ERROR_SYNTAX, N_ ("not UTF-8"));
      set_scan_error (self, error);
      return FALSE;
    }

  return TRUE;
}

/**
 * barista_json_parse:
 * @text: JSON, not necessarily ended by a NUL
 * @length: its bytes, or -1 if a NUL ends it
 * @limits: (nullable): what it may be at most; %NULL for the default
 * @error: return location for a #BaristaJsonError
 *
 * Parses a text whose maker isn't trusted. Of two members with one name the last counts. Integers
 * outside 64 bits are cut to their range, and a string value ends at U+0000, as json-glib has it.
 *
 * Returns: (transfer full): the root
 */
JsonNode *
barista_json_parse (const char *text,
                    gssize length,
                    const BaristaJsonLimits *limits,
                    GError **error)
{
  gsize size = length < 0 ? strlen (text) : (gsize) length;
  g_autoptr (JsonParser) parser = NULL;
  g_autoptr (GError) reason = NULL;
  Scan scan;

  if (limits == NULL)
    limits = &barista_json_limits_default;
  if (!scan_init (&scan, text, size, limits->bytes, error))
    return NULL;
  if (!scan_document (&scan, limits))
    {
      set_scan_error (&scan, error);
      return NULL;
    }

  parser = json_parser_new ();
  if (!json_parser_load_from_data (parser, text, (gssize) size, &reason))
    {
      g_set_error_literal (error, BARISTA_JSON_ERROR, BARISTA_JSON_ERROR_SYNTAX, reason->message);
      return NULL;
    }

  return json_parser_steal_root (parser);
}

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
take_name (Scan *self, const char *token, gboolean *is_token)
{
  gunichar character;

  *is_token = scan_take (self, '"');
  if (!*is_token)
    return FALSE;

  while (!scan_take (self, '"'))
    {
      if (self->at >= self->end || !scan_character (self, &character))
        return FALSE;
      *is_token = *is_token && !token_ends (token) && next_in_token (&token) == character;
    }

  *is_token = *is_token && token_ends (token);
  scan_space (self);
  return scan_take (self, ':');
}

/* Steps over one whole value. */
static gboolean
skip_value (Scan *self)
{
  const BaristaJsonLimits unlimited = { .depth = BARISTA_JSON_DEPTH_MAX, .elements = G_MAXSIZE };

  self->depth = 0;
  do
    {
      scan_space (self);
      if (!scan_value (self, &unlimited) || !scan_to_next (self))
        return FALSE;
    }
  while (self->depth > 0);

  return TRUE;
}

/* From the start of an array or object to the start of the value that @token names in it. */
static gboolean
descend (Scan *self, const char *token)
{
  gboolean in_object = scan_take (self, '{');
  guint64 wanted = g_ascii_isdigit (*token) ? g_ascii_strtoull (token, NULL, 10) : G_MAXUINT64;

  if (!in_object && !scan_take (self, '['))
    return FALSE;

  for (guint64 i = 0; i == 0 || scan_take (self, ','); i++)
    {
      gboolean found = i == wanted;

      scan_space (self);
      if (in_object && !take_name (self, token, &found))
        return FALSE;
      scan_space (self);
      if (found)
        return scan_peek (self) != ']';
      if (!skip_value (self))
        return FALSE;
      scan_space (self);
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
  Scan scan;

  if (!scan_init (&scan, text, size, G_MAXSIZE, NULL))
    return 0;

  scan_space (&scan);
  for (; *pointer == '/'; pointer += strcspn (pointer, "/"))
    if (!descend (&scan, ++pointer))
      return 0;

  return *pointer == '\0' && scan.at < scan.end ? line_at (text, scan.at) : 0;
}
