/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "barista-typescript-module.h"

#include <string.h>

static const char *const starts[] = { "earliest", "latest", NULL };

/* The two formats have no option, so a data source that reads Avro can't be said (tinybird.md 1.6). */
static const BaristaTypescriptOption kafka_options[] = {
  { "KAFKA_TOPIC", "topic", NULL },
  { "KAFKA_GROUP_ID", "groupId", NULL },
  { "KAFKA_AUTO_OFFSET_RESET", "autoOffsetReset", starts },
};

static gboolean
is_identifier (const char *name)
{
  const char *p = name;

  if (!g_ascii_isalpha (*p) && *p != '_')
    return FALSE;
  while (g_ascii_isalnum (*p) || *p == '_')
    p++;
  return *p == '\0';
}

static gboolean
append_column (GString *text, const BaristaColumn *column, gboolean paths)
{
  g_autofree char *type = barista_typescript_type (column->type);
  g_autofree char *quoted = barista_typescript_quote (column->name);
  g_autofree char *path = NULL;
  g_autofree char *fallback = NULL;

  if (type == NULL)
    return FALSE;

  /* Without brackets that one would be the object's prototype, no member. */
  if (g_str_equal (column->name, "__proto__"))
    g_string_append_printf (text, "    [%s]: %s", quoted, type);
  else
    g_string_append_printf (text, "    %s: %s",
                            is_identifier (column->name) ? column->name : quoted, type);
  if (paths)
    {
      path = barista_typescript_quote (column->path);
      g_string_append_printf (text, ".jsonPath(%s)", path);
    }
  if (paths && column->default_value != NULL)
    {
      fallback = barista_typescript_quote (column->default_value);
      g_string_append_printf (text, ".defaultExpr(%s)", fallback);
    }
  g_string_append (text, ",\n");
  return TRUE;
}

gboolean
barista_typescript_append_columns (GString *text,
                                   const char *option,
                                   BaristaTable *table,
                                   gboolean with_marker,
                                   gboolean paths)
{
  GPtrArray *columns = barista_table_get_columns (table);

  g_string_append_printf (text, "  %s: {\n", option);
  for (guint i = 0; i < columns->len; i++)
    {
      const BaristaColumn *column = columns->pdata[i];

      if (!column->included || (column->role == BARISTA_COLUMN_MARKER && !with_marker))
        continue;
      if (!append_column (text, column, paths))
        return FALSE;
    }
  g_string_append (text, "  },\n");

  return TRUE;
}

/* A column without a path beside one with a path can't be said, nor a name that needs back-ticks
 * (tinybird.md 4.3). */
static gboolean
fits (BaristaTable *table)
{
  GPtrArray *columns = barista_table_get_columns (table);

  for (guint i = 0; i < columns->len; i++)
    {
      const BaristaColumn *column = columns->pdata[i];

      if (column->included && (column->path == NULL || !is_identifier (column->name)))
        return FALSE;
    }

  return TRUE;
}

/* The SDK's word for an engine. Null it writes without quotes, and others want more than we hold. */
static const char *
engine_function (const char *engine)
{
  static const char *const functions[][2] = {
    { "MergeTree", "mergeTree" },
    { "ReplacingMergeTree", "replacingMergeTree" },
    { "AggregatingMergeTree", "aggregatingMergeTree" },
    { "SummingMergeTree", "summingMergeTree" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (functions); i++)
    if (g_strcmp0 (engine, functions[i][0]) == 0)
      return functions[i][1];

  return NULL;
}

static gboolean
append_engine (GString *text, BaristaTable *table)
{
  const char *function = engine_function (barista_table_get_engine (table));
  gboolean replacing = g_strcmp0 (function, "replacingMergeTree") == 0;
  const struct
  {
    const char *option;
    const char *value;
  } options[] = {
    { "sortingKey", barista_table_get_sorting_key (table) },
    { "partitionKey", barista_table_get_partition_key (table) },
    { "ttl", barista_table_get_ttl (table) },
    { "ver", barista_table_get_version (table) },
    { "isDeleted", barista_table_get_is_deleted (table) },
  };

  if (function == NULL || options[0].value == NULL
      || (!replacing
          && (barista_table_get_version (table) != NULL
              || barista_table_get_is_deleted (table) != NULL)))
    return FALSE;

  g_string_append_printf (text, "  engine: engine.%s({\n", function);
  for (guint i = 0; i < G_N_ELEMENTS (options); i++)
    if (options[i].value != NULL)
      {
        g_autofree char *literal = barista_typescript_quote (options[i].value);

        g_string_append_printf (text, "    %s: %s,\n", options[i].option, literal);
      }
  g_string_append (text, "  }),\n");

  return TRUE;
}

static BaristaTable *
find_table (const BaristaOutputRequest *request, const char *name)
{
  for (guint i = 0; i < request->tables->len; i++)
    if (g_str_equal (barista_table_get_data_source (request->tables->pdata[i]), name))
      return request->tables->pdata[i];

  return NULL;
}

gboolean
barista_typescript_add_table (BaristaTypescriptModule *self, const char *name, GPtrArray *entries)
{
  BaristaTable *table = find_table (self->request, name);
  const char *connection = barista_typescript_find (entries, "KAFKA_CONNECTION_NAME");
  const char *constant = barista_typescript_connection (self, "kafka", connection);
  const char *raw = barista_typescript_find (entries, "KAFKA_STORE_RAW_VALUE");
  g_autoptr (GString) text = g_string_new (NULL);
  char *identifier;

  if (table == NULL || constant == NULL || !fits (table)
      || barista_typescript_find (entries, "KAFKA_VALUE_FORMAT") != NULL)
    return FALSE;

  barista_typescript_append_description (text, entries);
  if (!barista_typescript_append_columns (text, "schema", table, TRUE, TRUE)
      || !append_engine (text, table))
    return FALSE;
  g_string_append_printf (text, "  kafka: {\n    connection: %s,\n", constant);
  if (!barista_typescript_append_options (self, text, "    ", kafka_options,
                                          G_N_ELEMENTS (kafka_options), entries))
    return FALSE;
  g_string_append_printf (text, "    storeRawValue: %s,\n  },\n",
                          g_strcmp0 (raw, "True") == 0 ? "true" : "false");

  barista_typescript_module_use (self, "defineDatasource");
  barista_typescript_module_use (self, "engine");
  barista_typescript_module_use (self, "t");
  identifier = barista_typescript_identifier (name, self->taken);
  g_string_append_printf (self->text, "\nexport const %s = defineDatasource(\"%s\", {\n%s});\n",
                          identifier, name, text->str);
  g_free (identifier);
  return TRUE;
}
