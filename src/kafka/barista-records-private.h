/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "barista-records.h"

G_BEGIN_DECLS

/* Where a batch's fields lie: offset, length, leader epoch, format, sum, then what the sum covers. */
#define BARISTA_BATCH_LENGTH_AT 8
#define BARISTA_BATCH_MAGIC_AT 16
#define BARISTA_BATCH_CRC_AT 17
#define BARISTA_BATCH_SUMMED_FROM 21
#define BARISTA_BATCH_HEADER 61

#define BARISTA_BATCH_CODEC_BITS 0x07
#define BARISTA_BATCH_LOG_APPEND_TIME 0x08
#define BARISTA_BATCH_TRANSACTIONAL 0x10
#define BARISTA_BATCH_CONTROL 0x20

/* Appends what @data unpacks to, at most @limit bytes. Errors: BARISTA_WIRE_ERROR_CODEC. */
gboolean barista_codec_unpack (BaristaCodec codec,
                               const guint8 *data,
                               gsize length,
                               gsize limit,
                               GByteArray *out,
                               GError **error);

G_END_DECLS
