/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "barista-output-private.h"

#include <string.h>

/* Names that the template engine of Tinybird, Python behind it, the API and the endpoint's own
 * parameters use: `defined(hash)` is always true, `error` ends the query. Sorted. Types and exceptions
 * start with a capital. */
static const char *const taken_names[] = {
  "abs",
  "aiter",
  "all",
  "and",
  "anext",
  "any",
  "as",
  "ascii",
  "assert",
  "async",
  "await",
  "bin",
  "bool",
  "break",
  "bytearray",
  "bytes",
  "callable",
  "chr",
  "class",
  "close",
  "column",
  "columns",
  "complex",
  "continue",
  "custom_error",
  "date_diff_in_days",
  "date_diff_in_hours",
  "date_diff_in_minutes",
  "date_diff_in_seconds",
  "day_diff",
  "debug",
  "debug_source_tables",
  "def",
  "defined",
  "del",
  "dict",
  "divmod",
  "elif",
  "else",
  "enumerate",
  "enumerate_with_last",
  "error",
  "except",
  "explain",
  "expression_wrapper",
  "filter",
  "finalize_aggregations",
  "finally",
  "float",
  "for",
  "format",
  "from",
  "frozenset",
  "global",
  "hasattr",
  "hash",
  "hex",
  "if",
  "import",
  "in",
  "include_deleted",
  "input",
  "int",
  "is",
  "isinstance",
  "issubclass",
  "iter",
  "job_timestamp",
  "lambda",
  "len",
  "list",
  "map",
  "max",
  "min",
  "next",
  "nonlocal",
  "not",
  "oct",
  "open",
  "or",
  "ord",
  "output_format_json_quote_64bit_integers",
  "output_format_json_quote_denormals",
  "output_format_parquet_string_as_string",
  "page",
  "page_size",
  "pass",
  "pipeline",
  "playground",
  "pow",
  "print",
  "q",
  "query_id",
  "raise",
  "range",
  "release_replacements",
  "repr",
  "return",
  "reversed",
  "round",
  "self",
  "semver",
  "set",
  "since",
  "slice",
  "sorted",
  "split_to_array",
  "sql_and",
  "str",
  "sum",
  "symbol",
  "table",
  "tag",
  "template_parameters",
  "token",
  "try",
  "tuple",
  "until",
  "while",
  "with",
  "xhtml_escape",
  "yield",
  "zip",
};

static int
compare (gconstpointer name, gconstpointer entry)
{
  return strcmp (name, *(const char *const *) entry);
}

static gboolean
is_parameter_name (const char *name)
{
  const char *p = name;

  if (!g_ascii_islower (*p)
      && (*p != '_' || !g_ascii_isalnum (p[1]) || g_str_has_prefix (p, "_tt")))
    return FALSE;
  while (g_ascii_isalnum (*p) || *p == '_')
    p++;
  return *p == '\0'
         && bsearch (name, taken_names, G_N_ELEMENTS (taken_names), sizeof *taken_names, compare)
                == NULL;
}

/**
 * barista_output_parameter_name:
 * @column: a column name
 * @taken: (element-type utf8 utf8): a set with g_free() for its keys; gets a copy of the result
 *
 * Returns: (transfer full): the endpoint's parameter that filters by the column: its name, else
 *   `key_` and what can be kept of it
 */
char *
barista_output_parameter_name (const char *column, GHashTable *taken)
{
  g_autoptr (GString) name = g_string_new (is_parameter_name (column) ? column : "key_");

  if (g_str_equal (name->str, "key_"))
    for (const char *p = column; *p != '\0' && name->len < 64; p++)
      g_string_append_c (name, g_ascii_isalnum (*p) || *p == '_' ? *p : '_');

  while (!g_hash_table_add (taken, g_strdup (name->str)))
    g_string_append_c (name, '_');
  return g_string_free_and_steal (g_steal_pointer (&name));
}
