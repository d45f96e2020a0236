/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "barista-setup-private.h"

G_DEFINE_FINAL_TYPE (BaristaBinding, barista_binding, G_TYPE_OBJECT)

static const char *const no_fields[] = { NULL };

static void
barista_binding_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  BaristaBinding *self = BARISTA_BINDING (object);

  if (g_str_equal (pspec->name, "topic"))
    g_value_set_string (value, barista_binding_get_topic (self));
  else
    barista_record_get_property (&barista_binding_record, &self->answers, pspec->name, value);
}

static void
barista_binding_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  BaristaBinding *self = BARISTA_BINDING (object);

  if (barista_record_set_property (&barista_binding_record, &self->answers, pspec->name, value))
    g_object_notify_by_pspec (object, pspec);
}

static void
barista_binding_finalize (GObject *object)
{
  barista_record_clear (&barista_binding_record, &BARISTA_BINDING (object)->answers);

  G_OBJECT_CLASS (barista_binding_parent_class)->finalize (object);
}

static void
barista_binding_class_init (BaristaBindingClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = barista_binding_get_property;
  object_class->set_property = barista_binding_set_property;
  object_class->finalize = barista_binding_finalize;
  barista_record_install (&barista_binding_record, object_class, 1);
}

static void
barista_binding_init (BaristaBinding *self)
{
  barista_record_init (&barista_binding_record, &self->answers);
}

/**
 * barista_binding_new:
 * @collection: full name of the collection
 * @topic: (nullable): name of its topic; %NULL for that of the collection
 *
 * Returns: (transfer full): one binding of a task
 */
BaristaBinding *
barista_binding_new (const char *collection, const char *topic)
{
  return g_object_new (BARISTA_TYPE_BINDING, "collection", collection, "topic", topic, NULL);
}

const char *
barista_binding_get_collection (BaristaBinding *self)
{
  return self->answers.collection;
}

const char *
barista_binding_get_topic (BaristaBinding *self)
{
  return self->answers.topic != NULL ? self->answers.topic : self->answers.collection;
}

const char *
barista_binding_get_not_before (BaristaBinding *self)
{
  return self->answers.not_before;
}

/**
 * barista_binding_get_exclude:
 * @self: a binding
 *
 * Returns: (array zero-terminated=1): fields that are left out, maybe none
 */
const char *const *
barista_binding_get_exclude (BaristaBinding *self)
{
  return self->answers.exclude != NULL ? (const char *const *) self->answers.exclude : no_fields;
}
