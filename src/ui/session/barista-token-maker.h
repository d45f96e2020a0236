/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* A token for a new task: 32 bytes of the system's generator, as 43 characters of base64url. The
 * caller wipes and frees it. NULL if the system gives none. */
char *barista_token_make (void);
void barista_token_wipe (char *token); /* overwrites and frees; nullable */

G_END_DECLS
