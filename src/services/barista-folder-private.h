/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "barista-folder-io.h"
#include "barista-folder.h"

G_BEGIN_DECLS

/* For tests: see #BaristaFolderHook. */
void barista_folder_set_hook (BaristaFolder *self, BaristaFolderHook hook, gpointer data);

/* barista-folder-entries.c */
BaristaFolderEntry *barista_folder_entry_new (const BaristaArtefact *artefact);
void barista_folder_entry_free (BaristaFolderEntry *self);
gboolean barista_folder_entry_is_token (const BaristaFolderEntry *self);
gboolean barista_folder_looks_like_token_file (GBytes *bytes);
gboolean barista_folder_entry_compare (BaristaFolderEntry *self,
                                       BaristaFolderIo *io,
                                       GHashTable *sums,
                                       GError **error);

G_END_DECLS
