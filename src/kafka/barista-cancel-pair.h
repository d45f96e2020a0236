/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * BaristaCancelPair:
 * @cancellable: cancelled with either of the two; pass it on
 *
 * GIO takes one cancellable; an operation here ends with its caller's or with its owner's closing.
 */
typedef struct
{
  GCancellable *cancellable;
  GCancellable *sources[2];
  gulong handlers[2];
} BaristaCancelPair;

/* @first, @second: (nullable) */
BaristaCancelPair *barista_cancel_pair_new (GCancellable *first, GCancellable *second);
/* Not from inside a "cancelled" handler. */
void barista_cancel_pair_free (BaristaCancelPair *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BaristaCancelPair, barista_cancel_pair_free)

G_END_DECLS
