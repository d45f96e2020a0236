/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Markdown that shows names of others as they are, whatever they hold. */

void barista_markdown_append_code (GString *text, const char *code);
char *barista_markdown_code (const char *code);

G_END_DECLS
