/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "barista-setup.h"

G_BEGIN_DECLS

/**
 * BaristaSetupEntry:
 *
 * A setup that lies in the store. Properties: "id" (file name without ending), "name", "task"
 * (nullable), "result" (nullable: word of the last check's end: "passed", or a cause id), "used"
 * (GDateTime: last change), "step" (word of the last page), "folder" (nullable: project folder),
 * "source" (nullable: the file that it was taken in from, as barista_setup_store_set_source() has it).
 */
#define BARISTA_TYPE_SETUP_ENTRY (barista_setup_entry_get_type ())
G_DECLARE_FINAL_TYPE (BaristaSetupEntry, barista_setup_entry, BARISTA, SETUP_ENTRY, GObject)

const char *barista_setup_entry_get_id (BaristaSetupEntry *self);
const char *barista_setup_entry_get_name (BaristaSetupEntry *self);
const char *barista_setup_entry_get_task (BaristaSetupEntry *self);
const char *barista_setup_entry_get_result (BaristaSetupEntry *self);
GDateTime *barista_setup_entry_get_used (BaristaSetupEntry *self);
const char *barista_setup_entry_get_step (BaristaSetupEntry *self);
const char *barista_setup_entry_get_folder (BaristaSetupEntry *self);
const char *barista_setup_entry_get_source (BaristaSetupEntry *self);

/**
 * BaristaSetupStore:
 *
 * The setups of a person: a profile each in a folder (the user data dir's barista/setups), and
 * beside each a small file of what isn't an answer (last result, step, folder). A GListModel of
 * BaristaSetupEntry, newest first. No secret is ever in it. Files are written beside their place,
 * synced and renamed; one that can't be read is left alone and told through "trouble", one that
 * another program changed since it was read here is left alone too: what is saved then gets an id of
 * its own, told through "moved". Blocking work runs off the main thread.
 */
#define BARISTA_TYPE_SETUP_STORE (barista_setup_store_get_type ())
G_DECLARE_FINAL_TYPE (BaristaSetupStore, barista_setup_store, BARISTA, SETUP_STORE, GObject)

/* @folder: (nullable): for tests; NULL = the user data dir's. */
BaristaSetupStore *barista_setup_store_new (const char *folder);
/* Reads the folder again; "items-changed" tells, and "refreshing" (boolean) the time until then. */
void barista_setup_store_refresh_async (BaristaSetupStore *self,
                                        GCancellable *cancellable,
                                        GAsyncReadyCallback callback,
                                        gpointer user_data);
gboolean
barista_setup_store_refresh_finish (BaristaSetupStore *self, GAsyncResult *result, GError **error);
gboolean barista_setup_store_get_refreshing (BaristaSetupStore *self);
void barista_setup_store_load_async (BaristaSetupStore *self,
                                     const char *id,
                                     GCancellable *cancellable,
                                     GAsyncReadyCallback callback,
                                     gpointer user_data);
BaristaSetup *
barista_setup_store_load_finish (BaristaSetupStore *self, GAsyncResult *result, GError **error);

/* What stands beside the profile. A save that has no "result" or "source" leaves the last one. */
typedef struct
{
  const char *result;
  const char *step;
  const char *folder;
  const char *source;
} BaristaSetupNotes;

char *barista_setup_store_propose_id (BaristaSetupStore *self); /* free in the folder */
/* Writes the newest state; calls while one is under way are merged into one more. */
void barista_setup_store_save (BaristaSetupStore *self,
                               const char *id,
                               BaristaSetup *setup,
                               const BaristaSetupNotes *notes);
/* Runs what is still to be written now; for the end of a window. Blocking, at most 2 s. */
void barista_setup_store_flush (BaristaSetupStore *self);
/* Takes it out of the list and keeps it aside until barista_setup_store_restore(), at most to the
 * end of the process. */
void barista_setup_store_remove (BaristaSetupStore *self, const char *id);
void barista_setup_store_restore (BaristaSetupStore *self, const char *id);
char *barista_setup_store_duplicate (BaristaSetupStore *self,
                                     const char *id,
                                     const char *name,
                                     GError **error);
/* Of one that no session works on. */
gboolean barista_setup_store_rename (BaristaSetupStore *self,
                                     const char *id,
                                     const char *name,
                                     GError **error);
BaristaSetupEntry *barista_setup_store_find (BaristaSetupStore *self, const char *id);
/* The file a setup was taken in from, as one text: the same file with the same content is the same
 * text. It is written with the next save. */
void barista_setup_store_set_source (BaristaSetupStore *self, const char *id, const char *source);
BaristaSetupEntry *barista_setup_store_find_source (BaristaSetupStore *self, const char *source);

G_END_DECLS
