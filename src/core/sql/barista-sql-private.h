/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "barista-sql.h"

G_BEGIN_DECLS

typedef enum
{
  BARISTA_SQL_TOKEN_END,
  BARISTA_SQL_TOKEN_WORD,     /* a keyword or a bare name */
  BARISTA_SQL_TOKEN_NAME,     /* a name in quotes */
  BARISTA_SQL_TOKEN_STRING,   /* also a heredoc */
  BARISTA_SQL_TOKEN_NUMBER,   /* also a name that starts with a digit */
  BARISTA_SQL_TOKEN_PUNCT,    /* one character */
  BARISTA_SQL_TOKEN_TEMPLATE, /* `{{ }}`, or a quoted name with one in it */
} BaristaSqlTokenKind;

/**
 * BaristaSqlToken:
 * @start: first byte
 * @end: one past the last byte
 * @kind: a #BaristaSqlTokenKind
 * @punct: the character of a PUNCT, else 0
 * @optional: stands between `{% if %}` and `{% end %}`
 */
typedef struct
{
  guint32 start;
  guint32 end;
  guint8 kind;
  char punct;
  gboolean optional;
} BaristaSqlToken;

struct _BaristaSql
{
  char *text;
  gsize length;
  gboolean is_template;
  gboolean sets_final;
  GArray *tokens; /* only while it is read */
  GArray *tables;
  GArray *columns;
  GArray *doubts;
};

typedef enum
{
  BARISTA_SQL_CLAUSE_NONE,
  BARISTA_SQL_CLAUSE_LIST,  /* after SELECT */
  BARISTA_SQL_CLAUSE_FROM,  /* a comma is followed by a table */
  BARISTA_SQL_CLAUSE_OTHER, /* a comma is not */
} BaristaSqlClause;

/**
 * BaristaSqlCte:
 * @name: a name that WITH gave to a query
 * @is_over: the SELECT of that WITH is over; those behind UNION see the name in ClickHouse, while
 *   the vendor's own list of tables says that it is one
 */
typedef struct
{
  char *name;
  gboolean is_over;
} BaristaSqlCte;

/**
 * BaristaSqlReader:
 * @at: the token that is next
 * @ctes: (element-type BaristaSqlCte): what is seen here, the inner ones last
 * @prewhere: for each SELECT, whether it has a PREWHERE
 * @list_start: first token of the outermost select list
 * @list_end: one past its last token; 0 = no such list seen
 */
typedef struct
{
  BaristaSql *sql;
  guint at;
  guint depth;
  GArray *ctes;
  GArray *prewhere;
  guint list_start;
  guint list_end;
} BaristaSqlReader;

void barista_sql_doubt (BaristaSql *self, gsize at, const char *message);

/* barista-sql-template.c */
gboolean barista_sql_template_starts (const BaristaSql *self, gsize at);
gsize barista_sql_template_skip (const BaristaSql *self, gsize at, gint *depth);

/* barista-sql-lexer.c */
gboolean barista_sql_tokenize (BaristaSql *self);
const BaristaSqlToken *barista_sql_token (const BaristaSql *self, guint i);
gboolean barista_sql_token_is_punct (const BaristaSql *self, guint i, char punct);
gboolean barista_sql_token_is_keyword (const BaristaSql *self, guint i, const char *keyword);
gboolean barista_sql_token_is_identifier (const BaristaSql *self, guint i);
char *barista_sql_token_get_name (const BaristaSql *self, guint i);

/* barista-sql-words.c */
gboolean barista_sql_is_alias (const BaristaSql *self, guint i);
gboolean barista_sql_is_operand_end (const BaristaSql *self, guint i);
gboolean barista_sql_ends_list (const BaristaSql *self, guint i);
gboolean barista_sql_is_pure_function (const BaristaSql *self, guint i);
gboolean barista_sql_is_lookup_function (const BaristaSql *self, guint i);

/* barista-sql-tables.c */
gboolean barista_sql_starts_query (const BaristaSql *self, guint i);
void barista_sql_read_table (BaristaSqlReader *reader, guint select);
void barista_sql_read_set (BaristaSqlReader *reader, guint select);

/* barista-sql-reader.c */
void barista_sql_read (BaristaSql *self);
void barista_sql_read_brackets (BaristaSqlReader *reader);

/* barista-sql-columns.c */
void barista_sql_read_columns (BaristaSql *self, guint start, guint end);

G_END_DECLS
