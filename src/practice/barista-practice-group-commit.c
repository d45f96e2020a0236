/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "barista-practice-requests.h"

#define MAX_TOPICS 200000

/* One bad topic spoils the commit of all (dekaf.md 1.9). */
static gint16
check_topics (BaristaPracticeCall *call, BaristaWireIter iter)
{
  gint16 code = BARISTA_KAFKA_NONE;
  BaristaWireView view;

  while (code == BARISTA_KAFKA_NONE && barista_wire_iter_next (&iter, &view))
    {
      g_autofree char *name = barista_wire_view_dup_string (&view, "name");
      BaristaPracticeTopic *topic;

      code = barista_practice_call_find_binding (call, name, &topic);
    }
  return code;
}

static gint16
check_commit (BaristaPracticeCall *call, const char *group, const BaristaWireIter *topics)
{
  g_autofree char *member = barista_wire_view_dup_string (&call->request, "memberId");
  g_autofree char *instance = barista_wire_view_dup_string (&call->request, "groupInstanceId");
  BaristaPracticeMemberRef who = {
    group, member, instance,
    (gint32) barista_wire_view_get_int (&call->request, "generationIdOrMemberEpoch")
  };
  gint16 code;

  if (barista_practice_kafka_is_redirecting (call->client->kafka))
    return BARISTA_KAFKA_NOT_COORDINATOR;

  code = check_topics (call, *topics);
  return code != BARISTA_KAFKA_NONE
             ? code
             : barista_practice_members_may_commit (call->client->task->members, &who);
}

static gint16
commit_partition (BaristaPracticeCall *call,
                  const char *group,
                  const char *name,
                  const BaristaWireView *asked)
{
  gint32 partition = (gint32) barista_wire_view_get_int (asked, "partitionIndex");
  gint64 offset = barista_wire_view_get_int (asked, "committedOffset");
  gsize length = 0;
  const char *metadata = barista_wire_view_get_string (asked, "committedMetadata", &length);
  BaristaPracticeTopic *topic;
  gint16 code = barista_practice_call_find_binding (call, name, &topic);

  if (code != BARISTA_KAFKA_NONE || partition < 0 || (guint) partition >= topic->n_partitions)
    return BARISTA_KAFKA_UNKNOWN_TOPIC_OR_PARTITION;

  return barista_practice_groups_commit (call->client->task->groups, group, name, partition, offset,
                                         metadata, length)
             ? BARISTA_KAFKA_NONE
             : BARISTA_KAFKA_OFFSET_METADATA_TOO_LARGE;
}

static void
put_topic (BaristaPracticeCall *call, const char *group, const BaristaWireView *asked, gint16 code)
{
  g_autofree char *name = barista_wire_view_dup_string (asked, "name");
  BaristaWireIter iter;
  BaristaWireView view;
  int n = barista_wire_view_get_array (asked, "partitions", &iter);

  barista_wire_next (call->answer);
  barista_wire_put_string (call->answer, "name", name);
  barista_wire_begin_array (call->answer, "partitions", MAX (n, 0));
  while (n > 0 && barista_wire_iter_next (&iter, &view))
    {
      barista_wire_next (call->answer);
      barista_wire_put_int (call->answer, "partitionIndex",
                            barista_wire_view_get_int (&view, "partitionIndex"));
      barista_wire_put_int (call->answer, "errorCode",
                            code != BARISTA_KAFKA_NONE
                                ? code
                                : commit_partition (call, group, name, &view));
    }
  barista_wire_end_array (call->answer);
}

BaristaPracticeVerdict
barista_practice_offset_commit (BaristaPracticeCall *call)
{
  g_autofree char *group = barista_wire_view_dup_string (&call->request, "groupId");
  BaristaWireIter iter;
  BaristaWireView topic;
  int n = barista_wire_view_get_array (&call->request, "topics", &iter);
  gint16 code;

  if (n > MAX_TOPICS)
    return BARISTA_CLOSE;

  code = check_commit (call, group, &iter);
  barista_wire_begin_array (call->answer, "topics", MAX (n, 0));
  while (n > 0 && barista_wire_iter_next (&iter, &topic))
    put_topic (call, group, &topic, code);
  barista_wire_end_array (call->answer);
  return BARISTA_ANSWER;
}
