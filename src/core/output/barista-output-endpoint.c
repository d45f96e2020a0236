/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "barista-column-type.h"
#include "barista-datafile.h"
#include "barista-expression.h"
#include "barista-output-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* Functions of the vendor's templates, by the type of the column that is compared. */
static const struct
{
  const char *type;
  const char *function;
} parameter_types[] = {
  { "String", "String" }, { "UUID", "String" },   { "Int8", "Int64" },   { "Int16", "Int64" },
  { "Int32", "Int64" },   { "Int64", "Int64" },   { "UInt8", "UInt64" }, { "UInt16", "UInt64" },
  { "UInt32", "UInt64" }, { "UInt64", "UInt64" }, { "Date", "Date" },    { "Date32", "Date" },
  { "Bool", "Boolean" },
};

static const char *
parameter_function (const BaristaColumn *column)
{
  g_autofree char *base = barista_column_type_dup_base (column->type);

  for (guint i = 0; i < G_N_ELEMENTS (parameter_types); i++)
    if (g_str_equal (parameter_types[i].type, base))
      return parameter_types[i].function;

  return NULL;
}

static const BaristaColumn *
find_role (BaristaTable *table, BaristaColumnRole role)
{
  GPtrArray *columns = barista_table_get_columns (table);

  for (guint i = 0; i < columns->len; i++)
    {
      const BaristaColumn *column = columns->pdata[i];

      if (column->included && column->role == role)
        return column;
    }

  return NULL;
}

/* A column's name goes into the SQL between back-ticks. What the data source takes is fine there, but
 * for Classic, whose reader leaves a SCHEMA alone and the SQL not. */
static void
check_column (BaristaDatafile *file,
              const BaristaOutputRequest *request,
              const BaristaColumn *column)
{
  if (barista_output_is_classic (request) && barista_text_has_variable (column->name))
    barista_datafile_refuse_value (file, "SQL", column->name,
                                   _ ("“$” is replaced by an environment variable there"),
                                   _ ("Give the column another name."));
}

/* A condition that holds for rows that aren't deleted; NULL where the engine drops them itself, or
 * nothing tells them. */
static char *
alive_condition (BaristaTable *table)
{
  const BaristaColumn *operation = find_role (table, BARISTA_COLUMN_OPERATION);
  const BaristaColumn *marker = find_role (table, BARISTA_COLUMN_MARKER);
  BaristaPlan plan = barista_table_get_plan (table);
  gboolean tombstones = barista_table_get_deletions (table) == BARISTA_DELETIONS_KAFKA;

  if (plan != BARISTA_PLAN_SOFT_DOCUMENT && plan != BARISTA_PLAN_SOFT_NULLABLE)
    return NULL;
  if (operation != NULL && operation->nullable)
    return g_strdup_printf ("ifNull(`%s`, '%s') != 'd'", operation->name, tombstones ? "d" : "");
  if (operation != NULL)
    return g_strdup_printf ("`%s` != 'd'", operation->name);
  if (marker != NULL && !tombstones)
    return g_strdup_printf ("`%s` = 0", marker->name);
  return NULL;
}

static void
write_select (BaristaDatafile *file, BaristaTable *table)
{
  GPtrArray *columns = barista_table_get_columns (table);
  g_autoptr (GPtrArray) written = g_ptr_array_new ();

  for (guint i = 0; i < columns->len; i++)
    {
      const BaristaColumn *column = columns->pdata[i];

      if (column->included && column->role != BARISTA_COLUMN_MARKER)
        g_ptr_array_add (written, (gpointer) column);
    }

  barista_datafile_raw (file, "    SELECT");
  for (guint i = 0; i < written->len; i++)
    barista_datafile_rawf (file, "        `%s`%s", ((BaristaColumn *) written->pdata[i])->name,
                           i + 1 < written->len ? "," : "");
  if (written->len == 0)
    barista_datafile_raw (file, "        *");
}

static void
write_key_filters (BaristaDatafile *file, BaristaTable *table)
{
  GPtrArray *columns = barista_table_get_columns (table);
  g_autoptr (GHashTable) taken = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  for (guint i = 0; i < columns->len; i++)
    {
      const BaristaColumn *column = columns->pdata[i];
      const char *function = parameter_function (column);
      g_autofree char *parameter = NULL;

      if (!column->included || column->role != BARISTA_COLUMN_KEY || function == NULL)
        continue;

      parameter = barista_output_parameter_name (column->name, taken);
      barista_datafile_rawf (file, "    {%% if defined(%s) %%}", parameter);
      barista_datafile_rawf (file, "        AND `%s` = {{ %s(%s) }}", column->name, function,
                             parameter);
      barista_datafile_raw (file, "    {% end %}");
    }
}

static void
write_time_filters (BaristaDatafile *file)
{
  static const char *const bounds[][2] = { { "since", ">=" }, { "until", "<" } };

  for (guint i = 0; i < G_N_ELEMENTS (bounds); i++)
    {
      barista_datafile_rawf (file, "    {%% if defined(%s) %%}", bounds[i][0]);
      barista_datafile_rawf (file, "        AND __timestamp %s {{ DateTime(%s) }}", bounds[i][1],
                             bounds[i][0]);
      barista_datafile_raw (file, "    {% end %}");
    }
}

static void
write_deleted_filter (BaristaDatafile *file, BaristaTable *table)
{
  g_autofree char *alive = alive_condition (table);

  if (alive == NULL)
    return;
  barista_datafile_raw (file, "    {% if not UInt8(include_deleted, 0) %}");
  barista_datafile_rawf (file, "        AND %s", alive);
  barista_datafile_raw (file, "    {% end %}");
}

/* Only columns that are there: an expression of a person may not even be SQL, and pages need an order
 * more than that one. */
static void
write_order (BaristaDatafile *file, BaristaTable *table)
{
  const char *key = barista_table_get_sorting_key (table);
  g_autoptr (GPtrArray) identifiers = barista_expression_identifiers (key != NULL ? key : "");
  g_autoptr (GString) order = g_string_new (NULL);

  for (guint i = 0; i < identifiers->len; i++)
    {
      const BaristaColumn *column = barista_table_find_column (table, identifiers->pdata[i]);

      if (column != NULL && column->included)
        g_string_append_printf (order, "%s`%s`", order->len > 0 ? ", " : "", column->name);
    }

  if (order->len > 0)
    barista_datafile_rawf (file, "    ORDER BY %s", order->str);
}

static void
write_query (BaristaDatafile *file, const BaristaOutputRequest *request, BaristaTable *table)
{
  GPtrArray *columns = barista_table_get_columns (table);

  for (guint i = 0; i < columns->len; i++)
    if (((BaristaColumn *) columns->pdata[i])->included)
      check_column (file, request, columns->pdata[i]);

  barista_datafile_raw (file, "SQL >");
  barista_datafile_raw (file, "    %");
  write_select (file, table);
  barista_datafile_rawf (file, "    FROM %s%s", barista_table_get_data_source (table),
                         barista_table_get_needs_final (table) ? " FINAL" : "");
  barista_datafile_raw (file, "    WHERE 1 = 1");
  write_key_filters (file, table);
  write_time_filters (file);
  write_deleted_filter (file, table);
  write_order (file, table);
  barista_datafile_raw (file, "    LIMIT {{ Int32(page_size, 100) }}");
  barista_datafile_raw (file, "    OFFSET {{ Int32(page, 0) * Int32(page_size, 100) }}");
  barista_datafile_blank (file);
}

/**
 * barista_output_endpoint:
 * @request: what to write
 * @table: the data source
 * @error: return location
 *
 * An endpoint with the current rows: FINAL where the engine merges, filters by key and time, pages,
 * and a token that may read it. WHERE, never PREWHERE: that would bring superseded rows back
 * (tinybird.md 0.1, 6).
 *
 * Returns: (transfer full): the file's text, or %NULL
 */
char *
barista_output_endpoint (const BaristaOutputRequest *request, BaristaTable *table, GError **error)
{
  g_autofree char *path = barista_output_endpoint_path (table);
  g_autofree char *name = barista_output_endpoint_name (table);
  BaristaDatafile file;

  barista_datafile_init (&file, path);
  barista_datafile_raw (&file, "DESCRIPTION >");
  barista_datafile_rawf (&file, "    Current rows of %s, by key and time, in pages.",
                         barista_table_get_data_source (table));
  barista_datafile_blank (&file);
  barista_datafile_rawf (&file, "NODE %s_rows", name);
  write_query (&file, request, table);
  barista_datafile_raw (&file, "TYPE endpoint");
  barista_datafile_blank (&file);
  barista_datafile_rawf (&file, "TOKEN %s_read READ", name);
  return barista_datafile_finish (&file, error);
}

/**
 * barista_output_has_deleted_check:
 * @table: a data source
 *
 * Returns: whether deletions could be looked for in it: the hard plan with a column that tells them
 */
gboolean
barista_output_has_deleted_check (BaristaTable *table)
{
  return barista_table_get_plan (table) == BARISTA_PLAN_HARD
         && barista_table_get_needs_final (table)
         && (find_role (table, BARISTA_COLUMN_OPERATION) != NULL
             || find_role (table, BARISTA_COLUMN_MARKER) != NULL);
}

/**
 * barista_output_deleted_check:
 * @request: what to write
 * @table: a data source of the hard plan
 * @error: return location
 *
 * The two nodes of Estuary's page: what is left of the deletions after FINAL. It must give no rows.
 *
 * Returns: (transfer full): the file's text, or %NULL
 */
char *
barista_output_deleted_check (const BaristaOutputRequest *request,
                              BaristaTable *table,
                              GError **error)
{
  g_autofree char *path = barista_output_deleted_path (table);
  g_autofree char *name = barista_output_deleted_name (table);
  const BaristaColumn *operation = find_role (table, BARISTA_COLUMN_OPERATION);
  const BaristaColumn *marker = find_role (table, BARISTA_COLUMN_MARKER);
  BaristaDatafile file;

  barista_datafile_init (&file, path);
  check_column (&file, request, operation != NULL ? operation : marker);
  barista_datafile_raw (&file, "DESCRIPTION >");
  barista_datafile_rawf (&file, "    Deletions that are left in %s after FINAL; none is right.",
                         barista_table_get_data_source (table));
  barista_datafile_blank (&file);
  barista_datafile_rawf (&file, "NODE %s_merged", name);
  barista_datafile_raw (&file, "SQL >");
  barista_datafile_rawf (&file, "    SELECT * FROM %s FINAL",
                         barista_table_get_data_source (table));
  barista_datafile_blank (&file);
  barista_datafile_rawf (&file, "NODE %s_rows", name);
  barista_datafile_raw (&file, "SQL >");
  if (operation != NULL)
    barista_datafile_rawf (&file, "    SELECT * FROM %s_merged WHERE `%s` = 'd'", name,
                           operation->name);
  else
    barista_datafile_rawf (&file, "    SELECT * FROM %s_merged WHERE `%s` = 1", name, marker->name);
  barista_datafile_blank (&file);
  barista_datafile_raw (&file, "TYPE endpoint");
  return barista_datafile_finish (&file, error);
}
