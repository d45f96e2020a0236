/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "barista-practice-journal.h"

#include "barista-records.h"

/* Small, so that practice data has several: by-time lookups and previews go by fragments. */
#define FRAGMENT_BYTES (16 * 1024)
/* The oldest fragments go beyond this: arrivals may run for days. */
#define MAX_FRAGMENTS 1024

/* Key of a control batch; -1 is on purpose no type that a client knows (dekaf.md 3.1). */
static const guint8 control_key[4] = { 0x00, 0x00, 0xff, 0xff };

typedef struct
{
  BaristaPracticeDocument document;
  gint64 offset;
} Entry;

typedef struct
{
  gint64 begin, end;
  gint64 modified_s;
  GArray *entries; /* Entry */
} Fragment;

struct _BaristaPracticeJournal
{
  GQueue fragments; /* Fragment, oldest first */
  gint64 head;
};

static void
entry_clear (gpointer data)
{
  Entry *entry = data;

  g_clear_pointer (&entry->document.key, g_bytes_unref);
  g_clear_pointer (&entry->document.value, g_bytes_unref);
}

static void
fragment_free (gpointer data)
{
  Fragment *self = data;

  g_array_unref (self->entries);
  g_free (self);
}

static Fragment *
fragment_new (gint64 begin)
{
  Fragment *self = g_new0 (Fragment, 1);

  self->begin = self->end = begin;
  self->entries = g_array_new (FALSE, TRUE, sizeof (Entry));
  g_array_set_clear_func (self->entries, entry_clear);
  return self;
}

BaristaPracticeJournal *
barista_practice_journal_new (gint64 first_offset)
{
  BaristaPracticeJournal *self = g_new0 (BaristaPracticeJournal, 1);

  g_queue_init (&self->fragments);
  self->head = first_offset;
  return self;
}

void
barista_practice_journal_free (BaristaPracticeJournal *self)
{
  g_queue_clear_full (&self->fragments, fragment_free);
  g_free (self);
}

/* Where the next document goes. A fragment ends between transactions only. */
static Fragment *
fragment_for_append (BaristaPracticeJournal *self)
{
  Fragment *last = g_queue_peek_tail (&self->fragments);

  if (last != NULL)
    {
      Entry *entry = &g_array_index (last->entries, Entry, last->entries->len - 1);

      if (last->end - last->begin < FRAGMENT_BYTES || !entry->document.control)
        return last;
    }

  if (g_queue_get_length (&self->fragments) == MAX_FRAGMENTS)
    fragment_free (g_queue_pop_head (&self->fragments));
  last = fragment_new (self->head);
  g_queue_push_tail (&self->fragments, last);
  return last;
}

/**
 * barista_practice_journal_append:
 * @document: what to write; its key and value are shared
 *
 * Returns: the record's offset
 */
gint64
barista_practice_journal_append (BaristaPracticeJournal *self,
                                 const BaristaPracticeDocument *document)
{
  Fragment *fragment = fragment_for_append (self);
  Entry entry = { *document, self->head + (gint64) document->length - 1 };

  if (document->key != NULL)
    g_bytes_ref (document->key);
  if (document->value != NULL)
    g_bytes_ref (document->value);

  g_array_append_val (fragment->entries, entry);
  self->head = fragment->end = entry.offset + 1;
  fragment->modified_s = document->timestamp / 1000;
  return entry.offset;
}

gint64
barista_practice_journal_get_head (BaristaPracticeJournal *self)
{
  return self->head;
}

/**
 * barista_practice_journal_get_start:
 * @offset: (out): where the oldest fragment begins
 * @modified_s: (out): when it was last written, in seconds since 1970
 *
 * Returns: %FALSE when nothing was ever written
 */
gboolean
barista_practice_journal_get_start (BaristaPracticeJournal *self,
                                    gint64 *offset,
                                    gint64 *modified_s)
{
  Fragment *first = g_queue_peek_head (&self->fragments);

  if (first == NULL)
    return FALSE;

  *offset = first->begin;
  *modified_s = first->modified_s;
  return TRUE;
}

/**
 * barista_practice_journal_find_time:
 * @time_s: seconds since 1970
 * @offset: (out): where the fragment that covers it begins: earlier than the exact record
 *
 * Returns: %FALSE when all of the journal is older
 */
gboolean
barista_practice_journal_find_time (BaristaPracticeJournal *self,
                                    gint64 time_s,
                                    gint64 *offset,
                                    gint64 *modified_s)
{
  for (GList *l = self->fragments.head; l != NULL; l = l->next)
    {
      Fragment *fragment = l->data;

      if (fragment->modified_s >= time_s)
        {
          *offset = fragment->begin;
          *modified_s = fragment->modified_s;
          return TRUE;
        }
    }
  return FALSE;
}

typedef struct
{
  GByteArray *out;
  BaristaRecordWriter *batch;
  gint64 producer;
  gboolean control;
  gint32 epoch;
} Output;

static void
output_end_batch (Output *self)
{
  if (self->batch != NULL)
    {
      g_autoptr (GByteArray) bytes = barista_record_writer_finish (g_steal_pointer (&self->batch));

      g_byte_array_append (self->out, bytes->data, bytes->len);
    }
}

/* A run of records with equal producer and control flag is one batch; never a transactional one. */
static void
output_begin_batch (Output *self, const BaristaPracticeDocument *document, gint64 offset)
{
  BaristaRecordBatch batch = {
    .base_offset = offset,
    .leader_epoch = self->epoch,
    .producer_id = document->producer,
    .producer_epoch = 1,
    .base_sequence = (gint32) (guint32) offset,
    .control = document->control,
    .base_timestamp = document->timestamp,
  };

  if (self->batch != NULL && self->producer == document->producer
      && self->control == document->control)
    return;

  output_end_batch (self);
  self->batch = barista_record_writer_new (&batch);
  self->producer = document->producer;
  self->control = document->control;
}

static gsize
output_add (Output *self, const BaristaPracticeDocument *document, gint64 offset)
{
  gsize key_length = sizeof control_key, value_length = 0;
  const guint8 *key = control_key, *value = NULL;

  output_begin_batch (self, document, offset);
  if (document->key != NULL)
    key = g_bytes_get_data (document->key, &key_length);
  if (document->value != NULL)
    value = g_bytes_get_data (document->value, &value_length);
  barista_record_writer_add (self->batch, offset, document->timestamp, key, key_length, value,
                             value != NULL ? (gssize) value_length : -1);
  return key_length + value_length;
}

static guint
fragment_find (Fragment *self, gint64 offset)
{
  guint low = 0, high = self->entries->len;

  while (low < high)
    {
      guint middle = low + (high - low) / 2;

      if (g_array_index (self->entries, Entry, middle).offset < offset)
        low = middle + 1;
      else
        high = middle;
    }
  return low;
}

static GList *
find_fragment (BaristaPracticeJournal *self, gint64 offset)
{
  GList *l = self->fragments.tail;

  while (l != NULL && l->prev != NULL && ((Fragment *) l->data)->begin > offset)
    l = l->prev;
  return l;
}

/**
 * barista_practice_journal_read:
 * @offset: where to begin: the document that this byte lies in; below the oldest fragment, there
 * @limit: bytes of keys and values at most, but at least one document
 * @epoch: leader epoch for the batches
 *
 * Returns: (transfer full): record batches, empty at the write head
 */
GByteArray *
barista_practice_journal_read (BaristaPracticeJournal *self,
                               gint64 offset,
                               gsize limit,
                               gint32 epoch)
{
  Output output = { .out = g_byte_array_new (), .epoch = epoch };
  gsize used = 0;

  for (GList *l = find_fragment (self, offset); l != NULL && used < limit; l = l->next)
    {
      Fragment *fragment = l->data;

      for (guint i = fragment_find (fragment, offset); i < fragment->entries->len; i++)
        {
          Entry *entry = &g_array_index (fragment->entries, Entry, i);

          used += output_add (&output, &entry->document, entry->offset);
          if (used >= limit)
            break;
        }
    }
  output_end_batch (&output);
  return output.out;
}

static guint
fragment_count_records (Fragment *self)
{
  guint n = 0;

  for (guint i = 0; i < self->entries->len; i++)
    n += !g_array_index (self->entries, Entry, i).document.control;
  return n;
}

/* The newest fragment, or as many more as hold so many records. */
static GList *
find_newest (BaristaPracticeJournal *self, guint n_records)
{
  GList *l = self->fragments.tail;
  guint n = l != NULL ? fragment_count_records (l->data) : 0;

  while (n < n_records && l != NULL && l->prev != NULL)
    {
      l = l->prev;
      n += fragment_count_records (l->data);
    }
  return l;
}

/**
 * barista_practice_journal_preview:
 * @offset: the offset asked for
 * @n_records: how many are wanted
 *
 * What a session that was taken for a data preview is given: records from the start of the newest
 * fragment, numbered from @offset - 1 on (`dekaf.md` 1.8).
 */
GByteArray *
barista_practice_journal_preview (BaristaPracticeJournal *self,
                                  gint64 offset,
                                  guint n_records,
                                  gint32 epoch)
{
  Output output = { .out = g_byte_array_new (), .epoch = epoch };
  guint n = 0;

  for (GList *l = find_newest (self, n_records); l != NULL && n < n_records; l = l->next)
    {
      Fragment *fragment = l->data;

      for (guint i = 0; i < fragment->entries->len && n < n_records; i++)
        {
          Entry *entry = &g_array_index (fragment->entries, Entry, i);

          if (!entry->document.control)
            output_add (&output, &entry->document, offset - 1 + n++);
        }
    }
  output_end_batch (&output);
  return output.out;
}
