/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "barista-setup.h"

G_BEGIN_DECLS

#define BARISTA_PROFILE_ERROR (barista_profile_error_quark ())
GQuark barista_profile_error_quark (void);

/**
 * BaristaProfileError:
 * @BARISTA_PROFILE_ERROR_SYNTAX: not JSON, not UTF-8, too large, too deep
 * @BARISTA_PROFILE_ERROR_FORMAT: not a Barista setup, or of a newer version
 * @BARISTA_PROFILE_ERROR_MEMBER: a member has a wrong type or value; the message has name and line
 * @BARISTA_PROFILE_ERROR_SECRET: a secret stands in it (token, password, secret value...)
 */
typedef enum
{
  BARISTA_PROFILE_ERROR_SYNTAX,
  BARISTA_PROFILE_ERROR_FORMAT,
  BARISTA_PROFILE_ERROR_MEMBER,
  BARISTA_PROFILE_ERROR_SECRET,
} BaristaProfileError;

#define BARISTA_PROFILE_MAX_BYTES (1024 * 1024)

/* @folder: what a relative ca_file is relative to. Messages look like
 * "line 7: server.security_protocol: "SASL" is not one of SASL_SSL, ...". */
BaristaSetup *
barista_profile_parse (const char *text, gssize length, const char *folder, GError **error);
/* Pretty JSON with a final newline; unknown members kept; the same setup gives the same bytes. */
char *barista_profile_write (BaristaSetup *setup);

G_END_DECLS
