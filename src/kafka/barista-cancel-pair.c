/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "barista-cancel-pair.h"

static void
pass_on (GCancellable *source, gpointer cancellable)
{
  g_cancellable_cancel (cancellable);
}

BaristaCancelPair *
barista_cancel_pair_new (GCancellable *first, GCancellable *second)
{
  BaristaCancelPair *self = g_new0 (BaristaCancelPair, 1);

  self->cancellable = g_cancellable_new ();
  g_set_object (&self->sources[0], first);
  g_set_object (&self->sources[1], second);
  for (guint i = 0; i < G_N_ELEMENTS (self->sources); i++)
    if (self->sources[i] != NULL)
      self->handlers[i] = g_cancellable_connect (self->sources[i], G_CALLBACK (pass_on),
                                                 g_object_ref (self->cancellable), g_object_unref);
  return self;
}

void
barista_cancel_pair_free (BaristaCancelPair *self)
{
  for (guint i = 0; i < G_N_ELEMENTS (self->sources); i++)
    {
      if (self->handlers[i] != 0)
        g_cancellable_disconnect (self->sources[i], self->handlers[i]);
      g_clear_object (&self->sources[i]);
    }
  g_clear_object (&self->cancellable);
  g_free (self);
}
