/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "barista-practice-group-turn.h"

G_BEGIN_DECLS

/* Codes that only the calls of group members have. */
enum
{
  BARISTA_KAFKA_ILLEGAL_GENERATION = 22,
  BARISTA_KAFKA_INCONSISTENT_GROUP_PROTOCOL = 23,
  BARISTA_KAFKA_INVALID_GROUP_ID = 24,
  BARISTA_KAFKA_UNKNOWN_MEMBER_ID = 25,
  BARISTA_KAFKA_INVALID_SESSION_TIMEOUT = 26,
  BARISTA_KAFKA_REBALANCE_IN_PROGRESS = 27,
  BARISTA_KAFKA_NON_EMPTY_GROUP = 68,
  BARISTA_KAFKA_MEMBER_ID_REQUIRED = 79,
  BARISTA_KAFKA_GROUP_MAX_SIZE_REACHED = 81,
  BARISTA_KAFKA_FENCED_INSTANCE_ID = 82,
};

/**
 * BaristaPracticeMembers:
 *
 * The groups that have members, as Kafka's classic protocol has them: who joins waits until all
 * others have joined anew, the leader shares the partitions out, the others wait for their share.
 * Members that fall silent are put out. In memory, on the main context that is the thread's default
 * one where it was made.
 */
typedef struct _BaristaPracticeMembers BaristaPracticeMembers;

typedef void (*BaristaPracticeMembersWake) (gpointer user_data);

BaristaPracticeMembers *barista_practice_members_new (void);
void barista_practice_members_free (BaristaPracticeMembers *self);
/* Called from the main context after turns have become ready. */
void barista_practice_members_set_wake (BaristaPracticeMembers *self,
                                        BaristaPracticeMembersWake wake,
                                        gpointer user_data);

/**
 * BaristaPracticeMemberRef:
 * @group: the group's id
 * @member: the member's id; "" before it has one
 * @instance: (nullable): of a static member
 * @generation: that it believes in
 *
 * Who asks.
 */
typedef struct
{
  const char *group, *member, *instance;
  gint32 generation;
} BaristaPracticeMemberRef;

/**
 * BaristaPracticeJoin:
 * @needs_id: a first Join is answered with an id to come back with (version 4 and later)
 * @protocols: of #BaristaPracticeProtocol, the liked ones first
 */
typedef struct
{
  BaristaPracticeMemberRef who;
  const char *protocol_type;
  gint32 session_ms, rebalance_ms; /* rebalance_ms: -1 = as session_ms */
  gboolean needs_id;
  GPtrArray *protocols;
} BaristaPracticeJoin;

/* (transfer full) */
BaristaPracticeTurn *
barista_practice_members_join (BaristaPracticeMembers *self, const BaristaPracticeJoin *join);
/* @shares: member id -> GBytes; the leader's are used. @protocol_type, @protocol: (nullable) */
BaristaPracticeTurn *barista_practice_members_sync (BaristaPracticeMembers *self,
                                                    const BaristaPracticeMemberRef *who,
                                                    const char *protocol_type,
                                                    const char *protocol,
                                                    GHashTable *shares);
gint16 barista_practice_members_heartbeat (BaristaPracticeMembers *self,
                                           const BaristaPracticeMemberRef *who);
gint16
barista_practice_members_leave (BaristaPracticeMembers *self, const BaristaPracticeMemberRef *who);
/* Whether @who may commit now; one without member id and generation may if nobody is in. */
gint16 barista_practice_members_may_commit (BaristaPracticeMembers *self,
                                            const BaristaPracticeMemberRef *who);
/* 68 while somebody is in; else lets go of ids that were only given out. */
gint16 barista_practice_members_delete (BaristaPracticeMembers *self, const char *group);

G_END_DECLS
