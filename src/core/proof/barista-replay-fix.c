/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "barista-replay-private.h"

#include "barista-column-type.h"

#include <string.h>

/* Wider types for one that rejects, the nearest first; text holds everything. */
static const struct
{
  BaristaCellKind kind;
  const char *types[6];
} wider[] = {
  { BARISTA_CELL_INTEGER, { "Int64", "UInt64", "Int256", "Float64", "String" } },
  { BARISTA_CELL_FLOAT, { "Float64", "String" } },
  { BARISTA_CELL_DECIMAL, { "Decimal(38, 9)", "Decimal(76, 18)", "String" } },
  { BARISTA_CELL_BOOL, { "Int64", "String" } },
  { BARISTA_CELL_DATE, { "Date32", "DateTime64(3)", "DateTime64(6)", "String" } },
  { BARISTA_CELL_DATETIME, { "DateTime64(3)", "DateTime64(6)", "DateTime64(9)", "String" } },
  { BARISTA_CELL_FIXED_STRING, { "String" } },
  { BARISTA_CELL_UUID, { "String" } },
  { BARISTA_CELL_ADDRESS, { "String" } },
  { BARISTA_CELL_MAP, { "String" } },
  { BARISTA_CELL_JSON, { "String" } },
};

/* Up to @most: who only wants to know whether there is one stops there. */
static guint
count_rejected (BaristaReplay *self, guint slot, const char *type, guint most)
{
  g_autoptr (BaristaCellType) cell_type = barista_cell_type_new (type);
  guint n = 0;

  for (guint i = 0; i < self->records->len && n < most; i++)
    {
      const BaristaReplayRecord *record = self->records->pdata[i];

      if (record->value.kind != BARISTA_PART_UNREADABLE
          && barista_cell_judge (cell_type, barista_replay_peek (self, i, slot))
                 != BARISTA_REJECTION_NONE)
        n++;
    }

  return n;
}

static gboolean
takes_all (BaristaReplay *self, guint slot, const char *type)
{
  return count_rejected (self, slot, type, 1) == 0;
}

/**
 * barista_replay_try_type:
 * @self: the replay
 * @column: index of a column
 * @type: a type that it might have instead, without a default
 *
 * Returns: how many records would be rejected by it
 */
guint
barista_replay_try_type (BaristaReplay *self, guint column, const char *type)
{
  g_return_val_if_fail (column < self->n_slots, 0);

  if (self->slots[column].source != SOURCE_DOCUMENT)
    return 0;
  return count_rejected (self, column, type, G_MAXUINT);
}

/* @type, or what of it may be empty. */
static char *
try_type (BaristaReplay *self, guint slot, const char *type, gboolean keep_nullable)
{
  g_autofree char *nullable = NULL;

  if (!keep_nullable && takes_all (self, slot, type))
    return g_strdup (type);
  if (!barista_column_type_can_be_null (type))
    return NULL;

  nullable = barista_column_type_make_nullable (type);
  return takes_all (self, slot, nullable) ? g_steal_pointer (&nullable) : NULL;
}

/* The engine takes a marker as UInt8 only; the type of an array's column goes with its path. */
char *
barista_replay_find_type (BaristaReplay *self, guint slot)
{
  const BaristaColumn *column = self->slots[slot].column;
  const BaristaCellType *type = self->slots[slot].type;
  char *found;

  if (column->role == BARISTA_COLUMN_MARKER)
    return NULL;
  if (type->kind == BARISTA_CELL_ARRAY)
    {
      g_autofree char *element = NULL;
      g_autofree char *nullable = NULL;
      g_autofree char *array = NULL;

      if (!g_str_has_prefix (column->type, "Array("))
        return NULL;
      element = g_strndup (column->type + strlen ("Array("),
                           strlen (column->type) - strlen ("Array()"));
      if (!barista_column_type_can_be_null (element))
        return NULL;
      nullable = barista_column_type_make_nullable (element);
      array = g_strdup_printf ("Array(%s)", nullable);
      return takes_all (self, slot, array) ? g_steal_pointer (&array) : NULL;
    }

  found = try_type (self, slot, column->type, column->nullable);
  for (guint i = 0; i < G_N_ELEMENTS (wider) && found == NULL; i++)
    for (guint j = 0; wider[i].kind == type->kind && wider[i].types[j] != NULL && found == NULL;
         j++)
      found = try_type (self, slot, wider[i].types[j], column->nullable);

  return found;
}
