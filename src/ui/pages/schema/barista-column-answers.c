/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "barista-column-answers.h"

#include "barista-column-type.h"

#include <glib/gi18n.h>

const char *
barista_column_get_id (const BaristaColumn *column)
{
  return column->path != NULL ? column->path : column->name;
}

static const BaristaColumn *
find_column (BaristaSession *session, const char *topic, const char *id)
{
  BaristaTable *table = barista_session_get_table (session, topic);
  GPtrArray *columns = table != NULL ? barista_table_get_columns (table) : NULL;

  for (guint i = 0; columns != NULL && i < columns->len; i++)
    if (g_str_equal (barista_column_get_id (columns->pdata[i]), id))
      return columns->pdata[i];

  return NULL;
}

/* What was changed so far, to be changed further; texts are copied by who takes it. */
static BaristaColumnChoice
current_choice (BaristaTopicChoice *choice, const char *id)
{
  GPtrArray *columns = barista_topic_choice_get_columns (choice);

  for (guint i = 0; columns != NULL && i < columns->len; i++)
    {
      const BaristaColumnChoice *column = columns->pdata[i];

      if (g_strcmp0 (column->path, id) == 0)
        return *column;
    }

  return (BaristaColumnChoice) { .path = (char *) id, .included = -1 };
}

/* The choice lets go of its texts while it takes the new ones. */
static void
change (BaristaTopicChoice *choice, const BaristaColumnChoice *change)
{
  g_autofree char *path = g_strdup (change->path);
  g_autofree char *name = g_strdup (change->name);
  g_autofree char *type = g_strdup (change->type);
  const BaristaColumnChoice copy = { path, name, type, change->included };

  barista_topic_choice_change_column (choice, &copy);
}

/* NULL: the topic isn't chosen any more. */
static BaristaTopicChoice *
find_choice (BaristaSession *session, const char *topic)
{
  return barista_setup_find_topic (barista_session_get_setup (session), topic);
}

void
barista_column_answer_included (BaristaSession *session,
                                const char *topic,
                                const char *id,
                                gboolean included)
{
  BaristaTopicChoice *choice = find_choice (session, topic);
  BaristaColumnChoice column;

  if (choice == NULL)
    return;

  column = current_choice (choice, id);
  column.included = included ? 1 : 0;
  barista_session_begin_change (session, included ? _ ("Include Column") : _ ("Leave Column Out"));
  change (choice, &column);
  barista_session_end_change (session);
}

/* The session takes letters that follow each other for one change. */
void
barista_column_answer_name (BaristaSession *session,
                            const char *topic,
                            const char *id,
                            const char *name)
{
  BaristaTopicChoice *choice = find_choice (session, topic);
  BaristaColumnChoice column;

  if (choice == NULL)
    return;

  column = current_choice (choice, id);
  column.name = *name != '\0' ? (char *) name : NULL;
  change (choice, &column);
}

void
barista_column_answer_type (BaristaSession *session,
                            const char *topic,
                            const char *id,
                            const char *type)
{
  BaristaTopicChoice *choice = find_choice (session, topic);
  BaristaColumnChoice column;

  if (choice == NULL)
    return;

  column = current_choice (choice, id);
  column.type = (char *) type;
  barista_session_begin_change (session, _ ("Change Type"));
  change (choice, &column);
  barista_session_end_change (session);
}

/* Nullable(T) -> T, LowCardinality(Nullable(T)) -> LowCardinality(T) */
static char *
make_rigid (const char *type)
{
  g_autofree char *base = barista_column_type_dup_base (type);

  return g_str_has_prefix (type, "LowCardinality(") ? g_strdup_printf ("LowCardinality(%s)", base)
                                                    : g_steal_pointer (&base);
}

void
barista_column_answer_nullable (BaristaSession *session,
                                const char *topic,
                                const char *id,
                                gboolean nullable)
{
  const BaristaColumn *column = find_column (session, topic, id);
  g_autofree char *type = NULL;

  if (column == NULL || column->nullable == nullable)
    return;

  type = nullable ? barista_column_type_make_nullable (column->type) : make_rigid (column->type);
  barista_column_answer_type (session, topic, id, type);
}

static gboolean
is_wanted (const BaristaColumn *column, BaristaColumnsWanted wanted)
{
  switch (wanted)
    {
    case BARISTA_COLUMNS_ALL:
      return TRUE;
    case BARISTA_COLUMNS_NONE:
      return FALSE;
    default:
      return column->role == BARISTA_COLUMN_KEY || column->role == BARISTA_COLUMN_OPERATION
             || column->role == BARISTA_COLUMN_MARKER;
    }
}

/* Answers to many columns at once, on top of what was answered before; texts are borrowed. */
typedef struct
{
  GHashTable *before; /* path -> BaristaColumnChoice; of the copy */
  GPtrArray *copies;
  GArray *changes; /* BaristaColumnChoice */
} Many;

static void
copy_free (gpointer data)
{
  BaristaColumnChoice *copy = data;

  g_free (copy->path);
  g_free (copy->name);
  g_free (copy->type);
  g_free (copy);
}

/* The choice lets go of its texts while it takes the new ones. */
static void
many_init (Many *self, BaristaTopicChoice *choice)
{
  GPtrArray *columns = barista_topic_choice_get_columns (choice);

  self->before = g_hash_table_new (g_str_hash, g_str_equal);
  self->copies = g_ptr_array_new_with_free_func (copy_free);
  self->changes = g_array_new (FALSE, FALSE, sizeof (BaristaColumnChoice));
  for (guint i = 0; i < columns->len; i++)
    {
      const BaristaColumnChoice *column = columns->pdata[i];
      BaristaColumnChoice *copy = g_new0 (BaristaColumnChoice, 1);

      *copy = (BaristaColumnChoice) { g_strdup (column->path), g_strdup (column->name),
                                      g_strdup (column->type), column->included };
      g_ptr_array_add (self->copies, copy);
      g_hash_table_insert (self->before, copy->path, copy);
    }
}

static void
many_clear (Many *self)
{
  g_clear_pointer (&self->before, g_hash_table_unref);
  g_clear_pointer (&self->copies, g_ptr_array_unref);
  g_clear_pointer (&self->changes, g_array_unref);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Many, many_clear)

/* The change that is made to the column at @id; to be filled in. */
static BaristaColumnChoice *
many_add (Many *self, const char *id)
{
  const BaristaColumnChoice *before = g_hash_table_lookup (self->before, id);
  BaristaColumnChoice nothing = { .path = (char *) id, .included = -1 };

  g_array_append_vals (self->changes, before != NULL ? before : &nothing, 1);
  return &g_array_index (self->changes, BaristaColumnChoice, self->changes->len - 1);
}

static void
many_apply (Many *self, BaristaSession *session, BaristaTopicChoice *choice, const char *name)
{
  if (self->changes->len == 0)
    return;

  barista_session_begin_change (session, name);
  barista_topic_choice_change_columns (choice, (BaristaColumnChoice *) self->changes->data,
                                       self->changes->len);
  barista_session_end_change (session);
}

/**
 * barista_columns_answer_included:
 * @session: the session
 * @topic: a topic's name
 * @ids: (element-type utf8): the columns that are meant: those that a search shows
 * @wanted: which of them to include
 *
 * Columns that the engine needs are left alone.
 */
void
barista_columns_answer_included (BaristaSession *session,
                                 const char *topic,
                                 GPtrArray *ids,
                                 BaristaColumnsWanted wanted)
{
  g_autoptr (BaristaTable) table = NULL;
  BaristaTopicChoice *choice = find_choice (session, topic);
  g_autoptr (GHashTable) meant = g_hash_table_new (g_str_hash, g_str_equal);
  g_auto (Many) many = { NULL };
  GPtrArray *columns;

  g_set_object (&table, barista_session_get_table (session, topic));
  if (table == NULL || choice == NULL)
    return;

  many_init (&many, choice);
  columns = barista_table_get_columns (table);
  for (guint i = 0; i < ids->len; i++)
    g_hash_table_add (meant, ids->pdata[i]);

  for (guint i = 0; i < columns->len; i++)
    {
      const BaristaColumn *column = columns->pdata[i];
      const char *id = barista_column_get_id (column);
      gboolean include = is_wanted (column, wanted);

      if (column->role != BARISTA_COLUMN_META && g_hash_table_contains (meant, id)
          && !column->included != !include)
        many_add (&many, id)->included = include ? 1 : 0;
    }
  many_apply (&many, session, choice, _ ("Choose Columns"));
}

void
barista_columns_answer_proposed (BaristaSession *session, const char *topic)
{
  BaristaTopicChoice *choice = find_choice (session, topic);
  g_auto (Many) many = { NULL };

  if (choice == NULL)
    return;

  many_init (&many, choice);
  for (guint i = 0; i < many.copies->len; i++)
    {
      BaristaColumnChoice *copy = many.copies->pdata[i];

      *many_add (&many, copy->path) = (BaristaColumnChoice) { .path = copy->path, .included = -1 };
    }
  many_apply (&many, session, choice, _ ("Reset Columns"));
}

void
barista_columns_answer_fixes (BaristaSession *session, const char *topic, BaristaReplay *replay)
{
  BaristaTopicChoice *choice = find_choice (session, topic);
  GPtrArray *rejecting = barista_replay_get_rejecting (replay);
  g_autoptr (BaristaReplay) kept = g_object_ref (replay);
  g_auto (Many) many = { NULL };

  if (choice == NULL)
    return;

  many_init (&many, choice);
  for (guint i = 0; i < rejecting->len; i++)
    {
      const BaristaReplayColumn *column = rejecting->pdata[i];

      if (column->fix_type != NULL)
        many_add (&many, barista_column_get_id (column->column))->type = column->fix_type;
    }
  many_apply (&many, session, choice, _ ("Mend Columns"));
}
