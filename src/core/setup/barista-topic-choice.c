/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "barista-setup-private.h"

enum
{
  COLUMNS_CHANGED,
  N_SIGNALS
};
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (BaristaTopicChoice, barista_topic_choice, G_TYPE_OBJECT)

gpointer
barista_column_answers_new (void)
{
  BaristaColumnAnswers *self = g_new0 (BaristaColumnAnswers, 1);

  barista_record_init (&barista_column_record, self);
  return self;
}

void
barista_column_answers_free (gpointer self)
{
  barista_record_clear (&barista_column_record, self);
  g_free (self);
}

static void
barista_topic_choice_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  BaristaTopicChoice *self = BARISTA_TOPIC_CHOICE (object);

  barista_record_get_property (&barista_topic_record, &self->answers, pspec->name, value);
}

static void
barista_topic_choice_set_property (GObject *object,
                                   guint id,
                                   const GValue *value,
                                   GParamSpec *pspec)
{
  BaristaTopicChoice *self = BARISTA_TOPIC_CHOICE (object);

  if (barista_record_set_property (&barista_topic_record, &self->answers, pspec->name, value))
    g_object_notify_by_pspec (object, pspec);
}

static void
barista_topic_choice_finalize (GObject *object)
{
  barista_record_clear (&barista_topic_record, &BARISTA_TOPIC_CHOICE (object)->answers);

  G_OBJECT_CLASS (barista_topic_choice_parent_class)->finalize (object);
}

static void
barista_topic_choice_class_init (BaristaTopicChoiceClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = barista_topic_choice_get_property;
  object_class->set_property = barista_topic_choice_set_property;
  object_class->finalize = barista_topic_choice_finalize;
  barista_record_install (&barista_topic_record, object_class, 1);

  /**
   * BaristaTopicChoice::columns-changed:
   *
   * What the person changed in the columns is different now.
   */
  signals[COLUMNS_CHANGED] = g_signal_new ("columns-changed", BARISTA_TYPE_TOPIC_CHOICE,
                                           G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
barista_topic_choice_init (BaristaTopicChoice *self)
{
  barista_record_init (&barista_topic_record, &self->answers);
  self->answers.columns = g_ptr_array_new_with_free_func (barista_column_answers_free);
}

/**
 * barista_topic_choice_new:
 * @topic: the topic's name, as listed
 *
 * Returns: (transfer full): a topic to load, all of whose answers are the proposed ones
 */
BaristaTopicChoice *
barista_topic_choice_new (const char *topic)
{
  return g_object_new (BARISTA_TYPE_TOPIC_CHOICE, "topic", topic, NULL);
}

const char *
barista_topic_choice_get_topic (BaristaTopicChoice *self)
{
  return self->answers.topic;
}

const char *
barista_topic_choice_get_group_id (BaristaTopicChoice *self)
{
  return self->answers.group_id;
}

BaristaStart
barista_topic_choice_get_start (BaristaTopicChoice *self)
{
  return self->answers.start;
}

const char *
barista_topic_choice_get_data_source (BaristaTopicChoice *self)
{
  return self->answers.data_source;
}

gboolean
barista_topic_choice_get_deployed (BaristaTopicChoice *self)
{
  return self->answers.deployed;
}

BaristaPlan
barista_topic_choice_get_plan (BaristaTopicChoice *self)
{
  return self->answers.plan;
}

BaristaStore
barista_topic_choice_get_store (BaristaTopicChoice *self)
{
  return self->answers.store;
}

const char *
barista_topic_choice_get_marker (BaristaTopicChoice *self)
{
  return self->answers.marker;
}

const char *
barista_topic_choice_get_engine (BaristaTopicChoice *self)
{
  return self->answers.engine.name;
}

const char *
barista_topic_choice_get_sorting_key (BaristaTopicChoice *self)
{
  return self->answers.engine.sorting_key;
}

const char *
barista_topic_choice_get_version (BaristaTopicChoice *self)
{
  return self->answers.engine.version;
}

const char *
barista_topic_choice_get_is_deleted (BaristaTopicChoice *self)
{
  return self->answers.engine.is_deleted;
}

const char *
barista_topic_choice_get_partition_key (BaristaTopicChoice *self)
{
  return self->answers.engine.partition_key;
}

const char *
barista_topic_choice_get_ttl (BaristaTopicChoice *self)
{
  return self->answers.engine.ttl;
}

/**
 * barista_topic_choice_get_columns:
 * @self: a topic
 *
 * Returns: (transfer none) (element-type BaristaColumnChoice): what the person changed, in the order
 *   of the profile
 */
GPtrArray *
barista_topic_choice_get_columns (BaristaTopicChoice *self)
{
  return self->answers.columns;
}

static guint
column_index (BaristaTopicChoice *self, const char *path)
{
  guint i = 0;

  while (i < self->answers.columns->len
         && g_strcmp0 (((BaristaColumnChoice *) self->answers.columns->pdata[i])->path, path) != 0)
    i++;

  return i;
}

/* NULL or -1 is no answer: it isn't written. */
static void
state_column (BaristaColumnAnswers *column)
{
  BaristaColumnChoice *choice = &column->choice;
  const struct
  {
    gconstpointer field;
    gboolean stated;
  } fields[] = {
    { &choice->path, TRUE },
    { &choice->name, choice->name != NULL },
    { &choice->type, choice->type != NULL },
    { &choice->included, choice->included >= 0 },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (fields); i++)
    barista_record_state (&barista_column_record, column, fields[i].field, fields[i].stated);
}

static void
put_column (BaristaTopicChoice *self, guint at, const BaristaColumnChoice *change)
{
  GPtrArray *columns = self->answers.columns;
  BaristaColumnAnswers *column = at < columns->len ? columns->pdata[at]
                                                   : barista_column_answers_new ();

  if (at == columns->len)
    g_ptr_array_add (columns, column);
  g_set_str (&column->choice.path, change->path);
  g_set_str (&column->choice.name, change->name);
  g_set_str (&column->choice.type, change->type);
  column->choice.included = change->included;
  state_column (column);
}

/**
 * barista_topic_choice_change_column:
 * @self: a topic
 * @change: what the person wants of the column at @change->path; nothing stated: what is proposed
 *
 * Takes the place of an earlier change of the same column.
 */
void
barista_topic_choice_change_column (BaristaTopicChoice *self, const BaristaColumnChoice *change)
{
  guint at = column_index (self, change->path);

  if (change->name != NULL || change->type != NULL || change->included >= 0)
    put_column (self, at, change);
  else if (at < self->answers.columns->len)
    g_ptr_array_remove_index (self->answers.columns, at);

  barista_record_state (&barista_topic_record, &self->answers, &self->answers.columns, TRUE);
  g_signal_emit (self, signals[COLUMNS_CHANGED], 0);
}

/* Columns that say nothing any more go. */
static void
drop_columns (GPtrArray *columns, const gboolean *dropped, guint n)
{
  guint kept = 0;

  for (guint i = 0; i < columns->len; i++)
    if (i < n && dropped[i])
      g_clear_pointer (&columns->pdata[i], barista_column_answers_free);
    else
      columns->pdata[kept++] = columns->pdata[i];
  columns->len = kept;
}

/**
 * barista_topic_choice_change_columns:
 * @self: a topic
 * @changes: (array length=n): what the person wants, each of another column, as
 *   barista_topic_choice_change_column()
 * @n: how many
 *
 * Many at once: linear in both, and told once.
 */
void
barista_topic_choice_change_columns (BaristaTopicChoice *self,
                                     const BaristaColumnChoice *changes,
                                     gsize n)
{
  GPtrArray *columns = self->answers.columns;
  g_autoptr (GHashTable) places = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  guint before = columns->len;
  g_autofree gboolean *dropped = g_new0 (gboolean, MAX (before, 1));

  for (guint i = 0; i < before; i++)
    g_hash_table_insert (places, g_strdup (((BaristaColumnChoice *) columns->pdata[i])->path),
                         GUINT_TO_POINTER (i + 1));
  for (gsize i = 0; i < n; i++)
    {
      const BaristaColumnChoice *change = &changes[i];
      guint place = GPOINTER_TO_UINT (g_hash_table_lookup (places, change->path));

      if (change->name != NULL || change->type != NULL || change->included >= 0)
        put_column (self, place > 0 ? place - 1 : columns->len, change);
      else if (place > 0)
        dropped[place - 1] = TRUE;
    }
  drop_columns (columns, dropped, before);

  barista_record_state (&barista_topic_record, &self->answers, &self->answers.columns, TRUE);
  g_signal_emit (self, signals[COLUMNS_CHANGED], 0);
}
