/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * BaristaFrames:
 *
 * Puts frames together from the bytes of a stream: four bytes of size (big-endian), then that many.
 * Bytes are read straight to where they belong. The room for a frame is at most twice what has come
 * of it (and 64 KiB to begin with), so a peer's announced size alone costs nothing.
 *
 * The loop: barista_frames_room(), read into it, barista_frames_filled(), then barista_frames_pop()
 * until it gives %NULL.
 */
typedef struct _BaristaFrames BaristaFrames;

BaristaFrames *barista_frames_new (void);
void barista_frames_free (BaristaFrames *self);

/* Where the next bytes go; @room: how many at most, never 0. */
guint8 *barista_frames_room (BaristaFrames *self, gsize *room);
/* @n bytes were put there. */
void barista_frames_filled (BaristaFrames *self, gsize n);
/* (transfer full) (nullable): the next whole frame without its size. NULL without an error: more
 * bytes are needed. BARISTA_WIRE_ERROR_TOO_LARGE: a size over 128 MiB, or a negative one. */
GBytes *barista_frames_pop (BaristaFrames *self, GError **error);
/* In the middle of one: its size or a part of it has come. */
gboolean barista_frames_is_partial (BaristaFrames *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BaristaFrames, barista_frames_free)

G_END_DECLS
