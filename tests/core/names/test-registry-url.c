/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "barista-address.h"

static void
test_normal_form (void)
{
  static const struct
  {
    const char *text, *normal;
  } cases[] = {
    { "https://dekaf.estuary-data.com", "https://dekaf.estuary-data.com" },
    { "HTTPS://Dekaf.Estuary-Data.com/", "https://dekaf.estuary-data.com" },
    { "http://registry:8081", "http://registry:8081" },
    { "https://example.com/apis/ccompat/v7//", "https://example.com/apis/ccompat/v7" },
    { "https://example.com/a%2Fb/", "https://example.com/a%2Fb" },
    { "https://example.com/☕", "https://example.com/%E2%98%95" },
    { "https://[::1]:8081/", "https://[::1]:8081" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autofree char *normal = barista_registry_url_normalize (cases[i].text, &error);

      g_assert_no_error (error);
      g_assert_cmpstr (normal, ==, cases[i].normal);
    }
}

static void
assert_refused (const char *text, BaristaNameError code)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *normal = barista_registry_url_normalize (text, &error);

  if (normal != NULL)
    g_test_message ("accepted: %s", text);
  g_assert_null (normal);
  g_assert_error (error, BARISTA_NAME_ERROR, (int) code);
  g_assert_null (strstr (error->message, "s3cret"));
}

static void
test_names_credentials (void)
{
  static const char *const bad[] = {
    "https://user:s3cret@host",
    "https://user@host",
    "https://acmeCo/prod/tinybird:s3cret@dekaf.estuary-data.com",
    "https://acmeCo%2Fprod%2Ftinybird:s3cret@dekaf.estuary-data.com",
    "https://u:s3c?ret#@host",
    "user:s3cret@host",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (bad); i++)
    assert_refused (bad[i], BARISTA_NAME_ERROR_REGISTRY_URL_HAS_CREDENTIALS);
}

static void
test_names_bad_urls (void)
{
  static const char *const bad[] = {
    "",
    "dekaf.estuary-data.com",
    "host:8081",
    "ftp://host",
    "https://",
    "https:///path",
    "https://host:0",
    "https://host:99999",
    "https://host:port",
    "https://ho st",
    " https://host",
    "https://host ",
    "\"https://host\"",
    "https://host?x=1",
    "https://host/#top",
    "https://host/a b",
    "https://host/{a}",
    "https://ho\xe2\x80\x8fst",
    "https://host\xff",
    "https://a,b",
  };
  g_autofree char *letters = g_strnfill (10000, 'a');
  g_autofree char *too_long = g_strconcat ("https://host/", letters, NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (bad); i++)
    assert_refused (bad[i], BARISTA_NAME_ERROR_REGISTRY_URL_INVALID);
  assert_refused (letters, BARISTA_NAME_ERROR_REGISTRY_URL_INVALID);
  assert_refused (too_long, BARISTA_NAME_ERROR_REGISTRY_URL_INVALID);
}

static void
test_derives_from_the_server (void)
{
  g_autoptr (BaristaAddress) name = barista_address_parse (BARISTA_DEKAF_BOOTSTRAP, NULL);
  g_autoptr (BaristaAddress) v6 = barista_address_parse ("[::1]:9092", NULL);
  g_autofree char *of_name = barista_registry_url_derive (name);
  g_autofree char *of_v6 = barista_registry_url_derive (v6);

  g_assert_cmpstr (of_name, ==, BARISTA_DEKAF_REGISTRY);
  g_assert_cmpstr (of_v6, ==, "https://[::1]");
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/names/registry-url/normal-form", test_normal_form);
  g_test_add_func ("/names/registry-url/credentials", test_names_credentials);
  g_test_add_func ("/names/registry-url/bad", test_names_bad_urls);
  g_test_add_func ("/names/registry-url/derive", test_derives_from_the_server);
  return g_test_run ();
}
