/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "barista-folder-io.h"
#include "barista-folder.h"

G_BEGIN_DECLS

/* Where all files for Estuary lie. */
#define BARISTA_FOLDER_FLOW "estuary/"

/* For tests: see #BaristaFolderHook. */
void barista_folder_set_hook (BaristaFolder *self, BaristaFolderHook hook, gpointer data);

/**
 * BaristaFolderJob:
 * @files: BaristaArtefact to compare, or BaristaFolderEntry to save; nobody changes them meanwhile
 * @token: (nullable): the token file's content, wiped with its last reference
 *
 * All that one comparison or one save needs: no object that another thread may change.
 */
typedef struct
{
  char *path;
  BaristaFolderHook hook;
  gpointer hook_data;
  GPtrArray *files;
  GBytes *token;
  gboolean force;
} BaristaFolderJob;

BaristaFolderJob *barista_folder_job_new (BaristaFolder *self, GPtrArray *files, GBytes *token);
void barista_folder_job_free (BaristaFolderJob *job);
GPtrArray *
barista_folder_job_plan (const BaristaFolderJob *job, GCancellable *cancellable, GError **error);
gboolean
barista_folder_job_save (const BaristaFolderJob *job, GCancellable *cancellable, GError **error);

GBytes *barista_folder_token_content (BaristaSetup *setup, BaristaSecret *token);
GBytes *barista_folder_dup_token_content (BaristaFolder *self);

/* barista-folder-entries.c */
BaristaFolderEntry *barista_folder_entry_new (const BaristaArtefact *artefact);
void barista_folder_entry_free (BaristaFolderEntry *self);
gboolean barista_folder_entry_is_token (const BaristaFolderEntry *self);
gboolean barista_folder_looks_like_token_file (GBytes *bytes);
/* "estuary/tinybird.config.yaml" of "estuary/tinybird.flow.yaml"; NULL: not such a file. */
char *barista_folder_token_path (const char *flow_path);
gboolean barista_folder_entry_compare (BaristaFolderEntry *self,
                                       BaristaFolderIo *io,
                                       GHashTable *sums,
                                       GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BaristaFolderEntry, barista_folder_entry_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (BaristaFolderJob, barista_folder_job_free)

G_END_DECLS
