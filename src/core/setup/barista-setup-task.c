/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "barista-setup-private.h"

/* The setup and its task: what each answer reads as, stated or proposed, and how it is given. */

static const char *const no_collections[] = { NULL };

const char *
barista_setup_get_name (BaristaSetup *self)
{
  return self->answers.name;
}

void
barista_setup_set_name (BaristaSetup *self, const char *name)
{
  g_object_set (self, "name", name, NULL);
}

/**
 * barista_setup_has_task:
 * @self: a setup
 *
 * Returns: whether rows come from a task of Estuary; otherwise the server is any other Kafka
 */
gboolean
barista_setup_has_task (BaristaSetup *self)
{
  return barista_record_is_stated (&barista_setup_record, &self->answers, &self->answers.task);
}

/**
 * barista_setup_get_task_name:
 * @self: a setup
 *
 * Returns: (nullable): the task's name as typed, "" while it has none; %NULL without a task
 */
const char *
barista_setup_get_task_name (BaristaSetup *self)
{
  if (!barista_setup_has_task (self))
    return NULL;

  return self->answers.task.name != NULL ? self->answers.task.name : "";
}

/**
 * barista_setup_set_task_name:
 * @self: a setup
 * @task_name: (nullable): the task's name; %NULL: there is no task
 */
void
barista_setup_set_task_name (BaristaSetup *self, const char *task_name)
{
  g_object_set (self, "task-name", task_name, NULL);
  if (task_name == NULL)
    barista_record_state (&barista_setup_record, &self->answers, &self->answers.task, FALSE);
}

gboolean
barista_setup_get_managed (BaristaSetup *self)
{
  return self->answers.task.managed;
}

void
barista_setup_set_managed (BaristaSetup *self, gboolean managed)
{
  g_object_set (self, "managed", managed, NULL);
}

gboolean
barista_setup_get_published (BaristaSetup *self)
{
  return self->answers.task.published;
}

void
barista_setup_set_published (BaristaSetup *self, gboolean published)
{
  g_object_set (self, "published", published, NULL);
}

/**
 * barista_setup_get_deletions:
 * @self: a setup
 *
 * Returns: the task's mode; while not stated cdc, which the window preselects for a new task because
 *   it leaves every plan open. Of an existing task the mode is then to be read off the schema.
 */
BaristaDeletions
barista_setup_get_deletions (BaristaSetup *self)
{
  return self->answers.task.deletions;
}

gboolean
barista_setup_get_deletions_stated (BaristaSetup *self)
{
  BaristaTaskAnswers *task = &self->answers.task;

  return barista_record_is_stated (&barista_task_record, task, &task->deletions);
}

void
barista_setup_set_deletions (BaristaSetup *self, BaristaDeletions deletions)
{
  g_object_set (self, "deletions", deletions, NULL);
}

gboolean
barista_setup_get_strict_topic_names (BaristaSetup *self)
{
  return self->answers.task.strict_topic_names;
}

void
barista_setup_set_strict_topic_names (BaristaSetup *self, gboolean strict)
{
  g_object_set (self, "strict-topic-names", strict, NULL);
}

/**
 * barista_setup_get_collections:
 * @self: a setup
 *
 * Returns: (transfer none) (array zero-terminated=1): the task's collections, maybe none
 */
const char *const *
barista_setup_get_collections (BaristaSetup *self)
{
  char **collections = self->answers.task.collections;

  return collections != NULL ? (const char *const *) collections : no_collections;
}

void
barista_setup_set_collections (BaristaSetup *self, const char *const *collections)
{
  g_object_set (self, "collections", collections, NULL);
}

/**
 * barista_setup_get_bindings:
 * @self: a setup
 *
 * Returns: (transfer none): #BaristaBinding, as stated, or one per collection
 */
GListModel *
barista_setup_get_bindings (BaristaSetup *self)
{
  return G_LIST_MODEL (self->answers.task.bindings);
}

/**
 * barista_setup_add_binding:
 * @self: a setup with a task
 * @binding: a binding
 *
 * States the bindings as they are, with @binding in the place of that of its collection, or last.
 */
void
barista_setup_add_binding (BaristaSetup *self, BaristaBinding *binding)
{
  BaristaTaskAnswers *task = &self->answers.task;
  guint n = g_list_model_get_n_items (G_LIST_MODEL (task->bindings));
  guint at = 0;

  barista_record_state (&barista_setup_record, &self->answers, task, TRUE);
  barista_record_state (&barista_task_record, task, &task->bindings, TRUE);
  for (; at < n; at++)
    {
      g_autoptr (BaristaBinding) other = g_list_model_get_item (G_LIST_MODEL (task->bindings), at);

      if (g_strcmp0 (other->answers.collection, binding->answers.collection) == 0)
        break;
    }
  g_list_store_splice (task->bindings, at, at < n ? 1 : 0, (gpointer *) &binding, 1);
}

static gboolean
is_default_binding (BaristaBinding *binding)
{
  const char *const *exclude = barista_binding_get_exclude (binding);

  return g_strcmp0 (barista_binding_get_topic (binding), barista_binding_get_collection (binding))
             == 0
         && barista_binding_get_not_before (binding) == NULL
         && (exclude == NULL || exclude[0] == NULL);
}

/**
 * barista_setup_set_not_before:
 * @self: a setup with a task
 * @not_before: (nullable): RFC 3339; %NULL: from the beginning
 *
 * From when on each collection is read. States the bindings, as long as one of them says anything
 * that is not proposed.
 */
void
barista_setup_set_not_before (BaristaSetup *self, const char *not_before)
{
  BaristaTaskAnswers *task = &self->answers.task;
  guint n = g_list_model_get_n_items (G_LIST_MODEL (task->bindings));
  gboolean stated = FALSE;

  for (guint i = 0; i < n; i++)
    {
      g_autoptr (BaristaBinding) binding = g_list_model_get_item (G_LIST_MODEL (task->bindings), i);

      g_object_set (binding, "not-before", not_before, NULL);
      stated = stated || !is_default_binding (binding);
    }
  barista_record_state (&barista_task_record, task, &task->bindings, stated);
  g_list_model_items_changed (G_LIST_MODEL (task->bindings), 0, n, n);
}
