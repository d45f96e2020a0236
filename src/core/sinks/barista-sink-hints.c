/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "barista-sink-rules.h"
#include "barista-table.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* What a sink says that may be meant otherwise. */

/* ---- columns of the templates ---- */

typedef const char *(*GetTemplate) (BaristaSink *sink);
typedef void (*SetTemplate) (BaristaSink *sink, const char *template);

static const struct
{
  GetTemplate get;
  SetTemplate set;
} templates[] = {
  { barista_sink_get_bucket_uri, barista_sink_set_bucket_uri },
  { barista_sink_get_file_template, barista_sink_set_file_template },
};

static void
add_once (GPtrArray *names, const char *name)
{
  if (!g_ptr_array_find_with_equal_func (names, name, g_str_equal, NULL))
    g_ptr_array_add (names, g_strdup (name));
}

/* "a, b"; NULL: none */
static char *
join (GPtrArray *names)
{
  if (names->len == 0)
    return NULL;

  g_ptr_array_add (names, NULL);
  return g_strjoinv (", ", (char **) names->pdata);
}

/* Returns: whether it changed @part */
typedef gboolean (*VisitPart) (const BaristaRuleContext *self,
                               BaristaTemplatePart *part,
                               gpointer data);

/* Shows @visit each part of a sink's templates that names a column, and writes down what it changed.
 * Returns: whether it changed any */
static gboolean
visit_columns (const BaristaRuleContext *self, VisitPart visit, gpointer data)
{
  gboolean changed = FALSE;

  for (gsize i = 0; self->kind == BARISTA_TARGET_S3 && i < G_N_ELEMENTS (templates); i++)
    {
      const char *text = templates[i].get (self->sink);
      g_autoptr (GPtrArray) parts = text != NULL ? barista_file_template_parse (text, NULL) : NULL;
      g_autofree char *written = NULL;
      gboolean other = FALSE;

      for (guint j = 0; parts != NULL && j < parts->len; j++)
        {
          BaristaTemplatePart *part = parts->pdata[j];

          if (part->kind == BARISTA_TEMPLATE_COLUMN && visit (self, part, data))
            other = TRUE;
        }
      if (!other)
        continue;
      written = barista_file_template_write (parts);
      templates[i].set (self->sink, written);
      changed = TRUE;
    }

  return changed;
}

typedef struct
{
  BaristaSqlAnswer answer;
  GPtrArray *names;
} Given;

static gboolean
add_given (const BaristaRuleContext *self, BaristaTemplatePart *part, gpointer data)
{
  Given *given = data;
  g_autofree char *shown = g_strdup_printf ("{%s}", part->text);

  if (barista_sql_gives_column (self->sql, part->text) == given->answer)
    add_once (given->names, shown);
  return FALSE;
}

/* The template columns of which the query gives @answer, joined; NULL: none */
static char *
list_columns (const BaristaRuleContext *self, BaristaSqlAnswer answer)
{
  g_autoptr (GPtrArray) names = g_ptr_array_new_with_free_func (g_free);
  Given given = { answer, names };

  if (self->sql != NULL)
    visit_columns (self, add_given, &given);
  return join (names);
}

static char *
check_column_missing (const BaristaRuleContext *self)
{
  g_autofree char *names = list_columns (self, BARISTA_SQL_NO);

  return names != NULL
             ? g_strdup_printf (_ ("The query gives no column for %s of the files' names."), names)
             : NULL;
}

static char *
check_column_uncertain (const BaristaRuleContext *self)
{
  g_autofree char *names = list_columns (self, BARISTA_SQL_UNKNOWN);

  return names != NULL
             ? g_strdup_printf (_ ("Whether the query gives a column for %s of the files' names "
                                   "can't be known from its text."),
                                names)
             : NULL;
}

/* The only column of the result that reads like a time; NULL: none, or several */
static const char *
find_time_column (BaristaSql *sql)
{
  const char *found = NULL;
  guint n;
  const BaristaSqlColumn *columns = barista_sql_get_columns (sql, &n);

  for (guint i = 0; i < n; i++)
    {
      if (!columns[i].certain || !barista_is_time_name (columns[i].name))
        continue;
      if (found != NULL)
        return NULL;
      found = columns[i].name;
    }

  return found;
}

/* {date} without such a column becomes {timestamp, '%Y-%m-%d'}, if it is clear which one. */
static gboolean
take_time_column (const BaristaRuleContext *self, BaristaTemplatePart *part, gpointer data)
{
  const char *format = barista_time_format_of_name (part->text);

  if (format == NULL || part->format != NULL
      || barista_sql_gives_column (self->sql, part->text) != BARISTA_SQL_NO)
    return FALSE;

  g_set_str (&part->text, data);
  part->format = g_strdup (format);
  return TRUE;
}

static gboolean
apply_column (const BaristaRuleContext *self)
{
  const char *column = find_time_column (self->sql);

  return column != NULL && visit_columns (self, take_time_column, (gpointer) column);
}

/* A time in full gives a file for each of its values. {date} and the like are short enough. */
static gboolean
is_bare_time (const BaristaTemplatePart *part)
{
  return part->format == NULL && barista_is_time_name (part->text)
         && barista_time_format_of_name (part->text) == NULL
         && !g_str_has_suffix (part->text, "_date") && !g_str_has_suffix (part->text, "_day")
         && !g_str_has_suffix (part->text, "_month") && !g_str_has_suffix (part->text, "_year")
         && !g_str_has_suffix (part->text, "_week") && !g_str_has_suffix (part->text, "_hour");
}

static gboolean
note_bare_time (const BaristaRuleContext *self, BaristaTemplatePart *part, gpointer data)
{
  gboolean *found = data;

  *found = *found || is_bare_time (part);
  return FALSE;
}

static char *
check_bare_time (const BaristaRuleContext *self)
{
  gboolean found = FALSE;

  visit_columns (self, note_bare_time, &found);
  return found
             ? g_strdup (_ ("A time in a file's name has no format, so that each of its values may "
                            "become a file of its own."))
             : NULL;
}

static gboolean
give_format (const BaristaRuleContext *self, BaristaTemplatePart *part, gpointer data)
{
  if (!is_bare_time (part))
    return FALSE;

  part->format = g_strdup ("%Y-%m-%d");
  return TRUE;
}

static gboolean
apply_bare_time (const BaristaRuleContext *self)
{
  return visit_columns (self, give_format, NULL);
}

/* ---- words ---- */

static const struct
{
  BaristaSinkSetting setting;
  const char *name;
  void (*set) (BaristaSink *sink, const char *word);
} settings[] = {
  { BARISTA_SINK_FORMAT, "format", barista_sink_set_format },
  { BARISTA_SINK_COMPRESSION, "compression", barista_sink_set_compression },
  { BARISTA_SINK_STRATEGY, "strategy", barista_sink_set_strategy },
};

/* What the sinks to files say; NULL for others */
static const char *
get_word (const BaristaRuleContext *self, gsize i)
{
  return self->kind == BARISTA_TARGET_S3
             ? barista_sink_get_setting (self->sink, settings[i].setting)
             : NULL;
}

/* NULL: not said, or not known */
static const BaristaSinkWord *
find_word (const BaristaRuleContext *self, gsize i)
{
  return barista_sink_word_find (settings[i].setting, get_word (self, i));
}

static char *
check_word (const BaristaRuleContext *self)
{
  for (gsize i = 0; i < G_N_ELEMENTS (settings); i++)
    {
      const char *word = get_word (self, i);
      const char *const *known = barista_sink_words (settings[i].setting);
      g_autofree char *list = g_strjoinv (", ", (char **) known);

      if (word != NULL && find_word (self, i) == NULL)
        /* Translators: a member of the profile, its value, the values that are known */
        return g_strdup_printf (_ ("%s “%s” isn't known: %s are."), settings[i].name, word, list);
    }

  return NULL;
}

static char *
check_alias (const BaristaRuleContext *self)
{
  for (gsize i = 0; i < G_N_ELEMENTS (settings); i++)
    {
      const BaristaSinkWord *word = find_word (self, i);

      if (word != NULL && !g_str_equal (word->word, word->standard))
        return g_strdup_printf (
            _ ("%s “%s” is the word of another tool of Tinybird's; its SDK says "
               "“%s”."),
            settings[i].name, word->word, word->standard);
    }

  return NULL;
}

static gboolean
apply_alias (const BaristaRuleContext *self)
{
  for (gsize i = 0; i < G_N_ELEMENTS (settings); i++)
    {
      const BaristaSinkWord *word = find_word (self, i);

      if (word != NULL)
        settings[i].set (self->sink, word->standard);
    }

  return TRUE;
}

/* Told once for each sink whose words could be others. */
static char *
check_unsettled (const BaristaRuleContext *self)
{
  gboolean classic = g_str_equal (barista_setup_get_project_format (self->setup), "classic");
  g_autoptr (GString) told = g_string_new (NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (settings); i++)
    {
      const BaristaSinkWord *word = find_word (self, i);

      if (word != NULL && settings[i].setting != BARISTA_SINK_FORMAT)
        g_string_append_printf (told, "%s%s %s", told->len > 0 ? ", " : "", settings[i].name,
                                classic ? word->classic : word->word);
    }
  if (told->len == 0)
    return NULL;

  return g_strdup_printf (classic
                              ? _ ("Tinybird's own sources disagree on these words; written are "
                                   "those of its REST API: %s.")
                              : _ ("Tinybird's own sources disagree on these words; written are "
                                   "those of its SDK: %s."),
                          told->str);
}

static char *
check_sdk (const BaristaRuleContext *self)
{
  for (gsize i = 0; i < G_N_ELEMENTS (settings); i++)
    {
      const BaristaSinkWord *word = find_word (self, i);

      if (word != NULL && !word->in_sdk && barista_setup_get_project_typescript (self->setup))
        return g_strdup_printf (_ ("The TypeScript SDK doesn't know %s “%s”."), settings[i].name,
                                word->word);
    }

  return NULL;
}

/* ---- tables ---- */

static gboolean
is_here (const BaristaRuleContext *self, const char *table)
{
  for (guint i = 0; self->tables != NULL && i < self->tables->len; i++)
    {
      const char *name = barista_table_get_data_source (self->tables->pdata[i]);
      gsize length = strlen (name);

      if (g_str_has_prefix (table, name)
          && (table[length] == '\0' || g_str_equal (table + length, "_current")
              || g_str_equal (table + length, "_deleted")))
        return TRUE;
    }

  return barista_sink_find_node (self->sink, table) != NULL;
}

static void
list_tables (const BaristaRuleContext *self, const BaristaSql *sql, GPtrArray *names)
{
  guint n;
  const BaristaSqlTable *tables = barista_sql_get_tables (sql, &n);

  for (guint i = 0; i < n; i++)
    if (tables[i].certain && tables[i].database == NULL && !is_here (self, tables[i].name))
      add_once (names, tables[i].name);
}

static char *
check_tables (const BaristaRuleContext *self)
{
  g_autoptr (GPtrArray) names = g_ptr_array_new_with_free_func (g_free);
  g_autofree char *list = NULL;

  for (guint i = 0; i < self->queries->len; i++)
    list_tables (self, self->queries->pdata[i], names);
  list = join (names);
  return list != NULL
             ? g_strdup_printf (_ ("The query reads %s, which this folder doesn't make."), list)
             : NULL;
}

const BaristaRule barista_sink_hints[] = {
  { "sink-template-column", BARISTA_LEVEL_WARNING, check_column_missing,
    N_ ("Select it, or name a column that the query gives, with a format."), apply_column },
  { "sink-template-uncertain", BARISTA_LEVEL_HINT, check_column_uncertain,
    N_ ("See for yourself, or list the columns in place of a star."), NULL },
  { "sink-template-time", BARISTA_LEVEL_WARNING, check_bare_time,
    N_ ("Give it a format, such as {timestamp, '%Y-%m-%d'}."), apply_bare_time },
  { "sink-word", BARISTA_LEVEL_WARNING, check_word, N_ ("Choose one of these."), NULL },
  { "sink-word-alias", BARISTA_LEVEL_HINT, check_alias, N_ ("Say it as the SDK does."),
    apply_alias },
  { "sink-word-unsettled", BARISTA_LEVEL_HINT, check_unsettled,
    N_ ("Look at the first files before you rely on it."), NULL },
  { "sink-word-sdk", BARISTA_LEVEL_WARNING, check_sdk,
    N_ ("Choose another one, or keep this sink as a datafile."), NULL },
  { "sink-table-elsewhere", BARISTA_LEVEL_WARNING, check_tables,
    N_ ("Deploy these files together with the project that has it."), NULL },
  {}
};
