/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "barista-cli-tables.h"
#include "barista-folder.h"

G_BEGIN_DECLS

/**
 * CliProject:
 *
 * What `generate` is about to write: artefacts, findings, and the plan against what is on disk.
 */
typedef struct
{
  BaristaFolder *folder;
  GPtrArray *artefacts;
  GPtrArray *findings;
  GPtrArray *plan; /* BaristaFolderEntry */
} CliProject;

/* Asks the network for what it needs, makes the artefacts, compares. NULL: complained. */
CliProject *
cli_project_new (CliSession *session, const char *output, BaristaOutputParts parts, CliExit *exit);
gboolean cli_project_has_foreign (CliProject *self);
gboolean cli_project_save (CliProject *self, CliSession *session, gboolean force);
void cli_project_free (CliProject *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CliProject, cli_project_free)

G_END_DECLS
