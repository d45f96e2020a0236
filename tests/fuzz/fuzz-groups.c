/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Up to four clients of the practice Dekaf in one or two groups: each two bytes are what one of them
 * does next, see act(). Whatever is answered must be a whole message of its layout; a group stays of
 * one mind about its leader and its members; what members have sent is counted right. */

#include "barista-practice-feed.h"
#include "barista-practice-group-private.h"
#include "barista-practice-requests.h"

#include <string.h>

#define N_CLIENTS 4
#define MAX_ACTS 400
#define TOPIC "acmeCo/orders"

int LLVMFuzzerTestOneInput (const guint8 *data, gsize size);

/* A connection, what it was told as a member, and the request that waits. */
typedef struct
{
  BaristaPracticeClient client;
  GBytes *waiting;
  char *id;
  gint32 generation;
} Actor;

typedef struct
{
  const guint8 *data;
  gsize left;
} Input;

static guint8
take (Input *input)
{
  if (input->left == 0)
    return 0;

  input->left--;
  return *input->data++;
}

static BaristaPracticeKafka *
get_kafka (void)
{
  static BaristaPracticeKafka *kafka;

  if (kafka == NULL)
    {
      BaristaPracticeOptions options = { .seed = 1 };
      BaristaPracticeTask *task = barista_practice_task_new (&options, 0);

      g_log_set_always_fatal (G_LOG_LEVEL_CRITICAL | G_LOG_LEVEL_WARNING);
      barista_practice_feed_new (task, &options, NULL);
      kafka = barista_practice_kafka_new (task, NULL, 0, NULL);
    }
  return kafka;
}

static void
actor_clear (Actor *self)
{
  barista_practice_client_clear (&self->client);
  g_clear_pointer (&self->waiting, g_bytes_unref);
  g_clear_pointer (&self->id, g_free);
}

/* Connects (anew). The member's id is kept: it may come back by another connection. */
static void
actor_connect (Actor *self, BaristaPracticeKafka *kafka)
{
  barista_practice_client_clear (&self->client);
  g_clear_pointer (&self->waiting, g_bytes_unref);
  self->client = (BaristaPracticeClient) {
    .kafka = kafka,
    .task = barista_practice_kafka_get_task (kafka),
    .user = g_strdup (BARISTA_PRACTICE_TASK_NAME),
  };
  if (self->id == NULL)
    self->id = g_strdup ("");
}

static void
read_answer (Actor *self, const BaristaWireRequestHeader *header, GBytes *answer)
{
  const guint8 *body, *bytes;
  gsize body_length, length;
  gint32 correlation_id;
  BaristaWireView view;

  bytes = g_bytes_get_data (answer, &length);
  g_assert (barista_wire_parse_response (barista_wire_layout (header->api_key), header->api_version,
                                         bytes + 4, length - 4, &correlation_id, &body,
                                         &body_length, NULL));
  g_assert (barista_wire_view_init (&view, barista_wire_layout (header->api_key),
                                    BARISTA_WIRE_RESPONSE, header->api_version, body, body_length,
                                    NULL));
  if (header->api_key != BARISTA_API_JOIN_GROUP)
    return;

  g_free (self->id);
  self->id = barista_wire_view_dup_string (&view, "memberId");
  self->generation = (gint32) barista_wire_view_get_int (&view, "generationId");
}

/* Asks, or asks again for what it waits for. */
static void
actor_ask (Actor *self, GBytes *frame)
{
  BaristaWireRequestHeader header;
  g_autoptr (GBytes) answer = NULL;
  const guint8 *body, *bytes;
  gsize length, body_length;
  guint wait_ms = 0;

  bytes = g_bytes_get_data (frame, &length);
  g_assert (barista_wire_parse_request (bytes, length, &header, &body, &body_length, NULL));
  switch (barista_practice_answer (&self->client, bytes, length, 0, &answer, &wait_ms))
    {
    case BARISTA_ANSWER:
      read_answer (self, &header, answer);
      break;
    case BARISTA_WAIT:
      g_assert (self->client.turn != NULL && !self->client.turn->ready);
      self->waiting = g_bytes_ref (frame);
      return;
    case BARISTA_CLOSE:
      actor_connect (self, self->client.kafka);
      break;
    }
  g_assert (self->client.turn == NULL);
}

static void
actor_look (Actor *self)
{
  g_autoptr (GBytes) frame = NULL;

  if (self->waiting == NULL || !self->client.turn->ready)
    return;

  frame = g_steal_pointer (&self->waiting);
  actor_ask (self, frame);
}

/* --- requests --- */

/* A subscription or an assignment; some bits of @how spoil it. */
static GByteArray *
new_names (guint8 how, gboolean with_partition)
{
  GByteArray *bytes = g_byte_array_new ();
  guint8 head[] = { 0, how & 3, 0, 0, 0, how & 4 ? 2 : 1, 0, sizeof TOPIC - 1 };

  g_byte_array_append (bytes, head, sizeof head);
  g_byte_array_append (bytes, (const guint8 *) (how & 8 ? "acmeCo/nobody" : TOPIC),
                       sizeof TOPIC - 1);
  if (with_partition)
    g_byte_array_append (bytes, (const guint8 *) "\0\0\0\1\0\0\0\0", 8);
  g_byte_array_append (bytes, (const guint8 *) "\xff\xff\xff\xff", 4);
  return bytes;
}

static void
put_bytes (BaristaWireWriter *request, const char *field, GByteArray *names)
{
  barista_wire_put_bytes (request, field, names->data, names->len);
  g_byte_array_unref (names);
}

static void
put_protocols (BaristaWireWriter *request, guint8 how)
{
  static const char *const offers[][3]
      = { { "range" }, { "range", "roundrobin" }, { "roundrobin", "range" }, { "sticky" } };
  const char *const *offer = offers[how & 3];

  barista_wire_begin_array (request, "protocols", (int) g_strv_length ((char **) offer));
  for (; *offer != NULL; offer++)
    {
      barista_wire_next (request);
      barista_wire_put_string (request, "name", *offer);
      put_bytes (request, "metadata", new_names (how & 0x40 ? how >> 2 : 0, FALSE));
    }
  barista_wire_end_array (request);
}

/* Who asks, as its request will say it. */
typedef struct
{
  const char *group, *member, *instance;
  gint32 generation;
} Asker;

static void
put_member (BaristaWireWriter *request, const Asker *who)
{
  barista_wire_put_string (request, "memberId", who->member);
  barista_wire_put_string (request, "groupInstanceId", who->instance);
}

static void
put_join (BaristaWireWriter *request, guint8 how, const Asker *who)
{
  barista_wire_put_string (request, "groupId", who->group);
  barista_wire_put_int (request, "sessionTimeoutMs", how & 0x80 ? 0 : 6000);
  barista_wire_put_int (request, "rebalanceTimeoutMs", how & 0x20 ? 0 : 60000);
  put_member (request, who);
  barista_wire_put_string (request, "protocolType", "consumer");
  put_protocols (request, how);
}

static void
put_beat (BaristaWireWriter *request, const Asker *who)
{
  barista_wire_put_string (request, "groupId", who->group);
  barista_wire_put_int (request, "generationId", who->generation);
  put_member (request, who);
}

static void
put_sync (BaristaWireWriter *request, guint8 how, const Asker *who, Actor *actors)
{
  guint n = how & 7;

  put_beat (request, who);
  barista_wire_put_string (request, "protocolType", how & 0x10 ? "consumer" : NULL);
  barista_wire_put_string (request, "protocolName", how & 0x20 ? "range" : NULL);
  barista_wire_begin_array (request, "assignments", (int) n);
  for (guint i = 0; i < n; i++)
    {
      barista_wire_next (request);
      barista_wire_put_string (request, "memberId", actors[i % N_CLIENTS].id);
      put_bytes (request, "assignment", new_names (how & 0x40 ? how >> 3 : 0, TRUE));
    }
  barista_wire_end_array (request);
}

static void
put_leave (BaristaWireWriter *request, guint8 how, const Asker *who, Actor *actors)
{
  guint n = how & 3;

  barista_wire_put_string (request, "groupId", who->group);
  barista_wire_put_string (request, "memberId", who->member);
  barista_wire_begin_array (request, "members", (int) n);
  for (guint i = 0; i < n; i++)
    {
      barista_wire_next (request);
      barista_wire_put_string (request, "memberId", actors[(how >> 2) % N_CLIENTS].id);
      barista_wire_put_string (request, "groupInstanceId", how & 0x40 ? "till" : NULL);
    }
  barista_wire_end_array (request);
}

static void
put_commit (BaristaWireWriter *request, guint8 how, const Asker *who)
{
  barista_wire_put_string (request, "groupId", who->group);
  barista_wire_put_int (request, "generationIdOrMemberEpoch", who->generation);
  put_member (request, who);
  barista_wire_begin_array (request, "topics", 1);
  barista_wire_next (request);
  barista_wire_put_string (request, "name", how & 8 ? "acmeCo/nobody" : TOPIC);
  barista_wire_begin_array (request, "partitions", 1);
  barista_wire_next (request);
  barista_wire_put_int (request, "partitionIndex", how & 3);
  barista_wire_put_int (request, "committedOffset", how);
  barista_wire_put_string (request, "committedMetadata", how & 4 ? "half past two" : NULL);
  barista_wire_end_array (request);
  barista_wire_end_array (request);
}

static void
put_fetch (BaristaWireWriter *request, guint8 how, const Asker *who)
{
  barista_wire_put_string (request, "groupId", who->group);
  barista_wire_begin_array (request, "topics", 1);
  barista_wire_next (request);
  barista_wire_put_string (request, "name", TOPIC);
  barista_wire_begin_array (request, "partitionIndexes", 1);
  barista_wire_put_element_int (request, how & 3);
  barista_wire_end_array (request);
  barista_wire_end_array (request);
}

typedef struct
{
  BaristaApi api;
  gint16 oldest, newest;
} Call;

static const Call calls[] = {
  { BARISTA_API_JOIN_GROUP, 0, 9 },    { BARISTA_API_SYNC_GROUP, 0, 5 },
  { BARISTA_API_HEARTBEAT, 0, 4 },     { BARISTA_API_LEAVE_GROUP, 0, 5 },
  { BARISTA_API_OFFSET_COMMIT, 6, 6 }, { BARISTA_API_OFFSET_FETCH, 1, 7 },
  { BARISTA_API_DELETE_GROUPS, 0, 2 },
};

static void
put_request (BaristaWireWriter *request,
             BaristaApi api,
             guint8 how,
             const Asker *who,
             Actor *actors)
{
  switch (api)
    {
    case BARISTA_API_JOIN_GROUP:
      put_join (request, how, who);
      break;
    case BARISTA_API_SYNC_GROUP:
      put_sync (request, how, who, actors);
      break;
    case BARISTA_API_HEARTBEAT:
      put_beat (request, who);
      break;
    case BARISTA_API_LEAVE_GROUP:
      put_leave (request, how, who, actors);
      break;
    case BARISTA_API_OFFSET_COMMIT:
      put_commit (request, how, who);
      break;
    case BARISTA_API_OFFSET_FETCH:
      put_fetch (request, how, who);
      break;
    default:
      barista_wire_begin_array (request, "groupsNames", 1);
      barista_wire_put_element_string (request, who->group);
      barista_wire_end_array (request);
      break;
    }
}

/* @what: bits 0 and 1 who, 2 to 4 which call (7: the connection goes and comes), 5 the other group,
 * 6 another's id or an older generation, 7 a static member. A byte says which version, one @how. */
static void
act (Actor *actors, guint8 what, Input *input)
{
  Actor *self = &actors[what & 3];
  guint which = (what >> 2) & 7;
  g_autoptr (GBytes) bytes = NULL, frame = NULL;
  BaristaWireWriter *request;
  const Call *call;
  gint16 version;
  guint8 how;
  Asker who;

  if (which == G_N_ELEMENTS (calls))
    {
      actor_connect (self, self->client.kafka);
      return;
    }
  if (self->waiting != NULL)
    return;

  call = &calls[which];
  version = (gint16) (call->oldest + take (input) % (call->newest - call->oldest + 1));
  how = take (input);
  who = (Asker) {
    .group = what & 0x20 ? "till" : "orders",
    .member = what & 0x40 && how & 1 ? actors[(what + 1) & 3].id : self->id,
    .instance = what & 0x80 ? "till" : NULL,
    .generation = self->generation - (what & 0x40 ? how & 2 : 0),
  };
  request = barista_wire_request_new (call->api, version, 1, "fuzz");
  put_request (request, call->api, how, &who, actors);
  bytes = barista_wire_writer_finish (request);
  frame = g_bytes_new_from_bytes (bytes, 4, g_bytes_get_size (bytes) - 4);
  actor_ask (self, frame);
}

/* --- what always holds --- */

static void
check_group (BaristaPracticeGroup *group, gsize *bytes)
{
  guint n_in = 0, n_leaders = 0;

  for (guint i = 0; i < group->members->len; i++)
    {
      BaristaPracticeMember *member = g_ptr_array_index (group->members, i);

      *bytes += member->bytes + (member->share != NULL ? g_bytes_get_size (member->share) : 0);
      n_in += !member->expected;
      n_leaders += !member->expected && g_strcmp0 (member->id, group->leader) == 0;
      g_assert (member->joining == NULL || group->state == BARISTA_GROUP_PREPARING);
      g_assert (member->syncing == NULL || group->state == BARISTA_GROUP_COMPLETING);
      g_assert (member->timer != NULL || member->joining != NULL || member->syncing != NULL);
    }
  g_assert (group->members->len > 0);
  g_assert (group->state != BARISTA_GROUP_EMPTY || n_in == 0);
  /* an id that was given out holds up a rebalance that the last member has left */
  g_assert (group->state <= BARISTA_GROUP_PREPARING || n_in > 0);
  g_assert (group->state < BARISTA_GROUP_COMPLETING || (n_leaders == 1 && group->protocol != NULL));
}

static void
check_members (BaristaPracticeMembers *members)
{
  GHashTableIter iter;
  gpointer group;
  gsize bytes = 0;

  g_hash_table_iter_init (&iter, members->groups);
  while (g_hash_table_iter_next (&iter, NULL, &group))
    check_group (group, &bytes);
  g_assert (bytes == members->bytes);
}

int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  BaristaPracticeKafka *kafka = get_kafka ();
  BaristaPracticeTask *task = barista_practice_kafka_get_task (kafka);
  Actor actors[N_CLIENTS] = { 0 };
  Input input = { data, size };

  for (guint i = 0; i < N_CLIENTS; i++)
    actor_connect (&actors[i], kafka);

  for (guint n = 0; input.left > 0 && n < MAX_ACTS; n++)
    {
      act (actors, take (&input), &input);
      while (g_main_context_iteration (NULL, FALSE)) /* time-outs of 0 ms, and who is woken */
        ;
      for (guint i = 0; i < N_CLIENTS; i++)
        actor_look (&actors[i]);
      check_members (task->members);
    }

  for (guint i = 0; i < N_CLIENTS; i++)
    actor_clear (&actors[i]);
  barista_practice_members_free (task->members);
  task->members = barista_practice_members_new ();
  barista_practice_groups_free (task->groups);
  task->groups = barista_practice_groups_new ();
  return 0;
}
