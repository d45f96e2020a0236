/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "barista-name-text.h"

#include <gio/gio.h>
#include <string.h>

#define SHOWN_CHARS 60
#define HOST_BYTES 253
#define LABEL_BYTES 63

/* What a copied value arrives in, opening and closing. */
static const gunichar quotes[] = {
  '"', '\'', '`', 0x00ab, 0x00bb, 0x2018, 0x2019, 0x201a, 0x201c, 0x201d, 0x201e,
};

static gboolean
is_quote (gunichar c)
{
  for (gsize i = 0; i < G_N_ELEMENTS (quotes); i++)
    if (quotes[i] == c)
      return TRUE;

  return FALSE;
}

gboolean
barista_name_char_is_hidden (gunichar c)
{
  switch (g_unichar_type (c))
    {
    case G_UNICODE_CONTROL:
    case G_UNICODE_FORMAT: /* zero-width and bidirectional marks, byte order mark */
    case G_UNICODE_LINE_SEPARATOR:
    case G_UNICODE_PARAGRAPH_SEPARATOR:
    case G_UNICODE_SURROGATE:
    case G_UNICODE_UNASSIGNED:
      return TRUE;
    default:
      return FALSE;
    }
}

gboolean
barista_name_has_blanks (const char *text)
{
  for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p))
    if (g_unichar_isspace (g_utf8_get_char (p))
        || barista_name_char_is_hidden (g_utf8_get_char (p)))
      return TRUE;

  return FALSE;
}

static gboolean
is_wrapping (gunichar c)
{
  return g_unichar_isspace (c) || barista_name_char_is_hidden (c) || is_quote (c) || c == ','
         || c == ';';
}

char *
barista_name_shown (const char *text)
{
  g_autofree char *valid = g_utf8_make_valid (text, strnlen (text, SHOWN_CHARS * 8));
  GString *shown = g_string_new (NULL);
  const char *p = valid;

  for (guint n = 0; *p != '\0' && n < SHOWN_CHARS; n++, p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);

      g_string_append_unichar (shown, barista_name_char_is_hidden (c) ? 0xfffd : c);
    }
  if (*p != '\0')
    g_string_append (shown, "…");

  return g_string_free_and_steal (shown);
}

char *
barista_name_unwrapped (const char *text)
{
  g_autofree char *valid = g_utf8_make_valid (text, -1);
  const char *start = valid;
  const char *end = valid + strlen (valid);

  while (start < end && is_wrapping (g_utf8_get_char (start)))
    start = g_utf8_next_char (start);
  while (end > start && is_wrapping (g_utf8_get_char (g_utf8_prev_char (end))))
    end = g_utf8_prev_char (end);

  return g_strndup (start, (gsize) (end - start));
}

gboolean
barista_name_has_quotes (const char *text)
{
  g_autofree char *valid = g_utf8_make_valid (text, -1);
  const char *end = valid + strlen (valid);

  return end > valid
         && (is_quote (g_utf8_get_char (valid))
             || is_quote (g_utf8_get_char (g_utf8_prev_char (end))));
}

static void
slug_append (GString *slug, char c, const char *keep, char fill)
{
  if (g_ascii_isalnum (c) || strchr (keep, c) != NULL)
    g_string_append_c (slug, c);
  else if (slug->len > 0 && slug->str[slug->len - 1] != fill)
    g_string_append_c (slug, fill);
}

char *
barista_name_slug (const char *text, const char *keep, char fill, gboolean *lossy)
{
  g_autofree char *valid = g_utf8_make_valid (text, -1);
  g_autofree char *plain = g_utf8_normalize (valid, -1, G_NORMALIZE_ALL);
  GString *slug = g_string_new (NULL);

  for (const char *p = plain; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);

      if (c < 0x80)
        slug_append (slug, (char) c, keep, fill);
      else if (!g_unichar_ismark (c)) /* é is an e and a mark by now */
        {
          slug_append (slug, fill, "", fill);
          *lossy = TRUE;
        }
    }
  while (slug->len > 0 && slug->str[slug->len - 1] == fill)
    g_string_truncate (slug, slug->len - 1);

  return g_string_free_and_steal (slug);
}

static gboolean
is_label (const char *label)
{
  if (*label == '\0' || strlen (label) > LABEL_BYTES || *label == '-')
    return FALSE;

  for (const char *p = label; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);

      if (c != '-' && c != '_' && !g_unichar_isalnum (c) && !(c >= 0x80 && g_unichar_ismark (c)))
        return FALSE;
    }
  return TRUE;
}

static char *
with_number (const char *base, char separator, guint number)
{
  return g_strdup_printf ("%s%c%u", base, separator, number);
}

static gboolean
is_free (const char *base, char separator, guint number, GHashTable *taken)
{
  g_autofree char *name = with_number (base, separator, number);

  return !g_hash_table_contains (taken, name);
}

char *
barista_name_numbered (const char *base, char separator, GHashTable *taken)
{
  guint low = 1;
  guint high = 2;

  while (!is_free (base, separator, high, taken))
    {
      low = high;
      high *= 2;
    }
  while (high - low > 1)
    {
      guint middle = low + (high - low) / 2;

      if (is_free (base, separator, middle, taken))
        high = middle;
      else
        low = middle;
    }

  return with_number (base, separator, high);
}

static gboolean
is_ip (const char *host)
{
  const char *zone = strchr (host, '%');
  g_autofree char *bare = g_strndup (host, zone != NULL ? (gsize) (zone - host) : strlen (host));
  g_autoptr (GInetAddress) address = g_inet_address_new_from_string (bare);

  if (address == NULL)
    return FALSE;

  return zone == NULL
         || (g_inet_address_get_family (address) == G_SOCKET_FAMILY_IPV6 && is_label (zone + 1));
}

gboolean
barista_name_is_host (const char *host)
{
  g_auto (GStrv) labels = NULL;
  guint n;

  if (strnlen (host, HOST_BYTES + 1) > HOST_BYTES || !g_utf8_validate (host, -1, NULL))
    return FALSE;
  if (is_ip (host))
    return TRUE;
  /* nothing but digits and dots, and no address: 300.1.1.1, 9092 */
  if (host[strspn (host, "0123456789.")] == '\0')
    return FALSE;

  labels = g_strsplit (host, ".", -1);
  n = g_strv_length (labels);
  if (n > 1 && *labels[n - 1] == '\0') /* the final dot of an absolute name */
    n--;
  for (guint i = 0; i < n; i++)
    if (!is_label (labels[i]))
      return FALSE;

  return TRUE;
}
