/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "barista-step-page.h"

G_BEGIN_DECLS

/**
 * BaristaResultRow:
 *
 * The one home of an error: a row under the field that causes it. Title, two sentences, the
 * suggested remedy as a button (further ones beside it), "Details" folded: what was seen, copy. A
 * refused sign-in is a list of things to check, with a button each. Hidden while the step has no
 * failed or waiting stage and none with something to say. Announces its title once.
 *
 * Properties: "session", "step" (whose failure to show), "topic" (nullable: of which topic).
 */
#define BARISTA_TYPE_RESULT_ROW (barista_result_row_get_type ())
G_DECLARE_FINAL_TYPE (BaristaResultRow, barista_result_row, BARISTA, RESULT_ROW, AdwBin)

void barista_result_row_follow (BaristaResultRow *self, BaristaSession *session, BaristaStep step);
void barista_result_row_set_topic (BaristaResultRow *self, const char *topic);
/* For those who have a stage and no session: NULL hides the row. */
void barista_result_row_show (BaristaResultRow *self, BaristaStageReport *stage);
BaristaStageReport *barista_result_row_get_stage (BaristaResultRow *self); /* NULL: hidden */

/**
 * barista_remedy_get_label:
 * @id: of a cause's remedies ("use-sasl-ssl")
 *
 * Returns: (nullable): the button's text, translated; %NULL for an id that no button does
 */
const char *barista_remedy_get_label (const char *id);
/* Whether @id is a remedy that the window knows, with a button or on purpose without one. */
gboolean barista_remedy_is_known (const char *id);
/* Whether the button can do anything here: what leads to Estuary is left out for another Kafka. */
gboolean
barista_remedy_applies (const char *id, BaristaSession *session, BaristaStageReport *stage);
/* Does what the button says: changes the setup, copies, opens, tries again. */
void barista_remedy_apply (const char *id,
                           BaristaSession *session,
                           BaristaStageReport *stage,
                           GtkWidget *widget);

G_END_DECLS
