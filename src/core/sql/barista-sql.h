/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

/* More than a profile can hold; what is longer isn't looked into. */
#define BARISTA_SQL_LENGTH_MAX (1024 * 1024)
#define BARISTA_SQL_DEPTH_MAX 128

/**
 * BaristaSqlTable:
 * @database: (nullable): as in `database.name`
 * @name: the table: a data source, or another node of the pipe
 * @alias: (nullable): what the statement calls it
 * @start: byte where it is named
 * @has_place: FINAL stands or can be put at @final_at
 * @final_at: one past the name or the alias
 * @has_final: it is read with FINAL
 * @prewhere: its SELECT has a PREWHERE
 * @is_set: stands right of IN, where no FINAL can be; it may also be an alias
 * @certain: the statement surely reads this table
 *
 * A place where a statement reads a table.
 */
typedef struct
{
  char *database;
  char *name;
  char *alias;
  gsize start;
  gsize final_at;
  gboolean has_place;
  gboolean has_final;
  gboolean prewhere;
  gboolean is_set;
  gboolean certain;
  guint select; /* which SELECT of the statement, for the reader */
} BaristaSqlTable;

/**
 * BaristaSqlColumn:
 * @name: the column of the result; for an expression without a name its text
 * @is_star: stands for columns that the statement doesn't name (`*`, COLUMNS ('...'))
 * @certain: the result surely has a column of this name
 */
typedef struct
{
  char *name;
  gboolean is_star;
  gboolean certain;
} BaristaSqlColumn;

/**
 * BaristaSqlDoubt:
 * @at: byte of the statement
 * @message: translated: what can't be known without running it
 */
typedef struct
{
  gsize at;
  char *message;
} BaristaSqlDoubt;

typedef enum
{
  BARISTA_SQL_NO,
  BARISTA_SQL_YES,
  BARISTA_SQL_UNKNOWN
} BaristaSqlAnswer;

/**
 * BaristaSql:
 *
 * What can be told of a ClickHouse SELECT with Tinybird templates by its tokens alone. Immutable,
 * counted, boxed. Where it isn't certain there is a doubt.
 */
typedef struct _BaristaSql BaristaSql;

#define BARISTA_TYPE_SQL (barista_sql_get_type ())
GType barista_sql_get_type (void);

BaristaSql *barista_sql_new (const char *text, gssize length);
BaristaSql *barista_sql_ref (BaristaSql *self);
void barista_sql_unref (BaristaSql *self);

gboolean barista_sql_is_template (const BaristaSql *self);
const BaristaSqlTable *barista_sql_get_tables (const BaristaSql *self, guint *n);
const BaristaSqlColumn *barista_sql_get_columns (const BaristaSql *self, guint *n);
const BaristaSqlDoubt *barista_sql_get_doubts (const BaristaSql *self, guint *n);
gboolean barista_sql_is_certain (const BaristaSql *self);
gboolean barista_sql_sets_final (const BaristaSql *self);

BaristaSqlAnswer barista_sql_reads_table (const BaristaSql *self, const char *name);
BaristaSqlAnswer barista_sql_gives_column (const BaristaSql *self, const char *name);
BaristaSqlAnswer barista_sql_needs_final (const BaristaSql *self, const char *const *names);
char *barista_sql_add_final (const BaristaSql *self, const char *const *names);

/* barista-sql-block.c */
char *barista_sql_write_block (const char *text, const char *const *words, char **fault);

/* barista-sql-lint.c */
void barista_sql_lint (const BaristaSql *self,
                       const char *const *merging,
                       const char *file,
                       GPtrArray *findings);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BaristaSql, barista_sql_unref)

G_END_DECLS
