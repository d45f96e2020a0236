/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "frames.h"
#include "sampled-topic.h"

#include <string.h>

/* The sample of committed records, from a broker with one topic of one partition. */

typedef struct
{
  const char *cases;    /* of tests/data/records, one a line */
  gint64 first_aborted; /* of producer 4000, as all in there; -1: none */
  gint64 last_stable, end;

  guint16 port;
  guint fetches;
} Broker;

/* --- the broker --- */

static GByteArray *
make_log (const char *names)
{
  g_auto (GStrv) wanted = g_strsplit (names, "\n", -1);
  g_autoptr (JsonParser) parser = json_parser_new_immutable ();
  GByteArray *log = g_byte_array_new ();
  JsonArray *cases;

  g_assert_true (json_parser_load_from_mapped_file (parser, RECORDS_FILE, NULL));
  cases = json_node_get_array (json_parser_get_root (parser));
  for (guint i = 0; wanted[i] != NULL; i++)
    for (guint j = 0; j < json_array_get_length (cases); j++)
      {
        JsonObject *one = json_array_get_object_element (cases, j);
        g_autoptr (GByteArray) bytes = bytes_from_hex (json_object_get_string_member (one, "hex"));

        if (g_str_equal (json_object_get_string_member (one, "name"), wanted[i]))
          g_byte_array_append (log, bytes->data, bytes->len);
      }
  return log;
}

static void
put_metadata (BaristaWireWriter *response, const Broker *broker)
{
  barista_wire_begin_array (response, "brokers", 1);
  barista_wire_next (response);
  barista_wire_put_int (response, "nodeId", 1);
  barista_wire_put_string (response, "host", "127.0.0.1");
  barista_wire_put_int (response, "port", broker->port);
  barista_wire_end_array (response);
  barista_wire_put_int (response, "controllerId", 1);
  barista_wire_begin_array (response, "topics", 1);
  barista_wire_next (response);
  barista_wire_put_string (response, "name", SAMPLED_TOPIC);
  barista_wire_begin_array (response, "partitions", 1);
  barista_wire_next (response);
  barista_wire_put_int (response, "partitionIndex", 0);
  barista_wire_put_int (response, "leaderId", 1);
  barista_wire_end_array (response);
  barista_wire_end_array (response);
}

static void
begin_partition (BaristaWireWriter *response, const char *topics, const char *name)
{
  barista_wire_begin_array (response, topics, 1);
  barista_wire_next (response);
  barista_wire_put_string (response, name, SAMPLED_TOPIC);
  barista_wire_begin_array (response, "partitions", 1);
  barista_wire_next (response);
  barista_wire_put_int (response, "partitionIndex", 0);
}

static void
end_partition (BaristaWireWriter *response)
{
  barista_wire_end_array (response);
  barista_wire_end_array (response);
}

static gint64
asked_timestamp (const BaristaWireView *request)
{
  BaristaWireIter topics, partitions;
  BaristaWireView topic, partition;

  barista_wire_view_get_array (request, "topics", &topics);
  g_assert_true (barista_wire_iter_next (&topics, &topic));
  barista_wire_view_get_array (&topic, "partitions", &partitions);
  g_assert_true (barista_wire_iter_next (&partitions, &partition));
  return barista_wire_view_get_int (&partition, "timestamp");
}

static void
put_offset (BaristaWireWriter *response, const Broker *broker, const BaristaWireView *request)
{
  gboolean committed = barista_wire_view_get_int (request, "isolationLevel") == 1;
  gint64 latest = committed ? broker->last_stable : broker->end;

  begin_partition (response, "topics", "name");
  barista_wire_put_int (response, "offset",
                        asked_timestamp (request) == SAMPLED_EARLIEST ? 0 : latest);
  end_partition (response);
}

static void
put_records (BaristaWireWriter *response, Broker *broker, const BaristaWireView *request)
{
  g_autoptr (GByteArray) log = make_log (broker->cases);

  g_assert_cmpint (barista_wire_view_get_int (request, "isolationLevel"), ==, 1);
  broker->fetches++;
  begin_partition (response, "responses", "topic");
  barista_wire_put_int (response, "highWatermark", broker->end);
  barista_wire_put_int (response, "lastStableOffset", broker->last_stable);
  barista_wire_begin_array (response, "abortedTransactions", broker->first_aborted >= 0 ? 1 : 0);
  if (broker->first_aborted >= 0)
    {
      barista_wire_next (response);
      barista_wire_put_int (response, "producerId", 4000);
      barista_wire_put_int (response, "firstOffset", broker->first_aborted);
    }
  barista_wire_end_array (response);
  barista_wire_put_bytes (response, "records", log->data, log->len);
  end_partition (response);
}

static void
answer (GIOStream *stream, GCancellable *stop, gpointer data, const FakeRequest *request)
{
  Broker *broker = data;
  BaristaApi api = (BaristaApi) request->header.api_key;
  BaristaWireView view;
  BaristaWireWriter *response = sampled_begin_answer (request, &view);

  if (api == BARISTA_API_METADATA)
    put_metadata (response, broker);
  else if (api == BARISTA_API_LIST_OFFSETS)
    put_offset (response, broker, &view);
  else
    put_records (response, broker, &view);
  fake_kafka_write (stream, stop, response);
}

static void
serve (GIOStream *stream, GCancellable *stop, gpointer data)
{
  sampled_serve (stream, stop, sampled_ranges, answer, data);
}

/* --- the check --- */

static BaristaCheck *
run_check (Broker *broker)
{
  return sampled_check_served (serve, broker, &broker->port, BARISTA_STAGE_SAMPLE);
}

static void
assert_offsets (BaristaCheck *check, const char *expected)
{
  const BaristaProbe *probe = g_ptr_array_index (barista_check_get_probes (check), 0);
  g_autoptr (GString) offsets = g_string_new (NULL);

  for (guint i = 0; i < probe->sample->len; i++)
    {
      const BaristaSampleRecord *record = g_ptr_array_index (probe->sample, i);

      g_string_append_printf (offsets, "%s%" G_GINT64_FORMAT, i > 0 ? " " : "", record->offset);
    }
  g_assert_cmpstr (offsets->str, ==, expected);
}

static void
test_committed (void)
{
  Broker broker = { "transaction\ncommit", -1, 3, 3 };
  g_autoptr (BaristaCheck) check = run_check (&broker);
  BaristaStageReport *stage = sampled_get_stage (check);

  assert_offsets (check, "0 1");
  g_assert_null (barista_stage_report_get_cause (stage));
  g_assert_false (json_object_has_member (barista_stage_report_get_evidence (stage), "aborted"));
  g_assert_false (
      json_object_has_member (barista_stage_report_get_evidence (stage), "last_stable_offset"));
}

static void
test_aborted (void)
{
  Broker broker = { "committed, aborted, open", 3, 6, 6 };
  g_autoptr (BaristaCheck) check = run_check (&broker);
  BaristaStageReport *stage = sampled_get_stage (check);

  assert_offsets (check, "0 1 5");
  sampled_assert_fact (stage, "records", 3);
  sampled_assert_fact (stage, "aborted", 1);
  g_assert_null (barista_stage_report_get_cause (stage));
}

static void
test_nothing_but_aborted (void)
{
  Broker broker = { "transaction\nabort", 0, 3, 3 };
  g_autoptr (BaristaCheck) check = run_check (&broker);
  BaristaStageReport *stage = sampled_get_stage (check);

  assert_offsets (check, "");
  sampled_assert_fact (stage, "aborted", 2);
  g_assert_cmpint (barista_stage_report_get_result (stage), ==, BARISTA_RESULT_PASSED);
  g_assert_cmpstr (barista_stage_report_get_cause (stage), ==, "topic-empty");
}

static void
test_open (void)
{
  Broker broker = { "transaction\ncommit", -1, 3, 12 };
  g_autoptr (BaristaCheck) check = run_check (&broker);
  BaristaStageReport *stage = sampled_get_stage (check);

  assert_offsets (check, "0 1");
  sampled_assert_fact (stage, "stopped_partition", 0);
  sampled_assert_fact (stage, "last_stable_offset", 3);
  sampled_assert_fact (stage, "high_watermark", 12);
  g_assert_cmpint (barista_stage_report_get_result (stage), ==, BARISTA_RESULT_PASSED);
  g_assert_cmpstr (barista_stage_report_get_cause (stage), ==, "transaction-open");
  g_assert_nonnull (strstr (barista_stage_report_get_body (stage), "offset 3"));
}

/* Nothing can be read at all, and it isn't said that the topic is empty. */
static void
test_open_from_the_start (void)
{
  Broker broker = { "transaction", -1, 0, 2 };
  g_autoptr (BaristaCheck) check = run_check (&broker);
  BaristaStageReport *stage = sampled_get_stage (check);

  assert_offsets (check, "");
  g_assert_cmpuint (broker.fetches, ==, 0);
  sampled_assert_fact (stage, "last_stable_offset", 0);
  sampled_assert_fact (stage, "high_watermark", 2);
  g_assert_cmpstr (barista_stage_report_get_cause (stage), ==, "transaction-open");
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/check/sample/committed", test_committed);
  g_test_add_func ("/check/sample/aborted", test_aborted);
  g_test_add_func ("/check/sample/nothing-but-aborted", test_nothing_but_aborted);
  g_test_add_func ("/check/sample/open", test_open);
  g_test_add_func ("/check/sample/open-from-the-start", test_open_from_the_start);
  return g_test_run ();
}
