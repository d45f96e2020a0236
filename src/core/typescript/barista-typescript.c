/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "barista-typescript.h"

#include <string.h>

#define SECRET_OPEN "{{ tb_secret("
#define SECRET_CLOSE ") }}"

/* --- literals --- */

/* Control characters, and those that end a line for JavaScript or turn the direction of a line for
 * who reads it, are written by number. */
static gboolean
is_plain (gunichar c)
{
  return c >= 0x20 && c != 0x7f && !(c >= 0x80 && c < 0xa0) && c != 0x2028 && c != 0x2029
         && c != 0xfeff && !(c >= 0x200b && c <= 0x200f) && !(c >= 0x202a && c <= 0x202e)
         && !(c >= 0x2066 && c <= 0x2069);
}

static void
append_escaped (GString *literal, const char *text, const char *special, gboolean lines)
{
  for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);

      if (c < 0x80 && (c == '\\' || strchr (special, (char) c) != NULL))
        g_string_append_printf (literal, "\\%c", (char) c);
      else if (c == '$' && lines && p[1] == '{')
        g_string_append (literal, "\\$");
      else if (is_plain (c) || (c == '\n' && lines))
        g_string_append_unichar (literal, c);
      else if (c == '\n')
        g_string_append (literal, "\\n");
      else if (c == '\t')
        g_string_append (literal, "\\t");
      else
        g_string_append_printf (literal, "\\u{%x}", c);
    }
}

char *
barista_typescript_quote (const char *text)
{
  GString *literal = g_string_new ("\"");

  append_escaped (literal, text, "\"", FALSE);
  g_string_append_c (literal, '"');
  return g_string_free (literal, FALSE);
}

char *
barista_typescript_template (const char *text)
{
  GString *literal = g_string_new (NULL);

  append_escaped (literal, text, "`", TRUE);
  return g_string_free (literal, FALSE);
}

/* --- secrets --- */

/* The call behind `{{ tb_secret(`, up to its end; NULL if it isn't closed. */
static char *
read_secret (const char *start, const char **rest)
{
  const char *end = strstr (start, SECRET_CLOSE);
  g_autofree char *arguments = NULL;

  if (end == NULL)
    return NULL;
  *rest = end + strlen (SECRET_CLOSE);
  arguments = g_strndup (start, end - start);
  /* Names and defaults that we write hold no quote and no backslash. */
  if (strpbrk (arguments, "\\\n`$") != NULL)
    return NULL;
  return g_strdup_printf ("secret(%s)", arguments);
}

char *
barista_typescript_value (const char *value, gboolean *uses_secret)
{
  g_autoptr (GString) template = g_string_new ("`");
  const char *at = value;
  const char *open;
  guint n = 0;

  while ((open = strstr (at, SECRET_OPEN)) != NULL)
    {
      const char *rest = NULL;
      g_autofree char *call = read_secret (open + strlen (SECRET_OPEN), &rest);
      g_autofree char *before = g_strndup (at, open - at);

      if (call == NULL)
        return barista_typescript_quote (value);
      *uses_secret = TRUE;
      if (open == value && *rest == '\0')
        return g_steal_pointer (&call);
      append_escaped (template, before, "`", TRUE);
      g_string_append_printf (template, "${%s}", call);
      at = rest;
      n++;
    }

  if (n == 0 && strchr (value, '\n') == NULL)
    return barista_typescript_quote (value);
  append_escaped (template, at, "`", TRUE);
  g_string_append_c (template, '`');
  return g_strdup (template->str);
}

/* --- names --- */

/* Words that can't name a constant in a module, and what a module of ours imports. */
static const char *const reserved[] = {
  "arguments",
  "async",
  "await",
  "break",
  "case",
  "catch",
  "class",
  "const",
  "continue",
  "debugger",
  "default",
  "defineDatasource",
  "defineEndpoint",
  "defineKafkaConnection",
  "defineS3Connection",
  "defineSinkPipe",
  "delete",
  "do",
  "else",
  "engine",
  "enum",
  "eval",
  "export",
  "extends",
  "false",
  "finally",
  "for",
  "function",
  "if",
  "implements",
  "import",
  "in",
  "instanceof",
  "interface",
  "let",
  "new",
  "node",
  "null",
  "package",
  "private",
  "protected",
  "public",
  "return",
  "secret",
  "static",
  "super",
  "switch",
  "t",
  "this",
  "throw",
  "true",
  "try",
  "typeof",
  "undefined",
  "var",
  "void",
  "while",
  "with",
  "yield",
};

static gboolean
is_reserved (const char *name)
{
  for (guint i = 0; i < G_N_ELEMENTS (reserved); i++)
    if (g_str_equal (reserved[i], name))
      return TRUE;

  return FALSE;
}

char *
barista_typescript_identifier (const char *name, GHashTable *taken)
{
  g_autoptr (GString) base = g_string_new (NULL);
  g_autofree char *identifier = NULL;
  gboolean upper = FALSE;

  for (const char *p = name; *p != '\0'; p++)
    {
      if (!g_ascii_isalnum (*p))
        {
          upper = base->len > 0;
          continue;
        }
      if (base->len == 0 && g_ascii_isdigit (*p))
        g_string_append_c (base, '_');
      g_string_append_c (base, upper ? g_ascii_toupper (*p) : *p);
      upper = FALSE;
    }
  if (base->len == 0)
    g_string_assign (base, "resource");

  identifier = g_strdup (base->str);
  for (guint n = 2; is_reserved (identifier) || g_hash_table_contains (taken, identifier); n++)
    {
      g_free (identifier);
      identifier = g_strdup_printf ("%s%u", base->str, n);
    }
  g_hash_table_add (taken, g_strdup (identifier));

  return g_steal_pointer (&identifier);
}

/* --- types --- */

/* Types without arguments. */
static const char *const plain_types[][2] = {
  { "String", "string" },   { "UUID", "uuid" },         { "Int8", "int8" },
  { "Int16", "int16" },     { "Int32", "int32" },       { "Int64", "int64" },
  { "Int128", "int128" },   { "Int256", "int256" },     { "UInt8", "uint8" },
  { "UInt16", "uint16" },   { "UInt32", "uint32" },     { "UInt64", "uint64" },
  { "UInt128", "uint128" }, { "UInt256", "uint256" },   { "Float32", "float32" },
  { "Float64", "float64" }, { "Bool", "bool" },         { "Date", "date" },
  { "Date32", "date32" },   { "DateTime", "dateTime" }, { "JSON", "json" },
  { "IPv4", "ipv4" },       { "IPv6", "ipv6" },
};

/* Types whose arguments are numbers and quoted words, which stand the same in both languages, by
 * how many of them the SDK writes back as they were. */
static const struct
{
  const char *type;
  const char *function;
  guint least, most;
} number_types[] = {
  { "FixedString", "fixedString", 1, 1 },
  { "Decimal", "decimal", 2, 2 },
  { "DateTime", "dateTime", 1, 1 },
  { "DateTime64", "dateTime64", 1, 2 },
};

static const struct
{
  const char *type;
  const char *function;
  guint n;
} type_types[] = { { "Array", "array", 1 }, { "Map", "map", 2 } };

static const char *const modifiers[][2] = { { "Nullable", "nullable" },
                                            { "LowCardinality", "lowCardinality" } };

/* "Map(String, Array(Int8))" -> "Map" and its arguments; NULL arguments: it has none. */
static gboolean
split_type (const char *type, char **name, GPtrArray **arguments)
{
  const char *open = strchr (type, '(');
  const char *start;
  guint depth = 0;

  *arguments = NULL;
  if (open == NULL)
    {
      *name = g_strdup (type);
      return TRUE;
    }
  if (!g_str_has_suffix (type, ")"))
    return FALSE;

  *name = g_strndup (type, open - type);
  *arguments = g_ptr_array_new_with_free_func (g_free);
  start = open + 1;
  for (const char *p = start; *p != '\0'; p++)
    {
      if (*p == '(')
        depth++;
      if ((*p == ',' && depth == 0) || (*p == ')' && depth == 0))
        {
          g_ptr_array_add (*arguments, g_strstrip (g_strndup (start, p - start)));
          start = p + 1;
        }
      else if (*p == ')')
        depth--;
    }
  return *start == '\0';
}

static char *
argument_literal (const char *argument)
{
  gsize length = strlen (argument);

  if (length > 0 && strspn (argument, "0123456789") == length)
    return g_strdup (argument);
  if (length > 2 && argument[0] == '\'' && argument[length - 1] == '\'')
    {
      g_autofree char *inner = g_strndup (argument + 1, length - 2);

      return strpbrk (inner, "'\\") == NULL ? barista_typescript_quote (inner) : NULL;
    }
  return NULL;
}

static char *
join_arguments (const char *function, GPtrArray *arguments, char *(*convert) (const char *argument))
{
  g_autoptr (GString) call = g_string_new (NULL);

  g_string_printf (call, "t.%s(", function);
  for (guint i = 0; i < arguments->len; i++)
    {
      g_autofree char *text = convert (arguments->pdata[i]);

      if (text == NULL)
        return NULL;
      g_string_append_printf (call, "%s%s", i > 0 ? ", " : "", text);
    }
  g_string_append_c (call, ')');
  return g_strdup (call->str);
}

static char *
type_with_arguments (const char *name, GPtrArray *arguments)
{
  for (guint i = 0; i < G_N_ELEMENTS (modifiers); i++)
    if (g_str_equal (modifiers[i][0], name) && arguments->len == 1)
      {
        g_autofree char *inner = barista_typescript_type (arguments->pdata[0]);

        return inner != NULL ? g_strdup_printf ("%s.%s()", inner, modifiers[i][1]) : NULL;
      }
  for (guint i = 0; i < G_N_ELEMENTS (type_types); i++)
    if (g_str_equal (type_types[i].type, name) && arguments->len == type_types[i].n)
      return join_arguments (type_types[i].function, arguments, barista_typescript_type);
  for (guint i = 0; i < G_N_ELEMENTS (number_types); i++)
    if (g_str_equal (number_types[i].type, name) && arguments->len >= number_types[i].least
        && arguments->len <= number_types[i].most)
      return join_arguments (number_types[i].function, arguments, argument_literal);

  return NULL;
}

char *
barista_typescript_type (const char *type)
{
  g_autofree char *name = NULL;
  g_autoptr (GPtrArray) arguments = NULL;

  if (!split_type (type, &name, &arguments))
    return NULL;
  if (arguments != NULL)
    return type_with_arguments (name, arguments);

  for (guint i = 0; i < G_N_ELEMENTS (plain_types); i++)
    if (g_str_equal (plain_types[i][0], name))
      return g_strdup_printf ("t.%s()", plain_types[i][1]);

  return NULL;
}
