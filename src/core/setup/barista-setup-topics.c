/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "barista-setup-private.h"

/* The chosen topics, and the project that they go into. */

/**
 * barista_setup_get_topics:
 * @self: a setup
 *
 * Returns: (transfer none): #BaristaTopicChoice, in the order of the profile
 */
GListModel *
barista_setup_get_topics (BaristaSetup *self)
{
  return G_LIST_MODEL (self->answers.topics);
}

/**
 * barista_setup_get_topics_stated:
 * @self: a setup
 *
 * Returns: %FALSE if nothing was chosen, which means all topics of the task; %TRUE with an empty list
 *   means none
 */
gboolean
barista_setup_get_topics_stated (BaristaSetup *self)
{
  return barista_record_is_stated (&barista_setup_record, &self->answers, &self->answers.topics);
}

/**
 * barista_setup_get_has_source:
 * @self: a setup
 *
 * Returns: whether there is anything to connect to: topics, or else a task or a server whose topics
 *   they would be. %FALSE: the setup is about sinks only
 */
gboolean
barista_setup_get_has_source (BaristaSetup *self)
{
  BaristaAnswers *answers = &self->answers;

  if (barista_setup_get_topics_stated (self))
    return g_list_model_get_n_items (G_LIST_MODEL (answers->topics)) > 0;

  return barista_record_is_stated (&barista_setup_record, answers, &answers->task)
         || barista_record_is_stated (&barista_setup_record, answers, &answers->server);
}

/* The place of @topic in the list, or its length. */
static guint
topic_index (BaristaSetup *self, const char *topic)
{
  GListModel *topics = G_LIST_MODEL (self->answers.topics);
  guint n = g_list_model_get_n_items (topics);

  for (guint i = 0; i < n; i++)
    {
      g_autoptr (BaristaTopicChoice) choice = g_list_model_get_item (topics, i);

      if (g_strcmp0 (choice->answers.topic, topic) == 0)
        return i;
    }

  return n;
}

/**
 * barista_setup_add_topic:
 * @self: a setup
 * @topic: a topic; it takes the place of one of the same name
 *
 * From now on the topics count as chosen.
 */
void
barista_setup_add_topic (BaristaSetup *self, BaristaTopicChoice *topic)
{
  GListStore *topics = self->answers.topics;
  guint at = topic_index (self, topic->answers.topic);
  gboolean replaces = at < g_list_model_get_n_items (G_LIST_MODEL (topics));

  barista_record_state (&barista_setup_record, &self->answers, &self->answers.topics, TRUE);
  g_list_store_splice (topics, at, replaces ? 1 : 0, (gpointer *) &topic, 1);
}

/**
 * barista_setup_add_topics:
 * @self: a setup
 * @topics: (element-type BaristaTopicChoice): topics that it doesn't have yet
 *
 * As barista_setup_add_topic() with each of them, but who follows the list is told once.
 */
void
barista_setup_add_topics (BaristaSetup *self, GPtrArray *topics)
{
  GListStore *chosen = self->answers.topics;

  if (topics->len == 0)
    return;

  barista_record_state (&barista_setup_record, &self->answers, &self->answers.topics, TRUE);
  g_list_store_splice (chosen, g_list_model_get_n_items (G_LIST_MODEL (chosen)), 0, topics->pdata,
                       topics->len);
}

void
barista_setup_remove_topic (BaristaSetup *self, const char *topic)
{
  guint at = topic_index (self, topic);

  if (at < g_list_model_get_n_items (G_LIST_MODEL (self->answers.topics)))
    g_list_store_remove (self->answers.topics, at);
}

/**
 * barista_setup_find_topic:
 * @self: a setup
 * @topic: name of a topic
 *
 * Returns: (transfer none) (nullable): the first choice of that name
 */
BaristaTopicChoice *
barista_setup_find_topic (BaristaSetup *self, const char *topic)
{
  g_autoptr (BaristaTopicChoice) found = g_list_model_get_item (G_LIST_MODEL (self->answers.topics),
                                                                topic_index (self, topic));

  return found; /* the list keeps it alive */
}

const char *
barista_setup_get_project_format (BaristaSetup *self)
{
  return barista_project_format_to_string (self->answers.project.format);
}

/**
 * barista_setup_set_project_format:
 * @self: a setup
 * @format: "forward" or "classic"
 */
void
barista_setup_set_project_format (BaristaSetup *self, const char *format)
{
  g_autoptr (GEnumClass) words = g_type_class_ref (BARISTA_TYPE_PROJECT_FORMAT);
  const GEnumValue *word = g_enum_get_value_by_nick (words, format);

  g_return_if_fail (word != NULL);

  g_object_set (self, "project-format", word->value, NULL);
}

gboolean
barista_setup_get_project_typescript (BaristaSetup *self)
{
  return self->answers.project.typescript;
}

const char *
barista_setup_get_project_connection (BaristaSetup *self)
{
  const char *stated = self->answers.project.connection;

  return stated != NULL ? stated : BARISTA_DEFAULT_CONNECTION;
}

const char *
barista_setup_get_project_secret (BaristaSetup *self)
{
  const char *stated = self->answers.project.secret;

  return stated != NULL ? stated : BARISTA_DEFAULT_SECRET;
}
