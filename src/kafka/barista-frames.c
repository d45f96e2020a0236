/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "barista-frames.h"

#include "barista-wire.h"
#include <string.h>

#define SIZE_BYTES 4
#define AHEAD_BYTES 4096
#define FIRST_ROOM (64 * 1024)

struct _BaristaFrames
{
  guint8 ahead[AHEAD_BYTES]; /* small frames come together: read ahead, then shared out */
  gsize at, end;

  guint8 size[SIZE_BYTES];
  gsize size_have;

  gboolean in_body;
  gboolean direct; /* the last room was in the frame itself */
  guint8 *data;
  gsize length, have, room;
};

BaristaFrames *
barista_frames_new (void)
{
  return g_new0 (BaristaFrames, 1);
}

void
barista_frames_free (BaristaFrames *self)
{
  g_free (self->data);
  g_free (self);
}

static void
make_room (BaristaFrames *self, gsize more)
{
  gsize wanted = self->have + more;

  if (wanted <= self->room)
    return;
  self->room = MIN (self->length, MAX (wanted, MAX (2 * self->have, FIRST_ROOM)));
  self->data = g_realloc (self->data, self->room);
}

guint8 *
barista_frames_room (BaristaFrames *self, gsize *room)
{
  g_return_val_if_fail (self->at == self->end, NULL);

  self->direct = self->in_body && self->length - self->have > AHEAD_BYTES;
  if (!self->direct)
    {
      *room = AHEAD_BYTES;
      return self->ahead;
    }
  make_room (self, 1);
  *room = self->room - self->have;
  return self->data + self->have;
}

void
barista_frames_filled (BaristaFrames *self, gsize n)
{
  if (self->direct)
    self->have += n;
  else
    {
      self->at = 0;
      self->end = n;
    }
}

static gboolean
take_size (BaristaFrames *self, GError **error)
{
  gsize n = MIN (SIZE_BYTES - self->size_have, self->end - self->at);
  guint32 size;

  memcpy (self->size + self->size_have, self->ahead + self->at, n);
  self->size_have += n;
  self->at += n;
  if (self->size_have < SIZE_BYTES)
    return FALSE;

  memcpy (&size, self->size, SIZE_BYTES);
  size = GUINT32_FROM_BE (size);
  if (size > BARISTA_WIRE_MAX_FRAME)
    return barista_wire_refuse_size (size, error);
  self->length = size;
  self->in_body = TRUE;
  return TRUE;
}

GBytes *
barista_frames_pop (BaristaFrames *self, GError **error)
{
  GBytes *frame;
  gsize n;

  if (!self->in_body && !take_size (self, error))
    return NULL;

  n = MIN (self->length - self->have, self->end - self->at);
  if (n > 0)
    {
      make_room (self, n);
      memcpy (self->data + self->have, self->ahead + self->at, n);
      self->have += n;
      self->at += n;
    }
  if (self->have < self->length)
    return NULL;

  frame = g_bytes_new_take (g_steal_pointer (&self->data), self->length);
  self->in_body = FALSE;
  self->size_have = self->length = self->have = self->room = 0;
  return frame;
}

gboolean
barista_frames_is_partial (BaristaFrames *self)
{
  return self->size_have > 0;
}
