/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "barista-session.h"
#include "barista-topic-list.h"

G_BEGIN_DECLS

/**
 * BaristaTopicRow:
 *
 * One topic of the list: whether it is chosen, its name with what was looked for, the decoded name
 * below an encoded one, and how far it can be read.
 */
#define BARISTA_TYPE_TOPIC_ROW (barista_topic_row_get_type ())
G_DECLARE_FINAL_TYPE (BaristaTopicRow, barista_topic_row, BARISTA, TOPIC_ROW, AdwBin)

GtkWidget *barista_topic_row_new (BaristaSession *session);
/* Both nullable: the row is let go. */
void barista_topic_row_set_slot (BaristaTopicRow *self, GtkListItem *holder, BaristaSlot *slot);
BaristaSlot *barista_topic_row_get_slot (BaristaTopicRow *self);

/* When the newest record of a topic was written, as far as the check has looked: RFC 3339 or NULL. */
const char *barista_topic_newest_record (BaristaSession *session, const char *topic);

G_END_DECLS
