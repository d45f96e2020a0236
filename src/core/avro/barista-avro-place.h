/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * BaristaAvroPlace:
 * @outer: (nullable): the place around it; NULL for the root
 * @step: the field's name; "[]" and "{}" for what an array or a map holds
 *
 * Where in a schema or a datum a reader is, for its errors. It lives on the reader's stack, one per
 * level, so that naming places costs nothing until something is wrong.
 */
typedef struct _BaristaAvroPlace BaristaAvroPlace;
struct _BaristaAvroPlace
{
  const BaristaAvroPlace *outer;
  const char *step;
};

#define BARISTA_AVRO_PLACE_ITEMS "[]"
#define BARISTA_AVRO_PLACE_VALUES "{}"

/* Such as "root.items[].price"; what is too long for a message is cut in its middle. */
char *barista_avro_place_to_string (const BaristaAvroPlace *self);

/* Foreign text, fit for a message: cut if it is long, and without control characters. */
char *barista_avro_quotable (const char *text);

G_END_DECLS
