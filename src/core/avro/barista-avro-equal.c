/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "barista-avro-parse.h"

static gboolean
same_text (const char *const *a, const char *const *b, guint n)
{
  for (guint i = 0; i < n; i++)
    if (strcmp (a[i], b[i]) != 0)
      return FALSE;

  return TRUE;
}

static gboolean
same_default (JsonNode *a, JsonNode *b)
{
  if (a == NULL || b == NULL)
    return a == b;

  return json_node_equal (a, b);
}

static gboolean
same_fields (const BaristaAvroField *a, const BaristaAvroField *b, guint n)
{
  for (guint i = 0; i < n; i++)
    if (strcmp (a[i].name, b[i].name) != 0 || !barista_avro_node_equal (a[i].node, b[i].node)
        || !same_default (a[i].default_value, b[i].default_value))
      return FALSE;

  return TRUE;
}

static gboolean
same_branches (const BaristaAvroNode *const *a, const BaristaAvroNode *const *b, guint n)
{
  for (guint i = 0; i < n; i++)
    if (!barista_avro_node_equal (a[i], b[i]))
      return FALSE;

  return TRUE;
}

static gboolean
same_shape (const BaristaAvroNode *a, const BaristaAvroNode *b)
{
  return a->type == b->type && a->logical == b->logical && a->precision == b->precision
         && a->scale == b->scale && a->size == b->size && a->n_children == b->n_children;
}

gboolean
barista_avro_definition_equal (const BaristaAvroNode *a, const BaristaAvroNode *b)
{
  if (!same_shape (a, b))
    return FALSE;
  if (a->type == BARISTA_AVRO_RECORD)
    return same_fields (a->fields, b->fields, a->n_children);
  if (a->type == BARISTA_AVRO_ENUM)
    return same_text (a->symbols, b->symbols, a->n_children);
  if (a->branches != NULL)
    return same_branches (a->branches, b->branches, a->n_children);

  return TRUE;
}

/* A name has one definition per schema, so that for named types the name settles it. That also
 * ends the way around a loop. */
gboolean
barista_avro_node_equal (const BaristaAvroNode *a, const BaristaAvroNode *b)
{
  if (a == b)
    return TRUE;
  if (a->full_name == NULL || b->full_name == NULL)
    return a->full_name == b->full_name && barista_avro_definition_equal (a, b);

  return strcmp (a->full_name, b->full_name) == 0 && a->logical == b->logical
         && a->precision == b->precision && a->scale == b->scale;
}
