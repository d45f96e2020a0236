/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "barista-practice-group-turn.h"
#include "barista-practice-kafka.h"

#include "barista-wire.h"

G_BEGIN_DECLS

/* Codes of the answers, see dekaf.md 8. */
enum
{
  BARISTA_KAFKA_UNKNOWN_SERVER_ERROR = -1,
  BARISTA_KAFKA_NONE = 0,
  BARISTA_KAFKA_UNKNOWN_TOPIC_OR_PARTITION = 3,
  BARISTA_KAFKA_LEADER_NOT_AVAILABLE = 5,
  BARISTA_KAFKA_NOT_LEADER_OR_FOLLOWER = 6,
  BARISTA_KAFKA_OFFSET_METADATA_TOO_LARGE = 12,
  BARISTA_KAFKA_COORDINATOR_NOT_AVAILABLE = 15,
  BARISTA_KAFKA_NOT_COORDINATOR = 16,
  BARISTA_KAFKA_UNSUPPORTED_SASL_MECHANISM = 33,
  BARISTA_KAFKA_ILLEGAL_SASL_STATE = 34,
  BARISTA_KAFKA_INVALID_REQUEST = 42,
  BARISTA_KAFKA_SASL_AUTHENTICATION_FAILED = 58,
  BARISTA_KAFKA_GROUP_ID_NOT_FOUND = 69,
  BARISTA_KAFKA_FENCED_LEADER_EPOCH = 74,
  BARISTA_KAFKA_UNKNOWN_LEADER_EPOCH = 75,
};

/**
 * BaristaPracticeClient:
 * @user: (nullable): who has signed in
 * @raw_token: after SaslHandshake 0 the next frame is the bare token
 * @turn: (nullable): of its Join or Sync that waits for other members
 * @reads: what the first Fetch has decided: not yet, plain reading, a data preview
 *
 * What the handlers know of the client of a session, from one request to the next.
 */
typedef struct
{
  BaristaPracticeKafka *kafka;
  BaristaPracticeTask *task;
  char *user;
  gboolean raw_token;
  BaristaPracticeTurn *turn;
  enum
  {
    BARISTA_READS_UNDECIDED,
    BARISTA_READS_PLAIN,
    BARISTA_READS_PREVIEW
  } reads;
  gint64 held_back_since; /* the scenario schema-trouble; 0 = not yet */
} BaristaPracticeClient;

typedef enum
{
  BARISTA_ANSWER, /* send what was written */
  BARISTA_CLOSE,  /* the universal failure: the connection ends without an answer */
  BARISTA_WAIT,   /* ask the handler again after wait_ms, or when there are new records */
} BaristaPracticeVerdict;

/**
 * BaristaPracticeCall:
 *
 * One request on its way through its handler.
 */
typedef struct
{
  BaristaPracticeClient *client;
  BaristaWireView request;
  gint16 version;
  BaristaWireWriter *answer;
  guint n_partitions; /* that are asked for in all; reads only */
  guint elapsed_ms;   /* since it was asked first */
  guint wait_ms;      /* (out) */
} BaristaPracticeCall;

typedef BaristaPracticeVerdict (*BaristaPracticeHandler) (BaristaPracticeCall *call);

/* @answer: (out): the whole frame. */
BaristaPracticeVerdict barista_practice_answer (BaristaPracticeClient *client,
                                                const guint8 *frame,
                                                gsize length,
                                                guint elapsed_ms,
                                                GBytes **answer,
                                                guint *wait_ms);
void barista_practice_client_clear (BaristaPracticeClient *self);

/* The topic of the name in @field; @name: (out): as asked. FALSE: the dot trap, close. */
gboolean barista_practice_call_find_topic (BaristaPracticeCall *call,
                                           const BaristaWireView *view,
                                           const char *field,
                                           char **name,
                                           BaristaPracticeTopic **topic);

/* barista-practice-signin.c */
BaristaPracticeVerdict barista_practice_sasl_handshake (BaristaPracticeCall *call);
BaristaPracticeVerdict barista_practice_sasl_authenticate (BaristaPracticeCall *call);
BaristaPracticeVerdict barista_practice_sasl_raw (BaristaPracticeClient *client,
                                                  const guint8 *token,
                                                  gsize length,
                                                  guint elapsed_ms,
                                                  GBytes **answer,
                                                  guint *wait_ms);
/* barista-practice-reads.c */
BaristaPracticeVerdict barista_practice_list_offsets (BaristaPracticeCall *call);
BaristaPracticeVerdict barista_practice_offset_for_leader_epoch (BaristaPracticeCall *call);
BaristaPracticeVerdict barista_practice_fetch (BaristaPracticeCall *call);
/* barista-practice-group-requests.c */
BaristaPracticeVerdict barista_practice_find_coordinator (BaristaPracticeCall *call);
BaristaPracticeVerdict barista_practice_offset_fetch (BaristaPracticeCall *call);
BaristaPracticeVerdict barista_practice_list_groups (BaristaPracticeCall *call);
BaristaPracticeVerdict barista_practice_delete_groups (BaristaPracticeCall *call);
gint16 barista_practice_call_find_binding (BaristaPracticeCall *call,
                                           const char *name,
                                           BaristaPracticeTopic **topic);
/* barista-practice-group-calls.c */
BaristaPracticeVerdict barista_practice_join_group (BaristaPracticeCall *call);
BaristaPracticeVerdict barista_practice_sync_group (BaristaPracticeCall *call);
BaristaPracticeVerdict barista_practice_heartbeat (BaristaPracticeCall *call);
BaristaPracticeVerdict barista_practice_leave_group (BaristaPracticeCall *call);
/* barista-practice-group-commit.c */
BaristaPracticeVerdict barista_practice_offset_commit (BaristaPracticeCall *call);

G_END_DECLS
