/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "barista-address.h"
#include "barista-setup-private.h"

/* What each answer reads as, stated or proposed, and how it is given. */

static const char *const default_servers[] = { BARISTA_DEKAF_BOOTSTRAP, NULL };
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

/**
 * barista_setup_get_bootstrap_servers:
 * @self: a setup
 *
 * Returns: (transfer none) (array zero-terminated=1): as typed, not yet checked; Dekaf's if not stated
 */
const char *const *
barista_setup_get_bootstrap_servers (BaristaSetup *self)
{
  char **servers = self->answers.server.bootstrap_servers;

  return servers != NULL ? (const char *const *) servers : default_servers;
}

void
barista_setup_set_bootstrap_servers (BaristaSetup *self, const char *const *servers)
{
  g_object_set (self, "bootstrap-servers", servers, NULL);
}

BaristaSecurity
barista_setup_get_security (BaristaSetup *self)
{
  return self->answers.server.security;
}

void
barista_setup_set_security (BaristaSetup *self, BaristaSecurity security)
{
  g_object_set (self, "security", security, NULL);
}

/**
 * barista_setup_get_ca_file:
 * @self: a setup
 *
 * Returns: (nullable): path of the CA file; absolute unless the setup has no folder
 */
const char *
barista_setup_get_ca_file (BaristaSetup *self)
{
  return self->ca_path != NULL ? self->ca_path : self->answers.server.ca_file;
}

void
barista_setup_set_ca_file (BaristaSetup *self, const char *ca_file)
{
  if (g_strcmp0 (ca_file, barista_setup_get_ca_file (self)) != 0)
    g_object_set (self, "ca-file", ca_file, NULL);
}

gboolean
barista_setup_get_uses_tls (BaristaSetup *self)
{
  BaristaSecurity security = self->answers.server.security;

  return security == BARISTA_SECURITY_SASL_SSL || security == BARISTA_SECURITY_SSL;
}

gboolean
barista_setup_get_uses_sasl (BaristaSetup *self)
{
  BaristaSecurity security = self->answers.server.security;

  return security == BARISTA_SECURITY_SASL_SSL || security == BARISTA_SECURITY_SASL_PLAINTEXT;
}

static BaristaAddress *
first_server (BaristaSetup *self)
{
  const char *first = barista_setup_get_bootstrap_servers (self)[0];

  return first != NULL ? barista_address_parse (first, NULL) : NULL;
}

/**
 * barista_setup_get_is_dekaf:
 * @self: a setup
 *
 * Returns: whether the rules that only hold for Dekaf are to be followed: there is a task, or the
 *   first server's name says so (diagnosis.md)
 */
gboolean
barista_setup_get_is_dekaf (BaristaSetup *self)
{
  g_autoptr (BaristaAddress) server = first_server (self);

  return barista_setup_has_task (self) || (server != NULL && barista_address_is_dekaf (server));
}

BaristaMechanism
barista_setup_get_mechanism (BaristaSetup *self)
{
  return self->answers.sign_in.mechanism;
}

void
barista_setup_set_mechanism (BaristaSetup *self, BaristaMechanism mechanism)
{
  g_object_set (self, "mechanism", mechanism, NULL);
}

/**
 * barista_setup_get_username:
 * @self: a setup
 *
 * Returns: (nullable): the user name as typed, else the task's name, else %NULL
 */
const char *
barista_setup_get_username (BaristaSetup *self)
{
  const char *stated = self->answers.sign_in.username;

  return stated != NULL ? stated : barista_setup_get_task_name (self);
}

void
barista_setup_set_username (BaristaSetup *self, const char *username)
{
  g_object_set (self, "username", username, NULL);
}

gboolean
barista_setup_get_registry_enabled (BaristaSetup *self)
{
  return self->answers.registry.enabled;
}

void
barista_setup_set_registry_enabled (BaristaSetup *self, gboolean enabled)
{
  g_object_set (self, "registry-enabled", enabled, NULL);
}

static char *
derive_url (BaristaSetup *self)
{
  g_autoptr (BaristaAddress) server = first_server (self);

  if (server != NULL)
    return barista_registry_url_derive (server);

  return g_strdup (barista_setup_has_task (self) ? BARISTA_DEKAF_REGISTRY : "");
}

/**
 * barista_setup_get_registry_url:
 * @self: a setup
 *
 * Returns: the registry's address as typed, or `https://HOST` of the first server; "" where neither
 *   can be read. Never with a password.
 */
const char *
barista_setup_get_registry_url (BaristaSetup *self)
{
  if (self->answers.registry.url != NULL)
    return self->answers.registry.url;

  if (self->derived_url == NULL)
    self->derived_url = derive_url (self);
  return self->derived_url;
}

/**
 * barista_setup_set_registry_url:
 * @self: a setup
 * @url: (nullable): the address as typed; %NULL for the derived one
 *
 * A password in it is left out: a setup holds no secrets. The user name stays, and with it
 * `registry-url-has-credentials` until the person has seen it.
 */
void
barista_setup_set_registry_url (BaristaSetup *self, const char *url)
{
  g_object_set (self, "registry-url", url, NULL);
}

gboolean
barista_setup_get_registry_same_sign_in (BaristaSetup *self)
{
  return self->answers.registry.same_sign_in;
}

void
barista_setup_set_registry_same_sign_in (BaristaSetup *self, gboolean same)
{
  g_object_set (self, "registry-same-sign-in", same, NULL);
}

/**
 * barista_setup_get_registry_username:
 * @self: a setup
 *
 * Returns: (nullable): the user name for the registry: that of the sign-in, or its own; %NULL if it is
 *   asked without a sign-in
 */
const char *
barista_setup_get_registry_username (BaristaSetup *self)
{
  const char *own = self->answers.registry.username;

  if (self->answers.registry.same_sign_in)
    return barista_setup_get_username (self);
  return own != NULL && *own != '\0' ? own : NULL;
}

void
barista_setup_set_registry_username (BaristaSetup *self, const char *username)
{
  g_object_set (self, "registry-username", username, NULL);
}

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
