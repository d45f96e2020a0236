/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "barista-saslprep-private.h"
#include "barista-saslprep.h"

#include <string.h>

/* A user name or a password. What comes out must stay as it is when it is prepared again, and be
 * what GLib normalizes the mapped text to. */

int LLVMFuzzerTestOneInput (const guint8 *data, gsize size);

static char *
map (const char *text)
{
  GString *mapped = g_string_new (NULL);

  for (; *text != '\0'; text = g_utf8_next_char (text))
    {
      gunichar c = g_utf8_get_char (text);

      if (barista_code_points_have (BARISTA_CODE_POINTS_SPACE, c))
        g_string_append_c (mapped, ' ');
      else if (!barista_code_points_have (BARISTA_CODE_POINTS_NOTHING, c))
        g_string_append_unichar (mapped, c);
    }
  return g_string_free_and_steal (mapped);
}

int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  g_autofree char *text = g_strndup ((const char *) data, size);
  g_autofree char *prepared = NULL, *again = NULL, *mapped = NULL, *normal = NULL;
  g_autofree char *stored = barista_saslprep (text, BARISTA_SASLPREP_STORED, NULL);
  g_autoptr (GError) error = NULL;

  prepared = barista_saslprep (text, BARISTA_SASLPREP_QUERY, &error);
  if (prepared == NULL)
    {
      if (stored != NULL || error == NULL)
        g_error ("refused as a name only");
      return 0;
    }

  again = barista_saslprep (prepared, BARISTA_SASLPREP_QUERY, NULL);
  if (g_strcmp0 (again, prepared) != 0)
    g_error ("not the same again");
  mapped = map (text);
  normal = g_utf8_normalize (mapped, -1, G_NORMALIZE_NFKC);
  if (g_strcmp0 (normal, prepared) != 0)
    g_error ("not as GLib has it");
  if (stored != NULL && !g_str_equal (stored, prepared))
    g_error ("another text as a password");
  return 0;
}
