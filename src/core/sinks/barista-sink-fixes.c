/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "barista-sink-rules.h"

/* Fixes of findings whose rules are those of schedules and of SQL. */

static gboolean
apply_often (const BaristaRuleContext *self)
{
  static const char often[] = "*/5 * * * *";

  if (g_strcmp0 (barista_sink_get_schedule (self->sink), often) == 0)
    return FALSE;

  barista_sink_set_schedule (self->sink, often);
  return TRUE;
}

static gboolean
apply_short_form (const BaristaRuleContext *self)
{
  static const struct
  {
    const char *word;
    const char *fields;
  } words[] = {
    { "@hourly", "0 * * * *" },   { "@daily", "0 0 * * *" },   { "@midnight", "0 0 * * *" },
    { "@weekly", "0 0 * * 0" },   { "@monthly", "0 0 1 * *" }, { "@yearly", "0 0 1 1 *" },
    { "@annually", "0 0 1 1 *" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (words); i++)
    if (g_strcmp0 (barista_sink_get_schedule (self->sink), words[i].word) == 0)
      {
        barista_sink_set_schedule (self->sink, words[i].fields);
        return TRUE;
      }

  return FALSE;
}

static gboolean
apply_final (const BaristaRuleContext *self)
{
  g_auto (GStrv) merging = barista_rule_merging_tables (self->tables);
  GListModel *nodes = barista_sink_get_nodes (self->sink);
  gboolean changed = FALSE;

  for (guint i = 0; i < g_list_model_get_n_items (nodes); i++)
    {
      g_autoptr (BaristaSinkNode) node = g_list_model_get_item (nodes, i);
      g_autofree char *with_final = barista_sql_add_final (self->queries->pdata[i],
                                                           (const char *const *) merging);

      if (g_str_equal (with_final, self->statements->pdata[i]))
        continue;
      barista_sink_node_set_sql (node, with_final);
      changed = TRUE;
    }

  return changed;
}

static const BaristaRule text_rules[] = {
  { "schedule-too-often", .apply = apply_often },
  { "schedule-word", .apply = apply_short_form },
  { "sql-final-missing", .apply = apply_final },
  {},
};

static const BaristaRule *
find_rule (const BaristaRule *rules, const char *id)
{
  for (const BaristaRule *rule = rules; rule->rule != NULL; rule++)
    if (g_str_equal (rule->rule, id))
      return rule->apply != NULL ? rule : NULL;

  return NULL;
}

static const BaristaRule *
find_sink_rule (const char *id)
{
  const BaristaRule *tables[] = { barista_sink_rules, barista_sink_hints, barista_sink_practices,
                                  text_rules };

  for (gsize i = 0; i < G_N_ELEMENTS (tables); i++)
    {
      const BaristaRule *rule = find_rule (tables[i], id);

      if (rule != NULL)
        return rule;
    }

  return NULL;
}

/* Of several with one name the last that has the fault: the first keeps what is its. */
static gboolean
find_place (BaristaSetup *setup,
            GPtrArray *tables,
            GHashTable *names,
            const BaristaRule *rule,
            gboolean is_target,
            const char *file,
            BaristaRuleContext *found)
{
  GListModel *list = is_target ? barista_setup_get_targets (setup)
                               : barista_setup_get_sinks (setup);

  for (guint i = g_list_model_get_n_items (list); i > 0; i--)
    {
      g_autoptr (GObject) item = g_list_model_get_item (list, i - 1);
      g_autofree char *path = is_target
                                  ? barista_target_path (barista_target_get_name ((gpointer) item))
                                  : barista_sink_path (barista_sink_get_name ((gpointer) item));
      g_autofree char *message = NULL;

      if (g_strcmp0 (path, file) != 0)
        continue;
      barista_rule_context_init (found, setup, tables, names, is_target ? NULL : (gpointer) item,
                                 is_target ? (gpointer) item : NULL);
      message = rule->check != NULL ? rule->check (found) : g_strdup ("");
      if (message != NULL)
        return TRUE;
      barista_rule_context_clear (found);
    }

  return FALSE;
}

/**
 * barista_sinks_can_fix:
 * @setup: a setup
 * @finding: a finding of barista_sinks_lint()
 *
 * Returns: whether barista_sinks_apply_fix() knows what to do, though it may still find that it
 *   can't be done
 */
gboolean
barista_sinks_can_fix (BaristaSetup *setup, const BaristaFinding *finding)
{
  return finding->file != NULL
         && (find_rule (barista_target_rules, finding->rule) != NULL
             || find_sink_rule (finding->rule) != NULL);
}

/**
 * barista_sinks_apply_fix:
 * @setup: the setup in which it was found; it is changed
 * @tables: (nullable) (element-type BaristaTable): what it loads, as when it was found
 * @finding: a finding of barista_sinks_lint()
 *
 * Does what the finding's fix says, where that is one thing and nothing needs to be asked.
 *
 * Returns: whether anything was changed; FALSE: the person has to
 */
gboolean
barista_sinks_apply_fix (BaristaSetup *setup, GPtrArray *tables, const BaristaFinding *finding)
{
  const BaristaRule *of_target = find_rule (barista_target_rules, finding->rule);
  const BaristaRule *rule = of_target != NULL ? of_target : find_sink_rule (finding->rule);
  g_autoptr (GHashTable) names = barista_rule_names_new (setup, tables);
  g_auto (BaristaRuleContext) context = { 0 };

  if (rule == NULL
      || !find_place (setup, tables, names, rule, of_target != NULL, finding->file, &context))
    return FALSE;

  return rule->apply (&context);
}
