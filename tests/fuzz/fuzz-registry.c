/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What a schema registry may say: a list of subjects, a schema, a refusal. */

#include "barista-registry-private.h"

int LLVMFuzzerTestOneInput (const guint8 *data, gsize size);

static BaristaBody
body_of (const guint8 *data, gsize size)
{
  return (BaristaBody) { g_memdup2 (data, size), size };
}

static void
read_list (const guint8 *data, gsize size)
{
  BaristaBody body = body_of (data, size);
  g_autoptr (BaristaSubjects) subjects = barista_subjects_parse (&body, NULL);

  for (guint i = 0; subjects != NULL && i < barista_subjects_get_n (subjects); i++)
    {
      const char *name = barista_subjects_get (subjects, i);

      g_assert (g_utf8_validate (name, -1, NULL));
      g_assert (barista_subjects_contains (subjects, name));
    }
  barista_body_clear (&body);
}

static void
read_schema (const guint8 *data, gsize size)
{
  BaristaBody body = body_of (data, size);
  g_autoptr (BaristaRegisteredSchema) schema = barista_registered_schema_parse (&body, 1, FALSE,
                                                                                NULL);

  g_autoptr (BaristaAvroSchema) tree = NULL;

  g_assert (schema == NULL || schema->schema != NULL);
  if (schema != NULL)
    tree = barista_registered_schema_to_avro (schema, NULL);
  barista_body_clear (&body);
}

static void
read_refusal (const guint8 *data, gsize size)
{
  BaristaRegistryAnswer *answer = g_new0 (BaristaRegistryAnswer, 1);
  BaristaBody body = body_of (data, size);

  barista_registry_answer_take_body (answer, &body);
  g_assert (g_utf8_validate (answer->body, -1, NULL));
  g_assert (answer->message == NULL || g_utf8_validate (answer->message, -1, NULL));
  barista_registry_answer_free (answer);
  barista_body_clear (&body);
}

int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  read_list (data, size);
  read_schema (data, size);
  read_refusal (data, size);
  return 0;
}
