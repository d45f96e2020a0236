/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "barista-setup-private.h"

static const char *const no_servers[] = { NULL };

G_DEFINE_FINAL_TYPE (BaristaTarget, barista_target, G_TYPE_OBJECT)

static void
barista_target_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  BaristaTarget *self = BARISTA_TARGET (object);

  barista_record_get_property (&barista_target_record, &self->answers, pspec->name, value);
}

static void
barista_target_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  BaristaTarget *self = BARISTA_TARGET (object);

  if (barista_record_set_property (&barista_target_record, &self->answers, pspec->name, value))
    g_object_notify_by_pspec (object, pspec);
}

static void
barista_target_finalize (GObject *object)
{
  barista_record_clear (&barista_target_record, &BARISTA_TARGET (object)->answers);

  G_OBJECT_CLASS (barista_target_parent_class)->finalize (object);
}

static void
barista_target_class_init (BaristaTargetClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = barista_target_get_property;
  object_class->set_property = barista_target_set_property;
  object_class->finalize = barista_target_finalize;
  barista_record_install (&barista_target_record, object_class, 1);
}

static void
barista_target_init (BaristaTarget *self)
{
  barista_record_init (&barista_target_record, &self->answers);
}

/**
 * barista_target_new:
 * @kind: what it is
 * @name: (nullable): its name in Tinybird
 *
 * Returns: (transfer full): a connection of which nothing else is stated
 */
BaristaTarget *
barista_target_new (BaristaTargetKind kind, const char *name)
{
  return g_object_new (BARISTA_TYPE_TARGET, "kind", kind, "name", name, NULL);
}

BaristaTargetKind
barista_target_get_kind (BaristaTarget *self)
{
  return self->answers.kind;
}

void
barista_target_set_kind (BaristaTarget *self, BaristaTargetKind kind)
{
  g_object_set (self, "kind", kind, NULL);
}

const char *
barista_target_get_name (BaristaTarget *self)
{
  return self->answers.name;
}

void
barista_target_set_name (BaristaTarget *self, const char *name)
{
  g_object_set (self, "name", name, NULL);
}

/**
 * barista_target_get_bootstrap_servers:
 * @self: a target
 *
 * Returns: (transfer none) (array zero-terminated=1): `host:port`, as typed, not yet checked
 */
const char *const *
barista_target_get_bootstrap_servers (BaristaTarget *self)
{
  char **servers = self->answers.bootstrap_servers;

  return servers != NULL ? (const char *const *) servers : no_servers;
}

void
barista_target_set_bootstrap_servers (BaristaTarget *self, const char *const *bootstrap_servers)
{
  g_object_set (self, "bootstrap-servers", bootstrap_servers, NULL);
}

BaristaSecurity
barista_target_get_security (BaristaTarget *self)
{
  return self->answers.security;
}

/**
 * barista_target_get_security_stated:
 * @self: a target
 *
 * Returns: whether the connection says so itself; what it leaves out is not written
 */
gboolean
barista_target_get_security_stated (BaristaTarget *self)
{
  return barista_record_is_stated (&barista_target_record, &self->answers, &self->answers.security);
}

void
barista_target_set_security (BaristaTarget *self, BaristaSecurity security)
{
  g_object_set (self, "security", security, NULL);
}

BaristaMechanism
barista_target_get_mechanism (BaristaTarget *self)
{
  return self->answers.mechanism;
}

/**
 * barista_target_get_mechanism_stated:
 * @self: a target
 *
 * Returns: whether the connection says so itself; what it leaves out is not written
 */
gboolean
barista_target_get_mechanism_stated (BaristaTarget *self)
{
  return barista_record_is_stated (&barista_target_record, &self->answers,
                                   &self->answers.mechanism);
}

void
barista_target_set_mechanism (BaristaTarget *self, BaristaMechanism mechanism)
{
  g_object_set (self, "mechanism", mechanism, NULL);
}

/**
 * barista_target_get_uses_sasl:
 * @self: a target
 *
 * Returns: whether Kafka wants a user name and a password
 */
gboolean
barista_target_get_uses_sasl (BaristaTarget *self)
{
  BaristaSecurity security = self->answers.security;

  return security == BARISTA_SECURITY_SASL_SSL || security == BARISTA_SECURITY_SASL_PLAINTEXT;
}

const char *
barista_target_get_registry_url (BaristaTarget *self)
{
  return self->answers.registry_url;
}

void
barista_target_set_registry_url (BaristaTarget *self, const char *registry_url)
{
  g_object_set (self, "registry-url", registry_url, NULL);
}

const char *
barista_target_get_registry_secret (BaristaTarget *self)
{
  return self->answers.registry_secret;
}

void
barista_target_set_registry_secret (BaristaTarget *self, const char *registry_secret)
{
  g_object_set (self, "registry-secret", registry_secret, NULL);
}

const char *
barista_target_get_ca_secret (BaristaTarget *self)
{
  return self->answers.ca_secret;
}

void
barista_target_set_ca_secret (BaristaTarget *self, const char *ca_secret)
{
  g_object_set (self, "ca-secret", ca_secret, NULL);
}

const char *
barista_target_get_key (BaristaTarget *self)
{
  return self->answers.key;
}

void
barista_target_set_key (BaristaTarget *self, const char *key)
{
  g_object_set (self, "key", key, NULL);
}

const char *
barista_target_get_secret (BaristaTarget *self)
{
  return self->answers.secret;
}

void
barista_target_set_secret (BaristaTarget *self, const char *secret)
{
  g_object_set (self, "secret", secret, NULL);
}

const char *
barista_target_get_region (BaristaTarget *self)
{
  return self->answers.region;
}

void
barista_target_set_region (BaristaTarget *self, const char *region)
{
  g_object_set (self, "region", region, NULL);
}

const char *
barista_target_get_arn (BaristaTarget *self)
{
  return self->answers.arn;
}

void
barista_target_set_arn (BaristaTarget *self, const char *arn)
{
  g_object_set (self, "arn", arn, NULL);
}
