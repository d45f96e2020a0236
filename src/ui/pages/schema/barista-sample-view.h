/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "barista-replay.h"

G_BEGIN_DECLS

/**
 * BaristaSampleView:
 *
 * The sample's records as rows of the edited table: deletions among them, cells that would be
 * rejected tinted, with the reason on hover and focus. A few columns at a time, those around the one
 * that is being edited: GTK makes every cell of 200 rows, and nobody reads sixty columns at once.
 */
#define BARISTA_TYPE_SAMPLE_VIEW (barista_sample_view_get_type ())
G_DECLARE_FINAL_TYPE (BaristaSampleView, barista_sample_view, BARISTA, SAMPLE_VIEW, AdwBin)

/* @replay: (nullable); @empty: what to say without one, translated */
void
barista_sample_view_set_replay (BaristaSampleView *self, BaristaReplay *replay, const char *empty);
/* Brings the column into view, by its id. */
void barista_sample_view_show_column (BaristaSampleView *self, const char *id);

G_END_DECLS
