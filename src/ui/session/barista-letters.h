/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "barista-report.h"
#include "barista-setup.h"

G_BEGIN_DECLS

/* Ready texts for other people; none ever holds a secret. */

/* To the colleague who has the token. */
char *barista_letter_for_token (BaristaSetup *setup);
/* To those who run the network or the server: what can't be reached, and what was seen. */
char *barista_letter_for_network (BaristaStageReport *stage);
/* To the owner of the task, the topic or the group. */
char *barista_letter_for_owner (BaristaSetup *setup, BaristaStageReport *stage);

G_END_DECLS
