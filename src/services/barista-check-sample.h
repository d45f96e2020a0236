/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "barista-check-private.h"

G_BEGIN_DECLS

/* The sample's own parts: barista-check-offsets.c asks where the partitions begin and end, -sample
 * fetches the records, -decode reads them. */

#define CHECK_READ_UNCOMMITTED 0
#define CHECK_READ_COMMITTED 1

typedef struct
{
  gint32 index;
  gint64 earliest, next;
  gint64 latest; /* where committed records end */
  gint64 end;    /* where all end; behind the latest while a transaction is open */
} CheckPartition;

typedef struct
{
  GArray *partitions;
  guint pending;     /* ListOffsets answers to come */
  GError *error;     /* the first one's */
  gint16 error_code; /* Kafka's, of a partition */
  GPtrArray *records;
  guint deletions, decoded, aborted;
  gint64 oldest, newest; /* ms; -1: no record */
  guint fetches, empty_fetches;
  gboolean redialled;
  guint cursor;   /* of decoding: record */
  gboolean value; /* of decoding: its value, after its key */
} CheckSample;

CheckPartition *check_find_partition (CheckSample *work, gint64 index);
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
