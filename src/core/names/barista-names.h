/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "barista-address.h"

G_BEGIN_DECLS

/* Task or collection: segments of [A-Za-z0-9-_.] joined by slashes, at least two (dekaf.md 5). */
gboolean barista_catalog_name_check (const char *name, GError **error);
/* User name of a Dekaf sign-in: a catalog name; legacy forms ({...} or .7B...) are named. */
gboolean barista_username_check (const char *name, GError **error);
const char *barista_catalog_name_last_part (const char *name); /* inside @name */
char *
barista_catalog_name_clean (const char *text); /* pasted: quotes, blanks, -key/-value endings off */

/* Strict topic names (dekaf.md 1.7): each byte that is not an ASCII letter or digit becomes .XX */
char *barista_topic_name_encode (const char *name);
/* What Dekaf looks up for a requested name: with a slash the name itself, else . is taken as %; NULL
 * where that is not UTF-8 (the dot trap: such a request ends the connection). */
char *barista_topic_name_resolve (const char *wire_name);
/* Decoded name of a listed topic, for people; NULL if @wire_name is not an encoded name. */
char *barista_topic_name_decode (const char *wire_name);
/* A topic_name for a binding: must hold a slash or no dot, unless strict (the dot trap). */
gboolean barista_topic_name_check (const char *name, gboolean strict, GError **error);
/* The closest of @names (GStrv) by edit distance; NULL if none is near. */
const char *barista_topic_name_closest (const char *name, const char *const *names);

/* Group ids: globally unique, [a-z0-9._-], at most 200 bytes: acmeco-prod-tinybird-orders. */
char *barista_group_id_suggest (const char *task, const char *topic);
/* @taken: GHashTable used as a set, gets the result; no two proposals of one setup are alike. */
char *barista_group_id_unique (const char *task, const char *topic, GHashTable *taken);
gboolean barista_group_id_check (const char *id, GError **error);

/* Tinybird resources: ^[a-zA-Z_][a-zA-Z0-9_]*$, no __v<digits> nor _quarantine ending. */
char *barista_resource_name_suggest (const char *text);
gboolean barista_resource_name_check (const char *name, GError **error);
/* @taken: GHashTable used as a set, gets the result: orders, orders_2, ... */
char *barista_resource_name_unique (const char *text, GHashTable *taken);
/* Column name for an Avro path such as {"_meta","op"}: _meta_op; tinybird.md 7 (flattening). */
char *barista_column_name_flatten (const char *const *path, guint n);

G_END_DECLS
