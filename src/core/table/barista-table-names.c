/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "barista-names.h"
#include "barista-table.h"

static void
table_name_free (gpointer data)
{
  BaristaTableName *name = data;

  g_free (name->data_source);
  g_free (name->group_id);
  g_free (name);
}

static void
take_stated (GListModel *topics, GHashTable *sources, GHashTable *groups)
{
  for (guint i = 0; i < g_list_model_get_n_items (topics); i++)
    {
      g_autoptr (BaristaTopicChoice) choice = g_list_model_get_item (topics, i);
      const char *source = barista_topic_choice_get_data_source (choice);
      const char *group = barista_topic_choice_get_group_id (choice);

      if (source != NULL)
        g_hash_table_add (sources, g_strdup (source));
      if (group != NULL)
        g_hash_table_add (groups, g_strdup (group));
    }
}

/**
 * barista_table_names_new:
 * @setup: for the task's name
 * @topics: (element-type BaristaTopicChoice): all topics of one project
 *
 * Names the data sources and consumer groups of a project so that no two share one: what is stated
 * stays, the others get a number where they need it. Linear in the number of topics.
 *
 * Returns: (transfer full): topic name -> #BaristaTableName
 */
GHashTable *
barista_table_names_new (BaristaSetup *setup, GListModel *topics)
{
  GHashTable *names = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, table_name_free);
  g_autoptr (GHashTable) sources = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr (GHashTable) groups = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  const char *task = barista_setup_get_task_name (setup);

  take_stated (topics, sources, groups);
  for (guint i = 0; i < g_list_model_get_n_items (topics); i++)
    {
      g_autoptr (BaristaTopicChoice) choice = g_list_model_get_item (topics, i);
      const char *topic = barista_topic_choice_get_topic (choice);
      const char *source = barista_topic_choice_get_data_source (choice);
      const char *group = barista_topic_choice_get_group_id (choice);
      BaristaTableName *name;

      if (g_hash_table_contains (names, topic))
        continue;

      name = g_new0 (BaristaTableName, 1);
      name->data_source = source != NULL ? g_strdup (source)
                                         : barista_resource_name_unique (topic, sources);
      name->group_id = group != NULL ? g_strdup (group)
                                     : barista_group_id_unique (task, topic, groups);
      g_hash_table_insert (names, g_strdup (topic), name);
    }

  return names;
}
