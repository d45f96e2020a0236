/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* One way to share partitions that a member offers, with what it tells the leader for it. */
typedef struct
{
  char *name;
  GBytes *metadata;
} BaristaPracticeProtocol;

BaristaPracticeProtocol *
barista_practice_protocol_new (const char *name, const guint8 *metadata, gsize length);
void barista_practice_protocol_free (BaristaPracticeProtocol *self);

/* A member as the leader of its group is told of it. */
typedef struct
{
  char *id, *instance; /* instance: (nullable) */
  GBytes *metadata;
} BaristaPracticeSeat;

/**
 * BaristaPracticeTurn:
 * @ready: the rest is filled in
 * @code: error code of the answer
 * @seats: (nullable): of #BaristaPracticeSeat, for the leader only
 * @assignment: (nullable): the answer to a Sync
 *
 * The answer to a Join or Sync, which may have to wait for other members. Held by the connection
 * that asked and by the group that fills it in, each may let go of it first. A copy of what held
 * when it became ready: the group may have moved on before the connection looks.
 */
typedef struct
{
  guint n_refs;
  gboolean ready;
  gint16 code;
  gint32 generation;
  char *protocol_type, *protocol, *leader, *member;
  GPtrArray *seats;
  GBytes *assignment;
} BaristaPracticeTurn;

BaristaPracticeTurn *barista_practice_turn_new (void);
/* Ready at once. @member: (nullable) */
BaristaPracticeTurn *barista_practice_turn_new_ready (gint16 code, const char *member);
BaristaPracticeTurn *barista_practice_turn_ref (BaristaPracticeTurn *self);
void barista_practice_turn_unref (BaristaPracticeTurn *self);
void barista_practice_turn_add_seat (BaristaPracticeTurn *self,
                                     const char *id,
                                     const char *instance,
                                     GBytes *metadata);

G_END_DECLS
