/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "barista-avro-schema.h"

int LLVMFuzzerTestOneInput (const guint8 *data, gsize size);

/* As BaristaAvroNode asks for: at most one recursive record is entered per path. */
static gsize
count_nodes (const BaristaAvroNode *node, gboolean in_recursive, guint depth)
{
  gsize n = 1;

  g_assert_cmpuint (depth, <=, BARISTA_AVRO_DEPTH_MAX);
  if (node->recursive && in_recursive)
    return n;

  for (guint i = 0; node->fields != NULL && i < node->n_children; i++)
    n += count_nodes (node->fields[i].node, in_recursive || node->recursive, depth + 1);
  for (guint i = 0; node->branches != NULL && i < node->n_children; i++)
    n += count_nodes (node->branches[i], in_recursive || node->recursive, depth + 1);

  return n;
}

int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (BaristaAvroSchema) schema = barista_avro_schema_new ((const char *) data,
                                                                  (gssize) size, &error);
  const BaristaAvroNode *root;
  gsize n;

  g_assert_true ((schema == NULL) == (error != NULL));
  if (schema == NULL)
    return 0;

  root = barista_avro_schema_get_root (schema);
  n = count_nodes (root, FALSE, 1);
  g_assert_cmpuint (n, <=, root->n_nodes);
  g_assert_true (barista_avro_schema_is_recursive (schema) || n == root->n_nodes);
  g_assert_cmpuint (root->n_nodes, <=, BARISTA_AVRO_NODES_MAX);
  return 0;
}
