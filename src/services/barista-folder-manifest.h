/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "barista-folder-io.h"

G_BEGIN_DECLS

#define BARISTA_FOLDER_MANIFEST ".barista.json"

/* `.barista.json`: path -> SHA-256 of each file that Barista wrote; not of the token file. */
GHashTable *barista_folder_manifest_read (GBytes *bytes);
GBytes *barista_folder_manifest_write (GHashTable *sums);
char *barista_folder_sum (GBytes *bytes);

G_END_DECLS
