/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "barista-frames.h"
#include "barista-wire.h"
#include <string.h>

/* Feeds @bytes in pieces of at most @piece bytes and appends what comes out to @frames. */
static gboolean
feed (BaristaFrames *self,
      const guint8 *bytes,
      gsize length,
      gsize piece,
      GPtrArray *frames,
      GError **error)
{
  for (gsize at = 0; at < length;)
    {
      GError *fault = NULL;
      GBytes *frame;
      gsize room, n;
      guint8 *to = barista_frames_room (self, &room);

      g_assert_cmpuint (room, >, 0);
      n = MIN (MIN (room, piece), length - at);
      memcpy (to, bytes + at, n);
      at += n;
      barista_frames_filled (self, n);
      while ((frame = barista_frames_pop (self, &fault)) != NULL)
        g_ptr_array_add (frames, frame);
      if (fault != NULL)
        {
          g_propagate_error (error, fault);
          return FALSE;
        }
    }
  return TRUE;
}

/* Frames of these sizes behind each other; the nth is filled with n. */
static GByteArray *
stream_of (const guint *sizes, guint n)
{
  GByteArray *stream = g_byte_array_new ();

  for (guint i = 0; i < n; i++)
    {
      guint32 size = GUINT32_TO_BE (sizes[i]);
      g_autofree guint8 *body = g_malloc (sizes[i] + 1);

      memset (body, (int) i, sizes[i]);
      g_byte_array_append (stream, (const guint8 *) &size, sizeof size);
      g_byte_array_append (stream, body, sizes[i]);
    }
  return stream;
}

static void
test_pieces (void)
{
  static const guint sizes[] = { 0, 1, 5, 4091, 4092, 4096, 4097, 70000, 3, 300000, 0 };
  static const gsize pieces[] = { 1, 3, 4, 5, 4095, 4096, 65536, G_MAXSIZE };
  g_autoptr (GByteArray) stream = stream_of (sizes, G_N_ELEMENTS (sizes));

  for (guint p = 0; p < G_N_ELEMENTS (pieces); p++)
    {
      g_autoptr (BaristaFrames) self = barista_frames_new ();
      g_autoptr (GPtrArray) frames = g_ptr_array_new_with_free_func (
          (GDestroyNotify) g_bytes_unref);
      g_autoptr (GError) error = NULL;

      feed (self, stream->data, stream->len, pieces[p], frames, &error);
      g_assert_no_error (error);
      g_assert_cmpuint (frames->len, ==, G_N_ELEMENTS (sizes));
      g_assert_false (barista_frames_is_partial (self));
      for (guint i = 0; i < frames->len; i++)
        {
          gsize length;
          const guint8 *data = g_bytes_get_data (g_ptr_array_index (frames, i), &length);

          g_assert_cmpuint (length, ==, sizes[i]);
          g_assert_true (length == 0 || (data[0] == i && data[length - 1] == i));
        }
    }
}

static void
test_sizes (void)
{
  static const struct
  {
    guint8 size[4];
    gboolean refused;
  } frames[] = {
    { { 0x00, 0x00, 0x00, 0x01 }, FALSE }, { { 0x08, 0x00, 0x00, 0x00 }, FALSE }, /* 128 MiB */
    { { 0x08, 0x00, 0x00, 0x01 }, TRUE },  { { 0x7f, 0xff, 0xff, 0xff }, TRUE },
    { { 0x80, 0x00, 0x00, 0x00 }, TRUE },  { { 0xff, 0xff, 0xff, 0xff }, TRUE },
    { { 'H', 'T', 'T', 'P' }, TRUE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (frames); i++)
    {
      g_autoptr (BaristaFrames) self = barista_frames_new ();
      g_autoptr (GPtrArray) none = g_ptr_array_new ();
      g_autoptr (GError) error = NULL;

      feed (self, frames[i].size, 4, 4, none, &error);
      if (frames[i].refused)
        {
          g_assert_error (error, BARISTA_WIRE_ERROR, BARISTA_WIRE_ERROR_TOO_LARGE);
          g_assert_true (g_str_has_suffix (error->message, "the limit is 128.0\u00a0MiB"));
        }
      else
        g_assert_no_error (error);
      g_assert_cmpuint (none->len, ==, 0);
      g_assert_true (barista_frames_is_partial (self));
    }
}

/* A frame that claims 128 MiB gets room for no more than twice what came of it. */
static void
test_room_follows_what_came (void)
{
  static const guint8 size[] = { 0x08, 0x00, 0x00, 0x00 };
  g_autoptr (BaristaFrames) self = barista_frames_new ();
  g_autoptr (GPtrArray) none = g_ptr_array_new ();
  gsize came = 0, room;

  feed (self, size, sizeof size, sizeof size, none, NULL);
  for (guint i = 0; i < 8; i++)
    {
      guint8 *to = barista_frames_room (self, &room);

      g_assert_cmpuint (room, <=, MAX (came, 64 * 1024));
      memset (to, 0, room);
      barista_frames_filled (self, room);
      g_assert_null (barista_frames_pop (self, NULL));
      came += room;
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/frames/pieces", test_pieces);
  g_test_add_func ("/frames/sizes", test_sizes);
  g_test_add_func ("/frames/room-follows-what-came", test_room_follows_what_came);
  return g_test_run ();
}
