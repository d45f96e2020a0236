/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "barista-practice-requests.h"

#define NODE_ID 1
#define CLUSTER_ID "estuary-dekaf"
#define ADVERTISED_HOST "127.0.0.1"
/* Names in one request: a frame of 128 MiB could ask for the same topic ten million times. */
#define MAX_NAMES 200000

static BaristaPracticeVerdict api_versions (BaristaPracticeCall *call);
static BaristaPracticeVerdict metadata (BaristaPracticeCall *call);
static BaristaPracticeVerdict produce (BaristaPracticeCall *call);
static BaristaPracticeVerdict describe_configs (BaristaPracticeCall *call);

#define TXN_OFFSET_COMMIT 28
#define DELETE_TOPICS 20

/* What is offered, in Dekaf's order (dekaf.md 1.3). Versions are advertised, not enforced: whatever
 * the codec can read is answered. Without a handler the connection is closed, as it is for all that
 * is not listed. */
static const struct
{
  gint16 key, min_version, max_version;
  gboolean signed_in; /* else the connection is closed (dekaf.md 1.4) */
  BaristaPracticeHandler handler;
} offered[] = {
  { BARISTA_API_API_VERSIONS, 0, 4, FALSE, api_versions },
  { BARISTA_API_SASL_HANDSHAKE, 0, 1, FALSE, barista_practice_sasl_handshake },
  { BARISTA_API_SASL_AUTHENTICATE, 0, 2, FALSE, barista_practice_sasl_authenticate },
  { BARISTA_API_METADATA, 9, 9, TRUE, metadata },
  { BARISTA_API_FIND_COORDINATOR, 0, 2, FALSE, barista_practice_find_coordinator },
  { BARISTA_API_LIST_OFFSETS, 4, 9, TRUE, barista_practice_list_offsets },
  { BARISTA_API_FETCH, 4, 12, TRUE, barista_practice_fetch },
  { BARISTA_API_DESCRIBE_CONFIGS, 0, 4, FALSE, describe_configs },
  { BARISTA_API_JOIN_GROUP, 0, 9, TRUE, barista_practice_join_group },
  { BARISTA_API_LEAVE_GROUP, 0, 5, TRUE, barista_practice_leave_group },
  { BARISTA_API_LIST_GROUPS, 0, 5, TRUE, barista_practice_list_groups },
  { BARISTA_API_SYNC_GROUP, 0, 5, TRUE, barista_practice_sync_group },
  { BARISTA_API_DELETE_GROUPS, 0, 2, TRUE, barista_practice_delete_groups },
  { BARISTA_API_HEARTBEAT, 0, 4, TRUE, barista_practice_heartbeat },
  { BARISTA_API_OFFSET_COMMIT, 6, 6, TRUE, barista_practice_offset_commit },
  { BARISTA_API_OFFSET_FOR_LEADER_EPOCH, 2, 2, TRUE, barista_practice_offset_for_leader_epoch },
  { BARISTA_API_OFFSET_FETCH, 0, 7, TRUE, barista_practice_offset_fetch },
  { BARISTA_API_PRODUCE, 3, 9, FALSE, produce },
  { TXN_OFFSET_COMMIT, 2, 2, TRUE, NULL },
  { DELETE_TOPICS, 3, 3, TRUE, NULL },
};

/* Another single version of Metadata, for clients that must cope with other gateways. */
static gint16
metadata_version (BaristaPracticeTask *task)
{
  if (barista_practice_task_has_fault (task, BARISTA_FAULT_METADATA_7))
    return 7;
  return barista_practice_task_has_fault (task, BARISTA_FAULT_METADATA_12) ? 12 : 9;
}

static BaristaPracticeVerdict
api_versions (BaristaPracticeCall *call)
{
  gint16 only = metadata_version (call->client->task);

  barista_wire_put_int (call->answer, "errorCode", BARISTA_KAFKA_NONE);
  barista_wire_begin_array (call->answer, "apiKeys", G_N_ELEMENTS (offered));
  for (guint i = 0; i < G_N_ELEMENTS (offered); i++)
    {
      gboolean is_metadata = offered[i].key == BARISTA_API_METADATA;

      barista_wire_next (call->answer);
      barista_wire_put_int (call->answer, "apiKey", offered[i].key);
      barista_wire_put_int (call->answer, "minVersion",
                            is_metadata ? only : offered[i].min_version);
      barista_wire_put_int (call->answer, "maxVersion",
                            is_metadata ? only : offered[i].max_version);
    }
  barista_wire_end_array (call->answer);
  return BARISTA_ANSWER;
}

static void
put_partitions (BaristaPracticeCall *call, guint n, gint32 epoch)
{
  barista_wire_begin_array (call->answer, "partitions", n);
  for (guint i = 0; i < n; i++)
    {
      barista_wire_next (call->answer);
      barista_wire_put_int (call->answer, "errorCode", BARISTA_KAFKA_NONE);
      barista_wire_put_int (call->answer, "partitionIndex", i);
      barista_wire_put_int (call->answer, "leaderId", NODE_ID);
      barista_wire_put_int (call->answer, "leaderEpoch", epoch);
      barista_wire_begin_array (call->answer, "replicaNodes", 1);
      barista_wire_put_element_int (call->answer, NODE_ID);
      barista_wire_end_array (call->answer);
      barista_wire_begin_array (call->answer, "isrNodes", 1);
      barista_wire_put_element_int (call->answer, NODE_ID);
      barista_wire_end_array (call->answer);
    }
  barista_wire_end_array (call->answer);
}

/* A moved task is listed with one partition each, of epoch 0, ready or not (dekaf.md 1.6). */
static void
put_topic (BaristaPracticeCall *call, const char *wire_name, guint n_partitions, gint32 epoch)
{
  gboolean moved = barista_practice_kafka_is_redirecting (call->client->kafka);
  gboolean ready = moved || n_partitions > 0;

  barista_wire_next (call->answer);
  barista_wire_put_int (call->answer, "errorCode",
                        ready ? BARISTA_KAFKA_NONE : BARISTA_KAFKA_LEADER_NOT_AVAILABLE);
  barista_wire_put_string (call->answer, "name", wire_name);
  put_partitions (call, moved ? 1 : n_partitions, moved ? 0 : epoch);
}

static void
put_all_topics (BaristaPracticeCall *call)
{
  BaristaPracticeTask *task = call->client->task;
  guint n = barista_practice_catalog_get_n_topics (task->catalog);

  barista_wire_begin_array (call->answer, "topics", n);
  for (guint i = 0; i < n; i++)
    {
      const char *name = barista_practice_catalog_get_name (task->catalog, i);
      g_autofree char *wire_name = barista_practice_task_wire_name (task, name);
      gint32 epoch;
      guint n_partitions = barista_practice_catalog_get_partitions (task->catalog, i, &epoch);

      put_topic (call, wire_name, n_partitions, epoch);
    }
  barista_wire_end_array (call->answer);
}

/**
 * barista_practice_call_find_topic:
 * @view: what has the name
 * @field: and in which field
 * @name: (out) (transfer full): the name as asked
 * @topic: (out) (nullable): its topic
 *
 * Returns: %FALSE for the dot trap, which ends the connection
 */
gboolean
barista_practice_call_find_topic (BaristaPracticeCall *call,
                                  const BaristaWireView *view,
                                  const char *field,
                                  char **name,
                                  BaristaPracticeTopic **topic)
{
  gboolean broken;

  *name = barista_wire_view_dup_string (view, field);
  if (*name == NULL)
    return FALSE;

  *topic = barista_practice_task_find (call->client->task, *name, &broken);
  return !broken;
}

/* One that is there is called as it was asked for; the others go through the encoder once more. */
static gboolean
put_named_topic (BaristaPracticeCall *call, const BaristaWireView *asked)
{
  g_autofree char *name = NULL;
  g_autofree char *encoded = NULL;
  BaristaPracticeTopic *topic = NULL;

  if (!barista_practice_call_find_topic (call, asked, "name", &name, &topic))
    return FALSE;

  if (topic == NULL || topic->n_partitions == 0)
    encoded = barista_practice_task_wire_name (call->client->task, name);
  if (topic != NULL)
    {
      put_topic (call, encoded != NULL ? encoded : name, topic->n_partitions, topic->epoch);
      return TRUE;
    }
  barista_wire_next (call->answer);
  barista_wire_put_int (call->answer, "errorCode", BARISTA_KAFKA_UNKNOWN_TOPIC_OR_PARTITION);
  barista_wire_put_string (call->answer, "name", encoded);
  barista_wire_begin_array (call->answer, "partitions", 0);
  barista_wire_end_array (call->answer);
  return TRUE;
}

static gboolean
put_named_topics (BaristaPracticeCall *call, int n, BaristaWireIter *iter)
{
  BaristaWireView asked;

  barista_wire_begin_array (call->answer, "topics", n);
  while (barista_wire_iter_next (iter, &asked))
    if (!put_named_topic (call, &asked))
      return FALSE;

  barista_wire_end_array (call->answer);
  return TRUE;
}

static BaristaPracticeVerdict
metadata (BaristaPracticeCall *call)
{
  BaristaWireIter iter;
  int n = barista_wire_view_get_array (&call->request, "topics", &iter);

  if (barista_practice_task_has_fault (call->client->task, BARISTA_FAULT_METADATA_CLOSED)
      || n > MAX_NAMES)
    return BARISTA_CLOSE;

  barista_wire_begin_array (call->answer, "brokers", 1);
  barista_wire_next (call->answer);
  barista_wire_put_int (call->answer, "nodeId", NODE_ID);
  barista_wire_put_string (call->answer, "host", ADVERTISED_HOST);
  barista_wire_put_int (call->answer, "port",
                        barista_practice_kafka_get_advertised_port (call->client->kafka));
  barista_wire_put_string (call->answer, "rack", NULL);
  barista_wire_end_array (call->answer);
  barista_wire_put_string (call->answer, "clusterId", CLUSTER_ID);
  barista_wire_put_int (call->answer, "controllerId", NODE_ID);

  /* null and empty both ask for all (dekaf.md 1.7) */
  if (n <= 0)
    put_all_topics (call);
  else if (!put_named_topics (call, n, &iter))
    return BARISTA_CLOSE;

  return BARISTA_ANSWER;
}

/* Offered only because librdkafka reads nothing without it: every write is an invalid request, and
 * the topic has no name in the answer. */
static void
put_refused_partitions (BaristaPracticeCall *call, const BaristaWireView *topic)
{
  BaristaWireIter iter;
  BaristaWireView partition;
  int n = barista_wire_view_get_array (topic, "partitionData", &iter);

  barista_wire_begin_array (call->answer, "partitionResponses", MAX (n, 0));
  while (n > 0 && barista_wire_iter_next (&iter, &partition))
    {
      barista_wire_next (call->answer);
      barista_wire_put_int (call->answer, "index", barista_wire_view_get_int (&partition, "index"));
      barista_wire_put_int (call->answer, "errorCode", BARISTA_KAFKA_INVALID_REQUEST);
    }
  barista_wire_end_array (call->answer);
}

static BaristaPracticeVerdict
produce (BaristaPracticeCall *call)
{
  BaristaWireIter iter;
  BaristaWireView topic;
  int n = barista_wire_view_get_array (&call->request, "topicData", &iter);

  if (n > MAX_NAMES)
    return BARISTA_CLOSE;

  barista_wire_begin_array (call->answer, "responses", MAX (n, 0));
  while (n > 0 && barista_wire_iter_next (&iter, &topic))
    {
      barista_wire_next (call->answer);
      barista_wire_put_string (call->answer, "name", "");
      put_refused_partitions (call, &topic);
    }
  barista_wire_end_array (call->answer);
  return BARISTA_ANSWER;
}

#define RESOURCE_TOPIC 2

static void
put_stub_configs (BaristaPracticeCall *call)
{
  static const char *const configs[][2] = { { "some-key", "some-value" },
                                            { "another-key", "another-value" } };

  barista_wire_begin_array (call->answer, "configs", G_N_ELEMENTS (configs));
  for (guint i = 0; i < G_N_ELEMENTS (configs); i++)
    {
      barista_wire_next (call->answer);
      barista_wire_put_string (call->answer, "name", configs[i][0]);
      barista_wire_put_string (call->answer, "value", configs[i][1]);
      barista_wire_put_int (call->answer, "readOnly", TRUE);
    }
  barista_wire_end_array (call->answer);
}

/* The answer is about topics only; other resources are left out of it. */
static BaristaPracticeVerdict
describe_configs (BaristaPracticeCall *call)
{
  BaristaWireIter iter, again;
  BaristaWireView resource;
  int n = barista_wire_view_get_array (&call->request, "resources", &iter), n_topics = 0;

  if (n > MAX_NAMES)
    return BARISTA_CLOSE;

  again = iter;
  while (n > 0 && barista_wire_iter_next (&again, &resource))
    if (barista_wire_view_get_int (&resource, "resourceType") == RESOURCE_TOPIC)
      n_topics++;

  barista_wire_begin_array (call->answer, "results", n_topics);
  while (n > 0 && barista_wire_iter_next (&iter, &resource))
    {
      g_autofree char *name = barista_wire_view_dup_string (&resource, "resourceName");

      if (barista_wire_view_get_int (&resource, "resourceType") != RESOURCE_TOPIC)
        continue;
      barista_wire_next (call->answer);
      barista_wire_put_int (call->answer, "resourceType", RESOURCE_TOPIC);
      barista_wire_put_string (call->answer, "resourceName", name);
      put_stub_configs (call);
    }
  barista_wire_end_array (call->answer);
  return BARISTA_ANSWER;
}

static BaristaPracticeHandler
find_handler (BaristaPracticeClient *client, gint16 key)
{
  for (guint i = 0; i < G_N_ELEMENTS (offered); i++)
    if (offered[i].key == key)
      return !offered[i].signed_in || client->user != NULL ? offered[i].handler : NULL;

  return NULL;
}

/**
 * barista_practice_answer:
 * @client: who asks
 * @frame: the request, without its size
 * @elapsed_ms: since it was asked; not 0 after %BARISTA_WAIT
 * @answer: (out) (transfer full): the whole frame of the answer, for %BARISTA_ANSWER
 * @wait_ms: (out): for %BARISTA_WAIT
 *
 * Whatever can't be answered (unknown API or version, malformed, not signed in) ends the connection
 * without a word, as it does in Dekaf.
 */
BaristaPracticeVerdict
barista_practice_answer (BaristaPracticeClient *client,
                         const guint8 *frame,
                         gsize length,
                         guint elapsed_ms,
                         GBytes **answer,
                         guint *wait_ms)
{
  BaristaPracticeCall call = { .client = client, .elapsed_ms = elapsed_ms };
  BaristaWireRequestHeader header;
  BaristaPracticeHandler handler;
  BaristaPracticeVerdict verdict;
  const guint8 *body;
  gsize body_length;

  if (client->raw_token)
    return barista_practice_sasl_raw (client, frame, length, elapsed_ms, answer, wait_ms);

  if (!barista_wire_parse_request (frame, length, &header, &body, &body_length, NULL)
      || (handler = find_handler (client, header.api_key)) == NULL
      || !barista_wire_view_init_request (&call.request, barista_wire_layout (header.api_key),
                                          header.api_version, body, body_length, NULL))
    return BARISTA_CLOSE;

  call.version = header.api_version;
  call.answer = barista_wire_response_new (header.api_key, header.api_version,
                                           header.correlation_id);
  verdict = handler (&call);
  *wait_ms = call.wait_ms;
  if (verdict == BARISTA_ANSWER)
    *answer = barista_wire_writer_finish (call.answer);
  else
    barista_wire_writer_free (call.answer);
  return verdict;
}

void
barista_practice_client_clear (BaristaPracticeClient *self)
{
  g_clear_pointer (&self->user, g_free);
  g_clear_pointer (&self->turn, barista_practice_turn_unref);
}
