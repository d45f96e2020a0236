/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "barista-address.h"
#include "barista-setup-private.h"

/* Server, sign-in and schema registry, which are proposed by the task and by each other. */

static const char *const default_servers[] = { BARISTA_DEKAF_BOOTSTRAP, NULL };

/**
 * barista_setup_get_bootstrap_servers:
 * @self: a setup
 *
 * Returns: (transfer none) (array zero-terminated=1): as typed, not yet checked; Dekaf's if not stated
 */
const char *const *
barista_setup_get_bootstrap_servers (BaristaSetup *self)
{
  char **servers = self->answers.server.bootstrap_servers;

  return servers != NULL ? (const char *const *) servers : default_servers;
}

void
barista_setup_set_bootstrap_servers (BaristaSetup *self, const char *const *servers)
{
  g_object_set (self, "bootstrap-servers", servers, NULL);
}

BaristaSecurity
barista_setup_get_security (BaristaSetup *self)
{
  return self->answers.server.security;
}

void
barista_setup_set_security (BaristaSetup *self, BaristaSecurity security)
{
  g_object_set (self, "security", security, NULL);
}

/**
 * barista_setup_get_ca_file:
 * @self: a setup
 *
 * Returns: (nullable): path of the CA file; absolute unless the setup has no folder
 */
const char *
barista_setup_get_ca_file (BaristaSetup *self)
{
  return self->ca_path != NULL ? self->ca_path : self->answers.server.ca_file;
}

void
barista_setup_set_ca_file (BaristaSetup *self, const char *ca_file)
{
  if (g_strcmp0 (ca_file, barista_setup_get_ca_file (self)) != 0)
    g_object_set (self, "ca-file", ca_file, NULL);
}

gboolean
barista_setup_get_uses_tls (BaristaSetup *self)
{
  BaristaSecurity security = self->answers.server.security;

  return security == BARISTA_SECURITY_SASL_SSL || security == BARISTA_SECURITY_SSL;
}

gboolean
barista_setup_get_uses_sasl (BaristaSetup *self)
{
  BaristaSecurity security = self->answers.server.security;

  return security == BARISTA_SECURITY_SASL_SSL || security == BARISTA_SECURITY_SASL_PLAINTEXT;
}

static BaristaAddress *
first_server (BaristaSetup *self)
{
  const char *first = barista_setup_get_bootstrap_servers (self)[0];

  return first != NULL ? barista_address_parse (first, NULL) : NULL;
}

/**
 * barista_setup_get_is_dekaf:
 * @self: a setup
 *
 * Returns: whether the rules that only hold for Dekaf are to be followed: there is a task, or the
 *   first server's name says so (diagnosis.md)
 */
gboolean
barista_setup_get_is_dekaf (BaristaSetup *self)
{
  g_autoptr (BaristaAddress) server = first_server (self);

  return barista_setup_has_task (self) || (server != NULL && barista_address_is_dekaf (server));
}

BaristaMechanism
barista_setup_get_mechanism (BaristaSetup *self)
{
  return self->answers.sign_in.mechanism;
}

void
barista_setup_set_mechanism (BaristaSetup *self, BaristaMechanism mechanism)
{
  g_object_set (self, "mechanism", mechanism, NULL);
}

/**
 * barista_setup_get_username:
 * @self: a setup
 *
 * Returns: (nullable): the user name as typed, else the task's name, else %NULL
 */
const char *
barista_setup_get_username (BaristaSetup *self)
{
  const char *stated = self->answers.sign_in.username;

  return stated != NULL ? stated : barista_setup_get_task_name (self);
}

void
barista_setup_set_username (BaristaSetup *self, const char *username)
{
  g_object_set (self, "username", username, NULL);
}

gboolean
barista_setup_get_registry_enabled (BaristaSetup *self)
{
  return self->answers.registry.enabled;
}

void
barista_setup_set_registry_enabled (BaristaSetup *self, gboolean enabled)
{
  g_object_set (self, "registry-enabled", enabled, NULL);
}

static char *
derive_url (BaristaSetup *self)
{
  g_autoptr (BaristaAddress) server = first_server (self);

  if (server != NULL)
    return barista_registry_url_derive (server);

  return g_strdup (barista_setup_has_task (self) ? BARISTA_DEKAF_REGISTRY : "");
}

/**
 * barista_setup_get_registry_url:
 * @self: a setup
 *
 * Returns: the registry's address as typed, or `https://HOST` of the first server; "" where neither
 *   can be read. Never with a password.
 */
const char *
barista_setup_get_registry_url (BaristaSetup *self)
{
  if (self->answers.registry.url != NULL)
    return self->answers.registry.url;

  if (self->derived_url == NULL)
    self->derived_url = derive_url (self);
  return self->derived_url;
}

/**
 * barista_setup_set_registry_url:
 * @self: a setup
 * @url: (nullable): the address as typed; %NULL for the derived one
 *
 * A password in it is left out: a setup holds no secrets. The user name stays, and with it
 * `registry-url-has-credentials` until the person has seen it.
 */
void
barista_setup_set_registry_url (BaristaSetup *self, const char *url)
{
  g_object_set (self, "registry-url", url, NULL);
}

gboolean
barista_setup_get_registry_same_sign_in (BaristaSetup *self)
{
  return self->answers.registry.same_sign_in;
}

void
barista_setup_set_registry_same_sign_in (BaristaSetup *self, gboolean same)
{
  g_object_set (self, "registry-same-sign-in", same, NULL);
}

/**
 * barista_setup_get_registry_username:
 * @self: a setup
 *
 * Returns: (nullable): the user name for the registry: that of the sign-in, or its own; %NULL if it is
 *   asked without a sign-in
 */
const char *
barista_setup_get_registry_username (BaristaSetup *self)
{
  const char *own = self->answers.registry.username;

  if (self->answers.registry.same_sign_in)
    return barista_setup_get_username (self);
  return own != NULL && *own != '\0' ? own : NULL;
}

void
barista_setup_set_registry_username (BaristaSetup *self, const char *username)
{
  g_object_set (self, "registry-username", username, NULL);
}
