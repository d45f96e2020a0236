/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "barista-practice-group-private.h"

#include <string.h>

/* How one comes into a group, or back into it when it rebalances. */

/* group.min.session.timeout.ms and group.max.session.timeout.ms as brokers have them unless told
 * otherwise. */
#define MIN_SESSION_MS (6 * 1000)
#define MAX_SESSION_MS (30 * 60 * 1000)
/* In one group: a client may invent any number. */
#define MAX_MEMBERS 250
/* What a member takes beside its bytes, and each of its protocols. */
#define BASE_BYTES 512

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

  if (length == 0 || length > BARISTA_PRACTICE_MAX_GROUP_ID)
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
  gint16 code = barista_practice_members_find_asker (self, &join->who, &member);

  if (code == 0 && !fits_group (member->group, member, join))
    code = BARISTA_KAFKA_INCONSISTENT_GROUP_PROTOCOL;
  if (code == 0
      && self->bytes - member->bytes + count_bytes (join) > BARISTA_PRACTICE_MAX_GROUP_BYTES)
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
  BaristaPracticeGroup *group = barista_practice_members_ensure_group (self, join->who.group);
  BaristaPracticeMember *member = barista_practice_group_find_instance (group, join->who.instance);
  gint16 code = 0;

  if (!fits_group (group, member, join))
    code = BARISTA_KAFKA_INCONSISTENT_GROUP_PROTOCOL;
  else if ((member == NULL && group->members->len >= MAX_MEMBERS)
           || self->bytes + count_bytes (join) > BARISTA_PRACTICE_MAX_GROUP_BYTES)
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
