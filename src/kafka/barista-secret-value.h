/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "barista-secret.h"
#include <libsecret/secret.h>

G_BEGIN_DECLS

/* For the keyring only, which hands a secret over without reading it. */

/* NULL if what @value holds is no token (see barista_secret_new). */
BaristaSecret *barista_secret_new_for_value (SecretValue *value);
SecretValue *barista_secret_get_value (BaristaSecret *self); /* (transfer none) */

G_END_DECLS
