/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "barista-json.h"

#include <string.h>

static void
test_reads_all_of_json (void)
{
  static const char text[]
      = " {\"a\": [1, -0.5e+3, true, false, null, \"\\u00e9\\ud83d\\ude00\\n\"],\n"
        "\t\"b\": {}, \"c\": [], \"\\\"\": \"\\u0000x\"}\r\n";
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonNode) node = barista_json_parse (text, -1, NULL, &error);
  JsonObject *object;

  g_assert_no_error (error);
  object = json_node_get_object (node);
  g_assert_cmpuint (json_object_get_size (object), ==, 4);
  g_assert_cmpfloat (json_array_get_double_element (json_object_get_array_member (object, "a"), 1),
                     ==, -500);
  g_assert_cmpstr (json_array_get_string_element (json_object_get_array_member (object, "a"), 5),
                   ==, "é😀\n");
}

static void
test_takes_scalars_and_lengths (void)
{
  static const char *const texts[] = { "0", "-1", "\"\"", "true", "null", "[]", "{}", " 1.0 " };
  g_autoptr (JsonNode) cut = barista_json_parse ("12]", 2, NULL, NULL);

  g_assert_cmpint (json_node_get_int (cut), ==, 12);
  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (JsonNode) node = barista_json_parse (texts[i], -1, NULL, &error);

      g_assert_no_error (error);
      g_assert_nonnull (node);
    }
}

static void
test_refuses_what_is_not_json (void)
{
  static const char *const texts[] = {
    "",
    " ",
    "{",
    "[",
    "[1",
    "[1,",
    "[1,]",
    "[,1]",
    "{,}",
    "{\"a\"}",
    "{\"a\":}",
    "{\"a\":1,}",
    "{a:1}",
    "{'a':1}",
    "{\"a\":1 \"b\":2}",
    "[1 2]",
    "1 2",
    "[1]]",
    "]",
    "}",
    "[}",
    "{]",
    "tru",
    "nul",
    "True",
    "01",
    "+1",
    "-",
    "1.",
    ".5",
    "1e",
    "1e+",
    "0x1",
    "NaN",
    "Infinity",
    "\"",
    "\"a",
    "\"\\",
    "\"\\x\"",
    "\"\\u12\"",
    "\"\\u12g4\"",
    "\"\\ud800\"",
    "\"\\ud800x\"",
    "\"\\ud800\\u0041\"",
    "\"\\udc00\"",
    "\"\t\"",
    "\"\n\"",
    "/* */ 1",
    "1 // one",
    "\xff",
    "\"\xc3\"",
    "\xef\xbb\xbf"
    "1",
    "{\"a\\u0000b\":1}",
    "var a = 1;",
  };

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_null (barista_json_parse (texts[i], -1, NULL, &error));
      if (!g_error_matches (error, BARISTA_JSON_ERROR, BARISTA_JSON_ERROR_SYNTAX))
        g_test_fail_printf ("%s is taken for JSON", texts[i]);
    }
}

static void
test_fault_names_line_and_column (void)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (barista_json_parse ("{\n  \"é\": 1,\n  \"ü\" 2\n}", -1, NULL, &error));
  g_assert_error (error, BARISTA_JSON_ERROR, BARISTA_JSON_ERROR_SYNTAX);
  g_assert_cmpstr (error->message, ==, "line 3, column 7: expected “:” after a name");
}

static void
test_nul_byte_is_no_end (void)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (barista_json_parse ("1\0]", 3, NULL, &error));
  g_assert_error (error, BARISTA_JSON_ERROR, BARISTA_JSON_ERROR_SYNTAX);
}

static char *
nested (guint depth)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < depth; i++)
    g_string_append (text, i % 2 == 0 ? "[" : "{\"a\":");
  g_string_append (text, "1");
  for (guint i = depth; i > 0; i--)
    g_string_append_c (text, i % 2 == 1 ? ']' : '}');

  return g_string_free_and_steal (text);
}

static void
test_depth_has_a_limit (void)
{
  g_autofree char *deepest = nested (64);
  g_autofree char *too_deep = nested (65);
  g_autofree char *abyss = g_strnfill (500000, '[');
  const BaristaJsonLimits greedy = { .bytes = G_MAXSIZE,
                                     .depth = G_MAXUINT,
                                     .elements = G_MAXSIZE };
  g_autoptr (JsonNode) node = barista_json_parse (deepest, -1, NULL, NULL);
  g_autoptr (GError) error = NULL;

  g_assert_nonnull (node);
  g_assert_null (barista_json_parse (too_deep, -1, NULL, &error));
  g_assert_error (error, BARISTA_JSON_ERROR, BARISTA_JSON_ERROR_TOO_DEEP);
  g_clear_error (&error);
  g_assert_null (barista_json_parse (abyss, -1, &greedy, &error));
  g_assert_error (error, BARISTA_JSON_ERROR, BARISTA_JSON_ERROR_TOO_DEEP);
}

static void
test_elements_have_a_limit (void)
{
  const BaristaJsonLimits limits = { .bytes = 100, .depth = 4, .elements = 5 };
  g_autoptr (JsonNode) node = barista_json_parse ("[0,{\"a\":0},0]", -1, &limits, NULL);
  g_autoptr (GError) error = NULL;

  g_assert_nonnull (node);
  g_assert_null (barista_json_parse ("[0,{\"a\":0,\"a\":0},0]", -1, &limits, &error));
  g_assert_error (error, BARISTA_JSON_ERROR, BARISTA_JSON_ERROR_TOO_MANY);
}

static void
test_bytes_have_a_limit (void)
{
  const BaristaJsonLimits limits = { .bytes = 6, .depth = 4, .elements = 5 };
  g_autoptr (JsonNode) node = barista_json_parse ("\"1234\"", -1, &limits, NULL);
  g_autoptr (GError) error = NULL;

  g_assert_nonnull (node);
  g_assert_null (barista_json_parse ("\"12345\"", -1, &limits, &error));
  g_assert_error (error, BARISTA_JSON_ERROR, BARISTA_JSON_ERROR_TOO_LARGE);
}

static void
test_finds_lines (void)
{
  static const char text[] = "{\n"
                             " \"topics\": [\n"
                             "  {\"name\": \"a\"},\n"
                             "  {\"name\": [\"]\", \"}\\\"\"],\n"
                             "   \"engine\":\n"
                             "     \"x\"}],\n"
                             " \"a/b\": 1, \"m~n\":\n"
                             " 2, \"\\u00e9\":\n"
                             " 3, \"\":\n"
                             " {\"\":\n"
                             " 4}\n"
                             "}";
  static const struct
  {
    const char *pointer;
    guint line;
  } cases[] = {
    { "", 1 },
    { "/topics", 2 },
    { "/topics/0", 3 },
    { "/topics/0/name", 3 },
    { "/topics/1", 4 },
    { "/topics/1/engine", 6 },
    { "/topics/1/name/1", 4 },
    { "/a~1b", 7 },
    { "/m~0n", 8 },
    { "/é", 9 },
    { "/", 10 },
    { "//", 11 },
    { "/topics/2", 0 },
    { "/topics/x", 0 },
    { "/top", 0 },
    { "/topics2", 0 },
    { "topics", 0 },
    { "/a~1b/0", 0 },
    { "/topics/0/name/", 0 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    if (barista_json_line_of (text, -1, cases[i].pointer) != cases[i].line)
      g_test_fail_printf ("“%s” stands in line %u, not %u", cases[i].pointer, cases[i].line,
                          barista_json_line_of (text, -1, cases[i].pointer));
}

static void
test_line_of_broken_text (void)
{
  g_assert_cmpuint (barista_json_line_of ("{\"a\": [1,", -1, "/a/5"), ==, 0);
  g_assert_cmpuint (barista_json_line_of ("{\"a", -1, "/a"), ==, 0);
  g_assert_cmpuint (barista_json_line_of ("[]", -1, "/0"), ==, 0);
  g_assert_cmpuint (barista_json_line_of ("{\"a\": 1}", -1, "/\xf0"), ==, 0);
  g_assert_cmpuint (barista_json_line_of ("", -1, ""), ==, 0);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/json/all-of-it", test_reads_all_of_json);
  g_test_add_func ("/json/scalars", test_takes_scalars_and_lengths);
  g_test_add_func ("/json/refused", test_refuses_what_is_not_json);
  g_test_add_func ("/json/line-and-column", test_fault_names_line_and_column);
  g_test_add_func ("/json/nul", test_nul_byte_is_no_end);
  g_test_add_func ("/json/depth", test_depth_has_a_limit);
  g_test_add_func ("/json/elements", test_elements_have_a_limit);
  g_test_add_func ("/json/bytes", test_bytes_have_a_limit);
  g_test_add_func ("/json/line-of", test_finds_lines);
  g_test_add_func ("/json/line-of-broken", test_line_of_broken_text);

  return g_test_run ();
}
