/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "barista-setup-store-private.h"

#include <json-glib/json-glib.h>

struct _BaristaSetupEntry
{
  GObject parent_instance;

  char *id, *name, *task, *result, *step, *folder, *source;
  GDateTime *used;
  gint64 used_us;
};

enum
{
  PROP_ID = 1,
  PROP_NAME,
  PROP_TASK,
  PROP_RESULT,
  PROP_USED,
  PROP_STEP,
  PROP_FOLDER,
  PROP_SOURCE,
  N_PROPS,
};
static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (BaristaSetupEntry, barista_setup_entry, G_TYPE_OBJECT)

static void
barista_setup_entry_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  BaristaSetupEntry *self = BARISTA_SETUP_ENTRY (object);

  const char *texts[N_PROPS] = {
    [PROP_ID] = self->id,         [PROP_NAME] = self->name, [PROP_TASK] = self->task,
    [PROP_RESULT] = self->result, [PROP_STEP] = self->step, [PROP_FOLDER] = self->folder,
    [PROP_SOURCE] = self->source,
  };

  if (id == PROP_USED)
    g_value_set_boxed (value, self->used);
  else
    g_value_set_string (value, texts[id]);
}

static void
barista_setup_entry_finalize (GObject *object)
{
  BaristaSetupEntry *self = BARISTA_SETUP_ENTRY (object);

  g_free (self->id);
  g_free (self->name);
  g_free (self->task);
  g_free (self->result);
  g_free (self->step);
  g_free (self->folder);
  g_free (self->source);
  g_clear_pointer (&self->used, g_date_time_unref);

  G_OBJECT_CLASS (barista_setup_entry_parent_class)->finalize (object);
}

static void
barista_setup_entry_class_init (BaristaSetupEntryClass *klass)
{
  static const struct
  {
    guint id;
    const char *name;
  } texts[] = { { PROP_ID, "id" },         { PROP_NAME, "name" }, { PROP_TASK, "task" },
                { PROP_RESULT, "result" }, { PROP_STEP, "step" }, { PROP_FOLDER, "folder" },
                { PROP_SOURCE, "source" } };
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  const GParamFlags flags = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS;

  object_class->get_property = barista_setup_entry_get_property;
  object_class->finalize = barista_setup_entry_finalize;

  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    properties[texts[i].id] = g_param_spec_string (texts[i].name, NULL, NULL, NULL, flags);
  properties[PROP_USED] = g_param_spec_boxed ("used", NULL, NULL, G_TYPE_DATE_TIME, flags);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
barista_setup_entry_init (BaristaSetupEntry *self)
{
}

BaristaSetupEntry *
setup_entry_new (const char *id, gint64 used_us)
{
  BaristaSetupEntry *self = g_object_new (BARISTA_TYPE_SETUP_ENTRY, NULL);

  self->id = g_strdup (id);
  setup_entry_set_used_us (self, used_us);

  return self;
}

static void
set_text (BaristaSetupEntry *self, guint property, char **field, const char *text)
{
  if (g_set_str (field, text))
    g_object_notify_by_pspec (G_OBJECT (self), properties[property]);
}

void
setup_entry_take_setup (BaristaSetupEntry *self, BaristaSetup *setup)
{
  const char *task = barista_setup_get_task_name (setup);

  set_text (self, PROP_NAME, &self->name, barista_setup_get_name (setup));
  set_text (self, PROP_TASK, &self->task, task != NULL && *task != '\0' ? task : NULL);
}

void
setup_entry_set_source (BaristaSetupEntry *self, const char *source)
{
  set_text (self, PROP_SOURCE, &self->source, source);
}

void
setup_entry_take_notes (BaristaSetupEntry *self, const BaristaSetupNotes *notes)
{
  set_text (self, PROP_RESULT, &self->result, notes->result);
  set_text (self, PROP_STEP, &self->step, notes->step);
  set_text (self, PROP_FOLDER, &self->folder, notes->folder);
  set_text (self, PROP_SOURCE, &self->source, notes->source);
}

void
setup_entry_copy (BaristaSetupEntry *self, BaristaSetupEntry *from)
{
  BaristaSetupNotes notes = { .result = from->result,
                              .step = from->step,
                              .folder = from->folder,
                              .source = from->source };

  set_text (self, PROP_NAME, &self->name, from->name);
  set_text (self, PROP_TASK, &self->task, from->task);
  setup_entry_take_notes (self, &notes);
}

static const char *
member (JsonObject *object, const char *name)
{
  JsonNode *node = json_object_get_member (object, name);

  return node != NULL && JSON_NODE_HOLDS_VALUE (node)
                 && json_node_get_value_type (node) == G_TYPE_STRING
             ? json_node_get_string (node)
             : NULL;
}

/* Notes that can't be read are none: nothing depends on them. */
void
setup_entry_take_notes_text (BaristaSetupEntry *self, const char *text)
{
  g_autoptr (JsonNode) root = text != NULL ? json_from_string (text, NULL) : NULL;
  BaristaSetupNotes notes = { 0 };
  JsonObject *object;

  if (root == NULL || !JSON_NODE_HOLDS_OBJECT (root))
    return;

  object = json_node_get_object (root);
  notes.result = member (object, "result");
  notes.step = member (object, "step");
  notes.folder = member (object, "folder");
  notes.source = member (object, "source");
  setup_entry_take_notes (self, &notes);
}

gint64
setup_entry_get_used_us (BaristaSetupEntry *self)
{
  return self->used_us;
}

void
setup_entry_set_used_us (BaristaSetupEntry *self, gint64 used_us)
{
  self->used_us = used_us;
  g_clear_pointer (&self->used, g_date_time_unref);
  self->used = g_date_time_new_from_unix_local_usec (used_us);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_USED]);
}

const char *
barista_setup_entry_get_id (BaristaSetupEntry *self)
{
  return self->id;
}

const char *
barista_setup_entry_get_name (BaristaSetupEntry *self)
{
  return self->name;
}

const char *
barista_setup_entry_get_task (BaristaSetupEntry *self)
{
  return self->task;
}

const char *
barista_setup_entry_get_result (BaristaSetupEntry *self)
{
  return self->result;
}

GDateTime *
barista_setup_entry_get_used (BaristaSetupEntry *self)
{
  return self->used;
}

const char *
barista_setup_entry_get_step (BaristaSetupEntry *self)
{
  return self->step;
}

const char *
barista_setup_entry_get_folder (BaristaSetupEntry *self)
{
  return self->folder;
}

const char *
barista_setup_entry_get_source (BaristaSetupEntry *self)
{
  return self->source;
}
