/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "barista-topic-list.h"

#include "barista-topic-match.h"

/* How long one slice of a filter may take, and how many topics are looked at between looks at the
 * clock. */
#define SLICE_US 2000
#define STRIDE 512

struct _BaristaTopicItem
{
  GObject parent_instance;

  BaristaTopicList *list; /* not owned; NULL once the list doesn't know it any more */
  guint position;
};

struct _BaristaTopicList
{
  GObject parent_instance;

  BaristaReport *report;
  guint n_topics;
  char *query;
  GArray *found;    /* guint32, indexes into the report; NULL: all */
  GHashTable *live; /* position -> BaristaTopicItem, not owned */

  guint slice; /* source */
  guint next;  /* topic to be looked at */
  GArray *parts, *scattered;
};

enum
{
  CHANGED,
  N_ITEM_SIGNALS
};
static guint item_signals[N_ITEM_SIGNALS];

enum
{
  FILTERED,
  N_SIGNALS
};
static guint signals[N_SIGNALS];

static void list_model_init (GListModelInterface *iface);

G_DEFINE_FINAL_TYPE (BaristaTopicItem, barista_topic_item, G_TYPE_OBJECT)
G_DEFINE_FINAL_TYPE_WITH_CODE (BaristaTopicList,
                               barista_topic_list,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, list_model_init))

/* --- items --- */

static void
barista_topic_item_finalize (GObject *object)
{
  BaristaTopicItem *self = BARISTA_TOPIC_ITEM (object);

  if (self->list != NULL)
    g_hash_table_remove (self->list->live, GUINT_TO_POINTER (self->position));

  G_OBJECT_CLASS (barista_topic_item_parent_class)->finalize (object);
}

static void
barista_topic_item_class_init (BaristaTopicItemClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = barista_topic_item_finalize;

  item_signals[CHANGED] = g_signal_new ("changed", BARISTA_TYPE_TOPIC_ITEM, G_SIGNAL_RUN_LAST, 0,
                                        NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
barista_topic_item_init (BaristaTopicItem *self)
{
}

/* --- the list model --- */

static guint
count (BaristaTopicList *self)
{
  return self->found != NULL ? self->found->len : self->n_topics;
}

static guint
index_at (BaristaTopicList *self, guint position)
{
  return self->found != NULL ? g_array_index (self->found, guint32, position) : position;
}

static GType
get_item_type (GListModel *model)
{
  return BARISTA_TYPE_TOPIC_ITEM;
}

static guint
get_n_items (GListModel *model)
{
  return count (BARISTA_TOPIC_LIST (model));
}

static gpointer
get_item (GListModel *model, guint position)
{
  BaristaTopicList *self = BARISTA_TOPIC_LIST (model);
  BaristaTopicItem *item;

  if (position >= count (self))
    return NULL;

  item = g_hash_table_lookup (self->live, GUINT_TO_POINTER (position));
  if (item != NULL)
    return g_object_ref (item);

  item = g_object_new (BARISTA_TYPE_TOPIC_ITEM, NULL);
  item->list = self;
  item->position = position;
  g_hash_table_insert (self->live, GUINT_TO_POINTER (position), item);
  return item;
}

static void
list_model_init (GListModelInterface *iface)
{
  iface->get_item_type = get_item_type;
  iface->get_n_items = get_n_items;
  iface->get_item = get_item;
}

/* --- what is found comes into place --- */

/* Items at or above the new end: they must not come back with what they showed. */
static void
let_go (BaristaTopicList *self, guint end)
{
  GHashTableIter iter;
  gpointer value;

  g_hash_table_iter_init (&iter, self->live);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    {
      BaristaTopicItem *item = value;

      if (item->position < end)
        continue;
      item->list = NULL;
      g_hash_table_iter_remove (&iter);
    }
}

static void
refill (BaristaTopicList *self)
{
  g_autoptr (GPtrArray) items = g_hash_table_get_values_as_ptr_array (self->live);

  for (guint i = 0; i < items->len; i++)
    g_object_ref (items->pdata[i]);
  g_ptr_array_set_free_func (items, g_object_unref);
  for (guint i = 0; i < items->len; i++)
    g_signal_emit (items->pdata[i], item_signals[CHANGED], 0);
}

static void
put_in_place (BaristaTopicList *self, BaristaReport *report, guint n_topics, GArray *found)
{
  guint before = count (self);
  guint after, kept;

  g_set_object (&self->report, report);
  self->n_topics = n_topics;
  g_clear_pointer (&self->found, g_array_unref);
  self->found = found;

  after = count (self);
  kept = MIN (before, after);
  let_go (self, kept);
  if (before != after)
    g_list_model_items_changed (G_LIST_MODEL (self), kept, before - kept, after - kept);
  refill (self);
  g_signal_emit (self, signals[FILTERED], 0);
}

/* --- filtering --- */

static void
look_at (BaristaTopicList *self, guint index)
{
  BaristaTopicMatch match, decoded;
  BaristaTopicInfo info;

  barista_report_get_topic (self->report, index, &info);
  match = barista_topic_match (info.name, self->query);
  if (match != BARISTA_TOPIC_MATCH_PART && info.decoded_name != NULL)
    {
      decoded = barista_topic_match (info.decoded_name, self->query);
      match = MAX (match, decoded);
    }

  if (match == BARISTA_TOPIC_MATCH_PART)
    g_array_append_val (self->parts, index);
  else if (match == BARISTA_TOPIC_MATCH_FUZZY)
    g_array_append_val (self->scattered, index);
}

static void
stop_filtering (BaristaTopicList *self)
{
  g_clear_handle_id (&self->slice, g_source_remove);
  g_clear_pointer (&self->parts, g_array_unref);
  g_clear_pointer (&self->scattered, g_array_unref);
}

/* What has the query as it stands comes first. */
static gboolean
filter_slice (gpointer data)
{
  BaristaTopicList *self = data;
  gint64 end = g_get_monotonic_time () + SLICE_US;
  GArray *found;

  while (self->next < self->n_topics)
    {
      look_at (self, self->next++);
      if (self->next % STRIDE == 0 && g_get_monotonic_time () > end)
        return G_SOURCE_CONTINUE;
    }

  self->slice = 0;
  g_array_append_vals (self->parts, self->scattered->data, self->scattered->len);
  found = g_steal_pointer (&self->parts);
  stop_filtering (self);
  put_in_place (self, self->report, self->n_topics, found);
  return G_SOURCE_REMOVE;
}

static void
start_filtering (BaristaTopicList *self)
{
  stop_filtering (self);
  if (*self->query == '\0' || self->report == NULL)
    {
      put_in_place (self, self->report, self->n_topics, NULL);
      return;
    }

  self->next = 0;
  self->parts = g_array_new (FALSE, FALSE, sizeof (guint32));
  self->scattered = g_array_new (FALSE, FALSE, sizeof (guint32));
  self->slice = g_idle_add_full (G_PRIORITY_DEFAULT_IDLE - 10, filter_slice, self, NULL);
}

/* --- object --- */

static void
barista_topic_list_finalize (GObject *object)
{
  BaristaTopicList *self = BARISTA_TOPIC_LIST (object);

  stop_filtering (self);
  let_go (self, 0);
  g_hash_table_unref (self->live);
  g_clear_pointer (&self->found, g_array_unref);
  g_clear_object (&self->report);
  g_free (self->query);

  G_OBJECT_CLASS (barista_topic_list_parent_class)->finalize (object);
}

static void
barista_topic_list_class_init (BaristaTopicListClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = barista_topic_list_finalize;

  signals[FILTERED] = g_signal_new ("filtered", BARISTA_TYPE_TOPIC_LIST, G_SIGNAL_RUN_LAST, 0, NULL,
                                    NULL, NULL, G_TYPE_NONE, 0);
}

static void
barista_topic_list_init (BaristaTopicList *self)
{
  self->live = g_hash_table_new (NULL, NULL);
  self->query = g_strdup ("");
}

BaristaTopicList *
barista_topic_list_new (void)
{
  return g_object_new (BARISTA_TYPE_TOPIC_LIST, NULL);
}

/**
 * barista_topic_list_set_report:
 * @self: the list
 * @report: (nullable): whose listing; its topics must not change as long as it is set
 */
void
barista_topic_list_set_report (BaristaTopicList *self, BaristaReport *report)
{
  guint n_topics = report != NULL ? barista_report_get_n_topics (report) : 0;

  if (self->report == report && self->n_topics == n_topics)
    return;

  /* Positions of the old listing mean nothing in the new one. */
  stop_filtering (self);
  put_in_place (self, report, n_topics, NULL);
  if (*self->query != '\0')
    start_filtering (self);
}

/**
 * barista_topic_list_set_query:
 * @self: the list
 * @typed: what to look for; "" shows all
 */
void
barista_topic_list_set_query (BaristaTopicList *self, const char *typed)
{
  g_autofree char *query = barista_topic_match_prepare (typed);

  if (g_set_str (&self->query, query))
    start_filtering (self);
}

const char *
barista_topic_list_get_query (BaristaTopicList *self)
{
  return self->query;
}

guint
barista_topic_list_get_n_topics (BaristaTopicList *self)
{
  return self->n_topics;
}

gboolean
barista_topic_list_get_filtering (BaristaTopicList *self)
{
  return self->slice != 0;
}

/* Owned by the report. */
const char *
barista_topic_list_get_name (BaristaTopicList *self, guint position)
{
  BaristaTopicInfo info;

  g_return_val_if_fail (position < count (self), NULL);

  barista_report_get_topic (self->report, index_at (self, position), &info);
  return info.name;
}

gboolean
barista_topic_item_get_info (BaristaTopicItem *self, BaristaTopicInfo *info)
{
  if (self->list == NULL || self->position >= count (self->list))
    return FALSE;

  barista_report_get_topic (self->list->report, index_at (self->list, self->position), info);
  return TRUE;
}
