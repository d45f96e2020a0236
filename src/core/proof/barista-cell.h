/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "barista-avro-value.h"
#include "barista-cell-type.h"

G_BEGIN_DECLS

/**
 * BaristaRejection:
 * @BARISTA_REJECTION_NONE: it fits
 * @BARISTA_REJECTION_MISSING: the document has no such place, and neither NULL nor a default is
 *   taken
 * @BARISTA_REJECTION_NULL: there is null, and neither NULL nor a default is taken
 * @BARISTA_REJECTION_KIND: a value of another kind: an object for a number
 * @BARISTA_REJECTION_RANGE: a number, date or time that the type doesn't reach
 * @BARISTA_REJECTION_TEXT: a text that can't be read as the type
 * @BARISTA_REJECTION_LENGTH: more bytes than the type has room for
 * @BARISTA_REJECTION_SIZE: the record as a whole is larger than Tinybird takes
 * @BARISTA_REJECTION_UNREADABLE: the record isn't what its schema says, or its schema isn't known
 *
 * Why Tinybird would put a record into quarantine.
 */
typedef enum
{
  BARISTA_REJECTION_NONE,
  BARISTA_REJECTION_MISSING,
  BARISTA_REJECTION_NULL,
  BARISTA_REJECTION_KIND,
  BARISTA_REJECTION_RANGE,
  BARISTA_REJECTION_TEXT,
  BARISTA_REJECTION_LENGTH,
  BARISTA_REJECTION_SIZE,
  BARISTA_REJECTION_UNREADABLE,
  BARISTA_N_REJECTIONS,
} BaristaRejection;

/* A value whose node is NULL stands for a place that the document doesn't have. */
#define BARISTA_NO_VALUE ((BaristaAvroValue) { NULL, NULL, NULL })

BaristaRejection barista_cell_judge (const BaristaCellType *type, BaristaAvroValue value);
void barista_cell_append_text (const BaristaCellType *type, BaristaAvroValue value, GString *text);

G_END_DECLS
