/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "barista-names.h"

#include <string.h>

int LLVMFuzzerTestOneInput (const guint8 *data, gsize size);

static void
fuzz_address (const char *text)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (BaristaAddress) address = barista_address_parse (text, &error);
  g_autoptr (GPtrArray) list = barista_address_parse_list (text, NULL);
  g_autofree char *meant = barista_address_suggest (text);

  if (address != NULL)
    {
      g_autofree char *written = barista_address_to_string (address);
      g_autofree char *url = barista_registry_url_derive (address);
      g_autoptr (BaristaAddress) again = barista_address_parse (written, &error);

      g_assert_no_error (error);
      g_assert_cmpstr (again->host, ==, address->host);
      g_assert_cmpuint (again->port, ==, address->port);
      g_assert_nonnull (url);
    }
  else
    g_assert_true (g_utf8_validate (error->message, -1, NULL));

  if (meant != NULL)
    {
      g_autoptr (BaristaAddress) good = barista_address_parse (meant, NULL);

      g_assert_nonnull (good);
    }
}

static void
fuzz_url (const char *text)
{
  g_autofree char *safe = barista_registry_url_without_password (text);
  g_autofree char *normal = barista_registry_url_normalize (text, NULL);
  g_autofree char *again = NULL;

  if (normal == NULL)
    return;

  g_assert_cmpstr (safe, ==, text);
  again = barista_registry_url_normalize (normal, NULL);
  g_assert_cmpstr (normal, ==, again);
}

static void
fuzz_topic (const char *text)
{
  g_autofree char *wire = barista_topic_name_encode (text);
  g_autofree char *found = barista_topic_name_resolve (wire);
  g_autofree char *plain = barista_topic_name_decode (text);
  const char *const names[] = { wire, text, "acmeCo/orders", NULL };

  if (g_utf8_validate (text, -1, NULL))
    g_assert_cmpstr (found, ==, text);
  if (plain != NULL)
    {
      g_autofree char *encoded = barista_topic_name_encode (plain);

      g_assert_cmpstr (encoded, ==, text);
    }
  barista_topic_name_check (text, FALSE, NULL);
  barista_topic_name_closest (text, names);
}

static void
fuzz_suggestions (const char *text)
{
  g_autofree char *clean = barista_catalog_name_clean (text);
  g_autofree char *id = barista_group_id_suggest (clean, text);
  g_autofree char *name = barista_resource_name_suggest (text);
  g_auto (GStrv) path = g_strsplit (text, "/", 64);
  g_autofree char *column = barista_column_name_flatten ((const char *const *) path,
                                                         g_strv_length (path));

  g_assert_true (barista_group_id_check (id, NULL));
  g_assert_true (barista_resource_name_check (name, NULL));
  g_assert_cmpuint (strlen (column), >, 0);
  barista_username_check (text, NULL);
  barista_catalog_name_check (clean, NULL);
}

int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  g_autofree char *text = g_strndup ((const char *) data, size);

  fuzz_address (text);
  fuzz_url (text);
  fuzz_topic (text);
  fuzz_suggestions (text);
  return 0;
}
