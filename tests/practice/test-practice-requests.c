/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "frames.h"
#include "raw-client.h"

#include <string.h>

/* The table, its order and its ranges, against frames by Kafka's own encoder. */
static void
test_api_versions (void)
{
  g_autoptr (BaristaPractice) practice = start_practice (NULL);
  g_autoptr (RawClient) client = raw_client_new (practice);
  g_autoptr (GPtrArray) frames = frames_load ("api-versions");
  guint n = 0;

  for (guint i = 0; i < frames->len; i++)
    {
      const Frame *frame = g_ptr_array_index (frames, i);
      BaristaWireView answer;
      gsize length;
      const guint8 *bytes;

      if (strstr (frame->title, "the table of Dekaf") == NULL)
        continue;
      g_assert_true (raw_client_call (
          client, raw_client_request (client, BARISTA_API_API_VERSIONS, frame->version),
          BARISTA_API_API_VERSIONS, frame->version, &answer));
      bytes = g_bytes_get_data (client->frame, &length);
      g_assert_cmpmem (bytes + 4, length - 4, frame->bytes->data + 4, frame->bytes->len - 4);
      n++;
    }
  g_assert_cmpuint (n, ==, 5);
}

static gboolean
is_answered (BaristaPractice *practice, BaristaApi api, gint16 version, gboolean signed_in)
{
  g_autoptr (RawClient) client = signed_in ? raw_client_new_signed_in (practice)
                                           : raw_client_new (practice);
  BaristaWireView answer;

  return raw_client_call (client, raw_client_request (client, api, version), api, version, &answer);
}

/* dekaf.md 1.4 */
static void
test_before_sign_in (void)
{
  static const struct
  {
    BaristaApi api;
    gint16 version;
    gboolean before, after;
  } calls[] = {
    { BARISTA_API_FIND_COORDINATOR, 2, TRUE, TRUE },
    { BARISTA_API_DESCRIBE_CONFIGS, 4, TRUE, TRUE },
    { BARISTA_API_PRODUCE, 9, TRUE, TRUE },
    { BARISTA_API_METADATA, 9, FALSE, TRUE },
    { BARISTA_API_FETCH, 12, FALSE, TRUE },
    { BARISTA_API_LIST_OFFSETS, 9, FALSE, TRUE },
    { BARISTA_API_OFFSET_FOR_LEADER_EPOCH, 2, FALSE, TRUE },
    { BARISTA_API_LIST_GROUPS, 4, FALSE, TRUE },
    { BARISTA_API_DELETE_GROUPS, 2, FALSE, TRUE },
    { BARISTA_API_OFFSET_FETCH, 7, FALSE, TRUE },
    { BARISTA_API_JOIN_GROUP, 9, FALSE, TRUE },
    { BARISTA_API_SYNC_GROUP, 5, FALSE, TRUE },
    { BARISTA_API_HEARTBEAT, 4, FALSE, TRUE },
    { BARISTA_API_LEAVE_GROUP, 5, FALSE, TRUE },
    { BARISTA_API_OFFSET_COMMIT, 6, FALSE, TRUE },
  };
  g_autoptr (BaristaPractice) practice = start_practice (NULL);

  for (guint i = 0; i < G_N_ELEMENTS (calls); i++)
    {
      g_test_message ("%s", barista_api_to_string (calls[i].api));
      g_assert_cmpint (is_answered (practice, calls[i].api, calls[i].version, FALSE), ==,
                       calls[i].before);
      g_assert_cmpint (is_answered (practice, calls[i].api, calls[i].version, TRUE), ==,
                       calls[i].after);
    }
}

/* Frames after which Dekaf hangs up without a word. */
static void
test_closes (void)
{
  static const char *const frames[] = {
    "000f000500000001ffff",           /* DescribeGroups: not offered */
    "0014000300000001ffff",           /* DeleteTopics: offered, not there */
    "001c000200000001ffff",           /* TxnOffsetCommit: the same */
    "0012000500000001ffff",           /* ApiVersions 5: no such version */
    "0012ffff00000001ffff",           /* version -1 */
    "0003000d00000001ffff",           /* Metadata 13 */
    "7fff000000000001ffff",           /* no such API */
    "",                               /* nothing at all */
    "001200",                         /* not even a header */
    "000300090000000100006e6f7065",   /* text where a compact array should be */
    "00030009000000010000ffffffff0f", /* four billion topics in no bytes */
  };
  g_autoptr (BaristaPractice) practice = start_practice (NULL);

  for (guint i = 0; i < G_N_ELEMENTS (frames); i++)
    {
      g_autoptr (RawClient) client = raw_client_new_signed_in (practice);
      g_autoptr (GByteArray) bytes = bytes_from_hex (frames[i]);
      guint32 size = GUINT32_TO_BE (bytes->len);

      g_test_message ("%s", frames[i]);
      g_byte_array_prepend (bytes, (const guint8 *) &size, sizeof size);
      raw_client_send (client, bytes->data, bytes->len);
      g_assert_true (raw_client_is_closed (client));
    }
}

static void
test_sizes (void)
{
  static const char *const sizes[] = {
    "ffffffff",                         /* a negative one */
    "08000001",                         /* 128 MiB and a byte */
    "474554202f20485454502f312e310d0a", /* GET / HTTP/1.1 */
  };
  g_autoptr (BaristaPractice) practice = start_practice (NULL);

  for (guint i = 0; i < G_N_ELEMENTS (sizes); i++)
    {
      g_autoptr (RawClient) client = raw_client_new (practice);
      g_autoptr (GByteArray) bytes = bytes_from_hex (sizes[i]);

      raw_client_send (client, bytes->data, bytes->len);
      g_assert_true (raw_client_is_closed (client));
    }
}

/* librdkafka 2.8 sends three bytes too many for "all topics"; Kafka and Dekaf pass over them. */
static void
test_bytes_behind (void)
{
  g_autoptr (BaristaPractice) practice = start_practice (NULL);
  g_autoptr (RawClient) client = raw_client_new_signed_in (practice);
  g_autoptr (GByteArray) bytes = bytes_from_hex (
      "0000001a0003000900000005000772646b61666b61000000000001000000");

  raw_client_send (client, bytes->data, bytes->len);
  g_assert_false (raw_client_is_closed (client));
}

static void
list_topics (RawClient *client, const char *const *names, BaristaWireView *answer)
{
  BaristaWireWriter *request = raw_client_request (client, BARISTA_API_METADATA, 9);
  guint n = names != NULL ? g_strv_length ((char **) names) : 0;

  barista_wire_begin_array (request, "topics", names != NULL ? (int) n : -1);
  for (guint i = 0; i < n; i++)
    {
      barista_wire_next (request);
      barista_wire_put_string (request, "name", names[i]);
    }
  if (names != NULL)
    barista_wire_end_array (request);
  g_assert_true (raw_client_call (client, request, BARISTA_API_METADATA, 9, answer));
}

static void
check_topic (const BaristaWireView *answer, guint i, const char *name, int error, int n_partitions)
{
  BaristaWireView topic = raw_element (answer, "topics", i);
  g_autofree char *found = barista_wire_view_dup_string (&topic, "name");
  BaristaWireIter iter;

  g_assert_cmpstr (found, ==, name);
  g_assert_cmpint (barista_wire_view_get_int (&topic, "errorCode"), ==, error);
  g_assert_cmpint (barista_wire_view_get_array (&topic, "partitions", &iter), ==, n_partitions);
}

static void
test_metadata_all (void)
{
  static const char *const none[] = { NULL };
  g_autoptr (BaristaPractice) practice = start_practice (NULL);
  g_autoptr (RawClient) client = raw_client_new_signed_in (practice);
  const char *server = barista_practice_get_info (practice)->bootstrap_servers;
  BaristaWireView answer, broker, topic, partition;
  g_autofree char *cluster = NULL;
  BaristaWireIter iter;

  list_topics (client, none, &answer); /* empty is all as well */
  g_assert_cmpint (barista_wire_view_get_array (&answer, "topics", &iter), ==, 7);
  list_topics (client, NULL, &answer);
  g_assert_cmpint (barista_wire_view_get_array (&answer, "topics", &iter), ==, 7);
  g_assert_cmpint (barista_wire_view_get_array (&answer, "brokers", &iter), ==, 1);
  broker = raw_element (&answer, "brokers", 0);
  cluster = barista_wire_view_dup_string (&answer, "clusterId");
  g_assert_cmpstr (cluster, ==, "estuary-dekaf");
  g_assert_cmpint (barista_wire_view_get_int (&broker, "nodeId"), ==, 1);
  g_assert_cmpint (barista_wire_view_get_int (&broker, "port"), ==,
                   atoi (strchr (server, ':') + 1));
  g_assert_cmpint (barista_wire_view_get_int (&answer, "clusterAuthorizedOperations"), ==,
                   G_MININT32);

  check_topic (&answer, 0, "acmeCo/customers", 0, 2);
  check_topic (&answer, 4, "acmeCo/orders", 0, 3);
  topic = raw_element (&answer, "topics", 5); /* acmeCo/products was backfilled once */
  partition = raw_element (&topic, "partitions", 0);
  g_assert_cmpint (barista_wire_view_get_int (&partition, "leaderEpoch"), ==, 2);
}

/* Either form of a name is found, and echoed as it was asked for. */
static void
test_metadata_named (void)
{
  static const char *const names[] = { "acmeCo.2Forders", "acmeCo/nope", "orders.v1",
                                       "acmeCo/adjustments", NULL };
  g_autoptr (BaristaPractice) practice = start_scenario ("not-ready");
  g_autoptr (RawClient) client = raw_client_new_signed_in (practice);
  BaristaWireView answer;

  list_topics (client, names, &answer);
  check_topic (&answer, 0, "acmeCo.2Forders", 0, 3);
  check_topic (&answer, 1, "acmeCo/nope", 3, 0);
  check_topic (&answer, 2, "orders.v1", 3, 0); /* the dot trap */
  check_topic (&answer, 3, "acmeCo/adjustments", 5, 0);
}

static void
test_metadata_strict (void)
{
  static const char *const names[] = { "acmeCo/orders", "acmeCo.2Fnope", NULL };
  g_autoptr (BaristaPractice) practice = start_practice (
      &(BaristaPracticeOptions) { .tls = TRUE, .seed = 1, .strict = TRUE });
  g_autoptr (RawClient) client = raw_client_new_signed_in (practice);
  BaristaWireView answer;

  list_topics (client, NULL, &answer);
  check_topic (&answer, 3, "acmeCo.2Forder.5Flines", 0, 2);
  list_topics (client, names, &answer);
  check_topic (&answer, 0, "acmeCo/orders", 0, 3);
  check_topic (&answer, 1, "acmeCo.2E2Fnope", 3, 0); /* encoded once more */
}

/* A name whose escapes are no text ends the connection. */
static void
test_dot_trap (void)
{
  g_autoptr (BaristaPractice) practice = start_practice (NULL);
  g_autoptr (RawClient) client = raw_client_new_signed_in (practice);
  BaristaWireWriter *request = raw_client_request (client, BARISTA_API_METADATA, 9);
  BaristaWireView answer;

  barista_wire_begin_array (request, "topics", 1);
  barista_wire_next (request);
  barista_wire_put_string (request, "name", "a.ff");
  barista_wire_end_array (request);
  g_assert_false (raw_client_call (client, request, BARISTA_API_METADATA, 9, &answer));
}

static void
test_produce (void)
{
  g_autoptr (BaristaPractice) practice = start_practice (NULL);
  g_autoptr (RawClient) client = raw_client_new_signed_in (practice);
  BaristaWireWriter *request = raw_client_request (client, BARISTA_API_PRODUCE, 9);
  BaristaWireView answer, topic, partition;
  g_autofree char *name = NULL;

  barista_wire_begin_array (request, "topicData", 1);
  barista_wire_next (request);
  barista_wire_put_string (request, "name", "acmeCo/orders");
  barista_wire_begin_array (request, "partitionData", 1);
  barista_wire_next (request);
  barista_wire_put_int (request, "index", 2);
  barista_wire_end_array (request);
  barista_wire_end_array (request);
  g_assert_true (raw_client_call (client, request, BARISTA_API_PRODUCE, 9, &answer));
  topic = raw_element (&answer, "responses", 0);
  partition = raw_element (&topic, "partitionResponses", 0);
  name = barista_wire_view_dup_string (&topic, "name");
  g_assert_cmpstr (name, ==, "");
  g_assert_cmpint (barista_wire_view_get_int (&partition, "errorCode"), ==, 42);
}

static gboolean
says_hello (RawClient *client)
{
  BaristaWireView answer;

  return raw_client_call (client, raw_client_request (client, BARISTA_API_API_VERSIONS, 3),
                          BARISTA_API_API_VERSIONS, 3, &answer);
}

/* 300 at most: one more is accepted and closed; when one leaves, another may come. */
static void
test_connection_limit (void)
{
  g_autoptr (BaristaPractice) practice = start_practice (&(BaristaPracticeOptions) { .seed = 1 });
  g_autoptr (GPtrArray) clients = g_ptr_array_new_with_free_func ((GDestroyNotify) raw_client_free);
  gboolean let_in = FALSE;

  for (guint i = 0; i < 300; i++)
    {
      g_ptr_array_add (clients, raw_client_new (practice));
      g_assert_true (says_hello (g_ptr_array_index (clients, i)));
    }
  for (guint i = 0; i < 3; i++)
    {
      g_autoptr (RawClient) another = raw_client_new (practice);

      g_assert_true (raw_client_is_closed (another));
    }

  g_ptr_array_remove_index (clients, 0);
  while (!let_in)
    {
      g_autoptr (RawClient) another = raw_client_new (practice);

      let_in = says_hello (another);
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/practice/requests/api-versions", test_api_versions);
  g_test_add_func ("/practice/requests/before-sign-in", test_before_sign_in);
  g_test_add_func ("/practice/requests/closes", test_closes);
  g_test_add_func ("/practice/requests/sizes", test_sizes);
  g_test_add_func ("/practice/requests/bytes-behind", test_bytes_behind);
  g_test_add_func ("/practice/requests/metadata-all", test_metadata_all);
  g_test_add_func ("/practice/requests/metadata-named", test_metadata_named);
  g_test_add_func ("/practice/requests/metadata-strict", test_metadata_strict);
  g_test_add_func ("/practice/requests/dot-trap", test_dot_trap);
  g_test_add_func ("/practice/requests/produce", test_produce);
  g_test_add_func ("/practice/requests/connection-limit", test_connection_limit);
  return g_test_run ();
}
