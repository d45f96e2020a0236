/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "barista-check-group.h"

#include <string.h>

/* The throw-away group (--join): joined with the topic as Tinybird's consumer will, and left at
 * once. Once in a check a second one is joined with all probed topics together, which tells what
 * becomes of a consumer that reads several of them as one group. */

#define UNKNOWN_TOPIC_OR_PARTITION 3
#define LEADER_NOT_AVAILABLE 5
#define MEMBER_ID_REQUIRED 79

/* Of the throw-away member, should its leaving get lost. */
#define SESSION_MS 6000
/* A subscription names its topics one by one. */
#define MAX_TOGETHER 1000

void
check_start_join (CheckStage *stage)
{
  CheckGroup *work = stage->work;

  g_free (work->throw_away);
  work->throw_away = g_strdup_printf ("%s-check-%08x", work->group, g_random_int ());
  g_clear_pointer (&work->member, g_free);
  check_find_coordinator (stage);
}

/* Each topic has a group of its own: what a common one would meet is worth one try. */
static gboolean
is_tried_together (CheckStage *stage)
{
  BaristaCheck *self = stage->check;

  return !self->joined_together && self->probes->len > 1 && self->probes->len <= MAX_TOGETHER;
}

/* Left or not: a group without members is gone when its session times out. */
static void
on_left (GObject *source, GAsyncResult *result, gpointer user_data)
{
  CheckStage *stage = user_data;
  CheckGroup *work = stage->work;
  g_autoptr (BaristaReply) reply = barista_connection_call_finish (work->coordinator, result, NULL);

  if (reply != NULL && is_tried_together (stage))
    {
      stage->check->joined_together = work->together = TRUE;
      check_stage_touch (stage);
      check_start_join (stage);
    }
  else
    check_end_group (stage);
}

static void
leave (CheckStage *stage)
{
  CheckGroup *work = stage->work;
  BaristaWireWriter *request = barista_connection_request (work->coordinator,
                                                           BARISTA_API_LEAVE_GROUP, NULL);

  if (request == NULL)
    {
      check_end_group (stage);
      return;
    }

  barista_wire_put_string (request, "groupId", work->throw_away);
  barista_wire_put_string (request, "memberId", work->member);
  barista_wire_begin_array (request, "members", 1);
  barista_wire_next (request);
  barista_wire_put_string (request, "memberId", work->member);
  barista_wire_end_array (request);
  barista_connection_call_async (work->coordinator, request, stage->cancellable, on_left, stage);
}

/* The whole subscription is refused with the code of one of its topics (`dekaf.md` 1.9). */
static gboolean
is_of_topics (gint16 code)
{
  return code == UNKNOWN_TOPIC_OR_PARTITION || code == LEADER_NOT_AVAILABLE;
}

static void
tell_unready (CheckStage *stage)
{
  BaristaCheck *self = stage->check;

  barista_evidence_set_flag (stage->evidence, BARISTA_FACT_JOINED_TOGETHER, FALSE);
  for (guint i = 0; i < self->probes->len; i++)
    {
      const BaristaProbe *probe = g_ptr_array_index (self->probes, i);
      BaristaTopicInfo info;

      if (!barista_report_find_topic (self->report, probe->topic, &info) || !info.ready)
        barista_evidence_add_text (stage->evidence, BARISTA_FACT_UNREADY_TOPICS, probe->topic);
    }
}

static void
on_joined (GObject *source, GAsyncResult *result, gpointer user_data)
{
  CheckStage *stage = user_data;
  CheckGroup *work = stage->work;
  g_autoptr (GError) error = NULL;
  g_autoptr (BaristaReply) reply = barista_connection_call_finish (work->coordinator, result,
                                                                   &error);
  gint16 code;

  if (reply == NULL)
    {
      check_fail_group (stage, error);
      return;
    }

  code = (gint16) barista_wire_view_get_int (&reply->view, "errorCode");
  if (code == MEMBER_ID_REQUIRED && work->member == NULL)
    {
      work->member = barista_wire_view_dup_string (&reply->view, "memberId");
      check_join (stage);
    }
  else if (work->together && is_of_topics (code))
    {
      tell_unready (stage);
      check_end_group (stage);
    }
  else if (code != 0)
    check_settle_code (stage, code);
  else
    {
      g_free (work->member);
      work->member = barista_wire_view_dup_string (&reply->view, "memberId");
      check_forget_refusal (stage);
      barista_evidence_set_flag (stage->evidence,
                                 work->together ? BARISTA_FACT_JOINED_TOGETHER
                                                : BARISTA_FACT_JOINED,
                                 TRUE);
      leave (stage);
    }
}

static void
append_topic (GByteArray *bytes, const char *topic)
{
  guint16 length = GUINT16_TO_BE ((guint16) strlen (topic));

  g_byte_array_append (bytes, (const guint8 *) &length, sizeof length);
  g_byte_array_append (bytes, (const guint8 *) topic, (guint) strlen (topic));
}

/* ConsumerProtocolSubscription, version 0: the topics, no user data. */
static GByteArray *
new_subscription (CheckStage *stage)
{
  const CheckGroup *work = stage->work;
  GPtrArray *probes = stage->check->probes;
  guint32 n = GUINT32_TO_BE (work->together ? probes->len : 1);
  GByteArray *bytes = g_byte_array_new ();

  g_byte_array_append (bytes, (const guint8 *) "\0\0", 2);
  g_byte_array_append (bytes, (const guint8 *) &n, sizeof n);
  if (!work->together)
    append_topic (bytes, stage->topic);
  for (guint i = 0; work->together && i < probes->len; i++)
    append_topic (bytes, ((const BaristaProbe *) g_ptr_array_index (probes, i))->topic);
  g_byte_array_append (bytes, (const guint8 *) "\xff\xff\xff\xff", 4);

  return bytes;
}

void
check_join (CheckStage *stage)
{
  CheckGroup *work = stage->work;
  g_autoptr (GByteArray) subscription = new_subscription (stage);
  g_autoptr (GError) error = NULL;
  BaristaWireWriter *request = barista_connection_request (work->coordinator,
                                                           BARISTA_API_JOIN_GROUP, &error);

  if (request == NULL)
    {
      barista_evidence_set_text (stage->evidence, BARISTA_FACT_API, "JoinGroup");
      check_fail_group (stage, error);
      return;
    }

  barista_wire_put_string (request, "groupId", work->throw_away);
  barista_wire_put_int (request, "sessionTimeoutMs", SESSION_MS);
  barista_wire_put_int (request, "rebalanceTimeoutMs", SESSION_MS);
  barista_wire_put_string (request, "memberId", work->member != NULL ? work->member : "");
  barista_wire_put_string (request, "protocolType", "consumer");
  barista_wire_begin_array (request, "protocols", 1);
  barista_wire_next (request);
  barista_wire_put_string (request, "name", "range");
  barista_wire_put_bytes (request, "metadata", subscription->data, subscription->len);
  barista_wire_end_array (request);
  barista_connection_call_async (work->coordinator, request, stage->cancellable, on_joined, stage);
}
