/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "barista-practice-group-private.h"

#include <string.h>

/* group.min.session.timeout.ms and group.max.session.timeout.ms as brokers have them unless told
 * otherwise. */
#define MIN_SESSION_MS (6 * 1000)
#define MAX_SESSION_MS (30 * 60 * 1000)
#define MAX_GROUP_ID 1000
/* In one group, and for all that the members of all groups have sent: a client may invent any
 * number of both. */
#define MAX_MEMBERS 250
#define MAX_BYTES (64 * 1024 * 1024)
/* What a member takes beside its bytes, and each of its protocols. */
#define BASE_BYTES 512

static void
member_free (gpointer data)
{
  BaristaPracticeMember *self = data;

  self->group->owner->bytes -= self->bytes;
  barista_practice_member_set_share (self, NULL);
  barista_practice_members_settle (self->group->owner, &self->joining,
                                   BARISTA_KAFKA_UNKNOWN_MEMBER_ID);
  barista_practice_members_settle (self->group->owner, &self->syncing,
                                   BARISTA_KAFKA_UNKNOWN_MEMBER_ID);
  barista_practice_members_clear_timer (&self->timer);
  g_clear_pointer (&self->protocols, g_ptr_array_unref);
  g_free (self->id);
  g_free (self->instance);
  g_free (self);
}

static void
group_free (gpointer data)
{
  BaristaPracticeGroup *self = data;

  barista_practice_members_clear_timer (&self->timer);
  g_ptr_array_unref (self->members);
  g_free (self->id);
  g_free (self->protocol_type);
  g_free (self->protocol);
  g_free (self->leader);
  g_free (self);
}

BaristaPracticeMembers *
barista_practice_members_new (void)
{
  BaristaPracticeMembers *self = g_new0 (BaristaPracticeMembers, 1);

  self->context = g_main_context_ref_thread_default ();
  self->groups = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, group_free);
  return self;
}

void
barista_practice_members_free (BaristaPracticeMembers *self)
{
  g_hash_table_unref (self->groups);
  barista_practice_members_clear_timer (&self->waker);
  g_main_context_unref (self->context);
  g_free (self);
}

void
barista_practice_members_set_wake (BaristaPracticeMembers *self,
                                   BaristaPracticeMembersWake wake,
                                   gpointer user_data)
{
  self->wake = wake;
  self->wake_data = user_data;
}

void
barista_practice_members_clear_timer (GSource **timer)
{
  if (*timer != NULL)
    g_source_destroy (*timer);
  g_clear_pointer (timer, g_source_unref);
}

void
barista_practice_members_set_timer (BaristaPracticeMembers *self,
                                    GSource **timer,
                                    gint32 ms,
                                    GSourceFunc func,
                                    gpointer user_data)
{
  barista_practice_members_clear_timer (timer);
  *timer = g_timeout_source_new ((guint) MAX (ms, 0));
  g_source_set_callback (*timer, func, user_data, NULL);
  g_source_attach (*timer, self->context);
}

static gboolean
on_wake (gpointer user_data)
{
  BaristaPracticeMembers *self = user_data;

  barista_practice_members_clear_timer (&self->waker);
  if (self->wake != NULL)
    self->wake (self->wake_data);
  return G_SOURCE_REMOVE;
}

/* Later, not from here: a connection that looks may well change the group again. */
void
barista_practice_members_settle (BaristaPracticeMembers *self,
                                 BaristaPracticeTurn **turn,
                                 gint16 code)
{
  if (*turn == NULL)
    return;

  (*turn)->ready = TRUE;
  (*turn)->code = code;
  g_clear_pointer (turn, barista_practice_turn_unref);
  if (self->waker == NULL)
    barista_practice_members_set_timer (self, &self->waker, 0, on_wake, self);
}

void
barista_practice_group_sweep (BaristaPracticeGroup *self)
{
  if (self->members->len == 0)
    g_hash_table_remove (self->owner->groups, self->id);
}

void
barista_practice_member_set_share (BaristaPracticeMember *self, GBytes *share)
{
  if (share != NULL)
    self->group->owner->bytes += g_bytes_get_size (share);
  if (self->share != NULL)
    self->group->owner->bytes -= g_bytes_get_size (self->share);
  g_clear_pointer (&self->share, g_bytes_unref);
  self->share = share != NULL ? g_bytes_ref (share) : NULL;
}

static gboolean
on_silent (gpointer user_data)
{
  BaristaPracticeMember *member = user_data;
  BaristaPracticeGroup *group = member->group;

  barista_practice_group_remove (group, member, BARISTA_KAFKA_UNKNOWN_MEMBER_ID);
  barista_practice_group_sweep (group);
  return G_SOURCE_REMOVE;
}

void
barista_practice_member_touch (BaristaPracticeMember *self)
{
  barista_practice_members_set_timer (self->group->owner, &self->timer, self->session_ms, on_silent,
                                      self);
}

static BaristaPracticeMember *
find_member (BaristaPracticeGroup *group, const char *id)
{
  for (guint i = 0; i < group->members->len; i++)
    {
      BaristaPracticeMember *member = g_ptr_array_index (group->members, i);

      if (g_str_equal (member->id, id))
        return member;
    }
  return NULL;
}

static BaristaPracticeMember *
find_instance (BaristaPracticeGroup *group, const char *instance)
{
  for (guint i = 0; instance != NULL && i < group->members->len; i++)
    {
      BaristaPracticeMember *member = g_ptr_array_index (group->members, i);

      if (g_strcmp0 (member->instance, instance) == 0)
        return member;
    }
  return NULL;
}

/* Who asks, and if it may: a static member whose place another has taken is fenced off. */
static gint16
find_asker (BaristaPracticeMembers *self,
            const BaristaPracticeMemberRef *who,
            BaristaPracticeMember **member)
{
  BaristaPracticeGroup *group = g_hash_table_lookup (self->groups, who->group);
  BaristaPracticeMember *holder = group != NULL ? find_instance (group, who->instance) : NULL;

  *member = NULL;
  if (group == NULL)
    return BARISTA_KAFKA_UNKNOWN_MEMBER_ID;
  if (holder != NULL && !g_str_equal (holder->id, who->member))
    return BARISTA_KAFKA_FENCED_INSTANCE_ID;

  *member = find_member (group, who->member);
  return *member != NULL ? 0 : BARISTA_KAFKA_UNKNOWN_MEMBER_ID;
}

static gint16
find_current (BaristaPracticeMembers *self,
              const BaristaPracticeMemberRef *who,
              BaristaPracticeMember **member)
{
  gint16 code = find_asker (self, who, member);

  if (code != 0)
    return code;
  if ((*member)->expected)
    return BARISTA_KAFKA_UNKNOWN_MEMBER_ID;

  return (*member)->group->generation == who->generation ? 0 : BARISTA_KAFKA_ILLEGAL_GENERATION;
}

/* --- join --- */

static gsize
count_bytes (const BaristaPracticeJoin *join)
{
  gsize bytes = BASE_BYTES + strlen (join->who.group) + strlen (join->protocol_type)
                + (join->who.instance != NULL ? strlen (join->who.instance) : 0);

  for (guint i = 0; i < join->protocols->len; i++)
    {
      const BaristaPracticeProtocol *protocol = g_ptr_array_index (join->protocols, i);

      bytes += BASE_BYTES + strlen (protocol->name) + g_bytes_get_size (protocol->metadata);
    }
  return bytes;
}

/* What a Join must not be, whoever sends it. */
static gint16
check_join (const BaristaPracticeJoin *join)
{
  gsize length = strlen (join->who.group);

  if (length == 0 || length > MAX_GROUP_ID)
    return BARISTA_KAFKA_INVALID_GROUP_ID;
  if (join->session_ms < MIN_SESSION_MS || join->session_ms > MAX_SESSION_MS)
    return BARISTA_KAFKA_INVALID_SESSION_TIMEOUT;

  return join->protocols->len == 0 || *join->protocol_type == '\0'
             ? BARISTA_KAFKA_INCONSISTENT_GROUP_PROTOCOL
             : 0;
}

static gboolean
fits_group (BaristaPracticeGroup *group,
            const BaristaPracticeMember *member,
            const BaristaPracticeJoin *join)
{
  return group->state == BARISTA_GROUP_EMPTY
         || (g_str_equal (group->protocol_type, join->protocol_type)
             && barista_practice_group_agrees (group, member, join->protocols));
}

static gboolean
same_protocols (GPtrArray *a, GPtrArray *b)
{
  for (guint i = 0; a->len == b->len && i < a->len; i++)
    {
      const BaristaPracticeProtocol *one = g_ptr_array_index (a, i);
      const BaristaPracticeProtocol *other = g_ptr_array_index (b, i);

      if (!g_str_equal (one->name, other->name) || !g_bytes_equal (one->metadata, other->metadata))
        return FALSE;
    }
  return a->len == b->len;
}

static void
update_member (BaristaPracticeMember *member, const BaristaPracticeJoin *join)
{
  BaristaPracticeMembers *self = member->group->owner;
  gsize bytes = count_bytes (join);

  self->bytes += bytes;
  self->bytes -= member->bytes;
  member->bytes = bytes;
  member->expected = FALSE;
  member->session_ms = join->session_ms;
  member->rebalance_ms = join->rebalance_ms >= 0 ? join->rebalance_ms : join->session_ms;
  g_clear_pointer (&member->protocols, g_ptr_array_unref);
  member->protocols = g_ptr_array_ref (join->protocols);
}

static BaristaPracticeGroup *
ensure_group (BaristaPracticeMembers *self, const char *id)
{
  BaristaPracticeGroup *group = g_hash_table_lookup (self->groups, id);

  if (group != NULL)
    return group;

  group = g_new0 (BaristaPracticeGroup, 1);
  group->owner = self;
  group->id = g_strdup (id);
  group->members = g_ptr_array_new_with_free_func (member_free);
  g_hash_table_insert (self->groups, group->id, group);
  return group;
}

static BaristaPracticeMember *
add_member (BaristaPracticeGroup *group, const BaristaPracticeJoin *join)
{
  BaristaPracticeMember *member = g_new0 (BaristaPracticeMember, 1);
  g_autofree char *uuid = g_uuid_string_random ();

  member->group = group;
  member->id = g_strconcat ("member-", uuid, NULL);
  member->instance = g_strdup (join->who.instance);
  g_ptr_array_add (group->members, member);
  return member;
}

/* Takes part in the rebalance that is under way, or begins one. */
static BaristaPracticeTurn *
await_others (BaristaPracticeMember *member, const BaristaPracticeJoin *join)
{
  BaristaPracticeGroup *group = member->group;
  BaristaPracticeTurn *turn = barista_practice_turn_new ();

  if (group->state == BARISTA_GROUP_EMPTY)
    g_set_str (&group->protocol_type, join->protocol_type);
  update_member (member, join);
  barista_practice_members_clear_timer (&member->timer);
  barista_practice_members_settle (group->owner, &member->joining,
                                   BARISTA_KAFKA_REBALANCE_IN_PROGRESS);
  member->joining = barista_practice_turn_ref (turn);
  if (group->state == BARISTA_GROUP_PREPARING)
    barista_practice_group_look (group);
  else
    barista_practice_group_prepare (group);
  return turn;
}

/* It is in already and nothing has changed: told once more. */
static gboolean
is_repeated (BaristaPracticeMember *member, const BaristaPracticeJoin *join)
{
  BaristaPracticeGroup *group = member->group;

  return !member->expected && same_protocols (member->protocols, join->protocols)
         && (group->state == BARISTA_GROUP_COMPLETING
             || (group->state == BARISTA_GROUP_STABLE && !g_str_equal (group->leader, member->id)));
}

static BaristaPracticeTurn *
join_known (BaristaPracticeMembers *self, const BaristaPracticeJoin *join)
{
  BaristaPracticeMember *member;
  gint16 code = find_asker (self, &join->who, &member);

  if (code == 0 && !fits_group (member->group, member, join))
    code = BARISTA_KAFKA_INCONSISTENT_GROUP_PROTOCOL;
  if (code == 0 && self->bytes - member->bytes + count_bytes (join) > MAX_BYTES)
    code = BARISTA_KAFKA_GROUP_MAX_SIZE_REACHED;
  if (code == 0 && is_repeated (member, join))
    {
      BaristaPracticeTurn *turn = barista_practice_turn_new_ready (0, NULL);

      barista_practice_group_tell_joined (member->group, member, turn);
      barista_practice_member_touch (member);
      return turn;
    }
  return code == 0 ? await_others (member, join)
                   : barista_practice_turn_new_ready (code, join->who.member);
}

/* A static member that comes back without its id takes its place under a new one. */
static void
take_place (BaristaPracticeMember *member)
{
  BaristaPracticeGroup *group = member->group;
  g_autofree char *uuid = g_uuid_string_random ();
  gboolean leads = g_strcmp0 (group->leader, member->id) == 0;

  barista_practice_members_settle (group->owner, &member->joining,
                                   BARISTA_KAFKA_FENCED_INSTANCE_ID);
  barista_practice_members_settle (group->owner, &member->syncing,
                                   BARISTA_KAFKA_FENCED_INSTANCE_ID);
  g_free (member->id);
  member->id = g_strconcat ("member-", uuid, NULL);
  if (leads)
    g_set_str (&group->leader, member->id);
}

/* Version 4 and later: the id first, so that a client that tries again is not taken for another. */
static BaristaPracticeTurn *
expect_member (BaristaPracticeMember *member, const BaristaPracticeJoin *join)
{
  member->expected = TRUE;
  member->session_ms = join->session_ms;
  member->bytes = BASE_BYTES + strlen (join->who.group);
  member->group->owner->bytes += member->bytes;
  barista_practice_member_touch (member);
  return barista_practice_turn_new_ready (BARISTA_KAFKA_MEMBER_ID_REQUIRED, member->id);
}

static BaristaPracticeTurn *
join_new (BaristaPracticeMembers *self, const BaristaPracticeJoin *join)
{
  BaristaPracticeGroup *group = ensure_group (self, join->who.group);
  BaristaPracticeMember *member = find_instance (group, join->who.instance);
  gint16 code = 0;

  if (!fits_group (group, member, join))
    code = BARISTA_KAFKA_INCONSISTENT_GROUP_PROTOCOL;
  else if ((member == NULL && group->members->len >= MAX_MEMBERS)
           || self->bytes + count_bytes (join) > MAX_BYTES)
    code = BARISTA_KAFKA_GROUP_MAX_SIZE_REACHED;
  if (code != 0)
    {
      barista_practice_group_sweep (group);
      return barista_practice_turn_new_ready (code, NULL);
    }

  if (member != NULL)
    {
      take_place (member);
      return await_others (member, join);
    }
  member = add_member (group, join);
  return join->needs_id && join->who.instance == NULL ? expect_member (member, join)
                                                      : await_others (member, join);
}

/**
 * barista_practice_members_join:
 *
 * Returns: (transfer full): ready when all other members have joined as well
 */
BaristaPracticeTurn *
barista_practice_members_join (BaristaPracticeMembers *self, const BaristaPracticeJoin *join)
{
  gint16 code = check_join (join);

  if (code != 0)
    return barista_practice_turn_new_ready (code, join->who.member);

  return *join->who.member == '\0' ? join_new (self, join) : join_known (self, join);
}

/* --- sync and the others --- */

static gint16
check_sync (BaristaPracticeMember *member,
            const char *protocol_type,
            const char *protocol,
            GHashTable *shares)
{
  BaristaPracticeGroup *group = member->group;
  GHashTableIter iter;
  gpointer share;
  gsize bytes = 0;

  if (group->state == BARISTA_GROUP_PREPARING)
    return BARISTA_KAFKA_REBALANCE_IN_PROGRESS;
  if ((protocol_type != NULL && !g_str_equal (protocol_type, group->protocol_type))
      || (protocol != NULL && g_strcmp0 (protocol, group->protocol) != 0))
    return BARISTA_KAFKA_INCONSISTENT_GROUP_PROTOCOL;

  g_hash_table_iter_init (&iter, shares);
  while (g_hash_table_iter_next (&iter, NULL, &share))
    bytes += g_bytes_get_size (share);
  return group->owner->bytes + bytes > MAX_BYTES ? BARISTA_KAFKA_GROUP_MAX_SIZE_REACHED : 0;
}

/**
 * barista_practice_members_sync:
 *
 * Returns: (transfer full): ready when the leader has shared out
 */
BaristaPracticeTurn *
barista_practice_members_sync (BaristaPracticeMembers *self,
                               const BaristaPracticeMemberRef *who,
                               const char *protocol_type,
                               const char *protocol,
                               GHashTable *shares)
{
  BaristaPracticeMember *member;
  gint16 code = find_current (self, who, &member);
  BaristaPracticeTurn *turn;

  if (code == 0)
    code = check_sync (member, protocol_type, protocol, shares);
  if (code != 0)
    return barista_practice_turn_new_ready (code, NULL);

  turn = barista_practice_turn_new ();
  turn->protocol_type = g_strdup (member->group->protocol_type);
  turn->protocol = g_strdup (member->group->protocol);
  barista_practice_members_settle (self, &member->syncing, BARISTA_KAFKA_REBALANCE_IN_PROGRESS);
  member->syncing = barista_practice_turn_ref (turn);
  if (member->group->state == BARISTA_GROUP_STABLE)
    {
      turn->assignment = member->share != NULL ? g_bytes_ref (member->share) : NULL;
      barista_practice_members_settle (self, &member->syncing, 0);
      barista_practice_member_touch (member);
    }
  else if (g_str_equal (member->group->leader, member->id))
    barista_practice_group_share_out (member->group, shares);
  else
    barista_practice_members_clear_timer (&member->timer);
  return turn;
}

gint16
barista_practice_members_heartbeat (BaristaPracticeMembers *self,
                                    const BaristaPracticeMemberRef *who)
{
  BaristaPracticeMember *member;
  gint16 code = find_current (self, who, &member);

  if (code != 0)
    return code;

  if (member->joining == NULL && member->syncing == NULL)
    barista_practice_member_touch (member);
  return member->group->state == BARISTA_GROUP_PREPARING ? BARISTA_KAFKA_REBALANCE_IN_PROGRESS : 0;
}

/* A static member may be named by its instance alone. */
gint16
barista_practice_members_leave (BaristaPracticeMembers *self, const BaristaPracticeMemberRef *who)
{
  BaristaPracticeGroup *group = g_hash_table_lookup (self->groups, who->group);
  BaristaPracticeMember *member = NULL;
  gint16 code = 0;

  if (group != NULL && *who->member == '\0')
    member = find_instance (group, who->instance);
  else
    code = find_asker (self, who, &member);
  if (member == NULL)
    return code != 0 ? code : BARISTA_KAFKA_UNKNOWN_MEMBER_ID;

  barista_practice_group_remove (group, member, BARISTA_KAFKA_UNKNOWN_MEMBER_ID);
  barista_practice_group_sweep (group);
  return 0;
}

gint16
barista_practice_members_may_commit (BaristaPracticeMembers *self,
                                     const BaristaPracticeMemberRef *who)
{
  BaristaPracticeGroup *group = g_hash_table_lookup (self->groups, who->group);
  BaristaPracticeMember *member;
  gint16 code;

  if (*who->group == '\0' || strlen (who->group) > MAX_GROUP_ID)
    return BARISTA_KAFKA_INVALID_GROUP_ID;
  if (group == NULL)
    return who->generation < 0 ? 0 : BARISTA_KAFKA_ILLEGAL_GENERATION;
  if (who->generation < 0 && group->state == BARISTA_GROUP_EMPTY)
    return 0;

  code = find_current (self, who, &member);
  if (code == 0 && member->joining == NULL && member->syncing == NULL)
    barista_practice_member_touch (member);
  return code == 0 && group->state == BARISTA_GROUP_COMPLETING ? BARISTA_KAFKA_REBALANCE_IN_PROGRESS
                                                               : code;
}

gint16
barista_practice_members_delete (BaristaPracticeMembers *self, const char *group)
{
  BaristaPracticeGroup *found = g_hash_table_lookup (self->groups, group);

  if (*group == '\0' || strlen (group) > MAX_GROUP_ID)
    return BARISTA_KAFKA_INVALID_GROUP_ID;
  if (found != NULL && found->state != BARISTA_GROUP_EMPTY)
    return BARISTA_KAFKA_NON_EMPTY_GROUP;

  g_hash_table_remove (self->groups, group);
  return 0;
}
