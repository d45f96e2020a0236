/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "barista-replay.h"

G_BEGIN_DECLS

/* --- barista-replay-paths.c: the places of many columns, read in one walk of a document --- */

typedef struct _BaristaPaths BaristaPaths;

BaristaPaths *barista_paths_new (void);
void barista_paths_free (BaristaPaths *self);
void barista_paths_add (BaristaPaths *self, const char *path, guint slot);
void barista_paths_read (BaristaPaths *self, BaristaAvroValue document, BaristaAvroValue *values);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BaristaPaths, barista_paths_free)

/* --- barista-replay-record.c --- */

typedef enum
{
  BARISTA_PART_NULL,
  BARISTA_PART_AVRO,
  BARISTA_PART_RAW,        /* without a schema: bytes as they came */
  BARISTA_PART_UNREADABLE, /* not what its schema says */
} BaristaPartKind;

/* The key or the value of a record. */
typedef struct
{
  BaristaPartKind kind;
  GBytes *bytes; /* nullable */
  BaristaAvroSchema *schema;
  BaristaAvroValue value; /* PART_AVRO */
} BaristaPart;

struct _BaristaReplayRecord
{
  gatomicrefcount refs;
  gint32 partition;
  gint64 offset;
  gint64 timestamp;
  BaristaPart key;
  BaristaPart value;
};

/* --- barista-replay.c --- */

typedef enum
{
  SOURCE_DOCUMENT, /* from @path of the document */
  SOURCE_WHOLE,    /* __value */
  SOURCE_KEY,
  SOURCE_TOPIC,
  SOURCE_PARTITION,
  SOURCE_OFFSET,
  SOURCE_TIMESTAMP,
  SOURCE_HEADERS,
} BaristaSource;

/* A column of the table, and how its values are to be had. */
typedef struct
{
  const BaristaColumn *column; /* of the table */
  BaristaCellType *type;
  BaristaSource source;
} BaristaSlot;

typedef struct
{
  guint rejected_by; /* index of the first slot that rejects; n_slots: none, or the whole record */
  guint8 rejection;
  guint8 deleted;
} BaristaRowState;

struct _BaristaReplay
{
  GObject parent_instance;

  BaristaTable *table;
  GPtrArray *records;
  BaristaSlot *slots;
  guint n_slots;
  guint n_wanted;           /* slots, and places that only tell deletions */
  BaristaAvroValue *values; /* records x wanted */
  guint8 *rejections;       /* records x slots: BaristaRejection */
  BaristaRowState *rows;
  guint accepted;
  guint deletions;
  GPtrArray *columns; /* BaristaReplayColumn: those that reject */
};

/* What the document of @record holds for @slot. */
static inline BaristaAvroValue
barista_replay_peek (BaristaReplay *self, guint record, guint slot)
{
  return self->values[(gsize) record * self->n_wanted + slot];
}

/* barista-replay-fix.c: a type under which each record of the sample would fit; NULL: none known. */
char *barista_replay_find_type (BaristaReplay *self, guint slot);

/* barista-replay-words.c */
char *barista_replay_reason (BaristaRejection rejection, const BaristaColumn *column);
char *barista_replay_fix (const BaristaReplayColumn *column);

G_END_DECLS
