/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "barista-records.h"
#include "raw-fetch.h"

#include <string.h>

#define LATEST -1
#define EARLIEST -2

typedef struct
{
  int error;
  gint64 offset, timestamp, epoch;
} Offset;

static Offset
offset_at (RawClient *client, const char *topic, int partition, int epoch, gint64 time)
{
  BaristaWireWriter *request = raw_client_request (client, BARISTA_API_LIST_OFFSETS, 9);
  BaristaWireView answer, element;

  barista_wire_begin_array (request, "topics", 1);
  barista_wire_next (request);
  barista_wire_put_string (request, "name", topic);
  barista_wire_begin_array (request, "partitions", 1);
  barista_wire_next (request);
  barista_wire_put_int (request, "partitionIndex", partition);
  barista_wire_put_int (request, "currentLeaderEpoch", epoch);
  barista_wire_put_int (request, "timestamp", time);
  barista_wire_end_array (request);
  barista_wire_end_array (request);
  g_assert_true (raw_client_call (client, request, BARISTA_API_LIST_OFFSETS, 9, &answer));
  element = raw_element (&answer, "topics", 0);
  element = raw_element (&element, "partitions", 0);
  return (Offset) {
    .error = barista_wire_view_get_int (&element, "errorCode"),
    .offset = barista_wire_view_get_int (&element, "offset"),
    .timestamp = barista_wire_view_get_int (&element, "timestamp"),
    .epoch = barista_wire_view_get_int (&element, "leaderEpoch"),
  };
}

static gint64
head_of (RawClient *client, const char *topic, int partition)
{
  Offset head = offset_at (client, topic, partition, -1, LATEST);

  g_assert_cmpint (head.error, ==, 0);
  return head.offset;
}

/* Offsets of the records that are no markers. */
static GArray *
offsets_of (const BaristaWireView *partition)
{
  g_autoptr (BaristaRecordReader) reader = records_of (partition);
  GArray *offsets = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_autoptr (GError) error = NULL;
  BaristaRecordBatch batch;
  BaristaRecord record;

  while (barista_record_reader_next_batch (reader, &batch, &error))
    while (barista_record_reader_next (reader, &record))
      if (!batch.control)
        g_array_append_val (offsets, record.offset);
  g_assert_no_error (error);
  return offsets;
}

static void
test_list_offsets (void)
{
  g_autoptr (BaristaPractice) practice = start_practice (NULL);
  g_autoptr (RawClient) client = raw_client_new_signed_in (practice);
  Offset start = offset_at (client, "acmeCo/orders", 0, 1, EARLIEST);
  Offset end = offset_at (client, "acmeCo/orders", 0, 1, LATEST);
  Offset middle, after;

  g_assert_cmpint (start.error, ==, 0);
  g_assert_cmpint (start.offset, ==, 0);
  g_assert_cmpint (start.epoch, ==, 1);
  /* seconds, not milliseconds: some day of 2026 */
  g_assert_cmpint (start.timestamp, >, 1767225600);
  g_assert_cmpint (start.timestamp, <, 1798761600);
  g_assert_cmpint (end.offset, >, 10000);
  g_assert_cmpint (end.timestamp, ==, -1);

  /* by time: the start of the fragment that covers it, so earlier than the record */
  middle = offset_at (client, "acmeCo/orders", 0, -1, (start.timestamp + 3600) * 1000);
  g_assert_cmpint (middle.offset, >, 0);
  g_assert_cmpint (middle.offset, <, end.offset);
  after = offset_at (client, "acmeCo/orders", 0, -1, G_GINT64_CONSTANT (1798761600000));
  g_assert_cmpint (after.error, ==, 0);
  g_assert_cmpint (after.offset, ==, -1);
  g_assert_cmpint (after.timestamp, ==, -1);

  /* the oldest fragments of this one are gone */
  g_assert_cmpint (offset_at (client, "acmeCo/sessions", 0, -1, EARLIEST).offset, ==, 4194304);
}

static void
test_list_offsets_errors (void)
{
  static const char *const scenarios[] = { "not-ready", "empty-topic", NULL };
  g_autoptr (BaristaPractice) practice = start_practice (
      &(BaristaPracticeOptions) { .tls = TRUE, .seed = 1, .scenarios = scenarios });
  g_autoptr (RawClient) client = raw_client_new_signed_in (practice);

  g_assert_cmpint (offset_at (client, "acmeCo/nope", 0, -1, LATEST).error, ==, 3);
  g_assert_cmpint (offset_at (client, "acmeCo/orders", 3, -1, LATEST).error, ==, 3);
  g_assert_cmpint (offset_at (client, "acmeCo/orders", -1, -1, LATEST).error, ==, 3);
  g_assert_cmpint (offset_at (client, "acmeCo/products", 0, 1, LATEST).error, ==, 74);
  g_assert_cmpint (offset_at (client, "acmeCo/products", 0, 3, LATEST).error, ==, 75);
  g_assert_cmpint (offset_at (client, "acmeCo/adjustments", 0, -1, LATEST).error, ==, 5);
  /* never written, but there: earliest is an error, latest is 0 */
  g_assert_cmpint (offset_at (client, "acmeCo/campaigns", 0, -1, EARLIEST).error, ==, 3);
  g_assert_cmpint (offset_at (client, "acmeCo/campaigns", 0, -1, LATEST).error, ==, 0);
  g_assert_cmpint (offset_at (client, "acmeCo/campaigns", 0, -1, LATEST).offset, ==, 0);
}

static void
test_fetch_all (void)
{
  static const guint8 marker[] = { 0x00, 0x00, 0xff, 0xff };
  g_autoptr (BaristaPractice) practice = start_practice (NULL);
  g_autoptr (RawClient) client = raw_client_new_signed_in (practice);
  g_autoptr (BaristaRecordReader) reader = NULL;
  g_autoptr (GError) error = NULL;
  BaristaWireView partition, leader;
  BaristaRecordBatch batch = { 0 };
  BaristaRecord record;
  gint64 last = -1;
  guint n_records = 0, n_markers = 0, n_tombstones = 0;

  g_assert_true (fetch (client, WANTED (.topic = "acmeCo/products"), &partition));
  g_assert_cmpint (barista_wire_view_get_int (&partition, "errorCode"), ==, 0);
  g_assert_true (barista_wire_view_get_struct (&partition, "currentLeader", &leader));
  g_assert_cmpint (barista_wire_view_get_int (&leader, "leaderEpoch"), ==, 2);
  reader = records_of (&partition);
  while (barista_record_reader_next_batch (reader, &batch, &error))
    {
      g_assert_cmpint (batch.leader_epoch, ==, 2);
      g_assert_cmpint (batch.producer_epoch, ==, 1);
      g_assert_false (batch.transactional);
      g_assert_cmpint (batch.base_sequence, ==, (gint32) batch.base_offset);
      while (barista_record_reader_next (reader, &record))
        {
          g_assert_cmpint (record.offset, >, last + 20); /* bytes, not numbers */
          last = record.offset;
          g_assert_cmpuint (record.n_headers, ==, 0);
          if (batch.control)
            g_assert_cmpmem (record.key, record.key_length, marker, sizeof marker);
          else
            g_assert_cmpint (record.key[0], ==, 0);
          n_markers += batch.control;
          n_records += !batch.control;
          n_tombstones += !batch.control && record.value == NULL;
        }
    }
  g_assert_no_error (error);
  g_assert_true (batch.control); /* the last thing before the write head */
  g_assert_cmpint (last + 1, ==, barista_wire_view_get_int (&partition, "highWatermark"));
  g_assert_cmpint (last + 1, ==, head_of (client, "acmeCo/products", 0));
  g_assert_cmpuint (n_records, >, 20);
  g_assert_cmpuint (n_markers, >, 5);
  g_assert_cmpuint (n_tombstones, >, 0);
}

static void
test_fetch_places (void)
{
  g_autoptr (BaristaPractice) practice = start_practice (NULL);
  g_autoptr (RawClient) client = raw_client_new_signed_in (practice);
  g_autoptr (GArray) all = NULL;
  g_autoptr (GArray) one = NULL;
  g_autoptr (GArray) inside = NULL;
  g_autoptr (GArray) below = NULL;
  BaristaWireView partition;

  g_assert_true (fetch (client, WANTED (.topic = "acmeCo/customers"), &partition));
  all = offsets_of (&partition);
  g_assert_cmpuint (all->len, >, 20);

  /* one document at least, whatever the limit */
  g_assert_true (
      fetch (client, &(Wanted) { .topic = "acmeCo/customers", .epoch = -1 }, &partition));
  one = offsets_of (&partition);
  g_assert_cmpuint (one->len, ==, 1);

  /* inside a document: all of it */
  g_assert_true (fetch (
      client, WANTED (.topic = "acmeCo/customers", .offset = g_array_index (all, gint64, 4) - 7),
      &partition));
  inside = offsets_of (&partition);
  g_assert_cmpint (g_array_index (inside, gint64, 0), ==, g_array_index (all, gint64, 4));
  g_assert_cmpuint (inside->len, ==, all->len - 4);

  /* below what is left: forward without a word */
  g_assert_true (fetch (client, WANTED (.topic = "acmeCo/sessions"), &partition));
  g_assert_cmpint (barista_wire_view_get_int (&partition, "errorCode"), ==, 0);
  below = offsets_of (&partition);
  g_assert_cmpint (g_array_index (below, gint64, 0), >, 4194304);
}

static void
test_fetch_errors (void)
{
  static const struct
  {
    Wanted wanted;
    int error;
  } cases[] = {
    { { .topic = "acmeCo/nope", .epoch = -1 }, 3 },
    { { .topic = "acmeCo/orders", .partition = 3, .epoch = -1 }, 3 },
    { { .topic = "acmeCo/products", .epoch = 0 }, 74 },
    { { .topic = "acmeCo/products", .epoch = 3 }, 75 },
    { { .topic = "acmeCo/adjustments", .epoch = -1 }, 5 },
  };
  g_autoptr (BaristaPractice) practice = start_scenario ("not-ready");
  g_autoptr (RawClient) client = raw_client_new_signed_in (practice);

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (BaristaRecordReader) reader = NULL;
      Wanted wanted = cases[i].wanted;
      BaristaWireView partition;

      wanted.max_wait_ms = 60000; /* errors don't wait */
      g_assert_true (fetch (client, &wanted, &partition));
      g_assert_cmpint (barista_wire_view_get_int (&partition, "errorCode"), ==, cases[i].error);
      reader = records_of (&partition);
    }
}

static void
test_fetch_versions (void)
{
  g_autoptr (BaristaPractice) practice = start_practice (NULL);
  g_autoptr (RawClient) client = raw_client_new_signed_in (practice);

  for (gint16 version = 4; version <= 12; version++)
    {
      BaristaWireView answer, topic, partition;
      g_autoptr (GArray) offsets = NULL;

      g_assert_true (raw_client_call (
          client, fetch_request (client, version, WANTED (.topic = "acmeCo.2Fexample")),
          BARISTA_API_FETCH, version, &answer));
      topic = raw_element (&answer, "responses", 0);
      partition = raw_element (&topic, "partitions", 0);
      offsets = offsets_of (&partition);
      g_assert_cmpuint (offsets->len, >, 10);
    }
}

/* At the head: the client's time is waited out, then an empty answer without an error. */
static void
test_fetch_waits (void)
{
  g_autoptr (BaristaPractice) practice = start_practice (NULL);
  g_autoptr (RawClient) client = raw_client_new_signed_in (practice);
  gint64 head = head_of (client, "acmeCo/orders", 1);
  gint64 begun = g_get_monotonic_time ();
  g_autoptr (GArray) offsets = NULL;
  BaristaWireView partition;

  g_assert_true (fetch (
      client, WANTED (.topic = "acmeCo/orders", .partition = 1, .offset = head, .max_wait_ms = 120),
      &partition));
  g_assert_cmpint (g_get_monotonic_time () - begun, >=, 120 * 1000);
  g_assert_cmpint (barista_wire_view_get_int (&partition, "errorCode"), ==, 0);
  g_assert_cmpint (barista_wire_view_get_int (&partition, "highWatermark"), ==, head);
  offsets = offsets_of (&partition);
  g_assert_cmpuint (offsets->len, ==, 0);
}

/* Every topic once: the first record that arrives ends the wait. */
static void
test_fetch_arrivals (void)
{
  g_autoptr (BaristaPractice) practice = start_practice (
      &(BaristaPracticeOptions) { .tls = TRUE, .seed = 1, .arrivals = 100 });
  g_autoptr (RawClient) client = raw_client_new_signed_in (practice);
  gint64 head = head_of (client, "acmeCo/orders", 0);
  g_autoptr (GArray) offsets = NULL;
  BaristaWireView partition;

  g_assert_true (fetch (
      client, WANTED (.topic = "acmeCo/orders", .offset = head, .max_wait_ms = 50000), &partition));
  offsets = offsets_of (&partition);
  g_assert_cmpuint (offsets->len, >, 0);
  g_assert_cmpint (g_array_index (offsets, gint64, 0), >, head);
}

/* A wait delays what stands behind it: one request at a time. */
static void
test_fetch_blocks (void)
{
  g_autoptr (BaristaPractice) practice = start_practice (NULL);
  g_autoptr (RawClient) client = raw_client_new_signed_in (practice);
  gint64 head = head_of (client, "acmeCo/orders", 0);
  g_autoptr (GBytes) first = barista_wire_writer_finish (fetch_request (
      client, 12, WANTED (.topic = "acmeCo/orders", .offset = head, .max_wait_ms = 100)));
  g_autoptr (GBytes) second = barista_wire_writer_finish (
      raw_client_request (client, BARISTA_API_METADATA, 9));
  g_autoptr (GBytes) first_answer = NULL;
  g_autoptr (GBytes) second_answer = NULL;

  raw_client_send (client, g_bytes_get_data (first, NULL), g_bytes_get_size (first));
  raw_client_send (client, g_bytes_get_data (second, NULL), g_bytes_get_size (second));
  first_answer = raw_client_receive (client);
  second_answer = raw_client_receive (client);
  g_assert_nonnull (second_answer);
  g_assert_cmpmem (g_bytes_get_data (first_answer, NULL), 4,
                   (const guint8 *) g_bytes_get_data (first, NULL) + 8, 4);
}

static void
test_preview (void)
{
  g_autoptr (BaristaPractice) practice = start_practice (NULL);
  g_autoptr (RawClient) near = raw_client_new_signed_in (practice);
  g_autoptr (RawClient) plain = raw_client_new_signed_in (practice);
  gint64 head = head_of (near, "acmeCo/orders", 2);
  g_autoptr (GArray) offsets = NULL;
  BaristaWireView partition;

  g_assert_true (fetch (
      near, WANTED (.topic = "acmeCo/orders", .partition = 2, .offset = head - 12), &partition));
  offsets = offsets_of (&partition);
  g_assert_cmpuint (offsets->len, ==, 12);
  for (guint i = 0; i < offsets->len; i++)
    g_assert_cmpint (g_array_index (offsets, gint64, i), ==, head - 13 + i);
  g_assert_cmpint (barista_wire_view_get_int (&partition, "highWatermark"), ==, head);

  /* another such Fetch is answered, a plain one ends the connection */
  g_assert_true (fetch (near, WANTED (.topic = "acmeCo/orders", .partition = 2, .offset = head - 1),
                        &partition));
  g_assert_false (fetch (near, WANTED (.topic = "acmeCo/orders", .partition = 2), &partition));

  /* one byte further off, and it is plain reading */
  g_assert_true (fetch (
      plain, WANTED (.topic = "acmeCo/orders", .partition = 2, .offset = head - 13), &partition));
  g_assert_true (fetch (plain, WANTED (.topic = "acmeCo/orders", .partition = 2), &partition));
}

static void
check_end_of_epoch (RawClient *client, int epoch, int error, int current, gint64 end)
{
  BaristaWireWriter *request = raw_client_request (client, BARISTA_API_OFFSET_FOR_LEADER_EPOCH, 2);
  BaristaWireView answer, element;

  barista_wire_begin_array (request, "topics", 1);
  barista_wire_next (request);
  barista_wire_put_string (request, "topic", "acmeCo/products");
  barista_wire_begin_array (request, "partitions", 1);
  barista_wire_next (request);
  barista_wire_put_int (request, "partition", 0);
  barista_wire_put_int (request, "leaderEpoch", epoch);
  barista_wire_end_array (request);
  barista_wire_end_array (request);
  g_assert_true (
      raw_client_call (client, request, BARISTA_API_OFFSET_FOR_LEADER_EPOCH, 2, &answer));
  element = raw_element (&answer, "topics", 0);
  element = raw_element (&element, "partitions", 0);
  g_assert_cmpint (barista_wire_view_get_int (&element, "errorCode"), ==, error);
  g_assert_cmpint (barista_wire_view_get_int (&element, "leaderEpoch"), ==, current);
  g_assert_cmpint (barista_wire_view_get_int (&element, "endOffset"), ==, end);
}

static void
test_leader_epochs (void)
{
  g_autoptr (BaristaPractice) practice = start_practice (NULL);
  g_autoptr (RawClient) client = raw_client_new_signed_in (practice);

  check_end_of_epoch (client, 1, 0, 2, 0); /* backfilled since: start again */
  check_end_of_epoch (client, 2, 0, 2, head_of (client, "acmeCo/products", 0));
  check_end_of_epoch (client, 3, 75, -1, -1);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/practice/reads/list-offsets", test_list_offsets);
  g_test_add_func ("/practice/reads/list-offsets-errors", test_list_offsets_errors);
  g_test_add_func ("/practice/reads/fetch-all", test_fetch_all);
  g_test_add_func ("/practice/reads/fetch-places", test_fetch_places);
  g_test_add_func ("/practice/reads/fetch-errors", test_fetch_errors);
  g_test_add_func ("/practice/reads/fetch-versions", test_fetch_versions);
  g_test_add_func ("/practice/reads/fetch-waits", test_fetch_waits);
  g_test_add_func ("/practice/reads/fetch-arrivals", test_fetch_arrivals);
  g_test_add_func ("/practice/reads/fetch-blocks", test_fetch_blocks);
  g_test_add_func ("/practice/reads/preview", test_preview);
  g_test_add_func ("/practice/reads/leader-epochs", test_leader_epochs);
  return g_test_run ();
}
