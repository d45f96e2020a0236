/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "barista-folder.h"

#include "barista-folder-journal.h"
#include "barista-folder-manifest.h"
#include "barista-folder-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

struct _BaristaFolder
{
  GObject parent_instance;

  char *path;
  BaristaSetup *setup;
  BaristaSecret *token;
  BaristaFolderHook hook;
  gpointer hook_data;
};

G_DEFINE_FINAL_TYPE (BaristaFolder, barista_folder, G_TYPE_OBJECT)
G_DEFINE_QUARK (barista_folder_error, barista_folder_error)

static void
barista_folder_finalize (GObject *object)
{
  BaristaFolder *self = BARISTA_FOLDER (object);

  g_free (self->path);
  g_clear_object (&self->setup);
  g_clear_object (&self->token);

  G_OBJECT_CLASS (barista_folder_parent_class)->finalize (object);
}

static void
barista_folder_class_init (BaristaFolderClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = barista_folder_finalize;
}

static void
barista_folder_init (BaristaFolder *self)
{
}

/**
 * barista_folder_new:
 * @path: the project folder; it need not exist
 *
 * Returns: (transfer full): the folder
 */
BaristaFolder *
barista_folder_new (const char *path)
{
  BaristaFolder *self = g_object_new (BARISTA_TYPE_FOLDER, NULL);

  self->path = g_strdup (path);
  return self;
}

void
barista_folder_set_token (BaristaFolder *self, BaristaSetup *setup, BaristaSecret *token)
{
  g_set_object (&self->setup, setup);
  g_set_object (&self->token, token);
}

void
barista_folder_set_hook (BaristaFolder *self, BaristaFolderHook hook, gpointer data)
{
  self->hook = hook;
  self->hook_data = data;
}

/* --- jobs: all that a worker thread may see --- */

BaristaFolderJob *
barista_folder_job_new (BaristaFolder *self, GPtrArray *files, GBytes *token)
{
  BaristaFolderJob *job = g_new0 (BaristaFolderJob, 1);

  job->path = g_strdup (self->path);
  job->hook = self->hook;
  job->hook_data = self->hook_data;
  job->files = g_ptr_array_ref (files);
  job->token = token;
  return job;
}

void
barista_folder_job_free (BaristaFolderJob *job)
{
  g_free (job->path);
  g_ptr_array_unref (job->files);
  g_clear_pointer (&job->token, g_bytes_unref);
  g_free (job);
}

/* The token's content in @bytes is wiped when the last reference goes. */
static void
wipe (gpointer data)
{
  char *text = data;

  explicit_bzero (text, strlen (text));
  g_free (text);
}

GBytes *
barista_folder_token_content (BaristaSetup *setup, BaristaSecret *token)
{
  g_autoptr (GPtrArray) tables = g_ptr_array_new ();
  BaristaOutputRequest request = { .setup = setup, .tables = tables, .with_token = TRUE };
  char *text = NULL;

  if (setup != NULL && token != NULL)
    text = barista_output_flow_config (&request, barista_secret_peek (token, NULL));
  return text != NULL ? g_bytes_new_with_free_func (text, strlen (text), wipe, text) : NULL;
}

/* Nullable: what the token file would hold, by barista_folder_set_token(). */
GBytes *
barista_folder_dup_token_content (BaristaFolder *self)
{
  return barista_folder_token_content (self->setup, self->token);
}

/* With the token at hand the shape of the file isn't all that is known. */
static gboolean
compare_token (GBytes *content, BaristaFolderEntry *entry, BaristaFolderIo *io, GError **error)
{
  g_autoptr (GBytes) present = NULL;

  if (content == NULL || entry->status == BARISTA_FILE_NEW)
    return TRUE;

  if (!barista_folder_io_read (io, entry->path, &present, error))
    return FALSE;
  if (present != NULL && g_bytes_equal (present, content))
    entry->status = BARISTA_FILE_SAME;
  else if (entry->status == BARISTA_FILE_SAME)
    entry->status = BARISTA_FILE_CHANGED;
  return TRUE;
}

/* The token file beside an earlier Flow file, which has no line of its own: known by its shape.
 * Whatever else stands there is none. */
static gboolean
has_token_beside (BaristaFolderIo *io, const char *path)
{
  g_autofree char *config = barista_folder_token_path (path);
  g_autoptr (GBytes) present = NULL;

  return config != NULL && barista_folder_io_read (io, config, &present, NULL) && present != NULL
         && barista_folder_looks_like_token_file (present);
}

/* Files that an earlier save wrote and this one doesn't stay ours while they are as they were. One for
 * Estuary stays listed even then (its sum makes it foreign): it can do harm for as long as it is there,
 * or its token is. */
static gboolean
keep_earlier (BaristaFolderEntry *manifest,
              GHashTable *before,
              GHashTable *after,
              BaristaFolderIo *io,
              GError **error)
{
  GHashTableIter iter;
  const char *path;
  const char *sum;

  g_hash_table_iter_init (&iter, before);
  while (g_hash_table_iter_next (&iter, (gpointer *) &path, (gpointer *) &sum))
    {
      g_autoptr (GBytes) present = NULL;
      g_autofree char *present_sum = NULL;
      gboolean has_token;

      if (g_hash_table_contains (after, path))
        continue;
      if (!barista_folder_io_read (io, path, &present, error))
        return FALSE;
      has_token = has_token_beside (io, path);
      if (has_token)
        g_hash_table_insert (manifest->stale_tokens, g_strdup (path),
                             GINT_TO_POINTER (present != NULL));
      if (present == NULL && !has_token)
        continue;
      present_sum = present != NULL ? barista_folder_sum (present) : NULL;
      if (g_strcmp0 (present_sum, sum) == 0 || g_str_has_prefix (path, BARISTA_FOLDER_FLOW))
        g_hash_table_insert (after, g_strdup (path), g_strdup (sum));
    }

  return TRUE;
}

/* `.barista.json` as it will be; one that isn't ours is foreign like any other file. */
static BaristaFolderEntry *
manifest_entry (GPtrArray *entries,
                GHashTable *before,
                GBytes *on_disk,
                BaristaFolderIo *io,
                GError **error)
{
  g_autoptr (GHashTable) after = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  g_autoptr (GBytes) again = NULL;
  g_autoptr (BaristaArtefact) artefact = barista_artefact_new (BARISTA_FOLDER_MANIFEST, NULL, 0644);
  g_autoptr (BaristaFolderEntry) entry = barista_folder_entry_new (artefact);
  GBytes *content;

  for (guint i = 0; i < entries->len; i++)
    {
      const BaristaFolderEntry *one = entries->pdata[i];

      if (!barista_folder_entry_is_token (one))
        g_hash_table_insert (after, g_strdup (one->path),
                             barista_folder_sum (one->artefact->content));
    }
  entry->stale_tokens = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  if (!keep_earlier (entry, before, after, io, error))
    return NULL;

  content = entry->artefact->content = barista_folder_manifest_write (after);
  entry->bytes = g_bytes_get_size (content);
  entry->on_disk = on_disk != NULL ? g_bytes_ref (on_disk) : NULL;
  again = barista_folder_manifest_write (before);
  if (on_disk == NULL)
    entry->status = BARISTA_FILE_NEW;
  else if (g_bytes_equal (on_disk, content))
    entry->status = BARISTA_FILE_SAME;
  else
    entry->status = g_bytes_equal (on_disk, again) ? BARISTA_FILE_CHANGED : BARISTA_FILE_FOREIGN;
  return g_steal_pointer (&entry);
}

static gboolean
compare_all (const BaristaFolderJob *job,
             BaristaFolderIo *io,
             GPtrArray *entries,
             GCancellable *cancellable,
             GError **error)
{
  g_autoptr (GBytes) manifest = NULL;
  g_autoptr (GHashTable) sums = NULL;
  BaristaFolderEntry *last;

  if (!barista_folder_io_read (io, BARISTA_FOLDER_MANIFEST, &manifest, error))
    return FALSE;
  sums = barista_folder_manifest_read (manifest);

  for (guint i = 0; i < job->files->len; i++)
    {
      BaristaFolderEntry *entry = barista_folder_entry_new (job->files->pdata[i]);

      g_ptr_array_add (entries, entry);
      if (g_cancellable_set_error_if_cancelled (cancellable, error)
          || !barista_folder_entry_compare (entry, io, sums, error))
        return FALSE;
      if (barista_folder_entry_is_token (entry) && !compare_token (job->token, entry, io, error))
        return FALSE;
    }

  last = manifest_entry (entries, sums, manifest, io, error);
  if (last != NULL)
    g_ptr_array_add (entries, last);
  return last != NULL;
}

GPtrArray *
barista_folder_job_plan (const BaristaFolderJob *job, GCancellable *cancellable, GError **error)
{
  g_autoptr (GPtrArray) entries = g_ptr_array_new_with_free_func (
      (GDestroyNotify) barista_folder_entry_free);
  g_auto (BaristaFolderIo) io = { .root = -1 };

  barista_folder_io_init (&io, job->path, job->hook, job->hook_data);
  if (!barista_folder_io_open (&io, FALSE, error) || !barista_folder_journal_recover (&io, error)
      || !compare_all (job, &io, entries, cancellable, error))
    return NULL;
  return g_steal_pointer (&entries);
}

/**
 * barista_folder_plan:
 * @self: the folder
 * @artefacts: (element-type BaristaArtefact): what is to be written
 * @error: return location
 *
 * Compares with what is there. Changes nothing, but for a save that was cut: that is finished or
 * undone first. Blocks; see barista_folder_plan_async().
 *
 * Returns: (transfer full) (element-type BaristaFolderEntry): the files
 */
GPtrArray *
barista_folder_plan (BaristaFolder *self, GPtrArray *artefacts, GError **error)
{
  GBytes *token = barista_folder_dup_token_content (self);
  g_autoptr (BaristaFolderJob) job = barista_folder_job_new (self, artefacts, token);

  return barista_folder_job_plan (job, NULL, error);
}

static gboolean
refuse_foreign (GPtrArray *plan, gboolean force, GError **error)
{
  const BaristaFolderEntry *first = NULL;
  guint n = 0;

  for (guint i = 0; i < plan->len; i++)
    {
      const BaristaFolderEntry *entry = plan->pdata[i];

      if (entry->status != BARISTA_FILE_FOREIGN)
        continue;
      if (n++ == 0)
        first = entry;
    }

  if (n == 0 || force)
    return TRUE;
  if (n == 1)
    g_set_error (error, BARISTA_FOLDER_ERROR, BARISTA_FOLDER_ERROR_FOREIGN,
                 _ ("%s is there already and was not written by Barista. Look at the difference "
                    "and agree to it, or choose another folder."),
                 first->path);
  else
    g_set_error (error, BARISTA_FOLDER_ERROR, BARISTA_FOLDER_ERROR_FOREIGN,
                 _ ("%s and %u more files are there already and were not written by Barista. Look "
                    "at the differences and agree to them, or choose another folder."),
                 first->path, n - 1);
  return FALSE;
}

/* Each folder of @path that isn't there, outer ones first, once. */
static gboolean
add_folders (BaristaFolderJournal *journal,
             BaristaFolderIo *io,
             GHashTable *seen,
             const char *path,
             GError **error)
{
  for (const char *slash = strchr (path, '/'); slash != NULL; slash = strchr (slash + 1, '/'))
    {
      g_autofree char *folder = g_strndup (path, slash - path);
      gboolean exists;

      if (!g_hash_table_add (seen, g_strdup (folder)))
        continue;
      if (!barista_folder_io_has_folder (io, folder, &exists, error))
        return FALSE;
      if (!exists)
        g_ptr_array_add (journal->folders, g_steal_pointer (&folder));
    }

  return TRUE;
}

static void
add_step (BaristaFolderJournal *journal, const BaristaFolderEntry *entry, GBytes *content)
{
  BaristaFolderStep *step = g_new0 (BaristaFolderStep, 1);

  step->path = g_strdup (entry->path);
  step->content = g_bytes_ref (content);
  step->mode = entry->artefact->mode;
  if (!barista_folder_entry_is_token (entry))
    {
      step->old_sum = entry->on_disk != NULL ? barista_folder_sum (entry->on_disk) : NULL;
      step->new_sum = barista_folder_sum (content);
    }
  g_ptr_array_add (journal->steps, step);
}

/* NULL: nothing to write there. */
static GBytes *
content_for (const BaristaFolderEntry *entry, GBytes *token)
{
  if (barista_folder_entry_is_token (entry))
    return token != NULL ? g_bytes_ref (token) : NULL;
  return entry->status != BARISTA_FILE_SAME ? g_bytes_ref (entry->artefact->content) : NULL;
}

/* A token file that already holds the same is not written again. */
static gboolean
is_there (const BaristaFolderEntry *entry, BaristaFolderIo *io, GBytes *content)
{
  g_autoptr (GBytes) present = NULL;

  return barista_folder_entry_is_token (entry)
         && barista_folder_io_read (io, entry->path, &present, NULL) && present != NULL
         && g_bytes_equal (present, content);
}

static gboolean
fill_journal (BaristaFolderJournal *journal,
              BaristaFolderIo *io,
              const BaristaFolderJob *job,
              GError **error)
{
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  for (guint i = 0; i < job->files->len; i++)
    {
      const BaristaFolderEntry *entry = job->files->pdata[i];
      g_autoptr (GBytes) content = content_for (entry, job->token);

      if (content == NULL || is_there (entry, io, content))
        continue;
      if (!add_folders (journal, io, seen, entry->path, error))
        return FALSE;
      add_step (journal, entry, content);
    }

  return TRUE;
}

gboolean
barista_folder_job_save (const BaristaFolderJob *job, GCancellable *cancellable, GError **error)
{
  g_autoptr (BaristaFolderJournal) journal = barista_folder_journal_new ();
  g_auto (BaristaFolderIo) io = { .root = -1 };

  if (!refuse_foreign (job->files, job->force, error))
    return FALSE;

  barista_folder_io_init (&io, job->path, job->hook, job->hook_data);
  if (!barista_folder_io_open (&io, TRUE, error) || !barista_folder_io_lock (&io, error)
      || !barista_folder_journal_recover (&io, error) || !fill_journal (journal, &io, job, error))
    return FALSE;
  return journal->steps->len == 0 || barista_folder_journal_run (journal, &io, cancellable, error);
}

/**
 * barista_folder_save:
 * @self: the folder
 * @plan: (element-type BaristaFolderEntry): what barista_folder_plan() gave
 * @setup: for the token file
 * @token: (nullable): fills the token file; without it an existing one is left as it is
 * @force: overwrite foreign files
 * @error: return location
 *
 * Writes what is new or changed, all of it or nothing. Blocks; see barista_folder_save_async().
 *
 * Returns: %FALSE with %BARISTA_FOLDER_ERROR if it didn't
 */
gboolean
barista_folder_save (BaristaFolder *self,
                     GPtrArray *plan,
                     BaristaSetup *setup,
                     BaristaSecret *token,
                     gboolean force,
                     GError **error)
{
  GBytes *content = barista_folder_token_content (setup, token);
  g_autoptr (BaristaFolderJob) job = barista_folder_job_new (self, plan, content);

  job->force = force;
  return barista_folder_job_save (job, NULL, error);
}
