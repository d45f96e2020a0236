/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Just enough of the expressions behind ENGINE_* to know which columns they name. */

GPtrArray *barista_expression_identifiers (const char *expression);
gboolean barista_expression_is_keyword (const char *identifier);
char *barista_expression_quote (const char *column);
const char *barista_expression_problem (const char *expression);
GPtrArray *barista_expression_split (const char *expression);

G_END_DECLS
