/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "barista-json.h"

#include "barista-registry-private.h"
#include <glib/gi18n-lib.h>
#include <string.h>

/* json-glib makes a node a value: 40 times the text of a long list. This reads the one shape that is
 * needed, in place: a name without its quotes and escapes, ended by a NUL, is never longer than it
 * was in JSON. */

struct _BaristaSubjects
{
  char *text;
  guint32 *offsets;
  guint32 *order; /* by name; NULL: they came in order */
  guint n;
};

typedef struct
{
  char *text;
  gsize length;
  gsize at;  /* read up to here */
  gsize out; /* written up to here; never past at */
} Scan;

typedef enum
{
  SCAN_OK,
  SCAN_SYNTAX,
  SCAN_SHAPE
} ScanResult;

static void
skip_space (Scan *scan)
{
  while (scan->at < scan->length && strchr (" \t\r\n", scan->text[scan->at]) != NULL
         && scan->text[scan->at] != '\0')
    scan->at++;
}

static int
peek (const Scan *scan)
{
  return scan->at < scan->length ? (guchar) scan->text[scan->at] : -1;
}

static gboolean
take_hex (Scan *scan, gunichar *unit)
{
  *unit = 0;
  if (scan->length - scan->at < 4)
    return FALSE;
  for (guint i = 0; i < 4; i++)
    {
      int digit = g_ascii_xdigit_value (scan->text[scan->at++]);

      if (digit < 0)
        return FALSE;
      *unit = *unit << 4 | (guint) digit;
    }
  return TRUE;
}

/* After "\u". Half a pair or a NUL is no character of a name. */
static gboolean
take_unicode (Scan *scan)
{
  gunichar unit, low;

  if (!take_hex (scan, &unit) || unit == 0 || (unit >= 0xdc00 && unit <= 0xdfff))
    return FALSE;
  if (unit >= 0xd800 && unit <= 0xdbff)
    {
      if (scan->length - scan->at < 6 || scan->text[scan->at] != '\\'
          || scan->text[scan->at + 1] != 'u')
        return FALSE;
      scan->at += 2;
      if (!take_hex (scan, &low) || low < 0xdc00 || low > 0xdfff)
        return FALSE;
      unit = 0x10000 + ((unit - 0xd800) << 10) + (low - 0xdc00);
    }
  scan->out += (gsize) g_unichar_to_utf8 (unit, scan->text + scan->out);
  return TRUE;
}

static gboolean
take_escape (Scan *scan)
{
  static const char letters[] = "\"\\/bfnrt";
  static const char meanings[] = "\"\\/\b\f\n\r\t";
  const char *found;
  int c = peek (scan);

  if (c <= 0)
    return FALSE;
  scan->at++;
  if (c == 'u')
    return take_unicode (scan);
  found = strchr (letters, c);
  if (found == NULL)
    return FALSE;
  scan->text[scan->out++] = meanings[found - letters];
  return TRUE;
}

/* A string, from its first quote on. */
static gboolean
take_string (Scan *scan)
{
  scan->at++;
  for (int c; (c = peek (scan)) != '"';)
    {
      if (c < 0x20)
        return FALSE;
      scan->at++;
      if (c != '\\')
        scan->text[scan->out++] = (char) c;
      else if (!take_escape (scan))
        return FALSE;
    }
  scan->at++;
  scan->text[scan->out++] = '\0';
  return TRUE;
}

static gboolean
begins_value (int c)
{
  return c > 0 && strchr ("{[-0123456789tfn", c) != NULL;
}

/* @limit: names kept at most; one more is counted. */
static ScanResult
take_names (Scan *scan, GArray *offsets, guint limit)
{
  gboolean is_first = TRUE;

  for (scan->at++;; is_first = FALSE)
    {
      guint32 offset = (guint32) scan->out;

      skip_space (scan);
      if (is_first && peek (scan) == ']')
        break;
      if (peek (scan) != '"')
        return begins_value (peek (scan)) ? SCAN_SHAPE : SCAN_SYNTAX;
      if (!take_string (scan))
        return SCAN_SYNTAX;
      if (offsets->len <= limit)
        g_array_append_val (offsets, offset);

      skip_space (scan);
      if (peek (scan) == ']')
        break;
      if (peek (scan) != ',')
        return SCAN_SYNTAX;
      scan->at++;
    }
  scan->at++;
  skip_space (scan);
  return scan->at == scan->length ? SCAN_OK : SCAN_SYNTAX;
}

/* What isn't a list may still be JSON: that tells a wrong path from a web page. */
static ScanResult
classify (const BaristaBody *body)
{
  g_autoptr (JsonNode) node = NULL;

  if (body->length == 0)
    return SCAN_SYNTAX;
  node = barista_json_parse (body->data, (gssize) body->length, &barista_json_limits_default, NULL);
  return node != NULL ? SCAN_SHAPE : SCAN_SYNTAX;
}

static int
compare (gconstpointer a, gconstpointer b, gpointer data)
{
  const BaristaSubjects *self = data;

  return strcmp (self->text + *(const guint32 *) a, self->text + *(const guint32 *) b);
}

/* Registries mostly list in order; where they don't, an index by name is made. */
static void
put_in_order (BaristaSubjects *self)
{
  guint i = 1;

  while (i < self->n && compare (&self->offsets[i - 1], &self->offsets[i], self) <= 0)
    i++;
  if (i >= self->n)
    return;
  self->order = g_memdup2 (self->offsets, self->n * sizeof (guint32));
  g_sort_array (self->order, self->n, sizeof (guint32), compare, self);
}

static ScanResult
scan_list (BaristaBody *body, Scan *scan, GArray *offsets)
{
  *scan = (Scan) { .text = body->data, .length = body->length };
  if (!g_utf8_validate_len (body->data, body->length, NULL))
    return SCAN_SYNTAX;
  skip_space (scan);
  if (peek (scan) != '[')
    return classify (body);
  return take_names (scan, offsets, BARISTA_REGISTRY_MAX_SUBJECTS);
}

BaristaSubjects *
barista_subjects_parse (BaristaBody *body, GError **error)
{
  g_autoptr (GArray) offsets = g_array_new (FALSE, FALSE, sizeof (guint32));
  BaristaSubjects *self;
  Scan scan;
  gsize n;

  switch (scan_list (body, &scan, offsets))
    {
    case SCAN_SYNTAX:
      g_set_error_literal (error, BARISTA_REGISTRY_ERROR, BARISTA_REGISTRY_ERROR_NOT_JSON,
                           _ ("The list of subjects is not JSON"));
      return NULL;
    case SCAN_SHAPE:
      g_set_error_literal (error, BARISTA_REGISTRY_ERROR, BARISTA_REGISTRY_ERROR_SHAPE,
                           _ ("The list of subjects is not a list of names"));
      return NULL;
    case SCAN_OK:
      break;
    }
  if (offsets->len > BARISTA_REGISTRY_MAX_SUBJECTS)
    {
      g_set_error (error, BARISTA_REGISTRY_ERROR, BARISTA_REGISTRY_ERROR_TOO_LARGE,
                   _ ("More than %d subjects"), BARISTA_REGISTRY_MAX_SUBJECTS);
      return NULL;
    }

  self = g_new0 (BaristaSubjects, 1);
  self->text = g_realloc (g_steal_pointer (&body->data), MAX (scan.out, 1));
  body->length = 0;
  self->offsets = (guint32 *) (void *) g_array_steal (offsets, &n);
  self->n = (guint) n;
  put_in_order (self);
  return self;
}

guint
barista_subjects_get_n (BaristaSubjects *self)
{
  return self->n;
}

const char *
barista_subjects_get (BaristaSubjects *self, guint index)
{
  g_return_val_if_fail (index < self->n, NULL);

  return self->text + self->offsets[index];
}

gboolean
barista_subjects_contains (BaristaSubjects *self, const char *subject)
{
  const guint32 *order = self->order != NULL ? self->order : self->offsets;
  guint low = 0, high = self->n;

  while (low < high)
    {
      guint middle = low + (high - low) / 2;
      int result = strcmp (subject, self->text + order[middle]);

      if (result == 0)
        return TRUE;
      if (result < 0)
        high = middle;
      else
        low = middle + 1;
    }
  return FALSE;
}

void
barista_subjects_free (BaristaSubjects *self)
{
  g_free (self->text);
  g_free (self->offsets);
  g_free (self->order);
  g_free (self);
}
