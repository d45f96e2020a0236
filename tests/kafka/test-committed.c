/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "barista-committed.h"
#include "frames.h"

#include <string.h>

/* --- logs --- */

typedef enum
{
  END, /* of the log */
  PLAIN,
  IDEMPOTENT, /* with a producer, without a transaction */
  DATA,       /* of a transaction */
  COMMIT,
  ABORT,
  LEADER_CHANGE,
  NO_KEY,
  SHORT_KEY,
} Kind;

/* One batch; control batches hold one record. */
typedef struct
{
  Kind kind;
  gint64 producer_id;
  gint64 offset;
  guint n_records;
} Entry;

typedef struct
{
  const guint8 *data;
  gssize length;
} Key;

/* Version 0, then the type. */
static const Key keys[] = {
  [PLAIN] = { (const guint8 *) "key", 3 },
  [IDEMPOTENT] = { (const guint8 *) "key", 3 },
  [DATA] = { (const guint8 *) "\0\0\0\0", 4 }, /* looks like a marker's */
  [COMMIT] = { (const guint8 *) "\0\0\0\1", 4 },
  [ABORT] = { (const guint8 *) "\0\0\0\0", 4 },
  [LEADER_CHANGE] = { (const guint8 *) "\0\0\0\2", 4 },
  [NO_KEY] = { NULL, -1 },
  [SHORT_KEY] = { (const guint8 *) "\0\0\0", 3 },
};

static void
append_batch (GByteArray *log, const Entry *entry)
{
  gboolean control = entry->kind >= COMMIT;
  BaristaRecordBatch head = {
    .base_offset = entry->offset,
    .producer_id = entry->kind == PLAIN ? -1 : entry->producer_id,
    .transactional = entry->kind >= DATA,
    .control = control,
    .base_timestamp = 1,
  };
  BaristaRecordWriter *writer = barista_record_writer_new (&head);
  const Key *key = &keys[entry->kind];
  g_autoptr (GByteArray) bytes = NULL;

  for (guint i = 0; i < MAX (entry->n_records, 1); i++)
    barista_record_writer_add (writer, entry->offset + i, 1, key->data, key->length, NULL, -1);
  bytes = barista_record_writer_finish (writer);
  g_byte_array_append (log, bytes->data, bytes->len);
}

/* The offsets of what is kept, as text. */
static char *
read_kept (const GByteArray *log, const BaristaAbortedTransaction *aborted, gsize n)
{
  g_autoptr (BaristaRecordReader) reader = barista_record_reader_new (log->data, log->len);
  g_autoptr (BaristaCommitted) committed = barista_committed_new (aborted, n);
  GString *kept = g_string_new (NULL);
  g_autoptr (GError) error = NULL;
  BaristaRecordBatch batch;
  BaristaRecord record;

  while (barista_record_reader_next_batch (reader, &batch, &error))
    if (barista_committed_keeps (committed, &batch, reader))
      while (barista_record_reader_next (reader, &record))
        g_string_append_printf (kept, "%s%" G_GINT64_FORMAT, kept->len > 0 ? " " : "",
                                record.offset);
  g_assert_no_error (error);
  return g_string_free (kept, FALSE);
}

static void
assert_kept (const Entry *entries,
             const BaristaAbortedTransaction *aborted,
             gsize n_aborted,
             const char *expected)
{
  g_autoptr (GByteArray) log = g_byte_array_new ();
  g_autofree char *kept = NULL;

  for (; entries->kind != END; entries++)
    append_batch (log, entries);
  kept = read_kept (log, aborted, n_aborted);
  g_assert_cmpstr (kept, ==, expected);
}

/* --- what Kafka's own writer wrote --- */

static GByteArray *
load_case (const char *name)
{
  g_autoptr (JsonParser) parser = json_parser_new_immutable ();
  JsonArray *cases;

  g_assert_true (json_parser_load_from_mapped_file (parser, RECORDS_FILE, NULL));
  cases = json_node_get_array (json_parser_get_root (parser));
  for (guint i = 0; i < json_array_get_length (cases); i++)
    {
      JsonObject *one = json_array_get_object_element (cases, i);

      if (g_str_equal (json_object_get_string_member (one, "name"), name))
        return bytes_from_hex (json_object_get_string_member (one, "hex"));
    }
  g_assert_not_reached ();
}

static void
test_kafka_s_own (void)
{
  g_autoptr (GByteArray) log = load_case ("committed, aborted, open");
  const BaristaAbortedTransaction second = { 4000, 3 }, first = { 4000, 0 };
  g_autofree char *all = read_kept (log, NULL, 0);
  g_autofree char *without_second = read_kept (log, &second, 1);
  g_autofree char *without_first = read_kept (log, &first, 1);

  g_assert_cmpstr (all, ==, "0 1 3 5");
  g_assert_cmpstr (without_second, ==, "0 1 5");
  /* A commit is no abort: what the answer says is aborted stays so until its marker. */
  g_assert_cmpstr (without_first, ==, "5");
}

static void
test_kafka_s_control_batches (void)
{
  static const char *const names[] = {
    "commit",
    "abort",
    "leader change",
    "control batch with a type of no meaning, as Dekaf sends it",
  };

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autoptr (GByteArray) log = load_case (names[i]);
      g_autofree char *kept = read_kept (log, NULL, 0);

      g_assert_cmpstr (kept, ==, "");
    }
}

/* --- by hand --- */

static void
test_interleaved (void)
{
  static const Entry log[] = {
    { DATA, 1, 0, 2 }, { DATA, 2, 2 }, { PLAIN, 0, 3 },  { ABORT, 1, 4 }, { DATA, 2, 5 },
    { COMMIT, 2, 6 },  { DATA, 1, 7 }, { COMMIT, 1, 8 }, { END },
  };
  static const BaristaAbortedTransaction aborted[] = { { 1, 0 } };

  assert_kept (log, aborted, 1, "2 3 5 7");
}

static void
test_begun_before_the_first_record (void)
{
  static const Entry log[] = { { DATA, 1, 50, 2 }, { ABORT, 1, 52 }, { DATA, 1, 53 }, { END } };
  static const BaristaAbortedTransaction aborted[] = { { 1, 10 } };

  assert_kept (log, aborted, 1, "53");
}

/* In an order that isn't that of their offsets. */
static void
test_several_of_one_producer (void)
{
  static const Entry log[] = {
    { DATA, 1, 0 },  { ABORT, 1, 1 }, { DATA, 1, 2 },  { COMMIT, 1, 3 }, { DATA, 1, 4, 3 },
    { PLAIN, 0, 7 }, { DATA, 1, 8 },  { ABORT, 1, 9 }, { DATA, 1, 10 },  { END },
  };
  static const BaristaAbortedTransaction aborted[] = { { 1, 4 }, { 1, 0 } };

  assert_kept (log, aborted, 2, "2 7 10");
}

static void
test_without_a_transaction (void)
{
  static const Entry log[] = { { DATA, 1, 0 }, { IDEMPOTENT, 1, 1 }, { PLAIN, 0, 2 }, { END } };
  static const BaristaAbortedTransaction aborted[] = { { 1, 0 }, { -1, 0 } };

  assert_kept (log, aborted, 2, "1 2");
}

/* Only a marker of its own producer, and one that can be read, ends an aborted transaction. */
static void
test_other_markers (void)
{
  static const Entry log[] = {
    { DATA, 1, 0 },   { ABORT, 2, 1 },
    { COMMIT, 1, 2 }, { LEADER_CHANGE, 1, 3 },
    { NO_KEY, 1, 4 }, { SHORT_KEY, 1, 5 },
    { DATA, 1, 6 },   { ABORT, 1, 7 },
    { DATA, 1, 8 },   { END },
  };
  static const BaristaAbortedTransaction aborted[] = { { 1, 0 } };

  assert_kept (log, aborted, 1, "8");
}

static void
test_odd_lists (void)
{
  static const Entry log[] = { { DATA, 1, 0 }, { DATA, G_MAXINT64, 1 }, { END } };
  static const BaristaAbortedTransaction aborted[] = {
    { 1, G_MAXINT64 }, { 1, 1 }, { G_MAXINT64, G_MININT64 }, { G_MAXINT64, 0 }, { -7, -7 },
  };

  assert_kept (log, aborted, G_N_ELEMENTS (aborted), "0");
}

static void
test_long_list (void)
{
  static const Entry log[] = { { DATA, 1, 500000 }, { DATA, 200000, 500001 }, { END } };
  const guint n = 100000;
  g_autofree BaristaAbortedTransaction *aborted = g_new (BaristaAbortedTransaction, n);

  for (guint i = 0; i < n; i++)
    aborted[i] = (BaristaAbortedTransaction) { i, n - i };
  assert_kept (log, aborted, n, "500001");
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/committed/kafka-s-own", test_kafka_s_own);
  g_test_add_func ("/committed/kafka-s-control-batches", test_kafka_s_control_batches);
  g_test_add_func ("/committed/interleaved", test_interleaved);
  g_test_add_func ("/committed/begun-before-the-first-record", test_begun_before_the_first_record);
  g_test_add_func ("/committed/several-of-one-producer", test_several_of_one_producer);
  g_test_add_func ("/committed/without-a-transaction", test_without_a_transaction);
  g_test_add_func ("/committed/other-markers", test_other_markers);
  g_test_add_func ("/committed/odd-lists", test_odd_lists);
  g_test_add_func ("/committed/long-list", test_long_list);
  return g_test_run ();
}
