/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* What is remembered of the window itself; nothing of a setup. NULL where the schema isn't
 * installed: then nothing is remembered, and all reads as by default. */
GSettings *barista_settings_get (void);

/* Widths of table columns that the person changed, in pixels; -1: never changed. @column names the
 * page too: "schema.name". */
int barista_settings_get_column_width (const char *column);
void barista_settings_set_column_width (const char *column, int width);

G_END_DECLS
