/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "barista-plan.h"

G_BEGIN_DECLS

/**
 * BaristaEngine:
 *
 * ENGINE and its parameters; NULL = not written.
 */
typedef struct
{
  char *name;
  char *sorting_key;
  char *version;
  char *is_deleted;
  char *partition_key;
  char *ttl;
} BaristaEngine;

void barista_engine_clear (BaristaEngine *self);
void barista_engine_propose (BaristaEngine *self,
                             BaristaTopicChoice *choice,
                             const BaristaPlanFacts *facts,
                             BaristaPlan plan);
gboolean barista_engine_is_merging (const BaristaEngine *self);

/* barista-engine-lint.c */
void barista_engine_lint (const BaristaEngine *self,
                          GPtrArray *columns,
                          const char *file,
                          GPtrArray *findings);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (BaristaEngine, barista_engine_clear)

G_END_DECLS
