/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Tinybird's column types as text: tinybird.md 1.3 and 0.1. */

char *barista_column_type_problem (const char *type);
gboolean barista_column_type_is_nullable (const char *type);
gboolean barista_column_type_can_be_null (const char *type);
char *barista_column_type_make_nullable (const char *type);
char *barista_column_type_dup_base (const char *type);
gboolean barista_column_type_fits_version (const char *type);
gboolean barista_column_type_fits_marker (const char *type);
gboolean barista_column_type_fits_key (const char *type);

G_END_DECLS
