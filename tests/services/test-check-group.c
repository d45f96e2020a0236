/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sampled-topic.h"

/* How far a group has read in a topic of several partitions, from a broker that leads all of them. */

#define N_PARTITIONS 4

typedef struct
{
  gint64 first[N_PARTITIONS], end[N_PARTITIONS], committed[N_PARTITIONS];
  guint16 port;
} Broker;

static const FakeRange ranges[] = {
  { BARISTA_API_FETCH, 4, 11 },
  { BARISTA_API_LIST_OFFSETS, 2, 7 },
  { BARISTA_API_METADATA, 4, 9 },
  { BARISTA_API_OFFSET_FETCH, 1, 5 },
  { BARISTA_API_FIND_COORDINATOR, 0, 3 },
  { BARISTA_API_API_VERSIONS, 0, 3 },
  { -1 },
};

/* --- the broker --- */

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
  barista_wire_begin_array (response, "partitions", N_PARTITIONS);
  for (int i = 0; i < N_PARTITIONS; i++)
    {
      barista_wire_next (response);
      barista_wire_put_int (response, "partitionIndex", i);
      barista_wire_put_int (response, "leaderId", 1);
    }
  barista_wire_end_array (response);
  barista_wire_end_array (response);
}

/* Each partition that @request asks for; @member of it is of @values. */
static void
put_values (BaristaWireWriter *response,
            const BaristaWireView *request,
            const char *member,
            const gint64 values[N_PARTITIONS])
{
  barista_wire_begin_array (response, "topics", 1);
  barista_wire_next (response);
  barista_wire_put_string (response, "name", SAMPLED_TOPIC);
  barista_wire_begin_array (response, "partitions", N_PARTITIONS);
  for (int i = N_PARTITIONS - 1; i >= 0; i--) /* in whatever order */
    {
      barista_wire_next (response);
      barista_wire_put_int (response, "partitionIndex", i);
      barista_wire_put_int (response, member, values[i]);
    }
  barista_wire_end_array (response);
  barista_wire_end_array (response);
}

static gboolean
asks_for_first (const BaristaWireView *request)
{
  BaristaWireIter topics, partitions;
  BaristaWireView topic, partition;

  barista_wire_view_get_array (request, "topics", &topics);
  g_assert_true (barista_wire_iter_next (&topics, &topic));
  barista_wire_view_get_array (&topic, "partitions", &partitions);
  g_assert_true (barista_wire_iter_next (&partitions, &partition));
  return barista_wire_view_get_int (&partition, "timestamp") == SAMPLED_EARLIEST;
}

/* No record is needed to know where they lie. */
static void
put_nothing (BaristaWireWriter *response)
{
  barista_wire_begin_array (response, "responses", 0);
  barista_wire_end_array (response);
}

static void
answer (GIOStream *stream, GCancellable *stop, gpointer data, const FakeRequest *request)
{
  const Broker *broker = data;
  BaristaWireView view;
  BaristaWireWriter *response = sampled_begin_answer (request, &view);

  switch ((int) request->header.api_key)
    {
    case BARISTA_API_METADATA:
      put_metadata (response, broker);
      break;
    case BARISTA_API_LIST_OFFSETS:
      put_values (response, &view, "offset", asks_for_first (&view) ? broker->first : broker->end);
      break;
    case BARISTA_API_FIND_COORDINATOR:
      barista_wire_put_int (response, "nodeId", 1);
      barista_wire_put_string (response, "host", "127.0.0.1");
      barista_wire_put_int (response, "port", broker->port);
      break;
    case BARISTA_API_OFFSET_FETCH:
      put_values (response, &view, "committedOffset", broker->committed);
      break;
    default:
      put_nothing (response);
    }
  fake_kafka_write (stream, stop, response);
}

static void
serve (GIOStream *stream, GCancellable *stop, gpointer data)
{
  sampled_serve (stream, stop, ranges, answer, data);
}

/* --- the check --- */

static BaristaCheck *
run_check (Broker *broker)
{
  return sampled_check_served (serve, broker, &broker->port, BARISTA_STAGE_GROUP);
}

static void
test_several_partitions (void)
{
  /* Read: all 100, 25 of 50, none of 10; the last holds nothing. */
  Broker broker = { { 0, 1000, 5, 7 }, { 100, 1050, 15, 7 }, { 100, 1025, -1, -1 }, 0 };
  g_autoptr (BaristaCheck) check = run_check (&broker);
  BaristaStageReport *sample = sampled_get_stage (check);
  BaristaStageReport *group = sampled_find_stage (check, BARISTA_STAGE_GROUP);

  sampled_assert_fact (sample, "extent", 160);
  sampled_assert_fact (group, "partitions", 4);
  sampled_assert_fact (group, "extent", 160);
  sampled_assert_fact (group, "read", 125);
  sampled_assert_fact (group, "unread_partitions", 1);
  sampled_assert_fact (group, "committed", 1025);
  g_assert_cmpstr (barista_stage_report_get_cause (group), ==, "group-already-used");
}

static void
test_nobody_has_read (void)
{
  Broker broker = { { 0, 0, 0, 0 }, { 3, 3, 3, 0 }, { -1, -1, -1, -1 }, 0 };
  g_autoptr (BaristaCheck) check = run_check (&broker);
  BaristaStageReport *group = sampled_find_stage (check, BARISTA_STAGE_GROUP);

  sampled_assert_fact (group, "extent", 9);
  sampled_assert_fact (group, "read", 0);
  sampled_assert_fact (group, "unread_partitions", 3);
  sampled_assert_fact (group, "committed", -1);
  g_assert_null (barista_stage_report_get_cause (group));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/check/group/several-partitions", test_several_partitions);
  g_test_add_func ("/check/group/nobody-has-read", test_nobody_has_read);

  return g_test_run ();
}
