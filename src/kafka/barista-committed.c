/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "barista-committed.h"
#include "barista-reader.h"

/* A marker's key: its version, then what it says. Another type has no meaning here: Kafka's other
 * control records, or the one that Dekaf sends. */
#define CONTROL_ABORT 0

struct _BaristaCommitted
{
  GArray *aborted; /* BaristaAbortedTransaction, by offset */
  guint n_begun;   /* of them */
  GHashTable
      *producers; /* (element-type gint64): in an aborted transaction now; keys in @aborted */
};

static gint
compare_offsets (gconstpointer a, gconstpointer b)
{
  gint64 one = ((const BaristaAbortedTransaction *) a)->first_offset;
  gint64 other = ((const BaristaAbortedTransaction *) b)->first_offset;

  return (one > other) - (one < other);
}

/**
 * barista_committed_new:
 * @aborted: (array length=n_aborted) (nullable): in any order, as the answer has them; copied
 *
 * Returns: (transfer full): a filter, before the first batch
 */
BaristaCommitted *
barista_committed_new (const BaristaAbortedTransaction *aborted, gsize n_aborted)
{
  BaristaCommitted *self = g_new0 (BaristaCommitted, 1);

  self->aborted = g_array_sized_new (FALSE, FALSE, sizeof *aborted, (guint) n_aborted);
  g_array_append_vals (self->aborted, aborted, (guint) n_aborted);
  g_array_sort (self->aborted, compare_offsets);
  self->producers = g_hash_table_new (g_int64_hash, g_int64_equal);
  return self;
}

void
barista_committed_free (BaristaCommitted *self)
{
  g_hash_table_unref (self->producers);
  g_array_unref (self->aborted);
  g_free (self);
}

/* Those whose first record stands at or before @offset. */
static void
begin_up_to (BaristaCommitted *self, gint64 offset)
{
  for (; self->n_begun < self->aborted->len; self->n_begun++)
    {
      BaristaAbortedTransaction *transaction = &g_array_index (self->aborted,
                                                               BaristaAbortedTransaction,
                                                               self->n_begun);

      if (transaction->first_offset > offset)
        return;
      g_hash_table_add (self->producers, &transaction->producer_id);
    }
}

static gboolean
is_abort (BaristaRecordReader *records)
{
  BaristaRecord record;
  BaristaReader key;
  gint16 type;

  if (!barista_record_reader_next (records, &record) || record.key == NULL)
    return FALSE;
  barista_reader_init (&key, record.key, record.key_length);
  barista_reader_i16 (&key); /* version */
  type = barista_reader_i16 (&key);
  return barista_reader_ok (&key) && type == CONTROL_ABORT;
}

/**
 * barista_committed_keeps:
 * @batch: the next batch
 * @reader: stands before its records
 *
 * A producer without a transaction is not held up by an aborted one, even under the same id.
 *
 * Returns: whether the batch holds committed records: %FALSE for an aborted transaction's and for
 *   every control batch
 */
gboolean
barista_committed_keeps (BaristaCommitted *self,
                         const BaristaRecordBatch *batch,
                         BaristaRecordReader *reader)
{
  begin_up_to (self, batch->last_offset);
  if (batch->control)
    {
      if (is_abort (reader))
        g_hash_table_remove (self->producers, &batch->producer_id);
      return FALSE;
    }
  return !batch->transactional || !g_hash_table_contains (self->producers, &batch->producer_id);
}
