/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

/* What a profile must not hold. Private to this folder and its tests. */

G_BEGIN_DECLS

/* A member of this name would hold a secret: token, kafka.sasl.password, API_KEY... */
gboolean barista_secret_is_member_name (const char *name);
/* The name of a Tinybird secret, and nothing that looks like the value of one. */
gboolean barista_secret_is_plain_name (const char *value);
/* A password in a web address, a private key or a signed token stands in @text. */
gboolean barista_secret_is_in_text (const char *text);

G_END_DECLS
