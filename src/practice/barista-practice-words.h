/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Word lists of the practice company; not translated, they are data. cities[i] is in countries[i]. */
extern const char *const barista_practice_cities[];
extern const char *const barista_practice_countries[];
extern const char *const barista_practice_streets[];
extern const char *const barista_practice_first_names[];
extern const char *const barista_practice_last_names[];
extern const char *const barista_practice_origins[];
extern const char *const barista_practice_roasts[];
extern const char *const barista_practice_grinds[];
extern const char *const barista_practice_processes[];
extern const char *const barista_practice_labels[];
extern const char *const barista_practice_channels[];
extern const char *const barista_practice_notes[];
extern const char *const barista_practice_tags[];
extern const char *const barista_practice_carriers[];
extern const char *const barista_practice_warehouses[];
extern const char *const barista_practice_pages[];
/* JSON texts of mixed types */
extern const char *const barista_practice_preferences[];
extern const char *const barista_practice_clicks[];

G_END_DECLS
