/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Bytes in front of each key and value: 0x00, then the schema's id, four bytes big-endian. */
#define BARISTA_AVRO_FRAME_SIZE 5

/* FALSE: too short, or no magic byte. @id: the registered schema's id. */
gboolean barista_avro_frame_parse (const guint8 *data, gsize length, guint32 *id);

G_END_DECLS
