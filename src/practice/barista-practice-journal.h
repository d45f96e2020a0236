/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * BaristaPracticeDocument:
 * @length: bytes that the document takes in the journal, its newline included
 * @timestamp: of its UUID's clock, in ms since 1970
 * @producer: which of the capture's producers wrote it
 * @control: it ends a transaction (key and value are NULL)
 * @key: with framing; NULL for control documents
 * @value: (nullable): with framing; NULL is a tombstone
 */
typedef struct
{
  gsize length;
  gint64 timestamp;
  gint64 producer;
  gboolean control;
  GBytes *key, *value;
} BaristaPracticeDocument;

/**
 * BaristaPracticeJournal:
 *
 * One partition: an append-only log of documents, addressed by bytes. The offset of a record is the
 * index of its document's last byte (`dekaf.md` 1.8), so offsets have gaps, and the write head is the
 * last offset + 1. Documents lie in fragments; the oldest ones go when there are too many.
 */
typedef struct _BaristaPracticeJournal BaristaPracticeJournal;

BaristaPracticeJournal *barista_practice_journal_new (gint64 first_offset);
void barista_practice_journal_free (BaristaPracticeJournal *self);
gint64 barista_practice_journal_append (BaristaPracticeJournal *self,
                                        const BaristaPracticeDocument *document);
gint64 barista_practice_journal_get_head (BaristaPracticeJournal *self);
gboolean barista_practice_journal_get_start (BaristaPracticeJournal *self,
                                             gint64 *offset,
                                             gint64 *modified_s);
gboolean barista_practice_journal_find_time (BaristaPracticeJournal *self,
                                             gint64 time_s,
                                             gint64 *offset,
                                             gint64 *modified_s);
GByteArray *barista_practice_journal_read (BaristaPracticeJournal *self,
                                           gint64 offset,
                                           gsize limit,
                                           gint32 epoch);
GByteArray *barista_practice_journal_preview (BaristaPracticeJournal *self,
                                              gint64 offset,
                                              guint n_records,
                                              gint32 epoch);

G_END_DECLS
