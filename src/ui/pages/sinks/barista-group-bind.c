/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "barista-group-bind.h"

#define BOTH (G_BINDING_BIDIRECTIONAL | G_BINDING_SYNC_CREATE)

/* --- texts --- */

static gboolean
to_text (GBinding *binding, const GValue *from, GValue *to, gpointer data)
{
  const char *text = g_value_get_string (from);

  g_value_set_string (to, text != NULL ? text : "");
  return TRUE;
}

static gboolean
from_text (GBinding *binding, const GValue *from, GValue *to, gpointer data)
{
  g_value_set_string (to, g_value_get_string (from));
  return TRUE;
}

void
barista_group_bind_text (GBindingGroup *group, const char *property, gpointer target)
{
  g_binding_group_bind_full (group, property, target, "text", BOTH, to_text, from_text, NULL, NULL);
}

static char **
split_list (const char *text)
{
  g_auto (GStrv) parts = g_strsplit_set (text, ", \t\n", -1);
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();

  for (guint i = 0; parts[i] != NULL; i++)
    if (*parts[i] != '\0')
      g_strv_builder_add (builder, parts[i]);
  return g_strv_builder_end (builder);
}

/* What is typed keeps its blanks and commas while it means the same. */
static gboolean
list_to_text (GBinding *binding, const GValue *from, GValue *to, gpointer data)
{
  const char *const *list = g_value_get_boxed (from);
  g_auto (GStrv) shown = split_list (gtk_editable_get_text (GTK_EDITABLE (data)));

  if (list != NULL && g_strv_equal (list, (const char *const *) shown))
    return FALSE;
  g_value_take_string (to, list != NULL ? g_strjoinv (", ", (char **) list) : g_strdup (""));
  return TRUE;
}

static gboolean
text_to_list (GBinding *binding, const GValue *from, GValue *to, gpointer data)
{
  g_value_take_boxed (to, split_list (g_value_get_string (from)));
  return TRUE;
}

void
barista_group_bind_list (GBindingGroup *group, const char *property, gpointer target)
{
  g_binding_group_bind_full (group, property, target, "text", BOTH, list_to_text, text_to_list,
                             target, NULL);
}

/* --- words --- */

typedef struct
{
  char **words; /* the first is "" */
} Words;

static void
words_free (gpointer data)
{
  Words *words = data;

  g_strfreev (words->words);
  g_free (words);
}

static gboolean
word_to_index (GBinding *binding, const GValue *from, GValue *to, gpointer data)
{
  Words *words = data;
  const char *word = g_value_get_string (from);

  for (guint i = 0; words->words[i] != NULL; i++)
    if (g_str_equal (words->words[i], word != NULL ? word : ""))
      {
        g_value_set_uint (to, i);
        return TRUE;
      }

  /* A word that isn't offered stays as it is until another one is chosen. */
  g_value_set_uint (to, GTK_INVALID_LIST_POSITION);
  return TRUE;
}

static gboolean
index_to_word (GBinding *binding, const GValue *from, GValue *to, gpointer data)
{
  Words *words = data;
  guint index = g_value_get_uint (from);

  if (index >= g_strv_length (words->words))
    return FALSE;
  g_value_set_string (to, index > 0 ? words->words[index] : NULL);
  return TRUE;
}

void
barista_group_bind_word (GBindingGroup *group,
                         const char *property,
                         AdwComboRow *row,
                         const char *unstated,
                         const char *const *words)
{
  g_autoptr (GtkStringList) names = gtk_string_list_new (NULL);
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  Words *data = g_new0 (Words, 1);

  gtk_string_list_append (names, unstated);
  g_strv_builder_add (builder, "");
  for (guint i = 0; words[i] != NULL; i++)
    {
      gtk_string_list_append (names, words[i]);
      g_strv_builder_add (builder, words[i]);
    }
  data->words = g_strv_builder_end (builder);

  adw_combo_row_set_model (row, G_LIST_MODEL (names));
  g_binding_group_bind_full (group, property, row, "selected", BOTH, word_to_index, index_to_word,
                             data, words_free);
}

static gboolean
enum_to_index (GBinding *binding, const GValue *from, GValue *to, gpointer data)
{
  g_value_set_uint (to, (guint) g_value_get_enum (from));
  return TRUE;
}

static gboolean
index_to_enum (GBinding *binding, const GValue *from, GValue *to, gpointer data)
{
  guint index = g_value_get_uint (from);

  if (index == GTK_INVALID_LIST_POSITION)
    return FALSE;
  g_value_set_enum (to, (int) index);
  return TRUE;
}

void
barista_group_bind_enum (GBindingGroup *group,
                         const char *property,
                         AdwComboRow *row,
                         const char *const *names)
{
  g_autoptr (GtkStringList) list = gtk_string_list_new (names);

  adw_combo_row_set_model (row, G_LIST_MODEL (list));
  g_binding_group_bind_full (group, property, row, "selected", BOTH, enum_to_index, index_to_enum,
                             NULL, NULL);
}
