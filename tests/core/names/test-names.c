/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "barista-names.h"

#include <string.h>

/* What people and pages have pasted into name fields, and worse. */
static const char *const hostile[] = {
  "",
  " ",
  "/",
  "//",
  ".",
  "..",
  "../../etc/passwd",
  "%",
  ".%2",
  ".ff",
  ".00",
  "a\nb: c",
  "\xe2\x80\xaeorders",
  "or\xe2\x80\x8b"
  "ders",
  "\xef\xbb\xbforders",
  "bestellungen-für-münchen",
  "注文",
  "☕️📦",
  "orders\xff\xfe",
  "'; DROP TABLE orders; --",
  "{{ tb_secret(\"X\") }}",
  "a__v1",
  "__v1",
  "_quarantine",
  "x_quarantine",
  "0123",
  "no",
};

static void
test_catalog_names (void)
{
  static const char *const good[] = { "acmeCo/orders", "acmeCo/prod/tinybird", "a/b", "a-_./0" };
  static const char *const bad[] = { "orders", "/orders", "acmeCo/", "a//b", "a/b c",
                                     "a/b:c",  "a/ü",     " a/b",    "a/b\n" };
  g_autofree char *letters = g_strnfill (10000, 'a');
  g_autofree char *too_long = g_strconcat ("a/", letters, NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (good); i++)
    {
      g_assert_true (barista_catalog_name_check (good[i], NULL));
      g_assert_true (barista_username_check (good[i], NULL));
    }
  for (gsize i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (GError) user_error = NULL;

      g_assert_false (barista_catalog_name_check (bad[i], &error));
      g_assert_error (error, BARISTA_NAME_ERROR, BARISTA_NAME_ERROR_CATALOG_NAME_INVALID);
      g_assert_false (barista_username_check (bad[i], &user_error));
      g_assert_error (user_error, BARISTA_NAME_ERROR, BARISTA_NAME_ERROR_USERNAME_INVALID);
    }
  g_assert_false (barista_catalog_name_check (too_long, NULL));
}

static void
test_legacy_usernames (void)
{
  static const char *const legacy[] = { "{}", "{\"strict_topic_names\":true}", ".7B.7D", ".7b.7d" };

  for (gsize i = 0; i < G_N_ELEMENTS (legacy); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_false (barista_username_check (legacy[i], &error));
      g_assert_error (error, BARISTA_NAME_ERROR, BARISTA_NAME_ERROR_USERNAME_LEGACY);
    }
}

static void
test_catalog_names_are_cleaned (void)
{
  static const struct
  {
    const char *pasted, *name;
  } cases[] = {
    { "acmeCo/orders", "acmeCo/orders" },
    { " \"acmeCo/orders\",\n", "acmeCo/orders" },
    { "“acmeCo/orders”", "acmeCo/orders" },
    { "\xe2\x80\x8b"
      "acmeCo/orders\xc2\xa0",
      "acmeCo/orders" },
    { "/acmeCo/orders/", "acmeCo/orders" },
    { "acmeCo/orders-value", "acmeCo/orders" },
    { "acmeCo/orders-key", "acmeCo/orders" },
    { "-key", "-key" },
    { "", "" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *name = barista_catalog_name_clean (cases[i].pasted);

      g_assert_cmpstr (name, ==, cases[i].name);
    }
  g_assert_cmpstr (barista_catalog_name_last_part ("acmeCo/prod/tinybird"), ==, "tinybird");
  g_assert_cmpstr (barista_catalog_name_last_part ("tinybird"), ==, "tinybird");
}

/* dekaf.md 1.7, from Dekaf's own tests */
static void
test_strict_encoding (void)
{
  static const struct
  {
    const char *name, *wire;
  } cases[] = {
    { "acmeCo/anvils", "acmeCo.2Fanvils" },
    { "acmeCo/my_table-1.v2", "acmeCo.2Fmy.5Ftable.2D1.2Ev2" },
    { "test_topic", "test.5Ftopic" },
    { "für", "f.C3.BCr" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *wire = barista_topic_name_encode (cases[i].name);
      g_autofree char *name = barista_topic_name_decode (cases[i].wire);
      g_autofree char *found = barista_topic_name_resolve (cases[i].wire);

      g_assert_cmpstr (wire, ==, cases[i].wire);
      g_assert_cmpstr (name, ==, cases[i].name);
      g_assert_cmpstr (found, ==, cases[i].name);
    }
}

static void
test_plain_names_decode_to_nothing (void)
{
  static const char *const plain[] = { "orders", "acmeCo/orders", "acmeCo/a.2Fb", "orders.v1",
                                       "a.2fb",  "a.41",          "a.ff",         "a%2Fb" };

  for (gsize i = 0; i < G_N_ELEMENTS (plain); i++)
    {
      g_autofree char *name = barista_topic_name_decode (plain[i]);

      g_assert_null (name);
    }
}

static void
test_dot_trap (void)
{
  static const struct
  {
    const char *name, *looked_up;
    gboolean fine;
  } cases[] = {
    { "orders", "orders", TRUE },
    { "acmeCo/orders.v1", "acmeCo/orders.v1", TRUE },
    { "my_orders-2", "my_orders-2", TRUE },
    { "100%", "100%", TRUE },
    { "orders.v1", "orders%v1", FALSE },
    { "orders.", "orders%", FALSE },
    { "a.41", "aA", FALSE },
    { "a%41", "aA", FALSE },
    { "a.ff", NULL, FALSE },
    { "a.00b", NULL, FALSE },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *looked_up = barista_topic_name_resolve (cases[i].name);

      g_assert_cmpstr (looked_up, ==, cases[i].looked_up);
      g_assert_cmpint (barista_topic_name_check (cases[i].name, FALSE, NULL), ==, cases[i].fine);
      g_assert_true (barista_topic_name_check (cases[i].name, TRUE, NULL));
    }
}

static void
test_topic_names_are_refused (void)
{
  static const char *const bad[] = { "", "a\nb", "a\xe2\x80\xae/b", "a/\xff" };
  g_autofree char *too_long = g_strnfill (10000, 'a');

  for (gsize i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_false (barista_topic_name_check (bad[i], TRUE, &error));
      g_assert_error (error, BARISTA_NAME_ERROR, BARISTA_NAME_ERROR_TOPIC_INVALID);
    }
  g_assert_false (barista_topic_name_check (too_long, TRUE, NULL));
}

static void
test_any_name_survives_encoding (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (hostile); i++)
    {
      g_autofree char *wire = barista_topic_name_encode (hostile[i]);
      g_autofree char *found = barista_topic_name_resolve (wire);

      g_assert_cmpuint (strspn (wire,
                                "0123456789.ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"),
                        ==, strlen (wire));
      if (g_utf8_validate (hostile[i], -1, NULL))
        g_assert_cmpstr (found, ==, hostile[i]);
      else
        g_assert_null (found);
    }
}

static void
test_closest (void)
{
  static const char *const names[] = { "acmeCo/customers", "acmeCo/orders", "acmeCo.2Fproducts",
                                       "acmeCo/order_lines", NULL };
  static const struct
  {
    const char *name, *closest;
  } cases[] = {
    { "acmeCo/ordesr", "acmeCo/orders" },
    { "orders", "acmeCo/orders" },
    { "acmeco/ORDERS", "acmeCo/orders" },
    { "acmeCo.2Forders", "acmeCo/orders" },
    { "acmeCo/products", "acmeCo.2Fproducts" },
    { "other/prefix/orders", NULL },
    { "acmeCo/order_linse", "acmeCo/order_lines" },
    { "zebra", NULL },
    { "", NULL },
  };
  g_autofree char *too_long = g_strnfill (10000, 'a');

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    g_assert_cmpstr (barista_topic_name_closest (cases[i].name, names), ==, cases[i].closest);

  g_assert_null (barista_topic_name_closest (too_long, names));
  g_assert_null (barista_topic_name_closest ("a", (const char *const[]) { too_long, NULL }));
  g_assert_null (barista_topic_name_closest ("a", (const char *const[]) { NULL }));
}

static void
test_group_ids (void)
{
  static const struct
  {
    const char *task, *topic, *id;
  } cases[] = {
    { "acmeCo/prod/tinybird", "acmeCo/orders", "acmeco-prod-tinybird-orders" },
    { "acmeCo/prod/tinybird", "acmeCo.2Forders", "acmeco-prod-tinybird-orders" },
    { "acmeCo/prod/tinybird", "acmeCo/eu/orders", "acmeco-prod-tinybird-eu-orders" },
    { "acmeCo/prod/tinybird", "orders", "acmeco-prod-tinybird-orders" },
    { NULL, "page.views", "barista-page.views" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *id = barista_group_id_suggest (cases[i].task, cases[i].topic);

      g_assert_cmpstr (id, ==, cases[i].id);
    }
}

static void
test_group_ids_differ (void)
{
  g_autofree char *letters = g_strnfill (10000, 'a');
  g_autofree char *longer = g_strconcat (letters, "b", NULL);
  g_autofree char *one = barista_group_id_suggest ("acmeCo/t", "注文");
  g_autofree char *two = barista_group_id_suggest ("acmeCo/t", "顧客");
  g_autofree char *long_one = barista_group_id_suggest ("acmeCo/t", letters);
  g_autofree char *long_two = barista_group_id_suggest ("acmeCo/t", longer);

  g_assert_cmpstr (one, !=, two);
  g_assert_cmpstr (long_one, !=, long_two);
  g_assert_true (barista_group_id_check (long_one, NULL));
}

static void
test_group_ids_are_unique (void)
{
  static const char *const topics[] = { "acmeCo/a/b", "acmeCo/a-b", "acmeCo/A-b", "acmeCo/a-b" };
  g_autoptr (GHashTable) taken = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr (GHashTable) alone = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autofree char *second = NULL;
  g_autofree char *again = NULL;

  g_hash_table_add (alone, g_strdup ("acmeco-t-a-b"));
  second = barista_group_id_unique ("acmeCo/t", "acmeCo/a-b", alone);
  for (guint i = 0; i < G_N_ELEMENTS (topics); i++)
    {
      g_autofree char *id = barista_group_id_unique ("acmeCo/t", topics[i], taken);

      g_assert_true (barista_group_id_check (id, NULL));
      if (i == 1)
        again = g_steal_pointer (&id);
    }
  g_assert_cmpuint (g_hash_table_size (taken), ==, G_N_ELEMENTS (topics));
  g_assert_true (g_hash_table_contains (taken, "acmeco-t-a-b"));
  /* What else is taken doesn't change it. */
  g_assert_cmpstr (second, ==, again);
  g_assert_true (g_str_has_prefix (second, "acmeco-t-a-b-"));
}

static void
test_group_ids_are_refused (void)
{
  static const char *const bad[] = { "", "a b", "a/b", "ü", "a\"b", "a\n" };
  g_autofree char *longest = g_strnfill (200, 'a');
  g_autofree char *too_long = g_strnfill (201, 'a');

  g_assert_true (barista_group_id_check (longest, NULL));
  g_assert_true (barista_group_id_check ("Acme.Group_1-x", NULL));
  g_assert_false (barista_group_id_check (too_long, NULL));
  for (gsize i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_false (barista_group_id_check (bad[i], &error));
      g_assert_error (error, BARISTA_NAME_ERROR, BARISTA_NAME_ERROR_GROUP_INVALID);
    }
}

static void
test_resource_names (void)
{
  static const struct
  {
    const char *text, *name;
  } cases[] = {
    { "acmeCo/orders", "orders" },
    { "acmeCo.2Forders", "orders" },
    { "acmeCo/order-lines", "order_lines" },
    { "page.views", "page_views" },
    { "2024", "_2024" },
    { "orders__v2", "orders_v2" },
    { "orders_quarantine", "orders_quarantine_rows" },
    { "für", "fur" },
    { "注文", "data" },
    { "", "data" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *name = barista_resource_name_suggest (cases[i].text);

      g_assert_cmpstr (name, ==, cases[i].name);
    }
}

static void
test_resource_names_are_refused (void)
{
  static const char *const bad[] = {
    "", "1a", "a-b", "a b", "ü", "a/b", "orders__v1", "__v0", "orders_quarantine", "a\n"
  };
  static const char *const good[] = { "orders", "_", "A1", "orders__vx", "orders_v1", "v1" };
  g_autofree char *too_long = g_strnfill (10000, 'a');

  for (gsize i = 0; i < G_N_ELEMENTS (good); i++)
    g_assert_true (barista_resource_name_check (good[i], NULL));
  for (gsize i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_false (barista_resource_name_check (bad[i], &error));
      g_assert_error (error, BARISTA_NAME_ERROR, BARISTA_NAME_ERROR_RESOURCE_INVALID);
    }
  g_assert_false (barista_resource_name_check (too_long, NULL));
}

/* acmeCo/order: a common name, and a word of the query language. */
static void
test_query_words_are_no_names (void)
{
  g_autofree char *order = barista_resource_name_suggest ("acmeCo/Order");

  g_assert_cmpstr (order, ==, "Order_rows");
  g_assert_false (barista_resource_name_check ("order", NULL));
  g_assert_false (barista_resource_name_check ("FINAL", NULL));
  g_assert_true (barista_resource_name_check ("orders", NULL));
}

static void
test_resource_names_are_unique (void)
{
  g_autoptr (GHashTable) taken = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autofree char *first = barista_resource_name_unique ("acmeCo/orders", taken);
  g_autofree char *second = barista_resource_name_unique ("other/orders", taken);
  g_autofree char *third = barista_resource_name_unique ("orders", taken);

  g_assert_cmpstr (first, ==, "orders");
  g_assert_cmpstr (second, ==, "orders_2");
  g_assert_cmpstr (third, ==, "orders_3");
  for (guint i = 4; i <= 1000; i++)
    {
      g_autofree char *next = barista_resource_name_unique ("orders", taken);
      g_autofree char *expected = g_strdup_printf ("orders_%u", i);

      g_assert_cmpstr (next, ==, expected);
    }
  g_assert_cmpuint (g_hash_table_size (taken), ==, 1000);
}

static void
test_suggestions_are_accepted (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (hostile); i++)
    {
      g_autofree char *name = barista_resource_name_suggest (hostile[i]);
      g_autofree char *id = barista_group_id_suggest (hostile[i], hostile[i]);

      g_assert_true (barista_resource_name_check (name, NULL));
      g_assert_true (barista_group_id_check (id, NULL));
    }
}

static void
test_column_names (void)
{
  static const struct
  {
    const char *path[4];
    const char *name;
  } cases[] = {
    { { "_meta", "op" }, "_meta_op" },
    { { "id" }, "id" },
    { { "user-agent" }, "user_agent" },
    { { "tags", "[:]" }, "tags" },
    { { "lines[:]", "sku" }, "lines__sku" },
    { { "lines", "[:]", "sku" }, "lines__sku" },
    { { "$set" }, "DOLLAR_SIGN_set" },
    { { "['odd name']" }, "odd_name" },
    { { "a.b" }, "a_b" },
    { { "0" }, "_0" },
    { { "_" }, "_" },
    { { "" }, "_" },
    { { "☕" }, "__" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      guint n = g_strv_length ((char **) cases[i].path);
      g_autofree char *name = barista_column_name_flatten (cases[i].path, n);

      g_assert_cmpstr (name, ==, cases[i].name);
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/names/catalog/check", test_catalog_names);
  g_test_add_func ("/names/catalog/legacy", test_legacy_usernames);
  g_test_add_func ("/names/catalog/clean", test_catalog_names_are_cleaned);
  g_test_add_func ("/names/topic/strict-encoding", test_strict_encoding);
  g_test_add_func ("/names/topic/plain", test_plain_names_decode_to_nothing);
  g_test_add_func ("/names/topic/dot-trap", test_dot_trap);
  g_test_add_func ("/names/topic/refused", test_topic_names_are_refused);
  g_test_add_func ("/names/topic/round-trip", test_any_name_survives_encoding);
  g_test_add_func ("/names/topic/closest", test_closest);
  g_test_add_func ("/names/group/suggest", test_group_ids);
  g_test_add_func ("/names/group/differ", test_group_ids_differ);
  g_test_add_func ("/names/group/unique", test_group_ids_are_unique);
  g_test_add_func ("/names/group/refused", test_group_ids_are_refused);
  g_test_add_func ("/names/resource/suggest", test_resource_names);
  g_test_add_func ("/names/resource/refused", test_resource_names_are_refused);
  g_test_add_func ("/names/resource/unique", test_resource_names_are_unique);
  g_test_add_func ("/names/resource/words", test_query_words_are_no_names);
  g_test_add_func ("/names/suggestions-are-accepted", test_suggestions_are_accepted);
  g_test_add_func ("/names/column/flatten", test_column_names);
  return g_test_run ();
}
