/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/**
 * BaristaScheduleGroup:
 *
 * When a sink runs: presets, an expression of one's own, what it says in words, and its next runs in
 * UTC and here. Property: "schedule" (string, read-write, notifies).
 */
#define BARISTA_TYPE_SCHEDULE_GROUP (barista_schedule_group_get_type ())
G_DECLARE_FINAL_TYPE (BaristaScheduleGroup,
                      barista_schedule_group,
                      BARISTA,
                      SCHEDULE_GROUP,
                      AdwPreferencesGroup)

const char *barista_schedule_group_get_schedule (BaristaScheduleGroup *self);
void barista_schedule_group_set_schedule (BaristaScheduleGroup *self, const char *schedule);
/* The time from which the next runs are counted, Unix seconds; for tests. */
void barista_schedule_group_set_now (BaristaScheduleGroup *self, gint64 now);

G_END_DECLS
