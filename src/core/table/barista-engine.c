/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "barista-engine.h"

#include "barista-column-type.h"
#include "barista-expression.h"

#define REPLACING "ReplacingMergeTree"

void
barista_engine_clear (BaristaEngine *self)
{
  g_clear_pointer (&self->name, g_free);
  g_clear_pointer (&self->sorting_key, g_free);
  g_clear_pointer (&self->version, g_free);
  g_clear_pointer (&self->is_deleted, g_free);
  g_clear_pointer (&self->partition_key, g_free);
  g_clear_pointer (&self->ttl, g_free);
}

/**
 * barista_engine_is_merging:
 * @self: an engine
 *
 * Returns: whether rows of one key become one, so that queries need FINAL
 */
gboolean
barista_engine_is_merging (const BaristaEngine *self)
{
  return !g_str_equal (self->name, "MergeTree") && !g_str_equal (self->name, "Null");
}

/* The column of a key of one part if it is certain to tell rows apart, else Tinybird's own __key,
 * which holds the key as Dekaf serialized it. A deletion in kafka mode has a key and nothing else. */
static char *
propose_key (const BaristaPlanFacts *facts, BaristaPlan plan)
{
  const BaristaColumn *column = facts->only_key != NULL ? facts->only_key->column : NULL;

  gboolean bare = facts->deletions == BARISTA_DELETIONS_KAFKA && plan != BARISTA_PLAN_NONE;

  if (!bare && column != NULL && column->included && barista_column_type_fits_key (column->type))
    return barista_expression_quote (column->name);
  return g_strdup ("__key");
}

static char *
propose_sorting_key (const BaristaPlanFacts *facts,
                     BaristaPlan plan,
                     gboolean merging,
                     gboolean keyed)
{
  g_autofree char *key = NULL;

  if (!keyed)
    return g_strdup ("__timestamp");
  key = propose_key (facts, plan);
  return merging ? g_steal_pointer (&key) : g_strconcat (key, ", __offset", NULL);
}

/**
 * barista_engine_propose:
 * @self: (out caller-allocates): the engine
 * @choice: what the person stated wins
 * @facts: key and marker
 * @plan: the deletion plan
 *
 * A collection of Dekaf always has a key, so its rows are merged by it, the newest offset wins.
 * Elsewhere without a key schema all keys could be empty, and merging would leave one row: a plain
 * MergeTree then.
 */
void
barista_engine_propose (BaristaEngine *self,
                        BaristaTopicChoice *choice,
                        const BaristaPlanFacts *facts,
                        BaristaPlan plan)
{
  gboolean keyed = facts->is_dekaf || facts->n_parts > 0;
  const char *name = barista_topic_choice_get_engine (choice);
  const char *key = barista_topic_choice_get_sorting_key (choice);
  const char *version = barista_topic_choice_get_version (choice);
  const char *is_deleted = barista_topic_choice_get_is_deleted (choice);
  gboolean replacing;

  *self = (BaristaEngine) {
    .name = g_strdup (name != NULL ? name
                      : keyed      ? REPLACING
                                   : "MergeTree"),
    .partition_key = g_strdup (barista_topic_choice_get_partition_key (choice)),
    .ttl = g_strdup (barista_topic_choice_get_ttl (choice)),
  };
  replacing = g_str_equal (self->name, REPLACING);

  if (key != NULL)
    self->sorting_key = g_strdup (key);
  else if (!g_str_equal (self->name, "Null"))
    self->sorting_key = propose_sorting_key (facts, plan, barista_engine_is_merging (self), keyed);

  if (replacing)
    self->version = g_strdup (version != NULL ? version : "__offset");
  if (replacing && is_deleted != NULL)
    self->is_deleted = g_strdup (is_deleted);
  else if (replacing && plan == BARISTA_PLAN_HARD && facts->marker != NULL)
    self->is_deleted = g_strdup (facts->marker->column->name);
}
