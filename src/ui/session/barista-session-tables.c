/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "barista-session-private.h"

static void
topic_free (gpointer data)
{
  SessionTopic *topic = data;

  g_clear_pointer (&topic->probes, g_ptr_array_unref);
  g_clear_pointer (&topic->stages, g_ptr_array_unref);
  g_free (topic);
}

void
session_tables_init (BaristaSession *self)
{
  self->topics = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, topic_free);
  self->tables = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_object_unref);
  self->outdated = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
}

void
session_tables_clear (BaristaSession *self)
{
  g_clear_handle_id (&self->tables_source, g_source_remove);
  self->stages_stale = FALSE;
  g_cancellable_cancel (self->making);
  g_clear_object (&self->making);
  g_clear_pointer (&self->made, g_ptr_array_unref);
  g_clear_pointer (&self->topics, g_hash_table_unref);
  g_clear_pointer (&self->tables, g_hash_table_unref);
  g_clear_pointer (&self->outdated, g_hash_table_unref);
}

/* --- stages as they stand --- */

static SessionTopic *
ensure_topic (BaristaSession *self, const char *name)
{
  SessionTopic *topic = g_hash_table_lookup (self->topics, name);

  if (topic == NULL)
    {
      topic = g_new0 (SessionTopic, 1);
      g_hash_table_insert (self->topics, g_strdup (name), topic);
    }

  return topic;
}

/* Of @report; those of a topic that was looked at since come from that look. */
static void
add_stages (BaristaSession *self, BaristaReport *report, GPtrArray *stages)
{
  GListModel *model = barista_report_get_stages (report);

  for (guint i = 0; i < g_list_model_get_n_items (model); i++)
    {
      g_autoptr (BaristaStageReport) stage = g_list_model_get_item (model, i);
      const char *name = barista_stage_report_get_topic (stage);
      SessionTopic *topic = name != NULL ? g_hash_table_lookup (self->topics, name) : NULL;

      if (topic == NULL || topic->stages == NULL)
        g_ptr_array_add (stages, g_steal_pointer (&stage));
    }
}

static void
stages_changed (BaristaSession *self)
{
  self->stages_stale = TRUE;
  self->infos_valid = FALSE;
  session_tell_soon (self);
}

/* Who follows the stages is told here: it must not take long, as this may be a mere question. */
void
session_tables_settle_stages (BaristaSession *self)
{
  g_autoptr (GPtrArray) stages = g_ptr_array_new_with_free_func (g_object_unref);
  GHashTableIter iter;
  gpointer value;

  if (!self->stages_stale)
    return;

  self->stages_stale = FALSE;
  if (self->report != NULL)
    {
      add_stages (self, self->report, stages);
      g_hash_table_iter_init (&iter, self->topics);
      while (g_hash_table_iter_next (&iter, NULL, &value))
        {
          const SessionTopic *topic = value;

          for (guint i = 0; topic->stages != NULL && i < topic->stages->len; i++)
            g_ptr_array_add (stages, g_object_ref (topic->stages->pdata[i]));
        }
    }
  g_list_store_splice (self->stages, 0, g_list_model_get_n_items (G_LIST_MODEL (self->stages)),
                       stages->pdata, stages->len);
}

/* @whole: of everything; else of single topics, whose stages count from now on. */
void
session_tables_take_stages (BaristaSession *self, BaristaReport *report, gboolean whole)
{
  GListModel *model = report != NULL ? barista_report_get_stages (report) : NULL;
  GHashTableIter iter;
  gpointer value;

  g_hash_table_iter_init (&iter, self->topics);
  while (whole && g_hash_table_iter_next (&iter, NULL, &value))
    g_clear_pointer (&((SessionTopic *) value)->stages, g_ptr_array_unref);

  for (guint i = 0; !whole && i < g_list_model_get_n_items (model); i++)
    {
      g_autoptr (BaristaStageReport) stage = g_list_model_get_item (model, i);
      const char *name = barista_stage_report_get_topic (stage);

      if (name != NULL)
        g_clear_pointer (&ensure_topic (self, name)->stages, g_ptr_array_unref);
    }
  for (guint i = 0; !whole && i < g_list_model_get_n_items (model); i++)
    {
      g_autoptr (BaristaStageReport) stage = g_list_model_get_item (model, i);
      const char *name = barista_stage_report_get_topic (stage);
      SessionTopic *topic = name != NULL ? ensure_topic (self, name) : NULL;

      if (topic == NULL)
        continue;
      if (topic->stages == NULL)
        topic->stages = g_ptr_array_new_with_free_func (g_object_unref);
      g_ptr_array_add (topic->stages, g_steal_pointer (&stage));
    }

  stages_changed (self);
}

/* --- what a table is made of --- */

/* As it was chosen; the listing may have it encoded. */
static const char *
name_of (const BaristaProbe *probe)
{
  return barista_topic_choice_get_topic (probe->choice);
}

static void
recipe_free (gpointer data)
{
  SessionRecipe *recipe = data;

  g_free (recipe->topic);
  g_object_unref (recipe->probed);
  g_clear_pointer (&recipe->key, barista_avro_schema_unref);
  g_clear_pointer (&recipe->value, barista_avro_schema_unref);
  g_free (recipe);
}

GPtrArray *
session_recipes_new (void)
{
  return g_ptr_array_new_with_free_func (recipe_free);
}

/* Nothing is added for a topic that wasn't looked at. */
void
session_recipes_add (GPtrArray *recipes, BaristaSession *self, const char *topic)
{
  const BaristaProbe *probe = barista_session_find_probe (self, topic);
  SessionRecipe *recipe;

  if (probe == NULL)
    return;

  recipe = g_new0 (SessionRecipe, 1);
  recipe->topic = g_strdup (topic);
  recipe->probed = g_object_ref (probe->choice);
  recipe->key = probe->key != NULL ? barista_avro_schema_ref (probe->key) : NULL;
  recipe->value = probe->value != NULL ? barista_avro_schema_ref (probe->value) : NULL;
  g_ptr_array_add (recipes, recipe);
}

/**
 * session_recipes_make:
 * @recipes: (element-type SessionRecipe): the tables that are wanted
 * @setup: the answers; nothing else may change them meanwhile
 * @cancellable: (nullable): ends it between two tables
 *
 * For a worker thread: a table of thousands of columns takes its time.
 *
 * Returns: (transfer full) (element-type BaristaTable): as many tables, in that order; fewer if it
 *   was cancelled
 */
GPtrArray *
session_recipes_make (GPtrArray *recipes, BaristaSetup *setup, GCancellable *cancellable)
{
  GPtrArray *tables = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (GHashTable) names = barista_table_names_new (setup, barista_setup_get_topics (setup));

  for (guint i = 0; i < recipes->len && !g_cancellable_is_cancelled (cancellable); i++)
    {
      const SessionRecipe *recipe = recipes->pdata[i];
      BaristaTopicChoice *choice = barista_setup_find_topic (setup, recipe->topic);

      g_ptr_array_add (tables, choice != NULL ? barista_table_new_named (setup, choice, names,
                                                                         recipe->key, recipe->value)
                                              : barista_table_new (setup, recipe->probed,
                                                                   recipe->key, recipe->value));
    }

  return tables;
}

/* --- tables --- */

typedef struct
{
  BaristaSetup *setup;
  GPtrArray *recipes;
} Making;

static void
making_free (gpointer data)
{
  Making *making = data;

  g_object_unref (making->setup);
  g_ptr_array_unref (making->recipes);
  g_free (making);
}

static void
make_in_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  Making *making = data;

  g_task_return_pointer (task, session_recipes_make (making->recipes, making->setup, cancellable),
                         (GDestroyNotify) g_ptr_array_unref);
}

static void make_soon (BaristaSession *self);

static void
take_tables (BaristaSession *self, GPtrArray *recipes, GPtrArray *tables)
{
  for (guint i = 0; i < tables->len; i++)
    {
      const SessionRecipe *recipe = recipes->pdata[i];

      g_hash_table_insert (self->tables, g_strdup (recipe->topic), g_object_ref (tables->pdata[i]));
    }
  for (guint i = 0; i < tables->len; i++)
    session_emit_table_changed (self, ((SessionRecipe *) recipes->pdata[i])->topic);
}

/* What was cancelled isn't told: the session may be gone. */
static void
on_made (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GPtrArray) tables = g_task_propagate_pointer (G_TASK (result), NULL);
  g_autoptr (BaristaSession) self = NULL;
  g_autoptr (GPtrArray) recipes = NULL;

  if (tables == NULL)
    return;

  self = g_object_ref (user_data);
  recipes = g_steal_pointer (&self->made);
  g_clear_object (&self->making);
  take_tables (self, recipes, tables);
  if (self->outdated != NULL && g_hash_table_size (self->outdated) > 0)
    make_soon (self);
}

/* What isn't known any more has no table. */
static GPtrArray *
take_outdated (BaristaSession *self)
{
  GPtrArray *recipes = session_recipes_new ();
  g_autoptr (GPtrArray) names = g_hash_table_steal_all_keys (self->outdated);

  g_ptr_array_set_free_func (names, g_free);
  for (guint i = 0; i < names->len; i++)
    {
      guint before = recipes->len;

      session_recipes_add (recipes, self, names->pdata[i]);
      if (recipes->len == before && g_hash_table_remove (self->tables, names->pdata[i]))
        session_emit_table_changed (self, names->pdata[i]);
    }

  return recipes;
}

static gboolean
on_tables_source (gpointer user_data)
{
  g_autoptr (BaristaSession) self = g_object_ref (user_data);
  g_autoptr (GPtrArray) recipes = take_outdated (self);
  g_autoptr (GTask) task = NULL;
  Making *making;

  self->tables_source = 0;
  if (recipes->len == 0)
    return G_SOURCE_REMOVE;

  making = g_new0 (Making, 1);
  making->setup = barista_setup_copy (self->setup);
  making->recipes = g_ptr_array_ref (recipes);
  self->made = g_steal_pointer (&recipes);
  self->making = g_cancellable_new ();
  task = g_task_new (NULL, self->making, on_made, self);
  g_task_set_source_tag (task, on_tables_source);
  g_task_set_task_data (task, making, making_free);
  g_task_run_in_thread (task, make_in_thread);

  return G_SOURCE_REMOVE;
}

/* Once for all that is changed until the main loop comes round; one after the other. */
static void
make_soon (BaristaSession *self)
{
  if (self->tables_source == 0 && self->making == NULL)
    self->tables_source = g_idle_add_full (G_PRIORITY_HIGH_IDLE, on_tables_source, self, NULL);
}

/* What is being made is of schemas that count no more: once more, of those that do. */
static void
stop_making (BaristaSession *self)
{
  if (self->making == NULL)
    return;

  g_cancellable_cancel (self->making);
  g_clear_object (&self->making);
  for (guint i = 0; i < self->made->len; i++)
    g_hash_table_add (self->outdated, g_strdup (((SessionRecipe *) self->made->pdata[i])->topic));
  g_clear_pointer (&self->made, g_ptr_array_unref);
}

BaristaTable *
barista_session_get_table (BaristaSession *self, const char *topic)
{
  return g_hash_table_lookup (self->tables, topic);
}

/**
 * barista_session_dup_tables:
 * @self: the session
 *
 * Returns: (transfer full) (element-type BaristaTable): the tables of the chosen topics, in their
 *   order, as far as they are known
 */
GPtrArray *
barista_session_dup_tables (BaristaSession *self)
{
  GListModel *topics = barista_setup_get_topics (self->setup);
  GPtrArray *tables = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; i < g_list_model_get_n_items (topics); i++)
    {
      g_autoptr (BaristaTopicChoice) choice = g_list_model_get_item (topics, i);
      BaristaTable *table = barista_session_get_table (self,
                                                       barista_topic_choice_get_topic (choice));

      if (table != NULL)
        g_ptr_array_add (tables, g_object_ref (table));
    }

  return tables;
}

gboolean
barista_session_get_making_tables (BaristaSession *self)
{
  return self->making != NULL || self->tables_source != 0;
}

void
session_tables_changed (BaristaSession *self, const char *topic)
{
  g_autoptr (GPtrArray) names = NULL;

  if (topic != NULL)
    g_hash_table_add (self->outdated, g_strdup (topic));
  else
    {
      names = g_hash_table_get_keys_as_ptr_array (self->topics);
      for (guint i = 0; i < names->len; i++)
        g_hash_table_add (self->outdated, g_strdup (names->pdata[i]));
    }
  make_soon (self);
}

/* --- probes --- */

void
session_tables_take_probes (BaristaSession *self, GPtrArray *probes)
{
  stop_making (self);
  for (guint i = 0; i < probes->len; i++)
    {
      const BaristaProbe *probe = g_ptr_array_index (probes, i);
      SessionTopic *topic = ensure_topic (self, name_of (probe));

      if (topic->probes != probes)
        {
          g_clear_pointer (&topic->probes, g_ptr_array_unref);
          topic->probes = g_ptr_array_ref (probes);
        }
      topic->probe = probe;
      g_hash_table_add (self->outdated, g_strdup (name_of (probe)));
    }
  make_soon (self);
  for (guint i = 0; i < probes->len; i++)
    {
      const BaristaProbe *probe = g_ptr_array_index (probes, i);

      session_emit_probe_changed (self, name_of (probe));
    }
}

void
session_tables_forget_all (BaristaSession *self)
{
  g_autoptr (GPtrArray) names = g_hash_table_steal_all_keys (self->topics);

  g_ptr_array_set_free_func (names, g_free);
  stop_making (self);
  g_hash_table_remove_all (self->outdated);
  g_hash_table_remove_all (self->tables);
  stages_changed (self);
  for (guint i = 0; i < names->len; i++)
    {
      session_emit_probe_changed (self, names->pdata[i]);
      session_emit_table_changed (self, names->pdata[i]);
    }
}

const BaristaProbe *
barista_session_find_probe (BaristaSession *self, const char *topic)
{
  const SessionTopic *known = g_hash_table_lookup (self->topics, topic);

  return known != NULL ? known->probe : NULL;
}
