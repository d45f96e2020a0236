/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "barista-folder-manifest.h"
#include "barista-folder-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define RULE "stale-file"

/* What a file of an earlier setup may still do, by its place; the first that fits. */
static const struct
{
  const char *prefix;
  const char *message, *fix;
} kinds[] = {
  { "estuary/reference/", N_ ("%s is of an earlier setup."), N_ ("Remove %s.") },
  { BARISTA_FOLDER_FLOW,
    N_ ("%s is of an earlier setup. Published, it would replace a task that this setup doesn't "
        "write."),
    N_ ("Remove %s.") },
  { "connections/", N_ ("%s is of an earlier setup. A deploy still takes it."),
    N_ ("Remove %s if the next deploy may delete what it made in the workspace.") },
  { "datasources/", N_ ("%s is of an earlier setup. A deploy still takes it."),
    N_ ("Remove %s if the next deploy may delete what it made in the workspace, rows and all.") },
  { "endpoints/", N_ ("%s is of an earlier setup. A deploy still takes it."),
    N_ ("Remove %s if the next deploy may delete what it made in the workspace.") },
  { "sinks/", N_ ("%s is of an earlier setup. A deploy still takes it."),
    N_ ("Remove %s if the next deploy may delete what it made in the workspace.") },
  { "", N_ ("%s is of an earlier setup."), N_ ("Remove %s.") },
};

/* @text: translated, with one %s; not a format that the compiler can see. */
static char *
name_path (const char *text, const char *path)
{
  g_autoptr (GString) filled = g_string_new (text);

  g_string_replace (filled, "%s", path, 1);
  return g_strdup (filled->str);
}

/* The token file has no sum: it is told beside the Flow file that it was written for. */
static BaristaFinding *
token_finding_new (const char *flow_path)
{
  g_autofree char *path = barista_folder_token_path (flow_path);
  g_autofree char *message = name_path (_ ("%s is of an earlier setup, and holds a token."), path);
  g_autofree char *fix = name_path (_ ("Remove %s."), path);

  return barista_finding_new (RULE, BARISTA_LEVEL_WARNING, path, 0, message, fix);
}

static BaristaFinding *
finding_new (const char *path)
{
  g_autofree char *message = NULL;
  g_autofree char *fix = NULL;
  guint kind = 0;

  while (!g_str_has_prefix (path, kinds[kind].prefix))
    kind++;
  message = name_path (_ (kinds[kind].message), path);
  fix = name_path (_ (kinds[kind].fix), path);
  return barista_finding_new (RULE, BARISTA_LEVEL_WARNING, path, 0, message, fix);
}

static gboolean
is_asked_for (const char *path, BaristaOutputParts parts)
{
  return (parts
          & (g_str_has_prefix (path, BARISTA_FOLDER_FLOW) ? BARISTA_OUTPUT_FLOW
                                                          : BARISTA_OUTPUT_TINYBIRD))
         != 0;
}

static int
compare_paths (gconstpointer a, gconstpointer b)
{
  return strcmp (*(char *const *) a, *(char *const *) b);
}

/**
 * barista_folder_find_stale:
 * @plan: (element-type BaristaFolderEntry): what barista_folder_plan() gave
 * @parts: which side's files were made; those of the other side aren't looked at
 * @findings: (element-type BaristaFinding): takes what is found
 *
 * Names each file that an earlier save wrote, that is still there and that isn't among those of now,
 * in the order of their paths. A task that has turned from created to existing leaves a Flow file that
 * reads as publishable, and beside it perhaps the file with the token. Nothing is removed: that is the person's to do.
 */
void
barista_folder_find_stale (GPtrArray *plan, BaristaOutputParts parts, GPtrArray *findings)
{
  const BaristaFolderEntry *manifest;
  g_autoptr (GHashTable) ours = NULL;
  g_autoptr (GPtrArray) paths = NULL;

  g_return_if_fail (plan->len > 0);

  /* What it will say: files of now, and earlier ones that are still there. */
  manifest = plan->pdata[plan->len - 1];
  ours = barista_folder_manifest_read (manifest->artefact->content);
  for (guint i = 0; i < plan->len; i++)
    g_hash_table_remove (ours, ((const BaristaFolderEntry *) plan->pdata[i])->path);

  paths = g_hash_table_get_keys_as_ptr_array (ours);
  g_ptr_array_sort (paths, compare_paths);
  for (guint i = 0; i < paths->len; i++)
    {
      const char *path = paths->pdata[i];
      gboolean has_token = g_hash_table_contains (manifest->stale_tokens, path);
      gboolean is_gone = has_token && g_hash_table_lookup (manifest->stale_tokens, path) == NULL;

      if (!is_asked_for (path, parts))
        continue;
      if (!is_gone)
        g_ptr_array_add (findings, finding_new (path));
      if (has_token)
        g_ptr_array_add (findings, token_finding_new (path));
    }
}
