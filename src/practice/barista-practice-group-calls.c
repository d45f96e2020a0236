/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "barista-practice-group-names.h"
#include "barista-practice-requests.h"

/* The turn wakes the connection; this only bounds a wait. */
#define LOOK_AGAIN_MS (60 * 1000)
#define MAX_PROTOCOLS 64
#define MAX_SHARES 10000

/* Who asks, with strings of its own. */
typedef struct
{
  char *group, *member, *instance;
} Asker;

static void
asker_init (Asker *self, const BaristaWireView *request, const BaristaWireView *member)
{
  self->group = barista_wire_view_dup_string (request, "groupId");
  self->member = barista_wire_view_dup_string (member, "memberId");
  self->instance = barista_wire_view_dup_string (member, "groupInstanceId");
}

static void
asker_clear (Asker *self)
{
  g_free (self->group);
  g_free (self->member);
  g_free (self->instance);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Asker, asker_clear)

static BaristaPracticeMemberRef
asker_ref (const Asker *self, gint32 generation)
{
  return (BaristaPracticeMemberRef) { self->group, self->member, self->instance, generation };
}

/* The first topic that is unknown or not ready decides for all (dekaf.md 1.9). FALSE: unreadable,
 * which ends the connection. */
static gboolean
check_topics (BaristaPracticeCall *call, GPtrArray *names, gint16 *code)
{
  if (names == NULL)
    return FALSE;

  for (guint i = 0; *code == BARISTA_KAFKA_NONE && i < names->len; i++)
    {
      BaristaPracticeTopic *topic;

      *code = barista_practice_call_find_binding (call, g_ptr_array_index (names, i), &topic);
    }
  return TRUE;
}

/* --- JoinGroup --- */

static GPtrArray *
read_protocols (BaristaPracticeCall *call, gint16 *code)
{
  g_autoptr (GPtrArray) protocols = g_ptr_array_new_with_free_func (
      (GDestroyNotify) barista_practice_protocol_free);
  BaristaWireIter iter;
  BaristaWireView view;

  if (barista_wire_view_get_array (&call->request, "protocols", &iter) > MAX_PROTOCOLS)
    return NULL;

  while (barista_wire_iter_next (&iter, &view))
    {
      g_autofree char *name = barista_wire_view_dup_string (&view, "name");
      gsize length;
      const guint8 *bytes = barista_wire_view_get_bytes (&view, "metadata", &length);
      g_autoptr (GPtrArray) topics = barista_practice_subscription_topics (bytes, length);

      if (!check_topics (call, topics, code))
        return NULL;
      g_ptr_array_add (protocols, barista_practice_protocol_new (name, bytes, length));
    }
  return g_steal_pointer (&protocols);
}

static gboolean
start_join (BaristaPracticeCall *call)
{
  gint16 code = BARISTA_KAFKA_NONE;
  g_autoptr (GPtrArray) protocols = read_protocols (call, &code);
  g_autofree char *type = barista_wire_view_dup_string (&call->request, "protocolType");
  g_auto (Asker) asker = { 0 };
  BaristaPracticeJoin join = {
    .protocol_type = type,
    .session_ms = (gint32) barista_wire_view_get_int (&call->request, "sessionTimeoutMs"),
    .rebalance_ms = (gint32) barista_wire_view_get_int (&call->request, "rebalanceTimeoutMs"),
    .needs_id = call->version >= 4,
    .protocols = protocols,
  };

  if (protocols == NULL)
    return FALSE;
  if (barista_practice_kafka_is_redirecting (call->client->kafka))
    code = BARISTA_KAFKA_NOT_COORDINATOR;

  asker_init (&asker, &call->request, &call->request);
  join.who = asker_ref (&asker, -1);
  call->client->turn = code == BARISTA_KAFKA_NONE
                           ? barista_practice_members_join (call->client->task->members, &join)
                           : barista_practice_turn_new_ready (code, asker.member);
  return TRUE;
}

static void
put_joined (BaristaPracticeCall *call, const BaristaPracticeTurn *turn)
{
  guint n = turn->seats != NULL ? turn->seats->len : 0;

  barista_wire_put_int (call->answer, "errorCode", turn->code);
  barista_wire_put_int (call->answer, "generationId", turn->generation);
  barista_wire_put_string (call->answer, "protocolType", turn->protocol_type);
  /* null only since version 7 */
  barista_wire_put_string (call->answer, "protocolName",
                           turn->protocol == NULL && call->version < 7 ? "" : turn->protocol);
  barista_wire_put_string (call->answer, "leader", turn->leader != NULL ? turn->leader : "");
  barista_wire_put_string (call->answer, "memberId", turn->member != NULL ? turn->member : "");
  barista_wire_begin_array (call->answer, "members", (int) n);
  for (guint i = 0; i < n; i++)
    {
      const BaristaPracticeSeat *seat = g_ptr_array_index (turn->seats, i);
      gsize length;
      const guint8 *metadata = g_bytes_get_data (seat->metadata, &length);

      barista_wire_next (call->answer);
      barista_wire_put_string (call->answer, "memberId", seat->id);
      barista_wire_put_string (call->answer, "groupInstanceId", seat->instance);
      barista_wire_put_bytes (call->answer, "metadata", metadata, length);
    }
  barista_wire_end_array (call->answer);
}

/* Asked once, looked at until the turn is ready; only this connection waits meanwhile. */
static BaristaPracticeVerdict
take_turn (BaristaPracticeCall *call,
           gboolean (*start) (BaristaPracticeCall *call),
           void (*put) (BaristaPracticeCall *call, const BaristaPracticeTurn *turn))
{
  BaristaPracticeClient *client = call->client;

  if (client->turn == NULL && !start (call))
    return BARISTA_CLOSE;

  if (!client->turn->ready)
    {
      call->wait_ms = LOOK_AGAIN_MS;
      return BARISTA_WAIT;
    }
  put (call, client->turn);
  g_clear_pointer (&client->turn, barista_practice_turn_unref);
  return BARISTA_ANSWER;
}

BaristaPracticeVerdict
barista_practice_join_group (BaristaPracticeCall *call)
{
  return take_turn (call, start_join, put_joined);
}

/* --- SyncGroup --- */

static GHashTable *
read_shares (BaristaPracticeCall *call, gint16 *code)
{
  g_autoptr (GHashTable) shares = g_hash_table_new_full (g_str_hash, g_str_equal, g_free,
                                                         (GDestroyNotify) g_bytes_unref);
  BaristaWireIter iter;
  BaristaWireView view;

  if (barista_wire_view_get_array (&call->request, "assignments", &iter) > MAX_SHARES)
    return NULL;

  while (barista_wire_iter_next (&iter, &view))
    {
      gsize length;
      const guint8 *bytes = barista_wire_view_get_bytes (&view, "assignment", &length);
      g_autoptr (GPtrArray) topics = barista_practice_assignment_topics (bytes, length);

      /* a leader may have nothing at all to give to a member */
      if (length > 0 && !check_topics (call, topics, code))
        return NULL;
      g_hash_table_insert (shares, barista_wire_view_dup_string (&view, "memberId"),
                           g_bytes_new (bytes, length));
    }
  return g_steal_pointer (&shares);
}

static gboolean
start_sync (BaristaPracticeCall *call)
{
  gint16 code = BARISTA_KAFKA_NONE;
  g_autoptr (GHashTable) shares = read_shares (call, &code);
  g_autofree char *type = barista_wire_view_dup_string (&call->request, "protocolType");
  g_autofree char *protocol = barista_wire_view_dup_string (&call->request, "protocolName");
  g_auto (Asker) asker = { 0 };
  BaristaPracticeMemberRef who;

  if (shares == NULL)
    return FALSE;
  if (barista_practice_kafka_is_redirecting (call->client->kafka))
    code = BARISTA_KAFKA_NOT_COORDINATOR;

  asker_init (&asker, &call->request, &call->request);
  who = asker_ref (&asker, (gint32) barista_wire_view_get_int (&call->request, "generationId"));
  call->client->turn = code == BARISTA_KAFKA_NONE
                           ? barista_practice_members_sync (call->client->task->members, &who, type,
                                                            protocol, shares)
                           : barista_practice_turn_new_ready (code, NULL);
  return TRUE;
}

static void
put_synced (BaristaPracticeCall *call, const BaristaPracticeTurn *turn)
{
  gsize length = 0;
  const guint8 *share = turn->assignment != NULL ? g_bytes_get_data (turn->assignment, &length)
                                                 : NULL;

  barista_wire_put_int (call->answer, "errorCode", turn->code);
  barista_wire_put_string (call->answer, "protocolType", turn->protocol_type);
  barista_wire_put_string (call->answer, "protocolName", turn->protocol);
  barista_wire_put_bytes (call->answer, "assignment", share, length);
}

BaristaPracticeVerdict
barista_practice_sync_group (BaristaPracticeCall *call)
{
  return take_turn (call, start_sync, put_synced);
}

/* --- Heartbeat and LeaveGroup --- */

BaristaPracticeVerdict
barista_practice_heartbeat (BaristaPracticeCall *call)
{
  g_auto (Asker) asker = { 0 };
  BaristaPracticeMemberRef who;
  gint16 code = BARISTA_KAFKA_NOT_COORDINATOR;

  asker_init (&asker, &call->request, &call->request);
  who = asker_ref (&asker, (gint32) barista_wire_view_get_int (&call->request, "generationId"));
  if (!barista_practice_kafka_is_redirecting (call->client->kafka))
    code = barista_practice_members_heartbeat (call->client->task->members, &who);
  barista_wire_put_int (call->answer, "errorCode", code);
  return BARISTA_ANSWER;
}

static gint16
leave (BaristaPracticeCall *call, const Asker *asker)
{
  BaristaPracticeMemberRef who = asker_ref (asker, -1);

  return barista_practice_members_leave (call->client->task->members, &who);
}

static void
put_left (BaristaPracticeCall *call, const BaristaWireView *member)
{
  g_auto (Asker) asker = { 0 };

  asker_init (&asker, &call->request, member);
  barista_wire_next (call->answer);
  barista_wire_put_string (call->answer, "memberId", asker.member);
  barista_wire_put_string (call->answer, "groupInstanceId", asker.instance);
  barista_wire_put_int (call->answer, "errorCode", leave (call, &asker));
}

/* Up to version 2 one member leaves, later ones have a list. */
BaristaPracticeVerdict
barista_practice_leave_group (BaristaPracticeCall *call)
{
  gboolean moved = barista_practice_kafka_is_redirecting (call->client->kafka);
  BaristaWireIter iter;
  BaristaWireView member;
  int n = barista_wire_view_get_array (&call->request, "members", &iter);

  if (n > MAX_SHARES)
    return BARISTA_CLOSE;

  if (moved || n >= 0)
    barista_wire_put_int (call->answer, "errorCode",
                          moved ? BARISTA_KAFKA_NOT_COORDINATOR : BARISTA_KAFKA_NONE);
  else
    {
      g_auto (Asker) asker = { 0 };

      asker.group = barista_wire_view_dup_string (&call->request, "groupId");
      asker.member = barista_wire_view_dup_string (&call->request, "memberId");
      barista_wire_put_int (call->answer, "errorCode", leave (call, &asker));
    }
  if (call->version < 3)
    return BARISTA_ANSWER;

  barista_wire_begin_array (call->answer, "members", moved ? 0 : n);
  while (!moved && barista_wire_iter_next (&iter, &member))
    put_left (call, &member);
  barista_wire_end_array (call->answer);
  return BARISTA_ANSWER;
}
