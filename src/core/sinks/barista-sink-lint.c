/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "barista-schedule.h"
#include "barista-sink-rules.h"
#include "barista-table.h"

#include <glib/gi18n-lib.h>

/**
 * barista_sink_path:
 * @name: (nullable): name of a sink
 *
 * Returns: (transfer full): its file in the project folder
 */
char *
barista_sink_path (const char *name)
{
  return g_strdup_printf ("sinks/%s.pipe", name != NULL ? name : "");
}

/**
 * barista_target_path:
 * @name: (nullable): name of a connection
 *
 * Returns: (transfer full): its file in the project folder
 */
char *
barista_target_path (const char *name)
{
  return g_strdup_printf ("connections/%s.connection", name != NULL ? name : "");
}

static void
read_nodes (BaristaRuleContext *self)
{
  GListModel *nodes = barista_sink_get_nodes (self->sink);

  self->statements = g_ptr_array_new_with_free_func (g_free);
  self->queries = g_ptr_array_new_with_free_func ((GDestroyNotify) barista_sql_unref);
  for (guint i = 0; i < g_list_model_get_n_items (nodes); i++)
    {
      g_autoptr (BaristaSinkNode) node = g_list_model_get_item (nodes, i);
      char *statement = barista_sink_statement (barista_sink_node_get_sql (node));

      self->sql = barista_sql_new (statement, -1);
      g_ptr_array_add (self->statements, statement);
      g_ptr_array_add (self->queries, self->sql);
    }
}

void
barista_rule_context_init (BaristaRuleContext *self,
                           BaristaSetup *setup,
                           GPtrArray *tables,
                           GHashTable *names,
                           BaristaSink *sink,
                           BaristaTarget *target)
{
  *self = (BaristaRuleContext) {
    .setup = setup,
    .tables = tables,
    .names = names,
    .sink = sink,
    .target = target,
  };
  if (sink != NULL)
    {
      self->target = barista_setup_get_sink_target (setup, sink);
      self->kind = barista_setup_get_sink_kind (setup, sink);
      read_nodes (self);
    }
}

void
barista_rule_context_clear (BaristaRuleContext *self)
{
  g_clear_pointer (&self->statements, g_ptr_array_unref);
  g_clear_pointer (&self->queries, g_ptr_array_unref);
  self->sql = NULL;
}

static void
count (GHashTable *names, const char *name)
{
  if (name != NULL)
    g_hash_table_insert (names, g_strdup (name),
                         GUINT_TO_POINTER (GPOINTER_TO_UINT (g_hash_table_lookup (names, name))
                                           + 1));
}

static void
count_in_sinks (GHashTable *names, GListModel *sinks)
{
  for (guint i = 0; i < g_list_model_get_n_items (sinks); i++)
    {
      g_autoptr (BaristaSink) sink = g_list_model_get_item (sinks, i);
      GListModel *nodes = barista_sink_get_nodes (sink);

      count (names, barista_sink_get_name (sink));
      for (guint j = 0; j < g_list_model_get_n_items (nodes); j++)
        {
          g_autoptr (BaristaSinkNode) node = g_list_model_get_item (nodes, j);

          count (names, barista_sink_node_get_name (node));
        }
    }
}

/* How many resources of the project have each name; the Kafka connection's counts only where there is
 * one. */
GHashTable *
barista_rule_names_new (BaristaSetup *setup, GPtrArray *tables)
{
  GHashTable *names = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  GListModel *targets = barista_setup_get_targets (setup);

  count_in_sinks (names, barista_setup_get_sinks (setup));
  for (guint i = 0; i < g_list_model_get_n_items (targets); i++)
    {
      g_autoptr (BaristaTarget) target = g_list_model_get_item (targets, i);

      count (names, barista_target_get_name (target));
    }
  for (guint i = 0; tables != NULL && i < tables->len; i++)
    {
      const char *source = barista_table_get_data_source (tables->pdata[i]);
      g_autofree char *current = g_strconcat (source, "_current", NULL);

      count (names, source);
      count (names, current);
    }
  if (tables != NULL && tables->len > 0)
    count (names, barista_setup_get_project_connection (setup));

  return names;
}

guint
barista_rule_count_name (const BaristaRuleContext *self, const char *name)
{
  return GPOINTER_TO_UINT (g_hash_table_lookup (self->names, name));
}

/* Names of the data sources that need FINAL. */
char **
barista_rule_merging_tables (GPtrArray *tables)
{
  g_autoptr (GStrvBuilder) names = g_strv_builder_new ();

  for (guint i = 0; tables != NULL && i < tables->len; i++)
    if (barista_table_get_needs_final (tables->pdata[i]))
      g_strv_builder_add (names, barista_table_get_data_source (tables->pdata[i]));

  return g_strv_builder_end (names);
}

static void
check_rules (const BaristaRule *rules,
             const BaristaRuleContext *context,
             gboolean first,
             const char *path,
             GPtrArray *findings)
{
  for (const BaristaRule *rule = rules; rule->rule != NULL; rule++)
    {
      g_autofree char *message = rule->once && !first ? NULL : rule->check (context);

      if (message != NULL)
        g_ptr_array_add (findings,
                         barista_finding_new (rule->rule, rule->level, rule->once ? NULL : path, 0,
                                              message, rule->fix != NULL ? _ (rule->fix) : NULL));
    }
}

static void
lint_texts (const BaristaRuleContext *context, const char *path, GPtrArray *findings)
{
  const char *text = barista_sink_get_schedule (context->sink);
  g_autoptr (BaristaSchedule) schedule = text != NULL ? barista_schedule_new (text, NULL) : NULL;
  g_auto (GStrv) merging = barista_rule_merging_tables (context->tables);

  if (schedule != NULL)
    barista_schedule_lint (schedule, path, findings);
  for (guint i = 0; i < context->queries->len; i++)
    if (*(const char *) context->statements->pdata[i] != '\0')
      barista_sql_lint (context->queries->pdata[i], (const char *const *) merging, path, findings);
}

/**
 * barista_sinks_lint:
 * @setup: a setup
 * @tables: (nullable) (element-type BaristaTable): what it loads, as far as that is known
 * @findings: (element-type BaristaFinding): gets what there is to say
 *
 * Looks through connections and sinks: what Tinybird would refuse, what is doubtful, and what
 * practice teaches. A finding's file is that of the sink or connection.
 */
void
barista_sinks_lint (BaristaSetup *setup, GPtrArray *tables, GPtrArray *findings)
{
  GListModel *targets = barista_setup_get_targets (setup);
  GListModel *sinks = barista_setup_get_sinks (setup);
  g_autoptr (GHashTable) names = barista_rule_names_new (setup, tables);

  for (guint i = 0; i < g_list_model_get_n_items (targets); i++)
    {
      g_autoptr (BaristaTarget) target = g_list_model_get_item (targets, i);
      g_autofree char *path = barista_target_path (barista_target_get_name (target));
      g_auto (BaristaRuleContext) context = { 0 };

      barista_rule_context_init (&context, setup, tables, names, NULL, target);
      check_rules (barista_target_rules, &context, i == 0, path, findings);
    }

  for (guint i = 0; i < g_list_model_get_n_items (sinks); i++)
    {
      g_autoptr (BaristaSink) sink = g_list_model_get_item (sinks, i);
      g_autofree char *path = barista_sink_path (barista_sink_get_name (sink));
      g_auto (BaristaRuleContext) context = { 0 };

      barista_rule_context_init (&context, setup, tables, names, sink, NULL);
      check_rules (barista_sink_rules, &context, i == 0, path, findings);
      lint_texts (&context, path, findings);
      check_rules (barista_sink_hints, &context, i == 0, path, findings);
      check_rules (barista_sink_practices, &context, i == 0, path, findings);
    }
}
