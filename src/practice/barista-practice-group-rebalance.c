/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "barista-practice-group-private.h"

/* How a group comes from one generation to the next. */

static const BaristaPracticeProtocol *
find_protocol (GPtrArray *protocols, const char *name)
{
  for (guint i = 0; i < protocols->len; i++)
    {
      const BaristaPracticeProtocol *protocol = g_ptr_array_index (protocols, i);

      if (g_str_equal (protocol->name, name))
        return protocol;
    }
  return NULL;
}

/* Whether all members, @but one, offer @name as well. */
static gboolean
all_offer (BaristaPracticeGroup *self, const BaristaPracticeMember *but, const char *name)
{
  for (guint i = 0; i < self->members->len; i++)
    {
      BaristaPracticeMember *member = g_ptr_array_index (self->members, i);

      if (member != but && !member->expected && find_protocol (member->protocols, name) == NULL)
        return FALSE;
    }
  return TRUE;
}

/**
 * barista_practice_group_agrees:
 * @but: (nullable): a member that is left out
 *
 * Returns: whether the others can work by one of @protocols
 */
gboolean
barista_practice_group_agrees (BaristaPracticeGroup *self,
                               const BaristaPracticeMember *but,
                               GPtrArray *protocols)
{
  for (guint i = 0; i < protocols->len; i++)
    {
      const BaristaPracticeProtocol *protocol = g_ptr_array_index (protocols, i);

      if (all_offer (self, but, protocol->name))
        return TRUE;
    }
  return FALSE;
}

/* How many members like @name best of those that all offer. */
static guint
count_votes (BaristaPracticeGroup *self, GHashTable *candidates, const char *name)
{
  guint n = 0;

  for (guint i = 0; i < self->members->len; i++)
    {
      BaristaPracticeMember *member = g_ptr_array_index (self->members, i);
      const BaristaPracticeProtocol *liked = NULL;

      for (guint j = 0; !member->expected && liked == NULL && j < member->protocols->len; j++)
        {
          const BaristaPracticeProtocol *offer = g_ptr_array_index (member->protocols, j);

          if (g_hash_table_contains (candidates, offer->name))
            liked = offer;
        }
      n += liked != NULL && g_str_equal (liked->name, name);
    }
  return n;
}

/* The one with most votes; among equals the leader's liking decides. */
static void
choose_protocol (BaristaPracticeGroup *self, BaristaPracticeMember *leader)
{
  g_autoptr (GHashTable) candidates = g_hash_table_new (g_str_hash, g_str_equal);
  guint most = 0;

  g_clear_pointer (&self->protocol, g_free);
  for (guint i = 0; i < leader->protocols->len; i++)
    {
      const BaristaPracticeProtocol *offer = g_ptr_array_index (leader->protocols, i);

      if (all_offer (self, NULL, offer->name))
        g_hash_table_add (candidates, offer->name);
    }
  for (guint i = 0; i < leader->protocols->len; i++)
    {
      const BaristaPracticeProtocol *offer = g_ptr_array_index (leader->protocols, i);
      guint n = g_hash_table_contains (candidates, offer->name)
                    ? count_votes (self, candidates, offer->name)
                    : 0;

      if (n > most)
        {
          most = n;
          g_set_str (&self->protocol, offer->name);
        }
    }
}

/* Who led before goes on to, else the one that is longest in. */
static BaristaPracticeMember *
choose_leader (BaristaPracticeGroup *self)
{
  BaristaPracticeMember *first = NULL;

  for (guint i = 0; i < self->members->len; i++)
    {
      BaristaPracticeMember *member = g_ptr_array_index (self->members, i);

      if (!member->expected && g_strcmp0 (member->id, self->leader) == 0)
        return member;
      if (!member->expected && first == NULL)
        first = member;
    }
  return first;
}

/**
 * barista_practice_group_tell_joined:
 *
 * Fills in what a Join of @member is answered with: only the leader is told of the others.
 */
void
barista_practice_group_tell_joined (BaristaPracticeGroup *self,
                                    BaristaPracticeMember *member,
                                    BaristaPracticeTurn *turn)
{
  turn->generation = self->generation;
  turn->protocol_type = g_strdup (self->protocol_type);
  turn->protocol = g_strdup (self->protocol);
  turn->leader = g_strdup (self->leader);
  turn->member = g_strdup (member->id);
  if (!g_str_equal (member->id, self->leader))
    return;

  for (guint i = 0; i < self->members->len; i++)
    {
      BaristaPracticeMember *other = g_ptr_array_index (self->members, i);

      if (!other->expected)
        barista_practice_turn_add_seat (turn, other->id, other->instance,
                                        find_protocol (other->protocols, self->protocol)->metadata);
    }
}

static gboolean on_not_shared_out (gpointer user_data);

/* The longest that a member asks for. */
static gint32
rebalance_ms (BaristaPracticeGroup *self)
{
  gint32 longest = 0;

  for (guint i = 0; i < self->members->len; i++)
    {
      BaristaPracticeMember *member = g_ptr_array_index (self->members, i);

      longest = MAX (longest, member->rebalance_ms);
    }
  return longest;
}

static void
set_group_timer (BaristaPracticeGroup *self, GSourceFunc func)
{
  barista_practice_members_set_timer (self->owner, &self->timer, rebalance_ms (self), func, self);
}

/* All that are still in have joined: a new generation. */
static void
complete (BaristaPracticeGroup *self)
{
  BaristaPracticeMember *leader = choose_leader (self);

  self->generation = self->generation == G_MAXINT32 ? 1 : self->generation + 1;
  barista_practice_members_clear_timer (&self->timer);
  self->state = leader != NULL ? BARISTA_GROUP_COMPLETING : BARISTA_GROUP_EMPTY;
  if (leader == NULL)
    {
      g_clear_pointer (&self->protocol, g_free);
      g_clear_pointer (&self->leader, g_free);
      return;
    }

  g_set_str (&self->leader, leader->id);
  choose_protocol (self, leader);
  for (guint i = 0; i < self->members->len; i++)
    {
      BaristaPracticeMember *member = g_ptr_array_index (self->members, i);

      if (member->joining == NULL)
        continue;
      barista_practice_group_tell_joined (self, member, member->joining);
      barista_practice_members_settle (self->owner, &member->joining, 0);
      barista_practice_member_touch (member);
    }
  set_group_timer (self, on_not_shared_out);
}

/**
 * barista_practice_group_look:
 *
 * Ends the waiting for members if all have joined, those among them who were only given an id.
 */
void
barista_practice_group_look (BaristaPracticeGroup *self)
{
  if (self->state != BARISTA_GROUP_PREPARING)
    return;

  for (guint i = 0; i < self->members->len; i++)
    {
      BaristaPracticeMember *member = g_ptr_array_index (self->members, i);

      if (member->joining == NULL)
        return;
    }
  complete (self);
}

/* Who has not come in time is out. */
static gboolean
on_not_joined (gpointer user_data)
{
  BaristaPracticeGroup *self = user_data;

  for (guint i = self->members->len; i-- > 0;)
    {
      BaristaPracticeMember *member = g_ptr_array_index (self->members, i);

      if (member->joining == NULL && !member->expected)
        g_ptr_array_remove_index (self->members, i);
    }
  complete (self);
  barista_practice_group_sweep (self);
  return G_SOURCE_REMOVE;
}

/* A leader that keeps the others waiting, and whoever else has not asked for a share, is out. */
static gboolean
on_not_shared_out (gpointer user_data)
{
  BaristaPracticeGroup *self = user_data;

  for (guint i = self->members->len; i-- > 0;)
    {
      BaristaPracticeMember *member = g_ptr_array_index (self->members, i);

      if (member->syncing == NULL && !member->expected)
        g_ptr_array_remove_index (self->members, i);
    }
  barista_practice_group_prepare (self);
  barista_practice_group_sweep (self);
  return G_SOURCE_REMOVE;
}

/**
 * barista_practice_group_prepare:
 *
 * Begins a rebalance: members learn of it by their next heartbeat, those that wait for a share at
 * once.
 */
void
barista_practice_group_prepare (BaristaPracticeGroup *self)
{
  for (guint i = 0; i < self->members->len; i++)
    {
      BaristaPracticeMember *member = g_ptr_array_index (self->members, i);

      barista_practice_member_set_share (member, NULL);
      if (member->syncing == NULL)
        continue;
      barista_practice_members_settle (self->owner, &member->syncing,
                                       BARISTA_KAFKA_REBALANCE_IN_PROGRESS);
      barista_practice_member_touch (member);
    }
  self->state = BARISTA_GROUP_PREPARING;
  set_group_timer (self, on_not_joined);
  barista_practice_group_look (self);
}

/**
 * barista_practice_group_remove:
 * @code: told to the member if it waits for an answer
 *
 * Puts a member out; the others rebalance.
 */
void
barista_practice_group_remove (BaristaPracticeGroup *self,
                               BaristaPracticeMember *member,
                               gint16 code)
{
  gboolean was_in = !member->expected;

  barista_practice_members_settle (self->owner, &member->joining, code);
  barista_practice_members_settle (self->owner, &member->syncing, code);
  g_ptr_array_remove (self->members, member);
  if (was_in && (self->state == BARISTA_GROUP_STABLE || self->state == BARISTA_GROUP_COMPLETING))
    barista_practice_group_prepare (self);
  else
    barista_practice_group_look (self);
}

/**
 * barista_practice_group_share_out:
 * @shares: member id -> GBytes
 *
 * The leader's Sync: everybody who waits for a share gets it, who has none an empty one.
 */
void
barista_practice_group_share_out (BaristaPracticeGroup *self, GHashTable *shares)
{
  barista_practice_members_clear_timer (&self->timer);
  self->state = BARISTA_GROUP_STABLE;
  for (guint i = 0; i < self->members->len; i++)
    {
      BaristaPracticeMember *member = g_ptr_array_index (self->members, i);

      barista_practice_member_set_share (member, g_hash_table_lookup (shares, member->id));
      if (member->syncing == NULL)
        continue;
      member->syncing->assignment = member->share != NULL ? g_bytes_ref (member->share) : NULL;
      barista_practice_members_settle (self->owner, &member->syncing, 0);
      barista_practice_member_touch (member);
    }
}
