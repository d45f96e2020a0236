/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "barista-setup-private.h"

G_DEFINE_FINAL_TYPE (BaristaSink, barista_sink, G_TYPE_OBJECT)

static void
barista_sink_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  BaristaSink *self = BARISTA_SINK (object);

  barista_record_get_property (&barista_sink_record, &self->answers, pspec->name, value);
}

static void
barista_sink_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  BaristaSink *self = BARISTA_SINK (object);

  if (barista_record_set_property (&barista_sink_record, &self->answers, pspec->name, value))
    g_object_notify_by_pspec (object, pspec);
}

static void
barista_sink_finalize (GObject *object)
{
  barista_record_clear (&barista_sink_record, &BARISTA_SINK (object)->answers);

  G_OBJECT_CLASS (barista_sink_parent_class)->finalize (object);
}

static void
barista_sink_class_init (BaristaSinkClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = barista_sink_get_property;
  object_class->set_property = barista_sink_set_property;
  object_class->finalize = barista_sink_finalize;
  barista_record_install (&barista_sink_record, object_class, 1);
}

static void
barista_sink_init (BaristaSink *self)
{
  barista_record_init (&barista_sink_record, &self->answers);
}

/**
 * barista_sink_new:
 * @name: (nullable): the pipe's name
 *
 * Returns: (transfer full): a sink of which nothing else is stated
 */
BaristaSink *
barista_sink_new (const char *name)
{
  return g_object_new (BARISTA_TYPE_SINK, "name", name, NULL);
}

const char *
barista_sink_get_name (BaristaSink *self)
{
  return self->answers.name;
}

void
barista_sink_set_name (BaristaSink *self, const char *name)
{
  g_object_set (self, "name", name, NULL);
}

const char *
barista_sink_get_description (BaristaSink *self)
{
  return self->answers.description;
}

void
barista_sink_set_description (BaristaSink *self, const char *description)
{
  g_object_set (self, "description", description, NULL);
}

const char *
barista_sink_get_connection (BaristaSink *self)
{
  return self->answers.connection;
}

void
barista_sink_set_connection (BaristaSink *self, const char *connection)
{
  g_object_set (self, "connection", connection, NULL);
}

const char *
barista_sink_get_schedule (BaristaSink *self)
{
  return self->answers.schedule;
}

void
barista_sink_set_schedule (BaristaSink *self, const char *schedule)
{
  g_object_set (self, "schedule", schedule, NULL);
}

const char *
barista_sink_get_topic (BaristaSink *self)
{
  return self->answers.topic;
}

void
barista_sink_set_topic (BaristaSink *self, const char *topic)
{
  g_object_set (self, "topic", topic, NULL);
}

const char *
barista_sink_get_bucket_uri (BaristaSink *self)
{
  return self->answers.bucket_uri;
}

void
barista_sink_set_bucket_uri (BaristaSink *self, const char *bucket_uri)
{
  g_object_set (self, "bucket-uri", bucket_uri, NULL);
}

const char *
barista_sink_get_file_template (BaristaSink *self)
{
  return self->answers.file_template;
}

void
barista_sink_set_file_template (BaristaSink *self, const char *file_template)
{
  g_object_set (self, "file-template", file_template, NULL);
}

const char *
barista_sink_get_format (BaristaSink *self)
{
  return self->answers.format;
}

void
barista_sink_set_format (BaristaSink *self, const char *format)
{
  g_object_set (self, "format", format, NULL);
}

const char *
barista_sink_get_compression (BaristaSink *self)
{
  return self->answers.compression;
}

void
barista_sink_set_compression (BaristaSink *self, const char *compression)
{
  g_object_set (self, "compression", compression, NULL);
}

const char *
barista_sink_get_strategy (BaristaSink *self)
{
  return self->answers.strategy;
}

void
barista_sink_set_strategy (BaristaSink *self, const char *strategy)
{
  g_object_set (self, "strategy", strategy, NULL);
}

/**
 * barista_sink_get_nodes:
 * @self: a sink
 *
 * Returns: (transfer none): #BaristaSinkNode, in the order of the pipe
 */
GListModel *
barista_sink_get_nodes (BaristaSink *self)
{
  return G_LIST_MODEL (self->answers.nodes);
}

/**
 * barista_sink_add_node:
 * @self: a sink
 * @node: a node that is in no sink yet
 *
 * Puts it last: its rows are those that are exported.
 */
void
barista_sink_add_node (BaristaSink *self, BaristaSinkNode *node)
{
  barista_record_state (&barista_sink_record, &self->answers, &self->answers.nodes, TRUE);
  g_list_store_append (self->answers.nodes, node);
}

void
barista_sink_remove_node (BaristaSink *self, BaristaSinkNode *node)
{
  guint at;

  if (g_list_store_find (self->answers.nodes, node, &at))
    g_list_store_remove (self->answers.nodes, at);
}

/**
 * barista_sink_find_node:
 * @self: a sink
 * @name: name of a node
 *
 * Returns: (transfer none) (nullable): the first node of that name
 */
BaristaSinkNode *
barista_sink_find_node (BaristaSink *self, const char *name)
{
  guint n = g_list_model_get_n_items (G_LIST_MODEL (self->answers.nodes));

  for (guint i = 0; i < n; i++)
    {
      g_autoptr (BaristaSinkNode) node = g_list_model_get_item (G_LIST_MODEL (self->answers.nodes),
                                                                i);

      if (g_strcmp0 (node->answers.name, name) == 0)
        return node; /* the list keeps it alive */
    }

  return NULL;
}

/**
 * barista_sink_get_last_node:
 * @self: a sink
 *
 * Returns: (transfer none) (nullable): the node whose rows are exported
 */
BaristaSinkNode *
barista_sink_get_last_node (BaristaSink *self)
{
  guint n = g_list_model_get_n_items (G_LIST_MODEL (self->answers.nodes));
  g_autoptr (BaristaSinkNode) node = NULL;

  if (n > 0)
    node = g_list_model_get_item (G_LIST_MODEL (self->answers.nodes), n - 1);
  return node; /* the list keeps it alive */
}
