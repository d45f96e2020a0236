/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>
#include <string.h>

G_BEGIN_DECLS

/* Overwrites and frees what held a secret. */
static inline void
barista_wipe_free (void *data, gsize length)
{
  if (data != NULL)
    explicit_bzero (data, length);
  g_free (data);
}

static inline void
barista_wipe_free_text (char *text)
{
  barista_wipe_free (text, text != NULL ? strlen (text) : 0);
}

G_END_DECLS
