/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "barista-avro-parser.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "barista-avro-parse.h"

static void set_error (BaristaAvroParser *self,
                       BaristaAvroError code,
                       const BaristaAvroContext *context,
                       const char *format,
                       va_list args) G_GNUC_PRINTF (4, 0);

static void
set_error (BaristaAvroParser *self,
           BaristaAvroError code,
           const BaristaAvroContext *context,
           const char *format,
           va_list args)
{
  g_autofree char *place = barista_avro_place_to_string (&context->place);
  g_autofree char *reason = g_strdup_vprintf (format, args);

  if (self->error == NULL)
    self->error = g_error_new (BARISTA_AVRO_ERROR, (int) code, "%s: %s", place, reason);
}

gpointer
barista_avro_parser_fail (BaristaAvroParser *self,
                          const BaristaAvroContext *context,
                          const char *format,
                          ...)
{
  va_list args;

  va_start (args, format);
  set_error (self, BARISTA_AVRO_ERROR_SCHEMA, context, format, args);
  va_end (args);
  return NULL;
}

static gpointer
fail_complex (BaristaAvroParser *self, const BaristaAvroContext *context, const char *format, ...)
    G_GNUC_PRINTF (3, 4);

static gpointer
fail_complex (BaristaAvroParser *self, const BaristaAvroContext *context, const char *format, ...)
{
  va_list args;

  va_start (args, format);
  set_error (self, BARISTA_AVRO_ERROR_TOO_COMPLEX, context, format, args);
  va_end (args);
  return NULL;
}

gpointer
barista_avro_parser_fail_full (BaristaAvroParser *self, const BaristaAvroContext *context)
{
  return fail_complex (self, context, _ ("its types and names take too much memory"));
}

gpointer
barista_avro_parser_take (BaristaAvroParser *self,
                          const BaristaAvroContext *context,
                          gsize n,
                          gsize size)
{
  gpointer taken = barista_avro_arena_alloc (self->arena, n, size);

  return taken != NULL ? taken : barista_avro_parser_fail_full (self, context);
}

char *
barista_avro_parser_take_string (BaristaAvroParser *self,
                                 const BaristaAvroContext *context,
                                 const char *text)
{
  char *copy = barista_avro_arena_strdup (self->arena, text);

  return copy != NULL ? copy : barista_avro_parser_fail_full (self, context);
}

/* Takes a member that may be missing; FALSE only if memory runs out. */
gboolean
barista_avro_parser_take_doc (BaristaAvroParser *self,
                              const BaristaAvroContext *context,
                              JsonObject *object,
                              const char **doc)
{
  const char *text = barista_avro_member_string (object, "doc");

  *doc = text != NULL ? barista_avro_parser_take_string (self, context, text) : NULL;
  return text == NULL || *doc != NULL;
}

BaristaAvroNode *
barista_avro_parser_take_node (BaristaAvroParser *self,
                               const BaristaAvroContext *context,
                               BaristaAvroType type)
{
  BaristaAvroNode *node = barista_avro_parser_take (self, context, 1, sizeof *node);

  if (node == NULL)
    return NULL;

  node->type = type;
  node->depth = node->n_nodes = 1;
  return node;
}

void
barista_avro_node_add_child (BaristaAvroNode *node, const BaristaAvroNode *child)
{
  node->depth = MAX (node->depth, child->depth + 1);
  node->n_nodes = MIN (node->n_nodes + child->n_nodes, BARISTA_AVRO_NODES_MAX + 1);
}

const BaristaAvroNode *
barista_avro_parser_check_extent (BaristaAvroParser *self,
                                  const BaristaAvroContext *context,
                                  const BaristaAvroNode *node)
{
  if (node->depth > BARISTA_AVRO_DEPTH_MAX)
    return fail_complex (self, context, _ ("nested deeper than %d levels"), BARISTA_AVRO_DEPTH_MAX);
  if (node->n_nodes > BARISTA_AVRO_NODES_MAX)
    return fail_complex (self, context, _ ("more than %d types and fields"),
                         BARISTA_AVRO_NODES_MAX);

  return node;
}

static int
compare_names (gconstpointer a, gconstpointer b)
{
  return strcmp (*(const char *const *) a, *(const char *const *) b);
}

/* Sorts, since 100,000 names may come. */
gboolean
barista_avro_parser_check_names (BaristaAvroParser *self,
                                 const BaristaAvroContext *context,
                                 const char *const *names,
                                 guint n)
{
  gsize size = n * sizeof *names;
  g_autofree const char **sorted = NULL;
  g_autofree char *quoted = NULL;

  /* One copy here, and the C library sorts in another. */
  if (!barista_avro_arena_can_spare (self->arena, 2 * size))
    return barista_avro_parser_fail_full (self, context) != NULL;

  sorted = g_memdup2 (names, size);
  if (n > 1)
    qsort (sorted, n, sizeof *sorted, compare_names);
  for (guint i = 1; i < n && quoted == NULL; i++)
    if (strcmp (sorted[i - 1], sorted[i]) == 0)
      quoted = barista_avro_quotable (sorted[i]);

  return quoted == NULL
         || barista_avro_parser_fail (self, context, _ ("“%s” is there twice"), quoted) != NULL;
}
