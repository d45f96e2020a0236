/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "barista-records.h"

G_BEGIN_DECLS

/* As Fetch tells it of a partition: from @first_offset on, up to the producer's next marker. */
typedef struct
{
  gint64 producer_id;
  gint64 first_offset;
} BaristaAbortedTransaction;

/**
 * BaristaCommitted:
 *
 * Tells which batches of one partition a reader of committed records gets. Each Fetch answer lists
 * the aborted transactions that reach into its records, those begun before them too, so each needs
 * one of its own; batches are shown to it in their order.
 */
typedef struct _BaristaCommitted BaristaCommitted;

BaristaCommitted *barista_committed_new (const BaristaAbortedTransaction *aborted, gsize n_aborted);
void barista_committed_free (BaristaCommitted *self);
/* Before the records of @batch are read; of a control batch it takes them. */
gboolean barista_committed_keeps (BaristaCommitted *self,
                                  const BaristaRecordBatch *batch,
                                  BaristaRecordReader *reader);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BaristaCommitted, barista_committed_free)

G_END_DECLS
