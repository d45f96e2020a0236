/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "barista-folder-journal.h"

#include "barista-folder-manifest.h"
#include "barista-folder.h"
#include "barista-json.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* A save goes: journal "preparing", new files beside their places, journal "ready", renames, journal
 * off; each step is on the disk before the next one starts. A cut while preparing is undone, later
 * it is finished. */

static const BaristaJsonLimits limits = { .bytes = 64 * 1024 * 1024,
                                          .depth = 8,
                                          .elements = 1000000 };

void
barista_folder_step_free (BaristaFolderStep *self)
{
  g_free (self->path);
  g_clear_pointer (&self->content, g_bytes_unref);
  g_free (self->old_sum);
  g_free (self->new_sum);
  g_free (self);
}

BaristaFolderJournal *
barista_folder_journal_new (void)
{
  BaristaFolderJournal *self = g_new0 (BaristaFolderJournal, 1);

  self->folders = g_ptr_array_new_with_free_func (g_free);
  self->steps = g_ptr_array_new_with_free_func ((GDestroyNotify) barista_folder_step_free);
  return self;
}

void
barista_folder_journal_free (BaristaFolderJournal *self)
{
  g_ptr_array_unref (self->folders);
  g_ptr_array_unref (self->steps);
  g_free (self);
}

static void
add_text (JsonBuilder *builder, const char *name, const char *text)
{
  json_builder_set_member_name (builder, name);
  if (text != NULL)
    json_builder_add_string_value (builder, text);
  else
    json_builder_add_null_value (builder);
}

static GBytes *
to_bytes (const BaristaFolderJournal *self)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  g_autoptr (JsonNode) root = NULL;
  char *text;

  json_builder_begin_object (builder);
  add_text (builder, "format", "barista-journal");
  add_text (builder, "state", self->ready ? "ready" : "preparing");
  json_builder_set_member_name (builder, "folders");
  json_builder_begin_array (builder);
  for (guint i = 0; i < self->folders->len; i++)
    json_builder_add_string_value (builder, self->folders->pdata[i]);
  json_builder_end_array (builder);
  json_builder_set_member_name (builder, "files");
  json_builder_begin_array (builder);
  for (guint i = 0; i < self->steps->len; i++)
    {
      const BaristaFolderStep *step = self->steps->pdata[i];

      json_builder_begin_object (builder);
      add_text (builder, "path", step->path);
      add_text (builder, "old", step->old_sum);
      add_text (builder, "new", step->new_sum);
      json_builder_end_object (builder);
    }
  json_builder_end_array (builder);
  json_builder_end_object (builder);

  root = json_builder_get_root (builder);
  text = json_to_string (root, FALSE);
  return g_bytes_new_take (text, strlen (text));
}

/* NULL where the member is missing, null or not a string. */
static const char *
text_member (JsonObject *object, const char *name)
{
  JsonNode *node = json_object_get_member (object, name);

  return node != NULL && json_node_get_value_type (node) == G_TYPE_STRING
             ? json_node_get_string (node)
             : NULL;
}

static JsonArray *
array_member (JsonObject *object, const char *name)
{
  JsonNode *node = json_object_get_member (object, name);

  return node != NULL && JSON_NODE_HOLDS_ARRAY (node) ? json_node_get_array (node) : NULL;
}

static gboolean
take_folders (BaristaFolderJournal *self, JsonArray *folders)
{
  for (guint i = 0; folders != NULL && i < json_array_get_length (folders); i++)
    {
      JsonNode *node = json_array_get_element (folders, i);
      const char *path = json_node_get_value_type (node) == G_TYPE_STRING
                             ? json_node_get_string (node)
                             : NULL;

      if (path == NULL || !barista_folder_path_is_safe (path))
        return FALSE;
      g_ptr_array_add (self->folders, g_strdup (path));
    }

  return folders != NULL;
}

static gboolean
take_files (BaristaFolderJournal *self, JsonArray *files)
{
  for (guint i = 0; files != NULL && i < json_array_get_length (files); i++)
    {
      JsonNode *node = json_array_get_element (files, i);
      JsonObject *file = JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
      const char *path = file != NULL ? text_member (file, "path") : NULL;
      BaristaFolderStep *step;

      if (path == NULL || !barista_folder_path_is_safe (path))
        return FALSE;
      step = g_new0 (BaristaFolderStep, 1);
      step->path = g_strdup (path);
      step->old_sum = g_strdup (text_member (file, "old"));
      step->new_sum = g_strdup (text_member (file, "new"));
      g_ptr_array_add (self->steps, step);
    }

  return files != NULL;
}

static BaristaFolderJournal *
from_bytes (GBytes *bytes)
{
  g_autoptr (BaristaFolderJournal) self = barista_folder_journal_new ();
  gsize length;
  const char *text = g_bytes_get_data (bytes, &length);
  g_autoptr (JsonNode) root = length > 0 ? barista_json_parse (text, (gssize) length, &limits, NULL)
                                         : NULL;
  JsonObject *object = root != NULL && JSON_NODE_HOLDS_OBJECT (root) ? json_node_get_object (root)
                                                                     : NULL;

  if (object == NULL || g_strcmp0 (text_member (object, "format"), "barista-journal") != 0)
    return NULL;

  self->ready = g_strcmp0 (text_member (object, "state"), "ready") == 0;
  if (!take_folders (self, array_member (object, "folders"))
      || !take_files (self, array_member (object, "files")))
    return NULL;
  return g_steal_pointer (&self);
}

/* A file that may be there is removed; that it isn't is fine. */
static gboolean
remove_if_there (BaristaFolderIo *io, const char *path, GError **error)
{
  g_autoptr (GBytes) bytes = NULL;

  if (!barista_folder_io_read (io, path, &bytes, error))
    return FALSE;
  return bytes == NULL || barista_folder_io_remove (io, path, FALSE, error);
}

static gboolean
write_journal (BaristaFolderJournal *self, BaristaFolderIo *io, GError **error)
{
  g_autofree char *temp = barista_folder_temp_path (BARISTA_FOLDER_JOURNAL);
  g_autoptr (GBytes) bytes = to_bytes (self);

  return remove_if_there (io, temp, error) && barista_folder_io_write (io, temp, bytes, 0644, error)
         && barista_folder_io_rename (io, temp, BARISTA_FOLDER_JOURNAL, error)
         && barista_folder_io_sync_folder (io, "", error);
}

static char *
folder_of (const char *path)
{
  const char *slash = strrchr (path, '/');

  return slash != NULL ? g_strndup (path, slash - path) : g_strdup ("");
}

/* Each folder that holds a file of the save, once. */
static gboolean
sync_folders (BaristaFolderJournal *self, BaristaFolderIo *io, GError **error)
{
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  GHashTableIter iter;
  char *folder;

  for (guint i = 0; i < self->folders->len; i++)
    g_hash_table_add (seen, folder_of (self->folders->pdata[i]));
  for (guint i = 0; i < self->steps->len; i++)
    g_hash_table_add (seen, folder_of (((BaristaFolderStep *) self->steps->pdata[i])->path));

  g_hash_table_iter_init (&iter, seen);
  while (g_hash_table_iter_next (&iter, (gpointer *) &folder, NULL))
    if (!barista_folder_io_sync_folder (io, folder, error))
      return FALSE;
  return TRUE;
}

static gboolean
prepare (BaristaFolderJournal *self, BaristaFolderIo *io, GCancellable *cancellable, GError **error)
{
  for (guint i = 0; i < self->folders->len; i++)
    if (!barista_folder_io_make_folder (io, self->folders->pdata[i], error))
      return FALSE;

  for (guint i = 0; i < self->steps->len; i++)
    {
      const BaristaFolderStep *step = self->steps->pdata[i];
      g_autofree char *temp = barista_folder_temp_path (step->path);

      if (g_cancellable_set_error_if_cancelled (cancellable, error)
          || !remove_if_there (io, temp, error)
          || !barista_folder_io_write (io, temp, step->content, step->mode, error))
        return FALSE;
    }

  return sync_folders (self, io, error);
}

static gboolean
read_sum (BaristaFolderIo *io, const char *path, char **sum, GError **error)
{
  g_autoptr (GBytes) bytes = NULL;

  if (!barista_folder_io_read (io, path, &bytes, error))
    return FALSE;
  *sum = bytes != NULL ? barista_folder_sum (bytes) : NULL;
  return TRUE;
}

/* Between the comparison that the person saw and now nobody else may have written. */
static gboolean
check_unchanged (BaristaFolderJournal *self, BaristaFolderIo *io, GError **error)
{
  for (guint i = 0; i < self->steps->len; i++)
    {
      const BaristaFolderStep *step = self->steps->pdata[i];
      g_autofree char *sum = NULL;

      if (!read_sum (io, step->path, &sum, error))
        return FALSE;
      if (step->new_sum == NULL || g_strcmp0 (sum, step->old_sum) == 0)
        continue;
      g_set_error (error, BARISTA_FOLDER_ERROR, BARISTA_FOLDER_ERROR_FOREIGN,
                   _ ("%s was changed by somebody else just now. Look at it and save again."),
                   step->path);
      return FALSE;
    }

  return TRUE;
}

static gboolean
move_all (BaristaFolderJournal *self, BaristaFolderIo *io, GError **error)
{
  for (guint i = 0; i < self->steps->len; i++)
    {
      const BaristaFolderStep *step = self->steps->pdata[i];
      g_autofree char *temp = barista_folder_temp_path (step->path);

      if (!barista_folder_io_rename (io, temp, step->path, error))
        return FALSE;
    }

  return sync_folders (self, io, error);
}

static gboolean
close_journal (BaristaFolderIo *io, GError **error)
{
  return barista_folder_io_remove (io, BARISTA_FOLDER_JOURNAL, FALSE, error)
         && barista_folder_io_sync_folder (io, "", error);
}

/* As far as it goes: what can't be removed now is removed by the next start. */
static gboolean
undo (BaristaFolderJournal *self, BaristaFolderIo *io, GError **error)
{
  for (guint i = 0; i < self->steps->len; i++)
    {
      g_autofree char *temp = barista_folder_temp_path (
          ((BaristaFolderStep *) self->steps->pdata[i])->path);

      if (!remove_if_there (io, temp, error))
        return FALSE;
    }

  for (guint i = self->folders->len; i-- > 0;)
    {
      gboolean exists;

      if (!barista_folder_io_has_folder (io, self->folders->pdata[i], &exists, error))
        return FALSE;
      /* Somebody may have put something in it: then it stays. */
      if (exists)
        barista_folder_io_remove (io, self->folders->pdata[i], TRUE, NULL);
    }

  return close_journal (io, error);
}

/**
 * barista_folder_journal_run:
 * @self: folders and files to write
 * @io: the folder
 * @cancellable: (nullable): heard until all new files lie beside their places, which takes the time
 * @error: return location
 *
 * Writes all of it or nothing. If it fails before the first rename, everything is taken back; after
 * that the journal stays, and the next start finishes.
 */
gboolean
barista_folder_journal_run (BaristaFolderJournal *self,
                            BaristaFolderIo *io,
                            GCancellable *cancellable,
                            GError **error)
{
  self->ready = FALSE;
  if (!write_journal (self, io, error))
    {
      g_autofree char *temp = barista_folder_temp_path (BARISTA_FOLDER_JOURNAL);

      remove_if_there (io, temp, NULL);
      remove_if_there (io, BARISTA_FOLDER_JOURNAL, NULL);
      return FALSE;
    }

  if (prepare (self, io, cancellable, error) && check_unchanged (self, io, error)
      && !g_cancellable_set_error_if_cancelled (cancellable, error))
    {
      self->ready = TRUE;
      if (write_journal (self, io, error))
        return move_all (self, io, error) && close_journal (io, error);

      /* "ready" may be on the disk all the same: nothing is taken away before it says otherwise. */
      self->ready = FALSE;
      if (!write_journal (self, io, NULL))
        return FALSE;
    }

  undo (self, io, NULL);
  return FALSE;
}

/* What lies beside its place is ours only if it is what the journal says; what was changed after
 * the cut stays as it is. */
static gboolean
finish_step (const BaristaFolderStep *step, BaristaFolderIo *io, GError **error)
{
  g_autofree char *temp = barista_folder_temp_path (step->path);
  g_autofree char *new_sum = NULL;
  g_autofree char *old_sum = NULL;

  if (!read_sum (io, temp, &new_sum, error) || !read_sum (io, step->path, &old_sum, error))
    return FALSE;
  if (new_sum == NULL)
    return TRUE;
  if (step->new_sum == NULL
      || (g_str_equal (new_sum, step->new_sum) && g_strcmp0 (old_sum, step->old_sum) == 0))
    return barista_folder_io_rename (io, temp, step->path, error);
  return barista_folder_io_remove (io, temp, FALSE, error);
}

static gboolean
finish_all (BaristaFolderJournal *self, BaristaFolderIo *io, GError **error)
{
  for (guint i = 0; i < self->steps->len; i++)
    if (!finish_step (self->steps->pdata[i], io, error))
      return FALSE;

  return sync_folders (self, io, error) && close_journal (io, error);
}

/**
 * barista_folder_journal_recover:
 * @io: an open folder
 * @error: return location
 *
 * Finishes or undoes a save that was cut; does nothing in a folder without a journal.
 */
gboolean
barista_folder_journal_recover (BaristaFolderIo *io, GError **error)
{
  g_autofree char *temp = barista_folder_temp_path (BARISTA_FOLDER_JOURNAL);
  g_autoptr (GBytes) leftover = NULL;
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (BaristaFolderJournal) journal = NULL;

  if (!barista_folder_io_read (io, temp, &leftover, error)
      || !barista_folder_io_read (io, BARISTA_FOLDER_JOURNAL, &bytes, error))
    return FALSE;
  if (leftover == NULL && bytes == NULL)
    return TRUE;
  if (!barista_folder_io_lock (io, error))
    return FALSE;
  if (leftover != NULL && !barista_folder_io_remove (io, temp, FALSE, error))
    return FALSE;
  if (bytes == NULL)
    return TRUE;

  journal = from_bytes (bytes);
  if (journal == NULL)
    {
      g_set_error (error, BARISTA_FOLDER_ERROR, BARISTA_FOLDER_ERROR_IO,
                   _ ("%s is not a journal of Barista. Move it away."), BARISTA_FOLDER_JOURNAL);
      return FALSE;
    }
  return journal->ready ? finish_all (journal, io, error) : undo (journal, io, error);
}
