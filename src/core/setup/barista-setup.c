/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "barista-setup-private.h"

G_DEFINE_FINAL_TYPE (BaristaSetup, barista_setup, G_TYPE_OBJECT)

/* Answers of which a part is proposed from another answer: what to notify beside it. */
static const struct
{
  const char *property;
  const char *dependent;
} dependents[] = {
  { "task-name", "username" },
  { "task-name", "registry-username" },
  { "task-name", "registry-url" },
  { "task-name", "is-dekaf" },
  { "bootstrap-servers", "registry-url" },
  { "bootstrap-servers", "is-dekaf" },
  { "security", "uses-tls" },
  { "security", "uses-sasl" },
  { "username", "registry-username" },
  { "registry-same-sign-in", "registry-username" },
};

/* Properties whose value while not stated is not a constant of the table. */
static const struct
{
  const char *property;
  const char *(*get) (BaristaSetup *self);
} proposed[] = {
  { "task-name", barista_setup_get_task_name },
  { "ca-file", barista_setup_get_ca_file },
  { "username", barista_setup_get_username },
  { "registry-url", barista_setup_get_registry_url },
  { "registry-username", barista_setup_get_registry_username },
};

static const struct
{
  const char *property;
  gboolean (*get) (BaristaSetup *self);
} derived[] = {
  { "is-dekaf", barista_setup_get_is_dekaf },
  { "uses-tls", barista_setup_get_uses_tls },
  { "uses-sasl", barista_setup_get_uses_sasl },
};

static void
barista_setup_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  BaristaSetup *self = BARISTA_SETUP (object);

  for (gsize i = 0; i < G_N_ELEMENTS (proposed); i++)
    if (g_str_equal (pspec->name, proposed[i].property))
      {
        g_value_set_string (value, proposed[i].get (self));
        return;
      }
  for (gsize i = 0; i < G_N_ELEMENTS (derived); i++)
    if (g_str_equal (pspec->name, derived[i].property))
      {
        g_value_set_boolean (value, derived[i].get (self));
        return;
      }

  if (g_str_equal (pspec->name, "bootstrap-servers"))
    g_value_set_boxed (value, barista_setup_get_bootstrap_servers (self));
  else
    barista_record_get_property (&barista_setup_record, &self->answers, pspec->name, value);
}

/* One binding per collection, as long as none is stated. */
static void
propose_bindings (BaristaSetup *self)
{
  BaristaTaskAnswers *task = &self->answers.task;

  if (barista_record_is_stated (&barista_task_record, task, &task->bindings))
    return;

  g_list_store_remove_all (task->bindings);
  for (char **name = task->collections; name != NULL && *name != NULL; name++)
    {
      g_autoptr (BaristaBinding) binding = barista_binding_new (*name, NULL);

      g_list_store_append (task->bindings, binding);
    }
}

/* The stated binding of @collection; else a new one, from the same date on as the others. */
static BaristaBinding *
take_binding (GListModel *bindings, const char *collection)
{
  g_autoptr (BaristaBinding) first = g_list_model_get_item (bindings, 0);
  BaristaBinding *made;

  for (guint i = 0; i < g_list_model_get_n_items (bindings); i++)
    {
      g_autoptr (BaristaBinding) binding = g_list_model_get_item (bindings, i);

      if (g_strcmp0 (barista_binding_get_collection (binding), collection) == 0)
        return g_steal_pointer (&binding);
    }

  made = barista_binding_new (collection, NULL);
  if (first != NULL)
    g_object_set (made, "not-before", barista_binding_get_not_before (first), NULL);
  return made;
}

/* Stated bindings go with the collections: none is left behind, none is missing. */
static void
follow_collections (BaristaSetup *self)
{
  BaristaTaskAnswers *task = &self->answers.task;
  g_autoptr (GPtrArray) bindings = g_ptr_array_new_with_free_func (g_object_unref);

  if (!barista_record_is_stated (&barista_task_record, task, &task->bindings))
    return;

  for (char **name = task->collections; name != NULL && *name != NULL; name++)
    g_ptr_array_add (bindings, take_binding (G_LIST_MODEL (task->bindings), *name));
  g_list_store_splice (task->bindings, 0, g_list_model_get_n_items (G_LIST_MODEL (task->bindings)),
                       bindings->pdata, bindings->len);
}

static void
refresh (BaristaSetup *self)
{
  const char *ca_file = self->answers.server.ca_file;

  g_clear_pointer (&self->derived_url, g_free);
  g_clear_pointer (&self->ca_path, g_free);
  if (ca_file != NULL && self->folder != NULL)
    self->ca_path = g_canonicalize_filename (ca_file, self->folder);
}

void
barista_setup_forget_derived (BaristaSetup *self)
{
  g_clear_pointer (&self->derived_url, g_free);
}

void
barista_setup_assigned (BaristaSetup *self, const char *property)
{
  if (property == NULL)
    return;

  g_object_notify (G_OBJECT (self), property);
  for (gsize i = 0; i < G_N_ELEMENTS (dependents); i++)
    if (g_str_equal (property, dependents[i].property))
      g_object_notify (G_OBJECT (self), dependents[i].dependent);
}

static void
barista_setup_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  BaristaSetup *self = BARISTA_SETUP (object);

  if (!barista_record_set_property (&barista_setup_record, &self->answers, pspec->name, value))
    return;

  refresh (self);
  if (g_str_equal (pspec->name, "collections"))
    {
      follow_collections (self);
      propose_bindings (self);
    }

  barista_setup_assigned (self, pspec->name);
}

static void
barista_setup_finalize (GObject *object)
{
  BaristaSetup *self = BARISTA_SETUP (object);

  barista_record_clear (&barista_setup_record, &self->answers);
  g_free (self->folder);
  g_free (self->ca_path);
  g_free (self->derived_url);

  G_OBJECT_CLASS (barista_setup_parent_class)->finalize (object);
}

static void
barista_setup_class_init (BaristaSetupClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  guint id = 1;

  object_class->get_property = barista_setup_get_property;
  object_class->set_property = barista_setup_set_property;
  object_class->finalize = barista_setup_finalize;

  for (gsize i = 0; i < G_N_ELEMENTS (derived); i++)
    g_object_class_install_property (object_class, id++,
                                     g_param_spec_boolean (derived[i].property, NULL, NULL, FALSE,
                                                           G_PARAM_READABLE
                                                               | G_PARAM_STATIC_STRINGS));
  barista_record_install (&barista_setup_record, object_class, id);
}

static void
barista_setup_init (BaristaSetup *self)
{
  barista_record_init (&barista_setup_record, &self->answers);
}

/**
 * barista_setup_new:
 *
 * Returns: (transfer full): a setup in which nothing is answered yet: all reads as proposed
 */
BaristaSetup *
barista_setup_new (void)
{
  return g_object_new (BARISTA_TYPE_SETUP, NULL);
}

/* After the answers were filled in from a profile in @folder. */
void
barista_setup_loaded (BaristaSetup *self, const char *folder)
{
  g_set_str (&self->folder, folder);
  refresh (self);
  propose_bindings (self);
}
