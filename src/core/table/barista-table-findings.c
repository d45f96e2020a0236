/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "barista-column-type.h"
#include "barista-table-private.h"

#include <glib/gi18n-lib.h>

/* Names that one finding spells out. */
#define MAX_SPELLED 5

void
barista_table_draft_note (BaristaTableDraft *self,
                          const char *rule,
                          BaristaLevel level,
                          const char *message,
                          const char *fix)
{
  g_ptr_array_add (self->table->findings,
                   barista_finding_new (rule, level, self->file, 0, message, fix));
}

static char *
spell (GPtrArray *names)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < MIN (names->len, MAX_SPELLED); i++)
    g_string_append_printf (text, "%s%s", i > 0 ? ", " : "", (char *) names->pdata[i]);
  if (names->len > MAX_SPELLED)
    {
      /* Translators: ends a list of column names that is cut short */
      g_string_append_printf (text, _ (" and %u more"), names->len - MAX_SPELLED);
    }

  return g_string_free (text, FALSE);
}

/**
 * barista_table_draft_note_names:
 * @self: the draft
 * @rule: stable id
 * @level: how bad it is
 * @names: (element-type utf8): columns that it is about; with none nothing is said
 * @message: the sentence; it stands behind the names and a colon
 * @fix: (nullable): what to do
 *
 * One finding for all columns that share a fate: a wide schema has thousands of them.
 */
void
barista_table_draft_note_names (BaristaTableDraft *self,
                                const char *rule,
                                BaristaLevel level,
                                GPtrArray *names,
                                const char *message,
                                const char *fix)
{
  g_autofree char *spelled = NULL;
  g_autofree char *whole = NULL;

  if (names->len == 0)
    return;

  spelled = spell (names);
  whole = g_strdup_printf ("%s: %s", spelled, message);
  barista_table_draft_note (self, rule, level, whole, fix);
}

static void
note_registry (BaristaTableDraft *self)
{
  if (self->facts.has_value)
    return;

  barista_table_draft_note (
      self, "registry-off", BARISTA_LEVEL_WARNING,
      _ ("Without the schema registry only the raw bytes of each record are stored; Dekaf's are "
         "Avro, which a query can't read."),
      _ ("Turn the schema registry on."));
}

static void
note_marker (BaristaTableDraft *self)
{
  const BaristaLeaf *marker = self->facts.marker;
  gboolean hard = self->table->plan == BARISTA_PLAN_HARD;

  if (marker == NULL || marker->node == NULL)
    {
      if (hard)
        barista_table_draft_note (
            self, "marker-missing", BARISTA_LEVEL_ERROR,
            _ ("The registered schema has no delete marker: no row would ever be removed."),
            _ ("Set the task's deletion mode to cdc, publish it and generate again."));
      else if (self->facts.is_dekaf && self->facts.has_value
               && self->table->deletions == BARISTA_DELETIONS_CDC)
        barista_table_draft_note (
            self, "marker-missing", BARISTA_LEVEL_WARNING,
            _ ("The task is said to be in cdc mode, but the registered schema has no delete "
               "marker."),
            _ ("Publish the task with deletions: cdc, or state the mode that it has."));
      return;
    }

  if (marker->node->type == BARISTA_AVRO_BOOLEAN && hard)
    barista_table_draft_note (self, "marker-boolean", BARISTA_LEVEL_HINT,
                              _ ("The delete marker is registered as a boolean; it is stored as "
                                 "0 and 1."),
                              NULL);
  if (self->facts.other_marker != NULL && hard)
    barista_table_draft_note (self, "marker-ambiguous", BARISTA_LEVEL_HINT,
                              _ ("The schema has two delete markers; the newer form is taken."),
                              _ ("Name the other one as the topic's marker if that is wrong."));
}

static void
note_mode (BaristaTableDraft *self)
{
  gboolean cdc = self->table->deletions == BARISTA_DELETIONS_CDC;

  if (self->table->plan == BARISTA_PLAN_HARD && !cdc)
    barista_table_draft_note (
        self, "hard-needs-cdc", BARISTA_LEVEL_ERROR,
        _ ("In kafka mode deletions carry no marker, so no row would ever be removed."),
        _ ("Set the task's deletion mode to cdc, or mark deleted rows instead."));
  if (self->table->plan == BARISTA_PLAN_NONE && self->facts.is_dekaf)
    barista_table_draft_note (
        self, "deletions-quarantined", BARISTA_LEVEL_HINT,
        _ ("Should the collection delete after all, its deletions end in the quarantine."),
        _ ("Choose a deletion plan if rows are ever deleted."));
  if (!cdc && self->facts.is_dekaf && self->facts.marker != NULL
      && self->facts.marker->node != NULL)
    barista_table_draft_note (
        self, "deletions-look-like-cdc", BARISTA_LEVEL_WARNING,
        _ ("The task is said to be in kafka mode, but the registered schema has a delete marker."),
        _ ("State cdc as the deletion mode if the task has it."));
}

static void
note_key (BaristaTableDraft *self)
{
  if (self->facts.has_value && self->facts.n_parts > 0 && self->facts.n_keys == 0)
    barista_table_draft_note (
        self, "key-unknown", BARISTA_LEVEL_HINT,
        _ ("The key's fields can't be told from the document's; rows are told apart by __key."),
        NULL);
}

/**
 * barista_table_draft_note_plan:
 * @self: the finished draft
 *
 * Says where plan, mode, marker and key disagree.
 */
void
barista_table_draft_note_plan (BaristaTableDraft *self)
{
  note_registry (self);
  note_mode (self);
  note_marker (self);
  note_key (self);
}

typedef gboolean (*LeafTest) (const BaristaTableDraft *self, const BaristaLeaf *leaf);

static gboolean
is_defaulted_array (const BaristaTableDraft *self, const BaristaLeaf *leaf)
{
  return leaf->column->included && g_strcmp0 (leaf->column->default_value, "[]") == 0;
}

static gboolean
is_unsupported (const BaristaTableDraft *self, const BaristaLeaf *leaf)
{
  return leaf->rule != NULL && g_str_equal (leaf->rule, "schema-unsupported");
}

/* In the plans that must take deletions, each column that a deletion lacks should be able to be empty;
 * in kafka mode it lacks all of them. */
static gboolean
is_rigid (const BaristaTableDraft *self, const BaristaLeaf *leaf)
{
  const BaristaColumn *column = leaf->column;
  gboolean lacking = column->role == BARISTA_COLUMN_VALUE
                     || self->table->deletions == BARISTA_DELETIONS_KAFKA;

  return column->included && lacking && !column->nullable && column->default_value == NULL
         && self->table->plan != BARISTA_PLAN_NONE && leaf->choice != NULL
         && leaf->choice->type != NULL;
}

static gboolean
has_bad_type (const BaristaTableDraft *self, const BaristaLeaf *leaf)
{
  g_autofree char *problem = NULL;

  if (!leaf->column->included || leaf->choice == NULL || leaf->choice->type == NULL)
    return FALSE;
  problem = barista_column_type_problem (leaf->column->type);
  return problem != NULL;
}

static gboolean
has_other_name (const BaristaTableDraft *self, const BaristaLeaf *leaf)
{
  gboolean stated = leaf->choice != NULL && leaf->choice->name != NULL;
  const char *wish = stated ? leaf->choice->name : leaf->flat_name;

  return leaf->column->included && !g_str_equal (leaf->column->name, wish);
}

static void
note_leaves (BaristaTableDraft *self,
             LeafTest test,
             const char *rule,
             BaristaLevel level,
             const char *message,
             const char *fix)
{
  g_autoptr (GPtrArray) names = g_ptr_array_new ();

  for (guint i = 0; i < self->leaves->len; i++)
    {
      BaristaLeaf *leaf = self->leaves->pdata[i];

      if (test (self, leaf))
        g_ptr_array_add (names, leaf->column->name);
    }

  barista_table_draft_note_names (self, rule, level, names, message, fix);
}

static void
note_gone (BaristaTableDraft *self)
{
  GPtrArray *stated = barista_topic_choice_get_columns (self->choice);
  g_autoptr (GPtrArray) gone = g_ptr_array_new ();

  for (guint i = 0; stated != NULL && i < stated->len; i++)
    {
      BaristaColumnChoice *choice = stated->pdata[i];

      if (choice->path != NULL && !g_hash_table_contains (self->matched, choice))
        g_ptr_array_add (gone, choice->path);
    }

  barista_table_draft_note_names (
      self, "column-gone", BARISTA_LEVEL_WARNING, gone,
      _ ("changed by hand, but not in the registered schema any more."),
      _ ("Take the change out of the profile, or bring the field back."));
}

/**
 * barista_table_draft_note_columns:
 * @self: the finished draft
 *
 * Says what had to be decided about columns.
 */
void
barista_table_draft_note_columns (BaristaTableDraft *self)
{
  note_leaves (self, is_defaulted_array, "array-not-nullable", BARISTA_LEVEL_HINT,
               _ ("an array is never Nullable, so a document without it, such as a deletion, gets "
                  "an empty list."),
               _ ("Leave it out or keep the whole document if an empty list would mislead."));
  note_leaves (self, is_unsupported, "schema-unsupported", BARISTA_LEVEL_WARNING,
               _ ("holds itself or is nested too deep for columns; kept as text."),
               _ ("Keep it as text, or store the whole document."));
  note_leaves (self, has_other_name, "column-renamed", BARISTA_LEVEL_HINT,
               _ ("named so because another column has the plain name already."),
               _ ("Give it a name of its own."));
  note_leaves (self, is_rigid, "column-not-nullable", BARISTA_LEVEL_WARNING,
               _ ("can't be empty, so a deletion that lacks it ends in the quarantine."),
               _ ("Make the type Nullable."));
  note_leaves (self, has_bad_type, "column-type", BARISTA_LEVEL_ERROR,
               _ ("Tinybird doesn't take the type."), _ ("Choose another type."));
  note_gone (self);
}
