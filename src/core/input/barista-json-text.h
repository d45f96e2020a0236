/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Appends @text as a JSON string with its quotes; @length -1: up to the NUL. @text is valid UTF-8.
 * For output too long for a tree of nodes (listings, dumps). */
void barista_json_append_string (GString *json, const char *text, gssize length);

G_END_DECLS
