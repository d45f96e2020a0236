/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "barista-folder-io.h"

G_BEGIN_DECLS

#define BARISTA_FOLDER_JOURNAL ".barista.journal"

/**
 * BaristaFolderStep:
 * @path: where the file goes
 * @content: what it gets; %NULL after a journal was read
 * @mode: its permissions
 * @old_sum: (nullable): of what is there; %NULL: nothing
 * @new_sum: (nullable): of what is to be there; %NULL for the token file, whose sum is never kept
 *
 * One file of a save.
 */
typedef struct
{
  char *path;
  GBytes *content;
  guint mode;
  char *old_sum;
  char *new_sum;
} BaristaFolderStep;

void barista_folder_step_free (BaristaFolderStep *self);

/**
 * BaristaFolderJournal:
 * @ready: all new files lie beside their places: a save that is cut now is finished; before it is
 *   undone
 * @folders: (element-type utf8): folders that the save makes, outer ones first
 * @steps: (element-type BaristaFolderStep): its files, in order
 */
typedef struct
{
  gboolean ready;
  GPtrArray *folders;
  GPtrArray *steps;
} BaristaFolderJournal;

BaristaFolderJournal *barista_folder_journal_new (void);
void barista_folder_journal_free (BaristaFolderJournal *self);

gboolean barista_folder_journal_run (BaristaFolderJournal *self,
                                     BaristaFolderIo *io,
                                     GCancellable *cancellable,
                                     GError **error);
gboolean barista_folder_journal_recover (BaristaFolderIo *io, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BaristaFolderJournal, barista_folder_journal_free)

G_END_DECLS
