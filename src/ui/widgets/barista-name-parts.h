/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/* A full name, split before one's eyes into organisation, prefix and name. "name" (string). */
#define BARISTA_TYPE_NAME_PARTS (barista_name_parts_get_type ())
G_DECLARE_FINAL_TYPE (BaristaNameParts, barista_name_parts, BARISTA, NAME_PARTS, AdwBin)

void barista_name_parts_set_name (BaristaNameParts *self, const char *name);
/* One of the three, as shown; "" while it isn't there. */
const char *barista_name_parts_get_part (BaristaNameParts *self, guint index);

G_END_DECLS
