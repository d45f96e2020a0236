/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define BARISTA_DEKAF_BOOTSTRAP "dekaf.estuary-data.com:9092"
#define BARISTA_DEKAF_REGISTRY "https://dekaf.estuary-data.com"
#define BARISTA_KAFKA_PORT 9092

#define BARISTA_NAME_ERROR (barista_name_error_quark ())
GQuark barista_name_error_quark (void);

/**
 * BaristaNameError:
 *
 * What is wrong with a name or an address that a person gave. Codes carry the names of the causes
 * of `diagnosis.md` (`address-is-url`...), messages are for people.
 */
typedef enum
{
  BARISTA_NAME_ERROR_ADDRESS_IS_URL,
  BARISTA_NAME_ERROR_ADDRESS_INVALID,
  BARISTA_NAME_ERROR_USERNAME_INVALID,
  BARISTA_NAME_ERROR_USERNAME_LEGACY,
  BARISTA_NAME_ERROR_REGISTRY_URL_HAS_CREDENTIALS,
  BARISTA_NAME_ERROR_REGISTRY_URL_INVALID,
  BARISTA_NAME_ERROR_CATALOG_NAME_INVALID,
  BARISTA_NAME_ERROR_TOPIC_INVALID,
  BARISTA_NAME_ERROR_GROUP_INVALID,
  BARISTA_NAME_ERROR_RESOURCE_INVALID,
} BaristaNameError;

/**
 * BaristaAddress:
 * @host: host name or IP address, without brackets
 * @port: 1 to 65535
 * @port_added: the text had no port, 9092 was taken
 */
typedef struct
{
  char *host;
  guint16 port;
  gboolean port_added;
} BaristaAddress;

BaristaAddress *barista_address_parse (const char *text, GError **error);
/* host:port that a refused text probably meant (quotes, scheme, path... off); NULL if unclear. */
char *barista_address_suggest (const char *text);
BaristaAddress *barista_address_new (const char *host, guint16 port);
BaristaAddress *barista_address_copy (const BaristaAddress *self);
void barista_address_free (BaristaAddress *self);
char *barista_address_to_string (const BaristaAddress *self);   /* host:port, [v6]:port */
gboolean barista_address_is_dekaf (const BaristaAddress *self); /* host dekaf.* */

/* A list "a:1,b:2" into addresses (free with barista_address_free); one bad part fails all. */
GPtrArray *barista_address_parse_list (const char *text, GError **error);

/* Normal form of a registry URL: scheme http or https, no user info, query or fragment, path kept
 * without a final slash. */
char *barista_registry_url_normalize (const char *text, GError **error);
/* @text without a password in it; what is left may still be refused for its user name. */
char *barista_registry_url_without_password (const char *text);
/* https://HOST for the first bootstrap server (the way Dekaf derives it). */
char *barista_registry_url_derive (const BaristaAddress *server);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BaristaAddress, barista_address_free)

G_END_DECLS
