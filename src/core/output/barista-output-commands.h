/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "barista-output.h"

G_BEGIN_DECLS

/**
 * BaristaCommand:
 * @purpose: translatable: what it does, in a few words
 * @command: (owned): one line for a shell; never with the value of a secret
 * @changes: it changes a workspace
 *
 * What is run once the files are there. Every one that touches a workspace has --cloud.
 */
typedef struct
{
  const char *purpose;
  char *command;
  gboolean changes;
} BaristaCommand;

/**
 * barista_output_commands:
 * @request: what was written
 * @folder: (nullable): where; then the first command goes there
 *
 * Returns: (transfer full) (element-type BaristaCommand): the commands in order; none for the
 *   practice task, which nobody can deploy
 */
GPtrArray *barista_output_commands (const BaristaOutputRequest *request, const char *folder);

G_END_DECLS
