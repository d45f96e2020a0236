/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "barista-cause.h"

G_BEGIN_DECLS

/* Whether the evidence shows it. */
typedef gboolean (*BaristaEvidenceTest) (const BaristaEvidence *evidence);

/* Unless it is the cause itself, or there are enough. */
void barista_verdict_add_hint (BaristaVerdict *self, const char *id);
/* Cause and hints of a stage that passed. */
void barista_classify_passed (BaristaVerdict *verdict, const BaristaEvidence *evidence);

G_END_DECLS
