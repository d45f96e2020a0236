/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/**
 * BaristaBlank:
 *
 * What stands where a list would be: a drawing, a title, a sentence, and one thing to do about it.
 *
 */
#define BARISTA_TYPE_BLANK (barista_blank_get_type ())
G_DECLARE_FINAL_TYPE (BaristaBlank, barista_blank, BARISTA, BLANK, AdwBin)

/* All at once; NULL: none. */
void barista_blank_show (BaristaBlank *self,
                         const char *drawing,
                         const char *title,
                         const char *description,
                         const char *button_label,
                         const char *detailed_action);
void barista_blank_set_busy (BaristaBlank *self, gboolean busy);

G_END_DECLS
