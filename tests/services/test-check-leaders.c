/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "barista-records.h"
#include "sampled-topic.h"
#include "test-wait.h"

#include <string.h>

/* The sample of a topic whose partitions are led by several brokers: each of them knows of its own
 * partitions alone and refuses the others, as Kafka does. */

#define NOT_LEADER_OR_FOLLOWER 6
#define MAX_BROKERS 8
/* As if nobody led it. */
#define NOBODY (-1)

typedef struct _Cluster Cluster;

typedef struct
{
  Cluster *cluster;
  int node;
  gboolean silent;    /* never says a word */
  int hang_ups;       /* at its first so many fetches */
  FakeServer *server; /* NULL: does not run */
  guint16 port;
} Broker;

struct _Cluster
{
  Broker brokers[MAX_BROKERS];
  guint n_brokers;
  const int *listed, *led; /* node of each partition, as listed and in truth; ended by 0 */
  gboolean meddles;        /* brokers answer for partition 1 too, unasked */
  gboolean stutters;       /* each partition is listed twice */
};

/* --- the brokers --- */

static int
count_listed (const Cluster *cluster)
{
  int n = 0;

  while (cluster->listed[n] != 0)
    n++;
  return n;
}

static void
put_metadata (BaristaWireWriter *response, const Cluster *cluster)
{
  int n = count_listed (cluster);

  barista_wire_begin_array (response, "brokers", (int) cluster->n_brokers);
  for (guint i = 0; i < cluster->n_brokers; i++)
    {
      barista_wire_next (response);
      barista_wire_put_int (response, "nodeId", cluster->brokers[i].node);
      barista_wire_put_string (response, "host", "127.0.0.1");
      barista_wire_put_int (response, "port", cluster->brokers[i].port);
    }
  barista_wire_end_array (response);
  barista_wire_put_int (response, "controllerId", 1);
  barista_wire_begin_array (response, "topics", 1);
  barista_wire_next (response);
  barista_wire_put_string (response, "name", SAMPLED_TOPIC);
  barista_wire_begin_array (response, "partitions", n * (cluster->stutters ? 2 : 1));
  for (int i = 0; i < n * (cluster->stutters ? 2 : 1); i++)
    {
      barista_wire_next (response);
      barista_wire_put_int (response, "partitionIndex", i % n);
      barista_wire_put_int (response, "leaderId", cluster->listed[i % n]);
    }
  barista_wire_end_array (response);
  barista_wire_end_array (response);
}

/* One record, at the offset of the partition's number. */
static GByteArray *
make_batch (int partition)
{
  BaristaRecordBatch batch = { .base_offset = partition, .producer_id = -1 };
  BaristaRecordWriter *writer = barista_record_writer_new (&batch);

  barista_record_writer_add (writer, partition, 1760000000000, NULL, -1, (const guint8 *) "v", 1);
  return barista_record_writer_finish (writer);
}

static void
put_partition (BaristaWireWriter *response,
               const Broker *broker,
               BaristaApi api,
               const BaristaWireView *asked)
{
  int index = (int) barista_wire_view_get_int (asked, api == BARISTA_API_FETCH ? "partition"
                                                                               : "partitionIndex");
  gboolean led = broker->cluster->led[index] == broker->node;
  g_autoptr (GByteArray) batch = make_batch (index);

  barista_wire_next (response);
  barista_wire_put_int (response, "partitionIndex", index);
  barista_wire_put_int (response, "errorCode", led ? 0 : NOT_LEADER_OR_FOLLOWER);
  if (!led)
    return;

  if (api == BARISTA_API_FETCH)
    barista_wire_put_bytes (response, "records", batch->data, batch->len);
  else
    barista_wire_put_int (response, "offset",
                          barista_wire_view_get_int (asked, "timestamp") == SAMPLED_EARLIEST
                              ? index
                              : index + 1);
}

static void
put_partitions (BaristaWireWriter *response,
                const Broker *broker,
                BaristaApi api,
                const BaristaWireView *request)
{
  gboolean fetch = api == BARISTA_API_FETCH;
  gboolean meddles = broker->cluster->meddles && !fetch;
  BaristaWireIter topics, partitions;
  BaristaWireView topic, partition;
  gint64 timestamp = 0;
  int n;

  barista_wire_view_get_array (request, "topics", &topics);
  g_assert_true (barista_wire_iter_next (&topics, &topic));
  n = barista_wire_view_get_array (&topic, "partitions", &partitions);
  g_assert_cmpint (n, >, 0);
  barista_wire_begin_array (response, fetch ? "responses" : "topics", 1);
  barista_wire_next (response);
  barista_wire_put_string (response, fetch ? "topic" : "name", SAMPLED_TOPIC);
  barista_wire_begin_array (response, "partitions", n + (meddles ? 1 : 0));
  while (barista_wire_iter_next (&partitions, &partition))
    {
      put_partition (response, broker, api, &partition);
      timestamp = meddles ? barista_wire_view_get_int (&partition, "timestamp") : 0;
    }
  if (meddles)
    {
      barista_wire_next (response);
      barista_wire_put_int (response, "partitionIndex", 1);
      barista_wire_put_int (response, "offset", timestamp == SAMPLED_EARLIEST ? 0 : 1000);
    }
  barista_wire_end_array (response);
  barista_wire_end_array (response);
}

static void
answer (GIOStream *stream, GCancellable *stop, const Broker *broker, const FakeRequest *request)
{
  BaristaApi api = (BaristaApi) request->header.api_key;
  BaristaWireView view;
  BaristaWireWriter *response = sampled_begin_answer (request, &view);

  if (api == BARISTA_API_METADATA)
    put_metadata (response, broker->cluster);
  else
    put_partitions (response, broker, api, &view);
  fake_kafka_write (stream, stop, response);
}

static void
serve (GIOStream *stream, GCancellable *stop, gpointer data)
{
  Broker *broker = data;
  FakeRequest *request;
  gboolean hangs_up = FALSE;

  if (broker->silent)
    {
      fake_silent (stream, stop, NULL);
      return;
    }

  fake_kafka_hello (stream, stop, sampled_ranges);
  while (!hangs_up && (request = fake_kafka_read (stream, stop)) != NULL)
    {
      hangs_up = request->header.api_key == BARISTA_API_FETCH
                 && g_atomic_int_add (&broker->hang_ups, -1) > 0;
      if (!hangs_up)
        answer (stream, stop, broker, request);
      fake_request_free (request);
    }
}

/* Brokers 1 to @n; @down of them, the last ones, do not run. */
static void
start_cluster (Cluster *cluster, guint n, guint down)
{
  g_assert_cmpuint (n, <=, MAX_BROKERS);
  cluster->n_brokers = n;
  for (guint i = 0; i < n; i++)
    {
      Broker *broker = &cluster->brokers[i];

      broker->cluster = cluster;
      broker->node = (int) i + 1;
      if (i + down < n)
        broker->server = fake_server_new (serve, broker);
      broker->port = broker->server != NULL ? fake_server_get_port (broker->server)
                                            : fake_closed_port ();
    }
}

static void
stop_cluster (Cluster *cluster)
{
  for (guint i = 0; i < cluster->n_brokers; i++)
    g_clear_pointer (&cluster->brokers[i].server, fake_server_free);
}

/* --- the check --- */

static BaristaCheck *
run_check (Cluster *cluster)
{
  BaristaCheck *check = sampled_check_new (cluster->brokers[0].port);

  sampled_check_run (check);
  return check;
}

/* Each record says by its offset which partition it is of. */
static void
assert_sampled (BaristaCheck *check, const char *expected)
{
  const BaristaProbe *probe = g_ptr_array_index (barista_check_get_probes (check), 0);
  g_autoptr (GString) partitions = g_string_new (NULL);
  guint n = probe->sample->len;

  for (int wanted = 0; wanted < 100; wanted++)
    for (guint i = 0; i < n; i++)
      {
        const BaristaSampleRecord *record = g_ptr_array_index (probe->sample, i);

        if (record->partition != wanted)
          continue;
        g_assert_cmpint (record->offset, ==, wanted);
        g_string_append_printf (partitions, "%s%d", partitions->len > 0 ? " " : "", wanted);
      }
  g_assert_cmpstr (partitions->str, ==, expected);
}

static void
assert_leader (BaristaStageReport *stage, guint index, guint16 port, const char *rest)
{
  JsonArray *leaders = json_object_get_array_member (barista_stage_report_get_evidence (stage),
                                                     "leaders");
  g_autofree char *line = port != 0 ? g_strdup_printf ("127.0.0.1:%u: %s", port, rest)
                                    : g_strdup_printf ("others: %s", rest);

  g_assert_cmpuint (index, <, json_array_get_length (leaders));
  g_assert_cmpstr (json_array_get_string_element (leaders, index), ==, line);
}

static void
test_all_leaders (void)
{
  static const int nodes[] = { 2, 1, 3, 1, 2, 3, 3, 0 };
  Cluster cluster = { .listed = nodes, .led = nodes };
  g_autoptr (BaristaCheck) check = NULL;
  BaristaStageReport *stage;

  start_cluster (&cluster, 3, 0);
  check = run_check (&cluster);
  stage = sampled_get_stage (check);
  assert_sampled (check, "0 1 2 3 4 5 6");
  g_assert_cmpint (barista_stage_report_get_result (stage), ==, BARISTA_RESULT_PASSED);
  g_assert_null (barista_stage_report_get_cause (stage));
  sampled_assert_fact (stage, "partitions", 7);
  sampled_assert_fact (stage, "earliest", 0);
  sampled_assert_fact (stage, "latest", 7);
  assert_leader (stage, 0, cluster.brokers[0].port, "read, partitions: 2");
  assert_leader (stage, 1, cluster.brokers[1].port, "read, partitions: 2");
  assert_leader (stage, 2, cluster.brokers[2].port, "read, partitions: 3");
  for (guint i = 0; i < 3; i++)
    g_assert_cmpuint (fake_server_get_accepted (cluster.brokers[i].server), ==, 1);
  stop_cluster (&cluster);
}

/* Others are not connected to for what the check's own broker holds. */
static void
test_own_leader (void)
{
  static const int nodes[] = { 1, 1, 0 };
  Cluster cluster = { .listed = nodes, .led = nodes };
  g_autoptr (BaristaCheck) check = NULL;
  BaristaStageReport *stage;

  start_cluster (&cluster, 2, 0);
  check = run_check (&cluster);
  stage = sampled_get_stage (check);
  assert_sampled (check, "0 1");
  g_assert_false (json_object_has_member (barista_stage_report_get_evidence (stage), "leaders"));
  g_assert_cmpuint (fake_server_get_accepted (cluster.brokers[1].server), ==, 0);
  stop_cluster (&cluster);
}

static void
test_only_others (void)
{
  static const int nodes[] = { 2, 2, 0 };
  Cluster cluster = { .listed = nodes, .led = nodes };
  g_autoptr (BaristaCheck) check = NULL;

  start_cluster (&cluster, 2, 0);
  check = run_check (&cluster);
  assert_sampled (check, "0 1");
  g_assert_null (sampled_get_cause (check));
  stop_cluster (&cluster);
}

/* What can be read is read, and what can't be is told. */
static void
test_unreachable (void)
{
  static const int nodes[] = { 1, 2, NOBODY, 2, 7, 0 };
  Cluster cluster = { .listed = nodes, .led = nodes };
  g_autoptr (BaristaCheck) check = NULL;
  BaristaStageReport *stage;

  start_cluster (&cluster, 2, 1);
  check = run_check (&cluster);
  stage = sampled_get_stage (check);
  assert_sampled (check, "0");
  g_assert_cmpint (barista_stage_report_get_result (stage), ==, BARISTA_RESULT_FAILED);
  g_assert_cmpstr (barista_stage_report_get_cause (stage), ==, "partitions-unreachable");
  sampled_assert_fact (stage, "unreached_partitions", 4);
  sampled_assert_fact (stage, "unasked_partitions", 0);
  assert_leader (stage, 0, cluster.brokers[0].port, "read, partitions: 1");
  assert_leader (stage, 1, cluster.brokers[1].port, "connection-refused, partitions: 2");
  assert_leader (stage, 2, 0, "no-leader, partitions: 2");
  stop_cluster (&cluster);
}

/* Seven brokers: the check's own and four others are asked. */
static void
test_many (void)
{
  static const int nodes[] = { 7, 6, 5, 4, 3, 2, 1, 2, 0 };
  Cluster cluster = { .listed = nodes, .led = nodes };
  g_autoptr (BaristaCheck) check = NULL;
  BaristaStageReport *stage;

  start_cluster (&cluster, 7, 0);
  check = run_check (&cluster);
  stage = sampled_get_stage (check);
  assert_sampled (check, "0 1 2 3 6");
  g_assert_cmpint (barista_stage_report_get_result (stage), ==, BARISTA_RESULT_PASSED);
  g_assert_cmpstr (barista_stage_report_get_cause (stage), ==, "partitions-not-asked");
  sampled_assert_fact (stage, "unreached_partitions", 0);
  sampled_assert_fact (stage, "unasked_partitions", 3);
  g_assert_cmpuint (fake_server_get_accepted (cluster.brokers[1].server), ==, 0);
  g_assert_cmpuint (fake_server_get_accepted (cluster.brokers[2].server), ==, 0);
  stop_cluster (&cluster);
}

/* The listing is older than the move. */
static void
test_moved (void)
{
  static const int listed[] = { 1, 2, 0 };
  static const int led[] = { 1, 1, 0 };
  Cluster cluster = { .listed = listed, .led = led };
  g_autoptr (BaristaCheck) check = NULL;

  start_cluster (&cluster, 2, 0);
  check = run_check (&cluster);
  g_assert_cmpstr (sampled_get_cause (check), ==, "leader-moved");
  stop_cluster (&cluster);
}

/* Offsets of a partition whose leader is not there lead to no fetch. */
static void
test_meddling (void)
{
  static const int nodes[] = { 1, 2, 0 };
  Cluster cluster = { .listed = nodes, .led = nodes, .meddles = TRUE };
  g_autoptr (BaristaCheck) check = NULL;

  start_cluster (&cluster, 2, 1);
  check = run_check (&cluster);
  assert_sampled (check, "0");
  sampled_assert_fact (sampled_get_stage (check), "latest", 1);
  g_assert_cmpstr (sampled_get_cause (check), ==, "partitions-unreachable");
  stop_cluster (&cluster);
}

static void
test_listed_twice (void)
{
  static const int nodes[] = { 2, 1, 2, 0 };
  Cluster cluster = { .listed = nodes, .led = nodes, .stutters = TRUE };
  g_autoptr (BaristaCheck) check = NULL;

  start_cluster (&cluster, 2, 0);
  check = run_check (&cluster);
  assert_sampled (check, "0 1 2");
  sampled_assert_fact (sampled_get_stage (check), "partitions", 3);
  stop_cluster (&cluster);
}

/* A connection that ends is made anew once, to the broker that ended it. */
static void
test_hangs_up (void)
{
  static const int nodes[] = { 1, 2, 0 };
  Cluster cluster = { .listed = nodes, .led = nodes };
  g_autoptr (BaristaCheck) check = NULL;

  cluster.brokers[1].hang_ups = 1;
  start_cluster (&cluster, 2, 0);
  check = run_check (&cluster);
  assert_sampled (check, "0 1");
  g_assert_null (sampled_get_cause (check));
  g_assert_cmpuint (fake_server_get_accepted (cluster.brokers[0].server), ==, 1);
  g_assert_cmpuint (fake_server_get_accepted (cluster.brokers[1].server), ==, 2);
  stop_cluster (&cluster);
}

static void
test_hangs_up_again (void)
{
  static const int nodes[] = { 1, 2, 0 };
  Cluster cluster = { .listed = nodes, .led = nodes };
  g_autoptr (BaristaCheck) check = NULL;

  cluster.brokers[1].hang_ups = 2;
  start_cluster (&cluster, 2, 0);
  check = run_check (&cluster);
  assert_sampled (check, "0");
  g_assert_cmpstr (sampled_get_cause (check), ==, "reading-closed");
  stop_cluster (&cluster);
}

static void
on_stage (BaristaCheck *check, BaristaStageReport *stage, GCancellable *cancellable)
{
  /* The topic's end: the sample begins, and waits for the broker that says nothing. */
  if (barista_stage_report_get_stage (stage) == BARISTA_STAGE_TOPIC)
    g_timeout_add_once (0, (GSourceOnceFunc) g_cancellable_cancel, cancellable);
}

/* Stopped while a further broker is waited for. */
static void
test_cancel (void)
{
  static const int nodes[] = { 1, 2, 3, 0 };
  Cluster cluster = { .listed = nodes, .led = nodes };
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (BaristaCheck) check = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  cluster.brokers[1].silent = cluster.brokers[2].silent = TRUE;
  start_cluster (&cluster, 3, 0);
  check = sampled_check_new (cluster.brokers[0].port);
  g_signal_connect (check, "stage", G_CALLBACK (on_stage), cancellable);
  barista_check_run_async (check, cancellable, test_take_result, &result);
  barista_check_run_finish (check, test_wait (&result), &error);
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_cmpint (barista_stage_report_get_result (sampled_get_stage (check)), ==,
                   BARISTA_RESULT_CANCELLED);
  stop_cluster (&cluster);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/check/leaders/all", test_all_leaders);
  g_test_add_func ("/check/leaders/own", test_own_leader);
  g_test_add_func ("/check/leaders/only-others", test_only_others);
  g_test_add_func ("/check/leaders/unreachable", test_unreachable);
  g_test_add_func ("/check/leaders/many", test_many);
  g_test_add_func ("/check/leaders/moved", test_moved);
  g_test_add_func ("/check/leaders/meddling", test_meddling);
  g_test_add_func ("/check/leaders/listed-twice", test_listed_twice);
  g_test_add_func ("/check/leaders/hangs-up", test_hangs_up);
  g_test_add_func ("/check/leaders/hangs-up-again", test_hangs_up_again);
  g_test_add_func ("/check/leaders/cancel", test_cancel);
  return g_test_run ();
}
