/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "barista-practice-group-private.h"

#include <string.h>

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

BaristaPracticeGroup *
barista_practice_members_ensure_group (BaristaPracticeMembers *self, const char *id)
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

BaristaPracticeMember *
barista_practice_group_find_instance (BaristaPracticeGroup *group, const char *instance)
{
  for (guint i = 0; instance != NULL && i < group->members->len; i++)
    {
      BaristaPracticeMember *member = g_ptr_array_index (group->members, i);

      if (g_strcmp0 (member->instance, instance) == 0)
        return member;
    }
  return NULL;
}

gint16
barista_practice_members_find_asker (BaristaPracticeMembers *self,
                                     const BaristaPracticeMemberRef *who,
                                     BaristaPracticeMember **member)
{
  BaristaPracticeGroup *group = g_hash_table_lookup (self->groups, who->group);
  BaristaPracticeMember *holder = group != NULL
                                      ? barista_practice_group_find_instance (group, who->instance)
                                      : NULL;

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
  gint16 code = barista_practice_members_find_asker (self, who, member);

  if (code != 0)
    return code;
  if ((*member)->expected)
    return BARISTA_KAFKA_UNKNOWN_MEMBER_ID;

  return (*member)->group->generation == who->generation ? 0 : BARISTA_KAFKA_ILLEGAL_GENERATION;
}

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
  return group->owner->bytes + bytes > BARISTA_PRACTICE_MAX_GROUP_BYTES
             ? BARISTA_KAFKA_GROUP_MAX_SIZE_REACHED
             : 0;
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
    member = barista_practice_group_find_instance (group, who->instance);
  else
    code = barista_practice_members_find_asker (self, who, &member);
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

  if (*who->group == '\0' || strlen (who->group) > BARISTA_PRACTICE_MAX_GROUP_ID)
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

  if (*group == '\0' || strlen (group) > BARISTA_PRACTICE_MAX_GROUP_ID)
    return BARISTA_KAFKA_INVALID_GROUP_ID;
  if (found != NULL && found->state != BARISTA_GROUP_EMPTY)
    return BARISTA_KAFKA_NON_EMPTY_GROUP;

  g_hash_table_remove (self->groups, group);
  return 0;
}
