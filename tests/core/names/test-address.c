/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "barista-address.h"

static void
assert_reads (const char *text, const char *host, guint16 port, gboolean port_added)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (BaristaAddress) address = barista_address_parse (text, &error);

  g_assert_no_error (error);
  g_assert_cmpstr (address->host, ==, host);
  g_assert_cmpuint (address->port, ==, port);
  g_assert_cmpint (address->port_added, ==, port_added);
}

static void
assert_refused (const char *text, BaristaNameError code)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (BaristaAddress) address = barista_address_parse (text, &error);

  if (address != NULL)
    g_test_message ("accepted: %s", text);
  g_assert_null (address);
  g_assert_error (error, BARISTA_NAME_ERROR, (int) code);
  g_assert_true (g_utf8_validate (error->message, -1, NULL));
  g_assert_cmpuint (g_utf8_strlen (error->message, -1), <, 240);
}

static void
test_reads_hosts_and_ports (void)
{
  assert_reads ("dekaf.estuary-data.com:9092", "dekaf.estuary-data.com", 9092, FALSE);
  assert_reads ("localhost:1", "localhost", 1, FALSE);
  assert_reads ("my_broker.:65535", "my_broker.", 65535, FALSE);
  assert_reads ("127.0.0.1:40001", "127.0.0.1", 40001, FALSE);
  assert_reads ("bücher.example:9092", "bücher.example", 9092, FALSE);
}

static void
test_adds_the_port (void)
{
  assert_reads ("dekaf.estuary-data.com", "dekaf.estuary-data.com", 9092, TRUE);
  assert_reads ("[::1]", "::1", 9092, TRUE);
  assert_reads ("2001:db8::7", "2001:db8::7", 9092, TRUE);
}

static void
test_ipv6_has_brackets (void)
{
  g_autoptr (BaristaAddress) address = barista_address_parse ("[fe80::1%eth0]:9093", NULL);
  g_autoptr (BaristaAddress) copy = barista_address_copy (address);
  g_autofree char *text = barista_address_to_string (copy);

  g_assert_cmpstr (address->host, ==, "fe80::1%eth0");
  g_assert_cmpuint (address->port, ==, 9093);
  g_assert_cmpstr (text, ==, "[fe80::1%eth0]:9093");
}

static void
test_names_web_addresses (void)
{
  assert_refused ("https://dekaf.estuary-data.com", BARISTA_NAME_ERROR_ADDRESS_IS_URL);
  assert_refused ("http://dekaf.estuary-data.com:9092/", BARISTA_NAME_ERROR_ADDRESS_IS_URL);
  assert_refused ("SASL_SSL://broker:9092", BARISTA_NAME_ERROR_ADDRESS_IS_URL);
  assert_refused ("dekaf.estuary-data.com/subjects", BARISTA_NAME_ERROR_ADDRESS_IS_URL);
}

static void
test_names_bad_addresses (void)
{
  static const char *const bad[] = {
    "",
    " ",
    ":9092",
    "host:",
    "host:0",
    "host:65536",
    "host:99999999999999999999",
    "host:+1",
    "host:90 92",
    "host:９０９２",
    " host:9092",
    "host:9092\n",
    "\"host:9092\"",
    "'host:9092'",
    "“host:9092”",
    "host:9092;other:9092",
    "host:9092,other:9092",
    "host:9092other:9092",
    "user:pass@host:9092",
    "300.1.1.1:9092",
    "9092",
    "a..b:9092",
    "-a:9092",
    "[::1",
    "[::1]9092",
    "[::1]:",
    "[host]:9092",
    "[]:9092",
    "::zz",
    "host\xe2\x80\x8b:9092",
    "\xe2\x80\xaehost:9092",
    "☕:9092",
    "host\xff:9092",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (bad); i++)
    assert_refused (bad[i], BARISTA_NAME_ERROR_ADDRESS_INVALID);
}

static void
test_long_text_is_refused (void)
{
  g_autofree char *letters = g_strnfill (10000, 'a');
  g_autofree char *colons = g_strnfill (10000, ':');
  g_autofree char *commas = g_strnfill (10000, ',');

  assert_refused (letters, BARISTA_NAME_ERROR_ADDRESS_INVALID);
  assert_refused (colons, BARISTA_NAME_ERROR_ADDRESS_INVALID);
  assert_refused (commas, BARISTA_NAME_ERROR_ADDRESS_INVALID);
}

static void
test_messages_hold_no_sign_in (void)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (barista_address_parse ("https://u:s3cret@host", &error));
  g_assert_null (strstr (error->message, "s3cret"));
}

static void
test_suggests_what_was_meant (void)
{
  static const struct
  {
    const char *text, *meant;
  } cases[] = {
    { "https://dekaf.estuary-data.com", "dekaf.estuary-data.com:9092" },
    { "https://dekaf.estuary-data.com:443/subjects", "dekaf.estuary-data.com:9092" },
    { "kafka://broker:9093", "broker:9093" },
    { " “broker:9092”, ", "broker:9092" },
    { "\"https://u:p@broker/\"", "broker:9092" },
    { "a:9092,b:9092", "a:9092" },
    { "host:banana", NULL },
    { "", NULL },
    { "\"\"", NULL },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *meant = barista_address_suggest (cases[i].text);

      g_assert_cmpstr (meant, ==, cases[i].meant);
    }
}

static void
test_reads_lists (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) list = barista_address_parse_list ("a:1, b ,[::1]:3", &error);
  g_autofree char *last = NULL;

  g_assert_no_error (error);
  g_assert_cmpuint (list->len, ==, 3);
  last = barista_address_to_string (g_ptr_array_index (list, 2));
  g_assert_cmpstr (last, ==, "[::1]:3");
}

static void
test_one_bad_part_fails_the_list (void)
{
  static const char *const bad[] = { "", "a:1,", ",a:1", "a:1,,b:2", " a:1,b:2", "a:1,b:x" };
  g_autoptr (GString) many = g_string_new ("a");

  for (gsize i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_null (barista_address_parse_list (bad[i], &error));
      g_assert_error (error, BARISTA_NAME_ERROR, BARISTA_NAME_ERROR_ADDRESS_INVALID);
    }

  for (guint i = 0; i < 10000; i++)
    g_string_append (many, ",a");
  g_assert_null (barista_address_parse_list (many->str, NULL));
}

static void
test_knows_dekaf (void)
{
  static const struct
  {
    const char *host;
    gboolean is_dekaf;
  } cases[] = {
    { "dekaf.estuary-data.com", TRUE }, { "Dekaf.plane.example", TRUE }, { "dekaf", FALSE },
    { "kafka.dekaf.com", FALSE },       { "127.0.0.1", FALSE },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (BaristaAddress) address = barista_address_new (cases[i].host, 9092);

      g_assert_cmpint (barista_address_is_dekaf (address), ==, cases[i].is_dekaf);
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/names/address/hosts-and-ports", test_reads_hosts_and_ports);
  g_test_add_func ("/names/address/adds-the-port", test_adds_the_port);
  g_test_add_func ("/names/address/ipv6", test_ipv6_has_brackets);
  g_test_add_func ("/names/address/web-addresses", test_names_web_addresses);
  g_test_add_func ("/names/address/bad-addresses", test_names_bad_addresses);
  g_test_add_func ("/names/address/long", test_long_text_is_refused);
  g_test_add_func ("/names/address/no-sign-in", test_messages_hold_no_sign_in);
  g_test_add_func ("/names/address/suggest", test_suggests_what_was_meant);
  g_test_add_func ("/names/address/list", test_reads_lists);
  g_test_add_func ("/names/address/bad-list", test_one_bad_part_fails_the_list);
  g_test_add_func ("/names/address/dekaf", test_knows_dekaf);
  return g_test_run ();
}
