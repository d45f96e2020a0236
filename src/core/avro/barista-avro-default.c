/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "barista-avro-parse.h"

/*
 * Branches of a union are tried one by one, at each level of a default: a text of a few hundred
 * bytes can ask for billions of steps. So steps are counted.
 */

static gboolean
is_of (JsonNode *value, GType type)
{
  return JSON_NODE_HOLDS_VALUE (value) && json_node_get_value_type (value) == type;
}

static gboolean
is_number (JsonNode *value)
{
  return is_of (value, G_TYPE_INT64) || is_of (value, G_TYPE_DOUBLE);
}

static gboolean
is_int (JsonNode *value)
{
  gint64 number = is_of (value, G_TYPE_INT64) ? json_node_get_int (value) : G_MAXINT64;

  return number >= G_MININT32 && number <= G_MAXINT32;
}

static gboolean
is_symbol (JsonNode *value, const BaristaAvroNode *node, guint *steps_left)
{
  const char *text = is_of (value, G_TYPE_STRING) ? json_node_get_string (value) : NULL;

  for (guint i = 0; text != NULL && i < node->n_children && *steps_left > 0; i++, --*steps_left)
    if (strcmp (text, node->symbols[i]) == 0)
      return TRUE;

  return FALSE;
}

static gboolean
fits_fields (JsonNode *value, const BaristaAvroNode *node, guint *steps_left)
{
  JsonObject *object = JSON_NODE_HOLDS_OBJECT (value) ? json_node_get_object (value) : NULL;

  for (guint i = 0; object != NULL && i < node->n_children; i++)
    {
      const BaristaAvroField *field = &node->fields[i];
      JsonNode *member = json_object_get_member (object, field->name);

      if (member != NULL ? !barista_avro_default_fits (member, field->node, steps_left)
                         : field->default_value == NULL)
        return FALSE;
    }

  return object != NULL;
}

static gboolean
fits_elements (JsonNode *value, const BaristaAvroNode *node, guint *steps_left)
{
  JsonArray *array = JSON_NODE_HOLDS_ARRAY (value) ? json_node_get_array (value) : NULL;

  for (guint i = 0; array != NULL && i < json_array_get_length (array); i++)
    if (!barista_avro_default_fits (json_array_get_element (array, i), node->branches[0],
                                    steps_left))
      return FALSE;

  return array != NULL;
}

static gboolean
fits_entries (JsonNode *value, const BaristaAvroNode *node, guint *steps_left)
{
  JsonObjectIter iter;
  JsonNode *member;

  if (!JSON_NODE_HOLDS_OBJECT (value))
    return FALSE;

  json_object_iter_init (&iter, json_node_get_object (value));
  while (json_object_iter_next (&iter, NULL, &member))
    if (!barista_avro_default_fits (member, node->branches[0], steps_left))
      return FALSE;

  return TRUE;
}

/* Any branch, as the official library has it since 1.12; before, only the first. */
static gboolean
fits_branch (JsonNode *value, const BaristaAvroNode *node, guint *steps_left)
{
  for (guint i = 0; i < node->n_children; i++)
    if (barista_avro_default_fits (value, node->branches[i], steps_left))
      return TRUE;

  return FALSE;
}

/**
 * barista_avro_default_fits:
 * @value: a default
 * @node: the schema it is a default of; a record may still be without its fields
 * @steps_left: (inout): how many steps it may take; what takes more doesn't fit
 *
 * Checks the shape that the official library asks for.
 *
 * Returns: whether @value can stand for a datum of @node
 */
gboolean
barista_avro_default_fits (JsonNode *value, const BaristaAvroNode *node, guint *steps_left)
{
  if (*steps_left == 0)
    return FALSE;

  --*steps_left;
  switch (node->type)
    {
    case BARISTA_AVRO_NULL:
      return JSON_NODE_HOLDS_NULL (value);
    case BARISTA_AVRO_BOOLEAN:
      return is_of (value, G_TYPE_BOOLEAN);
    case BARISTA_AVRO_INT:
      return is_int (value);
    case BARISTA_AVRO_LONG:
      return is_of (value, G_TYPE_INT64);
    case BARISTA_AVRO_FLOAT:
    case BARISTA_AVRO_DOUBLE:
      return is_number (value);
    case BARISTA_AVRO_BYTES:
    case BARISTA_AVRO_STRING:
    case BARISTA_AVRO_FIXED:
      return is_of (value, G_TYPE_STRING);
    case BARISTA_AVRO_ENUM:
      return is_symbol (value, node, steps_left);
    case BARISTA_AVRO_RECORD:
      return fits_fields (value, node, steps_left);
    case BARISTA_AVRO_ARRAY:
      return fits_elements (value, node, steps_left);
    case BARISTA_AVRO_MAP:
      return fits_entries (value, node, steps_left);
    case BARISTA_AVRO_UNION:
      return fits_branch (value, node, steps_left);
    default:
      g_return_val_if_reached (FALSE);
    }
}
