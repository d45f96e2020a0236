/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "barista-practice-datum.h"
#include "barista-practice-story-private.h"

/* 5 January 2026, 07:00 UTC: the roastery opens. */
#define OPENING_MS G_GINT64_CONSTANT (1767596400000)
#define N_PRODUCTS 18

typedef enum
{
  ADD,
  CHANGE,
  REMOVE,
} Kind;

/* What may happen next, and how often out of a hundred times. */
static const struct
{
  guint weight;
  BaristaPracticeCollectionId collection;
  Kind kind;
} acts[] = {
  { 22, BARISTA_COLLECTION_ORDERS, ADD },      { 28, BARISTA_COLLECTION_ORDERS, CHANGE },
  { 3, BARISTA_COLLECTION_ORDERS, REMOVE },    { 3, BARISTA_COLLECTION_ORDER_LINES, CHANGE },
  { 4, BARISTA_COLLECTION_CUSTOMERS, ADD },    { 4, BARISTA_COLLECTION_CUSTOMERS, CHANGE },
  { 2, BARISTA_COLLECTION_CUSTOMERS, REMOVE }, { 10, BARISTA_COLLECTION_SESSIONS, ADD },
  { 2, BARISTA_COLLECTION_SESSIONS, CHANGE },  { 2, BARISTA_COLLECTION_SESSIONS, REMOVE },
  { 4, BARISTA_COLLECTION_INVENTORY, ADD },    { 2, BARISTA_COLLECTION_INVENTORY, CHANGE },
  { 1, BARISTA_COLLECTION_INVENTORY, REMOVE }, { 1, BARISTA_COLLECTION_PRODUCTS, ADD },
  { 4, BARISTA_COLLECTION_PRODUCTS, CHANGE },  { 1, BARISTA_COLLECTION_PRODUCTS, REMOVE },
  { 3, BARISTA_COLLECTION_EXAMPLE, ADD },      { 2, BARISTA_COLLECTION_EXAMPLE, CHANGE },
  { 2, BARISTA_COLLECTION_EXAMPLE, REMOVE },
};

GRand *
barista_practice_rand_new (guint64 seed)
{
  guint32 words[2] = { (guint32) seed, (guint32) (seed >> 32) };

  return g_rand_new_with_seed_array (words, G_N_ELEMENTS (words));
}

guint
barista_practice_story_below (BaristaPracticeStory *self, guint n)
{
  return (guint) g_rand_int_range (self->rand, 0, (gint32) n);
}

gboolean
barista_practice_story_chance (BaristaPracticeStory *self, guint percent)
{
  return barista_practice_story_below (self, 100) < percent;
}

const char *
barista_practice_story_pick (BaristaPracticeStory *self, const char *const *words)
{
  return words[barista_practice_story_below (self, g_strv_length ((char **) words))];
}

static JsonObject *copy_object (JsonObject *object);

static JsonNode *
copy_node (JsonNode *node)
{
  JsonArray *from, *to;
  JsonNode *twin;

  if (JSON_NODE_HOLDS_OBJECT (node))
    return barista_practice_take_object (copy_object (json_node_get_object (node)));
  if (!JSON_NODE_HOLDS_ARRAY (node))
    return json_node_copy (node);

  from = json_node_get_array (node);
  to = json_array_sized_new (json_array_get_length (from));
  for (guint i = 0; i < json_array_get_length (from); i++)
    json_array_add_element (to, copy_node (json_array_get_element (from, i)));
  twin = json_node_new (JSON_NODE_ARRAY);
  json_node_take_array (twin, to);
  return twin;
}

/* All of it: json-glib's own copies share what is inside, and later changes must not reach the
 * documents of earlier events. */
static JsonObject *
copy_object (JsonObject *object)
{
  JsonObject *twin = json_object_new ();
  JsonObjectIter iter;
  const char *name;
  JsonNode *member;

  json_object_iter_init_ordered (&iter, object);
  while (json_object_iter_next_ordered (&iter, &name, &member))
    json_object_set_member (twin, name, copy_node (member));
  return twin;
}

static void
tell (BaristaPracticeStory *self,
      BaristaPracticeCollectionId collection,
      char op,
      JsonObject *object)
{
  BaristaPracticeEvent *event = g_new0 (BaristaPracticeEvent, 1);

  event->collection = collection;
  event->op = op;
  event->document = copy_object (object);
  event->time_ms = self->now_ms;
  g_queue_push_tail (&self->pending, event);
}

void
barista_practice_story_create (BaristaPracticeStory *self,
                               BaristaPracticeCollectionId collection,
                               JsonObject *object)
{
  GPtrArray *open = self->open[collection];

  if (open->len == BARISTA_STORY_MAX_OPEN)
    g_ptr_array_remove_index (open, 0);
  tell (self, collection, 'c', object);
  g_ptr_array_add (open, object);
}

void
barista_practice_story_update (BaristaPracticeStory *self,
                               BaristaPracticeCollectionId collection,
                               JsonObject *object)
{
  tell (self, collection, 'u', object);
}

void
barista_practice_story_delete (BaristaPracticeStory *self,
                               BaristaPracticeCollectionId collection,
                               guint index)
{
  tell (self, collection, 'd', g_ptr_array_index (self->open[collection], index));
  g_ptr_array_remove_index (self->open[collection], index);
}

/* Where there is none to change or to spare, one is added. */
static void
act (BaristaPracticeStory *self, BaristaPracticeCollectionId collection, Kind kind)
{
  const BaristaPracticeLife *life = &barista_practice_lives[collection];
  GPtrArray *open = self->open[collection];
  guint i;

  if (kind == ADD || open->len <= life->least)
    {
      life->add (self);
      return;
    }

  i = barista_practice_story_below (self, open->len);
  if (kind == CHANGE)
    {
      life->change (self, g_ptr_array_index (open, i));
      barista_practice_story_update (self, collection, g_ptr_array_index (open, i));
    }
  else if (life->remove != NULL)
    life->remove (self, i);
  else
    barista_practice_story_delete (self, collection, i);
}

static void
go_on (BaristaPracticeStory *self)
{
  guint roll = barista_practice_story_below (self, 100);
  guint i = 0;

  self->now_ms += 1000 * (gint64) (1 + barista_practice_story_below (self, 5400));
  self->now_ms += barista_practice_story_below (self, 1000);
  while (roll >= acts[i].weight)
    roll -= acts[i++].weight;
  act (self, acts[i].collection, acts[i].kind);
}

/* The stock and the first customers; then, whatever the seed, everything happens once to each
 * collection. */
static void
open_shop (BaristaPracticeStory *self)
{
  for (guint i = 0; i < N_PRODUCTS; i++)
    act (self, BARISTA_COLLECTION_PRODUCTS, ADD);
  for (guint i = 0; i < BARISTA_STORY_N_CUSTOMERS; i++)
    act (self, BARISTA_COLLECTION_CUSTOMERS, ADD);

  for (BaristaPracticeCollectionId id = 0; id < BARISTA_N_COLLECTIONS; id++)
    for (Kind kind = ADD; kind <= REMOVE; kind++)
      {
        act (self, id, ADD);
        act (self, id, kind);
      }
}

BaristaPracticeStory *
barista_practice_story_new (guint64 seed)
{
  BaristaPracticeStory *self = g_new0 (BaristaPracticeStory, 1);

  self->rand = barista_practice_rand_new (seed);
  self->now_ms = OPENING_MS;
  g_queue_init (&self->pending);
  for (guint i = 0; i < BARISTA_N_COLLECTIONS; i++)
    self->open[i] = g_ptr_array_new_with_free_func ((GDestroyNotify) json_object_unref);
  open_shop (self);
  return self;
}

static void
event_free (gpointer data)
{
  barista_practice_event_clear (data);
  g_free (data);
}

void
barista_practice_story_free (BaristaPracticeStory *self)
{
  g_queue_clear_full (&self->pending, event_free);
  for (guint i = 0; i < BARISTA_N_COLLECTIONS; i++)
    g_ptr_array_unref (self->open[i]);
  g_rand_free (self->rand);
  g_free (self);
}

void
barista_practice_event_clear (BaristaPracticeEvent *self)
{
  g_clear_pointer (&self->document, json_object_unref);
}

/**
 * barista_practice_story_next:
 * @event: (out): what happens next
 */
void
barista_practice_story_next (BaristaPracticeStory *self, BaristaPracticeEvent *event)
{
  BaristaPracticeEvent *first;

  while (g_queue_is_empty (&self->pending))
    go_on (self);

  first = g_queue_pop_head (&self->pending);
  *event = *first;
  g_free (first);
}
