/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "barista-cell.h"
#include "barista-table.h"

G_BEGIN_DECLS

/* A Kafka message may have 10 MB; a larger one is put into quarantine (tinybird.md 6.6). */
#define BARISTA_RECORD_MAX (10 * 1000 * 1000)

/**
 * BaristaReplayRecord:
 *
 * A sample record, ready to be replayed: decoded once, held against many tables. Immutable and
 * counted; may be read in any thread.
 */
typedef struct _BaristaReplayRecord BaristaReplayRecord;
#define BARISTA_TYPE_REPLAY_RECORD (barista_replay_record_get_type ())
GType barista_replay_record_get_type (void);

BaristaReplayRecord *barista_replay_record_new (gint32 partition,
                                                gint64 offset,
                                                gint64 timestamp,
                                                GBytes *key,
                                                GBytes *value,
                                                BaristaAvroSchema *key_schema,
                                                BaristaAvroSchema *value_schema);
BaristaReplayRecord *barista_replay_record_ref (BaristaReplayRecord *self);
void barista_replay_record_unref (BaristaReplayRecord *self);
gint32 barista_replay_record_get_partition (const BaristaReplayRecord *self);
gint64 barista_replay_record_get_offset (const BaristaReplayRecord *self);
gint64 barista_replay_record_get_timestamp (const BaristaReplayRecord *self);

/**
 * BaristaCellState:
 * @BARISTA_CELL_STORED: the value is stored
 * @BARISTA_CELL_NULL: NULL is stored
 * @BARISTA_CELL_DEFAULT: the document has nothing there, so the column's default is stored
 * @BARISTA_CELL_REJECTED: it puts the record into quarantine
 */
typedef enum
{
  BARISTA_CELL_STORED,
  BARISTA_CELL_NULL,
  BARISTA_CELL_DEFAULT,
  BARISTA_CELL_REJECTED,
} BaristaCellState;

/**
 * BaristaReplayRow:
 * @accepted: becomes a row; else it goes to the quarantine
 * @deleted: a deletion: no document, or one that its marker or operation calls so
 * @rejection: why it isn't accepted
 * @column: (nullable): the first column that rejects it; NULL if it is the record as a whole
 */
typedef struct
{
  gboolean accepted;
  gboolean deleted;
  BaristaRejection rejection;
  const BaristaColumn *column;
} BaristaReplayRow;

/**
 * BaristaReplayColumn:
 * @column: the column; owned by the table
 * @rejected: records that it rejects
 * @deletions: how many of those are deletions
 * @rejection: the most frequent reason
 * @reason: that as one sentence, translated
 * @fix_type: (nullable): the type that takes all of the sample; %NULL: none is known
 * @fix: (nullable): that as one sentence, translated
 */
typedef struct
{
  const BaristaColumn *column;
  guint rejected;
  guint deletions;
  BaristaRejection rejection;
  char *reason;
  char *fix_type;
  char *fix;
} BaristaReplayColumn;

/**
 * BaristaReplay:
 *
 * Sample records held against a table: each as the row that it becomes, or with what puts it into
 * quarantine. Pure and immutable; made in any thread. Texts of cells are spelled when asked for, so
 * that a table of 500 columns costs only its verdict.
 */
#define BARISTA_TYPE_REPLAY (barista_replay_get_type ())
G_DECLARE_FINAL_TYPE (BaristaReplay, barista_replay, BARISTA, REPLAY, GObject)

BaristaReplay *barista_replay_new (BaristaTable *table, GPtrArray *records);

BaristaTable *barista_replay_get_table (BaristaReplay *self);
guint barista_replay_get_n_records (BaristaReplay *self);
guint barista_replay_get_n_accepted (BaristaReplay *self);
guint barista_replay_get_n_quarantined (BaristaReplay *self);
guint barista_replay_get_n_deletions (BaristaReplay *self);

/* Columns are the table's included ones, in its order. */
guint barista_replay_get_n_columns (BaristaReplay *self);
const BaristaColumn *barista_replay_get_column (BaristaReplay *self, guint column);
const BaristaReplayRecord *barista_replay_get_record (BaristaReplay *self, guint record);
void barista_replay_get_row (BaristaReplay *self, guint record, BaristaReplayRow *row);
BaristaCellState barista_replay_get_cell (BaristaReplay *self, guint record, guint column);
char *barista_replay_dup_text (BaristaReplay *self, guint record, guint column);
char *barista_replay_dup_reason (BaristaReplay *self, guint record, guint column);
char *barista_replay_dup_row_reason (BaristaReplay *self, guint record);

/* How many records of the sample a column of @type would reject. */
guint barista_replay_try_type (BaristaReplay *self, guint column, const char *type);

/* What rejects: BaristaReplayColumn, in the table's order. */
GPtrArray *barista_replay_get_rejecting (BaristaReplay *self);
char *barista_replay_dup_verdict (BaristaReplay *self);
/* The button that mends all that one can; NULL: nothing to mend. */
char *barista_replay_dup_fix_label (BaristaReplay *self);
/* The object of `replay --json`. */
char *barista_replay_to_json (BaristaReplay *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BaristaReplayRecord, barista_replay_record_unref)

G_END_DECLS
