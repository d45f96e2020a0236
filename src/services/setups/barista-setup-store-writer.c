/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "barista-setup-store-private.h"

#include "barista-profile.h"

#include <string.h>

#define FLUSH_US (2 * G_USEC_PER_SEC)

/* How setups get onto the disk: one thread writes what waits, the newest state of each. */

/* --- what lies there, as far as this store knows --- */

void
setup_store_set_known (BaristaSetupStore *self, const SetupFiles *files)
{
  g_mutex_lock (&self->lock);
  g_hash_table_replace (self->known, g_strdup (files->id), setup_files_sum (files));
  g_mutex_unlock (&self->lock);
}

/* --- a setup that has to lie elsewhere --- */

typedef struct
{
  BaristaSetupStore *store;
  char *from, *to;
  SetupFiles *theirs; /* nullable: what lies under the old id */
} Moved;

static void
moved_free (gpointer data)
{
  Moved *moved = data;

  g_object_unref (moved->store);
  g_clear_pointer (&moved->theirs, setup_files_free);
  g_free (moved->from);
  g_free (moved->to);
  g_free (moved);
}

/* What was saved under the old id since then is the same setup. */
static void
redirect_pending (BaristaSetupStore *self, const char *from, const char *to)
{
  SetupFiles *late = NULL;

  g_mutex_lock (&self->lock);
  g_hash_table_remove (self->moved, from);
  if (g_hash_table_steal_extended (self->pending, from, NULL, (gpointer *) &late))
    {
      g_set_str (&late->id, to);
      g_hash_table_replace (self->pending, late->id, late);
    }
  g_mutex_unlock (&self->lock);
}

/* The list has what was saved here last under the old id. */
static void
split_entry (BaristaSetupStore *self, const Moved *moved)
{
  g_autoptr (BaristaSetupEntry) old = barista_setup_store_find (self, moved->from);
  g_autoptr (BaristaSetupEntry) ours = NULL;
  g_autoptr (BaristaSetupEntry) there = NULL;
  g_autoptr (BaristaSetup) setup = NULL;

  if (old == NULL)
    return;

  ours = setup_store_touch (self, moved->to, setup_entry_get_used_us (old));
  setup_entry_copy (ours, old);
  if (moved->theirs != NULL)
    setup = setup_store_parse (self, moved->theirs, NULL);
  if (setup == NULL)
    {
      g_list_store_remove (self->entries, setup_store_find (self, moved->from));
      return;
    }

  there = setup_store_touch (self, moved->from, moved->theirs->used_us);
  setup_entry_take_setup (there, setup);
  setup_entry_take_notes_text (there, moved->theirs->notes);
}

static gboolean
on_moved (gpointer user_data)
{
  const Moved *moved = user_data;

  redirect_pending (moved->store, moved->from, moved->to);
  split_entry (moved->store, moved);
  setup_store_emit_moved (moved->store, moved->from, moved->to);

  return G_SOURCE_REMOVE;
}

/* --- the thread --- */

static gboolean
tell_trouble (gpointer user_data)
{
  g_object_notify (user_data, "trouble");
  return G_SOURCE_REMOVE;
}

static SetupFiles *
take_pending (BaristaSetupStore *self)
{
  GHashTableIter iter;
  gpointer value;

  g_hash_table_iter_init (&iter, self->pending);
  if (!g_hash_table_iter_next (&iter, NULL, &value))
    return NULL;

  g_hash_table_iter_steal (&iter);
  return value;
}

/* Without the lock. What another process wrote since stays, and ours gets an id of its own: both are
 * whole, and the person can tell which to go on with. @theirs: (out) (nullable): it had to */
static gboolean
write_or_move (BaristaSetupStore *self,
               SetupFiles *files,
               const char *known,
               SetupFiles **theirs,
               GError **error)
{
  g_autoptr (GError) local = NULL;

  if (setup_files_write (self->folder, files, known, &local))
    return TRUE;
  if (!g_error_matches (local, G_IO_ERROR, G_IO_ERROR_WRONG_ETAG))
    {
      g_propagate_error (error, g_steal_pointer (&local));
      return FALSE;
    }

  *theirs = setup_files_read (self->folder, files->id, NULL);
  g_free (files->id);
  files->id = barista_setup_store_propose_id (self);
  return setup_files_write (self->folder, files, NULL, error);
}

/* With the lock. Takes @theirs. */
static void
note_moved (BaristaSetupStore *self, const char *from, const char *to, SetupFiles *theirs)
{
  Moved *moved = g_new0 (Moved, 1);

  moved->store = g_object_ref (self);
  moved->from = g_strdup (from);
  moved->to = g_strdup (to);
  moved->theirs = theirs;
  g_hash_table_remove (self->known, from);
  g_hash_table_replace (self->moved, g_strdup (from), g_strdup (to));
  g_idle_add_full (G_PRIORITY_DEFAULT, on_moved, moved, moved_free);
}

/* With the lock. What is known to lie there now. */
static void
note_written (BaristaSetupStore *self, const char *id, const SetupFiles *files, SetupFiles **theirs)
{
  if (files->profile == NULL)
    g_hash_table_remove (self->known, id);
  if (!files->written)
    return;

  g_hash_table_replace (self->known, g_strdup (files->id), setup_files_sum (files));
  if (!g_str_equal (files->id, id))
    note_moved (self, id, files->id, g_steal_pointer (theirs));
}

/* With the lock, which it lets go of while it works. Takes @pending. */
static void
settle (BaristaSetupStore *self, SetupFiles *pending)
{
  g_autoptr (SetupFiles) files = pending;
  g_autoptr (SetupFiles) theirs = NULL;
  const char *to = g_hash_table_lookup (self->moved, files->id);
  g_autofree char *id = g_strdup (to != NULL ? to : files->id);
  g_autofree char *known = g_strdup (g_hash_table_lookup (self->known, id));
  g_autoptr (GError) error = NULL;

  g_set_str (&files->id, id);
  g_mutex_unlock (&self->lock);
  if (files->profile == NULL)
    setup_files_delete (self->folder, id);
  else
    write_or_move (self, files, known, &theirs, &error);
  g_mutex_lock (&self->lock);

  note_written (self, id, files, &theirs);
  if (error != NULL)
    {
      g_set_str (&self->trouble, error->message);
      g_idle_add_full (G_PRIORITY_DEFAULT, tell_trouble, g_object_ref (self), g_object_unref);
    }
}

/* Writes until nothing is left. */
static void
write_all (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  BaristaSetupStore *self = source;
  SetupFiles *files;

  g_mutex_lock (&self->lock);
  while ((files = take_pending (self)) != NULL)
    settle (self, files);
  self->writing = FALSE;
  g_cond_broadcast (&self->idle);
  g_mutex_unlock (&self->lock);
  g_task_return_boolean (task, TRUE);
}

void
setup_store_queue (BaristaSetupStore *self, SetupFiles *files)
{
  gboolean start;

  g_mutex_lock (&self->lock);
  g_hash_table_replace (self->pending, files->id, files);
  start = !self->writing;
  self->writing = TRUE;
  g_mutex_unlock (&self->lock);

  if (start)
    {
      g_autoptr (GTask) task = g_task_new (self, NULL, NULL, NULL);

      g_task_set_source_tag (task, setup_store_queue);
      g_task_run_in_thread (task, write_all);
    }
}

/* --- what is asked of it --- */

/* No name of a file: a person's own words stand in the profile. */
char *
barista_setup_store_propose_id (BaristaSetupStore *self)
{
  return g_uuid_string_random ();
}

/* Notes that are not in @notes stay as they were. */
static BaristaSetupNotes
merge_notes (BaristaSetupEntry *entry, const BaristaSetupNotes *notes)
{
  BaristaSetupNotes merged = *notes;

  if (merged.result == NULL)
    merged.result = barista_setup_entry_get_result (entry);
  if (merged.source == NULL)
    merged.source = barista_setup_entry_get_source (entry);

  return merged;
}

/**
 * barista_setup_store_save:
 * @self: the store
 * @id: file name without its ending
 * @setup: what to write
 * @notes: what stands beside it
 *
 * Writes the newest state off the main thread; calls while one is under way are merged into one more.
 * A write that fails is told through "trouble". A file that isn't as this store read or wrote it last
 * is left alone: then @setup lies under an id of its own, which "moved" tells.
 */
void
barista_setup_store_save (BaristaSetupStore *self,
                          const char *id,
                          BaristaSetup *setup,
                          const BaristaSetupNotes *notes)
{
  g_autoptr (BaristaSetupEntry) entry = NULL;
  BaristaSetupNotes merged;
  SetupFiles *files;

  g_return_if_fail (setup_is_id (id));
  if (g_hash_table_contains (self->removed, id))
    return;

  entry = setup_store_touch (self, id, g_get_real_time ());
  merged = merge_notes (entry, notes);
  files = setup_files_new (id);
  files->used_us = setup_entry_get_used_us (entry); /* it may be written a moment later */
  files->profile = barista_profile_write (setup);
  files->length = strlen (files->profile);
  files->notes = setup_notes_write (&merged);
  setup_entry_take_setup (entry, setup);
  setup_entry_take_notes (entry, &merged);
  setup_store_queue (self, files);
}

/**
 * barista_setup_store_flush:
 * @self: the store
 *
 * Waits until all is written, at most 2 s; for the end of a window.
 */
void
barista_setup_store_flush (BaristaSetupStore *self)
{
  gint64 until = g_get_monotonic_time () + FLUSH_US;

  g_mutex_lock (&self->lock);
  while (self->writing && g_cond_wait_until (&self->idle, &self->lock, until))
    ;
  g_mutex_unlock (&self->lock);
}
