/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "barista-check-private.h"

G_BEGIN_DECLS

/* The sample's own parts: barista-check-leaders.c connects to the brokers that hold the partitions,
 * -offsets asks where these begin and end, -sample fetches the records, -decode reads them. */

#define CHECK_READ_UNCOMMITTED 0
#define CHECK_READ_COMMITTED 1

/* Why a broker's partitions are not read, beside causes of its connection. */
#define CHECK_NOT_ASKED "not-asked"

typedef struct
{
  BaristaAddress *address;       /* nullable: of no broker, or of several */
  BaristaConnection *connection; /* nullable: none yet, or trouble */
  const char *trouble;           /* nullable: a cause's id, "no-leader" or CHECK_NOT_ASKED */
  guint n_partitions;
  guint empty_fetches; /* one after the other */
} CheckLeader;

typedef struct
{
  gint32 index;
  CheckLeader *leader;
  gint64 earliest, next;
  gint64 latest; /* where committed records end */
  gint64 end;    /* where all end; behind the latest while a transaction is open */
} CheckPartition;

typedef struct
{
  GArray *partitions;
  GHashTable *by_index;              /* partition index -> its place in the array */
  GPtrArray *leaders;                /* CheckLeader */
  GHashTable *by_node;               /* node id -> one of them */
  CheckLeader *own;                  /* with the check's own connection */
  CheckLeader *unasked, *leaderless; /* nullable */
  guint n_further;
  gint64 dialled;    /* when, monotonic */
  guint turn;        /* whose fetch is next, or under way: index in the leaders */
  guint pending;     /* dials or ListOffsets answers to come */
  GError *error;     /* the first one's */
  gint16 error_code; /* Kafka's, of a partition */
  GPtrArray *records;
  guint deletions, decoded, aborted;
  gint64 oldest, newest; /* ms; -1: no record */
  guint fetches;
  gboolean redialled;
  guint cursor;   /* of decoding: record */
  gboolean value; /* of decoding: its value, after its key */
} CheckSample;

CheckPartition *check_find_partition (CheckSample *work, gint64 index);
void check_init_leaders (CheckStage *stage);
/* @view: the partition in the listing. */
void check_add_partition (CheckStage *stage, const BaristaWireView *view);
/* Goes on with check_ask_offsets(). */
void check_connect_leaders (CheckStage *stage);
/* Into the evidence: who holds what, and what could not be read. */
void check_tell_leaders (CheckStage *stage);
/* Goes on with check_fetch_sample(). */
void check_ask_offsets (CheckStage *stage);
/* Goes on until it has enough, then with check_start_decoding(). */
void check_fetch_sample (CheckStage *stage);
/* Reads every key and value with its schema, then ends the stage. */
void check_start_decoding (CheckStage *stage);
/* @record: (nullable): the one that can't be read; else the offset stands in the evidence. */
void
check_end_undecodable (CheckStage *stage, const BaristaSampleRecord *record, const GError *error);
void check_end_sample (CheckStage *stage);
void check_fail_sample (CheckStage *stage, const GError *error);

G_END_DECLS
