/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "barista-replay.h"
#include "barista-session.h"

G_BEGIN_DECLS

/**
 * BaristaReplayRunner:
 *
 * Keeps the replay of one topic's sample up to date with its table. Records are decoded once per
 * sample, replays run on a worker thread, one after the other: while somebody types, only the newest
 * table waits.
 *
 * Emits "changed" when there is another replay (or none any more).
 */
#define BARISTA_TYPE_REPLAY_RUNNER (barista_replay_runner_get_type ())
G_DECLARE_FINAL_TYPE (BaristaReplayRunner, barista_replay_runner, BARISTA, REPLAY_RUNNER, GObject)

BaristaReplayRunner *barista_replay_runner_new (BaristaSession *session);
void barista_replay_runner_set_topic (BaristaReplayRunner *self, const char *topic);
BaristaReplay *barista_replay_runner_get_replay (BaristaReplayRunner *self); /* nullable */

G_END_DECLS
