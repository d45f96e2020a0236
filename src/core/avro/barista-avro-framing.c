/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "barista-avro-framing.h"

#include "barista-reader.h"

/**
 * barista_avro_frame_parse:
 * @data: (nullable): a key or a value as a record holds it
 * @length: its bytes
 * @id: (out): the id of the schema that it was written with
 *
 * Reads what stands in front of the datum, %BARISTA_AVRO_FRAME_SIZE bytes (`dekaf.md` 3.1).
 *
 * Returns: %FALSE if there is no such frame
 */
gboolean
barista_avro_frame_parse (const guint8 *data, gsize length, guint32 *id)
{
  BaristaReader reader;
  guint8 magic;

  barista_reader_init (&reader, data, length);
  magic = barista_reader_u8 (&reader);
  *id = (guint32) barista_reader_i32 (&reader);
  return barista_reader_ok (&reader) && magic == 0;
}
