/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "barista-output.h"

G_BEGIN_DECLS

typedef enum
{
  BARISTA_COMMAND_FOLDER,
  BARISTA_COMMAND_LOGIN,
  BARISTA_COMMAND_SECRET,
  BARISTA_COMMAND_CHECK,
  BARISTA_COMMAND_DEPLOY,
  BARISTA_COMMAND_ROWS,
} BaristaCommandKind;

/**
 * BaristaCommand:
 * @kind: what it is for
 * @purpose: translatable: the same in a few words
 * @command: (owned): one line for a shell; never with the value of a secret
 * @comment: (owned) (nullable): where the value of a secret comes from, in English
 *
 * What is run once the files are there. Every one that touches a workspace has --cloud.
 */
typedef struct
{
  BaristaCommandKind kind;
  const char *purpose;
  char *command;
  char *comment;
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
