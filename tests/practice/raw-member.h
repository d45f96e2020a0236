/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "raw-client.h"

G_BEGIN_DECLS

#define RAW_GROUP "acmeco-practice-members"
#define RAW_TOPIC "acmeCo/orders"

/* A member of RAW_GROUP on a connection of its own, and what it was told last. */
typedef struct
{
  RawClient *client;
  char *id, *instance, *protocol;
  gint32 generation, session_ms, rebalance_ms;
  const char *topic, *protocols[3];
} RawMember;

/* Signed in, not joined; with timeouts that no test waits for. */
void raw_member_init (RawMember *self, BaristaPractice *practice);
void raw_member_clear (RawMember *self);

BaristaWireWriter *raw_member_new_join (RawMember *self, const char *group, gint16 version);
/* Sends @request (taken), whose answer may take its time. */
void raw_member_send (RawMember *self, BaristaWireWriter *request);
/* The code; what else was told is kept. */
int raw_member_receive_joined (RawMember *self, gint16 version, BaristaWireView *answer);
int raw_member_join (RawMember *self, gint16 version, BaristaWireView *answer);
/* Joins a group without others, of whatever version: from 4 on an id comes first. */
void raw_member_join_alone (RawMember *self, gint16 version);
/* How many members the leader is told of. */
int raw_count_seats (const BaristaWireView *answer);

/* @other: (nullable): gets the topic's partition; else @self does if it @leads. */
void raw_member_send_sync (RawMember *self, gboolean leads, RawMember *other, gint16 version);
/* The code; @share: bytes of what it is given. */
int raw_member_receive_synced (RawMember *self, gint16 version, gsize *share);
/* Joins alone and takes the topic for itself. */
void raw_member_settle (RawMember *self);
/* Sends @newcomer's Join, which waits until @self, in the group, has joined anew; returns when
 * @self is told to. */
void raw_member_let_in (RawMember *self, RawMember *newcomer);

/* The codes of the answers. */
int raw_member_heartbeat (RawMember *self, gint16 version);
int raw_member_leave (RawMember *self, gint16 version);
/* Commits @offset for @partition of RAW_TOPIC and of @topic; the code is the first one's. */
int raw_member_commit (RawMember *self, const char *topic, gint32 partition, gint64 offset);

gint64 raw_member_fetch_committed (RawMember *self);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (RawMember, raw_member_clear)

G_END_DECLS
