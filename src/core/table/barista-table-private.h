/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "barista-engine.h"
#include "barista-table.h"

G_BEGIN_DECLS

struct _BaristaTable
{
  GObject parent_instance;

  char *topic;
  char *data_source;
  char *group_id;
  BaristaStart start;
  GPtrArray *columns;
  GPtrArray *findings;
  BaristaPlan plan;
  BaristaPlan recommended;
  BaristaStore store;
  char *plan_reason;
  BaristaDeletions deletions;
  BaristaEngine engine;
  BaristaAvroSchema *value; /* the columns' nodes live in it */
};

/**
 * BaristaTableDraft:
 *
 * A table in the making.
 */
typedef struct
{
  BaristaTable *table;
  BaristaTopicChoice *choice;
  GPtrArray *leaves;
  GHashTable *choices; /* path -> BaristaColumnChoice */
  GHashTable *matched; /* set of the choices that found their column */
  BaristaPlanFacts facts;
  char *file;
} BaristaTableDraft;

/* barista-table-columns.c */
void barista_table_draft_match (BaristaTableDraft *self);
void barista_table_draft_fill (BaristaTableDraft *self);
void barista_table_draft_add_meta (BaristaTableDraft *self);
void barista_table_draft_limit (BaristaTableDraft *self);

/* barista-table-findings.c */
void barista_table_draft_note (BaristaTableDraft *self,
                               const char *rule,
                               BaristaLevel level,
                               const char *message,
                               const char *fix);
void barista_table_draft_note_names (BaristaTableDraft *self,
                                     const char *rule,
                                     BaristaLevel level,
                                     GPtrArray *names,
                                     const char *message,
                                     const char *fix);
void barista_table_draft_note_plan (BaristaTableDraft *self);
void barista_table_draft_note_columns (BaristaTableDraft *self);

G_END_DECLS
