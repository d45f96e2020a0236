/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "barista-practice-catalog.h"

#include <string.h>

/* Ids are a sequence that all of Estuary shares: a task's own ones begin anywhere. */
#define FIRST_SCHEMA_ID 10001

#define SHELF_PREFIX "acmeCo/warehouse/shelf-"
#define SHELF_DIGITS 6
#define MAX_SHELVES 1000000
#define MAX_FIELDS 100000

struct _BaristaPracticeCatalog
{
  GPtrArray *topics;   /* BaristaPracticeTopic: those made at the start, sorted by name */
  GHashTable *by_name; /* borrowed name -> BaristaPracticeTopic, the made ones of the many too */
  guint n_shelves;
  char shelf_name[sizeof SHELF_PREFIX + SHELF_DIGITS];
  GPtrArray *schemas; /* BaristaPracticeSchema, at id - FIRST_SCHEMA_ID */
  GPtrArray *owned;   /* field tables and names made here */
  const BaristaPracticeField *shelf_fields;
  const BaristaPracticeSchema *shelf_key, *shelf_value;
  gboolean cdc, hidden;
  BaristaPracticeFill fill;
  gpointer fill_data;
};

static const BaristaPracticeField deleted_field = { "_is_deleted", BARISTA_SHAPE_LONG };
static const BaristaPracticeField nested_deleted_field = { "is_deleted", BARISTA_SHAPE_LONG };

static void
topic_free (gpointer data)
{
  BaristaPracticeTopic *topic = data;

  for (guint i = 0; i < topic->n_partitions; i++)
    barista_practice_journal_free (topic->journals[i]);
  g_free (topic->journals);
  g_free (topic->name);
  g_free (topic);
}

static void
schema_free (gpointer data)
{
  BaristaPracticeSchema *schema = data;

  g_clear_pointer (&schema->schema, barista_avro_schema_unref);
  g_free (schema->text);
  g_free (schema);
}

/* Gives a text its id, the same one to equal texts. */
static const BaristaPracticeSchema *
register_schema (BaristaPracticeCatalog *self, char *text)
{
  BaristaPracticeSchema *schema;
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < self->schemas->len; i++)
    {
      schema = g_ptr_array_index (self->schemas, i);
      if (g_str_equal (schema->text, text))
        {
          g_free (text);
          return schema;
        }
    }

  schema = g_new0 (BaristaPracticeSchema, 1);
  schema->id = FIRST_SCHEMA_ID + self->schemas->len;
  schema->text = text;
  schema->schema = barista_avro_schema_new (text, -1, &error);
  if (schema->schema == NULL)
    g_critical ("Practice schema %u: %s", schema->id, error->message);
  g_ptr_array_add (self->schemas, schema);
  return schema;
}

static guint
count_fields (const BaristaPracticeField *fields)
{
  guint n = 0;

  while (fields[n].name != NULL)
    n++;
  return n;
}

/* A copy of a table with one more field at its end. */
static BaristaPracticeField *
append_field (BaristaPracticeCatalog *self,
              const BaristaPracticeField *fields,
              const BaristaPracticeField *field)
{
  guint n = count_fields (fields);
  BaristaPracticeField *table = g_new0 (BaristaPracticeField, n + 2);

  memcpy (table, fields, n * sizeof *table);
  table[n] = *field;
  g_ptr_array_add (self->owned, table);
  return table;
}

/* What the deletion mode cdc adds (dekaf.md 3.4): a last field, or a member of a nested _meta. */
static const BaristaPracticeField *
fields_for_mode (BaristaPracticeCatalog *self,
                 const BaristaPracticeCollection *collection,
                 const BaristaPracticeField *fields)
{
  BaristaPracticeField *table;

  if (!self->cdc)
    return fields;
  if (!collection->nested_meta)
    return append_field (self, fields, &deleted_field);

  table = append_field (self, fields, &deleted_field);
  for (guint i = 0; table[i].name != NULL; i++)
    if (g_str_equal (table[i].name, "_meta"))
      table[i].element = append_field (self, table[i].element, &nested_deleted_field);
  table[count_fields (table) - 1].name = NULL;
  return table;
}

static BaristaPracticeTopic *
topic_new (const BaristaPracticeCollection *collection, const char *name, guint n_partitions)
{
  BaristaPracticeTopic *topic = g_new0 (BaristaPracticeTopic, 1);

  topic->name = g_strdup (name);
  topic->collection = collection;
  topic->n_partitions = n_partitions;
  topic->epoch = collection->epoch;
  topic->journals = g_new0 (BaristaPracticeJournal *, n_partitions);
  for (guint i = 0; i < n_partitions; i++)
    topic->journals[i] = barista_practice_journal_new (collection->first_offset);
  return topic;
}

static void
add_topic (BaristaPracticeCatalog *self,
           const BaristaPracticeCollection *collection,
           const char *name,
           guint n_partitions,
           const BaristaPracticeField *fields)
{
  BaristaPracticeTopic *topic = topic_new (collection, name, n_partitions);

  topic->fields = fields_for_mode (self, collection, fields);
  g_ptr_array_add (self->topics, topic);
  g_hash_table_insert (self->by_name, topic->name, topic);
}

/* As many optional fields as asked for, of plain shapes in turn, behind a key and _meta_op. */
static const BaristaPracticeField *
wide_fields (BaristaPracticeCatalog *self, guint n_fields)
{
  static const BaristaPracticeShape shapes[] = {
    BARISTA_SHAPE_STRING,  BARISTA_SHAPE_LONG, BARISTA_SHAPE_DOUBLE,
    BARISTA_SHAPE_BOOLEAN, BARISTA_SHAPE_DATE, BARISTA_SHAPE_TIMESTAMP,
  };
  guint n = CLAMP (n_fields, 3, MAX_FIELDS);
  BaristaPracticeField *table = g_new0 (BaristaPracticeField, n + 1);

  g_ptr_array_add (self->owned, table);
  table[0] = (BaristaPracticeField) { "sku", BARISTA_SHAPE_STRING };
  table[1] = (BaristaPracticeField) { "_meta_op", BARISTA_SHAPE_STRING };
  for (guint i = 2; i < n; i++)
    {
      char *name = g_strdup_printf ("f%05u", i - 1);

      g_ptr_array_add (self->owned, name);
      table[i] = (BaristaPracticeField) { name, shapes[i % G_N_ELEMENTS (shapes)],
                                          .optional = TRUE };
    }
  return table;
}

static void
add_company (BaristaPracticeCatalog *self, guint n_topics)
{
  guint n = n_topics == 0 ? BARISTA_N_COLLECTIONS : MIN (n_topics, BARISTA_N_COLLECTIONS);

  for (guint i = 0; i < n; i++)
    {
      const BaristaPracticeCollection *collection = &barista_practice_company[i];

      add_topic (self, collection, collection->name, collection->n_partitions, collection->fields);
    }
  self->n_shelves = n_topics > n ? MIN (n_topics - n, MAX_SHELVES) : 0;
}

static void
add_faulty (BaristaPracticeCatalog *self, BaristaPracticeFaults faults)
{
  const BaristaPracticeCollection *like = &barista_practice_shelf;

  if (barista_practice_has_fault (faults, BARISTA_FAULT_NOT_READY))
    add_topic (self, like, "acmeCo/adjustments", 0, like->fields);
  if (barista_practice_has_fault (faults, BARISTA_FAULT_EMPTY_TOPIC))
    add_topic (self, like, "acmeCo/campaigns", 1, like->fields);
}

static int
compare_names (gconstpointer a, gconstpointer b)
{
  const BaristaPracticeTopic *const *first = a, *const *second = b;

  return strcmp ((*first)->name, (*second)->name);
}

static void
register_all (BaristaPracticeCatalog *self)
{
  for (guint i = 0; i < self->topics->len; i++)
    {
      BaristaPracticeTopic *topic = g_ptr_array_index (self->topics, i);

      topic->key = register_schema (
          self, barista_practice_shape_key_schema (topic->fields, topic->collection->key));
      topic->value = register_schema (self, barista_practice_shape_value_schema (topic->fields));
    }
  if (self->n_shelves == 0)
    return;
  self->shelf_fields = fields_for_mode (self, &barista_practice_shelf,
                                        barista_practice_shelf.fields);
  self->shelf_key = register_schema (
      self, barista_practice_shape_key_schema (self->shelf_fields, barista_practice_shelf.key));
  self->shelf_value = register_schema (self,
                                       barista_practice_shape_value_schema (self->shelf_fields));
}

BaristaPracticeCatalog *
barista_practice_catalog_new (const BaristaPracticeOptions *options, BaristaPracticeFaults faults)
{
  BaristaPracticeCatalog *self = g_new0 (BaristaPracticeCatalog, 1);

  self->cdc = options->cdc;
  self->hidden = barista_practice_has_fault (faults, BARISTA_FAULT_NO_TOPICS);
  self->topics = g_ptr_array_new ();
  self->by_name = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, topic_free);
  self->schemas = g_ptr_array_new_with_free_func (schema_free);
  self->owned = g_ptr_array_new_with_free_func (g_free);

  add_company (self, options->n_topics);
  add_faulty (self, faults);
  if (options->n_fields > 0)
    add_topic (self, &barista_practice_shelf, BARISTA_PRACTICE_WIDE_TOPIC, 1,
               wide_fields (self, options->n_fields));
  g_ptr_array_sort (self->topics, compare_names);
  register_all (self);
  return self;
}

void
barista_practice_catalog_free (BaristaPracticeCatalog *self)
{
  g_ptr_array_unref (self->topics);
  g_hash_table_unref (self->by_name);
  g_ptr_array_unref (self->schemas);
  g_ptr_array_unref (self->owned);
  g_free (self);
}

void
barista_practice_catalog_set_fill (BaristaPracticeCatalog *self,
                                   BaristaPracticeFill fill,
                                   gpointer user_data)
{
  self->fill = fill;
  self->fill_data = user_data;
}

guint
barista_practice_catalog_get_n_topics (BaristaPracticeCatalog *self)
{
  return self->hidden ? 0 : self->topics->len + self->n_shelves;
}

const char *
barista_practice_catalog_get_name (BaristaPracticeCatalog *self, guint i)
{
  if (i < self->topics->len)
    return ((BaristaPracticeTopic *) g_ptr_array_index (self->topics, i))->name;

  g_snprintf (self->shelf_name, sizeof self->shelf_name, SHELF_PREFIX "%0*u", SHELF_DIGITS,
              i - self->topics->len);
  return self->shelf_name;
}

guint
barista_practice_catalog_get_partitions (BaristaPracticeCatalog *self, guint i, gint32 *epoch)
{
  if (i < self->topics->len)
    {
      BaristaPracticeTopic *topic = g_ptr_array_index (self->topics, i);

      *epoch = topic->epoch;
      return topic->n_partitions;
    }
  *epoch = barista_practice_shelf.epoch;
  return barista_practice_shelf.n_partitions;
}

static gboolean
parse_shelf (BaristaPracticeCatalog *self, const char *name, guint *number)
{
  const char *digits = name + strlen (SHELF_PREFIX);
  guint64 value;

  if (!g_str_has_prefix (name, SHELF_PREFIX) || strlen (digits) != SHELF_DIGITS
      || self->n_shelves == 0
      || !g_ascii_string_to_unsigned (digits, 10, 0, self->n_shelves - 1, &value, NULL))
    return FALSE;

  *number = (guint) value;
  return TRUE;
}

static BaristaPracticeTopic *
make_shelf (BaristaPracticeCatalog *self, const char *name, guint number)
{
  const BaristaPracticeCollection *like = &barista_practice_shelf;
  BaristaPracticeTopic *topic = topic_new (like, name, like->n_partitions);

  topic->fields = self->shelf_fields;
  topic->key = self->shelf_key;
  topic->value = self->shelf_value;
  g_hash_table_insert (self->by_name, topic->name, topic);
  if (self->fill != NULL)
    self->fill (topic, number, self->fill_data);
  return topic;
}

/**
 * barista_practice_catalog_find:
 * @name: a collection's name
 *
 * Returns: (transfer none) (nullable): its topic
 */
BaristaPracticeTopic *
barista_practice_catalog_find (BaristaPracticeCatalog *self, const char *name)
{
  BaristaPracticeTopic *topic = g_hash_table_lookup (self->by_name, name);
  guint number;

  if (self->hidden)
    return NULL;
  if (topic == NULL && parse_shelf (self, name, &number))
    topic = make_shelf (self, name, number);
  return topic;
}

/**
 * barista_practice_catalog_get_collection:
 *
 * Returns: (transfer none) (nullable): the topic of one of the company's collections, when the task
 *   has it
 */
BaristaPracticeTopic *
barista_practice_catalog_get_collection (BaristaPracticeCatalog *self,
                                         BaristaPracticeCollectionId id)
{
  return g_hash_table_lookup (self->by_name, barista_practice_company[id].name);
}

const BaristaPracticeSchema *
barista_practice_catalog_find_schema (BaristaPracticeCatalog *self, guint32 id)
{
  if (id < FIRST_SCHEMA_ID || id - FIRST_SCHEMA_ID >= self->schemas->len)
    return NULL;

  return g_ptr_array_index (self->schemas, id - FIRST_SCHEMA_ID);
}
