/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "barista-practice-shape.h"

G_BEGIN_DECLS

typedef enum
{
  BARISTA_COLLECTION_ORDERS,
  BARISTA_COLLECTION_CUSTOMERS,
  BARISTA_COLLECTION_EXAMPLE,
  BARISTA_COLLECTION_PRODUCTS,
  BARISTA_COLLECTION_ORDER_LINES,
  BARISTA_COLLECTION_INVENTORY,
  BARISTA_COLLECTION_SESSIONS,
  BARISTA_N_COLLECTIONS
} BaristaPracticeCollectionId;

/**
 * BaristaPracticeCollection:
 * @name: catalog name, and the topic_name of its binding
 * @n_partitions: journals
 * @epoch: leader epoch: the binding's backfill counter + 1
 * @first_offset: where the oldest fragment that is left begins
 * @whole_deletions: a deletion document is the whole last document, not the key alone
 * @nested_meta: `_meta` is a record, without the folded `_meta_op` and `_is_deleted`
 * @key: names of its key fields
 * @fields: the fields that the binding selects: key, values by name, flow_document
 */
typedef struct
{
  const char *name;
  guint n_partitions;
  gint32 epoch;
  gint64 first_offset;
  gboolean whole_deletions, nested_meta;
  const char *const *key;
  const BaristaPracticeField *fields;
} BaristaPracticeCollection;

/* A small roastery with a web shop; in the order in which --topics takes them. */
extern const BaristaPracticeCollection barista_practice_company[BARISTA_N_COLLECTIONS];
/* The many alike that --topics adds: one small collection a shelf of the warehouse. */
extern const BaristaPracticeCollection barista_practice_shelf;

G_END_DECLS
