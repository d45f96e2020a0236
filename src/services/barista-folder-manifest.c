/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "barista-folder-manifest.h"

#include "barista-json.h"

#include <string.h>

#define SUM_CHARS 64

/* A project of 10,000 topics has some 40,000 files. */
static const BaristaJsonLimits limits = { .bytes = 32 * 1024 * 1024,
                                          .depth = 8,
                                          .elements = 500000 };

char *
barista_folder_sum (GBytes *bytes)
{
  return g_compute_checksum_for_bytes (G_CHECKSUM_SHA256, bytes);
}

static gboolean
is_sum (const char *text)
{
  return text != NULL && strlen (text) == SUM_CHARS
         && strspn (text, "0123456789abcdef") == SUM_CHARS;
}

static const char *
string_member (JsonObject *object, const char *name)
{
  JsonNode *node = json_object_get_member (object, name);

  return node != NULL && json_node_get_value_type (node) == G_TYPE_STRING
             ? json_node_get_string (node)
             : NULL;
}

static void
take_file (GHashTable *sums, JsonNode *node)
{
  JsonObject *file = JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
  const char *path = file != NULL ? string_member (file, "path") : NULL;
  const char *sum = file != NULL ? string_member (file, "sha256") : NULL;

  if (path != NULL && barista_folder_path_is_safe (path) && is_sum (sum))
    g_hash_table_insert (sums, g_strdup (path), g_strdup (sum));
}

/**
 * barista_folder_manifest_read:
 * @bytes: (nullable): the file; anything at all
 *
 * Reads what can be read. A file that isn't ours makes all others foreign, which is safe.
 *
 * Returns: (transfer full): path -> sum
 */
GHashTable *
barista_folder_manifest_read (GBytes *bytes)
{
  GHashTable *sums = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  g_autoptr (JsonNode) root = NULL;
  JsonNode *files;
  gsize length;
  const char *text;

  if (bytes == NULL)
    return sums;

  text = g_bytes_get_data (bytes, &length);
  root = length > 0 ? barista_json_parse (text, (gssize) length, &limits, NULL) : NULL;
  if (root == NULL || !JSON_NODE_HOLDS_OBJECT (root))
    return sums;

  files = json_object_get_member (json_node_get_object (root), "files");
  if (files == NULL || !JSON_NODE_HOLDS_ARRAY (files))
    return sums;
  for (guint i = 0; i < json_array_get_length (json_node_get_array (files)); i++)
    take_file (sums, json_array_get_element (json_node_get_array (files), i));
  return sums;
}

static void
add_file (JsonBuilder *builder, const char *path, const char *sum)
{
  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, "path");
  json_builder_add_string_value (builder, path);
  json_builder_set_member_name (builder, "sha256");
  json_builder_add_string_value (builder, sum);
  json_builder_end_object (builder);
}

static int
compare_strings (gconstpointer a, gconstpointer b)
{
  return strcmp (*(char *const *) a, *(char *const *) b);
}

/**
 * barista_folder_manifest_write:
 * @sums: path -> sum
 *
 * Returns: (transfer full): the file, in the order of the paths
 */
GBytes *
barista_folder_manifest_write (GHashTable *sums)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  g_autoptr (GPtrArray) paths = g_hash_table_get_keys_as_ptr_array (sums);
  g_autoptr (JsonNode) root = NULL;
  g_autofree char *text = NULL;
  char *line;

  g_ptr_array_sort (paths, compare_strings);
  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, "format");
  json_builder_add_string_value (builder, "barista-folder");
  json_builder_set_member_name (builder, "version");
  json_builder_add_int_value (builder, 1);
  json_builder_set_member_name (builder, "files");
  json_builder_begin_array (builder);
  for (guint i = 0; i < paths->len; i++)
    add_file (builder, paths->pdata[i], g_hash_table_lookup (sums, paths->pdata[i]));
  json_builder_end_array (builder);
  json_builder_end_object (builder);

  root = json_builder_get_root (builder);
  text = json_to_string (root, TRUE);
  line = g_strconcat (text, "\n", NULL);
  return g_bytes_new_take (line, strlen (line));
}
