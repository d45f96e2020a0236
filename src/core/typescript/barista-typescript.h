/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* How values stand in TypeScript, whatever they hold. */

/* "text" in double quotes. */
char *barista_typescript_quote (const char *text);
/* What stands between the back-ticks of a template literal to give @text. */
char *barista_typescript_template (const char *text);
/* A setting of a datafile: `{{ tb_secret("X") }}` becomes secret("X"), alone or inside a template. */
char *barista_typescript_value (const char *value, gboolean *uses_secret);

/**
 * barista_typescript_identifier:
 * @name: name of a resource, "events_kafka"
 * @taken: (element-type utf8): names that are taken; the new one is added
 *
 * Returns: (transfer full): "eventsKafka", as the SDK's own examples have it; with a number behind
 *   it if that is taken
 */
char *barista_typescript_identifier (const char *name, GHashTable *taken);

/**
 * barista_typescript_type:
 * @type: a column's type, "LowCardinality(Nullable(String))"
 *
 * Returns: (transfer full) (nullable): the SDK's way to say it,
 *   `t.string().nullable().lowCardinality()`; %NULL if it has none
 */
char *barista_typescript_type (const char *type);

G_END_DECLS
