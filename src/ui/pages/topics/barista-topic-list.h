/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "barista-report.h"
#include "barista-slot-list.h"

G_BEGIN_DECLS

/**
 * BaristaTopicList:
 *
 * A report's listing as a list of slots, filtered. Topics stay in the report's packed storage. A
 * filter is worked through in slices of a few milliseconds, then put in place at once.
 *
 * Emits "filtered" when a filter is in place.
 */
#define BARISTA_TYPE_TOPIC_LIST (barista_topic_list_get_type ())
G_DECLARE_FINAL_TYPE (BaristaTopicList, barista_topic_list, BARISTA, TOPIC_LIST, BaristaSlotList)

BaristaTopicList *barista_topic_list_new (void);
void barista_topic_list_set_report (BaristaTopicList *self, BaristaReport *report);
void barista_topic_list_set_query (BaristaTopicList *self, const char *typed);
const char *barista_topic_list_get_query (BaristaTopicList *self);
guint barista_topic_list_get_n_topics (BaristaTopicList *self); /* without the filter */
gboolean barista_topic_list_get_filtering (BaristaTopicList *self);
const char *barista_topic_list_get_name (BaristaTopicList *self, guint position);
/* (transfer none) (nullable): the list of @slot; NULL: it has gone on without it. */
BaristaTopicList *barista_topic_list_read_slot (BaristaSlot *slot, BaristaTopicInfo *info);

G_END_DECLS
