/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "barista-report.h"

G_BEGIN_DECLS

/* What a stage saw, as rows: for a station's card and for "Details" under a result. */

/* (element-type GtkWidget): floating rows, one per fact that says something to a person */
GPtrArray *barista_stage_details_make_rows (BaristaStageReport *stage);
/* A group with the stage's name, its result in words, its facts, and a button that copies all. */
GtkWidget *barista_stage_details_new_group (BaristaStageReport *stage);

G_END_DECLS
