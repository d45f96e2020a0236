/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

char *barista_diff_unified (GBytes *old_bytes, GBytes *new_bytes, const char *path);

G_END_DECLS
