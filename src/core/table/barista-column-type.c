/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "barista-column-type.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* Types in types: Array(Map(String, Nullable(Int64))) is 4. */
#define MAX_DEPTH 16

typedef enum
{
  FAMILY_PLAIN = 0,
  FAMILY_VERSION = 1 << 0,  /* ENGINE_VER may be of this type */
  FAMILY_WRAPPER = 1 << 1,  /* its arguments are types */
  FAMILY_NOT_NULL = 1 << 2, /* can't stand inside Nullable() */
  FAMILY_NOT_KEY = 1 << 3,  /* a poor or refused sorting key */
  FAMILY_UNLISTED = 1 << 4, /* the parser takes it, the list of types for ingestion lacks it */
} FamilyFlags;

typedef struct
{
  const char *name;
  guint least;
  guint most;
  FamilyFlags flags;
} Family;

static const Family families[] = {
  { "String", 0, 0, FAMILY_PLAIN },
  { "UUID", 0, 0, FAMILY_PLAIN },
  { "Bool", 0, 0, FAMILY_VERSION },
  { "Int8", 0, 0, FAMILY_VERSION },
  { "Int16", 0, 0, FAMILY_VERSION },
  { "Int32", 0, 0, FAMILY_VERSION },
  { "Int64", 0, 0, FAMILY_VERSION },
  { "Int128", 0, 0, FAMILY_VERSION },
  { "Int256", 0, 0, FAMILY_VERSION },
  { "UInt8", 0, 0, FAMILY_VERSION },
  { "UInt16", 0, 0, FAMILY_VERSION },
  { "UInt32", 0, 0, FAMILY_VERSION },
  { "UInt64", 0, 0, FAMILY_VERSION },
  { "UInt128", 0, 0, FAMILY_VERSION },
  { "UInt256", 0, 0, FAMILY_VERSION },
  { "Float32", 0, 0, FAMILY_NOT_KEY },
  { "Float64", 0, 0, FAMILY_VERSION | FAMILY_NOT_KEY },
  { "Date", 0, 0, FAMILY_VERSION },
  { "Date32", 0, 0, FAMILY_VERSION },
  { "DateTime", 0, 1, FAMILY_VERSION },
  { "DateTime64", 1, 2, FAMILY_VERSION },
  { "Decimal", 1, 2, FAMILY_PLAIN },
  { "Decimal32", 1, 1, FAMILY_PLAIN },
  { "Decimal64", 1, 1, FAMILY_PLAIN },
  { "Decimal128", 1, 1, FAMILY_PLAIN },
  { "Decimal256", 1, 1, FAMILY_PLAIN },
  { "FixedString", 1, 1, FAMILY_PLAIN },
  { "Array", 1, 1, FAMILY_WRAPPER | FAMILY_NOT_NULL | FAMILY_NOT_KEY },
  { "Map", 2, 2, FAMILY_WRAPPER | FAMILY_NOT_NULL | FAMILY_NOT_KEY },
  { "Nullable", 1, 1, FAMILY_WRAPPER | FAMILY_NOT_NULL | FAMILY_NOT_KEY },
  { "LowCardinality", 1, 1, FAMILY_WRAPPER | FAMILY_NOT_NULL },
  { "JSON", 0, 16, FAMILY_NOT_NULL | FAMILY_NOT_KEY | FAMILY_UNLISTED },
  { "IPv4", 0, 0, FAMILY_UNLISTED },
  { "IPv6", 0, 0, FAMILY_UNLISTED },
};

typedef struct
{
  const char *cursor;
  guint depth;
  char *problem;
} Parser;

static const Family *
find_family (const char *name, gsize length)
{
  for (guint i = 0; i < G_N_ELEMENTS (families); i++)
    if (strlen (families[i].name) == length && memcmp (families[i].name, name, length) == 0)
      return &families[i];

  return NULL;
}

static void
skip_blanks (Parser *parser)
{
  while (*parser->cursor == ' ')
    parser->cursor++;
}

static gsize
word_length (const char *text)
{
  gsize length = 0;

  while (g_ascii_isalnum (text[length]) || text[length] == '_')
    length++;
  return length;
}

/* A number or 'text': precision, length, time zone. */
static gboolean
parse_literal (Parser *parser)
{
  const char *start = parser->cursor;
  const char *end;

  if (*start != '\'')
    {
      while (g_ascii_isdigit (*parser->cursor))
        parser->cursor++;
      return parser->cursor > start;
    }

  end = strchr (start + 1, '\'');
  if (end == NULL || memchr (start + 1, '\\', end - start - 1) != NULL)
    return FALSE;
  parser->cursor = end + 1;
  return TRUE;
}

static const Family *parse_type (Parser *parser);

/* Nullable() takes plain types, LowCardinality() those and Nullable(). */
static gboolean
fits_inside (const Family *outer, const Family *inner)
{
  if (g_str_equal (outer->name, "Nullable"))
    return !(inner->flags & FAMILY_NOT_NULL);
  if (g_str_equal (outer->name, "LowCardinality"))
    return !(inner->flags & FAMILY_NOT_NULL) || g_str_equal (inner->name, "Nullable");
  return TRUE;
}

static gboolean
parse_argument (Parser *parser, const Family *family)
{
  const Family *inner;

  skip_blanks (parser);
  if (!(family->flags & FAMILY_WRAPPER))
    return parse_literal (parser);

  inner = parse_type (parser);
  if (inner == NULL)
    return FALSE;
  if (fits_inside (family, inner))
    return TRUE;

  parser->problem = g_strdup_printf (_ ("%s can't stand inside %s"), inner->name, family->name);
  return FALSE;
}

/* FALSE: not a list of arguments; *count: how many there were. */
static gboolean
parse_arguments (Parser *parser, const Family *family, guint *count)
{
  *count = 0;
  skip_blanks (parser);
  if (*parser->cursor != '(')
    return TRUE;

  do
    {
      parser->cursor++;
      if (!parse_argument (parser, family))
        return FALSE;
      (*count)++;
      skip_blanks (parser);
    }
  while (*parser->cursor == ',');

  return *parser->cursor++ == ')';
}

static const Family *
parse_type (Parser *parser)
{
  const char *name = parser->cursor;
  gsize length = word_length (name);
  const Family *family = find_family (name, length);
  guint count;

  if (family == NULL || ++parser->depth > MAX_DEPTH)
    {
      parser->problem = g_strdup_printf (_ ("“%.*s” is not a type that Tinybird reads"),
                                         (int) MIN (length, 64), name);
      return NULL;
    }

  parser->cursor += length;
  if (!parse_arguments (parser, family, &count))
    return NULL;
  parser->depth--;

  if (count >= family->least && count <= family->most)
    return family;

  parser->problem = g_strdup_printf (_ ("%s has a wrong number of arguments"), family->name);
  return NULL;
}

static const Family *
parse_whole (Parser *parser, const char *type)
{
  const Family *family;

  *parser = (Parser) { .cursor = type };
  family = parse_type (parser);
  return family != NULL && *parser->cursor == '\0' ? family : NULL;
}

/**
 * barista_column_type_problem:
 * @type: a type as a person wrote it
 *
 * Checks families, their nesting and the number of their arguments, the way ClickHouse's parser in
 * the vendor's package does (tinybird.md 0.1, 4).
 *
 * Returns: (transfer full) (nullable): what is wrong, a translated half sentence; %NULL if nothing
 */
char *
barista_column_type_problem (const char *type)
{
  Parser parser;

  if (parse_whole (&parser, type) != NULL)
    return NULL;
  return parser.problem != NULL ? parser.problem : g_strdup (_ ("the type can't be read"));
}

/* The family under LowCardinality() and Nullable(); NULL for what can't be read. */
static const Family *
base_family (const char *type, gboolean *nullable)
{
  g_autofree char *base = barista_column_type_dup_base (type);
  Parser parser;
  const Family *family = parse_whole (&parser, base);

  g_free (parser.problem);
  if (nullable != NULL)
    *nullable = barista_column_type_is_nullable (type);
  return family;
}

/**
 * barista_column_type_is_nullable:
 * @type: a type
 *
 * Returns: whether a row may hold NULL there: Nullable(T) or LowCardinality(Nullable(T))
 */
gboolean
barista_column_type_is_nullable (const char *type)
{
  return g_str_has_prefix (type, "Nullable(")
         || g_str_has_prefix (type, "LowCardinality(Nullable(");
}

/**
 * barista_column_type_can_be_null:
 * @type: a type
 *
 * Returns: whether Nullable() may be put around it: not for Array, Map, JSON
 */
gboolean
barista_column_type_can_be_null (const char *type)
{
  const Family *family = base_family (type, NULL);

  return family != NULL && !(family->flags & FAMILY_NOT_NULL);
}

/**
 * barista_column_type_make_nullable:
 * @type: a type that can be null
 *
 * Returns: (transfer full): Nullable(T), or LowCardinality(Nullable(T)), never the reverse
 */
char *
barista_column_type_make_nullable (const char *type)
{
  if (barista_column_type_is_nullable (type))
    return g_strdup (type);
  if (!g_str_has_prefix (type, "LowCardinality("))
    return g_strdup_printf ("Nullable(%s)", type);

  return g_strdup_printf ("LowCardinality(Nullable(%s)", type + strlen ("LowCardinality("));
}

/**
 * barista_column_type_dup_base:
 * @type: a type
 *
 * Returns: (transfer full): the type without LowCardinality() and Nullable() around it
 */
char *
barista_column_type_dup_base (const char *type)
{
  static const char *const wrappers[] = { "LowCardinality(", "Nullable(" };
  g_autofree char *base = g_strdup (type);

  for (guint i = 0; i < G_N_ELEMENTS (wrappers); i++)
    {
      gsize length = strlen (base);
      gsize skip = strlen (wrappers[i]);

      if (g_str_has_prefix (base, wrappers[i]) && g_str_has_suffix (base, ")"))
        {
          char *inner = g_strndup (base + skip, length - skip - 1);

          g_free (base);
          base = inner;
        }
    }

  return g_steal_pointer (&base);
}

/**
 * barista_column_type_fits_version:
 * @type: a type
 *
 * Returns: whether ENGINE_VER may name a column of it: integers, dates and times, never Nullable
 *   (tinybird.md 0.1, 6)
 */
gboolean
barista_column_type_fits_version (const char *type)
{
  gboolean nullable;
  const Family *family = base_family (type, &nullable);

  return family != NULL && !nullable && (family->flags & FAMILY_VERSION);
}

/**
 * barista_column_type_fits_marker:
 * @type: a type
 *
 * Returns: whether ENGINE_IS_DELETED may name a column of it: UInt8 or Bool
 */
gboolean
barista_column_type_fits_marker (const char *type)
{
  return g_str_equal (type, "UInt8") || g_str_equal (type, "Bool");
}

/**
 * barista_column_type_fits_key:
 * @type: a type
 *
 * Returns: whether a sorting key of this one column is sound: never null, and equal values are equal
 */
gboolean
barista_column_type_fits_key (const char *type)
{
  gboolean nullable;
  const Family *family = base_family (type, &nullable);

  return family != NULL && !nullable && !(family->flags & FAMILY_NOT_KEY);
}
