/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "barista-setup-private.h"

/* The lists of targets and sinks of a setup. */

/**
 * barista_setup_get_targets:
 * @self: a setup
 *
 * Returns: (transfer none): #BaristaTarget, in the order of the profile
 */
GListModel *
barista_setup_get_targets (BaristaSetup *self)
{
  return G_LIST_MODEL (self->answers.targets);
}

/**
 * barista_setup_add_target:
 * @self: a setup
 * @target: one that is in no setup yet
 *
 * Puts it last. One of the same name stays: a rule tells of it.
 */
void
barista_setup_add_target (BaristaSetup *self, BaristaTarget *target)
{
  barista_record_state (&barista_setup_record, &self->answers, &self->answers.targets, TRUE);
  g_list_store_append (self->answers.targets, target);
}

void
barista_setup_remove_target (BaristaSetup *self, BaristaTarget *target)
{
  guint at;

  if (g_list_store_find (self->answers.targets, target, &at))
    g_list_store_remove (self->answers.targets, at);
}

/**
 * barista_setup_find_target:
 * @self: a setup
 * @name: (nullable): name of a connection
 *
 * Returns: (transfer none) (nullable): the first of that name
 */
BaristaTarget *
barista_setup_find_target (BaristaSetup *self, const char *name)
{
  guint n = g_list_model_get_n_items (G_LIST_MODEL (self->answers.targets));

  for (guint i = 0; name != NULL && i < n; i++)
    {
      g_autoptr (BaristaTarget) target = g_list_model_get_item (
          G_LIST_MODEL (self->answers.targets), i);

      if (g_strcmp0 (target->answers.name, name) == 0)
        return target; /* the list keeps it alive */
    }

  return NULL;
}

/**
 * barista_setup_get_sinks:
 * @self: a setup
 *
 * Returns: (transfer none): #BaristaSink, in the order of the profile
 */
GListModel *
barista_setup_get_sinks (BaristaSetup *self)
{
  return G_LIST_MODEL (self->answers.sinks);
}

/**
 * barista_setup_add_sink:
 * @self: a setup
 * @sink: one that is in no setup yet
 *
 * Puts it last. One of the same name stays: a rule tells of it.
 */
void
barista_setup_add_sink (BaristaSetup *self, BaristaSink *sink)
{
  barista_record_state (&barista_setup_record, &self->answers, &self->answers.sinks, TRUE);
  g_list_store_append (self->answers.sinks, sink);
}

void
barista_setup_remove_sink (BaristaSetup *self, BaristaSink *sink)
{
  guint at;

  if (g_list_store_find (self->answers.sinks, sink, &at))
    g_list_store_remove (self->answers.sinks, at);
}

/**
 * barista_setup_find_sink:
 * @self: a setup
 * @name: (nullable): name of a sink
 *
 * Returns: (transfer none) (nullable): the first of that name
 */
BaristaSink *
barista_setup_find_sink (BaristaSetup *self, const char *name)
{
  guint n = g_list_model_get_n_items (G_LIST_MODEL (self->answers.sinks));

  for (guint i = 0; name != NULL && i < n; i++)
    {
      g_autoptr (BaristaSink) sink = g_list_model_get_item (G_LIST_MODEL (self->answers.sinks), i);

      if (g_strcmp0 (sink->answers.name, name) == 0)
        return sink; /* the list keeps it alive */
    }

  return NULL;
}

/**
 * barista_setup_get_sink_target:
 * @self: a setup
 * @sink: one of its sinks
 *
 * Returns: (transfer none) (nullable): the connection that it names, if there is one of that name
 */
BaristaTarget *
barista_setup_get_sink_target (BaristaSetup *self, BaristaSink *sink)
{
  return barista_setup_find_target (self, sink->answers.connection);
}

/**
 * barista_setup_get_sink_kind:
 * @self: a setup
 * @sink: one of its sinks
 *
 * Returns: the kind of its connection; without one, Kafka for a sink that states a topic, else S3
 */
BaristaTargetKind
barista_setup_get_sink_kind (BaristaSetup *self, BaristaSink *sink)
{
  BaristaTarget *target = barista_setup_get_sink_target (self, sink);

  if (target != NULL)
    return target->answers.kind;

  return sink->answers.topic != NULL ? BARISTA_TARGET_KAFKA : BARISTA_TARGET_S3;
}
