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
  BaristaTable *table = barista_session_get_table (session, topic);
  BaristaTopicChoice *choice = find_choice (session, topic);
  g_autoptr (GHashTable) meant = g_hash_table_new (g_str_hash, g_str_equal);
  GPtrArray *columns;

  if (table == NULL || choice == NULL)
    return;

  g_object_ref (table); /* each change makes another one */
  columns = barista_table_get_columns (table);
  for (guint i = 0; i < ids->len; i++)
    g_hash_table_add (meant, ids->pdata[i]);

  barista_session_begin_change (session, _ ("Choose Columns"));
  for (guint i = 0; i < columns->len; i++)
    {
      const BaristaColumn *column = columns->pdata[i];
      const char *id = barista_column_get_id (column);
      gboolean include = is_wanted (column, wanted);
      BaristaColumnChoice answer;

      if (column->role == BARISTA_COLUMN_META || !g_hash_table_contains (meant, id)
          || !column->included == !include)
        continue;
      answer = current_choice (choice, id);
      answer.included = include ? 1 : 0;
      change (choice, &answer);
    }
  barista_session_end_change (session);
  g_object_unref (table);
}

void
barista_columns_answer_proposed (BaristaSession *session, const char *topic)
{
  BaristaTopicChoice *choice = find_choice (session, topic);
  g_autoptr (GPtrArray) paths = g_ptr_array_new_with_free_func (g_free);
  GPtrArray *columns = choice != NULL ? barista_topic_choice_get_columns (choice) : NULL;

  for (guint i = 0; columns != NULL && i < columns->len; i++)
    g_ptr_array_add (paths, g_strdup (((BaristaColumnChoice *) columns->pdata[i])->path));
  if (paths->len == 0)
    return;

  barista_session_begin_change (session, _ ("Reset Columns"));
  for (guint i = 0; i < paths->len; i++)
    {
      const BaristaColumnChoice nothing = { .path = paths->pdata[i], .included = -1 };

      barista_topic_choice_change_column (choice, &nothing);
    }
  barista_session_end_change (session);
}

void
barista_columns_answer_fixes (BaristaSession *session, const char *topic, BaristaReplay *replay)
{
  BaristaTopicChoice *choice = find_choice (session, topic);
  GPtrArray *rejecting = barista_replay_get_rejecting (replay);
  g_autoptr (BaristaReplay) kept = g_object_ref (replay);

  if (choice == NULL)
    return;

  barista_session_begin_change (session, _ ("Mend Columns"));
  for (guint i = 0; i < rejecting->len; i++)
    {
      const BaristaReplayColumn *column = rejecting->pdata[i];
      BaristaColumnChoice answer;

      if (column->fix_type == NULL)
        continue;
      answer = current_choice (choice, barista_column_get_id (column->column));
      answer.type = column->fix_type;
      change (choice, &answer);
    }
  barista_session_end_change (session);
}
