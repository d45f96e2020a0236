/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "barista-setup-enums.h"

G_BEGIN_DECLS

/**
 * BaristaTarget:
 *
 * What sinks write to: one of connections[] of the profile, a connection of Tinybird's. Each answer
 * is a property; a text that is not stated is NULL, and setting NULL or "" takes it back. Members of
 * the other kind are kept, but nobody reads them. No value of a secret is in here: `key`, `secret`,
 * `registry-secret` and `ca-secret` are names of Tinybird secrets.
 */
#define BARISTA_TYPE_TARGET (barista_target_get_type ())
G_DECLARE_FINAL_TYPE (BaristaTarget, barista_target, BARISTA, TARGET, GObject)

BaristaTarget *barista_target_new (BaristaTargetKind kind, const char *name);

BaristaTargetKind barista_target_get_kind (BaristaTarget *self); /* "kind" */
void barista_target_set_kind (BaristaTarget *self, BaristaTargetKind kind);
const char *barista_target_get_name (BaristaTarget *self); /* "name" */
void barista_target_set_name (BaristaTarget *self, const char *name);

/* Kafka */
const char *const *
barista_target_get_bootstrap_servers (BaristaTarget *self); /* "bootstrap-servers", maybe none */
void
barista_target_set_bootstrap_servers (BaristaTarget *self, const char *const *bootstrap_servers);
BaristaSecurity barista_target_get_security (BaristaTarget *self); /* "security": SASL_SSL */
gboolean barista_target_get_security_stated (BaristaTarget *self);
void barista_target_set_security (BaristaTarget *self, BaristaSecurity security);
BaristaMechanism barista_target_get_mechanism (BaristaTarget *self); /* "mechanism": PLAIN */
gboolean barista_target_get_mechanism_stated (BaristaTarget *self);
void barista_target_set_mechanism (BaristaTarget *self, BaristaMechanism mechanism);
gboolean barista_target_get_uses_sasl (BaristaTarget *self);
const char *barista_target_get_registry_url (BaristaTarget *self); /* "registry-url" */
void barista_target_set_registry_url (BaristaTarget *self, const char *url);
/* "registry-secret": holds the whole address with its sign-in, in place of registry-url */
const char *barista_target_get_registry_secret (BaristaTarget *self);
void barista_target_set_registry_secret (BaristaTarget *self, const char *secret);
const char *barista_target_get_ca_secret (BaristaTarget *self); /* "ca-secret": the CA's PEM */
void barista_target_set_ca_secret (BaristaTarget *self, const char *secret);

/* Kafka: user name and password; S3: access key and its secret, where there is no role. */
const char *barista_target_get_key (BaristaTarget *self); /* "key" */
void barista_target_set_key (BaristaTarget *self, const char *key);
const char *barista_target_get_secret (BaristaTarget *self); /* "secret" */
void barista_target_set_secret (BaristaTarget *self, const char *secret);

/* S3 */
const char *barista_target_get_region (BaristaTarget *self); /* "region" */
void barista_target_set_region (BaristaTarget *self, const char *region);
const char *barista_target_get_arn (BaristaTarget *self); /* "arn" */
void barista_target_set_arn (BaristaTarget *self, const char *arn);

G_END_DECLS
