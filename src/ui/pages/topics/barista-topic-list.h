/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "barista-report.h"

G_BEGIN_DECLS

/**
 * BaristaTopicItem:
 *
 * A row's place in a #BaristaTopicList. The list puts another topic into it when the filter changes:
 * "changed" is emitted then, and the row fills itself anew.
 */
#define BARISTA_TYPE_TOPIC_ITEM (barista_topic_item_get_type ())
G_DECLARE_FINAL_TYPE (BaristaTopicItem, barista_topic_item, BARISTA, TOPIC_ITEM, GObject)

/* FALSE: the list has gone on without it. */
gboolean barista_topic_item_get_info (BaristaTopicItem *self, BaristaTopicInfo *info);

/**
 * BaristaTopicList:
 *
 * A report's listing as a list model, filtered. Topics stay in the report's packed storage; objects
 * are made for the rows that are looked at, and only those. A filter is worked through in slices of
 * a few milliseconds, then put in place at once: the rows that are there get other contents, and
 * only the end of the list is said to have changed (100,000 rows made anew would take 20 ms).
 *
 * Emits "filtered" when a filter is in place.
 */
#define BARISTA_TYPE_TOPIC_LIST (barista_topic_list_get_type ())
G_DECLARE_FINAL_TYPE (BaristaTopicList, barista_topic_list, BARISTA, TOPIC_LIST, GObject)

BaristaTopicList *barista_topic_list_new (void);
void barista_topic_list_set_report (BaristaTopicList *self, BaristaReport *report);
void barista_topic_list_set_query (BaristaTopicList *self, const char *typed);
const char *barista_topic_list_get_query (BaristaTopicList *self);
guint barista_topic_list_get_n_topics (BaristaTopicList *self); /* without the filter */
gboolean barista_topic_list_get_filtering (BaristaTopicList *self);
const char *barista_topic_list_get_name (BaristaTopicList *self, guint position);

G_END_DECLS
