/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "barista-json-scan.h"

#include <glib/gi18n-lib.h>
#include <string.h>

void
barista_json_scan_init (BaristaJsonScan *self, const char *text, gsize length)
{
  *self = (BaristaJsonScan) { .text = text, .at = text, .end = text + length };
}

static gboolean
scan_fail (BaristaJsonScan *self, BaristaJsonError code, const char *fault)
{
  if (self->fault == NULL)
    {
      self->fault_code = code;
      self->fault = fault;
    }
  return FALSE;
}

static gboolean
scan_expect (BaristaJsonScan *self, gboolean met, const char *fault)
{
  return met || scan_fail (self, BARISTA_JSON_ERROR_SYNTAX, fault);
}

int
barista_json_scan_peek (const BaristaJsonScan *self)
{
  return self->at < self->end ? (guchar) *self->at : -1;
}

gboolean
barista_json_scan_take (BaristaJsonScan *self, char byte)
{
  if (barista_json_scan_peek (self) != byte)
    return FALSE;

  self->at++;
  return TRUE;
}

void
barista_json_scan_space (BaristaJsonScan *self)
{
  while (self->at < self->end && strchr (" \t\r\n", *self->at) != NULL && *self->at != '\0')
    self->at++;
}

static gboolean
scan_digits (BaristaJsonScan *self)
{
  const char *start = self->at;

  while (self->at < self->end && g_ascii_isdigit (*self->at))
    self->at++;

  return self->at > start;
}

static gboolean
scan_number (BaristaJsonScan *self)
{
  gboolean well_formed;

  barista_json_scan_take (self, '-');
  well_formed = barista_json_scan_take (self, '0') || scan_digits (self);
  if (well_formed && barista_json_scan_take (self, '.'))
    well_formed = scan_digits (self);
  if (well_formed && (barista_json_scan_take (self, 'e') || barista_json_scan_take (self, 'E')))
    {
      if (!barista_json_scan_take (self, '+'))
        barista_json_scan_take (self, '-');
      well_formed = scan_digits (self);
    }

  return scan_expect (self, well_formed, N_ ("a number is malformed"));
}

static gboolean
scan_word (BaristaJsonScan *self, const char *word)
{
  gsize length = strlen (word);

  if ((gsize) (self->end - self->at) < length || memcmp (self->at, word, length) != 0)
    return scan_expect (self, FALSE, N_ ("expected a value"));

  self->at += length;
  return TRUE;
}

/* Four hexadecimal digits; -1 if they are not there. */
static int
scan_code_unit (BaristaJsonScan *self)
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
scan_unicode (BaristaJsonScan *self, gunichar *character)
{
  int high = scan_code_unit (self);
  int low;

  *character = (gunichar) MAX (high, 0);
  if (high < 0 || (high & 0xfc00) == 0xdc00)
    return FALSE;
  if ((high & 0xfc00) != 0xd800)
    return TRUE;

  low = barista_json_scan_take (self, '\\') && barista_json_scan_take (self, 'u')
            ? scan_code_unit (self)
            : -1;
  *character = 0x10000 + ((gunichar) (high & 0x3ff) << 10) + (gunichar) (low & 0x3ff);
  return low >= 0 && (low & 0xfc00) == 0xdc00;
}

/* One character of a string, escaped or not. */
gboolean
barista_json_scan_character (BaristaJsonScan *self, gunichar *character)
{
  static const char letters[] = "\"\\/bfnrt";
  static const char meanings[] = "\"\\/\b\f\n\r\t";
  const char *letter;

  if (!barista_json_scan_take (self, '\\'))
    {
      *character = g_utf8_get_char (self->at);
      self->at = g_utf8_next_char (self->at);
      return *character >= 0x20;
    }

  if (barista_json_scan_take (self, 'u'))
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
scan_string (BaristaJsonScan *self, gboolean *holds_nul)
{
  gunichar character;

  *holds_nul = FALSE;
  if (!barista_json_scan_take (self, '"'))
    return scan_expect (self, FALSE, N_ ("expected a string"));

  while (!barista_json_scan_take (self, '"'))
    {
      if (!scan_expect (self, self->at < self->end, N_ ("a string has no end"))
          || !scan_expect (self, barista_json_scan_character (self, &character),
                           N_ ("a character or an escape is not allowed in a string")))
        return FALSE;
      *holds_nul = *holds_nul || character == 0;
    }

  return TRUE;
}

/* A name in an object and its colon. */
static gboolean
scan_name (BaristaJsonScan *self)
{
  gboolean holds_nul;

  if (!scan_string (self, &holds_nul))
    return FALSE;

  barista_json_scan_space (self);
  return scan_expect (self, !holds_nul, N_ ("a name holds the character U+0000"))
         && scan_expect (self, barista_json_scan_take (self, ':'),
                         N_ ("expected “:” after a name"));
}

static gboolean
scan_open (BaristaJsonScan *self, const BaristaJsonLimits *limits, char closer)
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
scan_start (BaristaJsonScan *self, const BaristaJsonLimits *limits)
{
  gboolean holds_nul;

  if (++self->elements > limits->elements)
    return scan_fail (self, BARISTA_JSON_ERROR_TOO_MANY, N_ ("too many values"));

  self->just_opened = FALSE;
  switch (barista_json_scan_peek (self))
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
      return scan_expect (self,
                          barista_json_scan_peek (self) == '-'
                              || g_ascii_isdigit (barista_json_scan_peek (self)),
                          N_ ("expected a value"))
             && scan_number (self);
    }
}

/* Closes what ends here, then steps to where the next value starts. */
static gboolean
scan_to_next (BaristaJsonScan *self)
{
  while (self->depth > 0)
    {
      char closer = self->closers[self->depth - 1];

      barista_json_scan_space (self);
      if (!barista_json_scan_take (self, closer))
        {
          if (!self->just_opened
              && !scan_expect (self, barista_json_scan_take (self, ','),
                               N_ ("expected “,” or the end of a list")))
            return FALSE;
          barista_json_scan_space (self);
          return closer == ']' || scan_name (self);
        }

      self->depth--;
      self->just_opened = FALSE;
    }

  return TRUE;
}

/**
 * barista_json_scan_value:
 * @self: the scan
 * @limits: what the value may be at most; its bytes were counted before
 *
 * Steps over one whole value and the white space before it.
 *
 * Returns: %FALSE, with a fault, if there is none
 */
gboolean
barista_json_scan_value (BaristaJsonScan *self, const BaristaJsonLimits *limits)
{
  self->depth = 0;
  do
    {
      barista_json_scan_space (self);
      if (!scan_start (self, limits) || !scan_to_next (self))
        return FALSE;
    }
  while (self->depth > 0);

  return TRUE;
}

gboolean
barista_json_scan_end (BaristaJsonScan *self)
{
  barista_json_scan_space (self);
  return scan_expect (self, self->at == self->end, N_ ("something follows the end"));
}

guint
barista_json_scan_get_line (const BaristaJsonScan *self)
{
  guint line = 1;

  for (const char *p = self->text; p < self->at; p++)
    line += *p == '\n';

  return line;
}
