/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * BaristaDatafileEntry:
 * @command: "NODE", "KAFKA_TOPIC"
 * @value: the rest of its line as it stands there, quotes included; of a block its lines, without
 *   the indentation that all of them share
 * @block: `COMMAND >`
 *
 * One command of a datafile.
 */
typedef struct
{
  char *command;
  char *value;
  gboolean block;
} BaristaDatafileEntry;

/**
 * barista_datafile_read:
 * @text: a datafile as Barista writes it
 *
 * Takes a datafile apart: one command a line; a block goes on while lines are indented or empty, or,
 * for a certificate, until it ends. Not a reader of everything that the vendor takes.
 *
 * Returns: (transfer full) (element-type BaristaDatafileEntry): its commands in order
 */
GPtrArray *barista_datafile_read (const char *text);

G_END_DECLS
