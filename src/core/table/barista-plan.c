/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "barista-plan.h"

#include "barista-type-map.h"

#include <glib/gi18n-lib.h>

/* The newer form first: it is Dekaf's own last field, the others come from a document. */
static const char *const marker_paths[] = { "$._is_deleted", "$._meta.is_deleted",
                                            "$._meta_is_deleted" };
static const char *const operation_paths[] = { "$._meta_op", "$._meta.op" };

static BaristaLeaf *
find_leaf (GPtrArray *leaves, const char *path)
{
  for (guint i = 0; path != NULL && i < leaves->len; i++)
    {
      BaristaLeaf *leaf = leaves->pdata[i];

      if (!leaf->left_out && g_strcmp0 (leaf->column->path, path) == 0)
        return leaf;
    }

  return NULL;
}

/**
 * barista_plan_marker_path:
 * @stated: a place as a person or a page writes it: "$._meta.is_deleted", "_meta.is_deleted",
 *   "/_meta/is_deleted"
 *
 * Returns: (transfer full): the JSON path
 */
char *
barista_plan_marker_path (const char *stated)
{
  g_auto (GStrv) steps = NULL;
  g_autofree char *joined = NULL;

  if (*stated == '$' || *stated == '#')
    return g_strdup (stated);
  if (*stated != '/')
    return g_strconcat ("$.", stated, NULL);

  steps = g_strsplit (stated + 1, "/", -1);
  joined = g_strjoinv (".", steps);
  return g_strconcat ("$.", joined, NULL);
}

static gboolean
could_mark (const BaristaLeaf *leaf)
{
  return leaf->node->type == BARISTA_AVRO_BOOLEAN || leaf->node->type == BARISTA_AVRO_INT
         || leaf->node->type == BARISTA_AVRO_LONG;
}

static void
find_markers (BaristaPlanFacts *self, const char *stated, GPtrArray *leaves)
{
  g_autofree char *path = stated != NULL ? barista_plan_marker_path (stated) : NULL;

  self->marker = find_leaf (leaves, path);
  for (guint i = 0; i < G_N_ELEMENTS (marker_paths); i++)
    {
      BaristaLeaf *leaf = find_leaf (leaves, marker_paths[i]);

      if (leaf == NULL || leaf == self->marker || !could_mark (leaf))
        continue;
      if (self->marker == NULL && stated == NULL)
        self->marker = leaf;
      else if (self->other_marker == NULL)
        self->other_marker = leaf;
    }
}

static void
find_operation (BaristaPlanFacts *self, GPtrArray *leaves)
{
  for (guint i = 0; i < G_N_ELEMENTS (operation_paths) && self->operation == NULL; i++)
    {
      BaristaLeaf *leaf = find_leaf (leaves, operation_paths[i]);

      if (leaf != NULL
          && (leaf->node->type == BARISTA_AVRO_STRING || leaf->node->type == BARISTA_AVRO_ENUM))
        self->operation = leaf;
    }
}

/* Record Key { _flow_key: Parts { p1..pn } } (dekaf.md 3.2); elsewhere the key's own fields. */
static const BaristaAvroNode *
key_parts (const BaristaAvroNode *key)
{
  gboolean ignored;

  if (key == NULL || key->type != BARISTA_AVRO_RECORD)
    return NULL;
  if (key->n_children != 1 || !g_str_equal (key->fields[0].name, "_flow_key"))
    return key;

  key = barista_avro_node_settle (key->fields[0].node, &ignored);
  return key->type == BARISTA_AVRO_RECORD ? key : NULL;
}

/* The key's schema doesn't name its pointers, but the value's fields start with the key's, in their
 * order (dekaf.md 3.3): if the kinds match, these are the key. */
static gboolean
dekaf_key_matches (const BaristaAvroNode *parts, GPtrArray *leaves)
{
  if (parts->n_children > leaves->len)
    return FALSE;

  for (guint i = 0; i < parts->n_children; i++)
    {
      BaristaLeaf *leaf = leaves->pdata[i];

      if (leaf->depth != 1 || leaf->left_out
          || !barista_avro_node_same_kind (parts->fields[i].node, leaf->node))
        return FALSE;
    }

  return TRUE;
}

/* Elsewhere a field of the value is the key's if it has its name and kind, and leads the value. */
static gboolean
named_key_matches (const BaristaAvroNode *parts, const BaristaAvroNode *value)
{
  if (parts->n_children > value->n_children)
    return FALSE;
  for (guint i = 0; i < parts->n_children; i++)
    if (!g_str_equal (parts->fields[i].name, value->fields[i].name))
      return FALSE;

  return TRUE;
}

static void
find_keys (BaristaPlanFacts *self,
           const BaristaAvroNode *key,
           const BaristaAvroNode *value,
           GPtrArray *leaves)
{
  const BaristaAvroNode *parts = key_parts (key);

  if (parts == NULL || parts->n_children == 0)
    return;

  self->n_parts = parts->n_children;
  if (value == NULL || value->type != BARISTA_AVRO_RECORD)
    return;
  if (parts == key && !named_key_matches (parts, value))
    return;
  if (!dekaf_key_matches (parts, leaves))
    return;

  self->n_keys = parts->n_children;
  self->only_key = self->n_keys == 1 ? leaves->pdata[0] : NULL;
}

/**
 * barista_plan_gather:
 * @self: (out caller-allocates): the facts; they point into @leaves
 * @setup: the answers
 * @choice: the topic's answers
 * @key: (nullable): root of the key schema
 * @value: (nullable): root of the value schema
 * @leaves: (element-type BaristaLeaf): the value's leaves
 *
 * Looks for the key, the operation and the delete marker. The deletion mode is what the task says;
 * where it says nothing, a marker in the schema means cdc.
 */
void
barista_plan_gather (BaristaPlanFacts *self,
                     BaristaSetup *setup,
                     BaristaTopicChoice *choice,
                     const BaristaAvroNode *key,
                     const BaristaAvroNode *value,
                     GPtrArray *leaves)
{
  *self = (BaristaPlanFacts) {
    .is_dekaf = barista_setup_get_is_dekaf (setup),
    .has_value = value != NULL,
  };

  find_keys (self, key, value, leaves);
  find_operation (self, leaves);
  find_markers (self, barista_topic_choice_get_marker (choice), leaves);

  if (barista_setup_get_deletions_stated (setup))
    self->deletions = barista_setup_get_deletions (setup);
  else
    self->deletions = self->marker != NULL ? BARISTA_DELETIONS_CDC : BARISTA_DELETIONS_KAFKA;
}

/**
 * barista_plan_recommend:
 * @self: the facts
 * @reason: (out): one translated sentence
 *
 * Returns: the plan that fits; hard is meant with its columns kept
 */
BaristaPlan
barista_plan_recommend (const BaristaPlanFacts *self, char **reason)
{
  const char *text;
  BaristaPlan plan;

  if (!self->has_value)
    {
      plan = BARISTA_PLAN_SOFT_DOCUMENT;
      text = _ ("Without a registered schema there are no columns to choose from, so the whole "
                "document is kept.");
    }
  else if (self->deletions == BARISTA_DELETIONS_CDC && self->marker != NULL)
    {
      plan = BARISTA_PLAN_HARD;
      text = _ ("The task sends deletions as documents and marks them, so Tinybird can drop the "
                "deleted rows by itself.");
    }
  else if (self->deletions == BARISTA_DELETIONS_CDC)
    {
      plan = BARISTA_PLAN_SOFT_NULLABLE;
      text = _ ("The task sends deletions as documents, but the registered schema has no delete "
                "marker; columns that may be empty take such a document.");
    }
  else if (self->is_dekaf || self->operation != NULL)
    {
      plan = BARISTA_PLAN_SOFT_NULLABLE;
      text = _ ("In kafka mode a deletion comes as a key without a document, which only columns "
                "that may be empty can take.");
    }
  else
    {
      plan = BARISTA_PLAN_NONE;
      text = _ ("Neither the schema nor the server tells of deletions.");
    }

  *reason = g_strdup (text);
  return plan;
}
