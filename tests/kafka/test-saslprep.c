/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "barista-connection.h"
#include "barista-saslprep-private.h"
#include "barista-saslprep.h"
#include <json-glib/json-glib.h>
#include <string.h>

/* tests/data/scram: by Python's stringprep. */
static JsonParser *
load (void)
{
  JsonParser *parser = json_parser_new_immutable ();
  g_autoptr (GError) error = NULL;

  json_parser_load_from_mapped_file (parser, SCRAM_DIR "/saslprep.json", &error);
  g_assert_no_error (error);
  return parser;
}

static void
test_sets (void)
{
  static const struct
  {
    const char *name;
    BaristaCodePoints set;
  } sets[] = {
    { "space", BARISTA_CODE_POINTS_SPACE },
    { "nothing", BARISTA_CODE_POINTS_NOTHING },
    { "prohibited", BARISTA_CODE_POINTS_PROHIBITED },
    { "right-to-left", BARISTA_CODE_POINTS_RIGHT_TO_LEFT },
    { "left-to-right", BARISTA_CODE_POINTS_LEFT_TO_RIGHT },
  };
  g_autoptr (JsonParser) parser = load ();
  JsonObject *root = json_node_get_object (json_parser_get_root (parser));

  G_STATIC_ASSERT (G_N_ELEMENTS (sets) == BARISTA_N_CODE_POINTS);
  for (guint i = 0; i < G_N_ELEMENTS (sets); i++)
    {
      JsonObject *all = json_object_get_object_member (root, "sets");
      JsonArray *ranges = json_object_get_array_member (all, sets[i].name);
      gunichar c = 0;

      for (guint j = 0; j < json_array_get_length (ranges); j++)
        {
          JsonArray *range = json_array_get_array_element (ranges, j);

          for (; c < json_array_get_int_element (range, 0); c++)
            g_assert_false (barista_code_points_have (sets[i].set, c));
          for (; c <= json_array_get_int_element (range, 1); c++)
            g_assert_true (barista_code_points_have (sets[i].set, c));
        }
      for (; c <= 0x10ffff; c++)
        g_assert_false (barista_code_points_have (sets[i].set, c));
    }
}

static void
test_texts (void)
{
  g_autoptr (JsonParser) parser = load ();
  JsonObject *root = json_node_get_object (json_parser_get_root (parser));
  JsonArray *texts = json_object_get_array_member (root, "texts");

  for (guint i = 0; i < json_array_get_length (texts); i++)
    {
      JsonArray *pair = json_array_get_array_element (texts, i);
      const char *text = json_array_get_string_element (pair, 0);
      g_autoptr (GError) error = NULL;
      g_autofree char *prepared = barista_saslprep (text, BARISTA_SASLPREP_STORED, &error);

      g_test_message ("text %u", i);
      if (json_array_get_null_element (pair, 1))
        {
          g_assert_null (prepared);
          g_assert_error (error, BARISTA_CONNECTION_ERROR, BARISTA_CONNECTION_ERROR_SASLPREP);
        }
      else
        {
          g_assert_no_error (error);
          g_assert_cmpstr (prepared, ==, json_array_get_string_element (pair, 1));
        }
    }
}

/* One form each; left out for their number. */
static gboolean
is_plain_ideograph (gunichar c)
{
  return (c >= 0x3400 && c <= 0x9fff) || (c >= 0x20000 && c <= 0x2f7ff);
}

/* Our normalization, which wipes its copies, is GLib's, which doesn't. Beyond this end no character
 * has another form. */
static void
test_normalizes_as_glib (void)
{
  for (gunichar c = 1; c <= 0x2ffff; c++)
    {
      g_autofree char *prepared = NULL, *normal = NULL;
      char text[8] = "";

      if (!g_unichar_validate (c) || is_plain_ideograph (c)
          || barista_code_points_have (BARISTA_CODE_POINTS_SPACE, c)
          || barista_code_points_have (BARISTA_CODE_POINTS_NOTHING, c))
        continue;
      text[g_unichar_to_utf8 (c, text)] = '\0';
      prepared = barista_saslprep (text, BARISTA_SASLPREP_QUERY, NULL);
      if (prepared == NULL)
        continue;
      normal = g_utf8_normalize (text, -1, G_NORMALIZE_NFKC);
      g_assert_cmpstr (prepared, ==, normal);
    }
}

/* RFC 3454 is of 2002: what has come since is taken as it is. */
static void
test_younger_characters (void)
{
  g_autofree char *prepared = barista_saslprep ("caffè 🚀", BARISTA_SASLPREP_STORED, NULL);

  g_assert_cmpstr (prepared, ==, "caffè 🚀");
}

static void
test_no_character (void)
{
  const char *text = "a\u0378"; /* between two Greek letters */
  g_autofree char *name = barista_saslprep (text, BARISTA_SASLPREP_QUERY, NULL);
  g_autoptr (GError) error = NULL;

  g_assert_cmpstr (name, ==, text);
  g_assert_null (barista_saslprep (text, BARISTA_SASLPREP_STORED, &error));
  g_assert_error (error, BARISTA_CONNECTION_ERROR, BARISTA_CONNECTION_ERROR_SASLPREP);
}

static void
assert_refused (const char *text)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (barista_saslprep (text, BARISTA_SASLPREP_QUERY, &error));
  g_assert_error (error, BARISTA_CONNECTION_ERROR, BARISTA_CONNECTION_ERROR_SASLPREP);
}

static void
test_limits (void)
{
  g_autofree char *most = g_strnfill (BARISTA_SASLPREP_MAX_BYTES, 'x');
  g_autofree char *more = g_strnfill (BARISTA_SASLPREP_MAX_BYTES + 1, 'x');
  g_autofree char *prepared = barista_saslprep (most, BARISTA_SASLPREP_STORED, NULL);

  g_assert_cmpstr (prepared, ==, most);
  assert_refused (more);
  assert_refused ("");
  assert_refused ("\xff");
  assert_refused ("\xed\xa0\x80"); /* a surrogate */
}

/* Each character becomes eighteen, which are 33 bytes. */
static void
test_grows (void)
{
  const guint most = BARISTA_SASLPREP_MAX_BYTES / 33;
  g_autoptr (GString) text = g_string_new (NULL);
  g_autofree char *prepared = NULL;

  for (guint i = 0; i < most; i++)
    g_string_append (text, "\uFDFA");
  prepared = barista_saslprep (text->str, BARISTA_SASLPREP_STORED, NULL);
  g_assert_cmpuint (strlen (prepared), ==, most * 33);
  g_string_append (text, "\uFDFA");
  assert_refused (text->str);
}

/* A refusal may be shown, so it can't hold any of a password. */
static void
test_errors_quote_nothing (void)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (barista_saslprep ("hunter2\x01", BARISTA_SASLPREP_STORED, &error));
  g_assert_null (strstr (error->message, "hunter2"));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/saslprep/sets", test_sets);
  g_test_add_func ("/saslprep/texts", test_texts);
  g_test_add_func ("/saslprep/normalizes-as-glib", test_normalizes_as_glib);
  g_test_add_func ("/saslprep/younger-characters", test_younger_characters);
  g_test_add_func ("/saslprep/no-character", test_no_character);
  g_test_add_func ("/saslprep/limits", test_limits);
  g_test_add_func ("/saslprep/grows", test_grows);
  g_test_add_func ("/saslprep/errors-quote-nothing", test_errors_quote_nothing);
  return g_test_run ();
}
