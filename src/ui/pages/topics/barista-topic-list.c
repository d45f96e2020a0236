/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "barista-topic-list.h"

#include "barista-topic-match.h"

/* How long one slice of a filter may take, and how many topics are looked at between looks at the
 * clock. */
#define SLICE_US 2000
#define STRIDE 512

struct _BaristaTopicList
{
  BaristaSlotList parent_instance;

  BaristaReport *report;
  guint n_topics;
  char *query;

  guint slice; /* source */
  guint next;  /* topic to be looked at */
  GArray *parts, *scattered;
};

enum
{
  FILTERED,
  N_SIGNALS
};
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (BaristaTopicList, barista_topic_list, BARISTA_TYPE_SLOT_LIST)

static void
put_in_place (BaristaTopicList *self, BaristaReport *report, guint n_topics, GArray *found)
{
  g_set_object (&self->report, report);
  self->n_topics = n_topics;
  barista_slot_list_show (BARISTA_SLOT_LIST (self), found, n_topics);
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
  self->parts = g_array_new (FALSE, FALSE, sizeof (guint));
  self->scattered = g_array_new (FALSE, FALSE, sizeof (guint));
  self->slice = g_idle_add_full (G_PRIORITY_DEFAULT_IDLE - 10, filter_slice, self, NULL);
}

/* --- object --- */

static void
barista_topic_list_finalize (GObject *object)
{
  BaristaTopicList *self = BARISTA_TOPIC_LIST (object);

  stop_filtering (self);
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

  g_return_val_if_fail (position < barista_slot_list_get_n (BARISTA_SLOT_LIST (self)), NULL);

  barista_report_get_topic (self->report,
                            barista_slot_list_get_index (BARISTA_SLOT_LIST (self), position),
                            &info);
  return info.name;
}

BaristaTopicList *
barista_topic_list_read_slot (BaristaSlot *slot, BaristaTopicInfo *info)
{
  guint index;
  BaristaSlotList *list = barista_slot_locate (slot, &index);

  if (list == NULL)
    return NULL;

  barista_report_get_topic (BARISTA_TOPIC_LIST (list)->report, index, info);
  return BARISTA_TOPIC_LIST (list);
}
