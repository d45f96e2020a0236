/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "barista-columns.h"

#include "barista-names.h"
#include "barista-type-map.h"

#include <string.h>

/* Records in records; what lies deeper is kept as text. */
#define MAX_DEPTH 64

/* The columns that Tinybird adds to a data source that reads from Kafka: tinybird.md 1.4. */
static const struct
{
  const char *name;
  const char *type;
} meta_columns[] = {
  { "__value", "String" },
  { "__topic", "LowCardinality(String)" },
  { "__partition", "Int16" },
  { "__offset", "Int64" },
  { "__timestamp", "DateTime" },
  { "__key", "String" },
  { "__headers", "Map(String, String)" },
};

/* No column may be called so: the quarantine's own, and a word that the parser takes. */
static const char *const reserved_names[] = {
  "INDEX", "c__error", "c__error_column", "c__import_id", "insertion_date",
};

/**
 * barista_column_meta_type:
 * @name: a column name
 *
 * Returns: (nullable): the type of the meta column of that name; %NULL if there is none
 */
const char *
barista_column_meta_type (const char *name)
{
  for (guint i = 0; i < G_N_ELEMENTS (meta_columns); i++)
    if (g_str_equal (meta_columns[i].name, name))
      return meta_columns[i].type;

  return NULL;
}

gboolean
barista_columns_is_reserved (const char *name)
{
  if (barista_column_meta_type (name) != NULL)
    return TRUE;
  for (guint i = 0; i < G_N_ELEMENTS (reserved_names); i++)
    if (g_ascii_strcasecmp (reserved_names[i], name) == 0)
      return TRUE;

  return FALSE;
}

BaristaColumn *
barista_column_new (const char *name, const char *type, const char *path, BaristaColumnRole role)
{
  BaristaColumn *self = g_new0 (BaristaColumn, 1);

  self->name = g_strdup (name);
  self->type = g_strdup (type);
  self->path = g_strdup (path);
  self->role = role;
  self->included = TRUE;
  return self;
}

void
barista_column_free (BaristaColumn *self)
{
  if (self == NULL)
    return;

  g_free (self->name);
  g_free (self->type);
  g_free (self->path);
  g_free (self->default_value);
  g_free (self->reason);
  g_free (self);
}

void
barista_leaf_free (BaristaLeaf *self)
{
  if (self == NULL)
    return;

  barista_column_free (self->column);
  g_free (self->flat_name);
  g_free (self);
}

typedef struct
{
  GPtrArray *leaves;
  GString *path;
  const char *names[MAX_DEPTH];
  const BaristaAvroNode *records[MAX_DEPTH];
  guint depth;
  gboolean cut;
} Walk;

static gboolean
is_identifier (const char *text)
{
  if (!g_ascii_isalpha (*text) && *text != '_')
    return FALSE;
  while (g_ascii_isalnum (*text) || *text == '_')
    text++;
  return *text == '\0';
}

static void
append_step (GString *path, const char *name)
{
  if (is_identifier (name))
    g_string_append_printf (path, ".%s", name);
  else
    g_string_append_printf (path, "['%s']", name);
}

static gboolean
holds_itself (const Walk *walk, const BaristaAvroNode *record)
{
  for (guint i = 0; i < walk->depth; i++)
    if (walk->records[i] == record)
      return TRUE;

  return FALSE;
}

/* A column that no schema tells of, such as a delete marker that is expected later. */
BaristaLeaf *
barista_leaf_new (const char *path, const char *flat_name)
{
  BaristaLeaf *leaf = g_new0 (BaristaLeaf, 1);

  leaf->column = barista_column_new (NULL, "String", path, BARISTA_COLUMN_VALUE);
  leaf->column->reason = g_strdup ("");
  leaf->flat_name = g_strdup (flat_name);
  leaf->depth = 1;
  leaf->nullable = TRUE;
  return leaf;
}

static void
add_leaf (Walk *walk, const BaristaAvroNode *node, gboolean nullable, gboolean too_deep)
{
  BaristaLeaf *leaf = g_new0 (BaristaLeaf, 1);
  g_auto (BaristaMapping) mapping = { NULL };
  g_autofree char *path = NULL;

  if (too_deep)
    barista_mapping_init_recursive (&mapping, node);
  else
    barista_mapping_init (&mapping, node);

  path = g_strconcat (walk->path->str, mapping.tail, NULL);
  leaf->flat_name = barista_column_name_flatten (walk->names, walk->depth);
  leaf->column = barista_column_new (NULL, mapping.type, path, BARISTA_COLUMN_VALUE);
  leaf->column->reason = g_steal_pointer (&mapping.reason);
  leaf->column->node = node;
  leaf->node = node;
  leaf->depth = walk->depth;
  leaf->nullable = nullable;
  leaf->left_out = mapping.left_out;
  leaf->rule = mapping.rule;
  g_ptr_array_add (walk->leaves, leaf);
}

static void walk_record (Walk *walk, const BaristaAvroNode *record, gboolean nullable);

static void
walk_field (Walk *walk, const BaristaAvroField *field, gboolean parent_nullable)
{
  gboolean nullable;
  const BaristaAvroNode *node = barista_avro_node_settle (field->node, &nullable);
  gboolean is_object = node->type == BARISTA_AVRO_RECORD && node->n_children > 0
                       && !barista_avro_node_is_raw_json (node);
  gboolean too_deep = is_object && (walk->depth + 1 >= MAX_DEPTH || holds_itself (walk, node));

  nullable |= parent_nullable;
  if (is_object && !too_deep)
    walk_record (walk, node, nullable);
  else
    add_leaf (walk, node, nullable, too_deep);
}

static void
walk_record (Walk *walk, const BaristaAvroNode *record, gboolean nullable)
{
  gsize length = walk->path->len;
  guint slot = walk->depth++;

  walk->records[slot] = record;
  for (guint i = 0; i < record->n_children && !walk->cut; i++)
    {
      if (walk->leaves->len >= BARISTA_MAX_LISTED)
        {
          walk->cut = TRUE;
          break;
        }

      walk->names[slot] = record->fields[i].name;
      append_step (walk->path, record->fields[i].name);
      walk_field (walk, &record->fields[i], nullable);
      g_string_truncate (walk->path, length);
    }
  walk->depth--;
}

/**
 * barista_columns_walk:
 * @root: a value schema's root
 * @cut: (out): there were more than are listed
 *
 * Flattens a schema: one leaf per place that holds a value, in the schema's order. Records are
 * spelled out, everything else is a column. Linear in the number of leaves.
 *
 * Returns: (transfer full) (element-type BaristaLeaf): the leaves, without names yet
 */
GPtrArray *
barista_columns_walk (const BaristaAvroNode *root, gboolean *cut)
{
  Walk walk = { .leaves = g_ptr_array_new_with_free_func ((GDestroyNotify) barista_leaf_free) };

  walk.path = g_string_new ("$");
  if (root->type == BARISTA_AVRO_RECORD)
    walk_record (&walk, root, FALSE);
  g_string_free (walk.path, TRUE);

  *cut = walk.cut;
  return walk.leaves;
}

/* @next: base name -> the next number to try, so that many equal names stay cheap. */
static char *
take_name (GHashTable *taken, GHashTable *next, const char *base)
{
  guint n = GPOINTER_TO_UINT (g_hash_table_lookup (next, base));
  char *name = n == 0 ? g_strdup (base) : NULL;

  while (name == NULL || g_hash_table_contains (taken, name) || barista_columns_is_reserved (name))
    {
      g_free (name);
      n = MAX (n + 1, 2);
      name = g_strdup_printf ("%s_%u", base, n);
    }

  g_hash_table_add (taken, name);
  g_hash_table_insert (next, g_strdup (base), GUINT_TO_POINTER (MAX (n, 1)));
  return g_strdup (name);
}

/**
 * barista_columns_name:
 * @leaves: (element-type BaristaLeaf): the leaves of one document
 *
 * Gives each leaf a name of its own: first those that the person named, then the document's own
 * fields, then nested ones, so that `a_b` keeps its name beside `a.b`.
 */
void
barista_columns_name (GPtrArray *leaves)
{
  g_autoptr (GHashTable) taken = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr (GHashTable) next = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  for (guint pass = 0; pass < 3; pass++)
    for (guint i = 0; i < leaves->len; i++)
      {
        BaristaLeaf *leaf = leaves->pdata[i];
        gboolean stated = leaf->choice != NULL && leaf->choice->name != NULL;
        guint turn = stated ? 0 : leaf->depth == 1 ? 1 : 2;
        const char *wish = stated ? leaf->choice->name : leaf->flat_name;

        if (turn == pass)
          leaf->column->name = take_name (taken, next, wish);
      }
}
