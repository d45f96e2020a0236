/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "barista-output.h"
#include "barista-secret.h"
#include <gio/gio.h>

G_BEGIN_DECLS

#define BARISTA_FOLDER_ERROR (barista_folder_error_quark ())
GQuark barista_folder_error_quark (void);

/**
 * BaristaFolderError:
 * @BARISTA_FOLDER_ERROR_FOREIGN: a file there isn't ours and would be overwritten
 * @BARISTA_FOLDER_ERROR_IO: reading, writing or syncing failed; the message names path and reason
 * @BARISTA_FOLDER_ERROR_UNSAFE: a symbolic link, a folder or a device stands where a file goes
 */
typedef enum
{
  BARISTA_FOLDER_ERROR_FOREIGN,
  BARISTA_FOLDER_ERROR_IO,
  BARISTA_FOLDER_ERROR_UNSAFE,
} BaristaFolderError;

typedef enum
{
  BARISTA_FILE_NEW,
  BARISTA_FILE_CHANGED,
  BARISTA_FILE_SAME,
  BARISTA_FILE_FOREIGN,
} BaristaFileStatus;
const char *barista_file_status_to_string (BaristaFileStatus status);

/* What is on disk against what would be written. The token file's content is never in it: bytes 0,
 * on_disk NULL. */
typedef struct
{
  BaristaArtefact *artefact;
  char *path; /* where it goes: README.barista.md beside a README.md that isn't ours */
  gsize bytes;
  BaristaFileStatus status;
  GBytes *on_disk; /* nullable: the present content */
  /* Of .barista.json alone: Flow files of earlier saves, present or gone, whose token file is there. */
  GHashTable *stale_tokens;
} BaristaFolderEntry;

/**
 * BaristaFolder:
 *
 * A project folder: compares artefacts with what is there, and saves them so that a cut at any
 * moment leaves each file old or new (written and synced beside its place, journal, rename).
 * plan and save block; the *_async pairs work on a thread of their own. `.barista.json` tells which
 * files are ours; `.gitignore` gets lines added and never counts as foreign.
 */
#define BARISTA_TYPE_FOLDER (barista_folder_get_type ())
G_DECLARE_FINAL_TYPE (BaristaFolder, barista_folder, BARISTA, FOLDER, GObject)

BaristaFolder *barista_folder_new (const char *path);

/* With it the plan can tell whether the token file changes; without it such a file counts as the same
 * if it looks like ours. @setup: for the file's other settings. */
void barista_folder_set_token (BaristaFolder *self, BaristaSetup *setup, BaristaSecret *token);

/* First finishes or undoes a save that was cut. Returns BaristaFolderEntry per file, the last one is
 * .barista.json. */
GPtrArray *barista_folder_plan (BaristaFolder *self, GPtrArray *artefacts, GError **error);
/* Files of earlier saves that are in the way of nothing, and still there: rule `stale-file`. */
void barista_folder_find_stale (GPtrArray *plan, BaristaOutputParts parts, GPtrArray *findings);
/* @token: (nullable): fills the token file; without it an existing one is left as it is.
 * @force: overwrite foreign files, whose diff was shown and agreed to. */
gboolean barista_folder_save (BaristaFolder *self,
                              GPtrArray *plan,
                              BaristaSetup *setup,
                              BaristaSecret *token,
                              gboolean force,
                              GError **error);

/* The same on a worker thread; see barista-folder-async.c. */
void barista_folder_plan_async (BaristaFolder *self,
                                GPtrArray *artefacts,
                                GCancellable *cancellable,
                                GAsyncReadyCallback callback,
                                gpointer user_data);
GPtrArray *barista_folder_plan_finish (BaristaFolder *self, GAsyncResult *result, GError **error);
void barista_folder_save_async (BaristaFolder *self,
                                GPtrArray *plan,
                                BaristaSetup *setup,
                                BaristaSecret *token,
                                gboolean force,
                                GCancellable *cancellable,
                                GAsyncReadyCallback callback,
                                gpointer user_data);
gboolean barista_folder_save_finish (BaristaFolder *self, GAsyncResult *result, GError **error);

/* Unified diff of one entry, for people; "" if the same. */
char *barista_folder_entry_diff (const BaristaFolderEntry *entry);

G_END_DECLS
