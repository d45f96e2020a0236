/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "barista-session-private.h"

G_BEGIN_DECLS

/* A practice Dekaf with one scenario; NULL: without a fault. */
BaristaPractice *practice_new (const char *scenario);
/* A session that doesn't know that its server is a practice Dekaf; waits are short. */
BaristaSession *session_for (BaristaPractice *practice);
BaristaSetup *setup_for (BaristaPractice *practice);
/* Runs the main loop until no check runs. */
void wait_idle (BaristaSession *session);
/* ... until that stage of Kafka has ended that way. */
void wait_result (BaristaSession *session, BaristaStage stage, BaristaResult result);
/* ... until the token's state is this one. */
void wait_token (BaristaSession *session, BaristaTokenState state);
void settle (void);
const char *state_of (BaristaSession *session, BaristaStep step);
void add_topic (BaristaSession *session, const char *topic);

G_END_DECLS
