/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "barista-output.h"

G_BEGIN_DECLS

/**
 * BaristaDatafile:
 * @text: what was written so far
 * @path: of the artefact, for messages
 * @error: the first refusal; once it is set nothing more is written
 *
 * Writes Tinybird's datafiles so that the vendor's parsers read back what was meant, whatever it
 * holds: the rules are those of tinybird.md 1.1 and 0.1. A writer goes straight through and asks
 * once, at its end, whether all of it could be written.
 */
typedef struct
{
  GString *text;
  const char *path;
  GError *error;
} BaristaDatafile;

void barista_datafile_init (BaristaDatafile *self, const char *path);
char *barista_datafile_finish (BaristaDatafile *self, GError **error);
G_GNUC_PRINTF (4, 5)
void barista_datafile_refuse (BaristaDatafile *self,
                              const char *place,
                              const char *way_out,
                              const char *format,
                              ...);
void barista_datafile_refuse_value (BaristaDatafile *self,
                                    const char *place,
                                    const char *value,
                                    const char *fault,
                                    const char *way_out);

void barista_datafile_blank (BaristaDatafile *self);
void barista_datafile_raw (BaristaDatafile *self, const char *line);
G_GNUC_PRINTF (2, 3)
void barista_datafile_rawf (BaristaDatafile *self, const char *format, ...);
void barista_datafile_bare (BaristaDatafile *self,
                            const char *command,
                            const char *value,
                            const char *way_out);
void barista_datafile_value (BaristaDatafile *self,
                             const char *command,
                             const char *value,
                             const char *way_out);
void barista_datafile_quoted (BaristaDatafile *self,
                              const char *command,
                              const char *value,
                              const char *way_out);
void barista_datafile_description (BaristaDatafile *self, const char *description);
void barista_datafile_column (BaristaDatafile *self, const BaristaColumn *column, gboolean last);
gboolean barista_datafile_secret_name (BaristaDatafile *self, const char *place, const char *name);

char *barista_text_show (const char *text);
const char *barista_text_fault (const char *text, const char *forbidden, gboolean blanks);
gboolean barista_text_has_variable (const char *sql);

G_END_DECLS
