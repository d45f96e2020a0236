/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "barista-setup-private.h"

G_DEFINE_FINAL_TYPE (BaristaSinkNode, barista_sink_node, G_TYPE_OBJECT)

static void
barista_sink_node_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  BaristaSinkNode *self = BARISTA_SINK_NODE (object);

  barista_record_get_property (&barista_sink_node_record, &self->answers, pspec->name, value);
}

static void
barista_sink_node_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  BaristaSinkNode *self = BARISTA_SINK_NODE (object);

  if (barista_record_set_property (&barista_sink_node_record, &self->answers, pspec->name, value))
    g_object_notify_by_pspec (object, pspec);
}

static void
barista_sink_node_finalize (GObject *object)
{
  barista_record_clear (&barista_sink_node_record, &BARISTA_SINK_NODE (object)->answers);

  G_OBJECT_CLASS (barista_sink_node_parent_class)->finalize (object);
}

static void
barista_sink_node_class_init (BaristaSinkNodeClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = barista_sink_node_get_property;
  object_class->set_property = barista_sink_node_set_property;
  object_class->finalize = barista_sink_node_finalize;
  barista_record_install (&barista_sink_node_record, object_class, 1);
}

static void
barista_sink_node_init (BaristaSinkNode *self)
{
  barista_record_init (&barista_sink_node_record, &self->answers);
}

/**
 * barista_sink_node_new:
 * @name: (nullable): the node's name
 * @sql: (nullable): its SQL
 *
 * Returns: (transfer full): a node
 */
BaristaSinkNode *
barista_sink_node_new (const char *name, const char *sql)
{
  return g_object_new (BARISTA_TYPE_SINK_NODE, "name", name, "sql", sql, NULL);
}

const char *
barista_sink_node_get_name (BaristaSinkNode *self)
{
  return self->answers.name;
}

void
barista_sink_node_set_name (BaristaSinkNode *self, const char *name)
{
  g_object_set (self, "name", name, NULL);
}

const char *
barista_sink_node_get_description (BaristaSinkNode *self)
{
  return self->answers.description;
}

void
barista_sink_node_set_description (BaristaSinkNode *self, const char *description)
{
  g_object_set (self, "description", description, NULL);
}

/**
 * barista_sink_node_get_sql:
 * @self: a node
 *
 * Returns: its SQL as typed, "" while there is none
 */
const char *
barista_sink_node_get_sql (BaristaSinkNode *self)
{
  return self->answers.sql != NULL ? self->answers.sql : "";
}

void
barista_sink_node_set_sql (BaristaSinkNode *self, const char *sql)
{
  g_object_set (self, "sql", sql, NULL);
}
