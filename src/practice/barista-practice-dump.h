/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * BaristaPracticeDump:
 *
 * The records as lines of JSON, in the order in which they were written. Made from the values, not
 * by reading the encoded bytes back, so that a judge of others has something to hold them against.
 */
typedef struct _BaristaPracticeDump BaristaPracticeDump;

BaristaPracticeDump *barista_practice_dump_new (const char *file, GError **error);
void barista_practice_dump_free (BaristaPracticeDump *self);
void barista_practice_dump_add (BaristaPracticeDump *self,
                                const char *topic,
                                guint partition,
                                gint64 offset,
                                gint64 timestamp,
                                const char *key_json,
                                const char *value_json);
void barista_practice_dump_flush (BaristaPracticeDump *self);
/* Whether all of it could be written so far. */
gboolean barista_practice_dump_check (BaristaPracticeDump *self, GError **error);

G_END_DECLS
