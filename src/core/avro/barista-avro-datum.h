/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "barista-avro-place.h"
#include "barista-avro-schema.h"
#include "barista-reader.h"

G_BEGIN_DECLS

/* Values that take no bytes, in all: a count of them is bounded by nothing else. */
#define BARISTA_AVRO_EMPTY_MAX 65536

/* Reads a whole datum and tells what is wrong with it. */
gboolean barista_avro_datum_check (const BaristaAvroNode *node,
                                   const guint8 *data,
                                   gsize length,
                                   GError **error);

/* The first byte behind a value of a datum that was checked. */
const guint8 *
barista_avro_datum_skip (const BaristaAvroNode *node, const guint8 *data, const guint8 *end);

/* What stands in front of a block: how many elements. @size: its bytes, -1 if it doesn't say. */
gint64 barista_avro_datum_read_count (BaristaReader *reader, gint64 *size);

/* The bytes of a string or of bytes; NULL after a fault. */
const guint8 *barista_avro_datum_read_bytes (BaristaReader *reader, gsize *length);

G_END_DECLS
