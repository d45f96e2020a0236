/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "barista-practice-group-members.h"

G_BEGIN_DECLS

#define BARISTA_PRACTICE_MAX_GROUP_ID 1000
/* For all that the members of all groups have sent: a client may invent any number of either. */
#define BARISTA_PRACTICE_MAX_GROUP_BYTES (64 * 1024 * 1024)

typedef enum
{
  BARISTA_GROUP_EMPTY,
  BARISTA_GROUP_PREPARING,  /* waits for all members to join anew */
  BARISTA_GROUP_COMPLETING, /* waits for the leader's shares */
  BARISTA_GROUP_STABLE,
} BaristaPracticeGroupState;

typedef struct
{
  BaristaPracticeMembers *owner;
  char *id, *protocol_type;
  BaristaPracticeGroupState state;
  gint32 generation;
  char *protocol, *leader; /* (nullable): what the generation works by, and its leader's id */
  GPtrArray *members;      /* BaristaPracticeMember, in the order of their first Join */
  GSource *timer;          /* of the rebalance */
} BaristaPracticeGroup;

/**
 * BaristaPracticeMember:
 * @expected: has been given an id and not come back with it yet; no member otherwise
 * @timer: (nullable): puts it out; not while it waits for an answer
 * @bytes: what it counts for in the total
 */
typedef struct
{
  BaristaPracticeGroup *group;
  char *id, *instance;
  gint32 session_ms, rebalance_ms;
  GPtrArray *protocols;
  gboolean expected;
  GBytes *share;
  BaristaPracticeTurn *joining, *syncing;
  GSource *timer;
  gsize bytes;
} BaristaPracticeMember;

struct _BaristaPracticeMembers
{
  GHashTable *groups; /* id -> BaristaPracticeGroup */
  GMainContext *context;
  GSource *waker;
  gsize bytes; /* that members have sent and are kept */
  BaristaPracticeMembersWake wake;
  gpointer wake_data;
};

/* barista-practice-group-members.c; how one joins is in barista-practice-group-join.c */
void barista_practice_members_set_timer (BaristaPracticeMembers *self,
                                         GSource **timer,
                                         gint32 ms,
                                         GSourceFunc func,
                                         gpointer user_data);
void barista_practice_members_clear_timer (GSource **timer);
/* Makes @turn ready with @code, lets go of it and has its connection look. */
void barista_practice_members_settle (BaristaPracticeMembers *self,
                                      BaristaPracticeTurn **turn,
                                      gint16 code);
/* Makes one that nobody is in if there is none of this id. */
BaristaPracticeGroup *
barista_practice_members_ensure_group (BaristaPracticeMembers *self, const char *id);
/* Who asks, and if it may: a static member whose place another has taken is fenced off. */
gint16 barista_practice_members_find_asker (BaristaPracticeMembers *self,
                                            const BaristaPracticeMemberRef *who,
                                            BaristaPracticeMember **member);
/* @instance: (nullable): of a static member; NULL if none has it */
BaristaPracticeMember *
barista_practice_group_find_instance (BaristaPracticeGroup *group, const char *instance);
/* Lets go of a group that nobody is in. */
void barista_practice_group_sweep (BaristaPracticeGroup *self);
void barista_practice_member_set_share (BaristaPracticeMember *self, GBytes *share);
/* Another sign of life: its session begins again. */
void barista_practice_member_touch (BaristaPracticeMember *self);

/* barista-practice-group-rebalance.c */
gboolean barista_practice_group_agrees (BaristaPracticeGroup *self,
                                        const BaristaPracticeMember *but,
                                        GPtrArray *protocols);
void barista_practice_group_prepare (BaristaPracticeGroup *self);
void barista_practice_group_look (BaristaPracticeGroup *self);
void barista_practice_group_remove (BaristaPracticeGroup *self,
                                    BaristaPracticeMember *member,
                                    gint16 code);
void barista_practice_group_tell_joined (BaristaPracticeGroup *self,
                                         BaristaPracticeMember *member,
                                         BaristaPracticeTurn *turn);
void barista_practice_group_share_out (BaristaPracticeGroup *self, GHashTable *shares);

G_END_DECLS
