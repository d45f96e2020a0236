/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/* Values to read off and to take away. Both are floating. */

/* A flat button that copies @text, called @name by tooltip and assistive technology; @text:
 * (nullable): then who asked for it copies when it is clicked. */
GtkWidget *barista_copy_button_new (const char *text, const char *name);
/* A row of @title with @value below it, which can be selected. */
GtkWidget *barista_value_row_new (const char *title, const char *value);

G_END_DECLS
