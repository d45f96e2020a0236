/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "barista-sql-private.h"

/* What ClickHouse doesn't take for an alias without AS. */
static const char *const no_aliases[] = {
  "all",     "and",    "anti",   "any",    "array",     "as",          "asc",     "asof",
  "between", "by",     "cross",  "date",   "desc",      "div",         "else",    "end",
  "except",  "exists", "final",  "format", "from",      "full",        "global",  "group",
  "having",  "ilike",  "in",     "inner",  "intersect", "interpolate", "into",    "is",
  "join",    "left",   "like",   "limit",  "mod",       "not",         "null",    "offset",
  "on",      "only",   "or",     "order",  "paste",     "prewhere",    "qualify", "regexp",
  "right",   "sample", "select", "semi",   "settings",  "stream",      "then",    "union",
  "using",   "when",   "where",  "window", "with",      "xor",
};

/* Words after which an expression goes on, so that no alias can follow. */
static const char *const operators[] = {
  "and", "between", "case", "distinct", "div", "else",   "exists", "global", "ilike", "in",
  "is",  "like",    "mod",  "not",      "or",  "regexp", "then",   "when",   "xor",   "interval",
};

static const char *const list_ends[] = {
  "except", "format",   "group",   "having",   "intersect", "into",  "limit",  "offset",
  "order",  "prewhere", "qualify", "settings", "union",     "where", "window",
};

/* Table functions that read no table. */
static const char *const pure_functions[] = {
  "numbers",        "numbers_mt",      "zeros",          "zeros_mt", "one",    "values",
  "generateSeries", "generate_series", "generateRandom", "null",     "format",
};

/* Functions that look into a table by its name. */
static const char *const lookup_functions[] = {
  "joinGet", "joinGetOrNull", "dictGet", "dictGetOrDefault", "dictGetOrNull", "dictHas",
};

static gboolean
is_one_of (const BaristaSql *self, guint i, const char *const *words, guint n)
{
  for (guint j = 0; j < n; j++)
    if (barista_sql_token_is_keyword (self, i, words[j]))
      return TRUE;

  return FALSE;
}

/* A name that may stand as an alias without AS. */
gboolean
barista_sql_is_alias (const BaristaSql *self, guint i)
{
  return barista_sql_token_is_identifier (self, i)
         && !is_one_of (self, i, no_aliases, G_N_ELEMENTS (no_aliases));
}

/* The last token of something that an alias may follow. */
gboolean
barista_sql_is_operand_end (const BaristaSql *self, guint i)
{
  const BaristaSqlToken *token = barista_sql_token (self, i);

  if (token->kind == BARISTA_SQL_TOKEN_PUNCT)
    return token->punct == ')' || token->punct == ']' || token->punct == '}';

  return !is_one_of (self, i, operators, G_N_ELEMENTS (operators));
}

/* A word that ends a select list without FROM. */
gboolean
barista_sql_ends_list (const BaristaSql *self, guint i)
{
  return is_one_of (self, i, list_ends, G_N_ELEMENTS (list_ends));
}

gboolean
barista_sql_is_pure_function (const BaristaSql *self, guint i)
{
  return is_one_of (self, i, pure_functions, G_N_ELEMENTS (pure_functions));
}

gboolean
barista_sql_is_lookup_function (const BaristaSql *self, guint i)
{
  return barista_sql_token_is_punct (self, i + 1, '(')
         && is_one_of (self, i, lookup_functions, G_N_ELEMENTS (lookup_functions));
}
