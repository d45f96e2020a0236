/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "barista-avro-value.h"
#include "barista-json.h"

#include <string.h>

int LLVMFuzzerTestOneInput (const guint8 *data, gsize size);

/* What was read and written as JSON is JSON, though our reader doesn't take a name with U+0000. */
static void
check_value (BaristaAvroValue value)
{
  const BaristaJsonLimits limits = { .bytes = 65536,
                                     .depth = BARISTA_AVRO_DEPTH_MAX,
                                     .elements = 65536 };
  g_autoptr (GString) json = g_string_new (NULL);
  g_autoptr (JsonNode) node = NULL;
  g_autoptr (GError) error = NULL;

  if (!barista_avro_value_append_json (value, json) || strstr (json->str, "\\u0000") != NULL)
    return;

  node = barista_json_parse (json->str, (gssize) json->len, &limits, &error);
  g_assert_true (node != NULL
                 || g_error_matches (error, BARISTA_JSON_ERROR, BARISTA_JSON_ERROR_TOO_LARGE)
                 || g_error_matches (error, BARISTA_JSON_ERROR, BARISTA_JSON_ERROR_TOO_MANY));
}

/* A schema, a NUL, a datum. */
int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  const guint8 *nul = size > 0 ? memchr (data, '\0', size) : NULL;
  g_autoptr (BaristaAvroSchema) schema = NULL;
  g_autoptr (GError) error = NULL;
  BaristaAvroValue value;

  if (nul == NULL)
    return 0;

  schema = barista_avro_schema_new ((const char *) data, nul - data, NULL);
  if (schema == NULL)
    return 0;

  if (barista_avro_value_init (&value, schema, nul + 1, size - (gsize) (nul + 1 - data), &error))
    check_value (value);
  else
    g_assert_nonnull (error);
  return 0;
}
