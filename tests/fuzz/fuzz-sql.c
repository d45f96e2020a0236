/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "barista-sql.h"

#include "barista-finding.h"

#include <string.h>

int LLVMFuzzerTestOneInput (const guint8 *data, gsize size);

static void
check_tables (const BaristaSql *sql, gsize size, GStrvBuilder *names)
{
  guint n;
  const BaristaSqlTable *tables = barista_sql_get_tables (sql, &n);

  for (guint i = 0; i < n; i++)
    {
      g_assert_true (g_utf8_validate (tables[i].name, -1, NULL));
      g_assert_true (!tables[i].has_place || tables[i].start < tables[i].final_at);
      g_assert_cmpuint (tables[i].final_at, <=, size);
      g_assert_true (i == 0 || tables[i].start > tables[i - 1].start);
      if (tables[i].database == NULL)
        g_strv_builder_add (names, tables[i].name);
    }
}

/* Any bytes can be read; with FINAL added, the same tables are read, and none lacks it. */
int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  g_autoptr (BaristaSql) sql = barista_sql_new (size > 0 ? (const char *) data : "", (gssize) size);
  g_autoptr (GPtrArray) findings = g_ptr_array_new_with_free_func (
      (GDestroyNotify) barista_finding_free);
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  g_auto (GStrv) names = NULL;
  g_autofree char *text = NULL;
  g_autoptr (BaristaSql) again = NULL;
  guint n, n_again;
  const BaristaSqlTable *tables;

  check_tables (sql, size, builder);
  names = g_strv_builder_end (builder);
  barista_sql_lint (sql, (const char *const *) names, NULL, findings);

  /* A text can't be given back whole once there is a NUL in it. */
  if (size > 0 && memchr (data, '\0', size) != NULL)
    return 0;

  text = barista_sql_add_final (sql, (const char *const *) names);
  again = barista_sql_new (text, -1);
  barista_sql_get_tables (sql, &n);
  tables = barista_sql_get_tables (again, &n_again);
  g_assert_cmpuint (n, ==, n_again);
  for (guint i = 0; i < n; i++)
    g_assert_true (tables[i].has_final || !tables[i].has_place || tables[i].database != NULL);

  return 0;
}
