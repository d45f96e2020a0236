/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "barista-cell-type.h"

#include <stdlib.h>
#include <string.h>

/* Types in types; what lies deeper is taken for text. */
#define MAX_DEPTH 16

typedef struct
{
  const char *name;
  BaristaCellType type;
} Row;

/* ClickHouse's families, those of tinybird.md 1.3 and the few more that its parser takes. */
static const Row rows[] = {
  { "String", { .kind = BARISTA_CELL_STRING } },
  { "FixedString", { .kind = BARISTA_CELL_FIXED_STRING } },
  { "UUID", { .kind = BARISTA_CELL_UUID } },
  { "IPv4", { .kind = BARISTA_CELL_ADDRESS, .bits = 32 } },
  { "IPv6", { .kind = BARISTA_CELL_ADDRESS, .bits = 128 } },
  { "Bool", { .kind = BARISTA_CELL_BOOL } },
  { "Int8", { .kind = BARISTA_CELL_INTEGER, .bits = 8 } },
  { "Int16", { .kind = BARISTA_CELL_INTEGER, .bits = 16 } },
  { "Int32", { .kind = BARISTA_CELL_INTEGER, .bits = 32 } },
  { "Int64", { .kind = BARISTA_CELL_INTEGER, .bits = 64 } },
  { "Int128", { .kind = BARISTA_CELL_INTEGER, .bits = 128 } },
  { "Int256", { .kind = BARISTA_CELL_INTEGER, .bits = 256 } },
  { "UInt8", { .kind = BARISTA_CELL_INTEGER, .is_unsigned = TRUE, .bits = 8 } },
  { "UInt16", { .kind = BARISTA_CELL_INTEGER, .is_unsigned = TRUE, .bits = 16 } },
  { "UInt32", { .kind = BARISTA_CELL_INTEGER, .is_unsigned = TRUE, .bits = 32 } },
  { "UInt64", { .kind = BARISTA_CELL_INTEGER, .is_unsigned = TRUE, .bits = 64 } },
  { "UInt128", { .kind = BARISTA_CELL_INTEGER, .is_unsigned = TRUE, .bits = 128 } },
  { "UInt256", { .kind = BARISTA_CELL_INTEGER, .is_unsigned = TRUE, .bits = 256 } },
  { "Float32", { .kind = BARISTA_CELL_FLOAT, .bits = 32 } },
  { "Float64", { .kind = BARISTA_CELL_FLOAT, .bits = 64 } },
  { "Decimal", { .kind = BARISTA_CELL_DECIMAL } },
  { "Decimal32", { .kind = BARISTA_CELL_DECIMAL, .precision = 9 } },
  { "Decimal64", { .kind = BARISTA_CELL_DECIMAL, .precision = 18 } },
  { "Decimal128", { .kind = BARISTA_CELL_DECIMAL, .precision = 38 } },
  { "Decimal256", { .kind = BARISTA_CELL_DECIMAL, .precision = 76 } },
  { "Date", { .kind = BARISTA_CELL_DATE, .bits = 16 } },
  { "Date32", { .kind = BARISTA_CELL_DATE, .bits = 32 } },
  { "DateTime", { .kind = BARISTA_CELL_DATETIME, .seconds = TRUE } },
  { "DateTime64", { .kind = BARISTA_CELL_DATETIME } },
  { "Array", { .kind = BARISTA_CELL_ARRAY } },
  { "Map", { .kind = BARISTA_CELL_MAP } },
  { "JSON", { .kind = BARISTA_CELL_JSON } },
};

static gsize
word_length (const char *text)
{
  gsize length = 0;

  while (g_ascii_isalnum (text[length]) || text[length] == '_')
    length++;
  return length;
}

/* The start of argument @n of what stands in parentheses behind a name; NULL: there is none. */
static const char *
find_argument (const char *text, guint n)
{
  guint depth = 0;

  for (; *text != '\0'; text++)
    {
      if (*text == '(')
        depth++;
      else if (*text == ')')
        depth--;

      if ((*text == '(' && depth == 1 && n == 0) || (*text == ',' && depth == 1 && --n == 0))
        {
          text++;
          return text + strspn (text, " ");
        }
      if (depth == 0)
        return NULL;
    }

  return NULL;
}

static guint
number_argument (const char *text, guint n)
{
  const char *argument = find_argument (text, n);

  return argument != NULL ? (guint) MIN (strtoul (argument, NULL, 10), G_MAXINT) : 0;
}

static BaristaCellType *parse (const char *text, guint depth);

static void
read_arguments (BaristaCellType *self, const char *arguments, guint depth)
{
  const char *inner;

  switch (self->kind)
    {
    case BARISTA_CELL_FIXED_STRING:
      self->size = number_argument (arguments, 0);
      break;
    case BARISTA_CELL_DECIMAL:
      self->scale = number_argument (arguments, self->precision == 0 ? 1 : 0);
      if (self->precision == 0)
        self->precision = number_argument (arguments, 0);
      self->scale = MIN (self->scale, self->precision);
      break;
    case BARISTA_CELL_DATETIME:
      self->precision = self->seconds ? 0 : MIN (number_argument (arguments, 0), 9);
      break;
    case BARISTA_CELL_ARRAY:
    case BARISTA_CELL_MAP:
      inner = find_argument (arguments, self->kind == BARISTA_CELL_MAP ? 1 : 0);
      self->inner = parse (inner != NULL ? inner : "String", depth + 1);
      break;
    default:
      break;
    }
}

static gboolean
skip_wrapper (const char **text, const char *wrapper)
{
  gsize length = strlen (wrapper);

  if (strncmp (*text, wrapper, length) != 0)
    return FALSE;
  *text += length;
  return TRUE;
}

static BaristaCellType *
parse (const char *text, guint depth)
{
  BaristaCellType *self = g_new0 (BaristaCellType, 1);
  gboolean nullable;
  gsize length;

  skip_wrapper (&text, "LowCardinality(");
  nullable = skip_wrapper (&text, "Nullable(");
  length = word_length (text);

  for (guint i = 0; i < G_N_ELEMENTS (rows) && depth < MAX_DEPTH; i++)
    if (strlen (rows[i].name) == length && memcmp (rows[i].name, text, length) == 0)
      {
        *self = rows[i].type;
        read_arguments (self, text + length, depth);
        break;
      }

  self->nullable = nullable;
  return self;
}

/**
 * barista_cell_type_new:
 * @type: a column's type, one that barista_column_type_problem() has nothing against
 *
 * Reads a type. One that isn't known, or only half there as while somebody types, counts as text.
 *
 * Returns: (transfer full): the type
 */
BaristaCellType *
barista_cell_type_new (const char *type)
{
  return parse (type, 0);
}

void
barista_cell_type_free (BaristaCellType *self)
{
  if (self == NULL)
    return;

  barista_cell_type_free (self->inner);
  g_free (self);
}
