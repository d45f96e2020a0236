/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "barista-secret.h"
#include <string.h>

static void
test_holds_its_text (void)
{
  g_autoptr (BaristaSecret) secret = barista_secret_new ("pässwörd", -1);
  gsize length;

  g_assert_nonnull (secret);
  g_assert_cmpstr (barista_secret_peek (secret, &length), ==, "pässwörd");
  g_assert_cmpuint (length, ==, 10);
  g_assert_cmpuint (barista_secret_get_length (secret), ==, 8);
}

static void
test_takes_a_part (void)
{
  g_autoptr (BaristaSecret) secret = barista_secret_new ("token\n", 5);

  g_assert_cmpstr (barista_secret_peek (secret, NULL), ==, "token");
}

static void
test_limits (void)
{
  g_autofree char *most = g_strnfill (BARISTA_SECRET_MAX_BYTES, 'x');
  g_autofree char *more = g_strnfill (BARISTA_SECRET_MAX_BYTES + 1, 'x');
  g_autoptr (BaristaSecret) secret = barista_secret_new (most, -1);

  g_assert_cmpuint (barista_secret_get_length (secret), ==, BARISTA_SECRET_MAX_BYTES);
  g_assert_null (barista_secret_new (more, -1));
  g_assert_null (barista_secret_new ("", -1));
  g_assert_null (barista_secret_new ("token", 0));
  g_assert_null (barista_secret_new (NULL, 0));
}

static void
test_refuses_what_no_token_holds (void)
{
  g_assert_null (barista_secret_new ("tok\0en", 6));
  g_assert_null (barista_secret_new ("tok\xff", -1));
}

static void
test_has_no_property (void)
{
  g_autoptr (BaristaSecret) secret = barista_secret_new ("token", -1);
  g_autofree GParamSpec **properties = NULL;
  guint n;

  properties = g_object_class_list_properties (G_OBJECT_GET_CLASS (secret), &n);
  g_assert_cmpuint (n, ==, 0);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/secret/holds-its-text", test_holds_its_text);
  g_test_add_func ("/secret/takes-a-part", test_takes_a_part);
  g_test_add_func ("/secret/limits", test_limits);
  g_test_add_func ("/secret/refuses-what-no-token-holds", test_refuses_what_no_token_holds);
  g_test_add_func ("/secret/has-no-property", test_has_no_property);
  return g_test_run ();
}
