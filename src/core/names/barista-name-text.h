/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

/* What the files of this folder share; no part of the room's face. */

G_BEGIN_DECLS

/* Something a person cannot see, or that turns the direction of what follows. */
gboolean barista_name_char_is_hidden (gunichar c);
/* TRUE if one of them, or a blank, is in @text (valid UTF-8). */
gboolean barista_name_has_blanks (const char *text);
/* @text for a message: one line, at most 60 characters, nothing hidden. */
char *barista_name_shown (const char *text);
/* @text without blanks, quotes, commas and hidden characters at its ends; unchanged inside. */
char *barista_name_unwrapped (const char *text);
/* TRUE if barista_name_unwrapped() would take quotes off. */
gboolean barista_name_has_quotes (const char *text);
/* ASCII letters, digits and @keep; runs of anything else become one @fill, none at the ends. @lossy:
 * set to TRUE if a letter or digit of another script had to go. */
char *barista_name_slug (const char *text, const char *keep, char fill, gboolean *lossy);
/* @base with the first free number that halving finds, from 2 on: with 10,000 of a name not each is
 * tried. @taken: a set of names. */
char *barista_name_numbered (const char *base, char separator, GHashTable *taken);
/* TRUE if @host is a DNS name (also a non-ASCII one) or an IPv4 or IPv6 address. */
gboolean barista_name_is_host (const char *host);

G_END_DECLS
