/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "barista-folder.h"
#include "barista-session-private.h"

G_BEGIN_DECLS

/* Of a project, made and compared on a worker: the files, what is to be said of them, and how they
 * stand against the folder. */
typedef struct
{
  SessionJob *job;
  BaristaFolder *folder; /* NULL: none chosen */
  GPtrArray *entries;    /* BaristaFolderEntry *; NULL without a folder, or until compared */
  guint n_saves;         /* of the project, when it began */
} ProjectPass;

/* Takes the answers, the folder and the token as they are now. */
ProjectPass *project_pass_new (BaristaSession *session);

/**
 * project_pass_run:
 * @self: (transfer full): becomes the data of @task
 * @task: returns %TRUE once @self is filled in; its cancellable stops it
 *
 * Errors: of making the files, #BaristaFolderError
 */
void project_pass_run (ProjectPass *self, GTask *task);

G_END_DECLS
