/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "barista-replay-private.h"

#include <string.h>

/* Columns lie no deeper; a marker's place may be written by hand. */
#define MAX_STEPS 64

typedef struct _Step Step;
struct _Step
{
  char *name;
  GPtrArray *steps;  /* Step: what is looked for in it; NULL: nothing */
  GArray *slots;     /* guint: who wants the value; NULL: nobody */
  GHashTable *bound; /* BaristaAvroNode -> array of Step, one per field */
};

struct _BaristaPaths
{
  Step root;
};

static void
step_clear (Step *self)
{
  g_free (self->name);
  g_clear_pointer (&self->steps, g_ptr_array_unref);
  g_clear_pointer (&self->slots, g_array_unref);
  g_clear_pointer (&self->bound, g_hash_table_unref);
}

static void
step_free (gpointer data)
{
  step_clear (data);
  g_free (data);
}

BaristaPaths *
barista_paths_new (void)
{
  return g_new0 (BaristaPaths, 1);
}

void
barista_paths_free (BaristaPaths *self)
{
  if (self == NULL)
    return;

  step_clear (&self->root);
  g_free (self);
}

static Step *
find_step (Step *self, const char *name, gsize length)
{
  for (guint i = 0; self->steps != NULL && i < self->steps->len; i++)
    {
      Step *step = self->steps->pdata[i];

      if (strncmp (step->name, name, length) == 0 && step->name[length] == '\0')
        return step;
    }

  return NULL;
}

/* The last one is looked at first: paths come in the schema's order. */
static Step *
enter_step (Step *self, const char *name, gsize length)
{
  Step *last = self->steps != NULL ? self->steps->pdata[self->steps->len - 1] : NULL;
  Step *step;

  if (last != NULL && strncmp (last->name, name, length) == 0 && last->name[length] == '\0')
    return last;
  step = find_step (self, name, length);
  if (step != NULL)
    return step;

  step = g_new0 (Step, 1);
  step->name = g_strndup (name, length);
  if (self->steps == NULL)
    self->steps = g_ptr_array_new_with_free_func (step_free);
  g_ptr_array_add (self->steps, step);
  return step;
}

/* ".name" and "['name']"; NULL at the end, or where neither stands. */
static const char *
next_step (const char *path, const char **name, gsize *length)
{
  const char *end;

  if (*path == '.')
    {
      *name = path + 1;
      *length = strcspn (*name, ".[");
      return *name + *length;
    }
  if (!g_str_has_prefix (path, "['"))
    return NULL;

  *name = path + 2;
  end = strstr (*name, "']");
  if (end == NULL)
    return NULL;
  *length = (gsize) (end - *name);
  return end + 2;
}

/**
 * barista_paths_add:
 * @self: the places
 * @path: a column's JSON path: "$.a['b c'].d", maybe with "[:]" at its end, which adds nothing here
 * @slot: where its value goes
 *
 * A path that can't be read finds nothing in any document.
 */
void
barista_paths_add (BaristaPaths *self, const char *path, guint slot)
{
  Step *step = &self->root;
  const char *name;
  gsize length;
  guint depth = 0;

  if (*path != '$')
    return;

  for (const char *rest = path + 1; (rest = next_step (rest, &name, &length)) != NULL;)
    {
      if (++depth > MAX_STEPS)
        return;
      step = enter_step (step, name, length);
    }

  if (step->slots == NULL)
    step->slots = g_array_new (FALSE, FALSE, sizeof (guint));
  g_array_append_val (step->slots, slot);
}

static Step **
bind (Step *self, const BaristaAvroNode *record)
{
  Step **bound = self->bound != NULL ? g_hash_table_lookup (self->bound, record) : NULL;

  if (bound != NULL)
    return bound;

  bound = g_new0 (Step *, record->n_children + 1);
  for (guint i = 0; i < self->steps->len; i++)
    {
      Step *step = self->steps->pdata[i];
      const BaristaAvroField *field = barista_avro_node_find_field (record, step->name);

      if (field != NULL)
        bound[field - record->fields] = step;
    }

  if (self->bound == NULL)
    self->bound = g_hash_table_new_full (NULL, NULL, NULL, g_free);
  g_hash_table_insert (self->bound, (gpointer) record, bound);
  return bound;
}

static void
read_step (Step *self, BaristaAvroValue value, BaristaAvroValue *values)
{
  BaristaAvroIter iter;
  BaristaAvroValue part;
  Step **bound;

  for (guint i = 0; self->slots != NULL && i < self->slots->len; i++)
    values[g_array_index (self->slots, guint, i)] = value;
  if (self->steps == NULL)
    return;

  value = barista_avro_value_resolve (value);
  if (value.node->type != BARISTA_AVRO_RECORD)
    return;

  bound = bind (self, value.node);
  barista_avro_iter_init (&iter, value);
  while (barista_avro_iter_next (&iter, NULL, NULL, &part))
    if (bound[iter.index] != NULL)
      read_step (bound[iter.index], part, values);
}

/**
 * barista_paths_read:
 * @self: the places; not in two threads at once
 * @document: a document; its schema may differ from document to document
 * @values: where the values go, one per slot; those of places that it doesn't have are left alone
 *
 * Walks a document once, whatever the number of places.
 */
void
barista_paths_read (BaristaPaths *self, BaristaAvroValue document, BaristaAvroValue *values)
{
  read_step (&self->root, document, values);
}
