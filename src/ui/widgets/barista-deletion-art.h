/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "barista-setup.h"

G_BEGIN_DECLS

/* What arrives when a row is made, changed and deleted, drawn small: three records of one key, the
 * last one empty or marked. Property "mode" (BaristaDeletions). Decoration: the card says it. */
#define BARISTA_TYPE_DELETION_ART (barista_deletion_art_get_type ())
G_DECLARE_FINAL_TYPE (BaristaDeletionArt, barista_deletion_art, BARISTA, DELETION_ART, GtkWidget)

G_END_DECLS
