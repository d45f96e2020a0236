/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "barista-table-private.h"

#include "barista-names.h"

#include <glib/gi18n-lib.h>

G_DEFINE_FINAL_TYPE (BaristaTable, barista_table, G_TYPE_OBJECT)

static void
barista_table_finalize (GObject *object)
{
  BaristaTable *self = BARISTA_TABLE (object);

  g_free (self->topic);
  g_free (self->data_source);
  g_free (self->group_id);
  g_free (self->plan_reason);
  g_ptr_array_unref (self->columns);
  g_ptr_array_unref (self->findings);
  barista_engine_clear (&self->engine);
  g_clear_pointer (&self->value, barista_avro_schema_unref);

  G_OBJECT_CLASS (barista_table_parent_class)->finalize (object);
}

static void
barista_table_class_init (BaristaTableClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = barista_table_finalize;
}

static void
barista_table_init (BaristaTable *self)
{
  self->columns = g_ptr_array_new_with_free_func ((GDestroyNotify) barista_column_free);
  self->findings = g_ptr_array_new_with_free_func ((GDestroyNotify) barista_finding_free);
}

static void
take_names (BaristaTable *self, BaristaSetup *setup, BaristaTopicChoice *choice, GHashTable *names)
{
  const BaristaTableName *name = names != NULL ? g_hash_table_lookup (names, self->topic) : NULL;
  const char *source = barista_topic_choice_get_data_source (choice);
  const char *group = barista_topic_choice_get_group_id (choice);

  if (name != NULL && source == NULL)
    source = name->data_source;
  if (name != NULL && group == NULL)
    group = name->group_id;

  self->data_source = source != NULL ? g_strdup (source)
                                     : barista_resource_name_suggest (self->topic);
  self->group_id = group != NULL ? g_strdup (group)
                                 : barista_group_id_suggest (barista_setup_get_task_name (setup),
                                                             self->topic);
}

/* Without a schema there are no columns: whatever was asked for, the document is kept. */
static void
settle_plan (BaristaTableDraft *draft)
{
  BaristaTable *self = draft->table;
  BaristaPlan stated = barista_topic_choice_get_plan (draft->choice);

  self->deletions = draft->facts.deletions;
  self->recommended = barista_plan_recommend (&draft->facts, &self->plan_reason);
  self->plan = stated == BARISTA_PLAN_PROPOSED ? self->recommended : stated;
  self->store = self->plan == BARISTA_PLAN_SOFT_DOCUMENT ? BARISTA_STORE_DOCUMENT
                : self->plan == BARISTA_PLAN_HARD ? barista_topic_choice_get_store (draft->choice)
                                                  : BARISTA_STORE_COLUMNS;

  if (draft->facts.has_value || self->plan == BARISTA_PLAN_SOFT_DOCUMENT)
    return;

  self->plan = BARISTA_PLAN_SOFT_DOCUMENT;
  self->store = BARISTA_STORE_DOCUMENT;
  barista_table_draft_note (draft, "plan-needs-schema", BARISTA_LEVEL_WARNING,
                            _ ("Without a registered schema only the whole document can be kept; "
                               "the plan that was asked for was not taken."),
                            _ ("Turn the schema registry on."));
}

/* The hard plan counts on a marker even where the registered schema has none (yet). */
static void
expect_marker (BaristaTableDraft *draft)
{
  const char *stated = barista_topic_choice_get_marker (draft->choice);
  g_autofree char *path = NULL;
  g_autofree char *flat = NULL;
  g_auto (GStrv) steps = NULL;
  BaristaLeaf *leaf;

  if (draft->facts.marker != NULL || !draft->facts.has_value)
    return;
  if (barista_topic_choice_get_plan (draft->choice) != BARISTA_PLAN_HARD)
    return;

  path = barista_plan_marker_path (stated != NULL ? stated : "$._is_deleted");
  steps = g_strsplit (path + (g_str_has_prefix (path, "$.") ? 2 : 0), ".", -1);
  flat = barista_column_name_flatten ((const char *const *) steps, g_strv_length (steps));
  leaf = barista_leaf_new (path, flat);
  g_ptr_array_add (draft->leaves, leaf);
  draft->facts.marker = leaf;
}

static void
take_columns (BaristaTableDraft *draft)
{
  for (guint i = 0; i < draft->leaves->len; i++)
    {
      BaristaLeaf *leaf = draft->leaves->pdata[i];

      g_ptr_array_add (draft->table->columns, leaf->column);
    }
}

/* The leaves' columns belong to the table by now. */
static void
forget_columns (BaristaTableDraft *draft)
{
  for (guint i = 0; i < draft->leaves->len; i++)
    {
      BaristaLeaf *leaf = draft->leaves->pdata[i];

      leaf->column = NULL;
    }
}

static void
note_limits (BaristaTableDraft *draft, gboolean cut, guint before)
{
  g_autofree char *message = NULL;

  if (cut)
    barista_table_draft_note (draft, "too-many-columns", BARISTA_LEVEL_WARNING,
                              _ ("The schema spells out to more places than are listed; the last "
                                 "ones are missing here."),
                              _ ("Exclude fields in the task, or store the whole document."));
  if (before <= BARISTA_MAX_COLUMNS)
    return;

  message = g_strdup_printf (_ ("%u columns, and Tinybird takes %u: the last ones are left out."),
                             before, BARISTA_MAX_COLUMNS);
  barista_table_draft_note (draft, "too-many-columns", BARISTA_LEVEL_WARNING, message,
                            _ ("Choose the columns that matter, or store the whole document."));
}

static guint
count_included (GPtrArray *columns)
{
  guint n = 0;

  for (guint i = 0; i < columns->len; i++)
    n += ((BaristaColumn *) columns->pdata[i])->included != FALSE;
  return n;
}

static void
derive (BaristaTableDraft *draft,
        BaristaSetup *setup,
        const BaristaAvroNode *key,
        const BaristaAvroNode *value)
{
  BaristaTable *self = draft->table;
  gboolean cut = FALSE;
  guint before;

  draft->leaves = value != NULL
                      ? barista_columns_walk (value, &cut)
                      : g_ptr_array_new_with_free_func ((GDestroyNotify) barista_leaf_free);
  barista_plan_gather (&draft->facts, setup, draft->choice, key, value, draft->leaves);
  expect_marker (draft);
  barista_table_draft_match (draft);
  barista_columns_name (draft->leaves);
  settle_plan (draft);

  barista_table_draft_fill (draft);
  barista_engine_propose (&self->engine, draft->choice, &draft->facts, self->plan);
  take_columns (draft);
  barista_table_draft_add_meta (draft);

  before = count_included (self->columns);
  barista_table_draft_limit (draft);
  barista_table_draft_note_plan (draft);
  note_limits (draft, cut, before);
  barista_table_draft_note_columns (draft);
  barista_engine_lint (&self->engine, self->columns, draft->file, self->findings);
  forget_columns (draft);
}

BaristaTable *
barista_table_new_named (BaristaSetup *setup,
                         BaristaTopicChoice *choice,
                         GHashTable *names,
                         BaristaAvroSchema *key,
                         BaristaAvroSchema *value)
{
  BaristaTable *self = g_object_new (BARISTA_TYPE_TABLE, NULL);
  g_autoptr (GHashTable) choices = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr (GHashTable) matched = g_hash_table_new (NULL, NULL);
  BaristaTableDraft draft
      = { .table = self, .choice = choice, .choices = choices, .matched = matched };

  if (!barista_setup_get_registry_enabled (setup))
    key = value = NULL;

  self->topic = g_strdup (barista_topic_choice_get_topic (choice));
  self->start = barista_topic_choice_get_start (choice);
  self->value = value != NULL ? barista_avro_schema_ref (value) : NULL;
  take_names (self, setup, choice, names);

  draft.file = g_strdup_printf ("datasources/%s.datasource", self->data_source);
  derive (&draft, setup, key != NULL ? barista_avro_schema_get_root (key) : NULL,
          value != NULL ? barista_avro_schema_get_root (value) : NULL);

  g_ptr_array_unref (draft.leaves);
  g_free (draft.file);
  return self;
}

BaristaTable *
barista_table_new (BaristaSetup *setup,
                   BaristaTopicChoice *choice,
                   BaristaAvroSchema *key,
                   BaristaAvroSchema *value)
{
  return barista_table_new_named (setup, choice, NULL, key, value);
}

const char *
barista_table_get_topic (BaristaTable *self)
{
  return self->topic;
}

const char *
barista_table_get_data_source (BaristaTable *self)
{
  return self->data_source;
}

const char *
barista_table_get_group_id (BaristaTable *self)
{
  return self->group_id;
}

BaristaStart
barista_table_get_start (BaristaTable *self)
{
  return self->start;
}

GPtrArray *
barista_table_get_columns (BaristaTable *self)
{
  return self->columns;
}

GPtrArray *
barista_table_get_findings (BaristaTable *self)
{
  return self->findings;
}

BaristaPlan
barista_table_get_plan (BaristaTable *self)
{
  return self->plan;
}

BaristaPlan
barista_table_get_recommended_plan (BaristaTable *self)
{
  return self->recommended;
}

BaristaStore
barista_table_get_store (BaristaTable *self)
{
  return self->store;
}

const char *
barista_table_get_plan_reason (BaristaTable *self)
{
  return self->plan_reason;
}

BaristaDeletions
barista_table_get_deletions (BaristaTable *self)
{
  return self->deletions;
}

gboolean
barista_table_get_stores_raw_value (BaristaTable *self)
{
  const BaristaColumn *column = barista_table_find_column (self, "__value");

  return column != NULL && column->included;
}

const char *
barista_table_get_engine (BaristaTable *self)
{
  return self->engine.name;
}

const char *
barista_table_get_sorting_key (BaristaTable *self)
{
  return self->engine.sorting_key;
}

const char *
barista_table_get_version (BaristaTable *self)
{
  return self->engine.version;
}

const char *
barista_table_get_is_deleted (BaristaTable *self)
{
  return self->engine.is_deleted;
}

const char *
barista_table_get_partition_key (BaristaTable *self)
{
  return self->engine.partition_key;
}

const char *
barista_table_get_ttl (BaristaTable *self)
{
  return self->engine.ttl;
}

gboolean
barista_table_get_needs_final (BaristaTable *self)
{
  return barista_engine_is_merging (&self->engine);
}

/**
 * barista_table_find_column:
 * @self: the table
 * @name: a column name
 *
 * Returns: (transfer none) (nullable): the column, included or not
 */
const BaristaColumn *
barista_table_find_column (BaristaTable *self, const char *name)
{
  for (guint i = 0; i < self->columns->len; i++)
    {
      const BaristaColumn *column = self->columns->pdata[i];

      if (g_str_equal (column->name, name))
        return column;
    }

  return NULL;
}
