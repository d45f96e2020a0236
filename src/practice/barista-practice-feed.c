/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "barista-practice-feed.h"

#include "barista-practice-avro-writer.h"
#include "barista-practice-datum.h"
#include "barista-practice-dump.h"
#include "barista-practice-story.h"
#include "barista-records.h"

#include <string.h>

/* Records at the start; some more where a transaction isn't at its end. */
#define N_INITIAL 520
#define MAX_TRANSACTION 24
#define N_SHELF_EVENTS 4
#define N_WIDE_DOCUMENTS 8
/* 2 February 2026, 00:00 UTC */
#define SHELVES_MS G_GINT64_CONSTANT (1769990400000)

/* What each document has beside its fields, and what ends a transaction: their bytes count in the
 * journal, and so in the offsets. */
#define UUID_MEMBER "\"_meta\":{\"uuid\":\"00000000-0000-1000-8000-000000000000\"},\n"
#define ACK_DOCUMENT \
  "{\"_meta\":{\"uuid\":\"00000000-0000-1000-8000-000000000000\"},\"ack\":true}\n"

typedef struct
{
  BaristaPracticeJournal *journal;
  gint64 timestamp;
} Touched;

struct _BaristaPracticeFeed
{
  BaristaPracticeTask *task;
  BaristaPracticeStory *story;
  BaristaPracticeDump *dump; /* NULL: none */
  GRand *rand;
  guint64 seed;
  gint64 producers[2];
  GArray *touched;  /* Touched: journals of the open transaction */
  gboolean damaged; /* the one bad record of a scenario has been written */
};

static gint64
producer (BaristaPracticeFeed *self)
{
  return self->producers[g_rand_boolean (self->rand) ? 1 : 0];
}

static void
touch (BaristaPracticeFeed *self, BaristaPracticeJournal *journal, gint64 timestamp)
{
  Touched one = { journal, timestamp };

  for (guint i = 0; i < self->touched->len; i++)
    {
      Touched *known = &g_array_index (self->touched, Touched, i);

      if (known->journal == journal)
        {
          known->timestamp = timestamp;
          return;
        }
    }
  g_array_append_val (self->touched, one);
}

/* Every journal that took part is told that the transaction is over. */
static void
commit (BaristaPracticeFeed *self, gint64 producer_id)
{
  for (guint i = 0; i < self->touched->len; i++)
    {
      Touched *one = &g_array_index (self->touched, Touched, i);
      BaristaPracticeDocument ack = {
        .length = sizeof ACK_DOCUMENT - 1,
        .timestamp = one->timestamp,
        .producer = producer_id,
        .control = TRUE,
      };

      barista_practice_journal_append (one->journal, &ack);
    }
  g_array_set_size (self->touched, 0);
  if (self->dump != NULL)
    barista_practice_dump_flush (self->dump);
}

static gboolean
has_field (BaristaPracticeTopic *topic, const char *name)
{
  return barista_practice_shape_find (topic->fields, name) != NULL;
}

static JsonObject *
key_only (BaristaPracticeTopic *topic, JsonObject *document)
{
  JsonObject *object = json_object_new ();

  for (const char *const *key = topic->collection->key; *key != NULL; key++)
    json_object_set_member (object, *key, json_object_dup_member (document, *key));
  return object;
}

static JsonObject *
make_meta (const char *op, gboolean with_mark, gboolean deleted)
{
  JsonObject *meta = json_object_new ();

  json_object_set_string_member (meta, "op", op);
  if (with_mark)
    json_object_set_int_member (meta, "is_deleted", deleted);
  return meta;
}

static void
add_published_at (JsonObject *document, gint64 time_ms)
{
  g_autoptr (GDateTime) time = g_date_time_new_from_unix_utc_usec (time_ms * 1000);
  g_autofree char *text = g_date_time_format (time, "%Y-%m-%dT%H:%M:%S");
  g_autofree char *whole = g_strdup_printf ("%s.%03dZ", text, (int) (time_ms % 1000));

  json_object_set_string_member (document, "flow_published_at", whole);
}

/* The whole document once more, as it is in the collection. */
static void
add_flow_document (JsonObject *document, const char *op)
{
  JsonObject *twin = json_object_new ();
  JsonObjectIter iter;
  const char *name;
  JsonNode *member;

  json_object_set_object_member (twin, "_meta", make_meta (op, FALSE, FALSE));
  json_object_iter_init_ordered (&iter, document);
  while (json_object_iter_next_ordered (&iter, &name, &member))
    json_object_set_member (twin, name, json_node_copy (member));
  json_object_set_object_member (document, "flow_document", twin);
}

/* The document as the capture wrote it: what the projections of the binding are taken from. */
static JsonNode *
make_document (BaristaPracticeFeed *self,
               BaristaPracticeTopic *topic,
               const BaristaPracticeEvent *event)
{
  gboolean deleted = event->op == 'd';
  JsonObject *document = deleted && !topic->collection->whole_deletions
                             ? key_only (topic, event->document)
                             : json_object_ref (event->document);
  char op[2] = { event->op, '\0' };

  if (has_field (topic, "flow_document"))
    add_flow_document (document, op);
  if (has_field (topic, "flow_published_at"))
    add_published_at (document, event->time_ms);
  if (topic->collection->nested_meta)
    json_object_set_object_member (document, "_meta", make_meta (op, self->task->cdc, deleted));
  else
    json_object_set_string_member (document, "_meta_op", op);
  if (self->task->cdc)
    json_object_set_int_member (document, "_is_deleted", deleted);

  return barista_practice_take_object (document);
}

static JsonNode *
make_key (BaristaPracticeTopic *topic, JsonObject *document)
{
  JsonObject *parts = json_object_new (), *key = json_object_new ();

  for (guint i = 0; topic->collection->key[i] != NULL; i++)
    {
      g_autofree char *part = g_strdup_printf ("p%u", i + 1);

      json_object_set_member (parts, part,
                              json_object_dup_member (document, topic->collection->key[i]));
    }
  json_object_set_object_member (key, "_flow_key", parts);
  return barista_practice_take_object (key);
}

typedef struct
{
  GBytes *bytes;
  char *json;
} Encoded;

static void
encode (const BaristaPracticeSchema *schema, JsonNode *document, Encoded *out)
{
  const BaristaAvroNode *root = barista_avro_schema_get_root (schema->schema);
  g_autoptr (JsonNode) datum = barista_practice_datum_new (root, document);
  GString *json = g_string_new (NULL);

  barista_practice_datum_append_json (root, datum, json);
  out->bytes = barista_practice_avro_encode (root, schema->id, datum);
  out->json = g_string_free (json, FALSE);
}

static void
encoded_clear (Encoded *self)
{
  g_clear_pointer (&self->bytes, g_bytes_unref);
  g_clear_pointer (&self->json, g_free);
}

/* The scenarios of one bad record: its id is of no schema, or its datum is cut short. */
static void
damage (BaristaPracticeFeed *self, BaristaPracticeTopic *topic, Encoded *value)
{
  static const guint8 nowhere[5] = { 0, 0, 0, 0x03, 0xe7 };
  BaristaPracticeFaults faults = self->task->faults;
  gsize length = g_bytes_get_size (value->bytes);
  GBytes *bad;

  if (self->damaged || !g_str_equal (topic->name, BARISTA_PRACTICE_FAULTY_TOPIC))
    return;

  if (barista_practice_has_fault (faults, BARISTA_FAULT_UNKNOWN_SCHEMA))
    bad = g_bytes_new_static (nowhere, sizeof nowhere);
  else if (barista_practice_has_fault (faults, BARISTA_FAULT_DAMAGED_RECORD))
    bad = g_bytes_new_from_bytes (value->bytes, 0, length / 2);
  else
    return;

  self->damaged = TRUE;
  g_bytes_unref (value->bytes);
  value->bytes = bad;
}

static guint
choose_partition (BaristaPracticeTopic *topic, GBytes *key)
{
  gsize length;
  const guint8 *data = g_bytes_get_data (key, &length);

  return barista_crc32c (0, data, length) % topic->n_partitions;
}

static void
write_record (BaristaPracticeFeed *self,
              BaristaPracticeTopic *topic,
              gint64 timestamp,
              gint64 producer_id,
              const Encoded *key,
              const Encoded *value,
              gboolean tombstone)
{
  guint partition = choose_partition (topic, key->bytes);
  BaristaPracticeDocument document = {
    .length = strlen (value->json) + sizeof UUID_MEMBER - 1,
    .timestamp = timestamp,
    .producer = producer_id,
    .key = key->bytes,
    .value = tombstone ? NULL : value->bytes,
  };
  gint64 offset = barista_practice_journal_append (topic->journals[partition], &document);

  touch (self, topic->journals[partition], timestamp);
  if (self->dump != NULL)
    {
      g_autofree char *name = barista_practice_task_wire_name (self->task, topic->name);

      barista_practice_dump_add (self->dump, name, partition, offset, timestamp, key->json,
                                 tombstone ? NULL : value->json);
    }
}

static void
publish (BaristaPracticeFeed *self,
         BaristaPracticeTopic *topic,
         const BaristaPracticeEvent *event,
         gint64 producer_id)
{
  g_autoptr (JsonNode) document = make_document (self, topic, event);
  g_autoptr (JsonNode) key_document = make_key (topic, json_node_get_object (document));
  Encoded key, value;

  encode (topic->key, key_document, &key);
  encode (topic->value, document, &value);
  damage (self, topic, &value);
  write_record (self, topic, event->time_ms, producer_id, &key, &value,
                event->op == 'd' && !self->task->cdc);
  encoded_clear (&key);
  encoded_clear (&value);
}

/* Collections that the task has no binding for go on as well: the story is the same for all tasks. */
static gboolean
publish_next (BaristaPracticeFeed *self, gint64 producer_id)
{
  g_auto (BaristaPracticeEvent) event = { 0 };
  BaristaPracticeTopic *topic;

  barista_practice_story_next (self->story, &event);
  topic = barista_practice_catalog_get_collection (self->task->catalog, event.collection);
  if (topic == NULL)
    return FALSE;

  publish (self, topic, &event, producer_id);
  return TRUE;
}

static void
fill_company (BaristaPracticeFeed *self)
{
  for (guint n = 0; n < N_INITIAL;)
    {
      guint size = (guint) g_rand_int_range (self->rand, 1, MAX_TRANSACTION + 1);
      gint64 producer_id = producer (self);

      for (guint i = 0; i < size; i++)
        publish_next (self, producer_id);
      commit (self, producer_id);
      n += size;
    }
}

/* One of the many: a few records, which follow from its number. */
static void
fill_shelf (BaristaPracticeTopic *topic, guint number, gpointer user_data)
{
  static const char ops[N_SHELF_EVENTS] = { 'c', 'c', 'u', 'd' };
  BaristaPracticeFeed *self = user_data;
  g_autoptr (GRand) rand = barista_practice_rand_new (self->seed + ((guint64) number << 32));

  for (guint i = 0; i < N_SHELF_EVENTS; i++)
    {
      g_auto (BaristaPracticeEvent) event = { .op = ops[i], .document = json_object_new () };
      g_autofree char *sku = g_strdup_printf ("BEAN-%03u", 100 + (i == 0 ? 0 : 1));

      event.time_ms = SHELVES_MS + (gint64) number * 1000 + i;
      json_object_set_string_member (event.document, "sku", sku);
      json_object_set_int_member (event.document, "moved_at", event.time_ms * 1000);
      json_object_set_int_member (event.document, "quantity", g_rand_int_range (rand, 0, 100));
      publish (self, topic, &event, self->producers[0]);
    }
  commit (self, self->producers[0]);
}

static JsonNode *
wide_value (GRand *rand, BaristaPracticeShape shape)
{
  JsonNode *node = json_node_alloc ();
  gint32 number = g_rand_int_range (rand, 0, 100000);

  if (number % 5 == 0)
    return json_node_init_null (node);
  if (shape == BARISTA_SHAPE_STRING)
    return json_node_init_string (node, number % 2 == 0 ? "on" : "off");
  if (shape == BARISTA_SHAPE_DOUBLE)
    return json_node_init_double (node, number / 8.0);
  if (shape == BARISTA_SHAPE_BOOLEAN)
    return json_node_init_boolean (node, number % 2 == 0);
  if (shape == BARISTA_SHAPE_DATE)
    return json_node_init_int (node, 20000 + number % 500);
  return json_node_init_int (node, shape == BARISTA_SHAPE_TIMESTAMP ? SHELVES_MS * 1000 + number
                                                                    : number);
}

static void
fill_wide (BaristaPracticeFeed *self, BaristaPracticeTopic *topic)
{
  g_autoptr (GRand) rand = barista_practice_rand_new (self->seed);

  for (guint i = 0; i < N_WIDE_DOCUMENTS; i++)
    {
      g_auto (BaristaPracticeEvent) event = { .op = 'c', .document = json_object_new () };
      g_autofree char *sku = g_strdup_printf ("SENSOR-%u", i);

      event.time_ms = SHELVES_MS + i * 1000;
      json_object_set_string_member (event.document, "sku", sku);
      for (const BaristaPracticeField *f = topic->fields; f->name != NULL; f++)
        if (f->optional)
          json_object_set_member (event.document, f->name, wide_value (rand, f->shape));
      publish (self, topic, &event, self->producers[0]);
    }
  commit (self, self->producers[0]);
}

/* With a dump the many topics are all made at once: it has to hold them. */
static void
fill_all (BaristaPracticeFeed *self)
{
  guint n = barista_practice_catalog_get_n_topics (self->task->catalog);

  for (guint i = 0; i < n; i++)
    barista_practice_catalog_find (self->task->catalog,
                                   barista_practice_catalog_get_name (self->task->catalog, i));
}

/**
 * barista_practice_feed_new:
 * @task: whose topics are written
 * @options: seed and dump file
 *
 * Errors: %BARISTA_PRACTICE_ERROR_DUMP
 */
BaristaPracticeFeed *
barista_practice_feed_new (BaristaPracticeTask *task,
                           const BaristaPracticeOptions *options,
                           GError **error)
{
  g_autoptr (GRand) rand = barista_practice_rand_new (options->seed + 1);
  BaristaPracticeDump *dump = NULL;
  BaristaPracticeTopic *wide;
  BaristaPracticeFeed *self;

  if (options->dump_file != NULL
      && (dump = barista_practice_dump_new (options->dump_file, error)) == NULL)
    return NULL;

  self = g_new0 (BaristaPracticeFeed, 1);
  self->task = task;
  self->dump = dump;
  self->seed = options->seed;
  self->rand = g_steal_pointer (&rand);
  self->story = barista_practice_story_new (options->seed);
  self->touched = g_array_new (FALSE, FALSE, sizeof (Touched));
  for (guint i = 0; i < G_N_ELEMENTS (self->producers); i++)
    self->producers[i] = ((gint64) 0x0100 << 32) | g_rand_int (self->rand);

  fill_company (self);
  wide = barista_practice_catalog_find (task->catalog, BARISTA_PRACTICE_WIDE_TOPIC);
  if (wide != NULL)
    fill_wide (self, wide);
  barista_practice_catalog_set_fill (task->catalog, fill_shelf, self);
  if (dump == NULL)
    return self;

  fill_all (self);
  if (barista_practice_dump_check (dump, error))
    return self;
  barista_practice_catalog_set_fill (task->catalog, NULL, NULL);
  barista_practice_feed_free (self);
  return NULL;
}

void
barista_practice_feed_free (BaristaPracticeFeed *self)
{
  g_clear_pointer (&self->dump, barista_practice_dump_free);
  barista_practice_story_free (self->story);
  g_rand_free (self->rand);
  g_array_unref (self->touched);
  g_free (self);
}

/**
 * barista_practice_feed_arrive:
 * @n: records
 *
 * What comes does not depend on when or in how many calls it is asked for: each record is a
 * transaction, so offsets follow from the seed as well.
 */
void
barista_practice_feed_arrive (BaristaPracticeFeed *self, guint n)
{
  for (guint i = 0; i < n; i++)
    {
      gint64 producer_id = producer (self);

      while (!publish_next (self, producer_id))
        ;
      commit (self, producer_id);
    }
}
