/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * BaristaSecret:
 *
 * A token on its one way: from keyring, descriptor or entry row to one of its readers (the SASL
 * writer, the registry's header, the writer of the token file; in the window also the clipboard, at a
 * click, because Estuary's form has to be given the token of a new task). Wraps libsecret's SecretValue
 * (non-pageable where that is possible, wiped on free). It has no string property, no JSON form and
 * no printer.
 */
#define BARISTA_TYPE_SECRET (barista_secret_get_type ())
G_DECLARE_FINAL_TYPE (BaristaSecret, barista_secret, BARISTA, SECRET, GObject)

#define BARISTA_SECRET_MAX_BYTES (64 * 1024)

/* NULL if @length is 0, over the limit, holds a NUL or is not UTF-8. */
BaristaSecret *barista_secret_new (const char *text, gssize length);
/* For these readers only. Valid while @self is; NUL-terminated. */
const char *barista_secret_peek (BaristaSecret *self, gsize *length);
gsize barista_secret_get_length (BaristaSecret *self); /* characters, for "43 characters" */

G_END_DECLS
