/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "barista-replay.h"
#include "barista-session.h"

G_BEGIN_DECLS

/* What a person does to columns, as changes of the topic's choice: each is one entry of undo. A column
 * goes by its path, a meta column by its name. */

const char *barista_column_get_id (const BaristaColumn *column);

void barista_column_answer_included (BaristaSession *session,
                                     const char *topic,
                                     const char *id,
                                     gboolean included);
void barista_column_answer_name (BaristaSession *session,
                                 const char *topic,
                                 const char *id,
                                 const char *name);
void barista_column_answer_type (BaristaSession *session,
                                 const char *topic,
                                 const char *id,
                                 const char *type);
void barista_column_answer_nullable (BaristaSession *session,
                                     const char *topic,
                                     const char *id,
                                     gboolean nullable);

typedef enum
{
  BARISTA_COLUMNS_ALL,
  BARISTA_COLUMNS_NONE,
  BARISTA_COLUMNS_KEYS,
} BaristaColumnsWanted;

void barista_columns_answer_included (BaristaSession *session,
                                      const char *topic,
                                      GPtrArray *ids,
                                      BaristaColumnsWanted wanted);
/* Everything as proposed again, the deletion plan and the engine aside. */
void barista_columns_answer_proposed (BaristaSession *session, const char *topic);
/* Gives each column that rejects records the type that takes them. */
void
barista_columns_answer_fixes (BaristaSession *session, const char *topic, BaristaReplay *replay);

G_END_DECLS
