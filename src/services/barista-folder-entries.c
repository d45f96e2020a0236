/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "barista-diff.h"
#include "barista-folder-manifest.h"
#include "barista-folder-private.h"

#include <string.h>

#define README "README.md"
#define OTHER_README "README.barista.md"

const char *
barista_file_status_to_string (BaristaFileStatus status)
{
  static const char *const words[] = {
    [BARISTA_FILE_NEW] = "new",
    [BARISTA_FILE_CHANGED] = "changed",
    [BARISTA_FILE_SAME] = "same",
    [BARISTA_FILE_FOREIGN] = "foreign",
  };

  g_return_val_if_fail ((guint) status < G_N_ELEMENTS (words), "foreign");
  return words[status];
}

BaristaFolderEntry *
barista_folder_entry_new (const BaristaArtefact *artefact)
{
  BaristaFolderEntry *self = g_new0 (BaristaFolderEntry, 1);

  self->artefact = barista_artefact_new (artefact->path, artefact->content, artefact->mode);
  self->path = g_strdup (artefact->path);
  self->bytes = artefact->content != NULL ? g_bytes_get_size (artefact->content) : 0;
  return self;
}

void
barista_folder_entry_free (BaristaFolderEntry *self)
{
  barista_artefact_free (self->artefact);
  g_free (self->path);
  g_clear_pointer (&self->on_disk, g_bytes_unref);
  g_clear_pointer (&self->stale_tokens, g_hash_table_unref);
  g_free (self);
}

gboolean
barista_folder_entry_is_token (const BaristaFolderEntry *self)
{
  return self->artefact->content == NULL;
}

/**
 * barista_folder_looks_like_token_file:
 * @bytes: what stands at the token file's place
 *
 * The token file has no sum in `.barista.json`, so it is known by its shape: our three settings and
 * nothing else. A sealed or extended file is somebody's work.
 */
gboolean
barista_folder_looks_like_token_file (GBytes *bytes)
{
  static const char *const settings[] = { "token: ", "strict_topic_names: ", "deletions: " };
  gsize left;
  const char *text = g_bytes_get_data (bytes, &left);
  guint n = 0;

  while (left > 0)
    {
      const char *end = memchr (text, '\n', left);
      gsize length = end != NULL ? (gsize) (end - text) : left;

      if (end == NULL || n == G_N_ELEMENTS (settings) || length < strlen (settings[n])
          || memcmp (text, settings[n], strlen (settings[n])) != 0)
        return FALSE;
      n++;
      text += length + 1;
      left -= length + 1;
    }

  return n == G_N_ELEMENTS (settings);
}

char *
barista_folder_token_path (const char *flow_path)
{
  static const char ending[] = ".flow.yaml";
  const char *name = flow_path + strlen (BARISTA_FOLDER_FLOW);

  if (!g_str_has_prefix (flow_path, BARISTA_FOLDER_FLOW) || strchr (name, '/') != NULL
      || !g_str_has_suffix (flow_path, ending))
    return NULL;
  return g_strdup_printf ("%.*s.config.yaml", (int) (strlen (flow_path) - strlen (ending)),
                          flow_path);
}

/* @text: lines; whether @line is one of them, blanks around it aside */
static gboolean
has_line (const char *text, const char *line)
{
  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);

  for (guint i = 0; lines[i] != NULL; i++)
    if (g_str_equal (g_strstrip (lines[i]), line))
      return TRUE;

  return FALSE;
}

/* Ours are added to what is there; nothing is taken away. */
static void
merge_gitignore (BaristaFolderEntry *self)
{
  g_autofree char *present = g_strndup (g_bytes_get_data (self->on_disk, NULL),
                                        g_bytes_get_size (self->on_disk));
  g_autofree char *ours = g_strndup (g_bytes_get_data (self->artefact->content, NULL),
                                     g_bytes_get_size (self->artefact->content));
  g_auto (GStrv) lines = g_strsplit (ours, "\n", -1);
  g_autoptr (GString) merged = g_string_new_len (present, g_bytes_get_size (self->on_disk));

  for (guint i = 0; lines[i] != NULL; i++)
    {
      if (*lines[i] == '\0' || has_line (present, lines[i]))
        continue;
      if (merged->len > 0 && merged->str[merged->len - 1] != '\n')
        g_string_append_c (merged, '\n');
      g_string_append_printf (merged, "%s\n", lines[i]);
    }

  g_bytes_unref (self->artefact->content);
  self->artefact->content = g_string_free_to_bytes (g_steal_pointer (&merged));
  self->bytes = g_bytes_get_size (self->artefact->content);
}

static BaristaFileStatus
status_of (const BaristaFolderEntry *self, GHashTable *sums)
{
  g_autofree char *sum = NULL;

  if (self->on_disk == NULL)
    return BARISTA_FILE_NEW;
  if (g_bytes_equal (self->on_disk, self->artefact->content))
    return BARISTA_FILE_SAME;
  if (g_str_equal (self->path, ".gitignore"))
    return BARISTA_FILE_CHANGED;

  sum = barista_folder_sum (self->on_disk);
  return g_strcmp0 (sum, g_hash_table_lookup (sums, self->path)) == 0 ? BARISTA_FILE_CHANGED
                                                                      : BARISTA_FILE_FOREIGN;
}

static gboolean
compare_token_file (BaristaFolderEntry *self, BaristaFolderIo *io, GError **error)
{
  g_autoptr (GBytes) present = NULL;

  if (!barista_folder_io_read (io, self->path, &present, error))
    return FALSE;

  if (present == NULL)
    self->status = BARISTA_FILE_NEW;
  else
    self->status = barista_folder_looks_like_token_file (present) ? BARISTA_FILE_SAME
                                                                  : BARISTA_FILE_FOREIGN;
  return TRUE;
}

/**
 * barista_folder_entry_compare:
 * @self: the entry
 * @io: the folder
 * @sums: what `.barista.json` says
 * @error: return location
 *
 * Looks at what is there. A README that isn't ours is left alone, ours goes beside it.
 */
gboolean
barista_folder_entry_compare (BaristaFolderEntry *self,
                              BaristaFolderIo *io,
                              GHashTable *sums,
                              GError **error)
{
  if (barista_folder_entry_is_token (self))
    return compare_token_file (self, io, error);

  g_clear_pointer (&self->on_disk, g_bytes_unref);
  if (!barista_folder_io_read (io, self->path, &self->on_disk, error))
    return FALSE;
  if (self->on_disk != NULL && g_str_equal (self->path, ".gitignore"))
    merge_gitignore (self);

  self->status = status_of (self, sums);
  if (self->status != BARISTA_FILE_FOREIGN || !g_str_equal (self->path, README))
    return TRUE;

  g_free (self->path);
  self->path = g_strdup (OTHER_README);
  return barista_folder_entry_compare (self, io, sums, error);
}

/**
 * barista_folder_entry_diff:
 * @self: an entry of a plan
 *
 * Returns: (transfer full): a unified diff for people; "" if nothing changes. The token file is
 *   never shown.
 */
char *
barista_folder_entry_diff (const BaristaFolderEntry *self)
{
  if (barista_folder_entry_is_token (self) || self->status == BARISTA_FILE_SAME)
    return g_strdup ("");
  return barista_diff_unified (self->on_disk, self->artefact->content, self->path);
}
