/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "barista-practice-kafka.h"

G_BEGIN_DECLS

typedef struct _BaristaPracticeSession BaristaPracticeSession;

/* Called once, when the session is over and about to be freed. */
typedef void (*BaristaPracticeSessionEnded) (BaristaPracticeSession *session, gpointer user_data);

BaristaPracticeSession *barista_practice_session_start (BaristaPracticeKafka *kafka,
                                                        GSocketConnection *connection,
                                                        BaristaPracticeSessionEnded ended,
                                                        gpointer user_data);
void barista_practice_session_stop (BaristaPracticeSession *self);
void barista_practice_session_wake (BaristaPracticeSession *self);

G_END_DECLS
