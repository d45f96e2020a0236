/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "barista-type-map.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* The most digits that ClickHouse's Decimal has. */
#define MAX_PRECISION 76

typedef struct
{
  BaristaAvroType type;
  BaristaAvroLogical logical;
  const char *column; /* NULL: made from the node */
  const char *reason;
} Row;

/* tinybird.md 7. A logical type that isn't listed with its type falls back to the plain type. */
static const Row rows[] = {
  { BARISTA_AVRO_BOOLEAN, BARISTA_AVRO_LOGICAL_NONE, "Bool", N_ ("A boolean is a Bool.") },
  { BARISTA_AVRO_INT, BARISTA_AVRO_LOGICAL_NONE, "Int32", N_ ("An int has 32 bits.") },
  { BARISTA_AVRO_INT, BARISTA_AVRO_DATE, "Date32",
    N_ ("A date; Date32 also holds days before 1970, such as birthdays.") },
  { BARISTA_AVRO_INT, BARISTA_AVRO_TIME_MILLIS, "Int32",
    N_ ("A time of day arrives as milliseconds since midnight.") },
  { BARISTA_AVRO_LONG, BARISTA_AVRO_LOGICAL_NONE, "Int64", N_ ("A long has 64 bits.") },
  { BARISTA_AVRO_LONG, BARISTA_AVRO_TIME_MICROS, "Int64",
    N_ ("A time of day arrives as microseconds since midnight.") },
  { BARISTA_AVRO_LONG, BARISTA_AVRO_TIMESTAMP_MILLIS, "DateTime64(3)",
    N_ ("A timestamp in milliseconds needs three digits.") },
  { BARISTA_AVRO_LONG, BARISTA_AVRO_TIMESTAMP_MICROS, "DateTime64(6)",
    N_ ("A timestamp in microseconds needs six digits; with three it would end in the year 9999.") },
  { BARISTA_AVRO_LONG, BARISTA_AVRO_TIMESTAMP_NANOS, "DateTime64(9)",
    N_ ("A timestamp in nanoseconds needs nine digits.") },
  { BARISTA_AVRO_LONG, BARISTA_AVRO_LOCAL_TIMESTAMP_MILLIS, "DateTime64(3)",
    N_ ("A local timestamp in milliseconds; it is kept as if it were UTC.") },
  { BARISTA_AVRO_LONG, BARISTA_AVRO_LOCAL_TIMESTAMP_MICROS, "DateTime64(6)",
    N_ ("A local timestamp in microseconds; it is kept as if it were UTC.") },
  { BARISTA_AVRO_LONG, BARISTA_AVRO_LOCAL_TIMESTAMP_NANOS, "DateTime64(9)",
    N_ ("A local timestamp in nanoseconds; it is kept as if it were UTC.") },
  { BARISTA_AVRO_FLOAT, BARISTA_AVRO_LOGICAL_NONE, "Float32", N_ ("A float has 32 bits.") },
  { BARISTA_AVRO_DOUBLE, BARISTA_AVRO_LOGICAL_NONE, "Float64", N_ ("A double has 64 bits.") },
  { BARISTA_AVRO_BYTES, BARISTA_AVRO_LOGICAL_NONE, "String",
    N_ ("Bytes are kept as text; how Tinybird spells them is not documented.") },
  { BARISTA_AVRO_BYTES, BARISTA_AVRO_DECIMAL, NULL, N_ ("A decimal keeps its digits.") },
  { BARISTA_AVRO_FIXED, BARISTA_AVRO_LOGICAL_NONE, "String",
    N_ ("Bytes of a fixed length are kept as text; how Tinybird spells them is not documented.") },
  { BARISTA_AVRO_FIXED, BARISTA_AVRO_DECIMAL, NULL, N_ ("A decimal keeps its digits.") },
  { BARISTA_AVRO_FIXED, BARISTA_AVRO_DURATION, "String",
    N_ ("A duration has no column type of its own; its bytes are kept as text.") },
  { BARISTA_AVRO_STRING, BARISTA_AVRO_LOGICAL_NONE, "String", N_ ("Text.") },
  { BARISTA_AVRO_STRING, BARISTA_AVRO_UUID, "UUID", N_ ("Text that is always a UUID.") },
  { BARISTA_AVRO_ENUM, BARISTA_AVRO_LOGICAL_NONE, "LowCardinality(String)",
    N_ ("One of a few words; a new one later is no problem, as it would be for Enum.") },
  { BARISTA_AVRO_MAP, BARISTA_AVRO_LOGICAL_NONE, "String",
    N_ ("A map is kept as its JSON text: its keys vary, and a Map can't be Nullable.") },
  { BARISTA_AVRO_UNION, BARISTA_AVRO_LOGICAL_NONE, "String",
    N_ ("The schema allows several types here; text holds them all.") },
  { BARISTA_AVRO_RECORD, BARISTA_AVRO_LOGICAL_NONE, "String", N_ ("Kept as its JSON text.") },
};

static const Row *
find_row (const BaristaAvroNode *node)
{
  const Row *plain = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      if (rows[i].type != node->type)
        continue;
      if (rows[i].logical == node->logical)
        return &rows[i];
      if (rows[i].logical == BARISTA_AVRO_LOGICAL_NONE)
        plain = &rows[i];
    }

  return plain;
}

void
barista_mapping_clear (BaristaMapping *self)
{
  g_clear_pointer (&self->type, g_free);
  g_clear_pointer (&self->reason, g_free);
}

static void
set_text (BaristaMapping *self, const char *rule, const char *reason)
{
  *self = (BaristaMapping) {
    .type = g_strdup ("String"),
    .tail = "",
    .rule = rule,
    .reason = g_strdup (reason),
  };
}

static void
map_decimal (BaristaMapping *self, const BaristaAvroNode *node, const Row *row)
{
  if (node->precision == 0 || node->precision > MAX_PRECISION || node->scale > node->precision)
    {
      set_text (self, NULL, _ ("A decimal of more digits than a Decimal has is kept as text."));
      return;
    }

  *self = (BaristaMapping) {
    .type = g_strdup_printf ("Decimal(%u, %u)", node->precision, node->scale),
    .tail = "",
    .reason = g_strdup (_ (row->reason)),
  };
}

static void
map_scalar (BaristaMapping *self, const BaristaAvroNode *node)
{
  const Row *row = find_row (node);

  if (row == NULL) /* null: nothing else has no row */
    {
      *self = (BaristaMapping) {
        .type = g_strdup ("String"),
        .tail = "",
        .left_out = TRUE,
        .reason = g_strdup (_ ("The schema allows nothing but null here.")),
      };
      return;
    }

  if (row->column == NULL)
    {
      map_decimal (self, node, row);
      return;
    }

  *self = (BaristaMapping) {
    .type = g_strdup (row->column),
    .tail = "",
    .reason = g_strdup (_ (row->reason)),
  };
}

static gboolean
is_scalar (const BaristaAvroNode *node)
{
  switch (node->type)
    {
    case BARISTA_AVRO_NULL:
    case BARISTA_AVRO_RECORD:
    case BARISTA_AVRO_ARRAY:
    case BARISTA_AVRO_MAP:
    case BARISTA_AVRO_UNION:
      return FALSE;
    default:
      return TRUE;
    }
}

/* Arrays of scalars are arrays; of anything else the JSON text of the whole list. Parallel arrays
 * ($.items[:].sku) would tear elements apart, can't be Nullable, and fall out of step as soon as
 * one element lacks a field. */
static void
map_array (BaristaMapping *self, const BaristaAvroNode *node)
{
  gboolean nullable;
  const BaristaAvroNode *element = barista_avro_node_settle (node->branches[0], &nullable);
  g_auto (BaristaMapping) inner = { NULL };

  if (!is_scalar (element))
    {
      set_text (self, NULL,
                _ ("A list of lists, objects or mixed types is kept as its JSON text, so that each "
                   "element stays whole."));
      return;
    }

  map_scalar (&inner, element);
  *self = (BaristaMapping) {
    .type = g_strdup_printf (nullable ? "Array(Nullable(%s))" : "Array(%s)", inner.type),
    .tail = "[:]",
    .reason = g_strdup (_ ("A list.")),
  };
  if (nullable && g_str_has_prefix (inner.type, "LowCardinality("))
    {
      g_free (self->type);
      self->type = g_strdup ("Array(LowCardinality(Nullable(String)))");
    }
}

static void
map_record (BaristaMapping *self, const BaristaAvroNode *node)
{
  if (barista_avro_node_is_raw_json (node))
    {
      set_text (self, NULL,
                _ ("Several types or none are declared here; it arrives as JSON text."));
      self->tail = ".json";
      return;
    }

  set_text (self, NULL, _ ("An object without fields has nothing to store."));
  self->left_out = node->n_children == 0;
}

/**
 * barista_mapping_init:
 * @self: (out caller-allocates): the mapping; clear it after use
 * @node: a settled schema, see barista_avro_node_settle(); a record only if it isn't flattened
 *
 * Says what column a schema becomes.
 */
void
barista_mapping_init (BaristaMapping *self, const BaristaAvroNode *node)
{
  switch (node->type)
    {
    case BARISTA_AVRO_ARRAY:
      map_array (self, node);
      break;
    case BARISTA_AVRO_RECORD:
      map_record (self, node);
      break;
    default:
      map_scalar (self, node);
      break;
    }
}

/**
 * barista_mapping_init_recursive:
 * @self: (out caller-allocates): the mapping; clear it after use
 * @node: a record that holds itself, or stands too deep
 *
 * A column for what can't be flattened to its end.
 */
void
barista_mapping_init_recursive (BaristaMapping *self, const BaristaAvroNode *node)
{
  set_text (self, "schema-unsupported",
            _ ("It holds itself, or is nested too deep; it is kept as its JSON text."));
}

/**
 * barista_avro_node_settle:
 * @node: a schema
 * @nullable: (out): whether null is allowed beside it
 *
 * Takes null out of a union, whatever its place. Where one branch is left, that is the answer, else
 * the union itself.
 *
 * Returns: (transfer none): the schema that decides the column's type
 */
const BaristaAvroNode *
barista_avro_node_settle (const BaristaAvroNode *node, gboolean *nullable)
{
  const BaristaAvroNode *only = node;
  guint others = 0;

  *nullable = node->type == BARISTA_AVRO_NULL;
  if (node->type != BARISTA_AVRO_UNION)
    return node;

  for (guint i = 0; i < node->n_children; i++)
    {
      if (node->branches[i]->type == BARISTA_AVRO_NULL)
        *nullable = TRUE;
      else if (others++ == 0)
        only = node->branches[i];
    }

  if (others == 0 && node->n_children > 0)
    return node->branches[0];
  return others == 1 ? only : node;
}

/**
 * barista_avro_node_is_raw_json:
 * @node: a schema
 *
 * Returns: whether it is Dekaf's record for values of no single type: RawJSON with one string field
 *   `json` (dekaf.md 3.3)
 */
gboolean
barista_avro_node_is_raw_json (const BaristaAvroNode *node)
{
  const char *dot;

  if (node->type != BARISTA_AVRO_RECORD || node->n_children != 1 || node->full_name == NULL)
    return FALSE;

  dot = strrchr (node->full_name, '.');
  return g_str_equal (dot != NULL ? dot + 1 : node->full_name, "RawJSON")
         && g_str_equal (node->fields[0].name, "json")
         && node->fields[0].node->type == BARISTA_AVRO_STRING;
}

/**
 * barista_avro_node_same_kind:
 * @a: a schema
 * @b: another
 *
 * Returns: whether both hold values of one kind, null aside
 */
gboolean
barista_avro_node_same_kind (const BaristaAvroNode *a, const BaristaAvroNode *b)
{
  gboolean ignored;

  a = barista_avro_node_settle (a, &ignored);
  b = barista_avro_node_settle (b, &ignored);
  return a->type == b->type && a->logical == b->logical && a->size == b->size
         && (a->type != BARISTA_AVRO_UNION || a->n_children == b->n_children);
}
