/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "barista-file-template.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* More files than anyone spreads an export over; a template with it is a slip. */
#define NUMBER_MAX 10000

/* Names that say which part of a time a template wants. */
static const struct
{
  const char *name;
  const char *format;
} time_names[] = {
  { "date", "%Y-%m-%d" }, { "day", "%d" },     { "hour", "%H" },
  { "minute", "%M" },     { "month", "%m" },   { "second", "%S" },
  { "time", "%H-%M-%S" }, { "week", "%G-%V" }, { "year", "%Y" },
};

/* Ends of names that times have. */
static const char *const time_endings[] = {
  "_at", "_date", "_datetime", "_day", "_hour", "_month", "_time", "_week", "_year", "_ts", NULL,
};
static const char *const time_words[] = { "timestamp", "datetime", "ts", "now", NULL };

/**
 * barista_time_format_of_name:
 * @column: name of a column
 *
 * Returns: (nullable): what `{year}`, `{date}` and so on stand for, as a strftime format
 */
const char *
barista_time_format_of_name (const char *column)
{
  for (gsize i = 0; i < G_N_ELEMENTS (time_names); i++)
    if (g_ascii_strcasecmp (time_names[i].name, column) == 0)
      return time_names[i].format;

  return NULL;
}

/**
 * barista_is_time_name:
 * @column: name of a column
 *
 * Returns: whether it reads like that of a time: `timestamp`, `created_at`, `day`...
 */
gboolean
barista_is_time_name (const char *column)
{
  g_autofree char *name = g_ascii_strdown (column, -1);

  if (barista_time_format_of_name (name) != NULL || g_strv_contains (time_words, name))
    return TRUE;
  for (gsize i = 0; time_endings[i] != NULL; i++)
    if (g_str_has_suffix (name, time_endings[i]))
      return TRUE;

  return g_str_has_suffix (name, "timestamp");
}

static void
free_part (gpointer data)
{
  BaristaTemplatePart *part = data;

  g_free (part->text);
  g_free (part->format);
  g_free (part);
}

/* @text: (transfer full) (nullable) */
static BaristaTemplatePart *
add_part (GPtrArray *parts, BaristaTemplateKind kind, char *text)
{
  BaristaTemplatePart *part = g_new0 (BaristaTemplatePart, 1);

  part->kind = kind;
  part->text = text;
  g_ptr_array_add (parts, part);
  return part;
}

static gboolean
is_column (const char *text)
{
  if (!g_ascii_isalpha (*text) && *text != '_')
    return FALSE;
  while (g_ascii_isalnum (*text) || *text == '_')
    text++;

  return *text == '\0';
}

/* Each % has a letter, - and _ between them, or another %. */
static gboolean
is_format (const char *text)
{
  for (const char *p = text; (p = strchr (p, '%')) != NULL; p++)
    {
      p++;
      if (*p == '-' || *p == '_')
        p++;
      if (!g_ascii_isalpha (*p) && *p != '%')
        return FALSE;
    }

  return *text != '\0';
}

/* @format: what stands behind the comma */
static const char *
read_format (BaristaTemplatePart *part, char *format)
{
  gsize length;

  g_strstrip (format);
  length = strlen (format);
  if (length < 2 || (format[0] != '\'' && format[0] != '"') || format[length - 1] != format[0])
    return _ ("the format behind the comma needs quotes, as in {timestamp, '%Y-%m-%d'}");

  part->format = g_strndup (format + 1, length - 2);
  if (strpbrk (part->format, "'\"") != NULL || !is_format (part->format))
    return _ ("the format can't be read; it is written as in '%Y-%m-%d'");
  return NULL;
}

/* @inner: what stands between the braces */
static const char *
read_braces (GPtrArray *parts, char *inner)
{
  char *comma = strchr (inner, ',');
  BaristaTemplatePart *part;
  guint64 number;

  if (comma != NULL)
    *comma = '\0';
  g_strstrip (inner);
  if (comma == NULL && *inner != '\0' && inner[strspn (inner, "0123456789")] == '\0')
    {
      number = g_ascii_strtoull (inner, NULL, 10);
      if (number < 1 || number > NUMBER_MAX)
        return _ ("the number of files must be between 1 and 10000");
      add_part (parts, BARISTA_TEMPLATE_NUMBER, NULL)->number = (guint) number;
      return NULL;
    }

  if (!is_column (inner))
    return _ ("between braces stands the name of a column, or a number of files");
  part = add_part (parts, BARISTA_TEMPLATE_COLUMN, g_strdup (inner));
  return comma != NULL ? read_format (part, comma + 1) : NULL;
}

/**
 * barista_file_template_parse:
 * @text: a file template, or a bucket's address with columns in it
 * @fault: (out) (optional): translated: what is wrong with it, half a sentence
 *
 * Returns: (transfer full) (element-type BaristaTemplatePart) (nullable): its parts
 */
GPtrArray *
barista_file_template_parse (const char *text, char **fault)
{
  g_autoptr (GPtrArray) parts = g_ptr_array_new_with_free_func (free_part);
  const char *found = *text == '\0' ? _ ("it is empty") : NULL;

  while (found == NULL && *text != '\0')
    {
      gsize length = strcspn (text, "{}");
      const char *close;

      if (length > 0)
        add_part (parts, BARISTA_TEMPLATE_TEXT, g_strndup (text, length));
      text += length;
      if (*text == '\0')
        break;

      close = strpbrk (text + 1, "{}");
      if (*text == '}' || close == NULL || *close == '{')
        found = _ ("a brace has no partner");
      else
        {
          g_autofree char *inner = g_strndup (text + 1, (gsize) (close - text) - 1);

          found = read_braces (parts, inner);
          text = close + 1;
        }
    }

  if (fault != NULL)
    *fault = g_strdup (found);
  return found == NULL ? g_steal_pointer (&parts) : NULL;
}

/**
 * barista_file_template_write:
 * @parts: (element-type BaristaTemplatePart): parts of a template
 *
 * Returns: (transfer full): the template
 */
char *
barista_file_template_write (GPtrArray *parts)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < parts->len; i++)
    {
      const BaristaTemplatePart *part = parts->pdata[i];

      if (part->kind == BARISTA_TEMPLATE_TEXT)
        g_string_append (text, part->text);
      else if (part->kind == BARISTA_TEMPLATE_NUMBER)
        g_string_append_printf (text, "{%u}", part->number);
      else if (part->format != NULL)
        g_string_append_printf (text, "{%s, '%s'}", part->text, part->format);
      else
        g_string_append_printf (text, "{%s}", part->text);
    }

  return g_string_free (text, FALSE);
}
