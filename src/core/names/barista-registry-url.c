/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "barista-address.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "barista-name-text.h"

#define URL_BYTES 2048

static char *
fail_invalid (GError **error, const char *reason)
{
  g_set_error_literal (error, BARISTA_NAME_ERROR, BARISTA_NAME_ERROR_REGISTRY_URL_INVALID, reason);
  return NULL;
}

static gboolean
is_http (const char *scheme)
{
  return g_str_equal (scheme, "http") || g_str_equal (scheme, "https");
}

static char *
normal_form (GUri *uri)
{
  g_autofree char *host = g_utf8_strdown (g_uri_get_host (uri), -1);
  g_autofree char *path = g_strdup (g_uri_get_path (uri));

  for (gsize n = strlen (path); n > 0 && path[n - 1] == '/'; n--)
    path[n - 1] = '\0';

  return g_uri_join (G_URI_FLAGS_ENCODED, g_uri_get_scheme (uri), NULL, host, g_uri_get_port (uri),
                     path, NULL, NULL);
}

/**
 * barista_registry_url_normalize:
 * @text: a registry's address as typed
 * @error: return location
 *
 * Checks a registry's address and brings it to its normal form: scheme and host in small letters, a
 * port only if it was given, the path (registries live under prefixes too) without a final slash.
 *
 * An `@` anywhere counts as sign-in details: a task name holds slashes, so what people paste as
 * `https://acmeCo/prod/tinybird:TOKEN@host` reads as another host with a path. No message repeats
 * the text, which may hold a token.
 *
 * Returns: (transfer full): the address; %NULL with %BARISTA_NAME_ERROR_REGISTRY_URL_HAS_CREDENTIALS
 *   or %BARISTA_NAME_ERROR_REGISTRY_URL_INVALID
 */
char *
barista_registry_url_normalize (const char *text, GError **error)
{
  g_autoptr (GUri) uri = NULL;

  if (strchr (text, '@') != NULL)
    {
      g_set_error_literal (error, BARISTA_NAME_ERROR,
                           BARISTA_NAME_ERROR_REGISTRY_URL_HAS_CREDENTIALS,
                           _ ("Sign-in details don't belong in the address of the registry"));
      return NULL;
    }
  if (strnlen (text, URL_BYTES + 1) > URL_BYTES)
    return fail_invalid (error, _ ("The address of the registry is too long"));

  if (!g_utf8_validate (text, -1, NULL) || barista_name_has_blanks (text)
      || strpbrk (text, "\"<>\\^`{|}") != NULL)
    return fail_invalid (error, _ ("Leave blanks and quotes out of the address of the registry"));

  uri = g_uri_parse (text, G_URI_FLAGS_ENCODED, NULL);
  if (uri == NULL || !is_http (g_uri_get_scheme (uri)) || g_uri_get_host (uri) == NULL)
    return fail_invalid (error, _ ("The address of a registry starts with https:// and a host, "
                                   "such as " BARISTA_DEKAF_REGISTRY));
  if (!barista_name_is_host (g_uri_get_host (uri)) || g_uri_get_port (uri) == 0)
    return fail_invalid (error, _ ("The host or port in the address of the registry is not right"));
  if (g_uri_get_query (uri) != NULL || g_uri_get_fragment (uri) != NULL)
    return fail_invalid (error, _ ("The address of the registry ends with its path"));

  return normal_form (uri);
}

/**
 * barista_registry_url_without_password:
 * @text: a registry's address as typed
 *
 * Takes out what may be a password: from the first colon behind the scheme to the last `@`. What is
 * left still has its user name, so barista_registry_url_normalize() still says what is wrong.
 *
 * Returns: (transfer full): @text, or what is left of it
 */
char *
barista_registry_url_without_password (const char *text)
{
  const char *scheme = strstr (text, "://");
  const char *colon = strchr (scheme != NULL ? scheme + strlen ("://") : text, ':');
  const char *at = strrchr (text, '@');

  if (colon == NULL || at == NULL || at < colon)
    return g_strdup (text);

  return g_strdup_printf ("%.*s%s", (int) (colon - text), text, at);
}

/**
 * barista_registry_url_derive:
 * @server: the first bootstrap server
 *
 * Dekaf serves its registry on the same host, on the port of the web (dekaf.md 1.1).
 *
 * Returns: (transfer full): https://HOST
 */
char *
barista_registry_url_derive (const BaristaAddress *server)
{
  gboolean v6 = strchr (server->host, ':') != NULL;

  return g_strdup_printf (v6 ? "https://[%s]" : "https://%s", server->host);
}
