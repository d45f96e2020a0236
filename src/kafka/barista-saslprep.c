/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "barista-connection.h"
#include "barista-saslprep-private.h"
#include "barista-saslprep.h"
#include "barista-wipe.h"

#include <glib/gi18n-lib.h>

/* RFC 4013 on the normalization that GLib's tables give. g_utf8_normalize () itself won't do: it
 * frees its copies of a password as they are. */

static gboolean
refuse (GError **error, const char *why)
{
  g_set_error (error, BARISTA_CONNECTION_ERROR, BARISTA_CONNECTION_ERROR_SASLPREP,
               _ ("SASLprep (RFC 4013) refuses it: %s"), why);
  return FALSE;
}

/* The text's code points, mapped and then taken apart (form KD, without its order). */
static gsize
read_points (const char *text, gunichar *points)
{
  gsize n = 0;

  for (const char *at = text; *at != '\0'; at = g_utf8_next_char (at))
    {
      gunichar c = g_utf8_get_char (at);

      /* U+200B is in both tables; the RFC names the spaces first. */
      if (barista_code_points_have (BARISTA_CODE_POINTS_SPACE, c))
        points[n++] = ' ';
      else if (!barista_code_points_have (BARISTA_CODE_POINTS_NOTHING, c))
        n += g_unichar_fully_decompose (c, TRUE, points + n, G_UNICHAR_MAX_DECOMPOSITION_LENGTH);
    }
  return n;
}

/* Marks that follow a letter, by their combining class; equal ones keep their order. */
static void
order_marks (gunichar *points, gsize n)
{
  for (gsize i = 1; i < n; i++)
    {
      gunichar point = points[i];
      int class = g_unichar_combining_class (point);
      gsize at = i;

      if (class == 0)
        continue;
      for (; at > 0 && g_unichar_combining_class (points[at - 1]) > class; at--)
        points[at] = points[at - 1];
      points[at] = point;
    }
}

/* Joins what can be joined; a mark can't reach its letter past one of the same or a higher class. */
static gsize
compose (gunichar *points, gsize n)
{
  gsize kept = 0, starter = 0;
  gboolean has_starter = FALSE;
  int last_class = 0;

  for (gsize i = 0; i < n; i++)
    {
      int class = g_unichar_combining_class (points[i]);
      gboolean reaches = has_starter && (kept == starter + 1 || last_class < class);
      gunichar joined;

      if (reaches && g_unichar_compose (points[starter], points[i], &joined))
        {
          points[starter] = joined;
          continue;
        }
      if (class == 0)
        starter = kept;
      has_starter = has_starter || class == 0;
      last_class = class;
      points[kept++] = points[i];
    }
  return kept;
}

static gboolean
check_points (const gunichar *points, gsize n, BaristaSaslprepUse use, GError **error)
{
  if (n == 0)
    return refuse (error, _ ("nothing is left of it"));

  for (gsize i = 0; i < n; i++)
    {
      if (barista_code_points_have (BARISTA_CODE_POINTS_PROHIBITED, points[i]))
        return refuse (error, _ ("a control, private or other special character is in it"));
      if (use == BARISTA_SASLPREP_STORED && !g_unichar_isdefined (points[i]))
        return refuse (error, _ ("it holds something that isn't a character"));
    }
  return TRUE;
}

/* RFC 3454, 6: text that runs to the left is so at both ends, and holds none that runs to the
 * right. */
static gboolean
check_directions (const gunichar *points, gsize n, GError **error)
{
  guint rights = 0, lefts = 0;

  for (gsize i = 0; i < n; i++)
    {
      rights += barista_code_points_have (BARISTA_CODE_POINTS_RIGHT_TO_LEFT, points[i]);
      lefts += barista_code_points_have (BARISTA_CODE_POINTS_LEFT_TO_RIGHT, points[i]);
    }
  if (rights == 0)
    return TRUE;

  if (lefts > 0 || !barista_code_points_have (BARISTA_CODE_POINTS_RIGHT_TO_LEFT, points[0])
      || !barista_code_points_have (BARISTA_CODE_POINTS_RIGHT_TO_LEFT, points[n - 1]))
    return refuse (error, _ ("letters that run to the left and to the right are mixed in it"));
  return TRUE;
}

static char *
write_points (const gunichar *points, gsize n, GError **error)
{
  gsize length = 0;
  char *text, *at;

  for (gsize i = 0; i < n; i++)
    length += g_unichar_to_utf8 (points[i], NULL);
  if (length > BARISTA_SASLPREP_MAX_BYTES)
    {
      refuse (error, _ ("it becomes longer than 16384 bytes"));
      return NULL;
    }
  at = text = g_malloc (length + 1);
  for (gsize i = 0; i < n; i++)
    at += g_unichar_to_utf8 (points[i], at);
  *at = '\0';
  return text;
}

/**
 * barista_saslprep:
 * @text: UTF-8
 * @use: whether code points without a character may pass (RFC 5802, 5.1 and 2.2)
 * @error: return location
 *
 * Prepares a user name or a password as RFC 4013 says. What has become a character since RFC 3454
 * froze Unicode at 3.2 counts as one, and keeps its form: brokers take it. Keeps no copy of @text.
 *
 * Returns: (transfer full) (nullable): the prepared text, to be wiped if it is secret; %NULL and
 *   %BARISTA_CONNECTION_ERROR_SASLPREP, which never quotes it, for a text that isn't allowed
 */
char *
barista_saslprep (const char *text, BaristaSaslprepUse use, GError **error)
{
  gsize length = strlen (text);
  gunichar *points;
  gsize room, n;
  char *prepared = NULL;

  if (length > BARISTA_SASLPREP_MAX_BYTES)
    {
      refuse (error, _ ("it is longer than 16384 bytes"));
      return NULL;
    }
  if (!g_utf8_validate_len (text, length, NULL))
    {
      refuse (error, _ ("it isn't UTF-8"));
      return NULL;
    }

  room = sizeof *points * length * G_UNICHAR_MAX_DECOMPOSITION_LENGTH;
  points = g_malloc (MAX (room, 1));
  n = read_points (text, points);
  order_marks (points, n);
  n = compose (points, n);
  if (check_points (points, n, use, error) && check_directions (points, n, error))
    prepared = write_points (points, n, error);
  barista_wipe_free (points, room);
  return prepared;
}
