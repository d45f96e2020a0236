/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "barista-column-type.h"
#include "barista-expression.h"
#include "barista-table-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define DOCUMENT_PATH "#.__value"

/* "tags", "/a/b" and "$.a.b" are all taken; meta columns go by their names. */
static char *
normalize_path (const char *path)
{
  return barista_column_meta_type (path) != NULL ? g_strdup (path)
                                                 : barista_plan_marker_path (path);
}

static void
index_choices (BaristaTableDraft *self)
{
  GPtrArray *stated = barista_topic_choice_get_columns (self->choice);

  for (guint i = 0; stated != NULL && i < stated->len; i++)
    {
      BaristaColumnChoice *choice = stated->pdata[i];

      if (choice->path != NULL)
        g_hash_table_insert (self->choices, normalize_path (choice->path), choice);
    }
}

static const BaristaColumnChoice *
take_choice (BaristaTableDraft *self, const char *path)
{
  BaristaColumnChoice *choice = g_hash_table_lookup (self->choices, path);

  if (choice != NULL)
    g_hash_table_add (self->matched, choice);
  return choice;
}

/* A person may leave "[:]" and ".json" off: they follow from the schema. */
static const BaristaColumnChoice *
take_leaf_choice (BaristaTableDraft *self, const char *path)
{
  static const char *const tails[] = { "", "[:]", ".json" };
  const BaristaColumnChoice *choice = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (tails) && choice == NULL; i++)
    if (g_str_has_suffix (path, tails[i]))
      {
        g_autofree char *base = g_strndup (path, strlen (path) - strlen (tails[i]));

        choice = take_choice (self, base);
      }

  return choice;
}

/**
 * barista_table_draft_match:
 * @self: the draft
 *
 * Finds for each leaf what the person changed about it.
 */
void
barista_table_draft_match (BaristaTableDraft *self)
{
  index_choices (self);
  if (g_hash_table_size (self->choices) == 0)
    return;

  for (guint i = 0; i < self->leaves->len; i++)
    {
      BaristaLeaf *leaf = self->leaves->pdata[i];

      leaf->choice = take_leaf_choice (self, leaf->column->path);
    }
}

static gboolean
keeps_document (const BaristaTableDraft *self)
{
  return self->table->store == BARISTA_STORE_DOCUMENT;
}

/* What a deletion holds of the document: nothing at all in kafka mode, else key, operation, marker. */
static gboolean
deletion_lacks (const BaristaTableDraft *self, BaristaColumnRole role)
{
  if (self->table->plan == BARISTA_PLAN_NONE)
    return FALSE;
  if (self->table->deletions == BARISTA_DELETIONS_KAFKA)
    return TRUE;
  return role == BARISTA_COLUMN_VALUE;
}

static const char *
emptiness_reason (const BaristaTableDraft *self, const BaristaLeaf *leaf, BaristaColumnRole role)
{
  if (deletion_lacks (self, role))
    return self->table->deletions == BARISTA_DELETIONS_KAFKA
               ? _ ("May be empty: in kafka mode a deletion has no document.")
               : _ ("May be empty: a deletion often holds only the key.");
  if (leaf->nullable)
    return _ ("May be empty, as registered.");
  if (role == BARISTA_COLUMN_KEY)
    return _ ("Never empty: it is part of the key.");
  return _ ("Never empty, as registered.");
}

static void
set_reason (BaristaColumn *column, const char *kind, const char *emptiness)
{
  char *reason = *kind == '\0' ? g_strdup (emptiness) : g_strdup_printf ("%s %s", kind, emptiness);

  g_free (column->reason);
  column->reason = reason;
}

static void
set_type (BaristaColumn *column, char *type)
{
  g_free (column->type);
  column->type = type;
  column->nullable = barista_column_type_is_nullable (type);
}

/* Arrays can't be Nullable: a default takes in a document without one (tinybird.md 7). */
static void
fill_emptiness (BaristaTableDraft *self, BaristaLeaf *leaf)
{
  BaristaColumn *column = leaf->column;
  gboolean may_lack = deletion_lacks (self, column->role) || leaf->nullable;
  g_autofree char *kind = g_strdup (column->reason);

  if (!may_lack)
    set_reason (column, kind, emptiness_reason (self, leaf, column->role));
  else if (barista_column_type_can_be_null (column->type))
    {
      set_type (column, barista_column_type_make_nullable (column->type));
      set_reason (column, kind, emptiness_reason (self, leaf, column->role));
    }
  else
    {
      column->default_value = g_strdup ("[]");
      set_reason (column, kind,
                  _ ("An array is never Nullable: a document without it gets an empty list."));
    }
}

static void
fill_marker (BaristaTableDraft *self, BaristaLeaf *leaf)
{
  BaristaColumn *column = leaf->column;

  set_type (column, g_strdup ("UInt8"));
  if (leaf->nullable || self->table->deletions == BARISTA_DELETIONS_KAFKA)
    column->default_value = g_strdup ("0");
  g_free (column->reason);
  column->reason = g_strdup (_ ("The delete marker, 1 in a deletion; the engine takes it as UInt8 "
                                "only."));
}

static void
fill_included (BaristaTableDraft *self, BaristaLeaf *leaf)
{
  BaristaColumn *column = leaf->column;
  const char *left_out = NULL;

  column->included = !leaf->left_out;
  if (leaf->left_out || !keeps_document (self))
    return;

  if (column->role == BARISTA_COLUMN_VALUE)
    left_out = _ ("Left out: the whole document is in __value.");
  else if (column->role == BARISTA_COLUMN_MARKER && self->table->plan != BARISTA_PLAN_HARD
           && self->facts.operation != NULL)
    left_out = _ ("Left out: the operation tells deletions already.");

  if (left_out != NULL)
    {
      g_autofree char *kind = g_steal_pointer (&column->reason);

      column->included = FALSE;
      set_reason (column, kind, left_out);
    }
}

/* [] for an array, 0 for the marker. */
static gboolean
takes_default (const BaristaColumn *column)
{
  return column->role == BARISTA_COLUMN_MARKER ? barista_column_type_fits_marker (column->type)
                                               : g_str_has_prefix (column->type, "Array(");
}

static void
apply_choice (BaristaTableDraft *self, BaristaLeaf *leaf)
{
  const BaristaColumnChoice *choice = leaf->choice;
  BaristaColumn *column = leaf->column;

  if (choice == NULL)
    return;
  if (choice->included >= 0)
    column->included = choice->included;
  if (choice->type == NULL || g_str_equal (choice->type, column->type))
    return;

  g_free (column->reason);
  column->reason = g_strdup_printf (_ ("Chosen by hand; the schema calls for %s."), column->type);
  set_type (column, g_strdup (choice->type));
  if (!takes_default (column))
    g_clear_pointer (&column->default_value, g_free);
}

static BaristaColumnRole
role_of (const BaristaTableDraft *self, const BaristaLeaf *leaf, guint index)
{
  if (index < self->facts.n_keys)
    return BARISTA_COLUMN_KEY;
  if (leaf == self->facts.operation)
    return BARISTA_COLUMN_OPERATION;
  if (leaf == self->facts.marker)
    return BARISTA_COLUMN_MARKER;
  return BARISTA_COLUMN_VALUE;
}

static void
add_document (BaristaTableDraft *self)
{
  const BaristaColumnChoice *choice = take_choice (self, DOCUMENT_PATH);
  BaristaColumn *column;

  if (choice == NULL)
    choice = take_choice (self, "__value");
  if (!keeps_document (self) && (choice == NULL || choice->included != 1))
    return;

  column = barista_column_new ("__value", "String", DOCUMENT_PATH, BARISTA_COLUMN_DOCUMENT);
  column->included = choice == NULL || choice->included != 0;
  column->reason = g_strdup (_ ("The whole document as text, whatever it holds."));
  g_ptr_array_add (self->table->columns, column);
}

/**
 * barista_table_draft_fill:
 * @self: the draft; plan, store and deletions are settled
 *
 * Makes the columns of the document: type, emptiness and reason by the plan, then the person's
 * changes.
 */
void
barista_table_draft_fill (BaristaTableDraft *self)
{
  add_document (self);
  for (guint i = 0; i < self->leaves->len; i++)
    {
      BaristaLeaf *leaf = self->leaves->pdata[i];

      leaf->column->role = role_of (self, leaf, i);
      if (leaf->column->role == BARISTA_COLUMN_MARKER)
        fill_marker (self, leaf);
      else if (!leaf->left_out)
        fill_emptiness (self, leaf);
      fill_included (self, leaf);
      apply_choice (self, leaf);
    }
}

static const char *
meta_reason (const char *name)
{
  if (g_str_equal (name, "__key"))
    return _ ("The record's key, as the task serialized it; the engine sorts by it.");
  if (g_str_equal (name, "__offset"))
    return _ ("The record's place in its partition; the newest one is the row's version.");
  return _ ("Added by Tinybird to each row that comes from Kafka.");
}

static void
want_names_of (GHashTable *wanted, const char *expression)
{
  g_autoptr (GPtrArray) identifiers = NULL;

  if (expression == NULL)
    return;
  identifiers = barista_expression_identifiers (expression);
  for (guint i = 0; i < identifiers->len; i++)
    if (barista_column_meta_type (identifiers->pdata[i]) != NULL)
      g_hash_table_add (wanted, g_strdup (identifiers->pdata[i]));
}

/**
 * barista_table_draft_add_meta:
 * @self: the draft; its engine is settled
 *
 * Declares the columns that Tinybird adds by itself where the engine names them: its validator wants
 * them in the schema (tinybird.md 0.1, 5).
 */
void
barista_table_draft_add_meta (BaristaTableDraft *self)
{
  static const char *const order[] = { "__key",   "__offset",    "__timestamp",
                                       "__topic", "__partition", "__headers" };
  g_autoptr (GHashTable) wanted = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  const BaristaEngine *engine = &self->table->engine;

  want_names_of (wanted, engine->sorting_key);
  want_names_of (wanted, engine->version);
  want_names_of (wanted, engine->partition_key);
  want_names_of (wanted, engine->ttl);

  for (guint i = 0; i < G_N_ELEMENTS (order); i++)
    {
      const BaristaColumnChoice *choice = take_choice (self, order[i]);
      gboolean asked = choice != NULL && choice->included == 1;
      BaristaColumn *column;

      if (!asked && !g_hash_table_contains (wanted, order[i]))
        continue;

      column = barista_column_new (order[i], barista_column_meta_type (order[i]), NULL,
                                   BARISTA_COLUMN_META);
      column->reason = g_strdup (meta_reason (order[i]));
      g_ptr_array_add (self->table->columns, column);
    }
}

/**
 * barista_table_draft_limit:
 * @self: the draft with all its columns
 *
 * Leaves out the last fields of a document that has more than Tinybird takes; never the key, the
 * operation, the marker or what the engine needs.
 */
void
barista_table_draft_limit (BaristaTableDraft *self)
{
  GPtrArray *columns = self->table->columns;
  guint room = BARISTA_MAX_COLUMNS;
  guint values = 0;

  for (guint i = 0; i < columns->len; i++)
    {
      BaristaColumn *column = columns->pdata[i];

      if (column->included && column->role != BARISTA_COLUMN_VALUE)
        room -= room > 0;
    }

  for (guint i = 0; i < columns->len; i++)
    {
      BaristaColumn *column = columns->pdata[i];

      if (!column->included || column->role != BARISTA_COLUMN_VALUE || values++ < room)
        continue;
      column->included = FALSE;
      g_free (column->reason);
      column->reason = g_strdup_printf (_ ("Left out: a data source has at most %u columns."),
                                        BARISTA_MAX_COLUMNS);
    }
}
