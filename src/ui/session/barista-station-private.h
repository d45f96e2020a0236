/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "barista-route.h"

G_BEGIN_DECLS

/* What the route alone does to its stations. */

BaristaStation *barista_station_new (BaristaStationKind kind);

/**
 * BaristaStationFacts:
 * @stages: (element-type BaristaStageReport): those of this station, in the report's order
 * @checking: a check runs
 * @unanswered: its lane waits for an answer of the person: what was skipped is still to do
 * @cut: an earlier station of its lane failed: what comes behind is left out
 * @off: (nullable): translated: why there is nothing to try here ("off")
 * @waited_s: how long it has been at work
 */
typedef struct
{
  GPtrArray *stages;
  gboolean checking;
  gboolean unanswered;
  gboolean cut;
  const char *off;
  guint waited_s;
} BaristaStationFacts;

/* Says anew how it stands; notifies what changed. */
void barista_station_judge (BaristaStation *self, const BaristaStationFacts *facts);
/* The station whose stage this is. */
BaristaStationKind barista_station_of_stage (BaristaStageReport *stage);
/* A stage that failed for the want of a token: an answer to come, not a fault. */
gboolean barista_station_is_unanswered (BaristaStageReport *stage);
/* The failed stage, or the one that waits; NULL if none. */
BaristaStageReport *barista_station_get_trouble (BaristaStation *self);
double barista_station_get_duration_ms (BaristaStation *self);

G_END_DECLS
