/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "barista-expression.h"

#include <string.h>

/* Words of sorting keys, partitions and TTLs that name no column. */
static const char *const keywords[] = {
  "and",        "as",   "asc",         "between",     "cast",    "day",    "delete",
  "desc",       "disk", "div",         "false",       "hour",    "in",     "interval",
  "is",         "like", "microsecond", "millisecond", "minute",  "mod",    "month",
  "nanosecond", "not",  "null",        "or",          "quarter", "second", "set",
  "to",         "true", "volume",      "week",        "where",   "year",
};

static gboolean
is_word (char c)
{
  return g_ascii_isalnum (c) || c == '_' || (guchar) c >= 0x80;
}

/* One past the closing quote; the end of the text where there is none. */
static const char *
skip_quoted (const char *text)
{
  char quote = *text++;

  while (*text != '\0' && *text != quote)
    text += *text == '\\' && text[1] != '\0' ? 2 : 1;
  return *text == quote ? text + 1 : text;
}

static void
add_identifier (GPtrArray *identifiers, const char *start, const char *end)
{
  if (end > start)
    g_ptr_array_add (identifiers, g_strndup (start, end - start));
}

static const char *
read_word (const char *text, GPtrArray *identifiers)
{
  const char *start = text;
  const char *after;

  while (is_word (*text))
    text++;
  for (after = text; g_ascii_isspace (*after);)
    after++;
  if (*after != '(' && !g_ascii_isdigit (*start))
    add_identifier (identifiers, start, text);
  return text;
}

/**
 * barista_expression_identifiers:
 * @expression: a sorting key, partition key or TTL
 *
 * Reads an expression token by token: strings, numbers, operators and functions are passed over.
 *
 * Returns: (transfer full) (element-type utf8): what may name a column, in order, with repetitions
 */
GPtrArray *
barista_expression_identifiers (const char *expression)
{
  GPtrArray *identifiers = g_ptr_array_new_with_free_func (g_free);
  const char *text = expression;

  while (*text != '\0')
    {
      const char *start = text;

      if (is_word (*text))
        text = read_word (text, identifiers);
      else if (*text == '\'')
        text = skip_quoted (text);
      else if (*text == '`' || *text == '"')
        {
          text = skip_quoted (text);
          add_identifier (identifiers, start + 1, text > start + 1 ? text - 1 : text);
        }
      else
        text++;
    }

  return identifiers;
}

/**
 * barista_expression_is_keyword:
 * @identifier: what barista_expression_identifiers() gave
 *
 * Returns: whether it is also a word of the language, so that no such column need exist
 */
gboolean
barista_expression_is_keyword (const char *identifier)
{
  for (guint i = 0; i < G_N_ELEMENTS (keywords); i++)
    if (g_ascii_strcasecmp (keywords[i], identifier) == 0)
      return TRUE;

  return FALSE;
}

/**
 * barista_expression_quote:
 * @column: a column name
 *
 * Returns: (transfer full): the name as it stands in an expression: bare where that is enough
 */
char *
barista_expression_quote (const char *column)
{
  const char *end = column;

  if (g_ascii_isalpha (*end) || *end == '_')
    while (g_ascii_isalnum (*end) || *end == '_')
      end++;

  return *end == '\0' && end > column ? g_strdup (column) : g_strdup_printf ("`%s`", column);
}

/* @part without blanks around it. */
static void
add_part (GPtrArray *parts, const char *start, const char *end)
{
  char *part = g_strndup (start, end - start);

  g_ptr_array_add (parts, g_strstrip (part));
}

/**
 * barista_expression_split:
 * @expression: a sorting key
 *
 * Returns: (transfer full) (element-type utf8): its parts, cut at commas outside of brackets
 */
GPtrArray *
barista_expression_split (const char *expression)
{
  GPtrArray *parts = g_ptr_array_new_with_free_func (g_free);
  const char *start = expression;
  const char *text = expression;
  int depth = 0;

  while (*text != '\0')
    {
      if (strchr ("'`\"", *text) != NULL)
        {
          text = skip_quoted (text);
          continue;
        }

      depth += (strchr ("([{", *text) != NULL) - (strchr (")]}", *text) != NULL);
      if (*text == ',' && depth <= 0)
        {
          add_part (parts, start, text);
          start = text + 1;
        }
      text++;
    }

  add_part (parts, start, text);
  return parts;
}
