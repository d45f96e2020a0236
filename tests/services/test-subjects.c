/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "barista-registry-private.h"
#include <string.h>

static BaristaSubjects *
parse_bytes (const char *text, gsize length, GError **error)
{
  BaristaBody body = { g_memdup2 (text, length), length };
  BaristaSubjects *subjects = barista_subjects_parse (&body, error);

  barista_body_clear (&body);
  return subjects;
}

static BaristaSubjects *
parse (const char *text, GError **error)
{
  return parse_bytes (text, strlen (text), error);
}

static void
test_names (void)
{
  static const struct
  {
    const char *text, *first;
    guint n;
  } lists[] = {
    { "[]", NULL, 0 },
    { " \t\r\n[ ] ", NULL, 0 },
    { "[\"\"]", "", 1 },
    { "[\"a\",\"b\"]", "a", 2 },
    { "[ \"a\" , \"b\"\n, \"c\" ]\n", "a", 3 },
    { "[\"\\\"\\\\\\/\\b\\f\\n\\r\\t\"]", "\"\\/\b\f\n\r\t", 1 },
    { "[\"\\u00e4\\u20AC\\ud83d\\ude00\"]", "ä€😀", 1 },
    { "[\"ä€😀\"]", "ä€😀", 1 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (lists); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (BaristaSubjects) subjects = parse (lists[i].text, &error);

      g_assert_no_error (error);
      g_assert_cmpuint (barista_subjects_get_n (subjects), ==, lists[i].n);
      if (lists[i].n > 0)
        g_assert_cmpstr (barista_subjects_get (subjects, 0), ==, lists[i].first);
    }
}

static void
test_refused (void)
{
  static const struct
  {
    const char *text;
    int code;
  } texts[] = {
    { "", BARISTA_REGISTRY_ERROR_NOT_JSON },
    { "<html>", BARISTA_REGISTRY_ERROR_NOT_JSON },
    { "[", BARISTA_REGISTRY_ERROR_NOT_JSON },
    { "[\"a\"", BARISTA_REGISTRY_ERROR_NOT_JSON },
    { "[\"a", BARISTA_REGISTRY_ERROR_NOT_JSON },
    { "[\"a\",]", BARISTA_REGISTRY_ERROR_NOT_JSON },
    { "[,\"a\"]", BARISTA_REGISTRY_ERROR_NOT_JSON },
    { "[\"a\" \"b\"]", BARISTA_REGISTRY_ERROR_NOT_JSON },
    { "[\"a\"]]", BARISTA_REGISTRY_ERROR_NOT_JSON },
    { "[\"a\n\"]", BARISTA_REGISTRY_ERROR_NOT_JSON },
    { "[\"\\x\"]", BARISTA_REGISTRY_ERROR_NOT_JSON },
    { "[\"\\", BARISTA_REGISTRY_ERROR_NOT_JSON },
    { "[\"\\u12", BARISTA_REGISTRY_ERROR_NOT_JSON },
    { "[\"\\u12g4\"]", BARISTA_REGISTRY_ERROR_NOT_JSON },
    { "[\"\\u0000\"]", BARISTA_REGISTRY_ERROR_NOT_JSON },
    { "[\"\\ud83d\"]", BARISTA_REGISTRY_ERROR_NOT_JSON },
    { "[\"\\ud83d\\u0041\"]", BARISTA_REGISTRY_ERROR_NOT_JSON },
    { "[\"\\ude00\"]", BARISTA_REGISTRY_ERROR_NOT_JSON },
    { "[\"\xff\"]", BARISTA_REGISTRY_ERROR_NOT_JSON },
    { "[1]", BARISTA_REGISTRY_ERROR_SHAPE },
    { "[\"a\",null]", BARISTA_REGISTRY_ERROR_SHAPE },
    { "[[[[[[", BARISTA_REGISTRY_ERROR_SHAPE },
    { "{}", BARISTA_REGISTRY_ERROR_SHAPE },
    { "{\"subjects\":[]}", BARISTA_REGISTRY_ERROR_SHAPE },
    { "\"a\"", BARISTA_REGISTRY_ERROR_SHAPE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_null (parse (texts[i].text, &error));
      g_assert_error (error, BARISTA_REGISTRY_ERROR, texts[i].code);
    }
}

static void
test_nul_byte (void)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (parse_bytes ("[\"a\0b\"]", 7, &error));
  g_assert_error (error, BARISTA_REGISTRY_ERROR, BARISTA_REGISTRY_ERROR_NOT_JSON);
}

/* Each cut of a good list is refused: no read goes past its end (the sanitizers watch). */
static void
test_cuts (void)
{
  static const char text[] = "[\"a\\u00e4\", \"\\ud83d\\ude00\"]";

  for (gsize i = 0; i < sizeof text - 1; i++)
    g_assert_null (parse_bytes (text, i, NULL));
}

static void
test_finds_in_any_order (void)
{
  g_autoptr (BaristaSubjects) sorted = parse ("[\"a\",\"b\",\"c\",\"c\"]", NULL);
  g_autoptr (BaristaSubjects) mixed = parse ("[\"c\",\"a\",\"d\",\"b\"]", NULL);
  g_autoptr (BaristaSubjects) empty = parse ("[]", NULL);

  g_assert_true (barista_subjects_contains (sorted, "a"));
  g_assert_true (barista_subjects_contains (sorted, "c"));
  g_assert_false (barista_subjects_contains (sorted, "d"));
  for (const char *const *name = (const char *const[]) { "a", "b", "c", "d", NULL }; *name; name++)
    g_assert_true (barista_subjects_contains (mixed, *name));
  g_assert_false (barista_subjects_contains (mixed, "bb"));
  g_assert_false (barista_subjects_contains (empty, ""));
  /* Their own order stays. */
  g_assert_cmpstr (barista_subjects_get (mixed, 0), ==, "c");
}

static char *
list_of (guint n)
{
  GString *text = g_string_new ("[");

  for (guint i = 0; i < n; i++)
    g_string_append (text, i > 0 ? ",\"\"" : "\"\"");
  g_string_append_c (text, ']');
  return g_string_free (text, FALSE);
}

static void
test_limit (void)
{
  g_autofree char *most = list_of (BARISTA_REGISTRY_MAX_SUBJECTS);
  g_autofree char *more = list_of (BARISTA_REGISTRY_MAX_SUBJECTS + 1);
  g_autoptr (BaristaSubjects) subjects = parse (most, NULL);
  g_autoptr (GError) error = NULL;

  g_assert_cmpuint (barista_subjects_get_n (subjects), ==, BARISTA_REGISTRY_MAX_SUBJECTS);
  g_assert_null (parse (more, &error));
  g_assert_error (error, BARISTA_REGISTRY_ERROR, BARISTA_REGISTRY_ERROR_TOO_LARGE);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/subjects/names", test_names);
  g_test_add_func ("/subjects/refused", test_refused);
  g_test_add_func ("/subjects/nul-byte", test_nul_byte);
  g_test_add_func ("/subjects/cuts", test_cuts);
  g_test_add_func ("/subjects/finds-in-any-order", test_finds_in_any_order);
  g_test_add_func ("/subjects/limit", test_limit);
  return g_test_run ();
}
