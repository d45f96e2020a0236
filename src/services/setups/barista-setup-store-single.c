/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "barista-setup-store-private.h"

#include "barista-profile.h"

#include <string.h>

/* What is done with single setups: take away and put back, copy, rename, find. */

void
barista_setup_store_remove (BaristaSetupStore *self, const char *id)
{
  guint at = setup_store_find (self, id);
  g_autoptr (BaristaSetupEntry) entry = barista_setup_store_find (self, id);
  SetupFiles *files;

  g_return_if_fail (setup_is_id (id));
  if (g_hash_table_contains (self->removed, id))
    return;

  barista_setup_store_flush (self);
  /* One file of a few KiB, so that undo has it. */
  files = setup_files_read (self->folder, id, NULL);
  if (files != NULL && entry != NULL)
    files->used_us = setup_entry_get_used_us (entry);
  if (files != NULL)
    g_hash_table_replace (self->removed, files->id, files);
  if (at != G_MAXUINT)
    g_list_store_remove (self->entries, at);
  setup_store_queue (self, setup_files_new (id));
}

void
barista_setup_store_restore (BaristaSetupStore *self, const char *id)
{
  SetupFiles *files = NULL;
  g_autoptr (BaristaSetupEntry) entry = NULL;
  g_autoptr (BaristaSetup) setup = NULL;

  if (!g_hash_table_steal_extended (self->removed, id, NULL, (gpointer *) &files))
    return;

  setup = setup_store_parse (self, files, NULL);
  entry = setup_store_touch (self, id, files->used_us);
  if (setup != NULL)
    setup_entry_take_setup (entry, setup);
  setup_entry_take_notes_text (entry, files->notes);
  setup_store_queue (self, files);
}

/* --- of one that no session works on --- */

static BaristaSetup *
read_now (BaristaSetupStore *self, const char *id, SetupFiles **files, GError **error)
{
  g_return_val_if_fail (setup_is_id (id), NULL);

  barista_setup_store_flush (self);
  *files = setup_files_read (self->folder, id, error);
  return *files != NULL ? setup_store_parse (self, *files, error) : NULL;
}

/**
 * barista_setup_store_duplicate:
 * @self: the store
 * @id: of the setup
 * @name: (nullable): of the copy; %NULL: the same
 * @error: return location
 *
 * Returns: (transfer full) (nullable): the id of the copy, which has no result yet
 */
char *
barista_setup_store_duplicate (BaristaSetupStore *self,
                               const char *id,
                               const char *name,
                               GError **error)
{
  g_autoptr (SetupFiles) files = NULL;
  g_autoptr (BaristaSetup) setup = read_now (self, id, &files, error);
  g_autofree char *copy = barista_setup_store_propose_id (self);
  BaristaSetupNotes notes = { .step = "task" };

  if (setup == NULL)
    return NULL;

  if (name != NULL)
    barista_setup_set_name (setup, name);
  barista_setup_store_save (self, copy, setup, &notes);
  return g_steal_pointer (&copy);
}

/**
 * barista_setup_store_rename:
 * @self: the store
 * @id: of a setup that no session works on
 * @name: (nullable): what to call it; %NULL: by its task
 * @error: return location
 *
 * That is no use of it: it keeps its place and its date.
 *
 * Returns: whether it was there
 */
gboolean
barista_setup_store_rename (BaristaSetupStore *self,
                            const char *id,
                            const char *name,
                            GError **error)
{
  g_autoptr (SetupFiles) files = NULL;
  g_autoptr (BaristaSetup) setup = read_now (self, id, &files, error);
  g_autoptr (BaristaSetupEntry) entry = barista_setup_store_find (self, id);

  if (setup == NULL)
    return FALSE;

  setup_store_set_known (self, files);
  barista_setup_set_name (setup, name);
  if (entry != NULL)
    {
      setup_entry_take_setup (entry, setup);
      files->used_us = setup_entry_get_used_us (entry);
    }
  g_free (files->profile);
  files->profile = barista_profile_write (setup);
  files->length = strlen (files->profile);
  setup_store_queue (self, g_steal_pointer (&files));

  return TRUE;
}

/**
 * barista_setup_store_find:
 * @self: the store
 * @id: of a setup
 *
 * Returns: (transfer full) (nullable): its entry
 */
BaristaSetupEntry *
barista_setup_store_find (BaristaSetupStore *self, const char *id)
{
  guint at = setup_store_find (self, id);

  return at != G_MAXUINT ? g_list_model_get_item (G_LIST_MODEL (self), at) : NULL;
}

/* --- where setups came from --- */

void
barista_setup_store_set_source (BaristaSetupStore *self, const char *id, const char *source)
{
  g_autoptr (BaristaSetupEntry) entry = barista_setup_store_find (self, id);

  if (entry != NULL)
    setup_entry_set_source (entry, source);
}

/**
 * barista_setup_store_find_source:
 * @self: the store
 * @source: as barista_setup_store_set_source() had it
 *
 * Returns: (transfer full) (nullable): the setup that was taken in from there, used last of these
 */
BaristaSetupEntry *
barista_setup_store_find_source (BaristaSetupStore *self, const char *source)
{
  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (self)); i++)
    {
      g_autoptr (BaristaSetupEntry) entry = g_list_model_get_item (G_LIST_MODEL (self), i);

      if (g_strcmp0 (barista_setup_entry_get_source (entry), source) == 0)
        return g_steal_pointer (&entry);
    }

  return NULL;
}
