/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "barista-practice-journal.h"
#include "barista-records.h"

typedef BaristaPracticeJournal Journal;
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Journal, barista_practice_journal_free)

static gint64
append (Journal *journal, gsize length, gint64 timestamp, gboolean control)
{
  g_autoptr (GBytes) text = g_bytes_new_static ("text", 4);
  BaristaPracticeDocument document = {
    .length = length,
    .timestamp = timestamp,
    .producer = 7,
    .control = control,
    .key = control ? NULL : text,
  };

  return barista_practice_journal_append (journal, &document);
}

/* Offsets of all records from @offset on, markers too. */
static GArray *
offsets_from (Journal *journal, gint64 offset, gsize limit)
{
  g_autoptr (GByteArray) bytes = barista_practice_journal_read (journal, offset, limit, 1);
  g_autoptr (BaristaRecordReader) reader = barista_record_reader_new (bytes->data, bytes->len);
  GArray *offsets = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_autoptr (GError) error = NULL;
  BaristaRecordBatch batch;
  BaristaRecord record;

  while (barista_record_reader_next_batch (reader, &batch, &error))
    while (barista_record_reader_next (reader, &record))
      g_array_append_val (offsets, record.offset);
  g_assert_no_error (error);
  return offsets;
}

static void
check_first (Journal *journal, gint64 offset, gint64 first)
{
  g_autoptr (GArray) offsets = offsets_from (journal, offset, 1);

  if (first < 0)
    g_assert_cmpuint (offsets->len, ==, 0);
  else
    g_assert_cmpint (g_array_index (offsets, gint64, 0), ==, first);
}

static void
test_empty (void)
{
  g_autoptr (Journal) journal = barista_practice_journal_new (0);
  gint64 offset, time_s;

  g_assert_cmpint (barista_practice_journal_get_head (journal), ==, 0);
  g_assert_false (barista_practice_journal_get_start (journal, &offset, &time_s));
  g_assert_false (barista_practice_journal_find_time (journal, 0, &offset, &time_s));
  check_first (journal, 0, -1);
}

/* The offset of a record is the index of its document's last byte. */
static void
test_bytes (void)
{
  g_autoptr (Journal) journal = barista_practice_journal_new (1000);
  gint64 start, time_s;

  g_assert_cmpint (append (journal, 10, 5000, FALSE), ==, 1009);
  g_assert_cmpint (append (journal, 1, 6000, FALSE), ==, 1010);
  g_assert_cmpint (append (journal, 50, 7000, TRUE), ==, 1060);
  g_assert_cmpint (barista_practice_journal_get_head (journal), ==, 1061);
  g_assert_true (barista_practice_journal_get_start (journal, &start, &time_s));
  g_assert_cmpint (start, ==, 1000);
  g_assert_cmpint (time_s, ==, 7);

  check_first (journal, 0, 1009);
  check_first (journal, 1009, 1009);
  check_first (journal, 1010, 1010);
  check_first (journal, 1011, 1060);
  check_first (journal, 1060, 1060);
  check_first (journal, 1061, -1);
  check_first (journal, G_MAXINT64, -1);
  check_first (journal, G_MININT64, 1009);
}

/* Fragments end with a transaction; by-time lookups give where one begins. */
static void
test_fragments (void)
{
  g_autoptr (Journal) journal = barista_practice_journal_new (0);
  g_autoptr (GArray) all = NULL;
  gint64 offset, time_s;

  for (guint i = 0; i < 10; i++)
    {
      append (journal, 10000, i * 100000, FALSE);
      append (journal, 10000, i * 100000, TRUE);
    }
  all = offsets_from (journal, 0, G_MAXSIZE);
  g_assert_cmpuint (all->len, ==, 20);
  g_assert_true (barista_practice_journal_find_time (journal, 450, &offset, &time_s));
  g_assert_cmpint (offset, ==, 5 * 20000);
  g_assert_cmpint (time_s, ==, 500);
  g_assert_false (barista_practice_journal_find_time (journal, 901, &offset, &time_s));
}

/* Arrivals may run for days: the oldest fragments go, offsets stay. */
static void
test_retention (void)
{
  g_autoptr (Journal) journal = barista_practice_journal_new (0);
  gint64 offset, time_s;

  for (guint i = 0; i < 5000; i++)
    append (journal, 20000, i * 1000, TRUE);
  g_assert_true (barista_practice_journal_get_start (journal, &offset, &time_s));
  g_assert_cmpint (offset, >, 0);
  g_assert_cmpint (offset % 20000, ==, 0);
  g_assert_cmpint (barista_practice_journal_get_head (journal), ==, 5000 * 20000);
  check_first (journal, 0, offset + 19999);
}

static void
test_limit (void)
{
  g_autoptr (Journal) journal = barista_practice_journal_new (0);
  g_autoptr (GArray) none = NULL;
  g_autoptr (GArray) some = NULL;

  for (guint i = 0; i < 100; i++)
    append (journal, 10, 0, FALSE);
  none = offsets_from (journal, 0, 1);
  some = offsets_from (journal, 0, 4 * 10);
  g_assert_cmpuint (none->len, ==, 1);
  g_assert_cmpuint (some->len, ==, 10);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/practice/journal/empty", test_empty);
  g_test_add_func ("/practice/journal/bytes", test_bytes);
  g_test_add_func ("/practice/journal/fragments", test_fragments);
  g_test_add_func ("/practice/journal/retention", test_retention);
  g_test_add_func ("/practice/journal/limit", test_limit);
  return g_test_run ();
}
