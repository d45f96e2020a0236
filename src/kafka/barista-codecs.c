/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "barista-reader.h"
#include "barista-records-private.h"

#include <gio/gio.h>
#include <glib/gi18n-lib.h>
#include <lz4frame.h>
#include <snappy-c.h>
#include <string.h>
#include <zstd.h>

/* What a batch unpacks to is grown by what was really unpacked, a block at a time: the sizes that
 * the compressed data claims are only ever a reason to refuse it. */

#define BLOCK (64 * 1024)

typedef struct
{
  const guint8 *data;
  gsize length;
  gsize limit;
  GByteArray *out;
} Unpacking;

typedef struct
{
  const char *name;
  gboolean (*unpack) (Unpacking *self, GError **error);
} Codec;

static gboolean
set_damaged (GError **error, const char *codec, const char *reason)
{
  g_set_error (error, BARISTA_WIRE_ERROR, BARISTA_WIRE_ERROR_CODEC,
               /* Translators: a way to compress, such as gzip, then what is wrong */
               _ ("%s data does not unpack: %s"), codec, reason);
  return FALSE;
}

static gboolean
set_too_large (const Unpacking *self, GError **error)
{
  g_autofree char *most = g_format_size_full (self->limit, G_FORMAT_SIZE_IEC_UNITS);

  g_set_error (error, BARISTA_WIRE_ERROR, BARISTA_WIRE_ERROR_CODEC,
               /* Translators: %s is a size, such as "1.0 MiB" */
               _ ("data unpacks to more than %s"), most);
  return FALSE;
}

/* Room for one more block behind what is there; taken back by give_back (). */
static guint8 *
take_block (Unpacking *self, gsize *before)
{
  *before = self->out->len;
  g_byte_array_set_size (self->out, self->out->len + BLOCK);
  return self->out->data + *before;
}

static gboolean
give_back (Unpacking *self, gsize before, gsize written, GError **error)
{
  g_byte_array_set_size (self->out, before + written);
  return self->out->len <= self->limit || set_too_large (self, error);
}

static void
consume (Unpacking *self, gsize n)
{
  self->data += n;
  self->length -= n;
}

/* --- gzip --- */

/* Members may stand one behind the other; each starts anew. */
static gboolean
step_gzip (Unpacking *self, GConverter *zlib, gboolean *at_end, GError **error)
{
  g_autoptr (GError) inner = NULL;
  gsize before, read = 0, written = 0;
  guint8 *block = take_block (self, &before);
  GConverterResult result = g_converter_convert (zlib, self->data, self->length, block, BLOCK,
                                                 G_CONVERTER_INPUT_AT_END, &read, &written, &inner);

  if (!give_back (self, before, written, error))
    return FALSE;
  if (result == G_CONVERTER_ERROR)
    return set_damaged (error, "gzip", inner->message);

  consume (self, read);
  *at_end = result == G_CONVERTER_FINISHED;
  if (*at_end)
    g_converter_reset (zlib);
  return TRUE;
}

static gboolean
unpack_gzip (Unpacking *self, GError **error)
{
  g_autoptr (GConverter) zlib = G_CONVERTER (
      g_zlib_decompressor_new (G_ZLIB_COMPRESSOR_FORMAT_GZIP));
  gboolean at_end = TRUE;

  while (self->length > 0 || !at_end)
    if (!step_gzip (self, zlib, &at_end, error))
      return FALSE;

  return TRUE;
}

/* --- zstd --- */

/* A frame says how far back it refers, and the library keeps as much: never more than the limit, or
 * the 8 MiB that each reader of zstd is asked to bear (RFC 8878, 3.1.1.1.2) and that most writers
 * stay in, whatever little they write. */
static int
window_log (gsize limit)
{
  return CLAMP ((int) g_bit_storage (limit) - 1, 23, 27);
}

static gboolean
step_zstd (Unpacking *self, ZSTD_DStream *stream, ZSTD_inBuffer *in, gsize *hint, GError **error)
{
  gsize before;
  ZSTD_outBuffer block = { take_block (self, &before), BLOCK, 0 };

  *hint = ZSTD_decompressStream (stream, &block, in);
  if (!give_back (self, before, block.pos, error))
    return FALSE;
  if (ZSTD_isError (*hint))
    return set_damaged (error, "zstd", ZSTD_getErrorName (*hint));
  if (*hint != 0 && in->pos == in->size && block.pos < BLOCK)
    return set_damaged (error, "zstd", _ ("it ends too early"));
  return TRUE;
}

static gboolean
unpack_zstd (Unpacking *self, GError **error)
{
  ZSTD_DStream *stream = ZSTD_createDStream ();
  ZSTD_inBuffer in = { self->data, self->length, 0 };
  gboolean ok = TRUE;
  gsize hint = 0;

  ZSTD_DCtx_setParameter (stream, ZSTD_d_windowLogMax, window_log (self->limit));
  while (ok && (in.pos < in.size || hint != 0))
    ok = step_zstd (self, stream, &in, &hint, error);

  ZSTD_freeDStream (stream);
  return ok;
}

/* --- lz4 --- */

static gboolean
step_lz4 (Unpacking *self, LZ4F_dctx *context, gsize *hint, GError **error)
{
  gsize before, read = self->length, written = BLOCK;
  guint8 *block = take_block (self, &before);

  *hint = LZ4F_decompress (context, block, &written, self->data, &read, NULL);
  if (LZ4F_isError (*hint))
    {
      give_back (self, before, 0, NULL);
      return set_damaged (error, "lz4", LZ4F_getErrorName (*hint));
    }
  if (!give_back (self, before, written, error))
    return FALSE;

  consume (self, read);
  if (*hint != 0 && written < BLOCK && (self->length == 0 || read == 0))
    return set_damaged (error, "lz4", _ ("it ends too early"));
  return TRUE;
}

static gboolean
unpack_lz4 (Unpacking *self, GError **error)
{
  LZ4F_dctx *context = NULL;
  gboolean ok = TRUE;
  gsize hint = 0;

  if (LZ4F_isError (LZ4F_createDecompressionContext (&context, LZ4F_VERSION)))
    return set_damaged (error, "lz4", _ ("no memory"));

  while (ok && (self->length > 0 || hint != 0))
    ok = step_lz4 (self, context, &hint, error);

  LZ4F_freeDecompressionContext (context);
  return ok;
}

/* --- snappy --- */

/* No element of a snappy block makes more than 64 bytes out of 3; so a block that claims more than
 * that is refused before room is made for it. */
static gboolean
unpack_snappy_block (Unpacking *self, const guint8 *data, gsize length, GError **error)
{
  gsize before = self->out->len;
  gsize size;

  if (snappy_uncompressed_length ((const char *) data, length, &size) != SNAPPY_OK
      || size > length * 22)
    return set_damaged (error, "snappy", _ ("its length is wrong"));
  if (size > self->limit || before > self->limit - size)
    return set_too_large (self, error);

  g_byte_array_set_size (self->out, before + size);
  if (size > 0
      && snappy_uncompress ((const char *) data, length, (char *) self->out->data + before, &size)
             != SNAPPY_OK)
    return set_damaged (error, "snappy", _ ("a block is damaged"));
  return TRUE;
}

/* Java's writers put blocks into a frame of their own: a magic number, two versions, then blocks
 * with their length in front. Others write one bare block. */
static gboolean
unpack_snappy (Unpacking *self, GError **error)
{
  static const guint8 magic[] = { 0x82, 'S', 'N', 'A', 'P', 'P', 'Y', 0 };
  BaristaReader reader;

  if (self->length < sizeof magic || memcmp (self->data, magic, sizeof magic) != 0)
    return unpack_snappy_block (self, self->data, self->length, error);

  barista_reader_init (&reader, self->data, self->length);
  barista_reader_bytes (&reader, sizeof magic + 8);
  while (barista_reader_left (&reader) > 0)
    {
      gint32 length = barista_reader_i32 (&reader);
      const guint8 *block = barista_reader_bytes (&reader,
                                                  length >= 0 ? (gsize) length : G_MAXSIZE);

      if (block == NULL)
        break;
      if (!unpack_snappy_block (self, block, length, error))
        return FALSE;
    }

  return barista_reader_ok (&reader) || set_damaged (error, "snappy", _ ("it ends too early"));
}

/* --- all of them --- */

static const Codec codecs[] = {
  [BARISTA_CODEC_NONE] = { "none", NULL },
  [BARISTA_CODEC_GZIP] = { "gzip", unpack_gzip },
  [BARISTA_CODEC_SNAPPY] = { "snappy", unpack_snappy },
  [BARISTA_CODEC_LZ4] = { "lz4", unpack_lz4 },
  [BARISTA_CODEC_ZSTD] = { "zstd", unpack_zstd },
};

const char *
barista_codec_to_string (BaristaCodec codec)
{
  g_autofree char *text = NULL;

  if (codec < G_N_ELEMENTS (codecs))
    return codecs[codec].name;

  text = g_strdup_printf ("codec %u", codec & BARISTA_BATCH_CODEC_BITS);
  return g_intern_string (text);
}

gboolean
barista_codec_unpack (BaristaCodec codec,
                      const guint8 *data,
                      gsize length,
                      gsize limit,
                      GByteArray *out,
                      GError **error)
{
  Unpacking unpacking = { data, length, limit, out };

  if (codec < G_N_ELEMENTS (codecs) && codecs[codec].unpack != NULL)
    return codecs[codec].unpack (&unpacking, error);

  g_set_error (error, BARISTA_WIRE_ERROR, BARISTA_WIRE_ERROR_CODEC,
               _ ("compression %s is not supported"), barista_codec_to_string (codec));
  return FALSE;
}
