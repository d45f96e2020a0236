/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "barista-practice-requests.h"

#define NODE_ID 1
#define ADVERTISED_HOST "127.0.0.1"
/* Partitions or groups in one request. */
#define MAX_ITEMS 200000

static void
put_node (BaristaPracticeCall *call, gint16 error_code)
{
  gboolean none = error_code != BARISTA_KAFKA_NONE;

  barista_wire_put_int (call->answer, "nodeId", none ? -1 : NODE_ID);
  barista_wire_put_string (call->answer, "host", none ? "" : ADVERTISED_HOST);
  barista_wire_put_int (call->answer, "port",
                        none ? -1
                             : barista_practice_kafka_get_advertised_port (call->client->kafka));
}

/* Always itself, or where the task has moved to; the entries of version 4 have no key
 * (dekaf.md 1.9). */
BaristaPracticeVerdict
barista_practice_find_coordinator (BaristaPracticeCall *call)
{
  gboolean none = barista_practice_task_has_fault (call->client->task,
                                                   BARISTA_FAULT_NO_COORDINATOR);
  gint16 error_code = none ? BARISTA_KAFKA_COORDINATOR_NOT_AVAILABLE : BARISTA_KAFKA_NONE;
  BaristaWireIter iter;
  int n;

  if (call->version < 4)
    {
      barista_wire_put_int (call->answer, "errorCode", error_code);
      put_node (call, error_code);
      return BARISTA_ANSWER;
    }

  n = MAX (barista_wire_view_get_array (&call->request, "coordinatorKeys", &iter), 0);
  if (n > MAX_ITEMS)
    return BARISTA_CLOSE;

  barista_wire_begin_array (call->answer, "coordinators", n);
  for (int i = 0; i < n; i++)
    {
      barista_wire_next (call->answer);
      put_node (call, error_code);
      barista_wire_put_int (call->answer, "errorCode", error_code);
    }
  barista_wire_end_array (call->answer);
  return BARISTA_ANSWER;
}

/* What the group has committed; in the scenario group-used half of what there is to read. */
static gint64
committed_offset (BaristaPracticeCall *call,
                  const char *group,
                  const char *name,
                  BaristaPracticeTopic *topic,
                  gint32 partition,
                  const char **metadata,
                  gsize *length)
{
  gint64 start, modified_s;

  if (!barista_practice_task_has_fault (call->client->task, BARISTA_FAULT_GROUP_USED)
      || topic == NULL || partition < 0 || (guint) partition >= topic->n_partitions
      || !barista_practice_journal_get_start (topic->journals[partition], &start, &modified_s))
    return barista_practice_groups_get_offset (call->client->task->groups, group, name, partition,
                                               metadata, length);

  return start + (barista_practice_journal_get_head (topic->journals[partition]) - start) / 2;
}

static void
put_committed (BaristaPracticeCall *call,
               gint32 partition,
               gint64 offset,
               gint32 epoch,
               const char *metadata,
               gsize length,
               gint16 code)
{
  barista_wire_next (call->answer);
  barista_wire_put_int (call->answer, "partitionIndex", partition);
  barista_wire_put_int (call->answer, "committedOffset", offset);
  barista_wire_put_int (call->answer, "committedLeaderEpoch", offset >= 0 ? epoch : -1);
  barista_wire_put_text (call->answer, "metadata", metadata, length);
  barista_wire_put_int (call->answer, "errorCode", code);
}

/* Looks the name up as it is: the group calls don't decode (dekaf.md 1.7). */
gint16
barista_practice_call_find_binding (BaristaPracticeCall *call,
                                    const char *name,
                                    BaristaPracticeTopic **topic)
{
  *topic = barista_practice_catalog_find (call->client->task->catalog, name);
  if (*topic == NULL)
    return BARISTA_KAFKA_UNKNOWN_TOPIC_OR_PARTITION;

  return (*topic)->n_partitions == 0 ? BARISTA_KAFKA_LEADER_NOT_AVAILABLE : BARISTA_KAFKA_NONE;
}

static void
put_committed_topic (BaristaPracticeCall *call, const char *group, const BaristaWireView *asked)
{
  gboolean moved = barista_practice_kafka_is_redirecting (call->client->kafka);
  g_autofree char *name = barista_wire_view_dup_string (asked, "name");
  BaristaPracticeTopic *topic;
  gint16 code = barista_practice_call_find_binding (call, name, &topic);
  BaristaWireIter iter;
  int n = barista_wire_view_get_array (asked, "partitionIndexes", &iter);
  gint32 partition;

  barista_wire_next (call->answer);
  barista_wire_put_string (call->answer, "name", name);
  barista_wire_begin_array (call->answer, "partitions", moved ? 1 : MAX (n, 0));
  if (moved)
    put_committed (call, 0, -1, -1, "", 0, BARISTA_KAFKA_NOT_COORDINATOR);
  while (!moved && n > 0 && barista_wire_iter_next_int (&iter, &partition))
    {
      const char *metadata = "";
      gsize length = 0;
      gint64 offset = code == BARISTA_KAFKA_NONE ? committed_offset (call, group, name, topic,
                                                                     partition, &metadata, &length)
                                                 : -1;

      put_committed (call, partition, offset, topic != NULL ? topic->epoch : -1, metadata, length,
                     code);
    }
  barista_wire_end_array (call->answer);
}

/* "All topics" is an invalid request; one never committed has offset -1 (dekaf.md 1.9). */
BaristaPracticeVerdict
barista_practice_offset_fetch (BaristaPracticeCall *call)
{
  g_autofree char *group = barista_wire_view_dup_string (&call->request, "groupId");
  BaristaWireIter iter;
  BaristaWireView topic;
  int n = barista_wire_view_get_array (&call->request, "topics", &iter);

  if (n > MAX_ITEMS)
    return BARISTA_CLOSE;

  barista_wire_begin_array (call->answer, "topics", MAX (n, 0));
  while (n > 0 && barista_wire_iter_next (&iter, &topic))
    put_committed_topic (call, group, &topic);
  barista_wire_end_array (call->answer);
  barista_wire_put_int (call->answer, "errorCode",
                        n < 0 ? BARISTA_KAFKA_INVALID_REQUEST : BARISTA_KAFKA_NONE);
  return BARISTA_ANSWER;
}

/* Always empty, whatever groups there are. */
BaristaPracticeVerdict
barista_practice_list_groups (BaristaPracticeCall *call)
{
  barista_wire_put_int (call->answer, "errorCode", BARISTA_KAFKA_NONE);
  barista_wire_begin_array (call->answer, "groups", 0);
  barista_wire_end_array (call->answer);
  return BARISTA_ANSWER;
}

/* A group that the scenario makes up as used can be deleted, and is as used afterwards. */
static gint16
delete_group (BaristaPracticeCall *call, const char *group)
{
  BaristaPracticeTask *task = call->client->task;
  gint16 code = barista_practice_members_delete (task->members, group);

  if (code != BARISTA_KAFKA_NONE)
    return code;

  return barista_practice_groups_delete (task->groups, group)
                 || barista_practice_task_has_fault (task, BARISTA_FAULT_GROUP_USED)
             ? BARISTA_KAFKA_NONE
             : BARISTA_KAFKA_GROUP_ID_NOT_FOUND;
}

/* As the broker behind Dekaf does when it coordinates the group; no answer once the task has moved
 * (dekaf.md 1.9). */
BaristaPracticeVerdict
barista_practice_delete_groups (BaristaPracticeCall *call)
{
  BaristaWireIter iter;
  const char *name;
  gsize length;
  int n = MAX (barista_wire_view_get_array (&call->request, "groupsNames", &iter), 0);

  if (n > MAX_ITEMS || barista_practice_kafka_is_redirecting (call->client->kafka))
    return BARISTA_CLOSE;

  barista_wire_begin_array (call->answer, "results", n);
  while (n > 0 && barista_wire_iter_next_string (&iter, &name, &length))
    {
      g_autofree char *group = g_strndup (name, length);

      barista_wire_next (call->answer);
      barista_wire_put_string (call->answer, "groupId", group);
      barista_wire_put_int (call->answer, "errorCode", delete_group (call, group));
    }
  barista_wire_end_array (call->answer);
  return BARISTA_ANSWER;
}
