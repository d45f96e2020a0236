/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "barista-sinks.h"
#include "barista-sql.h"

G_BEGIN_DECLS

/* The rules of sinks and connections, as tables. Private to this folder. */

/**
 * BaristaRuleContext:
 * @setup: the answers
 * @tables: (nullable) (element-type BaristaTable): what the setup loads
 * @sink: (nullable): the sink that is looked at
 * @target: (nullable): its connection, or the connection that is looked at
 * @kind: of the sink
 * @statements: (nullable) (element-type utf8): what is written of each node of the sink
 * @queries: (nullable) (element-type BaristaSql): what is told of each of these; read once, here
 * @sql: (nullable): the last of @queries: what the sink exports
 * @names: (element-type utf8 guint): how many resources of the project have each name
 */
typedef struct
{
  BaristaSetup *setup;
  GPtrArray *tables;
  BaristaSink *sink;
  BaristaTarget *target;
  BaristaTargetKind kind;
  GPtrArray *statements;
  GPtrArray *queries;
  BaristaSql *sql;
  GHashTable *names;
} BaristaRuleContext;

/**
 * BaristaRule:
 * @rule: stable id
 * @level: how bad it is
 * @check: tells what is wrong, translated; %NULL: nothing
 * @fix: (nullable): translatable: what to do
 * @apply: (nullable): does it; FALSE if it can't be done here
 * @once: holds for all sinks alike, so it is told once
 */
typedef struct
{
  const char *rule;
  BaristaLevel level;
  char *(*check) (const BaristaRuleContext *context);
  const char *fix;
  gboolean (*apply) (const BaristaRuleContext *context);
  gboolean once;
} BaristaRule;

/* The last one has no id. */
extern const BaristaRule barista_sink_rules[];
extern const BaristaRule barista_sink_hints[];
extern const BaristaRule barista_sink_practices[];
extern const BaristaRule barista_target_rules[];

/* As if for one sink or connection only; @sink or @target is NULL. */
void barista_rule_context_init (BaristaRuleContext *self,
                                BaristaSetup *setup,
                                GPtrArray *tables,
                                GHashTable *names,
                                BaristaSink *sink,
                                BaristaTarget *target);
GHashTable *barista_rule_names_new (BaristaSetup *setup, GPtrArray *tables);
void barista_rule_context_clear (BaristaRuleContext *self);
char **barista_rule_merging_tables (GPtrArray *tables);
guint barista_rule_count_name (const BaristaRuleContext *self, const char *name);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (BaristaRuleContext, barista_rule_context_clear)

G_END_DECLS
