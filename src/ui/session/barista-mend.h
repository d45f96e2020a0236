/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "barista-report.h"
#include "barista-setup.h"

G_BEGIN_DECLS

/* The remedies that change an answer ("use-9092"); all the others are the window's. */

gboolean barista_mend_knows (const char *id);
/* Whether it can be done with what the stage saw. */
gboolean barista_mend_can (const char *id, BaristaSetup *setup, BaristaStageReport *stage);
void barista_mend (const char *id, BaristaSetup *setup, BaristaStageReport *stage);

G_END_DECLS
