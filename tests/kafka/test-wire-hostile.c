/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "frames.h"

#include <string.h>

/* Every frame cut at every byte, and small ones with every byte changed, each in a block of memory
 * of its own size, so that a sanitizer sees a read beyond it. */

#define FLIP_AT_MOST 160

/* Reads a message wholly, as a caller would. */
static void
read_all (const BaristaWireView *view)
{
  g_autoptr (JsonNode) form = decoded_form (view);

  g_assert_nonnull (form);
}

static gboolean
read_copy (const Frame *frame, const guint8 *bytes, gsize length, GError **error)
{
  g_autofree guint8 *copy = g_memdup2 (bytes, length);
  BaristaWireView view;

  if (!message_view (frame->layout, frame->kind, frame->version, copy, length, &view, error))
    return FALSE;

  read_all (&view);
  return TRUE;
}

/* No prefix of a message is a message. */
static void
cut_everywhere (const Frame *frame)
{
  for (gsize length = 0; length < frame->bytes->len; length++)
    {
      g_autoptr (GError) error = NULL;

      if (read_copy (frame, frame->bytes->data, length, &error))
        g_error ("%s is read though cut at %" G_GSIZE_FORMAT, frame->title, length);
      g_assert_error (error, BARISTA_WIRE_ERROR, BARISTA_WIRE_ERROR_MALFORMED);
    }
}

/* What comes of it may be another message, or an error of ours; nothing else. */
static void
flip_everywhere (const Frame *frame, guint8 flip)
{
  g_autofree guint8 *bytes = g_memdup2 (frame->bytes->data, frame->bytes->len);

  for (gsize i = 0; i < frame->bytes->len; i++)
    {
      g_autoptr (GError) error = NULL;

      bytes[i] ^= flip;
      if (!read_copy (frame, bytes, frame->bytes->len, &error))
        g_assert_true (error->domain == BARISTA_WIRE_ERROR);
      bytes[i] ^= flip;
    }
}

static void
test_cut (gconstpointer name)
{
  g_autoptr (GPtrArray) frames = frames_load (name);

  for (guint i = 0; i < frames->len; i++)
    cut_everywhere (frames->pdata[i]);
}

static void
test_flip (gconstpointer name)
{
  static const guint8 flips[] = { 0x01, 0x80, 0xff };
  g_autoptr (GPtrArray) frames = frames_load (name);

  for (guint i = 0; i < frames->len; i++)
    if (((Frame *) frames->pdata[i])->bytes->len <= FLIP_AT_MOST)
      for (guint k = 0; k < G_N_ELEMENTS (flips); k++)
        flip_everywhere (frames->pdata[i], flips[k]);
}

int
main (int argc, char *argv[])
{
  g_auto (GStrv) names = frames_list ();

  g_test_init (&argc, &argv, NULL);
  for (char **name = names; *name != NULL; name++)
    {
      g_autofree char *cut = g_strconcat ("/kafka/wire/hostile/cut/", *name, NULL);
      g_autofree char *flip = g_strconcat ("/kafka/wire/hostile/flip/", *name, NULL);

      g_test_add_data_func (cut, *name, test_cut);
      g_test_add_data_func (flip, *name, test_flip);
    }
  return g_test_run ();
}
