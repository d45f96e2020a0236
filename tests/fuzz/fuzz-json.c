/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "barista-json.h"

#include <string.h>

int LLVMFuzzerTestOneInput (const guint8 *data, gsize size);

/* A text, then maybe a NUL and a pointer into it. What the scan lets through json-glib must take. */
int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  g_autofree char *text = g_strndup ((const char *) data, size);
  gsize length = strlen (text);
  const char *pointer = length < size ? text + length + 1 : "/a/0";
  g_autoptr (GError) error = NULL;
  g_autofree char *twice = NULL;
  guint line = 0;
  g_autoptr (JsonNode) node = barista_json_parse (text, (gssize) length, NULL, &error);

  g_assert_true ((node == NULL) == (error != NULL));
  if (error != NULL && error->code == BARISTA_JSON_ERROR_SYNTAX)
    g_assert_true (g_str_has_prefix (error->message, "line "));

  barista_json_line_of (text, (gssize) length, pointer);
  g_assert_true ((node != NULL) <= (barista_json_line_of (text, (gssize) length, "") > 0));
  if (node != NULL)
    twice = barista_json_find_twice (text, (gssize) length, &line);
  if (twice != NULL)
    {
      guint first = barista_json_line_of (text, (gssize) length, twice);

      g_assert_true (first > 0 && line > 0);
    }
  return 0;
}
