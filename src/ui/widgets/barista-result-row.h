/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "barista-step-page.h"

G_BEGIN_DECLS

/**
 * BaristaResultRow:
 *
 * The one home of an error: a row under the field that causes it. Title, two sentences, the
 * suggested remedy as a button (further ones in a menu), "Details" folded: what was tried, how long,
 * evidence, copy. Hidden while the step has no failed or waiting stage. Also shows a passed stage's
 * hints. Announces its title once.
 *
 * Properties: "session", "step" (whose failure to show), "topic" (nullable: of which topic).
 */
#define BARISTA_TYPE_RESULT_ROW (barista_result_row_get_type ())
G_DECLARE_FINAL_TYPE (BaristaResultRow, barista_result_row, BARISTA, RESULT_ROW, AdwBin)

void barista_result_row_follow (BaristaResultRow *self, BaristaSession *session, BaristaStep step);
void barista_result_row_set_topic (BaristaResultRow *self, const char *topic);

/**
 * barista_remedy_get_label:
 * @id: of a cause's remedies ("use-sasl-ssl")
 *
 * Returns: (nullable): the button's text, translated; %NULL for an id that no button does
 */
const char *barista_remedy_get_label (const char *id);
/* Does what the button says: changes the setup, copies, opens, tries again. */
void barista_remedy_apply (const char *id,
                           BaristaSession *session,
                           BaristaStageReport *stage,
                           GtkWidget *widget);

G_END_DECLS
