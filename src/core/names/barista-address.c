/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "barista-address.h"

#include <gio/gio.h>
#include <glib/gi18n-lib.h>
#include <string.h>

#include "barista-name-text.h"

G_DEFINE_QUARK (barista_name_error, barista_name_error)

#define LIST_BYTES (16 * 1024)
#define LIST_ADDRESSES 64

/**
 * barista_address_new:
 * @host: host name or IP address, without brackets
 * @port: 1 to 65535
 *
 * Makes an address from parts that are known to be good, such as those of an advertised broker.
 *
 * Returns: (transfer full): the address
 */
BaristaAddress *
barista_address_new (const char *host, guint16 port)
{
  BaristaAddress *self = g_new0 (BaristaAddress, 1);

  self->host = g_strdup (host);
  self->port = port;
  return self;
}

BaristaAddress *
barista_address_copy (const BaristaAddress *self)
{
  BaristaAddress *copy = barista_address_new (self->host, self->port);

  copy->port_added = self->port_added;
  return copy;
}

void
barista_address_free (BaristaAddress *self)
{
  if (self == NULL)
    return;

  g_free (self->host);
  g_free (self);
}

/**
 * barista_address_to_string:
 * @self: an address
 *
 * Returns: (transfer full): host:port, an IPv6 address in brackets
 */
char *
barista_address_to_string (const BaristaAddress *self)
{
  gboolean v6 = strchr (self->host, ':') != NULL;

  return g_strdup_printf (v6 ? "[%s]:%u" : "%s:%u", self->host, self->port);
}

/**
 * barista_address_is_dekaf:
 * @self: an address
 *
 * Tells a Dekaf by its name: `dekaf.estuary-data.com`, `dekaf.estuary.dev` and those of private data
 * planes. Rules that only hold for Dekaf, such as the form of the user name, go by this.
 */
gboolean
barista_address_is_dekaf (const BaristaAddress *self)
{
  return g_ascii_strncasecmp (self->host, "dekaf.", strlen ("dekaf.")) == 0;
}

/* What can be wrong with a whole text, the faults that explain more first. */
static gboolean
has_user_info (const char *text)
{
  return strchr (text, '@') != NULL;
}

static gboolean
is_url (const char *text)
{
  return strchr (text, '/') != NULL;
}

static gboolean
has_separators (const char *text)
{
  return strpbrk (text, ",;|") != NULL;
}

/* a:9092b:9092: a second port, and no IPv6 address either */
static gboolean
has_two_ports (const char *text)
{
  const char *colon = strchr (text, ':');

  return *text != '[' && colon != NULL && strchr (colon + 1, ':') != NULL
         && !barista_name_is_host (text);
}

static const struct
{
  gboolean (*detects) (const char *text);
  BaristaNameError code;
  const char *reason;
} text_faults[] = {
  { barista_name_has_quotes, BARISTA_NAME_ERROR_ADDRESS_INVALID, N_ ("leave the quotes out") },
  { is_url, BARISTA_NAME_ERROR_ADDRESS_IS_URL,
    N_ ("this is a web address; Kafka needs a host and a port, such as " BARISTA_DEKAF_BOOTSTRAP) },
  { has_separators, BARISTA_NAME_ERROR_ADDRESS_INVALID,
    N_ ("these are several addresses; give each one by itself") },
  { barista_name_has_blanks, BARISTA_NAME_ERROR_ADDRESS_INVALID,
    N_ ("leave blanks and invisible characters out") },
  { has_two_ports, BARISTA_NAME_ERROR_ADDRESS_INVALID,
    N_ ("these are several addresses; give each one by itself") },
};

static gboolean
fail (GError **error, BaristaNameError code, const char *text, const char *reason)
{
  g_autofree char *shown = barista_name_shown (text);

  g_set_error (error, BARISTA_NAME_ERROR, (int) code, "“%s”: %s", shown, reason);
  return FALSE;
}

static gboolean
check_text (const char *text, GError **error)
{
  if (*text == '\0')
    {
      g_set_error_literal (error, BARISTA_NAME_ERROR, BARISTA_NAME_ERROR_ADDRESS_INVALID,
                           _ ("Enter a host and a port"));
      return FALSE;
    }
  if (!g_utf8_validate (text, -1, NULL))
    return fail (error, BARISTA_NAME_ERROR_ADDRESS_INVALID, text, _ ("this is not text"));
  if (has_user_info (text)) /* never repeated: it may hold a password */
    {
      g_set_error_literal (error, BARISTA_NAME_ERROR, BARISTA_NAME_ERROR_ADDRESS_INVALID,
                           _ ("Sign-in details don't belong in the address"));
      return FALSE;
    }

  for (gsize i = 0; i < G_N_ELEMENTS (text_faults); i++)
    if (text_faults[i].detects (text))
      return fail (error, text_faults[i].code, text, _ (text_faults[i].reason));

  return TRUE;
}

/* Where the host of @text ends, and what stands behind it: "", ":port" or something else. A bare
 * IPv6 address has no port: ::1:9092 is an address of its own. */
static char *
split_host (const char *text, const char **rest)
{
  const char *end;

  if (*text == '[' && (end = strchr (text, ']')) != NULL)
    {
      *rest = end + 1;
      return g_strndup (text + 1, (gsize) (end - text - 1));
    }

  end = strchr (text, ':');
  if (end == NULL || strchr (end + 1, ':') != NULL)
    end = text + strlen (text);
  *rest = end;
  return g_strndup (text, (gsize) (end - text));
}

static gboolean
parse_port (const char *rest, BaristaAddress *self, GError **error)
{
  guint64 port;

  if (*rest == '\0')
    {
      self->port = BARISTA_KAFKA_PORT;
      self->port_added = TRUE;
      return TRUE;
    }
  if (*rest != ':' || !g_ascii_isdigit (rest[1])
      || !g_ascii_string_to_unsigned (rest + 1, 10, 1, G_MAXUINT16, &port, NULL))
    return fail (error, BARISTA_NAME_ERROR_ADDRESS_INVALID, *rest == ':' ? rest + 1 : rest,
                 _ ("this is not a port number"));

  self->port = (guint16) port;
  return TRUE;
}

/**
 * barista_address_parse:
 * @text: what the person typed or pasted
 * @error: return location
 *
 * Reads one bootstrap server: `host`, `host:port`, `[v6]:port` or a bare IPv6 address. Without a
 * port it is Kafka's 9092. The text is not mended: see barista_address_suggest().
 *
 * Returns: (transfer full): the address; %NULL with %BARISTA_NAME_ERROR_ADDRESS_IS_URL or
 *   %BARISTA_NAME_ERROR_ADDRESS_INVALID
 */
BaristaAddress *
barista_address_parse (const char *text, GError **error)
{
  g_autoptr (BaristaAddress) self = NULL;
  const char *rest;

  g_return_val_if_fail (text != NULL, NULL);

  if (!check_text (text, error))
    return NULL;

  self = barista_address_new (NULL, 0);
  self->host = split_host (text, &rest);
  /* brackets are for IPv6 addresses only */
  if (!barista_name_is_host (self->host) || (*text == '[' && strchr (self->host, ':') == NULL))
    {
      fail (error, BARISTA_NAME_ERROR_ADDRESS_INVALID, self->host,
            _ ("this is not the name of a server"));
      return NULL;
    }
  if (!parse_port (rest, self, error))
    return NULL;

  return g_steal_pointer (&self);
}

/* The part of a pasted web address that may name a Kafka server: no scheme, path or sign-in. */
static char *
strip_url (const char *text)
{
  const char *start = strstr (text, "://");
  const char *at;

  start = start != NULL ? start + strlen ("://") : text;
  at = strrchr (start, '@');
  start = at != NULL ? at + 1 : start;

  return g_strndup (start, strcspn (start, "/?#,;| \t\r\n"));
}

/**
 * barista_address_suggest:
 * @text: a text that barista_address_parse() refused
 *
 * What was probably meant: without quotes, blanks, scheme, path, sign-in details and further
 * addresses. The ports of the web, 80 and 443, become Kafka's.
 *
 * Returns: (transfer full) (nullable): host:port, or %NULL if nothing can be made of the text
 */
char *
barista_address_suggest (const char *text)
{
  g_autofree char *unwrapped = barista_name_unwrapped (text);
  g_autofree char *bare = strip_url (unwrapped);
  g_autofree char *clean = barista_name_unwrapped (bare);
  g_autoptr (BaristaAddress) address = barista_address_parse (clean, NULL);

  if (address == NULL)
    return NULL;
  if (address->port == 80 || address->port == 443)
    address->port = BARISTA_KAFKA_PORT;

  return barista_address_to_string (address);
}

/**
 * barista_address_parse_list:
 * @text: addresses with commas between them; blanks beside a comma are fine
 * @error: return location
 *
 * Reads a list such as that of `bootstrap.servers`. One bad part fails all.
 *
 * Returns: (transfer full) (element-type BaristaAddress): at least one address, at most 64; %NULL
 *   with an error as barista_address_parse() gives
 */
GPtrArray *
barista_address_parse_list (const char *text, GError **error)
{
  g_autoptr (GPtrArray) list = NULL;
  g_auto (GStrv) parts = NULL;

  if (strnlen (text, LIST_BYTES + 1) > LIST_BYTES)
    {
      fail (error, BARISTA_NAME_ERROR_ADDRESS_INVALID, text, _ ("this is too long"));
      return NULL;
    }

  parts = g_strsplit (text, ",", LIST_ADDRESSES + 1);
  if (parts[0] == NULL && !check_text (text, error))
    return NULL;

  list = g_ptr_array_new_with_free_func ((GDestroyNotify) barista_address_free);
  for (guint i = 0; parts[i] != NULL; i++)
    {
      /* at the ends of the whole text a blank is a slip, beside a comma it is a habit */
      char *part = i > 0 ? g_strchug (parts[i]) : parts[i];
      BaristaAddress *address = barista_address_parse (parts[i + 1] != NULL ? g_strchomp (part)
                                                                            : part,
                                                       error);

      if (address == NULL)
        return NULL;
      g_ptr_array_add (list, address);
    }

  return g_steal_pointer (&list);
}
