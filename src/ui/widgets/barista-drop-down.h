/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * barista_drop_down_shorten:
 * @self: a list of texts to choose from, of GtkStringObjects
 *
 * What is chosen is cut on the button where there is no room for it, and tells all when one rests
 * on it; in the list it stands whole.
 */
void barista_drop_down_shorten (GtkDropDown *self);

G_END_DECLS
