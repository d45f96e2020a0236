/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Kafka's numbers at the end of a byte array: what BaristaReader reads. */

/* The lowest @width bytes, big-endian. */
void barista_append_int (GByteArray *out, gint64 value, guint width);
/* Seven bits a byte, lowest first. */
void barista_append_uvarint (GByteArray *out, guint64 value);
/* The same in zig-zag form. */
void barista_append_varint (GByteArray *out, gint64 value);
void barista_append_bytes (GByteArray *out, const void *bytes, gsize length);

G_END_DECLS
