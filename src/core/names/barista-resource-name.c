/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "barista-names.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "barista-name-text.h"

/* A resource's name is its file's; with the ending that must fit into 255 bytes. */
#define NAME_BYTES 200
#define SUGGESTED_BYTES 100

/* Words of a query: `FROM order FINAL` is read otherwise than it is meant. Those that the vendor's
 * package forbids, and FINAL. */
static const char *const query_words[] = {
  "add",          "after",    "all",      "and",    "anti",   "any",     "array", "as",
  "asc",          "asof",     "between",  "by",     "case",   "collate", "cross", "cube",
  "default",      "desc",     "distinct", "else",   "end",    "exists",  "final", "from",
  "full",         "global",   "group",    "having", "if",     "ilike",   "in",    "inner",
  "insert",       "interval", "into",     "join",   "left",   "like",    "limit", "limits",
  "materialized", "max",      "min",      "not",    "null",   "on",      "or",    "order",
  "outer",        "prewhere", "right",    "sample", "select", "semi",    "then",  "to",
  "totals",       "union",    "using",    "where",  "with",
};

static gboolean
is_query_word (const char *name)
{
  for (guint i = 0; i < G_N_ELEMENTS (query_words); i++)
    if (g_ascii_strcasecmp (query_words[i], name) == 0)
      return TRUE;

  return FALSE;
}

static const char *
last_part_decoded (const char *topic, char **decoded)
{
  *decoded = barista_topic_name_decode (topic);

  return barista_catalog_name_last_part (*decoded != NULL ? *decoded : topic);
}

static gboolean
has_version_ending (const char *name)
{
  const char *end = name + strlen (name);
  const char *digits = end;

  while (digits > name && g_ascii_isdigit (digits[-1]))
    digits--;

  return digits < end && digits - name >= 3 && strncmp (digits - 3, "__v", 3) == 0;
}

/**
 * barista_resource_name_suggest:
 * @text: a topic or any other name
 *
 * Makes a Tinybird name of it: of `acmeCo/orders`, as it is or strictly encoded, `orders`.
 *
 * Returns: (transfer full): a name that barista_resource_name_check() accepts
 */
char *
barista_resource_name_suggest (const char *text)
{
  g_autofree char *decoded = NULL;
  gboolean lossy = FALSE;
  g_autofree char *slug = barista_name_slug (last_part_decoded (text, &decoded), "", '_', &lossy);
  g_autoptr (GString) name = g_string_new (slug);

  if (name->len > SUGGESTED_BYTES)
    g_string_truncate (name, SUGGESTED_BYTES);
  if (name->len == 0)
    g_string_assign (name, "data");
  if (g_ascii_isdigit (name->str[0]))
    g_string_prepend_c (name, '_');
  if (g_str_has_suffix (name->str, "_quarantine") || is_query_word (name->str))
    g_string_append (name, "_rows");

  return g_string_free_and_steal (g_steal_pointer (&name));
}

static const char *
find_fault (const char *name)
{
  if (*name == '\0')
    return _ ("it is empty");
  if (strnlen (name, NAME_BYTES + 1) > NAME_BYTES)
    return _ ("it is too long");
  if (g_ascii_isdigit (*name))
    return _ ("it starts with a digit");

  for (const char *p = name; *p != '\0'; p++)
    if (!g_ascii_isalnum (*p) && *p != '_')
      return _ ("only letters without accents, digits and _ stand in it");

  if (is_query_word (name))
    return _ ("it is a word of the query language");
  if (has_version_ending (name))
    return _ ("Tinybird reads its ending as an old version number");
  if (g_str_has_suffix (name, "_quarantine"))
    return _ ("Tinybird keeps the ending _quarantine for itself");

  return NULL;
}

/**
 * barista_resource_name_check:
 * @name: name of a data source, pipe, node or connection
 * @error: return location
 *
 * Returns: %FALSE with %BARISTA_NAME_ERROR_RESOURCE_INVALID (tinybird.md 1.8)
 */
gboolean
barista_resource_name_check (const char *name, GError **error)
{
  const char *fault = find_fault (name);
  g_autofree char *shown = NULL;

  if (fault == NULL)
    return TRUE;

  shown = barista_name_shown (name);
  g_set_error (error, BARISTA_NAME_ERROR, BARISTA_NAME_ERROR_RESOURCE_INVALID,
               _ ("“%s” can't be a name in Tinybird: %s"), shown, fault);
  return FALSE;
}

/**
 * barista_resource_name_unique:
 * @text: a topic or any other name
 * @taken: (element-type utf8 utf8): a set with g_free() for its keys; gets a copy of the result
 *
 * Suggests a name that nothing else has: `orders`, `orders_2`, and so on.
 *
 * Returns: (transfer full): the name
 */
char *
barista_resource_name_unique (const char *text, GHashTable *taken)
{
  g_autofree char *wanted = barista_resource_name_suggest (text);
  char *unique = g_hash_table_contains (taken, wanted) ? barista_name_numbered (wanted, '_', taken)
                                                       : g_steal_pointer (&wanted);

  g_hash_table_add (taken, g_strdup (unique));
  return unique;
}

static void
append_segment (GString *name, const char *segment)
{
  for (const char *p = segment; *p != '\0'; p++)
    {
      if (*p == '$')
        g_string_append (name, "DOLLAR_SIGN_");
      else if (g_str_has_prefix (p, "[:]"))
        {
          g_string_append_c (name, '_');
          p += 2;
        }
      else if (g_str_has_prefix (p, "['") || g_str_has_prefix (p, "']"))
        p++;
      else
        g_string_append_c (name, g_ascii_isalnum (*p) ? *p : '_');
    }
}

/**
 * barista_column_name_flatten:
 * @path: (array length=n): names of the fields from the document down, `[:]` for an array's items
 * @n: how many
 *
 * The column name that Tinybird's own tools give to a path: `_meta_op` for `_meta.op`
 * (tinybird.md 7). Two paths may give one name: `a.b` and `a_b`.
 *
 * Returns: (transfer full): the name
 */
char *
barista_column_name_flatten (const char *const *path, guint n)
{
  g_autoptr (GString) name = g_string_new (NULL);

  for (guint i = 0; i < n; i++)
    {
      if (i > 0 && !g_str_equal (path[i], "[:]"))
        g_string_append_c (name, '_');
      append_segment (name, path[i]);
    }

  if (name->len > 1 && name->str[name->len - 1] == '_')
    g_string_truncate (name, name->len - 1);
  if (name->len == 0 || g_ascii_isdigit (name->str[0]))
    g_string_prepend_c (name, '_');

  return g_string_free_and_steal (g_steal_pointer (&name));
}
