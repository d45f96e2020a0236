/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "barista-bind.h"

#include <string.h>

#define BOTH_WAYS (G_BINDING_BIDIRECTIONAL | G_BINDING_SYNC_CREATE)

static gboolean
is_around (gunichar c)
{
  return g_unichar_isspace (c) || c == '"' || c == '\'' || c == '`' || c == 0x201c || c == 0x201d;
}

static char *
unwrap (const char *text)
{
  const char *end;

  while (*text != '\0' && is_around (g_utf8_get_char (text)))
    text = g_utf8_next_char (text);
  end = text + strlen (text);
  while (end > text && is_around (g_utf8_get_char (g_utf8_prev_char (end))))
    end = g_utf8_prev_char (end);

  return g_strndup (text, (gsize) (end - text));
}

static gboolean
text_to_entry (GBinding *binding, const GValue *from, GValue *to, gpointer data)
{
  const char *text = g_value_get_string (from);

  g_value_set_string (to, text != NULL ? text : "");
  return TRUE;
}

static gboolean
text_from_entry (GBinding *binding, const GValue *from, GValue *to, gpointer data)
{
  g_value_take_string (to, unwrap (g_value_get_string (from)));
  return TRUE;
}

void
barista_bind_text (BaristaSetup *setup, const char *property, GtkEditable *entry)
{
  g_object_bind_property_full (setup, property, entry, "text", BOTH_WAYS, text_to_entry,
                               text_from_entry, NULL, NULL);
}

static gboolean
text_as_typed (GBinding *binding, const GValue *from, GValue *to, gpointer data)
{
  g_value_copy (from, to);
  return TRUE;
}

void
barista_bind_group_text (GBindingGroup *group, const char *property, GtkEditable *entry)
{
  g_binding_group_bind_full (group, property, entry, "text", BOTH_WAYS, text_to_entry,
                             text_as_typed, NULL, NULL);
}

/* Commas and blanks part the items, quotes around them don't count. */
static char **
split_list (const char *text)
{
  g_auto (GStrv) pieces = g_strsplit_set (text, ", \t\r\n", -1);
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();

  for (char **piece = pieces; *piece != NULL; piece++)
    {
      g_autofree char *item = unwrap (*piece);

      if (*item != '\0')
        g_strv_builder_add (builder, item);
    }

  return g_strv_builder_end (builder);
}

/* What is typed keeps its blanks and commas while it means the same. */
static gboolean
list_to_entry (GBinding *binding, const GValue *from, GValue *to, gpointer entry)
{
  const char *const *items = g_value_get_boxed (from);
  g_auto (GStrv) shown = split_list (gtk_editable_get_text (GTK_EDITABLE (entry)));

  if (items != NULL && g_strv_equal (items, (const char *const *) shown))
    return FALSE;
  g_value_take_string (to, items != NULL ? g_strjoinv (", ", (char **) items) : g_strdup (""));
  return TRUE;
}

static gboolean
list_from_entry (GBinding *binding, const GValue *from, GValue *to, gpointer entry)
{
  g_value_take_boxed (to, split_list (g_value_get_string (from)));
  return TRUE;
}

void
barista_bind_list (BaristaSetup *setup, const char *property, GtkEditable *entry)
{
  g_object_bind_property_full (setup, property, entry, "text", BOTH_WAYS, list_to_entry,
                               list_from_entry, entry, NULL);
}

void
barista_bind_group_list (GBindingGroup *group, const char *property, GtkEditable *entry)
{
  g_binding_group_bind_full (group, property, entry, "text", BOTH_WAYS, list_to_entry,
                             list_from_entry, entry, NULL);
}

void
barista_bind_switch (BaristaSetup *setup, const char *property, AdwSwitchRow *row)
{
  g_object_bind_property (setup, property, row, "active", BOTH_WAYS);
}

static gboolean
choice_to_row (GBinding *binding, const GValue *from, GValue *to, gpointer data)
{
  g_value_set_uint (to, (guint) g_value_get_enum (from));
  return TRUE;
}

static gboolean
choice_from_row (GBinding *binding, const GValue *from, GValue *to, gpointer data)
{
  guint at = g_value_get_uint (from);

  /* While its model is exchanged a row has no choice. */
  if (at == GTK_INVALID_LIST_POSITION)
    return FALSE;
  g_value_set_enum (to, (int) at);
  return TRUE;
}

void
barista_bind_choice (BaristaSetup *setup, const char *property, AdwComboRow *row)
{
  g_object_bind_property_full (setup, property, row, "selected", BOTH_WAYS, choice_to_row,
                               choice_from_row, NULL, NULL);
}

void
barista_bind_group_choice (GBindingGroup *group,
                           const char *property,
                           AdwComboRow *row,
                           const char *const *names)
{
  g_autoptr (GtkStringList) list = gtk_string_list_new (names);

  adw_combo_row_set_model (row, G_LIST_MODEL (list));
  g_binding_group_bind_full (group, property, row, "selected", BOTH_WAYS, choice_to_row,
                             choice_from_row, NULL, NULL);
}

/* @data: the words, the first of them "", which stands for none. */
static gboolean
word_to_index (GBinding *binding, const GValue *from, GValue *to, gpointer data)
{
  const char *const *words = data;
  const char *word = g_value_get_string (from);

  for (guint i = 0; words[i] != NULL; i++)
    if (g_str_equal (words[i], word != NULL ? word : ""))
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
  char **words = data;
  guint index = g_value_get_uint (from);

  if (index >= g_strv_length (words))
    return FALSE;
  g_value_set_string (to, index > 0 ? words[index] : NULL);
  return TRUE;
}

void
barista_bind_group_word (GBindingGroup *group,
                         const char *property,
                         AdwComboRow *row,
                         const char *unstated,
                         const char *const *words)
{
  g_autoptr (GtkStringList) names = gtk_string_list_new (NULL);
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();

  gtk_string_list_append (names, unstated);
  g_strv_builder_add (builder, "");
  for (guint i = 0; words[i] != NULL; i++)
    {
      gtk_string_list_append (names, words[i]);
      g_strv_builder_add (builder, words[i]);
    }

  adw_combo_row_set_model (row, G_LIST_MODEL (names));
  g_binding_group_bind_full (group, property, row, "selected", BOTH_WAYS, word_to_index,
                             index_to_word, g_strv_builder_end (builder),
                             (GDestroyNotify) g_strfreev);
}

void
barista_say_problem (GtkWidget *entry, GtkLabel *label, const char *text, gboolean announce)
{
  gboolean there = text != NULL && *text != '\0';

  gtk_label_set_label (label, there ? text : "");
  gtk_widget_set_visible (GTK_WIDGET (label), there);
  if (there)
    gtk_widget_add_css_class (entry, "error");
  else
    gtk_widget_remove_css_class (entry, "error");
  gtk_accessible_update_state (GTK_ACCESSIBLE (entry), GTK_ACCESSIBLE_STATE_INVALID,
                               there ? GTK_ACCESSIBLE_INVALID_TRUE : GTK_ACCESSIBLE_INVALID_FALSE,
                               -1);
  if (there && announce)
    gtk_accessible_announce (GTK_ACCESSIBLE (entry), text,
                             GTK_ACCESSIBLE_ANNOUNCEMENT_PRIORITY_MEDIUM);
}
