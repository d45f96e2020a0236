/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "barista-session.h"

G_BEGIN_DECLS

/**
 * BaristaSinkNotes:
 *
 * What is to be said of one sink or connection, the worst first, each with a fix where it can be
 * done by itself. Hidden while there is nothing. Follows the setup.
 */
#define BARISTA_TYPE_SINK_NOTES (barista_sink_notes_get_type ())
G_DECLARE_FINAL_TYPE (BaristaSinkNotes, barista_sink_notes, BARISTA, SINK_NOTES, AdwBin)

/* @path: of the file that it is about, "sinks/x.pipe"; NULL: nothing
 * @calm: all are said as hints: it is still being filled in for the first time */
void barista_sink_notes_show (BaristaSinkNotes *self,
                              BaristaSession *session,
                              const char *path,
                              gboolean calm);

G_END_DECLS
